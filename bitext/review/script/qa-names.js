// Names are spelt as they were, acronyms are the English ones, and emphasis stays: bitext.qa.names.

function* acronymsCheck({ source, target }) {
  const { acronyms } = rules.lists;
  const { CAPITALS, SHOUTED } = rules.names;
  const sources = new Set(source.match(CAPITALS));
  const copied = (target.match(CAPITALS) ?? []).filter((word) => sources.has(word));
  const known = new Set(copied.filter((word) => Object.hasOwn(acronyms, word)));
  if (!known.size || shouted(target) >= SHOUTED) return;
  for (const { 0: word, index, end } of findAll(CAPITALS, target)) {
    if (!known.has(word)) continue;
    const [english] = acronyms[word];
    const message = `${word} is ${english} in English`;
    const category = "accuracy/untranslated";
    yield flag("acronyms", "major", message, category, [], [[index, end]], [english]);
  }
}

function* capitalsCheck({ source, target }) {
  const { CAPITALS, SHOUTED, OPENING, SMALL_OPENING, ENDING } = rules.names;
  const isWhole = matchAt(OPENING, source, 0) && endsWith(ENDING, source, source.length, 10);
  const small = isWhole ? matchAt(SMALL_OPENING, target, 0) : null;
  if (small) {
    const message = `the sentence begins with ${inQuotes(small[1])}`;
    const span = [small.end - small[1].length, small.end];
    const capital = small[1][0].toUpperCase() + small[1].slice(1);
    yield flag("capitals", "minor", message, "fluency/typography", [], [span], [capital]);
  }
  for (const { 0: day, index, end } of findAll(rules.names.CALENDAR, target)) {
    const message = `${day} has a capital in English`;
    const capital = day[0].toUpperCase() + day.slice(1);
    yield flag("capitals", "minor", message, "fluency/typography", [], [[index, end]], [capital]);
  }
  const words = findAll(CAPITALS, source).filter(([word]) => isEmphatic(word));
  if (!words.length || !target.trim() || shouted(source) >= SHOUTED) return;
  // An acronym is copied, or has an English one, or stands beside what it stands for.
  if (holds(CAPITALS, target)) return;
  const english = new Set(target.toLowerCase().match(rules.names.WORD));
  for (const { 0: word, index, end } of words) {
    if (english.has(word.toLowerCase())) continue;
    const message = `${word} is in capitals, and nothing is in the translation`;
    yield flag("capitals", "minor", message, "fluency/typography", [[index, end]]);
  }
}

/** Whether capitals may be for emphasis: UNESCO could be, SNCF could not. */
function isEmphatic(word) {
  const vowels = findAll(rules.names.VOWEL, word).length;
  return (
    word.length >= rules.names.EMPHASISED &&
    !Object.hasOwn(rules.lists.acronyms, word) &&
    2 * vowels >= word.length - 2 &&
    !/[AEIOUY]{3}/.test(word)
  );
}

/** The share of a text's letters that are capitals. */
function shouted(text) {
  const letters = text.match(rules.names.LETTERS) ?? [];
  return letters.filter((letter) => /\p{Lu}/u.test(letter)).length / (letters.length || 1);
}

function* namesCheck({ source, target }) {
  if (characters(source) + characters(target) <= rules.names.LONGEST) {
    yield* exchanges(source, target);
    yield* renamed(source, target);
  }
  const wanted = new Map();
  for (const found of findAll(rules.names.NAME, source)) {
    if (isInner(source, found)) wanted.set(plainName(found[0]), found);
  }
  if (!wanted.size || Math.max(characters(source), characters(target)) > rules.names.LONGEST) return;
  const [plainSource, plainTarget] = [source, target].map(plainName);
  const lost = [...wanted].filter(([name, found]) => {
    return !isNameIn(name, plainTarget) && (hasOwnSpelling(name) || hasTitle(source, found));
  });
  if (!lost.length) return;
  const fresh = findAll(rules.names.NAME, target).filter((found) => {
    return !plainSource.includes(plainName(found[0]).replace(/s$/, "")) && isInner(target, found);
  });
  for (const [name, found] of lost) {
    const isAlone = lost.length === 1 && fresh.length === 1 && hasTitle(source, found);
    const other = fresh.find((other) => {
      const now = plainName(other[0]);
      if (hasOwnSpelling(name) && isMisspelt(name, now)) return true;
      return isAlone && hasTitle(target, other) && transcribed(name) !== transcribed(now);
    });
    if (!other) continue;
    const message = `${found[0]} is spelt ${other[0]}`;
    const spans = [found, other].map(({ index, end }) => [[index, end]]);
    yield flag("names", "minor", message, "accuracy/mistranslation", ...spans, [found[0]]);
  }
}

/** A surname that has become another, behind a given name that stays. */
function* renamed(source, target) {
  const { FULL } = rules.names;
  const isGiven = ({ 1: name }) => rules.lists.given.includes(name.split("-")[0]);
  const full = new Map(findAll(FULL, source).filter(isGiven).map((found) => [found[1], found]));
  for (const now of full.size ? findAll(FULL, target) : []) {
    const was = full.get(now[1]);
    if (!was || source.includes(now[2]) || plainName(target).includes(plainName(was[2]))) continue;
    const [name, other] = [was, now].map(([, , surname]) => plainName(surname));
    if (otherwise("keys").has(name) || !isUnlike(name, other)) continue;
    const message = `${was[1]} ${was[2]} has become ${now[1]} ${now[2]}`;
    const spans = [was, now].map(surnameSpan);
    yield flag("names", "major", message, "accuracy/mistranslation", ...spans, [was[2]]);
  }
}

/** Where the surname stands, one space behind the given name. */
function surnameSpan({ 2: surname, end }) {
  return [[end + 1, end + 1 + surname.length]];
}

/** Whether two names are too different to be one that is spelt otherwise. */
function isUnlike(name, other) {
  return likeness(transcribed(name), transcribed(other)) < rules.names.UNLIKE;
}

/** Whether a title stands before a name. */
function hasTitle(text, { index }) {
  return endsWith(rules.names.TITLED, text, index, rules.names.TITLE_BACK);
}

/** Whether a name is in a text: more than its letters, as "Rodd" is in "Roddd". */
function isNameIn(name, text) {
  if (!text.includes(name)) return false;
  const word = "[\\p{L}\\p{N}_]";
  return new RegExp(`(?<!${word})${name}(?!${name.at(-1)}(?!${word}))`, "u").test(text);
}

/** Whether the capital is a name's, not that of a sentence. */
function isInner(text, { index }) {
  return !endsWith(rules.names.SENTENCE_START, text, index, rules.names.BACK);
}

/** Small letters without accents. */
function plainName(text) {
  const apart = text.toLowerCase().normalize("NFD");
  return apart.replace(/\p{Mn}/gu, "").replaceAll("œ", "oe");
}

const otherNames = {};

/** The names that English spells otherwise: "keys" in French, "values" in English. */
function otherwise(side) {
  otherNames[side] ??= new Set(Object[side](rules.lists.exonyms).map(plainName));
  return otherNames[side];
}

/** Whether a name is likely to be spelt in English as it is in French. */
function hasOwnSpelling(name) {
  const isFrench = !matchAt(rules.names.GIVEN, name, 0) && holds(rules.names.FRENCH_ENDING, name);
  return !otherwise("keys").has(name) && !isFrench;
}

/** Whether one may be the other with a letter or two wrong. */
function isMisspelt(name, other) {
  if (name[0] !== other[0] || otherwise("values").has(other)) return false;
  if (other.startsWith(name) && other !== name + name.at(-1)) return false;
  if (transcribed(name) === transcribed(other)) return false;
  return likeness(name, other) >= rules.names.LIKE;
}

/** What is left of a name when the ways of writing Russian, Arabic or Latin ones are levelled. */
function transcribed(name) {
  return rules.names.TRANSCRIPTIONS.reduce(
    (text, [french, english]) => text.replace(new RegExp(french, "gu"), english),
    name,
  );
}

/** Ratcliff and Obershelp's ratio, as Python's difflib has it: 1 is the same. */
function likeness(a, b) {
  return (2 * alike(a, b)) / (a.length + b.length || 1);
}

/** The letters in the longest common stretch, and in those to the left and right of it. */
function alike(a, b) {
  let [best, at, there] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let size = 0;
      while (i + size < a.length && a[i + size] === b[j + size]) size++;
      if (size > best) [best, at, there] = [size, i, j];
    }
  }
  if (!best) return 0;
  const left = alike(a.slice(0, at), b.slice(0, there));
  return best + left + alike(a.slice(at + best), b.slice(there + best));
}
