// Texts as a search sees them.

const plainLetters = new Map();

/** For searching: lower case, no accents, plain apostrophes and spaces; of the same length. */
function fold(text) {
  const lower = text.toLowerCase();
  return (lower.length === text.length ? lower : text).replace(/[^\0-\x7f]/g, plainLetter);
}

function plainLetter(letter) {
  let plain = plainLetters.get(letter);
  if (plain === undefined) {
    const parts = letter.normalize("NFD");
    if (/^[a-z]\p{M}+$/u.test(parts)) plain = parts[0];
    else if (/\s/.test(letter)) plain = " ";
    else plain = letter === "’" ? "'" : letter;
    plainLetters.set(letter, plain);
  }
  return plain;
}
