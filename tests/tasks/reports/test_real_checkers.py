"""Every report in every edition before checkers that others made: veraPDF, axe in a browser, LibreOffice, schemas.

What none of them can judge: whether words are right for the reader, whether an alternative text says what matters in a picture,
and whether Word itself opens a document as LibreOffice does.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from camcensus.model.foi import FoiRequest
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS
from report.checkers import (
    axe_findings,
    lost_in_office,
    needs_audit,
    needs_axe,
    needs_office,
    needs_verapdf,
    schema_findings,
    verapdf_findings,
)
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
            for kind, audience in EDITIONS:
                if kind.missing(inventory):
                    continue
                for form in kind.formats:
                    request, to_file = FoiRequest("FOI-9", "2026-11-17"), to / f"{kind.name}-{audience}.{form}"
                    write(kind.name, inventory, known, to_file, audience=audience, request=request, now=NOW)
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


@needs_audit
@pytest.mark.parametrize("record", RECORDS)
def test_every_document_keeps_to_the_schema_of_its_format(reports: Path, record: str) -> None:
    paths = sorted((reports / record).glob("*.docx"))
    assert paths
    assert schema_findings(paths) == {}


@needs_audit
def test_a_fault_that_is_planted_in_a_document_is_found(reports: Path, tmp_path: Path) -> None:
    part, before, planted = "word/document.xml", b"<w:body>", b"<w:body><w:p><w:jc/></w:p>"
    spoiled = tmp_path / "spoiled.docx"
    with zipfile.ZipFile(reports / "many" / "foi-internal.docx") as whole, zipfile.ZipFile(spoiled, "w") as changed:
        for name in whole.namelist():
            data = whole.read(name)
            assert name != part or before in data
            changed.writestr(name, data.replace(before, planted, 1) if name == part else data)
    assert list(schema_findings([spoiled])) == [spoiled]


@pytest.fixture(scope="module")
def lost(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[str]]:
    """What LibreOffice lost, started once for all documents."""
    typed_in, to = tmp_path_factory.mktemp("typed"), tmp_path_factory.mktemp("saved")
    paths = sorted(reports.rglob("*.docx"))
    return lost_in_office([Path(shutil.copy(path, typed_in / f"{path.parent.name}-{path.name}")) for path in paths], to)


@needs_office
@pytest.mark.parametrize("record", RECORDS)
def test_what_was_edited_and_saved_in_libreoffice_keeps_headings_lists_tables_and_styles(
    reports: Path, lost: dict[Path, list[str]], record: str
) -> None:
    assert list((reports / record).glob("*.docx"))
    mine = {path.name: said for path, said in lost.items() if path.name.startswith(f"{record}-")}
    assert mine == {}
