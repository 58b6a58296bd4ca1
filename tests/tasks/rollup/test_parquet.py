"""The base tables as Parquet: other engines run the very same SQL over them and give the same tables, cell for cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

import engines
from camcensus.model.errors import DiskError
from camcensus.store.parquet import ParquetColumn, write_table
from camcensus.store.rollup.parquet import ENGINES, Engine
from camcensus.store.rollup.tables import BASE, MADE, SETTLED, TABLES, prepare
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answers import take_answer_files
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import write_parquet, write_script
from camcensus.tasks.rollup.view import record_round
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate

pytest.importorskip("duckdb")
RESOURCES = ROOT / "resources"
EMPTY = ("missing", "change", "by_size")


@pytest.fixture(scope="module")
def rollup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tasks.RollUp]:
    folder = tmp_path_factory.mktemp("parquet")
    estate = make_estate(4, 60, 2500, double_share=0.02)
    estate.bodies[3].name = 'Ä "quoted", name\n\\N of =two lines'
    write_estate(estate, folder / "files", two_files=0.2)
    asked = ["name,type,urn,region,pupils"] + [f"School {n},school,{100000 + n},North," for n in range(2000, 2003)]
    asked += [
        f'"{body.name}",{body.type},{body.ids.get("urn", "")},{("North", "South", "")[body.number % 3]},{body.number * 10}'
        for body in estate.bodies
        if body.type == "school" and body.number != 3
    ]
    (folder / "asked.csv").write_text("\n".join(asked), encoding="utf-8")
    with tasks.open_for_taking(folder / "n.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        files = sorted((folder / "files").iterdir())
        tasks.take_in(opened, files[:50], knowledge(), NOW)
        record_round(opened, "First", lists_of(opened), NOW)
        tasks.take_in(opened, files, knowledge(), NOW)
        answers = ["organisation,urn,status,Hikvision or Dahua?,Axis?,How many cameras?,Is there a policy?"]
        answers += [f"{one.name},{one.ids.get('urn', '')},,yes,no,40,yes" for one in estate.bodies[:20] if one.number != 3]
        answers += [f"Far School {n},,{'refused s31' if n % 3 else ''},{'' if n % 3 else 'no'},,,{n}" for n in range(9)]
        (folder / "answers.csv").write_text("\n".join(answers), encoding="utf-8")
        (done,) = take_answer_files(opened, [folder / "answers.csv"], knowledge(), NOW)
        assert done.state == "accepted"
        yield opened
        tasks.load_bodies(opened, folder / "asked.csv")


@pytest.mark.parametrize("with_list", [False, True])
def test_duckdb_gives_the_same_tables_cell_for_cell(rollup: tasks.RollUp, tmp_path: Path, with_list: bool) -> None:
    if with_list:
        tasks.load_bodies(rollup, rollup.file.path.with_name("asked.csv"))
    figures = write(rollup, tmp_path / "parquet", "duckdb")
    ran = engines.run_duckdb(tmp_path / "parquet")
    for table in figures.tables:
        assert ran.tables[table.name] == (table.columns, list(table.rows)), table.name
        assert table.rows or table.name in EMPTY, f"{table.name} is empty, so nothing is compared"
    assert {table.name for table in figures.tables if table.rows} >= set(TABLES) - (
        {"change"} if with_list else {"missing", "by_size"}
    )


@pytest.mark.parametrize("engine", engines.ENGINES[1:], ids=lambda engine: engine.name)
def test_every_engine_gives_the_same_tables_cell_for_cell(rollup: tasks.RollUp, tmp_path: Path, engine: engines.Engine) -> None:
    if engine.missing:
        pytest.skip(engine.missing)
    tasks.load_bodies(rollup, rollup.file.path.with_name("asked.csv"))
    figures = write(rollup, tmp_path / "parquet", engine.script)
    ran = engine.run(tmp_path / "parquet")
    for table in figures.tables:
        assert ran.tables[table.name] == (table.columns, list(table.rows)), table.name


@pytest.mark.parametrize("damage", ["less", "more", "empty", "text"])
def test_the_check_of_a_script_finds_each_difference(rollup: tasks.RollUp, tmp_path: Path, damage: str) -> None:
    figures = write(rollup, tmp_path / "parquet", "duckdb")
    assert {row[1:] for row in engines.run_duckdb(tmp_path / "parquet").check} == {
        (len(table.rows), len(table.rows), 0) for table in figures.tables
    }
    (table,) = (one for one in figures.tables if one.name == "by_list")
    at = table.columns.index("title")
    first, *others = table.rows
    rows = {
        "less": others, "more": [first, first, *others],
        "empty": [(*first[:at], None, *first[at + 1 :]), *others], "text": [(*first[:at], "x", *first[at + 1 :]), *others],
    }[damage]  # fmt: skip
    with (tmp_path / "parquet" / "expected" / "by_list" / "part-0.parquet").open("wb") as stream:
        write_table(stream, [ParquetColumn(name, "text") for name in table.columns], rows)
    found = {row[0]: row[3] for row in engines.run_duckdb(tmp_path / "parquet").check}
    assert found.pop("by_list") == (2 if damage in ("empty", "text") else 1)
    assert set(found.values()) == {0}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_script_names_every_table_and_ends_no_statement_within_a_line(
    rollup: tasks.RollUp, tmp_path: Path, engine: Engine
) -> None:
    write(rollup, tmp_path / "parquet", engine)
    text = (tmp_path / "parquet" / f"{engine}.sql").read_text("utf-8")
    comments = [line for line in text.splitlines() if line.startswith("--")]
    assert f"{engine}.sql" in " ".join(comments)
    made = engines.statements(tmp_path / "parquet", engine)
    for name in (*BASE, *SETTLED, *MADE, *TABLES):
        assert any(re.search(rf"\b{name}\b", one.partition(" AS")[0].partition("(")[0]) for one in made), name
    assert not any(";" in one or "--" in one for one in made)


def write(rollup: tasks.RollUp, folder: Path, engine: str | None) -> Figures:
    figures = read_figures(rollup, lists_of(rollup), "2026-11-24")
    write_parquet(rollup.file.connection, folder)
    if engine is not None:
        write_script(rollup, figures, folder, cast("Engine", engine))
    return figures


def test_items_are_parted_by_the_kind_of_body_and_hold_no_address(rollup: tasks.RollUp, tmp_path: Path) -> None:
    prepare(rollup.file.connection, RESOURCES, lists_of(rollup))
    write_parquet(rollup.file.connection, tmp_path / "parquet")
    kinds = {path.name for path in (tmp_path / "parquet" / "item").iterdir()}
    assert {"body_type=school", "body_type=council"} <= kinds
    names = {column for columns in BASE.values() for column in columns}
    assert not names & {"mac", "addresses", "address", "network", "serial", "fields", "value"}


def test_a_folder_with_something_in_it_is_left_alone(rollup: tasks.RollUp, tmp_path: Path) -> None:
    (tmp_path / "older").write_text("x", encoding="utf-8")
    with pytest.raises(DiskError, match="not an empty folder"):
        write_parquet(rollup.file.connection, tmp_path)
