"""The one thing to do next follows what is in the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import samples
from camcensus.model.asset import Decision
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register.next_step import maker_numbers, next_step
from camcensus.tasks.register.rows import AssetRow
from ui_rows import row

KEEP = Decision("keep", "Sam", "2026-11-24T10:00:00Z")


def of(number: int, maker: str | None, state: str, *, decided: bool = False) -> AssetRow:
    made = row(number, f"CAM-{number:03d}", samples.verdict(number, "camera", maker))
    asset = replace(made.asset, decision=KEEP) if decided else made.asset
    return replace(made, asset=asset, state=state)  # type: ignore[arg-type]


def test_it_is_the_plan_then_what_needs_checking_then_decisions_then_paper(data_dir: Path) -> None:
    knowledge = load_knowledge(data_dir / "vendors.db")

    def said(*rows: AssetRow, to_check: int = 0) -> tuple[str, str]:
        step = next_step(None, rows, to_check, knowledge, samples.NOW)
        return step.page, step.button

    listed, other = of(1, "hikvision", "listed"), of(2, "axis", "not-listed")
    assert said(listed, other, to_check=1) == ("plan", "Decide in the plan")
    assert "Hikvision" in next_step(None, (listed, other), 0, knowledge, samples.NOW).say
    assert said(of(1, "hikvision", "listed", decided=True), other, to_check=2) == ("checking", "Check the 2")
    assert said(of(3, None, "unknown"), of(4, None, "unknown"), listed, to_check=2) == ("checking", "Check the 2")
    assert said(other) == ("cameras", "Decide on it")
    assert "No listed maker was found." in next_step(None, (other,), 0, knowledge, samples.NOW).say
    assert said(of(2, "axis", "not-listed", decided=True)) == ("plan", "Open the plan")


def test_the_makers_are_named_with_how_many_each_made(data_dir: Path) -> None:
    knowledge = load_knowledge(data_dir / "vendors.db")

    rows = (of(1, "hikvision", "listed"), of(2, "hikvision", "listed"), of(3, "axis", "not-listed"), of(4, None, "unknown"))
    assert maker_numbers(rows, knowledge).startswith("Hikvision made 2, Axis made 1.")
    assert "The maker of 1 item is not known" in maker_numbers(rows, knowledge)
