"""How it was looked, as sentences: each search, and what no search could see. Networks by name for our own staff only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.blocks import Cell, Column, Fact, Row, TableBlock
from camcensus.model.scan import ScanRecord
from camcensus.model.ways import way_words
from camcensus.model.words import clean, count, local_time, long_date

_HINDERED = {"partial": "was only partly done", "blocked": "was blocked"}
"""A question that was not asked, because there was nobody to ask or no IPv6, hid no camera and is not printed."""
SCANS_NAMED = 30
NETWORKS_NAMED = 12
CANNOT_ANSWER = "No search finds cameras that are off, or that only their recorder can reach."
AS_FAR = "As far as we can tell"
"""Before a sentence that says who made something: evidence can be wrong."""
NOT_SEARCHED = "Nobody has searched for cameras yet, and none was entered by hand. How many there are is not known."
_ELSEWHERE = "Networks that are not counted above were not searched"


@frozen(kw_only=True)
class Looked:
    """The searches of a record as they may be told. `network` and `staff` say whether addresses and names go in."""

    scans: Sequence[ScanRecord]
    as_at: datetime
    network: bool
    staff: bool


def searches(looked: Looked) -> TableBlock | None:
    """A row for each search, newest first; None where there was none."""
    scans = sorted(looked.scans, key=lambda scan: scan.started_at, reverse=True)
    if not scans:
        return None
    rows = [_row(looked, scan) for scan in scans[:SCANS_NAMED]]
    older = len(scans) - len(rows)
    note = f"{count(older, 'older search is', 'older searches are')} in the record and not printed here." if older else ""
    return TableBlock(
        [
            Column("When", 1.2),
            Column("Networks", 1.8),
            Column("How", 1.6),
            *([Column("Allowed by", 1.2)] if looked.staff else []),
        ],
        rows,
        note=note,
    )


def _row(looked: Looked, scan: ScanRecord) -> Row:
    start, end = local_time(scan.started_at, looked.as_at), local_time(scan.ended_at, looked.as_at)
    zone = " UTC" if not start.utcoffset() else ""
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{long_date(end.date().isoformat())} {end:%H:%M}"
    when = [Fact(long_date(start.date().isoformat())), Fact(f"{start:%H:%M} to {until}{zone}", "second")]
    networks: Cell
    if looked.network:
        names = [clean(card.network, 60) for card in scan.interfaces] + [f"Range {clean(one, 40)}" for one in scan.ranges]
        more = len(names) - NETWORKS_NAMED
        names = names[:NETWORKS_NAMED] + ([f"and {more} more"] if more > 0 else [])
        networks = [Fact(name) for name in names] or "–"
    else:
        networks = count(max(1, len(scan.interfaces)), "network")
        if scan.ranges:
            networks += f", {count(len(scan.ranges), 'range')} asked address by address"
    how = "Listened, and sent nothing" if scan.passive else f"Asked, {scan.pace} pace"
    facts = [Fact(how + (", stopped early" if scan.stopped_early else ""))]
    facts.append(Fact(f"List version {clean(scan.knowledge_version, 40)}", "second"))
    if looked.staff and scan.ran.program:
        who = " on ".join(clean(one, 60) for one in (scan.ran.by, scan.ran.computer) if one)
        facts.append(Fact(f"{clean(scan.ran.program, 40)}{f', {who}' if who else ''}", "second"))
    return Row([when, networks, facts, *([clean(scan.allowed_by or "", 80) or "–"] if looked.staff else [])])


def not_seen(looked: Looked) -> Iterator[str]:
    """What no search could see, each as one sentence."""
    said: list[str] = []
    for scan in sorted(looked.scans, key=lambda scan: scan.started_at, reverse=True)[:SCANS_NAMED]:
        said += [clean(sentence, 300) for sentence in scan.not_covered] if looked.network else [_ELSEWHERE]
        said += hindered(scan, lambda reason: clean(reason, 300) if looked.network else "")
    yield from told_once(said)
    if looked.scans:
        yield CANNOT_ANSWER


def hindered(scan: ScanRecord, said: Callable[[str], str]) -> Iterator[str]:
    """The questions of a search that were not asked everywhere; `said` tells a reason, or "" where it may not be told."""
    networks_of: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for part in scan.coverage:
        if part.state in _HINDERED:
            networks_of[(part.probe, part.state, part.reason or "")] += 1
    for (probe, state, reason), networks in sorted(networks_of.items()):
        told = said(reason)
        because = f": {told}" if told else ""
        yield f"{way_words(probe)} {_HINDERED[state]} on {count(networks, 'network')}{because}"


def told_once(said: Iterable[str]) -> Iterator[str]:
    """Each as a sentence with its full stop, the first time only."""
    for sentence in dict.fromkeys(text.strip().rstrip(".") for text in said):
        if sentence:
            yield sentence[0].upper() + sentence[1:] + "."
