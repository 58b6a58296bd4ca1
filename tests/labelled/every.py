"""All labelled cases that are built from published facts."""

from __future__ import annotations

from labelled.case import Case, unique
from labelled.decoys import decoys
from labelled.makers import makers
from labelled.rebrands import rebrands


def cases() -> tuple[Case, ...]:
    """The cases, each once."""
    return unique([*makers(), *rebrands(), *decoys()])
