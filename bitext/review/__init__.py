"""The review page: every sentence beside its translation, in one file that opens anywhere."""

from bitext.review.page import build
from bitext.review.rows import DocumentView

__all__ = ["DocumentView", "build"]
