// Read the numbers of a sentence by value, in figures or in words: bitext.qa.reader, step by step.
//
// A quantity is {start, end, values, parts, also, needed}, as bitext.qa.quantities has it.

/** What figures can mean: a lone dot or comma before three digits is read both ways. */
function readings(figures) {
  const { GROUPED, SIMPLE, LONGEST } = rules.quantities;
  if (figures.length > LONGEST) return [];
  if (/^\p{Nd}+$/u.test(figures)) return [decimal(figures)];
  const grouped = matchWhole(GROUPED, figures);
  if (grouped && figures[0] !== "0") {
    const [, whole, separator, fraction] = grouped;
    const digits = whole.replaceAll(separator, "");
    if (fraction) return [decimal(`${digits}.${fraction}`)];
    if (".,".includes(separator) && whole.split(separator).length === 2) {
      return [decimal(digits), decimal(whole.replace(",", "."))];
    }
    return [decimal(digits)];
  }
  return matchWhole(SIMPLE, figures) ? [decimal(figures.replace(",", "."))] : [];
}

/** The value of a Roman numeral; 0 if it is none. */
function romanValue(numeral) {
  const values = [...numeral].map((digit) => rules.quantities.ROMAN_DIGITS[digit]);
  const total = values.reduce(
    (sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value),
    0,
  );
  let [written, left] = ["", total];
  for (const [value, digits] of rules.quantities.ROMAN_STEPS) {
    while (left >= value) [written, left] = [written + digits, left - value];
  }
  return written === numeral ? total : 0;
}

/** The numbers of a text, in its order. */
function quantities(text, language) {
  const reader = new Reader(text, language);
  const found = [];
  let [at, finished, before] = [0, 0, null];
  while (at < reader.tokens.length) {
    const run = reader.tokens[at].start >= finished ? reader.run(at) : null;
    const quantity = run ? reader.described(run) : reader.hint(at, finished);
    if (run && before && matchWhole(rules.reader.RANGE, text.slice(before.end, run.start))) {
      found.push(likeTheNext(found.pop(), before, reader.scale(run)));
    }
    if (quantity) {
      found.push(quantity);
      finished = quantity.end;
    }
    before = run;
    at = run ? run.after : at + 1;
  }
  return found;
}

/** Whether there may be a number in a text that needs a counterpart. */
function tellsAny(text, language) {
  if (holds(rules.reader.DIGIT, text) || holds(rules.reader.ROMAN_ORDINAL, text)) return true;
  const { telling } = LANGUAGES[language]();
  return (text.toLowerCase().match(rules.reader.WORD) ?? []).some((word) => telling.has(word));
}

/** Read the 3 of "3 ou 4 millions" as three million too. */
function likeTheNext(quantity, first, scale) {
  if (scale === 1 || first.scale !== 1) return quantity;
  const scaled = first.numbers.map((number) => canonical(times(number, scale)));
  return { ...quantity, values: [...quantity.values, ...scaled] };
}

/** Number words as they add up: "deux cent mille" is (2 x 100) x 1000. */
class Sum {
  total = 0;
  group = 0;

  get value() {
    return this.total + this.group;
  }

  /** Add a small number if a language would: 60 + 12 and 20 + 1, not 3 + 2. */
  add(number) {
    const held = this.group % 100;
    const fits =
      number < 10
        ? held === 0 || (held >= 20 && held % 10 === 0)
        : held === 0 || (number < 20 && (held === 60 || held === 80));
    if (fits) this.group += number;
    return fits;
  }

  multiply(scale) {
    if (scale === 100) {
      if (this.group >= 100) return false;
      this.group = (this.group || 1) * 100;
    } else if (0 < this.total && this.total < scale) {
      [this.total, this.group] = [this.value * scale, 0];
    } else {
      [this.total, this.group] = [this.total + (this.group || 1) * scale, 0];
    }
    return true;
  }
}

/** The tokens of a text that may say a number, and the numbers that start at them. */
class Reader {
  constructor(text, language) {
    this.text = text;
    this.lexicon = LANGUAGES[language]();
    this.tokens = [];
    this.keys = [];
    let small = text.toLowerCase();
    if (small.length !== text.length) small = text;
    for (const { 0: token, index, end } of findAll(this.lexicon.TOKEN, small)) {
      const isWord = /^\p{L}+$/u.test(token);
      const key = isWord ? token : token.replace(rules.reader.SEPARATORS, "-");
      if (
        this.lexicon.known.has(key) ||
        /^\p{Nd}/u.test(key) ||
        text[index] in rules.quantities.ROMAN_DIGITS
      ) {
        this.tokens.push({ text: token, start: index, end });
        this.keys.push(key);
      }
    }
  }

  /** What to look the token up by; "" if it does not directly follow the one before. */
  key(at) {
    if (at >= this.tokens.length) return "";
    const [end, start] = [this.tokens[at - 1].end, this.tokens[at].start];
    const between = this.text.slice(end, start);
    return !between || matchWhole(rules.reader.SEPARATORS, between) ? this.keys[at] : "";
  }

  /** The longest number that starts with the token; null if none does. */
  run(at) {
    const key = this.keys[at];
    if (/^\p{Nd}/u.test(key)) return this.figures(at);
    return this.lexicon.words.has(key) || this.lexicon.scales.has(key) ? this.words(at) : null;
  }

  figures(first) {
    const token = this.tokens[first];
    let [after, scale, factor] = [first + 1, 1, 0];
    // From a thousand on: "50 cents" is money.
    while ((factor = this.lexicon.scales.get(this.key(after)) ?? 0) > 100) {
      scale *= factor;
      after++;
    }
    const numbers = readings(token.text).map((number) => times(number, scale));
    // G20, A380: part of a name, which may be told otherwise ("Group of Twenty").
    const needed = token.start === 0 || !/\p{L}/u.test(this.text[token.start - 1]);
    return { start: token.start, end: this.tokens[after - 1].end, after, numbers, scale, needed };
  }

  words(first) {
    const { words, scales } = this.lexicon;
    const summed = new Sum();
    let [at, key, scale] = [first, this.keys[first], 1];
    while (key) {
      let fits;
      if (scales.has(key)) {
        fits = summed.multiply(scales.get(key));
        if (fits) scale = scales.get(key);
      } else fits = words.has(key) && summed.add(words.get(key));
      if (!fits) break;
      at++;
      key = this.key(at);
    }
    const [start, end] = [this.tokens[first].start, this.tokens[at - 1].end];
    const needed = this.counts(first, at) && !this.isInName(start, end);
    const numbers = [{ digits: BigInt(summed.value), places: 0 }];
    return { start, end, after: at, numbers, scale, needed };
  }

  /** Whether the words are more than "one", or than a scale that follows no number. */
  counts(first, after) {
    const key = this.keys[first];
    return after > first + 1 || this.lexicon.alone.has(key) || (this.lexicon.words.get(key) ?? 1) > 1;
  }

  /** Whether a capital that does not open a sentence makes a name of it ("les Quinze"). */
  isInName(start, end) {
    const word = this.text.slice(start, end);
    const isCapital = /^\p{Lu}/u.test(word) && word !== word.toUpperCase();
    return isCapital && !endsWith(rules.reader.SENTENCE_START, this.text, start, 8);
  }

  /** What a number is multiplied by, in full or, where that is sure, in short. */
  scale(run) {
    const { lexicon, text } = this;
    const short = lexicon.scaled(text, run) && matchAt(lexicon.SHORT_SCALE, text, run.end);
    if (!short) return run.scale;
    const sizes = lexicon.SHORT_SCALES;
    return sizes[short[1]] ?? sizes[short[1].toLowerCase()] ?? 1;
  }

  /** The run with all that its surroundings make of it. */
  described(run) {
    if (!run.numbers.length) return this.coded(run);
    const { lexicon, text } = this;
    let [end, parts] = [run.end, []];
    let values = lexicon.scaled(text, run) ? [] : run.numbers.map(canonical);
    const clock = lexicon.clock(text, run);
    if (clock) ({ end, values, parts } = clock);
    else values.push(...this.beside(run), ...lexicon.extra(text, run));
    const also = run.scale >= 10 ** 6 ? [`scale:${run.scale}`] : [];
    if (also.length && lexicon.alone.has(text.slice(run.start, run.end).toLowerCase())) {
      values = [...also]; // "des millions": no number, but the size is to be kept.
    }
    const needed = run.needed && !lexicon.optional(text, run);
    return { start: run.start, end, values, parts, also, needed };
  }

  /** Readings that come from the words around: two dozen, two and a half, 9/11. */
  *beside(run) {
    const unit = this.lexicon.units.get(this.key(run.after));
    if (unit) yield* run.numbers.map((number) => canonical(times(number, unit)));
    const half = matchAt(this.lexicon.HALF, this.text, run.end);
    if (half) {
      const factor = this.lexicon.scales.get(half.groups.scale ?? "") ?? 1;
      yield* run.numbers.map((number) => canonical(times(plusHalf(number, run.scale), factor)));
    }
    if (/\p{Nd}/u.test(this.text[run.start]) && run.end - run.start <= 2) yield* this.dated(run);
  }

  /** One or two figures as a part of a date: a month in 9/11, a year in '68. */
  *dated({ start, end }) {
    const value = Number(plainDigits(this.text.slice(start, end)));
    const isSlashed = this.text[start - 1] === "/" || this.text[end] === "/";
    if (value <= 12 && isSlashed) yield `month:${value}`;
    if (end - start === 2) {
      const year = String(value).padStart(2, "0");
      yield* [`19${year}`, `20${year}`];
    }
  }

  /** A word that may stand for a number, or a Roman numeral. */
  hint(at, finished) {
    const { start, end } = this.tokens[at];
    if (start < finished) return null;
    const plain = { start, end, parts: [], also: [] };
    const hinted = this.lexicon.hints.get(this.keys[at]);
    if (hinted?.length) return { ...plain, values: hinted, needed: false };
    const roman = matchWhole(rules.quantities.ROMAN, this.text.slice(start, end));
    const value = roman && romanValue(roman[1]);
    // "XXe" is a number wherever it stands; "XIV" is a name's and stays as it is.
    return value ? { ...plain, values: [String(value)], needed: Boolean(roman[2]) } : null;
  }

  /** 12.05.2012, 1.1.2, 2:21.31: the same, or its parts (of a date, the month may be a name). */
  coded({ start, end }) {
    const digits = plainDigits(this.text.slice(start, end)).match(/\d+/g) ?? [];
    const parts = digits.map((part) => part.replace(/^0+/, "") || "0");
    const values = [parts.join(".")];
    const isDate = parts.length === 3 && [parts[0], parts[2]].some((part) => part.length === 4);
    if (isDate && rules.reader.MONTH_NUMBERS.includes(parts[1])) {
      values.push(`month:${parts.splice(1, 1)}`);
    }
    return { start, end, values, parts, also: [], needed: true };
  }
}
