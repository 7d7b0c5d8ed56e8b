"""Two documents that translate each other -> units, each with its place in both."""

from bitext.pairing.pair import Options, Paired, pair

__all__ = ["Options", "Paired", "pair"]
