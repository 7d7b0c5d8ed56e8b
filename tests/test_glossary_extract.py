"""Terms proposed from linked sentences: what is counted, what is left out, what comes first."""

import io
import re

import pytest
from typer.testing import CliRunner

from bitext.cli import app
from bitext.formats import jsonl
from bitext.glossary.extraction import extract
from bitext.linking import linked
from bitext.units import Link, TranslationUnit

WORD = re.compile(r"\w+")


def unit(source: str, target: str) -> TranslationUnit:
    """Words are linked by the numbers after them: `réseau_1 social_2`, `social_2 network_1`."""
    texts, places = [], []
    for marked in (source, target):
        text, place = "", {}
        for piece in re.split(r"(\w+?_\d)", marked):
            word, _, number = piece.partition("_")
            if number:
                place[number] = (len(text), len(text) + len(word))
            text += word
        texts.append(text)
        places.append(place)
    links = tuple(Link(*places[0][n], *places[1][n]) for n in places[0] if n in places[1])
    return TranslationUnit("d:0:0:0", "d", 0, 0, len(texts[0]), *texts, "mt", links=links)


SOCIAL = unit("Sur_1 le réseau_2 social_3.", "On_1 the social_3 network_2.")
SOCIALS = unit("Sur_1 les réseaux_2 sociaux_3.", "On_1 social_3 networks_2.")
NETWORK = unit("Sur_1 un_2 réseau_3.", "On_1 a_2 network_3.")
PARLER = unit("Sur_1 Parler_2.", "On_1 Parler_2.")
HEAD = unit("Parler_1 a_2 été là_3.", "Parler_1 has_2 been there_3.")
TERMS = unit("Selon_1 les conditions_2 de_3 service_4.", "By_1 the terms_2 of_3 service_4.")
SPREAD = unit("Pour_1 limiter_2 la_3 portée_4.", "To_1 limit_2 the_3 scope_4.")
PLATFORM = unit("Sur_1 la plate_2-forme.", "On_1 the platform_2.")
BARE = TranslationUnit("d:0:0:0", "d", 0, 0, 5, "Un an", "A year", "human")

PROPOSED = {
    "phrases in all their forms": ([SOCIAL, SOCIALS], ["réseau social=social network"]),
    "only plurals": ([SOCIALS, SOCIALS], ["réseaux sociaux=social networks"]),
    "what is alone, too": ([SOCIAL, SOCIALS, NETWORK, NETWORK], ["réseau social=social network",
                                                                 "réseau=network"]),
    "names, also at the head of a sentence": ([PARLER, HEAD, HEAD], ["Parler=Parler"]),
    "words that join within": ([TERMS, TERMS], ["conditions de service=terms of service"]),
    "no verb with its object": ([SPREAD, SPREAD], ["portée=scope"]),
    "no part of a word with a hyphen": ([PLATFORM, PLATFORM], ["plate-forme=platform"]),
    "nothing that comes once": ([SOCIAL, PARLER, TERMS], []),
    "nothing without links": ([BARE, BARE], []),
    "nothing rendered in many ways": (
        [SOCIAL, SOCIAL, *(unit("Un réseau_2 social_3", f"A w{n}x_3 v{n}x_2") for n in "abc")], []
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PROPOSED)
def test_what_is_proposed(case):
    units, expected = PROPOSED[case]
    assert expected == [f"{p.source}={p.target}" for p in extract(units)]


def test_a_proposal_says_how_often_and_where():
    other = unit("Sur_1 le réseau_2 social_3.", "On_1 the web_2.")
    [proposal, *_] = extract([SOCIAL, SOCIALS, SOCIAL, other])
    assert (3, 0.75) == (proposal.count, proposal.share)
    evidence = ((SOCIAL.source, SOCIAL.target), (SOCIALS.source, SOCIALS.target))
    assert evidence == proposal.evidence
    assert "3 of 4" == proposal.entry.note
    assert 1 == len(extract([SOCIAL, SOCIALS, SOCIAL], min_count=3))


class Engine:
    """Links the first letters."""

    def align(self, pairs):
        return [(Link(0, 1, 0, 1),) for _ in pairs]


def test_only_what_has_no_links_is_linked():
    opened = []

    def open_engine():
        opened.append(1)
        return Engine()

    assert [SOCIAL] == list(linked([SOCIAL], open_engine))
    assert [] == opened
    units = list(linked([BARE, SOCIAL, BARE], open_engine))
    assert [(Link(0, 1, 0, 1),), SOCIAL.links, (Link(0, 1, 0, 1),)] == [u.links for u in units]
    assert [1] == opened


def extracted(*arguments: object) -> list[list[str]]:
    result = CliRunner().invoke(app, ["glossary", "extract", *map(str, arguments)])
    assert 0 == result.exit_code, result.exception
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_the_command(tmp_path):
    path = tmp_path / "units.jsonl"
    file = io.BytesIO()
    jsonl.write([SOCIAL, SOCIALS, PARLER, HEAD], file, signature="s")
    path.write_bytes(file.getvalue())
    rows = extracted(path, "--engine", "echo")
    assert ["source", "target", "count", "share", "others", "evidence"] == rows[0]
    assert [
        ["réseau social", "social network", "2", "100 %"],
        ["Parler", "Parler", "2", "100 %"],
    ] == [row[:4] for row in rows[1:]]
    rows = extracted(path, "--engine", "echo", "--format", "tsv")
    assert ["Parler", "=", "2 of 2"] == rows[2]


def test_the_command_links_a_memory(tmp_path):
    path = tmp_path / "a.tmx"
    variants = [f"<tuv xml:lang='{lang}'><seg>{word} Wuhan.</seg></tuv>"
                for lang, word in (("fr", "Vers"), ("en", "To"))]  # fmt: skip
    units = f"<tu>{''.join(variants)}</tu>" * 2
    path.write_text(f"<tmx version='1.4'><header/><body>{units}</body></tmx>", "utf-8")
    assert ["Wuhan", "Wuhan", "2"] == extracted(path, "--engine", "echo")[1][:3]
