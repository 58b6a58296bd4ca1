"""Reports as Word documents: they say what the PDF says, and only reports that people edit are such."""

from __future__ import annotations

from pathlib import Path

import pytest

from camcensus.model.errors import StoreError
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.tasks.files import Written
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS, made_words
from camcensus.tasks.reports.making import FORMAT_WORDS, format_of, why_not_as
from report.document_reading import read_document
from report.reading import read, without_pages
from report_estate import NOW, estate, knowledge
from report_writing import write
from samples import body

TO_EDIT = [(kind.name, audience) for kind in KINDS if "docx" in kind.formats for audience in kind.audiences]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bare") / "bare.camcensus"
    register.new_inventory(path, body(), NOW).close()
    return path


def made(path: Path, known: Knowledge, kind: str, audience: str, to: Path) -> bytes:
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        request = FoiRequest("FOI-9", "2026-11-17")
        return write(kind, inventory, known, to, audience=audience, request=request, now=NOW).path.read_bytes()


def close(text: str) -> str:
    return without_pages("".join(text.split()))


def test_those_that_people_edit_are_answers_plan_notice_questions_and_annexes() -> None:
    assert {kind for kind, _ in TO_EDIT} == {"foi", "plan", "it-notice", "questions", "code", "dpia"}


@pytest.mark.parametrize("edition", TO_EDIT, ids="-".join)
@pytest.mark.parametrize("record", ["whole", "bare"])
def test_a_document_says_what_the_pdf_says(
    request: pytest.FixtureRequest, known: Knowledge, tmp_path: Path, record: str, edition: tuple[str, str]
) -> None:
    path: Path = request.getfixturevalue(record)
    paper = read(made(path, known, *edition, tmp_path / "a.pdf"))
    document = read_document(made(path, known, *edition, tmp_path / "a.docx"))
    assert document.title == paper.reader.metadata.title  # type: ignore[union-attr]
    heads = [close(text) for _, text in document.headings]
    assert [close(head.text) for head in paper.root.all("H1", "H2", "H3")] == heads
    tables = [[[close(cell).replace("☐", "") for cell in row] for row in table.cells] for table in document.tables]
    printed = [[[close(cell).replace("☐", "") for cell in row] for row in table.cells] for table in paper.root.all("Table")]
    assert [row for table in tables for row in table if any(row)] == [row for table in printed for row in table if any(row)]
    said = close(" ".join([text for _, text in document.paragraphs] + document.items) + " ".join(heads) + document.around)
    said += "".join(cell for table in tables for row in table for cell in row)
    texts = [close(text.text).replace("☐", "") for text in paper.root.all("P", "LBody") if not text.kids]
    assert [text for text in texts if text not in said] == []
    with_head = [table for table in paper.root.all("Table") if len(table.all("TR")[0].all("TH")) > 1]
    assert sum(table.heads for table in document.tables) == len(with_head)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "docx" not in kind.formats], ids=lambda kind: kind.name)
def test_the_others_say_which_endings_they_may_have(bare: Path, known: Knowledge, tmp_path: Path, kind: object) -> None:
    with pytest.raises(StoreError, match=r"^Give a file name that ends in \.pdf( or \.html)?\.$"):
        made(bare, known, kind.name, kind.audiences[0], tmp_path / "a.docx")  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.pdf", "pdf"), ("A.PDF", "pdf"), ("a", "pdf"), ("a.htm", "html"), ("a.HTML", "html"), ("a.Docx", "docx"),
     ("a.odt", None), ("a.doc", None), ("a.txt", None), ("a.pdf.exe", None), ("a.html.docx", "docx"), ("v1.2", None)],
)  # fmt: skip
def test_the_ending_of_a_files_name_says_the_format(name: str, form: str | None) -> None:
    assert format_of(Path(name)) == form
    assert bool(why_not_as(Path(name), tuple(FORMAT_WORDS))) == (form is None)


def test_what_was_made_is_said_by_its_pages_or_by_its_kind() -> None:
    assert [made_words(Written(Path(f"a.{form}"), 3, "")) for form in FORMAT_WORDS] == [
        "3 pages", "3 pages", "Word document",
    ]  # fmt: skip


def test_a_document_does_not_take_the_place_of_another_kind_of_file(bare: Path, known: Knowledge, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"SQLite format 3\x00 of somebody")
    with pytest.raises(StoreError, match="another kind"):
        made(bare, known, "foi", "public", tmp_path / "a.docx")
