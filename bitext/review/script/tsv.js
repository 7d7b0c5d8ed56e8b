// Tab-separated text as bitext.formats.tsv writes it.

const TSV_COLUMNS = ["id", "document", "origin", "status", "score", "source", "target"];
const TSV_ESCAPES = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\" };

function* tsvPieces(units) {
  yield `${TSV_COLUMNS.join("\t")}\n`;
  for (const unit of units) {
    const cells = TSV_COLUMNS.map((column) => String(unit[column] ?? ""));
    yield `${cells.map(tsvCell).join("\t")}\n`;
  }
}

function tsvCell(text) {
  return text.replace(/\p{Cs}/gu, "\ufffd").replace(/[\t\n\r\\]/g, (found) => TSV_ESCAPES[found]);
}
