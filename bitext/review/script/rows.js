// The elements of the list: a document's heading, a segment, a stretch that was dropped.

function rowElement(item) {
  const { unit } = item;
  const { paragraph, source } = unitAt(unit);
  const target = targetOf(unit);
  const opens = Boolean(review.bits[unit] & OPENS);
  const made = withRole("row", element("div", opens ? "row opens" : "row"));
  made.tabIndex = -1;
  made.id = `segment-${item.number}`;
  made.dataset.number = item.number;
  made.dataset.status = statusOf(unit);
  const [sourceText, targetText] = [
    textElement("fr", source, termSpans(unit, "at"), flagSpans(unit, "source")),
    textElement("en", target, termSpans(unit, "foundAt"), flagSpans(unit, "target")),
  ];
  sourceText.querySelectorAll(".term").forEach(makeReachable);
  targetText.classList.add("editable");
  made.append(
    numberCell(item.number, opens && paragraph),
    cell("source", sourceText),
    cell("target", targetText, ...evidenceOf(unit), ...commentElements(unit)),
    cell("checks", ...checksOf(unit)),
  );
  return made;
}

function termSpans(unit, key) {
  return termsOf(unit).flatMap(({ outcome, [key]: span }, term) =>
    span ? [{ start: span[0], end: span[1], term, outcome }] : [],
  );
}

function flagSpans(unit, side) {
  const found = issuesOf(unit).flatMap(({ severity, [side]: spans = [] }) =>
    spans.map(([start, end]) => ({ start, end, severity })),
  );
  const marks = (recordOf(unit).marks ?? []).filter((mark) => mark.side === side);
  return [...found, ...marks];
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

/** A document's heading, a row of one cell: {name, metadata} from the file, and its size. */
function headingElement({ document, size }) {
  const { name, metadata } = review.documents[document];
  const about = element("dl", "metadata");
  for (const [key, value] of Object.entries(metadata)) {
    about.append(element("div", "", marked("dt", "", key), marked("dd", "", value)));
  }
  const count = `${plural(size.segments, "segment")}, ${plural(size.words, "word")}`;
  const title = element("h2", "", marked("bdi", "", name));
  const inside = cell("heading-cell", title, element("p", "size", count));
  if (about.childElementCount) inside.append(about);
  inside.setAttribute("aria-colspan", "4");
  return withRole("row", element("div", "row heading-row", inside));
}

function dropElement({ drop }) {
  const made = withRole("row", element("div", drop.opens ? "row drop opens" : "row drop"));
  const rule = element("p", "rule", "Not translated ", marked("span", "label", drop.rule));
  const reason = cell("target", rule);
  reason.setAttribute("aria-colspan", "2");
  const text = cell("source", textElement("fr", drop.text));
  made.append(numberCell("", drop.opens && drop.paragraph), text, reason);
  return made;
}

function cell(name, ...children) {
  return withRole("cell", element("div", `cell ${name}`, ...children));
}
