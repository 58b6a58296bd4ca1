"""The asset register on paper: what each edition gives of each entry, and the values behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from camcensus.model.asset import (
    CAMERA_TYPE_WORDS,
    DECIDED_WORDS,
    EXPOSURE_QUESTIONS,
    INSIDE_OUTSIDE_WORDS,
    STATUS_WORDS,
    Asset,
    Decision,
)
from camcensus.model.blocks import ReportDocument
from camcensus.model.device import DOUBTS
from camcensus.model.tags import PLAIN, TagField, in_words
from camcensus.model.words import KIND_WORDS, count, lower_first
from camcensus.report.method import NOT_SEARCHED
from camcensus.report.register import PRINTED, register_report
from camcensus.report.register_values import BuildingSection, ConnectedRows, Firm, Item, Register
from camcensus.tasks.progress import begun, counted_off
from camcensus.tasks.register.care import short
from camcensus.tasks.register.verbs import LIST_WORDS, AssetRow, count_rows
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.counts import by_age, by_maker
from camcensus.tasks.reports.editions import Audience, Edition, Kept
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = (
    "place", "network", "purpose", "serial", "owner", "firms", "contracts", "dpia", "recording", "checked", "staff", "flaws",
)  # fmt: skip
"""The kinds of facts a register can hold that not everybody is given."""
HANDLING: dict[Audience, str] = {
    "internal": "For internal use: holds serial numbers and exact locations",
    "supplier": "For a supplier: no serial numbers, no network details, no names",
    "public": "For the public: no locations, no serial numbers, no names",
}
CAMERAS = ("camera", "unknown")
"""What the columns of a camera are for: something that may be one is asked about too, and counted by itself."""
_ALL = "All devices"


def register(this: Making) -> ReportDocument:
    """The register. `progress` may raise, which ends it."""
    given = kit.read(this)
    held = register_of(given)
    begun(this.progress)
    return register_report(given.occasion(), held, this.progress)


def register_of(given: kit.Read) -> Register:
    """What the register says to this audience."""
    here, edition = given.here, given.edition
    counts, cameras = given.counts, [row for row in here if row.asset.kind == "camera"]
    return Register(
        lead=NOT_SEARCHED
        if given.unsearched
        else f"{given.occasion().organisation} has {kit.in_words(counts)} in {_this_register(given)}.",
        sections=_sections(given),
        counts=counts,
        makers=by_maker(given, counts.cameras),
        by_place=edition.gives("place"),
        ages=by_age(cameras, given.now.date()),
        hubs=tuple(_hubs(given)) if edition.gives("recording") else (),
        firms=edition.only("firms", tuple(_firms(given))),
        assessments=edition.only("dpia", _assessments(here)),
        not_recorded=tuple(_not_recorded(given)) if edition.internal else (),
        left_out=edition.left_out(HOLDS),
        handling=HANDLING[edition.audience],
        methods=given.methods(),
        reading=given.reading,
    )


def _this_register(given: kit.Read) -> str:
    return "this register" if given.scope is None else "this part of its register"


def _sections(given: kit.Read) -> tuple[BuildingSection, ...]:
    """By site or building, what has no place yet behind them, what is gone last; for those who read no places all in one."""
    groups, above = kit.by_section(given.here) if given.edition.gives("place") else ({"": given.here} if given.here else {}, 0)
    for status, heading in (("spare", STATUS_WORDS["spare"]), ("removed", kit.REMOVED)):
        if gone := [row for row in given.rows if row.asset.status == status]:
            groups[heading] = gone
    return tuple(
        BuildingSection(
            name=name or _ALL,
            items=tuple(_item(given, row, above if row.asset.in_use else 0) for row in counted_off(register, given.progress)),
            counts=count_rows(register),
        )
        for name, register in groups.items()
    )


def _kind(row: AssetRow) -> str:
    """What it is; of a camera also where it looks."""
    asset = row.asset
    if asset.kind == "camera":
        return f"Camera, {lower_first(INSIDE_OUTSIDE_WORDS[asset.inside_outside])}" if asset.inside_outside else "Camera"
    return KIND_WORDS[asset.kind]


def _item(given: kit.Read, row: AssetRow, above: int) -> Item:
    asset, edition = row.asset, given.edition
    return Item(
        ref=asset.ref,
        kind=_kind(row),
        where=edition.only("place", kit.room(row, above)),
        address=_found_at(row, edition),
        purpose=edition.only("purpose", asset.purpose or ""),
        camera_type=CAMERA_TYPE_WORDS[asset.camera_type] if asset.camera_type else "",
        made_by=given.maker(row),
        grade=row.grade,
        listing=LIST_WORDS[row.state],
        model=row.model or "",
        serial=edition.only("serial", row.serial or ""),
        installed=kit.day(asset.installed_on),
        age=kit.age(asset.installed_on, given.now.date()),
        connected=edition.only("recording", _connected(row)),
        keeps=edition.only("recording", _keeps(asset)),
        owner=edition.only("owner", asset.owner or ("Not ours" if asset.ownership == "not-ours" else "")),
        maintainer=edition.only("firms", asset.maintainer_name or ""),
        seen=edition.only("checked", kit.day(asset.last_seen)),
        picture=edition.only("checked", kit.day(asset.last_picture_check)),
        decision=_decided(asset.decision) or (f"Noted: {asset.action}" if edition.internal and asset.action else ""),
        year=(asset.decision.year or "") if asset.decision else "",
        plain={field.title: _said(asset, field) for field in PRINTED},
        care=edition.only("flaws", short(one for one in row.care if one.kind not in DOUBTS)),
    )


def _said(asset: Asset, field: TagField) -> str:
    """ "Not working 11/2025": a field with what follows it."""
    said = (in_words(one, getattr(asset, one.name)) for one in PLAIN if one is field or one.follows == field.name)
    return " ".join(filter(None, said))


def _connected(row: AssetRow) -> str:
    """ "REC-001, 4": the recorder and the channel."""
    asset = row.asset
    return ", ".join(part for part in (asset.connected_ref, f"{asset.channel or ''}") if part)


def _keeps(asset: Asset) -> str:
    """ "31 days; 28 found": what is promised, and what was found on the recorder."""
    kept = "" if asset.retention_days is None else count(asset.retention_days, "day")
    found = "" if asset.retention_found_days is None else f"{asset.retention_found_days:,} found"
    return "; ".join(filter(None, (kept, found)))


def _found_at(row: AssetRow, edition: Edition) -> str:
    """ "10.0.0.5": how to find what has no place yet, for those who are given addresses."""
    known = edition.gives("network") and not row.asset.place_path and row.addresses
    return ", ".join(row.addresses) if known else ""


def _decided(decision: Decision | None) -> str:
    return DECIDED_WORDS[decision.what] if decision else ""


def _not_recorded(given: kit.Read) -> list[tuple[str, int]]:
    """What is missing in how many rows, most first."""
    here = given.here
    cameras = [row for row in here if row.asset.kind in CAMERAS]
    missing = {
        "Location": sum(not row.asset.place_path for row in here),
        "Purpose": sum(not row.asset.purpose for row in cameras),
        "Inside or outside": sum(row.asset.inside_outside is None for row in cameras),
        "Type of camera": sum(row.asset.camera_type is None for row in cameras),
        "Serial number": sum(not row.serial for row in here if row.asset.kind != "software"),
        "When installed": sum(not row.asset.installed_on for row in here),
        "Days that footage is kept": sum(row.asset.retention_days is None for row in here),
        "Recorder of a camera": sum(row.asset.connected_to is None for row in cameras),
        "Who maintains it": sum(row.asset.maintainer is None for row in here),
        "Impact assessment": sum(not row.asset.dpia_ref for row in cameras),
        **{one.title: sum(getattr(row.asset, one.name) in (None, "not-known") for row in here) for one in EXPOSURE_QUESTIONS},
        "Picture checked by a person": sum(not row.asset.last_picture_check for row in cameras),
    }
    return sorted(((name, number) for name, number in missing.items() if number), key=lambda entry: -entry[1])


def _hubs(given: kit.Read) -> list[ConnectedRows]:
    """Recorders, and whatever else something is connected to, with what is connected to them by channel."""
    edition = given.edition
    hanging: defaultdict[str, list[AssetRow]] = defaultdict(list)
    for row in given.here:
        if row.asset.connected_to:
            hanging[row.asset.connected_to].append(row)
    hubs = []
    for row in given.rows:
        if not row.asset.in_use or not (row.asset.kind == "recorder" or row.asset.id in hanging):
            continue
        on = sorted(hanging[row.asset.id], key=lambda one: (one.asset.channel is None, one.asset.channel or 0))
        hubs.append(
            ConnectedRows(
                ref=row.asset.ref,
                what=", ".join(part for part in (kit.what(row), given.maker(row)) if part),
                where=edition.only("place", kit.room(row, 0)),
                refs=tuple(one.asset.ref for one in on),
                unconfirmed=sum(one.asset.unconfirmed for one in on),
            )
        )
    return hubs


def _firms(given: kit.Read) -> list[Firm]:
    contracts = given.edition.gives("contracts")
    firms = []
    for firm in sorted(given.inventory.vendors(), key=lambda firm: firm.name.casefold()):
        rows = sum(firm.id in (row.asset.seller, row.asset.maintainer) for row in given.here)
        if given.scope is not None and not rows:
            continue
        firms.append(
            Firm(
                name=firm.name,
                role="Maintains" if firm.role == "maintainer" else "Sold",
                contract=(firm.contract_number or "") if contracts else "",
                ends=kit.date_of(firm.contract_end) if firm.contract_end and contracts else "",
                contact=tuple(part for part in (firm.email, firm.phone) if part) if contracts else (),
                items=rows,
            )
        )
    return firms


def _assessments(here: Sequence[AssetRow]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The reference of each assessment with the refs it covers; cameras with none last, where any has one."""
    covers: defaultdict[str, list[str]] = defaultdict(list)
    for row in here:
        if row.asset.dpia_ref or row.asset.kind in CAMERAS:
            covers[row.asset.dpia_ref or ""].append(row.asset.ref)
    if not any(covers):
        return ()
    return tuple((name, tuple(covers[name])) for name in sorted(covers, key=lambda name: (not name, name.casefold())))
