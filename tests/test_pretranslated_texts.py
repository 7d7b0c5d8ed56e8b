"""Texts of bilingual files: codes, tags, entities and lines, and what they keep apart."""

import re

import polib
import pytest

from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.memory import Remembering, opened
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
    ('est<ph id="2">{i}</ph>fermé', ["est fermé"], 'est<ph id="2">{i}</ph> fermé'),
    ('du CO<ph id="1">&lt;sub></ph>2<ph id="2">&lt;/sub></ph> a', ["du CO2 a"],
     'du CO2<ph id="1">&lt;sub></ph><ph id="2">&lt;/sub></ph> a'),
    ('Un<x id="1" equiv-text="&lt;p>"/>Deux', ["Un", "Deux"], ""),
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
    ("python", "20%% de", "20% of", "20%%"),
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
            assert ["20%%", "%n"] == [term.required for term in requests[0].terms]
            return made

    content = b'#, qt-format, python-format\nmsgid "20%% de %n"\nmsgstr ""\n'
    assert 1 == pretranslate(content, "a.po", Worded()).filled


REMEMBERED = [
    # a pair of a memory with codes, a source, the target and what it is
    ('Un mot<ph x="1">&lt;br/></ph>et deux', 'One word<ph x="1">&lt;br/></ph>and two',
     'Un mot<x id="1"/>et deux', 'One word<x id="1"/>and two', "exact"),
    ('Un mot<ph x="1">&lt;br/></ph>Et deux', 'One word<ph x="1">&lt;br/></ph>and two',
     'Un mot<x id="1" ctype="lb"/>Et deux', 'One word<x id="1" ctype="lb"/>and two', "exact"),
    ('Un <bpt i="1" x="1"/>chat<ept i="1"/> <ph x="2"/>noir',
     'A <ph x="2"/>black <bpt i="2" x="1"/>cat<ept i="2"/>',
     'Un <g id="1">chat</g> <x id="2"/>noir', 'A <x id="2"/>black <g id="1">cat</g>', "exact"),
    ("Un <hi>mot</hi> là", "A <hi>word</hi> there",
     '<x id="0"/>Un <g id="1">mot</g> là', None, "fuzzy"),
    ('Un <ph x="1"/>mot là', "A word there", 'Un <x id="1"/>mot là', None, "fuzzy"),
    ("Le fichier <ph>%s</ph> a fui", "The file <ph>%s</ph> has fled",
     "Le fichier a fui", "The file has fled", "fuzzy"),
    ("Un mot", "A word", '<x id="1"/>Un mot', None, "fuzzy"),
    ("Un mot", "A word", "Un mot", "A word", "exact"),
]  # fmt: skip


def remembering(french, english, folder):
    segments = "".join(
        f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>'
        for lang, text in (("fr", french), ("en", english))
    )
    memory = folder / "m.tmx"
    memory.write_text(f'<tmx version="1.4"><header/><body><tu>{segments}</tu></body></tmx>')
    return Remembering(Echo(), opened([memory], folder=folder))


@pytest.mark.parametrize(("french", "english", "source", "target", "kind"), REMEMBERED)
def test_codes_are_where_a_memory_has_them(french, english, source, target, kind, tmp_path):
    content = f"{XLIFF.format(unit(source))}</xliff>".encode()
    engine = remembering(french, english, tmp_path)
    result = pretranslate(content, "a.xlf", engine).content.decode()
    assert f'state-qualifier="{kind}-match"' in result
    if target:
        assert f">{target}</target>" in result


def test_a_message_without_the_codes_of_a_memory_is_fuzzy(tmp_path):
    engine = remembering("Bonjour <ph>{0}</ph> !", "Hello<ph> {0}</ph>!", tmp_path)
    result = pretranslate(b'msgid "Bonjour !"\nmsgstr ""\n', "a.po", engine)
    assert b'#, fuzzy\nmsgid "Bonjour !"\nmsgstr "Hello!"\n' == result.content
