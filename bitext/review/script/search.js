// Where a text is found, and a text with what was found replaced.

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
