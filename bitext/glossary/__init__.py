"""Glossaries: read and write them, check them, and find their terms in French sentences."""

from bitext.glossary.matching import Glossary
from bitext.glossary.reading import SUFFIXES, read, read_tsv

__all__ = ["SUFFIXES", "Glossary", "read", "read_tsv"]
