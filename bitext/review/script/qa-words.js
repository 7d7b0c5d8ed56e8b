// Words that stayed French, and words that came twice: bitext.qa.words.

const wordSets = {};

function among(list, word) {
  wordSets[list] ??= new Set(rules.words[list]);
  return wordSets[list].has(word);
}

function isGrammar(word) {
  return among("WEAK", word) || among("STRONG", word);
}

function* untranslatedCheck({ source, target }) {
  const [words, others] = [source, target].map(
    (text) => text.replace(rules.words.TAG, " ").match(rules.words.WORD) ?? [],
  );
  if (words.length && words.join(" ") === others.join(" ")) {
    const message = "the translation is the source";
    const telling = words.filter((word) => !/^\p{Nd}+$/u.test(word));
    const isSame = telling.length > 3 && !isEnglishOrNames(telling);
    if (isSame || (words.length <= 3 && among("COMMANDS", words[0].toLowerCase()))) {
      yield leftFrench(0, target.length, message);
    }
    return;
  }
  const language = otherLanguage(target, others, words);
  if (language) {
    yield leftFrench(0, target.length, `not English, but ${language}?`);
    return;
  }
  let taken = 0;
  if (others.some(isGrammar)) {
    for (const [start, end] of residue(words, source, target)) {
      yield leftFrench(start, end, `still French: ${target.slice(start, end)}`);
      taken = end;
    }
  }
  yield* singleWords(words, source, target, taken);
}

function leftFrench(start, end, message, severity = "major") {
  return flag("untranslated", severity, message, "accuracy/untranslated", [], [[start, end]]);
}

/** Words that were copied one by one, from a place on. */
function* singleWords(words, source, target, start) {
  const sources = new Set(words.map((word) => word.toLowerCase()));
  let before = "";
  const isTelling = [...sources].some((word) => among("TELLING", word));
  for (const { 0: found, index, end } of isTelling ? findAll(rules.words.WORD, target, start) : []) {
    const word = found.toLowerCase();
    const isTelling = among("TELLING", word) && sources.has(word) && !among("WEAK", before);
    if (isTelling && !isTitled(source, target, index, end)) {
      yield leftFrench(index, end, `still French: ${found}`);
    }
    before = found;
  }
  for (const { 0: word, index, end } of findAll(rules.words.WORD, target, start)) {
    if (!among("SINGLE", word) || !sources.has(word)) continue;
    if (isAlone(source, target, index, end)) yield leftFrench(index, end, `still French: ${word}`);
  }
  yield* frenchPlaces(source, target);
  for (const { 0: word, index, end } of findAll(rules.words.ACCENTED, target, start)) {
    const isLeft = words.includes(word) && !among("LOANS", word) && !among("TELLING", word);
    if (isLeft && !isExempt(source, target, index, end)) {
      yield leftFrench(index, end, `French, or a name? ${word}`, "minor");
    }
  }
}

/** The words on either side of a stretch, with their marks, as far as there are any. */
function beside(text, start, end) {
  const { NEAR } = rules.words;
  const [before, after] = [text.slice(Math.max(0, start - NEAR), start), text.slice(end, end + NEAR)];
  return [...(before.match(/\S+/gu) ?? []).slice(-1), ...(after.match(/\S+/gu) ?? []).slice(0, 1)];
}

/** Whether a French word stands among English ones: none beside it is French, or a name's. */
function isAlone(source, target, start, end) {
  if (matchAt(rules.words.LATIN, target, end)) return false;
  const words = beside(target, start, end);
  const isEnglish = (word) => /^(?=.*[a-z])[^A-Z\u0080-\u{10ffff}]+$/u.test(word) && !isGrammar(word);
  return words.length > 0 && words.every(isEnglish) && !isExempt(source, target, start, end);
}

/** Places that English calls otherwise. */
function* frenchPlaces(source, target) {
  const category = "accuracy/untranslated";
  for (const { 0: place, index, end } of findAll(rules.words.PLACE, target)) {
    if (!Object.hasOwn(rules.lists.places, place)) continue;
    const english = rules.lists.places[place];
    if (!source.includes(place) || target.includes(english)) continue;
    const words = beside(target, index, end).map((word) => word.toLowerCase());
    if (words.some((word) => isGrammar(word) || among("ROADS", word))) continue;
    if (isExempt(source, target, index, end)) continue;
    const message = `${place} is ${english} in English`;
    yield flag("untranslated", "major", message, category, [], [[index, end]], [english]);
  }
}

/** The language of a text of these words that is not English, "" where none is told. */
function otherLanguage(text, words, source) {
  const { SCRIPT, LETTER, FEWEST, FOR_EACH, PLAIN, LANGUAGES } = rules.languages;
  const count = (pattern) => (text.match(pattern) ?? []).length;
  if (2 * count(SCRIPT) > count(LETTER)) return "in another script";
  if (words.length < FEWEST) return "";
  const said = new Set(words.map((word) => word.toLowerCase()));
  if (PLAIN.some((word) => said.has(word))) return "";
  const sources = new Set(source.map((word) => word.toLowerCase()));
  const own = new Set([...said].filter((word) => !sources.has(word)));
  let [best, most] = ["", 0];
  for (const name of Object.keys(LANGUAGES)) {
    const told = toldBy(name, name === "French" ? said : own);
    if (told > most) [best, most] = [name, told];
  }
  return most > 1 && FOR_EACH * most >= words.length ? best : "";
}

/** How much in some words tells a language: words, and letters of its own. */
function toldBy(language, words) {
  const letters = rules.languages.LETTERS[language];
  const isSpelt = [...words].some((word) => [...word].some((letter) => letters.includes(letter)));
  const grammar = new Set(rules.languages.LANGUAGES[language].split(" "));
  return [...words].filter((word) => grammar.has(word)).length + (isSpelt ? 1 : 0);
}

/** Whether a text needs no translation: it is English already, or a row of names. */
function isEnglishOrNames(words) {
  const small = words.filter((word) => /^\p{Ll}/u.test(word) && !among("WEAK", word));
  if (small.some((word) => among("STRONG", word))) return false;
  return small.length < 2 || small.some((word) => among("ENGLISH", word));
}

/** The stretches of French in a translation, outside of titles in quotes. */
function* residue(words, source, target) {
  const { WORD, APOSTROPHES } = rules.words;
  const tokens = findAll(WORD, target);
  const texts = tokens.map((token) => token[0]);
  const french = texts.map(isGrammar);
  const copied = new Set(words.map((_, at) => words.slice(at, at + 3).join(" ")));
  for (let at = 0; at + 2 < texts.length; at++) {
    const three = texts.slice(at, at + 3);
    const isElided = among("ELIDED", three[1]) && APOSTROPHES.includes(target[tokens[at + 1].end]);
    const hasGrammar = isElided || three.some((word) => word.length > 1 && isGrammar(word));
    const joined = three.join("");
    const isLower = joined === joined.toLowerCase() && joined !== joined.toUpperCase();
    if (hasGrammar && isLower && copied.has(three.join(" "))) french.fill(true, at, at + 3);
  }
  const whole = ` ${words.join(" ")} `;
  for (const run of stretches(tokens, french, target)) {
    const [start, end] = [run[0].index, run.at(-1).end];
    const isInSource = whole.includes(` ${run.map((token) => token[0]).join(" ")} `);
    const before = tokens.at(tokens.indexOf(run[0]) - 1);
    const isName =
      among("ROADS", run[0][0]) ||
      (!run.some((token) => among("SENTENCE", token[0])) &&
        goesOnName(source, target, before, start));
    if (isInSource && !isName && !isExempt(source, target, start, end)) yield [start, end];
  }
}

/** Whether the word before is part of a name that stays French ("Société de transport"). */
function goesOnName(source, target, before, start) {
  const touches = before.end <= start && matchWhole(rules.words.GAP, target.slice(before.end, start));
  return touches && /^\p{Lu}/u.test(before[0]) && source.includes(before[0]);
}

/** Whether French is right there: a title, a gloss, or a phrase that English has taken over. */
function isExempt(source, target, start, end) {
  if (isTitled(source, target, start, end)) return true;
  if (aroundAll(allOf("QUOTED", target), start, end)) return false;
  return aroundAll(allOf("BORROWED", target), start + 2, end) !== null;
}

/** Whether it is in a title in quotes that stands so in the source, or in a gloss of it. */
function isTitled(source, target, start, end) {
  const quoted = aroundAll(allOf("QUOTED", target), start, end);
  if (quoted && /^\p{Lu}/u.test(quoted[1]) && source.includes(quoted[1])) return true;
  const gloss = aroundAll(allOf("BRACKETED", target), start, end);
  return gloss !== null && source.includes(gloss[1]) && !source.includes(gloss[0]);
}

const lastFound = new Map();

/** All matches in a text; it is asked of the same text for word after word. */
function allOf(name, text) {
  if (lastFound.get(name)?.text !== text) {
    lastFound.set(name, { text, found: findAll(rules.words[name], text) });
  }
  return lastFound.get(name).found;
}

/** The last of these, in their order, that begins at `start` or before, if it reaches `end`. */
function aroundAll(found, start, end) {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle].index <= start) low = middle + 1;
    else high = middle;
  }
  return low && end <= found[low - 1].end ? found[low - 1] : null;
}

/** Runs of French words that touch: two different ones or more, and not all of them weak. */
function stretches(tokens, french, text) {
  const runs = [[]];
  tokens.forEach((token, at) => {
    const last = runs.at(-1);
    const touches =
      last.length && matchWhole(rules.words.GAP, text.slice(last.at(-1).end, token.index));
    if (last.length && !(french[at] && touches)) runs.push([]);
    if (french[at]) runs.at(-1).push(token);
  });
  return runs.filter((run) => {
    const words = new Set(run.map((token) => token[0]));
    return words.size > 1 && [...words].some((word) => !among("WEAK", word));
  });
}

function* repeatedCheck({ source, target }) {
  const category = "fluency/duplication";
  const phrase = loopIn(target);
  if (phrase && !loopIn(source) && !isToldAsOften(source, target, phrase)) {
    yield flag("repeated", "critical", `goes round in a loop: ${phrase}`, category);
    return;
  }
  for (const found of hasDoubles(target) ? findAll(rules.words.DOUBLE, target) : []) {
    if (isOnPurpose(found[1], source, target)) continue;
    const message = `stands twice in a row: ${found[1]}`;
    yield flag("repeated", "minor", message, category, [], [[found.index, found.end]]);
  }
}

/** Whether two words of the source come as often: "ne pourront pas" thrice, "will not be". */
function isToldAsOften(source, target, phrase) {
  const spoken = (text) => text.toLowerCase().match(rules.words.SPOKEN) ?? [];
  const times = spoken(target).join(" ").split(phrase).length - 1;
  const words = spoken(source);
  const counts = new Map();
  for (let at = 0; at + 1 < words.length; at++) {
    if (among("WEAK", words[at]) && among("WEAK", words[at + 1])) continue;
    const pair = `${words[at]} ${words[at + 1]}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count >= times);
}

/** Whether one or two words stand twice in a row: a quick look before the slow one. */
function hasDoubles(text) {
  const words = text.toLowerCase().match(rules.words.SPOKEN) ?? [];
  return words.some(
    (word, i) =>
      word === words[i + 1] ||
      (i + 3 < words.length && word === words[i + 2] && words[i + 1] === words[i + 3]),
  );
}

/** Whether a doubling is English ("had had"), a name ("Duran Duran") or in the source too. */
function isOnPurpose(words, source, target) {
  if (findFirst(rules.words.ROUND, words) || among("TWICE", words.toLowerCase())) return true;
  const isName = /^\p{Lu}/u.test(words) && source.includes(words);
  if (isName && target.includes(`${words} ${words}`)) return true;
  const doubled = allOf("DOUBLE", source).map((found) => found[1].toLowerCase());
  return doubled.some((word) => word !== "nous" && word !== "vous");
}

/** The phrase that a text keeps coming back to, "" if none. */
function loopIn(text) {
  const words = text.toLowerCase().match(rules.words.SPOKEN) ?? [];
  const places = new Map();
  for (let at = 0; at + 2 < words.length; at++) {
    const three = words.slice(at, at + 3).join(" ");
    if (!places.has(three)) places.set(three, []);
    places.get(three).push(at);
  }
  if (places.size === Math.max(0, words.length - 2)) return "";
  const four = findFirst(rules.words.FOUR_TIMES, text);
  if (four) return four[1];
  for (const [phrase, stands] of places) {
    const fives = new Set(stands.map((at) => words.slice(at, at + 5).join(" ")));
    if (stands.length > 2 && (fives.size === 1 || isEven(stands))) return phrase;
  }
  return "";
}

function isEven(places) {
  const gaps = places.slice(1).map((place, i) => place - places[i]);
  return gaps.some((gap, i) => gap === gaps[i + 1]);
}
