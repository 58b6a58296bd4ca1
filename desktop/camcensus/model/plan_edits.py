"""What staff changed of the proposed plan, as it is saved: facts. What follows from it is worked out again each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from camcensus.model import frozen
from camcensus.model.asset import DecisionWhat
from camcensus.model.device import DeviceKind
from camcensus.model.plan import Need, NeedKind, OwnLine, Priority, Status


@frozen(kw_only=True)
class BatchEdit:
    """A batch that staff touched: None is "as proposed". `what` and `year` are the decision its rows had in common then.

    `undated` is staff's "no year"; `with_recorder` tells replacing cameras only (False) from their recorder too (True).
    """

    id: str
    kind: DeviceKind
    place_path: tuple[str, ...] = ()
    what: DecisionWhat | None = None
    year: str | None = None
    undated: bool = False
    with_recorder: bool | None = None
    name: str | None = None
    priority: Priority | None = None
    reason: str | None = None
    quantity: int | None = None
    unit: int | None = None
    fitting: int | None = None
    other: int | None = None
    out: bool = False
    target_date: str | None = None
    disposal: str | None = None
    wiped_on: str | None = None
    wipe_certificate: str | None = None
    weee_note: str | None = None
    status: Status | None = None
    note: str | None = None


@frozen(kw_only=True)
class PlanEdits:
    """All that is saved of a plan. `rows` is asset id -> the batch it was put in; `needs` is batch id -> kind -> answer."""

    batches: Mapping[str, BatchEdit] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, Mapping[NeedKind, Need]] = field(default_factory=dict)
    lines: tuple[OwnLine, ...] = ()
