// What the file holds: lists with an entry for each unit, and the units in blocks of JSON, of
// which one is read when one of its units is looked at.

const review = JSON.parse(find("review").textContent);

// As in index.py.
const [OPENS, FLAGGED, TERMS, UNVERIFIED, REFERENCE, BASELINE, CHECKED, COMMENTED] = [
  1, 2, 4, 8, 16, 32, 64, 128,
];
const STATUS_BITS = 8;
const STATUS_NAMES = ["untouched", "draft", "approved", "rejected"];
const unitCount = review.bits.length;

const documentOf = documentNumbers();
const repeatsOf = new Map(review.repeats.flatMap((group) => group.map((unit) => [unit, group])));

/** The number of each unit's document. */
function documentNumbers() {
  const numbers = new Uint32Array(unitCount);
  let at = 0;
  for (const [document, count] of review.runs) numbers.fill(document, at, (at += count));
  return numbers;
}

const MOST_BLOCKS = 60; // in memory at a time
const blocks = new Map();

/** A unit as it is in the file. */
function unitAt(index) {
  const name = Math.floor(index / review.block);
  let block = blocks.get(name);
  if (block) blocks.delete(name);
  else block = JSON.parse(find(`units-${name}`).textContent).map(unpacked);
  blocks.set(name, block); // the last used is the last in the map
  if (blocks.size > MOST_BLOCKS) blocks.delete(blocks.keys().next().value);
  return block[index % review.block];
}

/** A row of rows.py with its names. */
function unpacked([document, paragraph, start, mark, source, target, more = {}]) {
  const name = review.documents[document].name;
  const id = /^[0-9a-f]{8}$/.test(mark) ? `${name}:${paragraph}:${start}:${mark}` : mark;
  return {
    id,
    document: name,
    paragraph,
    source,
    target,
    origin: more.origin ?? "mt",
    score: more.score,
    quality: more.quality,
    reference: more.reference,
    baseline: more.baseline,
    comment: more.comment ?? "",
    issues: more.issues,
    links: linksOf(more.links ?? []),
    terms: (more.terms ?? []).map((term) => termOf(term, target)),
  };
}

/** [source start, source end, target start, target end] of each link. */
function linksOf(flat) {
  const links = [];
  let [source, target] = [0, 0];
  for (let i = 0; i < flat.length; i += 4) {
    source += flat[i];
    target += flat[i + 2];
    links.push([source, source + flat[i + 1], target, target + flat[i + 3]]);
  }
  return links;
}

function termOf(term, target) {
  const entry = review.entries[term.entry];
  return {
    ...entry,
    ...term,
    required: term.required ?? entry.target,
    admitted: entry.admitted ?? [],
    confidence: term.confidence ?? 1,
    found: term.found && target.slice(...term.found),
    foundAt: term.found,
  };
}
