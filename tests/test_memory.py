"""Translation memory: what is found, what is reused, what is left to the model."""

import gzip
import os
import random
from collections import Counter
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bitext import cli, runs
from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.errors import InputError, OutputError
from bitext.formats import jsonl, tmx
from bitext.glossary import Glossary
from bitext.memory import Memory, Remembering, build, opened
from bitext.memory.adapting import adapted
from bitext.memory.keys import canonical, parts
from bitext.memory.sifting import differences, sieve, sifted
from bitext.memory.similarity import similarity
from bitext.models.keeping import KEPT
from bitext.pipeline import translate_lines
from bitext.units import TermEntry, TmMatch, TranslationUnit

SEEDS = Path(__file__).parent.parent / "seeds"


def unit(source, target, **fields):
    return TranslationUnit(
        **{"id": "1", "document": "d", "paragraph": 0, "start": 0, "end": len(source)}
        | {"source": source, "target": target, "origin": "human"}
        | fields
    )


def written(path, pairs, **fields):
    """A TMX of pairs, each with an id of its own."""
    units = [unit(*pair, id=f"{n}", **fields) for n, pair in enumerate(pairs)]
    with path.open("wb") as file:
        tmx.write(units, file, signature="test")
    return path


@pytest.fixture
def memory(tmp_path):
    """Makes a memory of units or pairs."""

    def made(*units):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite"
        build([u if isinstance(u, TranslationUnit) else unit(*u) for u in units], path)
        return Memory(path)

    return made


SAME = [
    ("« L’été »", "«L'été»"),
    ("Il a dit : non…", "Il a dit: non..."),
    ("Un  mot\u00a0!", "Un mot !"),
    ("cafe\u0301", "café"),
    ("A – B", "A - B"),
    ("so\u00adlitaire\u200b", "solitaire"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_typography_makes_no_other_sentence(memory, one, other):
    assert 100 == memory((one, "x")).best(other).score


SCORES = [
    # the two sentences, the least and the highest score a translator would expect
    ("Le chat dort.", "Le chat dort !", 97, 99),
    ("Le chat dort.", "LE CHAT DORT.", 97, 99),
    ("Voir page 12.", "Voir page 17.", 95, 98),
    ("Les 3 chats de 2020.", "Les 4 chats de 2021.", 93, 96),
    ("Le petit chat noir dort ici.", "Le petit chat gris dort ici.", 75, 90),
    ("La maison est bleue.", "Les maisons sont bleues.", 20, 60),
    ("Le chat dort.", "La Bourse de Paris a clôturé en hausse.", 0, 30),
    ("", "Le chat dort.", 0, 0),
]


@pytest.mark.parametrize(("one", "other", "least", "most"), SCORES)
def test_scores_are_as_cat_tools_count(one, other, least, most):
    first, second = parts(canonical(one)), parts(canonical(other))
    assert least <= similarity(first, second) <= most
    assert similarity(first, second) == similarity(second, first)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_but_the_same_scores_100(one, other):
    assert 0 <= similarity(parts(canonical(one)), parts(canonical(other))) <= 99
    assert canonical(canonical(one)) == canonical(one)


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=5))
def test_whatever_is_stored_is_found(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("law") / "m.sqlite"
    build([unit(text, f"target {n}") for n, text in enumerate(texts)], path)
    held = Memory(path)
    for text in texts:
        found = held.best(text)
        assert not text.strip() or not canonical(text) or 100 == found.score


WORDS = "le la un des maison chat ville rue grand petit rouge mange voit parle hier demain".split()


@pytest.mark.slow
def test_the_index_finds_what_comparing_with_all_finds(memory):
    rng = random.Random(7)
    sources = [
        " ".join(rng.choices(WORDS, k=rng.randint(2, 14))) + f" {rng.choice('abcdefgh')}{n % 97}"
        for n in range(600)
    ]
    held = memory(*((source, "x") for source in sources))
    for source in rng.sample(sources, 40):
        words = source.split()
        words[rng.randrange(len(words))] = rng.choice(WORDS)
        asked = parts(canonical(" ".join(words)))
        best = max(similarity(asked, parts(canonical(s))) for s in sources)
        found = held.best(" ".join(words))
        assert (found.score if found else 0) >= (best if best >= 75 else 0)


def test_of_several_translations_the_best_is_kept(memory):
    pairs = [
        unit("Oui.", "mt", origin="mt"),
        unit("Oui.", "first"),
        unit("Oui.", "second"),
        unit("Oui.", "mt again", origin="mt"),
        unit("Non.", "approved", status="approved"),
        unit("Non.", "later"),
        unit("Peut-être.", "no", status="rejected"),
        unit("Blanc.", " "),
    ]
    held = memory(*pairs)
    assert ["second", "approved"] == [held.best(t).target for t in ("Oui.", "Non.")]
    assert held.best("Peut-être.") is None
    assert held.best("Blanc.") is None
    assert 2 == len(held)
    assert ["second", "approved"] == [u.target for u in held.units()]


def recalled(memory, source, *, terms=(), **options):
    glossary = Glossary(terms)
    engine = Remembering(Echo(), memory, terms_of=glossary.match, **options)
    return engine.translate([Request(source, terms=glossary.match(source))])[0][0]


def test_an_exact_match_is_used_as_it_is(memory):
    found = recalled(memory(("Le chat « dort ».", "The cat ‘sleeps’.")), 'Le chat "dort".')
    assert ("The cat ‘sleeps’.", "tm", 100) == (found.text, found.origin, found.tm.score)


def test_what_a_machine_made_and_nobody_saw_is_shown_and_not_reused(memory):
    held = memory(unit("Oui.", "Yes.", origin="mt"), unit("Page 12.", "Page 12.", origin="mt"))
    for text in ("Oui.", "Page 17."):
        found = recalled(held, text)
        assert (text, "mt") == (found.text, found.origin)
        assert found.tm.origin == "mt"
    draft = unit("Non.", "No.", origin="mt", status="draft")
    assert "No." == recalled(memory(draft), "Non.").text


def test_of_matches_as_like_that_of_a_person_goes_first(memory):
    held = memory(
        unit("Le chat noir dort bien ici.", "mt", origin="mt"),
        unit("Le chien noir dort bien ici.", "human", status="approved"),
    )
    first, second = held.matches("Le tigre noir dort bien ici.", least=50, most=2)
    assert first.score == second.score
    assert ["human", "mt"] == [first.target, second.target]


def test_a_sentence_is_known_by_what_its_document_says(memory):
    """The network reads code without its ticks, and torn elisions mended; a memory has them."""
    engine = Remembering(Echo(), memory(("Tapez `ls -a` ici.", "Type `ls -a` here.")))
    assert ["Type `ls -a` here."] == list(translate_lines(["Tapez `ls -a` ici."], engine))


def test_builds_that_were_killed_leave_nothing_for_good(memory, tmp_path):
    old, new = tmp_path / "a.sqlite.abc_12yz.part", tmp_path / "b.sqlite.abc_12yz.part"
    others = tmp_path / "film.part", tmp_path / "film.sqlite.part"
    for part in (old, new, *others):
        part.touch()
    for part in (old, *others):
        os.utime(part, (0, 0))
    memory(("Oui.", "Yes."))
    assert not old.exists()
    assert all(part.exists() for part in (new, *others))


def test_a_memory_that_unpacks_out_of_proportion_is_refused(tmp_path):
    bomb = tmp_path / "a.tmx.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as file:
        for _ in range(60):
            file.write(b" " * (1 << 20))
    with pytest.raises(InputError, match=r"a\.tmx\.gz.*unpacks"):
        opened([bomb])


def test_a_fuzzy_match_is_shown_and_left_to_the_model(memory):
    held = memory(("Le petit chat noir dort ici.", "The small black cat sleeps here."))
    found = recalled(held, "Le petit chat gris dort ici.")
    assert ("Le petit chat gris dort ici.", "mt") == (found.text, found.origin)
    assert "The small black cat sleeps here." == found.tm.target
    assert recalled(held, "Le petit chat gris dort ici.", least=95).tm is None


class Judging(Echo):
    """Finds short translations likelier."""

    def score(self, pairs):
        return [-len(target) for _, target in pairs]


def test_of_several_translations_in_a_file_the_engine_chooses(tmp_path):
    pairs = [("Oui.", "Yes."), ("Oui.", "Another sentence."), ("Non.", "No."), ("Non.", "No.")]
    first = written(tmp_path / "a.tmx", pairs)
    held = opened([first])
    assert 1 == held.figures["several translations"]
    assert ["Yes."] == held.rivals("Oui.")
    assert [] == held.rivals("Non.")
    assert "Another sentence." == recalled(held, "Oui.").text
    chosen = Remembering(Judging(), held).translate([Request("Oui.")])[0][0]
    assert ("Yes.", "Yes.", "tm") == (chosen.text, chosen.tm.target, chosen.origin)
    # A later file has the last word, and so has what was approved.
    later = opened([first, written(tmp_path / "b.tmx", [("Oui.", "Certainly not so.")])])
    assert [] == later.rivals("Oui.")
    more = [("Oui.", "Approved by a person.")]
    approved = opened([first, written(tmp_path / "c.tmx", more, status="approved"), first])
    chosen = Remembering(Judging(), approved).translate([Request("Oui.")])[0][0]
    assert "Approved by a person." == chosen.text


MENDED = [
    # source and target in memory, the source asked for, the target made; None: left to the model
    ("Voir page 12.", "See page 12.", "Voir page 17.", "See page 17."),
    ("De 3 à 4 ans.", "From 3 to 4 years.", "De 4 à 5 ans.", "From 4 to 5 years."),
    ("Prix : 4,9 euros.", "Price: 4.9 euros.", "Prix : 5,2 euros.", "Price: 5.2 euros."),
    ("Il a 1 200 lits.", "It has 1,200 beds.", "Il a 12 500 lits.", "It has 12,500 beds."),
    ("Le 12/05/2020.", "On 12/05/2020.", "Le 13/06/2021.", "On 13/06/2021."),
    # A point between thousands is a comma; in a version, as the target shows, it is not.
    ("Prix : 800 euros.", "Price: 800 euros.", "Prix : 12.500 euros.", "Price: 12,500 euros."),
    ("La version 2.125.", "Version 2.125.", "La version 2.126.", "Version 2.126."),
    # The number is written out, stands twice, or changes the words beside it.
    ("Voir page 3.", "See page three.", "Voir page 4.", None),
    ("Voir page 12.", "See page 12 of 12.", "Voir page 17.", None),
    ("Il y a 2 jours.", "There are 2 days.", "Il y a 1 jours.", None),
    ("En 8 ans.", "Over an 8 year span.", "En 9 ans.", None),
    ("Le 21e siècle.", "The 21st century.", "Le 22e siècle.", None),
    ("Page 5, ligne 5.", "Page 5, line 5.", "Page 6, ligne 7.", None),
    # More differs than a number.
    ("Voir la page 12.", "See page 12.", "Lire la page 17.", None),
    ("Voir page 12.", "See page 12.", "Voir page 17 ?", None),
    # Terms: the words around them are the same, and the old one stands there once.
    ("L’affaire est close.", "The case is closed.", "L’enquête est close.",
     "The inquiry is closed."),
    ("Le site Parler ferme.", "The site Parler closes.", "Le site Gab ferme.",
     "The site Gab closes."),
    ("L’affaire est close.", "It is closed.", "L’enquête est close.", None),
    ("Une affaire close.", "A case closed.", "Une enquête close.", None),
    ("L’affaire de 2020.", "The 2020 case.", "L’enquête de 2021.", "The 2021 inquiry."),
    ("L’affaire est close.", "The case is closed.", "Les enquêtes est close.", None),
]  # fmt: skip
TERMS = (
    TermEntry("affaire", "case"), TermEntry("enquête", "inquiry"),
    TermEntry("Parler", "Parler", "dnt"), TermEntry("Gab", "Gab", "dnt"),
)  # fmt: skip


@pytest.mark.parametrize(("source", "target", "asked", "made"), MENDED)
def test_numbers_and_terms_are_put_right_where_that_is_safe(source, target, asked, made):
    terms = Glossary(TERMS)
    match = TmMatch(source, target, 90)
    assert made == adapted(asked, match, terms.match(asked), terms.match(source))


def test_a_mended_match_is_the_translation(memory):
    held = memory(("L’affaire est close.", "The case is closed."))
    found = recalled(held, "L’enquête est close.", terms=TERMS, least=50)
    assert ("The inquiry is closed.", "tm") == (found.text, found.origin)
    [report] = found.enforcement
    assert ("right", "memory", "inquiry") == (report.outcome, report.how, report.found)


def test_a_memory_against_the_glossary_is_reported(memory):
    found = recalled(memory(("L’affaire est close.", "It is over.")), "L’affaire est close.",
                     terms=TERMS)  # fmt: skip
    assert "It is over." == found.text
    [report] = found.enforcement
    assert ("unenforced", "the translation memory has other words") == (
        report.outcome,
        report.reason,
    )


def test_links_count_in_the_text_as_it_was_written(memory):
    found = recalled(memory(("un « Mot » ici", "un “Mot” ici")), 'un "Mot" ici')
    for link in found.links:
        assert found.text[link.target_start : link.target_end] in ("un", "“Mot”", "ici")


def test_a_unit_keeps_its_match_in_the_record(tmp_path):
    tm = TmMatch("Source.", "Target.", 87, "d", "human", "approved")
    kept = replace(unit("Une source.", "x"), tm=tm)
    with (tmp_path / "u.jsonl").open("wb") as file:
        jsonl.write([kept, unit("a", "b")], file, signature="s")
    with (tmp_path / "u.jsonl").open("rb") as file:
        assert [tm, None] == [u.tm for u in jsonl.read(file)]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "memory"


def test_a_memory_is_built_once_for_the_same_content(tmp_path, cache):
    one = written(tmp_path / "a.tmx", [("Oui.", "Yes.")])
    opened([one])
    [built] = cache.iterdir()
    before = built.stat().st_mtime_ns
    one.rename(tmp_path / "b.tmx")
    assert "Yes." == opened([tmp_path / "b.tmx"]).best("Oui.").target
    assert before == built.stat().st_mtime_ns
    written(one, [("Oui.", "Yeah.")])
    assert "Yeah." == opened([one]).best("Oui.").target
    # Later files win.
    assert "Yeah." == opened([tmp_path / "b.tmx", one]).best("Oui.").target
    assert "Yes." == opened([one, tmp_path / "b.tmx"]).best("Oui.").target


def test_memories_that_are_not_used_any_more_give_way(tmp_path, cache):
    """A memory that grows every day would leave one behind every day."""
    first = written(tmp_path / "first.tmx", [("Oui.", "Yes.")])
    opened([first]).close()
    [kept] = cache.iterdir()
    for day in range(KEPT + 3):
        opened([written(tmp_path / "grows.tmx", [(f"Jour {day}.", f"Day {day}.")])]).close()
        opened([first]).close()
    assert KEPT == len(list(cache.iterdir()))
    assert kept.exists()


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"x" * 200, None])
def test_a_damaged_memory_is_built_anew(tmp_path, cache, damage):
    file = written(tmp_path / "a.tmx", [(f"Phrase {n}.", "x") for n in range(50)])
    opened([file]).close()
    [built] = cache.iterdir()
    built.write_bytes(built.read_bytes()[:3000] if damage is None else damage)
    assert 50 == len(opened([file]))


def test_a_damaged_row_is_told(tmp_path, cache):
    file = written(tmp_path / "a.tmx", [("Oui.", "Yes, sir.")])
    opened([file]).close()
    [built] = cache.iterdir()
    built.write_bytes(built.read_bytes().replace(b"Yes, sir.", b"Yes, s\xffr."))
    memory = opened([file])
    with pytest.raises(InputError, match="is damaged; delete it"):
        memory.best("Oui.")
    memory.close()


def opened_size(path):
    return len(opened([path]))


@pytest.mark.slow
def test_processes_may_build_the_same_memory_at_once(tmp_path, cache):
    file = written(tmp_path / "a.tmx", [(f"Phrase {n}.", "x") for n in range(2000)])
    with get_context("spawn").Pool(2) as pool:
        assert [2000, 2000] == pool.map(opened_size, [file, file], chunksize=1)
    assert 1 == len(list(cache.iterdir()))  # nothing half built is left


def test_memories_may_be_packed_or_a_run(tmp_path):
    plain = written(tmp_path / "a.tmx", [("Oui.", "Yes.")])
    (tmp_path / "a.tmx.gz").write_bytes(gzip.compress(plain.read_bytes()))
    with (tmp_path / "units.jsonl").open("wb") as file:
        jsonl.write([unit("Non.", "No.")], file, signature="s")
    held = opened([tmp_path / "a.tmx.gz", tmp_path / "units.jsonl"])
    assert ["Yes.", "No."] == [u.target for u in held.units()]


BAD = {
    "not there": (None, "cannot be read"),
    "no TMX": (b"<html/>", "<tmx>"),
    "cut off": (b"<tmx><body><tu><tuv xml:lang='fr'>", "a.tmx:1"),
    "entity": (b'<!DOCTYPE t [<!ENTITY e SYSTEM "file:///etc/passwd">]><tmx>&e;</tmx>', "entity"),
    "packed in ruins": (gzip.compress(bytes(range(256)))[:100], "a.tmx.gz"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_one_line_with_their_name(tmp_path, cache, case):
    content, message = BAD[case]
    place = tmp_path / ("a.tmx.gz" if "packed" in case else "a.tmx")
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(InputError) as error:
        opened([place])
    assert message in str(error.value)
    assert place.name in str(error.value)
    assert "\n" not in str(error.value)
    assert [] == (list(cache.iterdir()) if cache.exists() else [])


def test_an_unwritable_cache_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("BITEXT_CACHE", str(Path(__file__)))
    with pytest.raises(OutputError, match="BITEXT_CACHE"):
        opened([written(tmp_path / "a.tmx", [("Oui.", "Yes.")])])


HOSTILE = ["mot " * 30_000, "a" * 100_000, "e" + "\u0301" * 50_000, "\ud800", "1 " * 20_000, "\0"]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_do_no_harm(memory, text):
    held = memory((text, "x"), ("Un autre mot.", "y"))
    found = held.best(text)
    assert found is None or "x" == found.target
    held.best(text + " autre mot")


def test_a_run_reuses_its_own_translations(tmp_path):
    """Seeds translated once come back whole, each with its origin and its score."""
    (tmp_path / "a.txt").write_text("Le 3 mai, il dort. Elle « rêve ».\n", "utf-8")
    held = written(tmp_path / "m.tmx", [
        ("Le 4 mai, il dort.", "On May 4, he sleeps."), ("Elle «rêve».", "She ‘dreams’."),
    ])  # fmt: skip
    job = runs.Job((tmp_path / "a.txt",), tmp_path / "out", engine="echo", memories=(held,))
    events = list(runs.run(job))
    assert any(isinstance(event, runs.Indexing) for event in events)
    with (tmp_path / "out" / "units.jsonl").open("rb") as file:
        units = list(jsonl.read(file))
    assert [("On May 3, he sleeps.", "tm", 98), ("She ‘dreams’.", "tm", 100)] == [
        (u.target, u.origin, u.tm.score) for u in units
    ]
    # Another memory, or another threshold, is another run.
    for changed in (replace(job, min_match=99), replace(job, memories=())):
        assert any(isinstance(event, runs.Advanced) for event in list(runs.run(changed)))
    assert not any(isinstance(event, runs.Advanced) for event in runs.run(changed))


def bitext(*arguments, given=None):
    result = CliRunner().invoke(cli.app, [str(a) for a in arguments], input=given)
    assert 0 == result.exit_code, result.output
    return result


def test_the_commands(tmp_path):
    old = written(tmp_path / "old.tmx", [("Oui.", "Yes."), ("Non.", "No."), ("Bon.", "Good.")])
    new = written(tmp_path / "new.tmx", [("Oui.", "Yeah."), ("Non.", "No."), ("Deux.", "Two.")])
    lines = bitext("memory", "diff", old, new).stdout.splitlines()
    assert ["~\tOui.\tYes.\tYeah.", "-\tBon.\tGood.\t", "+\tDeux.\t\tTwo."] == lines
    assert "distinct\t4" in bitext("memory", "stats", old, new).stdout.splitlines()
    assert "units\t6" in bitext("memory", "stats", old, new).stdout.splitlines()
    found = bitext("memory", "search", "Non !", old).stdout.splitlines()
    assert found[0].startswith("99\tNon.\tNo.")
    bitext("memory", "merge", old, new, "--out", tmp_path / "all.tmx")
    with (tmp_path / "all.tmx").open("rb") as file:
        merged = [(u.source, u.target) for u in tmx.read(file)]
    assert [("Oui.", "Yeah."), ("Non.", "No."), ("Bon.", "Good."), ("Deux.", "Two.")] == merged
    # Each is what its own file says of it, also where the source came first in another.
    bare, dated = '<tuv xml:lang="fr"><seg>Oui.', '<tu creationid="A"'
    new.write_text(new.read_text().replace(bare, f'<prop type="p">1</prop>{bare}'))
    old.write_text(old.read_text().replace("<tu ", f"{dated} "))
    bitext("memory", "merge", old, new, "--out", tmp_path / "all.tmx")
    tus = (tmp_path / "all.tmx").read_text().split("<tu ")[1:]
    assert [False, False, True, False] == ['creationid="A"' in tu for tu in tus]
    assert [True, False, False, False] == ['<prop type="p">' in tu for tu in tus]
    said = bitext("memory", "filter", new, "--lacking", "Two", "--out", tmp_path / "f.tmx")
    assert "left out: 1 (matches)" in said.stderr
    with (tmp_path / "f.tmx").open("rb") as file:
        assert ["Oui.", "Non."] == [u.source for u in tmx.read(file)]
    given = "Oui. Trois.\n"
    line = bitext("translate", "-", "--engine", "echo", "--memory", old, given=given).stdout
    assert "Yes. Trois.\n" == line


@pytest.mark.parametrize(
    ("dates", "kept"),
    [(("2024", "2023"), "1"), (("2023", "2024"), "2"), (("2024", "2024"), "2")],
)
def test_of_equal_units_the_one_changed_last_is_merged(dates, kept, tmp_path):
    path = written(tmp_path / "a.tmx", [("Oui.", "Yes.")])
    text = path.read_text()
    begin, end = text.index("<tu "), text.index("</tu>") + len("</tu>")
    equal = [
        text[begin:end]
        .replace("<tu ", f'<tu changedate="{year}0101T000000Z" ')
        .replace("<tuv", f'<prop type="p">{n}</prop><tuv', 1)
        for n, year in enumerate(dates, 1)
    ]
    path.write_text(text[:begin] + "".join(equal) + text[end:])
    bitext("memory", "merge", path, "--out", tmp_path / "all.tmx")
    [tu] = (tmp_path / "all.tmx").read_text().split("<tu ")[1:]
    assert f'<prop type="p">{kept}</prop>' in tu
    assert f'changedate="{dates[int(kept) - 1]}' in tu


HEADED = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="T" creationtoolversion="9" creationdate="20200101T000000Z"
 segtype="block" o-tmf="T" adminlang="fr" srclang="fr-FR" datatype="xml" changeid="A"><note>N</note>
<prop type="client">C</prop><ude name="u"/></header><body>
<tu><tuv xml:lang="fr"><seg> Un </seg></tuv><tuv xml:lang="en"><seg>One</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Deux</seg></tuv><tuv xml:lang="de"><seg>Zwei</seg></tuv></tu>
</body></tmx>"""


@pytest.mark.parametrize(
    "command",
    [("memory", "merge"), ("memory", "filter"), ("clean",), ("qa", "--fix"), ("export",)],
    ids=" ".join,
)
def test_the_header_of_the_only_memory_is_kept(command, tmp_path):
    (tmp_path / "a.tmx").write_text(HEADED)
    arguments = [*command, tmp_path / "a.tmx", "--out", tmp_path / "b.tmx"]
    if command == ("export",):
        units = tmp_path / "u.jsonl"
        imported = ["import", str(tmp_path / "a.tmx"), "--out", str(units)]
        assert 3 == CliRunner().invoke(cli.app, imported).exit_code
        arguments = ["export", units, "--format", "tmx", "--out", tmp_path / "b.tmx"]
    said = CliRunner().invoke(cli.app, [str(a) for a in arguments])
    if command not in (("qa", "--fix"), ("export",)):
        assert "left out: has no segment in en" in said.stderr
    text = (tmp_path / "b.tmx").read_text()
    head = text[text.index("<header") : text.index("</header>")]
    kept = ('creationdate="20200101T000000Z"', 'segtype="block"', 'o-tmf="T"', 'adminlang="fr"',
            'srclang="fr-FR"', 'datatype="xml"', "<note>N</note>",
            '<prop type="client">C</prop><ude name="u"></ude>')  # fmt: skip
    assert [] == [each for each in kept if each not in head]
    assert 'creationtool="bitext"' in head
    assert "changeid" not in head
    assert "<seg> Un </seg>" in text
    # Our own signature is there once, however often we write the file.
    arguments = ["memory", "filter", tmp_path / "b.tmx", "--out", tmp_path / "c.tmx"]
    bitext(*arguments)
    assert 1 == (tmp_path / "c.tmx").read_text().count("x-signature")


def test_merging_several_memories_says_what_is_left_out(tmp_path):
    (tmp_path / "a.tmx").write_text(HEADED)
    rejected = unit("Non.", "No.", status="rejected")
    with (tmp_path / "b.tmx").open("wb") as file:
        tmx.write([rejected], file, signature="s")
    out = tmp_path / "c.tmx"
    said = bitext("memory", "merge", tmp_path / "a.tmx", tmp_path / "b.tmx", "--out", out).stderr
    assert "left out: 1 (status rejected)" in said
    assert "a.tmx:6: a.tmx:2: left out: has no segment in en" in said
    assert 'adminlang="en"' in out.read_text()


SIEVES = [
    ({"statuses": ["approved"]}, ["b"]),
    ({"origins": ["human"]}, ["a", "c", "d", "e"]),
    ({"same": False}, ["a", "b", "d", "e"]),
    ({"most_words": 3}, ["a", "b", "c"]),
    ({"ratio": 3.0}, ["a", "b", "c", "d"]),
    ({"having": "[Vv]oir"}, ["a"]),
    ({"lacking": "^See"}, ["b", "c", "d", "e"]),
    ({"issues": "major"}, ["a", "b", "c", "d"]),
]
UNITS = [
    unit("Voir page 3.", "See page 3.", id="a"),
    unit("Oui.", "Yes.", id="b", status="approved", origin="mt"),
    unit("Le chat dort.", "Le chat dort.", id="c"),
    unit("Le chat noir dort ici.", "The black cat sleeps here.", id="d"),
    unit("Le petit chat noir de la voisine dort.", "Cat", id="e"),
    unit("", "x", id="f"),
]


@pytest.mark.parametrize(("asked", "kept"), SIEVES)
def test_sieves(asked, kept):
    left_out = Counter()
    assert kept == [u.id for u in sifted(UNITS, sieve(**asked), left_out)]
    assert len(UNITS) - len(kept) == left_out.total()


def test_differences_of_equal_memories_are_none(memory):
    pairs = [("Oui.", "Yes."), ("Non.", "No.")]
    assert [] == list(differences(memory(*pairs), memory(*pairs[::-1])))
