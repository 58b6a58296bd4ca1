"""What is known of a maker's flaws and support beyond single devices: flaws without models, and ends of support."""

from __future__ import annotations

from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import Advisory, EndOfLife
from camcensus.model.words import clean, long_date

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
