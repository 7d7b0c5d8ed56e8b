// What the page calls things that the file names with a word.

// Without a prototype, so that a name out of a file finds what stands here or nothing.
const STATUSES = {
  __proto__: null,
  untouched: "Untouched",
  draft: "Draft",
  approved: "Approved",
  rejected: "Rejected",
};
const ORIGINS = {
  __proto__: null,
  mt: "By machine",
  copy: "Copied from the source",
  tm: "From the memory",
  human: "By a person",
};
const OUTCOMES = {
  __proto__: null,
  right: ["✓", "Verified", "the translation has it"],
  enforced: ["✓", "Verified after repair", "it was missing; the translation was repaired"],
  unenforced: ["×", "Not verified", "the translation does not have it"],
  ambiguous: ["?", "Ambiguous", "perhaps not the term here; left alone"],
  shadowed: ["⊂", "Inside a longer term", "the longer term counts"],
  unchecked: ["–", "Not checked", "nothing looked for it in the translation"],
};
const KINDS = { __proto__: null, dnt: "do not translate", forbidden: "forbidden" };
const WAYS = {
  __proto__: null,
  plain: "the model’s first answer",
  "n-best": "another of the model’s answers",
  inline: "the model was shown the term",
  carrier: "another name stood in for it",
  memory: "from the translation memory",
  human: "a person’s words",
  stutter: "said twice running, now once",
  spelling: "spelt as the glossary does",
  alignment: "put where the model’s words align",
  suppress: "the model could not say what is forbidden",
  prefix: "the model went on from the term",
  constrained: "the search was held to the term",
};
// The core of MQM (themqm.org), as far as a bilingual reviewer needs it.
const CATEGORIES = {
  "accuracy/mistranslation": "Accuracy: mistranslation",
  "accuracy/omission": "Accuracy: omission",
  "accuracy/addition": "Accuracy: addition",
  "accuracy/untranslated": "Accuracy: left untranslated",
  "accuracy/do-not-translate": "Accuracy: should stay as it is",
  terminology: "Terminology",
  "terminology/inconsistent": "Terminology: inconsistent",
  "fluency/grammar": "Fluency: grammar",
  "fluency/spelling": "Fluency: spelling",
  "fluency/punctuation": "Fluency: punctuation",
  "fluency/unintelligible": "Fluency: unintelligible",
  "style/awkward": "Style: awkward",
  "style/register": "Style: register",
  "locale-convention": "Locale convention",
  "design/markup": "Design and markup",
  other: "Other",
};
const SEVERITIES = ["minor", "major", "critical"];

// Drawn in a square of 16.
const ICONS = {
  approve: "M3 8.5 6.5 12 13 4.5",
  reject: "M4 4 12 12M12 4 4 12",
  comment: "M2.5 3h11v8h-6l-3 2.5V11h-2z",
  mark: "M4 14V2.5h8l-2 3 2 3H4",
};

function icon(name) {
  const [drawn, path] = ["svg", "path"].map((tag) =>
    document.createElementNS("http://www.w3.org/2000/svg", tag),
  );
  drawn.setAttribute("viewBox", "0 0 16 16");
  drawn.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawn.append(path);
  return drawn;
}
