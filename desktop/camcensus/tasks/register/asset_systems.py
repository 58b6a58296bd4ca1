"""The register as an import file for an asset system: Snipe-IT, NetBox.

Each device goes by its ref, which is on its label, as the asset tag, so that a second file updates what the first one made.
Snipe-IT finds an asset by its asset tag ("Update existing values"), NetBox a device by its own id, which its export of devices
tells (`theirs`).

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

from camcensus.intake.csv_rows import CsvRows
from camcensus.intake.decoding import text_of
from camcensus.intake.delimited import DELIMITERS, refuse_long, refuse_wide
from camcensus.model.asset import AssetSystem
from camcensus.model.disk import disk_error, open_file, shown
from camcensus.model.errors import IntakeError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, KIND_WORDS
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written, write_through
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.table import Value, cell, entries

READ_FIRST = "read-me-first.txt"
UNKNOWN = "Unknown"
THEIRS_LIMIT_BYTES = 64 << 20
_ROWS_LIMIT = 200_000
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
    theirs: Path | None = None,
) -> Written:
    """The register's file for a system at `path`, whole or not at all; `theirs` is NetBox's own export of its devices.

    `pages` counts devices. Raises DiskError, and IntakeError where `theirs` is no such export.
    """
    known = read_theirs(theirs) if theirs is not None else ()

    def draw() -> tuple[bytes, int]:
        here = [row for row in rows if row.asset.kind != "other"]
        told = list(entries(inventory, here, knowledge, as_at, whole=False))
        if system == "netbox":
            return netbox_zip(told, as_at, known), len(told)
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


def read_theirs(path: Path) -> tuple[dict[str, str], ...]:
    """The rows of NetBox's export of its devices, whatever delimiter it is set to. Raises IntakeError for anything else."""
    try:
        with open_file(path) as stream:
            data = stream.read(THEIRS_LIMIT_BYTES + 1)
    except (OSError, ValueError) as error:
        raise IntakeError(str(disk_error(path, error if isinstance(error, OSError) else OSError(str(error))))) from error
    refused = IntakeError(
        f"“{shown(path)}” is not NetBox’s export of its devices; on its page of devices choose Export, All Data (CSV)."
    )
    if len(data) > THEIRS_LIMIT_BYTES:
        raise refused
    text = text_of(data)
    refuse_long(text, shown(path))
    lines = text.splitlines(keepends=True)
    refuse_wide(lines, shown(path))
    found: list[dict[str, str]] = []
    table = CsvRows(lines, shown(path), max(DELIMITERS, key=lines[0].count) if lines else ",")
    try:
        names = [name.strip().lower() for name in next(table, ())]
        if not {"id", "asset tag"} <= set(names):
            raise refused
        for number, cells in enumerate(table, 2):
            row = {name: text.strip() for name, text in zip(names, cells, strict=False) if name in _READ}
            if not any(row.values()):
                continue
            if not re.fullmatch(r"[0-9]{1,18}", row.get("id", "")):
                raise IntakeError(
                    f"Row {number} of “{shown(path)}” has no number in its column ID; export it from NetBox again."
                )
            if len(found) >= _ROWS_LIMIT:
                raise refused
            found.append(row)
    except csv.Error as error:
        raise refused from error
    return tuple(found)


def netbox_zip(told: Sequence[Entry], as_at: str, theirs: Sequence[Mapping[str, str]]) -> bytes:
    """The files that NetBox imports one after the other: what devices refer to, as far as NetBox lacks it, then the devices.

    All are YAML: in CSV, NetBox guesses how quotation marks are written, and a model with one in it may break its row.
    """
    devices = [_netbox_device(entry) for entry in told]

    def new(*names: str) -> dict[tuple[str, ...], str]:
        """What NetBox lacks of these columns together, each with a slug that no other has.

        A name that differs in case alone is the one that is there: NetBox makes the same slug of both, and refuses the second.
        """
        there = dict.fromkeys(tuple(row.get(_THEIR_NAMES[name], "") for name in names) for row in theirs)
        spelt = {_folded(one): one for one in there}
        made: list[tuple[str, ...]] = []
        for device in devices:
            own = tuple(device[name] for name in names)
            if _folded(own) not in spelt:
                spelt[_folded(own)] = own
                made.append(own)
            device.update(zip(names, spelt[_folded(own)], strict=True))
        return _slugs(made, taken=_slugs(list(there)).values())

    parts: dict[str, list[dict[str, str | int]]] = {
        "1-sites": [{"name": name, "slug": slug, "status": "active"} for (name,), slug in new("site").items()],
        "2-manufacturers": [{"name": name, "slug": slug} for (name,), slug in new("manufacturer").items()],
        "3-device-roles": [{"name": name, "slug": slug, "color": _ROLE_COLOUR} for (name,), slug in new("role").items()],
        "4-device-types": [
            {"manufacturer": manufacturer, "model": model, "slug": slug, "u_height": 0}
            for (manufacturer, model), slug in new("manufacturer", "device_type").items()
        ],
    }
    theirs_of = {row["asset tag"]: row for row in theirs if row.get("asset tag")}
    parts["5-devices"] = [_update(device, theirs_of.get(device["asset_tag"])) for device in devices]
    files = {f"{name}.yaml": "".join(map(_document, rows)).encode() for name, rows in parts.items() if rows}
    return _zip(as_at, {READ_FIRST: _NETBOX_FIRST.encode(), **files})


_THEIR_NAMES = {"site": "site", "manufacturer": "manufacturer", "role": "role", "device_type": "type"}
"""What a device refers to, and how NetBox's export calls that."""
_WITHIN = ("location", "rack")
_READ = ("id", "asset tag", *_WITHIN, *_THEIR_NAMES.values())
_NETBOX_FIRST = """Import these files into NetBox in the order of their numbers: open the list of sites, manufacturers, device
roles, device types, then devices, choose Import, Upload File, and give the file. Where NetBox lacks nothing, there is no file.

Each device has its reference in Camcensus as its asset tag, so that the next file updates it. Before you make that file, export
the devices from NetBox (Export, All Data (CSV)) and give that export to Camcensus when it asks for it, or at the command line:

camcensus show INVENTORY --for netbox --theirs EXPORT.csv -o FILE.zip

If NetBox has devices already, give their export for the first file too, so that its makers and sites are not made again.
If NetBox says that a name or a slug exists already, take that entry out of the file.
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


def _update(device: Mapping[str, str], row: Mapping[str, str] | None) -> dict[str, str | int]:
    """A device with NetBox's id where it has one. Of another site it leaves its location and rack, else NetBox refuses all."""
    if row is None:
        return dict(device)
    is_moved = row.get("site") != device["site"] and any(row.get(name) for name in _WITHIN)
    return {"id": int(row["id"]), **device, **(dict.fromkeys((*_WITHIN, "position", "face"), "") if is_moved else {})}


def _held(text: str, most: int) -> str:
    """As NetBox holds it: cut, and without blanks around it, so that a device's site is found by the name it was given."""
    return text.strip()[:most].strip()


def _folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)


def _slugs(names: Sequence[tuple[str, ...]], taken: Iterable[str] = ()) -> dict[tuple[str, ...], str]:
    """A slug for each: small letters, digits and hyphens; of a name in another script, its letters' numbers."""
    made: dict[tuple[str, ...], str] = {}
    used = set(taken)
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
