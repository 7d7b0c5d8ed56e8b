// What the page shows of a document: its heading, its segments, and what was dropped from it.
//
// A row is {unit, number, element, folded, verified, unverified, flagged}; page.js filters rows
// by these and never looks into their elements.
"use strict";

// Without a prototype, so that a name out of a file finds what stands here or nothing.
const STATUSES = {
  __proto__: null,
  untouched: "Untouched",
  draft: "Draft",
  approved: "Approved",
  rejected: "Rejected",
};
const ORIGINS = { __proto__: null, mt: "machine", copy: "copied", tm: "memory", human: "human" };
const OUTCOMES = {
  __proto__: null,
  right: ["✓", "Verified", "the translation had it already"],
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
  stutter: "said twice running, now once",
  alignment: "put where the model’s words align",
  prefix: "the model went on from the term",
};

// Rows that the browser lays out, or leaves alone off the screen, together: with 10,000 rows in one
// document a filter then shows in a third of the time. Chosen by trying 50, 100 and 200.
const STRETCH = 100;

/** A row of the page's memory; its element is made by `rowElement`. */
function makeRow(unit, number) {
  const counted = (unit.terms ?? []).filter((term) => term.outcome !== "shadowed");
  const verified = counted.filter((term) => ["right", "enforced"].includes(term.outcome)).length;
  return {
    unit,
    number,
    folded: [unit.source, unit.target, unit.reference ?? ""].map(fold),
    verified,
    unverified: counted.length - verified,
    flagged: Boolean(unit.issues?.length),
  };
}

/** A document's section: {name, metadata, drops} from the file, and its rows. */
function documentElement(view, rows, index) {
  const title = element("h2", "", marked("bdi", "", view.name));
  title.id = `document-${index}`;
  const words = rows.reduce((sum, row) => sum + wordCount(row.unit.source), 0);
  const size = element("p", "size", `${plural(rows.length, "segment")}, ${plural(words, "word")}`);
  const about = element("dl", "metadata");
  for (const [name, value] of Object.entries(view.metadata)) {
    about.append(element("div", "", marked("dt", "", name), marked("dd", "", value)));
  }
  const heads = ["Number", "French source", "English target", "Checks"].map((name) => {
    return withRole("columnheader", element("span", "", name));
  });
  const table = withRole("table", element("div", "table"));
  table.setAttribute("aria-labelledby", title.id);
  table.append(withRole("row", element("div", "unseen", ...heads)));
  const all = inPlace(rows, view.drops);
  for (let at = 0; at < all.length; at += STRETCH) {
    const some = all.slice(at, at + STRETCH);
    table.append(withRole("rowgroup", element("div", "stretch", ...some)));
  }
  return element("section", "document", element("header", "", title, size, about), table);
}

/** The rows' elements, with each dropped stretch where it stood in the document. */
function inPlace(rows, drops) {
  const made = [];
  let next = 0;
  let paragraph;
  const opens = (place) => {
    const isNew = place !== paragraph;
    paragraph = place;
    return isNew;
  };
  const dropsBefore = ({ paragraph, start }) => {
    for (; next < drops.length; next++) {
      const drop = drops[next];
      if (drop.paragraph > paragraph || (drop.paragraph === paragraph && drop.start >= start))
        break;
      made.push(dropElement(drop, opens(drop.paragraph)));
    }
  };
  for (const row of rows) {
    dropsBefore(row.unit);
    row.element = rowElement(row, opens(row.unit.paragraph));
    made.push(row.element);
  }
  dropsBefore({ paragraph: Infinity });
  return made;
}

function rowElement(row, opens) {
  const { unit } = row;
  const terms = unit.terms ?? [];
  const issues = unit.issues ?? [];
  const flags = (side) =>
    issues.flatMap(({ severity, [side]: spans = [] }) =>
      spans.map(([start, end]) => ({ start, end, severity })),
    );
  const spans = (key) =>
    terms.flatMap(({ outcome, [key]: span }, i) =>
      span ? [{ start: span[0], end: span[1], term: i, outcome }] : [],
    );
  const source = textElement("fr", unit.source, spans("at"), flags("source"));
  const target = textElement("en", unit.target, spans("found_at"), flags("target"));
  if (terms.length) source.querySelectorAll(".term").forEach(makeReachable);
  const made = withRole("row", element("div", opens ? "row opens" : "row"));
  made.tabIndex = -1;
  made.id = `segment-${row.number}`;
  made.dataset.number = row.number;
  made.append(
    numberCell(row.number, opens && unit.paragraph),
    cell("source", source),
    cell("target", target, ...references(unit), ...repairs(unit)),
    cell("checks", ...checks(row)),
  );
  return made;
}

function textElement(lang, text, terms, flags) {
  const made = element("p", text.length > LONG ? "text long" : "text");
  made.lang = lang;
  made.dir = "ltr"; // French and English; a direction control inside cannot reach beyond
  if (text.length > LONG) made.tabIndex = 0; // scrolls, so the keyboard must reach it
  showText(made, text, terms, flags);
  return made;
}

/** By Tab. The source side is enough: both sides have the same card. */
function makeReachable(term) {
  term.tabIndex = 0;
  term.setAttribute("role", "button");
  term.setAttribute("aria-describedby", "card");
}

function numberCell(number, paragraph) {
  const made = cell("number", element("span", "", String(number)));
  if (Number.isInteger(paragraph)) {
    const place = element("span", "paragraph", `¶ ${paragraph + 1}`);
    place.title = `Paragraph ${paragraph + 1} of the document`;
    made.append(place);
  }
  return made;
}

function references(unit) {
  if (unit.reference === undefined) return [];
  const label = element("span", "label", "Reference");
  return [element("div", "reference", label, textElement("en", unit.reference, [], []))];
}

/** For each translation that was repaired: what changed, filled in when it is opened. */
function repairs(unit) {
  const earlier = new Map();
  for (const term of unit.terms ?? []) {
    if (term.before) earlier.set(term.before, [...(earlier.get(term.before) ?? []), term.required]);
  }
  return [...earlier].map(([before, required]) => {
    const summary = element(
      "summary",
      "",
      `Before the repair for ${required.map(quoted).join(", ")}`,
    );
    const made = element("details", "repair", summary);
    made.addEventListener("toggle", () => {
      if (made.childElementCount === 1) made.append(differenceElement(before, unit.target));
    });
    return made;
  });
}

function differenceElement(before, after) {
  const made = element("p", "text");
  made.lang = "en";
  made.dir = "ltr";
  for (const [kind, text] of difference(before, after)) {
    made.append(marked({ same: "span", gone: "del", new: "ins" }[kind], "", text));
  }
  return made;
}

function checks(row) {
  const { unit } = row;
  const status = element("span", `status ${unit.status}`, STATUSES[unit.status] ?? unit.status);
  const made = [element("p", "state", status, ` · ${ORIGINS[unit.origin] ?? unit.origin}`)];
  if (unit.score !== undefined) made.push(confidenceElement(unit.score));
  const counted = row.verified + row.unverified;
  if (counted) {
    const whole = row.unverified === 0;
    const text = whole
      ? `${plural(counted, "term")} verified`
      : `${row.verified} of ${plural(counted, "term")} verified`;
    made.push(element("p", whole ? "tally whole" : "tally", text));
  }
  if (unit.issues?.length) made.push(element("ul", "issues", ...unit.issues.map(issueElement)));
  return made;
}

/** `score` is the mean log-probability per token; its exponential is a probability. */
function confidenceElement(score) {
  const mean = Math.min(1, Math.exp(score));
  const bars = element("span", "bars");
  // A bar for each tenth from 0.4; chosen by eye, not tuned on anything.
  bars.dataset.level = Math.min(5, Math.max(1, Math.ceil(mean * 10 - 4)));
  const made = element("p", "confidence", bars, `${mean.toFixed(2)} model’s confidence`);
  made.title =
    "The model’s own confidence, not a measure of quality " +
    `(mean log-probability ${score.toFixed(2)} per token)`;
  return made;
}

function issueElement(issue, index) {
  const chip = element("span", `chip ${issue.severity}`, issue.severity);
  const message = marked("span", "message", issue.message);
  const made = element("li", "issue", chip, message);
  made.dataset.issue = index;
  made.title = [issue.check, issue.category].filter(Boolean).join(" · ");
  return made;
}

function dropElement(drop, opens) {
  const made = withRole("row", element("div", opens ? "row drop opens" : "row drop"));
  const text = textElement("fr", drop.text, [], []);
  const rule = element("p", "rule", "Not translated ", marked("span", "label", drop.rule));
  const reason = cell("target", rule);
  reason.setAttribute("aria-colspan", "2");
  made.append(numberCell("", opens && drop.paragraph), cell("source", text), reason);
  return made;
}

/** What the card says of a term. */
function termCard(term) {
  const [shape, outcome, meaning] = OUTCOMES[term.outcome] ?? OUTCOMES.unchecked;
  const made = element("div", "entry");
  made.dataset.outcome = term.outcome;
  const rule = element(
    "p",
    "pair",
    quotedElement(term.source, "fr"),
    " → ",
    quotedElement(term.required, "en"),
  );
  const badge = element("p", "outcome", element("span", "shape", shape), ` ${outcome}`);
  const facts = element("dl", "facts");
  const fact = (name, value) => {
    if (value) facts.append(element("dt", "", name), marked("dd", "", value));
  };
  fact("Why", term.reason || (term.outcome === "right" ? "" : meaning));
  fact("How", term.how && (WAYS[term.how] ? `${term.how}: ${WAYS[term.how]}` : term.how));
  fact("Found", term.found);
  fact("Certainty", term.confidence?.toFixed(2));
  fact("Kind", KINDS[term.kind]);
  fact("Also accepted", term.admitted?.join(", "));
  fact("Note", term.note);
  made.append(rule, badge, facts);
  return made;
}

function quotedElement(text, lang) {
  const made = marked("bdi", "", text);
  made.lang = lang;
  return made;
}

/** A text out of the file that is not a segment's: shown with its invisible characters. */
function marked(tag, className, text) {
  const made = element(tag, className);
  showText(made, text);
  return made;
}

function quoted(text) {
  return `“${text}”`;
}

function withRole(role, made) {
  made.setAttribute("role", role);
  return made;
}

function cell(name, ...children) {
  return withRole("cell", element("div", `cell ${name}`, ...children));
}

/** As translators count: what stands between spaces and holds a letter or a digit. */
function wordCount(text) {
  return text.match(/[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

const formatNumber = new Intl.NumberFormat("en");

function number(value) {
  return formatNumber.format(value);
}

function plural(count, noun) {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}
