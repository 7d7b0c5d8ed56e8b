"""French sentences, and what of them is a term: number, gender, capitals, marks, conditions."""

import re

import pytest

from bitext.errors import GlossaryError
from bitext.glossary import Glossary, patterns
from bitext.units import TermEntry


def forms(source: str, target: str, **more: object) -> list[TermEntry]:
    return [TermEntry(source, target, **more)]  # type: ignore[arg-type]


GLOSSARIES = {
    "country": forms("pays", "country"),
    "sme": forms("PME", "small business"),
    "appeal": forms("cour d'appel", "court of appeal"),
    "prosecutor": forms("procureur", "prosecutor"),
    "oeuvre": forms("œuvre", "work"),
    "need": forms("besoin", "need"),
    "lawyer": forms("avocat", "lawyer"),
    "director": forms("directeur", "director"),
    "engine": forms("moteur", "engine"),
    "employee": forms("employé", "employee"),
    "treaty": forms("traité", "treaty"),
    "port": forms("port", "port", case="insensitive", kind="term"),
    "capital": forms("capital", "stock"),
    "assets": forms("actif", "asset"),
    "encrypted": forms("chiffré", "encrypted"),
    "public": forms("public", "audience", pos="noun"),
    "social": forms("social", "social"),
    "president": forms("président", "chair"),
    "nurse": forms("infirmier", "nurse"),
    "elected": forms("élu", "councillor"),
    "function": forms("fonctions", "functions"),
    "patron": forms("patron", "boss"),
    "kept word": forms("parley", "parley", kind="dnt"),
    "summer": forms("été", "summer"),
    "chief": [TermEntry("État", "State"), TermEntry("chef de l'État", "head of state")],
    "states": forms("États-Unis", "United States"),
    "health": forms("Organisation mondiale de la Santé", "WHO"),
    "cough": forms("toux", "cough"),
    "infected": forms("infectées", "infected"),
    "market": forms("marché", "market"),
    "doctor": forms("médecin", "physician"),
    "general counsel": forms("avocat général", "crown lawyer"),
    "prime": forms("premier ministre", "prime minister"),
    "veteran": forms("ancien combattant", "veteran"),
    "protected": forms("salarié protégé", "protected employee"),
    "network": forms("réseau social", "social network"),
    "rights": forms("ayant droit", "rights holder"),
    "spokesperson": forms("porte-parole", "spokesperson"),
    "email": forms("e-mail", "email"),
    "mouse": forms("souris", "mouse"),
    "fund": forms("fonds", "fund"),
    "terminate": forms("résilier", "to terminate"),
    "link": forms("relier", "link", pos="verb"),
    "meeting": forms("rendez-vous", "appointment"),
    "today": forms("aujourd'hui", "today"),
    "squad": forms("peloton d'exécution", "firing squad"),
    "chamber": forms("chambre de l'instruction", "investigating chamber"),
    "work": forms("droit du travail", "labour law"),
    "exact": forms("conditions générales", "terms", match="exact"),
    "exact case": forms("Conseil d'État", "Conseil d'État", match="exact", case="sensitive"),
    "sensitive": forms("Loi", "Act", case="sensitive"),
    "insensitive": forms("CRM", "CRM", case="insensitive", kind="dnt"),
    "acronym": forms("ONU", "UN"),
    "proper": forms("Conseil constitutionnel", "Constitutional Council"),
    "plural": forms("acquis communautaire", "acquis", plural="acquis"),
    "crisis": forms("crise", "crisis"),
    "people": forms("personne", "person", plural="persons"),
    "tool": forms("caisse à outils", "toolbox", plural="toolboxes"),
    "lease": forms("bail", "lease", exclude=("bail commercial", "locataire")),
    "port of a ship": [
        TermEntry("port", "harbour", include=("navire", "bateau")),
        TermEntry("port", "carrying", include=("arme",)),
    ],
    "article": forms(r"article (L\. ?)?(\d+)", r"section \1\2", match="regex"),
    "code": forms(r"[A-Z]{2}-\d+", "=", match="regex", kind="dnt"),
    "message": forms("message", "message", kind="forbidden"),
    "web": [TermEntry("service", "department"), TermEntry("services web", "web services")],
    "chain": [
        TermEntry("carte de crédit", "credit card"), TermEntry("crédit agricole", "farm loan"),
        TermEntry("agricole", "farming"),
    ],
    "speak": forms("parler", "speak"),
}  # fmt: skip

# The glossary; a sentence with its terms in ⟦⟧; the targets required, between bars.
SENTENCES = """
# Number.
network | Les ⟦réseaux sociaux⟧ ont réagi. | social networks
network | Un ⟦réseau social⟧ a réagi. | social network
people | Les ⟦personnes⟧ et une ⟦personne⟧ | persons / person
plural | Les ⟦acquis communautaires⟧ | acquis
tool | Deux ⟦caisses à outils⟧ | toolboxes
crisis | Les ⟦crises⟧ | crises
doctor | Les ⟦médecins⟧ | physicians
# One form for both numbers: the words around it tell.
country | Plusieurs ⟦pays⟧, trois ⟦pays⟧, 3 ⟦pays⟧ | countries / countries / countries
country | Le ⟦pays⟧, chaque ⟦pays⟧, de ce ⟦pays⟧ | country / country / country
country | Les grands ⟦pays⟧ et ce grand ⟦pays⟧ uni | countries / country
country | Entre ⟦pays⟧ voisins, tout ⟦pays⟧ sauf un | countries / country
sme | Les ⟦PME⟧, une ⟦PME⟧ | small businesses / small business
sme | Les ETI et ⟦PME⟧ signent, 45 euros ⟦PME⟧ comprise | small businesses / small business
mouse | Les deux ⟦souris⟧ et la ⟦souris⟧ grise | mice / mouse
mouse | Tu souris sans raison et je souris aussi. | 
fund | Les ⟦fonds⟧ et ce ⟦fonds⟧ ont du fond. | funds / fund
spokesperson | Les ⟦porte-parole⟧, trois autres ⟦porte-parole⟧ | spokespersons / spokespersons
spokesperson | Le ⟦porte-parole⟧ des camps et son ⟦porte-parole⟧ | spokesperson / spokesperson
terminate | Le bail est ⟦résilié⟧, elles ⟦résilient⟧ tout. | terminated / terminate
terminate | Il ne faut pas ⟦résilier⟧, dit-il en ⟦résiliant⟧. | terminate / terminating
link | Il ⟦reliait⟧ les deux rives. | linked
appeal | Les ⟦cours d’appel⟧, la ⟦cour d’appel⟧ | courts of appeal / court of appeal
prosecutor | La ⟦procureure⟧ et les ⟦procureurs⟧ | prosecutor / prosecutors
oeuvre | Une ⟦oeuvre⟧, des ⟦œuvres⟧ | work / works
need | Les ⟦besoins⟧ changent, le ⟦besoin⟧ | needs / need
# Gender: people.
lawyer | L’⟦avocate⟧ plaide. | lawyer
lawyer | Des ⟦avocates⟧ plaident. | lawyers
lawyer | ⟦Avocate⟧ à Paris, elle plaide. | lawyer
lawyer | Elle est ⟦avocate⟧ à Paris. | lawyer
lawyer | Mme Roy, ⟦avocate⟧, plaide. | lawyer
director | La ⟦directrice⟧ et le ⟦directeur⟧ | director / director
director | Elle est ⟦directrice⟧. | director
director | Les lignes directrices et l’idée directrice | 
engine | La force motrice et un ⟦moteur⟧ | engine
employee | Une ⟦employée⟧, des ⟦employées⟧, nos ⟦employés⟧ | employee / employees / employees
employee | La méthode employée à tort | 
treaty | Il a traité la question et conclu un ⟦traité⟧ | treaty
summer | Un ⟦été⟧ chaud; il a été là, elles ont déjà été vues | summer
treaty | Nos ⟦traités⟧ de paix | treaties
treaty | Le grand ⟦traité⟧ et sa maltraitance | treaty
lawyer | Les avocatiers | 
meeting | Un rendez-le-nous | 
acronym | L’ONUDI et les ONG | 
nurse | Une ⟦infirmière⟧ et deux ⟦infirmières⟧ | nurse / nurses
president | La ⟦présidente⟧ Sandu | chair
president | En tant que ⟦présidente⟧ | chair
elected | Les ⟦élues⟧ de la ville | councillors
elected | La candidate élue | 
doctor | La médecine | 
function | La ⟦fonction⟧ et les ⟦fonctions⟧; cela fonctionne | function / functions
patron | La ⟦patronne⟧ et les ⟦patrons⟧ | boss / bosses
kept word | Le ⟦parley⟧, les ⟦parleys⟧, une parleye | parley / parleys
# Gender: things have words of their own.
treaty | Le ⟦traité⟧ et les ⟦traités⟧ | treaty / treaties
treaty | La question traitée, les questions traitées | 
treaty | Elle a été traitée. | 
port | La porte est fermée. | 
port | Le ⟦Port⟧ est fermé. | port
capital | La capitale du pays, le ⟦capital⟧ social | stock
assets | Une participation active, des ⟦actifs⟧ | assets
public | Une affaire publique, le ⟦public⟧ | audience
# Gender: adjectives and participles agree.
encrypted | Des données ⟦chiffrées⟧, une clé ⟦chiffrée⟧ | encrypted / encrypted
social | La question ⟦sociale⟧ et les réseaux ⟦sociaux⟧ | social / social
social | Les mesures ⟦sociales⟧ | social
# Gender: terms of several words.
general counsel | L’⟦avocate générale⟧ conclut. | crown lawyer
general counsel | Les ⟦avocats généraux⟧ concluent. | crown lawyers
prime | La ⟦première ministre⟧ et le ⟦Premier Ministre⟧ | prime minister / prime minister
prime | Les ⟦premières ministres⟧ | prime ministers
veteran | Des ⟦anciennes combattantes⟧ | veterans
protected | Une ⟦salariée protégée⟧ | protected employee
network | Une ⟦réseau sociale⟧ mal écrite | social network
rights | Les ⟦ayants droit⟧ et un ⟦ayant droit⟧ | rights holders / rights holder
# Elision, contraction, articles within.
lawyer | Jusqu’⟦avocat⟧, d’⟦avocat⟧, qu’⟦avocats⟧ | lawyer / lawyer / lawyers
squad | Le ⟦peloton de l’exécution⟧, des ⟦pelotons d’exécutions⟧ | firing squad / firing squads
chamber | La ⟦chambre d’instruction⟧ | investigating chamber
work | Le ⟦droit du travail⟧ et les ⟦droits des travaux⟧ | labour law / labour laws
work | Le droit au travail | 
today | ⟦Aujourd’hui⟧ et ⟦aujourd' hui⟧ | today / today
# Spaces, hyphens, soft hyphens, ends of lines.
squad | Un ⟦peloton\u00a0d’exécution⟧, un ⟦peloton\u202fd'exécution⟧ | firing squad / firing squad
spokesperson | Le ⟦porte-parole⟧, le ⟦porte parole⟧ | spokesperson / spokesperson
spokesperson | Le ⟦porte‑parole⟧ | spokesperson
spokesperson | Le ⟦porte-\u00adparole⟧, le ⟦por\u00adte-parole⟧ | spokesperson / spokesperson
spokesperson | Les ⟦porte-paroles⟧ | spokespersons
spokesperson | Il porte la parole. Le porteparole. | 
email | Un ⟦e-mail⟧, des ⟦e‑mails⟧ | email / emails
email | Un email, un mail, e.mail | 
meeting | Un ⟦rendez-vous⟧, des ⟦rendez vous⟧ | appointment / appointments
network | Un ⟦ré-⏎seau social⟧ | social network
network | Un ⟦réseau⏎social⟧ | social network
spokesperson | Un ⟦porte-⏎parole⟧ | spokesperson
network | Un ré- seau social | 
lawyer | Un co-⟦avocat⟧, des ⟦avocats⟧-conseils | lawyer / lawyers
# Capitals.
network | ⟦Réseaux sociaux⟧ : la fin | social networks
network | LES ⟦RÉSEAUX SOCIAUX⟧ ET LE ⟦RÉSEAU SOCIAL⟧ | social networks / social network
network | Les ⟦Réseaux Sociaux⟧ | social networks
lawyer | L’⟦AVOCATE⟧ ET L'⟦AVOCAT⟧ | lawyer / lawyer
sensitive | La ⟦Loi⟧, la loi, LA LOI, les ⟦Lois⟧ | Act / Acts
insensitive | Le ⟦CRM⟧, le ⟦crm⟧, un ⟦Crm⟧ | CRM / CRM / CRM
health | L’⟦Organisation mondiale de la santé⟧ et l’⟦Organisation Mondiale de la Santé⟧ | WHO / WHO
health | Une organisation mondiale de la Santé | 
cough | Une ⟦toux⟧, tous les jours | cough
infected | Des personnes ⟦infectées⟧, un homme ⟦infecté⟧ | infected / infected
acronym | L’⟦ONU⟧, onu, l’⟦Onu⟧ | UN / UN
proper | LE ⟦CONSEIL CONSTITUTIONNEL⟧ | Constitutional Council
proper | Le ⟦Conseil constitutionnel⟧ | Constitutional Council
proper | Un conseil constitutionnel | 
proper | Le ⟦Conseil Constitutionnel⟧ | Constitutional Council
# Capitals without their accents.
network | LES ⟦RESEAUX SOCIAUX⟧ ET LE ⟦RÉSEAU SOCIAL⟧ | social networks / social network
network | Les reseaux sociaux, un Reseau social | 
squad | LES ⟦PELOTONS D’EXECUTION⟧ | firing squads
squad | Un peloton d’execution | 
chief | Le ⟦chef de l’Etat⟧ et l’⟦Etat⟧ et l’⟦ETAT⟧, un etat | head of state / State / State
states | Les ⟦Etats-Unis⟧, les ⟦ÉTATS-UNIS⟧ | United States / United States
exact case | Le Conseil d’Etat | 
# Exactly.
exact | Nos ⟦conditions générales⟧, ⟦CONDITIONS GÉNÉRALES⟧ | terms / terms
exact | La condition générale | 
exact | Les ⟦conditions\u00a0générales⟧ | terms
exact case | Le ⟦Conseil d’État⟧, le conseil d’État, CONSEIL D’ÉTAT | Conseil d'État
# Patterns.
article | L’⟦article 12⟧ et l’⟦article L. 121⟧-3, les articles 3 | section 12 / section L. 121
code | Le dossier ⟦AB-12⟧, ⟦XY-7⟧ et ab-12 | AB-12 / XY-7
# Conditions.
lease | Le ⟦bail⟧ est signé. | lease
lease | Un ⟦bail⟧ et un bailleur | lease
lease | Le bail commercial est signé. | 
lease | Le bail lie les locataires. | 
port of a ship | Le ⟦port⟧ reçoit les navires. | harbour
port of a ship | Le ⟦port⟧ d’une arme | carrying
port of a ship | Le port du masque | 
port of a ship | L’arme dans le navire au ⟦port⟧ | harbour
# Forbidden: found like others.
message | Le ⟦message⟧ et les ⟦messages⟧ | message / message
# Overlaps.
web | Les ⟦services web⟧ du ⟦service⟧ | web services / department
chain | La ⟦carte de crédit⟧ ⟦agricole⟧ | credit card / farming
chain | Le ⟦crédit agricole⟧ | farm loan
# Words that only look alike.
speak | ⟦Parler⟧, c’est agir; il faut ⟦parler⟧, pas « parle » ni « parleur » | speak / speak
treaty | La maltraitance et le prétraité | 
lawyer | avocat_conseil, https://avocat.fr, l’avocatier | 
"""


@pytest.mark.parametrize("row", [r for r in SENTENCES.strip("\n").split("\n") if r[0] != "#"])
def test_sentences(row):
    name, marked, required = row.split(" | ")
    pieces = re.split("[⟦⟧]", marked.replace("⏎", "\n"))
    starts = [len("".join(pieces[:n])) for n in range(1, len(pieces), 2)]
    ends = [len("".join(pieces[: n + 1])) for n in range(1, len(pieces), 2)]
    targets = [target.strip() for target in required.split("/") if target.strip()]
    found = Glossary(GLOSSARIES[name]).match("".join(pieces))
    assert list(zip(starts, ends, targets, strict=True)) == [
        (m.start, m.end, m.required) for m in found if not m.shadowed
    ]


@pytest.mark.parametrize(
    "said", ["Il a traité", "Ils ne l’ont pas traitée", "Elle est bien traitée"]
)
def test_a_participle_is_not_surely_the_noun(said):
    glossary = Glossary(GLOSSARIES["treaty"])
    assert all(not match.counts for match in glossary.match(f"{said} ainsi."))
    assert glossary.match("Le pays a un traité.")[0].binding


def test_a_word_in_capitals_may_lack_an_accent():
    [match] = Glossary(GLOSSARIES["market"]).match("LA MARCHE DES FEMMES")
    assert not match.counts
    assert not Glossary(GLOSSARIES["market"]).match("La marche, la Marche")


def test_there_are_many_sentences():
    assert 100 <= sum(row[:1] not in ("", "#") for row in SENTENCES.split("\n"))


def test_of_two_with_conditions_that_hold_one_is_shadowed():
    found = Glossary(GLOSSARIES["port of a ship"]).match("L’arme dans le navire au port")
    assert [("harbour", False), ("carrying", True)] == [(m.required, m.shadowed) for m in found]


def test_a_condition_that_is_met_goes_before_none():
    plain, special = (
        TermEntry("port", "port", "term"),
        TermEntry("port", "carry", include=("arme",)),
    )
    found = Glossary([plain, special]).match("Le port d’arme")
    assert [("carry", False), ("port", True)] == [(m.required, m.shadowed) for m in found]


def test_of_two_glossaries_the_first_counts():
    found = Glossary([TermEntry("loi", "Act"), TermEntry("loi", "law")]).match("La loi")
    assert [("Act", False), ("law", True)] == [(m.required, m.shadowed) for m in found]


def test_what_is_forbidden_is_found_beside_what_is_asked_for():
    entries = [TermEntry("message", "message", "forbidden"), TermEntry("message", "post")]
    asked, banned = Glossary(entries).match("Un message")
    assert (True, True, "post") == (asked.binding, asked.counts, asked.required)
    assert (False, True, "message") == (banned.binding, banned.counts, banned.required)
    longer = TermEntry("message vocal", "voice message")
    asked, banned = Glossary([*entries[:1], longer]).match("Un message vocal")
    assert (False, True) == (asked.shadowed, banned.shadowed)


def test_a_pattern_that_takes_too_long_is_said_and_not_passed_over(monkeypatch):
    monkeypatch.setattr(patterns, "LIMIT", 0.05)
    entry = TermEntry("(a+)+$", "x", match="regex")  # reading refuses it
    with pytest.raises(GlossaryError, match=r"'\(a\+\)\+\$' takes too long"):
        Glossary([entry]).match("a" * 5000 + "b")


@pytest.mark.slow
def test_long_and_hostile_texts():
    glossary = Glossary([e for name in ("network", "lawyer", "prime") for e in GLOSSARIES[name]])
    for text in (
        "a" * 500_000,
        "réseau " * 30_000,
        "-\n" * 50_000,
        "\u0301" * 50_000,
        "_" * 99_999,
    ):
        assert () == glossary.match(text)
    assert 20_000 == len(glossary.match("avocat, " * 20_000))
