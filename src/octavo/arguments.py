"""What programs hand to the public functions, looked at before any work is done.

Types say it to those who check them; the others get a TypeError here that names the argument, and not an error from
the depths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Pairs = tuple[tuple[str, str], ...]


def as_path(value: object, name: str, wanted: str = "a str or a Path") -> Path:
    """Return a path.

    Raises:
        TypeError: it is none; the message calls it by `name`.
    """
    given: Any = value
    try:
        return Path(given)
    except TypeError:
        raise wrong(name, wanted, value) from None


def as_text(value: object, name: str, wanted: str = "a str") -> str:
    """Return a text.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, str):
        raise wrong(name, wanted, value)
    return value


def as_name(value: object, name: str, wanted: str) -> str:
    """Return a name as it is spelt, or a path's.

    Raises:
        TypeError: it is neither.
    """
    return value if isinstance(value, str) else str(as_path(value, name, wanted))


def as_texts(value: object, name: str, wanted: str) -> tuple[str, ...]:
    """Return several texts; one that stands alone will do.

    Raises:
        TypeError: they are none.
    """
    if isinstance(value, str):
        return (value,)
    return tuple(as_text(each, f"{name}[{at}]") for at, each in enumerate(_several(value, name, wanted)))


def as_paths(value: object, name: str, wanted: str = "paths, each a str or a Path") -> tuple[str, ...]:
    """Return several paths as they are spelt; one that stands alone will do.

    Raises:
        TypeError: they are none.
    """
    if isinstance(value, str) or hasattr(value, "__fspath__"):
        return (as_name(value, name, wanted),)
    one = "a str or a Path"
    return tuple(as_name(each, f"{name}[{at}]", one) for at, each in enumerate(_several(value, name, wanted)))


def as_pairs(value: object, name: str) -> Pairs:
    """Return pairs of texts from a mapping, or from an iterable of pairs.

    Raises:
        TypeError: they are none.
    """
    wanted = 'pairs of a key and a text, as {"title": "A title"}'
    content = value.items() if isinstance(value, Mapping) else _several(value, name, wanted)
    found: list[tuple[str, str]] = []
    for at, each in enumerate(content):
        if not isinstance(each, tuple | list) or len(each) != 2:
            raise wrong(f"{name}[{at}]", "a pair of a key and a text", each)
        key = as_text(each[0], f"the key of {name}[{at}]")
        found.append((key, as_text(each[1], f"`{key}` of {name}")))
    return tuple(found)


def must_be_mapping(value: object, name: str, wanted: str) -> None:
    """Hold a value to be a mapping.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, Mapping):
        raise wrong(name, wanted, value)


def as_count(value: object, name: str) -> int:
    """Return a whole number that is not negative.

    Raises:
        TypeError: it is no whole number.
        ValueError: it is negative.
    """
    if not isinstance(value, int):
        raise wrong(name, "a whole number", value)
    if value < 0:
        raise ValueError(f"{name} cannot be {value}: it is a number from 0")
    return value


def must_be(value: object, name: str, wanted: str, *kinds: type) -> None:
    """Hold a value to be of some types.

    Raises:
        TypeError: it is of none of them.
    """
    if not isinstance(value, kinds):
        raise wrong(name, wanted, value)


def must_map(value: object, name: str, kind: type) -> None:
    """Hold a value to be a mapping from texts to values of a type.

    Raises:
        TypeError: it is none, or holds something else.
    """
    must_be_mapping(value, name, f"a mapping from str to {kind.__name__}")
    assert isinstance(value, Mapping)
    for key, each in value.items():
        as_text(key, f"a key of {name}")
        must_be(each, f"{name}[{key!r}]", kind.__name__, kind)


def must_have(value: object, name: str, wanted: str, members: Iterable[str]) -> None:
    """Hold a value to have all members of a protocol.

    Raises:
        TypeError: it lacks one, or is a class in place of its instance.
    """
    if isinstance(value, type) or not all(hasattr(value, each) for each in members):
        raise wrong(name, wanted, value)


def wrong(name: str, wanted: str, value: object) -> TypeError:
    """Return the error of an argument that is of a wrong type."""
    given = f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__
    return TypeError(f"{name} must be {wanted}, not {given}")


def _several(value: object, name: str, wanted: str) -> Iterable[object]:
    if isinstance(value, str | bytes | bytearray | Mapping) or not isinstance(value, Iterable):
        raise wrong(name, wanted, value)
    return value
