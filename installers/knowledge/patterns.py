"""Checks the patterns of the sources: each is one that cannot take for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from installers.knowledge.endless import endless
from installers.knowledge.entries import Placed, SourceProblem


def check_pattern(item: Placed[Any], key: str, pattern: str) -> Iterator[SourceProblem]:
    """The pattern in field `key` is a regular expression that cannot backtrack without bound."""
    try:
        reason = endless(pattern)
    except re.error as error:
        yield item.problem(f"{key} is no regular expression: {error}")
        return
    if reason is not None:
        yield item.problem(f"{key} can backtrack without bound: {reason}")
