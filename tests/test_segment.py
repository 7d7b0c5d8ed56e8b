"""French sentence splitting: the five seeds, a table of edge cases, and laws for any text."""

import textwrap
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import ingest
from bitext.segment import english, spans, split
from bitext.units import Document, Drop

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


def rows(name: str) -> list[tuple[str, ...]]:
    """A table's rows, split at the tabs and nothing stripped."""
    lines = (DATA / name).read_bytes().decode().removesuffix("\n").split("\n")[1:]
    return [tuple(line.split("\t")) for line in lines]


GOLD = rows("seed_sentences.tsv")
SEEDS = sorted({name for name, _, _ in GOLD})


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_are_split_and_cleaned_exactly(name):
    document = ingest.read(ROOT / "seeds" / name)
    found = [(s.paragraph, s.start, "sentence", s.text) for s in split(document)]
    found += [(d.paragraph, d.start, f"drop:{d.rule}", d.text) for d in document.drops]
    expected = [(kind, text) for of, kind, text in GOLD if of == name]
    assert expected == [(kind, text) for _, _, kind, text in sorted(found)]


def test_the_gold_is_whole():
    assert (155, 20) == (
        sum(kind == "sentence" for _, kind, _ in GOLD),
        sum(kind.startswith("drop:") for _, kind, _ in GOLD),
    )


@pytest.mark.parametrize(("text", "joined"), rows("french_sentences.tsv"))
def test_edge_case(text, joined):
    assert (joined.split(" ‖ ") if joined else []) == sentences(text)


@pytest.mark.parametrize(("text", "joined"), rows("english_sentences.tsv"))
def test_english_edge_case(text, joined):
    assert joined.split(" ‖ ") == [text[start:end] for start, end in english.spans(text)]


def test_a_document_is_split_in_its_language():
    text = "Il est né le 2 janv. Elle aussi. See No. 5. He v. She."
    found = [[s.text for s in split(Document("a", lang, (text,)))] for lang in ("fr", "en")]
    assert ["Il est né le 2 janv.", "Elle aussi.", "See No. 5.", "He v.", "She."] == found[0]
    assert ["Il est né le 2 janv.", "Elle aussi.", "See No. 5.", "He v. She."] == found[1]


# What the first draft had wrong, beside the table that others share.
@pytest.mark.parametrize(
    "joined",
    [
        # Small letters tell a unit from a title.
        "Elle saute 5 m. ‖ Paul saute 6 m. ‖ Et M. Le Pen ?",
        "Il tombe 3 mm. ‖ Marie rit.",
        "Mme. Le Pen et le dr. Martin sont là. ‖ Me. Badinter aussi.",
        # A word that is also an abbreviation.
        "C’est mon prof. ‖ Elle est drôle.",
        "Le prof. Durand est drôle.",
        "Il franchit le col. ‖ Puis il dort.",
        "Ch. Baudelaire écrit. ‖ Th. Gautier lit.",
        "Voir ch. 4. ‖ Fin.",
        # What announces never ends a sentence, whatever follows.
        "Prenons, par ex. Les Misérables. ‖ Fin.",
        "Cf. Les Misérables. ‖ Fin.",
        "Des pommes, etc. ‖ Paul les mange.",
        # An elision is not a Roman numeral, nor a letter of a figure.
        "Il est né en janv. ‖ L’année fut froide.",
        "Il est né en janv. ‖ C’était en 1900.",
        "Voir la fig. IV. ‖ Fin.",
        "Il ferme à 12 h. 30 au plus tard.",
        # An initial is told from a word of one letter.
        "Selon J. D. Salinger, oui. ‖ À demain.",
        "Il prend la vitamine C. ‖ L’autre non.",
        "J.-C. Dusse skie. ‖ C’était en 50 apr. J.-C. ‖ Auguste était mort.",
        # Addresses are no acronyms.
        "Tout est sur lemonde.fr. ‖ Bonsoir.",
        # Brackets within a sentence.
        "Dans la ville (94 hab.) Paul est connu. ‖ Fin.",
        "Il part (voir p. 3.) ‖ Elle reste.",
        "Le fait est connu.[12] ‖ Un autre non.",
        # Straight quotes set off the French way.
        'Il dit : " Je pars. " ‖ Elle reste.',
        'Il dit. ‖ " Je pars. ‖ Tu restes. " ‖ Elle rit.',
        # A mark before any word ends nothing.
        "… Il partit. ‖ Elle resta.",
        "« … Il partit. » ‖ Elle resta.",
        # Handles, bullets, marks without a width.
        "Fin. ‖ #parler ferme. ‖ @amazon suit.",
        "Un point. ‖ • Un autre. ‖ ▪ Un dernier.",
        "Il part.\u200b ‖ Elle reste.",
        "Il part. ‖ \ufeffElle reste.",
        "Il part. łukasz reste.",
    ],
)
def test_further_edge_case(joined):
    text = joined.replace("‖ ", "")
    assert joined.split(" ‖ ") == sentences(text)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\n", "\r\n", " \t "])
def test_any_white_space_is_between_sentences(space):
    assert ["Il part.", "« Elle reste ! »", "Fin"] == sentences(
        f"{space}Il part.{space}« Elle reste ! »{space}Fin{space}"
    )


def test_a_drop_is_not_split():
    text = "(AFP) – Il part. Elle reste. 0 comments\n"
    drops = (Drop(0, 0, 7, "(AFP) –", "a"), Drop(0, 29, 39, "0 comments", "b"))
    found = list(split(Document("a", "fr", (text, "Fin.\n"), drops)))
    assert ["Il part.", "Elle reste.", "Fin."] == [s.text for s in found]
    assert [(0, 8), (0, 17), (1, 0)] == [(s.paragraph, s.start) for s in found]


def rebuilt(document: Document) -> str:
    """The document from its sentences, its drops and the white space between them."""
    pieces = [(s.paragraph, s.start, s.end, s.text) for s in split(document)]
    pieces += [(d.paragraph, d.start, d.end, d.text) for d in document.drops]
    out, at = [], (0, 0)
    for paragraph, start, end, text in [*sorted(pieces), (len(document.paragraphs), 0, 0, "")]:
        while at[0] < paragraph:
            out.append(blank(document.paragraphs[at[0]][at[1] :]))
            at = (at[0] + 1, 0)
        assert at[1] <= start
        out += blank(document.paragraphs[paragraph][at[1] : start]) if text else "", text
        at = (paragraph, end)
    return "".join(out)


def blank(text: str) -> str:
    assert "" == text.strip()
    return text


BODY = "Le réseau social a fermé ses portes lundi, après que son hébergeur l’eut quitté."
SECOND = "Ses partisans, qui sont plusieurs millions, cherchent depuis lors un autre endroit."


def variants(raw: bytes) -> list[bytes]:
    crlf = raw.replace(b"\n", b"\r\n")
    return [raw, crlf, b"\xef\xbb\xbf" + raw, raw.replace(b"\n", b"\r"), crlf + b"\r\n \r\n"]


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_comes_back_byte_for_byte(name, tmp_path):
    seed = ROOT / "seeds" / name
    expected = [s.text for s in split(ingest.read(seed))]
    for number, raw in enumerate(variants(seed.read_bytes())):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(raw)
        document = ingest.read(path)
        assert raw.removeprefix(b"\xef\xbb\xbf") == rebuilt(document).encode()
        assert expected == [s.text for s in split(document)]


LINES = [
    *("Facebook", "Twitter", "Share on facebook", "Comments", "Derniers articles", "Cinéma"),
    *("Contribuant: Jessica Guynn, Josh Rivera", "date 2021-01", "(Entreprise CNN) – " + BODY),
    *("", "", " ", "\u00a0", BODY, SECOND, "Un titre", textwrap.fill(BODY + " " + SECOND)),
    *("date 2021-01 " + BODY, "Avec AFP", "0 comments", "« Oui »", "PARIS – " + SECOND),
]


@given(st.lists(st.sampled_from(LINES)), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_an_article_comes_back(lines, end):
    text = end.join(lines)
    assert text == rebuilt(ingest.parse(text, "a"))
    assert () == ingest.parse(text, "a", clean=False).drops


PIECES = (
    "Il part|elle|M|MM|Mme|J.-C|av|p|ex|art|etc|S.A|1|IV|C|À|L’|site.fr|#a|@B|👏|.|. |..|...|…|!|?|"
    ' ?|:|;|,|«|« |»| »|“|”|"| "|\'|’|(|)|[|]|[1]|–| – |-|•|¹| |  |\u00a0|\u202f|\n|\r\n|\t|\u200b|'
    "\ufeff|\u2028|\x0c|\x1c|_|§|\ud800|ß|É"
).split("|")
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@pytest.mark.parametrize("spans", [spans, english.spans])
@given(text=texts)
def test_spans_hold_all_but_white_space(spans, text):
    found = list(spans(text))
    assert all(start < end for start, end in found)
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    edges = [0, *(edge for span in found for edge in span), len(text)]
    assert sorted(edges) == edges
    between = [text[end:start] for end, start in zip(edges[::2], edges[1::2], strict=True)]
    assert "" == "".join(between).strip()
    assert all(end < start for (_, end), (start, _) in pairwise(found))


@given(st.lists(texts, max_size=6).map("\n".join))
def test_segments_stand_where_they_say(text):
    document = ingest.parse(text, "a")
    for segment in split(document):
        paragraph = document.paragraphs[segment.paragraph]
        assert paragraph[segment.start : segment.end] == segment.text
    assert all((a.paragraph, a.end) <= (b.paragraph, b.start) for a, b in pairwise(split(document)))


@given(texts)
def test_closing_marks_are_never_stranded(text):
    assert not any(sentence.startswith(("»", "›", ")", "]")) for sentence in sentences(text)[1:])


# Quadratic time would be many seconds.
MANY = 200_000


@pytest.mark.parametrize(
    "piece", [" ", ".", "…", "\n", "a", ". ", "M. ", "« ", "( ", ") ", "- ", '" ']
)
def test_a_lot_of_one_thing_is_split_at_once(piece):
    for splitter in (spans, english.spans):
        begun = process_time()
        list(splitter(piece * (MANY // len(piece))))
        assert process_time() - begun < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["M. ", "A. ", "? A", "1. ", "p. ex. A", "(a b.) L ", "é.) (A"])
def test_time_grows_with_the_text(piece):
    """Where each mark is weighed, twice the text takes twice the time."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = process_time()
        list(spans(text))
        return process_time() - begun

    seconds(1000)
    short, long = min(seconds(20_000) for _ in range(3)), seconds(80_000)
    assert long < 4 * 4 * max(short, 0.002)
