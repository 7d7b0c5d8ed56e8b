"""Our splitting rules as SRX: an engine that knows only SRX cuts nearly as we do."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bitext.formats import srx
from bitext.segment import spans

ROOT = Path(__file__).parent
SEEDS = sorted((ROOT.parent / "seeds").glob("0*.txt"))
TABLE = ROOT / "data" / "french_sentences.tsv"
SPACES = "{http://www.lisa.org/srx20}"


def engine(content: bytes, text: str) -> list[int]:
    """Where a text is cut: at each place the first rule that fits decides."""
    rules = [
        (
            rule.get("break") == "yes",
            re.compile(f"(?:{rule.findtext(f'{SPACES}beforebreak')})$"),
            re.compile(rule.findtext(f"{SPACES}afterbreak") or ""),
        )
        for rule in ElementTree.fromstring(content).iter(f"{SPACES}rule")
    ]
    cuts = []
    for found in re.finditer(r"(?<=\S)(?=\s)", text):
        at = found.start()
        for breaks, before, after in rules:
            if after.match(text, at) and before.search(text[max(0, at - 60) : at]):
                cuts += [at] if breaks else []
                break
    return cuts


def content() -> bytes:
    file = io.BytesIO()
    srx.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "M. Dupont dort.| Il rêve.",
        "Il est né av. J.-C. et mort.| Après ?| « Oui ! »| Non.",
        "Voir art. 5 et p. 12.| Fin.",
        "Mme Durand, p. ex. ici… mais non.| #Paris brûle.",
        "« Il est mort ! » dit-elle.| Vraiment ?",
        "J. R. R. Tolkien écrit.| 12 livres.",
    ],
)
def test_rules(text: str) -> None:
    cuts, at = [], 0
    for piece in text.split("|")[:-1]:
        at += len(piece)
        cuts.append(at)
    assert cuts == engine(content(), text.replace("|", ""))


@pytest.mark.parametrize(
    ("least", "texts"),
    [
        (1.0, [line for path in SEEDS for line in path.read_text("utf-8").splitlines()]),
        # A table of hard cases, some of which turn on what stands far away.
        (0.9, [row.split("\t")[0] for row in TABLE.read_text("utf-8").splitlines()[1:]]),
    ],
    ids=["seeds", "table"],
)
def test_texts_are_cut_as_we_cut_them(least: float, texts: list[str]) -> None:
    rules, same, ours, theirs = content(), 0, 0, 0
    for text in texts:
        found = list(spans(text))
        expected = {end for _, end in found[:-1]}
        cuts = {cut for cut in engine(rules, text) if cut < found[-1][1]} if found else set()
        ours, theirs, same = ours + len(expected), theirs + len(cuts), same + len(expected & cuts)
    assert ours > 40
    assert same >= least * max(ours, theirs)


@pytest.mark.omegat
def test_valid(schemas: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile("/usr/share/omegat/OmegaT.jar") as jar:
        jar.extract("schemas/srx20.xsd", tmp_path)
    (tmp_path / "our.srx").write_bytes(content())
    schema = str(tmp_path / "schemas" / "srx20.xsd")
    command = ["xmllint", "--noout", "--nonet", "--schema", schema, str(tmp_path / "our.srx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
