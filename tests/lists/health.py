"""Lists of hospitals: an estates asset register of 400 rows, and a site's list by ward and bleep."""

from __future__ import annotations

import random

from lists.rows import UP, Column, List, Row, Sheet, table

_ESTATES = (
    Column("Site", "place", width=26), Column("Block", "place"), Column("Level", "place"), Column("Room no.", "place"),
    Column("Asset no.", "ref"), Column("Description", "kind", width=24), Column("Manufacturer", "make", width=18), Column("Model", "model", width=22),
    Column("Serial no.", "serial", width=20), Column("Install date", "installed", "date"), Column("Expected life (yrs)", "other", "number"),
    Column("Condition", "condition"), Column("Backlog £", "other", "money"), Column("Priority", "other"), Column("Status", "status", width=20),
)  # fmt: skip

_SITES = (("Marshgate General Hospital", ("Main", "Tower", "Maternity", "Path Lab")), ("Oakhanger Community Hospital", ("Main", "Day Unit")),
          ("Priory Lane Health Centre", ("Main",)), ("Trust HQ, Cornmarket House", ("East", "West")))  # fmt: skip

_MAKES = (
    ("Hikvision", ("DS-2CD2143G0-I", "DS-2CD2347G2-LU", "DS-2DE4225IW-DE"), "DS-7732NI-I4"),
    ("Dahua", ("IPC-HDBW2431E-S-S2", "IPC-HFW2431S-S-S2", "SD49225XA-HNR"), "NVR5216-4KS2"),
    ("Axis", ("P3245-LVE", "M3085-V", "Q6075-E"), "S3008"),
    ("Hanwha", ("XND-6080R", "QNV-8080R", "XNP-6400RW"), "XRN-1610"),
    ("Bosch", ("NBE-4502-AL", "NDE-5503-AL"), "DIP-5240IG-00N"),
    ("Honeywell", ("H4W2PER3", "HC30W45R3"), "HEN16204"),
    ("HIKVISION UK", ("DS-2CD2T47G2-L",), "DS-7616NI-I2"),
    ("Panasonic", ("WV-S2131L", "WV-U2532L"), "WJ-NX200"),
    ("Unknown", ("", ""), ""),
)
_WEIGHTS = (120, 80, 45, 45, 25, 20, 25, 20, 12)
_OUT = ("Decommissioned 2023", "Removed", "Not in use", "Decommissioned")


def _estate_rows(count: int, seed: int) -> tuple[Row, ...]:
    chosen = random.Random(seed)
    rows: list[Row] = []
    places = [(site, block) for site, blocks in _SITES for block in blocks]
    share = count // len(places)
    last = ""
    for at, (site, block) in enumerate(places):
        size = share if at + 1 < len(places) else count - share * (len(places) - 1)
        levels = sorted(chosen.choice(("00", "01", "02", "03", "B1")) for _ in range(size))
        for within in range(size):
            make, models, recorder = chosen.choices(_MAKES, _WEIGHTS)[0]
            number = len(rows)
            kind = "recorder" if recorder and number % 29 == 7 else "camera"
            model = recorder if kind == "recorder" else chosen.choice(models)
            description = (
                "Network video recorder"
                if kind == "recorder"
                else chosen.choice(("CCTV camera", "CCTV camera - dome", "CCTV camera - PTZ"))
            )
            out = chosen.choice(_OUT) if chosen.random() < 0.08 else ""
            level, condition = levels[within], chosen.choice("AABBBCCD")
            serial = f"{chosen.randrange(10**7):010d}" if model else ""
            rows.append(Row((
                site if site != last else UP, block if within == 0 else UP,
                level if within == 0 or level != levels[within - 1] else UP,
                f"{block[0]}{level}-{chosen.randrange(1, 90):03d}", f"MGH-{90000 + number:06d}", description,
                "hikvision" if make == "Hikvision" and number % 17 == 0 else make, model, serial,
                f"{chosen.randrange(1, 29):02d}/{chosen.randrange(1, 13):02d}/{chosen.randrange(2012, 2025)}",
                str(chosen.choice((7, 8, 10))), condition, f"£{chosen.randrange(2, 30) * 25:,}.00" if condition in "CD" else "",
                chosen.choice(("High", "Moderate", "Low")) if condition in "CD" else "", out or "In use",
            ), kind, not out))  # fmt: skip
            last = site
    rows.append(Row(("Total assets", "", "", "", str(count)) + ("",) * 10, ""))
    return tuple(rows)


ESTATES = List(
    "nhs-estates", "an NHS trust's estates asset register", "Estates asset register - CCTV - Oct 25.xlsx",
    (
        Sheet(
            "Assets", _ESTATES, _estate_rows(400, 9), ("Estates and Facilities Directorate", "Asset register extract – asset group 62.4 Security / CCTV"),
            (("Location", 4), ("Asset", 5), ("Life", 2), ("Condition and backlog (six facet survey)", 3), ("", 1)),
        ),
    ),
)  # fmt: skip

_WARDS = (
    Column("Ward / dept", "place", width=26), Column("Camera no.", "number"), Column("Position", "name", width=30), Column("Make & model", "make+model", width=30),
    Column("Recorded on", "recorder"), Column("Bleep", "other"), Column("Ext.", "other"), Column("Working?", "working"), Column("Remarks", "note", width=36),
)  # fmt: skip

_WARD_ROWS = """
= | GROUND FLOOR | | | | | | | |
c | A&E | 1 | Ambulance bay | Hikvision DS-2CD2T47G2-L | NVR 1 | 2214 | 4410 | Y |
c | A&E | 2 | Waiting area | Hikvision DS-2CD2347G2-LU | NVR 1 | 2214 | 4410 | Y | Audio is switched off
c | A&E | 3 | Triage corridor | as above | NVR 1 | 2214 | 4410 | Y | => make=Hikvision; model=DS-2CD2347G2-LU
c | A&E | 4 | Relatives' room (outside the door) | as above | NVR 1 | 2214 | 4410 | N | Reported to helpdesk => make=Hikvision; model=DS-2CD2347G2-LU
r | Security office | | Rack 1 (NVR 1) | Hikvision DS-9632NI-I8 | | 2000 | 4400 | Y | 32 ch, 31 days
r | Security office | | Rack 1 (NVR 2) | Dahua NVR5432-16P-4KS2E | | 2000 | 4400 | Y |
m | Security office | | Wall screen | LG 43UK6300 | | 2000 | 4400 | Y |
m | Security office | | Desk screen | Iiyama XUB2792 | | 2000 | 4400 | Y |
c | Pharmacy | 5 | Hatch | Axis M3085-V | NVR 1 | 2381 | 4520 | Y |
c | Pharmacy | 6 | CD store | Axis M3085-V | NVR 1 | 2381 | 4520 | Y | Access by chief pharmacist only
i | Pharmacy | | Night hatch intercom | Aiphone IX-DV | | 2381 | 4520 | Y |
= | FIRST FLOOR | | | | | | | |
c | Ward 3 (Care of the Elderly) | 7 | Entrance | Dahua IPC-HDBW2431E-S-S2 | NVR 2 | 2301 | 4530 | Y |
c | Ward 3 (Care of the Elderly) | 8 | Fire exit | Dahua IPC-HDBW2431E-S-S2 | NVR 2 | 2301 | 4530 | Y |
i | Ward 3 (Care of the Elderly) | | Entry panel | Videx 4000 | | 2301 | 4530 | Y |
c | Ward 4 (Children) | 9 | Entrance | Dahua IPC-HDBW2431E-S-S2 | NVR 2 | 2304 | 4540 | Y |
c | Ward 4 (Children) | 10 | Play room door | Dahua IPC-HDBW2431E-S-S2 | NVR 2 | 2304 | 4540 | N | Lens scratched
i | Ward 4 (Children) | | Entry panel | Videx 4000 | | 2304 | 4540 | Y |
cx | Ward 5 | 11 | Entrance | Samsung SND-5084R | NVR 2 | | | - | Removed 2023, ward closed
cx | Ward 5 | 12 | Day room | Samsung SND-5084R | NVR 2 | | | - | Removed 2023, ward closed
= | SECOND FLOOR | | | | | | | |
c | Maternity | 13 | Entrance | i-PRO WV-S2136L | NVR 2 | 2409 | 4610 | Y | Baby tag system next to it
c | Maternity | 14 | Corridor | i-PRO WV-S2136L | NVR 2 | 2409 | 4610 | Y |
c | Maternity | 15 | SCBU door | n/k | NVR 2 | 2409 | 4610 | Y | Label painted over => make=; model=
i | Maternity | | Entry panel | 2N IP Force | | 2409 | 4610 | Y |
= | OUTSIDE | | | | | | | |
c | Car park A | 16 | Column 4 | Bosch NDP-5512-Z30 | NVR 1 | 2000 | 4400 | Y | PTZ
c | Car park A | 17 | Pay station | Mobotix M26B | NVR 1 | 2000 | 4400 | Y |
c | Car park B | 18 | Barrier | GeoVision GV-LPR1200 | NVR 1 | 2000 | 4400 | Y | Number plates go to the parking firm
- | Cameras in use: 16. Ring 4400 for faults. | | | | | | | |
"""

WARDS = List(
    "hospital-wards", "a hospital site's list by floor, ward and bleep", "Security CCTV wards & bleeps.xlsx",
    (Sheet("Cameras", _WARDS, table(_WARD_ROWS, _WARDS), ("St Ebba's Hospital – CCTV by ward", "Keep a copy at the switchboard")),),
)  # fmt: skip

LISTS = (ESTATES, WARDS)
