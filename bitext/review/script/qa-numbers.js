// Every number has its counterpart, by value: bitext.qa.numbers.

function* numbersCheck({ source, target }) {
  if (!target.trim()) return;
  yield* changedNumerals(source, target);
  if (!tellsAny(source, "french") && !tellsAny(target, "english")) return;
  const texts = withoutCodes(withoutIgnored(source), withoutIgnored(target));
  const [before, after] = [quantities(texts[0], "french"), quantities(texts[1], "english")];
  let lost = uncopied(unmatched(before, after), source, target);
  let gained = uncopied(unmatched(after, before), target, source);
  yield* changedCodes(source, target);
  if (lost.length || gained.length) {
    const [olds, fresh] = converted(source, target, lost, gained);
    lost = lost.filter((one) => !liesIn(one, olds));
    gained = gained.filter((one) => !liesIn(one, fresh));
  }
  lost = lost.filter((one) => !isToldOtherwise(one, source, target));
  const [pairs, oldLeft, newLeft] = pairedNumbers(lost, gained, source, target);
  for (const [old, fresh] of pairs) yield numberChanged(source, target, old, fresh);
  for (const old of oldLeft) yield numberLost(source, old);
  for (const fresh of newLeft) yield numberGained(target, fresh);
}

/** Whether the translation has words for a number. */
function isToldOtherwise({ values, start, end }, source, target) {
  const { NINE_ELEVEN, WHOLLY, LAST_DAY, YEAR_END } = rules.numbers;
  if (liesWithin(LAST_DAY, source, { start, end }, 3, 9)) return holds(YEAR_END, target);
  if (values.includes("2001")) return holds(NINE_ELEVEN, target);
  return values.includes("100") && source.slice(end, end + 2).includes("%") && holds(WHOLLY, target);
}

function liesIn({ start }, amounts) {
  return amounts.some((amount) => amount.start <= start && start < amount.end);
}

/** The numbers of a text outside of addresses and names on the net. */
function numbersIn(text, language) {
  return quantities(withoutIgnored(text), language);
}

function withoutIgnored(text) {
  return text.replace(rules.numbers.IGNORED, (found) => " ".repeat(found.length));
}

/** The texts without long codes that both have, however they are set apart. */
function withoutCodes(source, target) {
  const { LONG_CODE } = rules.numbers;
  const codes = (text) => findAll(LONG_CODE, text).map(([code]) => bareCode(code));
  const after = codes(target);
  const both = codes(source).filter((code) => code && after.includes(code));
  if (!both.length) return [source, target];
  const gone = (code) => (both.includes(bareCode(code)) ? " ".repeat(code.length) : code);
  return [source, target].map((text) => text.replace(LONG_CODE, gone));
}

/** A code's digits, without the prefix that a telephone number has at home or from abroad. */
function bareCode(code) {
  const digits = code.replaceAll("(0)", "").replace(/[^0-9]/g, "");
  const bare = digits.replace(/^(?:00)?33(?=[1-9]\d{8}$)/, "").replace(/^0+/, "");
  return bare.length >= rules.numbers.FEWEST_DIGITS ? bare : "";
}

/** The needed ones of these that no other accounts for, each value once. */
function unmatched(these, others) {
  const pool = new Set(others.flatMap(({ values, parts, also }) => [...values, ...parts, ...also]));
  const found = new Map();
  for (const quantity of these) {
    const whole = quantity.values.some((value) => pool.has(value));
    const apart = quantity.parts.length && quantity.parts.every((part) => pool.has(part));
    const name = [...new Set(quantity.values)].sort().join("|");
    if (quantity.needed && !whole && !apart && !found.has(name)) found.set(name, quantity);
  }
  return [...found.values()];
}

/** Those whose words do not stand on the other side as they are, as in "7-Eleven". */
function uncopied(these, text, other) {
  const words = new Set(other.match(/[\p{L}\p{N}_]+/gu));
  return these.filter(
    ({ start, end }) => isDecimal(text[start]) || !words.has(text.slice(start, end)),
  );
}

/** Which became which, and what is left of both: the same digits, as many, or all in order. */
function pairedNumbers(lost, gained, source, target) {
  const digits = (text, { start, end }) => text.slice(start, end).replace(/\P{Nd}/gu, "");
  const pairs = [];
  let [oldLeft, newLeft] = [lost, gained];
  for (const alike of [String, (text) => text.length]) {
    const waiting = new Map();
    for (const fresh of [...newLeft].reverse()) {
      const key = alike(digits(target, fresh));
      if (!waiting.has(key)) waiting.set(key, []);
      waiting.get(key).push(fresh);
    }
    const [rest, taken] = [[], new Set()];
    for (const old of oldLeft) {
      const key = alike(digits(source, old));
      const same = key && waiting.get(key)?.pop();
      if (!same) rest.push(old);
      else {
        pairs.push([old, same]);
        taken.add(same);
      }
    }
    [oldLeft, newLeft] = [rest, newLeft.filter((fresh) => !taken.has(fresh))];
  }
  if (oldLeft.length !== newLeft.length) return [pairs, oldLeft, newLeft];
  return [[...pairs, ...oldLeft.map((old, at) => [old, newLeft[at]])], [], []];
}

function numberChanged(source, target, old, fresh) {
  const [was, now] = [source.slice(old.start, old.end), target.slice(fresh.start, fresh.end)];
  const message = `${was} has become ${now}`;
  const spans = [[[old.start, old.end]], [[fresh.start, fresh.end]]];
  return flag("numbers", "major", message, "accuracy/mistranslation", ...spans);
}

function numberSeverity(word) {
  return rules.numbers.TWO.includes(word.toLowerCase()) ? "minor" : "major";
}

function numberLost(source, { start, end }) {
  const was = source.slice(start, end);
  const message = `${was} is not in the translation`;
  return flag("numbers", numberSeverity(was), message, "accuracy/omission", [[start, end]]);
}

function numberGained(target, { start, end }) {
  const now = target.slice(start, end);
  const message = `${now} is not in the source`;
  return flag("numbers", numberSeverity(now), message, "accuracy/addition", [], [[start, end]]);
}

/** G20 that became G8: the letters stay, the number does not. */
function* changedCodes(source, target) {
  const byName = (text) =>
    new Map(findAll(rules.numbers.CODE, text).map((found) => [`${found[1]} ${found[2]}`, found]));
  const before = byName(source);
  const after = before.size ? byName(target) : new Map();
  const come = [...after].filter(([name]) => !before.has(name)).map(([, found]) => found);
  for (const [name, old] of before) {
    if (after.has(name)) continue;
    const span = ({ index, end }) => ({ start: index, end });
    for (const code of come.filter((code) => code[1] === old[1])) {
      yield numberChanged(source, target, span(old), span(code));
    }
  }
}

/** Louis XVI who became Louis XIV: one numeral is lost, and another stands there. */
function* changedNumerals(source, target) {
  const numerals = (text) =>
    new Map(
      findAll(rules.numbers.NUMERAL, text)
        .filter(([numeral]) => romanValue(numeral))
        .map(({ 0: numeral, index, end }) => [numeral, { start: index, end }]),
    );
  const before = numerals(source);
  const after = before.size ? numerals(target) : new Map();
  const [gone, come] = [
    [before, after],
    [after, before],
  ].map(([these, others]) => [...these].filter(([key]) => !others.has(key)));
  for (let i = 0; i < Math.min(gone.length, come.length); i++) {
    yield numberChanged(source, target, gone[i][1], come[i][1]);
  }
}

function* numberFormatCheck({ source, target }) {
  for (const { 0: figures, index, end } of findAll(rules.numbers.FRENCH_FIGURES, target)) {
    const spaces = new RegExp(`[${rules.quantities.SPACES}]`, "gu");
    const english = figures.replaceAll(",", ".").replace(spaces, ",");
    yield misformatted(figures, english, [index, end]);
  }
  const dotted = findAll(rules.numbers.DOTTED, target);
  const thousands = dotted.length ? findAll(rules.numbers.GROUPED, source) : [];
  const grouped = thousands.map(([figures]) => figures.replace(/\P{Nd}/gu, ""));
  for (const { 0: figures, index, end } of dotted) {
    const [whole, fraction = ""] = figures.split(",");
    if (!grouped.includes(whole.replaceAll(".", ""))) continue;
    const english = whole.replaceAll(".", ",") + (fraction ? `.${fraction}` : "");
    yield misformatted(figures, english, [index, end]);
  }
}

function misformatted(figures, english, span) {
  const message = `${figures} is written ${english} in English`;
  const category = "locale-convention/number-format";
  return flag("number_format", "minor", message, category, [], [span], [english]);
}

/** Pairs of numbers that say the same, for linking them on hover: [source, target] quantities. */
function numberPairs(source, target) {
  const others = numbersIn(target, "english");
  return numbersIn(source, "french").flatMap((here) =>
    others
      .filter((there) => here.values.some((value) => there.values.includes(value)))
      .map((there) => [here, there]),
  );
}
