"""Frozen values to and from plain JSON-ready ones, by their type hints.

Own code: of the libraries that do this, msgspec is one more part in C that would read strangers' files, and follows a new
Python late; cattrs takes "3" for 3 unless each type is told otherwise. What msgspec refuses of these values, this refuses.
"""

from __future__ import annotations

import base64
import functools
import operator
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of a stranger's JSON; raises ValueError where it has a name twice, which two programs read as two things."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def to_plain(value: Any) -> Any:
    """Dicts, lists, strings, numbers, booleans and None; bytes become Base64 text; sets are sorted."""
    kind: Any = type(value)
    if kind in _SIMPLE:
        return value
    if kind is tuple or kind is list:
        return [to_plain(item) for item in value]
    written = _written(kind)
    if written is not None:
        names, values_of, others = written
        plain = dict(zip(names, values_of(value), strict=True))
        for name in others:
            plain[name] = to_plain(plain[name])
        return plain
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def taken_bytes(text: bytes) -> int:
    """About what a text in JSON takes in memory, once it is read: up to a hundred times its length."""
    return len(text) * (1 if text.isascii() else 4) + sum(text.count(mark) * each for mark, each in _TAKEN)


def from_plain[T](kind: type[T], plain: Any) -> T:
    """The value of dataclass `kind` that `to_plain` wrote. Raises TypeError, KeyError or ValueError where it does not fit."""
    wanted: Any = kind
    return typing.cast(T, _builder(wanted)(plain))


_SIMPLE = frozenset({str, int, float, bool, type(None)})
LARGEST = 1 << 63
"""Whole numbers stay below it, as in SQLite: Python refuses to write one of thousands of digits."""

_TAKEN = ((b"{", 192), (b"[", 64), (b",", 64))
"""About what an object, a list and what follows a comma take in Python. Ours take some 5 bytes for each of their text."""

Build = Callable[[Any], Any]


@functools.cache
def _field_names(kind: Any) -> tuple[str, ...] | None:
    """The names of the fields that a dataclass is made from, None for another type."""
    return tuple(item.name for item in fields(kind) if item.init) if is_dataclass(kind) and isinstance(kind, type) else None


@functools.cache
def _written(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...]] | None:
    """The names of a dataclass's fields, what takes their values, and the fields that do not hold plain values already."""
    names = _field_names(kind)
    if names is None:
        return None
    hints = typing.get_type_hints(kind)
    others = tuple(name for name in names if not _is_plain(hints[name]))
    if len(names) < 2:
        return names, lambda value: tuple(getattr(value, name) for name in names), others
    return names, operator.attrgetter(*names), others


def _is_plain(hint: Any) -> bool:
    """True where every value of a type is plain: text, numbers, booleans, words out of a vocabulary, or None."""
    if get_origin(hint) in (typing.Union, types.UnionType):
        return all(_is_plain(arg) for arg in get_args(hint))
    return hint in _SIMPLE or get_origin(hint) is typing.Literal


@functools.cache
def _builder(kind: Any) -> Build:
    """What builds a value of a type: found out once for each type, which takes far longer than building."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = _builder(next(arg for arg in args if arg is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    if origin is typing.Literal:
        return functools.partial(_one_of, args)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return functools.partial(_items, tuple, _builder(args[0]))
    if origin is tuple:
        builds = tuple(_builder(arg) for arg in args)
        return lambda plain: tuple(build(item) for build, item in zip(builds, _a(list, plain), strict=True))
    if origin is frozenset:
        return functools.partial(_items, frozenset, _builder(args[0]))
    if origin is not None and issubclass(origin, Mapping):
        value = _builder(args[1])
        return lambda plain: {key: value(item) for key, item in _a(dict, plain).items()}
    if isinstance(kind, type) and is_dataclass(kind):
        return functools.partial(_dataclass, kind)
    if kind is bytes:
        return base64.b64decode
    if kind is int:
        return _whole
    return functools.partial(_a, kind) if isinstance(kind, type) else lambda plain: plain


@functools.cache
def _field_builders(kind: Any) -> dict[str, tuple[type | None, Build]]:
    """Field name -> the type whose values are taken as they are, and what builds or refuses any other."""
    hints = typing.get_type_hints(kind)
    return {name: (_as_it_is(hints[name]), _builder(hints[name])) for name in _field_names(kind) or ()}


def _as_it_is(hint: Any) -> type | None:
    """`str` for `str` and `str | None`, and so on; None where every value has to be looked at."""
    if get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    return hint if hint in _SIMPLE and hint is not int else None


def _dataclass(kind: type, plain: Any) -> Any:
    builds = _field_builders(kind)
    values = {}
    for name, item in _a(dict, plain).items():
        found = builds.get(name)
        if found is not None:
            values[name] = item if type(item) is found[0] else found[1](item)
    return kind(**values)


def _items(made: Callable[[Any], Any], build: Build, plain: Any) -> Any:
    return made([build(item) for item in _a(list, plain)])


def _one_of(words: tuple[Any, ...], plain: Any) -> Any:
    if type(plain) not in (str, int) or plain not in words:
        raise ValueError(f"{plain!r} is none of {words}")
    return plain


def _whole(plain: Any) -> Any:
    if not -LARGEST < _a(int, plain) < LARGEST:
        raise ValueError("the number is too large")
    return plain


def _a(kind: type, plain: Any) -> Any:
    """`plain`, where it is of that kind and no other: a truth value is no number, and a text no list."""
    if type(plain) is not kind:
        raise TypeError(f"{plain!r} is not {kind.__name__}")
    return plain
