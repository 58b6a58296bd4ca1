"""Lists of firms and councils: an insurer's sheet, an installer's sheet, a maintenance list, a quote, a council's CSV."""

from __future__ import annotations

import random

from lists.rows import DITTO, Column, List, Row, Sheet, table

_INSURER = (
    Column("Item", "kind", width=24), Column("Description (make and model)", "make+model", width=34), Column("Qty", "qty", "number"),
    Column("Where kept", "name", width=24), Column("Bought", "installed"), Column("Replacement value", "cost", "money"),
)  # fmt: skip

_INSURER_ROWS = """
r | CCTV recorder | Hikvision DS-7104NI-Q1/4P | 1 | Stock room | 03/2021 | £150.00
c*3 | CCTV cameras | Hikvision DS-2CD1043G0-I | 3 | Till, door, yard | 03/2021 | £240.00
i | Video doorbell | EZVIZ DB1C | 1 | Flat door | 11/2022 | £70.00
o | Till | Casio SR-S500 | 1 | Counter | 06/2019 | £220.00
o | Safe | Yale YSV/250 | 1 | Stock room | 2015 | £130.00
- | Total sum insured | | | | | £810.00
"""

INSURER = List(
    "shop-insurer", "a shop's sheet for its insurer", "contents for insurance.xlsx",
    (Sheet("Contents", _INSURER, table(_INSURER_ROWS, _INSURER), ("High Street News – contents for the insurer, renewal 2026",)),),
)  # fmt: skip

_INSTALLER = (
    Column("Cam", "number", "number"), Column("Camera name", "name", width=24), Column("Make", "make"), Column("Part no.", "model", width=22),
    Column("Serial number", "serial", width=34), Column("MAC address", "mac", width=18), Column("IP", "ip"), Column("Subnet", "other"),
    Column("Gateway", "other"), Column("VLAN", "vlan", "number"), Column("Switch", "recorder"), Column("Port", "port"), Column("Firmware", "firmware", width=26),
    Column("Lens / view checked", "other"), Column("Commissioned", "installed", "date"), Column("Engineer's note", "note", width=30),
)  # fmt: skip

_INSTALLER_ROWS = """
c | 1 | Goods in | Hikvision | DS-2CD2T47G2-L | DS-2CD2T47G2-L20221104AAWRL00412201 | 44:19:B6:0A:11:01 | 192.168.50.11 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/1 | V5.7.3 build 220112 | Y | 14/11/2022 |
c | 2 | Goods out | " | " | DS-2CD2T47G2-L20221104AAWRL00412202 | 44:19:B6:0A:11:02 | 192.168.50.12 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/2 | V5.7.3 build 220112 | Y | 14/11/2022 |
c | 3 | Canteen | Hikvision | DS-2CD2347G2-LU | DS-2CD2347G2-LU20221104AAWRL00412301 | 4419.b60a.1103 | 192.168.50.13 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/3 | V5.7.3 build 220112 | Y | 14/11/2022 | Client asked for a mask over the tables
c | 4 | Reception | Hikvision | DS-2CD2347G2-LU | DS-2CD2347G2-LU20221104AAWRL00412302 | 4419B60A1104 | 192.168.50.14 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/4 | V5.7.3 build 220112 | Y | 14/11/2022 |
c | 5 | Gatehouse | Axis | P1455-LE | ACCC8E4B2200 | AC-CC-8E-4B-22-00 | 192.168.50.15 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/5 | 9.80.3 | Y | 15/11/2022 |
c | 6 | Weighbridge | Axis | P1455-LE | ACCC8E4B2201 | AC-CC-8E-4B-22-01 | 192.168.50.16 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/6 | 9.80.3 | Y | 15/11/2022 | Licence plates need 1/1000 s
c | 7 | Fuel store | Dahua | IPC-HFW3441E-AS | 7K04C8EPAG00031 | 3c:ef:8c:22:70:31 | 192.168.50.17 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-2 | Gi1/0/1 | 2.800.0000000.16.R | Y | 15/11/2022 |
c | 8 | Yard PTZ | Dahua | SD49225XA-HNR | 7K04C8EPAG00099 | 3c:ef:8c:22:70:99 | 192.168.50.18 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-2 | Gi1/0/2 | 2.810.0000002.3.R | N | 15/11/2022 | Presets to do on second visit
c | 9 | Server room | Wisenet | QND-6082R | 0000ZKFL7BGN00011 | 00:09:18:5a:40:11 | 192.168.50.19 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-2 | Gi1/0/3 | 1.41.05 | Y | 15/11/2022 |
i | 10 | Gate intercom | 2N | IP Verso | 54-1122-0331 | 7C:1E:B3:01:02:03 | 192.168.50.40 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-2 | Gi1/0/4 | 2.36.1 | Y | 15/11/2022 |
r | | NVR | Hikvision | DS-7732NI-I4/16P | DS-7732NI-I4/16P1620221019CCRRL00520111WCVU | 44:19:B6:0A:11:FE | 192.168.50.2 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/24 | V4.50.010 build 211215 | Y | 14/11/2022 | 4 x 6TB, 30 days
s | | SW-CCTV-1 | HPE Aruba | 2530-24G-PoE+ | CN0123X0AB | 3C-A8-2A-00-10-01 | 192.168.50.251 | 255.255.255.0 | 192.168.50.1 | 50 | | | YA.16.10.0012 | | 14/11/2022 |
s | | SW-CCTV-2 | HPE Aruba | 2530-8G-PoE+ | CN0123X0AC | 3C-A8-2A-00-10-02 | 192.168.50.252 | 255.255.255.0 | 192.168.50.1 | 50 | | | YA.16.10.0012 | | 15/11/2022 |
o | | UPS | APC | SMT1500RMI2U | AS0011223344 | | 192.168.50.250 | 255.255.255.0 | 192.168.50.1 | 50 | SW-CCTV-1 | Gi1/0/23 | | | 14/11/2022 |
.
- | | Spare IPs: .20 - .39 | | | | | | | | | | | | | | |
"""

INSTALLER = List(
    "installer", "an installer's commissioning sheet with the IP plan", "J20417 commissioning + IP plan AS FITTED.xlsx",
    (
        Sheet("IP plan", _INSTALLER, table(_INSTALLER_ROWS.replace("| | | | | | | | | | | | | | |", "| | | | | | | | | | | | | |"), _INSTALLER),
              ("Job J20417 – Fenwold Distribution, unit 4", "As fitted, 15/11/2022")),
        Sheet("Snags", (), (Row(("Yard PTZ: presets",)), Row(("Canteen: sign for the door",))), headed=False),
    ),
)  # fmt: skip

_PPM = (
    Column("Ref", "ref"), Column("Client site", "place", width=30), Column("Building", "place"), Column("Position", "name", width=26), Column("Equipment", "kind", width=22),
    Column("Make", "make"), Column("Model", "model", width=22), Column("Serial", "serial", width=20), Column("IP", "ip"), Column("Firmware", "firmware", width=24),
    Column("Cond.", "condition", "number"), Column("Q1", "other"), Column("Q3", "other"), Column("State", "status", width=18), Column("Action", "note", width=30),
)  # fmt: skip

_PPM_MAKES = (
    ("Hikvision", ("DS-2CD2143G0-I", "DS-2CD2347G2-LU", "DS-2CD2T47G2-L", "DS-2CD2032-I"), "DS-7616NI-I2", ("V5.5.82 build 190909", "V5.7.3 build 220112", "V5.4.5 build 170123")),
    ("Dahua", ("IPC-HDW2431T-AS-S2", "IPC-HFW2431S-S-S2"), "NVR5216-4KS2", ("2.800.0000000.16.R", "2.622.0000000.9.R")),
    ("Axis", ("P3245-LVE", "M3045-V"), "S3008", ("9.80.3", "10.12.114")),
    ("Hanwha", ("XND-6080R", "QNV-7080R"), "XRN-1610", ("1.41.05",)),
    ("Uniview", ("IPC3614SR3-ADPF28",), "NVR302-16S2-P16", ("QIPC-B1202.3.50",)),
    ("Vivotek", ("FD9389-HTV",), "ND9425P", ("0105c",)),
    ("Honeywell", ("H4W2PER3", "HBW2PER1"), "HEN16204", ("1.000.HW01.2",)),
    ("HIK VISION", ("DS-2CD2085FWD-I",), "DS-7608NI-K2/8P", ("V5.5.82 build 190909",)),
    ("Generic", ("", ""), "", ("",)),
)  # fmt: skip
_PPM_SITES = (
    "Depot",
    "Library",
    "Leisure Centre",
    "Day Centre",
    "Town Hall",
    "Cemetery Lodge",
    "Museum",
    "Youth Club",
    "Fire Station",
    "Park Pavilion",
)
_PPM_TOWNS = (
    "Aldmere",
    "Brackley Heath",
    "Cole Norton",
    "Dunmere",
    "Elverton",
    "Farrow",
    "Gadsby",
    "Harle",
    "Inchmoor",
    "Jessop's Green",
)
_PPM_WHERE = (
    "Main entrance",
    "Rear entrance",
    "Car park",
    "Reception",
    "Corridor",
    "Plant room",
    "Loading bay",
    "Roof",
    "Stair 2",
    "Cash office",
)


def _ppm_rows(count: int, seed: int) -> tuple[Row, ...]:
    chosen = random.Random(seed)
    rows: list[Row] = []
    devices, before = 0, ""
    sites = [f"{town} {site}" for town in _PPM_TOWNS for site in _PPM_SITES]
    share = count // len(sites)
    for number, site in enumerate(sites):
        usual = chosen.choices(_PPM_MAKES, (40, 22, 8, 9, 6, 3, 5, 5, 4))[0]
        for within in range(share):
            make, models, recorder, firmwares = usual if chosen.random() < 0.85 else chosen.choice(_PPM_MAKES[:7])
            kind = "recorder" if within == 0 and recorder else "camera"
            model = recorder if kind == "recorder" else chosen.choice(models)
            out = "Removed" if chosen.random() < 0.03 else "Not in use" if chosen.random() < 0.01 else ""
            # a run of one make is written with ditto marks, as people do in a long column
            ditto = make == before and within > 0 and chosen.random() < 0.2 and make.casefold() not in DITTO
            rows.append(Row((
                f"P{10000 + devices}", site if within == 0 else "^", "Main" if within < share - 4 else "Annexe",
                "Comms cabinet" if kind == "recorder" else f"{chosen.choice(_PPM_WHERE)} {within}",
                "NVR" if kind == "recorder" else chosen.choice(("IP camera", "IP camera", "Dome camera", "Bullet camera")), '"' if ditto else make, model,
                f"{chosen.randrange(10**9):010d}" if model else "", f"10.{100 + number}.1.{10 + within}", chosen.choice(firmwares),
                str(chosen.choice((1, 2, 2, 3, 3, 4, 5))), chosen.choice(("✓", "✓", "✓", "no access")), chosen.choice(("✓", "✓", "")), out or "In service",
                chosen.choice(("", "", "", "", "Clean housing", "Refocus", "Quote for replacement")),
            ), kind, not out))  # fmt: skip
            devices += 1
            before = make
        rows.append(Row(("", f"Sub-total {site}", "", str(share)) + ("",) * 11, ""))
    rows.append(Row(("", "GRAND TOTAL", "", str(devices)) + ("",) * 11, ""))
    return tuple(rows)


PPM = List(
    "maintenance-3000", "a maintenance contractor's list of planned visits for a county's buildings", "PPM CCTV master 2025 (lot 3).xlsx",
    (
        Sheet("Master", _PPM, _ppm_rows(3000, 32), ("Lot 3 – CCTV planned preventative maintenance",),
              (("Asset", 1), ("Location", 3), ("Equipment", 6), ("Visit", 5))),
    ),
)  # fmt: skip

_QUOTE = (
    Column("Item", "other"), Column("Description", "make+model", width=60), Column("Location", "name", width=24), Column("Qty", "qty", "number"),
    Column("Unit £", "cost", "money"), Column("Total £", "other", "money"),
)  # fmt: skip

_QUOTE_ROWS = """
= | | 1. EXTERNAL CAMERAS | | | |
c*4 | 1.1 | Hikvision DS-2CD2T47G2-L 4MP ColorVu bullet camera | Perimeter, north | 4 | £168.00 | £672.00 => make=Hikvision; model=DS-2CD2T47G2-L
c*2 | 1.2 | Hikvision DS-2DE4225IW-DE 2MP PTZ camera | Car park | 2 | £415.00 | £830.00 => make=Hikvision; model=DS-2DE4225IW-DE
o | 1.3 | DS-1275ZJ-SUS pole bracket | Car park | 2 | £24.00 | £48.00 => make=; model=DS-1275ZJ-SUS
- | | | | Subtotal | | £1,550.00
= | | 2. INTERNAL CAMERAS | | | |
c*6 | 2.1 | HiLook IPC-T250H 5MP turret camera | Corridors | 6 | £74.00 | £444.00 => make=HiLook; model=IPC-T250H
c | 2.2 | Dahua IPC-EBW81242 12MP fisheye camera | Sports hall | 1 | £395.00 | £395.00 => make=Dahua; model=IPC-EBW81242
c | 2.3 | Re-use existing Samsung SND-6084R dome | Library | 1 | £0.00 | £0.00 => make=Samsung; model=SND-6084R
- | | | | Subtotal | | £839.00
= | | 3. CONTROL ROOM | | | |
r | 3.1 | Hikvision DS-7616NI-I2/16P 16 channel NVR c/w 2 x 6TB | Comms room | 1 | £690.00 | £690.00 => make=Hikvision; model=DS-7616NI-I2/16P
m | 3.2 | Iiyama XU2493HS 24" monitor | Reception | 1 | £139.00 | £139.00 => make=Iiyama; model=XU2493HS
s | 3.3 | Netgear GS728TP 24 port PoE switch | Comms room | 1 | £390.00 | £390.00 => make=Netgear; model=GS728TP
i | 3.4 | Hikvision DS-KV8113-WME1 video door station | Main door | 1 | £165.00 | £165.00 => make=Hikvision; model=DS-KV8113-WME1
- | | | | Subtotal | | £1,384.00
= | | 4. LABOUR | | | |
- | 4.1 | Two engineers, three days | | 3 | £640.00 | £1,920.00
- | 4.2 | Training and handover | | 1 | £150.00 | £150.00
- | | | | Subtotal | | £2,070.00
- | | | | Net | | £5,843.00
- | | | | VAT 20% | | £1,168.60
- | | | | Total | | £7,011.60
- | | Valid for 30 days. Installed 08/2023, used as our register since. | | | |
"""

QUOTE = List(
    "quote-as-register", "a fire and security firm's quote that a school uses as its register", "Q-8841 CCTV upgrade REV B (as installed).xlsx",
    (Sheet("Quote", _QUOTE, table(_QUOTE_ROWS, _QUOTE), ("Calder Fire & Security", "Quotation Q-8841 rev B", "")),),
)  # fmt: skip

_COUNCIL = (
    Column("Camera_Ref", "ref"), Column("Street", "place"), Column("Location_Description", "name"), Column("Ward", "other"), Column("Easting", "other"),
    Column("Northing", "other"), Column("Operator", "other"), Column("Camera_Type", "camtype"), Column("Make_Model", "make+model"),
    Column("Install_Date", "installed"), Column("Retention_Days", "retention"), Column("Annual_Cost", "other"), Column("Status", "status"),
)  # fmt: skip


def _council_rows() -> tuple[Row, ...]:
    chosen = random.Random(4)
    made = (("Hikvision", "DS-2DF8225IX-AEL"), ("Hikvision", "DS-2DE4225IW-DE"), ("Dahua", "SD6AL245U-HNI"), ("Bosch", "NDP-5512-Z30"), ("AXIS", "Q6075-E"),
            ("Hanwha", "XNP-6400RW"), ("Uniview", "IPC6852SR-X38U-VG"), ("HIKVISON", "DS-2DF8225IX-AEL"), ("Panasonic", "WV-X6531N"))  # fmt: skip
    streets = (
        "High Street",
        "Market Place",
        "Station Road",
        "Quay Street",
        "Church Lane",
        "King's Parade",
        "Café Row",
        "Mill Lane",
    )
    rows: list[Row] = []
    for at in range(64):
        make, model = chosen.choice(made)
        out = chosen.choice(("Decommissioned 2023", "Removed")) if at % 13 == 5 else ""
        street = chosen.choice(streets)
        rows.append(Row((
            f"PS{at + 1:03d}", street, f"Junction of {street} and {chosen.choice(streets)}", chosen.choice(("Abbey", "Quayside", "St Anne’s")),
            str(chosen.randrange(412000, 418000)), str(chosen.randrange(214000, 219000)), "Borough Council CCTV control room", chosen.choice(("PTZ", "PTZ dome", "Fixed")),
            f"{make} {model}", f"{chosen.randrange(1, 29):02d}/{chosen.randrange(1, 13):02d}/{chosen.randrange(2013, 2024)}", chosen.choice(("28", "31")),
            f"£{chosen.randrange(9, 15) * 100:,}", out or "Active",
        ), "camera", not out))  # fmt: skip
    return tuple(rows)


COUNCIL = List(
    "council",
    "a council's public list of its street cameras",
    "public-space-cctv-2025.csv",
    (Sheet("", _COUNCIL, _council_rows()),),
    "cp1252",
    ";",
)

_SEVEN = (
    Column("No", "other", "number"), Column("Building", "place"), Column("Room", "place"), Column("Make", "make"), Column("Model", "model", width=24),
    Column("Firmware", "firmware", width=24), Column("Year fitted", "installed", "number"),
)  # fmt: skip
_SEVEN_MAKES = (
    ("Hikvision", 15, ("DS-2CD2032-I", "DS-2CD2143G0-I", "DS-2CD2347G2-LU"), ("V5.4.5 build 170123", "V5.5.82 build 190909", "V5.7.3 build 220112")),
    ("Dahua", 10, ("IPC-HDBW2431E-S-S2", "IPC-HFW2431S-S-S2"), ("2.622.0000000.9.R", "2.800.0000000.16.R")),
    ("Axis", 10, ("P3245-LVE", "M3045-V"), ("9.80.3", "")),
    ("Hanwha", 10, ("XND-6080R", "QNV-8080R"), ("1.41.05", "")),
    ("Bosch", 9, ("NBE-4502-AL",), ("6.43.0027", "")),
    ("Uniview", 8, ("IPC3614SR3-ADPF28",), ("", "")),
    ("Vivotek", 8, ("FD9389-HTV", "IB9389-H"), ("0105c", "")),
)  # fmt: skip


def _seven_rows() -> tuple[Row, ...]:
    rows: list[Row] = []
    for make, number, models, firmwares in _SEVEN_MAKES:
        for at in range(number):
            known = at % 2 == 0
            rows.append(Row((
                str(len(rows) + 1), ("North", "South", "Annexe")[len(rows) % 3], f"Room {100 + len(rows)}", make, models[at // 2 % len(models)] if known else "",
                firmwares[at // 2 % len(firmwares)] if known else "", str(2009 + at),
            )))  # fmt: skip
    return tuple(rows)


SEVEN_MAKERS = List(
    "seven-makers",
    "a register of 70 cameras of seven makers, half without a model",
    "camera register.xlsx",
    (Sheet("Register", _SEVEN, _seven_rows()),),
)

LISTS = (INSURER, INSTALLER, PPM, QUOTE, COUNCIL, SEVEN_MAKERS)
