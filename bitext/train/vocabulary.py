"""Learn one SentencePiece vocabulary for both languages, as Marian's shared ones are."""

import io
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

from bitext.atomic import whole
from bitext.engines.subwords import END_TERM, TERM, TRANSLATION
from bitext.errors import BitextError


def learn(texts: Iterable[str], size: int, path: Path, *, threads: int = 2) -> None:
    """
    Write a unigram model of `size` entries at most, the padding that Marian adds counted.

    Byte fallback keeps every character; the three term marks are pieces of their own.
    """
    model = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            vocab_size=size - 1,
            model_type="unigram",
            character_coverage=0.9998,
            byte_fallback=True,
            bos_id=-1,
            eos_id=0,
            unk_id=1,
            pad_id=-1,
            user_defined_symbols=[TERM, TRANSLATION, END_TERM],
            normalization_rule_name="nmt_nfkc",
            num_threads=threads,
            max_sentence_length=2000,
            hard_vocab_limit=False,  # a small corpus has no more pieces to give
            minloglevel=2,
        )
    except RuntimeError as error:
        raise BitextError(
            f"a vocabulary of {size} cannot be learned from this corpus; "
            "give more text or a smaller --vocabulary"
        ) from error
    with whole(path) as file:
        file.write(model.getvalue())
