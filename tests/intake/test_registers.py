"""Registers as schools, hospitals and shops keep them: each is read to the values named here, or refused with what to do."""

from __future__ import annotations

import io
import math
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from books import ods, packed, with_part, xls, xlsx
from camcensus.intake.registers import ROWS_LIMIT, read_headings, read_register, read_register_bytes
from camcensus.model.errors import IntakeError
from camcensus.model.registers import RegisterFile
from camcensus.registers.columns import guess_columns
from camcensus.registers.listed import read_rows
from drawn import seed

HEADINGS = read_headings(Path(__file__).resolve().parents[2] / "resources" / "registers")
A, B = "3c:ef:8c:00:00:01", "58:50:ed:00:00:02"


@dataclass(frozen=True)
class Shape:
    """A file, and what comes of it: rows by number (all of them), where problems are, and words of the notes."""

    data: bytes
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    problems: Sequence[tuple[int, str, str]] = ()
    notes: Sequence[str] = ()
    sheet: str | None = None


def text(content: str, encoding: str = "utf-8") -> bytes:
    return content.encode(encoding)


TWO = {2: {"ref": "1", "sold_as": "Axis", "room_or_area": "Hall"}, 3: {"ref": "2", "sold_as": "Dahua", "room_or_area": "Gym"}}
PLAIN = "Ref,Make,Room\n1,Axis,Hall\n2,Dahua,Gym\n"
LINES = [["Ref", "Make", "Room"], ["1", "Axis", "Hall"], ["2", "Dahua", "Gym"]]
UMLAUT = {2: {"name": "Café – Straße", "room_or_area": "Küche"}}
UMLAUTS = "Name;Room\r\nCafé – Straße;Küche\r\n"
GROUPS = [
    ["Camera", "", "Location", "", "Purchase", ""],
    ["No", "Make", "Building", "Room", "Date", "Cost"],
    ["7", "Axis", "Main", "Hall", "24/11/2020", "180"],
]
GROUPED = {
    3: {
        "ref": "7", "sold_as": "Axis", "building": "Main", "room_or_area": "Hall", "installed_date": "2020-11-24",
        "install_date_basis": "Purchase – Date", "purchase_cost_gbp": 18000,
    }
}  # fmt: skip
DATES = {number: {"ref": str(number), "installed_date": "2026-11-24"} for number in range(2, 10)}

SHAPES: dict[str, Shape] = {
    "utf-8": Shape(text(PLAIN), TWO),
    "utf-8 with a mark": Shape(text(PLAIN, "utf-8-sig"), TWO),
    "utf-16 as Excel's “Unicode text”, tabs": Shape(text(PLAIN.replace(",", "\t"), "utf-16"), TWO),
    "utf-16 without a mark": Shape(text(PLAIN, "utf-16-le"), TWO),
    "utf-16 big-endian": Shape(b"\xfe\xff" + text(PLAIN, "utf-16-be"), TWO),
    "windows-1252, semicolons": Shape(text(UMLAUTS, "windows-1252"), UMLAUT),
    "pipes": Shape(text(PLAIN.replace(",", "|")), TWO),
    "old Mac line ends": Shape(text(PLAIN.replace("\n", "\r")), TWO),
    "a line that names the delimiter": Shape(text("sep=;\n" + PLAIN.replace(",", ";")), {3: TWO[2], 4: TWO[3]}),
    "semicolons, and commas in cells": Shape(
        text("Ref;Name;Cost\n1;Hall, left, door;1,640.50\n2;Gym, right;180\n"),
        {2: {"ref": "1", "name": "Hall, left, door", "purchase_cost_gbp": 164050}, 3: {"ref": "2", "name": "Gym, right", "purchase_cost_gbp": 18000}},
    ),
    "line ends inside quotes": Shape(
        text('Ref,Notes,Room\n1,"first\r\nsecond","Hall\nleft"\n2,plain,Gym\n'),
        {2: {"ref": "1", "notes": "first\nsecond", "room_or_area": "Hall left"}, 3: {"ref": "2", "notes": "plain", "room_or_area": "Gym"}},
    ),
    "quotation marks inside a cell that begins with one": Shape(
        text('Ref,Name,Room\n1,"Front" gate,Hall\n2,27" monitor,Gym\n'),
        {2: {"ref": "1", "name": "Front gate", "room_or_area": "Hall"}, 3: {"ref": "2", "name": '27" monitor', "room_or_area": "Gym"}},
    ),
    "a title, who made it, and an empty row above": Shape(
        text("Elm Park CCTV register,,\nMade by R. Khan,,\n,,\n" + PLAIN), {5: TWO[2], 6: TWO[3]}, notes=["2 rows above the headings"]
    ),
    "empty columns and rows": Shape(
        text(",Ref,,Make,,Room,\n,,,,,,\n,1,,Axis,,Hall,\n,,,,,,\n,2,,Dahua,,Gym,\n"), {3: TWO[2], 5: TWO[3]}
    ),
    "merged headings over columns, two rows": Shape(
        xlsx(("Register", GROUPS), merged=[(0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 0, 5)]), GROUPED
    ),
    "two rows of headings in CSV": Shape(text("\n".join(",".join(row) for row in GROUPS)), GROUPED),
    "two rows of headings in XLS": Shape(xls(GROUPS, merged=[(0, 0, 0, 1), (0, 2, 0, 3), (0, 4, 0, 5)]), GROUPED),
    "headings merged downwards": Shape(
        xlsx(
            ("Register", [["Ref", "Location", ""], ["", "Building", "Room"], ["1", "Main", "Hall"]]),
            merged=[(0, 0, 1, 0), (0, 1, 0, 2)],
        ),
        {3: {"ref": "1", "building": "Main", "room_or_area": "Hall"}},
    ),
    "a heading above the others' row": Shape(
        text("Camera ref,,,\n,Make,Model,Serial\nCAM-001,Axis,P3245,A1\n"),
        {3: {"ref": "CAM-001", "sold_as": "Axis", "model": "P3245", "serial": "A1"}},
    ),
    "two headings above the others' row": Shape(
        text("Camera ref,,,Notes\n,Make,Model,\nCAM-001,Axis,P3245,new\n"),
        {3: {"ref": "CAM-001", "sold_as": "Axis", "model": "P3245", "notes": "new"}},
    ),
    "a heading above the others' row, and one over two of them": Shape(
        text("Camera ref,,Location,,Notes\n,Make,Building,Room,\nCAM-001,Axis,Main,Hall,new\n"),
        {3: {"ref": "CAM-001", "sold_as": "Axis", "building": "Main", "room_or_area": "Hall", "notes": "new"}},
    ),
    "an empty row between two of headings": Shape(
        text("Make,,\n,,\n,Model,Serial\nAxis,P3245,A1\n"), {4: {"sold_as": "Axis", "model": "P3245", "serial": "A1"}}
    ),
    "what the list is of, an empty row, and the headings": Shape(
        text("Site,Elm Park,,\n,,,\nRef,Make,Model,Serial\n1,Axis,P3245,A1\n"),
        {4: {"ref": "1", "sold_as": "Axis", "model": "P3245", "serial": "A1"}},
        notes=["1 row above the headings"],
    ),
    "a title that calls a column, above the headings": Shape(
        text("Camera ref,,,\nRef,Make,Model,Serial\nCAM-001,Axis,P3245,A1\n"),
        {3: {"ref": "CAM-001", "sold_as": "Axis", "model": "P3245", "serial": "A1"}},
        notes=["1 row above the headings"],
    ),
    "a title above headings of which the first is empty": Shape(
        text("Elm Park CCTV 2026,,,\n,Make,Model,Serial\nx,Axis,P3245,A1\n"),
        {3: {"sold_as": "Axis", "model": "P3245", "serial": "A1"}},
        notes=["1 row above the headings"],
    ),
    "a merged title above": Shape(xlsx(("Register", [["CCTV register 2026", "", ""], *LINES]), merged=[(0, 0, 0, 2)]), {3: TWO[2], 4: TWO[3]}),
    "totals and repeated headings": Shape(
        text("Ref,Make,Cost,Room\n1,Axis,180,Hall\nRef,Make,Cost,Room\n2,Dahua,90,Gym\nTotal,,270,\n"),
        {2: {**TWO[2], "purchase_cost_gbp": 18000}, 4: {**TWO[3], "purchase_cost_gbp": 9000}},
        notes=["Row 3 repeats the headings", "Row 5 looks like a total"],
    ),
    "headings inside the list": Shape(
        text("Ref,Make,Model,Room\nMain block,,,\n1,Axis,P1,Hall\nPrinted 24/11/2026,,,\n"),
        {3: {"ref": "1", "sold_as": "Axis", "model": "P1", "building": "Main block", "room_or_area": "Hall"}},
        notes=["Row 2 has only “Main block” and was taken as the building", "Row 4 has only “Printed 24/11/2026” and was left out"],
    ),
    "hidden rows are rows": Shape(xlsx(("Register", LINES), hidden=[1]), TWO),
    "the sheet with cameras of three": Shape(
        xlsx(("Cover", [["CCTV"], ["Elm Park"]]), ("Cameras", LINES), ("Lists", [["Hall"], ["Gym"]])), TWO, notes=["“Cameras” was taken"]
    ),
    "a sheet that was named": Shape(
        xlsx(("Old", [["Ref", "Make", "Room"], ["9", "Bosch", "Attic"]]), ("Cameras", LINES)),
        {2: {"ref": "9", "sold_as": "Bosch", "room_or_area": "Attic"}},
        sheet="old",
    ),
    "formulas by what they last came to": Shape(
        xlsx(
            ("Register", [["Ref", "Cost", "Room"], ["1", None, "Hall"]]),
            also=lambda sheet: sheet.write_formula(1, 1, "=2*90.25", None, 180.5),
        ),
        {2: {"ref": "1", "purchase_cost_gbp": 18050, "room_or_area": "Hall"}},
    ),
    "typed dates and numbers in XLSX": Shape(
        xlsx(("R", [["Ref", "Installed", "Cost", "Retention"], [1, date(2026, 11, 24), 1640.5, 31]])),
        {2: {"ref": "1", "installed_date": "2026-11-24", "purchase_cost_gbp": 164050, "retention_days": 31}},
    ),
    "typed dates and numbers in XLS": Shape(
        xls([["Ref", "Installed", "Cost", "Retention"], [1, date(2026, 11, 24), 1640.5, 31]]),
        {2: {"ref": "1", "installed_date": "2026-11-24", "purchase_cost_gbp": 164050, "retention_days": 31}},
    ),
    "ODS, empty to its last row": Shape(
        ods([["Ref", "Installed", "Cost", "Room"], ["", "", "", ""], ["1", date(2026, 11, 24), 180.5, "Hall & gym"]]),
        {3: {"ref": "1", "installed_date": "2026-11-24", "purchase_cost_gbp": 18050, "room_or_area": "Hall & gym"}},
    ),
    "dates in eight styles": Shape(
        text(
            "Ref,Installed\n2,24/11/2026\n3,2026-11-24\n4,24 Nov 2026\n5,24-Nov-26\n6,24th November 2026\n7,46350\n8,24.11.26\n"
            "9,2026-11-24T10:42:00Z\n"
        ),
        DATES,
    ),
    "a date that can be read in two ways is read as in the UK, and said": Shape(
        text("Ref,Date installed\n1,03/04/2026\n"), {2: {"ref": "1", "installed_date": "2026-04-03"}}, notes=["03/04/2026 (row 2) is 3 April 2026"]
    ),
    "dates with the month first are asked where they can be read in two ways": Shape(
        text("Ref,Date installed\n1,03/04/2026\n2,04/25/2026\n"),
        {2: {"ref": "1"}, 3: {"ref": "2", "installed_date": "2026-04-25"}},
        problems=[(2, "Date installed", "row 3 has the month first")],
    ),
    "years, months, and no date at all": Shape(
        text("Ref,Installed\n1,2019\n2,Mar 2019\n3,when built\n4,unknown\n"),
        {
            2: {"ref": "1", "installed_date": "2019"}, 3: {"ref": "2", "installed_date": "2019-03"},
            4: {"ref": "3", "notes": "Installed: when built"},
            5: {"ref": "4"},
        },
        problems=[(4, "Installed", "must be a date, like 24/11/2026 or 2026-11-24")],
    ),
    "money in six styles": Shape(
        text('Ref,Cost\n1,"£1,640.00"\n2,180\n3,GBP 180.50\n4,£180 + VAT\n5,"1.640,00"\n6,€180\n'),
        {
            2: {"ref": "1", "purchase_cost_gbp": 164000}, 3: {"ref": "2", "purchase_cost_gbp": 18000},
            4: {"ref": "3", "purchase_cost_gbp": 18050}, 5: {"ref": "4", "purchase_cost_gbp": 18000},
            6: {"ref": "5", "notes": "Cost: 1.640,00"}, 7: {"ref": "6", "notes": "Cost: €180"},
        },
        problems=[(row, "Cost", "must be a number, like 180 or 180.50") for row in (6, 7)],
    ),
    "retention, and yes and no": Shape(
        text("Ref,Retention period,External?\n1,30 days,Y\n2,1 month,no\n3,4 weeks,x\n4,a while,perhaps\n"),
        {
            2: {"ref": "1", "retention_days": 30, "inside_outside": "outside"},
            3: {"ref": "2", "retention_days": 30, "inside_outside": "inside", "notes": "Retention period: 1 month"},
            4: {"ref": "3", "retention_days": 28, "inside_outside": "outside"},
            5: {"ref": "4", "notes": "Retention period: a while\nExternal?: perhaps"},
        },
        problems=[(5, "Retention period", "must be a number of days"), (5, "External?", "must be inside or outside")],
    ),
    "numbers and addresses in the forms people write": Shape(
        text(
            "Ref,MAC Address,IP Address,Serial No.\n1,3C-EF-8C-00-00-01,010.000.000.031,DS-1\n2,5850.ed00.0002,http://10.0.0.32:80/,\n"
            "3,3C:EF:8C:00:00,dhcp,1.23E+14\n"
        ),
        {
            2: {"ref": "1", "mac": A, "ip": "10.0.0.31", "serial": "DS-1"}, 3: {"ref": "2", "mac": B, "ip": "10.0.0.32"},
            4: {"ref": "3", "notes": "MAC Address: 3C:EF:8C:00:00\nSerial No.: 1.23E+14"},
        },
        problems=[(4, "MAC Address", "must be a MAC address"), (4, "Serial No.", "was cut by a spreadsheet")],
    ),
    "two addresses, one of loopback, and none": Shape(
        text("ref,ip\n1,10.0.0.31 127.0.0.1\n2,10.0.0.300\n"),
        {2: {"ref": "1", "ip": "10.0.0.31 127.0.0.1"}, 3: {"ref": "2", "notes": "ip: 10.0.0.300"}},
        problems=[(3, "ip", "Row 3: Network address (IP) must be a network address, like 10.0.0.31; “10.0.0.300” is saved in the notes.")],
    ),
    "kinds and types of camera": Shape(
        text("Ref,Equipment,Type\n1,Camera,Vandal dome\n2,NVR 16ch,\n3,IP camera,PTZ\n4,Toaster,Blue\n"),
        {
            2: {"ref": "1", "kind": "camera", "camera_type": "dome", "notes": "Type: Vandal dome"},
            3: {"ref": "2", "kind": "recorder", "notes": "Equipment: NVR 16ch"},
            4: {"ref": "3", "kind": "camera", "camera_type": "ptz"}, 5: {"ref": "4", "notes": "Equipment: Toaster\nType: Blue"},
        },
        problems=[(5, "Equipment", "must be camera, recorder"), (5, "Type", "must be fixed, dome")],
    ),
    "no headings at all": Shape(
        text(f"{A},10.0.0.31,x\n{B},10.0.0.32,y\n"), {1: {"mac": A, "ip": "10.0.0.31"}, 2: {"mac": B, "ip": "10.0.0.32"}}
    ),
    "headings of another language, numbers by their cells": Shape(
        text(f"Gerät;Nummer des Netzes;Ort\nFlur;{A};unten\n"), {2: {"mac": A}}
    ),
    "our own mark before what would be computed": Shape(
        text("Ref,Notes,Room\n1,'=1+1,Hall\n2,' -x,Gym\n"),
        {2: {"ref": "1", "notes": "=1+1", "room_or_area": "Hall"}, 3: {"ref": "2", "notes": "-x", "room_or_area": "Gym"}},
    ),
    "headings inside a list that names its buildings": Shape(
        text("Ref,Make,Building,Room\nUpper school,,,\n1,Axis,Main,Hall\n"),
        {3: {"ref": "1", "sold_as": "Axis", "building": "Main", "room_or_area": "Hall"}},
        notes=["Row 2 has only “Upper school” and was left out"],
    ),
    "headings of floors and areas, which are no buildings, and of what is outside": Shape(
        text(
            "Cam,Make,Model,Position\nGROUND FLOOR,,,\n1,Axis,P1,Lobby\n2. BOILER HOUSE,,,\n2,Axis,P1,Flue\n3. PLANT ROOM,,,\n3,Axis,P1,Door\n"
            "EXTERNAL CAMERAS,,,\n4,Axis,P1,Bins\nMill Lane,,,\nWING C,,,\n5,Axis,P1,Stair\nRecorders,,,\n6,Axis,S3008,Rack\n"
        ),
        {
            3: {"ref": "1", "sold_as": "Axis", "model": "P1", "floor": "GROUND FLOOR", "location": "Lobby"},
            5: {"ref": "2", "sold_as": "Axis", "model": "P1", "building": "BOILER HOUSE", "location": "Flue"},
            7: {"ref": "3", "sold_as": "Axis", "model": "P1", "location": "PLANT ROOM – Door"},
            9: {"ref": "4", "sold_as": "Axis", "model": "P1", "location": "Bins", "inside_outside": "outside"},
            12: {"ref": "5", "sold_as": "Axis", "model": "P1", "site": "Mill Lane", "building": "WING C", "location": "Stair"},
            14: {"ref": "6", "sold_as": "Axis", "model": "S3008", "site": "Mill Lane", "location": "Rack"},
        },
        notes=[
            "Row 2 has only “GROUND FLOOR” and was taken as the floor", "Row 6 has only “3. PLANT ROOM” and was taken as the room or area",
            "Row 8 has only “EXTERNAL CAMERAS” and was left out: the rows below it count as outside", "Row 13 has only “Recorders” and was left out",
        ],
    ),
    "an address where a place was asked for, a spare one, a date of buying, and firmware without a number": Shape(
        text(
            "Cam,Make,Model,Room,Purchase date,Firmware\n1,Axis,P1,10.0.0.4,2020,Latest\n2,,Spare,10.0.0.5,,\n3,Axis,Spare,Store,,9.80\n"
        ),
        {
            2: {
                "ref": "1", "sold_as": "Axis", "model": "P1", "ip": "10.0.0.4", "installed_date": "2020", "install_date_basis": "Purchase date",
                "notes": "Firmware: Latest",
            },
            4: {"ref": "3", "sold_as": "Axis", "model": "Spare", "room_or_area": "Store", "firmware": "9.80"},
        },
        notes=["Row 3 is spare and names no device, so it was left out"],
    ),
    "headings of buildings, and of floors in them": Shape(
        text("Ref,Make,Model,Room\nLower school,,,\nFirst floor,,,\n1,Axis,P1,Hall\nGym,,,\n2,Axis,P1,Door\nNB: 2 is on loan.,,,\n"),
        {
            4: {"ref": "1", "sold_as": "Axis", "model": "P1", "building": "Lower school", "floor": "First floor", "room_or_area": "Hall"},
            6: {"ref": "2", "sold_as": "Axis", "model": "P1", "room_or_area": "Gym – Door"},
        },
        notes=["Row 7 has only “NB: 2 is on loan.” and was left out"],
    ),
    "merged cells that reach down, but for what is of one device": Shape(
        xlsx(
            ("R", [["Site", "Floor", "Ref", "Make", "Cost"], ["Elm Park", 1, "1", "Axis", 400], ["", "", "2", "Axis", ""], ["", "", "", "", ""], ["", 2, "3", "Axis", 90]]),
            merged=[(1, 0, 4, 0), (1, 1, 2, 1), (1, 4, 2, 4)],
        ),
        {
            2: {"site": "Elm Park", "floor": "1", "ref": "1", "sold_as": "Axis", "purchase_cost_gbp": 40000},
            3: {"site": "Elm Park", "floor": "1", "ref": "2", "sold_as": "Axis"},
            5: {"site": "Elm Park", "floor": "2", "ref": "3", "sold_as": "Axis", "purchase_cost_gbp": 9000},
        },
        notes=["Merged cells count for each of their rows: Site, Floor.", "Merged cells count for their first row alone: Cost."],
    ),
    "sums without a word, of a part, and with what they are of": Shape(
        text(
            "Ref,Name,Make,Cost\n1,Hall,Axis,180\n,,,180\n,Main block total,,180\n2,Gym,Axis,90\nTotal,All blocks,,270\n"
            "Signed:,R. Khan,,\n3,Total Fitness entrance,Axis,5\n"
        ),
        {
            2: {"ref": "1", "name": "Hall", "sold_as": "Axis", "purchase_cost_gbp": 18000},
            5: {"ref": "2", "name": "Gym", "sold_as": "Axis", "purchase_cost_gbp": 9000},
            8: {"ref": "3", "name": "Total Fitness entrance", "sold_as": "Axis", "purchase_cost_gbp": 500},
        },
        notes=["Row 3 has numbers only", "Rows 4, 6 look like totals", "Row 7 looks like a remark"],
    ),
    "what is gone, in words that people use": Shape(
        text(
            "Ref,Status\n1,Removed\n2,Decommissioned 2023\n3,Not in use\n4,Scrapped\n5,Faulty – taken down\n6,Disposed\n7,Due to be removed 2027\n"
            "8,Faulty\n9,Live\n10,perhaps\n"
        ),
        {
            2: {"ref": "1", "status": "removed"}, 3: {"ref": "2", "status": "removed", "notes": "Status: Decommissioned 2023"},
            4: {"ref": "3", "status": "removed"}, 5: {"ref": "4", "status": "removed"},
            6: {"ref": "5", "status": "removed", "notes": "Status: Faulty – taken down", "working": "no"}, 7: {"ref": "6", "status": "removed"},
            8: {"ref": "7", "status": "present", "notes": "Status: Due to be removed 2027"},
            9: {"ref": "8", "notes": "Status: Faulty", "working": "no"},
            10: {"ref": "9", "status": "present"}, 11: {"ref": "10", "notes": "Status: perhaps"},
        },
        problems=[(11, "Status", "must be in use, spare or removed")],
    ),
    "yes and no under a heading that says it": Shape(
        text("Ref,Decommissioned?\n1,Y\n2,N\n"), {2: {"ref": "1", "status": "removed"}, 3: {"ref": "2", "status": "present"}}
    ),
    "a condition that is a score, and one that says who is gone": Shape(
        text("Ref,Condition\n1,3\n2,Good\n"), {2: {"ref": "1", "notes": "Condition: 3"}, 3: {"ref": "2", "notes": "Condition: Good", "working": "yes"}}
    ),
    "a condition that says what is gone": Shape(
        text("Ref,Condition\n1,Good\n2,Removed\n"),
        {2: {"ref": "1", "notes": "Condition: Good", "working": "yes"}, 3: {"ref": "2", "status": "removed", "notes": "Condition: Removed"}},
        notes=["In 1 row the words say that it is gone or spare: “Removed” (row 3)"],
    ),
    "ditto marks": Shape(
        text('Ref,Make,Model,Serial\n1,Axis,P3245,A1\n2,as above,"""",do.\n3,Dahua,,B1\n4,ditto,,B2\n'),
        {
            2: {"ref": "1", "sold_as": "Axis", "model": "P3245", "serial": "A1"},
            3: {"ref": "2", "sold_as": "Axis", "model": "P3245", "serial": "do."},
            4: {"ref": "3", "sold_as": "Dahua", "serial": "B1"}, 5: {"ref": "4", "sold_as": "Dahua", "serial": "B2"},
        },
        notes=["Ditto marks count as the cell above: Make, Model"],
    ),
    "a title merged over the list": Shape(
        xlsx(("Elm Park", [["Elm Park – cameras", "", "", ""], ["Ref", "Make", "Room", "Notes"], ["1", "Axis", "Hall", "new"]]), merged=[(0, 0, 0, 3)]),
        {3: {"ref": "1", "sold_as": "Axis", "room_or_area": "Hall", "notes": "new"}},
        notes=["1 row above the headings"],
    ),
    "remarks that say what is gone": Shape(
        text(
            "Ref,Make,Status,Remarks\n1,Axis,,\"Removed 2023, ward closed\"\n2,Axis,,Removed the old lens\n"
            "3,Axis,In use,Removed 2019 from the gate\n4,Axis,,taken down when the boiler went\n"
        ),
        {
            2: {"ref": "1", "sold_as": "Axis", "status": "removed", "notes": "Removed 2023, ward closed"},
            3: {"ref": "2", "sold_as": "Axis", "notes": "Removed the old lens"},
            4: {"ref": "3", "sold_as": "Axis", "status": "present", "notes": "Removed 2019 from the gate"},
            5: {"ref": "4", "sold_as": "Axis", "status": "removed", "notes": "taken down when the boiler went"},
        },
        notes=["In 2 rows the words say that it is gone or spare"],
    ),
    "a day in a column for when it went": Shape(
        text("Ref,Lifecycle,Decommissioned\n1,Live,\n2,,17/07/2023\n"),
        {2: {"ref": "1", "status": "present"}, 3: {"ref": "2", "status": "removed", "notes": "Decommissioned: 17/07/2023"}},
    ),
    "what does not work is not gone": Shape(
        text("Ref,Working?,In use?\n1,Y,Y\n2,N,\n3,N,N\n"),
        {
            2: {"ref": "1", "status": "present", "working": "yes"},
            3: {"ref": "2", "working": "no"},
            4: {"ref": "3", "status": "removed", "working": "no"},
        },
    ),
    "each school counts its cameras from 1": Shape(
        text("School,Camera No,Make\nAsh,1,Axis\nAsh,2,Axis\nBirch,1,Axis\n"),
        {
            2: {"site": "Ash", "name": "1", "sold_as": "Axis"},
            3: {"site": "Ash", "name": "2", "sold_as": "Axis"},
            4: {"site": "Birch", "name": "1", "sold_as": "Axis"},
        },
    ),
    "a room, and where in it": Shape(
        text("Ref,Ward,Position,Name\n1,A&E,Ambulance bay,\n2,A&E,Desk,Left\n"),
        {
            2: {"ref": "1", "room_or_area": "A&E", "name": "Ambulance bay"},
            3: {"ref": "2", "room_or_area": "A&E", "name": "Left", "notes": "Location: Desk"},
        },
    ),
    "a column of remarks with no heading that tells": Shape(
        text("Ref,Make,bits\n1,Axis,need a cherry picker\n2,Axis,no picture since half term\n3,Axis,cobwebs\n"),
        {
            2: {"ref": "1", "sold_as": "Axis", "notes": "bits: need a cherry picker"},
            3: {"ref": "2", "sold_as": "Axis", "notes": "bits: no picture since half term", "working": "no"},
            4: {"ref": "3", "sold_as": "Axis", "notes": "bits: cobwebs"},
        },
    ),
    "cameras that are counted, some of them together": Shape(
        text("cam,where\n1,Gate\n4-5,Hall\ncam 7-10,Yard\n"),
        {
            2: {"channel": 1, "location": "Gate"}, 3: {"channel": "4 5", "location": "Hall"},
            4: {"channel": "7 8 9 10", "location": "Yard"},
        },
    ),
    "a description in brackets": Shape(
        text("Item,Description (make and model),Room\nCamera,Axis P3245,Hall\n"),
        {2: {"kind": "camera", "model": "Axis P3245", "room_or_area": "Hall"}},
    ),
    "headings inside the list that are no places": Shape(
        text("Ref,Make,Model,Room\n1. INTERNAL CAMERAS,,,\n1,Axis,P1,Hall\n"),
        {3: {"ref": "1", "sold_as": "Axis", "model": "P1", "room_or_area": "Hall", "inside_outside": "inside"}},
        notes=["Row 2 has only “1. INTERNAL CAMERAS” and was left out: the rows below it count as inside"],
    ),
    "a tool that lists one maker's devices": Shape(
        text(
            "Device Type,Software Version,IPv4 Gateway,Device Serial No.,MAC Address,Status\n"
            f"DS-2CD2032-I,V5.4.5,10.0.0.1,A1,{A},Active\n"
        ),
        {2: {"sold_as": "Hikvision", "model": "DS-2CD2032-I", "firmware": "V5.4.5", "serial": "A1", "mac": A}},
        notes=["SADP lists devices of Hikvision", "“Status” says “Active” in 1 row: that is usual, and not saved"],
    ),
    "several channels, and how many": Shape(
        text("Ref,NVR Channel,Qty\n1,7-10,4\n2,4 & 5,x2\n3,Ch 3,1\n4,16ch,lots\n5,,3 off\n"),
        {
            2: {"ref": "1", "channel": "7 8 9 10", "quantity": 4}, 3: {"ref": "2", "channel": "4 5", "quantity": 2},
            4: {"ref": "3", "channel": 3, "quantity": 1},
            5: {"ref": "4", "notes": "NVR Channel: 16ch\nQty: lots"}, 6: {"ref": "5", "quantity": 3},
        },
        problems=[(5, "NVR Channel", "must be a channel number, like 4, or several"), (5, "Qty", "must be a number from 1 to 200")],
    ),
    "a type that says the kind, and one that is a model": Shape(
        text("Ref,Type,Device type\n1,Camera,DS-2CD2143G2-I\n2,NVR,NVR5216-16P\n3,IP dome,IPC-HFW1230\n"),
        {
            2: {"ref": "1", "kind": "camera", "model": "DS-2CD2143G2-I"}, 3: {"ref": "2", "kind": "recorder", "model": "NVR5216-16P"},
            4: {"ref": "3", "kind": "camera", "camera_type": "dome", "model": "IPC-HFW1230", "notes": "Type: IP dome"},
        },
    ),
    "where it is, who made it, and columns that are notes": Shape(
        text("Ref,Where is it?,Made by,Comments,Condition,Remarks\n1,Hall,Axis,high up,B,old\n"),
        {2: {"ref": "1", "location": "Hall", "sold_as": "Axis", "notes": "high up\nCondition: B\nRemarks: old"}},
    ),
    "what is kept in a box, or does not work": Shape(
        text(
            "Ref,What,Status,Remark\n1,Dome,Spare - boxed,\n2,Spare dome,,\n3,Dome,Stock,\n4,Dome,Not installed,\n5,Dome,Not working since 03/2025,\n"
            "6,Dome,Out of service since 2024,\n7,Dome,,Faulty\n8,Dome,,Faulty cable was replaced\n9,Dome,Working,\n10,Dome,1 not working,\n"
        ),
        {
            2: {"ref": "1", "kind": "camera", "camera_type": "dome", "status": "spare", "notes": "Status: Spare - boxed"},
            3: {"ref": "2", "kind": "camera", "camera_type": "dome", "status": "spare", "notes": "What: Spare dome"},
            4: {"ref": "3", "kind": "camera", "camera_type": "dome", "status": "spare", "notes": "Status: Stock"},
            5: {"ref": "4", "kind": "camera", "camera_type": "dome", "status": "spare", "notes": "Status: Not installed"},
            6: {"ref": "5", "kind": "camera", "camera_type": "dome", "working": "no", "working_since": "2025-03", "notes": "Status: Not working since 03/2025"},
            7: {"ref": "6", "kind": "camera", "camera_type": "dome", "working": "no", "working_since": "2024", "notes": "Status: Out of service since 2024"},
            8: {"ref": "7", "kind": "camera", "camera_type": "dome", "working": "no", "notes": "Faulty"},
            9: {"ref": "8", "kind": "camera", "camera_type": "dome", "notes": "Faulty cable was replaced"},
            10: {"ref": "9", "kind": "camera", "camera_type": "dome", "status": "present", "working": "yes"},
            11: {"ref": "10", "kind": "camera", "camera_type": "dome", "notes": "Status: 1 not working"},
        },
        notes=["In 1 row the words say that it is gone or spare: “Spare dome” (row 3)"],
    ),
    "quarters and financial years": Shape(
        text("Ref,Planned replacement,Warranty until\n1,Q4 2026,2026 Q1\n2,FY26/27,2027\n3,2026-27,31/03/2027\n"),
        {
            2: {"ref": "1", "replace_by": "2026-12", "warranty_until": "2026-03", "notes": "Planned replacement: Q4 2026\nWarranty until: 2026 Q1"},
            3: {"ref": "2", "warranty_until": "2027", "notes": "Planned replacement: FY26/27"},
            4: {"ref": "3", "warranty_until": "2027-03-31", "notes": "Planned replacement: 2026-27"},
        },
    ),
    "a financial year beside a decision": Shape(
        text("Ref,Decision,Replacement due\n1,Replace,FY26/27\n2,Keep,FY26/27\n3,Replace,26/27\n"),
        {
            2: {"ref": "1", "decision": "replace", "decision_year": "2026-27", "notes": "Replacement due: FY26/27"},
            3: {"ref": "2", "decision": "keep", "notes": "Replacement due: FY26/27"},
            4: {"ref": "3", "decision": "replace", "decision_year": "2026-27", "notes": "Replacement due: 26/27"},
        },
    ),
    "a column for faults": Shape(
        text("Ref,Faulty Y/N\n1,Y\n2,N\n"), {2: {"ref": "1", "working": "no"}, 3: {"ref": "2", "working": "yes"}}
    ),
    "a column that names the fault": Shape(
        text("Ref,Fault\n1,none\n2,Defective\n"),
        {2: {"ref": "1", "working": "yes", "notes": "Fault: none"}, 3: {"ref": "2", "working": "no", "notes": "Fault: Defective"}},
    ),
    "a status that says only whether it works": Shape(
        text("Ref,Status\n1,Defective\n2,Running\n"),
        {2: {"ref": "1", "working": "no", "notes": "Status: Defective"}, 3: {"ref": "2", "status": "present", "working": "yes"}},
    ),
    "a column for spares": Shape(
        text("Ref,Spare?\n1,Y\n2,N\n"), {2: {"ref": "1", "status": "spare"}, 3: {"ref": "2", "status": "present"}}
    ),
    "a remark beside a column for it": Shape(
        text("Ref,Working,Comments\n1,Y,Faulty last year\n2,,Faulty since 03/2026\n3,,Not in use\n4,,Not in the plan\n"),
        {
            2: {"ref": "1", "working": "yes", "notes": "Faulty last year"},
            3: {"ref": "2", "working": "no", "working_since": "2026-03", "notes": "Faulty since 03/2026"},
            4: {"ref": "3", "status": "removed", "notes": "Not in use"},
            5: {"ref": "4", "notes": "Not in the plan"},
        },
    ),
    "since when it does not work": Shape(
        text("Ref,Not working since\n1,03/2026\n2,\n"),
        {2: {"ref": "1", "working": "no", "working_since": "2026-03"}, 3: {"ref": "2"}},
    ),
    "some of several work": Shape(
        text("Ref,Working\n1,1 of 2 working\n2,3 of 4\n3,2/3\n"),
        {number: {"ref": f"{number - 1}", "notes": f"Working: {said}"} for number, said in ((2, "1 of 2 working"), (3, "3 of 4"), (4, "2/3"))},
    ),
    "recorders beside cameras": Shape(
        text("Ref,NVR make/model,Connected to NVR\n1,Dahua NVR4108,NVR 1\n"),
        {2: {"ref": "1", "connected_to_ref": "NVR 1", "notes": "NVR make/model: Dahua NVR4108"}},
    ),
    "streets have numbers": Shape(
        text("Location,Make\n12 Acacia Road,Axis\n3 cameras lane,Axis\nYard x4,Axis\n"),
        {
            2: {"location": "12 Acacia Road", "sold_as": "Axis"},
            3: {"location": "3 cameras lane", "sold_as": "Axis"},
            4: {"location": "Yard x4", "sold_as": "Axis", "quantity": 4},
        },
    ),
    "a day is none of two years": Shape(
        text("Ref,Installed\n1,26/27\n2,FY2022/23\n"),
        {
            2: {"ref": "1", "notes": "Installed: 26/27"},
            3: {"ref": "2", "installed_date": "2022", "notes": "Installed: FY2022/23"},
        },
        [(2, "Installed", "Installed must be a date")],
    ),
    "a total is left out": Shape(
        text("Ref,Qty,Cost,Make\n1,4,400,Axis\n2,1,90,Axis\nTotal,5,£490.00,\n"),
        {
            2: {"ref": "1", "quantity": 4, "purchase_cost_gbp": 40000, "sold_as": "Axis"},
            3: {"ref": "2", "quantity": 1, "purchase_cost_gbp": 9000, "sold_as": "Axis"},
        },
        notes=["Row 4 looks like a total"],
    ),
    "a cell in lines": Shape(
        text('Camera,Where,Looks at,Kept for\n1,"Rear door\n(staff)",Car park,60 days (cloud)\n2,Hall,Doors,30\n'),
        {
            2: {"ref": "1", "location": "Rear door (staff)", "name": "Car park", "retention_days": 60, "notes": "Kept for: 60 days (cloud)"},
            3: {"ref": "2", "location": "Hall", "name": "Doors", "retention_days": 30},
        },
    ),
    "how many in words": Shape(
        text("Where,What,Cost\nYard,dome x4,100\nHall,2no. bullet,\nGate,3 cameras,\nRoof,4x zoom PTZ,\nRack,NVR 16ch,\n"),
        {
            2: {"location": "Yard", "kind": "camera", "camera_type": "dome", "quantity": 4, "purchase_cost_gbp": 10000, "notes": "What: dome x4"},
            3: {"location": "Hall", "kind": "camera", "camera_type": "bullet", "quantity": 2, "notes": "What: 2no. bullet"},
            4: {"location": "Gate", "kind": "camera", "quantity": 3, "notes": "What: 3 cameras"},
            5: {"location": "Roof", "kind": "camera", "camera_type": "ptz", "notes": "What: 4x zoom PTZ"},
            6: {"location": "Rack", "kind": "recorder", "notes": "What: NVR 16ch"},
        },
    ),
    "floors beside each other, headings of what is gone, and a recorder below": Shape(
        text(
            "Installer Ltd,,,\nGROUND FLOOR,,,\nRef,Make,Model,Room\n1,Axis,P1,Hall\nGround floor main block,,,\n2,Axis,P1,Gym\nFIRST FLOOR,,,\n3,Axis,P1,Stair\n"
            "REMOVED CAMERAS,,,\n4,Axis,P1,Shed\nNVR: DS-7616NXI-K2 S/N FD2000001 IP 10.0.0.9,,,\n"
        ),
        {
            4: {"ref": "1", "sold_as": "Axis", "model": "P1", "room_or_area": "Hall", "floor": "GROUND FLOOR"},
            6: {"ref": "2", "sold_as": "Axis", "model": "P1", "room_or_area": "Gym", "floor": "Ground floor main block"},
            8: {"ref": "3", "sold_as": "Axis", "model": "P1", "room_or_area": "Stair", "floor": "FIRST FLOOR"},
            10: {"ref": "4", "sold_as": "Axis", "model": "P1", "room_or_area": "Shed", "status": "removed"},
            11: {
                "kind": "recorder", "model": "DS-7616NXI-K2", "serial": "FD2000001", "ip": "10.0.0.9",
                "notes": "NVR: DS-7616NXI-K2 S/N FD2000001 IP 10.0.0.9",
            },
        },
        notes=["Row 9 has only “REMOVED CAMERAS” and was taken as the status", "Row 11 was read as a recorder"],
    ),
    "a row twice": Shape(text("Ref,Make,Room\n1,Axis,Hall\n1,Axis,Hall\n"), {2: TWO[2], 3: TWO[2]}),
    "20,000 rows": Shape(
        text("Ref,Make,Room\n" + "".join(f"{n},Axis,Room {n}\n" for n in range(20_000))),
        {n + 2: {"ref": str(n), "sold_as": "Axis", "room_or_area": f"Room {n}"} for n in range(20_000)},
    ),
}  # fmt: skip


def read(shape: Shape) -> RegisterFile:
    return read_register_bytes(shape.data, "register", HEADINGS, shape.sheet)


@pytest.mark.parametrize("name", SHAPES)
def test_a_register_is_read_with_each_row_and_cell(name: str) -> None:
    shape = SHAPES[name]
    file = read(shape)
    made = read_rows(file, guess_columns(file.columns, file.rows, HEADINGS), HEADINGS.words)
    assert {row.number: dict(row.values) for row in made.rows} == shape.rows
    assert [(one.row, one.column) for one in made.problems] == [(row, column) for row, column, _ in shape.problems]
    for one, (row, column, words) in zip(made.problems, shape.problems, strict=True):
        assert one.say.startswith(f"Row {row}: {column}") or one.say == words
        assert words in one.say
    said = " ".join(note.say for note in (*file.notes, *made.notes))
    for words in shape.notes:
        assert words in said


@pytest.mark.parametrize("number", range(20))
def test_a_heading_with_nothing_under_it_is_its_own_columns_alone(number: int) -> None:
    """The second heading above the others' row made "Camera ref – Make"; an empty row between lost all that were above."""
    chance = random.Random(f"{seed()} {number}")
    names = chance.sample(["Camera ref", "Make", "Model", "Serial", "MAC address", "Notes", "Cost"], chance.randint(3, 7))
    is_above = [True, False, *chance.choices([True, False], k=len(names) - 2)]
    chance.shuffle(is_above)
    rows = [
        [name if above == is_upper else "" for name, above in zip(names, is_above, strict=True)] for is_upper in (True, False)
    ]
    between = chance.choice((0, 0, 1, 2))
    grouped = [] if between else chance.choice(([], ["Building", "Room"]))
    upper, lower = [*rows[0], *(["Location", ""] if grouped else [])], [*rows[1], *grouped]
    empty = chance.choice((0, 1, 2))
    width = len(upper)
    lines = [*[[""] * width] * empty, upper, *[[""] * width] * between, lower, [f"word{at}" for at in range(width)]]
    for data in (text("\n".join(map(",".join, lines))), xlsx(("Register", lines))):
        file = read_register_bytes(data, "register", HEADINGS)
        assert [one.heading for one in file.columns] == [*names, *(f"Location – {name}" for name in grouped)]
        assert file.heading_rows == (empty + 1, empty + between + 2)
        assert [row.number for row in file.rows] == [empty + between + 3]


@pytest.mark.parametrize("empty", [1, 2])
def test_an_empty_row_above_the_headings_is_none_of_them(empty: int) -> None:
    assert read_register_bytes(text(",,\n" * empty + PLAIN), "register", HEADINGS).heading_rows == (empty + 1,)


def xlsx_part(row: str, shared: str = "") -> bytes:
    plain = xlsx(("R", [["Ref"]]))
    where = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    data = with_part(plain, "xl/worksheets/sheet1.xml", f"<worksheet {where}><sheetData>{row}</sheetData></worksheet>")
    return with_part(data, "xl/sharedStrings.xml", f"<sst {where}>{shared}</sst>") if shared else data


REFUSED: dict[str, tuple[bytes, str | None, str]] = {
    "nothing": (b"", None, "is empty"),
    "blanks only": (b" \r\n,,\r\n", None, "is empty"),
    "headings only": (text("Ref,Make,Room\n"), None, "no rows below"),
    "an empty workbook": (xlsx(("R", [])), None, "no sheet with anything on it"),
    "a quotation mark that is not closed": (text('Ref,Make,Room\n1,Axis,Hall\n2,"Dahua,Gym\n' + "3,Axis,Loft\n" * 50), None, "Row 3 of"),
    "a cell far too long": (text("Ref,Make,Room\n1," + "x" * 200_000 + ",Hall\n"), None, "Row 2 of"),
    "more rows than anybody has": (text("Ref,Make\n" + "1,a\n" * (ROWS_LIMIT + 1)), None, "more than 100,000 rows"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", None, "is no spreadsheet"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, None, "is no spreadsheet"),
    "a web page that calls itself XLS": (text("<html><table><tr><td>Ref</td></tr></table></html>"), None, "web page"),
    "a sheet that is not there": (xlsx(("R", LINES)), "Cameras", "no sheet “Cameras”"),
    "a sheet of a text file": (text(PLAIN), "Cameras", "has no sheets"),
    "a damaged XLSX": (xlsx(("R", LINES))[:-200], None, "damaged or protected"),
    "a damaged XLS": (xls(LINES)[:1500], None, "damaged or protected"),
    "another packed file": (packed({"word/document.xml": "<w/>"}), None, "is no XLSX or ODS"),
    "XLSX and ODS at once": (with_part(xlsx(("R", LINES)), "content.xml", "<x/>"), None, "is no XLSX or ODS"),
    "XLSX with corners far apart": (
        xlsx_part('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), None, "more time or memory",
    ),
    "XLSX with one text in a million cells": (
        xlsx_part(
            "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>" for n in range(1, 5000)),
            f"<si><t>{'x' * 30_000}</t></si>",
        ),
        None, "more time or memory",
    ),
    "ODS with a cell a million times": (
        ods([["Ref"]], behind='<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
            'office:value="1" table:number-columns-repeated="1000"/></table:table-row>'),
        None, "damaged or protected",
    ),
    "ODS with rows of empty cells that are kept": (
        ods([["Ref"]], behind='<table:table-row><table:table-cell table:number-columns-repeated="999999999"/><table:table-cell/></table:table-row>'),
        None, "no rows below them",
    ),
    "ODS with a long text a thousand times": (
        ods([["Ref"]], behind='<table:table-row table:number-rows-repeated="10000"><table:table-cell office:value-type="string"><text:p>'
            f'{"x" * 40_000}</text:p></table:table-cell></table:table-row>'),
        None, "more time or memory",
    ),
    "a ZIP bomb": (b"", None, "MiB unpacked"),
    "XLS with a loop of sectors": (b"", None, "damaged or protected"),
    "XLS that announces its last row before its first": (b"", None, "more time or memory"),
    "XLS that announces a billion cells": (b"", None, "more time or memory"),
    "ODS whose table does not end": (
        with_part(ods(LINES), "content.xml", b"<office:document-content><office:body><office:spreadsheet><table:table></table:x>"),
        None, "no sheet with anything on it",
    ),
    "XLSX with a document type": (
        with_part(xlsx(("R", LINES)), "xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>'), None, "damaged or protected",
    ),
}  # fmt: skip


def looping_xls() -> bytes:
    data = bytearray(xls([["Ref", "Notes"], *[[str(n), "x" * 60] for n in range(200)]]))
    at = 512 + (int.from_bytes(data[76:80], "little") << 9)
    first = next(n for n in range(100) if int.from_bytes(data[at + 4 * n : at + 4 * n + 4], "little") == n + 1)
    data[at + 4 * (first + 2) : at + 4 * (first + 2) + 4] = first.to_bytes(4, "little")
    return bytes(data)


def announcing(rows: tuple[int, int]) -> bytes:
    """An XLS whose record of dimensions has these first and last rows."""
    data = bytearray(xls(LINES))
    at = data.index(b"\x00\x02\x0e\x00") + 4
    data[at : at + 8] = rows[0].to_bytes(4, "little") + rows[1].to_bytes(4, "little")
    return bytes(data)


MADE = {
    "a ZIP bomb": lambda: with_part(xlsx(("R", LINES)), "xl/media/x.xml", b"<x>" + b" " * (130 << 20)),
    "XLS with a loop of sectors": looping_xls,
    "XLS that announces its last row before its first": lambda: announcing((28, 3)),
    "XLS that announces a billion cells": lambda: announcing((0, 0x7FFFFFFF)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_register_is_refused_in_one_sentence(name: str) -> None:
    data, sheet, words = REFUSED[name]
    with pytest.raises(IntakeError) as refused:
        read_register_bytes(MADE[name]() if name in MADE else data, "register", HEADINGS, sheet)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


WIDE = 300_000


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_row_of_300_000_columns_is_refused(delimiter: str) -> None:
    data = f"{delimiter.join(['Ref', *map(str, range(WIDE))])}\n{delimiter.join(['1'] * WIDE)}\n".encode()
    with pytest.raises(IntakeError, match="more than 16,384 columns"):
        read_register_bytes(data, "register", HEADINGS)


@pytest.mark.parametrize("end", ["\n", "\r\n", ",\n", "\u2028"])
def test_a_register_of_more_lines_than_any_is_refused_before_it_is_parted(end: str) -> None:
    with pytest.raises(IntakeError, match="more than 1,000,000 lines"):
        read_register_bytes(f"Ref,Name\n1,Hall\n{end * 1_000_001}".encode(), "register", HEADINGS)


@pytest.mark.parametrize("cells", ["<c><v>1</v></c>" * WIDE, '<c r="A1"><v>1</v></c><c r="XFE1"><v>2</v></c>'])
def test_so_is_one_of_a_workbook_whether_its_cells_say_where_they_are_or_not(cells: str) -> None:
    where = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f'<?xml version="1.0"?><worksheet {where}><sheetData><row>{cells}</row></sheetData></worksheet>'
    data = with_part(xlsx(("S", LINES)), "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(IntakeError, match="more than 16,384 columns"):
        read_register_bytes(data, "register", HEADINGS)


def test_letters_that_a_file_does_not_say_how_to_read_are_shown_to_be_looked_at() -> None:
    file = read_register_bytes(text(UMLAUTS, "windows-1252"), "register", HEADINGS)
    assert any("Does “Café” look right?" in note.say for note in file.notes)
    assert not any("look right" in note.say for note in read_register_bytes(text(UMLAUTS), "register", HEADINGS).notes)


def test_letters_that_cannot_be_guessed_are_asked_for_and_read_as_told() -> None:
    data = "Name;Room\r\nCaf\u00e9 \u2013 \u00c1rbol;K\u00fcche\r\n".encode("mac-roman").replace(b"\xd0", b"\x81")
    with pytest.raises(IntakeError, match="--encoding"):
        read_register_bytes(data, "register", HEADINGS)
    file = read_register_bytes(data, "register", HEADINGS, encoding="mac-roman")
    assert any("Küche" in str(cell) for row in file.rows for cell in row.cells)
    with pytest.raises(IntakeError, match="is not text in utf-8"):
        read_register_bytes(data, "register", HEADINGS, encoding="utf-8")


def test_a_reader_that_fails_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    data = bytearray(xls(LINES))
    at = data.index(b"\x85\x00") + 4
    data[at : at + 4] = b"\xff\xff\xff\x7f"
    with pytest.raises(BaseException, match="out of range"):
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(bytes(data)))
    assert "panicked" in capfd.readouterr().err
    with pytest.raises(IntakeError):
        read_register_bytes(bytes(data), "register", HEADINGS)
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(IntakeError):
            read_register(path, HEADINGS)


def test_xls_with_many_texts_over_several_records_is_read() -> None:
    rows = [["Ref", "Notes"], *[[str(n), f"ä{n}" + "long text " * (n % 90)] for n in range(3000)]]
    file = read_register_bytes(xls(rows), "register", HEADINGS)
    assert len(file.rows) == 3000
    assert file.rows[2999].cells[1] == str(rows[3000][1]).strip()


@settings(max_examples=150)
@given(st.one_of(
    st.binary(max_size=400), st.text(max_size=300).map(str.encode),
    st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail), st.binary(max_size=900).map(lambda tail: b"\xd0\xcf\x11\xe0" + tail),
    st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=6).map(lambda rows: "\n".join(",".join(row) for row in rows).encode()),
))  # fmt: skip
def test_any_bytes_are_a_register_or_one_sentence(data: bytes) -> None:
    try:
        file = read_register_bytes(data, "register", HEADINGS)
    except IntakeError:
        return
    made = read_rows(file, guess_columns(file.columns, file.rows, HEADINGS), HEADINGS.words)
    assert len(made.rows) <= len(file.rows)
    assert all(one.say for one in made.problems)


_XLS, _XLSX, _ODS = xls(LINES), xlsx(("R", LINES)), ods(LINES)


@settings(max_examples=150)
@given(st.sampled_from([_XLS, _XLSX, _ODS]), st.data())
def test_a_damaged_workbook_is_a_register_or_one_sentence(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        damaged[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        file = read_register_bytes(bytes(damaged), "register", HEADINGS)
    except IntakeError:
        return
    assert file.rows


def test_a_cell_that_is_no_number_though_it_says_so_is_text() -> None:
    book = xlsx(("Cameras", [["Ref", "Cost"], ["C-1", 180], ["C-2", 190], ["C-3", 200]]))
    with zipfile.ZipFile(io.BytesIO(book)) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for number, odd in ((b"180", b"NaN"), (b"190", b"INF"), (b"200", b"1e999")):
        assert sheet.count(b"<v>" + number) == 1
        sheet = sheet.replace(b"<v>" + number, b"<v>" + odd)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as after:
        for name, data in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            after.writestr(name, data)
    try:
        file = read_register_bytes(out.getvalue(), "register", HEADINGS)
    except IntakeError:
        return
    cells = [cell for row in file.rows for cell in row.cells]
    assert not any(isinstance(cell, float) and not math.isfinite(cell) for cell in cells)


def test_the_name_of_a_sheet_is_the_site_where_several_are_alike() -> None:
    places = xlsx(("Elm Park", LINES), ("Ash Grove", LINES), ("Notes", [["Hello"], ["there"]]))
    assert [read(Shape(places, sheet=name)).site for name in ("Ash Grove", "Elm Park", "Notes")] == [
        "Ash Grove",
        "Elm Park",
        None,
    ]
    for names in (
        ("Cameras", "Recorders"),
        ("2024", "2025"),
        ("Sheet1", "Sheet2"),
        ("In use", "Removed"),
        ("Elm Park", "Elm Park old"),
    ):
        assert read(Shape(xlsx(*((name, LINES) for name in names)))).site is None
