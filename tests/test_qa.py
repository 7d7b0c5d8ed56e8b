"""Checks: a table of pairs, right and broken, and laws for any text and any number."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.errors import UnknownName
from bitext.qa import CHECKS, across, checked, fixed, inspection
from bitext.qa.numbers import numbers
from bitext.qa.quality import quality
from bitext.qa.rules import plain
from bitext.qa.terms import over_applied, terms
from bitext.units import Enforcement, Issue, Link, TermEntry, TermMatch, TranslationUnit

PAIRS = Path(__file__).parent / "data" / "qa_pairs.tsv"


def unit(source: str, target: str, **more: object) -> TranslationUnit:
    blank = TranslationUnit("a:0:0:0", "a", 0, 0, len(source), source, target, "mt")
    return TranslationUnit(**{name: getattr(blank, name) for name in blank.__slots__} | more)  # type: ignore[arg-type]


def pairs() -> list[tuple[str, str, set[str]]]:
    rows = PAIRS.read_text(encoding="utf-8").split("\n")[1:]
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [(source, target, set(must.split(",")) - {""}) for source, target, must in cells]


@pytest.mark.parametrize(("source", "target", "must"), pairs())
def test_exactly_the_flags_it_must_have(source: str, target: str, must: set[str]) -> None:
    issues = checked(unit(source, target)).issues or ()
    assert must == {issue.check for issue in issues}, issues


def test_the_table_holds_enough() -> None:
    assert len(pairs()) >= 200


WRONG, LOST, NEW = "accuracy/mistranslation", "accuracy/omission", "accuracy/addition"
NUMBERS = [
    # source, target, category, source span, target span
    ("Il a 4,9 millions.", "It has 49 million.", WRONG, "4,9 millions", "49 million"),
    ("Il a trouvé 98 messages.", "It found posts.", LOST, "98", None),
    ("Il a trouvé des messages.", "It found 98 posts.", NEW, None, "98"),
    ("De 12 à 15 heures, 98 cas.", "From 12 to 15 hours, 89 cases.", WRONG, "98", "89"),
    ("Le G20 se réunit.", "The G8 meets.", WRONG, "G20", "G8"),
]


@pytest.mark.parametrize(("source", "target", "category", "was", "now"), NUMBERS)
def test_a_number_flag_says_what_and_where(
    source: str, target: str, category: str, was: str | None, now: str | None
) -> None:
    [issue] = numbers(unit(source, target))
    assert (category, "major") == (issue.category, issue.severity)
    assert ([was] if was else []) == [source[a:b] for a, b in issue.source_spans]
    assert ([now] if now else []) == [target[a:b] for a, b in issue.target_spans]


def test_a_lone_two_is_a_minor_matter() -> None:
    assert ["minor"] == [i.severity for i in numbers(unit("Les deux hommes.", "The men."))]
    assert ["major"] == [i.severity for i in numbers(unit("Les deux hommes.", "The three men."))]


FRENCH_ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
FRENCH_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def in_french(number: int) -> str:
    """A number below a billion as French spells it."""
    if number >= 1000:
        scale, word = (10**6, "million") if number >= 10**6 else (1000, "mille")
        many, rest = divmod(number, scale)
        plural = "s" if scale == 10**6 and many > 1 else ""
        head = word if (scale, many) == (1000, 1) else f"{in_french(many)} {word}{plural}"
        return f"{head} {in_french(rest)}" if rest else head
    if number >= 100:
        many, rest = divmod(number, 100)
        head = "cent" if many == 1 else f"{FRENCH_ONES[many]} cent{'' if rest else 's'}"
        return f"{head} {in_french(rest)}" if rest else head
    if number < 20:
        return FRENCH_ONES[number]
    if number >= 80:
        return f"quatre-vingt-{FRENCH_ONES[number - 80]}" if number > 80 else "quatre-vingts"
    ten = 60 if number >= 70 else number // 10 * 10
    if number == ten:
        return FRENCH_TENS[ten]
    joint = " et " if number - ten in (1, 11) else "-"
    return f"{FRENCH_TENS[ten]}{joint}{FRENCH_ONES[number - ten]}"


ENGLISH_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
ENGLISH_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_english(number: int) -> str:
    """A number below a billion as English spells it."""
    for scale, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            many, rest = divmod(number, scale)
            joint = " and " if rest < 100 else " "
            tail = f"{joint}{in_english(rest)}" if rest else ""
            return f"{in_english(many)} {word}{tail}"
    if number < 20:
        return ENGLISH_ONES[number]
    tens, ones = divmod(number, 10)
    return ENGLISH_TENS[tens] + (f"-{ENGLISH_ONES[ones]}" if ones else "")


@given(st.integers(2, 999_999_999))
def test_a_number_is_the_same_however_it_is_written(number: int) -> None:
    written = f"{number:,}"
    french = [in_french(number), written.replace(",", " "), written.replace(",", "\u202f")]
    english = [in_english(number), written, str(number)]
    for source in french:
        for target in english:
            pair = unit(f"On en compte {source} ici.", f"There are {target} of them here.")
            assert [] == list(numbers(pair)), (source, target)


@given(st.integers(13, 999_999), st.integers(13, 999_999))
def test_another_number_is_another(one: int, other: int) -> None:
    # Two figures may be the year that ends in them.
    if one % 100 == other or other % 100 == one or one == other:
        return
    pair = unit(f"On en compte {in_french(one)} ici.", f"There are {other:,} of them here.")
    assert ["numbers"] == [issue.check for issue in numbers(pair)]


@given(st.text(), st.text())
def test_no_text_breaks_a_check_and_spans_lie_within(source: str, target: str) -> None:
    issues = checked(unit(source, target)).issues or ()
    for issue in issues:
        assert all(0 <= a < b <= len(source) for a, b in issue.source_spans)
        assert all(0 <= a < b <= len(target) for a, b in issue.target_spans)


ODD = st.text(alphabet="0123456789 .,:/-'’«»\"()@#ehmdux\u00a0IVXLC%€\n", max_size=40)


@given(ODD, ODD)
def test_no_figures_break_a_check(source: str, target: str) -> None:
    assert checked(unit(source, target)).issues is not None


def test_checking_replaces_what_was_found_before() -> None:
    old = Issue("old", "minor", "was wrong once")
    assert () == checked(unit("Oui.", "Yes.", issues=(old,))).issues


def test_every_check_has_a_title() -> None:
    titles = [(check.__doc__ or "").strip().split("\n")[0] for check in CHECKS]
    assert all(title.endswith(".") for title in titles), titles


PARLER = TermEntry("Parler", "Parler", "dnt")
SQUADS = TermEntry("pelotons d'exécution", "firing squads", admitted=("death squads",))
SERVICE = TermEntry("conditions de service", "terms of service")
MOUSE = TermEntry("souris", "mouse")
LABOUR = TermEntry("travail", "labour")
SPEAKER = TermEntry("porte-parole", "spokesperson")
POST = TermEntry("message", "message", "forbidden")


def match(entry: TermEntry, source: str, **more: object) -> TermMatch:
    start = source.casefold().index(entry.source.casefold())
    return TermMatch(entry, start, start + len(entry.source), entry.target, **more)  # type: ignore[arg-type]


TERMS = [
    # must, entry, source, target
    ([], PARLER, "Parler répond.", "Parler replies."),
    ([], PARLER, "Parler répond.", "Parler’s reply."),
    (["major"], PARLER, "Parler répond.", "Speaking replies."),
    (["major"], PARLER, "Parler répond.", "PARLER replies."),
    (["major"], PARLER, "Parler répond.", "Parlers reply."),
    ([], PARLER, "PARLER RÉPOND", "PARLER REPLIES"),
    ([], SQUADS, "Les pelotons d'exécution.", "The firing squads."),
    ([], SQUADS, "Les pelotons d'exécution.", "The firing squad."),
    ([], SQUADS, "Les pelotons d'exécution.", "Firing-squads."),
    ([], SQUADS, "Les pelotons d'exécution.", "Death squads."),
    (["major"], SQUADS, "Les pelotons d'exécution.", "The platoons."),
    ([], SERVICE, "Les conditions de service.", "The term of service."),
    ([], MOUSE, "La souris court.", "The two mice run."),
    ([], SPEAKER, "Le porte-parole parle.", "The spokespeople speak."),
    ([], SPEAKER, "Le porte-parole parle.", "The spokespersons speak."),
    (["major"], SPEAKER, "Le porte-parole parle.", "The people speak."),
    (["minor"], LABOUR, "Le travail lasse.", "Labor is tiring."),
    (["major"], LABOUR, "Le travail lasse.", "Work is tiring."),
    (["critical"], POST, "Un message.", "One message."),
    ([], POST, "Un message.", "One post."),
]


@pytest.mark.parametrize(("must", "entry", "source", "target"), TERMS)
def test_terms(must: list[str], entry: TermEntry, source: str, target: str) -> None:
    pair = unit(source, target, matches=(match(entry, source),))
    assert must == [issue.severity for issue in terms(pair)]


def test_each_occurrence_needs_a_rendering_of_its_own() -> None:
    matches = (TermMatch(PARLER, 0, 6, "Parler"), TermMatch(PARLER, 10, 16, "Parler"))
    pair = unit("Parler et Parler.", "Parler and it.", matches=matches)
    assert [((10, 16),)] == [issue.source_spans for issue in terms(pair)]


def test_a_longer_term_takes_its_rendering_first() -> None:
    short, long = TermEntry("Web", "Web"), TermEntry("services Web", "Web Services")
    source = "Le Web et les services Web."
    matches = (match(short, source), TermMatch(long, 14, 26, "Web Services"))
    assert [] == list(terms(unit(source, "The Web and the Web services.", matches=matches)))[1:]
    assert ["Web: should be Web"] == [
        issue.message for issue in terms(unit(source, "The Web Services.", matches=matches))
    ]


UNSURE = [{"shadowed": True}, {"confidence": 0.4}]


@pytest.mark.parametrize("more", UNSURE)
def test_what_may_be_no_term_is_not_asked_for(more: dict[str, object]) -> None:
    pair = unit("Parler librement.", "Speak freely.", matches=(match(PARLER, "Parler", **more),))
    assert [] == list(terms(pair))


OUTCOMES = [
    ([], Enforcement("right"), {}),
    (["Parler: should be Parler (no room)"], Enforcement("unenforced", reason="no room"), {}),
    # Somebody has looked at it since: the words decide.
    ([], Enforcement("unenforced", reason="no room"), {"status": "approved"}),
    ([], Enforcement("unenforced", reason="no room"), {"origin": "human"}),
]


@pytest.mark.parametrize(("must", "enforcement", "more"), OUTCOMES)
def test_what_was_not_enforced_is_flagged(
    must: list[str], enforcement: Enforcement, more: dict[str, object]
) -> None:
    matches = (match(PARLER, "Parler répond."),)
    pair = unit(
        "Parler répond.", "Parler replies.", matches=matches, enforcement=(enforcement,), **more
    )
    assert must == [issue.message for issue in terms(pair)]


def test_a_claim_of_enforcement_is_not_believed() -> None:
    claim = (Enforcement("enforced", found="Parler"),)
    pair = unit(
        "Parler répond.", "It replies.", matches=(match(PARLER, "Parler"),), enforcement=claim
    )
    assert ["major"] == [issue.severity for issue in terms(pair)]


OVER = [
    ("major", "où parler librement", "where Parler freely", {"confidence": 0.1}),
    ("major", "Parler, où parler", "Parler, where Parler", {}),
    ("minor", "Parler l’a dit", "Parler said that Parler did", {}),
    (None, "Parler librement", "Parler freely", {"confidence": 0.1}),
    (None, "Parler l’a dit", "Parler said so", {}),
]


@pytest.mark.parametrize(("severity", "source", "target", "more"), OVER)
def test_a_name_where_there_was_a_word(
    severity: str | None, source: str, target: str, more: dict[str, object]
) -> None:
    pair = unit(source, target, matches=(match(PARLER, source, **more),))
    assert ([severity] if severity else []) == [issue.severity for issue in over_applied(pair)]


def found(source: str, target: str, check: str) -> Issue:
    [issue] = [i for i in checked(unit(source, target)).issues or () if i.check == check]
    return issue


SUGGESTED = [
    # check, source, target, what is flagged and what should stand there
    ("spacing", "Oui !", "Yes !", [(" ", "")]),
    ("spacing", "Il dit oui.", "He  says yes .", [("  ", " "), (" ", "")]),
    ("spacing", "« Oui »", "“ Yes ”", [(" ", ""), (" ", "")]),
    ("quotes", "« Oui »", "« Yes\u202f»", [("« ", "“"), ("\u202f»", "”")]),
    ("quotes", "« Oui », « non »", '« Yes », "no"', [("« ", '"'), (" »", '"')]),
    ("number_format", "4,9 et 10 000", "4,9 and 10,000", [("4,9", "4.9")]),
    ("acronyms", "Le PDG part.", "The PDG leaves.", [("PDG", "CEO")]),
    ("calendar", "Le 3 juin 2020.", "On July 3, 2020.", [("July", "June")]),
    ("names", "Chez Julian Assange.", "At Julian Arsange’s.", [("Arsange", "Assange")]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "target", "expected"), SUGGESTED)
def test_a_flag_says_what_should_stand_there(
    check: str, source: str, target: str, expected: list[tuple[str, str]]
) -> None:
    issue = found(source, target, check)
    flagged = [target[slice(*span)] for span in issue.target_spans]
    assert expected == list(zip(flagged, issue.fixes, strict=True))


FIXED = [
    ("“Yes,” he said: 4.9%!", "« Oui », dit-il : 4,9 % !", "« Yes, » he said : 4,9 % !"),
    ("See https://example.org/a ?b", "https://example.org/a ?b", "See https://example.org/a ?b"),
    ("The PDG of  it", "Le PDG  de", "The PDG of  it"),
    ("Wait ... :-)", "Attends ... :-)", "Wait ... :-)"),
]


@pytest.mark.parametrize(("expected", "source", "target"), FIXED)
def test_what_is_safe_is_put_right_and_nothing_else(
    expected: str, source: str, target: str
) -> None:
    assert expected == fixed(checked(unit(source, target)))[0].target


def test_what_a_person_approved_stays() -> None:
    approved = checked(unit("Oui !", "Yes !", status="approved"))
    assert (approved, ()) == fixed(approved)


def test_links_and_terms_move_with_the_words() -> None:
    pair = unit(
        "Oui : Parler",
        "Yes : Parler",
        links=(Link(6, 12, 6, 12),),
        enforcement=(Enforcement("right", start=6, end=12, found="Parler"),),
    )
    changed, edits = fixed(checked(pair))
    assert ("Yes: Parler", ["spacing"]) == (changed.target, [edit.check for edit in edits])
    [link], [term] = changed.links, changed.enforcement
    assert "Parler" == changed.target[link.target_start : link.target_end]
    assert (5, 11, "Parler") == (term.start, term.end, term.found)


@given(ODD, ODD)
def test_fixing_twice_changes_nothing_more(source: str, target: str) -> None:
    once = fixed(checked(unit(source, target)))[0]
    for _ in range(20):
        again = fixed(checked(once))[0]
        if again.target == once.target:
            return
        once = again
    raise AssertionError(f"never at rest: {once.target!r}")


PARAGRAPHS = [
    ([], ["« Oui.", "Non. »"], ["“Yes.", "No.”"]),
    (["quotes"], ["« Oui.", "Non. »"], ["“Yes.", "No."]),
    (["quotes"], ["« Oui.", "Non. »", "Si."], ["“Yes.", "No.", "Yes.””"]),
    ([], ["« Oui.", "Non."], ["“Yes.", "No."]),
]


@pytest.mark.parametrize(("must", "sources", "targets"), PARAGRAPHS)
def test_quotations_across_sentences(
    must: list[str], sources: list[str], targets: list[str]
) -> None:
    units = []
    for number, (source, target) in enumerate(zip(sources, targets, strict=True)):
        start = 100 * number
        units.append(
            unit(source, target, id=f"a:0:{start}", start=start, end=start + len(source), issues=())
        )
    assert must == [i.check for u in across(units) for i in u.issues or ()]


DOWN = ("Le site est en panne.", "The site is down.")
BREAD = "There is no more bread."
CONSISTENT = [
    ([], DOWN, ("Le site est en panne !", "The site is down!")),
    (["the same source"], DOWN, (DOWN[0], "The site is broken.")),
    (["another source"], DOWN, ("Apple a porté plainte hier.", DOWN[1])),
    ([], ("Il n’y a plus de pain ici.", BREAD), ("Il n’y a plus de pain.", BREAD)),
    ([], ("Oui, oui.", "Yes."), ("Oui, oui.", "Yes, yes.")),
]


@pytest.mark.parametrize(("must", "one", "other"), CONSISTENT)
def test_one_text_has_one_translation(
    must: list[str], one: tuple[str, str], other: tuple[str, str]
) -> None:
    units = [unit(*one, id="a"), unit(*other, id="b")]
    messages = [i.message for u in across(units) for i in u.issues or ()]
    assert len(must) == len(messages)
    assert all(m.startswith(start) for m, start in zip(messages, must, strict=True))


def test_an_inspection_counts_and_leaves_out() -> None:
    pairs_ = [unit("Il a 4,9 millions !", "It has 4,9 million !"), unit("Oui.", "Yes.")]
    every = inspection()
    assert 2 == len(list(every.watch(pairs_)))
    assert {"number_format", "spacing"} == set(every.checks())
    assert (0, "minor") == (every.grave, every.worst())
    some = inspection(disabled=["spacing"], fix=True)
    assert "It has 4.9 million !" == next(some.watch(pairs_)).target
    assert {"number_format": 1} == some.to_json()["fixes"]
    with pytest.raises(UnknownName):
        inspection(disabled=["spelling"])


def test_a_finding_says_what_it_is_dismissed_by() -> None:
    every = inspection()
    assert 1 == len(list(every.watch([unit("Le PDG part.", "The PDG leaves.")])))
    assert ["acronyms: PDG is CEO in English"] == [found["key"] for found in every.findings]


@pytest.mark.parametrize("lists", ["measures", "acronyms", "months", "weekdays", "exonyms"])
def test_rules_are_plain_data(lists: str) -> None:
    assert plain()[lists]
    json.dumps(plain())


QUALITY = [
    # sure, unsure, cut short, and nothing at all
    (("Le site est en panne depuis hier.", "The site has been down since then.", -0.2), 0.5, 0.6),
    (("Le site est en panne depuis hier.", "The site has been down since then.", -2.0), 0.0, 0.1),
    (("Le site est en panne depuis hier.", "The site.", -0.2), 0.48, 0.52),
    (("Le site est en panne depuis hier.", " ", -0.2), 0.0, 0.0),
    (("", "Yes.", -0.1), 0.0, 1.0),
    (("x" * 1_000_000, "y", -0.1), 0.0, 1.0),
]


@pytest.mark.parametrize(("told", "least", "most"), QUALITY)
def test_quality_lies_between_nothing_and_one(
    told: tuple[str, str, float], least: float, most: float
) -> None:
    value = quality(*told)
    assert value is not None
    assert least <= value <= most


@pytest.mark.parametrize("score", [None, float("nan"), float("-inf")])
def test_what_no_model_has_scored_has_no_quality(score: float | None) -> None:
    assert quality("Oui.", "Yes.", score) is None
