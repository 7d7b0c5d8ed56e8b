"""What a training keeps on disk, so that a kill at any moment costs no more than minutes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bitext.errors import InputError, OutputError


@dataclass(slots=True)
class State:
    """
    All that a checkpoint keeps.

    `mark` tells what is trained (vocabulary, start); a checkpoint of something else is refused.
    """

    model: Any
    optimizer: Any
    average: dict[str, Any] | None = None
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best: float = 0.0
    mark: str = ""


def keep(state: State, path: Path) -> None:
    """Write a checkpoint; the one before it stays beside it. Raises OutputError."""
    import torch

    part, former = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.former")
    try:
        torch.save(
            {
                "model": state.model.state_dict(),
                "optimizer": state.optimizer.state_dict(),
                "average": state.average,
                "numbers": (state.step, state.tokens, state.seconds, state.best),
                "mark": state.mark,
            },
            part,
        )
        if path.exists():
            path.replace(former)
        part.replace(path)
    except (OSError, RuntimeError) as error:
        part.unlink(missing_ok=True)
        reason = str(error).strip().splitlines()[0].lower()
        remedy = "make room; the last checkpoint is whole"
        raise OutputError(path, f"cannot be written ({reason}); {remedy}") from error


def resume(state: State, path: Path) -> bool:
    """
    Go on from the checkpoint, or from the one before if it is damaged; False if there is none.

    Raises InputError if all there is is damaged or of another shape.
    """
    import torch

    other = False
    tried = [p for p in (path, path.with_name(f"{path.name}.former")) if p.exists()]
    for place in tried:
        try:
            kept = torch.load(place, map_location=state.model.device, weights_only=True)
            if kept.get("mark", state.mark) != state.mark:
                other = True
                continue
            state.model.load_state_dict(kept["model"])
            state.optimizer.load_state_dict(kept["optimizer"])
            state.average = kept["average"]
            state.step, state.tokens, state.seconds, state.best = kept["numbers"]
        except Exception:  # whatever a damaged file makes torch raise
            continue
        return True
    if other:
        problem = (
            "is of a training with another start or vocabulary; name another folder with --out"
        )
        raise InputError(path, problem)
    if tried:
        raise InputError(path, "is damaged or of another shape; delete it to begin anew")
    return False
