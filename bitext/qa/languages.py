"""The language of what should be English, where it is another one."""

import re
from collections.abc import Sequence

# Words of grammar by which other languages are told from English, and English from them. What
# the source has as well is French, or a name.
LANGUAGES = {
    "German": "der die das und ist nicht ein eine einen einem einer mit auf für von dem den des "
    "sich auch ich sie wir zu im als wird werden sind haben bei nach oder aber nur noch wie vor "
    "zur zum kann über unter ihr ihre ihren ihrem ihrer unser unsere unseren bis viele vielen "
    "bitte kein keine wenn dass vom aus",
    "Spanish": "el los las que en una con para del por es se su sus más pero como está son muy "
    "este esta y lo al sobre también hay ya cuando ni nos usted sí o desde hasta entre tiene",
    "Italian": "il gli che di una per con non sono è della del nel questo più anche ha dei alla "
    "alle e delle degli dal dalla nella sul lo ed si ma ci loro suo sua questa quando viene "
    "essere",
    "Portuguese": "os um uma não com para da em é são mais por dos ao foi isso pelo pela nos nas "
    "seu sua você está muito também como das ou quando tem o e",
    "Dutch": "de het een en van niet op met voor dat zijn te aan ook maar wordt deze uw bij naar "
    "uit er als om dit hebben kan geen wij",
    "French": "une est dans et que qui pour pas il elle avec sur ce ne les aux ont sont cette "
    "nous vous mais très sans ces ses",
}
# Letters that these have and French has not.
LETTERS = {
    "German": "äöüß", "Spanish": "ñ¿¡áíóú", "Italian": "ìòù", "Portuguese": "ãõáíóú", "Dutch": "",
    "French": "",
}  # fmt: skip
PLAIN = frozenset(
    "the of and to are were for with that this it by from at he she they we you not have has be "
    "his her their but or is".split()
)
# Words of a text of which the language can be told, and how many for each that tells it.
FEWEST, FOR_EACH = 4, 5
# Letters of other scripts; Vietnamese ones are Latin.
SCRIPT = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2e80-\ud7ff]")
LETTER = re.compile(r"[^\W\d_]")


def other_language(text: str, words: Sequence[str], source: Sequence[str]) -> str:
    """The language of a text of these words that is not English, "" where none is told."""
    if 2 * len(SCRIPT.findall(text)) > len(LETTER.findall(text)):
        return "in another script"
    if len(words) < FEWEST:
        return ""
    said = {word.lower() for word in words}
    if not PLAIN.isdisjoint(said):
        return ""
    own = said - {word.lower() for word in source}
    counts = {name: told_by(name, said if name == "French" else own) for name in LANGUAGES}
    name = max(counts, key=lambda name: counts[name])
    return name if counts[name] > 1 and FOR_EACH * counts[name] >= len(words) else ""


def told_by(language: str, words: set[str]) -> int:
    """How much in some words tells a language: words, and letters of its own."""
    letters = set(LETTERS[language])
    spelt = any(not letters.isdisjoint(word) for word in words) if letters else False
    return len(words.intersection(LANGUAGES[language].split())) + spelt
