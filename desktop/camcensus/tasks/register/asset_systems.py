"""The register as an import file for an asset system: Snipe-IT, NetBox.

Each device goes by its ref, which is on its label, as the asset tag: by it Snipe-IT updates what an earlier file made ("Update
existing values"). NetBox is given all devices once.

Sources: Snipe-IT, app/Importer/Importer.php and AssetImporter.php. NetBox, docs/getting-started/populating-data.md,
netbox/dcim/forms/bulk_import.py and utilities/forms/bulk_import.py.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from camcensus.model.asset import AssetSystem
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, KIND_WORDS
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.table import Value, cell, entries

READ_FIRST = "read-me-first.txt"
UNKNOWN = "Unknown"
_SLUG_MOST, _NAME_MOST, _SERIAL_MOST, _DESCRIPTION_MOST = 100, 64, 50, 200
"""What NetBox's fields hold at most."""
_NETBOX_STATUS = {"present": "active", "not-seen": "offline", "spare": "inventory", "removed": "decommissioning"}
_ROLE_COLOUR = "607d8b"

_SURE = (GRADE_SHORT["confirmed"], GRADE_SHORT["almost-certain"])

Entry = Mapping[str, Value]


def write_for(
    system: AssetSystem,
    inventory: Inventory,
    rows: Sequence[AssetRow],
    knowledge: Knowledge,
    as_at: str,
    path: Path,
) -> Written:
    """The register's file for a system at `path`, whole or not at all; `pages` counts devices. Raises DiskError."""

    def draw() -> tuple[bytes, int]:
        here = [row for row in rows if row.asset.kind != "other"]
        told = list(entries(inventory, here, knowledge, as_at, whole=False))
        if system == "netbox":
            return netbox_zip(told, as_at), len(told)
        return _table([{name: _value(one, entry) for name, one in _SNIPE_IT.items()} for entry in told]), len(told)

    return write_through(path, draw)


_SNIPE_IT: Mapping[str, str] = {
    "Asset Tag": "ref", "Item Name": "(name)", "Category": "(kind)", "Manufacturer": "(brand)", "Model Name": "(model)",
    "Serial number": "serial", "Location": "(place)", "Supplier": "supplier", "Purchase Date": "(day)",
    "Purchase Cost": "purchase_cost_gbp", "Notes": "notes", "MAC Address": "mac", "IP Address": "ip", "Firmware": "firmware",
    "Made by": "made_by", "Made by certainty": "made_by_certainty",
}  # fmt: skip
"""The headings of its importer; from "MAC Address" on they are custom fields, which it leaves out where there are none."""


def _value(wanted: str, entry: Entry) -> str:
    """The cell of a column: one of the register's, or one that is put together (in brackets)."""
    match wanted:
        case "(name)":
            return cell("ref", " ".join(str(entry[name]) for name in ("ref", "purpose") if entry.get(name)))
        case "(kind)":
            return _kind(entry)
        case "(brand)":
            return _brand(entry)
        case "(model)":
            return cell("model", entry.get("model") or UNKNOWN)
        case "(place)":
            return cell("site", ", ".join(_places(entry)))
        case "(day)":
            day = str(entry.get("installed_date") or "")
            return f"{day}-01" if len(day) == len("2026-11") else day if len(day) == len("2026-11-28") else ""
        case _:
            return cell(wanted, entry.get(wanted))


def _kind(entry: Entry) -> str:
    return KIND_WORDS.get(str(entry.get("kind")), "Camera")  # type: ignore[call-overload, no-any-return]


def _brand(entry: Entry) -> str:
    """The name on the box, which these systems call the manufacturer; without one the maker, where that is almost certain."""
    made_by = entry.get("made_by") if entry.get("made_by_certainty") in _SURE else None
    return cell("sold_as", entry.get("sold_as") or made_by or UNKNOWN)


def _places(entry: Entry) -> list[str]:
    return [str(entry[name]) for name in ("site", "building", "floor", "room_or_area") if entry.get(name)]


def _table(rows: Iterable[Mapping[str, str]]) -> bytes:
    """CSV in UTF-8 without a mark, which importers would take for a part of the first heading."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(_SNIPE_IT), lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _zip(as_at: str, members: Mapping[str, bytes]) -> bytes:
    out, moment = io.BytesIO(), datetime.fromisoformat(as_at)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (max(moment.year, 1980), *moment.timetuple()[1:6]))
            made.writestr(info, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- NetBox ------------------------------------------------------------------------------------------------------


def netbox_zip(told: Sequence[Entry], as_at: str) -> bytes:
    """The files that NetBox imports one after the other: what devices refer to, then the devices.

    All are YAML: in CSV, NetBox guesses how quotation marks are written, and a model with one in it may break its row.
    """
    devices = [_netbox_device(entry) for entry in told]

    def new(*names: str) -> dict[tuple[str, ...], str]:
        """What devices name in these columns together, each with a slug that no other has.

        A name that differs in case alone is the first one: NetBox makes the same slug of both, and refuses the second.
        """
        spelt: dict[tuple[str, ...], tuple[str, ...]] = {}
        for device in devices:
            own = tuple(device[name] for name in names)
            device.update(zip(names, spelt.setdefault(tuple(name.casefold() for name in own), own), strict=True))
        return _slugs(spelt.values())

    parts: dict[str, list[dict[str, str | int]]] = {
        "1-sites": [{"name": name, "slug": slug, "status": "active"} for (name,), slug in new("site").items()],
        "2-manufacturers": [{"name": name, "slug": slug} for (name,), slug in new("manufacturer").items()],
        "3-device-roles": [{"name": name, "slug": slug, "color": _ROLE_COLOUR} for (name,), slug in new("role").items()],
        "4-device-types": [
            {"manufacturer": manufacturer, "model": model, "slug": slug, "u_height": 0}
            for (manufacturer, model), slug in new("manufacturer", "device_type").items()
        ],
        "5-devices": [dict(device) for device in devices],
    }
    files = {f"{name}.yaml": "".join(map(_document, rows)).encode() for name, rows in parts.items() if rows}
    return _zip(as_at, {READ_FIRST: _NETBOX_FIRST.encode(), **files})


_NETBOX_FIRST = """Import these files into NetBox in the order of their numbers: open the list of sites, manufacturers, device
roles, device types, then devices, choose Import, Upload File, and give the file.

Each device has its reference in Camcensus as its asset tag. If NetBox says that a name, a slug or an asset tag exists already,
take that entry out of the file.
"""


def _netbox_device(entry: Entry) -> dict[str, str]:
    made_by, firmware = entry.get("made_by"), entry.get("firmware")
    comments = (
        f"Made by: {made_by} ({entry.get('made_by_certainty')})." if made_by else "",
        f"Firmware: {firmware}." if firmware else "",
        f"MAC address: {entry['mac']}." if entry.get("mac") else "",
        f"IP address: {entry['ip']}." if entry.get("ip") else "",
    )
    about = ", ".join(filter(None, (str(entry.get("purpose") or ""), *_places(entry)[1:])))
    site = entry.get("site") or entry.get("body_name") or UNKNOWN
    return {
        "name": _held(cell("ref", entry.get("ref")), _NAME_MOST),
        "role": _kind(entry),
        "manufacturer": _held(_brand(entry), _SLUG_MOST) or UNKNOWN,
        "device_type": _held(cell("model", entry.get("model")), _SLUG_MOST) or UNKNOWN,
        "serial": _held(cell("serial", entry.get("serial")), _SERIAL_MOST),
        "asset_tag": str(entry["ref"]),
        "status": _NETBOX_STATUS.get(str(entry.get("status")), "active"),
        "site": _held(cell("site", site), _SLUG_MOST) or UNKNOWN,
        "description": _held(cell("purpose", about), _DESCRIPTION_MOST),
        "comments": cell("purpose", " ".join(filter(None, comments))),
    }


def _held(text: str, most: int) -> str:
    """As NetBox holds it: cut, and without blanks around it, so that a device's site is found by the name it was given."""
    return text.strip()[:most].strip()


def _slugs(names: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """A slug for each: small letters, digits and hyphens; of a name in another script, its letters' numbers."""
    made: dict[tuple[str, ...], str] = {}
    used = set[str]()
    for name in names:
        text = " ".join(name)
        plain = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-") or "-".join(f"{ord(one):x}" for one in text[:16])
        slug, number = plain[: _SLUG_MOST - 6], 1
        while slug in used:
            number += 1
            slug = f"{plain[: _SLUG_MOST - 6]}-{number}"
        used.add(slug)
        made[name] = slug
    return made


def _document(fields: Mapping[str, str | int]) -> str:
    """One document of YAML."""
    lines = (f"{name}: {value if isinstance(value, int) else _quoted(value)}\n" for name, value in fields.items())
    return "---\n" + "".join(lines)


def _quoted(text: str) -> str:
    """A text as YAML writes it between quotation marks; what no one can see by its number, which JSON does not have."""
    return '"' + "".join(one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in text) + '"'
