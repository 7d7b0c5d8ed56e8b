"""Reading articles: what is found, what is decoded, what is a paragraph, and what is dropped."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import ingest
from bitext.errors import InputError
from bitext.ingest import find, paragraphs, parse, read
from bitext.units import Document

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))

BODY = "Le réseau social a fermé ses portes lundi, après que son hébergeur l’eut quitté."
SECOND = "Ses partisans, qui sont plusieurs millions, cherchent depuis lors un autre endroit."


def dropped(*blocks: str) -> list[tuple[str, str]]:
    """The rule and the text of each drop of an article made of these blocks."""
    return [(drop.rule, drop.text) for drop in parse("\n\n".join(blocks), "a").drops]


PIECES = ["a", "Il part.", BODY, " ", "\u00a0", "\n", "\r\n", "\r", "\f", "\u2028"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_paragraphs_join_to_the_text(text):
    found = list(paragraphs(text))
    assert text == "".join(found)
    assert not text.strip() or all(map(str.strip, found))


LINES = {
    "": [],
    " \n\n": [" \n\n"],
    "Un.\nDeux.\n": ["Un.\n", "Deux.\n"],
    "\n\nUn.\r\n\r\n \r\nDeux.": ["\n\nUn.\r\n\r\n \r\n", "Deux."],
    "Un.\rDeux.\r": ["Un.\r", "Deux.\r"],
    "Un.\u2028Deux.\f\fTrois.": ["Un.\u2028", "Deux.\f\f", "Trois."],
    "\u00a0\nUn.\n\u00a0\n": ["\u00a0\nUn.\n\u00a0\n"],
}


@pytest.mark.parametrize("text", LINES)
def test_lines(text):
    assert LINES[text] == list(paragraphs(text))


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_hard_wrapped_text_is_one_paragraph(width, end):
    prose = [p.strip() for p in read(SEEDS[2]).paragraphs if len(p) > width]
    broken = [end.join(textwrap.wrap(p, width)) + end * 2 for p in prose]
    assert broken == list(paragraphs("".join(broken)))


APART = """
Comme je descendais des Fleuves impassibles,
Je ne me sentis plus guidé par les haleurs :
Des Peaux-Rouges criards les avaient pris pour cibles,

- Amazon a quitté le réseau social dimanche
- Apple a retiré l’application de son magasin

Le président Trump banni définitivement de Twitter
La chaîne de Steve Bannon a également été supprimée

un kilo de pommes de terre nouvelles de Noirmoutier
une livre de beurre
deux douzaines d’œufs frais de la ferme
"""


@pytest.mark.parametrize("text", APART.strip().split("\n\n"))
def test_lines_of_their_own_are_not_joined(text):
    assert text.splitlines(keepends=True) == list(paragraphs(text))


PLAIN = [
    ("Nom\tPrix\t\tVille\n\tun\tdeux\n", ["Nom\t", "Prix\t\t", "Ville\n", "\tun\t", "deux\n"]),
    ("a\t\n\n", ["a\t\n\n"]),
    ("- un\n  deux\n- trois\n  - quatre\n    cinq\n six\n",
     ["- un\n  deux\n", "- trois\n", "  - quatre\n    cinq\n", " six\n"]),
    ("10. un\n    deux\n", ["10. un\n    deux\n"]),
    ("un\n  deux\n", ["un\n", "  deux\n"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_cells_are_apart_and_items_whole(text, expected):
    assert expected == list(parse(text, "a").paragraphs)


def test_short_lines_end_paragraphs_of_wrapped_text():
    title, one, two = "Parler n’a plus d’options", *map(textwrap.fill, (BODY * 3, SECOND * 3))
    text = f"{title}\n{one}\n{two}\n"
    assert [f"{title}\n", f"{one}\n", f"{two}\n"] == list(paragraphs(text))


SHARE = ("Share on facebook", "Facebook", "Share on twitter", "Twitter")
STARTS = """
date-stamp: date 2021-01
date-stamp: date 2021-01-11
dateline: (Entreprise CNN) –
dateline: PARIS (AFP) –
dateline: Paris, 11 janv. 2021 (AFP) -
dateline: New York (AP, Reuters) –
"""
NO_STARTS = """
(Presque) – tout va bien :
(Le PDG de Parler) – mais pas lui –
Le réseau (une filiale de Reuters) – fermé lundi – revient.
L’Organisation mondiale de la santé (OMS) – à Genève – l’a dit.
La date 2021-01 est passée.
"""


@pytest.mark.parametrize("row", STARTS.strip().split("\n"))
def test_the_head_of_the_text_is_dropped(row):
    rule, text = row.split(": ")
    assert [(rule, text)] == dropped(f"  {text} {BODY}", SECOND)


@pytest.mark.parametrize("text", NO_STARTS.strip().split("\n"))
def test_the_head_of_the_text_is_kept(text):
    assert [] == dropped(f"{text} {BODY}", SECOND)
    # A dateline stands under the title, and is no part of it.
    assert [("dateline", "PARIS (AFP) –")] == dropped("VIDÉO – Un titre", f"PARIS (AFP) – {BODY}")
    assert [] == dropped("PARLER – Le site ferme", BODY)


TAILS = """
share-bar: Share on facebook | Facebook | Share on twitter | Twitter
share-bar: Partager sur Facebook | Partagez cet article | E-mail | X | Copier le lien
comment-form: Laisser un commentaire | Nom | Votre avis nous intéresse !
comment-form: 3 commentaires | Jean a dit : bravo
comment-form: Votre adresse e-mail ne sera pas publiée. Les champs marqués sont obligatoires.
comment-form: Leave a reply | Enregistrer mon nom, mon e-mail et mon site dans le navigateur.
comment-form: Leave a reply | Ce site utilise Akismet pour réduire les indésirables. Lisez comment.
related: Dans la même catégorie | Cinéma | Technologie
related: À lire aussi : Trump banni de Twitter
credits: Contribuant: Jessica Guynn, Josh Rivera, USA TODAY; The Associated Press
credits: Crédit photo : © AFP / Olivier Douliery
credits: Traduit par Jeanne de La Tour
credits: Reporting by John Smith in Paris; Editing by Jane Doe
credits: Rédaction : Anne d’Ornano et Luc van den Berg.
credits: (avec AFP)
credits: Avec l’AFP et Reuters.
"""
NO_TAILS = """
Facebook
Photo: tout va bien.
Photo : Tout va bien dans le monde, dit-il.
Traduction : Le réseau social, qui avait fermé ses portes lundi, ne reviendra plus.
Avec Reuters, tout va plus vite.
Traduit par un robot
PARIS – Le site ferme
« Honteux », a-t-il dit.
"""


@pytest.mark.parametrize("row", TAILS.strip().split("\n"))
def test_the_tail_is_dropped(row):
    rule, _, rest = row.partition(": ")
    lines = rest.split(" | ")
    assert [(rule, line) for line in lines] == dropped(BODY, SECOND, *lines)


@pytest.mark.parametrize("line", NO_TAILS.strip().split("\n"))
def test_the_tail_is_kept(line):
    assert [] == dropped(BODY, SECOND, line)
    assert [] == dropped("Un titre", line, BODY, SECOND)


@pytest.mark.parametrize(
    "line", [*SHARE, "Comments", "Les plus lus", "Photo: tout va bien…", "Photo : AFP", "Avec AFP"]
)
def test_nothing_is_dropped_between_body_paragraphs(line):
    assert [] == dropped(BODY, line, line, SECOND)
    assert [] == dropped(BODY + " " + line, SECOND)


def test_what_stands_before_and_after():
    assert [("share-bar", line) for line in SHARE] == dropped("Un titre", *SHARE, BODY)
    # What follows a link to another article may belong to this one.
    assert ["related"] == [r for r, _ in dropped(BODY, "Lire aussi : Un titre", "« Oui », dit-il.")]
    # An article of short lines has no inside, and loses nothing.
    assert [] == dropped(*SHARE, "Comments", "0 comments", "Photo : AFP", "(AFP) – Court.", "Fin.")


def test_drops_fill_the_fields():
    text = f"date 2021-01 {BODY}\n\nContribuant: Jessica Guynn"
    assert {"date": "2021-01", "credits": "Contribuant: Jessica Guynn"} == parse(text, "a").metadata
    assert {"dateline": "(Entreprise CNN) –"} == read(SEEDS[3]).metadata


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "a.txt",
        "x/b.TXT",
        "x/y/a.txt",
        "z/x/b.TXT",
        "z/a.txt",
        "c.rst",
        ".d.txt",
        ".e/f.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "empty.txt").mkdir()
    return tmp_path


def message(path: Path, **options: str) -> str:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    return str(caught.value)


ACCENT = "not UTF-8 (byte 0xE9); save it as UTF-8 or give --encoding cp1252"
BINARY = "is not a text file (it holds zero bytes); give plain text"
EMPTY = "is empty; nothing to translate"
UNREADABLE = {
    (b"", "utf-8"): f": {EMPTY}",
    (b"\xef\xbb\xbf\n", "utf-8"): f": {EMPTY}",
    (b"\xc2\xa0\n", "utf-8"): f": {EMPTY}",
    (b"\x89PNG\r\n\0\0", "utf-8"): f": {BINARY}",
    (b"\xe9t\xe9", "utf-8"): f":1: {ACCENT}",
    (b"Un\r\nDeux\r\n\xe9", "utf-8"): f":3: {ACCENT}",
    (b"Un\rDeux\r\xe9", "utf-8"): f":3: {ACCENT}",
    (b"Un\n\x81", "cp1252"): ":2: not CP1252 (byte 0x81); give another --encoding",
    (b"\xff\xfeU\0\n\0\0\xdc", "utf-8"): ":2: not UTF-16 (byte 0x00); give another --encoding",
    (b"a", "utf-9"): ": no encoding called 'utf-9'; try utf-8 or cp1252",
    (b"a", "hex"): ": no encoding called 'hex'; try utf-8 or cp1252",
}


@pytest.mark.parametrize(("raw", "encoding"), UNREADABLE)
def test_an_unreadable_file_says_why(raw, encoding, folder):
    Path("a.txt").write_bytes(raw)
    assert "a.txt" + UNREADABLE[raw, encoding] == message(Path("a.txt"), encoding=encoding)


def test_files_that_are_none_or_too_large(folder, monkeypatch):
    none, directory = "no such file or directory", "is a directory"
    assert f"b.txt: cannot be read ({none}); check the name" == message(Path("b.txt"))
    assert f"empty.txt: cannot be read ({directory}); check the name" == message(Path("empty.txt"))
    monkeypatch.setattr(ingest, "LARGEST", 2 * 1024**2)
    Path("a.txt").write_bytes(b"a" * 2 * 1024**2)
    assert 1 == len(read(Path("a.txt")).paragraphs)
    Path("a.txt").write_bytes(b"a" * (2 * 1024**2 + 1))
    assert "a.txt: is larger than 2 MB; split it" == message(Path("a.txt"))


MARKED = ("utf-8", "utf-8-sig", "utf-16", "utf-32")  # by a byte order mark, save the first


@pytest.mark.parametrize("encoding", [*MARKED, "cp1252", "utf-16-le", "mac-roman"])
def test_encodings(encoding, folder):
    Path("a.txt").write_bytes("L’été.\r\n".encode(encoding))
    options = {} if encoding in MARKED else {"encoding": encoding}
    assert Document("b", "fr", ("L’été.\r\n",)) == read(Path("a.txt"), "b", **options)


FOUND = {
    "a.txt": "a.txt",
    "x": "b.TXT y/a.txt",
    # The same file given twice is one article.
    "a.txt . x/../a.txt": "a.txt x/b.TXT x/y/a.txt z/a.txt z/x/b.TXT",
    # Two files of one name.
    "a.txt z/a.txt": "a.txt z/a.txt",
    "x z/x": "b.TXT x/b.TXT y/a.txt",
    "x/y z a.txt": "a.txt {}/a.txt x/b.TXT z/a.txt",
    # A hidden file may be asked for by name, and any file whatever its ending.
    ".d.txt c.rst": ".d.txt c.rst",
}


@pytest.mark.parametrize("sources", FOUND)
def test_articles_are_found_and_named(sources, folder):
    found, errors = find(map(Path, sources.split()))
    expected = FOUND[sources].format(folder.name).split()
    assert (sorted(expected), []) == ([name for name, _ in found], errors)
    assert all(path.is_file() for _, path in found)


def test_what_gives_no_article_is_told_and_the_rest_go_on(folder):
    expected = {
        "none.txt": "does not exist; name a text file or a folder of them",
        "empty.txt": "holds no texts; name a folder of .txt, .html, .docx, .md or .srt files",
        "n" * 5000: "cannot be read (file name too long); check the name",
    }
    found, errors = find(map(Path, [*expected, "a.txt"]))
    assert ["a.txt"] == [name for name, _ in found]
    assert [f"{path}: {problem}" for path, problem in expected.items()] == list(map(str, errors))


def test_links_and_odd_names_do_no_harm(folder):
    Path("x/loop").symlink_to(folder, target_is_directory=True)
    Path("x/self.txt").symlink_to("self.txt")
    Path("x/gone.txt").symlink_to("nowhere.txt")
    Path("x/again.txt").symlink_to("b.TXT")
    found, errors = find([Path("x")])
    assert (["again.txt", "y/a.txt"], []) == ([name for name, _ in found], errors)
    assert 1 == len(find([Path("x/self.txt")])[1])
    # A name that is no text can still be written.
    Path("caf\udce9.txt").write_text("a")
    assert ["caf\ufffd.txt"] == [name for name, _ in find([Path("caf\udce9.txt")])[0]]
