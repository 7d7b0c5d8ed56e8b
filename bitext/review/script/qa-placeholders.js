// What a program puts values into, and the tags of a markup: bitext.qa.placeholders.

function* placeholdersCheck({ source, target }) {
  if (holds(rules.placeholders.MESSAGE, source) || !target.trim()) return;
  const [before, after] = [placeholdersIn(source), placeholdersIn(target)];
  for (const { what, span } of surplus(before, after)) {
    const message = `${what} is not in the translation`;
    yield flag("placeholders", "major", message, "accuracy/omission", [span]);
  }
  for (const { what, span } of surplus(after, before)) {
    const message = `${what} is not in the source`;
    yield flag("placeholders", "major", message, "accuracy/addition", [], [span]);
  }
}

/** What is compared of each placeholder, and where it stands. */
function placeholdersIn(text) {
  const { PLACEHOLDER, TAG } = rules.placeholders;
  return findAll(PLACEHOLDER, text).map(({ 0: found, index, end }) => ({
    what: found.replace(TAG, "$1>"),
    span: [index, end],
  }));
}

/** Those that are more often here than there, the last ones first found. */
function surplus(these, others) {
  const left = new Map();
  for (const { what } of others) left.set(what, (left.get(what) ?? 0) + 1);
  return these.filter(({ what }) => {
    const count = left.get(what) ?? 0;
    left.set(what, count - 1);
    return count <= 0;
  });
}
