"""An inventory with something in every column, for the tests of reports: devices, places, tags, companies, photos, decisions."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

from PIL import Image

from bench.big_inventory import NOW, ROOT, make
from camcensus.intake.pictures import read_picture
from camcensus.model.knowledge import Knowledge
from camcensus.model.pictures import NewPhoto
from camcensus.model.plan import OwnLine
from camcensus.store.edits import batches, by_hand, tagging
from camcensus.store.edits import plan as plan_edits
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.untouched import save_untouched

__all__ = ["NOW", "ROOT", "change_plan", "estate", "knowledge"]

STAFF = "Sam Okafor"
DEVICES = 30


def knowledge() -> Knowledge:
    """The knowledge base as it is shipped."""
    return load_knowledge(ROOT / "vendors.db")


def estate(path: Path) -> None:
    """A new inventory at `path`, closed again: a copy of the one that each process of tests makes once."""
    path.write_bytes(_made())


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "estate.camcensus"
        _make(path)
        return path.read_bytes()


def _make(path: Path) -> None:
    known = knowledge()
    with make(path, DEVICES, places=12) as inventory:
        rows = register.rows(inventory, known)
        ids = [row.asset.id for row in rows]
        by_ref = {row.asset.ref: row.asset.id for row in rows}
        firm = inventory.do(tagging.add_vendor("Bright Alarms", "maintainer", contract_number="BA-2231", contract_end="2027-07-31", email="service@example.org", phone="01632 960001"), by=STAFF, now=NOW).made  # fmt: skip
        seller = inventory.do(tagging.add_vendor("Northgate Security", "seller"), by=STAFF, now=NOW).made
        tags = {"maintainer": firm, "seller": seller, "retention_days": 30, "owner": "The diocese", "dpia_ref": "DPIA-21"}
        inventory.do(tagging.set_tags(ids, tags), by=STAFF, now=NOW)
        said = {"installed_on": "2015-08", "installed_basis": "invoice", "notes": "Hangs low", "purpose": "Watches the gate"}
        inventory.do(tagging.set_tags(ids[:20], said | {"inside_outside": "inside", "camera_type": "dome"}), by=STAFF, now=NOW)
        checked = {"last_picture_check": "2026-11-20", "picture_checked_by": "R. Khan"}
        inventory.do(tagging.set_tags(ids[:10], checked), by=STAFF, now=NOW)
        inventory.do(tagging.set_tags(ids[:2], {"ask_installer": True, "ask_note": "Who made the lens?"}), by=STAFF, now=NOW)
        recorder = next(row.asset.id for row in rows if row.asset.kind == "recorder")
        inventory.do(by_hand.connect([by_ref["CAM-001"], by_ref["CAM-002"]], recorder), by=STAFF, now=NOW)
        register.do(
            inventory,
            known,
            hand.add_rows(known, [register.HandRow(brand="SecureView", model="SV-D40", serial="SV0001")], "R. Khan"),
            by=STAFF,
            now=NOW,
        )
        out = io.BytesIO()
        Image.new("RGB", (640, 480), "#88a").save(out, "JPEG")
        photo = NewPhoto(read_picture(out.getvalue(), "photo"), "label.jpg", None)
        inventory.do(by_hand.add_photos(by_ref["CAM-003"], [photo]), by=STAFF, now=NOW)
        inventory.do(tagging.set_status([by_ref["CAM-005"]], "removed"), by=STAFF, now=NOW)
        inventory.do(save_untouched("10.0.0.5 Fire panel"), by=STAFF, now=NOW)
        inventory.allow("eth0 10.0.0.2/8", "R. Khan, IT", NOW)
        change_plan(inventory, known)


def change_plan(inventory: register.Inventory, known: Knowledge) -> None:
    """Something typed into every field of the plan, a version of it, and a change since."""
    first, second = planning.plan(inventory, known, NOW).batches[:2]
    typed = {
        "name": "Front gate", "reason": "Asked for by the head", "quantity": 2, "unit": "£295", "fitting": "£80.50", "other": "450",
        "priority": 1, "target_date": "2027-02-15", "disposal": "Collected by Eco", "wiped_on": "2027-03-01", "status": "ordered",
        "wipe_certificate": "W-112", "weee_note": "T-9", "note": "Ask Jo first",
    }  # fmt: skip
    inventory.do(batches.set_fields([first], typed), by=STAFF, now=NOW)
    inventory.do(batches.set_need([first], "dpia", "done", "Signed by J. Marsh"), by=STAFF, now=NOW)
    cabling = OwnLine(id="", name="Cabling", quantity=2, unit=350_00, year="2026-27", reason="High ceiling")
    inventory.do(plan_edits.add_line(cabling), by=STAFF, now=NOW)
    inventory.do(
        plan_edits.make_version(planning.plan(inventory, known, NOW), known.version, "For the governors"), by=STAFF, now=NOW
    )
    inventory.do(batches.set_fields([second], {"unit": "310", "name": "Back gate"}), by=STAFF, now=NOW)
    inventory.do(plan_edits.add_line(OwnLine(id="", name="Disks", quantity=4, reason="Full")), by=STAFF, now=NOW)
