"""The knowledge base with what the organisation itself recorded of brands: what its devices are judged by."""

from __future__ import annotations

from dataclasses import replace

from camcensus.model.knowledge import Basis, Brand, BrandRecord, Knowledge, Source
from camcensus.model.words import clean, long_date
from camcensus.store.contents import Contents
from camcensus.store.own_list import OwnBrand
from camcensus.tasks.knowledge.makers import fold

SOURCE = "own-brands"
"""The id of what the organisation recorded, among sources."""

BASES: dict[str, str] = {
    "maker-letter": "letter from the maker",
    "supplier-letter": "letter from the supplier",
    "installer": "word of the installer",
    "label": "the label",
    "invoice": "invoice",
    "other": "another source",
}
"""How the organisation knows, and in words."""

_RESTS_ON: dict[str, Basis] = {
    "maker-letter": "maker", "supplier-letter": "dealer", "installer": "dealer", "invoice": "dealer", "label": "brand",
}  # fmt: skip

KEPT = 4
_made: tuple[tuple[Knowledge, tuple[OwnBrand, ...], Knowledge], ...] = ()


def with_own_brands(inventory: Contents, knowledge: Knowledge) -> Knowledge:
    """The knowledge with the brands of the organisation in it; itself where there are none.

    The same object for the same brands, as what is made ready for matching is kept by it.
    """
    global _made  # noqa: PLW0603
    brands = inventory.own_brands()
    if not brands:
        return knowledge
    for base, held, made in _made:
        if base is knowledge and held == brands:
            return made
    made = _with(knowledge, brands)
    _made = ((knowledge, brands, made), *_made[: KEPT - 1])
    return made


def _with(knowledge: Knowledge, brands: tuple[OwnBrand, ...]) -> Knowledge:
    names, spellings, entries = dict(knowledge.brand_names), dict(knowledge.brand_spellings), dict(knowledge.brand_entries)
    records = list(knowledge.brands)
    for one in brands:
        key = fold(one.name)
        brand = spellings.get(key)
        if brand is None:
            brand = f"{SOURCE}.{key}"
            # A name that staff typed into a device is no sign of a brand that only they know.
            entries[brand] = Brand(
                brand, one.name, note="" if one.maker else _note(one), source=SOURCE, verified=False, common_word=True
            )
            names[brand], spellings[key] = one.name, brand
        if one.maker is not None:
            records.append(_record(one, brand, names.get(brand, one.name), one.maker))
    day = max(one.at for one in brands)[:10]
    source = Source(SOURCE, "Brands that your organisation recorded", "Your organisation", None, day or None, day or None)
    return replace(
        knowledge,
        brands=tuple(records),
        brand_names=names,
        brand_spellings=spellings,
        brand_entries=entries,
        sources={**knowledge.sources, SOURCE: source},
    )


def _record(brand: OwnBrand, identity: str, name: str, maker: str) -> BrandRecord:
    return BrandRecord(
        brand=identity,
        brand_name=name,
        made_by=maker,
        relation="oem_rebrand",
        models=None,
        since=None,
        until=None,
        against=False,
        basis=_RESTS_ON.get(brand.basis, "question"),
        note=_note(brand),
        source=SOURCE,
        verified=False,
        recorded=_said(brand),
    )


def _said(brand: OwnBrand) -> str:
    """How the organisation knows, without names of people: "letter from the supplier, 3 May 2026"."""
    return f"{BASES.get(brand.basis, BASES['other'])}, {long_date(brand.said_on)}"


def _note(brand: OwnBrand) -> str:
    who = f"{clean(brand.said_by, 120)}, {_said(brand)}"
    return f"{who}. Recorded by {clean(brand.by, 120)}."
