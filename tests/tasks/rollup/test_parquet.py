"""The base tables as Parquet: DuckDB runs the very same SQL over them and gives the same tables, cell for cell."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.errors import DiskError
from camcensus.store.rollup.tables import BASE, HELD, HIDDEN, MADE, SETTLED, TABLES, prepare, read_sql, read_table
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
from camcensus.tasks.rollup.figures import lists_of
from camcensus.tasks.rollup.files import datasette_metadata, write_parquet
from camcensus.tasks.rollup.rounds import record_round
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate

duckdb = pytest.importorskip("duckdb")
RESOURCES = ROOT / "resources"


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


def over_parquet(folder: Path) -> Any:
    engine = duckdb.connect(":memory:")
    for table in BASE:
        where = f"{folder}/{table}/**/*.parquet"
        engine.execute(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{where}', hive_partitioning = {str(table == 'item').lower()})"
        )
    for name in (*SETTLED, *MADE):
        engine.execute(f"CREATE VIEW {name} AS {read_sql(RESOURCES, name)}")
    return engine


@pytest.mark.parametrize("with_list", [False, True])
def test_duckdb_gives_the_same_tables_cell_for_cell(rollup: tasks.RollUp, tmp_path: Path, with_list: bool) -> None:
    if with_list:
        tasks.load_bodies(rollup, rollup.file.path.with_name("asked.csv"))
    prepare(rollup.file.connection, RESOURCES, lists_of(rollup))
    write_parquet(rollup.file.connection, tmp_path / "parquet")
    with over_parquet(tmp_path / "parquet") as engine:
        for name in TABLES:
            ours = read_table(rollup.file.connection, RESOURCES, name)
            result = engine.execute(read_sql(RESOURCES, name))
            assert tuple(column[0] for column in result.description) == ours.columns, name
            assert tuple(result.fetchall()) == ours.rows, name
            assert ours.rows or name in ("missing", "change", "by_size"), f"{name} is empty, so nothing is compared"
        filled = {name for name in TABLES if read_table(rollup.file.connection, RESOURCES, name).rows}
    assert filled >= set(TABLES) - ({"change"} if with_list else {"missing", "by_size"})


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


def test_the_metadata_for_datasette_has_queries_that_run_on_the_file_alone(rollup: tasks.RollUp) -> None:
    prepare(rollup.file.connection, RESOURCES, lists_of(rollup))
    document = datasette_metadata("n", RESOURCES, "Knowledge 1")
    held = document["databases"]["n"]
    there = {name for (name,) in rollup.file.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert set(held["tables"]) == {table for table, one in HELD.items() if one.words} | set(HIDDEN)
    assert set(held["tables"]) <= there
    assert there - set(held["tables"]) == set()
    alone = sqlite3.connect(f"{rollup.file.path.as_uri()}?mode=ro", uri=True)
    for name, query in held["queries"].items():
        assert tuple(alone.execute(query["sql"]).fetchall()) == read_table(rollup.file.connection, RESOURCES, name).rows, name
    alone.close()
