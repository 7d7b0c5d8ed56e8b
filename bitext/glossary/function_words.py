"""Words that join others or stand for them, and that no term begins or ends with."""

from bitext.glossary.gender import BEFORE_NOUN, BEING, COPULA, HAVING

FRENCH = BEFORE_NOUN | COPULA | HAVING | BEING | frozenset(
    "je tu il elle on nous vous ils elles me te se lui y moi toi soi eux celui celle ceux celles "
    "ceci cela ça qui dont où quoi quel quelle quels quelles lequel laquelle lesquels lesquelles "
    "auquel duquel ne n s t m j c plus moins très trop assez peu beaucoup tant si aussi ainsi "
    "alors donc car mais or puis ensuite enfin encore souvent parfois ici là dans vers entre "
    "depuis pendant avant après lors dès jusque jusqu selon parmi malgré dont afin lorsque "
    "lorsqu puisque puisqu quand parce tandis alors même mêmes seulement notamment environ "
    "fait faire dit dire peut peuvent doit doivent va vont veut été soit soient avoir être "
    "ceux-ci chez hors sous dessus dessous devant derrière ailleurs autour hier demain "
    "aujourd hui maintenant lundi mardi mercredi jeudi vendredi samedi dimanche janvier février "
    "mars avril mai juin juillet août septembre octobre novembre décembre tel telle tels telles "
    "certain certaine certains certaines divers diverses différent différents différentes "
    "plusieurs nombreux nombreuses premier premiers premières dernier dernière derniers "
    "dernières grand grande grands grandes petit petite petits petites nouveau nouveaux "
    "million millions milliard milliards fois cependant toutefois néanmoins pourtant "
    "également effet raison cause suite moyen part partie façon manière".split()
)  # fmt: skip
# What stands before a noun.
ARTICLES = frozenset(
    "l le la les un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos "
    "votre vos leur leurs quelque quelques plusieurs chaque aucun aucune tout toute toutes tous "
    "deux trois quatre cinq six sept huit neuf dix".split()
)
PREPOSITIONS = frozenset("de d à en par pour avec sans chez contre sur dans entre sous".split())
ENGLISH = frozenset(
    "a an the this that these those my your his her its our their whose which who whom what i you "
    "he she it we they me him us them one ones someone something anyone anything everyone some "
    "any each every all both either neither no not none many much more most few fewer less least "
    "several other others another such same own of in on at by for with from to into onto upon "
    "over under about against between among through during before after above below as than like "
    "up down out off and or but nor so yet if because while when where why how since until till "
    "although though unless whether once there here then now just only also too very even still "
    "already again ever never always often sometimes perhaps maybe be is am are was were been "
    "being have has had having do does did doing done will would shall should can could may might "
    "must ought s t ll re ve d m said says say told tells asked made makes make get gets got go "
    "goes went gone take takes took taken come comes came put puts let lets yesterday today "
    "tomorrow monday tuesday wednesday thursday friday saturday sunday january february march "
    "april june july august september october november december first last next new "
    "million millions billion billions".split()
)  # fmt: skip
# Words that may stand within a term.
INNER_FRENCH = frozenset("de d du des la le les l à au aux en".split())
INNER_ENGLISH = frozenset("of the for to in and s".split())
