"""Texts of bilingual files: codes, tags, entities and lines, and what they keep apart."""

import re

import polib
import pytest

from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.pretranslate import pretranslate
from bitext.pretranslate.placeholders import lost

XLIFF = (
    '<xliff version="1.2"><file source-language="fr" target-language="en"><body>{}</body></file>'
)


def unit(source, attributes=""):
    return f'<trans-unit id="1"{attributes}><source>{source}</source></trans-unit>'


class Asked(Echo):
    """Keeps the texts that it is given."""

    def __init__(self):
        self.texts = []

    def translate(self, requests, *, n_best=1):
        self.texts += [request.text for request in requests if isinstance(request, Request)]
        return super().translate(requests, n_best=n_best)


def target_of(source, attributes="", engine=None):
    content = f"{XLIFF.format(unit(source, attributes))}</xliff>".encode()
    result = pretranslate(content, "a.xlf", engine or Echo())
    assert () == result.left
    found = re.search(r"<target[^>]*>(.*)</target>", result.content.decode(), re.DOTALL)
    return found and found[1]


PARTED = [
    # a source, what the engine is given, the target of an echo ("" if it is the source)
    ('Bonjour<x id="1" ctype="lb"/>monde', ["Bonjour monde"], ""),
    ('Bonjour.<x id="1" ctype="lb"/>Il dort', ["Bonjour.", "Il dort"], ""),
    ('la Paix<ph id="1">&lt;br/&gt;</ph>75002 Paris', ["la Paix", "75002 Paris"], ""),
    ('est<ph id="2">&lt;i&gt;</ph>fermé', ["est fermé"],
     'est<ph id="2">&lt;i&gt;</ph> fermé'),
    ('Fin.<x id="1"/>Il dort', ["Fin.", "Il dort"], 'Fin.<x id="1"/> Il dort'),
    ('un <x id="1"/>deux<x id="2"/> trois<x id="3"/>.', ["un deux trois."], ""),
    # What formats a part of a word keeps it whole.
    ('du CO<g id="1">2</g> a', ["du CO2 a"], ""),
    ('le 21<bpt id="1">&lt;sup></bpt>e<ept id="1">&lt;/sup></ept> a', ["le 21e a"], ""),
    ("dans l'<x id=\"1\"/>eau", ["dans l'eau"], "dans l'eau<x id=\"1\"/>"),
    # Tags in the text itself.
    ('&lt;p class="x"&gt;Le mot&lt;/p&gt;&lt;p&gt;Il dort&lt;/p&gt;', ["Le mot", "Il dort"], ""),
    ("<![CDATA[Le <b>mot</b> est là]]>", ["Le mot est là"],
     "Le &lt;b&gt;mot&lt;/b&gt; est là"),
    ("CO&lt;sub&gt;2&lt;/sub&gt;, 21&lt;sup&gt;e&lt;/sup&gt; a", ["CO2, 21e a"], ""),
    ("Un&lt;br&gt;Deux&lt;br/&gt;trois", ["Un", "Deux trois"], ""),
    ("Le {1&gt;mot est&lt;1} et {b&gt;là&lt;b}.", ["Le mot est et là."], ""),
    ("Clic &lt;0&gt;ici&lt;/0&gt; &lt;1/&gt;", ["Clic ici"], ""),
    # Entities are characters to the engine.
    ("caf&amp;eacute; &amp;amp; th&amp;#233; à 5&amp;nbsp;&amp;euro;", ["café & thé à 5 €"],
     "caf&amp;#233; &amp;amp; th&amp;#233; à 5 &amp;euro;"),
    ("Le &amp;lt;b&amp;gt; est là", ["Le <b> est là"], ""),
    ("R&amp;D de &amp;marque;", ["R&D de &marque;"], ""),
]  # fmt: skip


@pytest.mark.parametrize(("source", "given", "target"), PARTED)
def test_what_codes_keep_apart(source, given, target):
    engine = Asked()
    assert (target or source) == target_of(source, engine=engine)
    assert given == engine.texts


def test_line_ends_count_where_a_file_says_so():
    text = "Un.\n  Deux mots\nde plus.\n\n\tTrois"
    engine = Asked()
    assert text == target_of(text, ' xml:space="preserve"', engine)
    assert ["Un.", "Deux mots de plus.", "Trois"] == engine.texts
    assert "Deux\n  mots" == target_of("Deux\n  mots", ' xml:space="preserve"')


MESSAGES = [
    r"Erreur : %s\nFichier : %s\nLigne : %d\n",
    r"Nom\tPrénom",
    r"  Usage :\n    -a tout\n    -b rien\n  ",
    r"\n\nUn\n\n",
    r"un<br>deux<br/>Trois",
]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_keeps_its_lines(message):
    result = pretranslate(f'msgid "{message}"\nmsgstr ""\n'.encode(), "a.po", Echo())
    [entry] = polib.pofile(result.content.decode())
    assert entry.msgid.replace(" :", ":") == entry.msgstr


NAMED = [
    # the format a flag names, a source, a translation, what is lost
    ("qt", "%n de %1", "%n of %1", ""),
    ("qt", "%n de %1", "n of %1", "%n"),
    ("", "50 %n'est", "50%", ""),
    ("", "%L1 sur %2", "%L1 of 2", "%2"),
    ("python", "20%% de", "20% of", "%%"),
    ("", "%<nom>s dort", "He sleeps", "%<nom>s"),
    ("", "$t(cle) dort", "sleeps", "$t(cle)"),
    ("", "&marque; dort", "brand sleeps", "&marque;"),
    ("", "<b>Un</b> mot", "</b>One<b> word", "</b>"),
    ("", "<p>Un mot</p>", "<p> </p> One", "<p> </p>"),
]


@pytest.mark.parametrize(("form", "source", "target", "missing"), NAMED)
def test_a_placeholder_of_a_format_is_missed(form, source, target, missing):
    assert missing == lost(source, target, frozenset({form}))


def test_flags_name_the_format_of_placeholders():
    class Worded(Echo):
        def translate(self, requests, *, n_best=1):
            made = super().translate(requests, n_best=n_best)
            assert ["%%", "%n"] == [term.required for term in requests[0].terms]
            return made

    content = b'#, qt-format, python-format\nmsgid "20%% de %n"\nmsgstr ""\n'
    assert 1 == pretranslate(content, "a.po", Worded()).filled
