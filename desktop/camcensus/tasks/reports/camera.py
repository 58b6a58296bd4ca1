"""One device on one sheet, and the labels that are stuck on all of them."""

from __future__ import annotations

from camcensus.identity.history import RegisterHistory as History
from camcensus.intake.pictures import read_picture
from camcensus.model.asset import CAMERA_TYPE_WORDS, INSIDE_OUTSIDE_WORDS, OWNERSHIP_WORDS
from camcensus.model.blocks import ReportDocument
from camcensus.model.errors import CamcensusError, StoreError
from camcensus.model.exposure import EXPOSURE_QUESTIONS, said_of
from camcensus.model.known import recorded_from
from camcensus.model.pictures import Picture
from camcensus.model.words import GRADE_WORDS, clean, count, pounds
from camcensus.report.camera_sheet import CameraSheet, camera_report
from camcensus.report.evidence import Exhibit
from camcensus.report.labels import Label, labels_report
from camcensus.tasks.register.verbs import LIST_WORDS, AssetRow
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.editions import Audience, Kept
from camcensus.tasks.reports.evidence import Citing, exhibit
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = (
    "place", "purpose", "serial", "network", "sent", "firms", "owner", "dpia", "recording", "checked", "photos", "notes",
    "staff", "history", "flaws",
)  # fmt: skip
HANDLING: dict[Audience, str] = {
    "internal": "For internal use: holds network addresses",
    "supplier": "For a supplier: no network details, no names",
    "public": "For the public: no location, no network details, no names",
}
PHOTOS = 2
LABELLED = ("camera", "recorder", "encoder", "intercom", "unknown")
"""What a label is stuck on."""


def row_called(given: kit.Read, ref: str) -> AssetRow:
    """The row with that ref. Raises StoreError where there is none."""
    wanted = ref.strip().casefold()
    for row in given.rows:
        if row.asset.ref.casefold() == wanted:
            return row
    raise StoreError(f"There is no row {clean(ref, 40)} in the inventory; give a ref from the register, like CAM-003.")


def camera(this: Making) -> ReportDocument:
    """One device on one sheet. Raises StoreError for a ref that is not there."""
    if this.choices.ref is None:
        raise StoreError(kit.NO_ROW)
    given = kit.read(this)
    return camera_report(given.occasion(), sheet_of(given, row_called(given, this.choices.ref)))


def sheet_of(given: kit.Read, row: AssetRow) -> CameraSheet:
    """What the sheet of one row says to this audience."""
    edition = given.edition
    past = History(given.inventory.history()) if edition.gives("history") else None
    kept = next((one for one in past.history.rows if one.id == row.asset.id), None) if past is not None else None
    shown = exhibit(given, row, Citing({}), past, kept)
    return CameraSheet(
        ref=row.asset.ref,
        title=edition.only("place", kit.room(row)) or kit.what(row),
        what=kit.what(row),
        verdict=shown.verdict,
        facts=tuple((name, value) for name, value in _facts(given, row, shown) if value is not None),
        photos=tuple(_photos(given, row)),
        history=shown.history or (),
        left_out=edition.left_out(HOLDS),
        handling=HANDLING[edition.audience],
        methods=given.methods(),
    )


def _facts(given: kit.Read, row: AssetRow, shown: Exhibit) -> list[tuple[str, str | None]]:
    """(name, value) in the order of the sheet: "" is not recorded, None is left out of this edition."""
    asset, only = row.asset, given.edition.only
    pro = sum(sign.side == "for" for sign in shown.signs)
    contra = sum(sign.side == "against" for sign in shown.signs)
    signs = f" ({count(pro, 'sign')} for, {contra} against)" if shown.signs else ""
    age = kit.age(asset.installed_on, given.now.date())
    installed = kit.day(asset.installed_on)
    connected = asset.connected_ref or ""
    if connected and asset.channel is not None:
        connected += f", channel {asset.channel}"
    place = ", ".join(clean(name, 60) for name in reversed(asset.place_path) if name.strip())
    cost = "" if asset.cost_pence is None else pounds(asset.cost_pence)
    return [
        ("Made by", given.maker(row) or "Not known"),
        ("How sure", GRADE_WORDS[row.grade] + signs),
        ("List status", LIST_WORDS[row.state]),
        ("Lists", shown.lists or None),
        ("Where it is based", shown.seat or None),
        ("Flaws and support", only("flaws", " ".join(f"{one.title}: {one.why}" for one in shown.upkeep or ())) or None),
        ("Decision", shown.decision),
        ("Location", only("place", place)),
        ("Purpose", only("purpose", asset.purpose or "")),
        ("Inside or outside", INSIDE_OUTSIDE_WORDS[asset.inside_outside] if asset.inside_outside else ""),
        ("Type of camera", CAMERA_TYPE_WORDS[asset.camera_type] if asset.camera_type else ""),
        ("Model", row.model or ""),
        ("Serial number", only("serial", row.serial or "")),
        ("Firmware", only("network", row.firmware or "")),
        ("Network", only("network", ", ".join(part for part in (*row.addresses, row.mac or "") if part))),
        ("Installed", ", ".join(part for part in (installed, age) if part)),
        ("Cost", only("notes", cost)),
        ("Connected to", only("recording", connected)),
        ("Footage is kept", only("recording", "" if asset.retention_days is None else count(asset.retention_days, "day"))),
        ("Ownership", OWNERSHIP_WORDS[asset.ownership] if asset.ownership else ""),
        ("Owner", only("owner", asset.owner or "")),
        ("Sold by", only("firms", asset.seller_name or "")),
        ("Maintained by", only("firms", asset.maintainer_name or "")),
        *(
            (one.title, only("network", said_of(asset, one, kit.day, who=given.edition.gives("staff"))))
            for one in EXPOSURE_QUESTIONS
        ),
        ("Impact assessment", only("dpia", asset.dpia_ref or "")),
        ("Last seen", only("checked", kit.day(asset.last_seen))),
        ("Recorded from", only("staff", recorded_from(row.known_by))),
        ("Picture last checked", only("checked", kit.day(asset.last_picture_check))),
        ("Confirmed", shown.confirmed),
        ("Notes", only("notes", asset.notes or "")),
    ]


def _photos(given: kit.Read, row: AssetRow) -> list[Picture]:
    """The newest photos, read anew: a file from elsewhere can hold anything. What cannot be read is not printed."""
    if not given.edition.gives("photos"):
        return []
    found: list[Picture] = []
    for photo in given.inventory.photos(row.asset.id)[-PHOTOS:]:
        try:
            found.append(read_picture(given.inventory.picture(photo.picture).data, "photo"))
        except CamcensusError:
            continue
    return found


def labels(this: Making) -> ReportDocument:
    """Labels with QR codes for every device that hangs somewhere, and the list of where each goes."""
    given = kit.read(this)
    made = [
        Label(ref=row.asset.ref, what=kit.what(row), where=", ".join(reversed(row.asset.place_path[1:])))
        for row in given.here
        if row.asset.kind in LABELLED
    ]
    return labels_report(given.occasion(), made)
