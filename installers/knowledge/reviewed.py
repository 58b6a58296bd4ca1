"""What the reviewed text of the knowledge base says, each value with the file and line it is in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from camcensus.model.knowledge import (
    Brand,
    BrandRecord,
    Fingerprint,
    KindPattern,
    MacBlock,
    Manufacturer,
    Source,
)
from camcensus.model.records import Advisory, CapabilityClaim, EndOfLife, FlawSearch, Replacement
from camcensus.model.statements import Statement
from installers.knowledge.entries import Placed, SourceProblem

ImportKind = Literal["cve", "exploited", "ieee", "fcc", "entity-list", "debarment", "urn", "ods", "gss"]
"""What `knowledge import` reads."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A kind of fact, where to look for it, and how often.

    `importer` is None where a person reads and types. `weight` counts from 1 (look first) to 3. `minutes` is for one look, or
    for one statement, claim or text where there are many. `looked_at` is a day (ISO 8601), None for not yet.
    """

    id: str
    what: str
    title: str
    publisher: str
    url: str
    bring: str
    importer: ImportKind | None
    every_days: int
    weight: int
    minutes: int
    looked_at: str | None


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """Something that an importer found in a published file and that a person has not yet read there. It counts for nothing.

    `found` is what of ours it is about (a company id, a CVE number, a block), `where` the file and line it was found in,
    `seen` the day (ISO 8601). `proposal` is text for our sources, to be checked. `settled` says why it is nothing; such a
    draft is done, and stays so that it is not found again.
    """

    id: str
    importer: ImportKind
    found: str
    where: str
    seen: str
    say: str
    proposal: str = ""
    settled: str = ""


OWN_LIST = "own"
"""The organisation's own list: defined here, with its makers in the organisation's inventory."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which ids fingerprints may use: `kinds` are field names, `components` chips and web servers, `subjects` device kinds."""

    kinds: frozenset[str] = frozenset()
    components: frozenset[str] = frozenset()
    device_kinds: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reviewed:
    """Everything the sources say. `shared` maps a fingerprint's id to ids whose examples it declares to share.

    `read_again` maps the file and line of a brand claim to the day on which a second person read its source again.
    """

    sources: list[Placed[Source]] = field(default_factory=list)
    manufacturers: list[Placed[Manufacturer]] = field(default_factory=list)
    brands: list[Placed[Brand]] = field(default_factory=list)
    claims: list[Placed[BrandRecord]] = field(default_factory=list)
    fingerprints: list[Placed[Fingerprint]] = field(default_factory=list)
    shared: dict[str, frozenset[str]] = field(default_factory=dict)
    kind_patterns: list[Placed[KindPattern]] = field(default_factory=list)
    macs: list[Placed[MacBlock]] = field(default_factory=list)
    mac_source: str = ""
    mac_date: str = ""
    statements: list[Placed[Statement]] = field(default_factory=list)
    junk_serials: list[str] = field(default_factory=list)
    junk_macs: list[str] = field(default_factory=list)
    registry: list[tuple[str, str]] = field(default_factory=list)
    registry_source: str = ""
    registry_date: str = ""
    advisories: list[Placed[Advisory]] = field(default_factory=list)
    capabilities: list[Placed[CapabilityClaim]] = field(default_factory=list)
    replacements: list[Placed[Replacement]] = field(default_factory=list)
    ends_of_life: list[Placed[EndOfLife]] = field(default_factory=list)
    flaw_searches: list[Placed[FlawSearch]] = field(default_factory=list)
    calendar: list[Placed[CalendarEntry]] = field(default_factory=list)
    read_again: dict[tuple[str, int], str] = field(default_factory=dict)
    drafts: list[Placed[ReviewDraft]] = field(default_factory=list)
    mirrors: tuple[str, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    reviewed: str = ""
    problems: list[SourceProblem] = field(default_factory=list)
