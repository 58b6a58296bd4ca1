"""What is known of a maker or a brand, each statement with its source: gathered once, for the window and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from camcensus.assessment.listings import ownership_path
from camcensus.model.knowledge import BrandRecord, Knowledge
from camcensus.model.records import CAPABILITIES, Capability, ClaimKind, RestrictionStatus
from camcensus.model.words import long_date

RELATION_WORDS = {
    "own_brand": "its own brand",
    "subsidiary": "a brand of its own group",
    "oem_rebrand": "made by it under another name",
    "partial_oem": "partly made by it under another name",
    "former_oem": "formerly made by it under another name",
}
SOME_MODELS = "some models only"
STATUS_WORDS: Mapping[RestrictionStatus, str] = {
    "in force": "In force",
    "guidance": "Guidance",
    "statement": "A statement that binds nobody else",
    "proposed": "Proposed, binds nobody",
    "pending": "Not finished",
    "ended": "Ended",
    "unclear": "Not known whether it is in force",
}
CAPABILITY_WORDS: Mapping[Capability, str] = {
    "face-detection": "Find faces",
    "face-recognition": "Recognise faces",
    "face-attributes": "Describe faces",
    "gender-age": "Guess gender or age",
    "emotion": "Guess feelings",
    "ethnicity": "Guess ethnic group",
    "skin-colour": "Sort people by skin colour",
    "mask": "Tell who wears a mask",
    "person-vehicle": "Tell people and vehicles apart",
    "line-crossing": "Notice who crosses a line or enters an area",
    "behaviour": "Watch how people behave",
    "fight": "Detect fights",
    "person-tracking": "Follow a person",
    "people-counting": "Count people",
    "crowd": "Watch crowds",
    "number-plate": "Read number plates",
    "audio": "Record sound",
    "temperature": "Measure temperature",
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it is shown: dates are ISO 8601 or None; `url` is None where there is no address."""

    title: str
    publisher: str
    date: str | None
    url: str | None
    retrieved: str | None

    @property
    def line(self) -> str:
        """ "“A paper” · A publisher · April 2025": a title is somebody else's words."""
        return " · ".join(part for part in (quoted(self.title), self.publisher, self.when) if part)

    @property
    def when(self) -> str:
        """Its own date as a person reads it, "" where it has none."""
        return long_date(self.date) if self.date else ""


@dataclass(frozen=True, slots=True)
class OnList:
    """A maker on a list. `through` names the owner that the list names, None where it names the maker itself.

    `quote` is the source's own words, "" where there are none. `named_by` is where the maker was seen on the list.
    """

    id: str
    title: str
    said_by: str
    date: str
    addressed_to: str
    not_addressed_to: str
    quote: str
    text: str
    our_reading: bool
    reading: str
    basis: str
    through: str | None
    source: Cited
    named_by: Cited


@dataclass(frozen=True, slots=True)
class Statement:
    """A rule, decision or statement about a maker besides the lists; `scope` and `note` are our words."""

    id: str
    jurisdiction: str
    instrument: str
    issued_by: str
    date: str | None
    effective: str | None
    scope: str
    note: str
    status: RestrictionStatus
    verified: bool
    through: str | None
    source: Cited


@dataclass(frozen=True, slots=True)
class SoldAs:
    """One dated claim that a brand's products are made by a maker.

    `words` say how, when and which; `models` is the pattern of the models it is about, None for all.
    """

    brand: str
    name: str
    maker: str
    maker_name: str
    words: str
    models: str | None
    note: str
    proven: bool
    against: bool
    source: Cited


@dataclass(frozen=True, slots=True)
class Ability:
    """What a source says a maker's devices can do: never that it is on. `models_said` is the source's own words.

    `said_by` is "" where the maker says so itself.
    """

    kind: ClaimKind
    capabilities: tuple[Capability, ...]
    models_said: str
    how: str
    said_by: str
    verified: bool
    source: Cited

    @property
    def words(self) -> str:
        """ "Find faces, count people", "One of: …", "Does not list: …"."""
        lead = {"able": "", "one-of": "One of: ", "none": "Does not list: "}[self.kind]
        named = listed(self.capabilities)
        return f"{lead}{named[:1].lower()}{named[1:]}" if lead else named


@dataclass(frozen=True, slots=True)
class MakerPage:
    """All that is known of one company. `owners` are the names up the ownership path, nearest first.

    `sold_as` are the names that its devices carry, `made_for_it` the makers of what is sold under its name. Flaws are about
    devices that it makes; those with known attacks are counted in `flaws_exploited` too.
    """

    id: str
    name: str
    legal_name: str | None
    country: str | None
    ownership: str | None
    owners: tuple[str, ...]
    role: str
    note: str
    verified: bool
    source: Cited
    lists: tuple[OnList, ...]
    statements: tuple[Statement, ...]
    reply: str | None
    reply_source: Cited | None
    sold_as: tuple[SoldAs, ...]
    made_for_it: tuple[SoldAs, ...]
    flaws: int
    flaws_exploited: int
    abilities: tuple[Ability, ...]
    signs: int
    blocks: int


@dataclass(frozen=True, slots=True)
class BrandPage:
    """All that is known of one name on boxes. `owner` names who sells under it, `owner_id` is the company's id."""

    id: str
    name: str
    also: tuple[str, ...]
    owner: str | None
    owner_id: str | None
    note: str
    source: Cited | None
    made_by: tuple[SoldAs, ...]


def listed(capabilities: Iterable[Capability]) -> str:
    """Capabilities in words, in their order: "Find faces, count people"."""
    words = [CAPABILITY_WORDS[one] for one in CAPABILITIES if one in set(capabilities)]
    return ", ".join(word if at == 0 else f"{word[:1].lower()}{word[1:]}" for at, word in enumerate(words))


def fold(name: str) -> str:
    """A name in small letters and digits only, as names are compared."""
    return "".join(character for character in name.casefold() if character.isalnum())


def quoted(text: str) -> str:
    """Words of somebody else, marked as such: quotation marks within become single ones. "" stays "" ."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”" if text else ""


def maker_page(knowledge: Knowledge, identity: str) -> MakerPage:
    """Everything about a company. Raises KeyError for an id that is not known."""
    maker = knowledge.manufacturers[identity]
    path = ownership_path(identity, knowledge)
    flaws = [one for one in knowledge.advisories if one.manufacturer == identity]
    signs = sum(one.role == "manufacturer" and one.subject == identity for one in knowledge.fingerprints)
    blocks = sum(block.subject == identity and block.role == "manufacturer" for block in knowledge.macs.values())
    owned = {brand for brand, entry in knowledge.brand_entries.items() if entry.owner == identity} | {identity}
    sold_as = _in_order(record for record in knowledge.brands if record.made_by == identity and record.brand != identity)
    made_for_it = _in_order(record for record in knowledge.brands if record.brand in owned and record.made_by != identity)
    return MakerPage(
        id=identity,
        name=maker.name,
        legal_name=maker.legal_name,
        country=maker.country,
        ownership=maker.ownership,
        owners=tuple(knowledge.name_of(owner) for owner in path[1:]),
        role=maker.role,
        note=maker.note,
        verified=maker.verified,
        source=cited(knowledge, maker.source),
        lists=_lists(knowledge, path),
        statements=_statements(knowledge, path),
        reply=maker.reply,
        reply_source=cited(knowledge, maker.reply_source) if maker.reply_source else None,
        sold_as=tuple(_sold_as(knowledge, record) for record in sold_as),
        made_for_it=tuple(_sold_as(knowledge, record) for record in made_for_it),
        flaws=len(flaws),
        flaws_exploited=sum(one.exploited for one in flaws),
        abilities=_abilities(knowledge, identity),
        signs=signs,
        blocks=blocks,
    )


def brand_page(knowledge: Knowledge, identity: str) -> BrandPage:
    """Everything about a brand. A brand that only records name has no more than these."""
    entry = knowledge.brand_entries.get(identity)
    records = _in_order(record for record in knowledge.brands if record.brand == identity)
    owner = entry.owner if entry else None
    return BrandPage(
        id=identity,
        name=knowledge.brand_names.get(identity, identity),
        also=entry.also if entry else (),
        owner=knowledge.name_of(owner) if owner else None,
        owner_id=owner,
        note=entry.note if entry else "",
        source=cited(knowledge, entry.source) if entry and entry.source else None,
        made_by=tuple(_sold_as(knowledge, record) for record in records),
    )


def cited(knowledge: Knowledge, identity: str) -> Cited:
    """A source by its id. Raises KeyError for one that is not known."""
    source = knowledge.sources[identity]
    return Cited(source.title, source.publisher, source.date, source.url, source.retrieved)


def _lists(knowledge: Knowledge, path: tuple[str, ...]) -> tuple[OnList, ...]:
    found = []
    for row in knowledge.listings:
        if row.manufacturer not in path or row.list not in knowledge.lists:
            continue
        said = knowledge.lists[row.list]
        name = knowledge.name_of(row.manufacturer)
        found.append(
            OnList(
                id=said.id,
                title=said.title,
                said_by=said.said_by,
                date=said.date,
                addressed_to=said.addressed_to,
                not_addressed_to=said.not_addressed_to,
                quote=said.quote,
                text=said.text_for(name),
                our_reading=not said.names_makers,
                reading=said.reading,
                basis=row.basis,
                through=None if row.manufacturer == path[0] else name,
                source=cited(knowledge, said.source),
                named_by=cited(knowledge, row.source),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.date, one.id), reverse=True))


def _statements(knowledge: Knowledge, path: tuple[str, ...]) -> tuple[Statement, ...]:
    """Those in the UK first, then the others; the newest first among each. A list told in full is not told again."""
    found = []
    for one in knowledge.restrictions:
        named = next((maker for maker in path if maker in one.manufacturers), None)
        if named is None or one.id in knowledge.lists:
            continue
        found.append(
            Statement(
                id=one.id,
                jurisdiction=one.jurisdiction,
                instrument=one.instrument,
                issued_by=one.issued_by,
                date=one.announced or one.effective,
                effective=one.effective,
                scope=one.scope,
                note=one.note,
                status=one.status,
                verified=one.verified,
                through=None if named == path[0] else knowledge.name_of(named),
                source=cited(knowledge, one.source),
            )
        )
    found.sort(key=lambda one: (one.date or "", one.id), reverse=True)
    return tuple(sorted(found, key=lambda one: not one.jurisdiction.startswith("UK")))


def _abilities(knowledge: Knowledge, identity: str) -> tuple[Ability, ...]:
    claims = sorted(
        (one for one in knowledge.capabilities if one.manufacturer == identity),
        key=lambda one: (bool(one.said_by), get_args(ClaimKind).index(one.kind), one.models_said, one.source),
    )
    return tuple(
        Ability(
            one.kind, one.capabilities, one.models_said, one.how, one.said_by, one.verified, cited(knowledge, one.source)
        )
        for one in claims
    )  # fmt: skip


def _in_order(records: Iterable[BrandRecord]) -> list[BrandRecord]:
    """What is proven first, then by name."""
    return sorted(
        records, key=lambda one: (not one.verified or one.against, one.brand_name.casefold(), one.made_by, one.relation)
    )


def _sold_as(knowledge: Knowledge, record: BrandRecord) -> SoldAs:
    return SoldAs(
        brand=record.brand,
        name=record.brand_name,
        maker=record.made_by,
        maker_name=knowledge.name_of(record.made_by),
        words=relation(record),
        models=record.models,
        note=record.note,
        proven=record.verified and not record.against,
        against=record.against,
        source=cited(knowledge, record.source),
    )


def relation(record: BrandRecord) -> str:
    """How a brand's products come from a maker: "partly made by it under another name, not proven, since 2020"."""
    words = RELATION_WORDS[record.relation]
    if record.against:
        words = f"a source speaks against this ({words})"
    if not record.verified:
        words += ", not proven"
    if record.models:
        words += f", {SOME_MODELS}"
    if record.since:
        words += f", since {long_date(record.since)}"
    if record.until:
        words += f", until {long_date(record.until)}"
    return words
