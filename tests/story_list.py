"""The register that the estates office of the simulated school keeps: an XLSX of 40 rows, as such lists are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import books
from camcensus.demo.estate import Estate, SimDevice

HEADINGS = (
    "Asset tag", "Building", "Floor", "Room", "Make", "Model", "Serial number", "MAC address", "IP address", "Recorder", "Channel",
    "Installed", "Cost", "Supplier", "Retention", "Notes",
)  # fmt: skip
NOT_LISTED = ("hall-rear", "nursery-gate", "files", "office-printer")
"""Devices of the school that the estates office never wrote down."""
MIXED = ("car-park", "science-corridor")
"""One row has the MAC address of the first and the serial number of the second: somebody must say which it is."""
TELLS_LITTLE = ("kitchen-corridor",)
"""What only its address tells from others."""
ONLY_ON_THE_LIST = 15
CHANNELS = (1, 2, 3, 4)


def write_list(path: Path, school: Estate) -> None:
    """Writes it. Its rows: devices that a search finds, one that mixes up two, four channels, and what only the office knows."""
    devices = [device for device in school.devices if device.id not in (*NOT_LISTED, *MIXED)]
    rows = [_seen(number, device) for number, device in enumerate(devices)]
    rows.append(_mixed(school))
    rows += [
        ("", "Sports hall", "", f"Court {n}", "", "", "", "", "", "REC-001", n, "", "", "", "", "analogue") for n in CHANNELS
    ]
    rows += [_only_here(number) for number in range(ONLY_ON_THE_LIST)]
    assert len(rows) == 40, len(rows)
    rows[2] = (*rows[2][:12], "about £200", *rows[2][13:])
    rows[5] = (*rows[5][:11], "31/02/2021", *rows[5][12:])
    rows[-1] = (*rows[-1][:14], "ask Ms Bell", *rows[-1][15:])
    path.write_bytes(books.xlsx(("CCTV register", [HEADINGS, *rows])))


def _seen(number: int, device: SimDevice) -> tuple[object, ...]:
    """A row that a search finds too: by its MAC address, its serial number or its address."""
    serial, mac = device.values.get("serial", ""), device.mac.upper().replace(":", "-")
    keys: Sequence[str] = (("", mac, ""), (serial, "", ""), ("", "", device.address))[
        2 if device.id in TELLS_LITTLE else number % 3
    ]
    where = [*device.place[1:], "", ""]
    floor, room = (where[1], where[2]) if len(device.place) == 4 else ("", where[1])
    installed = date(2019 + number % 5, 1 + number % 12, 3)
    cost = "" if number % 4 else f"£{180 + number}.50"
    return (
        f"E-{101 + number}", where[0], floor, room, "", "", *keys, "", "", installed, cost, "Acme CCTV Ltd", "31 days", "",
    )  # fmt: skip


def _mixed(school: Estate) -> tuple[object, ...]:
    one, two = (next(device for device in school.devices if device.id == identity) for identity in MIXED)
    return (
        "E-150", "Grounds and gates", "", "Car park", "Axis", "", two.values["serial"], one.mac, "", "", "", "2021", "", "", "", "",
    )  # fmt: skip


def _only_here(number: int) -> tuple[object, ...]:
    """A camera in a house across the road, which no search of the school's network reaches."""
    return (
        f"E-{201 + number}", "Annexe", "Ground floor", f"Room {number + 1}", "Hikvision" if number % 2 else "", "DS-2CD2143G2-I"
        if number % 2 else "", f"SN-77{number:04d}", "", "", "", "", "2018", "150", "Acme CCTV Ltd", "14 days", "",
    )  # fmt: skip
