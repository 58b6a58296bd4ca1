"""Knowledge without what one case taught it. The rule, for a case C and the cases E that are from C's publications (C is in E):

1. A pattern is looked at when C shows it: it is found in a value of C's replies. What C does not show cannot help C.
2. It stays when another device shows it: a capture or a stranger (replies of a real device, not the cases in tests/labelled
   that we put together ourselves) outside E, made by the company that the pattern names.
3. It stays when one of its own examples comes from elsewhere: an example that is no value in E, and the pattern is not from a
   publication of E either. Two values are the same when they differ only in runs of digits and hexadecimal digits, because our
   cases have invented numbers. In a collection of unrelated rows (`COLLECTIONS`: nmap, recog, WhatWeb, the registry of MAC
   addresses; and the bag "public-captures") the row is the publication, so there the examples alone decide.
4. Otherwise it is left out. That goes for every pattern of the knowledge that has examples: fingerprints, patterns of kinds and
   models. A brand's, a component's or a word's pattern is supported by any real device that shows it.
5. A block of MAC addresses that C shows is left out when the registered name holds neither the name of the company that we
   say uses it nor of a brand that it makes, and no real device outside E has it. The registry itself is published whole, and no case adds to it.
6. Another spelling of a brand, which is neither the brand's nor its maker's own name, is left out when C says it and no real
   device outside E does.

Maker by maker, E is all the maker's cases together, and what all of them show is looked at.

Not covered: words and rules that are written in code and not held as data. The strangers that nobody has read speak of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import unquote

from camcensus.attribution.named_kinds import MODEL_FIELDS, TEXT_FIELDS
from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge, MacBlock
from labelled.publications import COLLECTIONS, key_of, share

BAGS = frozenset({"public-captures"})
"""Sources of the knowledge that stand for many unrelated texts."""

_NUMBERS = re.compile(r"(?=[0-9a-f]*[0-9])[0-9a-f]{4,}|[0-9]+(?:\.[0-9]+)*")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Replies:
    """A case or a capture as the measure sees it. `real` is True for replies of a real device, `truth` None for nobody's.

    `values` maps a field to what the replies hold of it, `macs` are all MAC addresses in them and of the neighbour table.
    """

    id: str
    truth: str | None
    observations: tuple[Observation, ...]
    sources: frozenset[str]
    told: bool
    real: bool
    kind: str | None = None
    kind_told: bool = True
    maker_judged: bool = True
    sort: str = "case"
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    macs: frozenset[str] = frozenset()

    def read(self, knowledge: Knowledge) -> Replies:
        """Itself with `values` and `macs`."""
        found: dict[str, set[str]] = {}
        macs = set[str]()
        for one in self.observations:
            for kind, values in one.reading.fields.items():
                found.setdefault(kind, set()).update(values)
            macs |= {mac for mac in (*one.reading.all("mac"), one.mac) if mac}
        for mac in macs:
            block = knowledge.block_of(mac)
            if block is not None:
                found.setdefault("registrant", set()).add(block.registrant)
        return replace(self, values={kind: frozenset(values) for kind, values in found.items()}, macs=frozenset(macs))


def bare(value: str) -> str:
    """A value without its invented numbers, case and percent signs."""
    return _NUMBERS.sub("0", unquote(value).casefold()).strip()


def plain(text: str) -> str:
    """A name in small letters and digits only."""
    return _SIGNS.sub("", text).casefold()


class LeavingOut:
    """Leaves out of a knowledge what some replies alone taught it; `every` holds all replies that there are."""

    def __init__(self, knowledge: Knowledge, every: Sequence[Replies]) -> None:
        self._knowledge = knowledge
        self._every = [one.read(knowledge) for one in every]
        self._by_id = {one.id: one for one in self._every}
        self._made: dict[frozenset[tuple[str, Any]], Knowledge] = {}
        self._compiled: dict[tuple[str, int], re.Pattern[str]] = {}
        self._shown: dict[tuple[str, str], bool] = {}
        self._tables = [
            one.name
            for one in fields(knowledge)
            if isinstance(value := getattr(knowledge, one.name), tuple)
            and value
            and hasattr(value[0], "pattern")
            and hasattr(value[0], "examples")
        ]

    def without(self, subject: Replies) -> tuple[Knowledge, int]:
        """The knowledge for one case, and how many facts were left out of it."""
        return self._without([self._by_id[subject.id]], [one for one in self._every if share(one.sources, subject.sources)])

    def without_maker(self, maker: str) -> tuple[Knowledge, int]:
        """The knowledge that none of a maker's cases taught."""
        root = self._knowledge.root_of
        own = [one for one in self._every if one.truth is not None and root(one.truth) == root(maker)]
        return self._without(own, own)

    def _without(self, shown_by: Sequence[Replies], group: Sequence[Replies]) -> tuple[Knowledge, int]:
        inside = {one.id for one in (*shown_by, *group)}
        near = [one for one in self._every if one.id in inside]
        others = [one for one in self._every if one.real and one.id not in inside]
        gone: set[tuple[str, Any]] = set()
        for table in self._tables:
            for index, entry in enumerate(getattr(self._knowledge, table)):
                if any(self._shows(one, entry) for one in shown_by) and self._depends(entry, near, others):
                    gone.add((table, index))
        gone |= {("macs", prefix) for prefix in self._blocks(shown_by, others)}
        gone |= {("brand_spellings", spelling) for spelling in self._spellings(shown_by, others)}
        key = frozenset(gone)
        if key not in self._made:
            self._made[key] = self._made_without(gone) if gone else self._knowledge
        return self._made[key], len(gone)

    def _made_without(self, gone: set[tuple[str, Any]]) -> Knowledge:
        held = self._knowledge
        changed: dict[str, Any] = {
            table: tuple(entry for index, entry in enumerate(getattr(held, table)) if (table, index) not in gone)
            for table in self._tables
        }
        for table in ("macs", "brand_spellings"):
            changed[table] = {key: value for key, value in getattr(held, table).items() if (table, key) not in gone}
        return replace(held, **changed)

    def _shows(self, one: Replies, entry: Any) -> bool:
        key = (one.id, f"{_field_of(entry)} {_text_of(entry)}")
        if key not in self._shown:
            self._shown[key] = self._finds(one, _field_of(entry), _text_of(entry), _flags_of(entry))
        also = getattr(entry, "also", None)
        return self._shown[key] and (also is None or self._finds(one, also.kind, also.pattern, _flags_of(entry)))

    def _finds(self, one: Replies, kind: str, text: str, flags: int) -> bool:
        pattern = self._compiled.get((text, flags))
        if pattern is None:
            pattern = self._compiled[text, flags] = re.compile(text, flags)
        return any(pattern.search(value) for value in _values(one, kind))

    def _depends(self, entry: Any, near: Sequence[Replies], others: Iterable[Replies]) -> bool:
        """Whether nothing outside `near` shows or exemplifies a pattern."""
        makers = self._makers_of(entry)
        for one in others:
            if (not makers or (one.truth and self._knowledge.root_of(one.truth) in makers)) and self._shows(one, entry):
                return False
        if self._is_from(entry.source, near):
            return True
        said = {bare(value) for one in near for value in _values(one, _field_of(entry))}
        return all(bare(example) in said for example in entry.examples)

    def _makers_of(self, entry: Any) -> frozenset[str]:
        """The companies whose devices support a pattern; none where any device does (a brand, a component, a word)."""
        if getattr(entry, "role", "manufacturer") != "manufacturer":
            return frozenset()
        named = (*getattr(entry, "subjects", ()), getattr(entry, "subject", None) or getattr(entry, "maker", None))
        return frozenset(self._knowledge.root_of(one) for one in named if one in self._knowledge.manufacturers)

    def _is_from(self, source: str, near: Iterable[Replies]) -> bool:
        text = self._knowledge.sources.get(source)
        if source in BAGS or text is None or text.url is None or (key := key_of(text.url)) in COLLECTIONS:
            return False
        return any(share({key}, one.sources) for one in near)

    def _blocks(self, shown_by: Iterable[Replies], others: Sequence[Replies]) -> Iterable[str]:
        for mac in {mac for one in shown_by for mac in one.macs}:
            block = self._knowledge.block_of(mac)
            if block is not None and block.subject and block.prefix in self._knowledge.macs and not self._says_so(block):
                digits = block.prefix.casefold()
                if not any(mac.replace(":", "").startswith(digits) for one in others for mac in one.macs):
                    yield block.prefix

    def _says_so(self, block: MacBlock) -> bool:
        known, subject = self._knowledge, block.subject or ""
        maker = known.manufacturers.get(subject)
        names = [known.brand_names.get(subject), subject, *((maker.name, maker.legal_name) if maker else ())]
        names += [record.brand_name for record in known.brands if record.made_by == subject and not record.against]
        registrant = plain(block.registrant)
        return any(name and plain(name) in registrant for name in names)

    def _spellings(self, shown_by: Iterable[Replies], others: Sequence[Replies]) -> Iterable[str]:
        known = self._knowledge
        own = {plain(name) for maker in known.manufacturers.values() for name in (maker.id, maker.name, maker.legal_name or "")}
        own |= {plain(name) for name in known.brand_names.values()}
        said = {plain(value) for one in shown_by for value in _names(one)}
        for spelling in known.brand_spellings:
            if (
                spelling in said
                and spelling not in own
                and not any(spelling == plain(v) for one in others for v in _names(one))
            ):
                yield spelling


WHERE = {"where model": MODEL_FIELDS, "where text": TEXT_FIELDS}
"""The fields that patterns of kinds are looked for in."""


def _field_of(entry: Any) -> str:
    """The field that a pattern is looked for in; of a pattern of kinds the sort of fields."""
    return f"where {entry.where}" if hasattr(entry, "where") else str(getattr(entry, "kind", "model"))


def _text_of(entry: Any) -> str:
    """A pattern as it is matched: one of kinds at the beginning of a word."""
    return rf"(?<![0-9A-Za-z])(?:{entry.pattern})" if hasattr(entry, "where") else str(entry.pattern)


def _flags_of(entry: Any) -> int:
    """Flags of `re` that a pattern is meant with."""
    return int(re.IGNORECASE) if hasattr(entry, "where") else int(getattr(entry, "flags", 0))


def _values(one: Replies, kind: str) -> Iterable[str]:
    return (value for name in WHERE.get(kind, (kind,)) for value in one.values.get(name, ()))


def _names(one: Replies) -> Iterable[str]:
    for kind in ("manufacturer", "onvif.manufacturer", "upnp.manufacturer", "dhip.vendor", "dhip.manufacturer", "name"):
        yield from one.values.get(kind, ())
