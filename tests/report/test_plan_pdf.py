"""The printed plan, read back: what it says, in which order, with which tags, and that it adds up."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.model.asset import Asset, Decision
from camcensus.model.errors import DiskError, StoreError
from camcensus.model.plan import Costs, OwnLine
from camcensus.model.plan_edits import PlanEdits
from camcensus.model.words import BASED_MEANS
from camcensus.planning.plan import make_plan
from camcensus.report.method import NOT_SEARCHED
from camcensus.report.pdf.paper import draw
from camcensus.report.plan.whole import plan_report
from camcensus.tasks.files import write_through
from plan_row import PlanRow
from report.heard import complaints
from report.reading import Paper, read
from report.sample import AS_AT, BODY, COSTS, FONTS, KNOWLEDGE, SCANS, decision, pdf_of, plan_of, row, school_rows, verdict

ASK = "We are asking for £7,210 (excluding VAT) over 2 years to replace 17 of 42 cameras and 1 of 2 recorders."


@pytest.fixture(scope="module")
def school() -> Paper:
    return read(pdf_of(school_rows())[0])


def amount(text: str) -> int:
    """ "£1,640.50" as pence."""
    whole, _, odd = text.removeprefix("£").replace(",", "").partition(".")
    return int(whole) * 100 + int(odd or 0)


def money_rows(paper: Paper) -> list[list[str]]:
    """The rows of all item tables, without heads: two cells say what is done alike and its total, more name an item."""
    tables = [table for table in paper.root.all("Table") if table.cells[0][-1] == "Total" and table.cells[0][0] == "Item"]
    return [cells for table in tables for cells in table.cells[1:]]


# -- what it says


def test_the_ask_is_one_sentence_with_the_amount_and_the_counts(school: Paper) -> None:
    assert ASK in school.words
    assert next(element.page for element in school.root.walk() if element.words == ASK and element.tag == "P") == 0


def test_headings_stand_in_the_order_of_the_plan(school: Paper) -> None:
    assert [heading.words for heading in school.root.all("H1", "H2")] == [
        "Replacement plan",
        "What it costs",
        "What we recommend",
        "Sign-off",
        "Why",
        "Options",
        "Risks and assumptions",
        "What is not known, and what comes next",
        "Costs in detail",
        "Items by year and priority",
        "What the work depends on",
        "What is in the record",
        "Removing the old equipment",
    ]


def test_the_decision_page_is_one_page_and_ends_with_the_disclaimer(school: Paper) -> None:
    first = [heading.words for heading in school.root.all("H1", "H2") if heading.page == 0]
    assert first == ["Replacement plan", "What it costs", "What we recommend", "Sign-off"]
    assert "‘Listed’ means that a list in use names the maker, not that a device is faulty." in school.words
    assert [cells[0] for cells in school.table("Role").cells[1:]] == [
        "Prepared by",
        "Estates",
        "IT",
        "Data protection officer",
        "Head teacher",
        "Chair of governors",
    ]


def test_the_costs_add_up_by_year_and_in_all(school: Paper) -> None:
    head, *years, total = school.table("Financial year").cells
    assert head == ["Financial year", "Cameras", "Recorders", "Equipment", "Fitting", "Contingency", "Total"]
    for cells in [*years, total]:
        equipment, fitting, contingency, whole = map(amount, cells[3:])
        assert equipment + fitting + contingency == whole
        assert contingency % 1000 == 0
    for column in range(1, len(head)):
        figures = [amount(cells[column]) for cells in years]
        assert sum(figures) == amount(total[column])
    assert f"{total[-1]} (excluding VAT)" in ASK


def test_every_line_and_subtotal_adds_up_to_the_first_page(school: Paper) -> None:
    lines = subtotals = number = 0
    since = []
    for cells in money_rows(school):
        if cells[0].startswith("Subtotal"):
            assert sum(since) == amount(cells[-1])
            subtotals += amount(cells[-1])
            since = []
        elif len(cells) == 2:
            said = re.fullmatch(r".*, priority \d: (\d+) \w+ at (£\S+) each \((£\S+) and fitting (£\S+)\)", cells[0])
            assert said is not None
            each, unit, fitting = map(amount, said.groups()[1:])
            assert unit + fitting == each
            assert int(said[1]) * each == amount(cells[1])
            since.append(amount(cells[1]))
            lines += amount(cells[1])
            number += int(said[1])
    costs = school.table("Financial year").cells[-1]
    assert lines == subtotals == amount(costs[3]) + amount(costs[4])
    assert number == 18


def test_the_makers_are_counted_with_how_sure_we_are(school: Paper) -> None:
    assert "19 of 42 cameras and 1 of 2 recorders (of which 18 proven) are made by a maker on the lists" in school.words


def test_what_is_on_record_has_its_date_its_addressee_and_the_makers_reply(school: Paper) -> None:
    lists, read, replies = (
        _listed_after(school, heading)
        for heading in (
            "What is on record, and who it was addressed to",
            "Makers based in China (our reading)",
            "What the makers reply",
        )
    )
    assert [said.partition(":")[0] for said in lists] == ["July 2022", "July 2021"]
    assert "Named in these words: “made by dahua”" in lists[0]
    assert "(Computer Weekly)" in lists[0]
    assert "Today: A proposal; it binds nobody." in lists[0]
    assert "our reading" not in lists[0]
    assert [said.partition(":")[0] for said in read] == ["24 November 2022"]
    assert "Included by our reading: Dahua (16 items), Hikvision (4 items)." in read[0].replace(" and ", ", ")
    assert "Today: Guidance." in read[0]
    assert "Addressed to government departments. Not addressed to schools, councils or NHS bodies." in read[0]
    assert BASED_MEANS in school.words
    assert [said.partition(":")[0] for said in replies] == ["Dahua, 2023"]
    assert "A sample reply" in replies[0]
    assert "We hold no general reply of Hikvision." in school.words


def _listed_after(paper: Paper, heading: str) -> list[str]:
    """The bullets below a heading, up to the next."""
    said, here = [], False
    for element in paper.root.walk():
        if element.tag in ("H1", "H2", "H3"):
            here = element.words == heading
        elif element.tag == "LBody" and here:
            said.append(" ".join(element.words.split()))
    return said


def test_how_we_looked_and_what_we_could_not_see_come_from_the_scans(school: Paper) -> None:
    assert "The evidence report has each search." in school.words
    assert "Other networks in your building that were not searched." in school.words
    assert "The UPnP search was blocked on 1 network: this computer’s firewall refused it." in school.words
    assert "No device on this network was asked" not in school.words


def test_items_without_a_maker_are_named(school: Paper) -> None:
    assert re.search(r"CAM-038 to CAM-042, .*?: Maker not known", " ".join(school.words.split()))


def test_a_rebrand_is_printed_with_both_names(school: Paper) -> None:
    assert any("Dahua (brand: Honeywell): almost certain" in cells[2] for cells in money_rows(school) if len(cells) > 2)


def test_nothing_is_called_safe_banned_or_red(school: Paper) -> None:
    assert not re.search(
        r"\b(safe|banned|illegal|unsafe|compromised|blacklist|backdoor|chinese)\b", school.words, re.IGNORECASE
    )


# -- prices


def test_no_prices_is_said_and_no_amount_is_invented() -> None:
    paper = read(pdf_of(school_rows(), Costs())[0])
    assert "We are asking for a decision to replace 17 of 42 cameras and 1 of 2 recorders over 2 years." in paper.words
    assert "The plan has no prices yet, so no amount is shown and none was estimated." in paper.words
    assert set(re.findall(r"£[\d,]+", paper.words)) <= {"£0", "£10"}
    assert paper.table("Financial year").cells[-1] == ["Total", "17", "1", "Not priced"]


def test_other_work_with_a_price_is_asked_for_beside_cameras_that_have_none() -> None:
    rows, line = school_rows(), OwnLine(id="line", name="Cabling", unit=700_00, year="2026-27")
    plan = make_plan(rows, Costs(), today=AS_AT.date(), year_starts=4, edits=PlanEdits(lines=(line,)))
    said = plan_report(plan, body=BODY, knowledge=KNOWLEDGE, scans=(), rows=rows, enabled_lists=(), as_at=AS_AT)
    paper = read(draw(said, FONTS)[0])
    asked = "We are asking for £770 (excluding VAT) in 2026-27 for other work, and for a decision to replace 17 of 42 cameras"
    assert asked in paper.words
    assert (
        "17 cameras and 1 recorder to replace have no price yet and are not in the amount: a quotation settles it."
        in paper.words
    )


def test_what_is_kept_apart_is_counted_by_itself_and_called_unpriced_alike_on_every_page() -> None:
    rows = [
        replace(row, asset=replace(row.asset, decision=decision("separate", "2027-28")))
        if row.asset.ref in ("CAM-016", "CAM-017")
        else row
        for row in school_rows()
    ]
    paper = read(pdf_of(rows, Costs(camera_unit=18_000, camera_fitting=12_000))[0])
    total = paper.table("Year").cells[-1]
    bought = int(total[1]) + int(total[2])
    works = [re.match(r"(.*), priority \d: (\d+) ", cells[0]) for cells in money_rows(paper) if len(cells) == 2]
    done = [(one[1], int(one[2])) for one in works if one]
    assert sum(number for work, number in done if work.startswith("Replace")) == bought
    assert sum(number for work, number in done if work == "Keep and isolate") == 2
    bare = "1 recorder (REC-001) to replace and 2 cameras (CAM-016, CAM-017) to isolate are not priced"
    assert " ".join(paper.words.split()).count(bare) == 1
    assert "1 recorder (REC-001) to replace and 2 cameras (CAM-016, CAM-017) to isolate have no price yet" in paper.words
    assert "and for a decision to isolate 2 other cameras from other networks, all within 2 years." in paper.words


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (decision("keep"), "No replacement is planned: 1 camera is kept by decision."),
        (None, "waits for a decision."),
    ],
    ids=["kept", "undecided"],
)
def test_one_camera_is_spoken_of_as_one(decided: Decision | None, said: str) -> None:
    row = school_rows()[0]
    paper = read(pdf_of([replace(row, asset=replace(row.asset, decision=decided))])[0])
    assert said in paper.words


def test_a_kind_without_a_price_is_left_out_and_said_beside_the_amount() -> None:
    paper = read(pdf_of(school_rows(), Costs(camera_unit=18_000, camera_fitting=12_000))[0])
    assert "We are asking for £5,610 (excluding VAT) over 2 years" in paper.words
    assert "1 recorder (REC-001) to replace has no price yet and is not in the amount: a quotation settles it." in paper.words
    assert paper.table("Year").cells[1][:4] == ["2026-27", "9", "1", "1"]


def test_fitting_without_a_price_is_no_zero() -> None:
    paper = read(pdf_of(school_rows(), Costs(camera_unit=18_000, recorder_unit=100_000))[0])
    assert "Fitting of the cameras and the recorders has no price and is left out." in paper.words
    assert paper.table("Financial year").cells[-1][4] == "–"


def test_odd_pence_add_up_too() -> None:
    paper = read(pdf_of(school_rows(), Costs(17_999, 12_050, 100_001, 33_333, 7))[0])
    head, *years, total = paper.table("Financial year").cells
    for cells in [*years, total]:
        assert sum(map(amount, cells[3:-1])) == amount(cells[-1])
    assert sum(amount(cells[-1]) for cells in years) == amount(total[-1])
    assert head[-1] == "Total"


# -- plans of other sizes


def test_an_empty_record_says_there_is_nothing_to_decide_once_it_was_searched() -> None:
    nothing = "There are no cameras in this record yet, so there is nothing to decide."
    content, pages = pdf_of([], scans=())
    paper = read(content)
    assert pages == 2
    assert nothing not in paper.words
    assert paper.words.count(NOT_SEARCHED) == 2
    assert "No search of a network is in this record. There may be cameras." in paper.words
    assert nothing in read(pdf_of([])[0]).words


def test_one_device() -> None:
    paper = read(pdf_of(school_rows()[:1])[0])
    assert "We are asking for £330 (excluding VAT) in 2026-27 to replace 1 of 1 camera." in paper.words


def test_nothing_decided_asks_for_decisions() -> None:
    rows = [replace(entry, asset=replace(entry.asset, decision=None)) for entry in school_rows()]
    paper = read(pdf_of(rows)[0])
    assert (
        "No replacement is decided yet. 42 cameras and 2 recorders, 20 of them by a maker on the school’s lists, wait for a decision."
        in paper.words
    )
    assert "Options" not in [heading.words for heading in paper.root.all("H2")]


def test_all_kept() -> None:
    rows = [replace(entry, asset=replace(entry.asset, decision=decision("keep"))) for entry in school_rows()]
    assert "No replacement is planned: 42 cameras and 2 recorders are kept by decision." in read(pdf_of(rows)[0]).words


def test_removing_only_asks_for_that() -> None:
    rows = [replace(entry, asset=replace(entry.asset, decision=decision("remove", "2026-27"))) for entry in school_rows()[:2]]
    assert (
        "We are asking for a decision to remove 2 of 2 cameras without replacement in 2026-27." in read(pdf_of(rows)[0]).words
    )


def large(number: int) -> list[PlanRow]:
    school = school_rows()
    rows = []
    for at in range(number):
        entry = school[at % len(school)]
        place = ("Oak Trust", f"Block {at % 7}", "Ground", f"Ward {at % 53}")
        asset = replace(entry.asset, id=f"a{at:04d}", ref=f"{entry.asset.ref[:3]}-{at:04d}", place_path=place)
        rows.append(replace(entry, asset=asset))
    return rows


@pytest.fixture(scope="module")
def four_hundred() -> Paper:
    return read(pdf_of(large(400))[0])


def test_four_hundred_devices_add_up(four_hundred: Paper) -> None:
    paper = four_hundred
    works = [cells for cells in money_rows(paper) if len(cells) == 2 and not cells[0].startswith("Subtotal")]
    costs = paper.table("Financial year").cells[-1]
    assert sum(amount(cells[-1]) for cells in works) == amount(costs[3]) + amount(costs[4])
    assert 4 < len(paper.pages) <= 8  # the register has each item by itself


def test_heads_repeat_as_furniture_and_are_tagged_once() -> None:
    paper = read(pdf_of(large(4_000), part="appendices")[0])
    for table in paper.root.all("Table"):
        heads = [row for row in table.kids if all(cell.tag == "TH" for cell in row.kids)]
        assert len(heads) <= 1
    repeated = sum("Why " in page.artifacts for page in paper.pages)
    assert repeated


def test_no_row_is_split_over_two_pages(four_hundred: Paper) -> None:
    for row_element in four_hundred.root.all("TR"):
        assert len({element.page for element in row_element.walk()}) == 1


def test_every_page_is_numbered(four_hundred: Paper) -> None:
    total = len(four_hundred.pages)
    for number, page in enumerate(four_hundred.pages, 1):
        assert f"Page {number} of {total} " in page.artifacts


# -- who reads it


def test_a_simulation_says_so_on_every_page() -> None:
    paper = read(pdf_of(school_rows(), simulation=True)[0])
    line = "This is a simulation: sample devices, not a real school"
    assert f"{line}. It is not for signing." in paper.words
    for page in paper.pages[1:]:
        assert f"{line} " in page.artifacts
    assert line not in read(pdf_of(school_rows())[0]).words


@pytest.mark.parametrize("audience", ["supplier", "public"])
def test_others_read_no_staff_names_and_no_addresses(audience: str) -> None:
    scan = replace(SCANS[0], not_covered=("the network 10.20.30.0/24 of aa:bb:cc:dd:ee:ff and 3C-EF-8C-00-00-01",))
    assert "10.20.30.0/24" in read(pdf_of(school_rows(), scans=[scan])[0]).words
    words = read(pdf_of(school_rows(), scans=[scan], audience=audience)[0]).words
    assert "R. Khan" not in words
    assert "10.20.30" not in words
    assert "aa:bb" not in words
    assert "3C-EF" not in words


def test_others_do_not_read_what_staff_typed_as_their_reason() -> None:
    assert "out of repair" in read(pdf_of(school_rows())[0]).words
    for audience in ("supplier", "public"):
        assert "out of repair" not in read(pdf_of(school_rows(), audience=audience)[0]).words


def test_a_run_of_refs_breaks_between_refs_only(school: Paper) -> None:
    for cells in money_rows(school):
        assert not re.search(r"CAM- ", cells[0])


def test_the_public_reads_no_locations() -> None:
    words = read(pdf_of(school_rows(), audience="public")[0]).words
    assert "Drop-off and pick-up" not in words
    for place in ("Main entrance", "Nursery gate", "Server cupboard", "Boiler house"):
        assert place not in words
    assert "Nursery gate" in read(pdf_of(school_rows(), audience="supplier")[0]).words


# -- hostile text

HOSTILE = {
    "markup": '<b>bold</b><img src="file:///etc/passwd"/><a href="http://evil.example">x</a> &amp; <font color="red">',
    "right to left override": "cam\u202egnp.exe",
    "ten kilobytes": "A" * 10_240,
    "Chinese": "摄像头 一",
    "emoji": "📷 camera 🎥",
    "control": "a\x00b\x1b[31mc\r\nd\te",
    "PDF string": ") Tj ET EMC /Artifact BMC (\\",
    "spaces": " " * 40,
    "empty": "",
    "format": "{0} %s %(x)s {brief}",
    "long words": "-".join(["x" * 60] * 9),
    "combining": "Z" + "\u0301" * 150,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_printed_and_nothing_more(name: str) -> None:
    text = HOSTILE[name]
    judged = verdict("k", "dahua", "likely", brand=text, model=text)
    rows = [
        PlanRow(
            Asset(
                id=str(at),
                ref=text,
                kind="camera",
                device="d",
                place_path=(text, text, text),
                purpose=text,
                connected_to=text,
                connected_ref=text,
                decision=decided,
            ),
            judged,
            ("uk-mps-2022",),
            text,
        )
        for at, decided in enumerate((decision("replace", "2026-27", text), None, decision("keep"), decision("remove", text)))
    ]
    content, pages = pdf_of(
        rows,
        body=replace(BODY, name=text, type=text, id=text),
        scans=[replace(SCANS[0], allowed_by=text, not_covered=(text, text))],
    )
    paper = read(content)
    assert pages < 12
    assert not [page.painted_outside for page in paper.pages if page.painted_outside]
    assert "\ufffd" not in paper.words
    assert not [letter for letter in paper.words if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"]
    for link in paper.root.all("Link"):
        assert "evil" not in link.words


def test_what_the_font_lacks_is_printed_by_its_number() -> None:
    rows = school_rows()[:1]
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, purpose="摄 📷 Ω"))
    words = read(pdf_of(rows)[0]).words
    assert "[U+6444] [U+1F4F7] Ω" in words


def test_markup_is_printed_as_it_was_sent() -> None:
    rows = school_rows()[:1]
    rows[0] = replace(rows[0], asset=replace(rows[0].asset, purpose="<b>Gate</b> &amp;"))
    assert "<b>Gate</b> &amp;" in read(pdf_of(rows)[0]).words


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(max_size=60), st.integers(1, 12))
def test_any_text_gives_a_sound_paper(text: str, ref: str, year_starts: int) -> None:
    asset = Asset(
        id="1", ref=ref, kind="camera", device=None, place_path=(text,), purpose=text, decision=decision("replace", None, text)
    )
    paper = read(
        pdf_of(
            [row(asset, verdict("k", "axis", "likely", model=text))], body=replace(BODY, name=text, year_starts=year_starts)
        )[0]
    )
    assert "\ufffd" not in paper.words


# -- how it is made


def test_the_file_says_its_title_language_and_that_it_is_tagged(school: Paper) -> None:
    catalog = school.reader.trailer["/Root"]
    assert catalog["/Lang"] == "en-GB"
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert school.reader.metadata is not None
    assert school.reader.metadata.title == "Replacement plan, Elm Park Primary School"
    assert school.reader.metadata.author == "Elm Park Primary School"
    xmp = catalog["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "Replacement plan, Elm Park Primary School" in xmp
    assert school.reader.pdf_header == "%PDF-1.7"


def test_metadata_of_any_name_is_sound_xml() -> None:
    from xml.etree import ElementTree as ET

    paper = read(pdf_of([], body=replace(BODY, name="A & B <school> \x00 \ud800"))[0])
    xmp = paper.reader.trailer["/Root"]["/Metadata"].get_data().decode()
    root = ET.fromstring(re.sub(r"<\?xpacket.*?\?>", "", xmp).strip())
    assert "A &amp; B" in xmp
    assert root.tag.endswith("xmpmeta")


def test_pages_are_labelled_and_bookmarked(school: Paper) -> None:
    assert school.reader.page_labels == [str(number) for number in range(1, len(school.pages) + 1)]
    outline = school.reader.outline
    assert outline[0]["/Title"] == "Replacement plan"
    second = [entry["/Title"] for entry in outline[1] if not isinstance(entry, list)]
    assert second == [heading.words for heading in school.root.all("H2")]


def test_fonts_are_embedded_as_subsets(school: Paper) -> None:
    for page in school.reader.pages:
        for font in page["/Resources"]["/Font"].values():
            entry = font.get_object()
            assert "/FontFile2" in entry["/FontDescriptor"]
            assert re.match(r"/[A-Z]{6}\+NotoSans", entry["/BaseFont"])


def test_everything_painted_is_content_or_artifact(school: Paper) -> None:
    for page in school.pages:
        assert page.painted_outside == []
    for page in school.reader.pages:
        assert page["/Tabs"] == "/S"


def test_heads_of_columns_and_rows_are_told(school: Paper) -> None:
    rows = school.table("Financial year").all("TR")
    assert {cell.attributes["/Scope"] for cell in rows[0].kids} == {"/Column"}
    assert rows[1].kids[0].tag == "TH"
    assert rows[1].kids[0].attributes["/Scope"] == "/Row"
    assert {cell.tag for cell in rows[1].kids[1:]} == {"TD"}
    for table in school.root.all("Table"):
        tags = [cell.tag for cell in table.all("TH", "TD")]
        assert tags.count("TH") <= tags.count("TD")


def test_lists_have_items_with_label_and_body(school: Paper) -> None:
    assert len(school.root.all("L")) >= 4
    for item in school.root.all("LI"):
        assert [kid.tag for kid in item.kids] == ["Lbl", "LBody"]
        assert item.kids[1].words


def test_links_lead_where_they_say(school: Paper) -> None:
    links = school.root.all("Link")
    assert all(link.words for link in links)
    annotations = [entry.get_object() for page in school.reader.pages for entry in page.get("/Annots", [])]
    assert len(annotations) == len(links)
    assert "https://example.org/reply" in [annotation["/A"]["/URI"] for annotation in annotations]
    for annotation in annotations:
        assert annotation["/A"]["/URI"].startswith("https://")
        assert annotation["/A"]["/URI"] in annotation["/Contents"]
        assert annotation["/Contents"]
        assert annotation["/StructParent"] >= 100_000


def test_words_are_not_joined_across_line_ends(school: Paper) -> None:
    assert "to replace 17 of 42" in school.words
    assert not re.search(r"[a-z]\.[A-Z]", school.words)


def test_a_plain_text_extractor_reads_it_too(school: Paper) -> None:
    assert ASK in " ".join(school.reader.pages[0].extract_text().split())


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert pdf_of(school_rows()) == pdf_of(school_rows())


def test_the_time_is_when_the_record_was_as_printed(school: Paper) -> None:
    assert school.reader.metadata is not None
    assert school.reader.metadata.creation_date == AS_AT
    assert "As at 24 Nov 2026 10:42" in school.words
    assert pdf_of([], as_at=datetime(2026, 7, 1, 9, 0))[1] == 2  # noqa: DTZ001 - read as UTC


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
def test_poppler_reads_the_structure_in_order(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf_of(school_rows())[0])
    said = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True)
    assert said.stderr == ""
    text = said.stdout
    order = [text.index(part) for part in ('"Replacement plan "', f'"{ASK} "', '"Spent in "', '"2026-27 "', '"£7,210 "')]
    assert order == sorted(order)
    facts = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Title:\s+Replacement plan, Elm Park Primary School", facts)


@pytest.mark.parametrize("sample", ["school", "simulation", "empty", "one"])
def test_checkers_of_accessibility_find_nothing(tmp_path: Path, sample: str) -> None:
    path = tmp_path / "plan.pdf"
    content, _ = {
        "school": lambda: pdf_of(school_rows()),
        "simulation": lambda: pdf_of(school_rows(), Costs(), simulation=True),
        "empty": lambda: pdf_of([]),
        "one": lambda: pdf_of(school_rows()[:1]),
    }[sample]()
    path.write_bytes(content)
    assert complaints(path) == []


# -- where it is put


def written(path: Path, fonts: Path = FONTS) -> int:
    rows = school_rows()
    return write_through(
        path,
        lambda: draw(
            plan_report(
                plan_of(rows, COSTS),
                body=BODY,
                knowledge=KNOWLEDGE,
                scans=SCANS,
                rows=rows,
                enabled_lists=KNOWLEDGE.lists,
                as_at=AS_AT,
            ),
            fonts,
        ),
    ).pages


def test_writing_gives_the_number_of_pages_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    pages = written(path)
    assert len(read(path.read_bytes()).pages) == pages
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.pdf"]


def test_a_folder_that_is_missing_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="plan"):
        written(tmp_path / "nowhere" / "plan.pdf")


def test_an_older_file_stays_when_the_new_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.4 older")

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(DiskError, match="full"):
        written(path)
    assert path.read_bytes() == b"%PDF-1.4 older"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.pdf"]


def test_missing_fonts_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Install Camcensus again"):
        written(tmp_path / "plan.pdf", fonts=tmp_path)
    assert list(tmp_path.iterdir()) == []


# -- in two parts, by site


def spread(sites: int, number: int = 48) -> list[PlanRow]:
    """The school's rows over so many sites, rooms of one name at each."""
    rows = []
    for at, entry in enumerate((school_rows() * 3)[:number]):
        place = (f"Site {at % sites + 1}", f"Block {at // sites % 2 + 1}", "Ground", f"Corridor {at % 11 + 1}")
        asset = replace(entry.asset, id=f"a{at:04d}", ref=f"{entry.asset.ref[:3]}-{at:04d}", place_path=place)
        rows.append(replace(entry, asset=asset))
    return rows


def test_the_decision_paper_is_two_pages_and_the_first_two_of_the_whole() -> None:
    for rows in (school_rows(), school_rows()[:1], [], spread(12), large(400)):
        paper = read(pdf_of(rows, part="decision")[0])
        assert len(paper.pages) == 2
        whole = read(pdf_of(rows)[0])
        assert [element.words for element in paper.root.all("H2")] == [
            element.words for element in whole.root.all("H2") if element.page < 2
        ]
        assert paper.table("Role").cells


def test_the_appendices_alone_have_no_signatures_and_all_items() -> None:
    rows = spread(3)
    paper = read(pdf_of(rows, part="appendices")[0])
    assert "Sign-off" not in [heading.words for heading in paper.root.all("H2")]
    assert paper.root.all("H1")[0].words == "Replacement plan: appendices"
    named = set(
        re.findall(
            r"\b(?:CAM|REC)-\d{4}\b", " ".join(cell for one in paper.root.all("Table") for cells in one.cells for cell in cells)
        )
    )
    assert {row.asset.ref for row in rows} - named == set()


def test_items_of_a_site_share_rows_in_counting_order_and_all_are_named() -> None:
    rows = spread(12, 120)
    paper = read(pdf_of(rows)[0])
    lines = [cells for cells in money_rows(paper) if len(cells) > 2]
    sites = [cells[1] for cells in lines]
    assert set(sites) == {f"Site {number}" for number in range(1, 13)}
    going = ("replace", "separate", "remove")
    decided = {row.asset.ref for row in rows if row.asset.decision and row.asset.decision.what in going}
    assert {ref for cells in lines for ref in _refs(cells[0])} == decided


def _refs(text: str) -> Iterator[str]:
    """The refs of "CAM-001 to CAM-003, CAM-009"."""
    for run in text.replace("\u00a0", " ").split(", "):
        first, _, last = run.partition(" to ")
        head, _, number = first.rpartition("-")
        for one in range(int(number), int((last or first).rpartition("-")[2]) + 1):
            yield f"{head}-{one:0{len(number)}d}"


def test_many_items_are_few_pages_whatever_their_number() -> None:
    rows = [
        replace(row, asset=replace(row.asset, id=f"{row.asset.id}-{at}", ref=f"CAM-{at * 200 + number:04d}"))
        for at in range(10)
        for number, row in enumerate(spread(40, 120))
    ]
    paper = read(pdf_of(rows, part="appendices")[0])
    assert len(rows) > 1_000
    assert len(paper.pages) <= 25
    assert all(not page.painted_outside for page in paper.pages)


def test_one_site_is_not_named_on_each_row_and_the_public_reads_none() -> None:
    assert not any("Site 1" in " ".join(cells) for cells in money_rows(read(pdf_of(spread(1))[0])))
    assert "Site 3" not in read(pdf_of(spread(12), audience="public")[0]).words


def test_the_money_by_site_adds_up_to_the_whole() -> None:
    paper = read(pdf_of(spread(12))[0])
    table = paper.table("Site").cells
    costs = paper.table("Financial year").cells[-1]
    assert sum(amount(cells[-1]) for cells in table[1:-1]) == amount(table[-1][-1]) == amount(costs[3]) + amount(costs[4])
    said = next(one.words for one in paper.root.all("P") if one.words.startswith("The work is at "))
    page = next(one.page for one in paper.root.all("H3") if one.words == "Money by site") or 0
    assert said.startswith(
        f"The work is at {len(table) - 2} sites; the plan’s appendices (page {page + 1}) have it site by site."
    )
    named = re.findall(r"(£[\d,.]*\d) at (Site \d+)", said)
    assert len(named) == 3
    assert all([name, money] in [[cells[0], cells[-1]] for cells in table] for money, name in named)


def test_the_ask_says_what_each_sum_buys_and_what_has_no_year() -> None:
    what = {1: decision("separate"), 2: decision("remove", "2027-28"), 0: decision("replace", "2026-27")}
    rows = [replace(row, asset=replace(row.asset, decision=what[at % 3])) for at, row in enumerate(school_rows())]
    costs = replace(COSTS, separate_unit=4_500, remove_unit=3_000)
    paper = read(pdf_of(rows, costs)[0])
    ask = next(one.words for one in paper.root.all("P") if one.words.startswith("We are asking for"))
    for verb in ("to replace", "to isolate", "to remove", "for contingency"):
        assert verb in ask
    whole, dated, open_year, *parts = [amount(one) for one in re.findall(r"£[\d,]+(?:\.\d\d)?", ask)]
    assert dated + open_year == sum(parts) == whole
    plan = plan_of(rows, costs)
    undated = sum(year.total for year in plan.years if year.year == "No year yet")
    assert undated == open_year > 0
    assert "over 2 years and" in ask
    assert "has no year yet" in paper.words
