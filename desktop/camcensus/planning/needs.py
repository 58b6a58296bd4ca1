"""What has to be settled before a batch's work, read from the record: the same topics as the questions of the whole plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.plan import REPLACING, Batch, Need, NeedKind
from camcensus.model.words import clean
from camcensus.planning.recording import when

REFS_NAMED = 6


@frozen
class Staying:
    """What stays as it is, that new equipment has to work with: recorders by asset id, and the refs of viewing programs.

    `later` are recorders that go, with the year in which they do, to be compared.
    """

    recorders: Mapping[str, str]
    programs: tuple[str, ...]
    later: Mapping[str, tuple[str, str]]


def needs_of(batch: Batch, assets: Mapping[str, Asset], staying: Staying, answers: Mapping[NeedKind, Need]) -> tuple[Need, ...]:
    """In the order in which the work meets them, with what staff answered; an answer to what is asked no more stays too."""
    asked = _asked(batch, assets, staying)
    more: dict[NeedKind, str | None] = {kind: None for kind in answers if kind not in asked}
    return tuple(
        replace(answers[kind], ref=ref) if kind in answers else Need(kind, ref) for kind, ref in (asked | more).items()
    )


def _asked(batch: Batch, assets: Mapping[str, Asset], staying: Staying) -> dict[NeedKind, str | None]:
    if not batch.acting:
        return {}
    found: dict[NeedKind, str | None] = {}
    buys = batch.option in REPLACING
    if buys and batch.kind != "recorder":
        hang = {to for one in batch.assets if (to := assets[one].connected_to) is not None}
        known = [staying.recorders[one] for one in hang if one in staying.recorders]
        known += [ref for one in hang if one in staying.later for ref, year in [staying.later[one]] if when(batch) < year]
        if known or (not hang and staying.recorders):
            found["recorder"] = _refs(known)
    if buys and staying.programs:
        found["viewing"] = _refs(staying.programs)
    if buys and batch.kind == "recorder":
        found["storage"] = None
    if buys and batch.kind != "recorder":
        found |= {"power": None, "cables": None}
    if batch.option == "separate":
        found["network"] = None
    if batch.kind == "recorder" and batch.option != "separate":
        found["footage"] = _refs(batch.refs)
    found["dpia"] = None
    if batch.kind != "recorder" and batch.option != "separate":
        found["asbestos"] = None
    if batch.option != "separate":
        found["access"] = None
    return found


def _refs(refs: Sequence[str]) -> str | None:
    names = [clean(ref, 24) for ref in sorted(refs)]
    if len(names) > REFS_NAMED:
        names = [*names[:REFS_NAMED], f"{len(names) - REFS_NAMED} more"]
    return ", ".join(names) or None
