"""An inventory with something in every column, for the tests of reports: devices, places, tags, companies, photos, decisions."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from bench.big_inventory import NOW, ROOT, make
from camcensus.intake.pictures import read_picture
from camcensus.model.knowledge import Knowledge
from camcensus.store.knowledge import load_knowledge
from camcensus.tasks import register
from camcensus.tasks.placing import NewPhoto
from camcensus.tasks.untouched import Untouched, keep_untouched

__all__ = ["NOW", "ROOT", "estate", "knowledge", "plant"]

STAFF = "Sam Okafor"
DEVICES = 30
# Not planted: what ties rows together, and what the program itself writes by number or by name.
_TIES = {
    "id", "device", "asset", "place", "parent", "picture", "scan", "reply", "observation", "sha256", "digest", "status", "kind",
    "ref", "prefix", "connected_to", "seller", "maintainer", "pin_place", "merged_into", "other", "observations_digest", "key",
    "list", "network", "codec", "probe", "inventory_id", "media", "name_", "verb", "manufacturer", "candidates", "findings",
    "relation", "running", "grade", "first", "last", "type", "knowledge_version",
}  # fmt: skip
_TABLES = (
    "body", "permission", "scan", "coverage", "device", "observation", "device_key", "sighting", "judgement", "place", "contact",
    "asset", "change", "photo", "doubt", "list_choice",
)  # fmt: skip
_LISTS = {"not_covered", "ranges", "tags", "addresses"}
_JSON_LEAVES = {
    "seen", "why", "reason", "name", "serial", "model", "firmware", "claimed_manufacturer", "claimed_model", "kind_reason",
    "cloud_seen", "what", "brand", "mac", "value", "addresses", "not_covered", "ranges", "address", "say", "next", "topic",
}  # fmt: skip


def knowledge() -> Knowledge:
    """The knowledge base as it is shipped."""
    return load_knowledge(ROOT / "vendors.db")


def estate(path: Path) -> None:
    """A new inventory at `path`, closed again."""
    known = knowledge()
    with make(path, DEVICES, places=12) as inventory:
        rows = register.rows(inventory, known)
        ids = [row.asset.id for row in rows]
        by_ref = {row.asset.ref: row.asset.id for row in rows}
        firm = register.add_vendor(
            inventory, "Bright Alarms", "maintainer", STAFF, NOW, contract_number="BA-2231", contract_end="2027-07-31",
            email="service@example.org", phone="01632 960001",
        )  # fmt: skip
        seller = register.add_vendor(inventory, "Northgate Security", "seller", STAFF, NOW)
        tags = {"maintainer": firm.id, "seller": seller.id, "retention_days": 30, "owner": "The diocese", "dpia_ref": "DPIA-21"}
        register.set_tags(inventory, ids, tags, STAFF, NOW)
        said = {"installed_on": "2015-08", "installed_basis": "invoice", "notes": "Hangs low", "purpose": "Watches the gate"}
        register.set_tags(inventory, ids[:20], said | {"inside_outside": "inside", "camera_type": "dome"}, STAFF, NOW)
        register.picture_checked(inventory, ids[:10], "R. Khan", "2026-11-20", STAFF, NOW)
        register.ask_installer(inventory, ids[:2], True, "Who made the lens?", STAFF, NOW)
        recorder = next(row.asset.id for row in rows if row.asset.kind == "recorder")
        register.connect(inventory, [by_ref["CAM-001"], by_ref["CAM-002"]], recorder, STAFF, NOW)
        register.add_rows(
            inventory, known, [register.HandRow(brand="SecureView", model="SV-D40", serial="SV0001")], "R. Khan", STAFF, NOW
        )
        out = io.BytesIO()
        Image.new("RGB", (640, 480), "#88a").save(out, "JPEG")
        photo = NewPhoto(read_picture(out.getvalue(), "photo"), "label.jpg", None)
        register.add_photos(inventory, by_ref["CAM-003"], [photo], STAFF, NOW)
        register.set_status(inventory, [by_ref["CAM-005"]], "removed", STAFF, NOW)
        keep_untouched(inventory, [Untouched("10.0.0.5", "Fire panel")], by=STAFF, now=NOW)
        inventory.allow("eth0 10.0.0.2/8", "R. Khan, IT", NOW)


def plant(path: Path, text: Callable[[str, str], str]) -> set[str]:
    """Puts `text(table, column)` into every column of a closed inventory that takes it; gives the texts that went in."""
    db = sqlite3.connect(path)
    planted: set[str] = set()
    for table in _TABLES:
        for _, column, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
            if kind != "TEXT" or column in _TIES:
                continue
            value = text(table, column)
            for number, old in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                new, went_in = _planted(column, old, value, lambda leaf, table=table: text(table, leaf))
                try:
                    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, number))
                    planted |= went_in
                except sqlite3.IntegrityError:
                    break  # a date, or one of a few words
    db.commit()
    db.close()
    return planted


def _planted(column: str, old: Any, value: str, leaf: Callable[[str], str]) -> tuple[Any, set[str]]:
    """The new value of a column: JSON stays JSON of the same shape."""
    try:
        document = json.loads(old) if isinstance(old, str) and old[:1] in "[{" else None
    except ValueError:
        document = None
    if document is None:
        return (value, {value}) if old is None or not _is_moment(old) else (old, set())
    went_in: set[str] = set()
    if isinstance(document, list) and (column in _LISTS or any(isinstance(one, str) for one in document)):
        return json.dumps([value]), {value}
    return json.dumps(_walk(document, leaf, went_in)), went_in


def _is_moment(old: str) -> bool:
    return len(old) in (10, 20) and old[:4].isdigit() and old[4] == "-"


def _walk(node: Any, leaf: Callable[[str], str], went_in: set[str], name: str = "") -> Any:
    if isinstance(node, dict):
        return {key: _walk(one, leaf, went_in, key) for key, one in node.items()}
    if isinstance(node, list):
        return [_walk(one, leaf, went_in, name) for one in node]
    if isinstance(node, str) and name in _JSON_LEAVES and not _is_moment(node):
        went_in.add(leaf(name))
        return leaf(name)
    return node
