"""A list takes no more memory than a list needs, however its text is cut into cells."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from camcensus.intake import csv_rows, decoding, objects
from camcensus.intake.csv_rows import CsvRows, kept
from camcensus.intake.decoding import decoded
from camcensus.intake.registers import read_headings, read_register_bytes
from camcensus.model.errors import IntakeError

HEADINGS = read_headings(Path(__file__).parents[2] / "resources" / "registers")


@pytest.mark.parametrize("width", [3, 4, 5])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_row_over_many_lines_has_no_more_columns_than_one_on_a_line(
    monkeypatch: pytest.MonkeyPatch, width: int, lines: int
) -> None:
    monkeypatch.setattr(csv_rows, "WIDTH_LIMIT_COLUMNS", 4)
    parts = ["a", *([f'"b{chr(10)}"'] * (lines - 1)), *(["c"] * (width - lines))]
    text = [*f"{','.join(parts)}\n".splitlines(keepends=True), "1,2\n"]
    if width <= 4:
        assert list(CsvRows(text, "a.csv", ",")) == [[part.strip('"') for part in parts], ["1", "2"]]
        return
    with pytest.raises(IntakeError if lines == 1 else csv.Error):
        list(CsvRows(text, "a.csv", ","))


def test_cells_that_are_alike_are_held_once_and_others_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "KEPT_LIMIT_BYTES", 40_000)
    monkeypatch.setattr(csv_rows, "REMEMBERED", 50)
    alike = kept(([f"cell {at % 3}" for at in range(10)] for _ in range(200)), "a.csv", str.upper)
    assert len({id(cell) for row in alike for cell in row}) == 3
    assert set(alike) == {tuple(f"CELL {at % 3}" for at in range(10))}
    with pytest.raises(IntakeError, match=r"“a\.csv” has more cells than any list"):
        kept(([f"cell {number} {at}" for at in range(10)] for number in range(200)), "a.csv", str)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_register_of_more_cells_than_any_is_refused_while_it_is_read(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted before it is read, where it is JSON."""
    monkeypatch.setattr(csv_rows, "KEPT_LIMIT_BYTES", 100_000)
    monkeypatch.setattr(objects, "KEPT_LIMIT_BYTES", 100_000)

    def read(rows: int) -> int:
        listed = [{"Name": f"Camera {at}", "IP address": f"10.0.0.{at}"} for at in range(rows)]
        lines = ["Name,IP address", *(",".join(one.values()) for one in listed)]
        data = (json.dumps(listed) if form == "json" else "\n".join(lines)).encode()
        return len(read_register_bytes(data, "a", HEADINGS).rows)

    assert read(100) == 100
    if form == "json":
        monkeypatch.setattr(json, "loads", lambda _: pytest.fail("it was read"))
    with pytest.raises(IntakeError, match=r"more (cells|parts) than any list"):
        read(2_000)


@pytest.mark.parametrize("rare", ["", "\U0001f4f7"])
@pytest.mark.parametrize("first", [True, False])
def test_a_rare_sign_makes_no_long_text_four_times_as_long(rare: str, first: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "HEAVY_BYTES", 4_000)
    monkeypatch.setattr(decoding, "PIECE", 64)
    for length, is_read in ((900, True), (1_100, not rare)):
        text = f"{rare if first else ''}{'ü' * length}{'' if first else rare}"
        if is_read:
            assert decoded(text.encode()) == (text, True)
        else:
            with pytest.raises(IntakeError, match="rare signs"):
                decoded(text.encode())
