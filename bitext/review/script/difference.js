// What changed between two texts, word by word.

const MOST_COMPARED = 400_000; // table cells: beyond, both middles are shown whole

/** Word-level difference: a list of ["same" | "gone" | "new", text]. */
function difference(before, after) {
  // A space goes with the word before it, so that a changed phrase stays in one piece.
  const [a, b] = [before, after].map((text) => text.match(/([\p{L}\p{N}’'-]+|.)\s*/gsu) ?? []);
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  const room = Math.min(a.length, b.length) - head;
  while (tail < room && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [gone, fresh] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const parts = [["same", a.slice(0, head).join("")]];
  for (const [kind, token] of compared(gone, fresh)) {
    if (parts.at(-1)[0] === kind) parts.at(-1)[1] += token;
    else parts.push([kind, token]);
  }
  parts.push(["same", a.slice(a.length - tail).join("")]);
  return parts.filter(([, text]) => text);
}

/** Longest common subsequence of two token lists. */
function compared(a, b) {
  const width = b.length + 1;
  if ((a.length + 1) * width > MOST_COMPARED) {
    return [
      ["gone", a.join("")],
      ["new", b.join("")],
    ];
  }
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const parts = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) (parts.push(["same", a[i]]), i++, j++);
    else if (
      j === b.length ||
      (i < a.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
    )
      parts.push(["gone", a[i++]]);
    else parts.push(["new", b[j++]]);
  }
  return parts;
}
