// Editing a translation in its place. What is typed is kept at once; the step that undo takes
// back is made when the editor closes.

let editing; // {item, unit, area, before: the record when it was opened}

function openEditor(item = current, caret) {
  if (!item || editing?.item === item) return;
  closeEditor();
  const made = reveal(item);
  if (!made) return;
  markCurrent(item);
  const { unit } = item;
  const shown = sideOf(made, "target");
  const area = element("textarea", "editor");
  area.value = targetOf(unit);
  area.lang = "en";
  area.dir = "auto";
  area.spellcheck = true;
  area.setAttribute("aria-label", `Translation of segment ${item.number}`);
  shown.replaceWith(area);
  area.after(editorButtons(unit));
  editing = { item, unit, area, before: records.get(unit) };
  area.addEventListener("input", () => typed());
  area.addEventListener("keydown", onEditorKey);
  fitArea(area);
  area.focus({ preventScroll: true });
  const at = caret ?? area.value.length;
  area.setSelectionRange(at, at);
  made.classList.add("editing");
}

function editorButtons(unit) {
  const approve = button("main", "Approve and next", approveAndNext, "Ctrl+Enter");
  const close = button("plain", "Done", () => closeEditor({ focus: true }), "Esc");
  const first = unitAt(unit).target;
  const revert = button("plain", "Restore the original", () => {
    editing.area.value = first;
    typed();
    editing.area.focus();
  });
  revert.hidden = targetOf(unit) === first;
  return element("div", "editor-buttons", approve, close, revert);
}

function fitArea(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + 2}px`;
}

function typed() {
  const { unit, area, item } = editing;
  fitArea(area);
  const target = lineEnds(area.value, unitAt(unit).target);
  const status = target === (editing.before?.target ?? unitAt(unit).target)
    ? (editing.before?.status ?? fileStatus(unit))
    : "draft";
  write(unit, { target, status });
  refreshAround(item);
}

/** A text area turns every line end into one kind; the file's own come back. */
function lineEnds(text, original) {
  return /\r\n/.test(original) && !/[^\r]\n/.test(original) ? text.replace(/\n/g, "\r\n") : text;
}

/** While a row is edited, its checks and its evidence follow. */
function refreshAround(item) {
  const made = list.elements.get(item);
  made.dataset.status = statusOf(item.unit);
  made.querySelector(".checks").replaceChildren(...checksOf(item.unit));
  for (const old of made.querySelectorAll(".evidence, .repair")) old.remove();
  made.querySelector(".editor-buttons").after(...evidenceOf(item.unit));
  made.querySelector(".editor-buttons").lastChild.hidden = !isEdited(item.unit);
}

/** Close, keep the text, and hand it on to identical sentences. */
function closeEditor({ focus = false } = {}) {
  if (!editing) return;
  const { item, unit, before } = editing;
  editing = undefined;
  const isChanged = before?.target !== records.get(unit)?.target;
  const others = isChanged ? propagated(unit) : [];
  closeStep(`Edit of segment ${item.number}`, unit, before, others);
  refresh([unit]);
  if (others.length) tellPropagated(others.length);
  showHead();
  if (focus) list.elements.get(item)?.focus({ preventScroll: true });
}

/**
 * Give a unit's text to its identical sentences that nobody has touched: done at once, as a part
 * of the same step. Returns the changes.
 */
function propagated(unit) {
  const target = targetOf(unit);
  const open = (repeatsOf.get(unit) ?? []).filter(
    (other) => other !== unit && statusOf(other) === "untouched" && targetOf(other) !== target,
  );
  const changes = open.map((other) => ({
    unit: other,
    before: records.get(other),
    after: revised(other, { target, status: "draft" }),
  }));
  if (changes.length) put(changes, "after");
  return changes;
}

function tellPropagated(count) {
  const text = `Also written into ${plural(count, "identical segment")}, as ${count === 1 ? "a draft" : "drafts"}.`;
  showToast(text, { canUndo: true });
}

function onEditorKey(event) {
  if (isComposing(event)) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeEditor({ focus: true });
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
    approveAndNext();
  }
}

/** A key that an input method is still working on. */
function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
