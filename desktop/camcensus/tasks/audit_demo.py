"""The demonstration for auditors: a simulated review, its organisations' files and answers, and the roll-up of them."""

from __future__ import annotations

import functools
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from camcensus.demo.country import Country, SimAnswer, SimBody, lap_of, load_country
from camcensus.demo.estate import SimDevice, load_catalogue, unit
from camcensus.demo.said import said_by
from camcensus.model import frozen
from camcensus.model.asset import DecisionWhat
from camcensus.model.errors import DiskError, on_disk, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import organisation_kind
from camcensus.model.plan import Costs
from camcensus.model.scan import Interface, ScanRecord
from camcensus.model.words import utc_second
from camcensus.planning.years import financial_year, first_year, year_label
from camcensus.store.edits import placing, tagging
from camcensus.store.edits.settings import set_camera_use, set_costs, set_setting
from camcensus.store.files import write_whole
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.progress import Progress
from camcensus.tasks.register import verbs as register
from camcensus.tasks.rollup import taking
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import lists_of
from camcensus.tasks.rollup.files import table_csv
from camcensus.tasks.rollup.marks import SUFFIX
from camcensus.tasks.rollup.taking import RollupImport
from camcensus.tasks.rollup.view import record_round
from camcensus.tasks.share.making import ShareWish, share
from camcensus.wire.read import read

ROLLUP_NAME = f"national{SUFFIX}"
FIRST, FILES, ASKED, ANSWERS = "first-round", "files", "asked.csv", "answers.csv"
ROUND = "First round"
_STAFF = "Demo (simulation)"
_NETWORK = "eth0 10.0.0.2/24"
_FIGURES = Costs(camera_unit=18_000, camera_fitting=12_000, recorder_unit=120_000, recorder_fitting=25_000)
"""Invented prices, pence excluding VAT."""
_FILES: frozenset[str] = frozenset({"file", "late", "both"})
_REFUSED = "We hold it, and will not say: it would help whoever wants to do us harm."


@frozen
class AuditDemo:
    """What was made: the roll-up, the files of a first round and of this one, who was asked, the sheet of answers.

    `imported` is what was done with the files of this round, and with the sheet.
    """

    rollup: Path
    first: Path
    files: Path
    asked: Path
    answers: Path
    imported: RollupImport


def make_audit_demo(
    data_dir: Path,
    directory: Path,
    knowledge: Knowledge,
    now: datetime,
    *,
    bodies: int | None,
    progress: Progress | None = None,
) -> AuditDemo:
    """Make the organisations' files and answers below `directory`, over an older demo only, and import them.

    Raises DemoError, StoreError, PolicyError, and what `progress` raises.
    """
    country = load_country(data_dir / "resources" / "demo", bodies)
    made = AuditDemo(
        directory / ROLLUP_NAME,
        directory / FIRST,
        directory / FILES,
        directory / ASKED,
        directory / ANSWERS,
        RollupImport((), (), 0),
    )
    _make_room(made, data_dir)
    with taking.open_for_taking(made.rollup, data_dir, knowledge, now) as rollup:
        taking.mark_as_simulation(rollup, country.notice)
    catalogue = load_catalogue(data_dir / "resources" / "demo")
    _write_table(made.asked, _asked_rows(country))
    _write_table(made.answers, _answer_rows(country))
    senders = [one for one in country.bodies if one.reply in _FILES]
    with tempfile.TemporaryDirectory() as work:
        for at, body in enumerate(senders):
            if progress is not None:
                progress(at, len(senders))
            _make_files(country, body, catalogue, knowledge, Path(work), made, now)
    _spoil(made.files)
    with taking.open_for_taking(made.rollup, data_dir, knowledge, now) as rollup:
        taking.take_in(rollup, [made.first], knowledge, now, bodies=made.asked)
        record_round(rollup, ROUND, lists_of(rollup), now)
        imported = taking.take_in(rollup, [made.files], knowledge, now)
        answers = take_answer_files(rollup, [made.answers], knowledge, now)
    return replace(made, imported=replace(imported, files=(*imported.files, *answers)))


def _make_room(made: AuditDemo, data_dir: Path) -> None:
    """Make the folder, and remove an older demo's files. Raises DiskError where a roll-up there is not a demo's."""
    refuse_folder(made.rollup)
    with on_disk(made.files):
        made.files.parent.mkdir(parents=True, exist_ok=True)
        if made.rollup.exists():
            with taking.open_for_reading(made.rollup, data_dir) as rollup:
                if rollup.simulation is None:
                    raise DiskError(f"“{shown(made.rollup)}” is not of the demo, so it was left alone; choose another folder.")
            made.rollup.unlink()
            for folder in (made.first, made.files):
                shutil.rmtree(folder, ignore_errors=True)
        for folder in (made.first, made.files):
            if folder.exists():
                raise DiskError(f"“{shown(folder)}” in that folder is not of the demo; choose another folder.")
            folder.mkdir()


def _write_table(path: Path, rows: Iterator[Sequence[object]]) -> None:
    head, *rest = rows
    write_whole(path, table_csv([str(cell) for cell in head], rest))


def _draw(body: SimBody) -> random.Random:
    """What is drawn for an organisation: the same each time."""
    return random.Random(body.number)  # noqa: S311


def _asked_rows(country: Country) -> Iterator[Sequence[object]]:
    yield "name", "type", "urn", "ods", "gss", "company_no", "region", "pupils", "beds", "population"
    for one in country.bodies:
        sizes = [one.size if one.measure == name else None for name in ("pupils", "beds", "population")]
        yield one.name, one.type, *_numbers(one), one.region, *sizes


def _numbers(body: SimBody) -> list[str | None]:
    return [body.official.get(name) for name in ("urn", "ods", "gss", "company_no")]


def _answer_rows(country: Country) -> Iterator[Sequence[object]]:
    """The sheet as a national office keeps it: a row for each organisation that was asked, and one by a stranger."""
    yield (
        "Organisation", "Type", "URN", "ODS code", "GSS code", "Company number", "Date asked", "Date answered", "Status",
        "Exemption", "How many cameras?", "How many Hikvision cameras?", "How many Dahua cameras?", "Reply text",
    )  # fmt: skip
    for one in country.bodies:
        draw = _draw(one)
        cameras, hikvision, dahua = one.devices + draw.randrange(4), draw.randrange(4), draw.randrange(3)
        begin = (one.name, one.type, *_numbers(one), country.asked_on)
        match one.reply:
            case "letter":
                yield *begin, "2026-06-26", "Answered", None, cameras, hikvision, dahua, None
            case "both":
                yield *begin, "2026-06-25", "Answered", None, one.devices + 20, 0, 0, "We have none of these makes."
            case "late":
                yield *begin, "2026-09-14", "Answered", None, cameras, hikvision, dahua, None
            case "refused":
                yield *begin, "2026-06-29", "Refused", "s.31(1)(a)", None, None, None, _REFUSED
            case "none":
                yield *begin, None, "No reply", None, None, None, None, None
            case "file":
                yield *begin, "2026-06-22", "Answered", None, None, None, None, "See the file."
    yield (
        '=HYPERLINK("x") \u202egnp.exe', "school", None, None, None, None, country.asked_on, "2026-06-20", "Answered", None, 3,
        0, 0, "<b>None</b>",
    )  # fmt: skip


def _make_files(
    country: Country,
    body: SimBody,
    catalogue: Sequence[SimDevice],
    knowledge: Knowledge,
    work: Path,
    made: AuditDemo,
    now: datetime,
) -> None:
    """One organisation's record, kept as staff would keep it, and the files that it makes for the auditor in each round."""
    kind = organisation_kind(body.type)
    held = replace(register.new_body(f"{body.name} (simulation)", body.type, kind.year_starts), **body.official)  # type: ignore[arg-type]
    draw = _draw(body)
    seen_at = now - timedelta(days=400 if body.reply == "late" else draw.randrange(2, 120))
    began_at = seen_at - timedelta(days=150)
    wish, name = ShareWish("auditor", _STAFF), f"{body.number:03d}.camcensus"
    with register.new_inventory(work / f"{body.number}.camcensus", held, now) as inventory:
        inventory.do(set_setting("simulation", country.notice), by=None, now=now)
        register.save_census(inventory, _census(body, catalogue, knowledge, began_at, country.logins), knowledge, began_at)
        _write_down(inventory, country, body, knowledge, draw, began_at)
        if body.number % 4:
            share(inventory, knowledge, made.first / name, wish, began_at)
        _decide_all(inventory, knowledge, draw, seen_at)
        share(inventory, knowledge, made.files / name, wish, seen_at)


def _census(
    body: SimBody, catalogue: Sequence[SimDevice], knowledge: Knowledge, seen_at: datetime, logins: Sequence[SimAnswer]
) -> Census:
    """What a search of its network finds."""
    at = utc_second(seen_at)
    observations = []
    for number in range(body.devices):
        # A few have the first device of the organisation before them in their register too: counted once in the nation.
        owner = body.number - 1 if number == 0 and body.shares_first else body.number
        place = (owner * 5 + number) % len(catalogue)
        device = replace(
            unit(catalogue[place], lap_of(owner) + number // len(catalogue)), address=f"10.0.{number // 250}.{number % 250 + 3}"
        )
        for one in said_by(device, at, _NETWORK, logins if body.gave_login else (), number):
            observations.append(replace(one, reading=read(one.probe, one.ask, one.raw)))
    scan = ScanRecord(
        id=f"scan-{body.number}", started_at=utc_second(seen_at - timedelta(minutes=6)), ended_at=at, stopped_early=False,
        knowledge_version=knowledge.version, interfaces=(Interface("eth0", "10.0.0.2/24"),), ranges=(), passive=False,
        pace="gentle", coverage=(), not_covered=(), allowed_by=_STAFF, simulation=True,
    )  # fmt: skip
    return Census(scan=scan, observations=tuple(observations), verdicts=judge(observations, knowledge))


def _write_down(
    inventory: Inventory, country: Country, body: SimBody, knowledge: Knowledge, draw: random.Random, now: datetime
) -> None:
    """What staff know and no search can see. Like in life, not of every device."""
    do = functools.partial(inventory.do, by=_STAFF, now=now)
    do(set_camera_use(body.use))
    do(set_costs(_FIGURES))
    site = do(placing.add_place("site", "Main site", None)).made
    office = do(placing.add_place("room", "Server room", site, sensitive=True)).made
    firm = do(tagging.add_vendor(draw.choice(country.firms), "seller")).made
    for row in register.rows(inventory, knowledge):
        asset, camera = row.asset.id, row.asset.kind == "camera"
        do(placing.set_place([asset], office if draw.random() < 0.2 else site))
        year, pence = draw.randrange(2014, 2026), draw.randrange(90, 900) * 100
        values: dict[str, object] = {"installed_on": str(year), "cost_pence": pence}
        if camera and draw.random() < 0.7:
            values |= {
                "camera_type": draw.choice(("dome", "bullet", "ptz", "fixed")),
                "purpose": draw.choice(country.purposes),
                "inside_outside": draw.choice(("inside", "outside")),
                "retention_days": draw.choice((14, 30, 31, 60, 120)),
            }
        if camera and body.use["dpia"] in ("all", "some") and draw.random() < 0.5:
            values["dpia_ref"] = "DPIA-1"
        if draw.random() < 0.6:
            values["seller"] = firm
        do(tagging.set_tags([asset], values))


def _decide_all(inventory: Inventory, knowledge: Knowledge, draw: random.Random, now: datetime) -> None:
    """What was decided after the first round, and what is gone since."""
    this_year = first_year(financial_year(now.date(), inventory.body.year_starts)) or now.year
    for row in register.rows(inventory, knowledge):
        _decide(inventory, row, draw, this_year, now)


def _decide(inventory: Inventory, row: register.AssetRow, draw: random.Random, this_year: int, now: datetime) -> None:
    do = functools.partial(inventory.do, by=_STAFF, now=now)
    if row.state == "listed" and draw.random() < 0.75:
        choices: tuple[DecisionWhat, ...] = ("replace", "replace", "remove", "separate")
        what = draw.choice(choices)
        year = year_label(this_year + draw.randrange(3), inventory.body.year_starts)
        do(tagging.decide([row.asset.id], what, why="Sample", year=year if what in ("replace", "remove") else None))
        if draw.random() < 0.25:
            do(tagging.set_status([row.asset.id], "removed"))
    elif row.state != "listed" and draw.random() < 0.5:
        do(tagging.decide([row.asset.id], "keep", why="Sample"))


def _spoil(files: Path) -> None:
    """What strangers send too: half a file, a file that was changed since, and something else under its name."""
    whole = sorted(files.iterdir())
    if not whole:
        return
    data = whole[0].read_bytes()
    write_whole(files / "cut.camcensus", data[: len(data) // 2])
    write_whole(files / "changed.camcensus", data.replace(b"Main site", b"Main s\xc3\xaft"))
    write_whole(files / "letter.camcensus", b"%PDF-1.7 Dear Sir or Madam")
