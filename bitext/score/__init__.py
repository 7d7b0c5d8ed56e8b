"""How good is a translation, measured against pieces of a human one."""

from bitext.score.joining import Joined, join
from bitext.score.metrics import Score, Scores
from bitext.score.plain import to_json
from bitext.score.report import DocumentRow, Report, Terms, Worst, score
from bitext.score.snippets import Snippet, read_snippets
from bitext.score.streaming import score_documents

__all__ = [
    "DocumentRow",
    "Joined",
    "Report",
    "Score",
    "Scores",
    "Snippet",
    "Terms",
    "Worst",
    "join",
    "read_snippets",
    "score",
    "score_documents",
    "to_json",
]
