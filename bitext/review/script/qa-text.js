// Looking for patterns as the command line does: at a place, from a place, as a whole.

/** The tables with their patterns, {pattern: [source, flags]}, made ready. */
function withPatterns(table) {
  if (Array.isArray(table)) return table.map(withPatterns);
  if (typeof table !== "object" || table === null) return table;
  if (table.pattern) return new RegExp(...table.pattern);
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, withPatterns(value)]));
}

/** All matches, each with its end; from a place on, what stands before it can still be seen. */
function findAll(pattern, text, from = 0) {
  pattern.lastIndex = from;
  const found = [...text.matchAll(pattern)].map(withEnd);
  pattern.lastIndex = 0;
  return found;
}

function findFirst(pattern, text, from = 0) {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  pattern.lastIndex = 0;
  return found && withEnd(found);
}

function withEnd(found) {
  found.end = found.index + found[0].length;
  return found;
}

function holds(pattern, text) {
  return text.search(pattern) >= 0;
}

const sticky = new Map();
const anchored = new Map();

function madeOnce(cache, pattern, make) {
  if (!cache.has(pattern)) cache.set(pattern, make());
  return cache.get(pattern);
}

/** The match that starts at a place, or null. */
function matchAt(pattern, text, at) {
  const flags = pattern.flags.replace("g", "y");
  const there = madeOnce(sticky, pattern, () => new RegExp(pattern.source, flags));
  there.lastIndex = at;
  const found = there.exec(text);
  return found && withEnd(found);
}

/** The match that is the whole text, or null. */
function matchWhole(pattern, text) {
  const flags = pattern.flags.replace("g", "");
  const whole = madeOnce(anchored, pattern, () => new RegExp(`^(?:${pattern.source})$`, flags));
  return whole.exec(text);
}

/** Whether a pattern is found in the few characters before a place. */
function endsWith(pattern, text, end, reach) {
  return findFirst(pattern, text.slice(0, end), Math.max(0, end - reach)) !== null;
}

/** A text without these characters at its end. */
function withoutTail(text, characters) {
  let end = text.length;
  while (end && characters.includes(text[end - 1])) end--;
  return text.slice(0, end);
}

/** As Python shows a text in a message. */
function inQuotes(text) {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replace(/'/g, "\\'")}'`;
}

/** A flag, as the file holds them; what is empty is left out. */
function flag(check, severity, message, category, source = [], target = [], fixes = []) {
  const issue = { check, severity, message, category };
  if (source.length) issue.source = source;
  if (target.length) issue.target = target;
  if (fixes.length) issue.fixes = fixes;
  return issue;
}
