"""Lists of camera and asset systems go through the register import: make, model, kind, address, firmware, and what is left."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow
from drawn import seed
from samples import NOW, body

Table = list[dict[str, str]]
SADP: Table = [
    {"ID": "001", "Device Type": "DS-2CD2386G2-IU", "Status": "Active", "IPv4 Address": "172.20.4.11", "Port": "8000",
     "Software Version": "V5.7.3build 220112", "IPv4 Gateway": "172.20.4.1", "HTTP Port": "80",
     "Device Serial No.": "DS-2CD2386G2-IU20220310AAWRJ11223344", "MAC Address": "24-28-fd-10-20-30", "Start Time": "2026-10-01",
     "Hik-Connect Status": "OFF"},
    {"ID": "002", "Device Type": "DS-7616NI-K2", "Status": "Inactive", "IPv4 Address": "172.20.4.12", "Port": "8000",
     "Software Version": "V4.30.085build 200916", "IPv4 Gateway": "172.20.4.1", "HTTP Port": "80",
     "Device Serial No.": "DS-7616NI-K21620200101CCRRE55667788WCVU", "MAC Address": "24-28-fd-10-20-31",
     "Start Time": "2026-10-01", "Hik-Connect Status": "ON"},
]  # fmt: skip
CONFIG_TOOL: Table = [
    {"No.": "1", "Type": "IPC", "Status": "Initialized", "Model": "IPC-HFW3449T1-AS-PV", "SN": "8A0B1C2PAG00123",
     "IP": "172.20.5.11", "MAC": "90:02:a9:01:02:03", "Version": "2.840.0000000.18.R"},
    {"No.": "2", "Type": "NVR", "Status": "Uninitialized", "Model": "NVR5216-4KS2", "SN": "8A0B1C2PAG00124",
     "IP": "172.20.5.12", "MAC": "90:02:a9:01:02:04", "Version": "4.001.0000000.1"},
]  # fmt: skip
AXIS: Table = [
    {"Name": "Foyer", "Model": "AXIS P3265-LVE", "AXIS OS version": "11.8.61", "Address": "172.20.6.11", "Site": "North",
     "MAC address": "B8A44F0A0B0C", "Serial number": "B8A44F0A0B0C", "Tags": "entrance", "Status": "OK"},
    {"Name": "Lift", "Model": "AXIS M3106-L Mk II", "AXIS OS version": "9.80.47", "Address": "172.20.6.12", "Site": "North",
     "MAC address": "", "Serial number": "ACCC8E0A0B0D", "Tags": "", "Status": "Unreachable"},
]  # fmt: skip
HIK_CENTRAL: Table = [
    {"Device Name": "Playground", "IP Address": "172.20.7.11", "Device Type": "DS-2DE4A425IWG-E", "Status": "Online",
     "Serial No.": "DS-2DE4A425IWG-E20210101AAWRF12345678", "Firmware Version": "V5.7.1"},
    {"Device Name": "Comms room", "IP Address": "172.20.7.12", "Device Type": "DS-9632NI-I8", "Status": "Offline",
     "Serial No.": "DS-9632NI-I81620190101CCRRD87654321WCVU", "Firmware Version": "V4.40"},
]  # fmt: skip
GENETEC: Table = [
    {"Unit name": "Dock 4", "Unit type": "Video unit", "Manufacturer": "Hanwha Vision", "Product type": "XNV-8080R",
     "IP address": "172.20.8.11", "Firmware version": "1.41.13", "Physical address": "00-09-18-AA-BB-01",
     "Password strength": "Strong", "Description": "Bay"},
    {"Unit name": "Door 1", "Unit type": "Access control unit", "Manufacturer": "HID", "Product type": "VertX V1000",
     "IP address": "172.20.8.12", "Firmware version": "1.2", "Physical address": "00-06-8E-AA-BB-02",
     "Password strength": "Weak", "Description": ""},
]  # fmt: skip
MILESTONE_REPORT: Table = [
    {"Name": "Canteen", "Channel": "0", "Enabled": "True", "State": "Responding", "Id": "0a0b", "HardwareName": "Canteen unit",
     "Model": "AXIS P3245-V", "Address": "http://172.20.9.11/", "Username": "root", "Password": "hunter2",
     "MAC": "ACCC8E111213", "Firmware": "10.12.213", "DriverFamily": "Axis", "RecorderName": "REC-A",
     "ExpectedRetentionDays": "31", "ActualRetentionDays": "19.4", "MeetsRetentionPolicy": "False"},
    {"Name": "Ramp", "Channel": "0", "Enabled": "True", "State": "Not Responding", "Id": "0a0c", "HardwareName": "Ramp unit",
     "Model": "DS-2CD2385G1-I", "Address": "http://172.20.9.12:8080/", "Username": "admin", "Password": "hunter2",
     "MAC": "4419B6111214", "Firmware": "V5.6.2", "DriverFamily": "Hikvision", "RecorderName": "REC-A",
     "ExpectedRetentionDays": "14", "ActualRetentionDays": "NotIncluded", "MeetsRetentionPolicy": "True"},
]  # fmt: skip
MILESTONE_EXPORT: Table = [
    {"DeviceType": "Camera", "Name": "Stairs", "Address": "http://172.20.9.21/", "Channel": "0", "UserName": "root",
     "Password": "hunter2", "DriverNumber": "806", "DriverGroup": "Axis", "RecordingServer": "VM1", "Enabled": "True",
     "HardwareName": "AXIS P1465-LE (172.20.9.21)", "Coordinates": "51.5, -0.1"},
    {"DeviceType": "Microphone", "Name": "Stairs sound", "Address": "http://172.20.9.21/", "Channel": "0", "UserName": "root",
     "Password": "hunter2", "DriverNumber": "806", "DriverGroup": "Axis", "RecordingServer": "VM1", "Enabled": "False",
     "HardwareName": "AXIS P1465-LE (172.20.9.21)", "Coordinates": ""},
]  # fmt: skip
SNIPE_IT: Table = [
    {"Asset Name": "Gate", "Asset Tag": "A-77", "Serial": "DS-2CD2143G2-I20230101AAWR999", "Category": "CCTV Cameras",
     "Model": "Hikvision DS-2CD2143G2-I", "Manufacturer": "Hikvision", "Status": "Deployed", "Location": "South > Gate",
     "Purchase Date": "2021-05-04", "Purchase Cost": "210.00", "EOL Date": "2028-05-04", "Warranty Expires": "2024-05-04",
     "IP Address": "172.20.11.11", "Company": "Oak Trust"},
    {"Asset Name": "Old", "Asset Tag": "A-78", "Serial": "8A0B99", "Category": "NVR", "Model": "NVR4216-4KS2",
     "Manufacturer": "Dahua", "Status": "Archived", "Location": "South > Office", "Purchase Date": "2016-05-04",
     "Purchase Cost": "410.00", "EOL Date": "2023-05-04", "Warranty Expires": "", "IP Address": "172.20.11.12",
     "Company": "Oak Trust"},
]  # fmt: skip
NETBOX: Table = [
    {"name": "CAM-GATE", "role": "Security Camera", "manufacturer": "Hikvision", "device_type": "DS-2CD2143G0-I",
     "site": "Elm", "serial": "2019XX1", "asset_tag": "NB-1", "status": "active", "primary_ip4": "172.20.12.11/24",
     "comments": "watch this", "rack": "R1"},
    {"name": "NVR-1", "role": "NVR", "manufacturer": "Dahua", "device_type": "NVR5216-4KS2", "site": "Elm", "serial": "7732XX1",
     "asset_tag": "NB-2", "status": "offline", "primary_ip4": "172.20.12.12/24", "comments": "", "rack": ""},
]  # fmt: skip
NETBOX_TABLE: Table = [
    {"Name": "CAM-2", "Status": "Active", "Site": "Elm", "Location": "Hall", "Rack": "", "Role": "CCTV",
     "Manufacturer": "Dahua", "Type": "IPC-HDBW2431E-S-S2", "IP Address": "", "IPv4 Address": "172.20.13.11/24",
     "Serial number": "6K00X", "Asset tag": "NB-3"},
]  # fmt: skip
GLPI: Table = [
    {"Name": "Hall", "Entity": "Root", "Status": "In use", "Manufacturer": "Axis", "Location": "Main > Hall", "Type": "Camera",
     "Model": "M3065-V", "Serial number": "ACCC8E000201", "Inventory number": "E-43", "Firmware": "9.80",
     "IP": "172.20.14.11", "MAC address": "ac:cc:8e:00:02:01"},
    {"Name": "Rack", "Entity": "Root", "Status": "Decommissioned", "Manufacturer": "Hikvision", "Location": "Main > Rack",
     "Type": "NVR", "Model": "DS-7608NI-K2", "Serial number": "DS-7608X", "Inventory number": "E-44", "Firmware": "4.3",
     "IP": "172.20.14.12", "MAC address": ""},
]  # fmt: skip
PROTECT: Table = [
    {"id": "1", "state": "CONNECTED", "name": "Porch", "modelKey": "camera", "mac": "D021F9AA0001", "type": "UVC G4 Bullet",
     "host": "172.20.10.11", "firmwareVersion": "4.69.55"},
    {"id": "2", "state": "DISCONNECTED", "name": "Console", "modelKey": "nvr", "mac": "D021F9AA0002", "type": "UNVR",
     "host": "172.20.10.12", "firmwareVersion": "4.0.6"},
    {"id": "3", "state": "CONNECTED", "name": "Path light", "modelKey": "light", "mac": "D021F9AA0003", "type": "UP FloodLight",
     "host": "172.20.10.13", "firmwareVersion": "1.2"},
]  # fmt: skip

Expected = tuple[str, str, str, str | None, str | None]
"""Of a device by its address: kind, model, firmware, maker, and a line of its notes."""
LISTS: Mapping[str, tuple[Table, Mapping[str, Expected]]] = {
    "SADP": (SADP, {
        "172.20.4.11": ("camera", "DS-2CD2386G2-IU", "V5.7.3build 220112", "hikvision", None),
        "172.20.4.12": ("recorder", "DS-7616NI-K2", "V4.30.085build 200916", "hikvision", "Hik-Connect Status: ON"),
    }),
    "ConfigTool": (CONFIG_TOOL, {
        "172.20.5.11": ("camera", "IPC-HFW3449T1-AS-PV", "2.840.0000000.18.R", "dahua", None),
        "172.20.5.12": ("recorder", "NVR5216-4KS2", "4.001.0000000.1", "dahua", "Status: Uninitialized"),
    }),
    "AXIS Device Manager": (AXIS, {
        "172.20.6.11": ("camera", "P3265-LVE", "11.8.61", "axis", None),
        "172.20.6.12": ("camera", "M3106-L Mk II", "9.80.47", "axis", "Status: Unreachable"),
    }),
    "HikCentral": (HIK_CENTRAL, {
        "172.20.7.11": ("camera", "DS-2DE4A425IWG-E", "V5.7.1", "hikvision", None),
        "172.20.7.12": ("recorder", "DS-9632NI-I8", "V4.40", "hikvision", "Status: Offline"),
    }),
    "Genetec": (GENETEC, {
        "172.20.8.11": ("camera", "XNV-8080R", "1.41.13", "hanwha", "Description: Bay"),
        "172.20.8.12": ("other", "VertX V1000", "1.2", None, None),
    }),
    "Milestone, report of cameras": (MILESTONE_REPORT, {
        "172.20.9.11": ("camera", "P3245-V", "10.12.213", "axis", "ExpectedRetentionDays: 31"),
        "172.20.9.12": ("camera", "DS-2CD2385G1-I", "V5.6.2", "hikvision", "State: Not Responding"),
    }),
    "Snipe-IT": (SNIPE_IT, {
        "172.20.11.11": ("camera", "DS-2CD2143G2-I", "", "hikvision", None),
        "172.20.11.12": ("recorder", "NVR4216-4KS2", "", "dahua", "Status: Archived"),
    }),
    "NetBox": (NETBOX, {
        "172.20.12.11": ("camera", "DS-2CD2143G0-I", "", "hikvision", "rack: R1"),
        "172.20.12.12": ("recorder", "NVR5216-4KS2", "", "dahua", None),
    }),
    "NetBox, its table": (NETBOX_TABLE, {"172.20.13.11": ("camera", "IPC-HDBW2431E-S-S2", "", "dahua", None)}),
    "GLPI": (GLPI, {
        "172.20.14.11": ("camera", "M3065-V", "9.80", "axis", None),
        "172.20.14.12": ("recorder", "DS-7608NI-K2", "4.3", "hikvision", None),
    }),
    "UniFi Protect": (PROTECT, {
        "172.20.10.11": ("camera", "UVC G4 Bullet", "4.69.55", None, None),
        "172.20.10.12": ("recorder", "UNVR", "4.0.6", None, "state: DISCONNECTED"),
        "172.20.10.13": ("other", "UP FloodLight", "1.2", None, None),
    }),
}  # fmt: skip


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def as_text(table: Table, chance: random.Random) -> str:
    """As staff save it: columns in any order and letter case, one of their own added."""
    names = list(table[0])
    chance.shuffle(names)
    case = chance.choice((str, str.upper, str.lower))
    lines = [[case(name) for name in names], *([row[name] for name in names] for row in table)]
    for line, own in zip(lines, ["Our colour code", *["x"] * len(table)], strict=True):
        line.insert(len(names) // 2, own)
    delimiter = chance.choice(",;\t")
    return "".join(delimiter.join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)


def imported(folder: Path, text: str, knowledge: Knowledge, data_dir: Path) -> tuple[dict[str, AssetRow], list[str]]:
    """The rows by address, and what could not be read."""
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8", newline="")
    with register.new_inventory(folder / f"{random.random()}.camcensus", body(), NOW) as inventory:
        plan = importing.preview(inventory, knowledge, path, data_dir)
        importing.apply(inventory, knowledge, plan, importing.ImportChoices(), "A", NOW)
        found = register.rows(inventory, knowledge)
    return {row.addresses[0] if row.addresses else row.asset.purpose or "": row for row in found}, [
        one.say for one in plan.problems
    ]


@pytest.mark.parametrize("name", LISTS)
def test_each_row_is_what_the_program_says_it_is(tmp_path: Path, knowledge: Knowledge, data_dir: Path, name: str) -> None:
    table, expected = LISTS[name]
    chance = random.Random(f"{seed()} {name}")
    texts = [as_text(table, chance) for _ in range(3)] if name != "UniFi Protect" else [json.dumps(table)]
    for text in texts:
        rows, problems = imported(tmp_path, text, knowledge, data_dir)
        assert [say for say in problems if "is saved in the notes" not in say] == []
        assert set(rows) - {""} == set(expected)
        for address, (kind, model, firmware, maker, note) in expected.items():
            row = rows[address]
            assert (row.asset.kind, row.model, row.firmware or "") == (kind, model, firmware)
            if maker is not None:
                assert (row.maker, row.grade in ("likely", "almost-certain")) == (maker, True)
            assert note is None or note.casefold() in (row.asset.notes or "").casefold().split("\n")
            assert "hunter2" not in repr(row)


def test_what_only_some_columns_tell(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> None:
    def rows(table: Table) -> dict[str, AssetRow]:
        return imported(tmp_path, as_text(table, random.Random(1)), knowledge, data_dir)[0]

    assert rows(AXIS)["172.20.6.12"].mac == "ac:cc:8e:0a:0b:0d", "an Axis serial number is its MAC address"
    milestone = rows(MILESTONE_REPORT)
    assert [one.asset.retention_days for one in milestone.values()] == [19, None, None], "what is kept, not what is promised"
    assert {address: one.asset.connected_ref for address, one in milestone.items() if address} == dict.fromkeys(
        ("172.20.9.11", "172.20.9.12"), "REC-A"
    )
    assert (milestone[""].asset.ref, milestone[""].asset.kind) == ("REC-A", "recorder")
    snipe = rows(SNIPE_IT)
    assert [snipe[address].asset.status for address in ("172.20.11.11", "172.20.11.12")] == ["present", "removed"]
    assert (snipe["172.20.11.11"].asset.ref, snipe["172.20.11.11"].asset.place_path) == ("A-77", ("South", "Gate"))
    ends = [(one.asset.warranty_until, one.asset.replace_by) for one in snipe.values()]
    assert sorted(ends, key=str) == [("2024-05-04", "2028-05-04"), (None, "2023-05-04")]
    unifi = [{"Type": "Camera", "Name": "Lobby", "Model": "G5 Dome", "MAC Address": "74:ac:b9:00:00:01", "IP Address": "172.20.15.1",
              "Status": "Connected", "Uptime": "2d", "Adopted On": "2024-05-02"}]  # fmt: skip
    adopted = rows(unifi)["172.20.15.1"].asset
    assert (adopted.installed_on, (adopted.installed_basis or "").casefold()) == ("2024-05-02", "adopted on")
    netbox = [{**NETBOX_TABLE[0], "Platform": platform} for platform in ("AXIS OS 11.2", "Linux")]
    assert [rows([one])["172.20.13.11"].firmware for one in netbox] == ["AXIS OS 11.2", None]
    assert snipe["172.20.11.11"].asset.installed_basis is not None, "a date of buying is no date of installing"
    sound = [one for one in rows(MILESTONE_EXPORT).values() if one.asset.kind == "other"]
    assert [one.asset.purpose for one in sound] == ["Stairs sound"], "a microphone is no camera"
