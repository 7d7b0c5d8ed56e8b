// How one text is shown: its terms, flags and invisible characters marked, the text unchanged.
//
// The textContent of a shown text is the text itself (labels are drawn by the style sheet), so
// an offset in one is an offset in the other, and what is copied is what the file holds.
"use strict";

// Spaces that do not break, characters without width, direction controls, other controls, and
// halves of surrogate pairs. Joiners (U+200C, U+200D) stay alone: emoji are made with them.
const INVISIBLE =
  /([\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u200b\u200e\u200f\u202a-\u202f\u2060\u2066-\u2069\ufeff]|\p{Cs})\1*/gu;
const NAMES = {
  __proto__: null,
  "\u00a0": ["nobreak", "NBSP", "no-break space"],
  "\u202f": ["nobreak narrow", "NNBSP", "narrow no-break space"],
  "\u00ad": ["zero", "SHY", "soft hyphen"],
  "\u200b": ["zero", "ZWSP", "zero-width space"],
  "\u2060": ["zero", "WJ", "word joiner"],
  "\ufeff": ["zero", "BOM", "zero-width no-break space"],
  "\u061c": ["control", "ALM", "Arabic letter mark"],
  "\u200e": ["control", "LRM", "left-to-right mark"],
  "\u200f": ["control", "RLM", "right-to-left mark"],
  "\u202a": ["control", "LRE", "left-to-right embedding"],
  "\u202b": ["control", "RLE", "right-to-left embedding"],
  "\u202c": ["control", "PDF", "pop directional formatting"],
  "\u202d": ["control", "LRO", "left-to-right override"],
  "\u202e": ["control", "RLO", "right-to-left override"],
  "\u2066": ["control", "LRI", "left-to-right isolate"],
  "\u2067": ["control", "RLI", "right-to-left isolate"],
  "\u2068": ["control", "FSI", "first strong isolate"],
  "\u2069": ["control", "PDI", "pop directional isolate"],
};
// In one text. Beyond, U+FFFD stands for each: 400,000 direction controls stop a browser.
const MOST_MARKS = 2000;
// A text longer than any sentence scrolls in its cell, in blocks of lines: the time that a browser
// takes to lay out a block grows with the square of its length where its scripts alternate.
const LONG = 5000;
const BLOCK = 2000;
const SEVERITIES = ["minor", "major", "critical"];

/** An element with a class, properties and children; a string child becomes text. */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * Put `text` into `place` with its marks.
 * `terms` are {start, end, term: index, outcome}, `flags` are {start, end, severity}.
 */
function showText(place, text, terms = [], flags = []) {
  const isShort = text.length <= LONG;
  if (isShort && !terms.length && !flags.length && text.search(INVISIBLE) < 0) {
    place.textContent = text;
    return;
  }
  place.replaceChildren();
  const named = new Map();
  for (const { index, 0: run } of text.matchAll(INVISIBLE)) {
    if (named.size === MOST_MARKS) {
      text = text.slice(0, index) + text.slice(index).replace(INVISIBLE, replaced);
      break;
    }
    named.set(index, run);
  }
  const layers = outermost(terms.filter((term) => within(term, text)));
  const spans = [...layers, ...flags.filter((flag) => within(flag, text))];
  const blocks = new Set(isShort ? [] : blockStarts(text));
  const cuts = new Set([0, text.length, ...blocks]);
  for (const { start, end } of spans) cuts.add(start).add(end);
  for (const [start, run] of named) cuts.add(start).add(start + run.length);
  const ends = [...cuts].sort((a, b) => a - b);
  let [base, host, open] = [place, place];
  let runEnd = 0;
  for (let i = 1; i < ends.length; i++) {
    const [start, end] = [ends[i - 1], ends[i]];
    if (blocks.has(start)) {
      base = host = place.appendChild(element("span", "block"));
      open = undefined;
    }
    const covers = (span) => span.start <= start && end <= span.end;
    const layer = layers.find(covers);
    if (layer !== open) host = layer ? base.appendChild(termElement(layer)) : base;
    open = layer;
    const severity = Math.max(...flags.filter(covers).map((f) => SEVERITIES.indexOf(f.severity)));
    if (named.has(start)) runEnd = start + named.get(start).length;
    host.append(piece(text.slice(start, end), start < runEnd, SEVERITIES[severity]));
  }
}

function replaced(run) {
  return NAMES[run[0]]?.[1].endsWith("NBSP") ? run : "\ufffd".repeat(run.length);
}

/** Where the blocks of a long text start; never between the halves of a surrogate pair. */
function blockStarts(text) {
  const count = Math.ceil(text.length / BLOCK);
  return Array.from({ length: count }, (_, i) => i * BLOCK).map((at) =>
    /[\udc00-\udfff]/.test(text[at]) ? at + 1 : at,
  );
}

function within({ start, end }, text) {
  return 0 <= start && start < end && end <= text.length;
}

/** Spans that do not overlap; each lists its own term and those that it covers. */
function outermost(terms) {
  const layers = [];
  for (const span of terms.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = layers.at(-1);
    if (last && span.start < last.end) last.terms.push(span.term);
    else layers.push({ ...span, terms: [span.term] });
  }
  return layers;
}

function termElement({ terms, outcome }) {
  const made = element("span", "term");
  made.dataset.terms = terms.join(" ");
  made.dataset.outcome = outcome;
  return made;
}

function piece(text, isNamed, severity) {
  let node = document.createTextNode(text);
  if (isNamed) {
    const code = text.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const [kind, label, meaning] = NAMES[text[0]] ?? ["control", `U+${code}`, "control character"];
    const times = text.length > 1 ? `×${text.length}` : "";
    const made = element("span", kind, node);
    made.dataset.label = label + times;
    made.title = `${meaning} ${times}`.trim();
    node = made;
  }
  if (!severity) return node;
  return element("mark", `flagged ${severity}`, node);
}

/** The DOM range of the characters from `start` to `end` of a shown text, or null. */
function rangeIn(place, start, end) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  let from;
  for (let at = 0, node; (node = walker.nextNode()); at += node.length) {
    if (!from && start < at + node.length) from = [node, start - at];
    if (from && end <= at + node.length) {
      const range = new Range();
      range.setStart(...from);
      range.setEnd(node, end - at);
      return range;
    }
  }
  return null;
}

/** The offset in a shown text of a place inside one of its text nodes, or -1. */
function offsetIn(place, inside, offset) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let at = 0, node; (node = walker.nextNode()); at += node.length) {
    if (node === inside) return at + offset;
  }
  return -1;
}

const plainLetters = new Map();

/** For searching: lower case, no accents, plain apostrophes and spaces; of the same length. */
function fold(text) {
  const lower = text.toLowerCase();
  return (lower.length === text.length ? lower : text).replace(/[^\0-\x7f]/g, plainLetter);
}

function plainLetter(letter) {
  let plain = plainLetters.get(letter);
  if (plain === undefined) {
    const parts = letter.normalize("NFD");
    if (/^[a-z]\p{M}+$/u.test(parts)) plain = parts[0];
    else if (/\s/.test(letter)) plain = " ";
    else plain = letter === "’" ? "'" : letter;
    plainLetters.set(letter, plain);
  }
  return plain;
}

const MOST_COMPARED = 400_000; // table cells: beyond, both middles are shown whole

/** Word-level difference: a list of ["same" | "gone" | "new", text]. */
function difference(before, after) {
  // A space goes with the word before it, so that a changed phrase stays in one piece.
  const [a, b] = [before, after].map((text) => text.match(/([\p{L}\p{N}’'-]+|.)\s*/gsu) ?? []);
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [gone, fresh] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const parts = [["same", a.slice(0, head).join("")]];
  for (const [kind, token] of compared(gone, fresh)) {
    if (parts.at(-1)[0] === kind) parts.at(-1)[1] += token;
    else parts.push([kind, token]);
  }
  parts.push(["same", a.slice(a.length - tail).join("")]);
  return parts.filter(([, text]) => text);
}

/** Longest common subsequence of two token lists. */
function compared(a, b) {
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST_COMPARED) {
    return [
      ["gone", a.join("")],
      ["new", b.join("")],
    ];
  }
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) (parts.push(["same", a[i]]), i++, j++);
    else if (
      j === b.length ||
      (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
    )
      parts.push(["gone", a[i++]]);
    else parts.push(["new", b[j++]]);
  }
  return parts;
}
