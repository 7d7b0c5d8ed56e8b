// The checks in the page find what the command line finds: the same flags, texts and places.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checks, given } from "./load.mjs";

const { checked, CHECKS, numberPairs, numbersOf, canonical, decimal, times, plusHalf, romanValue } = checks(
  "checked", "CHECKS", "numberPairs", "numbersOf", "canonical", "decimal", "times", "plusHalf", "romanValue",
);

test("both find the same in every pair", () => {
  assert.ok(given.pairs.length > 150);
  for (const { unit, issues } of given.pairs) {
    const found = checked(unit).map(({ check, severity, message, category, source = [], target = [], fixes = [] }) => {
      return [check, severity, message, category, source, target, fixes];
    });
    assert.deepEqual(found, issues, `${unit.source} | ${unit.target}`);
  }
});

test("every check of the command line is here too", () => {
  assert.deepEqual(given.rules.checks.filter((name) => !CHECKS[name]), []);
});

test("numbers are compared exactly", () => {
  assert.equal(canonical(times(decimal("4.9"), 10 ** 6)), "4900000");
  assert.equal(canonical(decimal("0.50")), "0.5");
  assert.equal(canonical(plusHalf(decimal("2"), 10 ** 6)), "500002");
  assert.equal(canonical(decimal("٤٢")), "42");
  assert.equal(canonical(times(decimal("99999999999999999999"), 10 ** 12)), "9".repeat(20) + "0".repeat(12));
});

test("Roman numerals", () => {
  assert.deepEqual(["XIX", "IIX", "IV"].map(romanValue), [19, 0, 4]);
});

test("a phrase in both numbers", () => {
  const singular = { mice: "mouse", spokespeople: "spokesperson", chairmen: "chairman" };
  assert.deepEqual([...numbersOf("firing squad")], ["firing squad", "firing squads"]);
  assert.deepEqual([...numbersOf("policies")].sort(), ["policies", "policy"]);
  for (const form of ["mice", "spokespeople", "chairmen"]) assert.ok(numbersOf(singular[form]).has(form), form);
});

test("numbers that say the same are linked", () => {
  const [source, target] = ["Il y a 4,9 millions à 23 h 59.", "There are 4.9 million at 11:59 p.m."];
  const found = numberPairs(source, target).map((pair) =>
    pair.map(({ start, end }, side) => [source, target][side].slice(start, end)),
  );
  assert.deepEqual(found, [["4,9 millions", "4.9 million"], ["23 h 59", "11:59 p.m."]]);
});
