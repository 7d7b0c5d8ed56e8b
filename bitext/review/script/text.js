// How one text is shown: its terms, flags and invisible characters marked, the text unchanged.
//
// The textContent of a shown text is the text itself (labels are drawn by the style sheet), so
// an offset in one is an offset in the other, and what is copied is what the file holds.

// In one text. Beyond, U+FFFD stands for each: 400,000 direction controls stop a browser.
const MOST_MARKS = 2000;
// A text longer than any sentence scrolls in its cell, in blocks of lines: the time that a browser
// takes to lay out a block grows with the square of its length where its scripts alternate.
const LONG = 5000;
const BLOCK = 2000;

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
      text = text.slice(0, index) + text.slice(index).replace(INVISIBLE, withoutNames);
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

function withoutNames(run) {
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
