"""What must hold of everything that rests on a source, and of what is on record besides the lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlsplit

from camcensus.model.knowledge import Source
from camcensus.model.records import CapabilityClaim
from installers.knowledge.entries import Placed, SourceProblem
from installers.knowledge.patterns import check_pattern
from installers.knowledge.reviewed import OWN_LIST, Reviewed
from installers.knowledge.wording import breaks_rules, note_to_ourselves, own_texts

_DATES = ("published", "end_of_sale", "end_of_support", "exploited_listed", "exploited_as_of")
_BUILDS = ("built_from", "built_until", "built_before")
_VERSIONS = ("version_from", "version_until", "version_before")


def everything(reviewed: Reviewed) -> Iterator[Placed[Any]]:
    """All values that say something."""
    for items in (reviewed.manufacturers, reviewed.brands, reviewed.claims, reviewed.fingerprints, reviewed.statements):
        yield from items
    yield from records(reviewed)


def records(reviewed: Reviewed) -> Iterator[Placed[Any]]:
    """What is on record of models: flaws, abilities, replacements, ends of life."""
    for items in (reviewed.advisories, reviewed.capabilities, reviewed.replacements):
        yield from items
    yield from reviewed.ends_of_life


def check_sources_seen(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """A verified row rests on a text we have seen; no source is a copy of another publisher's text."""
    sources = {item.value.id: item.value for item in reviewed.sources}
    for item in everything(reviewed):
        cited = sources.get(item.value.source or "")
        if cited is None or cited.retrieved is not None or getattr(item.value, "id", None) == OWN_LIST:
            continue
        if getattr(item.value, "verified", True):
            yield item.problem(f'it is verified, yet nobody has seen its source "{cited.id}"')
    for placed in reviewed.sources:
        host = host_of(placed.value.url)
        if any(fnmatch(host, mirror) for mirror in reviewed.mirrors):
            yield placed.problem(f"{host} copies other publishers' texts: cite the publisher, or leave the claim out")


def host_of(url: str | None) -> str:
    """The host of an address, in small letters, without a trailing dot; "" for one that has none."""
    try:
        return (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return ""


def check_records(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """Ids, references, dates and patterns of advisories, capabilities, replacements and ends of life."""
    makers = {item.value.id for item in reviewed.manufacturers}
    brands = {item.value.id for item in reviewed.brands}
    sources = {item.value.id: item.value for item in reviewed.sources}
    for item in records(reviewed):
        value = item.value
        if value.manufacturer not in makers:
            yield item.problem(f'the manufacturer "{value.manufacturer}" is unknown')
        if getattr(value, "brand", None) is not None and value.brand not in brands:
            yield item.problem(f'the brand "{value.brand}" is unknown')
        if value.source not in sources:
            yield item.problem(f'the source "{value.source}" is unknown')
        for key in _DATES:
            date = getattr(value, key, None)
            if date is not None and not is_date(date):
                yield item.problem(f'{key} "{date}" is not a date like 2026, 2026-11 or 2026-11-24')
        if isinstance(getattr(value, "models", None), str):
            yield from check_pattern(item, "models", value.models)
    yield from _unique(reviewed.advisories)
    for advisory in reviewed.advisories:
        yield from _affected(advisory)
    held = {item.value.id for item in reviewed.advisories}
    for search in reviewed.flaw_searches:
        if search.value.manufacturer not in makers:
            yield search.problem(f'the manufacturer "{search.value.manufacturer}" is unknown')
        if not is_date(search.value.looked_at):
            yield search.problem(f'looked_at "{search.value.looked_at}" is not a date like 2026-11-24')
        for identity in sorted(held.intersection(search.value.not_held)):
            yield search.problem(f"{identity} is held by now: take it out of not_held")
    for claim in reviewed.capabilities:
        yield from _capability(claim, sources.get(claim.value.source))
    if reviewed.registry_source and reviewed.registry_source not in sources:
        yield SourceProblem("registry.txt", 1, f'the source "{reviewed.registry_source}" is unknown')


def _capability(item: Placed[CapabilityClaim], cited: Source | None) -> Iterator[SourceProblem]:
    claim = item.value
    of_a_model = claim.verified and not claim.said_by and claim.models is not None
    if of_a_model and cited is not None and not cited.url:
        yield item.problem("what the maker says of a model needs an address where it can be read again")
    if len(claim.capabilities) < (2 if claim.kind == "one-of" else 1):
        yield item.problem("it names too few capabilities")
    if claim.kind == "none" and (claim.said_by or claim.models is None):
        yield item.problem("only the maker's own text about models can list none")


def _unique(items: Iterable[Placed[Any]]) -> Iterator[SourceProblem]:
    seen: dict[str, Placed[Any]] = {}
    for item in items:
        if not re.fullmatch(r"CVE-\d{4}-\d{4,}|[a-z0-9]+(?:-[a-z0-9]+)*", item.value.id):
            yield item.problem(f'id "{item.value.id}" is neither a CVE number nor of small letters, digits and "-"')
        first = seen.setdefault(item.value.id, item)
        if first is not item:
            yield item.problem(f'"{item.value.id}" already stands in {first.file}:{first.line}')


def _affected(item: Placed[Any]) -> Iterator[SourceProblem]:
    for one in item.value.affected:
        for pattern in one.models:
            yield from check_pattern(item, "models", pattern)
        if one.firmware is not None:
            yield from check_pattern(item, "firmware", one.firmware)
        if one.kind is not None and one.kind not in item.value.product_types:
            yield item.problem(f"a range is about a {one.kind}, which product_types does not name")
        for key in _BUILDS:
            day = getattr(one, key)
            if day is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
                yield item.problem(f'{key} "{day}" is not a day like 2026-11-24')
        for key in _VERSIONS:
            version = getattr(one, key)
            if version is not None and not re.fullmatch(r"\d+(?:\.\d+)*", version):
                yield item.problem(f'{key} "{version}" is not of digits and dots only')
        if one.every_firmware and any(getattr(one, key) for key in ("firmware", *_BUILDS, *_VERSIONS)):
            yield item.problem("every_firmware has no bounds beside it")
    if item.value.models_complete and not all(one.models for one in item.value.affected):
        yield item.problem("models_complete, yet a range names no model")


def check_wording(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """Every string of our own keeps to the wording rules, and is meant for whoever reads it."""
    held = [item.value.id for item in reviewed.sources] + [item.value.id for item in reviewed.statements]
    ids = {identity for identity in held if any(character.isdigit() for character in identity)}
    for item in everything(reviewed):
        for own in own_texts((item.value,)):
            note = note_to_ourselves(own.text, ids)
            if note is not None:
                yield item.problem(f'{own.key} says "{note}", a note to ourselves: say it to a head teacher, or leave it out')
            word = breaks_rules(own.text)
            if word is not None:
                yield item.problem(f'{own.key} says "{word}", which the wording rules leave to quotations')


def is_date(text: str) -> bool:
    """True for a year, a month or a day in ISO 8601."""
    return re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", text) is not None
