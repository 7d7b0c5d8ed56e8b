// Characters that should not be there, and spaces: bitext.qa.characters and .spacing.

function* charactersCheck({ source, target }) {
  const { MOJIBAKE, ILLEGAL } = rules.characters;
  const problems = [
    [MOJIBAKE, "was read in a wrong encoding"],
    [ILLEGAL, "no XML file can hold, or could not be read"],
  ];
  for (const [text, isSource] of [[source, true], [target, false]]) {
    if (/^[ -~]*$/.test(text)) continue;
    for (const [pattern, problem] of problems) {
      const spans = findAll(pattern, text).map(({ index, end }) => [index, end]);
      if (!spans.length) continue;
      const shown = escaped(text.slice(...spans[0]));
      const message = `${isSource ? "the source: " : ""}${shown} ${problem}`;
      const sides = isSource ? [spans, []] : [[], spans];
      const severity = isSource ? "minor" : "major";
      yield flag("characters", severity, message, "fluency/character-encoding", ...sides);
    }
  }
}

/** What is not ASCII, as Python escapes it. */
function escaped(text) {
  return text.replace(/[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0);
    const [mark, width] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${mark}${code.toString(16).padStart(width, "0")}`;
  });
}

function* emojiCheck({ source, target }) {
  const [before, after] = [source, target].map(emojiIn);
  for (const [lost, times] of target.trim() ? before : []) {
    if (times <= (after.get(lost) ?? 0)) continue;
    const at = source.indexOf(lost);
    const spans = [[at, at + lost.length]];
    yield flag("emoji", "minor", `${lost} is lost`, "accuracy/omission", spans);
  }
  for (const [gained, times] of after) {
    if (times <= (before.get(gained) ?? 0)) continue;
    const at = target.indexOf(gained);
    const spans = [[at, at + gained.length]];
    const message = `${gained} is not in the source`;
    yield flag("emoji", "minor", message, "accuracy/addition", [], spans);
  }
}

/** How often each stands in a text. */
function emojiIn(text) {
  const found = new Map();
  for (const one of text.match(rules.characters.EMOJI) ?? []) {
    found.set(one, (found.get(one) ?? 0) + 1);
  }
  return found;
}

function* spacingCheck({ source, target }) {
  const { HINT, BEFORE_MARK, INSIDE, TWO, APART, RUN_ON, RUN_TOGETHER, WRONG_SIDE, ADDRESS } =
    rules.spacing;
  if (!holds(HINT, target)) return;
  const places = new Map(); // start -> [end, what should stand there]
  for (const pattern of [BEFORE_MARK, INSIDE]) {
    for (const { index, end } of findAll(pattern, target)) {
      if (!matchAt(APART, target, end)) places.set(index, [end, ""]);
    }
  }
  // A column of figures may be set apart, in the source as well.
  for (const { index, end } of holds(TWO, source) ? [] : findAll(TWO, target)) {
    if (!places.has(index)) places.set(index, [end, " "]);
  }
  if (!holds(RUN_ON, source) && !holds(rules.addresses.ADDRESSED, target)) {
    for (const { 1: mark, index, end } of findAll(RUN_ON, target)) places.set(index, [end, `${mark} `]);
  }
  for (const { 1: mark, index, end } of holds(WRONG_SIDE, source) ? [] : findAll(WRONG_SIDE, target)) {
    places.set(index, [end, `${mark} `]);
  }
  if (!holds(RUN_TOGETHER, source) && !holds(ADDRESS, target)) {
    for (const { 1: mark, index, end } of findAll(RUN_TOGETHER, target)) {
      places.set(index, [end, `${mark} `]);
    }
  }
  if (!places.size) return;
  const inOrder = [...places].sort(([a], [b]) => a - b);
  const many = inOrder.filter(([, [, text]]) => !text.trim()).length;
  const message = toldSpaces(many, inOrder.length);
  const spans = inOrder.map(([start, [end]]) => [start, end]);
  const fixes = inOrder.map(([, [, text]]) => text);
  yield flag("spacing", "minor", message, "fluency/typography", [], spans, fixes);
}

/** So many spaces too many, and the others missing. */
function toldSpaces(many, all) {
  if (many === all) return many === 1 ? "a space too many" : `${many} spaces too many`;
  if (many === 0) return all === 1 ? "a space is missing" : `${all} spaces are missing`;
  return `${all} spaces are wrong`;
}
