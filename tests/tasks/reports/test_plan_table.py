"""plan.csv: its columns, that it adds up to the plan, what each edition gives, and that no cell is computed."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.model.plan import Plan
from camcensus.store.edits import batches
from camcensus.tasks.register import plan as planning
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.editions import Audience
from camcensus.tasks.reports.making import Choices, Making
from camcensus.tasks.reports.plan_table import COLUMNS, plan_csv, plan_table
from plan_row import by_priority
from planted import plant
from random_plans import random_plan
from report.sample import BODY
from report_estate import NOW, STAFF, estate, knowledge


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


def table(path: Path, known: Knowledge, audience: Audience = "internal") -> list[dict[str, str]]:
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        shown = planning.plan(inventory, known, NOW)
        content, number = plan_csv(shown, inventory.body, known, audience=audience, now=NOW)
    rows = rows_of(content)
    assert len(rows) == number
    return rows


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pence(text: str) -> int:
    return int(Decimal(text or "0") * 100)


def test_the_columns_are_those_of_the_contract(whole: Path, known: Knowledge) -> None:
    first = table(whole, known)[0]
    assert (
        tuple(first)
        == COLUMNS
        == tuple(
            [
                "plan_id",
                "version",
                "ref",
                "batch",
                "reason",
                "priority",
                "option",
                "quantity",
                "unit_cost_gbp",
                "fitting_cost_gbp",
                "other_cost_gbp",
                "contingency_pct",
                "line_total_gbp",
                "financial_year",
                "target_date",
                "depends_on_ref",
                "dpia_needed",
                "disposal_method",
                "data_wiped_on",
                "wipe_certificate",
                "weee_note",
                "status",
            ]
        )
    )
    assert {name: first[name] for name in ("version", "batch", "reason", "quantity", "unit_cost_gbp", "fitting_cost_gbp")} == {
        "version": "2 (draft)",
        "batch": "Front gate",
        "reason": "Asked for by the head",
        "quantity": "1",
        "unit_cost_gbp": "295.00",
        "fitting_cost_gbp": "80.50",
    }
    assert (first["other_cost_gbp"], first["line_total_gbp"], first["target_date"]) == ("450.00", "825.50", "2027-02-15")
    assert (first["dpia_needed"], first["disposal_method"], first["data_wiped_on"]) == (
        "done",
        "Collected by Eco",
        "2027-03-01",
    )
    assert (first["wipe_certificate"], first["weee_note"], first["status"]) == ("W-112", "T-9", "ordered")


@pytest.mark.parametrize("seed", range(60))
def test_its_lines_add_up_to_the_plan_by_year_and_priority(seed: int, known: Knowledge) -> None:
    plan: Plan = random_plan(seed)[0]
    rows = rows_of(plan_csv(plan, BODY, known, audience="internal", now=NOW)[0])
    for row in rows:
        if row["line_total_gbp"]:
            each = pence(row["unit_cost_gbp"]) + pence(row["fitting_cost_gbp"])
            assert int(row["quantity"]) * each + pence(row["other_cost_gbp"]) == pence(row["line_total_gbp"])
    for (year, priority), (quantity, total) in by_priority(plan).items():
        mine = [row for row in rows if (row["financial_year"] or "No year yet") == year and int(row["priority"]) == priority]
        assert sum(pence(row["line_total_gbp"]) for row in mine) == total
        assert sum(int(row["quantity"]) for row in mine) == quantity
    assert sorted(row["ref"] for row in rows if row["ref"]) == sorted(item.ref for item in plan.items)


@pytest.mark.parametrize("audience", ["internal", "supplier", "public"])
def test_no_edition_tells_what_its_readers_are_not_given(
    whole: Path, known: Knowledge, tmp_path: Path, audience: Audience
) -> None:
    path, names = tmp_path / "marked.camcensus", dict[str, str]()
    shutil.copy(whole, path)

    def text(table: str, _: str, column: str) -> str:
        word = f"Zq{hashlib.sha256(f'{table}.{column}'.encode()).hexdigest()[:10]}"
        names[word] = f"{table}.{column}"
        return word

    plant(path, text, but=("asset.ref", "setting.value"))
    said = "\n".join(",".join(row.values()) for row in table(path, known, audience))
    told = {name for word, name in names.items() if word in said}
    given = {"asset.decision_year"}
    if audience != "public":
        given |= {"plan_batch.name", "plan_line.name", "place.name", "plan_batch.place_path"}
    if audience == "internal":
        assert {"plan_batch.reason", "plan_batch.disposal", "plan_batch.wipe_certificate", "plan_batch.weee_note"} <= told
        assert {"plan_line.reason", "asset.decision_why", "plan_batch.name", "plan_line.name"} <= told
    else:
        assert told <= given


@pytest.mark.parametrize("name", ['=cmd|"/C calc"!A0', "+1", "@SUM(1)", "\u202egnp.exe\x00", '<b>","x', "A" * 10_000])
def test_hostile_names_are_text(whole: Path, known: Knowledge, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.camcensus"
    shutil.copy(whole, path)
    plant(path, lambda *_: name, but=("asset.ref", "setting.value"))
    for row in table(path, known):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t"))
            assert "\u202e" not in cell
            assert "\x00" not in cell
            assert len(cell) <= 1000


def test_the_table_of_an_old_version_is_as_it_was(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "copy.camcensus"
    shutil.copy(whole, path)
    with register.open_inventory(path, NOW) as inventory:
        kept = planning.version_plan(inventory, 1)
        inventory.do(batches.take_out(planning.plan(inventory, known, NOW).acting), by=STAFF, now=NOW)
        making = Making(inventory=inventory, knowledge=known, path=path, data_dir=tmp_path, now=NOW)
        now, then = (rows_of(plan_table(replace(making, choices=Choices(version=version)))[0]) for version in (None, 1))
    assert ({row["version"] for row in now}, {row["version"] for row in then}) == ({"2 (draft)"}, {"1"})
    assert {row["batch"] for row in now} == {"Cabling", "Disks"}
    assert sorted(row["ref"] for row in then if row["ref"]) == sorted(item.ref for item in kept.items)
