"""Answers on networks: each with a day and who gave it, for rows, a network or a place, and for nobody who may not read them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import tagging
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Edit
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.staff_register import ImportChoices
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.table import register_csv
from camcensus.tasks.share.columns import COLUMNS
from samples import NOW
from tasks.imports.test_staff_register import asset, inventory, knowledge

__all__ = ["inventory", "knowledge"]
AT = "2026-11-24T10:42:00Z"


def answer(ids: list[str], answers: dict[str, str | None], who: str, day: str) -> Edit[str]:
    """What a person answers, with who said so and when."""
    facts = {f"{name}{end}": fact for name, given in answers.items() if given for end, fact in (("_by", who), ("_on", day))}
    return tagging.set_tags(ids, {**answers, **facts})


def held(one: Inventory, ref: str) -> tuple[str | None, ...]:
    row = asset(one, ref)
    return row.core_network, row.core_network_on, row.core_network_by, row.internet_reachable, row.internet_reachable_on


def test_an_answer_has_its_day_and_its_person_and_is_taken_back_with_them(inventory: Inventory) -> None:
    ids = [asset(inventory, "CAM-001").id]
    inventory.do(answer(ids, {"core_network": "yes"}, "J. Okafor", "3/11/2026"), by="A", now=NOW)
    assert held(inventory, "CAM-001") == ("yes", "2026-11-03", "J. Okafor", None, None)
    inventory.do(answer(ids, {"core_network": None}, "A", "4/11/2026"), by="A", now=NOW)
    assert held(inventory, "CAM-001") == (None, None, None, None, None)
    inventory.undo(NOW)
    assert held(inventory, "CAM-001")[:3] == ("yes", "2026-11-03", "J. Okafor")


def test_an_answer_that_comes_another_way_gets_who_did_it_and_the_day(inventory: Inventory) -> None:
    inventory.do(tagging.set_tags([asset(inventory, "CAM-002").id], {"core_network": "No"}), by="R. Khan", now=NOW)
    assert held(inventory, "CAM-002")[:3] == ("no", NOW.date().isoformat(), "R. Khan")


def test_our_own_table_brings_answers_back_as_they_were(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path, data_dir: Path
) -> None:
    inventory.do(
        answer([asset(inventory, "CAM-001").id], {"core_network": "yes", "internet_reachable": "no"}, "J. Okafor", "3/11/2026"),
        by="A",
        now=NOW,
    )
    text = register_csv(inventory, register.rows(inventory, knowledge), knowledge, AT)
    (line, *_) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    assert (line["core_network"], line["core_network_on"], line["core_network_by"]) == ("yes", "2026-11-03", "J. Okafor")
    path = tmp_path / "register.csv"
    path.write_bytes(text)
    same = importing.preview(inventory, knowledge, path, data_dir)
    assert [row.changes for row in same.rows if row.changes] == []
    inventory.do(tagging.set_tags([asset(inventory, "CAM-001").id], {"core_network": None}), by="A", now=NOW)
    importing.apply(inventory, knowledge, importing.preview(inventory, knowledge, path, data_dir), ImportChoices(), "B", NOW)
    assert held(inventory, "CAM-001")[:3] == ("yes", "2026-11-03", "J. Okafor")


def test_only_the_auditors_file_holds_the_answers() -> None:
    given = {name for files in COLUMNS.values() for names in files.values() for name in names}
    assert not {name for name in given if name.startswith(("core_network", "internet_reachable"))}
