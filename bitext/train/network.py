"""The network itself: a Marian transformer, made anew or loaded, and written for others to load."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece
from safetensors import SafetensorError

from bitext.errors import EngineError, InputError, OutputError


@dataclass(frozen=True, slots=True)
class Shape:
    """Width, feed-forward width, layers and heads; a deep encoder and a shallow decoder is fast."""

    width: int = 256
    inner: int = 1024
    encoder: int = 6
    decoder: int = 2
    heads: int = 4


SHAPES = {
    "small": Shape(),  # 9 M parameters with 8,000 pieces: what two CPU cores can train
    "base": Shape(512, 2048, 6, 2, 8),  # 34 M with 12,000: for a GPU
}


def ready(device: str) -> str:
    """The kind of a device that can be trained on, "cpu" or "cuda"; raises InputError if none."""
    import torch

    kind, _, number = device.partition(":")
    if kind == "cpu" and not number:
        return kind
    if kind != "cuda" or not (number or "0").isdecimal():
        raise InputError(f"device {device!r}", "is unknown; it is cpu, cuda or cuda:NUMBER")
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if int(number or 0) >= count:
        reason = f"there are {count}" if count else "PyTorch finds no GPU"
        raise InputError(f"device {device!r}", f"is not there ({reason}); --device cpu works")
    return kind


def made(shape: Shape, vocabulary: int, *, dropout: float, eager: bool) -> Any:
    """A network with random weights for a vocabulary of that many pieces, padding counted."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    pad = vocabulary - 1
    # Its fields are those of all configurations, which its types do not tell.
    configure: Any = MarianConfig
    config = configure(
        vocab_size=vocabulary,
        decoder_vocab_size=vocabulary,
        d_model=shape.width,
        encoder_layers=shape.encoder,
        decoder_layers=shape.decoder,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.inner,
        decoder_ffn_dim=shape.inner,
        max_position_embeddings=512,
        pad_token_id=pad,
        eos_token_id=0,
        bos_token_id=None,
        decoder_start_token_id=pad,
        forced_eos_token_id=0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        activation_function="relu",
        dropout=dropout,
        attention_dropout=0.0,
        activation_dropout=0.0,
        normalize_before=False,
        normalize_embedding=False,
        static_position_embeddings=True,
        add_final_layer_norm=False,
        attn_implementation="eager" if eager else "sdpa",
    )
    model = MarianMTModel(config)
    for name, weight in model.named_parameters():
        if "embed_positions" in name:
            continue
        if "shared" in name or "embed_tokens" in name:
            torch.nn.init.normal_(weight, std=shape.width**-0.5)
        elif weight.dim() == 2:
            torch.nn.init.xavier_uniform_(weight)
    without_padding(model)
    return model


def without_padding(model: Any) -> None:
    """
    Zero the padding's embedding, where decoding starts.

    CTranslate2 starts from zeros whatever the row says, so that any other value would make the
    two engines differ.
    """
    model.model.shared.weight.data[model.config.pad_token_id] = 0


def loaded(directory: Path, *, dropout: float, eager: bool) -> Any:
    """A checkpoint in 32-bit floats, to go on from; raises EngineError."""
    import torch
    import transformers

    transformers.logging.disable_progress_bar()
    try:
        return transformers.MarianMTModel.from_pretrained(
            directory,
            dtype=torch.float32,
            dropout=dropout,
            attn_implementation="eager" if eager else "sdpa",
        )
    except Exception as error:  # whatever a damaged file makes five libraries raise
        reason = (str(error).strip().splitlines() or [repr(error)])[0]
        raise EngineError(f"{directory}: cannot be loaded ({reason})") from error


def deepened(model: Any, layers: int) -> Any:
    """
    The network with that many encoder layers, which computes what it did before.

    New layers stand among the old ones, spread evenly and the later the denser. Each is a copy of
    the layer after it (the last: of itself) whose two outputs are zero, so that only the residual
    passes; gain and bias of the norm before it move behind it, for to normalise twice is to
    normalise once. Training then finds what the layer is good for (function-preserving growth:
    Chen et al. 2016, "Net2Net"; copied layers: Li et al. 2020, "Shallow-to-Deep Training for NMT").

    Raises InputError for fewer layers than it has, or more than twice as many.
    """
    import copy

    import torch

    encoder = model.model.encoder
    old = list(encoder.layers)
    if not len(old) <= layers <= 2 * len(old):
        what = f"the start has {len(old)}; a number from {len(old)} to {2 * len(old)} works"
        raise InputError(f"{layers} encoder layers", f"cannot be had ({what})")
    new = layers - len(old)
    grown = torch.nn.ModuleList()
    for place, layer in enumerate(old):
        grown.append(layer)
        # Which of the evenly spaced places have a new layer behind them.
        if (place + 1) * new // len(old) > place * new // len(old):
            after = old[place + 1] if place + 1 < len(old) else layer
            grown.append(passing(layer.final_layer_norm, copy.deepcopy(after)))
    encoder.layers = grown
    model.config.encoder_layers = layers
    return model


def passing(before: Any, layer: Any) -> Any:
    """A layer that passes on what it is given; it takes over gain and bias of the norm before."""
    import torch

    norms = (layer.self_attn_layer_norm, layer.final_layer_norm)
    with torch.no_grad():
        attention = layer.self_attn
        for projection in (attention.q_proj, attention.k_proj, attention.v_proj):
            # It read a norm with gain and bias, and now reads one without: they go into it.
            projection.bias += projection.weight @ before.bias
            projection.weight *= before.weight
        inner = layer.fc1
        inner.bias += inner.weight @ norms[0].bias
        inner.weight *= norms[0].weight
        for output in (attention.out_proj, layer.fc2):
            output.weight.zero_()
            output.bias.zero_()
        norms[1].weight.copy_(before.weight)
        norms[1].bias.copy_(before.bias)
        for norm in (before, norms[0]):
            norm.weight.fill_(1.0)
            norm.bias.zero_()
    return layer


def write(
    model: Any, weights: Mapping[str, Any], pieces: Path, directory: Path, longest: int, terms: bool
) -> None:
    """
    A directory that transformers and CTranslate2 load, weights in 16-bit floats.

    `pieces` is the SentencePiece model, or a checkpoint directory whose files are kept; `longest`
    is how many characters of a sentence the model is to be given at once, `terms` whether it obeys
    inline terms. Written beside and then renamed: a kill, or a full disk, leaves the former export
    whole. Raises OutputError.
    """
    half = halved(model, weights)
    scratch = directory.with_name(f"{directory.name}.part")
    former = directory.with_name(f"{directory.name}.former")
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        half.save_pretrained(scratch)
        write_vocabulary(pieces, scratch, half.config.pad_token_id)
        settings = {"longest": longest, "terms": terms}
        (scratch / "bitext.json").write_text(json.dumps(settings) + "\n", "utf-8")
        shutil.rmtree(former, ignore_errors=True)
        if directory.exists():
            directory.rename(former)
        scratch.rename(directory)
    except (OSError, RuntimeError, SafetensorError) as error:
        lines = str(error).strip().splitlines()
        problem = f"cannot be written ({lines[0].lower() if lines else 'no reason given'})"
        raise OutputError(directory, f"{problem}; make room and run the same command") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)


def halved(model: Any, weights: Mapping[str, Any]) -> Any:
    """The network with these weights, in 16-bit floats and set up to translate."""
    import copy

    import torch
    import transformers

    transformers.logging.disable_progress_bar()
    half = copy.deepcopy(model).to("cpu")
    half.load_state_dict(weights)
    half = half.to(torch.float16)
    pad, end = half.config.pad_token_id, half.config.eos_token_id
    without_padding(half)
    half.generation_config.update(
        num_beams=4,
        max_length=256,
        bad_words_ids=[[pad]],
        decoder_start_token_id=pad,
        forced_eos_token_id=end,
        pad_token_id=pad,
        eos_token_id=end,
        bos_token_id=None,
    )
    return half


def write_vocabulary(pieces: Path, directory: Path, pad: int) -> None:
    """The tokenizer files: copied from a checkpoint, or made from one SentencePiece model."""
    if pieces.is_dir():
        for name in ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"):
            if (pieces / name).is_file():
                shutil.copy(pieces / name, directory / name)
        return
    for name in ("source.spm", "target.spm"):
        shutil.copy(pieces, directory / name)
    model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    ids = {model.id_to_piece(number): number for number in range(model.get_piece_size())}
    ids["<pad>"] = pad
    (directory / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), "utf-8")
    settings = {
        "source_lang": "fr",
        "target_lang": "en",
        "unk_token": "<unk>",
        "eos_token": "</s>",
        "pad_token": "<pad>",
        "model_max_length": 512,
        "separate_vocabs": False,
        "tokenizer_class": "MarianTokenizer",
    }
    (directory / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
