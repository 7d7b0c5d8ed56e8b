// Numbers compared by value, exactly: whole digits and the places behind the point.

/** The number that figures say: decimal("4.90") is 490 with two places. */
function decimal(figures) {
  const [whole, fraction = ""] = plainDigits(figures).split(".");
  return { digits: BigInt(whole + fraction), places: fraction.length };
}

/** Digits of any script as those of ASCII. */
function plainDigits(text) {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    // Unicode's digits stand in runs of ten, zero first.
    let start = digit.codePointAt(0);
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
    return String((digit.codePointAt(0) - start) % 10);
  });
}

function times(number, factor) {
  return { digits: number.digits * BigInt(factor), places: number.places };
}

/** The number and half of a scale. */
function plusHalf(number, scale) {
  const places = Math.max(number.places, 1);
  const raised = number.digits * 10n ** BigInt(places - number.places);
  return { digits: raised + BigInt(scale) * 5n * 10n ** BigInt(places - 1), places };
}

/** The one spelling under which values are compared. */
function canonical({ digits, places }) {
  if (!places) return String(digits);
  const text = String(digits).padStart(places + 1, "0");
  const fraction = text.slice(-places).replace(/0+$/, "");
  return text.slice(0, -places) + (fraction && `.${fraction}`);
}

function isWhole({ places }) {
  return places === 0;
}
