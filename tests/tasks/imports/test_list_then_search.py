"""A register that was imported, and then a search of the same cameras: one entry each, almost certain or a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.imports import staff_register as importing
from camcensus.tasks.imports.staff_register import ImportChoices
from camcensus.tasks.register import checking
from camcensus.tasks.register import verbs as register
from samples import LATER, NOW, body, scan
from tasks.imports.test_staff_register import camera

LIST = "Ref,Make,Serial No,IP Address\n1,{make},,10.0.0.31\n2,{make},6C00000PAG00032,\n"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.mark.parametrize(("make", "asked"), [("Dahua", False), ("Axis", True)])
@pytest.mark.parametrize("list_first", [True, False])
def test_a_list_and_a_search_say_one_thing_or_ask(
    tmp_path: Path, knowledge: Knowledge, data_dir: Path, make: str, asked: bool, list_first: bool
) -> None:
    path = tmp_path / "cctv.csv"
    path.write_text(LIST.format(make=make), encoding="utf-8")
    seen = tuple(camera(number) for number in (31, 32))
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:

        def search() -> None:
            census = Census(scan=scan(), observations=seen, verdicts=judge(seen, knowledge))
            register.save_census(inventory, census, knowledge, LATER)

        def read_list() -> None:
            plan = importing.preview(inventory, knowledge, path, data_dir)
            importing.apply(inventory, knowledge, plan, ImportChoices(), "R. Khan", LATER)

        if list_first:
            read_list()
            alone = register.rows(inventory, knowledge)
            assert [(row.maker, row.grade) for row in alone] == [(make.lower(), "likely")] * 2
            search()
        else:
            search()
            read_list()
        rows = register.rows(inventory, knowledge)
        found = [row for row in rows if row.network is not None]
        assert {(row.maker, row.grade) for row in found} == {("dahua", "almost-certain")}
        asks = [one.why for one in checking.to_check(inventory, rows) if one.state == "open"]
        if not asked:
            assert (len(rows), asks) == (2, []), "no camera is doubled"
        elif list_first:  # at the address of one, and with the serial number of the other
            assert (len(rows), asks) == (3, ["duplicate", "maker"])
        else:
            assert (len(rows), asks) == (2, ["maker", "maker"])


AGAIN = "Building,Room,Make,Model,Qty\nMain,Hall,Hikvision,DS-2CD1,2\nMain,Hall,Dahua,IPC-1,\nMain,Yard,Axis,P1,\nMain,Yard,Axis,P1,\n"


def test_the_same_list_again_adds_nothing(tmp_path: Path, knowledge: Knowledge, data_dir: Path) -> None:
    path = tmp_path / "cctv.csv"
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:

        def read(text: str) -> tuple[str, list[str]]:
            path.write_text(text, encoding="utf-8")
            plan = importing.preview(inventory, knowledge, path, data_dir)
            done = importing.apply(inventory, knowledge, plan, ImportChoices(), "R. Khan", LATER)
            return done.changes.say, [row.state for row in plan.rows]

        assert read(AGAIN)[0] == "5 rows added from cctv.csv."
        assert read(AGAIN) == ("Nothing changed from cctv.csv.", ["matched"] * 4)
        # Another model where a list had one is asked; a place that no list named is a new camera.
        assert read(AGAIN.replace("IPC-1", "IPC-9") + "Main,Loft,Axis,P1,\n")[1] == [
            "matched",
            "asked",
            "matched",
            "matched",
            "new",
        ]
        assert len(inventory.assets()) == 6


def test_a_sheet_of_another_site_with_the_same_rooms_is_other_cameras(
    tmp_path: Path, knowledge: Knowledge, data_dir: Path
) -> None:
    path = tmp_path / "cctv.csv"
    path.write_text("Room,Make,Model,IP\nHall,Hikvision,DS-2CD1,10.0.0.1\nYard,Axis,P1,\n", encoding="utf-8")
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as inventory:
        for site, states in (("Oak", ["new", "new"]), ("Ash", ["new", "new"]), ("Oak", ["matched", "matched"])):
            plan = importing.preview(inventory, knowledge, path, data_dir, site=site)
            assert [row.state for row in plan.rows] == states, site
            importing.apply(inventory, knowledge, plan, ImportChoices(), "R. Khan", LATER)
            path.write_text(path.read_text("utf-8").replace("10.0.0.1", "10.0.0.2" if site == "Oak" else "10.0.0.1"), "utf-8")
