// The checks by their names, and a unit through all of them in the order of the command line.

const CHECKS = {
  __proto__: null,
  empty: emptyCheck,
  terms: termsCheck,
  over_applied: overAppliedCheck,
  numbers: numbersCheck,
  number_format: numberFormatCheck,
  measures: measuresCheck,
  calendar: calendarCheck,
  names: namesCheck,
  acronyms: acronymsCheck,
  untranslated: untranslatedCheck,
  repeated: repeatedCheck,
  length: lengthCheck,
  addresses: addressesCheck,
  placeholders: placeholdersCheck,
  emoji: emojiCheck,
  negation: negationCheck,
  opposites: oppositesCheck,
  gender: genderCheck,
  swapped: swappedCheck,
  quotes: quotesCheck,
  brackets: bracketsCheck,
  final_mark: finalMarkCheck,
  capitals: capitalsCheck,
  spacing: spacingCheck,
  characters: charactersCheck,
};

// A text longer than any sentence is left to the command line: it may take a browser seconds.
const MOST_CHECKED = 20_000;

/** The flags of {source, target, terms, origin, status}. */
function checked(unit) {
  if (unit.source.length + unit.target.length > MOST_CHECKED) return [];
  return rules.checks.flatMap((name) => (CHECKS[name] ? [...CHECKS[name](unit)] : []));
}
