// Amounts keep what they are amounts of, and dates their months: bitext.qa.measures and .calendar.

function* measuresCheck({ source, target }) {
  if (!holds(rules.measures.HINT, source) || !holds(rules.measures.HINT, target)) return;
  const before = amountsIn(source, "fr");
  const known = new Map();
  for (const amount of [...before].reverse()) {
    const name = `${[...amount.values].sort()} ${amount.measure}`;
    if (amount.measure && amount.sure) known.set(name, amount);
  }
  if (!known.size) return;
  const told = new Set(before.flatMap(({ values, measure }) => values.map((v) => `${v} ${measure}`)));
  const after = byValue(amountsIn(target, "en"));
  // "45,226 euros, and not 24,000": a currency is told once, and not always beside its number.
  const named = findAll(rules.lists.measures.en, target).map(({ groups }) => measureOf(groups));
  const elsewhere = new Set(named);
  const isTold = (measure) => rules.lists.money.includes(measure) && elsewhere.has(measure);
  for (const amount of [...known.values()].reverse()) {
    const same = amount.values.flatMap((value) => after.get(value) ?? []);
    const isSame = (other) => other.measure === amount.measure || isEqualAmount(amount, other);
    if (!same.length || same.some(isSame)) continue;
    const changed = same.find(
      ({ sure, measure, values }) =>
        sure && measure && values.every((value) => !told.has(`${value} ${measure}`)),
    );
    const isBare = same.every(({ measure }) => !measure);
    if (changed) yield measureFlag(source, target, amount, changed, "has become");
    else if (isBare && rules.lists.lost.includes(amount.measure) && !isTold(amount.measure)) {
      yield measureFlag(source, target, amount, same[0], "is only");
    }
  }
}

/** The amounts of both texts that say the same in other measures, in figures that are round. */
function converted(source, target, lost, gained) {
  const measured = (text, language) =>
    amountsIn(text, language)
      .filter(({ measure }) => measure)
      .slice(0, rules.measures.MOST);
  const before = [...measured(source, "fr"), ...speltOut(source, "fr", lost)];
  if (!before.length) return [[], []];
  const after = [...measured(target, "en"), ...speltOut(target, "en", gained)];
  const pairs = after.flatMap((fresh) =>
    before.filter((old) => isEqualAmount(old, fresh)).map((old) => [old, fresh]),
  );
  return [pairs.map(([old]) => old), pairs.map(([, fresh]) => fresh)];
}

/** The amounts that are in words: "six feet". */
function speltOut(text, language, numbers) {
  const { MOST, PLAIN, BETWEEN } = rules.measures;
  return numbers.slice(0, MOST).flatMap(({ start, end, values }) => {
    const known = values.filter((value) => matchWhole(PLAIN, value));
    const beside = matchAt(BETWEEN, text, end);
    const found = beside && matchAt(rules.lists.measures[language], text, beside.end);
    if (!known.length || !found || isDecimal(text[start])) return [];
    return [{ start, end: found.end, values: known, measure: measureOf(found.groups), sure: true }];
  });
}

/** Whether an amount in another measure is the same, or about the same if people round it. */
function isEqualAmount(old, fresh) {
  if (!fresh.measure) return false;
  const { EXACT, ROUNDED } = rules.measures;
  const was = rules.lists.sizes[old.measure];
  const pounds = was.kind === "weight" && fresh.measure === "pound"; // and no money
  const now = rules.lists.sizes[pounds ? "pound_weight" : fresh.measure];
  if (!was.kind || was.kind !== now.kind || old.measure === fresh.measure) return false;
  const far = was.customary === now.customary ? EXACT : ROUNDED;
  const told = (value) => ((Number(value) - was.zero) * was.size) / now.size + now.zero;
  const wanted = old.values.map(told);
  return fresh.values.some((value) =>
    wanted.some((one) => Math.abs(Number(value) - one) <= far * Math.abs(one)),
  );
}

/** Under each value the first amount with each measure. */
function byValue(amounts) {
  const index = new Map();
  for (const amount of amounts) {
    for (const value of amount.values) {
      const there = index.get(value) ?? [];
      const { measure, sure } = amount;
      if (there.some((other) => other.measure === measure && other.sure === sure)) continue;
      index.set(value, [...there, amount]);
    }
  }
  return index;
}

function measureFlag(source, target, was, now, verb) {
  const [before, after] = [source.slice(was.start, was.end), target.slice(now.start, now.end)];
  const message = `${before.trim()} ${verb} ${after.trim()}`;
  const spans = [[[was.start, was.end]], [[now.start, now.end]]];
  return flag("measures", "major", message, "accuracy/mistranslation", ...spans);
}

/** Half of a measure, or a quarter or three of it; feet and inches. */
function partsIn(text, language) {
  const { PART, PARTS, FEET, FOOT } = rules.measures;
  const parts = findAll(PART, text).flatMap(({ index, end, groups }) => {
    const beside = matchAt(rules.lists.measures[language], text, end);
    if (!beside) return [];
    const [values, measure] = [[PARTS[measureOf(groups)]], measureOf(beside.groups)];
    return [{ start: index, end: beside.end, values, measure, sure: true }];
  });
  const feet = language === "en" ? findAll(FEET, text) : [];
  const tall = feet.map(({ 1: feet, 2: inches, index, end }) => {
    const all = FOOT * Number(plainDigits(feet)) + Number(plainDigits(inches));
    return { start: index, end, values: [String(all)], measure: "inch", sure: true };
  });
  return [...parts, ...tall];
}

/** The numbers in figures of a text and parts of one, each with the measure beside it, if any. */
function amountsIn(text, language) {
  const pattern = rules.lists.measures[language];
  const spaces = `${rules.quantities.SPACES}-`;
  const parts = partsIn(text, language);
  const taken = new Set();
  for (const { start, end } of parts) for (let at = start; at < end; at++) taken.add(at);
  const startOf = ({ index, groups }) => text.indexOf(groups.figures, index);
  const numbers = findAll(rules.measures.AMOUNT, text).filter((found) => !taken.has(startOf(found)));
  const amounts = numbers.map((found) => {
    const { sign, figures, range, scale = "" } = found.groups;
    const factor = rules.measures.SCALES[scale.toLowerCase()] ?? 1;
    let behind = matchAt(pattern, text, found.end) ?? matchAt(rules.lists.signs, text, found.end);
    // "A 3 m bar" is of three metres.
    const isMetre = behind && scale === "m" && !rules.lists.money.includes(measureOf(behind.groups));
    if (isMetre) behind = null;
    const beside = behind ?? (sign ? matchAt(pattern, sign, 0) : null);
    const end = behind ? behind.end : found.end;
    // "5 m" is five metres or five million.
    const factors = scale.toLowerCase() === "m" ? [1, factor] : [factor];
    const values = readings(figures).flatMap((number) =>
      factors.map((factor) => canonical(times(number, factor))),
    );
    const named = measureOf(beside?.groups ?? {});
    const measure = named || (!beside && scale === "m" ? "metre" : "");
    const start = sign ? found.index : startOf(found);
    const stop = withoutTail(text.slice(0, end), spaces).length;
    return { start, end: stop, values, measure, sure: !range };
  });
  return [...parts, ...amounts];
}

/** The name of the group that has matched. */
function measureOf(groups) {
  const named = Object.entries(groups).find(([, form]) => form !== undefined);
  return named?.[0] ?? "";
}

function* calendarCheck({ source, target }) {
  for (const { names, french, english } of rules.lists.calendar) {
    const before = datesIn(source, french, names);
    const isNight = "lundi" in names && holds(rules.calendar.NIGHT, source);
    if (!before.size || isNight) continue;
    const same = Object.fromEntries(Object.values(names).map((name) => [name, name]));
    const after = datesIn(target, english, { ...rules.calendar.SHORT, ...same });
    const lost = [...before.keys()].filter((name) => !after.has(name));
    const gained = [...after.keys()].filter((name) => !before.has(name));
    for (let i = 0; i < Math.min(lost.length, gained.length); i++) {
      const [was, now] = [before.get(lost[i]), after.get(gained[i])];
      const message = `${source.slice(...was)} has become ${gained[i]}`;
      yield flag("calendar", "major", message, "accuracy/mistranslation", [was], [now], [lost[i]]);
    }
  }
}

/** The English names of what stands in a text, and the first place of each. */
function datesIn(text, pattern, names) {
  const { DOUBTFUL, DATED_BEFORE, DATED_AFTER } = rules.calendar;
  const found = new Map();
  for (const { 1: word, index, end } of findAll(pattern, text)) {
    const isDated =
      endsWith(DATED_BEFORE, text, index, 12) || matchAt(DATED_AFTER, text, end) !== null;
    if (DOUBTFUL.includes(word) && !isDated) continue;
    const name = names[word] ?? names[word.toLowerCase()] ?? "";
    if (!found.has(name)) found.set(name, [index, index + word.length]);
  }
  return found;
}
