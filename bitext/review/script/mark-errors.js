// Marking an error as MQM has them: category, severity, a note, and the words that were selected.

let marking; // {unit, side, start, end, text}

function openMark(unit = current?.unit) {
  if (unit === undefined) return;
  closeEditor();
  marking = { unit, ...selectionIn(unit) };
  const where = marking.text ? `“${marking.text}”` : "The whole segment. Select words first to mark only them.";
  showText(find("mark-text"), where);
  find("mark-note").value = "";
  find("mark").returnValue = ""; // it keeps what the last mark left
  find("mark").showModal();
  find("mark-category").focus();
}

/** What is selected within one text of a unit: {side, start, end, text}. */
function selectionIn(unit) {
  const none = { side: "target", start: 0, end: 0, text: "" };
  const selection = getSelection();
  const made = list.elements.get(itemOf.get(unit));
  if (!made || !selection.rangeCount || selection.isCollapsed) return none;
  const range = selection.getRangeAt(0);
  for (const side of ["target", "source"]) {
    const place = sideOf(made, side);
    if (!place?.contains(range.startContainer) || !place.contains(range.endContainer)) continue;
    const before = new Range();
    before.setStart(place, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    const text = range.toString();
    return { side, start, end: start + text.length, text };
  }
  return none;
}

function closeMark() {
  if (find("mark").returnValue !== "mark" || !marking) return;
  const { unit, side, start, end, text } = marking;
  const category = find("mark-category").value;
  const severity = find("mark-form").elements.severity.value;
  const mark = { side, start, end, text, category, severity, note: find("mark-note").value.trim() };
  marking = undefined;
  change("Error marked", [[unit, { marks: [...(recordOf(unit).marks ?? []), mark] }]]);
}

function removeMark(unit, mark) {
  const marks = (recordOf(unit).marks ?? []).filter((other) => other !== mark);
  change("Mark removed", [[unit, { marks }]]);
}

function prepareMarks() {
  for (const [value, name] of Object.entries(CATEGORIES)) {
    find("mark-category").append(new Option(name, value));
  }
  for (const severity of SEVERITIES) {
    const radio = element("input");
    Object.assign(radio, { type: "radio", name: "severity", value: severity });
    radio.checked = severity === "major";
    radio.defaultChecked = radio.checked;
    find("mark-severities").append(element("label", "", radio, element("span", "", severity)));
  }
  find("mark").addEventListener("close", closeMark);
  find("mark-close").addEventListener("click", () => find("mark").close());
}
