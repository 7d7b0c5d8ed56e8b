// Characters that would be invisible, or would turn the text around, and their names.

// Spaces that do not break, characters without width, direction controls, other controls, and
// halves of surrogate pairs. Joiners (U+200C, U+200D) stay alone: emoji are made with them.
const INVISIBLE =
  /([\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u061c\u200b\u200e\u200f\u202a-\u202f\u2060\u2066-\u2069\ufeff]|\p{Cs})\1*/gu;
const NAMES = {
  __proto__: null,
  "\u00a0": ["nobreak", "NBSP", "no-break space"],
  "\u202f": ["nobreak narrow", "NNBSP", "narrow no-break space"],
  "\u00ad": ["zero", "SHY", "soft hyphen"],
  "\u200b": ["zero", "ZWSP", "zero-width space"],
  "\u2060": ["zero", "WJ", "word joiner"],
  "\ufeff": ["zero", "BOM", "zero-width no-break space"],
  "\u061c": ["control", "ALM", "Arabic letter mark"],
  "\u200e": ["control", "LRM", "left-to-right mark"],
  "\u200f": ["control", "RLM", "right-to-left mark"],
  "\u202a": ["control", "LRE", "left-to-right embedding"],
  "\u202b": ["control", "RLE", "right-to-left embedding"],
  "\u202c": ["control", "PDF", "pop directional formatting"],
  "\u202d": ["control", "LRO", "left-to-right override"],
  "\u202e": ["control", "RLO", "right-to-left override"],
  "\u2066": ["control", "LRI", "left-to-right isolate"],
  "\u2067": ["control", "RLI", "right-to-left isolate"],
  "\u2068": ["control", "FSI", "first strong isolate"],
  "\u2069": ["control", "PDI", "pop directional isolate"],
};
