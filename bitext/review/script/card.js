// The card of a glossary term, and its counterpart lit on the other side.

let cardOwner;
let cardTimer;

function showCard(term) {
  clearTimeout(cardTimer);
  if (cardOwner === term) return;
  hideCard();
  cardOwner = term;
  const { unit, made } = rowOf(term);
  const terms = termsOf(unit);
  const indices = term.dataset.terms.split(" ");
  find("card").replaceChildren(...indices.map((i) => termCard(terms[i])));
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
  card.style.top = `${Math.max(8, top)}px`;
  card.style.left = `${Math.max(8, left)}px`;
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
