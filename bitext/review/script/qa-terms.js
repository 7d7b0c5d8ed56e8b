// Glossary terms, each occurrence rendered by words of its own: bitext.qa.terms.

/** What enforcement made of a term; without it, what the match says of itself. */
function outcomeOf({ outcome, confidence }) {
  if (outcome !== "unchecked") return outcome;
  return confidence >= rules.sure ? "right" : "ambiguous";
}

function* termsCheck({ source, target, terms, origin, status }) {
  const taken = new Array(target.length).fill(false);
  const longestFirst = [...terms].sort((a, b) => characters(b.required) - characters(a.required));
  for (const term of longestFirst) {
    const outcome = outcomeOf(term);
    if (outcome === "shadowed" || outcome === "ambiguous") continue;
    if (term.kind === "forbidden") {
      for (const phrase of [term.target, ...term.admitted]) {
        const message = `${phrase} is forbidden here`;
        for (const span of placesOf(phrase, target)) yield termFlag(term, message, "critical", span);
      }
    } else if (outcome === "unenforced" && origin !== "human" && status !== "approved") {
      const why = term.reason ? ` (${term.reason})` : "";
      yield termFlag(term, `should be ${term.required}${why}`);
    } else {
      const found = renderingOf(term, source, target, taken);
      if (found.problem) yield termFlag(term, found.problem, found.severity, found.span);
    }
  }
}

function termFlag(term, problem, severity = "major", span = null) {
  const message = `${term.source}: ${problem}`;
  return flag("terms", severity, message, "terminology", [term.at], span ? [span] : []);
}

/** A rendering that no other occurrence has taken: {span} or {problem, severity, span}. */
function renderingOf(term, source, target, taken) {
  const phrases = [term.required, ...term.admitted];
  const spans = phrases.flatMap((phrase) => placesOf(phrase, target));
  const isFree = (span) => !taken.slice(...span).includes(true);
  while (spans.length && !isFree(spans[0])) spans.shift();
  if (!spans.length) {
    const span = term.kind === "dnt" ? undefined : speltOtherwise(term.required, target).find(isFree);
    if (!span) return { problem: `should be ${term.required}` };
    taken.fill(true, ...span);
    return { problem: `should be ${term.required}, in this spelling`, severity: "minor", span };
  }
  const best = spans.find((span) => keepsCase(term, source, target, span) && isFree(span));
  taken.fill(true, ...(best ?? spans[0]));
  if (best) return { span: best };
  const severity = term.kind === "dnt" ? "major" : "minor";
  const problem = `should be ${term.required}, with these capitals`;
  return { problem, severity, span: spans[0] };
}

/** Where a phrase stands as the other side of the sea spells it: bitext.glossary.variants. */
function speltOtherwise(phrase, text) {
  const words = findAll(rules.variants.WORD, text);
  return [...numbersOf(phrase)].sort().flatMap((form) => {
    const wanted = (form.match(rules.variants.WORD) ?? []).map(american);
    const runs = wanted.length ? words.map((_, at) => words.slice(at, at + wanted.length)) : [];
    return runs
      .filter((run) => run.map(([word]) => american(word)).join(" ") === wanted.join(" "))
      .map((run) => [run[0].index, run.at(-1).end])
      .filter((span) => text.slice(...span).toLowerCase() !== form.toLowerCase());
  });
}

/** What both spellings of an English word share. */
function american(word) {
  const spell = (text, [british, other]) => text.replace(british, other);
  return rules.variants.RULES.reduce(spell, word.toLowerCase());
}

/** A name keeps its letters, or has those of the source; a term keeps its capitals. */
function keepsCase(term, source, target, span) {
  const found = target.slice(...span);
  if (term.kind === "dnt") {
    return [term.required, source.slice(...term.at), ...term.admitted].includes(found);
  }
  const letters = [...found];
  return ![...term.required].some(
    (wanted, i) => /\p{Lu}/u.test(wanted) && /\p{Ll}/u.test(letters[i] ?? ""),
  );
}

/** The terms with what has become of them in a text that a person wrote. */
function judgedTerms(terms, target, source) {
  const taken = new Array(target.length).fill(false);
  const judged = new Map();
  for (const term of [...terms].sort((a, b) => characters(b.required) - characters(a.required))) {
    const plain = { ...term, found: undefined, foundAt: undefined, before: "", how: "", reason: "" };
    const outcome = outcomeOf(term);
    if (outcome === "shadowed" || outcome === "ambiguous" || term.kind === "forbidden") {
      judged.set(term, plain);
      continue;
    }
    const { span, problem } = renderingOf(term, source, target, taken);
    const found = span && target.slice(...span);
    const reason = problem ?? "";
    judged.set(term, { ...plain, outcome: problem ? "unenforced" : "right", foundAt: span, found, reason });
  }
  return terms.map((term) => judged.get(term));
}

const phrasePatterns = new Map();
const MOST_PATTERNS = 4096;

/** Where a phrase stands as whole words, in the singular or the plural, in any case. */
function placesOf(phrase, text) {
  if (!phrasePatterns.has(phrase)) {
    if (phrasePatterns.size >= MOST_PATTERNS) phrasePatterns.clear();
    phrasePatterns.set(phrase, phrasePattern(phrase));
  }
  return findAll(phrasePatterns.get(phrase), text).map(({ index, end }) => [index, end]);
}

function phrasePattern(phrase) {
  const at = phrase.indexOf(" of ");
  const forms = numbersOf(phrase);
  // "terms of service": the head stands before "of".
  if (at >= 0) for (const head of numbersOf(phrase.slice(0, at))) forms.add(head + phrase.slice(at));
  else for (const form of numbersOf(phrase)) forms.add(form);
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const written = [...forms].map((form) => form.split(/[\s-]+/).map(escaped).join("[\\s\\-]+"));
  const longestFirst = written.sort((a, b) => b.length - a.length).join("|");
  const quoted = longestFirst.replace(/['’]/g, "['’]");
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${quoted})(?![\\p{L}\\p{N}_])`, "giu");
}

/** A phrase in the singular and the plural of its last word. */
function numbersOf(phrase) {
  const start = Math.max(phrase.lastIndexOf(" "), phrase.lastIndexOf("-")) + 1;
  const [before, word] = [phrase.slice(0, start), phrase.slice(start)];
  return new Set([phrase, ...[...irregular(word), ...regular(word)].map((form) => before + form)]);
}

/** The other number of a word, as far as it is in the table or ends as one does. */
function irregular(word) {
  const { OTHER_NUMBER, PERSONS, COMPOUND, NO_MEN } = rules.terms;
  const small = word.toLowerCase();
  const forms = Object.hasOwn(OTHER_NUMBER, small) ? [OTHER_NUMBER[small]] : [];
  const found = findFirst(PERSONS, small);
  const ends = found ? ["person", "persons", "people"] : [];
  if (!found && holds(COMPOUND, small) && !holds(NO_MEN, small)) {
    forms.push(word.slice(0, -3) + OTHER_NUMBER[small.slice(-3)]);
  }
  return [...forms, ...ends.map((form) => word.slice(0, found.index) + form)];
}

/** The other number of a word by rule. */
function regular(word) {
  const small = word.toLowerCase();
  if (/[^aeiou]ies$/.test(small)) return [`${word.slice(0, -3)}y`];
  if (/(?:[sx]|z|ch|sh)es$/.test(small)) return [word.slice(0, -2), word.slice(0, -1)];
  if (/(?:ss|us|is|[xz]|ch|sh)$/.test(small)) return [`${word}es`];
  if (small.endsWith("s")) return [word.slice(0, -1)];
  return [/[^aeiou]y$/.test(small) ? `${word.slice(0, -1)}ies` : `${word}s`];
}

function* overAppliedCheck({ source, target, terms }) {
  const entries = new Map();
  for (const term of terms.filter(({ kind }) => kind === "dnt")) {
    if (!entries.has(term.entry)) entries.set(term.entry, []);
    entries.get(term.entry).push(term);
  }
  for (const own of entries.values()) {
    const [{ source: word, target: name }] = own;
    const stands = namesIn(name, target);
    const sure = own.filter((term) => outcomeOf(term) !== "ambiguous").length;
    const allowed = Math.max(sure, namesIn(name, source).length);
    if (stands.length <= allowed) continue;
    const extra = stands.slice(allowed);
    const words = placesOf(word, source).length;
    const severity = sure && words <= sure ? "minor" : "major";
    const message = `${name} stands ${extra.length} times more than in the source`;
    yield flag("over_applied", severity, message, "terminology", [], extra);
  }
}

/** Where a name stands letter for letter, as a word of its own. */
function namesIn(name, text) {
  const isWord = (character) => /[\p{L}\p{N}_]/u.test(character ?? "");
  const found = [];
  for (let at = text.indexOf(name); name && at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (!isWord(text[at - 1]) && !isWord(text[end])) found.push([at, end]);
  }
  return found;
}
