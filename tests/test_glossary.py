"""Glossaries: what may stand in the file, which words of a sentence are a term, name or word."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import ingest
from bitext.errors import GlossaryError
from bitext.glossary import Glossary, read_tsv
from bitext.glossary.conjugation import english_form, french_forms
from bitext.glossary.inflection import pluralised, singularised
from bitext.glossary.matching import WORD
from bitext.segment import split
from bitext.units import SURE, TermEntry

ROOT = Path(__file__).parent.parent
PARLER = read_tsv((ROOT / "glossary" / "parler.tsv").read_text("utf-8").splitlines(), "parler.tsv")


LOI, NAME = TermEntry("loi", "Act"), TermEntry("Parler", "Parler", "dnt")
READ = {
    "": [],
    "# a comment\n\n \n#\tx\n": [],
    "loi\tAct": [LOI],
    "loi\tAct\ta note": [TermEntry("loi", "Act", note="a note")],
    "loi\tAct\t\t\t\n": [LOI],
    " loi \t Act \r\n": [LOI],
    "\ufeffsource\ttarget\nloi\tAct": [LOI],
    "# mine\nfr-FR\ten_US\tnote\nloi\tAct": [LOI],
    "Source term\tTarget term\nloi\tAct": [LOI],
    "français\tanglais\nloi\tAct": [LOI],
    "loi\tAct\nsource\ttarget": [LOI, TermEntry("source", "target")],
    "loi\tAct\nloi\tAct\tagain": [LOI],
    "Parler\t=": [NAME],
    "Parler\t": [NAME],
    "Parler\tParler": [NAME],
    "Parler\t=\nparler\tspeak": [NAME, TermEntry("parler", "speak")],
    "L’Équipe\tL'Équipe": [TermEntry("L’Équipe", "L'Équipe", "dnt")],
    "loi\tAct | law ||statute ": [TermEntry("loi", "Act", "term", ("law", "statute"))],
    "parley\t= | post": [TermEntry("parley", "parley", "dnt", ("post",))],
    "parley\tpost | =": [TermEntry("parley", "post", "term", ("parley",))],
}


@pytest.mark.parametrize("text", READ)
def test_rows_that_are_read(text):
    assert READ[text] == read_tsv(text.splitlines(keepends=True), "a.tsv")


COLUMNS = "needs a French term, a tab, and an English one (or = to keep the term as it is)"
NO_TERM = "has no French term; write one, or delete the row"
TWICE = "is listed twice with different targets (first in line 1); keep one row"


MANY_COLUMNS = "has 4 columns; write source, target and, if you like, a note"
REFUSED = {
    "loi": f"1: {COLUMNS}",
    "# x\n\nloi,Act": f"3: {COLUMNS}",
    "loi\tAct\tnote\tmore": f"1: {MANY_COLUMNS}",
    "fr\ten\n\tAct": f"2: {NO_TERM}",
    "«»\tAct": f"1: {NO_TERM}",
    "loi\tAct\nloi\tlaw": f"2: 'loi' {TWICE}",
    "loi\tAct\nloi\tAct|law": f"2: 'loi' {TWICE}",
    "l’été\ta\nl'été\tb": f"""2: "l'été" {TWICE}""",
    "a\u00a0b\ta\na b\tb": f"2: 'a b' {TWICE}",
}


@pytest.mark.parametrize("text", REFUSED)
def test_rows_that_are_refused(text):
    with pytest.raises(GlossaryError) as caught:
        read_tsv(text.splitlines(), "a.tsv")
    assert f"a.tsv:{REFUSED[text]}" == str(caught.value)


# Matching. A row: entries `source=target, …`; the text, terms in ⟦⟧; the targets required.

FIRING = "peloton d'exécution=firing squad"
STORE = "App Store==, magasin d'applications=app store"
VERBS = (
    "prendre en compte=take into account, se rendre compte=realise, démissionner=to resign, "
    "mettre en œuvre=implement"
)
MATCHES = f"""
{FIRING} | Un ⟦peloton d’exécution⟧ tire. | firing squad
{FIRING} | Les ⟦pelotons d'exécution⟧ tirent. | firing squads
{FIRING} | ⟦Pelotons d’exécution⟧ : la fin. | firing squads
{FIRING} | LES ⟦PELOTONS D’EXÉCUTION⟧ | firing squads
{FIRING} | Le ⟦peloton\u00a0d’exécution⟧ | firing squad
{FIRING} | Le ⟦peloton\u202f d‘exécution⟧ | firing squad
{FIRING} | Le ⟦peloton d’exe\u0301cution⟧ | firing squad
{FIRING} | Le ⟦pelo\u00adton d’exécution⟧ | firing squad
{FIRING} | Le ⟦peloton d ’ exécution⟧ | firing squad
{FIRING} | Le ⟦peloton de l’exécution⟧ | firing squad
{FIRING} | Les ⟦pelotons des exécutions⟧ | firing squads
{FIRING} | Le peloton, d’exécution | 
{FIRING} | Le peloton d’exécutions_sommaires | 
pelotons d'exécution=firing squads | Un ⟦peloton d’exécution⟧ | firing squad
pelotons d'exécution=firing squads | Des ⟦pelotons d’exécution⟧ | firing squads
application=app | L’⟦application⟧ plaît. | app
application=app | Qu’⟦applications⟧ et d’⟦application⟧ | apps, app
l'application=the app | ⟦L’application⟧ plaît, ⟦les applications⟧ non. | the app, the apps
conditions de service=terms of service | Les ⟦conditions du service⟧ | terms of service
droit du travail=labour law | Le ⟦droit de travail⟧, le ⟦droit du travail⟧ | labour law, labour law
chef de l'État=head of state | ⟦Chefs d’État⟧, ⟦chef des États⟧ | heads of state, head of state
ministre de l'Intérieur=minister | ⟦Ministre de l’Intérieur⟧ (… de l’intérieur) | minister
vote à main levée=show of hands | Des ⟦votes à main levée⟧ | shows of hands
grand magasin=department store | Les ⟦grands magasins⟧ | department stores
vice-président=vice president | Les ⟦vice‑présidents⟧ | vice presidents
plate-forme=platform | La ⟦plate‐forme⟧, la ⟦plate forme⟧ | platform, platform
journal=paper, travail=work | Les ⟦journaux⟧, les ⟦travaux⟧ | papers, works
avis=opinion | Des ⟦avis⟧, un ⟦avis⟧ | opinions, opinion
logiciel=software | Des ⟦logiciels⟧ | software
Loi=Act | La ⟦Loi⟧, la loi, les ⟦Lois⟧, LA ⟦LOI⟧ | Act, Acts, Act
PDG=CEO | Le ⟦PDG⟧, le pdg | CEO
iPhone== | Un ⟦iPhone⟧, un ⟦iphone⟧ | iPhone, iPhone
{STORE} | L’⟦App Store⟧ est un ⟦magasin d’applications⟧. | App Store, app store
{STORE} | L’⟦App\u00a0Store⟧ et l’⟦App-Store⟧ | App Store, App Store
{STORE} | Un app store, des App Stores | 
{STORE} | Les APP STORES, l’⟦APP STORE⟧ | APP STORE
{STORE} | ⟦App Store⟧ ⟦App Store⟧ | App Store, App Store
{STORE} | L’App, Store | 
Amazon==, Parler== | ⟦Amazon⟧ a quitté ⟦Parler⟧ | Amazon, Parler
Amazon==, Parler== | Chez ⟦Amazon⟧-⟦Parler⟧, ⟦Amazon⟧/⟦Parler⟧ | Amazon, Parler, Amazon, Parler
Parler== | Le PDG de #⟦Parler⟧, «⟦Parler⟧» et l’anti-⟦Parler⟧ | Parler, Parler, Parler
Parler== | Des parleys, des Parlers, il parlera, Parlera, parler, le site Parler_App | 
Parler== | Voir https://a.fr/Parler et www.Parler.com, a.Parler@b.fr, le Parler.com | 
Parler== | Voir (https://a.fr/x). Sur ⟦Parler⟧. | Parler
Parler== | Sur ⟦PARLER⟧ et ⟦Parler⟧ | PARLER, Parler
Parler== | \ufeff⟦Parler⟧ a fermé. | Parler
La Presse== | Selon ⟦La Presse⟧ et ⟦la Presse⟧, la presse | La Presse, La Presse
Le Monde== | Une enquête du ⟦Monde⟧, au « ⟦Monde⟧ », selon ⟦Le Monde⟧ | Le Monde, Le Monde, Le Monde
Le Monde== | La Coupe du Monde, le tour du Monde, le meilleur au Monde, du monde, un Monde | 
Les Échos== | Une une des ⟦Échos⟧, aux ⟦Echos⟧, du Échos, des échos | Les Échos, Les Échos
Le Havre== | Le port du ⟦Havre⟧, au ⟦Havre⟧ | Le Havre, Le Havre
La Croix== | La Croix-Rouge et ⟦La Croix⟧ | La Croix
juge=judge | Elle juge, il ne juge pas, le ⟦juge⟧ | judge
{VERBS} | Le jury a ⟦pris en compte⟧, il ⟦prend en compte⟧ | taken into account, takes into account
{VERBS} | ⟦Prenant en compte⟧, il ⟦prendra en compte⟧ | taking into account, take into account
{VERBS} | Elle s’est enfin ⟦rendu compte⟧, sans s’en ⟦rendre compte⟧ | realised, realise
{VERBS} | Il rend compte, il se rend à Paris, un livre de compte, prends-en | 
{VERBS} | Le ministre ⟦démissionne⟧, ils ⟦démissionnaient⟧ | resigns, resigned
{VERBS} | La loi fut ⟦mise en oeuvre⟧, ⟦mettez en œuvre⟧ la loi ! | implemented, implement
C++==, C== | Le ⟦C++⟧ et le ⟦C⟧. C’est tout. | C++, C
R&D=research | La ⟦R&D⟧, la R, D. | research
Yahoo!== | Chez ⟦Yahoo!⟧ et ⟦Yahoo !⟧, pas yahoo. | Yahoo!, Yahoo!
S.A.=PLC | Une ⟦S.A.⟧ et une ⟦S.A⟧ | PLC, PLC
parley== | Des ⟦parleys⟧ et un ⟦Parley⟧ | parleys, parley
"""


def entries(spec: str) -> list[TermEntry]:
    rows = [re.sub("(?<=.)=", "\t", row, count=1) for row in spec.strip().split(", ")]
    return read_tsv(rows, "spec")


@pytest.mark.parametrize("row", MATCHES.strip("\n").split("\n"))
def test_terms_found(row):
    spec, marked, required = row.split(" | ")
    pieces = re.split("[⟦⟧]", marked)
    starts = [len("".join(pieces[:n])) for n in range(1, len(pieces), 2)]
    ends = [len("".join(pieces[: n + 1])) for n in range(1, len(pieces), 2)]
    targets = [target.strip() for target in required.split(",") if target.strip()]
    found = Glossary(entries(spec)).match("".join(pieces))
    assert list(zip(starts, ends, targets, strict=True)) == [
        (m.start, m.end, m.required) for m in found if not m.shadowed
    ]


# Entries; a text; the entries that win; those that they shadow.
OVERLAPS = """
Amazon==, Amazon Web Services== | Amazon Web Services | Amazon Web Services | Amazon
a b=x, b c=y | a b c | a b | b c
a b=x, b c d=y | a b c d | b c d | a b
a b=x, b c=y, c d=z | a b c d | a b, c d | b c
chef=boss, chef de l'État=head of state | Le chef de l’État | chef de l'État | chef
parler=speak, Parler== | Sur Parler | Parler | parler
Parler==, parler=speak | Il veut parler | parler |
juge de la paix=a, juge de paix=b | un juge de paix | juge de paix | juge de la paix
juge de paix=b, juge de la paix=a | le juge de la paix | juge de la paix | juge de paix
lois=laws, loi=law | la loi | loi | lois
loi=law, Loi=Act | la Loi, la loi | Loi, loi | loi
Parler==, parler=speak | Parler est partout. | parler | Parler
Parler==, parler=speak | Parler librement est un droit. | parler |
Parler==, parler=speak | Parler n’a plus d’options. | Parler | parler
"""


@pytest.mark.parametrize("row", OVERLAPS.strip().split("\n"))
def test_terms_that_overlap(row):
    spec, text, taken, shadowed = (part.strip() for part in row.split("|"))
    found = Glossary(entries(spec)).match(text)
    assert taken == ", ".join(m.entry.source for m in found if not m.shadowed)
    assert shadowed == ", ".join(m.entry.source for m in found if m.shadowed)


PIECES = (
    "Parler|parler|App|Store|app store|de|du|l’|d'|la|C|C++|État|chef| |  |\u00a0|-|_|.|,|«|»|"
    "\u00ad|é|e\u0301|s|www.|@"
).split("|")
MANY = Glossary(
    entries(
        "Parler==, parler=speak, App Store==, chef de l'État=head of state, C==, C++==, app=app"
    )
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_matches_stand_in_the_text(text):
    found = MANY.match(text)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(WORD <= m.confidence <= 1 for m in found)
    taken = [m for m in found if not m.shadowed]
    assert all(one.end <= two.start for one, two in pairwise(taken))
    assert all(any(m.start < t.end and t.start < m.end for t in taken) for m in found if m.shadowed)
    assert found == (*taken, *(m for m in found if m.shadowed))


NAMES = ("Apple a suspendu Parler.", "Le PDG de Parler, John Matze, a quitté Parler.")
WORDS = ("Il faut parler.", "Elle voudrait parler, et parler encore.")
CONTEXTS = {"-": (), "names": NAMES, "many": NAMES * 8, "words": WORDS}
# The verdict; what else the document says; the sentence.
SENTENCES = """
# Inside a sentence the capital decides.
name | - | Il publie sur Parler librement.
word | names | Il aime parler librement.
name | - | #Parler librement
name | names | Les conditions de «Parler» changent.
# How, of what, to whom one speaks.
word | - | « Parler librement » est sa devise.
word | names | « Parler librement » est sa devise.
word | - | Parler de soi est difficile.
word | - | Parler avec lui, c’est trop.
word | names | Parler haut et fort.
word | - | Parler, c’est agir.
word | - | Parler la langue du pays.
unsure | many | Parler de retour en ligne
# A subject, but of either kind.
unsure | - | Parler est partout.
name | names | Parler est partout.
word | words | Parler est partout.
word | names | Parler est un droit.
word | names | Parler n’est pas facile.
word | names | Parler fait du bien aux victimes.
word | names | « Parler, toujours parler », dit-il.
word | names | Elle a choisi de ne plus Parler.
name | - | Parler, c’est le réseau préféré des militants.
name | - | Parler souhaite rassurer ses annonceurs.
name | - | Parler séduit les conservateurs.
name | - | Parler doit trouver un nouvel hébergeur.
name | - | Parler compte désormais dix millions de membres.
word | names | Parler demeure le meilleur moyen d'éviter la guerre.
word | names | Parler à un psychologue l'a sauvée.
word | names | Parler couramment l'allemand ouvre des portes.
word | names | Parler aurait suffi.
word | names | Parler demande du courage.
word | names | Parler exige du courage.
word | names | Parler nécessite un interlocuteur.
word | - | Parler permet de se libérer.
word | names | Parler tout bas, c'est avouer.
word | names | Parler devant cent personnes l'effraie.
word | names | Parler chiffres ne lui fait pas peur.
word | names | Parler du passé réveille des douleurs.
word | names | Parler seul n'est pas un signe de folie.
word | names | Parler, crier, chanter : tout est permis.
word | names | Parler l'aide à tenir.
word | names | Parler lui coûte.
word | names | Parler les soulage.
word | names | Parler comme un livre n'est pas donné à tous.
word | names | Parler beaucoup fatigue.
name | - | Parler emploie une trentaine de personnes.
name | - | Parler tente un retour.
name | - | Parler comptait 2,8 millions d'utilisateurs.
name | - | Parler saisit la justice.
name | - | Parler devient la cible des autorités.
name | - | Parler permet à ses membres de publier sans modération.
name | - | Parler offre un refuge aux complotistes.
name | - | Parler attire les internautes bannis de Twitter.
name | - | Parler gagne du terrain.
name | - | Parler explose aux États-Unis.
name | - | Parler sous le feu des critiques.
name | - | Parler dans la tourmente.
name | - | Parler banni des magasins d'applications.
name | - | Parler menacé de disparition.
name | - | Parler face à la justice.
name | - | Parler le Twitter de l'extrême droite.
name | - | Parler s'est imposé comme une alternative à Twitter.
name | - | Parler reste inaccessible.
name | - | Parler, Twitter et Facebook : trois modèles.
name | - | Parler utilise désormais un hébergeur russe.
name | - | Parler (20 millions d'utilisateurs) est de retour.
name | - | Parler affiche une croissance record.
name | - | Parler bloqué, Trump sans voix.
word | - | Parler ne suffit pas.
unsure | - | Parler s’apprend.
name | names | Parler se présente comme un réseau.
# Only a name does these.
name | - | Parler n’a plus d’options
name | - | Parler est un réseau social.
name | - | Parler : le réseau social est de retour
name | - | Parler, nouvelle plateforme de la droite
name | - | Parler, qui revendique 12 millions d’inscrits, ferme.
name | - | Parler, fondé en 2018, a un nouveau patron.
name | - | Parler, Gab, Telegram : où vont-ils ?
name | - | « Parler est en ligne », dit-il.
name | - | Parler compte désormais plus de dix millions d’utilisateurs.
unsure | - | Parler, qui est si naturel, lui coûte.
unsure | - | Parler, Marie le sait, ne suffit pas.
word | - | Parler, écrire et lire sont des droits.
unsure | - | Parler : un besoin vital.
unsure | - | Parler est devenu un luxe.
unsure | - | Parler compte plus que tout.
name | - | Parler avait ses données chez Amazon.
name | - | Parler s’est déconnecté.
name | - | Parler l’a supprimé.
name | - | Parler en a assez.
name | - | « Parler n’a pas pris de mesures. »
name | - | Parler Inc. ferme.
name | - | Parler retiré de l’App Store
name | - | Parler est banni par Apple.
name | - | Parler de nouveau en ligne
name | - | Parler à nouveau accessible
name | - | Parler en panne
name | - | Parler avec 20 millions de membres
name | - | Parler cherche un nouvel hébergeur.
name | - | Parler vient d’être vendu à Starboard.
unsure | - | Parler, c’est fini.
# How people speak, and what for.
word | names | Parler et agir sont deux choses.
word | names | Parler ou se taire ?
word | names | Parler deux langues ne change rien.
word | names | Parler politique à table
word | - | Parler ne sert à rien.
word | - | Parler n’aurait rien changé.
word | - | Parler n’a jamais tué personne.
word | - | Parler soulage.
# Headings, and what stands before an infinitive.
word | names | Santé – Parler de la mort à l’hôpital
word | names | Psycho | Parler à ses enfants
word | names | ## Parler de sexualité à l’école
word | names | Il faut en Parler.
word | names | Apprendre à Parler
word | names | L’Art de Parler en Public
# Nothing follows that tells.
unsure | - | Parler
word | words | Parler
unsure | - | Parler: Amazon supprimera le site
name | names | Parler, très sympathique à droite, ferme.
unsure | - | • Parler, toujours.
# Capitals throughout.
word | - | PARLER LIBREMENT
unsure | - | PARLER EST PARTOUT
name | names | PARLER N’A PLUS D’OPTIONS
name | - | Il dit que PARLER ferme.
"""


@pytest.mark.parametrize("row", [r for r in SENTENCES.strip().split("\n") if r[0] != "#"])
def test_name_or_word(row):
    verdict, context, sentence = row.split(" | ", 2)
    found = Glossary(PARLER).match_all([sentence, *CONTEXTS[context]])[0]
    values = [m.confidence for m in found]
    assert verdict == ("word" if not values else "name" if values[0] >= SURE else "unsure")


def test_a_name_that_is_no_verb():
    glossary = Glossary(entries("Orange=="))
    fruit = ("Une orange.", "Deux fois orange, une orange.")
    for context in ((), fruit):
        assert glossary.match_all(["Orange a fermé.", *context])[0][0].binding
    assert () == glossary.match_all(["Orange de Floride", *fruit])[0]


@pytest.mark.parametrize("name", ["Pfizer", "Wagner", "Uber", "Twitter", "Messenger"])
def test_a_name_that_only_ends_like_a_verb(name):
    [found] = Glossary(entries(f"{name}==")).match(f"{name} promet un vaccin.")
    assert found.binding


def test_the_seeds():
    counts: Counter[tuple[str, str]] = Counter()
    whole = 0
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        texts = [segment.text for segment in split(ingest.read(path))]
        whole += sum(len(re.findall(r"\bParler\b", text)) for text in texts)
        for text, found in zip(texts, Glossary(PARLER).match_all(texts), strict=True):
            assert all(m.confidence >= SURE and not m.shadowed for m in found)
            counts.update((text[m.start : m.end], m.required) for m in found)
    expected = {("Parler", "Parler"): 88, ("pelotons d’exécution", "firing squads"): 1}
    assert (88, expected) == (whole, counts)


NUMBERS = (
    "firing squad,firing squads|policy,policies|app,apps|Act,Acts|church,churches|boss,bosses|"
    "Congressman,Congressmen|woman,women|human,humans|German,Germans|specimen,specimens|"
    "head of state,heads of state|term of service,terms of service|database,databases|"
    "house,houses|clause,clauses|status,statuses|bus,buses|gas,gases|virus,viruses|"
    "analysis,analyses|movie,movies|tie,ties|page,pages|CEO,CEOs|Man,Men|series,series|"
    "mother-in-law,mothers-in-law|software,software|box,boxes|size,sizes|day,days"
)


@pytest.mark.parametrize("pair", NUMBERS.split("|"))
def test_english_number(pair):
    one, many = pair.split(",")
    assert (many, one) == (pluralised(one), singularised(many))
    assert (many, one) == (pluralised(many), singularised(one))


def test_words_within_a_phrase_make_it_unsure():
    glossary = Glossary(entries(VERBS))
    assert () == glossary.match("Ils ne prennent réforme en compte que tard.")
    [parted] = glossary.match("Ils ne prennent la réforme en compte que tard.")
    assert ("take into account", False) == (parted.required, parted.binding)
    assert () == glossary.match("Ils ne prennent, même en compte.")
    [found] = glossary.match("Ils ne prennent même pas en compte ce fait.")
    assert ("prennent même pas en compte", False) == (
        "Ils ne prennent même pas en compte ce fait."[found.start : found.end],
        found.binding,
    )


DOUBTFUL = [
    ("Total", "Total : 45 euros.", False),
    ("Total", "Total des ventes : dix.", False),
    ("Total", "Total : le groupe se tait. Total a vendu. Il vend Total des ventes.", True),
    ("mise à jour", "La liste mise à jour est là.", False),
    ("mise à jour", "Elle a été mise à jour hier.", False),
    ("mise à jour", "Une nouvelle mise à jour, la mise à jour", True),
    ("chiffre d'affaires", "Le chiffre de l'affaire est faux.", False),
    ("chiffre d'affaires", "Le chiffre d'affaires et les chiffres des affaires", True),
    ("chef de l'État", "Le chef de l'État et les chefs d'États", True),
]


@pytest.mark.parametrize(("term", "text", "sure"), DOUBTFUL)
def test_what_only_looks_like_a_term_is_told_and_not_enforced(term, text, sure):
    kind = "dnt" if term[0].isupper() else "term"
    found = Glossary([TermEntry(term, term, kind)]).match(text)
    assert found
    assert {sure} == {match.binding for match in found}


def test_any_form_of_a_verb_counts():
    [found] = Glossary(entries(VERBS)).match("Il a démissionné.")
    assert {"resign", "resigns", "resigned", "resigning"} <= set(found.entry.admitted)


@pytest.mark.parametrize("source", ["livre de comptes", "dîner de gala", "papier peint", "pouvoir"])
def test_nouns_are_no_verbs(source):
    [found] = Glossary(entries(f"{source}=x")).match(f"Un {source} ici.")
    assert "x" == found.required


CONJUGATED = {
    "lever": "lève levons lèvera levait levé", "céder": "cède cédons cédait cédé",
    "appeler": "appelle appelons appellera", "jeter": "jette jetons", "acheter": "achète achetons",
    "manger": "mange mangeons mangeait", "lancer": "lance lançons lançait lancé",
    "envoyer": "envoie envoyons", "finir": "finit finissons finira fini", "vendre": "vend vendu",
    "convenir": "convient convenu conviendra", "permettre": "permet permis permettait",
    "recevoir": "reçoit reçu recevra", "être": "est sont était été sera", "avoir": "a ont eu aura",
    "produire": "produit produisait", "craindre": "craint craignait", "offrir": "offre offert",
    "aller": "va allons ira allé", "résoudre": "résout résolvait",
}  # fmt: skip


@pytest.mark.parametrize("verb", CONJUGATED)
def test_verbs_are_known_in_their_forms(verb):
    assert set(CONJUGATED[verb].split()) <= french_forms(verb).keys()


ENGLISH = (
    "stop stops stopped stopped stopping|refer refers referred referred referring|"
    "visit visits visited visited visiting|deny denies denied denied denying|"
    "use uses used used using|lie lies lay lain lying|agree agrees agreed agreed agreeing|"
    "write writes wrote written writing|be is was been being|go goes went gone going|"
    "play plays played played playing|fix fixes fixed fixed fixing|open opens opened opened opening"
)


@pytest.mark.parametrize("row", ENGLISH.split("|"))
def test_english_verbs(row):
    verb, *forms = row.split()
    kinds = ("third", "past", "participle", "gerund")
    assert forms == [english_form(verb, kind) for kind in kinds]


def test_a_noun_that_looks_like_a_verb_is_found_as_both():
    glossary = Glossary(entries("avoir fiscal=tax credit"))
    found = [m for m in glossary.match("Un avoir fiscal, des avoirs fiscaux.") if not m.shadowed]
    assert ["tax credit", "tax credits"] == [match.required for match in found]
