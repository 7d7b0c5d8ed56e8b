"""Translate French into English, hold it to a glossary, align it, and check the result."""

from bitext.units import Bead, Document, Segment, TermEntry, TranslationUnit

__all__ = ["Bead", "Document", "Segment", "TermEntry", "TranslationUnit"]
__version__ = "0.1.0"
