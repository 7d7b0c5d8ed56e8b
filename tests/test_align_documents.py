"""Two documents to units: offsets to both, evidence, delimiters, kept beads, bad pairs."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bitext.cli import app, main
from bitext.engines.echo import Echo
from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.glossary import Glossary
from bitext.pairing import Options, pair
from bitext.pairing.delimiters import HEADING
from bitext.pairing.doubts import strayed
from bitext.pairing.files import find_pairs, read_pair
from bitext.pairing.job import NO_MODEL, Job, Started, run
from bitext.pairing.kept import read_kept
from bitext.units import (
    Bead,
    Document,
    Evidence,
    Hypothesis,
    Pairing,
    TermEntry,
    TranslationUnit,
)

FRENCH = (
    "M. Fogg quitta Londres le 2 octobre 1872. Il emportait vingt mille livres.\n",
    "\n",
    "À Suez, le paquebot Mongolia arriva à onze heures. L’inspecteur Fix l’attendait depuis le "
    "matin avec une grande impatience.\n",
    "Le train de Bombay traversa la jungle en 3 jours.\n",
)
ENGLISH = (
    "Mr. Fogg left London on 2 October 1872. He took twenty thousand pounds.\n",
    "At Suez the steamer Mongolia arrived at eleven o’clock; Inspector Fix had been waiting "
    "since the morning with great impatience.\n\n",
    "The Bombay train crossed the jungle in 3 days.\n",
)


def documents(french=FRENCH, english=ENGLISH):
    return Document("a.fr", "fr", tuple(french)), Document("a.en", "en", tuple(english))


KNOWN = {
    "M. Fogg": "Mr. Fogg left London on 2 October 1872.",
    "Il emportait": "He took twenty thousand pounds.",
    "À Suez": "At Suez the steamer Mongolia arrived at eleven o'clock.",
    "L'inspecteur": "Inspector Fix had been waiting since the morning with great impatience.",
    "Le train": "The Bombay train crossed the jungle in 3 days.",
}


class Dictionary(Echo):
    """Knows the English of these few sentences by the words that they begin with."""

    def translate(self, requests, *, n_best=1):
        return [
            [Hypothesis(english) for french, english in KNOWN.items() if french in r.text]
            for r in requests
        ]


def taken(document, places):
    return [document.paragraphs[p.paragraph][p.start : p.end] for p in places]


def test_units_and_their_places():
    source, target = documents()
    paired = pair(source, target)
    assert ["1-1", "1-1", "2-1", "1-1"] == [u.pairing.kind for u in paired.units]
    for unit in paired.units:
        assert "".join(taken(source, unit.pairing.source)) == "".join(
            unit.source.split("\n")
        ).replace(". L’", ".L’")
        assert [unit.target] == taken(target, unit.pairing.target)
        assert ("human", "a.fr") == (unit.origin, unit.document)
    assert FRENCH[2].strip() == paired.units[2].source
    assert (2, 0, len(FRENCH[2]) - 1) == (
        paired.units[2].paragraph, paired.units[2].start, paired.units[2].end)  # fmt: skip


def test_what_was_left_out_and_what_was_added_is_named():
    source, target = documents(FRENCH, (*ENGLISH[:1], *ENGLISH[2:]))
    left_out = pair(source, target, Dictionary()).units
    [omitted] = [u for u in left_out if not u.target]
    assert "omitted" == omitted.pairing.kind
    assert ["accuracy/omission"] == [i.category for i in omitted.issues]
    source, target = documents((*FRENCH[:1], *FRENCH[3:]), ENGLISH)
    [added] = [u for u in pair(source, target, Dictionary()).units if not u.source]
    assert ("added", ENGLISH[1].strip()) == (added.pairing.kind, added.target)
    assert ["accuracy/addition"] == [i.category for i in added.issues]


def test_evidence_is_what_both_sides_hold():
    glossary = Glossary([TermEntry("livre", "pound"), TermEntry("jungle", "bush")])
    units = pair(*documents(), glossary=glossary).units
    first = units[0].pairing.evidence
    assert (("2", "1872"), ("Fogg",)) == (first.numbers, first.names)
    assert ("pounds",) == units[1].pairing.evidence.terms
    assert [("right", "pounds")] == [(e.outcome, e.found) for e in units[1].enforcement]
    assert [("unenforced", "")] == [(e.outcome, e.found) for e in units[3].enforcement]
    for unit in units:
        for match in unit.matches:
            assert match.entry.source in unit.source[match.start : match.end]


def test_a_forbidden_word_that_people_used_is_told() -> None:
    glossary = Glossary([TermEntry("livre", "pounds", kind="forbidden")])
    [found] = pair(*documents(), glossary=glossary).units[1].enforcement
    assert ("unenforced", "pounds") == (found.outcome, found.found)
    assert "forbidden" in found.reason


def test_words_are_linked_where_they_are_asked_for():
    lines = (
        ("« Fogg » part.\n", "Passepartout dort.\n"),
        ("“Fogg” left.\n", "Passepartout slept.\n"),
    )
    units = pair(*documents(*lines), Echo(), options=Options(lines=True, links=True)).units
    words = [(u.source[k.source_start : k.source_end], u.target[k.target_start : k.target_end])
             for u in units for k in u.links]  # fmt: skip
    assert [("« Fogg »", "“Fogg”"), ("Passepartout", "Passepartout")] == words
    assert () == pair(*documents(*lines), Echo()).units[0].links


def test_units_are_read_back():
    units = list(pair(*documents()).units)
    file = BytesIO()
    jsonl.write(units, file, signature="x")
    assert units == list(jsonl.read(BytesIO(file.getvalue())))


LINES = ["Il part. Elle reste.\n", "Non !\n", "\n", "  Un titre  \n", "1872", "Fin.\r\n", "\0\n"]
PARTS = st.lists(st.sampled_from(LINES), max_size=6)


@given(PARTS, PARTS, st.booleans())
def test_nothing_is_lost(french, english, lines):
    source, target = documents(french, english)
    paired = pair(source, target, options=Options(lines=lines))
    for document, side in ((source, "source"), (target, "target")):
        found = [p for u in paired.units for p in getattr(u.pairing, side)]
        assert found == sorted(found, key=lambda p: (p.paragraph, p.start))
        text = "".join("".join(taken(document, found)).split())
        assert "".join("".join(document.paragraphs).split()) == text
    assert len({u.id for u in paired.units}) == len(paired.units)


@pytest.mark.parametrize("delimiter", ["paragraphs", "headings", "***"])
def test_no_bead_crosses_a_delimiter(delimiter):
    french = ("CHAPITRE I\n", "Un chat dort.\n", "***\n", "II\n", "Il part. Elle reste.\n")
    english = ("CHAPTER I\n", "A cat sleeps. It dreams.\n", "***\n", "II\n", "He leaves.\n")
    units = pair(*documents(french, english), options=Options(delimiter=delimiter)).units
    sides = [[{p.paragraph // 3 for p in places} for places in (u.pairing.source, u.pairing.target)]
             for u in units]  # fmt: skip
    assert all(len(s | t) == 1 for s, t in sides)
    if delimiter == "***":
        assert "***" not in [u.source for u in units]


def markdown(path, chapters):
    path.write_text("".join(f"## {title}\n\n{text}\n\n" for title, text in chapters), "utf-8")


def page(path, chapters):
    body = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in chapters)
    path.write_text(f"<html><body>{body}</body></html>", "utf-8")


def word(path, chapters):
    import docx

    made = docx.Document()
    for title, text in chapters:
        made.add_heading(title, level=2)
        made.add_paragraph(text)
    made.save(path)


@pytest.mark.parametrize(("write", "suffix"), [(markdown, "md"), (page, "html"), (word, "docx")])
def test_headings_are_those_that_the_format_calls_so(write, suffix, tmp_path):
    """Titles that look like any sentence, and a line with a number that is no title."""
    french = [("Le départ", "1872. Il part. Elle reste."), ("On arrive !", "Elle dort.")]
    english = [("Leaving", "1872. He leaves."), ("Here we are!", "She stays. She sleeps.")]
    paths = tmp_path / f"a.fr.{suffix}", tmp_path / f"a.en.{suffix}"
    for path, chapters in zip(paths, (french, english), strict=True):
        write(path, chapters)
    pair_of_them = read_pair(paths[0].name, *paths)
    assert [(0, 2), (0, 2)] == [document.headings for document in pair_of_them]
    units = pair(*pair_of_them, options=Options(delimiter="headings")).units
    second = [u for u in units if "arrive" in u.source or "Here we" in u.target]
    assert [("On arrive !", "Here we are!")] == [(u.source, u.target) for u in second]
    stays = next(u for u in units if "She stays" in u.target)
    assert "Elle reste" not in stays.source


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("CHAPITRE IV", True),
        ("Chapitre premier", True),
        ("Chap. 3. Des baleines.", True),
        ("CHAPTER TWENTY-ONE.", True),
        ("Deuxième acte", False),
        ("Acte II, scène première.", True),
        ("Book the Second", True),
        ("PART ONE. The whale.", True),
        ("XII", True),
        ("2. Method", True),
        ("Partout, il neigeait.", False),
        ("Actually, he came back", False),
        ("Part of it was gone.", False),
        ("Il neigeait", False),
        ("I went home", False),
    ],
)
def test_a_heading_of_plain_text_is_numbered_or_has_no_end_mark(line, heading):
    assert heading == (HEADING.fullmatch(line) is not None)


def test_a_delimiter_within_a_kept_bead_delimits_nothing():
    sides = documents(("Un.\n", "Deux.\n", "Trois.\n"), ("One.\n", "Two.\n", "Three.\n"))
    options = Options(delimiter="paragraphs")
    paired = pair(*sides, kept=read_kept(b"[0, 1]:[0, 1]", "kept"), options=options)
    assert [("2-2", True), ("1-1", False)] == [
        (u.pairing.kind, u.pairing.locked) for u in paired.units
    ]
    with pytest.raises(InputError, match=r"begin at 1 and 1 cross \[0\]:\[1\]"):
        pair(*sides, kept=read_kept(b"[0]:[1]", "kept"), options=options)


def test_unlike_delimiters_are_an_error():
    with pytest.raises(InputError, match=r"3 in a\.fr and 2 in a\.en"):
        pair(*documents(FRENCH, ENGLISH[:2]), options=Options(delimiter="paragraphs"))


@pytest.mark.parametrize("form", ["beads", "jsonl"])
def test_kept_beads_stay_and_the_rest_is_aligned_anew(form):
    source, target = documents()
    before = pair(source, target)
    if form == "beads":
        content = b"[1, 2]:[1]\n"
        wanted = {((1, 2), (1,))}
    else:
        file = BytesIO()
        approved = [u for u in before.units if u.pairing.kind == "2-1"]
        rejected = [replace(u, status="rejected") for u in before.units[:1]]
        jsonl.write([*approved, *rejected], file, signature="")
        content, wanted = file.getvalue(), {((2, 3), (2,))}
    after = pair(source, target, kept=read_kept(content, "kept"))
    assert wanted == {(tuple(b.source), tuple(b.target)) for b in after.beads if b.locked}
    assert [u.pairing.locked for u in after.units] == [b.locked for b in after.beads]
    assert sorted(n for b in after.beads for n in b.source) == list(range(5))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[0]:[0]\n[0]:[1]\n", "cross"),
        (b"[0]:[1]\n[1]:[0]\n", "cross"),
        (b"[9]:[0]\n", "do not have"),
        (b"[0, 2]:[0]\n", "no run"),
        (b"hello", "kept:1: is not a bead"),
    ],
)
def test_beads_that_cannot_be_kept(content, problem):
    side = [*range(5)]
    with pytest.raises(InputError, match=problem):
        read_kept(content, "kept").locked("a", ([], []), (side, side))


@pytest.mark.parametrize(
    ("french", "english", "doubt"),
    [
        (ENGLISH * 3, FRENCH * 3, "looks English and a.en French"),
        (FRENCH * 3, FRENCH * 3, "both look French"),
        (FRENCH * 20, ENGLISH[2:], "times as long"),
    ],
)
def test_an_unlikely_pair_is_said_to_be_one(french, english, doubt):
    paired = pair(*documents(french, english))
    assert any(doubt in line for line in paired.doubts)
    assert all(u.pairing.confidence <= 0.5 for u in paired.units)


def test_a_kept_bead_of_an_unlikely_pair_is_as_sure_as_any():
    paired = pair(*documents(ENGLISH * 3, FRENCH * 3), kept=read_kept(b"[0]:[0]", "kept"))
    assert [1.0] == [u.pairing.confidence for u in paired.units if u.pairing.locked]


def test_a_run_of_unsure_beads_is_told():
    names = "a.fr", "a.en"
    sure, unsure = (Bead(range(1), range(1), 0.5, n) for n in (0.9, 0.2))
    assert [] == list(strayed([unsure, sure] * 20, ["Il part."], names))
    [said] = strayed([sure, *[unsure] * 15, sure], ["Il part."], names)
    assert "15 beads fit badly, many in a row, from 'Il part.' in a.fr on" in said


def test_evidence_of_length_is_that_of_the_pairs():
    """What only one text has says nothing of how long translations are."""
    more = [f"Nothing of the kind numbered {n} was ever told here.\n" for n in range(200, 230)]
    units = pair(*documents(FRENCH, [*ENGLISH, *more]), Dictionary()).units
    assert all(abs(u.pairing.evidence.length) < 1.5 for u in units if u.pairing.kind == "1-1")


def files(folder, **texts):
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def test_folders_are_matched_by_name(tmp_path):
    files(tmp_path, f__a_fr_txt="A", f__b_txt="B", f__c_txt="C", e__a_en_txt="A", e__b_txt="B")
    assert ["a.txt", "b.txt"] == [name for name, _, _ in find_pairs(tmp_path / "f", tmp_path / "e")]
    files(tmp_path, two__a_fr="A", two__a_en="A")
    for name in ("a.fr_FR.txt", "a.en_US.txt"):
        (tmp_path / "two" / name).write_text("A")
    assert ["a", "a.txt"] == [name for name, *_ in find_pairs(tmp_path / "two", tmp_path / "two")]
    files(tmp_path, one__a_fr="A", one__a_en="A")
    assert [("a", tmp_path / "one/a.fr", tmp_path / "one/a.en")] == find_pairs(
        tmp_path / "one", tmp_path / "one"
    )
    (tmp_path / "list").write_text("c.txt\tb.txt\n")
    [(_, french, english)] = find_pairs(tmp_path / "f", tmp_path / "e", tmp_path / "list")
    assert (tmp_path / "f/c.txt", tmp_path / "e/b.txt") == (french, english)
    with pytest.raises(InputError, match="is no folder"):
        find_pairs(tmp_path / "f", tmp_path / "e" / "b.txt")
    files(tmp_path, g__z_txt="Z")
    with pytest.raises(InputError, match="no file named like one"):
        find_pairs(tmp_path / "g", tmp_path / "e")


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "a.fr").write_text("".join(FRENCH), "utf-8")
    (tmp_path / "a.en").write_text("".join(ENGLISH), "utf-8")
    return tmp_path


def bitext(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


def test_the_command_writes_every_format(texts):
    for form, expected in (
        ("beads", "[2, 3]:[2]:"), ("tsv", "\tM. Fogg quitta"), ("tmx", "<tmx"),
        ("jsonl", '"pairing"'), ("html", "Content-Security-Policy"),
    ):  # fmt: skip
        result = bitext(
            "align", texts / "a.fr", texts / "a.en", "--model", "none", "--format", form
        )
        assert expected in result.stdout
        assert "a.fr: 5 and 4 sentences, 4 beads, 0 with one side only" in result.stderr


def test_lines_are_numbered_as_in_the_file_and_scored(texts):
    (texts / "l.fr").write_text("Fogg part.\n\nPassepartout dort.\n", "utf-8")
    (texts / "l.en").write_text("Fogg leaves.\nPassepartout sleeps.\n", "utf-8")
    (texts / "gold").write_text("[0]:[0]\n[2]:[1]\n", "utf-8")
    made = bitext(
        "align", texts / "l.fr", texts / "l.en", "--lines", "--model", "none", "--format", "beads",
        "--out", texts / "made",
    )  # fmt: skip
    assert 0 == made.exit_code
    score = bitext("align-score", texts / "gold", texts / "gold", "--against", texts / "made",
                   texts / "made", "--json")  # fmt: skip
    assert {"precision": 1.0, "recall": 1.0} == json.loads(score.stdout)["strict"]


def test_beads_are_kept_for_the_texts_that_they_are_of(tmp_path):
    texts = {"a.txt": ("Il part. Non !", "He leaves. No!"), "b.txt": ("Oui. Et toi ?", "Yes. You?")}
    for name, sides in texts.items():
        for folder, text in zip(("f", "e"), sides, strict=True):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_text(text, "utf-8")
    align = ["align", tmp_path / "f", tmp_path / "e", "--model", "none", "--format", "jsonl"]
    first, kept = bitext(*align), tmp_path / "kept.jsonl"
    lines = first.stdout.splitlines(keepends=True)
    kept.write_text("".join(line for line in lines if '"b.txt"' not in line), "utf-8")
    units = list(jsonl.read(BytesIO(bitext(*align, "--keep", kept).stdout_bytes)))
    assert {("a.txt", True), ("b.txt", False)} == {(u.document, u.pairing.locked) for u in units}
    # By itself the text goes by any name; another's beads are refused.
    alone = ["align", tmp_path / "f/a.txt", tmp_path / "e/a.txt", *align[3:]]
    (tmp_path / "f/new.txt").write_text(texts["a.txt"][0])
    renamed = bitext(*alone[:1], tmp_path / "f/new.txt", *alone[2:], "--keep", kept)
    assert all(u.pairing.locked for u in jsonl.read(BytesIO(renamed.stdout_bytes)))


@pytest.mark.parametrize(
    ("content", "problem"),
    [("[0]:[0]\n", "its beads name no document"), (None, "has no unit of c.txt, but of a.txt")],
)
def test_beads_of_other_texts_are_refused(tmp_path, content, problem):
    unit = TranslationUnit("1", "a.txt", 0, 0, 3, "Oui", "Yes", "human")
    pairing = Pairing("1-1", 1.0, (), (), Evidence(0.0))
    file = BytesIO()
    jsonl.write([replace(unit, pairing=pairing)], file, signature="")
    kept = tmp_path / "kept"
    kept.write_bytes(file.getvalue() if content is None else content.encode())
    pairs = tuple((name, tmp_path / name, tmp_path / name) for name in ("c.txt", "d.txt"))
    job = Job(tmp_path, tmp_path, model=NO_MODEL, keep=kept)
    with pytest.raises(InputError, match=problem):
        run(Started(job, pairs, (), Glossary(()), None, ""))


def test_units_that_are_not_sure_are_left_out(texts):
    result = bitext(
        "align", texts / "a.fr", texts / "a.en", "--model", "none", "--format", "tsv",
        "--min-confidence", "1",
    )  # fmt: skip
    written = len(result.stdout.splitlines()) - 1
    assert written < 4
    assert f"{4 - written} units below 1.0 left out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["a.fr", "none.en"], 1, "none.en"),
        (["a.fr", "empty"], 1, "is empty"),
        (["a.fr", "a.en", "--format", "doc"], 2, "no format called 'doc'"),
        (["a.fr", "a.en", "--keep", "nothing"], 1, "nothing: cannot be read"),
        (["a.fr", "a.en", "--keep", "far"], 1, "do not have"),
    ],
)
def test_bad_input_is_one_line(texts, monkeypatch, capsys, arguments, status, problem):
    (texts / "empty").write_text("\n")
    (texts / "far").write_text("[9]:[0]\n")
    monkeypatch.chdir(texts)
    monkeypatch.setattr("sys.argv", ["bitext", "align", *arguments, "--model", "none"])
    with pytest.raises(SystemExit) as end:
        main()
    printed = capsys.readouterr()
    said = printed.err.strip()
    assert "" == printed.out
    assert (status, 1) == (end.value.code, len(said.splitlines()))
    assert problem in said


def test_a_manifest_names_no_file_outside_and_none_twice(tmp_path):
    for name in ("fr.txt", "en.txt"):
        (tmp_path / name).write_text("x\n", "utf-8")
    (tmp_path / "in").mkdir()
    manifest = tmp_path / "pairs.tsv"
    manifest.write_text(f"../fr.txt\t../en.txt\n{tmp_path}/en.txt\t../fr.txt\n", "utf-8")
    found = find_pairs(tmp_path / "in", tmp_path / "in", manifest)
    assert [name for name, _, _ in found] == ["fr.txt", "en.txt"]
    assert all(path.exists() for _, *paths in found for path in paths)
    manifest.write_text("fr.txt\ten.txt\nfr.txt\tfr.txt\n", "utf-8")
    with pytest.raises(InputError, match=r"pairs.tsv:2: fr.txt is named twice"):
        find_pairs(tmp_path, tmp_path, manifest)
