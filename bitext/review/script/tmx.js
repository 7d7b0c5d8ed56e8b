// TMX 1.4 as bitext.formats.tmx writes it: the source character for character.

// What OmegaT takes off the ends of a segment.
const EDGES = /^[\t-\r\x1c-\x20\xa0\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+|[\t-\r\x1c-\x20\xa0\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+$/g;

/** Pieces of the file, from {id, document, origin, status, score, source, target, comment}. */
function* tmxPieces(units, { signature, version }) {
  yield `<?xml version='1.0' encoding='UTF-8'?>\n<tmx version="1.4">\n`;
  yield `<header creationtool="bitext" creationtoolversion="${xmlAttribute(version)}" segtype="sentence"`;
  yield ` o-tmf="bitext" adminlang="en" srclang="fr" datatype="plaintext">`;
  yield `${prop("x-signature", signature)}</header>\n<body>`;
  for (const unit of units) {
    // A blank side would be inserted as a translation.
    if (unit.source.trim() && unit.target.trim()) yield tmxUnit(unit);
  }
  yield `\n</body>\n</tmx>\n`;
}

function tmxUnit({ id, document, origin, status, score, source, target, comment }) {
  const note = comment ? `<note>${xml(comment)}</note>` : "";
  const props = [
    ["x-document", document],
    ["x-origin", origin],
    ["x-status", status],
    ...(score === undefined ? [] : [["x-score", score.toFixed(4)]]),
  ].map(([kind, text]) => prop(kind, text));
  const sides = [
    ["fr", source],
    ["en", target],
  ].map(([lang, text]) => `<tuv xml:lang="${lang}"><seg>${xml(text.replace(EDGES, ""))}</seg></tuv>`);
  return `\n<tu tuid="${xmlAttribute(id)}">${note}${props.join("")}${sides.join("")}</tu>`;
}

function prop(kind, text) {
  return `<prop type="${kind}">${xml(text)}</prop>`;
}
