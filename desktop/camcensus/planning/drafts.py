"""One row of the register with what was decided of it, before it has a batch: option, year and priority as proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from camcensus.model import frozen
from camcensus.model.asset import Asset, DecisionWhat
from camcensus.model.device import URGENT
from camcensus.model.plan import Option, Priority
from camcensus.model.words import date_words, dated, is_over
from camcensus.planning.rows import Light, PlannedRow
from camcensus.planning.years import first_year

OPTIONS: dict[DecisionWhat, Option] = {
    "keep": "keep",
    "keep-review": "keep",
    "separate": "separate",
    "replace": "replace",
    "remove": "remove",
}


@frozen
class RowDraft:
    """`what` is the option by decision, None where nothing is decided; `decided_year` as it was decided, `first` its year.

    `based` is True where no list in use names the maker and the plan counts that it is based in China.
    """

    row: PlannedRow
    asset: Asset
    light: Light
    what: Option | None
    decided_year: str | None
    first: int | None
    listed: bool
    based: bool
    core: bool
    reachable: bool
    urgent: bool
    unsupported: bool
    recorded: tuple[str, ...]
    """The recorded dates, in words: "under warranty until 2028, as recorded"."""
    priority: Priority
    with_recorder: bool

    @property
    def exposed(self) -> bool:
        """Whether it is in a sensitive place, on a core network, or reachable from the internet."""
        return self.core or self.reachable or self.asset.sensitive


def drafts(present: Sequence[PlannedRow], start: int, today: date) -> list[RowDraft]:
    """A draft for each row, in their order. `start` is the calendar year in which the plan's first year begins."""
    replaced = {
        name
        for row in present
        if row.asset.kind == "recorder" and row.asset.decision and row.asset.decision.what == "replace"
        for name in (row.asset.id, row.asset.ref)
    }
    made = []
    for row in present:
        asset, light = row.asset, row.light
        decision = asset.decision
        what = OPTIONS[decision.what] if decision else None
        acting = what is not None and what != "keep"
        named = first_year(decision.year) if decision and acting else None
        listed = bool(row.listed_on)
        based = row.based and not listed
        core, reachable = asset.core_network == "yes", asset.internet_reachable == "yes"
        urgent = any(kind in URGENT for kind in light.care)
        unsupported = "support-ended" in light.care
        offset = None if named is None else max(named, start) - start
        made.append(
            RowDraft(
                row=row,
                asset=asset,
                light=light,
                what=what,
                decided_year=decision.year if decision and acting else None,
                first=None if named is None else max(named, start),
                listed=listed,
                based=based,
                core=core,
                reachable=reachable,
                urgent=urgent,
                unsupported=unsupported,
                recorded=tuple(_recorded(asset, today.isoformat())),
                priority=priority(asset.sensitive or core or reachable, listed or based or unsupported, offset, urgent=urgent),
                with_recorder=what == "replace" and asset.kind == "camera" and asset.connected_to in replaced,
            )
        )
    return made


def _recorded(asset: Asset, today: str) -> Iterator[str]:
    support, warranty = asset.support_until, asset.warranty_until
    if support and not is_over(support, today):
        yield f"support ends {dated(support)}, as recorded"
    if asset.replace_by:
        yield f"to be replaced by {date_words(asset.replace_by)}, as recorded"
    if warranty:
        over = is_over(warranty, today)
        yield f"{'warranty ended' if over else 'under warranty until'} {date_words(warranty)}, as recorded"


def priority(exposed: bool, poor: bool, offset: int | None, *, urgent: bool = False) -> Priority:
    """1 to 4 from place and network, what it is, and the decided year, `offset` years from the first (None: no year).

    A poor one is made by a listed maker (or one based in China, where the plan counts that), or its maker's support has ended.
    1: urgent (attackers use a flaw in it, or it was never set up), poor and exposed (in a sensitive place, on a core
    network, or reachable from the internet), or one of the two and due in the first year. 2: poor, exposed, or due in the
    first year or the next. 3: due later. 4: none.
    """
    if urgent or (exposed and poor):
        return 1
    if (exposed or poor) and offset == 0:
        return 1
    if exposed or poor or (offset is not None and offset <= 1):
        return 2
    return 4 if offset is None else 3
