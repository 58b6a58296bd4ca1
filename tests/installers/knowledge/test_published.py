"""Published lists and records are read as rows and records; what is hostile or too large is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from books import ods, xlsx
from camcensus.model.errors import IntakeError
from costs import soon
from installers.knowledge import published, tables
from installers.knowledge.published import parse_json, read_json, read_records, read_rows

PAGE = """<!DOCTYPE html><html><head><title>List</title><script>var x = "<td>Maker A</td>";</script></head>
<body><h1>Covered &amp; listed</h1>
<table>
<tr><th>Equipment</th><th>Date</th></tr>
<tr>
<td>Cameras made by <b>Holding</b> Ltd<!-- <td>Seller</td> --></td><td>March 12,<br>2021</td></tr>
</table><p>Last   updated today</p></body></html>"""


def rows(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in read_rows(path)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_csv_gives_rows_with_the_line_they_begin_in(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'name,address\n"Maker A","1 Road\nTown"\n\nHolding,2 Road\n')
    assert rows(path) == [(1, ("name", "address")), (2, ("Maker A", "1 Road\nTown")), (5, ("Holding", "2 Road"))]


def test_a_saved_page_gives_the_rows_of_its_tables_and_its_paragraphs_without_scripts_and_comments(tmp_path: Path) -> None:
    found = rows(written(tmp_path / "a.html", PAGE))
    assert ("Cameras made by Holding Ltd", "March 12, 2021") in [cells for _, cells in found]
    assert (2, ("Covered & listed",)) in found
    assert ("Last updated today",) in [cells for _, cells in found]
    assert "Seller" not in str(found)
    assert "Maker A" not in str(found)


@pytest.mark.parametrize("piece", ["<a", "<script>", "<!--", "<td>", "<tr><td>", "&amp", "<tr></tr", "<scriptx "])
def test_a_page_with_marks_that_never_end_takes_no_longer_than_its_length(tmp_path: Path, piece: str) -> None:
    path = written(tmp_path / "a.html", "<html>" + piece * 100_000)
    soon(lambda: rows(path))


def test_a_spreadsheet_gives_rows(tmp_path: Path) -> None:
    table = [["Supplier", "Ground"], ["Maker A Ltd", "National security"]]
    for name, data in (("a.xlsx", xlsx(("List", table))), ("a.ods", ods(table))):
        (tmp_path / name).write_bytes(data)
        assert rows(tmp_path / name) == [(1, tuple(table[0])), (2, tuple(table[1]))]


def test_a_field_without_an_end_is_one_sentence(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", 'name\n"' + "x" * 200_000)
    with pytest.raises(IntakeError, match="cannot be read from line 2 on"):
        rows(path)


def test_a_file_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "TABLE_LIMIT_BYTES", 10)
    with pytest.raises(IntakeError, match="is longer than"):
        rows(written(tmp_path / "a.csv", "name,address\n"))
    monkeypatch.setattr(published, "TABLE_LIMIT_BYTES", 10_000)
    monkeypatch.setattr(tables, "ROWS_LIMIT", 3)
    with pytest.raises(IntakeError, match="more than 3 rows"):
        rows(written(tmp_path / "a.csv", "name\n" * 5))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    for read in (
        lambda: rows(tmp_path / "no.csv"),
        lambda: list(read_records(tmp_path / "no.json")),
        lambda: read_json(tmp_path / "no"),
    ):
        with pytest.raises(IntakeError, match="There is no"):
            read()


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff\xfe{", b'{"a": ' * 50_000])
def test_what_is_no_json_is_one_sentence(data: bytes) -> None:
    with pytest.raises(IntakeError, match="is no JSON that can be read"):
        parse_json(data, "a.json")


def test_records_come_from_a_file_a_folder_or_a_zip(tmp_path: Path) -> None:
    one = written(tmp_path / "CVE-1.json", "{}")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    written(tmp_path / "deep" / "er" / "CVE-2.json", "[]")
    written(tmp_path / "deep" / "readme.txt", "no")
    assert list(read_records(one)) == [("CVE-1.json", b"{}")]
    assert list(read_records(tmp_path / "deep")) == [("CVE-2.json", b"[]")]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("cves/2026/CVE-3.json", "{}")
        packed.writestr("../../out.json", "[]")
        packed.writestr("readme.md", "no")
    assert list(read_records(tmp_path / "all.zip")) == [("CVE-3.json", b"{}"), ("out.json", b"[]")]
    assert not (tmp_path.parent / "out.json").exists()


def test_a_record_that_unpacks_to_too_much_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "RECORD_LIMIT_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("CVE-1.json", " " * 1_000_000)
    with pytest.raises(IntakeError, match="is longer than"):
        list(read_records(tmp_path / "all.zip"))


def test_a_damaged_zip_is_one_sentence(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("CVE-1.json", "{}" * 500)
    data = bytearray(buffer.getvalue())
    data[45:55] = b"\xff" * 10
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(IntakeError, match="damaged or protected ZIP"):
        list(read_records(tmp_path / "all.zip"))
