"""The reports there are: one table that both faces read. A new report is an entry here and what it draws.

What a person chose for a report is saved with the inventory; it is no edit, so undo passes it by.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.addresses import without_addresses_in
from camcensus.model.blocks import ReportDocument
from camcensus.model.errors import StoreError
from camcensus.model.foi import FoiRequest
from camcensus.report.plan.whole import PlanPart
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.policy import refuse_audience
from camcensus.tasks.progress import collector_paused
from camcensus.tasks.reports import (
    annexes,
    evidence,
    foi,
    it_notice,
    kit,
    labels,
    maker_records,
    plan,
    plan_table,
    register,
    sheets,
    summary,
)
from camcensus.tasks.reports.editions import Audience, Edition, Kept
from camcensus.tasks.reports.making import FORMAT_WORDS, Choices, Format, Making, made_words, why_not_as, write_report
from camcensus.tasks.reports.scope import ReportScope

__all__ = [
    "AUDIENCE_WORDS",
    "KINDS",
    "FORMAT_WORDS",
    "PART_WORDS",
    "PlanPart",
    "Choices",
    "Format",
    "Making",
    "ReportKind",
    "choices_kept",
    "save_choices",
    "kind_called",
    "kind_kept",
    "made_words",
]

Option = Literal["place", "request", "version", "part", "scope"]
"""What may be said beside the audience: a place with a floor plan, the request answered, a row, an old version, which part of
the plan is drawn, which part of the register it is about."""

PART_WORDS: Mapping[PlanPart, str] = {
    "all": "Decision paper and appendices",
    "decision": "Decision paper only",
    "appendices": "Appendices only",
    "pictures": "The plan in pictures",
}

AUDIENCE_WORDS: Mapping[Audience, str] = {"internal": "Us only", "supplier": "A supplier", "public": "The public"}


@frozen(kw_only=True)
class ReportKind:
    """A report. `for_whom` is a sentence; `left_out` says of each audience what is not in its edition.

    The first audience is the usual one. `says` gives what it says; `table`, where there is one, is for a spreadsheet, of the
    same edition; or for release, whoever reads the paper beside it.
    """

    name: str
    title: str
    for_whom: str
    left_out: Mapping[Audience, str]
    says: Callable[[Making], ReportDocument]
    table: Callable[[Making], tuple[bytes, int]] | None = None
    is_table_for_release: bool = False
    leaves_out_addresses: bool = False
    """Others read its internal edition too: what people typed is printed without network addresses in it."""
    formats: tuple[Format, ...] = ("pdf", "html")
    """What it can be written as. The ending of the file's name says which."""
    options: tuple[Option, ...] = ("scope",)
    missing: Callable[[Inventory], str] = lambda _: ""
    """A sentence that says what is missing where it cannot be made yet; "" where it can."""

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Who it has an edition for."""
        return tuple(self.left_out)

    def write(self, this: Making) -> Written:
        """Writes the file as its name asks for. Raises PolicyError where the IT team's policy lets nothing be made for its
        readers, StoreError where it has no such format.
        """
        refuse_audience(this.choices.audience)
        if no := why_not_as(this.path, self.formats):
            raise StoreError(no)
        return write_report(this, self.says if this.edition.internal and not self.leaves_out_addresses else self._for_others)

    def _for_others(self, this: Making) -> ReportDocument:
        return without_addresses_in(self.says(this))

    @property
    def csv(self) -> Callable[[Making], Written] | None:
        """Writes the table, as `write`; its pages are its rows. None where there is none."""
        table = self.table
        if table is None:
            return None

        def write(this: Making) -> Written:
            refuse_audience("public" if self.is_table_for_release else this.choices.audience)
            with collector_paused():
                return write_through(this.path, lambda: table(this))

        return write


def _no_row(inventory: Inventory) -> str:
    return "" if inventory.assets() else kit.NO_ROW


def _no_plan(inventory: Inventory) -> str:
    drawn = any(place.picture for place in inventory.places())
    return "" if drawn else "No place has a plan yet. Add a picture of a floor in Places."


NOTHING_LEFT_OUT = "Nothing is left out."


def _editions(holds: Iterable[Kept]) -> Mapping[Audience, str]:
    """What each edition leaves out of a report that could hold such facts."""
    every, kinds = get_args(Audience), tuple(holds)
    return {audience: Edition(audience).left_out(kinds) or NOTHING_LEFT_OUT for audience in every}


TO_EDIT: tuple[Format, ...] = ("pdf", "html", "docx")

ONE_EDITION: Mapping[Audience, str] = {"internal": "For working with: it shows where cameras are, so it has one edition."}

KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        name="plan",
        title="Replacement plan",
        for_whom="To be signed: what, when, why and for how much.",
        left_out=_editions(plan.HOLDS),
        says=plan.plan,
        table=plan_table.plan_table,
        options=("version", "part", "scope"),
        formats=TO_EDIT,
    ),
    ReportKind(
        name="register",
        title="Asset register",
        for_whom="Every row by building, to be checked and signed.",
        left_out=_editions(register.HOLDS),
        says=register.register,
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
        says=foi.foi,
        table=foi.foi_table,
        is_table_for_release=True,
        options=("request", "scope"),
        formats=TO_EDIT,
    ),
    ReportKind(
        name="evidence",
        title="Evidence",
        for_whom="Why we say who made each one, with sources.",
        left_out=_editions(evidence.HOLDS),
        says=evidence.evidence,
    ),
    ReportKind(
        name="makers",
        title="Makers",
        for_whom="What is on record about each maker, a sheet each.",
        left_out=_editions(maker_records.HOLDS),
        says=maker_records.makers,
    ),
    ReportKind(
        name="summary",
        title="One-page summary",
        for_whom="For those who decide: counts, and what is next.",
        left_out={
            "internal": "It holds counts only, by building too: no network details, no names.",
            "supplier": "It holds counts only, by building too: no network details, no names.",
            "public": "It holds counts only: no locations, no network details, no names.",
        },
        says=summary.summary,
    ),
    ReportKind(
        name="walkround",
        title="Walk-round sheet",
        for_whom="Rows to tick and to fill in by hand, place by place.",
        left_out=ONE_EDITION,
        says=sheets.walkround,
    ),
    ReportKind(
        name="questions",
        title="Questions for the installer",
        for_whom="What nobody here can tell, with room for the answers.",
        left_out={"internal": "For the installer: network details and staff names are left out."},
        leaves_out_addresses=True,
        says=sheets.questions,
        formats=TO_EDIT,
    ),
    ReportKind(
        name="code",
        title="Surveillance Camera Code",
        for_whom="Its twelve principles, filled in as far as we know.",
        left_out=ONE_EDITION,
        says=annexes.code,
        formats=TO_EDIT,
    ),
    ReportKind(
        name="dpia",
        title="CCTV checklist (DPIA)",
        for_whom="The ICO’s checklist, filled in as far as we know.",
        left_out=ONE_EDITION,
        says=annexes.dpia,
        formats=TO_EDIT,
    ),
    ReportKind(
        name="floor",
        title="Floor plan with pins",
        for_whom="One floor, its pins, and a table of them.",
        left_out=ONE_EDITION,
        says=sheets.floor,
        options=("place",),
        missing=_no_plan,
    ),
    ReportKind(
        name="labels",
        title="Label sheet",
        for_whom="A label with a QR code for each device, and where it goes.",
        left_out={"internal": "The labels hold no location and no network details. The list before them does."},
        says=labels.labels,
        formats=("pdf",),
        missing=_no_row,
    ),
    ReportKind(
        name="it-notice",
        title="IT notice",
        for_whom="For your IT team: what a search sends, from where, and what it never does.",
        left_out={"internal": "For your IT team: it names this computer and addresses, so it has one edition."},
        says=it_notice.it_notice,
        options=(),
        formats=TO_EDIT,
    ),
)
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
        audience, place, part = kept.get("audience"), kept.get("place"), kept.get("part")
    except (ValueError, AttributeError):
        audience = place = part = None
    plans = {one.id for one in inventory.places() if one.picture} if "place" in kind.options else set()
    return Choices(
        audience=next((one for one in kind.audiences if one == audience), kind.audiences[0]),
        place=place if place in plans else next(iter(sorted(plans)), None),
        request=foi.foi_request(inventory) if "request" in kind.options else FoiRequest(),
        part=part if "part" in kind.options and part in PART_WORDS else "all",
    )


def save_choices(inventory: Inventory, kind: ReportKind, choices: Choices) -> None:
    """Keep what was chosen for it, and that it was looked at last; its scope is said anew each time. Raises StoreError."""
    if inventory.setting(_LAST) != kind.name:
        inventory.save_draft(_LAST, kind.name)
    if "request" in kind.options and foi.foi_request(inventory) != choices.request:
        foi.save_request(inventory, choices.request)
    plain = {"audience": choices.audience} | ({"place": choices.place} if choices.place else {})
    plain |= {"part": choices.part} if choices.part != "all" and "part" in kind.options else {}
    lasting = replace(choices, request=foi.foi_request(inventory), version=None, scope=ReportScope())
    if choices_kept(inventory, kind) != lasting:
        inventory.save_draft(_key(kind), json.dumps(plain))


_LAST = "report.last"


def _key(kind: ReportKind) -> str:
    return f"report.choices.{kind.name}"
