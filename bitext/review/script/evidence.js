// What speaks for or against a translation: references, differences, repairs, the term card.

function textElement(lang, text, terms = [], flags = []) {
  const made = element("p", text.length > LONG ? "text long" : "text");
  made.lang = lang;
  made.dir = "auto"; // a direction control inside cannot reach beyond: the style isolates it
  if (text.length > LONG) made.tabIndex = 0; // scrolls, so the keyboard must reach it
  showText(made, text, terms, flags);
  return made;
}

/** A text out of the file that is not a segment's: shown with its invisible characters. */
function marked(tag, className, text) {
  const made = element(tag, className);
  showText(made, text);
  return made;
}

function evidenceOf(unit) {
  const { reference, baseline, terms, target: first } = unitAt(unit);
  const target = targetOf(unit);
  const shown = [];
  if (target !== first) shown.push(differing("Changes", "changes", first, target));
  if (reference !== undefined && find("views").elements.compare.checked) {
    shown.push(differing("From here to the reference", "reference", target, reference));
  } else if (reference !== undefined) {
    shown.push(labelled("Reference", "reference", textElement("en", reference)));
  }
  if (baseline !== undefined && baseline !== target) {
    shown.push(differing("From the baseline", "baseline", baseline, target));
  }
  return [...shown, ...repairs(terms, first)];
}

function labelled(label, className, ...children) {
  const name = element("span", "label", label);
  return element("div", `evidence ${className}`, name, ...children);
}

function differing(label, className, before, after) {
  return labelled(label, className, differenceElement(before, after));
}

function differenceElement(before, after) {
  const made = element("p", "text");
  made.lang = "en";
  made.dir = "auto";
  for (const [kind, text] of difference(before, after)) {
    made.append(marked({ same: "span", gone: "del", new: "ins" }[kind], "", text));
  }
  return made;
}

/** For each translation that was repaired: what changed, filled in when it is opened. */
function repairs(terms, target) {
  const earlier = new Map();
  for (const term of terms) {
    if (term.before) earlier.set(term.before, [...(earlier.get(term.before) ?? []), term.required]);
  }
  return [...earlier].map(([before, required]) => {
    const names = required.map((name) => `“${name}”`).join(", ");
    const made = element("details", "repair", element("summary", "", `Before the repair for ${names}`));
    made.addEventListener("toggle", () => {
      if (made.childElementCount === 1) made.append(differenceElement(before, target));
    });
    return made;
  });
}

/** What the card says of a term. */
function termCard(term) {
  const [shape, outcome, meaning] = OUTCOMES[term.outcome] ?? OUTCOMES.unchecked;
  const made = element("div", "entry");
  made.dataset.outcome = term.outcome;
  const source = quotedElement(term.source, "fr");
  const rule = element("p", "pair", source, " → ", quotedElement(term.required, "en"));
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
