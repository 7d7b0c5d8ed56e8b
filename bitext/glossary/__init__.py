"""Glossaries: read them, and find their terms in French sentences."""

from bitext.glossary.matching import Glossary
from bitext.glossary.reading import read_tsv

__all__ = ["Glossary", "read_tsv"]
