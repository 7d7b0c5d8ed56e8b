"""The command line as a person meets it: help, pipes, exit statuses, one line for a mistake."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from in_process import Ended, bitext
from typer.main import get_command

from bitext import cli

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


def commands():
    """Every command, by the words that name it."""

    def walk(command, words):
        inner = getattr(command, "commands", {})
        if not inner:
            yield words, command
        for name, each in inner.items():
            yield from walk(each, [*words, name])

    return {" ".join(words): command for words, command in walk(get_command(cli.app), [])}


@pytest.mark.parametrize("name", commands())
def test_every_help_ends_in_an_example(name):
    help_ = (commands()[name].help or "").strip()
    assert f"bitext {name}" in help_.splitlines()[-1]
    assert help_.splitlines()[-1].startswith("Example: ")


def test_the_version_is_told():
    """And a process of its own gives what the command gives within this one."""
    command = [sys.executable, "-c", "from bitext.cli import main; main()", "--version"]
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert b"bitext 0." in done.stdout
    assert bitext("--version") == Ended(done.returncode, done.stdout, done.stderr)


def test_translate_gives_a_line_for_a_line():
    result = bitext("translate", "-", "--engine", "echo", given="Un.\n\nDeux. Trois.\nquatre")
    assert "Un.\n\nDeux. Trois.\nquatre\n" == result.stdout.decode()
    assert 0 == result.returncode


def test_pretranslation_names_the_terms_that_it_could_not_enforce(tmp_path):
    (tmp_path / "g.tsv").write_text("source\ttarget\tkind\nchat\tchat\tforbidden\n")
    unit = '<trans-unit id="a\x9b31m"><source>Un chat.</source></trans-unit>'
    (tmp_path / "a.xlf").write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
        ' datatype="x" source-language="fr" target-language="en"><body>'
        f"{unit}</body></file></xliff>",
        "utf-8",
    )
    result = bitext(
        "translate", tmp_path / "a.xlf", "--engine", "echo", "--glossary", tmp_path / "g.tsv"
    )
    first, second = result.stderr.decode().splitlines()
    assert first.endswith("1 filled, 0 left empty")
    assert second.startswith(f"{tmp_path / 'a.xlf'}: a\ufffd31m: ")
    assert second.endswith(": chat: the forbidden target stands there")
    assert second.isprintable()
    assert 0 == result.returncode


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_translate_names_the_terms_that_it_could_not_enforce(tmp_path, suffix):
    (tmp_path / "g.tsv").write_text("source\ttarget\tkind\nchat\tchat\tforbidden\n")
    text = tmp_path / f"a.{suffix}"
    text.write_text("Rien.\n\nUn chat.\n")
    result = bitext("translate", text, "--engine", "echo", "--glossary", tmp_path / "g.tsv")
    assert (0, "Rien.\n\nUn chat.\n") == (result.returncode, result.stdout.decode())
    place = f"{text}:3" if suffix == "txt" else str(text)
    told = result.stderr.decode().splitlines()
    assert [f"{place}: chat: the forbidden target stands there"] == told


def test_translate_keeps_to_a_glossary():
    result = bitext(
        "translate", "-", "--engine", "echo", "--glossary", ROOT / "glossary" / "parler.tsv",
        given="Les pelotons d’exécution.\n",
    )  # fmt: skip
    assert "Les firing squads.\n" == result.stdout.decode()


def test_segment_gives_a_sentence_a_line():
    result = bitext("segment", "-", given="M. Dupont dort. Il rêve !\n\nFin")
    assert ["M. Dupont dort.", "Il rêve !", "Fin"] == result.stdout.decode().splitlines()


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    place = tmp_path_factory.mktemp("cli") / "out"
    result = bitext("run", SEEDS, "--out", place, "--engine", "echo")
    assert 0 == result.returncode, result.stderr.decode()
    return place, result


def test_run_prints_a_table_a_person_understands(out):
    _, result = out
    text = result.stdout.decode()
    for path in SEEDS.glob("0*.txt"):
        assert path.name in text
    assert "89/89" in text
    for heading in ("article", "sentences", "words", "terms", "chrF++", "flags", "seconds"):
        assert heading in text
    said = result.stderr.decode()
    assert "model: none (echo, best); glossary: parler.tsv; references: references.tsv\n" == said


def test_export_gives_the_same_tmx(out):
    place, _ = out
    result = bitext("export", place / "units.jsonl", "--format", "tmx")
    assert (place / "corpus.tmx").read_bytes() == result.stdout


def test_export_to_a_file(out, tmp_path):
    place, _ = out
    bitext("export", place / "units.jsonl", "--format", "tsv", "--out", tmp_path / "u.tsv")
    lines = (tmp_path / "u.tsv").read_text("utf-8").splitlines()
    assert 1 + 155 == len(lines)


def test_score_prints_the_scores_of_the_run(out):
    place, _ = out
    result = bitext(
        "score", place / "units.jsonl", "--references", SEEDS / "references.tsv", "--format=json"
    )
    scores = json.loads(result.stdout)
    kept = json.loads((place / "scores.json").read_text("utf-8"))
    assert kept["sentences"] == scores["sentences"]
    given = [place / "units.jsonl", "--references", SEEDS / "references.tsv", "--metric", "bleu"]
    table = bitext("score", *given)
    assert "BLEU" in table.stdout.decode()


def test_score_compares_files_of_lines(tmp_path):
    for name, text in {
        "ours": "The site was down.\nIt is back.\n",
        "theirs": "Site down was.\nIt back is.\n",
        "reference": "The site went down.\nIt is back.\n",
        "source": "Le site était en panne.\nIl est revenu.\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    wanted = ["--references", tmp_path / "reference", "--sources", tmp_path / "source"]
    given = ["score", "--hypotheses", tmp_path / "ours", *wanted, "--baseline", tmp_path / "theirs"]
    table = bitext(*given)
    assert 0 == table.returncode, table.stderr
    for said in ("against theirs", "p randomised", "2 better, 0 worse", "too few to trust"):
        assert said in table.stdout.decode()
    figures = json.loads(bitext(*given, "--format", "json", "--metric", "chrf").stdout)
    assert (None, 2) == (figures["sentences"]["bleu"], figures["comparisons"][0]["count"])
    given += ["--metric", "chrf"]  # the others take their time
    rows = bitext(*given, "--format", "tsv").stdout.splitlines()
    assert 3 == len(rows)
    page = tmp_path / "report.html"
    assert 0 == bitext(*given, "--format", "html", "--out", page).returncode
    assert "</html>" in page.read_text("utf-8")
    missed = bitext(*given, "--fail-under", "chrf=99.5")
    assert 3 == missed.returncode
    assert b"below 99.5" in missed.stderr


def test_qa_finds_and_fixes(tmp_path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(
        "source\ttarget\nIl a 4,9 millions !\tIt has 49 million !\nOui.\tYes.\n", "utf-8"
    )
    result = bitext("qa", pairs, "--fail-on", "major")
    assert 3 == result.returncode
    assert "1 units (50.0 %) have one" in result.stdout.decode()
    calm = bitext("qa", pairs, "--fail-on", "major", "--disable", "numbers")
    assert 0 == calm.returncode
    out = tmp_path / "fixed.jsonl"
    fixed = bitext("qa", pairs, "--fix", "--out", out, "--format", "json")
    assert b"put right in 1 units: spacing 1" in fixed.stderr
    assert {"numbers"} == set(json.loads(fixed.stdout)["checks"])
    again = bitext("qa", out, "--format", "tsv")
    cells = again.stdout.decode().split("\t")
    assert ["id", "numbers"] == [cells[0], cells[12]]
    assert b"spacing" in bitext("qa", "--checks").stdout


def test_qa_takes_the_files_of_cat_tools(tmp_path):
    unit = '<trans-unit id="1"><source>Il a 4 chats.</source><target>Two.</target></trans-unit>'
    head = '<xliff version="1.2"><file source-language="fr" target-language="en"><body>'
    for suffix in ("sdlxliff", "mqxliff", "mxliff"):
        path = tmp_path / f"a.{suffix}"
        path.write_text(f"{head}{unit}</body></file></xliff>", "utf-8")
        assert 3 == bitext("qa", path, "--fail-on", "major").returncode


def test_models_are_listed():
    rows = [line.split("\t") for line in bitext("models", "list").stdout.decode().splitlines()]
    assert ["builtin", "ready"] == rows[0][:2]


MISTAKES = {
    "no such file": (["translate", "nowhere.txt", "--engine", "echo"], 1, "nowhere.txt"),
    "name too long": (
        ["align", "a" * 300, "README.md"],
        1,
        "a…: cannot be used (file name too long)",
    ),
    "no such engine": (["translate", "-", "--engine", "x"], 2, "no engine called 'x'"),
    "no such preset": (["run", "seeds", "--out", "o", "--preset", "x"], 2, "no preset called"),
    "no such model": (["translate", "-", "--model", "./x"], 1, "no such directory"),
    "no such format": (["export", "-", "--format", "x"], 2, "no format called 'x'"),
    "not units": (["export", "LICENSE"], 1, "LICENSE:1: not JSON"),
    "empty units": (["export", "-"], 1, "-:1: "),
    "no sources": (["run", "nowhere", "--out", "o"], 1, "does not exist"),
    "unwritable": (["run", "seeds", "--out", "LICENSE", "--engine", "echo"], 1, "is a file"),
    "bad glossary": (["translate", "-", "--glossary", "LICENSE"], 1, "LICENSE:1: needs a French"),
    "bad references": (["score", "-", "--references", "LICENSE"], 1, "LICENSE"),
    "no way to check": (["qa", "-", "--disable", "x"], 2, "no check called 'x'"),
    "two columns": (["qa", "seeds/references.tsv"], 1, "seeds/references.tsv:1: 3 columns, not 2"),
    "no references": (["score", "--hypotheses", "LICENSE"], 1, "needs --references FILE"),
    "other lines": (
        ["score", "--hypotheses", "LICENSE", "--references", "README.md"],
        1,
        "lines, but README.md",
    ),
    "no such metric": (["score", "-", "--metric", "comet"], 2, "no metric called 'comet'"),
    "no such limit": (["score", "-", "--fail-under", "x=1"], 1, "cannot read 'x=1'"),
    "wrong encoding": (["translate", "-", "--engine", "echo"], 1, "-:1: not UTF-8"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_line_and_an_exit_status(case):
    arguments, status, message = MISTAKES[case]
    given = b"d\xe9j\xe0" if case == "wrong encoding" else b""
    result = bitext(*arguments, given=given, cwd=ROOT)
    assert status == result.returncode
    assert message in result.stderr.decode()
    assert 1 == len(result.stderr.decode().strip().splitlines())
    assert b"" == result.stdout


def test_wrong_usage_is_told_with_usage():
    result = bitext("translate")
    assert 2 == result.returncode
    assert b"Usage" in result.stderr


def test_a_bad_article_is_named_and_the_others_done(tmp_path):
    (tmp_path / "good.txt").write_text("Bonjour.\n", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    result = bitext("run", tmp_path, "--out", tmp_path / "out", "--engine", "echo", "--no-glossary")
    assert 3 == result.returncode
    assert "bad.txt: is not a text file" in result.stderr.decode()
    assert "good.txt" in result.stdout.decode()
    assert (tmp_path / "out" / "translations" / "good.en.txt").exists()


@pytest.mark.parametrize(
    ("references", "said"),
    [
        ("", "no reference"),
        ("a.txt\tdort\tsleeps\n", "parts of one"),
        ("a.txt\tIl vient.\tHe comes.\n", "not scored: a.txt, line 2"),
        ("z.txt\tIl dort.\tHe sleeps.\n", "1 snippets of z.txt, which is not in this run"),
        ("a.txt\tIl dort.\tHe sleeps.\n", "sentences and passages"),
    ],
)
def test_few_references_or_none_are_no_mistake(tmp_path, references, said):
    (tmp_path / "a.txt").write_text("Il dort.\n", "utf-8")
    if references:
        (tmp_path / "references.tsv").write_text(f"document\tsource\treference\n{references}")
    out = tmp_path / "out"
    result = bitext("run", tmp_path, "--out", out, "--engine", "echo")
    assert 0 == result.returncode, result.stderr.decode()
    assert said in result.stdout.decode()
    more = ["--references", tmp_path / "references.tsv"] if references else []
    assert 0 == bitext("score", out / "units.jsonl", *more).returncode


def test_lines_before_a_bad_one_are_done():
    result = bitext("translate", "-", "--engine", "echo", given=b"Un.\nDeux.\n\xff\n")
    assert (1, b"Un.\nDeux.\n") == (result.returncode, result.stdout)


@pytest.mark.slow
def test_an_interrupted_run_says_how_to_go_on(tmp_path):
    for number in range(300):
        (tmp_path / f"{number:03}.txt").write_text(f"Texte numéro {number}.\n", "utf-8")
    command = ["-c", "from bitext.cli import main; main()", "run", tmp_path, "--out"]
    options = [tmp_path / "out", "--engine", "echo", "--no-glossary"]
    process = subprocess.Popen(
        [sys.executable, *map(str, command + options)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    assert process.stderr.readline().startswith("model: ")  # it is under way
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert 130 == process.returncode
    assert "the same command goes on from there" in said
    assert not (tmp_path / "out" / "units.jsonl").exists()


def test_a_closed_pipe_is_no_traceback():
    command = (
        f"{sys.executable} -c 'from bitext.cli import main; main()' "
        "segment seeds/000_d82dc56dccda26bb.txt | head -1"
    )
    result = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, timeout=60)
    assert b"" == result.stderr
