"""Normalising with its map back, English typography, and the small patterns."""

import re
import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.addresses import addresses_in
from bitext.text import Typography, fold, normalise, typeset, typography, words


# What data/README.md calls normalised, and the slips that the articles hold.
@pytest.mark.parametrize(
    ("raw", "normalised"),
    [
        ("", ""),
        ("Il part.", "Il part."),
        # Quotes, and the spaces inside them.
        ("« Oui », dit-il.", '"Oui", dit-il.'),
        ("«\u00a0Oui\u00a0», dit-il.", '"Oui", dit-il.'),
        ("«\u202fOui\u202f»", '"Oui"'),
        ("«Oui»", '"Oui"'),
        ("« ‹ Oui › »", '""Oui""'),
        ("“Oui” „Oui‟", '"Oui" "Oui"'),
        ("« »", '""'),
        ("« Oui.", '"Oui.'),
        ("Il dit : « Oui ! »", 'Il dit: "Oui!"'),
        # Apostrophes.
        ("L’été d‘antan, lʼan neuf, l`eau, l´air", "L'été d'antan, l'an neuf, l'eau, l'air"),
        # Dashes.
        ("oui – non — si − 3‑4 ‐ ―", "oui - non - si - 3-4 - -"),
        # Ellipses.
        ("Il hésite…", "Il hésite..."),
        ("Il hésite … puis", "Il hésite... puis"),
        ("[…]", "[...]"),
        # White space.
        ("23\u00a0h\u00a059, 10\u202f000", "23 h 59, 10 000"),
        ("  a \t b\r\nc\u2028d\u3000e\u2003f  ", "a b c d e f"),
        ("a\x1cb\x1fc\x85d\x0ce", "a b c d e"),
        # No space before a mark,
        ("Quoi ? Non ! Si ; or : 5 % , bien .", "Quoi? Non! Si; or: 5%, bien."),
        ("(oui ) et ( non )", "(oui) et ( non)"),
        ("sur AWS. .", "sur AWS.."),
        ("a ; ; b", "a;; b"),
        ("Quoi ?!", "Quoi?!"),
        # but what only looks like one stays.
        (".NET et le .5 et un :p", ".NET et le .5 et un :p"),
        ("Il est 10 !important", "Il est 10 !important"),
        # Elisions torn apart.
        ("qu ’ il", "qu'il"),
        ("qu ’il et l’ été", "qu'il et l'été"),
        ("il regrette qu ‘”il soit", "il regrette qu'\"il soit"),
        ("Jusqu ' ici, aujourd’ hui, quelqu’ un", "Jusqu'ici, aujourd'hui, quelqu'un"),
        ("d 'l 'a", "d'l'a"),
        ("les amis ' chose", "les amis ' chose"),
        # Composition.
        ("e\u0301te\u0301", "été"),
        ("E\u0300 c\u0327a", "È ça"),
        ("e\u200b\u0301", "é"),
        ("a\u0323\u0302 et a\u0302\u0323", "ậ et ậ"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u212b \u2126", "Å Ω"),
        # What cannot be seen.
        ("exé\u00adcu\u200bti\ufeffon", "exécution"),
        ("\u202aParler\u202c \u200eest\u200f là\u2069\u061c", "Parler est là"),
        ("a\x00b\x07c\x1bd\x7fe\x92f", "abcdef"),
        ("\U000e0041a\ufffb", "a"),
        ("\ufeffÉté", "Été"),
        # Halves of a character, which no file can hold.
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        # The rest stays.
        ("👨‍👩 £3 50€ #Parler @x_y a_b 1/2 ½ œ Œ ß", "👨‍👩 £3 50€ #Parler @x_y a_b 1/2 ½ œ Œ ß"),
        ("https://a.fr/b?c=d : oui", "https://a.fr/b?c=d: oui"),
    ],
)
def test_normalised(raw, normalised):
    assert normalised == normalise(raw).text


PIECES = (
    "a|B|é|e\u0301|l|qu|d|'|’|‘|\"|«|»|‹|›|“|”|…|.|,|;|:|!|?|%|(|)|-|–| |  |\u00a0|\u202f|\n|\r\n|"
    "\t|\x1c|\x85|\u200b|\u00ad|\ufeff|\u200d|\x00|\u0301|\u0323|\u0344|\u0338|\u037e|\u1fef|\u1100|"
    "\u1161|\u11a8|\u0f73|\ud800|👏|_|1|#"
).split("|")
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from("a \u0301\u0323"), min_size=25, max_size=40).map("".join),
)


@given(texts)
def test_what_is_normalised_stays(text):
    once = normalise(text).text
    assert once == normalise(once).text


@given(texts)
def test_what_is_normalised_is_plain(text):
    once = normalise(text).text
    assert [] == [c for c in once if c in "«»“”’‘…–—\u00a0\u202f\n\t\u200b\u00ad"]
    assert once.strip() == once
    assert "  " not in once
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in once)


@given(texts)
def test_composed(text):
    once = normalise(text).text
    hostile = re.search("[\u0300-\u0345]{15}", once)
    assert hostile or unicodedata.is_normalized("NFC", once)


@given(texts)
def test_the_map_is_in_order_and_in_bounds(text):
    found = normalise(text)
    assert (len(found.text), len(found.text)) == (len(found.starts), len(found.ends))
    assert sorted(found.starts) == list(found.starts)
    assert sorted(found.ends) == list(found.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))


@given(texts, st.data())
def test_there_and_back_covers(text, data):
    found = normalise(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(found.text))] * 2)))
    first, last = found.to_raw(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        again = found.from_raw(first, last)
        assert again[0] <= start and end <= again[1]


@given(texts, st.data())
def test_back_and_there_stays_in_bounds(text, data):
    found = normalise(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    first, last = found.from_raw(start, end)
    assert 0 <= first <= last <= len(found.text)


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        ("« L’été », dit-il.", "L’été"),
        ("Le\u00a0\u00a0peloton d’exécution…", "peloton d’exécution"),
        ("Des pelo\u00adtons d’exe\u0301cution.", "pelo\u00adtons d’exe\u0301cution"),
        ("qu ’ il part", "il"),
        ("😀 … Parler", "Parler"),
        ("\ufeffParler", "Parler"),
    ],
)
def test_a_raw_part_is_found_again(raw, part):
    found = normalise(raw)
    start = raw.index(part)
    first, last = found.from_raw(start, start + len(part))
    assert normalise(part).text == found.text[first:last]
    assert (start, start + len(part)) == found.to_raw(first, last)


def test_a_merged_space_stands_for_all_of_them():
    assert (1, 5) == normalise("a \r\n\u00a0b").to_raw(1, 2)


def test_each_point_of_an_ellipsis_stands_for_it():
    assert [(1, 2)] * 3 == [normalise("a…").to_raw(n, n + 1) for n in (1, 2, 3)]


@given(texts, *[st.booleans()] * 3)
def test_typeset_keeps_every_offset(text, quotes, apostrophes, dashes):
    style = Typography(quotes, apostrophes, dashes)
    assert len(text) == len(typeset(text, style))


ALL = Typography(True, True, True)


@pytest.mark.parametrize(
    "expected",
    [
        "“Yes,” he said. “No.”",
        "He said “yes”.",
        "He said (“yes”), and “no”!",
        "“He said “yes” to me,” she said.",
        "““Yes””",
        "“He said ‘yes’ to me,” she said.",
        "“‘Yes,’ he said.”",
        "“‘Yes’”",
        "“It opens and never closes.",
        "“It opens. She said “yes” then.",
        "It closes only.”",
        "Said:“Yes”",
        "He said “…and then…” again",
        "[“Yes”] – “no” – yes",
        "It’s done; the boys’ and Matze’s.",
        "the ‘Parler’ app isn’t gone",
        "’Tis the season of rock ’n’ roll, since the ’90s.",
        "’tis",
        "“ Yes ”",
        "98% – or more – pro-Trump",
        "a – – b",
    ],
)
def test_typography(expected):
    plain = expected.translate(str.maketrans("“”‘’–", "\"\"''-"))
    assert expected == typeset(plain, ALL)


def test_only_the_style_asked_for():
    plain = '"It\'s" - a'
    assert plain == typeset(plain, Typography(False, False, False))
    assert "“It's” - a" == typeset(plain, Typography(True, False, False))
    assert '"It’s" - a' == typeset(plain, Typography(False, True, False))
    assert '"It\'s" – a' == typeset(plain, Typography(False, False, True))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", Typography(False, False, False)),
        ("L'été", Typography(False, False, False)),
        ("L’été", Typography(False, True, False)),
        ("« Oui »", Typography(True, True, False)),
        ("« L'été »", Typography(True, False, False)),
        ("oui – non", Typography(False, False, True)),
        ("oui\u00a0— non", Typography(False, False, True)),
        ("pro–Trump", Typography(False, False, False)),
    ],
)
def test_the_typography_of_a_text(raw, expected):
    assert expected == typography(raw)


@given(texts)
def test_fold_keeps_the_length(text):
    assert len(text) == len(fold(text))


def test_folded():
    assert 'parler " œuvre " l\'été' == fold("PARLER\u2009«\u202fŒUVRE\u202f»\u00a0L’ÉTÉ")
    assert "İ straße porte-parole" == fold("İ Straße porte‑parole")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Voir https://a.fr/b?c=1.", ["https://a.fr/b?c=1"]),
        ("Voir http://a.fr, ou www.b.fr !", ["http://a.fr", "www.b.fr"]),
        ("(https://a.fr/b)", ["https://a.fr/b"]),
        ("«https://a.fr/b»", ["https://a.fr/b"]),
        ("“www.a.fr”", ["www.a.fr"]),
        ("l’adresse ‘www.a.fr’", ["www.a.fr"]),
        ("[https://a.fr]…", ["https://a.fr"]),
        ("https://a.fr/L’été#x", ["https://a.fr/L’été#x"]),
        ("(voir https://a.fr/Parler_(réseau)).", ["https://a.fr/Parler_(réseau)"]),
        ("https://a.fr/Parler_(réseau)_social)", ["https://a.fr/Parler_(réseau)_social"]),
        ("min👇 pic.twitter.com/dcuhyG07HR – Scott", ["pic.twitter.com/dcuhyG07HR"]),
        ("finpic.twitter.com/dcuhyG07HR", ["pic.twitter.com/dcuhyG07HR"]),
        ("HTTPS://A.FR", ["HTTPS://A.FR"]),
        ("http:// www. https://...", []),
        ("awww.oui ; a/b ; 1.5 ; M.Untel ; fin.Le", []),
        ("Écris à a.b-c@d.co.uk.", ["a.b-c@d.co.uk"]),
        ("Lu sur lemonde.fr, Parler.com et d.io/e?f.", ["lemonde.fr", "Parler.com", "d.io/e?f"]),
        ("a.commun ; a.fr.b ; @ # @a #1", []),
        ("RT @a_b: #Parler, l’@Apple a&#eacute;", ["@a_b", "#Parler", "@Apple"]),
    ],
)
def test_addresses(text, addresses):
    assert addresses == [text[start:end] for start, end in addresses_in(text)]


def test_words_counted():
    counts = {"": 0, "Qu’est-ce que c’est ?": 3, "rendez-vous à 23 h 59": 5, "« – »": 0}
    assert counts == {text: words(text) for text in counts}


# Quadratic time would be many seconds.
MANY = 200_000


@pytest.mark.slow
@pytest.mark.parametrize("piece", [" ", "« ", "\u0301\u0316", "www."])
def test_a_lot_of_one_thing(piece):
    text = piece * (MANY // len(piece))
    begun = process_time()
    normalise(text)
    list(addresses_in(text))
    assert process_time() - begun < 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a@",
        "a.fr/",
        "@a",
        "…",
        " ;",
        "l '",
        "\u00a0»",
        "e\u0301",
        '"',
        "('a",
        "http://(",
        "http://a(b",
        "a  ",
    ],
)
def test_time_grows_with_the_text(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = process_time()
        typeset(normalise(text).text, ALL)
        list(addresses_in(text))
        return process_time() - begun

    short, long = min(seconds(10_000) for _ in range(3)), seconds(40_000)
    assert long < 4 * 4 * max(short, 0.002)
