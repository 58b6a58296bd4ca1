"""Lists of schools: a business manager's workbook, a trust of twelve schools, a caretaker's list, a college's register."""

from __future__ import annotations

from lists.rows import Column, List, Row, Sheet, table

_BUSINESS = (
    Column("Site", "place", width=20), Column("Building", "place"), Column("Where is it?", "name", width=30), Column("Make", "make"),
    Column("Model no.", "model", width=22), Column("Serial No", "serial", width=18), Column("Date installed", "installed", "date"),
    Column("Cost (ex VAT)", "cost", "money"), Column("Condition (1-5)", "condition", "number"), Column("Warranty until", "warranty", "date"),
    Column("Comments", "note", width=40),
)  # fmt: skip

_BUSINESS_ROWS = """
c | Larkfield Primary School | Main block | Front gate, looking at the road | Hikvision | DS-2CD2143G0-I | 0042817730 | 12/09/2019 | £185.00 | 3 | 12/09/2022 |
c | ^ | ^ | Reception desk | Hikvision | DS-2CD2143G0-I | 0042817731 | 12/09/2019 | £185.00 | 3 | 12/09/2022 | Picture is dark in winter
c | ^ | ^ | Hall | HIKVISON | DS-2CD2343G0-I | 0042817744 | 12/09/2019 | £185.00 | 2 | 12/09/2022 |
c | ^ | ^ | Year 6 corridor | " | " | 0042817745 | 12/09/2019 | £185.00 | 2 | 12/09/2022 |
c | ^ | ^ | Bike shed | Hik Vision | DS-2CD2T43G0-I5 | 0042817802 | 12/09/2019 | £212.50 | 4 | 12/09/2022 | Bracket is loose
r | ^ | ^ | Office cupboard (recorder) | Hikvision | DS-7616NI-I2/16P | 0661203345 | 12/09/2019 | £640.00 | 3 | 12/09/2022 | 4TB disk, keeps 28 days
i | ^ | ^ | Main door entry | Paxton | Entry 337-280 |  | 04/01/2021 | £410.00 | 2 |  | Not part of the CCTV contract
- | Sub total Main block | | | | | | | £2,002.50 | | |
c | Larkfield Primary School | Infants | Nursery gate | Dahau | IPC-HDW2431T-AS-S2 | 6J0B1C2PAG00117 | 21/02/2021 | £140.00 | 2 | 21/02/2024 |
c | ^ | ^ | Nursery garden | Dahua | IPC-HDW2431T-AS-S2 | 6J0B1C2PAG00118 | 21/02/2021 | £140.00 | 2 | 21/02/2024 |
c | ^ | ^ | Reception class door | Dahua | IPC-HFW2431S-S-S2 | 6J0B1C2PAG00130 | 21/02/2021 | £132.00 | 1 | 21/02/2024 |
r | ^ | ^ | Head of infants' office | Dahua | NVR4108HS-8P-4KS2 | 5M02F3APAZ01190 | 21/02/2021 | £255.00 | 2 | 21/02/2024 |
c | ^ | ^ | Kitchen delivery door | ? | ? | | | | 5 | | Old analogue one. Nobody knows if it records
cx | ^ | ^ | Old entrance | Swann | SWNHD-880CAM | | 01/09/2014 | £89.99 | 5 | | REMOVED 2023
- | Sub total Infants | | | | | | | £756.99 | | |
.
c | Larkfield Playing Fields | Pavilion | Car park | Swann | SWNHD-887MSB | SW88701144 | 15/06/2018 | £119.99 | 4 | | PTA paid for this
c | ^ | ^ | Changing room door (outside) | Swann | SWNHD-887MSB | SW88701145 | 15/06/2018 | £119.99 | 4 | | PTA paid for this
r | ^ | ^ | Store | Swann | SWNVR-87400 | SW74000931 | 15/06/2018 | £299.00 | 4 | | Hard disk failed in May
c | Larkfield Playing Fields | Gate | Vehicle gate | Axis | P1455-LE | ACCC8E4B21F0 | 02/11/2022 | £389.00 | 1 | 02/11/2027 | Paid for by the council
- | Sub total Playing Fields | | | | | | | £927.98 | | |
- | TOTAL | | 15 cameras and recorders | | | | | £3,687.47 | | |
- | Note: prices are from the invoices in the blue folder. | | | | | | | | | |
"""

BUSINESS_MANAGER = List(
    "business-manager", "a school business manager's workbook", "CCTV Asset Register 2025-26 v3.xlsx",
    (
        Sheet(
            "CCTV", _BUSINESS, table(_BUSINESS_ROWS, _BUSINESS),
            ("Larkfield Primary School – CCTV asset register", "Reviewed by the resources committee, autumn term 2025", ""),
            (("Location", 3), ("Equipment", 3), ("Purchase", 2), ("Condition and cover", 3)),
            comments={(4, "Where is it?"): "Pupils cannot be seen from here", (18, "Make"): "Checked on the box"},
        ),
        Sheet("Notes", (), (Row(("Condition: 1 = as new, 5 = replace now",)), Row(("Maintenance: see the contract in the safe",))), headed=False),
    ),
)  # fmt: skip

_TRUST = (
    Column("Location", "name", width=28), Column("Type", "kind"), Column("Manufacturer", "make"), Column("Model", "model", width=24),
    Column("IP address", "ip"), Column("MAC", "mac", width=18), Column("Year", "installed"), Column("Status", "status"),
)  # fmt: skip

_HIK = ("DS-2CD2347G2-LU", "DS-2CD2143G2-I", "DS-2CD2T47G2-L", "DS-2CD2085FWD-I")
_DAHUA = ("IPC-HDW3441TM-AS", "IPC-HFW2431S-S-S2", "IPC-HDBW2431E-S-S2")
_AXIS = ("M3085-V", "P3245-LVE", "P1455-LE")
_WISENET = ("XND-6080R", "QNV-8080R", "XNO-6080R")
_WHERE = (
    "Main entrance",
    "Reception",
    "Hall",
    "Dining hall",
    "Corridor G1",
    "Corridor F1",
    "Car park",
    "Bike store",
    "Playground",
    "Sports hall door",
)

_SCHOOLS = (
    ("Ashgrove Academy", "Hikvision", _HIK, "DS-7616NI-I2", "44:19:b6"),
    ("Beacon Hill Primary", "Dahua", _DAHUA, "NVR5216-4KS2", "3c:ef:8c"),
    ("Castle Mead", "Hik Vision", _HIK, "DS-7608NI-K2/8P", "44:19:b6"),
    ("Dunmere High", "Axis", _AXIS, "S3008", "ac:cc:8e"),
    ("Eastbrook", "Wisenet", _WISENET, "XRN-1610", "00:09:18"),
    ("Fernside Infants", "HIKVISION", _HIK, "DS-7604NI-K1", "44:19:b6"),
    ("Greenlaw", "Honeywell", ("HC30W45R3", "H4W2PER3", "HBW2PER1"), "HEN16204", "00:40:84"),
    ("Holly Lane", "Dahua", _DAHUA, "NVR4216-16P-4KS2/L", "3c:ef:8c"),
    ("Ivybridge Road", "Uniview", ("IPC3614SR3-ADPF28", "IPC2124LB-SF40"), "NVR302-16S2-P16", "48:ea:63"),
    ("Juniper Park", "HiLook", ("IPC-T250H", "IPC-B150H"), "NVR-108MH-D/8P", "44:19:b6"),
    ("Kingsmead Sixth Form", "Hanwha Techwin", _WISENET, "QRN-810S", "00:09:18"),
    ("Lowfield PRU", "ADT", ("", ""), "", ""),
)  # fmt: skip


def _trust_sheet(number: int, school: str, make: str, models: tuple[str, ...], recorder: str, oui: str) -> Sheet:
    rows, cameras = [], 4 + number * 5 % 7
    for at in range(cameras):
        tail = f"{number:02x}{at:02x}{(at * 37 + 11) % 256:02x}"
        mac = _mac(oui, tail, number % 4) if oui else ""
        in_use = (number, at) not in {(2, 3), (6, 1), (8, 0)}
        status = "In use" if in_use else ("Removed 2023" if number != 6 else "Not in use")
        cells = (_WHERE[at], "Camera", make if at or number % 3 else make.upper(), models[at % len(models)], f"10.{20 + number}.4.{11 + at}",
                 mac, str(2016 + (at + number) % 8), status)  # fmt: skip
        rows.append(Row(cells, "camera", in_use))
    if recorder:
        ip = f"10.{20 + number}.4.2"
        mac = _mac(oui, f"{number:02x}ff01", number % 4)
        rows.append(Row(("Server room", "NVR", make, recorder, ip, mac, str(2016 + number % 8), "In use"), "recorder"))
    rows.append(Row((f"Total: {cameras} cameras",) + ("",) * 7, ""))
    return Sheet(school, _TRUST, tuple(rows), (f"{school} – camera list",), place=school)


def _mac(oui: str, tail: str, form: int) -> str:
    digits = oui.replace(":", "") + tail
    pairs = [digits[at : at + 2] for at in range(0, 12, 2)]
    return (":".join(pairs), "-".join(pairs).upper(), digits.upper(), f"{digits[:4]}.{digits[4:8]}.{digits[8:]}")[form]


_SUMMARY = (Column("School", "other", width=28), Column("Cameras", "other", "number"), Column("Last return", "other", "date"))

TRUST = List(
    "trust-of-twelve", "an academy trust: a sheet for each of twelve schools, and a summary", "TLT CCTV returns (all schools).xlsx",
    (
        Sheet("Summary", _SUMMARY, (*(Row((name, str(4 + at * 5 % 7), "30/09/2025"), "") for at, (name, *_) in enumerate(_SCHOOLS)), Row(("Trust total", "84", ""), "")), ("Tallis Learning Trust", "")),
        *(_trust_sheet(at, *school) for at, school in enumerate(_SCHOOLS)),
    ),
)  # fmt: skip

_CARETAKER = (
    Column("cam", "channel"),
    Column("where", "name", width=30),
    Column("what sort", "make"),
    Column("ok?", "working"),
    Column("bits", "note", width=36),
)

_CARETAKER_ROWS = """
c | 1 | front gate | hikvision | yes |
c | 2 | front door inside | as above | yes |
c | 3 | hall | as above | yes | cobwebs
c*2 | 4-5 | back playground | as above | 5 flickers | need cherry picker => channel=4-5
c | 6 | kitchen door | dahua | no | no picture since half term
c*4 | cam 7-10 | car park | dahua | yes | lamp post 9 is the one that got hit => channel=7-10
cx | 11 | old boiler house | ? | no | taken down when boiler went
c | 12 | bike shed | hik | yes |
r | | box in my office | hikvision ds-7216hqhi-k2 | yes | password with the office => make=hikvision; model=ds-7216hqhi-k2
m | | telly above the box | LG | yes |
- | | thats the lot | | |
"""

CARETAKER = List(
    "caretaker", "a school caretaker's own list", "cameras.xlsx",
    (Sheet("Sheet1", _CARETAKER, table(_CARETAKER_ROWS, _CARETAKER)),),
)  # fmt: skip

_COLLEGE = (
    Column("Asset ID", "ref"), Column("Campus", "place", width=18), Column("Block", "place"), Column("Room", "place"), Column("Description", "kind", width=26),
    Column("Manufacturer", "make"), Column("Model", "model", width=22), Column("S/N", "serial", width=22), Column("Lifecycle", "status", width=26),
    Column("Commissioned", "installed", "date"), Column("Decommissioned", "other", "date"), Column("Purchase Price", "cost", "money"),
    Column("Internal Ref", "other", hidden=True), Column("Supplier", "supplier", hidden=True),
)  # fmt: skip

_COLLEGE_ROWS = """
c | TC-00211 | Riverside | A | A001 | CCTV camera - dome | Samsung | SND-6084R | 0000ZC2Y70GG300114 | Live | 14/08/2014 | | £310.00 | 4410-09 | Northgate Systems
c | TC-00212 | Riverside | A | A014 | CCTV camera - dome | Samsung Techwin | SND-6084R | 0000ZC2Y70GG300115 | Live | 14/08/2014 | | £310.00 | 4410-09 | Northgate Systems
cx | TC-00213 | Riverside | A | A101 | CCTV camera - dome | Samsung | SND-5084R | 0000ZC2Y70GG300116 | Decommissioned 2023 | 14/08/2014 | 17/07/2023 | £280.00 | 4410-09 | Northgate Systems
c | TC-00348 | Riverside | A | A101 | CCTV camera - dome | Hanwha / Wisenet | XND-6080R | 0000ZNJF70GM500221 | Live | 17/07/2023 | | £402.00 | 5126-01 | Northgate Systems
cx | TC-00214 | Riverside | B | B002 | CCTV camera - bullet | Samsung | SNO-6084R | 0000ZC3070GG300117 | Decommissioned 2022 | 14/08/2014 | 03/03/2022 | £330.00 | 4410-09 | Northgate Systems
c | TC-00349 | Riverside | B | B002 | CCTV camera - bullet | Hanwha | XNO-6080R | 0000ZNJH70GM500222 | Live | 03/03/2022 | | £420.00 | 5126-01 | Northgate Systems
r | TC-00230 | Riverside | B | Comms 1 | CCTV recorder 16ch | Hanwha | XRN-1610 | 0000ZNKK70GM700010 | Live | 03/03/2022 | | £1,450.00 | 5126-01 | Northgate Systems
rx | TC-00198 | Riverside | B | Comms 1 | CCTV recorder 16ch | Samsung | SRN-1670D | 0000ZC3K70GG100004 | Disposed (WEEE) | 14/08/2014 | 03/03/2022 | £1,100.00 | 4410-09 | Northgate Systems
s | TC-00231 | Riverside | B | Comms 1 | PoE switch 24 port | Netgear | GS728TP | 00041R2SX00118 | Live | 03/03/2022 | | £390.00 | 5126-01 | Northgate Systems
c | TC-00401 | Hillcrest | Workshops | WS3 | CCTV camera - bullet | Bosch | NBE-4502-AL | 044518823102040017 | Live | 01/02/2020 | | £365.00 | 4988-02 | Calder Fire & Security
c | TC-00402 | Hillcrest | Workshops | WS4 | CCTV camera - bullet | Bosch | NBE-4502-AL | 044518823102040018 | Live | 01/02/2020 | | £365.00 | 4988-02 | Calder Fire & Security
c | TC-00403 | Hillcrest | Workshops | Yard | CCTV camera - PTZ | Bosch | NDP-5512-Z30 | 044518823102040031 | Live | 01/02/2020 | | £1,690.00 | 4988-02 | Calder Fire & Security
r | TC-00404 | Hillcrest | Workshops | Store | CCTV recorder | Bosch | DIP-5240IG-00N | 044518823102050002 | Live | 01/02/2020 | | £3,250.00 | 4988-02 | Calder Fire & Security
c | TC-00405 | Hillcrest | Nursery | N1 | CCTV camera - dome | Vivotek | FD9389-HTV | 0002D1A7C001 | Live | 09/11/2021 | | £298.00 | 5033-07 | Calder Fire & Security
c | TC-00406 | Hillcrest | Nursery | N2 | CCTV camera - dome | Vivotek | FD9389-HTV | 0002D1A7C002 | Live | 09/11/2021 | | £298.00 | 5033-07 | Calder Fire & Security
cx | TC-00407 | Hillcrest | Nursery | Garden | CCTV camera - bullet | Hikvision | DS-2CD2632F-I | 00472219931 | Removed - failed | 09/11/2016 | 09/11/2021 | £175.00 | 4600-11 | Calder Fire & Security
c | TC-00408 | Hillcrest | Nursery | Garden | CCTV camera - bullet | Vivotek | IB9389-H | 0002D1A7C003 | Live | 09/11/2021 | | £276.00 | 5033-07 | Calder Fire & Security
i | TC-00409 | Hillcrest | Nursery | Front door | Door intercom | 2N | IP Verso 9155101 | 5430110203 | Live | 09/11/2021 | | £640.00 | 5033-07 | Calder Fire & Security
m | TC-00410 | Hillcrest | Nursery | Office | CCTV monitor 24 inch | Iiyama | ProLite XU2493HS | 0011987234411 | Live | 09/11/2021 | | £139.00 | 5033-07 | Calder Fire & Security
cx | TC-00411 | Hillcrest | Nursery | Office | CCTV camera - spare | Vivotek | FD9389-HTV | 0002D1A7C004 | In stores - not in use | 09/11/2021 | | £298.00 | 5033-07 | Calder Fire & Security
"""

COLLEGE = List(
    "college", "a college's fixed-asset register with decommissioned rows and hidden columns", "FAR extract - CCTV 01-08-2025.xlsx",
    (Sheet("FAR extract", _COLLEGE, table(_COLLEGE_ROWS, _COLLEGE), ("Extract of the fixed asset register, category 07-CCTV",)),),
)  # fmt: skip

LISTS = (BUSINESS_MANAGER, TRUST, CARETAKER, COLLEGE)
