// A country, a town, a firm, a people or a first name that has become another: bitext.qa.exchanges.

/** Each name of the source that has become another one of its kind. */
function* exchanges(source, target) {
  for (const name of rules.exchanges.KINDS) yield* exchanged(source, target, name);
}

/** The one name of a kind that is lost, if there is one gained. */
function* exchanged(source, target, name) {
  const kind = rules.lists.kinds[name];
  const isSmall = name === "peoples";
  const { countries } = rules.lists.kinds;
  const words = findAll(kind.source, source).filter(
    ([word]) => !isSmall || !Object.hasOwn(countries.english, word),
  );
  const before = new Map(words.map((found) => [isSmall ? found[0].toLowerCase() : found[0], found]));
  const here = [...before.keys()].filter((one) => Object.hasOwn(kind.english, one));
  if (!here.length) return;
  const after = new Map(findAll(kind.target, target).map((found) => [found[0], found]));
  const ours = new Set([...here.flatMap((one) => kind.english[one]), ...before.keys()]);
  const others = name === "acronyms" ? source : withoutNames(source, here);
  const gained = [...after.keys()].filter(
    (one) =>
      Object.hasOwn(kind.french, one) &&
      !ours.has(one) &&
      !isHinted(name, [one, ...kind.french[one]], others),
  );
  if (gained.length !== 1) return;
  const rest = target.replaceAll(gained[0], "");
  const lost = here.filter(
    (one) =>
      ![one, ...kind.english[one]].some((other) => after.has(other)) &&
      !isHinted(name, [...kind.english[one], one], rest),
  );
  if (lost.length !== 1) return;
  // Catherine may be Katherine, and Jean John.
  if (name === "given" && plainName(lost[0])[0] === plainName(gained[0])[0]) return;
  const [was, now] = [before.get(lost[0]), after.get(gained[0])];
  const message = `${was[0]} has become ${now[0]}`;
  const spans = [was, now].map(({ index, end }) => [[index, end]]);
  const fixes = kind.english[lost[0]].slice(0, 1);
  yield flag("names", "major", message, "accuracy/mistranslation", ...spans, fixes);
}

/** A text in small letters without some names, so that none hints at a name like it. */
function withoutNames(text, names) {
  return names.reduce((low, name) => low.replaceAll(plainName(name), ""), plainName(text));
}

/** Whether a text may speak of it in other words: the French, for France; United Nations. */
function isHinted(name, names, text) {
  const { STEM, DEMONYMS } = rules.exchanges;
  const { near } = rules.lists.kinds[name];
  const low = plainName(text);
  const isIn = (hint) => low.includes(hint);
  if (names.some((one) => (near[one] ?? []).some(isIn))) return true;
  if (name === "acronyms") return names.some((one) => initialsOf(one).test(text));
  const stems = names.map((one) => [...plainName(one)].slice(0, STEM).join(""));
  const people = names.flatMap((one) => DEMONYMS[one] ?? []);
  return [...stems, ...people].some(isIn);
}

/** A pattern for words that an acronym may stand for: "Union européenne", small ones between. */
function initialsOf([first, ...rest]) {
  const word = "[\\p{L}\\p{N}_]";
  const between = `(?:(?!${word})[^])+(?:${word}+(?:(?!${word})[^])+){0,2}?`;
  const letters = [first, ...rest.map((letter) => `[${letter}${letter.toLowerCase()}]`)];
  const words = letters.map((letter) => `(?<!${word})${letter}${word}*`);
  return new RegExp(words.join(between), "u");
}
