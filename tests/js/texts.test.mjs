// Searching, replacing, differences, and what is exported.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fold, placesIn, replaced, hasFix, withFixes, difference, xml, xmlAttribute, tmxUnit, tsvCell, xliffPieces } = load(
  ["fold.js", "search.js", "difference.js", "escape.js", "tmx.js", "tsv.js", "xliff.js"],
  ["fold", "placesIn", "replaced", "hasFix", "withFixes", "difference", "xml", "xmlAttribute", "tmxUnit", "tsvCell", "xliffPieces"],
);

test("a folded text is as long as the text", () => {
  for (const [text, expected] of [
    ["Élève à L’ÉCOLE", "eleve a l'ecole"],
    ["no\u00a0break\u202fspace", "no break space"],
    ["İstanbul ŒUVRE ß 👇", null],
  ]) {
    assert.equal(fold(text).length, text.length);
    if (expected) assert.equal(fold(text), expected);
  }
});

test("places and replacing", () => {
  for (const [text, wanted, replacement, options, expected] of [
    ["The cafe, the CAFÉ", "cafe", "bar", {}, "The bar, the bar"],
    ["The cafe, the CAFÉ", "cafe", "bar", { exact: true }, "The bar, the CAFÉ"],
    ["aaa", "aa", "b", {}, "ba"],
    ["a.b$&", ".", "$&", {}, "a$&b$&"],
    ["unchanged", "", "x", {}, "unchanged"],
  ]) {
    assert.equal(replaced(text, wanted, replacement, options), expected);
  }
  assert.deepEqual(placesIn("l’été, l'été", "l'ete"), [0, 7]);
});

test("a difference holds both texts", () => {
  const words = "the cat sat on a mat and slept, then “it” ran 👇".split(" ");
  for (let seed = 1; seed < 60; seed++) {
    const pick = (salt) => words.filter((_, i) => (seed * (i + salt) * 7919) % 5 > 1).join(" ");
    const [before, after] = [pick(1), pick(3)];
    const parts = difference(before, after);
    const side = (kind) => parts.filter(([k]) => k === "same" || k === kind).map(([, text]) => text);
    assert.equal(side("gone").join(""), before);
    assert.equal(side("new").join(""), after);
  }
});

test("XML holds any text", () => {
  assert.equal(xml("<a & \"b\" \u0000\ud800\r]]>"), "&lt;a &amp; &quot;b&quot; \ufffd\ufffd&#13;]]&gt;");
  assert.equal(xmlAttribute("a\n\tb"), "a&#10;&#9;b");
});

test("a segment of TMX has no white space at its ends, and keeps its no-break spaces", () => {
  const unit = { id: "1", document: "d", origin: "mt", status: "draft", source: "\n «\u00a0oui\u202f» \u202f", target: "yes" };
  assert.match(tmxUnit(unit), /<seg>«\u00a0oui\u202f» \u202f<\/seg>/);
});

test("a cell stays on its line", () => {
  assert.equal(tsvCell("a\tb\nc\\d\ud800"), "a\\tb\\nc\\\\d\ufffd");
});

test("XLIFF has a file for each document", () => {
  const unit = (document) => ({ id: "1", document, status: "approved", source: "a", target: "b" });
  const text = [...xliffPieces([unit("x"), unit("x"), unit('y"<')])].join("");
  assert.equal(text.match(/<file /g).length, 2);
  assert.equal(text.match(/<\/file>/g).length, 2);
  assert.match(text, /original="y&quot;&lt;"/);
  assert.equal([...xliffPieces([])].join("").includes("<file"), false);
});

test("suggestions are taken at their places", () => {
  for (const [text, target, fixes, expected] of [
    ["«oui » 4,9", [[0, 1], [4, 6], [7, 10]], ["“", "”", "4.9"], "“oui” 4.9"],
    ["a  b", [[1, 3]], [" "], "a b"],
    ["end !", [[3, 4]], [""], "end!"],
  ]) {
    assert.equal(hasFix({ target, fixes }), true);
    assert.equal(withFixes(text, { target, fixes }), expected);
  }
  assert.deepEqual([{ target: [[0, 1]] }, {}, { target: [[0, 1]], fixes: [] }].map(hasFix), [false, false, false]);
});
