// Approving, rejecting, dismissing: one segment, or all that are shown.

/** Set a status, or take it back if the unit has it. */
function toggleStatus(unit, status) {
  closeEditor();
  const back = isEdited(unit) ? "draft" : "untouched";
  const next = statusOf(unit) === status ? back : status;
  change(`${STATUSES[next]}: segment ${itemOf.get(unit).number}`, [[unit, { status: next }]]);
}

/** Approve the current segment, edited or not, and go to the next that is not decided. */
function approveAndNext() {
  const item = editing?.item ?? current;
  if (!item) return;
  if (editing) write(item.unit, { status: "approved" });
  const wasEditing = Boolean(editing);
  closeEditor();
  if (!wasEditing) {
    change(`Approval of segment ${item.number}`, [[item.unit, { status: "approved" }]]);
  }
  const next = neighbour(1, isOpen);
  if (next) goTo(next);
  else showToast("That was the last segment to do here.");
}

/** Approve every segment that the filter shows and nobody has rejected. */
function approveShown() {
  closeEditor();
  const open = shownRows.filter(({ unit }) => isOpen(unit));
  const label = `Approval of ${plural(open.length, "segment")}`;
  const count = change(label, open.map(({ unit }) => [unit, { status: "approved" }]));
  const rejected = shownRows.filter(({ unit }) => statusOf(unit) === "rejected").length;
  const left = rejected ? ` ${plural(rejected, "rejected one")} left as it was.` : "";
  showToast(`Approved ${plural(count, "segment")}.${left}`, { canUndo: count > 0 });
}

/** Dismiss a flag in one unit, or (unit EVERYWHERE) wherever it says the same. */
function dismiss(unit, issue) {
  const key = issueKey(issue);
  const dismissed = recordOf(unit).dismissed ?? [];
  const label = unit === EVERYWHERE ? `Dismissed everywhere: ${key}` : `Dismissed: ${key}`;
  if (!change(label, [[unit, { dismissed: [...new Set([...dismissed, key])] }]])) return;
  if (unit === EVERYWHERE) showToast(label, { canUndo: true });
}

/** Take the suggestion of a flag, or of the first that has one. */
function takeFix(unit, issue = issuesOf(unit).find(hasFix)) {
  if (!issue) return;
  const target = withFixes(targetOf(unit), issue);
  change(`Put right: ${issue.message}`, [[unit, { target, status: "draft" }]]);
}

function dismissFirst(unit) {
  const [issue] = current ? issuesOf(current.unit) : [];
  if (issue) dismiss(unit ?? current.unit, issue);
}

/** Take back dismissals of a unit, and those everywhere that hide its flags. */
function restoreFlags(unit, issues) {
  const keys = issues.map(issueKey);
  const without = (at) => (recordOf(at).dismissed ?? []).filter((key) => !keys.includes(key));
  change("Flags restored", [unit, EVERYWHERE].map((at) => [at, { dismissed: without(at) }]));
}

function undoStep() {
  closeEditor();
  tellStep("Undone", undo());
}

function redoStep() {
  closeEditor();
  tellStep("Done again", redo());
}

function tellStep(how, step) {
  if (!step) return showToast("Nothing to undo.");
  showToast(`${how}: ${step.label}`);
  const [{ unit }] = step.changes;
  const item = itemOf.get(unit);
  if (item && list.items.includes(item)) goTo(item);
  return undefined;
}
