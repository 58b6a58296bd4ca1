"""Patterns for files of a tree: `*` within a name, `**` across folders, `{a,b}` for either."""

from __future__ import annotations

import re
from collections.abc import Iterable


def matcher(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression that fully matches the paths (with `/`) that any pattern means; either case, as on Windows."""
    return re.compile("|".join(f"(?:{_expression(pattern)})" for pattern in patterns) or r"(?!)", re.I)


def _expression(pattern: str) -> str:
    made = ""
    for part in re.findall(r"\*\*/|\*\*|\*|\{[^{}]*\}|[^*{]+", pattern):
        if part == "**/":
            made += "(?:.*/)?"
        elif part == "**":
            made += ".*"
        elif part == "*":
            made += "[^/]*"
        elif part.startswith("{"):
            made += "(?:" + "|".join(re.escape(one) for one in part[1:-1].split(",")) + ")"
        else:
            made += re.escape(part)
    return made
