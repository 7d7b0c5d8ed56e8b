// What has become its contrary, before that became after: bitext.qa.opposites.

function* oppositesCheck({ source, target }) {
  const { LONGEST, DENIED_SOURCE, DENIED_TARGET } = rules.opposites;
  const { french, kin } = rules.lists.opposites;
  if (Math.max(characters(source), characters(target)) > LONGEST) return;
  if (holds(DENIED_SOURCE, source) || holds(DENIED_TARGET, target)) return;
  const before = membersIn(french, source);
  for (const [name, was] of before) {
    const { members, english, broadly } = kin[name];
    const isAlone = members.filter((member) => before.has(member)).length === 1;
    if (!isAlone || holds(broadly, target)) continue;
    const after = [...membersIn(english, target).values()];
    if (after.length !== 1) continue;
    const message = `${was[0]} has become ${after[0][0]}`;
    const spans = [was, after[0]].map(({ index, end }) => [[index, end]]);
    yield flag("opposites", "major", message, "accuracy/mistranslation", ...spans);
  }
}

/** What of some members stands in a text, the last of each. */
function membersIn(pattern, text) {
  return new Map(findAll(pattern, text).map((found) => [measureOf(found.groups), found]));
}
