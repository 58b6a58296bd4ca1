"""What is known of a maker or a brand, each statement with its source: gathered once, for the window and the command line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import get_args

from camcensus.assessment.care import searched
from camcensus.assessment.listings import ownership_path
from camcensus.assessment.on_record import NOTHING_ON_RECORD, Cited, OnRecord, QuotedReply, cited, on_record, replies_of
from camcensus.model import frozen
from camcensus.model.knowledge import BrandRecord, Knowledge
from camcensus.model.records import CAPABILITIES, Advisory, Capability, ClaimKind, EndOfLife
from camcensus.model.statements import About
from camcensus.model.words import clean, count, fitting, long_date, lower_first, quoted, upper_first

# What is known of a maker's flaws and support beyond single devices: flaws without models, and ends of support.

LONGEST = 600


@frozen
class Noted:
    """A sentence about a maker's products, with who says so, when ("" where not known), and where."""

    words: str
    publisher: str
    date: str
    url: str | None


def device_flaws(knowledge: Knowledge, manufacturer: str) -> list[Advisory]:
    """The flaws on record in what a company makes; programs for a computer or a telephone are no device."""
    return [one for one in knowledge.advisories if one.manufacturer == manufacturer and not one.is_software]


def noted(knowledge: Knowledge, manufacturer: str) -> tuple[Noted, ...]:
    """Flaws whose record names nothing that can be compared, and then ends of sale and support, as they are on record."""
    flaws = (
        _said(knowledge, f"{one.id}: {one.title.rstrip('.')}. The record {_names(one)}.", one.source)
        for one in device_flaws(knowledge, manufacturer)
        if not any(part.models or part.states_firmware for part in one.affected)
    )
    ends = (one for one in knowledge.ends_of_life if one.manufacturer == manufacturer and one.verified)
    return (*flaws, *(_said(knowledge, _end(one), one.source) for one in ends))


def _names(flaw: Advisory) -> str:
    return f"names {flaw.models_said}" if flaw.models_said else "does not say which models"


def _end(end: EndOfLife) -> str:
    by = "had ended by" if end.at_the_latest else "ended on"
    said = [f"Support {by} {long_date(end.end_of_support)}." if end.end_of_support else ""]
    said += [f"Sold until {long_date(end.end_of_sale)}." if end.end_of_sale else "", end.note]
    return f"{end.models_said}: {' '.join(part for part in said if part)}"


def _said(knowledge: Knowledge, words: str, source: str) -> Noted:
    cited = knowledge.sources[source]
    return Noted(clean(words, LONGEST), cited.publisher, cited.date or "", cited.url)


RELATION_WORDS = {
    "own_brand": "its own brand",
    "subsidiary": "a brand of its own group",
    "oem_rebrand": "made by it under another name",
    "partial_oem": "partly made by it under another name",
    "former_oem": "formerly made by it under another name",
    "listed": "named in one person’s list",
}
SOME_MODELS = "some models only"
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


@frozen
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


@frozen
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
        return f"{lead}{lower_first(named)}" if lead else named


@frozen
class MakerPage:
    """All that is known of one company. `owners` are the names up the ownership path, nearest first.

    `seat` is the country of its legal seat, None where no source says which. `records` are in the order they are shown in.
    `sold_as` are the names that its devices carry, `made_for_it` the makers of what is sold under its name. Flaws are about
    devices that it makes; those with known attacks are counted in `flaws_exploited` too, by a catalogue of the day
    `exploited_seen`, in words. `noted` are flaws without models, and ends of support; `flaws_looked_for` says since when
    nobody looked for more.
    """

    id: str
    name: str
    legal_name: str | None
    seat: str | None
    seat_source: Cited | None
    ownership: str | None
    owners: tuple[str, ...]
    role: str
    note: str
    verified: bool
    source: Cited
    records: tuple[OnRecord, ...]
    replies: tuple[QuotedReply, ...]
    sold_as: tuple[SoldAs, ...]
    made_for_it: tuple[SoldAs, ...]
    flaws: int
    flaws_exploited: int
    exploited_seen: str
    abilities: tuple[Ability, ...]
    noted: tuple[Noted, ...] = ()
    flaws_looked_for: str = ""

    @property
    def told_by(self) -> Cited | None:
        """Who says what is in `ownership`, `owners` and `note`; None where these are empty, and it bears out nothing."""
        return self.source if self.ownership or self.owners or self.note else None


@frozen
class BrandPage:
    """All that is known of one name on boxes. `owner` names who sells under it."""

    id: str
    name: str
    also: tuple[str, ...]
    owner: str | None
    note: str
    source: Cited | None
    made_by: tuple[SoldAs, ...]


def listed(capabilities: Iterable[Capability]) -> str:
    """Capabilities in words, in their order: "Find faces, count people"."""
    words = [CAPABILITY_WORDS[one] for one in CAPABILITIES if one in set(capabilities)]
    return ", ".join(lower_first(word) if at else word for at, word in enumerate(words))


def fold(name: str) -> str:
    """A name in small letters and digits only, as names are compared."""
    return "".join(character for character in name.casefold() if character.isalnum())


def maker_page(knowledge: Knowledge, identity: str) -> MakerPage:
    """Everything about a company. Raises KeyError for an id that is not known."""
    maker = knowledge.manufacturers[identity]
    path = ownership_path(identity, knowledge)
    flaws = device_flaws(knowledge, identity)
    owned = {brand for brand, entry in knowledge.brand_entries.items() if entry.owner == identity} | {identity}
    sold_as = _in_order(record for record in knowledge.brands if record.made_by == identity and record.brand != identity)
    made_for_it = _in_order(record for record in knowledge.brands if record.brand in owned and record.made_by != identity)
    return MakerPage(
        id=identity,
        name=maker.name,
        legal_name=maker.legal_name,
        seat=maker.seat,
        seat_source=cited(knowledge, maker.seat_source) if maker.seat_source else None,
        ownership=maker.ownership,
        owners=tuple(knowledge.name_of(owner) for owner in path[1:]),
        role=maker.role,
        note=maker.note,
        verified=maker.verified,
        source=cited(knowledge, maker.source),
        records=on_record(knowledge, identity),
        replies=replies_of(knowledge, identity),
        sold_as=tuple(_sold_as(knowledge, record) for record in sold_as),
        made_for_it=tuple(_sold_as(knowledge, record) for record in made_for_it),
        flaws=len(flaws),
        flaws_exploited=sum(one.exploited for one in flaws),
        exploited_seen=long_date(max((one.exploited_as_of or "" for one in flaws), default="")),
        abilities=_abilities(knowledge, identity),
        noted=noted(knowledge, identity),
        flaws_looked_for=searched(knowledge.flaw_searches.get(knowledge.root_of(identity))),
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
        note=entry.note if entry else "",
        source=cited(knowledge, entry.source) if entry and entry.source else None,
        made_by=tuple(_sold_as(knowledge, record) for record in records),
    )


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
        note=f"{record.note} {quoted(record.quote)}".strip(),
        proven=record.verified and not record.against,
        against=record.against,
        source=cited(knowledge, record.source),
    )


def relation(record: BrandRecord) -> str:
    """How a brand's products come from a maker: "partly made by it under another name, not proven, since 2020"."""
    if record.recorded:
        return f"your organisation recorded that it makes it ({record.recorded})"
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


# A maker in short, for somebody with a minute: who it is, what is on record by kind, and what that means here.

ROLES = {
    "maker": "makes cameras or recorders",
    "both": "makes and sells cameras or recorders",
    "brand-owner": "sells cameras or recorders under its own name",
}
KINDS: Mapping[About, str] = {
    "human-rights": "Human rights",
    "security": "Security",
    "procurement": "Buying",
    "trade": "Trade",
    "data": "Personal data",
    "use": "Use",
}
YOURS_TO_DECIDE = "Records are about makers, not devices; you decide what to keep."


def in_short(page: MakerPage, enabled: Container[str]) -> list[str]:
    """Fixed sentences on a company: first who it is and who owns it, last what that means where these lists are in use."""
    kinds: dict[About, list[OnRecord]] = defaultdict(list)
    named = [one for one in page.records if not one.our_reading]
    for one in named:
        kinds[one.said.about].append(one)
    lines = [f"{words}: {_counted(kinds[kind])}." for kind, words in KINDS.items() if kind in kinds]
    through = [one.through for one in named if one.through]
    if through:
        lines.append(f"{len(through)} of these {fitting(len(through))} about {through[0]}.")
    lines.append(f"First among them: {quoted(named[0].said.title)}." if named else NOTHING_ON_RECORD)
    return [_who(page), *lines, _means(page, enabled)]


def _who(page: MakerPage) -> str:
    seat = f"legal seat: {page.seat}" if page.seat else "legal seat not known"
    who = f"{page.name} {ROLES[page.role]} ({seat})."
    if page.role == "brand-owner":
        made = " and ".join(dict.fromkeys(one.maker_name for one in page.made_for_it if one.proven))
        who += f" {made} made some of its range." if made else " Who makes its range is not known."
    if page.owners:
        who += f" It belongs to {', part of '.join(page.owners)}."
    said = page.told_by
    if page.ownership and said is not None:
        when = said.when or f"seen {long_date(said.retrieved or '')}"
        who += f" {page.ownership.rstrip('.')} ({said.publisher}, {when})."
    return who if page.ownership or page.owners else f"{who} We hold no source that says who owns it."


def _counted(records: list[OnRecord]) -> str:
    answered = sum(any(not answer.besides for answer in one.answers) for one in records)
    newest = max(one.named_on for one in records)[:4]
    said = [count(len(records), "record"), f"{answered} answered" if answered else "no answer held"]
    return ", ".join([*said, f"newest {newest}"] if newest else said)


def _means(page: MakerPage, enabled: Container[str]) -> str:
    used = [one for one in page.records if one.id in enabled]
    named = next((one.through or "it" for one in used if not one.our_reading), "")
    listed = f"a list that you use names {named}" if named else "no list that you use names it"
    read = "; by our reading a UK statement to departments means it" if any(one.our_reading for one in used) else ""
    return f"{upper_first(listed)}{read}. {YOURS_TO_DECIDE}"
