// Search and filters: which rows are shown.

// The texts of each unit as a search sees them, gathered while the page is idle: with 50,000
// units, the first search would else wait a second.
const folded = [];
const SEPARATOR = "\u0001";
const IDLE = 8; // ms of work at a time

function foldedOf(unit) {
  return (folded[unit] ??= foldedNow(unit));
}

function foldedNow(unit) {
  const { source, reference = "" } = unitAt(unit);
  return fold([source, targetOf(unit), reference, commentOf(unit)].join(SEPARATOR));
}

function gatherTexts() {
  let unit = 0;
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 20));
  const work = () => {
    const end = performance.now() + IDLE;
    while (unit < unitCount && performance.now() < end) foldedOf(unit++);
    if (unit < unitCount) later(work);
  };
  later(work);
}

const has = (bit) => (unit) => Boolean(review.bits[unit] & bit);
const tests = {
  flags: isFlagged,
  unverified: hasUnverified,
  terms: has(TERMS),
  repeated: (unit) => repeatsOf.has(unit),
  edited: isEdited,
  commented: hasRemark,
  reference: has(REFERENCE),
  baseline: has(BASELINE),
};

/** Whether a reviewer has said something of it: a comment, or a mark. */
function hasRemark(unit) {
  const { comment, marks } = recordOf(unit);
  const written = comment ?? (review.bits[unit] & COMMENTED ? "there" : "");
  return Boolean(written || marks);
}

function hasUnverified(unit) {
  if (!isEdited(unit)) return Boolean(review.bits[unit] & UNVERIFIED);
  return termsOf(unit).some(({ outcome }) => !["right", "enforced", "shadowed"].includes(outcome));
}

const statusTests = {
  todo: (status) => status === "untouched" || status === "draft",
};

function filterOf() {
  const names = Object.keys(tests).filter((name) => find("tools").elements[name].checked);
  return {
    wanted: fold(find("search").value.trim()),
    names,
    status: find("status").value,
    document: find("document").value,
    drops: find("views").elements.drops.checked,
  };
}

function isFiltering({ wanted, names, status, document }) {
  return Boolean(wanted || names.length || status || document);
}

function passes(item, { wanted, names, status, document }) {
  if (document && item.document !== Number(document)) return false;
  if (!names.every((name) => tests[name](item.unit))) return false;
  const test = statusTests[status] ?? ((own) => own === status);
  if (status && !test(statusOf(item.unit))) return false;
  return !wanted || foldedOf(item.unit).includes(wanted);
}

let filter; // as it was last used
let shownRows = [];

function filterRows() {
  filter = filterOf();
  const { wanted, names, status, document, drops } = filter;
  const hasDrops = drops && !names.length && !status;
  const shown = [];
  let heading;
  shownRows = [];
  for (const item of items) {
    if (item.kind === "heading") {
      heading = item;
      continue;
    }
    if (item.kind === "row") {
      if (!passes(item, filter)) continue;
      shownRows.push(item);
    } else {
      const isChosen = !document || item.document === Number(document);
      if (!hasDrops || !isChosen || (wanted && !fold(item.drop.text).includes(wanted))) continue;
    }
    if (heading) shown.push(heading);
    heading = undefined;
    shown.push(item);
  }
  showItems(shown);
  paintHits(wanted);
  showCount();
  countHits();
}

function showCount() {
  const isFiltered = isFiltering(filter);
  const whole = plural(unitCount, "segment");
  find("count").textContent = isFiltered ? `${number(shownRows.length)} of ${whole}` : whole;
  find("nothing").hidden = list.items.length > 0;
  find("nothing").textContent = unitCount
    ? "Nothing matches. Press Esc to clear the search and the filters."
    : "There are no segments in this file.";
  const open = shownRows.reduce((count, item) => count + isOpen(item.unit), 0);
  find("approve-shown").disabled = !open;
  find("approve-shown").textContent = open ? `Approve ${number(open)} shown` : "All decided";
}

function clearFilters() {
  const filtered = isFiltering(filterOf());
  for (const id of ["search", "document", "status"]) find(id).value = "";
  for (const name of Object.keys(tests)) find("tools").elements[name].checked = false;
  if (filtered) filterRows();
  return filtered;
}

/** The numbers on the filters. */
function countFilters() {
  for (const [name, test] of Object.entries(tests)) {
    const box = find("tools").elements[name];
    let count = 0;
    for (let unit = 0; unit < unitCount; unit++) count += test(unit);
    box.parentElement.querySelector("small").textContent = number(count);
    box.disabled = count === 0 && !box.checked;
    box.parentElement.hidden = box.disabled;
  }
}

function prepareFilters() {
  review.documents.forEach(({ name }, i) => find("document").append(new Option(name, i)));
  find("chooser").hidden = review.documents.length < 2;
  const hasDrops = review.documents.some(({ drops }) => drops.length);
  find("views").elements.drops.closest("label").hidden = !hasDrops;
  const hasReferences = review.bits.some((bits) => bits & REFERENCE);
  find("views").elements.compare.closest("label").hidden = !hasReferences;
  let searching;
  let counting;
  find("tools").addEventListener("submit", (event) => event.preventDefault());
  find("search").addEventListener("input", () => {
    clearTimeout(searching);
    searching = setTimeout(filterRows, unitCount > 2000 ? 80 : 0);
  });
  for (const id of ["document", "status", "filters"]) find(id).addEventListener("change", filterRows);
  find("views").addEventListener("change", ({ target }) => {
    if (target.name === "drops") filterRows();
    else if (target.name === "compare") refreshAll();
    else document.body.classList.toggle(target.name, target.checked);
  });
  document.body.classList.add("changes");
  onChange((units) => {
    for (const unit of units) delete folded[unit];
    clearTimeout(counting);
    counting = setTimeout(countFilters, 150);
    showCount();
  });
  countFilters();
}
