"""How much the knowledge base holds, and what must hold of all of it: each claim has a source, no doubtful row gives a flag."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from camcensus.assessment.listings import listings
from camcensus.attribution.attribute import attribute
from camcensus.model.device import Observation, Reading
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import count
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.entries import SourceProblem
from installers.knowledge.record_checks import host_of
from installers.knowledge.reviewed import Reviewed
from installers.knowledge.sources import read_sources

SIZE_LIMIT_BYTES = 4_000_000
LOAD_LIMIT_S = 0.1
"""Source: the budget of vendors.db in the design."""
LOADS = 5
"""The fastest of so many is judged: a busy machine is no fault of the file."""

_AT = "2026-11-24T00:00:00Z"


@dataclass(frozen=True, slots=True)
class KnowledgeCoverage:
    """What was counted, as lines to print, and what is wrong."""

    lines: tuple[str, ...]
    problems: tuple[SourceProblem, ...]


def measure(sources_dir: Path, db_path: Path) -> KnowledgeCoverage:
    """The coverage of a vendors.db that is sound and agrees with its sources. Raises as `load_knowledge`."""
    knowledge, load_s = _load(db_path)
    size_bytes = db_path.stat().st_size
    unsourced = claims_without_source(knowledge)
    mirrors = read_sources(sources_dir).mirrors
    copied = [source.id for source in knowledge.sources.values() if any(fnmatch(host_of(source.url), one) for one in mirrors)]
    tried, flagged = flags_from_unverified(knowledge)
    problems = [SourceProblem(db_path.name, 1, f"{what} has no source") for what in unsourced]
    problems += [
        SourceProblem(db_path.name, 1, f'the source "{identity}" is a copy of another publisher\'s text') for identity in copied
    ]
    problems += [SourceProblem(db_path.name, 1, f"{what} leads to a flag, yet its claim is not verified") for what in flagged]
    if size_bytes > SIZE_LIMIT_BYTES:
        problems.append(SourceProblem(db_path.name, 1, f"it has {size_bytes:,} bytes; {SIZE_LIMIT_BYTES:,} are the most"))
    if load_s > LOAD_LIMIT_S:
        problems.append(SourceProblem(db_path.name, 1, f"it loads in {load_s:.3f} s; {LOAD_LIMIT_S} s are the most"))
    lines = (
        *_counts(knowledge),
        f"Claims without a source: {len(unsourced)}",
        f"Sources on hosts that copy other publishers: {len(copied)}",
        f"Flags from unverified rows: {len(flagged)} of {tried:,} tried",
        f"{db_path.name}: {size_bytes:,} bytes, loaded in {load_s:.3f} s of processor time",
    )
    return KnowledgeCoverage(lines, tuple(problems))


def flaw_lines(reviewed: Reviewed) -> Iterator[str]:
    """A line for each maker: records held, numbers known to us (never all that exist), the newest held, and the last look."""
    searches = {item.value.manufacturer: item.value for item in reviewed.flaw_searches}
    held: dict[str, list[str]] = {}
    for item in reviewed.advisories:
        held.setdefault(item.value.manufacturer, []).append(item.value.published or "")
    makers = {item.value.id: item.value.name for item in reviewed.manufacturers}
    yield "Maker: records held, numbers known to us; newest held; last looked for"
    for maker in sorted(held.keys() | searches.keys(), key=lambda one: (-len(held.get(one, ())), one)):
        search, days = searches.get(maker), held.get(maker, [])
        known = f"{len(days) + len(search.not_held)} known" if search else "not counted"
        newest = max(days, default="") or "no date"
        looked = search.looked_at if search else "nobody has looked yet"
        yield f"{makers.get(maker, maker)}: {len(days)} held, {known}; {newest}; {looked}"
    rest = len(makers.keys() - held.keys() - searches.keys())
    yield f"Companies of which no record is held, and for which nobody has looked: {rest}"


def _load(path: Path) -> tuple[Knowledge, float]:
    """The knowledge, and the least processor time that loading took: what else the computer does is not counted."""
    best_s = float("inf")
    for _ in range(LOADS):
        began = time.process_time()
        knowledge = load_knowledge(path)
        best_s = min(best_s, time.process_time() - began)
    return knowledge, best_s


def _counts(knowledge: Knowledge) -> Iterator[str]:
    roles = Counter(maker.role for maker in knowledge.manufacturers.values())
    yield (
        f"Companies: {len(knowledge.manufacturers):,} (makers {roles['maker']}, brand owners {roles['brand-owner']}, "
        f"both {roles['both']})"
    )
    proven = {record.brand for record in knowledge.brands if record.verified and not record.against}
    claimed = {record.brand for record in knowledge.brands} - proven
    rest = set(knowledge.brand_names) - proven - claimed
    yield (
        f"Brand names: {len(knowledge.brand_names):,} (maker verified {len(proven)}, maker claimed and not verified "
        f"{len(claimed)}, maker not known {len(rest)})"
    )
    against = sum(record.against for record in knowledge.brands)
    yield (
        f"Claims of who makes a brand: {_verified(knowledge.brands)}, {against} of them against, "
        f"{sum(record.models is not None for record in knowledge.brands)} for some models, "
        f"{sum(bool(record.since or record.until) for record in knowledge.brands)} with a period"
    )
    followed = [block for block in knowledge.macs.values() if block.subject is not None]
    yield (
        f"Blocks of MAC addresses of companies that make or sell cameras: {len(knowledge.macs):,} "
        f"(followed {len(followed):,}, used by one maker only {sum(block.exclusive for block in followed):,})"
    )
    sizes = knowledge.registry.sizes()
    yield f"Registry of MAC addresses: {len(knowledge.registry):,} (MA-L {sizes[6]:,}, MA-M {sizes[7]:,}, MA-S {sizes[9]:,})"
    statements = knowledge.statements.values()
    named = {named.manufacturer for one in statements for named in one.names}
    yield (
        f"Statements: {len(statements)}, {len(knowledge.lists)} of them lists, naming {count(len(named), 'maker')}; "
        f"answers {sum(len(one.answers) for one in statements)}, read again by a second person "
        f"{sum(one.read_again is not None for one in statements)}"
    )
    replied = sum(bool(maker.answers) for maker in knowledge.manufacturers.values())
    seats = sum(maker.seat is not None for maker in knowledge.manufacturers.values())
    yield f"Makers with a reply of their own: {replied}; companies whose seat a source gives: {seats}"
    compared = sum(any(one.models and one.states_firmware for one in item.affected) for item in knowledge.advisories)
    yield (
        f"Advisories: {_verified(knowledge.advisories)}, {compared} by model and firmware, "
        f"{sum(item.exploited for item in knowledge.advisories)} known to be exploited"
    )
    yield (
        f"Capability claims: {_verified(knowledge.capabilities)}, "
        f"{sum(claim.models is not None for claim in knowledge.capabilities)} for models"
    )
    yield f"Lines to look at instead: {_verified(knowledge.replacements)}"
    yield f"Ends of sale or support: {_verified(knowledge.ends_of_life)}"
    yield (
        f"Fingerprints besides MAC addresses: {len(knowledge.fingerprints)}, "
        f"{sum(bool(one.examples) for one in knowledge.fingerprints)} with an example"
    )
    seen = sum(source.retrieved is not None for source in knowledge.sources.values())
    yield f"Sources: {len(knowledge.sources)} (seen {seen}, cited by others only {len(knowledge.sources) - seen})"


def _verified(rows: Iterable[Any]) -> str:
    total = Counter(row.verified for row in rows)
    return f"{total.total():,} (verified {total[True]:,}, not verified {total[False]:,})"


def claims_without_source(knowledge: Knowledge) -> list[str]:
    """What says something and names no source that we hold."""
    rows: list[tuple[str, str | None]] = []
    rows += [(f"the company {row.id}", row.source) for row in knowledge.manufacturers.values()]
    rows += [(f"the claim about {row.brand}", row.source) for row in knowledge.brands]
    rows += [(f"the note on {row.id}", row.source) for row in knowledge.brand_entries.values() if row.note or row.owner]
    rows += [(f"the fingerprint {row.id}", row.source) for row in knowledge.fingerprints]
    for one in knowledge.statements.values():
        rows.append((f"the statement {one.id}", one.source))
        rows += [(f"{named.manufacturer} in {one.id}", named.source) for named in one.names]
        rows += [(f"the answer of {answer.by} to {one.id}", answer.source) for answer in one.answers]
    rows += [(f"the advisory {row.id}", row.source) for row in knowledge.advisories]
    for items in (knowledge.capabilities, knowledge.replacements, knowledge.ends_of_life):
        rows += [(f"a record on {row.manufacturer}", row.source) for row in items]
    for maker in knowledge.manufacturers.values():
        rows += [(f"the reply of {maker.id}", answer.source) for answer in maker.answers]
        rows += [(f"the seat of {maker.id}", maker.seat_source)] * bool(maker.seat_source)
    return [what for what, source in rows if source not in knowledge.sources]


def flags_from_unverified(knowledge: Knowledge) -> tuple[int, list[str]]:
    """(how many were tried, which led to a flag): devices that show all that unverified rows know, where nothing else is known.

    For each brand with an unverified claim: a device that calls itself so and a label that reads so, whatever the model. For
    each unverified fingerprint: a device that gives all its examples. A flag is a listing that is not only "may be listed".
    """
    brands = tuple(replace(record, models=None) for record in knowledge.brands if not record.verified)
    prints = tuple(one for one in knowledge.fingerprints if not one.verified)
    doubtful = replace(knowledge, brands=brands, fingerprints=prints, macs={})
    cases: dict[str, list[Observation]] = {}
    for record in brands:
        cases[f"the brand {record.brand}"] = [
            _seen("onvif.GetDeviceInformation", manufacturer=record.brand_name, name=record.brand_name),
            _seen("dhip", **{"dhip.vendor": record.brand_name}),
            _seen("person", **{"person.basis": "label", "person.brand": record.brand_name}),
        ]
    for one in prints:
        cases[f"the fingerprint {one.id}"] = [_seen(f"http.{at}", **{one.kind: text}) for at, text in enumerate(one.examples)]
    every_list = frozenset(knowledge.lists)
    flagged = [
        what
        for what, observations in cases.items()
        if any(not finding.may for finding in listings(attribute(observations, doubtful), doubtful, every_list))
    ]
    return len(cases), flagged


def _seen(probe: str, **fields: str) -> Observation:
    reading = Reading("read", {name: (value,) for name, value in fields.items()})
    return Observation(probe=probe, address="192.0.2.1", at=_AT, reading=reading)
