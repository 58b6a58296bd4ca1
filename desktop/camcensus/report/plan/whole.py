"""The replacement plan as a tagged PDF on A4: the page that is signed, and all that is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from camcensus.model.asset import Body
from camcensus.model.blocks import OnePage, ReportDocument
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Plan, VersionInfo
from camcensus.model.prose import joined
from camcensus.model.scan import ScanRecord
from camcensus.model.words import count
from camcensus.planning.rows import PlannedRow
from camcensus.report.plan.brief import Brief
from camcensus.report.plan.found import found
from camcensus.report.plan.front import front
from camcensus.report.plan.items import items, the_rest
from camcensus.report.plan.options import options
from camcensus.report.plan.work import work
from camcensus.report.sheet import Occasion

SIGNATURE_POINTS = (32.0, 28.0, 24.0, 21.0, 18.0)
"""Heights tried for a signature's row until the decision page fits one page."""

_HANDLING = {
    "internal": "For internal use: named staff only",
    "supplier": "For a supplier: no network details, no staff names",
    "public": "For the public: no locations, no network details, no names",
}


def plan_report(
    plan: Plan,
    *,
    body: Body,
    knowledge: Knowledge,
    scans: Sequence[ScanRecord],
    rows: Sequence[PlannedRow],
    enabled_lists: Iterable[str],
    as_at: datetime,
    audience: str = "internal",
    simulation: bool = False,
    issued: VersionInfo | None = None,
    versions: Sequence[VersionInfo] = (),
    left_out: str = "",
    part: str = "",
    part_says: str = "",
) -> ReportDocument:
    """The plan on paper.

    `issued` is the version that this is, where an old one is printed: it is printed without what was found, which is in
    the paper of that day. `versions` are all that were made, newest first. `left_out` says what this edition leaves out.
    `part` and `part_says` are those of `Occasion`: then `plan` and `rows` hold the part.
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
        part=part,
        many_buildings=len({row.asset.place_path[:2] for row in rows if row.asset.place_path}) > 1,
    )
    seen = found(brief) if issued is None else ()
    decision = OnePage([[*front(brief, to_write)] for to_write in SIGNATURE_POINTS])
    occasion = Occasion(
        body=body, as_at=brief.as_at, knowledge_version=knowledge.version, simulation=simulation, part=part, part_says=part_says
    )
    return occasion.document(
        "Replacement plan",
        (decision, *seen, *options(brief), *items(brief), *the_rest(brief), *work(brief)),
        handling=_HANDLING.get(audience, _HANDLING["internal"]),
        foot=_foot(brief),
        more=f", {_footed(brief.version)}",
    )


def _footed(version: str) -> str:
    """ "version 3 (draft)", "version 2"."""
    number, _, state = version.partition(", ")
    return number.lower() + (" (draft)" if state == "draft" else "")


def _foot(brief: Brief) -> str:
    ways = (["search"] if brief.scans else []) + (["entries by hand"] if any(row.verdict is None for row in brief.rows) else [])
    made = f"Made by {joined(ways)} · " if ways else ""
    return f"{made}{count(len(brief.plan.unidentified), 'item')} not identified"
