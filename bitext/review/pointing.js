// What pointing at a word, a flag or a term shows: linked words, flagged stretches, the term card.
//
// Stretches are painted with the browser's highlight registry, which leaves the texts' elements
// alone; a browser without it (Firefox before 140) shows the page without these paints.
"use strict";

// ---- Painting on the texts, without touching them -----------------------------------------

function paint(name, ranges) {
  if (window.CSS?.highlights) CSS.highlights.set(name, new Highlight(...ranges));
}

const MOST_HITS = 2000; // each costs the browser some work when it draws

function markHits(wanted) {
  const ranges = [];
  for (const row of wanted.length > 1 ? shown : []) {
    const places = row.element.querySelectorAll(
      ".source > .text, .target > .text, .reference > .text",
    );
    places.forEach((place, i) => {
      const text = row.folded[i];
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        ranges.push(rangeIn(place, at, at + wanted.length));
      }
    });
    if (ranges.length > MOST_HITS) break;
  }
  paint("found", ranges.filter(Boolean));
}

function rowOf(node) {
  const made = node instanceof Element ? node.closest(".row[data-number]") : null;
  return made && rows[made.dataset.number - 1];
}

/** The spans of one side and of the other, painted in a row. */
function paintPairs(name, row, spans) {
  const [source, target] = ["source", "target"].map((side) =>
    row.element.querySelector(`.${side} > .text`),
  );
  const ranges = spans.map(([side, start, end]) =>
    rangeIn(side === "source" ? source : target, start, end),
  );
  paint(name, ranges.filter(Boolean));
}

function paintLinks(event) {
  const place = event.target instanceof Element ? event.target.closest(".text") : null;
  const row = rowOf(place);
  const side = place?.parentElement.matches(".source") ? 0 : 2;
  const isCell = place?.parentElement.matches(".source, .target");
  if (!row?.unit.links || !isCell) return paint("linked", []);
  const [node, offset] = caretAt(event.clientX, event.clientY);
  const at = node ? offsetIn(place, node, offset) : -1;
  // A caret stands between two letters; the pointer may be on the one before.
  const over = (at) => row.unit.links.filter((link) => link[side] <= at && at < link[side + 1]);
  const links = at < 0 ? [] : over(at).length ? over(at) : over(at - 1);
  const spans = links.flatMap(([a, b, c, d]) => [
    ["source", a, b],
    ["target", c, d],
  ]);
  paintPairs("linked", row, spans);
}

function caretAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [];
}

function paintIssue(made) {
  const issue = rowOf(made).unit.issues[made.dataset.issue];
  const spans = ["source", "target"].flatMap((side) =>
    (issue[side] ?? []).map((span) => [side, ...span]),
  );
  paintPairs("pointed", rowOf(made), spans);
}

// ---- The term card ------------------------------------------------------------------------

let cardOwner;
let cardTimer;

function showCard(term) {
  clearTimeout(cardTimer);
  if (cardOwner === term) return;
  hideCard();
  cardOwner = term;
  const { unit, element: made } = rowOf(term);
  const indices = term.dataset.terms.split(" ");
  find("card").replaceChildren(...indices.map((i) => termCard(unit.terms[i])));
  for (const other of made.querySelectorAll(".term")) {
    other.classList.toggle(
      "lit",
      other.dataset.terms.split(" ").some((i) => indices.includes(i)),
    );
  }
  find("card").showPopover();
  placeCard(term);
}

function placeCard(term) {
  const card = find("card");
  const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
  const under = at.bottom + 6 + card.offsetHeight <= innerHeight;
  const left = Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 8);
  const top = under ? at.bottom + 6 : at.top - 6 - card.offsetHeight;
  card.style.insetBlockStart = `${Math.max(8, top)}px`;
  card.style.insetInlineStart = `${Math.max(8, left)}px`;
}

function hideCard() {
  clearTimeout(cardTimer);
  if (!cardOwner) return false;
  cardOwner
    .closest(".row")
    .querySelectorAll(".lit")
    .forEach((term) => term.classList.remove("lit"));
  cardOwner = undefined;
  find("card").hidePopover();
  return true;
}

/** A card opened from the keyboard stays with its term; the pointer's goes. */
function followCard() {
  const at = cardOwner?.getBoundingClientRect();
  if (cardOwner?.matches(":focus") && at.bottom > 0 && at.top < innerHeight) placeCard(cardOwner);
  else hideCard();
}

/** So that the pointer can cross from the term to the card. */
function hideCardSoon() {
  clearTimeout(cardTimer);
  cardTimer = setTimeout(hideCard, 200);
}
