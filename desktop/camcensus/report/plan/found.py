"""What is in the record, how we looked, what we could not see, and what is on record about the makers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from camcensus.model.asset import by, ways_said
from camcensus.model.blocks import Block, Bullets, Heading, Piece, Prose, key_facts
from camcensus.model.device import DeviceKind
from camcensus.model.plan import PlanItem
from camcensus.model.words import Count, clean, count, joined, kinds_in_words, natural, proven_means, run_of_refs
from camcensus.planning.spending import site_of
from camcensus.report.maker_pages import NOT_APPROVED
from camcensus.report.method import AS_FAR, NOT_SEARCHED, Looked, not_seen
from camcensus.report.plan.brief import NAMED, PLACE_CHARACTERS, Brief, noun, strong_joined
from camcensus.report.plan.record import on_record

MAKERS_SAID = 4
"""Makers that a sentence names."""


def found(brief: Brief) -> Iterator[Block]:
    """Whose maker is not known, how we looked, what we could not see, and what is on record."""
    yield Heading("What is in the record", 2)
    yield from _not_known(brief)
    yield Heading("How we looked, and what we could not see", 3)
    version = f"Makers were judged with list version {clean(brief.knowledge.version, 40)}."
    known = ways_said(asset.known_by for asset in brief.here)
    yield Prose(f"{known or 'No search of a network is in this record.'} {version} The evidence report has each search.")
    yield Bullets([*_not_seen(brief)])
    yield from on_record(brief)


def lead(brief: Brief) -> list[Piece]:
    """What was found, in a few sentences; what "proven" means where one of them says it."""
    if brief.unsearched:
        return [NOT_SEARCHED]
    if not brief.counts.items.total:
        return ["There are no cameras and no recorders in the record yet."]
    of, said = brief.counts.items, [*_lead(brief)]
    if means := proven_means(of.listed, of.only_based):
        said.append([means])
    return [piece for sentence in said for piece in (*sentence, " ")][:-1]


def _lead(brief: Brief) -> Iterator[list[Piece]]:
    counts, lists = brief.counts, f"a maker on the lists that {brief.organisation} uses"
    listed, based = counts.items.listed, counts.items.only_based
    yield [f"The record has {kinds_in_words(counts.kinds)}."]
    if not brief.enabled_lists:
        yield [f"No list is in use, so nothing is said about the makers: {brief.organisation} has not chosen one."]
    elif listed:
        shares = _shares(brief, {kind: of.listed for kind, of in counts.by_kind.items()})
        yield [f"{AS_FAR}, ", *shares, f"{listed.in_brackets} {listed.fitting()} made by {lists} (a listed maker)."]
    elif not counts.items.is_known:
        yield [counts.items.not_known_said()]
    else:
        yield [f"{AS_FAR}, nothing is made by {lists}. {NOT_APPROVED}"]
    if names := by_makers(brief, (item for item in brief.everything if item.listed_on)):
        yield [f"That is {names}."]
    if based:
        shares = _shares(brief, {kind: of.only_based for kind, of in counts.by_kind.items()})
        made = f"{based.fitting()} made by {counts.items.other_makers}"
        names = by_makers(brief, (item for item in brief.everything if item.based and not item.listed_on))
        yield [*shares, f"{based.in_brackets} {made}, based in China (our reading): {names}."]


def _shares(brief: Brief, numbers: Mapping[DeviceKind, Count]) -> list[Piece]:
    """ "17 of 42 cameras" and "1 of 2 recorders"."""
    said = {kind: number for kind, number in numbers.items() if number}
    return strong_joined([f"{number} of {noun(kind, brief.counts.by_kind[kind].total)}" for kind, number in said.items()])


# -- by maker


def by_makers(brief: Brief, items: Iterable[PlanItem]) -> str:
    """ "9 by Hikvision, 4 by Dahua and 3 by 2 other makers", those of whom most are first."""
    every = tuple(items)
    makers, names = brief.counts_of(every).items.makers, {item.manufacturer: brief.maker(item) for item in every}
    named = makers if len(makers) <= MAKERS_SAID + 1 else makers[:MAKERS_SAID]
    said = [f"{one.number} by {names[one.maker]}" for one in named]
    if rest := makers[len(named) :]:
        said.append(f"{sum(one.number.number for one in rest):,} by {len(rest):,} other makers")
    return joined(said)


def _not_known(brief: Brief) -> Iterator[Block]:
    """The entries whose maker is not known, site by site, where page 2 has no room for all of them."""
    items = brief.plan.unidentified
    if len(items) <= NAMED:
        return
    yield Heading(not_known_heading(items), 3)
    by_site: dict[str, list[str]] = {}
    where = {item.asset: site_of(item) if brief.many_sites else "" for item in items}
    for item in sorted(items, key=lambda item: (natural(where[item.asset]), natural(item.ref))):
        by_site.setdefault(where[item.asset], []).append(item.ref)
    if not brief.many_sites:
        yield Prose(run_of_refs(by_site[""]))
        return
    names = {site: clean(site, PLACE_CHARACTERS) or "No location yet" for site in by_site}
    yield key_facts([(names[site], run_of_refs(refs)) for site, refs in by_site.items()], 4, spacing="close")


def not_known_heading(items: Sequence[PlanItem]) -> str:
    """The heading over the entries of unknown maker, to which the decision paper points."""
    return f"Maker not known: {count(len(items), 'item')}"


# -- what we could not see


def _not_seen(brief: Brief) -> Iterator[str]:
    channels = [asset for asset in brief.here if asset.unconfirmed]
    if channels:
        refs = f": {run_of_refs(sorted(asset.ref for asset in channels))}" if brief.internal else ""
        yield f"{count(len(channels), 'camera')} on recorders’ channels could not be asked{refs}."
    unasked = sum(not by(asset.known_by, "search") for asset in brief.here) - len(channels)
    if unasked:
        yield f"No search has reached {count(unasked, 'other item' if channels else 'item')}."
    yield from not_seen(Looked(scans=brief.scans, as_at=brief.as_at, network=brief.internal, staff=False))
    yield "Whether face or person detection is switched on was not asked."
