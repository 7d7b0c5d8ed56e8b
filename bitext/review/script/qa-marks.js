// Length, punctuation, addresses and negation: bitext.qa.length, .marks and .polarity.

function* emptyCheck({ source, target }) {
  const { LETTER_OR_DIGIT } = rules.length;
  if (holds(LETTER_OR_DIGIT, source) && !holds(LETTER_OR_DIGIT, target)) {
    const spans = [[0, source.length]];
    yield flag("empty", "critical", "there is no translation", "accuracy/omission", spans);
  } else if (!source.trim() && holds(LETTER_OR_DIGIT, target)) {
    const message = "nothing in the source says this";
    yield flag("empty", "major", message, "accuracy/addition", [], [[0, target.length]]);
  }
}

function* lengthCheck({ source, target: whole }) {
  const { FEWEST_WORDS, SHORT, TOO_SHORT, TOO_LONG, FEWER, SENTENCE_END, CUT_OFF } = rules.length;
  const { BRIEF, PER_CHARACTER } = rules.length;
  const target = whole.trim();
  if (!target || !source.trim()) return;
  const wrong = (message, category, severity = "major") =>
    flag("length", severity, message, category, [], [[0, whole.length]]);
  if (source.match(/\S+/g).length < FEWEST_WORDS) {
    const most = BRIEF + PER_CHARACTER * characters(source.trim());
    const message = `${characters(target)} characters for ${characters(source)}: too long`;
    if (characters(target) > most) yield wrong(message, "accuracy/addition");
    return;
  }
  const sentences = (text) => findAll(SENTENCE_END, text).length;
  const [long, wanted] = [characters(target), characters(source)];
  const surplus = deviation(characters(source.trim()), long);
  const unclosed = isClosed(source) && !isClosed(target);
  if (unclosed && (surplus < SHORT || holds(CUT_OFF, target))) {
    yield wrong("the end is missing", "accuracy/omission");
  } else if (surplus < TOO_SHORT) {
    yield wrong(`${long} characters for ${wanted}: too short`, "accuracy/omission");
  } else if (surplus > TOO_LONG) {
    yield wrong(`${long} characters for ${wanted}: too long`, "accuracy/addition");
  } else if (surplus < FEWER && sentences(source) > sentences(target)) {
    const message = "shorter, and in fewer sentences: is one left out?";
    yield wrong(message, "accuracy/omission", "minor");
  }
}

function characters(text) {
  return [...text].length;
}

function isClosed(text) {
  return /[.!?…:;]$/.test(withoutTail(text, rules.length.CLOSING));
}

/** How much longer a translation is than expected, in units that suit any length. */
function deviation(source, target) {
  const expected = rules.length.RATIO * source;
  return (target - expected) / Math.sqrt(expected);
}

function* addressesCheck({ source, target }) {
  const [before, after] = [addressesIn(source), addressesIn(target)];
  for (const [key, span] of before) {
    const message = `${source.slice(...span)} is not in the translation`;
    if (!after.has(key)) yield flag("addresses", "major", message, "accuracy/omission", [span]);
  }
  for (const [key, span] of after) {
    const message = `${target.slice(...span)} is not in the source`;
    if (!before.has(key)) yield flag("addresses", "major", message, "accuracy/addition", [], [span]);
  }
}

/** The addresses; the name of a site may be written in capitals or without its accents. */
function addressesIn(text) {
  const { ADDRESSED, LINK, HANDLE } = rules.addresses;
  const found = new Map();
  if (!holds(ADDRESSED, text)) return found;
  const links = findAll(LINK, text).map(({ index, end }) => [index, end]);
  const handles = findAll(HANDLE, text)
    .map(({ index, end }) => [index, end])
    .filter(([start, end]) => !links.some(([a, b]) => a < end && start < b));
  for (const span of [...links, ...handles].sort(([a], [b]) => a - b)) {
    const address = text.slice(...span).replace(rules.marks.LOCALE, "*");
    found.set(holds(rules.marks.EXACT, address) ? address : plainName(address), span);
  }
  return found;
}

function punctuation(check, message, places) {
  const spans = places.map((at) => [at, at + 1]);
  return flag(check, "minor", message, "fluency/punctuation", [], spans);
}

function* bracketsCheck({ source, target }) {
  const { BRACKETS, ANY_BRACKET } = rules.marks;
  const odd = holds(ANY_BRACKET, target) ? unpaired(target, BRACKETS) : [];
  if (odd.length && !unpaired(source, BRACKETS).length) {
    yield punctuation("brackets", `${target[odd[0]]} has no partner`, odd);
  }
}

function* quotesCheck({ source, target }) {
  const { DOUBLE_QUOTE, QUOTES, SPEECH, ANY_QUOTE, GUILLEMET } = rules.marks;
  if (!holds(DOUBLE_QUOTE, source) && !holds(DOUBLE_QUOTE, target)) return;
  const french = findAll(GUILLEMET, target);
  if (french.length) yield guillemets(target, french);
  if (!hasWholeQuotes(source)) return;
  if (!hasWholeQuotes(target)) {
    const unclosed = unpaired(target, QUOTES);
    const odd = unclosed.length ? unclosed : [target.lastIndexOf('"')];
    yield punctuation("quotes", `${target[odd[0]]} has no partner`, odd);
  } else if (holds(SPEECH, source) && !holds(ANY_QUOTE, target)) {
    yield punctuation("quotes", "the quotation marks are lost", []);
  }
}

/** French marks, with the spaces inside them, and the marks that English has there. */
function guillemets(text, found) {
  const isStraight = text.includes('"');
  const message = `« » are French marks; English has ${isStraight ? '" "' : "“ ”"}`;
  const spans = found.map(({ index, end }) => [index, end]);
  const curly = (mark) => (mark.startsWith("«") ? "“" : "”");
  const fixes = found.map(([mark]) => (isStraight ? '"' : curly(mark)));
  return flag("quotes", "minor", message, "locale-convention/punctuation", [], spans, fixes);
}

/** Where marks stand that open or close nothing. */
function unpaired(text, pairs) {
  const closing = Object.values(pairs);
  const [waiting, odd] = [[], []];
  for (let at = 0; at < text.length; at++) {
    if (Object.hasOwn(pairs, text[at])) waiting.push(at);
    else if (closing.includes(text[at])) {
      if (waiting.length && pairs[text[waiting.at(-1)]] === text[at]) waiting.pop();
      else odd.push(at);
    }
  }
  return [...waiting, ...odd].sort((a, b) => a - b);
}

/** Whether every quotation closes; in 6'7" the mark is inches. */
function hasWholeQuotes(text) {
  let straight = text.split('"').length - 1;
  if (straight % 2) straight -= findAll(rules.marks.INCHES, text).length;
  return straight % 2 === 0 && !unpaired(text, rules.marks.QUOTES).length;
}

function* finalMarkCheck({ source, target }) {
  const twice = findFirst(rules.marks.DOUBLED, target);
  if (twice && !holds(rules.marks.DOUBLED, source)) {
    const message = `${twice[0]} is a mark too many`;
    const span = [twice.index, twice.end];
    yield flag("final_mark", "minor", message, "fluency/punctuation", [], [span], [twice[0][0]]);
  }
  const [before, after] = [finalMarks(source), finalMarks(target)];
  const isSoft = [...before, ...after].some((mark) => rules.marks.SOFT.includes(mark));
  if (!source.trim() || !target.trim() || [...before].some((mark) => after.has(mark)) || isSoft) return;
  const [was, now] = [before, after].map((marks) => [...marks].sort().join(" ") || "nothing");
  const message = `ends in ${now}, the source in ${was}`;
  const shown = target.trimEnd();
  const last = shown.match(/.$/su)[0]; // an emoji is two by a browser's count
  const span = [shown.length - last.length, shown.length];
  yield flag("final_mark", "minor", message, "fluency/punctuation", [], [span]);
}

/** The marks that a text ends in; "" is among them where it may be said to end in none. */
function finalMarks(whole) {
  const text = whole.replace(rules.characters.EMOJI, "");
  const tail = text.slice(withoutTail(text, rules.marks.TAIL).length).replaceAll("...", "…");
  const marks = new Set([...tail].filter((mark) => (".!?…" + rules.marks.SOFT.join("")).includes(mark)));
  if (!marks.size || holds(rules.marks.ABBREVIATION, text.trimEnd())) marks.add("");
  return marks;
}

/** Whether a translation says yes: an order not to do something has a plain "not". */
function isAffirmed(found, source, target) {
  const { NEGATIVE, ORDER, FORBIDDEN, PLAINLY, ORDER_STARTS } = rules.polarity;
  const { EXCEEDING, LIMITED } = rules.polarity;
  if (holds(EXCEEDING, source) && holds(LIMITED, target)) return false;
  const isPlain = holds(PLAINLY, target);
  if (found.index < ORDER_STARTS && holds(ORDER, source)) return !isPlain;
  if (found.index < ORDER_STARTS && holds(FORBIDDEN, source) && isPlain) return false;
  return !holds(NEGATIVE, target);
}

/** What the source denies by other words than a "ne" and a "pas". */
function otherwiseDenied(source, target) {
  const { BARE, SPOKEN, NO_MORE, ENDED, WITHOUT, WITH } = rules.polarity;
  const found = findFirst(BARE, source) ?? findFirst(SPOKEN, source);
  if (found) return found;
  const ended = findFirst(NO_MORE, source);
  if (ended) return holds(ENDED, target) ? null : ended;
  return holds(WITH, target) ? findFirst(WITHOUT, source) : null;
}

/** Whether what is denied is a deed that the translation asks for, or allows. */
function isForbidden(found, source, target) {
  const { FORBIDDING, ALLOWING, ORDER, FORBIDDEN, ORDER_STARTS } = rules.polarity;
  if (holds(FORBIDDING, found[0])) return holds(ALLOWING, target);
  return found.index < ORDER_STARTS && (holds(ORDER, source) || holds(FORBIDDEN, source));
}

function* negationCheck({ source, target }) {
  if (!target.trim()) return;
  const { NEGATION, DENYING, DENIED, UNDENIED } = rules.polarity;
  let found = findFirst(NEGATION, source);
  const blanked = target.replace(UNDENIED, (denied) => " ".repeat(denied.length));
  const extra = found ? null : findFirst(DENIED, blanked);
  if (extra && source.trim() && !holds(DENYING, source)) {
    const message = `${inQuotes(extra[0])} has no counterpart: is the source negative?`;
    const spans = [[extra.index, extra.end]];
    yield flag("negation", "minor", message, "accuracy/mistranslation", [], spans);
  }
  if (found && holds(rules.polarity.TWICE_DENIED, source)) return;
  found ??= otherwiseDenied(source, target);
  if (!found || !isAffirmed(found, source, target)) return;
  const denied = inQuotes(found[0]);
  const message = `${denied} has no counterpart: is the translation still negative?`;
  const spans = [[found.index, found.end]];
  const severity = isForbidden(found, source, target) ? "major" : "minor";
  yield flag("negation", severity, message, "accuracy/mistranslation", spans);
}
