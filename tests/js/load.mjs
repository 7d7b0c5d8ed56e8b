// The page's own scripts for tests: those that need no document, with the tables of the checks.

import { readFileSync } from "node:fs";

const scripts = new URL("../../bitext/review/script/", import.meta.url);

/** What these scripts define, by name; `given` are names that they take from the page. */
export function load(files, names, given = {}) {
  const code = files.map((file) => readFileSync(new URL(file, scripts), "utf8")).join("\n");
  const made = new Function(...Object.keys(given), `"use strict";${code}\nreturn {${names}};`);
  return made(...Object.values(given));
}

/** What test_review_scripts.py has written for these tests: {rules, pairs}. */
export const given = JSON.parse(readFileSync(process.env.REVIEW_FIXTURE, "utf8"));

/** The checks, with the command line's own tables. */
export function checks(...names) {
  const files = ["text", "quantities", "languages", "numbers", "words", "marks", "placeholders", "terms", "measures", "names", "exchanges", "opposites", "swaps", "characters"];
  const all = ["decimal.js", ...files.map((name) => `qa-${name}.js`), "qa.js"];
  const { withPatterns } = load(["qa-text.js"], ["withPatterns"]);
  return load(all, names, { rules: withPatterns(given.rules) });
}
