"""What a brand name tells of the maker, by its dated records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from camcensus.attribution.index import VALUE_LIMIT_CHARACTERS, Index, index_of
from camcensus.model.knowledge import BrandRecord, Knowledge, Relation

_WHOLE: frozenset[Relation] = frozenset({"own_brand", "subsidiary", "oem_rebrand"})
"""Relations that cover all a brand sells (or all models of the record); a part does so only where its models are named."""


def brand_levels(brand: str, index: Index, *, model: str | None, day: str | None) -> Mapping[str, int]:
    """Manufacturer id -> 2 (the brand alone names it) or 1 (it may be), by the records of a brand id or maker's name.

    `day` is when the device was seen (ISO date or time), None for "now, whenever that is". A name without any record
    may be its maker's: 1, unless the company only sells, or we know of the name only whose it is. A record about other
    models than `model`, and one person's list, are silent.
    """
    records = index.records.get(brand, ())
    if not records:
        company = index.knowledge.manufacturers.get(brand)
        entry = index.knowledge.brand_entries.get(brand)
        if company is None or company.role == "brand-owner" or (entry is not None and entry.owner is not None):
            return {}
        return {brand: 1}
    denied = {record.made_by for record in records if record.against and record.verified}
    root_of = index.knowledge.root_of
    partly = {root_of(record.made_by) for record in records if _is_of_others(record, model=model, day=day)}
    levels: dict[str, int] = {}
    for record in records:
        if record.against or record.relation == "listed" or covers(record, model) is False:
            continue
        whole = is_whole(record, model=model, day=day) and record.made_by not in denied
        doubtful = record.models is None and bool(partly - {root_of(record.made_by)})
        level = 2 if (whole and not doubtful) or record.recorded else 1
        levels[record.made_by] = max(level, levels.get(record.made_by, 0))
    return levels


def name_held(text: str | None, knowledge: Knowledge) -> str | None:
    """The name that the base holds for a brand as a device or a list gives it; None for any other text: it may be anything."""
    index = index_of(knowledge)
    brand = index.brand_named(text) if text else None
    return index.brand_name(brand) if brand else None


def is_whole(record: BrandRecord, *, model: str | None, day: str | None) -> bool:
    """True for a verified record, in date, that makes this brand and model one maker's."""
    whole = record.relation in _WHOLE or (record.relation == "partial_oem" and record.models is not None)
    return record.verified and not record.against and whole and covers(record, model) is True and in_date(record, day)


def _is_of_others(record: BrandRecord, *, model: str | None, day: str | None) -> bool:
    """True for a verified record, in date, that gives this very model, or an unnamed part of the brand, to its maker."""
    part = record.relation == "partial_oem" and covers(record, model) is True
    return part and record.verified and not record.against and in_date(record, day)


def covers(record: BrandRecord, model: str | None) -> bool | None:
    """Whether the record is about this model; None where it names models and the model is not known."""
    if record.models is None:
        return True
    if model is None:
        return None
    return re.search(record.models, model[:VALUE_LIMIT_CHARACTERS]) is not None


def in_date(record: BrandRecord, day: str | None) -> bool:
    """Whether the record holds on a day; dates may be a year or a month alone. An open end holds for ever."""
    if day is None:
        return record.until is None
    begun = record.since is None or day[: len(record.since)] >= record.since
    return begun and (record.until is None or day[: len(record.until)] <= record.until)


def own_brand_of(brand: str, index: Index, *, model: str | None, day: str | None) -> str | None:
    """The manufacturer that a label of this brand and model confirms: its own brand, verified and in date; else None.

    None too where a verified record names another maker for some of what carries the brand, now or formerly.
    """
    own: set[str] = set()
    others: set[str] = set()
    for record in index.records.get(brand, ()):
        if not record.verified or covers(record, model) is False:
            continue
        if record.relation == "own_brand" and is_whole(record, model=model, day=day):
            own.add(record.made_by)
        elif record.against and record.relation == "own_brand":
            return None
        elif not record.against:
            others.add(index.knowledge.root_of(record.made_by))
    return next(iter(own)) if len(own) == 1 and others <= {index.knowledge.root_of(maker) for maker in own} else None
