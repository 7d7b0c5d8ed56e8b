"""
Checkpoints: find them, fetch them if asked, and convert them for CTranslate2 once.

A checkpoint is a directory as `MarianMTModel.save_pretrained` writes it. The package carries
one ("builtin"); any other is named by its directory or by its name on the hub. Nothing here
touches the network but `fetch`.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from bitext.errors import EngineError

HUB_NAME = "Helsinki-NLP/opus-mt-fr-en"
NEEDED = ("config.json", "source.spm", "target.spm", "vocab.json")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")
SETTINGS = "bitext.json"
CARD = "README.md"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """
    A checkpoint directory.

    `revision` is the start of a hash over its files; `longest` how many characters of a
    sentence it is given at once, where its bitext.json says so; `inline_terms` whether it was
    trained to obey targets written into the source.
    """

    name: str
    path: Path
    revision: str
    longest: int | None = None
    inline_terms: bool = False

    @property
    def label(self) -> str:
        """What names the checkpoint in a signature."""
        return f"{self.name}@{self.revision}" + ("+terms" if self.inline_terms else "")


def find(name: str) -> Checkpoint:
    """
    The checkpoint called "auto", "builtin", a directory, or a hub name that was fetched before.

    "auto" is the hub's opus-mt-fr-en where it is on this machine, else the built-in one.
    Raises EngineError that says what to do.
    """
    if name == "auto":
        fetched = in_hub_cache(HUB_NAME)
        return opened(HUB_NAME, fetched) if fetched else find("builtin")
    if name == "builtin":
        return opened(name, builtin_path())
    if Path(name).is_dir():
        return opened(Path(name).resolve().name, Path(name))
    if looks_like_hub_name(name):
        if fetched := in_hub_cache(name):
            return opened(name, fetched)
        raise EngineError(
            f"model {name!r} is not on this machine; fetch it with: bitext models get {name}"
        )
    raise EngineError(
        f"model {name!r}: no such directory; "
        f"give builtin, a directory or a hub name like {HUB_NAME}"
    )


def builtin_path() -> Path:
    return Path(str(files("bitext.models") / "builtin"))


def looks_like_hub_name(name: str) -> bool:
    owner, slash, rest = name.partition("/")
    return bool(slash and owner and rest) and "/" not in rest and not name.startswith((".", "~"))


def missing(directory: Path) -> list[str]:
    """What a checkpoint directory lacks."""
    lacks = [name for name in NEEDED if not (directory / name).is_file()]
    if not any((directory / name).is_file() for name in WEIGHTS):
        lacks.append(WEIGHTS[0])
    return lacks


def opened(name: str, directory: Path) -> Checkpoint:
    if lacks := missing(directory):
        raise EngineError(
            f"{directory}: not a Marian checkpoint (lacks {', '.join(lacks)}); "
            "give a directory that transformers' save_pretrained wrote"
        )
    return Checkpoint(name, directory, revision(directory), *settings(directory))


def settings(directory: Path) -> tuple[int | None, bool]:
    """What bitext.json, which our own trainer writes beside the weights, says of them."""
    path = directory / SETTINGS
    if not path.is_file():
        return None, False
    try:
        kept = json.loads(path.read_text("utf-8"))
        longest, terms = kept["longest"], kept.get("terms", False)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EngineError(f"{path}: has no number 'longest'; delete or mend the file") from error
    if not isinstance(longest, int) or longest < 40:
        raise EngineError(f"{path}: 'longest' must be a number of characters, 40 or more")
    if not isinstance(terms, bool):
        raise EngineError(f"{path}: 'terms' must be true or false")
    return longest, terms


def revision(directory: Path) -> str:
    """Twelve hexadecimal digits that change with any file the model is made of."""
    digest = sha256()
    for name in (*NEEDED, *WEIGHTS):
        path = directory / name
        if path.is_file():
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
            digest.update(name.encode())
    return digest.hexdigest()[:12]


def in_hub_cache(name: str) -> Path | None:
    """The newest snapshot of a hub model on this machine; a part-fetched one is passed over."""
    home = os.environ.get("HF_HOME") or str(Path.home() / ".cache" / "huggingface")
    hub = Path(os.environ.get("HF_HUB_CACHE") or str(Path(home) / "hub"))
    snapshots = hub / f"models--{name.replace('/', '--')}" / "snapshots"
    if not snapshots.is_dir():
        return None
    newest = sorted(snapshots.iterdir(), key=lambda p: p.stat().st_mtime, reverse=True)
    return next((path for path in newest if not missing(path)), None)


def fetch(name: str) -> Checkpoint:
    """Fetch a hub model; the one place that uses the network, and only when asked to."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    wanted = [*NEEDED, *WEIGHTS, "generation_config.json", "tokenizer_config.json", "README.md"]
    try:
        path = snapshot_download(name, allow_patterns=wanted)
    except HFValidationError as error:
        raise EngineError(f"model {name!r}: not a hub name; it looks like {HUB_NAME}") from error
    except (HfHubHTTPError, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
        raise EngineError(
            f"model {name!r} cannot be fetched ({reason}); check the name and the connection, "
            "or use --model builtin"
        ) from error
    return opened(name, Path(path))


def card(checkpoint: Checkpoint) -> str:
    """The model card that lies beside the weights, or what the files alone tell."""
    try:
        return (checkpoint.path / CARD).read_text("utf-8").rstrip()
    except (OSError, UnicodeDecodeError):
        place = f"{checkpoint.path}, revision {checkpoint.revision}"
        return f"{checkpoint.name}: {place}. No model card ({CARD}) lies beside it."


def known() -> Iterator[tuple[str, str, str]]:
    """Name, state and place of the checkpoints that can be named on this machine."""
    auto = find("auto")
    lacks = missing(builtin_path())
    yield "builtin", "ready" if not lacks else f"lacks {', '.join(lacks)}", str(builtin_path())
    fetched = in_hub_cache(HUB_NAME)
    yield HUB_NAME, "ready" if fetched else "not fetched", str(fetched or "")
    yield "auto", f"is {auto.name}", str(auto.path)


def cache_directory() -> Path:
    """Where conversions are kept: $BITEXT_CACHE, or the platform's usual place."""
    if own := os.environ.get("BITEXT_CACHE"):
        return Path(own)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "bitext"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bitext"
