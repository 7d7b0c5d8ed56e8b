// Records of what was done, and the way back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const names = ["change", "write", "closeStep", "undo", "redo", "targetOf", "statusOf", "records", "onChange"];

function page(...targets) {
  return load(["edits.js"], names, {
    unitAt: (unit) => ({ target: targets[unit], comment: "" }),
    review: { bits: targets.map(() => 0) },
    STATUS_NAMES: ["untouched", "draft", "approved", "rejected"],
    STATUS_BITS: 8,
  });
}

test("a step goes back and forth", () => {
  const { change, undo, redo, targetOf, statusOf, records } = page("one", "two");
  assert.equal(change("both", [[0, { target: "ONE" }], [1, { status: "approved" }]]), 2);
  assert.deepEqual([targetOf(0), statusOf(1)], ["ONE", "approved"]);
  assert.equal(undo().label, "both");
  assert.deepEqual([targetOf(0), statusOf(1), records.size], ["one", "untouched", 0]);
  redo();
  assert.deepEqual([targetOf(0), statusOf(1)], ["ONE", "approved"]);
  undo();
  assert.equal(undo(), undefined);
});

test("what is as in the file is no change", () => {
  const { change, undo, records } = page("one");
  assert.equal(change("nothing", [[0, { target: "one", status: "untouched", dismissed: [] }]]), 0);
  assert.deepEqual([records.size, undo()], [0, undefined]);
});

test("typing is one step, however many letters", () => {
  const { write, closeStep, undo, targetOf, records } = page("one");
  const before = records.get(0);
  for (const target of ["o", "on", "one more"]) write(0, { target });
  closeStep("edit", 0, before);
  assert.equal(targetOf(0), "one more");
  undo();
  assert.equal(targetOf(0), "one");
});

test("a new step forgets what was undone", () => {
  const { change, undo, redo, targetOf } = page("one");
  change("first", [[0, { target: "1" }]]);
  undo();
  change("second", [[0, { target: "2" }]]);
  assert.equal(redo(), undefined);
  assert.equal(targetOf(0), "2");
});

test("listeners hear which units", () => {
  const { change, undo, onChange } = page("one", "two", "three");
  const heard = [];
  onChange((units) => heard.push(units));
  change("two of them", [[0, { status: "draft" }], [2, { status: "draft" }]]);
  undo();
  assert.deepEqual(heard, [[0, 2], [0, 2]]);
});
