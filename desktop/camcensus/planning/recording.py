"""What records on recorders that go, year by year: nowhere to record, and what a new recorder has to work with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from camcensus.model.device import DeviceKind
from camcensus.model.plan import REPLACING, Batch, PlanItem

RECORDED: tuple[DeviceKind, ...] = ("camera", "encoder", "unknown")
RECORDS: tuple[DeviceKind, ...] = (*RECORDED, "recorder")
"""What is recorded, or records."""
_LAST = "9999"


def when(item: PlanItem | Batch) -> str:
    """The year of its work, to be compared; behind all others where it has none yet."""
    return item.year or _LAST


def left_recording(
    removed: Iterable[PlanItem], work: Iterable[PlanItem], staying: Iterable[PlanItem], connected: Mapping[str, str]
) -> list[PlanItem]:
    """What records on recorders that are `removed`, and is not itself removed by then: what is `staying`, and `work`.

    `connected` has the recorder on which each records, both by asset id.
    """
    gone = {item.asset: when(item) for item in removed if item.kind == "recorder" and item.option == "remove"}
    if not gone:
        return []
    left = [*staying, *(item for item in work if item.option != "remove" or when(item) > gone.get(_to(item, connected), _LAST))]
    return [item for item in left if item.kind in RECORDS and _to(item, connected) in gone]


def on_new_recorders(
    recorders: Sequence[PlanItem], work: Iterable[PlanItem], staying: Iterable[PlanItem], connected: Mapping[str, str]
) -> tuple[list[PlanItem], list[PlanItem]]:
    """What the new ones of `recorders` have to work with: what is on the old ones and stays a while; what goes before.

    Of what is replaced in the same year nothing is said: it is bought with its recorder.
    """
    years = {recorder.asset: when(recorder) for recorder in recorders}
    hung = [item for item in work if _to(item, connected) in years and item.kind in RECORDED]
    stays = [item for item in staying if _to(item, connected) in years and item.kind in RECORDED]
    stays += [item for item in hung if item.option == "separate"]
    stays += [item for item in hung if item.option != "separate" and when(item) > years[_to(item, connected)]]
    buys = [item for item in hung if item.option in REPLACING]
    return stays, [item for item in buys if when(item) < years[_to(item, connected)]]


def _to(item: PlanItem, connected: Mapping[str, str]) -> str:
    return connected.get(item.asset, "")
