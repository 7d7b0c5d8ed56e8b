// XLIFF 1.2, which every CAT tool opens: a <file> for each document.

const XLIFF_STATES = {
  untouched: "needs-review-translation",
  draft: "translated",
  approved: "signed-off",
  rejected: "needs-translation",
};

/** Pieces of the file; the units of a document follow one another. */
function* xliffPieces(units) {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n`;
  yield `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n`;
  let open;
  for (const unit of units) {
    if (unit.document !== open) {
      if (open !== undefined) yield "</body>\n</file>\n";
      open = unit.document;
      yield `<file original="${xmlAttribute(open)}" source-language="fr" target-language="en" datatype="plaintext">\n<body>\n`;
    }
    yield xliffUnit(unit);
  }
  if (open !== undefined) yield "</body>\n</file>\n";
  yield "</xliff>\n";
}

function xliffUnit({ id, status, source, target, comment }) {
  const approved = status === "approved" ? "yes" : "no";
  const note = comment ? `<note from="reviewer">${xml(comment)}</note>` : "";
  return (
    `<trans-unit id="${xmlAttribute(id)}" approved="${approved}" xml:space="preserve">` +
    `<source>${xml(source)}</source>` +
    `<target state="${XLIFF_STATES[status]}">${xml(target)}</target>${note}</trans-unit>\n`
  );
}
