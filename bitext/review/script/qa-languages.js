// What French and English make of a number's surroundings: bitext.qa.french and bitext.qa.english.

/** The values and parts of a time; without "am" or "pm" it is both, and a duration too. */
function clockValues(hour, minute, part) {
  const clock = (hour) => `${hour}:${String(minute).padStart(2, "0")}`;
  if (part) {
    const full = hour > 12 ? hour : (hour % 12) + (part === "pm" ? 12 : 0);
    return { values: [clock(full)], parts: [] };
  }
  const hours = hour > 12 ? [hour % 24] : [hour, (hour + 12) % 24];
  const values = hours.map(clock);
  if (!minute) return { values: [...values, String(hour)], parts: [] };
  values.push(String(60 * hour + minute), String(hour + minute / 60));
  return { values, parts: [String(hour), String(minute)] };
}

function isDecimal(text) {
  return /^\p{Nd}+$/u.test(text);
}

/** Whether a pattern holds over a place, of which some characters around are looked at. */
function liesWithin(pattern, text, at, before, after) {
  const from = Math.max(0, at.start - before);
  const near = text.slice(0, at.end + after);
  return findAll(pattern, near, from).some(({ index, end }) => index <= at.start && at.start < end);
}

/** A language's tables as maps and sets, with its own readings; made when first needed. */
function lexicon(tables, words, readings) {
  const map = (table) => new Map(Object.entries(table));
  const [scales, units, hints] = [tables.SCALES, tables.UNITS, tables.HINTS].map(map);
  const known = new Set([words, scales, units, hints].flatMap((table) => [...table.keys()]));
  const telling = new Set(scales.keys());
  for (const [word, value] of words) if (value > 1) telling.add(word);
  const alone = new Set(tables.ALONE);
  return { ...tables, words, scales, units, hints, known, telling, alone, ...readings };
}

const ready = {};
const LANGUAGES = {
  french: () => (ready.french ??= frenchLexicon()),
  english: () => (ready.english ??= englishLexicon()),
};

function frenchLexicon() {
  const fr = rules.french;
  const words = new Map(Object.entries({ ...fr.WORDS, ...fr.AND_ONE }));
  return lexicon(fr, words, {
    clock: frenchClock,
    optional: frenchOptional,
    extra: frenchExtra,
    scaled: frenchScaled,
  });
}

/** 23 h 59, 23h59, 19.00 heures, 3 heures du matin, neuf heures moins vingt; 44 s 12. */
function frenchClock(text, run) {
  const timed = matchAt(rules.french.HUNDREDTHS, text, run.end);
  if (timed && isWhole(run.numbers[0])) {
    const [seconds, hundredths] = [canonical(run.numbers[0]), timed[1]];
    const value = canonical(decimal(`${seconds}.${hundredths}`));
    return { end: timed.end, values: [value], parts: [seconds, hundredths] };
  }
  const found = matchAt(rules.french.HOURS, text, run.end);
  if (!found) return null;
  const [first, dotted = ""] = text.slice(run.start, run.end).split(/\.(.*)/s);
  const hour = isDecimal(first) ? first : canonical(run.numbers[0]);
  const isMinute = matchWhole(rules.french.DOTTED_MINUTE, dotted);
  if (!isDecimal(hour) || Number(plainDigits(hour)) > 24 || (dotted && !isMinute)) return null;
  const { minute, past, added = "", sign, part: named } = found.groups;
  const more = rules.french.ADDED[added.split(" ").at(-1).toLowerCase()] ?? 0;
  let minutes = Number(plainDigits(hour)) * 60 + Number(plainDigits(minute || past || dotted || "0"));
  minutes += sign === "moins" ? -more : more;
  const part = !named ? "" : named.endsWith("matin") ? "am" : "pm";
  const clock = clockValues(Math.floor(minutes / 60), ((minutes % 60) + 60) % 60, part);
  if (minutes % 60 === 0) {
    const twelve = ((((minutes / 60 - 1) % 12) + 12) % 12) + 1;
    clock.values.push(hour, `at:${twelve}`);
  } else {
    // The British write 5.13 for 5 h 13, which is read as a number there.
    const rest = String(((minutes % 60) + 60) % 60).padStart(2, "0");
    clock.values.push(`${Math.floor(minutes / 60)}.${rest}`.replace(/0+$/, ""));
  }
  return { end: found.end, ...clock };
}

/** "neuf" is "new" too; "le 1er" says "first"; idioms lose their number. */
function frenchOptional(text, run) {
  const word = text.slice(run.start, run.end).toLowerCase();
  if (word === "neuf") return !matchAt(rules.french.PLURAL, text, run.end);
  if (word === "1") return matchAt(rules.french.FIRST_OF, text, run.end) !== null;
  return liesWithin(rules.french.IDIOMS, text, run, 25, 12);
}

/** Whether a scale in short is sure: 5 M€, 3 k€. */
function frenchScaled(text, run) {
  return matchAt(rules.french.SCALED, text, run.end) !== null;
}

/** The decade of "années 90", 5 M€, quinze jours, 100 autres milliards. */
function* frenchExtra(text, run) {
  const [number] = run.numbers;
  const short = matchAt(rules.french.SHORT_SCALE, text, run.end);
  if (short) yield canonical(times(number, rules.french.SHORT_SCALES[short[1]]));
  const other = matchAt(rules.french.OTHERS, text, run.end);
  if (other) yield canonical(times(number, rules.french.SCALES[other[1]]));
  const isPart = Number(canonical(number)) > 0 && Number(canonical(number)) < 1;
  if (isPart && matchAt(rules.french.MONEY, text, run.end)) yield canonical(times(number, 100));
  if (!isWhole(number)) return;
  const half = matchAt(rules.french.HALF_MORE, text, run.end);
  if (half) yield canonical(times(plusHalf(number, 1), rules.french.HALF_SIZES[half[1]]));
  const value = Number(number.digits);
  const isDecade = endsWith(rules.french.DECADE, text, run.start, 12);
  if (value < 100 && isDecade) yield String(1900 + value);
  else if (1900 <= value && value < 2000 && isDecade) yield String(value % 100);
  if (matchAt(rules.french.FINALS, text, run.end)) yield canonical(times(number, 2));
  const duration = matchAt(rules.french.DURATION, text, run.end);
  if (duration) {
    if (duration[1].startsWith("semaine")) yield canonical(times(number, rules.french.DAYS));
    for (const size of rules.french.PARTS_OF[duration[1]] ?? []) {
      const isPart = (2 * value) % size === 0 && value >= size;
      if (isPart) yield String(value / size);
    }
  }
  const isFortnight = matchAt(rules.french.FORTNIGHT, text, run.end);
  if (value === 15 && isFortnight) yield* ["2", "14"];
  if (value === 8 && isFortnight) yield* ["1", "7"];
}

function englishLexicon() {
  const en = rules.english;
  const words = new Map(Object.entries(en.WORDS));
  const readings = {
    clock: englishClock,
    optional: englishOptional,
    extra: englishExtra,
    scaled: englishScaled,
  };
  return lexicon(en, words, readings);
}

/** The time of day whose hour this is: "a quarter to eight". */
function toldTime(text, run) {
  const { TOLD, TOLD_MINUTES, BACK } = rules.english;
  const found = findFirst(TOLD, text.slice(0, run.start), Math.max(0, run.start - BACK));
  const [number] = run.numbers;
  const hour = isWhole(number) ? Number(number.digits) : 0;
  if (!found || hour < 1 || hour > 12) return null;
  const word = found[1].toLowerCase();
  const isBefore = found.groups.way.toLowerCase() === "to";
  if (isBefore && ["half", "five", "ten"].includes(word) && !found.groups.minutes) return null;
  const minutes = hour * 60 + (isBefore ? -TOLD_MINUTES[word] : TOLD_MINUTES[word]);
  return { end: run.end, ...clockValues(Math.floor(minutes / 60) || 12, minutes % 60, "") };
}

/** 11:59 p.m., 11.59pm, 23:59, 3 o'clock, three in the morning, 0759 GMT, ten past four. */
function englishClock(text, run) {
  const told = toldTime(text, run);
  if (told) return told;
  const figures = text.slice(run.start, run.end);
  const found = matchAt(rules.english.PAST, text, run.end);
  const military = matchWhole(rules.english.MILITARY, figures);
  if (military && /^\s?(?:GMT|hours|hrs)(?![\p{L}\p{N}_])/u.test(text.slice(run.end))) {
    const clock = clockValues(Number(military[1]), Number(military[2]), "");
    return { end: run.end, ...clock };
  }
  if (!found || found.end === run.end) return null;
  const part = halfOfDay(found.groups);
  const spoken = canonical(run.numbers[0]);
  let [hour, minute = ""] = part ? figures.split(/\.(.*)/s) : [spoken];
  minute = found.groups.minute || found.groups.more || minute;
  hour = isDecimal(hour) ? hour : spoken;
  const tooFar = Number(plainDigits(hour)) > 24 || Number(plainDigits(minute || "0")) > 59;
  if (!isDecimal(hour) || tooFar) return null;
  const clock = clockValues(Number(plainDigits(hour)), Number(plainDigits(minute || "0")), part);
  return { end: found.end, ...clock };
}

/** "am", "pm" or "" for what follows an hour. */
function halfOfDay({ half, night, part }) {
  if (half) return `${half.toLowerCase()}m`;
  if (night) return "pm";
  return part === undefined ? "" : part === "morning" ? "am" : "pm";
}

/** Idioms gain a number that the source does not have; minutes belong to their hour. */
function englishOptional(text, run) {
  if (matchAt(rules.english.TOLD_BEFORE, text, run.end)) return true;
  return liesWithin(rules.english.IDIOMS, text, { start: run.start, end: run.end }, 12, 15);
}

/** Whether a scale in short is sure: 5bn, €5m; "5m" may be five metres. */
function englishScaled(text, run) {
  const { SHORT_SCALE, SCALED } = rules.english;
  const isMoney = /[€$£]/.test(text.slice(Math.max(0, run.start - 1), run.start));
  return matchAt(isMoney ? SHORT_SCALE : SCALED, text, run.end) !== null;
}

/** The decade of "the 90s", an hour after "at", $5m and 5bn. */
function* englishExtra(text, run) {
  const [number] = run.numbers;
  const after = text.slice(run.end, run.end + 4);
  const short = matchAt(rules.english.SHORT_SCALE, after, 0);
  if (short) yield canonical(times(number, rules.english.SHORT_SCALES[short[0].toLowerCase()]));
  if (!isWhole(number)) return;
  const value = Number(number.digits);
  if (matchAt(rules.english.DECADE, after, 0)) {
    if (value < 100) yield String(1900 + value);
    else if (1900 <= value && value < 2000) yield String(value % 100);
  }
  if (value <= 12 && endsWith(rules.english.CLOCK_WORD, text, run.start, 8)) yield `at:${value}`;
}
