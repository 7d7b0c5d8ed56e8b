"""Plug points: a name, and the place to import it from once it is asked for."""

from importlib.metadata import entry_points
from pkgutil import resolve_name
from typing import Any, Generic, TypeVar, cast

from bitext.errors import UnknownName

T = TypeVar("T")


class Registry(Generic[T]):
    """Names built in, plus those that installed packages offer under `bitext.<kind>`."""

    def __init__(self, kind: str, builtin: dict[str, str]) -> None:
        self.kind = kind
        self.builtin = builtin

    def places(self) -> dict[str, str]:
        """Every name, and its `module:object` place; a built-in name cannot be replaced."""
        offered = {point.name: point.value for point in entry_points(group=f"bitext.{self.kind}")}
        return offered | self.builtin

    def get(self, name: str) -> T:
        """What `name` stands for; raises UnknownName."""
        places = self.places()
        if name not in places:
            raise UnknownName(self.kind, name, places)
        loaded: Any = resolve_name(places[name])
        return cast(T, loaded)
