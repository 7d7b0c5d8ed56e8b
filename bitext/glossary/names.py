"""
Tell a name from the word it is spelt like: Parler, the network, from parler, to speak.

Inside a sentence the capital decides. At its head, and in text all in capitals, it says
nothing; then what follows gives evidence, and the document as a whole the rest.
"""

import re
from collections.abc import Iterable
from math import exp, log

# What companies, programs and papers are called, and no speaking is.
THING = (
    r"(?:r[ée]seau|appli(?:cation)?|plate-?forme|site|entreprise|société|start-?up|messagerie|"
    r"filiale|magazine|hebdomadaire|quotidien|concurrente?|rivale?)s?\b"
)

# What is done to companies and programs, as headlines say it.
DONE_TO = (
    r"(?:retiré|banni|débranché|racheté|suspendu|exclu|privé|évincé|vendu|poursuivi|piraté|bloqué|lâché|"
    r"menacé|visé|boudé|chassé|expulsé|déconnecté|condamné|interdit|utilisé|hébergé|supprimé)"
)
# Infinitives that go with speaking.
SAYING = (
    r"(?:agir|écouter|écrire|lire|chanter|crier|dire|faire|entendre|penser|marcher|rire|pleurer|taire|mourir|"
    r"vivre|manger|boire|danser|jouer|comprendre|convaincre|partager|échanger|parler|mentir|réfléchir)"
)

# What speaking is, and no company.
DEED = (
    r"(?:droits?|art|plaisir|besoin|acte|devoir|luxe|jeu|risque|moyen|exercice|métier|don|atout|signe|"
    r"effort|privilège|choix|remède|réflexe|crime|délit|début|bonheur|supplice|courage|premier\s+pas|"
    r"force|nécessité|preuve|façon|manière|liberté|arme|thérapie|épreuve|habitude|obligation|erreur|"
    r"faute|délivrance|chance|question|affaire|étape|compétence|trahison|libération|perte\s+de\s+temps)"
)
QUALITY = (
    r"(?:difficile|facile|utile|inutile|essentiel|important|nécessaire|délicat|vital|impossible|humain|"
    r"risqué|agréable|fatigant|naturel|primordial|simple|compliqué|tabou|salutaire|insuffisant|"
    r"douloureux|indispensable|libérateur)\b"
)
# What is said or done by those who have a will: no infinitive does it.
WILLED = (
    r"(?:souhait|recrut|embauch|licenci|dénonc|réclam|assur|estim|regrett|contest|ni|répliqu|ripost|"
    r"publi|diffus|modèr|censur|tolèr|emploi|dépass|enregistr|lèv|vis|tent|négoci|migr|"
    r"déménag|décid|critiqu|déploi|développ|prépar|héberg|rachèt|achèt|sign|menac|abandonn|"
    r"vant|profit|bénéfici|grimp|chut|plong|progress|expliqu|indiqu|déclar|port\s+plaint)e"
    r"|exige|saisit|utilise|affiche|explose|gagne|attire|séduit|reconnaît|obtient|choisit|atteint|"
    r"franchit|vend|entend|défend|réagit|subit|souffre|contre-attaque|mise|tombe|plante|survit|"
    r"grandit|croît|sait"
)

# The sizes are log odds for the name. They are judgement, not counts; set on the five seeds and
# the table in tests/test_glossary.py. The first that fits what follows the word is taken.
EVIDENCE = tuple(
    (re.compile(pattern, flags), size)
    for pattern, flags, size in (
        # "Parler est un réseau social", "Parler : le réseau est de retour", "Parler, site prisé"
        (
            rf"\s*(?:[,:(]|est|était|reste|devient|est\s+devenu)\s+"
            rf"(?:(?:une?|le|la|cette?)\s+|l['’])?(?:\w+\s+)?{THING}",
            re.IGNORECASE,
            2.5,
        ),
        # "Parler, c’est le réseau préféré de …"
        (
            rf"\s*,?\s+c['’](?:est|était)\s+(?:(?:une?|le|la|cette?)\s+|l['’])?(?:\w+\s+)?{THING}",
            re.IGNORECASE,
            2.5,
        ),
        # "Parler est un droit", "Parler n’est pas facile", "Parler fait du bien"
        (
            rf"\s+(?:n['’]|ne\s+)?(?:est|était|sera|serait|reste|demeure|devient|semble|paraît)\s+(?:(?:pas|plus|"
            rf"jamais|toujours|aussi|déjà|parfois|souvent)\s+)?(?:(?:(?:une?|le|la|mon|son|leur|notre)\s+|"
            rf"l['’])(?:\w+\s+)?{DEED}\b|(?:(?:si|très|trop|plus|bien|assez|aussi)\s+)?{QUALITY})",
            re.IGNORECASE,
            -2.5,
        ),
        (
            r"\s+(?:(?:me|te|nous|vous|lui|leur)\s+|[mt]['’])?(?:fait|faisait|ferait|fera)\s+(?:du\s+|le\s+"
            r"plus\s+grand\s+)?(?:bien|mal|peur|plaisir|partie|avancer|oublier|souffrir|honte|tomber)\b",
            re.IGNORECASE,
            -2.5,
        ),
        # "Parler demande du courage", "Parler permet de comprendre", "Parler l’aide"
        (
            r"\s+(?:ne\s+)?(?:demande|exige|nécessite|requiert|suppose|prend)\s+(?:(?:du|de\s+la|des|un\s+peu|"
            r"beaucoup|une?|plus|trop|pas)\s+)?(?:d[e'’]\s*)?(?:\w+\s+)?(?:courage|temps|patience|talent|"
            r"efforts?|tact|confiance|pratique|préparation|interlocuteur|énergie|vocabulaire|entraînement)\b",
            re.IGNORECASE,
            -2.5,
        ),
        (
            r"\s+(?:l['’]|les?\s+|la\s+|nous\s+|vous\s+)(?:aide|soulage|apaise|libère|rassure|sauve|détend|"
            r"effraie|a\s+(?:aidé|sauvé|soulagé|libéré|apaisé))e?s?\b|"
            r"\s+(?:lui|leur|nous|vous)\s+(?:coûte|permet|donne|manque|apporte|semble|est)\b",
            re.IGNORECASE,
            -3.0,
        ),
        # of either kind
        (r"\s+(?:ne\s+)?permet(?:tait|tra)?\s+d[e'’]", re.IGNORECASE, -1.5),
        (r"\s+permet(?:tait|tra)?\s+(?:à|aux?)\b", re.IGNORECASE, 1.5),
        (r"\s+aurait\s+(?:suffi|pu|aidé|évité|changé|servi|coûté|permis)\b", re.IGNORECASE, -3.0),
        (
            r"\s+(?:seule?s?|beaucoup|ensemble|tout\s+(?:bas|haut|seul)|longtemps|vite)\b",
            re.NOFLAG,
            -3.0,
        ),
        # "Parler, crier, chanter"
        (r"\s*,\s+[a-zé]\w+(?:er|ir|re)\s*(?:,|et\b|ou\b|:)", re.NOFLAG, -2.0),
        # "Parler dans la tourmente", "Parler (20 millions d’inscrits)", "Parler, le Twitter de …"
        (
            r"\s+(?:sous|dans|face\s+à|au\s+c(?:œ|oe)ur\s+de)\s+(?:l['’]|la\s+|le\s+|une\s+)?(?:justice|tourmente|"
            r"feu|pression|coup|tempête|crise|viseur|collimateur|scandale|polémique)\b|\s*\(\d|"
            r"\s*,?\s+devient\s+la\s+(?:cible|propriété|filiale)",
            re.IGNORECASE,
            2.0,
        ),
        (r"\s*,?\s+(?:(?:le|la)\s+|l['’])[A-ZÀ-Þ]\w+\s+(?:de|du|des|d['’])", re.NOFLAG, 1.5),
        # "Parler, toujours parler"
        (r"\s*,\s+(?:(?:\w+\s+){0,2})parler\b", re.NOFLAG, -3.0),
        # "Parler, qui revendique …", "Parler, fondé en 2018": of what is named.
        (
            r",\s+(?:dont|qui\s+(?!(?:est|était|reste|semble|paraît)\b))|\s*[,(]\s*(?:fondé|lancé|créé|détenu|racheté|hébergé|basé)e?\b",
            re.IGNORECASE,
            1.5,
        ),
        # "Parler, Gab, Telegram": a list of names.
        (r",\s+[A-ZÀ-Þ]\w+(?:,|\s+(?:et|ou))\s+[A-ZÀ-Þ]", re.NOFLAG, 1.5),
        # "Parler est en ligne", "Parler compte 12 millions d’inscrits"
        (
            r"\s+(?:est|était|reste|sera)\s+(?:(?:\w+\s+)?(?:en|hors)[\s-]ligne|de\s+retour|"
            r"indisponible|inaccessible|hébergée?|détenue?|basée?|financée?|accusée?|valorisée?)\b",
            re.IGNORECASE,
            2.5,
        ),
        (
            r"\s+(?:en\s+)?(?:compte|comptait|comptera|recense|totalise)\s+(?:\w+\s+)?"
            r"(?:\d|(?:plus|près|moins)\s+d[e'’]\s*(?:\d|\w+\s+(?:mill|cent))|quelque\b)",
            re.IGNORECASE,
            2.5,
        ),
        # "Parler retiré de l’App Store", "Parler est banni par Apple", "Parler de nouveau en ligne"
        (
            rf"\s+(?:(?:est|a\s+été|était|sera)\s+)?{DONE_TO}e?\b(?:\s+(?:par|de|du|d['’]|des|sur|à)\b"
            r"|\s*(?:[.,!?;:]|$))",
            re.IGNORECASE,
            2.5,
        ),
        (
            r"\s+(?:(?:est|sera|était)\s+)?(?:[àd]e?\s+nouveau\s+)?(?:(?:en|hors)[\s-]ligne|accessible|"
            r"inaccessible|indisponible|disponible\s+(?:sur|en|dès|depuis)|opérationnel)(?!\w)",
            re.IGNORECASE,
            2.5,
        ),
        (
            r"\s+(?:est\s+)?en\s+(?:panne|vente|difficultés?|bourse|sursis|péril|faillite|perte|déroute)\b"
            r"|\s+avec\s+(?:\d|(?:plus|près)\s+d)|\s+à\s+la\s+(?:conquête|peine|traîne|dérive)\b",
            re.IGNORECASE,
            2.5,
        ),
        # "Parler, c’est fini" may be either.
        (r"\s*,?\s+c['’](?:est|était)\s+(?:fini|terminé|quoi|qui)\b", re.IGNORECASE, 0.3),
        # "Parler et agir", "Parler ou se taire", "Parler deux langues", "Parler politique"
        (rf"\s+(?:et|ou|ou\s+bien)\s+(?:se\s+|s['’])?(?:ne\s+pas\s+)?{SAYING}\b", re.NOFLAG, -3.0),
        (
            r"\s+(?:une?|deux|trois|quatre|cinq|plusieurs|\d+|leur|sa|cette)\s+(?:\w+\s+)?(?:langues?|dialectes?|"
            r"patois|argot)\b|\s+(?:politique|affaires|argent|boutique|vrai|cru|chiffres?|football|sport|"
            r"cuisine|cinéma|travail|sexe|anglais|allemand|espagnol|italien|arabe|chinois|breton|patois)\b",
            re.IGNORECASE,
            -4.5,
        ),
        # "Parler soulage", "Parler ne sert à rien", "Parler n’aurait rien changé"
        (
            r"\s+(?:soulage|apaise|libère|guérit|rassure|fatigue)\b|\s+(?:ne\s+|n['’])(?:(?:l|m|t|v|n)['’]|"
            r"(?:me|te|vous|nous|lui|leur)\s+)?(?:sert|servait|mène|engage|veut\s+pas\s+dire|change|coûte|résou|"
            r"règle|intéresse|suffi|aurait|a\s+(?:jamais|rien)|fait\s+pas|nui)\w*",
            re.IGNORECASE,
            -1.5,
        ),
        (r"\s+aurait\s+été\s+une?\b", re.IGNORECASE, -1.5),
        # "Parler, c’est agir"
        (r"\s*,?\s+c['’](?:est|était)\b", re.IGNORECASE, -3.0),
        # "Parler librement", "Parler haut": how one speaks.
        (
            r"\s+(?:plus|moins|trop|peu|bien|mal|haut|bas|fort|franc|clair|français|anglais|"
            r"\w{3,}ment)\b",
            re.IGNORECASE,
            -4.5,
        ),
        # "Parler en a assez" begins like "Parler en public", which comes next.
        (r"\s+(?:y|en)\s+(?:a|est|était|avait|perd|gagne|fait)\b", re.IGNORECASE, 1.5),
        # "Parler de soi": what an infinitive takes after it, and a name does not.
        (
            r"\s+(?:de|d['’]|du|des|à|au|aux|avec|en|pour|comme|sans|devant|pendant)(?:\b|(?<=['’]))",
            re.IGNORECASE,
            -3.0,
        ),
        # "Parler doit trouver un hébergeur"
        (
            r"\s+(?:doit|devrait|peut|compte|fait|va)\s+(?:désormais|maintenant|aujourd|trouver|quitter|"
            r"fermer|changer|rendre|payer|choisir|appel|face)\b",
            re.IGNORECASE,
            1.5,
        ),
        # A verb that takes an infinitive for its subject as readily as a name: "Parler est
        # partout", "Parler s’apprend". Only the document can tell.
        (
            r"\s+(?:ne\s+|n['’])?(?:est|sera|serait|était|fut|peut|pourrait|doit|devrait|permet|"
            r"reste|devient|fait|demande|coûte|suffit|semble|aide|compte)\b",
            re.IGNORECASE,
            0.3,
        ),
        (r"\s+(?:se|s['’](?!(?:est|était)\b))", re.IGNORECASE, 0.3),
        # A finite verb or the clitic before one: what comes before it is a subject.
        (
            r"\s+(?:n['’]|ne\s|s['’]|l['’](?:a|ont|avait|aura|aurait|est|emporte)\b|"
            r"(?:a|ont|avait|aura|aurait|eut|sont|pouvait|pourra|devait|devra|va|allait|ira|veut|"
            r"voulait|dit|offre|fonctionne|revendique|appartient|refuse|annonce|affirme|accuse|"
            r"cherche|poursuit|attaque|quitte|lance|propose|accueille|héberge|bannit|rejoint|répond|"
            r"dément|renaît|rouvre|redémarre|reprend|prétend|promet|espère|vient\s+d|doit\s+(?:quitter|fermer)|"
            r"ferme|perd|disparaît|revient|\w{3,}(?:ait|era|erait|ira|irait))\b)",
            re.IGNORECASE,
            2.5,
        ),
        # "Parler souhaite rassurer", "Parler séduit": somebody does it.
        (rf"\s+(?:(?:les?|la)\s+|l['’])?(?:{WILLED})\b", re.IGNORECASE, 1.5),
        # "Parler la langue": an object.
        (r"\s+(?:le|la|les|l['’]|un|une)(?:\b|(?<=['’]))", re.IGNORECASE, -1.5),
        # "Parler Inc.", "Parler et Twitter"
        (r"\s+(?:et\s+)?[A-ZÀ-Þ]\w*[a-zß-öø-ÿ]", re.NOFLAG, 1.5),
        # "Parler, …", "Parler : …" and a heading of one word.
        (r"\s*(?:[,:(.?!»”]|$)", re.NOFLAG, 0.3),
    )
)
# Characters on either side that tell whether all is in capitals.
NEAR = 60
# A name may be spelt like one of these; "Pfizer" and "Wagner" are not.
INFINITIVES = frozenset(
    "abandonner aborder accepter accompagner accorder accueillir accuser acheter achever "
    "acquérir adapter admettre admirer adopter adorer adresser affirmer agir aider aimer "
    "ajouter aller allumer amener amuser améliorer analyser animer annoncer apaiser "
    "apercevoir apparaître appartenir appeler applaudir apporter apprendre approcher "
    "apprécier appuyer arranger arriver arrêter assister assurer attacher attaquer atteindre "
    "attendre attirer avancer avoir avouer baisser balayer battre bavarder blesser boire "
    "bouger brancher briller briser brûler bâtir cacher calculer calmer causer cesser changer "
    "chanter charger chasser chercher choisir circuler citer classer combattre commander "
    "commencer commenter communiquer comparer comprendre compter conclure conduire confier "
    "confirmer connaître conquérir conserver considérer constater construire consulter "
    "contempler contenir conter continuer contrôler convaincre convenir copier coucher coudre "
    "couler couper courir couvrir craindre creuser crier critiquer croire créer cueillir "
    "cuire cuisiner cultiver céder danser demander demeurer descendre dessiner devenir "
    "deviner devoir différer dire discuter disparaître disposer distinguer diviser donner "
    "dormir douter durer débattre débuter décider déclarer découvrir décrire défendre définir "
    "déjeuner démontrer dépasser dépendre dépenser désirer détruire dîner effacer embrasser "
    "emmener emporter empêcher encourager engager enlever enseigner entendre entreprendre "
    "entrer envoyer espérer essayer examiner exister expliquer explorer exprimer faire "
    "falloir fermer finir flâner former fournir frapper fuir fumer féliciter fêter gagner "
    "garder goûter grandir grimper guérir gérer habiter hésiter ignorer imaginer imiter "
    "imposer improviser informer innover inspirer installer interdire interroger intéresser "
    "inventer investir inviter jardiner jeter jouer jouir juger laisser lancer laver lever "
    "lire livrer loger lutter maintenir manger manquer marcher marier mener mentir mesurer "
    "mettre monter montrer mourir méditer mériter nager naître noter nourrir négocier "
    "observer obtenir offrir oser oublier ouvrir paraître pardonner parler partager "
    "participer partir parvenir passer patienter payer peindre penser perdre permettre "
    "persuader plaider plaire plaisanter pleurer plonger porter poser posséder poursuivre "
    "pousser pouvoir pratiquer prendre prier produire profiter promettre proposer protéger "
    "prouver préférer préparer présenter prévenir prévoir prêter publier pêcher quitter "
    "raconter ramener rappeler rassurer recevoir rechercher recommencer reconnaître refuser "
    "regarder regretter rejoindre remarquer remercier remettre remplacer remplir rencontrer "
    "rendre rentrer renvoyer reposer reprendre représenter respecter respirer ressembler "
    "rester retenir retourner retrouver revenir revoir rire risquer rouler réagir réaliser "
    "rédiger réduire réfléchir réparer répondre répéter réserver résister résoudre réunir "
    "réussir réveiller révéler rêver saisir sauter sauver savoir sembler sentir serrer servir "
    "signaler signer signifier skier songer sortir souffrir souhaiter soulever soupirer "
    "sourire soutenir souvenir suffire suivre surfer surprendre surveiller séparer tailler "
    "taire tendre tenir tenter terminer tester tirer tomber toucher tourner traduire traiter "
    "transformer transmettre travailler traverser trembler trouver tuer unir user utiliser "
    "vaincre valoir vendre venir vibrer vieillir viser visiter vivre voir voler voter vouloir "
    "voyager vérifier zapper échanger échapper éclairer écouter écrire élever établir "
    "éteindre étonner étudier éviter évoquer être".split()
)

# After these words stands an infinitive, whatever its capital: «Il faut Parler».
BEFORE_INFINITIVE = re.compile(
    r"\b(?:faut|veu[xt]|veulent|peu[xt]|peuvent|pouvons|pouvez|dois|doit|doivent|sait|savoir|savent|"
    r"oser?|osent|apprend(?:re|s)?\s+à|l['’]\s?art\s+de|envie\s+de|"
    r"ne\s+(?:plus|pas|jamais|rien|point|guère)|(?:choisi|décidé|refus[ée]|refusent|cess[ée]|arrêté?|"
    r"essay[ée]|essaie|promis|oublié?|accept[ée]|évit[eé]r?)\s+de|(?:commenc[ée]|continu[ée]|hésit[ée])\s+à|en|y|manière\s+de|façon\s+de)\s+$",
    re.IGNORECASE,
)
# Where a capital says nothing: at the head of a sentence, past quotes, brackets and dashes, and
# behind the mark of a heading.
HEAD = re.compile(
    r"(?:^|[.!?…:;|]\s+|\s[–—|-]\s+|#\s+)[\s«»“”\"'‘’(\[–—•▪*\u200b\ufeff-]*$|[«“‘]\s*$|(?:^|[\s(\[])\"\s?$"
)


# "Total : 45 euros", "Total TTC", "Carrefour de la Liberté": so the plain word goes on, too.
COMMON = re.compile(r"\s*:\s*\d|\s+(?:TTC|HT|des|du|de\s(?:la\b|l['’]))")


def confidence(text: str, start: int, end: int, name: str, prior: float) -> float:
    """
    How likely text[start:end] is the name (0 to 1).

    `prior` is the document's share of clear names among the clear cases.
    """
    surface = text[start:end]
    shouted = surface.isupper() and len(surface) > 1 and not name.isupper()
    before = max(0, start - 40)
    if BEFORE_INFINITIVE.search(text, before, start) and name.lower() in INFINITIVES:
        return 0.05
    if not shouted and not HEAD.search(text, before, start):
        return 1.0
    if shouted and not text[max(0, start - NEAR) : end + NEAR].isupper():
        return 0.9  # one word in capitals among others is emphasis on the name or the verb
    if name.lower() not in INFINITIVES and COMMON.match(text, end):
        return 0.5
    if name.lower() not in INFINITIVES and prior >= 0.5:
        return 0.95  # no verb to take it for, and no such word in the document
    return 1 / (1 + exp(-log(prior / (1 - prior)) - evidence(text, end)))


def evidence(text: str, end: int) -> float:
    """Log odds for the name, from what follows it."""
    return next((size for pattern, size in EVIDENCE if pattern.match(text, end)), 0.0)


def prior(name: str, texts: Iterable[str]) -> float:
    """
    How likely the word is the name in this document, from where it cannot be anything else.

    Counts it capitalised inside a sentence against in small letters; 0.5 where neither occurs.
    """
    quoted, word = re.escape(name), name.lower()
    inside = re.compile(rf"(?:(?<=[\w,;%)»”]\s)|(?<=['’#@])){quoted}(?!\w)")
    small = re.compile(rf"(?<![\w.@/-]){re.escape(word)}(?!\w|\.\w|@)")
    names = words = 0
    for text in texts:
        # Most sentences have neither, and looking for letters is much faster than for a pattern.
        names += len(inside.findall(text)) if name in text else 0
        words += len(small.findall(text)) if word in text else 0
    return (names + 1) / (names + words + 2)
