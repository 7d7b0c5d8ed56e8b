// What the reviewer has done: a record for each unit that was touched, and the steps back.
//
// A record holds only what differs from the file: {target, status, comment, dismissed, marks}.
// Records are never changed, only replaced, so that a step keeps what was there before it.

const records = new Map(); // by the number of the unit
const EVERYWHERE = -1; // the record of flags that are dismissed in every unit: {dismissed}
const NO_RECORD = Object.freeze({});

const done = []; // steps: {label, changes: [{unit, before, after}]}
const undone = [];
const changeListeners = [];

/** `listener(units)` is called after every change with the numbers of the units. */
function onChange(listener) {
  changeListeners.push(listener);
}

function recordOf(unit) {
  return records.get(unit) ?? NO_RECORD;
}

function targetOf(unit) {
  return recordOf(unit).target ?? unitAt(unit).target;
}

function statusOf(unit) {
  return recordOf(unit).status ?? fileStatus(unit);
}

function fileStatus(unit) {
  return STATUS_NAMES[review.bits[unit] >> STATUS_BITS];
}

function commentOf(unit) {
  return recordOf(unit).comment ?? unitAt(unit).comment;
}

function isEdited(unit) {
  return recordOf(unit).target !== undefined;
}

/** The record with some of it replaced; what is as in the file is left out. */
function revised(unit, more) {
  const record = { ...recordOf(unit), ...more };
  const { target, comment, status } = record;
  if (target !== undefined && target === unitAt(unit).target) delete record.target;
  if (comment !== undefined && comment === unitAt(unit).comment) delete record.comment;
  if (status === fileStatus(unit)) delete record.status;
  if (!record.dismissed?.length) delete record.dismissed;
  if (!record.marks?.length) delete record.marks;
  return record;
}

/** One step: `updates` are pairs of a unit and what to replace in its record. */
function change(label, updates) {
  const changes = updates
    .map(([unit, more]) => ({ unit, before: records.get(unit), after: revised(unit, more) }))
    .filter(({ before, after }) => JSON.stringify(before ?? {}) !== JSON.stringify(after));
  if (!changes.length) return 0;
  done.push({ label, changes });
  undone.length = 0;
  put(changes, "after");
  return changes.length;
}

/** Replace records without a step, as while typing: the step is made when the editor closes. */
function write(unit, more) {
  put([{ unit, after: revised(unit, more) }], "after");
}

/** Make one step of what `write` has done to a unit since its record was `before`. */
function closeStep(label, unit, before, others = []) {
  const after = revised(unit, {});
  const changes = [{ unit, before, after }, ...others];
  if (!others.length && JSON.stringify(before ?? {}) === JSON.stringify(after)) return;
  done.push({ label, changes });
  undone.length = 0;
}

function put(changes, side) {
  for (const { unit, [side]: record } of changes) {
    if (record && Object.keys(record).length) records.set(unit, record);
    else records.delete(unit);
  }
  const units = changes.map(({ unit }) => unit);
  for (const listener of changeListeners) listener(units);
}

/** Take the last step back; gives it, or undefined if there is none. */
function undo() {
  const step = done.pop();
  if (step) {
    undone.push(step);
    put(step.changes, "before");
  }
  return step;
}

function redo() {
  const step = undone.pop();
  if (step) {
    done.push(step);
    put(step.changes, "after");
  }
  return step;
}
