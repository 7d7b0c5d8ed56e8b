// What the reviewer takes away: the edits, to be merged by `bitext review import`, or the whole
// text in a format of other tools. Nothing is sent: the browser saves a file.

const EXPORTS = [
  ["edits", "json", "Edits", "What you have done here, for “bitext review import”.", editsPieces],
  ["corpus", "tmx", "TMX", "Translation memory, with the status of each segment.", tmxOfPage],
  ["corpus", "xlf", "XLIFF", "For CAT tools that open bilingual files.", () => xliffPieces(chosenUnits())],
  ["corpus", "tsv", "TSV", "A table for scripts.", () => tsvPieces(chosenUnits())],
];

/** A unit as it is now. */
function finishedUnit(unit) {
  const { id, document, origin, score, source } = unitAt(unit);
  const target = targetOf(unit);
  const own = isEdited(unit);
  return {
    id,
    document,
    origin: own ? "human" : origin,
    status: statusOf(unit),
    score: own ? undefined : score,
    source,
    target,
    comment: commentOf(unit),
  };
}

function* chosenUnits() {
  const onlyApproved = find("approved-only").checked;
  for (const { unit } of rowItems) {
    if (!onlyApproved || statusOf(unit) === "approved") yield finishedUnit(unit);
  }
}

function tmxOfPage() {
  return tmxPieces(chosenUnits(), { signature: review.signature, version: review.version });
}

/** The edits as edits.py reads them: each with the texts that it was made on. */
function* editsPieces() {
  const head = { bitext_edits: 1, page: review.key, title: review.title, signature: review.signature };
  const dismissed = recordOf(EVERYWHERE).dismissed ?? [];
  const opening = JSON.stringify({ ...head, dismissed_everywhere: dismissed });
  yield `${opening.slice(0, -1)},"edits":[`;
  let comma = "\n";
  for (const { unit } of rowItems) {
    if (!records.has(unit)) continue;
    const { id, document, source, target } = unitAt(unit);
    yield comma + JSON.stringify({ id, document, source, before: target, ...records.get(unit) });
    comma = ",\n";
  }
  yield "\n]}\n";
}

function download(name, pieces) {
  const url = URL.createObjectURL(new Blob([...pieces], { type: "application/octet-stream" }));
  const link = element("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function openExport() {
  closeEditor();
  save();
  const touched = [...records.keys()].filter((unit) => unit !== EVERYWHERE).length;
  find("export-about").textContent = `${plural(touched, "segment")} touched of ${number(unitCount)}.`;
  find("export").showModal();
}

function prepareExports() {
  const stem = review.title.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "review";
  for (const [kind, suffix, name, about, pieces] of EXPORTS) {
    const save = button("plain", name, () => download(`${stem}.${kind}.${suffix}`, pieces()));
    save.dataset.export = suffix;
    find("exports").append(element("li", "", save, element("span", "", about)));
  }
  find("export-button").addEventListener("click", openExport);
}
