"""What we know about makers and brands: the whole of vendors.db as frozen values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from camcensus.model import frozen
from camcensus.model.device import Family, Group, Role, Strength
from camcensus.model.records import Advisory, CapabilityClaim, EndOfLife, FlawSearch, Replacement
from camcensus.model.registry import Registry
from camcensus.model.statements import Named, PublishedReply, Statement

Relation = Literal["own_brand", "subsidiary", "oem_rebrand", "partial_oem", "former_oem", "listed"]
"""How a brand comes to a maker. "listed": one person's list names it, and nobody has shown it; alone it names no maker."""
CompanyRole = Literal["maker", "brand-owner", "both"]
Basis = Literal["maker", "brand", "authority", "research", "press", "dealer", "user-list", "question"]
"""Who says it: the maker; the brand itself (its manual, firmware, page); an authority (regulator, court, registry, government);
a published analysis that shows its evidence; a newspaper; a seller; a list that users keep; or somebody who only asks.
"""

SHOWN: frozenset[Basis] = frozenset({"maker", "brand", "authority", "research"})
"""What can prove by itself who makes a brand's products."""


@frozen
class Source:
    """A published text. Dates are ISO 8601 (a year or month alone is allowed); `date` is the text's own.

    `retrieved` is when we saw it; None for one that others cite and we have not seen: nothing resting on it is verified.
    """

    id: str
    title: str
    publisher: str
    url: str | None
    date: str | None
    retrieved: str | None


@frozen
class Manufacturer:
    """A company that makes cameras or recorders, or sells them under its own name.

    `parent` is a manufacturer id whose listings it carries. `role` is "brand-owner" where others make what it sells: its
    brand is in the brand records, and its name alone proves no maker. `seat_source` is the source that says where its legal
    seat is. `other_seat` is the seat of another company that sells under the same name, where no source says which of the two
    made a device. `answers` are its replies that answer no single statement.
    """

    id: str
    name: str
    legal_name: str | None
    country: str | None
    parent: str | None
    ownership: str | None
    source: str
    role: CompanyRole = "maker"
    note: str = ""
    verified: bool = True
    seat_source: str | None = None
    other_seat: str | None = None
    other_seat_source: str | None = None
    answers: tuple[PublishedReply, ...] = ()

    @property
    def seat(self) -> str | None:
        """The country of its legal seat; None where no source says which."""
        return self.country if self.seat_source else None


@frozen
class Brand:
    """A name on boxes. `owner` is the company id of who sells under it, None where we do not know.

    `note` says what is known of the name where no brand record does; it has a `source` then. `common_word` is True for a
    name that people use for other things too: what staff call a camera ("Overview") is no sign of such a brand.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    owner: str | None = None
    note: str = ""
    source: str | None = None
    verified: bool = True
    common_word: bool = False


@frozen
class BrandRecord:
    """One dated claim that a brand's products are made by a manufacturer; `against` where a source denies it.

    `models` is a regular expression for the models it covers, None for all. `since`, `until` are ISO dates or None. `verified`
    where we have seen a text that shows it: one of SHOWN, or two newspapers that do not copy each other.
    `quote` is the source's own words that name both companies; what is only listed and a maker's own brand have none.
    `recorded` says how the organisation knows, where it recorded the claim itself; "" for what the knowledge base holds.
    """

    brand: str
    brand_name: str
    made_by: str
    relation: Relation
    models: str | None
    since: str | None
    until: str | None
    against: bool
    basis: Basis
    note: str
    source: str
    verified: bool
    recorded: str = ""
    quote: str = ""


@frozen
class Also:
    """What another field of the same reply must show besides, with an example of it."""

    kind: str
    pattern: str
    example: str


@frozen
class Fingerprint:
    """A pattern that, found in a field of a reply, is a sign. `kind` is the field name it is looked for in.

    A sign that several makers share has no `subject`: `subjects` holds their ids, and it names none of them. In fields of
    CASELESS capital and small letters are one, unless `exact_case` says that the source tells them apart. `devices` is the kind
    of the maker's devices that have it, by the source ("camera"); None where it is found on others too.
    """

    id: str
    kind: str
    pattern: str
    family: Family
    group: Group
    role: Role
    subject: str
    strength: Strength
    why: str
    source: str
    verified: bool = True
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    exact_case: bool = False
    also: Also | None = None
    devices: str | None = None

    @property
    def flags(self) -> int:
        """Flags of `re` that its pattern is meant with."""
        return flags_of(self.kind, exact_case=self.exact_case)


CASELESS = ("http.", "rtsp.", "sdp.", "tls.", "mdns.", "ssdp.", "upnp.")
"""Fields that begin so are words that firmware shows to people or programs; models and versions of one firmware spell them in
several ways. Serial numbers, versions, scopes and namespaces are forms, and their letters are part of the form."""


def flags_of(kind: str, *, exact_case: bool = False) -> int:
    """Flags of `re` for a pattern that is looked for in a field."""
    return re.IGNORECASE if kind.startswith(CASELESS) and not exact_case else 0


@frozen
class KindPattern:
    """How a kind of device is named, at the beginning of a word, without regard to case: a sign for `kind`.

    `where` "model": a model's form, with which a field made for models begins. "text": a word of the trade, in such a field.
    Both also count in titles, login windows, certificates, descriptions and names that staff can type where the whole text is a
    product's name, and anywhere in a server's own line. "beside": what may stand beside them in such a name; no sign of a kind.
    `maker` is the manufacturer or brand whose grammar it is; None where the whole trade names things so.
    """

    id: str
    where: Literal["model", "text", "beside"]
    pattern: str
    kind: str
    maker: str | None
    strength: Strength
    source: str
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@frozen
class MacBlock:
    """A registered block of MAC addresses. `subject` is a manufacturer or brand id, None for a registrant we do not follow.

    `role` says which; `exclusive` where only one camera maker uses the block (False for phones, routers, shared blocks).
    """

    prefix: str
    registrant: str
    role: Literal["manufacturer", "brand"] | None
    subject: str | None
    exclusive: bool


@frozen
class Knowledge:
    """vendors.db as values. `statements` holds all by id, `lists` those of them that an organisation can switch on.

    `macs` maps a prefix of 6, 7 or 9 hexadecimal digits to its block.
    `brand_entries` maps a brand's id to what is known of the name itself, `brand_names` to the name, also where no record
    says who makes it. `brand_spellings` maps a name or another spelling of it, in small letters and digits only, to the
    brand's id. `registry` holds all registered blocks, also those of makers of other things; `macs` those of camera makers,
    with who uses them. `junk_macs` holds whole MAC addresses and beginnings of them ("00:00:5e:00:01").
    """

    version: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    manufacturers: Mapping[str, Manufacturer] = field(default_factory=dict)
    brands: tuple[BrandRecord, ...] = ()
    fingerprints: tuple[Fingerprint, ...] = ()
    kind_patterns: tuple[KindPattern, ...] = ()
    macs: Mapping[str, MacBlock] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    lists: Mapping[str, Statement] = field(init=False, compare=False)
    junk_serials: frozenset[str] = frozenset()
    junk_macs: frozenset[str] = frozenset()
    brand_names: Mapping[str, str] = field(default_factory=dict)
    brand_spellings: Mapping[str, str] = field(default_factory=dict)
    brand_entries: Mapping[str, Brand] = field(default_factory=dict)
    registry: Registry = field(default_factory=Registry)
    advisories: tuple[Advisory, ...] = ()
    capabilities: tuple[CapabilityClaim, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    ends_of_life: tuple[EndOfLife, ...] = ()
    flaw_searches: Mapping[str, FlawSearch] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lists = {identity: one for identity, one in self.statements.items() if one.is_list}
        object.__setattr__(self, "lists", lists)

    def on_record(self, path: Sequence[str]) -> tuple[tuple[Statement, Named], ...]:
        """Statements that name a company of an ownership path, each with the first of the path that it names."""
        found = ((one, one.naming(path)) for one in self.statements.values())
        return tuple((one, named[0]) for one, named in found if named)

    def block_of(self, mac: str) -> MacBlock | None:
        """The registered block of a MAC address "3c:ef:8c:…": the longest prefix of 36, 28 or 24 bits that we hold.

        A block of the registry that no camera maker uses has no `role` and no `subject`.
        """
        digits = mac.replace(":", "").lower()
        for length in (9, 7, 6):
            prefix = digits[:length]
            block = self.macs.get(prefix)
            if block is not None:
                return block
            registrant = self.registry.registrant_of(prefix) if len(prefix) == length else None
            if registrant is not None:
                return MacBlock(prefix, registrant, None, None, False)
        return None

    def is_junk_mac(self, mac: str) -> bool:
        """True for a MAC address that is on many devices: a placeholder, or of a block that pairs of routers share."""
        number = mac.lower()
        return any(number[:length] in self.junk_macs for length in (8, 11, 14, 17))

    def root_of(self, manufacturer: str) -> str:
        """The manufacturer at the top of the ownership path, itself where it has no parent."""
        seen = {manufacturer}
        while True:
            entry = self.manufacturers.get(manufacturer)
            if entry is None or entry.parent is None or entry.parent in seen:
                return manufacturer
            manufacturer = entry.parent
            seen.add(manufacturer)

    def seat_by(self, manufacturer: str, reading: str) -> tuple[str, str] | None:
        """The country and its source, where a company's own legal seat is in the country that a statement speaks of.

        None for a statement that names companies, and where the seat is elsewhere or not known.
        """
        entry, said = self.manufacturers.get(manufacturer), self.lists[reading]
        if entry is None or entry.seat is None or entry.seat_source is None or entry.seat != said.seat:
            return None
        return entry.seat, entry.seat_source

    def other_seat_by(self, manufacturer: str, reading: str) -> tuple[str, str] | None:
        """As `seat_by`, of another company that sells under the same name: it may have made a device of that name."""
        entry, said = self.manufacturers.get(manufacturer), self.lists[reading]
        if entry is None or entry.other_seat is None or entry.other_seat_source is None or entry.other_seat != said.seat:
            return None
        return entry.other_seat, entry.other_seat_source

    def name_of(self, manufacturer: str) -> str:
        """The display name of a manufacturer, its id where we hold none."""
        entry = self.manufacturers.get(manufacturer)
        return entry.name if entry else manufacturer
