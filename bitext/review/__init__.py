"""The review page: every sentence beside its translation, in one file that opens anywhere."""

from bitext.review.edits import Conflict, Edits, Report, merge, read
from bitext.review.page import build
from bitext.review.rows import DocumentView

__all__ = ["Conflict", "DocumentView", "Edits", "Report", "build", "merge", "read"]
