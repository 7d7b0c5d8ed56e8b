"""Convert a checkpoint for CTranslate2, once: the result is kept and found again."""

import logging
import shutil
import tempfile
import warnings
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from bitext.errors import EngineError, OutputError
from bitext.models import Checkpoint, cache_directory
from bitext.models.keeping import prune, used


def converted(checkpoint: Checkpoint, folder: Path | None = None) -> Path:
    """
    The directory of the checkpoint's conversion, made if it is not there yet.

    It lies in `folder`, or else in the cache. Weights are kept as 16-bit floats; whoever loads
    them chooses the precision to compute in.
    """
    import ctranslate2

    version = ctranslate2.__version__
    place = (folder or cache_directory() / "ct2") / f"{checkpoint.revision}-{version}"
    if (place / "model.bin").is_file():
        used(place)
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError as error:
        remedy = "name a folder that can be written in $BITEXT_CACHE"
        raise OutputError(
            place.parent, f"cannot be written ({error.strerror}); {remedy}"
        ) from error
    try:
        convert(checkpoint.path, scratch / "model")
        # Renamed when whole, so that a kill leaves no half conversion behind; whoever comes
        # second finds the first one's.
        if not (place / "model.bin").is_file():
            shutil.rmtree(place, ignore_errors=True)
            (scratch / "model").rename(place)
    except OSError as error:
        if not (place / "model.bin").is_file():
            raise OutputError(place, f"cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if folder is None:
        prune(place.parent, "[0-9a-f]*-*")
    return place


def convert(source: Path, target: Path) -> None:
    """Run CTranslate2's converter, without its progress bars and advice."""
    import transformers
    from ctranslate2.converters import TransformersConverter

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    logging.getLogger("transformers").setLevel(logging.ERROR)
    noise = StringIO()
    try:
        with warnings.catch_warnings(), redirect_stderr(noise):
            warnings.simplefilter("ignore")
            converter = TransformersConverter(str(source), copy_files=[])
            converter.convert(str(target), quantization="float16", force=True)
    except Exception as error:  # whatever a damaged file makes five libraries raise
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise EngineError(
            f"{source}: cannot be converted for CTranslate2 ({reason}); "
            "is it a Marian checkpoint? --engine transformers may load it"
        ) from error
