// The list holds elements only for what is near the window: 50,000 rows would take a browser
// seconds. Heights are guessed until an element has been measured; what is above the window
// keeps its place when a guess turns out wrong.

// A list this short is there as a whole, so that the browser's own find and print see it.
const WHOLE = 400;
const NEAR = 900; // pixels above and below the window
const ROW_GUESS = { heading: 84, drop: 34, row: 0 };

const list = { items: [], tops: [0], elements: new Map() };

/** Show these items in place of what is shown; the first stays at the top unless `keep`. */
function showItems(shown) {
  closeEditor();
  list.items = shown;
  const at = new Set(shown);
  for (const item of [...list.elements.keys()]) if (!at.has(item)) forget(item);
  list.tops = topsOf(shown);
  const place = find("rows");
  place.setAttribute("aria-rowcount", shown.length + 1);
  place.hidden = !shown.length;
  render();
}

/** Where each item begins, and where the last ends. */
function topsOf(shown) {
  const tops = new Float64Array(shown.length + 1);
  const perLine = Math.max(20, find("rows").clientWidth / (innerWidth > 690 ? 2.9 : 1) / 8.2);
  shown.forEach((item, i) => {
    tops[i + 1] = tops[i] + (item.height || guess(item, perLine));
  });
  return tops;
}

function guess(item, perLine) {
  if (item.kind !== "row") return ROW_GUESS[item.kind];
  return Math.max(66, 24 + 25.6 * Math.ceil((review.words[item.unit] * 6.2) / perLine));
}

/** The last item that begins at or above a height. */
function itemAt(height) {
  let [low, high] = [0, list.items.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list.tops[middle] <= height) low = middle;
    else high = middle - 1;
  }
  return low;
}

let isPrinting = false;

/** The range of items that must be there now. */
function wanted() {
  const count = list.items.length;
  if (count <= WHOLE || isPrinting) return [0, count];
  const top = -find("rows").getBoundingClientRect().top;
  return [itemAt(top - NEAR), Math.min(count, itemAt(top + innerHeight + NEAR) + 1)];
}

/** Make the list agree with the window. */
function render() {
  const place = find("rows");
  const anchor = anchorNow();
  const [from, to] = wanted();
  const keep = new Set(list.items.slice(from, to));
  for (const item of [...list.elements.keys()]) if (!keep.has(item)) forget(item);
  let before = place.firstElementChild; // the column headings
  for (let i = from; i < to; i++) {
    const made = elementOf(list.items[i], i);
    if (before.nextElementSibling !== made) before.after(made);
    before = made;
  }
  place.style.paddingBlockStart = `${list.tops[from]}px`;
  place.style.paddingBlockEnd = `${list.tops.at(-1) - list.tops[to]}px`;
  measure(from, to);
  if (anchor) restore(anchor);
}

function elementOf(item, index) {
  let made = list.elements.get(item);
  if (!made) {
    made = MAKERS[item.kind](item);
    list.elements.set(item, made);
    if (item === current) made.classList.add("current");
  }
  made.setAttribute("aria-rowindex", index + 2);
  return made;
}

function forget(item) {
  if (editing?.item === item) closeEditor(); // which makes the row again
  list.elements.get(item).remove();
  list.elements.delete(item);
}

/** Take the true heights of what is there; the rest moves accordingly. */
function measure(from, to) {
  const whole = list.items.length <= WHOLE;
  if (whole) return;
  let moved = 0;
  for (let i = from; i < to; i++) {
    const item = list.items[i];
    const height = list.elements.get(item).getBoundingClientRect().height;
    moved = moved || Math.abs(height - (list.tops[i + 1] - list.tops[i])) > 0.5;
    item.height = height;
  }
  if (!moved) return;
  list.tops = topsOf(list.items);
  find("rows").style.paddingBlockStart = `${list.tops[from]}px`;
  find("rows").style.paddingBlockEnd = `${list.tops.at(-1) - list.tops[to]}px`;
}

/** The first element in the window, and where it stands there. */
function anchorNow() {
  const top = find("bar").getBoundingClientRect().bottom;
  for (const made of find("rows").querySelectorAll(".row:not(.unseen)")) {
    const { bottom, top: at } = made.getBoundingClientRect();
    if (bottom > top) return { made, at };
  }
  return null;
}

function restore({ made, at }) {
  if (!made.isConnected) return;
  const moved = made.getBoundingClientRect().top - at;
  if (Math.abs(moved) > 1 && list.items.length > WHOLE) scrollBy(0, moved);
}

/** Make a row again in its place, as after a change; what is being written is left alone. */
function refresh(units) {
  for (const unit of units) {
    const item = itemOf.get(unit);
    const old = item && list.elements.get(item);
    if (!old || editing?.item === item || commenting === item) continue;
    const focus = focusIn(old);
    const made = rowElement(item);
    made.setAttribute("aria-rowindex", old.getAttribute("aria-rowindex"));
    if (item === current) made.classList.add("current");
    list.elements.set(item, made);
    old.replaceWith(made);
    focus?.(made);
  }
}

function refreshAll() {
  refresh([...list.elements.keys()].map((item) => item.unit));
}

/** How to give the focus back once the row is made again. */
function focusIn(old) {
  const focused = document.activeElement;
  if (!old.contains(focused)) return null;
  const { act } = focused.dataset;
  return (made) =>
    (made.querySelector(`[data-act="${act}"]`) ?? made).focus({ preventScroll: true });
}

/** Bring an item into the window and give its element. */
function reveal(item) {
  const index = list.items.indexOf(item);
  if (index < 0) return null;
  if (!list.elements.has(item)) {
    const top = find("rows").getBoundingClientRect().top + scrollY;
    scrollTo(0, top + list.tops[index] - innerHeight / 3);
    render();
  }
  const made = list.elements.get(item);
  made?.scrollIntoView({ block: "nearest" });
  return made ?? null;
}

function prepareList() {
  const names = ["Number", "French source", "English target", "Checks"];
  const heads = names.map((name) => withRole("columnheader", element("span", "", name)));
  const place = withRole("table", find("rows"));
  place.setAttribute("aria-label", "Segments");
  place.replaceChildren(withRole("row", element("div", "row unseen", ...heads)));
  let isWaiting = false;
  addEventListener(
    "scroll",
    () => {
      if (isWaiting || list.items.length <= WHOLE) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        render();
      });
    },
    { passive: true },
  );
  let width = place.clientWidth;
  new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    for (const item of items) item.height = 0;
    list.tops = topsOf(list.items);
    render();
  }).observe(place);
  addEventListener("beforeprint", () => printing(true));
  addEventListener("afterprint", () => printing(false));
}

function printing(on) {
  isPrinting = on;
  render();
}
