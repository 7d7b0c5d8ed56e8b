// The page at work: its documents and totals, search and filters, keys and pointer.
"use strict";

const find = (id) => document.getElementById(id);
const review = JSON.parse(find("review").textContent);
const groups = byDocument();
const rows = groups.flatMap((group) => group.rows);
let shown = rows; // those that pass the filter, in the order of the page
let current; // the row that j and k start from

// ---- The documents and the totals -------------------------------------------------------

/** The documents in the page's order, each with its rows; rows are numbered through. */
function byDocument() {
  const views = new Map(review.documents.map((view) => [view.name, { view, units: [] }]));
  for (const unit of review.units) {
    const name = unit.document;
    if (!views.has(name)) views.set(name, { view: { name, metadata: {}, drops: [] }, units: [] });
    views.get(name).units.push(unit);
  }
  let number = 0;
  return [...views.values()].map(({ view, units }) => {
    return { view, rows: units.map((unit) => makeRow(unit, ++number)) };
  });
}

function showDocuments() {
  const width = Math.max(2.25, 1 + 0.6 * String(rows.length).length);
  document.documentElement.style.setProperty("--number", `${width}rem`);
  groups.forEach((group, i) => {
    group.element = documentElement(group.view, group.rows, i);
    group.stretches = [...group.element.querySelectorAll(".stretch")];
    group.drops = [...group.element.querySelectorAll(".drop")];
  });
  find("documents").replaceChildren(...groups.map((group) => group.element));
}

function showTotals() {
  const sum = (value) => rows.reduce((total, row) => total + value(row), 0);
  const terms = sum((row) => row.verified + row.unverified);
  const issues = rows.flatMap((row) => row.unit.issues ?? []);
  const bySeverity = SEVERITIES.toReversed()
    .map((severity) => [issues.filter((issue) => issue.severity === severity).length, severity])
    .filter(([count]) => count)
    .map(([count, severity]) => element("span", `chip ${severity}`, `${count} ${severity}`));
  const checked = rows.some((row) => row.unit.issues);
  const total = (name, value, ...notes) => {
    find("totals").append(
      element("div", "", element("dt", "", name), element("dd", "", value, ...notes)),
    );
  };
  total(rows.length === 1 ? "segment" : "segments", number(rows.length));
  total("source words", number(sum((row) => wordCount(row.unit.source))));
  if (terms)
    total(
      "terms verified",
      number(sum((row) => row.verified)),
      element("small", "", ` of ${number(terms)}`),
    );
  total(
    checked ? "flags" : "flags: not checked",
    checked ? number(issues.length) : "–",
    ...bySeverity,
  );
  if (review.unplaced) total("references without a segment", number(review.unplaced));
}

// ---- Search and filters -----------------------------------------------------------------

const tests = {
  flags: (row) => row.flagged,
  terms: (row) => row.verified + row.unverified > 0,
  unverified: (row) => row.unverified > 0,
  reference: (row) => row.unit.reference !== undefined,
};

function prepareTools() {
  for (const [name, test] of Object.entries(tests)) {
    const box = find("tools").elements[name];
    const count = rows.filter(test).length;
    box.parentElement.querySelector("small").textContent = number(count);
    box.disabled = count === 0;
  }
  groups.forEach((group, i) => find("document").append(new Option(group.view.name, i)));
  find("chooser").hidden = groups.length < 2;
  find("views").elements.drops.closest("label").hidden = !groups.some((g) => g.view.drops.length);
}

function filterRows() {
  const wanted = fold(find("search").value.trim());
  const only = Object.keys(tests).filter((name) => find("tools").elements[name].checked);
  const chosen = find("document").value;
  const hasDrops = find("views").elements.drops.checked && !only.length;
  const passes = (row) =>
    only.every((name) => tests[name](row)) &&
    (!wanted || row.folded.some((text) => text.includes(wanted)));
  const dropPasses = (drop) => hasDrops && (!wanted || fold(drop.textContent).includes(wanted));
  shown = [];
  groups.forEach((group, i) => {
    const isChosen = !chosen || Number(chosen) === i;
    const counts = new Map(group.stretches.map((stretch) => [stretch, 0]));
    const reveal = (made, hit) => {
      if (made.hidden === hit) made.hidden = !hit;
      if (hit) counts.set(made.parentElement, counts.get(made.parentElement) + 1);
    };
    for (const row of group.rows) {
      const hit = isChosen && passes(row);
      reveal(row.element, hit);
      if (hit) shown.push(row);
    }
    for (const drop of group.drops) reveal(drop, isChosen && dropPasses(drop));
    for (const [stretch, count] of counts) {
      stretch.hidden = count === 0;
      stretch.style.setProperty("--rows", count); // for the scroll bar, until it is laid out
    }
    group.element.hidden = group.stretches.every((stretch) => stretch.hidden);
  });
  announce(Boolean(wanted || only.length || chosen));
  markHits(wanted);
}

function announce(isFiltered) {
  const whole = plural(rows.length, "segment");
  find("count").textContent = isFiltered ? `${number(shown.length)} of ${whole}` : whole;
  find("nothing").hidden = shown.length > 0 || groups.some((group) => !group.element.hidden);
  find("nothing").textContent = rows.length
    ? "Nothing matches. Press Esc to clear the search and the filters."
    : "There are no segments in this file.";
}

function clearFilters() {
  find("search").value = "";
  find("document").value = "";
  for (const name of Object.keys(tests)) find("tools").elements[name].checked = false;
  filterRows();
}

// ---- Keys and pointer ---------------------------------------------------------------------

function markCurrent(row) {
  current?.element.classList.remove("current");
  current = row;
  row.element.classList.add("current");
}

function goTo(row) {
  if (!row) return;
  markCurrent(row);
  row.element.focus({ preventScroll: true });
  row.element.scrollIntoView({ block: "nearest" });
}

/** The nearest shown row after (or before) the current one that passes the test. */
function neighbour(step, test = () => true) {
  const place = current ? current.number : step > 0 ? 0 : Infinity;
  const beyond = shown.filter((row) => (row.number - place) * step > 0 && test(row));
  return beyond.at(step > 0 ? 0 : -1);
}

const keys = {
  j: () => goTo(neighbour(1)),
  k: () => goTo(neighbour(-1)),
  n: () => goTo(neighbour(1, (row) => row.flagged || row.unverified)),
  "/": () => {
    find("search").focus();
    find("search").select();
  },
  "?": () => find("help").showModal(),
};

function onKey(event) {
  // 229: a key that an input method is still working on.
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (find("help").open) return;
  const isTyping = event.target.matches("input[type=search], textarea, select, [contenteditable]");
  if (event.key === "Escape") {
    if (!hideCard()) clearFilters();
  } else if (isTyping) {
    if (event.key === "Enter" && event.target === find("search")) goTo(shown[0]);
  } else if (keys[event.key] && find("single").checked) {
    event.preventDefault();
    keys[event.key]();
  }
}

function listen() {
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filterRows, rows.length > 2000 ? 80 : 0);
  };
  find("tools").addEventListener("submit", (event) => event.preventDefault());
  find("search").addEventListener("input", soon);
  find("document").addEventListener("change", filterRows);
  find("filters").addEventListener("change", filterRows);
  find("views").addEventListener("change", (event) => {
    if (event.target.name === "drops") filterRows();
    else document.body.classList.toggle("spaces", event.target.checked);
  });
  find("help-button").addEventListener("click", keys["?"]);
  addEventListener("beforeprint", () => (document.querySelector(".made").open = true));
  addEventListener("keydown", onKey);
  addEventListener("scroll", followCard, { passive: true });
  const documents = find("documents");
  const termAt = (event) => event.target.closest?.(".term");
  documents.addEventListener("focusin", (event) => {
    if (termAt(event)) showCard(termAt(event));
    if (rowOf(event.target)) markCurrent(rowOf(event.target));
  });
  documents.addEventListener("focusout", hideCardSoon);
  documents.addEventListener("pointerover", (event) => {
    const issue = event.target.closest(".issue");
    if (termAt(event)) showCard(termAt(event));
    else if (cardOwner && !cardOwner.matches(":focus")) hideCardSoon();
    if (issue) paintIssue(issue);
    else paint("pointed", []);
  });
  documents.addEventListener("pointermove", paintLinks);
  documents.addEventListener("pointerleave", () =>
    ["linked", "pointed"].forEach((name) => paint(name, [])),
  );
  find("card").addEventListener("pointerenter", () => clearTimeout(cardTimer));
  find("card").addEventListener("pointerleave", hideCardSoon);
  new ResizeObserver(([entry]) => {
    const height = entry.borderBoxSize[0].blockSize;
    document.documentElement.style.setProperty("--bar", `${Math.ceil(height)}px`);
  }).observe(find("bar"));
}

function fillLegend() {
  for (const [name, [shape, outcome, meaning]] of Object.entries(OUTCOMES)) {
    const example = element("span", "term", "term");
    example.dataset.outcome = name;
    const line = element("li", "", example, element("span", "", `${shape} ${outcome}: ${meaning}`));
    find("outcomes").append(line);
  }
  for (const severity of SEVERITIES) {
    find("severities").append(element("li", "", element("span", `chip ${severity}`, severity)));
  }
}

const title = document.querySelector("h1 bdi");
showText(title, title.textContent);
showText(find("signature"), review.signature);
showDocuments();
showTotals();
prepareTools();
fillLegend();
listen();
filterRows();
