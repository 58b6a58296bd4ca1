"""The patterns that tell kinds of devices by their names, made ready for matching."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from camcensus.model.errors import KnowledgeError
from camcensus.model.knowledge import KindPattern, Knowledge

VALUE_LIMIT_CHARACTERS = 512
"""Longest part of a name that is looked at."""
CACHED_VALUES = 8192
"""Model names and titles repeat from device to device."""


@dataclass(slots=True)
class KindIndex:
    """The kind patterns of a Knowledge, compiled. One search with `any_of` tells the many values that nothing matches.

    `of_cctv` are the makers whose registered blocks of MAC addresses are for cameras and recorders alone. `devices` are the
    kinds of devices that have a fingerprint, by its id, where its source says so.
    """

    patterns: Mapping[str, tuple[tuple[KindPattern, re.Pattern[str]], ...]]
    any_of: Mapping[str, re.Pattern[str] | None]
    of_cctv: frozenset[str]
    devices: Mapping[str, str]
    _found: dict[tuple[str, str], tuple[tuple[KindPattern, re.Match[str]], ...]]

    def found_in(self, where: str, value: str) -> tuple[tuple[KindPattern, re.Match[str]], ...]:
        """The patterns that match a value, each with where."""
        cut = value[:VALUE_LIMIT_CHARACTERS]
        key = (where, cut)
        found = self._found.get(key)
        if found is None:
            first = self.any_of[where]
            found = ()
            if first is not None and first.search(cut):
                hits = ((one, pattern.search(cut)) for one, pattern in self.patterns[where])
                found = tuple((one, hit) for one, hit in hits if hit)
            if len(self._found) >= CACHED_VALUES:
                self._found.clear()
            self._found[key] = found
        return found


def kind_index(knowledge: Knowledge) -> KindIndex:
    """The index over a Knowledge's kind patterns. Raises KnowledgeError for one that is no regular expression."""
    patterns: dict[str, tuple[tuple[KindPattern, re.Pattern[str]], ...]] = {}
    any_of: dict[str, re.Pattern[str] | None] = {}
    for where in ("model", "text", "beside"):
        mine = [one for one in sorted(knowledge.kind_patterns, key=lambda one: one.id) if one.where == where]
        try:
            patterns[where] = tuple((one, _compiled(one.pattern)) for one in mine)
            any_of[where] = _compiled("|".join(f"(?:{one.pattern})" for one in mine)) if mine else None
        except re.error as error:
            raise KnowledgeError("The knowledge base is damaged (how kinds are named); install it again.") from error
    used = [(block.subject, block.exclusive) for block in knowledge.macs.values() if block.subject]
    shared = {subject for subject, exclusive in used if not exclusive}
    devices = {one.id: one.devices for one in knowledge.fingerprints if one.devices}
    return KindIndex(patterns, any_of, frozenset(subject for subject, _ in used) - shared, devices, {})


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9A-Za-z])(?:{pattern})", re.IGNORECASE)
