"""The reports that are made from the register, from one estate, in every edition: sound, hostile names printed, nothing told that is not given."""

from __future__ import annotations

import hashlib
import itertools
import re
import shutil
import sqlite3
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.errors import DiskError
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import Interface
from camcensus.planning.counts import is_counted
from camcensus.report.pdf.qr import QUIET, modules, painted
from camcensus.store.edits import tagging
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports import sheets
from camcensus.tasks.reports.catalogue import KINDS, kind_called
from camcensus.tasks.reports.editions import LEFT_OUT_WORDS, Edition
from camcensus.tasks.reports.it_notice import Computer
from camcensus.tasks.reports.it_notice import it_notice as it_notice_of
from camcensus.tasks.reports.making import Making, write_report
from camcensus.tasks.reports.scope import ReportScope
from planted import plant
from report.document_reading import read_document
from report.heard import complaints
from report.reading import Paper, read
from report_estate import NOW, ROOT, estate, knowledge
from report_writing import write

COMPUTER = Computer("ELMPARK-LT07", (Interface("eth0", "10.0.0.2/8"),))


def it_notice(inventory: Inventory, known: Knowledge, path: Path, **more: Any) -> Written:
    del more["audience"]
    making = Making(inventory=inventory, knowledge=known, path=path, **more)
    return write_report(making, lambda this: it_notice_of(this, COMPUTER))


def evidence_of_all(inventory: Inventory, known: Knowledge, path: Path, **more: Any) -> Written:
    """The signs of every device: they are printed of those that are chosen."""
    scope = ReportScope(assets=tuple(asset.id for asset in inventory.assets()))
    return write("evidence", inventory, known, path, scope=scope, **more)


WRITERS: dict[str, Callable[..., Written]] = {
    "plan": partial(write, "plan"),
    "register": partial(write, "register"),
    "evidence": evidence_of_all,
    "summary": partial(write, "summary"),
    "it-notice": it_notice,
    "labels": partial(write, "labels"),
}
AUDIENCES = {"it-notice": ("internal",), "labels": ("internal",)}
EDITIONS = [(kind, audience) for kind in WRITERS for audience in AUDIENCES.get(kind, ("internal", "supplier", "public"))]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("estate") / "estate.camcensus"
    estate(path)
    return path


def content_of(path: Path, known: Knowledge, kind: str, audience: str, to: Path, **more: Any) -> bytes:
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        written = WRITERS[kind](inventory, known, to, audience=audience, data_dir=ROOT, now=NOW + timedelta(hours=1), **more)
    content = written.path.read_bytes()
    assert len(read(content).pages) == written.pages
    return content


@pytest.fixture(scope="module")
def papers(whole: Path, known: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    folder = tmp_path_factory.mktemp("papers")
    return {(kind, audience): content_of(whole, known, kind, audience, folder / "a.pdf") for kind, audience in EDITIONS}


# -- how they are made


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_each_is_a_sound_tagged_paper(papers: dict[tuple[str, str], bytes], edition: tuple[str, str]) -> None:
    paper = read(papers[edition])
    catalog = paper.reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title.endswith(", Elm Park Primary School")  # type: ignore[union-attr]
    assert all(not page.painted_outside and not page.stray for page in paper.pages)
    assert len(paper.root.all("H1")) == 1
    levels = [int(head.tag[1]) for head in paper.root.all("H1", "H2", "H3")]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    for table in paper.root.all("Table"):
        rows = table.all("TR")
        wide = {sum(int(cell.attributes.get("/ColSpan", 1)) for cell in row.kids) for row in rows}
        assert len(wide) == 1, f"rows of other widths: {table.cells[:3]}"
        for head in table.all("TH"):
            assert head.attributes["/Scope"] in ("/Row", "/Column")
    for page, _ in enumerate(paper.pages[1:], 2):
        assert any(f"Page {page} of {len(paper.pages)}" in text for text in paper.pages[page - 1].artifacts)


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_the_same_register_gives_the_same_bytes(
    papers: dict[tuple[str, str], bytes], whole: Path, known: Knowledge, tmp_path: Path, edition: tuple[str, str]
) -> None:
    assert content_of(whole, known, *edition, tmp_path / "again.pdf") == papers[edition]


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_checkers_of_accessibility_find_nothing(
    papers: dict[tuple[str, str], bytes], tmp_path: Path, edition: tuple[str, str]
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(papers[edition])
    assert complaints(path) == []


# -- what others read


ALLOWED = {"public": {"body.name", "judgement.model", "judgement.brand", "asset.decision_year"}}
ALLOWED["supplier"] = ALLOWED["public"] | {
    "place.name",
    "asset.purpose",
    "plan_batch.name",
    "plan_line.name",
    "plan_version.name",
}
READ_BACK = ("asset.ref", "permission.network", "setting.value")
"""Not marked: every edition gives the ref, and a row is asked for by it; the others are read as what they allow or set."""
MUST_READ = {
    "register": {
        "body.name", "place.name", "asset.purpose", "judgement.serial", "judgement.model", "contact.name", "contact.email",
        "contact.contract_number", "asset.owner", "asset.dpia_ref",
    },
    "evidence": {
        "body.name", "place.name", "judgement.seen", "judgement.reason", "device.addresses", "device.mac", "asset.decision_by",
        "asset.decision_why",
    },
    "plan": {
        "body.name", "place.name", "asset.purpose", "asset.decision_why", "plan_batch.name", "plan_batch.reason",
        "plan_batch.disposal", "plan_batch.wipe_certificate", "plan_batch.weee_note", "plan_need.note", "plan_line.name",
        "plan_line.reason", "plan_version.note", "plan_version.made_by",
    },
    "summary": {"body.name"},
    "it-notice": {"body.name", "permission.who"},
    "labels": {"body.name", "place.name"},
}  # fmt: skip


def mark(table: str, column: str) -> str:
    """A word that stands nowhere else, short enough not to be parted over lines."""
    letters = hashlib.sha256(f"{table}.{column}".encode()).hexdigest()[:8].translate(str.maketrans("0123456789", "ghijklmnop"))
    return f"Zq{letters}Qz"


@pytest.fixture(scope="module")
def marked(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("marked") / "marked.camcensus"
    shutil.copy(whole, path)
    names: dict[str, str] = {}

    def text(table: str, _: str, column: str) -> str:
        names.setdefault(mark(table, column), f"{table}.{column}")
        assert names[mark(table, column)] == f"{table}.{column}", "two columns with one mark"
        return mark(table, column)

    went_in = plant(path, text, but=READ_BACK)
    assert len(went_in) > 40
    return path, {word: name for word, name in names.items() if word in went_in}


def everything_in(content: bytes) -> str:
    """The text, the metadata, the outline, alternative texts and link targets: whatever a reader can find in the file."""
    paper = read(content)
    parts = [element.text + (element.alt or "") for element in paper.root.walk()]
    parts += [text for page in paper.pages for text in page.artifacts]
    parts.append(paper.reader.trailer["/Root"]["/Metadata"].get_data().decode())
    parts.append(str(paper.reader.metadata))
    parts += [str(entry) for entry in paper.reader.outline]
    for page in paper.reader.pages:
        parts += [str(note.get_object()) for note in page.get("/Annots", [])]
    return "".join(parts).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_no_edition_tells_what_its_readers_are_not_given(
    marked: tuple[Path, dict[str, str]], known: Knowledge, tmp_path: Path, edition: tuple[str, str]
) -> None:
    path, names = marked
    kind, audience = edition
    text = everything_in(content_of(path, known, kind, audience, tmp_path / "paper.pdf"))
    told = {name for word, name in names.items() if word in text}
    if audience == "internal":
        assert told >= MUST_READ.get(kind, set())
    else:
        assert told - ALLOWED[audience] == set()
        assert not [number for number in ("10.0.0.", "02:00:00:00", "SN000000") if number in text]


@pytest.mark.parametrize("audience", ["supplier", "public"])
@pytest.mark.parametrize("kind", ["plan", "register", "evidence", "summary"])
def test_no_edition_of_all_of_a_place_or_of_chosen_entries_tells_more(
    marked: tuple[Path, dict[str, str]], known: Knowledge, tmp_path: Path, kind: str, audience: str
) -> None:
    path, names = marked
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        entries = inventory.assets()
        place = next(place.id for place in inventory.places() if any(one.place == place.id for one in entries))
        wishes: list[dict[str, Any]] = [{"scope": ReportScope()}, {"scope": ReportScope(place=place)}]
        wishes += [{"scope": ReportScope(assets=tuple(one.id for one in entries[:3]))}]
        wishes += [{"part": "pictures"}] if kind == "plan" else []
        for number, wish in enumerate(wishes):
            paper, page = tmp_path / f"{number}.pdf", tmp_path / f"{number}.html"
            for to in (paper, page):
                write(kind, inventory, known, to, now=NOW, audience=audience, **wish)
            for text in (everything_in(paper.read_bytes()), page.read_text("utf-8").replace(" ", "").replace("\n", "")):
                assert {name for word, name in names.items() if word in text} - ALLOWED[audience] == set()
                assert not [number for number in ("10.0.0.", "02:00:00:00", "SN000000") if number in text]


@pytest.mark.parametrize("edition", [*(one for one in EDITIONS if one[1] != "internal"), ("foi", "public")], ids="-".join)
def test_no_page_for_a_browser_tells_more(
    marked: tuple[Path, dict[str, str]], known: Knowledge, tmp_path: Path, edition: tuple[str, str]
) -> None:
    path, names = marked
    kind, audience = edition
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        writer = WRITERS.get(kind, partial(write, kind))
        written = writer(inventory, known, tmp_path / "page.html", audience=audience, data_dir=ROOT, now=NOW)
    text = written.path.read_text("utf-8").replace(" ", "").replace("\n", "")
    assert {name for word, name in names.items() if word in text} - ALLOWED[audience] == set()
    assert not [number for number in ("10.0.0.", "02:00:00:00", "SN000000") if number in text]


TO_EDIT = [
    (kind, audience, form)
    for kind, audience in [*EDITIONS, ("foi", "public"), ("questions", "internal")]
    for form in kind_called(kind).formats[2:]
    if audience != "internal" or kind == "questions"
]


@pytest.mark.parametrize("edition", TO_EDIT, ids="-".join)
def test_no_document_to_edit_tells_more_in_any_part_of_it(
    marked: tuple[Path, dict[str, str]], known: Knowledge, tmp_path: Path, edition: tuple[str, str, str]
) -> None:
    path, names = marked
    kind, audience, form = edition
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        written = write(kind, inventory, known, tmp_path / f"a.{form}", audience=audience, now=NOW)
    text = read_document(written.path.read_bytes()).everything
    told = {name for word, name in names.items() if word in text}
    allowed = ALLOWED["supplier"] | {"asset.ask_note"} if kind == "questions" else ALLOWED[audience]
    assert told - allowed == set()
    assert told
    assert not [number for number in ("10.0.0.", "02:00:00:00", "SN000000") if number in text]


@pytest.mark.parametrize("edition", [one for one in EDITIONS if one[1] != "internal" and one[0] != "summary"], ids="-".join)
def test_what_is_left_out_is_said(papers: dict[tuple[str, str], bytes], edition: tuple[str, str]) -> None:
    words = read(papers[edition]).words
    assert "Left out of this edition: " in words
    assert "staff names" in words


def test_internal_gives_all_and_public_none_of_what_is_kept_back() -> None:
    assert all(Edition("internal").gives(fact) for fact in LEFT_OUT_WORDS)
    assert not any(Edition("public").gives(fact) for fact in LEFT_OUT_WORDS)
    assert Edition("internal").left_out(LEFT_OUT_WORDS) == ""
    assert Edition("public").only("serial", "4M0747") is None


# -- hostile text

HOSTILE = [
    '<img src="file:///etc/passwd"> <b>bold</b> &amp; <a href="http://evil.example">x</a>',
    "{1/0} %s {0.__class__} $(id)",
    "\u202egnp.exe \u200b\u2066 \x00 \x1b[31m \x07",
    "عربى 監視 摄像 \U0001f4f7",
    "A" * 10_000,
    "word " * 2_000,
]


@pytest.fixture(scope="module")
def called(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The inventory in which everything has one name."""

    @cache
    def of(name: str) -> Path:
        path = tmp_path_factory.mktemp("called") / "hostile.camcensus"
        shutil.copy(whole, path)
        assert plant(path, lambda *_: name, but=READ_BACK)
        return path

    return of


@pytest.mark.parametrize("name", HOSTILE, ids=["markup", "braces", "hidden", "scripts", "one word", "long"])
@pytest.mark.parametrize("kind", WRITERS)
def test_hostile_names_are_printed_and_nothing_more(
    called: Callable[[str], Path], known: Knowledge, tmp_path: Path, kind: str, name: str
) -> None:
    content = content_of(called(name), known, kind, "internal", tmp_path / "paper.pdf")
    paper = read(content)
    assert all(not page.painted_outside for page in paper.pages)
    assert "\ufffd" not in paper.words
    assert "root:" not in paper.words
    assert not [letter for letter in paper.words if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"]
    notes = [note.get_object() for page in paper.reader.pages for note in page.get("/Annots", [])]
    assert not [note for note in notes if "evil" in str(note)]
    if "監" in name:
        assert "[U+76E3]" in paper.words
    if name.startswith("<img"):
        assert "<img" in paper.words


# -- long ones


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("kind", ["plan", "register", "evidence", "labels"])
def test_a_drawing_that_is_cancelled_leaves_the_older_file(whole: Path, known: Knowledge, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-older")
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        told.append(done)
        if done > total / 3:
            raise Cancelled

    with register.open_inventory(whole, NOW, readonly=True) as inventory, pytest.raises(Cancelled):
        WRITERS[kind](inventory, known, path, audience="internal", data_dir=ROOT, now=NOW, progress=stop)
    assert path.read_bytes() == b"%PDF-older"
    assert len(told) > 1


def test_a_folder_that_is_missing_is_one_sentence(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory, pytest.raises(DiskError):
        write("register", inventory, known, tmp_path / "nowhere" / "a.pdf", data_dir=ROOT, now=NOW)


# -- the register


def table_rows(paper: Paper) -> list[list[str]]:
    tables = [table for table in paper.root.all("Table") if table.cells[0][:2] == ["Ref", "Location Purpose"]]
    return [cells for table in tables for cells in table.cells[1:] if len(cells) > 1]


def test_the_register_has_each_row_once_by_place_and_its_counts_add_up(
    papers: dict[tuple[str, str], bytes], whole: Path, known: Knowledge
) -> None:
    paper = read(papers["register", "internal"])
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        refs = sorted(row.asset.ref for row in register.rows(inventory, known))
    assert sorted(row[0] for row in table_rows(paper)) == refs
    counts = paper.table("Place").cells
    for column in range(1, len(counts[0])):
        for end in (0, -1):
            assert sum(int(row[column].split()[end]) for row in counts[1:-1]) == int(counts[-1][column].split()[end])
    places = [row[0].partition(":")[0] for row in paper.table("Ref").cells[1:] if len(row) == 1]
    assert [row[0] for row in counts[1:-1]] == places[:-1]
    assert places[-1] == "Removed or not in use"
    assert [head.words for head in paper.root.all("H2")][1] == "Checked and signed"


def test_a_serial_number_goes_on_behind_its_model(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    path = tmp_path / "serial.camcensus"
    shutil.copy(whole, path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE judgement SET model = 'DS-2CD2143G2-I', serial = 'DS-2CD2143G2-I20220317AAWRJ48210933'")
    db.close()
    paper = read(content_of(path, known, "register", "internal", tmp_path / "paper.pdf"))
    assert "DS-2CD2143G2-I … 20220317AAWRJ48210933" in str(table_rows(paper))


def test_rows_that_are_gone_come_last(papers: dict[tuple[str, str], bytes]) -> None:
    cells = read(papers["register", "internal"]).table("Ref").cells
    assert [row[0] for row in cells[-2:]] == ["Removed or not in use: 1 entry, not counted", "CAM-005"]


def test_heads_repeat_on_each_page_as_furniture(papers: dict[tuple[str, str], bytes]) -> None:
    paper = read(papers["register", "internal"])
    repeated = [page for page in paper.pages if any("Made by" in text for text in page.artifacts)]
    assert repeated


def test_the_public_reads_no_buildings(papers: dict[tuple[str, str], bytes]) -> None:
    words = read(papers["register", "public"]).words
    assert "Block 1" not in words
    assert "All devices" in words


def test_the_register_shows_makers_and_ages_as_its_counts_say(papers: dict[tuple[str, str], bytes]) -> None:
    for audience in ("internal", "supplier"):
        paper = read(papers["register", audience])
        makers, table = paper.table("Made by").cells, paper.table("Age").cells
        assert makers[-1][-1] == table[-1][1] == paper.table("Place").cells[-1][1]


def test_the_public_reads_who_made_them_and_not_in_which_building(papers: dict[tuple[str, str], bytes]) -> None:
    for kind in ("register", "summary"):
        paper = read(papers[kind, "public"])
        assert not [table for table in paper.root.all("Table") if table.cells[0][0] == "Place"]
        assert paper.table("Made by").cells[-1][0] == "Total"
        assert not [figure for figure in paper.root.all("Figure") if "building" in str(figure.alt)]
        assert "exact locations" in paper.words


# -- the evidence


def test_each_device_has_its_verdict_its_signs_and_its_history(papers: dict[tuple[str, str], bytes]) -> None:
    paper = read(papers["evidence", "internal"])
    heads = [head.words for head in paper.root.all("H2")]
    assert sum(head.startswith(("CAM-", "REC-")) for head in heads) >= 30
    signs = paper.table("Sign")
    assert signs.cells[0] == ["Sign", "What it says", "Suggests", "Source, date", "Counts"]
    assert any("For" in row[-1] for row in signs.cells[1:])
    assert "because its web server answers as only devices of this maker do." in paper.words
    assert paper.table("When").cells


@pytest.mark.parametrize("audience", ["internal", "supplier", "public"])
def test_all_devices_are_in_one_table_and_the_signs_are_of_those_asked_for(
    whole: Path, known: Knowledge, tmp_path: Path, audience: str
) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        refs = {one.ref for one in inventory.assets() if is_counted(one) and one.kind != "software"}
        chosen = next(one.id for one in inventory.assets() if one.ref == "CAM-003")
        for name, scope in (("all", ReportScope()), ("one", ReportScope(assets=(chosen,)))):
            write("evidence", inventory, known, tmp_path / f"{name}.pdf", now=NOW, audience=audience, scope=scope)
    papers = [read((tmp_path / f"{name}.pdf").read_bytes()) for name in ("all", "one")]
    rows = papers[0].table("Devices").cells[1:]
    assert sum(refs_in(row[0]) for row in rows) == len(refs)
    assert all(row[1] for row in rows)
    assert len(papers[1].pages) <= 2
    heads = [[head.words[:8] for head in paper.root.all("H2") if re.match(r"CAM-|REC-", head.words)] for paper in papers]
    assert heads == [[], ["CAM-003,"]]
    assert complaints(tmp_path / "all.pdf") == []


def test_where_there_are_many_questions_each_model_is_asked_about_once(
    whole: Path, known: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for most in (10_000, 0):
        monkeypatch.setattr(sheets, "MOST_BY_SITE", most)
        with register.open_inventory(whole, NOW, readonly=True) as inventory:
            write("questions", inventory, known, tmp_path / "a.pdf", now=NOW)
        cells = read((tmp_path / "a.pdf").read_bytes()).table("Devices").cells
        asked.append([tuple(row[2:4]) for row in cells[1:] if len(row) == len(cells[0]) and row[3]])
    by_site, by_model = asked
    assert sorted(by_model) == sorted({*by_site})


def refs_in(text: str) -> int:
    """How many refs "CAM-001 to CAM-004, CAM-009" names."""
    runs = [part.split(" to ") for part in text.replace("\u00a0", " ").split(", ")]
    return sum(int(run[-1].rpartition("-")[2]) - int(run[0].rpartition("-")[2]) + 1 for run in runs)


def test_the_last_page_has_the_measured_rates_as_the_bench_printed_them(whole: Path, known: Knowledge, tmp_path: Path) -> None:
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        written = write("evidence", inventory, known, tmp_path / "paper.pdf", now=NOW, audience="public")
    paper = read(written.path.read_bytes())
    rates = next(table for table in paper.root.all("Table") if table.cells[0][:2] == ["Word", "Right"])
    kept = (ROOT / "tests" / "bench" / "results" / "unseen.md").read_text(encoding="utf-8")
    together = kept.partition("## Together")[2].partition("## ")[0]
    for grade, words in (("almost-certain", "Almost certain"), ("likely", "Likely"), ("unknown", "Not known")):
        line = next(line for line in together.splitlines() if line.startswith(grade))
        printed = next(row for row in rates.cells if row[0] == words)
        assert printed[1:4] == line.split()[1:]
    assert f"vendors.db {kept.partition('vendors.db ')[2].split()[0]}" in kept
    assert kept.partition("vendors.db ")[2].split()[0] in paper.words
    assert "python tests/bench/unseen.py" in paper.words


# -- the small ones


def test_the_evidence_of_an_edited_row_counts_the_lines_that_it_leaves_out(
    whole: Path, known: Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "edited.camcensus"
    shutil.copy(whole, path)
    with register.open_inventory(path, NOW) as inventory:
        asset = next(asset.id for asset in inventory.assets() if asset.ref == "CAM-027")
        for number in range(30):
            inventory.do(tagging.set_kind([asset], ("camera", "encoder")[number % 2]), by="Sam Okafor", now=NOW)
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        evidence_of_all(inventory, known, tmp_path / "a.pdf", data_dir=ROOT, now=NOW + timedelta(hours=1))
    tables = read((tmp_path / "a.pdf").read_bytes()).root.all("Table")
    long = next(table.cells for table in tables if "Sam Okafor" in str(table.cells) and len(table.cells) == 7)
    assert long[1][0] == "Before"
    assert int(re.findall(r"[0-9]+", long[1][1])[0]) + len(long) - 2 >= 30


def test_what_staff_typed_of_a_device_is_no_line_of_its_evidence(papers: dict[tuple[str, str], bytes]) -> None:
    paper = read(papers["evidence", "internal"])
    said = [row[1] for table in paper.root.all("Table") for row in table.cells if len(row) == 3]
    assert [one for one in said if one.startswith("First seen")]
    assert not [one for one in said if re.search(r"\bfield\b|Purpose", one)]


def test_the_summary_is_one_page_and_its_columns_add_up(
    papers: dict[tuple[str, str], bytes], whole: Path, known: Knowledge
) -> None:
    paper = read(papers["summary", "internal"])
    assert len(paper.pages) == 1
    table = paper.table("Made by").cells
    for row in table[1:-1]:
        assert sum(int(cell) for cell in row[1:-1]) == int(row[-1].split()[-1])
    for column in range(1, len(table[0])):
        assert sum(int(row[column].split()[-1]) for row in table[1:-1]) == int(table[-1][column])
    assert "How old they are: " in paper.words
    assert [sum(int(row[column]) for row in table[1:]) > 0 for column in range(1, len(table[0]))] == [True] * (
        len(table[0]) - 1
    )
    with register.open_inventory(whole, NOW, readonly=True) as inventory:
        counts = register.count_rows(register.rows(inventory, known))
    large = dict(zip(*paper.table("Items in the record").cells, strict=True))
    assert large == {
        "Items in the record": str(counts.items.total), "By a listed maker": str(counts.items.listed.number),
        "Maker not known": str(counts.identifiable.not_known), "Not decided yet": str(counts.items.undecided),
    }  # fmt: skip
    assert any(row[0].endswith(", listed") for row in table)


def test_the_it_notice_tells_what_the_pace_says(papers: dict[tuple[str, str], bytes]) -> None:
    from camcensus.discovery import pace

    paper = read(papers["it-notice", "internal"])
    ports = " ".join(row[2] for row in paper.table("Question").cells[1:])
    named = {int(word) for word in re.findall(r"[0-9]+", ports)}
    for first, last in re.findall(r"([0-9]+) to ([0-9]+)", ports):
        named |= set(range(int(first), int(last)))
    assert named == {*pace.MULTICAST_PORTS.values(), *pace.PORTS}
    assert "9100 to 9107" in paper.words
    assert ["10.0.0.5", "Fire panel"] in [row for table in paper.root.all("Table") for row in table.cells]
    assert {row[0]: row[1] for row in paper.table("Computer").cells}["Computer"] == "ELMPARK-LT07"
    assert ["eth0", "10.0.0.2/8", "R. Khan, IT"] in paper.table("Network card").cells
    assert f"At most {pace.RATES['gentle'].per_second:.0f} new connections a second" in paper.words


def test_each_device_has_one_label_with_a_code_that_holds_its_ref(papers: dict[tuple[str, str], bytes]) -> None:
    paper = read(papers["labels", "internal"])
    listed = [row[0] for row in paper.table("Ref").cells[1:]]
    labelled = [item.all("P")[0].words for sheet in paper.root.all("L") for item in sheet.all("LI")]
    assert labelled == listed
    assert [figure.alt for figure in paper.root.all("Figure")] == [f"QR code of {ref}." for ref in listed]
    assert "CAM-005" not in labelled  # it is no longer here
    assert not [item for sheet in paper.root.all("L") for item in sheet.all("LI") if "Room" in item.words]


def test_a_code_is_drawn_as_its_modules_are() -> None:
    code = modules("CAM-003 5C9D-2F60")
    drawn = [[False] * len(code) for _ in code]
    unit = 100 / (len(code) + 2 * QUIET)
    for left, foot, wide, high in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", painted(code, 0, 100, 100)):
        row, start = round((100 - float(foot)) / unit) - QUIET - 1, round(float(left) / unit) - QUIET
        assert float(high) == pytest.approx(unit, abs=0.001)
        for column in range(start, start + round(float(wide) / unit)):
            drawn[row][column] = True
    assert drawn == code
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert ["".join("01"[module] for module in row[:7]) for row in code[:7]] == finder
    assert len(modules("摄" * 500)) == len(modules("摄" * 40))  # what is too long is cut


def test_every_report_of_the_contract_can_be_asked_for() -> None:
    assert {kind.name for kind in KINDS} >= {*WRITERS, "foi", "walkround", "questions"}
