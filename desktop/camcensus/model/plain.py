"""Frozen values to and from plain JSON-ready ones, by their type hints."""

from __future__ import annotations

import base64
import functools
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_origin


def to_plain(value: Any) -> Any:
    """Dicts, lists, strings, numbers, booleans and None; bytes become Base64 text; sets are sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: to_plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def from_plain[T](kind: type[T], plain: Any) -> T:
    """The value of dataclass `kind` that `to_plain` wrote. Raises TypeError, KeyError or ValueError where it does not fit."""
    return typing.cast(T, _build(kind, plain))


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    """The field types of a dataclass; finding them out takes far longer than building a value."""
    return typing.get_type_hints(kind)


def _build(kind: Any, plain: Any) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if plain is None:
            return None
        return _build(next(arg for arg in args if arg is not type(None)), plain)
    if origin is typing.Literal:
        if plain not in args:
            raise ValueError(f"{plain!r} is none of {args}")
        return plain
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_build(args[0], item) for item in plain)
        return tuple(_build(arg, item) for arg, item in zip(args, plain, strict=True))
    if origin is frozenset:
        return frozenset(_build(args[0], item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(plain, Mapping):
            raise TypeError(f"{plain!r} is not a mapping")
        return {key: _build(args[1], item) for key, item in plain.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(plain, Mapping):
            raise TypeError(f"{plain!r} is not {kind.__name__}")
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in plain.items() if name in hints})
    if kind is bytes:
        return base64.b64decode(plain)
    if isinstance(kind, type) and not isinstance(plain, kind):
        raise TypeError(f"{plain!r} is not {kind.__name__}")
    return plain
