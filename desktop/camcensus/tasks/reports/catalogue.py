"""The reports there are: one table that both faces read. A new report is an entry here and what it draws.

What a person chose for a report is kept with the inventory; it is no edit, so undo passes it by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from camcensus.model.errors import StoreError
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written
from camcensus.tasks.finding.judging import collector_paused
from camcensus.tasks.policy import refuse_audience
from camcensus.tasks.reports import camera as camera_report
from camcensus.tasks.reports import evidence as evidence_report
from camcensus.tasks.reports import foi, it_notice, plan_table, sheets
from camcensus.tasks.reports import plan as paper
from camcensus.tasks.reports import register as register_report
from camcensus.tasks.reports import summary as summary_report
from camcensus.tasks.reports.editions import Audience, Edition, Kept

if TYPE_CHECKING:
    from camcensus.report.pulse import Progress

Option = Literal["place", "request", "ref", "version"]
"""What may be said beside the audience: a place with a floor plan, the request that is answered, a row, an old version."""

AUDIENCE_WORDS: Mapping[Audience, str] = {"internal": "Us only", "supplier": "A supplier", "public": "The public"}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for one report. `place` is a place's id, `ref` what people call a row.

    `version` is a version of the plan that was made, None for the plan as it is now; it is said anew each time.
    """

    audience: Audience = "internal"
    place: str | None = None
    request: FoiRequest = field(default_factory=FoiRequest)
    ref: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """A report to be made: of which inventory, by which knowledge, with which choices, into which file.

    `progress` is called with what is done and of how much; what it raises ends the drawing.
    """

    inventory: Inventory
    knowledge: Knowledge
    path: Path
    data_dir: Path
    now: datetime
    choices: Choices = field(default_factory=Choices)
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """A report. `for_whom` is a sentence; `left_out` says of each audience what is not in its edition.

    The first audience is the usual one.
    `write` writes the PDF; `csv`, where there is one, a table for a spreadsheet, of the same edition; or for release, whoever
    reads the paper beside it.
    """

    name: str
    title: str
    for_whom: str
    left_out: Mapping[Audience, str]
    write: Callable[[Making], Written]
    csv: Callable[[Making], Written] | None = None
    is_table_for_release: bool = False
    options: tuple[Option, ...] = ()
    missing: Callable[[Inventory], str] = lambda _: ""
    """A sentence that says what is missing where it cannot be made yet; "" where it can."""

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Who it has an edition for."""
        return tuple(self.left_out)


def _plan(this: Making) -> Written:
    return paper.write_report(
        this.inventory,
        this.knowledge,
        "plan",
        this.path,
        audience=this.choices.audience,
        data_dir=this.data_dir,
        now=this.now,
        progress=this.progress,
        version=this.choices.version,
    )


def _plan_csv(this: Making) -> Written:
    return plan_table.write_plan_csv(
        this.inventory, this.knowledge, this.path, audience=this.choices.audience, now=this.now, version=this.choices.version
    )


def _register(this: Making) -> Written:
    return register_report.write_register(
        this.inventory, this.knowledge, this.path, audience=this.choices.audience, data_dir=this.data_dir, now=this.now,
        progress=this.progress,
    )  # fmt: skip


def _evidence(this: Making) -> Written:
    return evidence_report.write_evidence(
        this.inventory, this.knowledge, this.path, audience=this.choices.audience, data_dir=this.data_dir, now=this.now,
        progress=this.progress,
    )  # fmt: skip


def _walkround(this: Making) -> Written:
    return sheets.write_walkround(
        this.inventory, this.knowledge, this.path, data_dir=this.data_dir, now=this.now, progress=this.progress
    )


def _questions(this: Making) -> Written:
    return sheets.write_questions(this.inventory, this.knowledge, this.path, data_dir=this.data_dir, now=this.now)


def _floor(this: Making) -> Written:
    if this.choices.place is None:
        raise StoreError("No place has a plan yet; add a picture of a floor in Places first.")
    return sheets.write_floor(
        this.inventory, this.knowledge, this.path, place=this.choices.place, data_dir=this.data_dir, now=this.now
    )


def _summary(this: Making) -> Written:
    return summary_report.write_summary(
        this.inventory, this.knowledge, this.path, audience=this.choices.audience, data_dir=this.data_dir, now=this.now
    )


def _it_notice(this: Making) -> Written:
    return it_notice.write_it_notice(this.inventory, this.knowledge, this.path, data_dir=this.data_dir, now=this.now)


def _camera(this: Making) -> Written:
    if this.choices.ref is None:
        raise StoreError(_NO_ROW)
    return camera_report.write_camera(
        this.inventory, this.knowledge, this.path, ref=this.choices.ref, audience=this.choices.audience,
        data_dir=this.data_dir, now=this.now,
    )  # fmt: skip


def _labels(this: Making) -> Written:
    return camera_report.write_labels(
        this.inventory, this.knowledge, this.path, data_dir=this.data_dir, now=this.now, progress=this.progress
    )


def _foi(this: Making) -> Written:
    return foi.write_foi(
        this.inventory, this.knowledge, this.path, request=this.choices.request, audience=this.choices.audience,
        data_dir=this.data_dir, now=this.now, progress=this.progress,
    )  # fmt: skip


def _foi_csv(this: Making) -> Written:
    return foi.write_foi_csv(this.inventory, this.knowledge, this.path, now=this.now)


_NO_ROW = "No camera is in the record yet. Find cameras, walk round, or import a list first."


def _no_row(inventory: Inventory) -> str:
    return "" if inventory.assets() else _NO_ROW


def _no_plan(inventory: Inventory) -> str:
    drawn = any(place.picture for place in inventory.places())
    return "" if drawn else "No place has a plan yet. Add a picture of a floor in Places."


NOTHING_LEFT_OUT = "Nothing is left out."


def _editions(holds: Iterable[Kept]) -> Mapping[Audience, str]:
    """What each edition leaves out of a report that could hold such facts."""
    every, kinds = get_args(Audience), tuple(holds)
    return {audience: Edition(audience).left_out(kinds) or NOTHING_LEFT_OUT for audience in every}


ONE_EDITION: Mapping[Audience, str] = {"internal": "For working with: it shows where cameras are, so it has one edition."}

_KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        name="plan",
        title="Replacement plan",
        for_whom="To be signed: what, when, why and for how much.",
        left_out=_editions(paper.HOLDS),
        write=_plan,
        csv=_plan_csv,
        options=("version",),
    ),
    ReportKind(
        name="register",
        title="Asset register",
        for_whom="Every row by building, to be checked and signed.",
        left_out=_editions(register_report.HOLDS),
        write=_register,
    ),
    ReportKind(
        name="foi",
        title="FOI answers",
        for_whom="Draft answers for your FOI lead, and tables for release.",
        left_out={
            "internal": "The cover and the drafts are for your FOI lead, not for release.",
            "public": "Only answers and tables. Locations, network details, serial numbers, firms, staff names, notes and "
            "advice are left out, and so is each answer for which an exemption is to be considered.",
        },
        write=_foi,
        csv=_foi_csv,
        is_table_for_release=True,
        options=("request",),
    ),
    ReportKind(
        name="evidence",
        title="Evidence",
        for_whom="Why we say who made each one, with sources.",
        left_out=_editions(evidence_report.HOLDS),
        write=_evidence,
    ),
    ReportKind(
        name="summary",
        title="Summary for governors",
        for_whom="One page of counts, with charts and what is next.",
        left_out={
            "internal": "It holds counts only, by building too: no network details, no names.",
            "supplier": "It holds counts only, by building too: no network details, no names.",
            "public": "It holds counts only: no locations, no network details, no names.",
        },
        write=_summary,
    ),
    ReportKind(
        name="camera",
        title="One-camera sheet",
        for_whom="All that is recorded about one device, with its photos.",
        left_out=_editions(camera_report.HOLDS),
        write=_camera,
        options=("ref",),
        missing=_no_row,
    ),
    ReportKind(
        name="walkround",
        title="Walk-round sheet",
        for_whom="Rows to tick and to fill in by hand, place by place.",
        left_out=ONE_EDITION,
        write=_walkround,
    ),
    ReportKind(
        name="questions",
        title="Questions for the installer",
        for_whom="What nobody here can tell, with room for the answers.",
        left_out={"internal": "For the installer: network details and staff names are left out."},
        write=_questions,
    ),
    ReportKind(
        name="floor",
        title="Floor plan with pins",
        for_whom="One floor, its pins, and a table of them.",
        left_out=ONE_EDITION,
        write=_floor,
        options=("place",),
        missing=_no_plan,
    ),
    ReportKind(
        name="labels",
        title="Label sheet",
        for_whom="A label with a QR code for each device, and where it goes.",
        left_out={"internal": "The labels hold no location and no network details. The list before them does."},
        write=_labels,
        missing=_no_row,
    ),
    ReportKind(
        name="it-notice",
        title="IT notice",
        for_whom="For your IT team: what a search sends, from where, and what it never does.",
        left_out={"internal": "For your IT team: it names this computer and addresses, so it has one edition."},
        write=_it_notice,
    ),
)


def _as_allowed(kind: ReportKind) -> ReportKind:
    """The report, refused (PolicyError) for readers for whom the IT team's policy lets nothing be made.

    Drawn without a search for cyclic garbage, which would hold up every other thread for as long as it goes through all rows.
    """

    def guarded(draw: Callable[[Making], Written]) -> Callable[[Making], Written]:
        def make(this: Making) -> Written:
            refuse_audience(this.choices.audience)
            with collector_paused():
                return draw(this)

        return make

    def table(this: Making) -> Written:
        assert kind.csv is not None
        refuse_audience("public" if kind.is_table_for_release else this.choices.audience)
        with collector_paused():
            return kind.csv(this)

    return replace(kind, write=guarded(kind.write), csv=table if kind.csv is not None else None)


KINDS: tuple[ReportKind, ...] = tuple(map(_as_allowed, _KINDS))
"""In the order in which people see them."""


def kind_called(name: str) -> ReportKind:
    """The report of that name. Raises KeyError where there is none."""
    return {kind.name: kind for kind in KINDS}[name]


def kind_kept(inventory: Inventory) -> ReportKind:
    """The report that was looked at last, the first of all before that."""
    name = inventory.setting(_LAST)
    return next((kind for kind in KINDS if kind.name == name), KINDS[0])


def choices_kept(inventory: Inventory, kind: ReportKind) -> Choices:
    """What was chosen for it last, as far as that still holds."""
    try:
        kept = json.loads(inventory.setting(_key(kind)) or "{}")
        audience, place, ref = kept.get("audience"), kept.get("place"), kept.get("ref")
    except (ValueError, AttributeError):
        audience = place = ref = None
    plans = {one.id for one in inventory.places() if one.picture} if "place" in kind.options else set()
    refs = [one.ref for one in inventory.assets()] if "ref" in kind.options else []
    return Choices(
        audience=next((one for one in kind.audiences if one == audience), kind.audiences[0]),
        place=place if place in plans else next(iter(sorted(plans)), None),
        request=foi.foi_request(inventory) if "request" in kind.options else FoiRequest(),
        ref=ref if ref in refs else next(iter(refs), None),
    )


def keep_choices(inventory: Inventory, kind: ReportKind, choices: Choices) -> None:
    """Keep what was chosen for it, and that it was looked at last. Raises StoreError."""
    if inventory.setting(_LAST) != kind.name:
        inventory.keep_draft(_LAST, kind.name)
    if "request" in kind.options and foi.foi_request(inventory) != choices.request:
        foi.keep_request(inventory, choices.request)
    plain = {"audience": choices.audience} | ({"place": choices.place} if choices.place else {})
    plain |= {"ref": choices.ref} if choices.ref and "ref" in kind.options else {}
    if choices_kept(inventory, kind) != replace(choices, request=foi.foi_request(inventory)):
        inventory.keep_draft(_key(kind), json.dumps(plain))


_LAST = "report.last"


def _key(kind: ReportKind) -> str:
    return f"report.choices.{kind.name}"
