// The page's items in order: each document's heading, then its segments, with every dropped
// stretch where it stood. An item is {kind, document, height} and, of a segment, unit and number.

const items = madeItems();
const rowItems = items.filter((item) => item.kind === "row");
const itemOf = new Map(rowItems.map((item) => [item.unit, item]));

function madeItems() {
  const units = review.documents.map(() => []);
  for (let unit = 0; unit < unitCount; unit++) units[documentOf[unit]].push(unit);
  const made = [];
  let number = 0;
  review.documents.forEach(({ drops }, document) => {
    const own = units[document];
    if (!own.length && !drops.length) return;
    const words = own.reduce((sum, unit) => sum + review.words[unit], 0);
    made.push({ kind: "heading", document, size: { segments: own.length, words } });
    let next = 0;
    for (const unit of own) {
      for (; next < drops.length && drops[next].before === unit; next++) {
        made.push({ kind: "drop", document, drop: drops[next] });
      }
      made.push({ kind: "row", document, unit, number: ++number });
    }
    for (; next < drops.length; next++) made.push({ kind: "drop", document, drop: drops[next] });
  });
  return made;
}

const MAKERS = { heading: headingElement, row: rowElement, drop: dropElement };
