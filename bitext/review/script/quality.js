// The flags of a unit as it is now: the file's, or those of the checks run again on an edit,
// without what was dismissed and with the reviewer's own marks.

const rechecked = new Map(); // unit -> {target, issues}

function issueKey({ check, message }) {
  return `${check}: ${message}`;
}

/** The checks' flags, dismissed ones too. */
function foundIssues(unit) {
  const { issues } = unitAt(unit);
  if (!isEdited(unit)) return issues ?? [];
  const target = targetOf(unit);
  const kept = rechecked.get(unit);
  if (kept?.target === target) return kept.issues;
  // What a person marked in an earlier round stays; a check that only the command line has
  // says nothing about the new text.
  const own = (issues ?? []).filter(({ check }) => check === rules.reviewer);
  const found = [...checked({ ...unitAt(unit), target, origin: "human" }), ...own];
  rechecked.set(unit, { target, issues: found });
  return found;
}

function isDismissed(unit, issue) {
  const key = issueKey(issue);
  return [unit, EVERYWHERE].some((at) => recordOf(at).dismissed?.includes(key));
}

/** The flags that stand. */
function issuesOf(unit) {
  return foundIssues(unit).filter((issue) => !isDismissed(unit, issue));
}

function dismissedIn(unit) {
  return foundIssues(unit).filter((issue) => isDismissed(unit, issue));
}

/** Whether the unit has a flag now; looks into it only where the file's list is not enough. */
function isFlagged(unit) {
  if (recordOf(unit).marks?.length) return true;
  const isOpen = records.has(unit) || records.has(EVERYWHERE);
  const flagged = Boolean(review.bits[unit] & FLAGGED);
  return isOpen && (flagged || isEdited(unit)) ? issuesOf(unit).length > 0 : flagged;
}

/** A unit's terms as they stand in its present target. */
function termsOf(unit) {
  const { terms, source, target: first } = unitAt(unit);
  const target = targetOf(unit);
  return target === first ? terms : judgedTerms(terms, target, source);
}
