"""Counts that were once wrong: devices in common, rows of a list at odds with each other, schools that give a trust's number."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from camcensus.store.rollup import settling
from camcensus.store.rollup.whose import BodyExports, ExpectedBody, Sent, whose
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import figures_document
from camcensus.tasks.rollup.sections import sections
from rollup_estate import NOW, ROOT, Camera, Estate, knowledge, make_estate, write_file


@pytest.fixture(scope="module")
def estate() -> Estate:
    return make_estate(5, 8, 200, double_share=0)


@pytest.fixture
def rollup(tmp_path: Path) -> Iterator[tasks.RollUp]:
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        yield opened


def keyed(estate: Estate) -> list[Camera]:
    """Cameras that are known by a number of their own."""
    return [
        one
        for body in estate.bodies
        for one in body.cameras
        if one.template is not None and estate.templates[one.template].keyed and estate.counts_as(one) == "camera"
    ]


def put(estate: Estate, folder: Path, number: int, cameras: list[Camera], part: int = 0) -> Path:
    path = folder / f"{number}-{part}.camcensus"
    write_file(estate, estate.bodies[number], cameras, path, part, number * 10 + part, NOW)
    return path


def figures(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup), "2026-11-24")


def test_a_file_is_told_of_its_own_devices_alone(estate: Estate, rollup: tasks.RollUp, tmp_path: Path) -> None:
    """One camera of it stands in five others' files: that is one of its devices, not five."""
    ours, *others = keyed(estate)[:6]
    paths = [put(estate, tmp_path, 0, [ours, others[0]])]
    paths += [put(estate, tmp_path, number, [ours, others[number - 1]]) for number in range(2, 6)]
    done = tasks.take_in(rollup, paths, knowledge(), NOW).files
    say = "1 device of it is also in another organisation: counted for both, once in the totals."
    assert [one.warnings for one in done] == [(say,)] * 5


def test_two_organisations_are_one_line_of_the_problems_however_much_they_share(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    shared = keyed(estate)[:7]
    tasks.take_in(rollup, [put(estate, tmp_path, 0, shared), put(estate, tmp_path, 1, shared[:6])], knowledge(), NOW)
    seen = figures(rollup)
    (one,) = seen.problems
    assert (one.kind, one.devices, len(one.bodies)) == ("device-in-two-bodies", 6, 2)
    assert "have 6 devices in common" in one.say
    macs = [mac for (mac,) in rollup.file.connection.execute("SELECT mac FROM detail WHERE mac IS NOT NULL")]
    assert macs
    assert not any(mac in json.dumps(figures_document(seen)) for mac in macs)
    (table,) = (section for section in sections(seen) if section.title == "Devices in two records")
    assert [row[2] for row in table.rows] == ["6"]


def test_files_that_are_held_for_one_reason_are_one_row_of_the_report(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    (tmp_path / "asked.csv").write_text("name,type,urn\nNever Sent School,school,999999\n", encoding="utf-8")
    paths = [put(estate, tmp_path, number, keyed(estate)[number : number + 1]) for number in range(4)]
    tasks.take_in(rollup, paths, knowledge(), NOW, bodies=tmp_path / "asked.csv")
    seen = figures(rollup)
    assert len(seen.problems) == 4
    (table,) = (section for section in sections(seen) if section.title == "What somebody has to look at")
    ((_, names),) = table.rows
    assert all(estate.bodies[number].name in names for number in range(4))


def test_whose_files_are_is_worked_out_once_for_a_list_and_its_files(
    estate: Estate, rollup: tasks.RollUp, tmp_path: Path
) -> None:
    (tmp_path / "asked.csv").write_text("name,type,urn\nNever Sent School,school,999999\n", encoding="utf-8")
    path = put(estate, tmp_path, 0, keyed(estate)[:1])
    with patch.object(settling, "find_bodies", wraps=settling.find_bodies) as found:
        done = tasks.take_in(rollup, [path], knowledge(), NOW, bodies=tmp_path / "asked.csv")
    assert found.call_count == 1
    assert (done.asked, done.files[0].state) == (1, "held")


def row(name: str, kind: str = "school", **ids: str) -> ExpectedBody:
    return ExpectedBody(name=name, type=kind, ids=ids)


def sent(name: str, **ids: str) -> Sent:
    return Sent(id=f"file of {name}", body=f"body of {name}", ids=ids, names=frozenset({name.casefold()}))


def by_row(bodies: list[BodyExports]) -> dict[str, list[str]]:
    """The name of each row of the list -> the files that answer it."""
    return {body.listed.name: [one.id for one in body.exports] for body in bodies if body.listed is not None}


TRUST = "01234567"


def test_a_trust_whose_row_gives_the_number_of_one_of_its_schools_is_asked_beside_it() -> None:
    listed = [row("Oak Trust", "trust", company_no=TRUST, urn="100001"), row("Oak Primary", urn="100001")]
    files = [sent("Oak Primary", urn="100001"), sent("Oak Trust", company_no=TRUST)]
    for some in itertools.permutations(listed):
        bodies, _ = whose(files, some)
        assert by_row(bodies) == {"Oak Trust": ["file of Oak Trust"], "Oak Primary": ["file of Oak Primary"]}


def test_schools_that_give_the_number_of_their_trust_are_each_their_own() -> None:
    schools = [sent(f"School {at}", urn=f"10000{at}", company_no=TRUST) for at in range(3)]
    for files in itertools.permutations([*schools, sent("Trust", company_no=TRUST)]):
        bodies, _ = whose(files, None)
        assert sorted((sorted(one.id for one in body.exports), body.held) for body in bodies) == [
            (["file of School 0"], None), (["file of School 1"], None), (["file of School 2"], None), (["file of Trust"], None),
        ]  # fmt: skip


def test_schools_on_the_list_are_found_also_where_their_trust_is_on_it() -> None:
    listed = [row("Trust", "trust", company_no=TRUST), *(row(f"School {at}", urn=f"10000{at}") for at in range(3))]
    files = [sent(f"School {at}", urn=f"10000{at}", company_no=TRUST) for at in range(3)]
    bodies, problems = whose(files, listed)
    assert by_row(bodies) == {"Trust": [], **{f"School {at}": [f"file of School {at}"] for at in range(3)}}
    assert not problems


def test_schools_of_a_trust_that_alone_was_asked_answer_for_it() -> None:
    files = [sent(f"School {at}", urn=f"10000{at}", company_no=TRUST) for at in range(3)]
    bodies, _ = whose(files, [row("Trust", "trust", company_no=TRUST)])
    assert by_row(bodies) == {"Trust": [one.id for one in files]}


@pytest.mark.parametrize(
    "listed",
    [
        [row("A", urn="1"), row("B", company_no="2"), row("C", urn="1", company_no="2")],
        [row("A", urn="1", gss="5"), row("B", urn="1", company_no="2"), row("C", company_no="2", gss="6")],
        [row("A", urn="1"), row("B", urn="1", company_no="2"), row("C", "council", company_no="2"), row("D", urn="3", ods="4"),
         row("E", urn="7", ods="4")],
        [row("A", urn="1", ods="2"), row("B", urn="1"), row("C", ods="2", urn="3"), row("D", urn="3", gss="9")],
    ],
)  # fmt: skip
def test_how_many_were_asked_does_not_hang_on_the_order_of_rows_that_contradict_each_other(listed: list[ExpectedBody]) -> None:
    files = [sent("one", urn="1"), sent("two", company_no="2"), sent("three", urn="3")]
    seen = set()
    for some in itertools.permutations(listed):
        bodies, _ = whose(files, some)
        asked = [body for body in bodies if body.listed is not None]
        seen.add((len(asked), sum(bool(body.exports) for body in asked)))
    assert len(seen) == 1, seen
