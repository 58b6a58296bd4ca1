"""The replacement plan: two pages that are signed, and the appendices for those who carry it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal

from camcensus.model.asset import Body, sources_said
from camcensus.model.blocks import Block, Heading, OnePage, Prose, ReportDocument
from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Plan, VersionInfo
from camcensus.model.scan import ScanRecord
from camcensus.planning.rows import PlannedRow
from camcensus.report.plan.brief import Brief
from camcensus.report.plan.costs import costs
from camcensus.report.plan.found import found
from camcensus.report.plan.front import first_page
from camcensus.report.plan.items import items
from camcensus.report.plan.pictures import PlanFloor, pictures
from camcensus.report.plan.reasons import second_page
from camcensus.report.plan.work import removing, work
from camcensus.report.sheet import Occasion

PlanPart = Literal["all", "decision", "appendices", "pictures"]
"""The decision paper is two pages that are signed; the appendices are for those who carry it out; pictures go with both."""

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
    part: PlanPart = "all",
    scope: str = "",
    scope_says: str = "",
    floors: Sequence[PlanFloor] = (),
) -> ReportDocument:
    """The plan on paper.

    `issued` is the version that this is, where an old one is printed: it is printed without what was found, which is in
    the paper of that day. `versions` are all that were made, newest first. `left_out` says what this edition leaves out.
    `part` is what is drawn of it. `scope` and `scope_says` are those of `Occasion`: then `plan` and `rows` are of that alone.
    `floors` are for the part that is pictures.
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
        scope=scope,
    )
    blocks: list[Block] = []
    signed: tuple[OnePage, ...] = ()
    if part in ("all", "decision"):
        signed = first_page(brief), second_page(brief)
        blocks += signed
    if part in ("all", "appendices"):
        blocks += appendices(brief, signed)
    if part == "pictures":
        blocks += pictures(brief, floors)
    signs = part in ("all", "decision") and audience == "internal"
    occasion = Occasion(
        body=body,
        as_at=brief.as_at,
        knowledge_version=knowledge.version.partition("+")[0],
        simulation=simulation,
        scope=scope,
        scope_says=scope_says,
    )
    return occasion.document(
        _TITLES[part],
        blocks,
        handling=f"For internal use: named staff, {body.kind.deciders} and those who sign" if signs else _HANDLING[audience],
        foot=_foot(brief),
        more=f", {_footed(brief.version)}",
    )


_TITLES: dict[PlanPart, str] = {
    "all": "Replacement plan",
    "decision": "Replacement plan, decision paper",
    "appendices": "Replacement plan, appendices",
    "pictures": "Replacement plan in pictures",
}


def appendices(brief: Brief, signed: Sequence[OnePage]) -> Iterator[Block]:
    """For those who carry the plan out: costs, items by site, what the work needs, what is on record, how we looked.

    They are behind the two `signed` pages of the decision paper, or alone.
    """
    plan, alone = brief.plan, not signed
    if not (brief.everything or plan.lines or plan.changes or brief.versions or alone):
        return
    if alone:
        yield Heading("Replacement plan: appendices", 1)
        yield Prose(brief.version, "subtitle", after=14)
    yield Heading("Costs in detail", 2, new_page=not alone)
    if not alone:
        yield Prose("For those who carry the plan out, and where the decision paper names a page.")
    yield from costs(brief)
    yield from items(brief)
    yield from work(brief, signed)
    if brief.issued is None:
        yield from found(brief)
    yield from removing(brief)


def _footed(version: str) -> str:
    """ "version 3 (draft)", "version 2"."""
    number, _, state = version.partition(", ")
    return number.lower() + (" (draft)" if state == "draft" else "")


def _foot(brief: Brief) -> str:
    ways = sources_said((asset.known_by for asset in brief.here), searched=brief.searched)
    return f"Made from {ways}" if ways else ""
