// What pointing at a word, a number or a flag shows: linked words and flagged stretches.
//
// Stretches are painted with the browser's highlight registry, which leaves the texts' elements
// alone; a browser without it (Firefox before 140) shows the page without these paints.

function paint(name, ranges) {
  if (window.CSS?.highlights) CSS.highlights.set(name, new Highlight(...ranges.filter(Boolean)));
}

/** The row that a node stands in: {item, unit, made}, or undefined. */
function rowOf(node) {
  const made = node instanceof Element ? node.closest(".row[data-number]") : null;
  const item = made && rowItems[made.dataset.number - 1];
  return item ? { item, unit: item.unit, made } : undefined;
}

/** Hits of the search in the rows that are there. */
function paintHits(wanted) {
  const ranges = [];
  for (const [item, made] of wanted.length > 1 ? list.elements : []) {
    if (item.kind === "heading") continue;
    for (const place of made.querySelectorAll(".source > .text, .target > .text, .reference > .text")) {
      const text = fold(place.textContent);
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        ranges.push(rangeIn(place, at, at + wanted.length));
      }
    }
  }
  paint("found", ranges);
}

/** The spans of one side and of the other, [["source", start, end], …], painted in a row. */
function paintSpans(name, made, spans) {
  const places = { source: sideOf(made, "source"), target: sideOf(made, "target") };
  paint(
    name,
    spans.map(([side, start, end]) => places[side] && rangeIn(places[side], start, end)),
  );
}

function sideOf(made, side) {
  return made.querySelector(`.${side} > .text`);
}

function paintLinks(event) {
  const place = event.target instanceof Element ? event.target.closest(".text") : null;
  const row = rowOf(place);
  if (!row || !place.parentElement.matches(".source, .target")) return paint("linked", []);
  const side = place.parentElement.matches(".source") ? 0 : 2;
  const [node, offset] = caretAt(event.clientX, event.clientY);
  const at = node ? offsetIn(place, node, offset) : -1;
  // A caret stands between two letters; the pointer may be on the one before.
  const over = (at) => linksOfUnit(row.unit).filter((link) => link[side] <= at && at < link[side + 1]);
  const links = at < 0 ? [] : over(at).length ? over(at) : over(at - 1);
  const spans = links.flatMap(([a, b, c, d]) => [
    ["source", a, b],
    ["target", c, d],
  ]);
  return paintSpans("linked", row.made, spans);
}

let lastLinks = {};

/** The model's links and the numbers that say the same; of an edit, only the numbers. */
function linksOfUnit(unit) {
  const { source, links } = unitAt(unit);
  const target = targetOf(unit);
  if (lastLinks.unit !== unit || lastLinks.target !== target) {
    const short = source.length + target.length < MOST_CHECKED;
    const numbers = short ? numberPairs(source, target) : [];
    const pairs = numbers.map(([here, there]) => [here.start, here.end, there.start, there.end]);
    lastLinks = { unit, target, links: isEdited(unit) ? pairs : [...links, ...pairs] };
  }
  return lastLinks.links;
}

function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [];
}

function paintIssue(issue) {
  const [source, target] = JSON.parse(issue.dataset.spans);
  const spans = [
    ...source.map((span) => ["source", ...span]),
    ...target.map((span) => ["target", ...span]),
  ];
  paintSpans("pointed", rowOf(issue).made, spans);
}

// Here and not with the styles, because HTML's validator does not know ::highlight yet.
const PAINTS = `
  ::highlight(found), ::highlight(pointed) { background: var(--found); }
  ::highlight(linked) { background: var(--linked); }
`;

function preparePointing() {
  const paints = new CSSStyleSheet();
  paints.replaceSync(PAINTS);
  document.adoptedStyleSheets.push(paints);
  const place = find("rows");
  const termAt = (event) => event.target.closest?.(".term");
  place.addEventListener("focusin", (event) => {
    if (termAt(event)) showCard(termAt(event));
    const row = rowOf(event.target);
    if (row) markCurrent(row.item);
  });
  place.addEventListener("focusout", hideCardSoon);
  place.addEventListener("pointerover", (event) => {
    const issue = event.target.closest(".issue");
    if (termAt(event)) showCard(termAt(event));
    else if (cardOwner && !cardOwner.matches(":focus")) hideCardSoon();
    if (issue) paintIssue(issue);
    else paint("pointed", []);
  });
  place.addEventListener("pointermove", paintLinks);
  place.addEventListener("pointerleave", () => ["linked", "pointed"].forEach((name) => paint(name, [])));
  find("card").addEventListener("pointerenter", () => clearTimeout(cardTimer));
  find("card").addEventListener("pointerleave", hideCardSoon);
  addEventListener("scroll", followCard, { passive: true });
}
