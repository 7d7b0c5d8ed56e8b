"""Whether what was read from a file has the types that its dataclass names, all the way down."""

from collections.abc import Callable, Iterable
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Check = Callable[[Any], bool]
# What JavaScript, SQLite and a float can hold without loss.
LARGEST = 1 << 53


def misfit(value: Any) -> str:
    """
    The name of a dataclass's first field that holds something else than it says; "" if none does.

    >>> from bitext.units import Place
    >>> misfit(Place(1, 2, "3")), misfit(Place(1, 2, 3))
    ('end', '')
    """
    return next(
        (name for name, fits in checks(value.__class__) if not fits(getattr(value, name))), ""
    )


@cache
def checks(kind: type) -> Iterable[tuple[str, Check]]:
    """What each field of a dataclass must pass."""
    return tuple((name, check_of(hint)) for name, hint in get_type_hints(kind).items())


def check_of(hint: Any) -> Check:
    """What a value of a type passes: of a text, a number, a choice, a dataclass or tuples."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: type(value) is str and value in parts
    if origin in (Union, UnionType):
        several = tuple(map(check_of, parts))
        return lambda value: any(fits(value) for fits in several)
    if origin is tuple and parts[-1] is Ellipsis:
        inner = check_of(parts[0])
        return lambda value: type(value) is tuple and all(map(inner, value))
    if origin is tuple:
        each = tuple(map(check_of, parts))
        return lambda value: (
            type(value) is tuple
            and len(value) == len(each)
            and all(fits(one) for fits, one in zip(each, value, strict=True))
        )
    if is_dataclass(hint):
        return lambda value: type(value) is hint and not misfit(value)
    if hint is float:
        return lambda value: type(value) in (int, float) and -LARGEST < value < LARGEST
    if hint is int:
        return lambda value: type(value) is int and -LARGEST < value < LARGEST
    return lambda value: type(value) is hint
