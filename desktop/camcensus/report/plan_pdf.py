"""The replacement plan as a tagged PDF on A4: the page that is signed, and all that is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from camcensus.model.asset import Body
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Plan, VersionInfo
from camcensus.model.scan import ScanRecord
from camcensus.model.words import clean, count, short_date
from camcensus.planning.rows import PlannedRow
from camcensus.report.fonts import Fonts
from camcensus.report.paper import Paper
from camcensus.report.plan_brief import SIMULATION, Brief
from camcensus.report.plan_found import found
from camcensus.report.plan_front import front
from camcensus.report.plan_items import items, the_rest
from camcensus.report.plan_options import options
from camcensus.report.plan_work import work
from camcensus.report.pulse import Progress
from camcensus.report.text import Typesetter

SIGNATURE_POINTS = (32.0, 28.0, 24.0, 21.0, 18.0)
"""Heights tried for a signature's row until the decision page fits one page."""

_HANDLING = {
    "internal": "For internal use: named staff only",
    "supplier": "For a supplier: no network details, no staff names",
    "public": "For the public: no locations, no network details, no names",
}


def draw_plan(
    plan: Plan,
    *,
    body: Body,
    knowledge: Knowledge,
    scans: Sequence[ScanRecord],
    rows: Sequence[PlannedRow],
    enabled_lists: Iterable[str],
    as_at: datetime,
    fonts: Path,
    audience: str = "internal",
    simulation: bool = False,
    progress: Progress | None = None,
    issued: VersionInfo | None = None,
    versions: Sequence[VersionInfo] = (),
    left_out: str = "",
) -> tuple[bytes, int]:
    """The plan as the bytes of a PDF, and its number of pages. The same plan gives the same bytes.

    `issued` is the version that this is, where an old one is printed: it is printed without what was found, which is in
    the paper of that day. `versions` are all that were made, newest first. `left_out` says what this edition leaves out.
    """
    brief = Brief(
        plan=plan,
        body=body,
        knowledge=knowledge,
        scans=scans,
        rows=rows,
        enabled_lists=frozenset(enabled_lists),
        as_at=as_at if as_at.tzinfo else as_at.replace(tzinfo=UTC),
        audience=audience,
        simulation=simulation,
        issued=issued,
        versions=tuple(versions),
        left_out=left_out,
        many_buildings=len({row.asset.place_path[:2] for row in rows if row.asset.place_path}) > 1,
    )
    name = clean(body.name, 80) or "Organisation not named"
    paper = Paper(
        title=f"Replacement plan, {name}",
        kind=f"Replacement plan, {_footed(brief.version)}",
        organisation=name,
        handling=SIMULATION if simulation else _HANDLING.get(audience, _HANDLING["internal"]),
        foot=_foot(brief),
        made_at=brief.as_at,
    )
    typesetter = Typesetter(Fonts(fonts))
    for lowest in SIGNATURE_POINTS:
        decision = [*front(brief, lowest)]
        if paper.fits(decision, typesetter):
            break
    seen = found(brief) if issued is None else ()
    blocks = [*decision, *seen, *options(brief), *items(brief), *the_rest(brief), *work(brief)]
    return paper.build(blocks, typesetter, progress)


def _footed(version: str) -> str:
    """ "version 3 (draft)", "version 2"."""
    number, _, state = version.partition(", ")
    return number.lower() + (" (draft)" if state == "draft" else "")


def _foot(brief: Brief) -> tuple[str, str]:
    digits = "".join(character for character in brief.body.id if character.isalnum()).upper()
    record = f" · record {digits[:4]}-{digits[4:8]}" if len(digits) >= 8 else ""
    zone = " UTC" if not brief.as_at.utcoffset() else ""
    when = f"As at {short_date(brief.as_at.date().isoformat())} {brief.as_at:%H:%M}{zone}"
    ways = (["search"] if brief.scans else []) + (["entries by hand"] if any(row.verdict is None for row in brief.rows) else [])
    made = f"Made by {' and '.join(ways)} · " if ways else ""
    unknown = len(brief.plan.unidentified)
    return (
        f"{when} · list version {clean(brief.knowledge.version, 40)}{record}",
        f"{made}{count(unknown, 'item')} not identified",
    )
