// Who is who, and who did what to whom: bitext.qa.gender and .swaps.

/** She does not become he, nor he she. */
function* genderCheck({ source, target }) {
  const [she, he] = rules.lists.genders;
  for (const [own, against] of [[she, he], [he, she]]) {
    const pronoun = findFirst(own.pronoun, source);
    const isTold = holds(against.pronoun, source) || holds(against.person, source);
    if (!pronoun || isTold || !holds(own.person, source)) continue;
    const now = findFirst(own.other, target);
    if (!now || holds(own.english, target)) continue;
    const message = `${pronoun[0]} has become ${now[0]}`;
    const spans = [pronoun, now].map(({ index, end }) => [[index, end]]);
    yield flag("gender", "major", message, "accuracy/mistranslation", ...spans);
  }
}

/** Nobody changes places: who beat whom, and from which figure to which. */
function* swappedCheck({ source, target }) {
  yield* turned(source, target);
  for (const [french, english] of rules.swaps.PATTERNS) {
    const was = findFirst(french, source);
    const now = was && findFirst(english, target);
    if (was && now && isCrossed(was, now)) yield swap(was, now);
  }
}

/** A change from one figure to another that is told backwards. */
function* turned(source, target) {
  const byEnds = (pattern, text) =>
    new Map(findAll(pattern, text).map((found) => [endsOf(found).join(" "), found]));
  const { fr, en } = rules.swaps.FROM_TO;
  const before = byEnds(fr, source);
  const after = before.size ? byEnds(en, target) : before;
  for (const [way, was] of before) {
    const back = endsOf(was).reverse().join(" ");
    const now = after.get(back);
    if (now && back !== way && !after.has(way) && !before.has(back)) yield swap(was, now);
  }
}

/** Both figures by value. */
function endsOf([, ...figures]) {
  return figures.map((figures) => readings(figures).map(canonical).join("|"));
}

/** Whether who did it in the source has it done to him in the translation. */
function isCrossed([, doer, other], [, newDoer, newOther]) {
  const [olds, news] = [
    [doer, other].map(inEnglish),
    [newDoer, newOther].map((names) => new Set(partsOf(names))),
  ];
  const isShared = (names, others) => names.some((name) => others.has(name));
  return (
    isShared(olds[0], news[1]) && isShared(olds[1], news[0]) && !isShared(olds[0], news[0])
  );
}

function partsOf(names) {
  const isArticle = (name) => rules.swaps.ARTICLES.includes(name.toLowerCase());
  return (names.match(/\S+/gu) ?? []).filter((name) => !isArticle(name));
}

/** The parts of a name, those of places as English calls them, too. */
function inEnglish(names) {
  const { places } = rules.lists;
  const parts = partsOf(names);
  const known = parts.filter((name) => Object.hasOwn(places, name));
  return [...parts, ...known.map((name) => places[name])];
}

function swap(was, now) {
  const message = `${was[0]} has been turned round: ${now[0]}`;
  const spans = [was, now].map(({ index, end }) => [[index, end]]);
  return flag("swapped", "major", message, "accuracy/mistranslation", ...spans);
}
