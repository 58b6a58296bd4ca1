"""Every report in every edition before checkers that others made: veraPDF, axe in a browser, LibreOffice.

What none of them can judge: whether words are right for the reader, whether an alternative text says what matters in a picture,
and whether Word itself opens a document as LibreOffice does.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import odfdo
import pytest

from camcensus.model.foi import FoiRequest
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS
from report.checkers import axe_findings, needs_axe, needs_office, needs_verapdf, saved_by_office, verapdf_findings
from report.document_reading import ReadDocument, read_any_document
from report_estate import NOW, estate, knowledge
from report_writing import write
from samples import body

RECORDS = ("none", "one", "many")
EDITIONS = [(kind, audience) for kind in KINDS for audience in kind.audiences if kind.name != "floor"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each record, with all its reports in all editions and formats."""
    folder, known = tmp_path_factory.mktemp("reports"), knowledge()
    for record in RECORDS:
        path, to = folder / f"{record}.camcensus", folder / record
        to.mkdir()
        if record == "many":
            estate(path)
        else:
            register.new_inventory(path, body(), NOW).close()
        with register.open_inventory(path, NOW) as inventory:
            if record == "one":
                row = register.HandRow(brand="Hikvision", model="DS-2CD2143G2-I", serial="AB0001")
                register.do(inventory, known, hand.add_rows(known, [row], "R. Khan"), by="R. Khan", now=NOW)
            refs = [asset.ref for asset in inventory.assets()]
            for kind, audience in EDITIONS:
                if kind.missing(inventory):
                    continue
                for form in kind.formats:
                    ref, request = (refs[0] if "ref" in kind.options else None), FoiRequest("FOI-9", "2026-11-17")
                    to_file = to / f"{kind.name}-{audience}.{form}"
                    write(kind.name, inventory, known, to_file, audience=audience, ref=ref, request=request, now=NOW)
    return folder


@pytest.fixture(scope="module")
def findings(reports: Path) -> dict[Path, list[str]]:
    """What veraPDF finds, started once for all of them."""
    return verapdf_findings(sorted(reports.rglob("*.pdf")))


@needs_verapdf
@pytest.mark.parametrize("record", RECORDS)
def test_verapdf_finds_nothing_in_any_pdf(reports: Path, findings: dict[Path, list[str]], record: str) -> None:
    assert len(list((reports / record).glob("*.pdf"))) > 15
    assert {path.name: found for path, found in findings.items() if path.parent.name == record} == {}


@needs_axe
@pytest.mark.parametrize("record", RECORDS)
def test_axe_finds_nothing_in_any_page_in_light_and_dark(reports: Path, record: str, tmp_path: Path) -> None:
    pages = sorted((reports / record).glob("*.html"))
    assert len(pages) > 15
    found = {f"{page.name}, {'dark' if dark else 'light'}": axe_findings(page, tmp_path, dark=dark)
             for page in pages for dark in ((False, True) if record == "many" else (False,))}  # fmt: skip
    assert {name: findings for name, findings in found.items() if findings} == {}


def edited(path: Path) -> str:
    """Adds what a person would type, with the document's own styles; gives the words."""
    words = "Our answer is in the letter of 3 December."
    if path.suffix == ".odt":
        text = odfdo.Document(path)
        text.body.append(odfdo.Paragraph(words, style="Text_20_body"))
        text.save(path)
    else:
        word = docx.Document(str(path))
        word.add_paragraph(words, style="Body Text")
        word.save(str(path))
    return words


def kept(read: ReadDocument) -> list[object]:
    tables = [(table.cells, table.heads, table.spans) for table in read.tables]
    return [read.headings, [text for _, text in read.paragraphs if text], read.items, tables, read.alts, sorted(read.links)]


@pytest.fixture(scope="module")
def saved(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Path, str, Path]]]:
    """Each document that was edited, the words typed and what LibreOffice saved of it, by record; it starts once for each form."""
    typed_in, to = tmp_path_factory.mktemp("typed"), tmp_path_factory.mktemp("saved")
    paths = sorted(path for form in ("odt", "docx") for path in reports.rglob(f"*.{form}"))
    copies = [Path(shutil.copy(path, typed_in / f"{path.parent.name}-{path.name}")) for path in paths]
    words = [edited(copy) for copy in copies]
    found: dict[str, list[tuple[Path, str, Path]]] = {record: [] for record in RECORDS}
    for path, typed, after in zip(paths, words, saved_by_office(copies, to), strict=True):
        found[path.parent.name].append((path, typed, after))
    return found


@needs_office
@pytest.mark.parametrize("form", ["odt", "docx"])
@pytest.mark.parametrize("record", RECORDS)
def test_what_was_edited_and_saved_by_libreoffice_keeps_headings_lists_tables_and_styles(
    saved: dict[str, list[tuple[Path, str, Path]]], record: str, form: str
) -> None:
    those = [one for one in saved[record] if one[0].suffix == f".{form}"]
    assert those
    for path, typed, written in those:
        first, after = read_any_document(path.read_bytes()), read_any_document(written.read_bytes())
        assert after.paragraphs[-1][1] == typed, path.name
        assert kept(after)[0] == kept(first)[0], path.name
        assert kept(after)[2:5] == kept(first)[2:5], path.name
        assert [text for _, text in after.paragraphs if text][:-1] == kept(first)[1], path.name
        names = {style for style, _ in first.paragraphs}
        assert {style for style, _ in after.paragraphs} >= names, path.name
        assert zipfile.is_zipfile(io.BytesIO(written.read_bytes()))
