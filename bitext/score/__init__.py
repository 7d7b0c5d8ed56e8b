"""How good is a translation, measured against pieces of a human one."""

from bitext.score.comparison import Baseline, Comparison
from bitext.score.counting import Terms
from bitext.score.joining import Joined, join
from bitext.score.lines import Lines, lines_of, paired
from bitext.score.metrics import Score, Scores
from bitext.score.plain import to_json, to_rows
from bitext.score.report import Bucket, DocumentRow, Report, Scored, score
from bitext.score.resampling import Difference
from bitext.score.snippets import Snippet, read_snippets
from bitext.score.streaming import score_documents

__all__ = [
    "Baseline",
    "Bucket",
    "Comparison",
    "Difference",
    "DocumentRow",
    "Joined",
    "Lines",
    "Report",
    "Score",
    "Scored",
    "Scores",
    "Snippet",
    "Terms",
    "join",
    "lines_of",
    "paired",
    "read_snippets",
    "score",
    "score_documents",
    "to_json",
    "to_rows",
]
