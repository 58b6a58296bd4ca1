"""A school made up for the tests: 42 cameras, 2 recorders, two financial years, and the figures they must come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from camcensus.model.asset import Asset, Body, Decision, KnownBy
from camcensus.model.device import Attribution, Description, Device, Grade, Key, Verdict
from camcensus.model.knowledge import Knowledge, Manufacturer, Source
from camcensus.model.plan import Costs, Plan
from camcensus.model.scan import Coverage, Interface, ScanRecord
from camcensus.model.statements import PublishedReply
from camcensus.planning.plan import make_plan
from camcensus.report.pdf.paper import draw
from camcensus.report.plan.whole import plan_report
from plan_row import PlanRow
from statement_samples import statement

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
AS_AT = datetime(2026, 11, 24, 10, 42, tzinfo=timezone(timedelta(0), "GMT"))
TODAY = date(2026, 11, 24)
COSTS = Costs(camera_unit=18_000, camera_fitting=12_000, recorder_unit=105_000, recorder_fitting=40_000)
BODY = Body(id="7f3a19c2-0000-4000-8000-000000000001", name="Elm Park Primary School", expected_cameras=40)
MAKERS = {"dahua": "Dahua", "hikvision": "Hikvision", "axis": "Axis", "hanwha": "Hanwha Vision", "bosch": "Bosch"}
LISTED = {"dahua": ("uk-fac-2021", "uk-mps-2022"), "hikvision": ("uk-fac-2021", "uk-mps-2022")}
BASED = ("dahua", "hikvision")
"""Makers with their own legal seat in China."""

KNOWLEDGE = Knowledge(
    version="2026.11.24+3f9c2ab1",
    sources={
        "wms": Source("wms", "Security Update on Surveillance Equipment", "UK Parliament", "https://questions-statements.parliament.uk/written-statements/detail/2022-11-24/hcws386", "2022-11-24", "2026-11-01"),
        "call": Source("call", "MPs call for ban", "Computer Weekly", "https://www.computerweekly.com/news/252522322/MPs-and-peers-call-for-ban", "2022-07", "2026-11-01"),
        "fac": Source("fac", "Never Again", "House of Commons", None, "2021-07-08", "2026-11-01"),
        "reply": Source("reply", "A sample reply", "Sample publisher", "https://example.org/reply", "2023", "2026-11-01"),
    },
    manufacturers={
        key: Manufacturer(
            key, name, None, "China" if key in ("dahua", "hikvision") else None, None, None, "reply",
            seat_source="reply" if key in ("dahua", "hikvision") else None,
            answers=(PublishedReply(name, key, "2023", "A sample reply: the company says that it follows the law where it works.", "reply"),)
            if key == "dahua"
            else (),
        )
        for key, name in MAKERS.items()
    },
    statements={
        "uk-wms-2022": statement(
            "uk-wms-2022", title="Departments were told to stop fitting certain cameras at sensitive sites", said_by="The UK Government",
            addressed_to="government departments", not_addressed_to="schools, councils or NHS bodies", date="2022-11-24", status="guidance",
            text="It told departments to stop fitting, at sensitive sites, visual surveillance equipment made by companies subject to China’s National Intelligence Law.",
            seat="China", reading="It names no company; that it means makers based in China is our reading.", source="wms",
        ),
        "uk-mps-2022": statement(
            "uk-mps-2022", "dahua", "hikvision", title="67 parliamentarians asked for a ban and a review", said_by="67 parliamentarians",
            addressed_to="the UK Government", not_addressed_to="", source="call",
            text="They called for a ban on the sale and operation in the UK of Hikvision and Dahua surveillance equipment. A call has no legal force.",
        ),
        "uk-fac-2021": statement(
            "uk-fac-2021", "dahua", "hikvision", title="A committee asked for a ban", said_by="The Commons Foreign Affairs Committee",
            addressed_to="the UK Government", not_addressed_to="", date="2021-07", source="fac",
            text="It recommended that equipment of firms such as Hikvision and Dahua should not be allowed to operate in the UK.",
        ),
    },
)  # fmt: skip

SCANS = (
    ScanRecord(
        id="scan-1",
        started_at="2026-11-23T16:05:00Z",
        ended_at="2026-11-23T16:31:00Z",
        stopped_early=False,
        knowledge_version=KNOWLEDGE.version,
        interfaces=(Interface("eth0", "192.168.1.20/24"), Interface("eth1", "10.0.0.2/24")),
        ranges=("192.168.1.0/24",),
        passive=False,
        pace="gentle",
        coverage=(
            Coverage("wsdiscovery", "192.168.1.0/24", 9, 41, "done"),
            Coverage("ssdp", "10.0.0.0/24", 3, 0, "blocked", "this computer’s firewall refused it"),
            Coverage("tls", "10.0.0.0/24", 0, 0, "skipped", "No device on this network was asked."),
        ),
        not_covered=("other networks in your building that were not searched",),
        allowed_by="R. Khan, IT lead",
    ),
)


def verdict(
    key: str,
    manufacturer: str | None,
    grade: Grade,
    *,
    brand: str | None = None,
    model: str | None = None,
    description: Description | None = None,
) -> Verdict:
    """What was concluded of one device."""
    return Verdict(
        Device((Key("mac", key),), (), None, key, ()),
        description or Description(kind="camera", model=model),
        Attribution(manufacturer, brand, grade, (manufacturer,) if manufacturer else (), (), (), (), "", KNOWLEDGE.version),
        (),
    )


def row(asset: Asset, judged: Verdict | None) -> PlanRow:
    """A row with the lists its maker is on."""
    maker = (
        judged.attribution.manufacturer
        if judged and judged.attribution.grade in ("confirmed", "almost-certain", "likely")
        else None
    )
    known = asset.known_by or ((KnownBy("search", "2026-11-24T10:42:00Z"),) if judged else ())
    asset = replace(asset, known_by=known)
    return PlanRow(asset, judged, LISTED.get(maker or "", ()), MAKERS.get(maker or ""), maker in BASED)


def decision(what: str, year: str | None = None, why: str = "") -> Decision:
    """A decision of the sample's staff."""
    return Decision(what, "Sam Okafor", "2026-11-24T10:00:00Z", why, year=year)  # type: ignore[arg-type]


_BLOCK = (
    # how many, room, sensitive, purpose, maker, brand, model, grade, decision
    (4, "Main entrance", True, "Visitors and signing-in", "dahua", "Dahua", "IPC-HDW1431T1-S4", "confirmed", decision("replace", "2026-27")),
    (3, "Playground", True, "Perimeter out of hours", "dahua", "Honeywell", "H4W2PER3", "almost-certain", decision("replace", "2026-27", "out of repair")),
    (2, "Nursery gate", True, "Drop-off and pick-up", "hikvision", "Hikvision", "DS-2CD2346G2-ISU", "confirmed", decision("replace", "2026-27")),
    (6, "Corridors", False, "Pupil safety", "dahua", "Dahua", "IPC-HDBW2431E-S", "almost-certain", decision("replace", "2027-28")),
    (2, "Hall", False, "Evening lettings", "hikvision", "HiLook", "IPC-B140H", "almost-certain", decision("replace", "2027-28")),
    (2, "Year 2", False, None, "dahua", "SecureView", None, "likely", None),
    (9, "Car park", False, "Vehicles", "axis", "Axis", "P3818-PVE", "confirmed", decision("keep")),
    (6, "Sports hall", False, "Out of hours", "hanwha", "Hanwha Vision", "QNV-8080R", "almost-certain", decision("keep")),
    (3, "Library", False, "Reading room", "bosch", "Bosch", "FLEXIDOME IP 8000i", "confirmed", decision("keep")),
    (5, "Boiler house", False, None, None, None, None, "unknown", None),
)  # fmt: skip


def school_rows() -> list[PlanRow]:
    """42 cameras and 2 recorders."""
    rows = []
    for many, room, sensitive, purpose, maker, brand, model, grade, decided in _BLOCK:
        for _ in range(many):
            number = len(rows) + 1
            asset = Asset(
                id=f"asset-{number:03d}",
                ref=f"CAM-{number:03d}",
                kind="camera",
                device=f"device-{number:03d}",
                place=room,
                place_path=("Elm Park", "Main block", "Ground floor", room),
                sensitive=sensitive,
                purpose=purpose,
                connected_to="rec-1" if number <= 14 else None,
                decision=decided,
            )
            rows.append(row(asset, verdict(f"3c:ef:8c:00:00:{number:02x}", maker, grade, brand=brand, model=model)))  # type: ignore[arg-type]
    for number, (maker, decided, channels) in enumerate(
        (("dahua", decision("replace", "2026-27"), 16), ("bosch", decision("keep"), 32)), 1
    ):
        asset = Asset(
            id=f"rec-{number}",
            ref=f"REC-{number:03d}",
            kind="recorder",
            device=f"recorder-{number}",
            place="server",
            place_path=("Elm Park", "Main block", "Ground floor", "Server cupboard"),
            decision=decided,
        )
        told = Description(kind="recorder", channels_analogue=0, channels_digital=channels, probes_answered=("wsdiscovery",))
        rows.append(row(asset, verdict(f"3c:ef:8c:00:01:{number:02x}", maker, "confirmed", description=told)))
    return rows


def plan_of(rows: list[PlanRow], costs: Costs = COSTS, *, year_starts: int = 4) -> Plan:
    """The plan of these rows on the sample's day."""
    return make_plan(rows, costs, today=TODAY, year_starts=year_starts)


def pdf_of(rows: list[PlanRow], costs: Costs = COSTS, **changes: object) -> tuple[bytes, int]:
    """The printed plan of these rows, and its pages."""
    given = {
        "body": BODY,
        "knowledge": KNOWLEDGE,
        "scans": SCANS,
        "enabled_lists": KNOWLEDGE.lists.keys(),
        "as_at": AS_AT,
        "simulation": False,
    } | changes
    body = given["body"]
    assert isinstance(body, Body)
    return draw(plan_report(plan_of(rows, costs, year_starts=body.year_starts), rows=rows, **given), FONTS)  # type: ignore[arg-type]
