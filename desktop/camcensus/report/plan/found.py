"""What is in the record, how we looked, what we could not see, and what is on record about the makers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from camcensus.model.attribution import Grade
from camcensus.model.blocks import Bar, Block, Heading, Piece, Prose, Strong, key_facts
from camcensus.model.counts import KIND_NOUNS, Count, kinds_in_words
from camcensus.model.known import by, ways_said
from camcensus.model.ordering import natural
from camcensus.model.plan import PlanItem
from camcensus.model.prose import fitting, joined, run_of_refs, upper_first
from camcensus.model.scan import ScanRecord
from camcensus.model.words import clean, count, local_time, long_date
from camcensus.planning.spending import site_of
from camcensus.report.charts import STEPS, shortened, twin
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
_STEP_OF: dict[Grade, int] = {"confirmed": 0, "almost-certain": 1, "likely": 2}


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


def lead(brief: Brief, means: str = "") -> list[Piece]:
    """What was found, in a few sentences; behind the first that has a range, `means` says what a range is."""
    if brief.unsearched:
        return [NOT_SEARCHED]
    if not brief.counts.items.total:
        return ["There are no cameras and no recorders in the record yet."]
    pieces: list[Piece] = []
    for said, in_doubt in _lead(brief):
        pieces += [" " if pieces else "", *said]
        if in_doubt and means:
            pieces.append(f" {upper_first(means)}.")
            means = ""
    return pieces


def _lead(brief: Brief) -> Iterator[tuple[list[Piece], bool]]:
    """Each sentence, and whether a number of it has a doubt."""
    counts = brief.counts
    yield [f"The record has {kinds_in_words(counts.kinds)}."], False
    listed = counts.cameras.listed
    by_kind = {kind: brief.counts_of(item for item in brief.everything if item.kind == kind).items for kind in counts.kinds}
    also = {kind: of for kind in KIND_NOUNS if kind != "camera" and (of := by_kind.get(kind)) is not None and of.listed}
    number = sum((of.listed for of in also.values()), Count())
    others = joined([f"{of.listed} of {noun(kind, of.total)}" for kind, of in also.items()])
    as_are = bool(listed and others) and (len(also) == 1 or not number.likely)
    if not brief.enabled_lists:
        yield [f"No list is in use, so nothing is said about the makers: {brief.organisation} has not chosen one."], False
    elif listed:
        made = f" {listed.fitting()} made by a maker on the lists that {brief.organisation} uses (a listed maker)"
        more = f", as {number.fitting()} {others}" if as_are else ""
        share = f"{listed} of {noun('camera', counts.cameras.total)}"
        yield [f"{AS_FAR}, ", Strong(share), f"{made}{more}."], bool(listed.likely or (as_are and number.likely))
    elif counts.cameras.total:
        yield [f"{AS_FAR}, no camera is made by a maker on the lists that {brief.organisation} uses. {NOT_APPROVED}"], False
    if others and not as_are:
        made = f"{others} {number.fitting()} made by a maker on"
        lists = "these lists" if counts.cameras.total else f"the lists that {brief.organisation} uses"
        means = "" if listed else " (a listed maker)"
        yield [f"{'' if counts.cameras.total else f'{AS_FAR}, '}{made} {lists}{means}."], bool(number.likely)
    if names := by_makers(brief, (item for item in brief.everything if item.listed_on)):
        yield [f"{'Together that' if listed and number else 'That'} is {names}."], bool(counts.items.listed.likely)
    based = {kind: of.only_based for kind in KIND_NOUNS if (of := by_kind.get(kind)) is not None and of.only_based}
    if based:
        number = sum(based.values(), Count())
        said = strong_joined([f"{one} of {noun(kind, by_kind[kind].total)}" for kind, one in based.items()])
        made = number.fitting("is made by another maker", "are made by other makers")
        names = by_makers(brief, (item for item in brief.everything if item.based and not item.listed_on))
        yield [*said, f" {made}, based in China (our reading): {names}."], bool(number.likely)


# -- by maker


def by_makers(brief: Brief, items: Iterable[PlanItem]) -> str:
    """ "7 to 9 by Hikvision, 4 by Dahua and 3 by 2 other makers", those of whom most are first."""
    every = tuple(items)
    makers, names = brief.counts_of(every).items.makers, {item.manufacturer: brief.maker(item) for item in every}
    named = makers if len(makers) <= MAKERS_SAID + 1 else makers[:MAKERS_SAID]
    said = [f"{one.number} by {names[one.maker]}" for one in named]
    if rest := makers[len(named) :]:
        said.append(f"{sum((one.number for one in rest), Count())} by {len(rest):,} other makers")
    return joined(said)


def _makers(brief: Brief, cameras: Sequence[PlanItem]) -> Iterator[Block]:
    bars = shortened(_bars(brief, cameras), MAKERS, "other makers", NOT_KNOWN)
    note = " ".join(_maker_notes(brief, cameras))
    yield twin("Made by", "Cameras", bars, note=note, whole=False, spacing="close")


def _bars(brief: Brief, cameras: Sequence[PlanItem]) -> list[Bar]:
    """Makers with most cameras first, "Not known" last: there the grade does not name a maker."""
    of, names = brief.counts.cameras, {item.manufacturer: brief.maker(item) or NOT_KNOWN for item in cameras}
    bars = [Bar(names[one.maker], (one.confirmed, one.almost_certain, one.likely, 0)) for one in of.makers]
    bars.sort(key=lambda bar: (-bar.total, bar.name))
    return [*bars, *([Bar(NOT_KNOWN, (0, 0, 0, of.not_known))] if of.not_known else [])]


def _maker_notes(brief: Brief, cameras: Sequence[PlanItem]) -> Iterator[str]:
    listed = [item for item in cameras if item.listed_on]
    if listed:
        names = sorted({brief.maker(item) or "" for item in listed if item.manufacturer})
        grades = Counter(item.grade for item in listed)
        sure = [f"{grades[grade]:,} {STEPS[step].lower()}" for grade, step in _STEP_OF.items() if step < 2 and grades[grade]]
        likely = f"{grades['likely']:,} {'more ' if sure else ''}{fitting(grades['likely'])} likely" if grades["likely"] else ""
        parts = [part for part in (joined(sure), likely) if part]
        if names and parts:
            yield f"On the lists in use: {joined(names)}, {'; '.join(parts)}."
    based = [item for item in cameras if item.based]
    if based:
        names = sorted({brief.maker(item) or "" for item in based if item.manufacturer})
        of = f": {joined(names)}" if names else ""
        number = brief.counts.cameras.only_based.of("camera")
        yield f"Based in China (our reading), on no list in use{of}, {number}."
    unsure = Counter(item.grade for item in cameras)
    unnamed = []
    if unsure["possible"]:
        unnamed.append(f"{unsure['possible']:,} with weak signs only")
    if unsure["conflicting"]:
        unnamed.append(f"{unsure['conflicting']:,} whose signs disagree")
    if unnamed:
        yield f"“Not known” includes {joined(unnamed)}."
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
