// Where a text is found, and a text with what was found, or what a check suggests, replaced.

/** The starts of a wanted text; `wanted` is folded already unless the search is exact. */
function placesIn(text, wanted, { exact = false } = {}) {
  const looked = exact ? text : fold(text);
  const places = [];
  for (let at = looked.indexOf(wanted); wanted && at >= 0; ) {
    places.push(at);
    at = looked.indexOf(wanted, at + wanted.length);
  }
  return places;
}

/** A folded text is as long as the text itself, so that places in one are places in the other. */
function replaced(text, wanted, replacement, options) {
  let [made, from] = ["", 0];
  for (const at of placesIn(text, wanted, options)) {
    made += text.slice(from, at) + replacement;
    from = at + wanted.length;
  }
  return made + text.slice(from);
}

/** Whether a flag says what should stand in place of each of its stretches. */
function hasFix({ target = [], fixes = [] }) {
  return fixes.length > 0 && fixes.length === target.length;
}

/** A text with a flag's suggestions taken. */
function withFixes(text, { target, fixes }) {
  const places = target.map((span, i) => [...span, fixes[i]]).sort(([a], [b]) => b - a);
  return places.reduce(
    (made, [start, end, fix]) => made.slice(0, start) + fix + made.slice(end),
    text,
  );
}
