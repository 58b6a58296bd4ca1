"""The one way to declare a record: `@frozen` is a dataclass that never changes after it is made, with slots."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(made: type[Any] | None = None, /, **options: bool) -> Any:
    """Make a class a frozen dataclass with slots; `kw_only` and `order` are dataclass's own."""
    decorate = dataclass(frozen=True, slots=True, **options)
    return decorate(made) if made else decorate
