"""The records of a knowledge base by company and by brand, made once for each Knowledge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from camcensus.model.errors import KnowledgeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.once_each import once_for_each
from camcensus.model.records import Advisory, CapabilityClaim, EndOfLife

MODEL_LIMIT_CHARACTERS = 200
"""Longest part of a model that is looked for; models come from devices that may mean harm."""
PATTERNS_KEPT = 8192


@dataclass(slots=True)
class RecordsIndex:
    """Advisories, capability claims and ends of life by company id; and answers given before for the same facts.

    `named_advisories` holds those about what carries a name, as brand or as their maker's own, `own_brands` a maker's own names
    and `brands` the ids of a name, with names in small letters; `make_for_others` the makers whose goods others sell under
    names of their own.
    """

    knowledge: Knowledge
    advisories: Mapping[str, tuple[Advisory, ...]]
    named_advisories: Mapping[str, tuple[Advisory, ...]]
    capabilities: Mapping[str, tuple[CapabilityClaim, ...]]
    ends_of_life: Mapping[str, tuple[EndOfLife, ...]]
    own_brands: Mapping[str, frozenset[str]]
    brands: Mapping[str, tuple[str, ...]]
    make_for_others: frozenset[str]
    answers: dict[object, object] = field(default_factory=dict)

    def may_be_relabel(self, brand: str | None, manufacturer: str) -> bool:
        """True where the box carries another's name, or none that is known and the maker is known to make for others."""
        root = self.knowledge.root_of(manufacturer)
        if brand is None:
            return root in self.make_for_others
        return brand.casefold() not in self.own_brands.get(root, ())

    def knows_model(self, manufacturer: str, models: tuple[str, ...]) -> bool:
        """True where a record of the maker has one of the models under the maker's own name for it.

        A pattern that any text fits says nothing of names.
        """
        path = (manufacturer, self.knowledge.root_of(manufacturer))
        ranges = [part for maker in path for one in self.advisories.get(maker, ()) for part in one.affected]
        patterns = {pattern for part in ranges for pattern in part.models}
        patterns |= {one.models for maker in path for one in self.capabilities.get(maker, ()) if one.models}
        patterns |= {one.models for maker in path for one in self.ends_of_life.get(maker, ()) if one.models}
        return any(names_model(pattern, models) and not fits_anything(pattern) for pattern in patterns)

    def brand_ids(self, brand: str | None) -> tuple[str, ...]:
        """Ids of the brand that is shown by this name."""
        return self.brands.get(brand.casefold(), ()) if brand else ()

    def advisories_of_name(self, brand: str | None) -> tuple[Advisory, ...]:
        """Advisories about what carries this name: as a brand, or as a name of their maker's own. Whoever made it."""
        return self.named_advisories.get(brand.casefold(), ()) if brand else ()


@once_for_each
def records_of(knowledge: Knowledge) -> RecordsIndex:
    """The records of this very Knowledge."""
    advisories: dict[str, list[Advisory]] = defaultdict(list)
    named_advisories: dict[str, list[Advisory]] = defaultdict(list)
    capabilities: dict[str, list[CapabilityClaim]] = defaultdict(list)
    ends: dict[str, list[EndOfLife]] = defaultdict(list)
    own: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[str]] = defaultdict(set)
    for advisory in knowledge.advisories:
        if advisory.is_software:
            continue
        advisories[advisory.manufacturer].append(advisory)
    for claim in knowledge.capabilities:
        if claim.verified and claim.models is not None:
            capabilities[claim.manufacturer].append(claim)
    for end in knowledge.ends_of_life:
        if end.verified and end.models is not None:
            ends[end.manufacturer].append(end)
    for maker in knowledge.manufacturers.values():
        own[knowledge.root_of(maker.id)].add(maker.name.casefold())
        called[maker.id].add(maker.name.casefold())
    for record in knowledge.brands:
        if record.relation in ("own_brand", "subsidiary") and not record.against:
            own[knowledge.root_of(record.made_by)].add(record.brand_name.casefold())
        if record.relation == "own_brand" and not record.against:
            called[record.made_by].add(record.brand_name.casefold())
    others = {
        knowledge.root_of(record.made_by)
        for record in knowledge.brands
        if record.relation not in ("own_brand", "subsidiary") and not record.against
    }
    names: dict[str, list[str]] = defaultdict(list)
    for key, name in sorted(knowledge.brand_names.items()):
        names[name.casefold()].append(key)
    for company, about in advisories.items():
        for one in about:
            brand = knowledge.brand_names.get(one.brand or "")
            for name in {brand.casefold()} if brand else called[company]:
                named_advisories[name].append(one)
    return RecordsIndex(
        knowledge,
        {key: tuple(found) for key, found in advisories.items()},
        {name: tuple(found) for name, found in named_advisories.items()},
        {key: tuple(found) for key, found in capabilities.items()},
        {key: tuple(found) for key, found in ends.items()},
        {key: frozenset(found) for key, found in own.items()},
        {name: tuple(keys) for name, keys in names.items()},
        frozenset(others),
    )


@lru_cache(maxsize=PATTERNS_KEPT)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise KnowledgeError("The knowledge base is damaged (a pattern of models); install it again.") from error


def fits_anything(pattern: str) -> bool:
    """True for a pattern that is found in any text, even one that is no model at all."""
    return names_model(pattern, ("\0",))


def names_model(pattern: str, models: tuple[str, ...]) -> bool:
    """True where a pattern is found in one of the models."""
    compiled = _compiled(pattern)
    return any(compiled.search(model[:MODEL_LIMIT_CHARACTERS]) for model in models)
