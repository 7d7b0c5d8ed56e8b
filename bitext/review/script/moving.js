// The current segment, and going from one to another.

let current; // the item that j and k start from

function markCurrent(item) {
  if (current === item) return;
  list.elements.get(current)?.classList.remove("current");
  current = item;
  list.elements.get(item)?.classList.add("current");
}

function goTo(item) {
  if (!item) return;
  markCurrent(item);
  reveal(item)?.focus({ preventScroll: true });
}

/** The nearest shown row after (or before) the current one that passes the test. */
function neighbour(step, test = () => true) {
  const place = current ? current.number : step > 0 ? 0 : Infinity;
  if (step > 0) return shownRows.find((item) => item.number > place && test(item.unit));
  return shownRows.findLast((item) => item.number < place && test(item.unit));
}

function needsLook(unit) {
  return isFlagged(unit) || hasUnverified(unit);
}

function isOpen(unit) {
  return statusTests.todo(statusOf(unit));
}
