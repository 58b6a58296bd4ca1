"""Pure values that every room speaks in, words, and errors. Imports the standard library only; no I/O, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[Any] | None = None, /, **options: bool) -> Any:
    """Make a class a frozen dataclass with slots; `kw_only` and `order` are dataclass's own."""
    decorate = dataclass(frozen=True, slots=True, **options)
    return decorate(made) if made else decorate
