"""What is in the record, how we looked, what we could not see, and what is on record about the makers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from camcensus.model.blocks import Bar, Block, Heading, Piece, Prose, key_facts
from camcensus.model.counts import Count, kinds_in_words, proven_means
from camcensus.model.device import DeviceKind
from camcensus.model.known import by, ways_said
from camcensus.model.ordering import natural
from camcensus.model.plan import PlanItem
from camcensus.model.prose import joined, run_of_refs
from camcensus.model.scan import ScanRecord
from camcensus.model.words import clean, count, local_time, long_date
from camcensus.planning.spending import site_of
from camcensus.report.charts import shortened, twin
from camcensus.report.maker_charts import NOT_KNOWN
from camcensus.report.maker_pages import NOT_APPROVED
from camcensus.report.method import AS_FAR, NOT_SEARCHED, hindered, told_once
from camcensus.report.plan.brief import NAMED, PLACE_CHARACTERS, Brief, noun, strong_joined
from camcensus.report.plan.record import on_record

MAKERS = 6
"""Makers that are named here; the rest share a row. The register and the summary name more."""
MAKERS_SAID = 4
"""Makers that a sentence names."""
SCANS_NAMED = 5


def found(brief: Brief) -> Iterator[Block]:
    """Who made the cameras, how we looked, what we could not see, and what is on record."""
    yield Heading("What is in the record", 2)
    cameras = [item for item in brief.everything if item.kind == "camera"]
    if cameras:
        yield from _makers(brief, cameras)
    yield from _not_known(brief)
    yield Heading("How we looked, and what we could not see", 3)
    yield Prose(" ".join(_how(brief)))
    yield Prose(f"Not seen: {' '.join(_not_seen(brief))}")
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


def _makers(brief: Brief, cameras: Sequence[PlanItem]) -> Iterator[Block]:
    bars = shortened(_bars(brief, cameras), MAKERS, "other makers", NOT_KNOWN)
    note = " ".join(_maker_notes(brief, cameras))
    yield twin("Made by", "Cameras", bars, note=note, whole=False, spacing="close")


def _bars(brief: Brief, cameras: Sequence[PlanItem]) -> list[Bar]:
    """Makers that are listed or based in China first, of each those with most cameras, those not known last."""
    of, names = brief.counts.cameras, {item.manufacturer: brief.maker(item) or NOT_KNOWN for item in cameras}
    makers = sorted(of.makers, key=lambda one: not (one.listed or one.based))
    bars = [Bar(names[one.maker], (one.confirmed, one.almost_certain, one.likely, 0)) for one in makers]
    return [*bars, *([Bar(NOT_KNOWN, (0, 0, 0, of.not_known))] if of.not_known else [])]


def _maker_notes(brief: Brief, cameras: Sequence[PlanItem]) -> Iterator[str]:
    of = brief.counts.cameras
    for said, number, items in (
        ("On the lists in use", of.listed, [item for item in cameras if item.listed_on]),
        ("Based in China (our reading), on no list in use", of.only_based, [item for item in cameras if item.based]),
    ):
        if number:
            names = sorted({brief.maker(item) or "" for item in items if item.manufacturer})
            yield f"{said}: {joined(names)}, {number.of('camera')}{number.in_brackets}."
    expected = brief.body.expected_cameras
    if expected is not None and expected != len(cameras):
        yield f"{brief.organisation.capitalize()} expected about {noun('camera', expected)}."


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


# -- how we looked


def _how(brief: Brief) -> Iterator[str]:
    scans = sorted(brief.scans, key=lambda scan: scan.started_at)
    if len(scans) > SCANS_NAMED:
        earlier = count(len(scans) - SCANS_NAMED, "earlier search", "earlier searches")
        yield f"{earlier} since {long_date(local_time(scans[0].started_at, brief.as_at))}."
    for scan in scans[-SCANS_NAMED:]:
        yield _scan_sentence(brief, scan)
    if scans:
        yield "No password was tried, no picture was watched and no setting was changed."
    else:
        yield "No search of a network is in this record."
    if known := ways_said(asset.known_by for asset in brief.here):
        yield known
    yield f"Makers were judged with list version {clean(brief.knowledge.version, 40)}."


def _scan_sentence(brief: Brief, scan: ScanRecord) -> str:
    start, end = local_time(scan.started_at, brief.as_at), local_time(scan.ended_at, brief.as_at)
    zone = " UTC" if start.utcoffset() is None or not start.utcoffset() else ""
    networks = count(max(1, len(scan.interfaces)), "network")
    verb = "Listened on" if scan.passive else "Searched"
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{long_date(end)}, {end:%H:%M}"
    sentence = f"{verb} {networks} on {long_date(start)}, {start:%H:%M} to {until}{zone}"
    if scan.ranges:
        sentence += f", with {count(len(scan.ranges), 'range')} of addresses asked one by one"
    sentence += "; stopped early." if scan.stopped_early else "."
    if scan.allowed_by and brief.internal:
        allowed = brief.said(scan.allowed_by, 100).rstrip(".")
        sentence += f" Who allowed it: {allowed}."
    return sentence


# -- what we could not see


def _not_seen(brief: Brief) -> Iterator[str]:
    channels = [asset for asset in brief.here if asset.unconfirmed]
    if channels:
        refs = f": {run_of_refs(sorted(asset.ref for asset in channels))}" if brief.internal else ""
        yield f"{count(len(channels), 'camera')} on recorders’ channels could not be asked{refs}."
    unasked = sum(not by(asset.known_by, "search") for asset in brief.here) - len(channels)
    if unasked:
        yield f"No search has reached {count(unasked, 'other item' if channels else 'item')}."
    said: list[str] = []
    for scan in sorted(brief.scans, key=lambda scan: scan.started_at, reverse=True)[:SCANS_NAMED]:
        said += [brief.said(sentence, 300) for sentence in scan.not_covered]
        said += hindered(scan, lambda reason: brief.said(reason, 200))
    if brief.internal:
        yield from told_once(said)
    elif said:
        yield "Not every network was reached; the edition for our own staff names what was not."
    yield "Whether face or person detection is switched on was not asked."
