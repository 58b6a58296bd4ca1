"""Parquet files that we write, read back by an engine that none of us wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.store import parquet
from camcensus.store.parquet import ParquetColumn, write_table

COLUMNS = (ParquetColumn("number", "number"), ParquetColumn("text", "text"), ParquetColumn("ä \"name'", "text"))


def read_back(path: Path) -> tuple[list[tuple[str, str]], list[tuple[Any, ...]]]:
    with duckdb.connect(":memory:") as engine:
        found = engine.execute("SELECT * FROM read_parquet(?)", [str(path)])
        return [(column[0], str(column[1])) for column in found.description], found.fetchall()


def write(path: Path, rows: list[tuple[Any, ...]]) -> None:
    with path.open("wb") as stream:
        assert write_table(stream, COLUMNS, rows) == len(rows)


numbers = st.none() | st.integers(-(2**63), 2**63 - 1)
texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(numbers, texts, texts), max_size=40))
def test_every_cell_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]) -> None:
    path = tmp_path_factory.mktemp("table") / "a.parquet"
    write(path, rows)
    said, found = read_back(path)
    assert said == [("number", "BIGINT"), ("text", "VARCHAR"), ("ä \"name'", "VARCHAR")]
    assert found == rows


@pytest.mark.parametrize("number", [1, 7, 8, 9, 64, 65, 1000])
@pytest.mark.parametrize("empty", ["none", "some", "all"])
def test_row_groups_of_any_size_come_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, empty: str
) -> None:
    monkeypatch.setattr(parquet, "ROWS_A_GROUP", 64)
    rows = [
        (None if empty == "all" or (empty == "some" and at % 3 == 0) else at, None if empty == "all" else f"row {at}", "x" * at)
        for at in range(number)
    ]
    write(tmp_path / "a.parquet", rows)
    assert read_back(tmp_path / "a.parquet")[1] == rows


def test_a_text_that_is_no_unicode_and_a_number_as_text_are_written_as_texts(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", [(1, "a\ud800b", 7)])
    assert read_back(tmp_path / "a.parquet")[1] == [(1, "a?b", "7")]


@pytest.mark.parametrize("wrong", [2**63, "7", 1.5])
def test_what_is_no_number_of_64_bits_is_refused(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(ValueError, match="column number"):
        write(tmp_path / "a.parquet", [(wrong, None, None)])
