// Everything the keyboard can do, in one table: the help shows it, the page acts on it.

const onCurrent = (act) => () => current && act(current.unit);
const toggleView = (name) => () => find("views").elements[name].click();

// [keys, what the help says, act]
const KEYS = [
  [["j", "k"], "next, previous segment", { j: () => goTo(neighbour(1)), k: () => goTo(neighbour(-1)) }],
  [["n", "p"], "next, previous with a flag or an unverified term", {
    n: () => goTo(neighbour(1, needsLook)),
    p: () => goTo(neighbour(-1, needsLook)),
  }],
  [["t"], "next to do", { t: () => goTo(neighbour(1, isOpen)) }],
  [["Enter", "e"], "edit the translation", { Enter: () => openEditor(), e: () => openEditor() }],
  [["a"], "approve, or take it back", { a: onCurrent((unit) => toggleStatus(unit, "approved")) }],
  [["x"], "reject, or take it back", { x: onCurrent((unit) => toggleStatus(unit, "rejected")) }],
  [["c"], "comment", { c: () => openComment() }],
  [["m"], "mark an error: select the words first", { m: () => openMark() }],
  [["d", "D"], "dismiss the first flag here, everywhere", {
    d: () => dismissFirst(),
    D: () => dismissFirst(EVERYWHERE),
  }],
  [["."], "take a flag’s suggestion", { ".": onCurrent((unit) => takeFix(unit)) }],
  [["A"], "approve all that are shown", { A: approveShown }],
  [["u", "U"], "undo, do again", { u: undoStep, U: redoStep }],
  [["/"], "search", { "/": () => focusSearch() }],
  [["r"], "find and replace", { r: () => toggleReplace(true) }],
  [["v", "b"], "show changes, no-break spaces", { v: toggleView("changes"), b: toggleView("spaces") }],
  [["f"], "compare with the reference", { f: toggleView("compare") }],
  [["s"], "export", { s: () => openExport() }],
  [["?"], "this overview", { "?": () => find("help").showModal() }],
];
// Those that work in the editor too, or need no letter.
const OTHER_KEYS = [
  [["Ctrl Enter"], "approve and go to the next to do"],
  [["Esc"], "leave the editor (the text is kept); close the card; clear the filters"],
  [["Ctrl Z"], "undo; in the editor, the typing"],
  [["Ctrl F"], "in a long list, the page’s own search; a second time, the browser’s"],
  [["Tab"], "next term or button; a term’s card opens"],
];

const actions = Object.assign(Object.create(null), ...KEYS.map(([, , acts]) => acts));

function focusSearch() {
  find("search").focus();
  find("search").select();
}

function onKey(event) {
  if (isComposing(event) || document.querySelector("dialog[open]")) return;
  const isTyping = event.target.matches("input[type=search], input[type=text], textarea, select");
  if (event.ctrlKey || event.metaKey) onControlKey(event, isTyping);
  else if (event.altKey) return;
  else if (event.key === "Escape") onEscape();
  else if (isTyping) {
    if (event.key === "Enter" && event.target === find("search")) goTo(shownRows[0]);
  } else onLetter(event);
}

function onControlKey(event, isTyping) {
  const key = event.key.toLowerCase();
  if (key === "enter") {
    event.preventDefault();
    approveAndNext();
  } else if (key === "z" && !isTyping) {
    event.preventDefault();
    if (event.shiftKey) redoStep();
    else undoStep();
  } else if (key === "f" && list.items.length > WHOLE && event.target !== find("search")) {
    // The browser's own search sees only the rows that are there; asked twice, it opens.
    event.preventDefault();
    focusSearch();
  }
}

function onEscape() {
  if (hideCard()) return;
  if (!find("toast").hidden) return hideToast();
  if (!find("replace").hidden) return toggleReplace(false);
  clearFilters();
}

/** Enter and the space bar belong to the button or term that has the focus. */
function onLetter(event) {
  const act = actions[event.key];
  const isControl = event.target.matches("button, summary, a, .term, input");
  if (!act || (event.key === "Enter" && isControl)) return;
  if (event.key.length === 1 && !find("single").checked) return;
  event.preventDefault();
  act();
}

function fillKeys() {
  for (const [keys, meaning] of [...KEYS, ...OTHER_KEYS]) {
    const shown = keys.map((key) => element("kbd", "", key));
    const names = shown.flatMap((key, i) => (i ? [" ", key] : [key]));
    find("keys").append(element("div", "", element("dt", "", ...names), element("dd", "", meaning)));
  }
}
