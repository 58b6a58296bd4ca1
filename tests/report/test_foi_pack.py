"""The FOI answer pack, read back: its pages, its order, its editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from camcensus.model.foi import QUESTIONS, STATUS_WORDS, DueDate
from camcensus.model.organisations import ORGANISATIONS
from camcensus.planning.foi import answers
from camcensus.planning.foi_counts import SMALL, makers_counted, public_counts
from camcensus.planning.foi_facts import FoiFacts
from camcensus.report.foi_cover import LEFT_OUT, Cover, Work
from camcensus.report.foi_pack import PUBLIC_HANDLING, FoiPack, foi_report
from camcensus.report.pdf.paper import draw
from camcensus.report.sheet import Occasion
from report.reading import Paper, read
from report.sample import AS_AT, BODY, FONTS, KNOWLEDGE, school_rows
from report.test_sheets import HOSTILE

OCCASION = Occasion(body=BODY, as_at=AS_AT, knowledge_version=KNOWLEDGE.version)


def pack(questions: tuple[str, ...] = tuple(QUESTIONS), **changes: object) -> FoiPack:
    facts = FoiFacts(
        rows=school_rows(), firms=(), lists=tuple(KNOWLEDGE.lists.values()),
        body_type="school", year_starts=4,
    )  # fmt: skip
    drafts = answers(facts, questions)
    counts = public_counts(facts.cameras, body_type="school", year_starts=4)
    given: dict[str, object] = {
        "ref": "FOI-2026-031", "received": date(2026, 11, 17), "due": DueDate(date(2026, 12, 16), True),
        "due_longest": DueDate(date(2027, 2, 16), True), "body_type": "school", "asked": drafts,
        "work": Work(searches=2, search_minutes=26, edits=57, days=4, to_check=5), "small": SMALL,
        "small_rows": sum(one.count < SMALL for one in counts),
    }  # fmt: skip
    return FoiPack(
        cover=Cover(**(given | changes)),  # type: ignore[arg-type]
        answers=drafts,
        makers=makers_counted(facts.cameras),
        unknown=5,
        counts=counts,
        method=("Counted from the record.",),
    )


def drawn(this: FoiPack | None = None, audience: str = "internal") -> Paper:
    return read(draw(foi_report(OCCASION, this or pack(), audience=audience), FONTS)[0])


def heads(paper: Paper) -> list[tuple[str, int | None]]:
    return [(one.words, one.page) for one in paper.root.all("H1", "H2")]


def test_the_cover_is_one_page_the_drafts_three_then_tables_and_method() -> None:
    paper = drawn()
    assert heads(paper) == [
        ("FOI answer pack", 0), ("The request", 0), ("Before you answer", 0), ("Signed off for release", 0),
        ("Draft answers", 1), ("Tables for release", 4), ("Method and limits", len(paper.pages) - 1),
    ]  # fmt: skip
    assert "For your FOI lead: not for release" in paper.words
    assert all(not page.painted_outside and not page.stray for page in paper.pages)


def test_the_cover_says_when_it_is_due_and_what_to_think_of() -> None:
    paper = drawn()
    request = {row[0]: row[1] for row in paper.table("Request reference").cells}
    assert request["Received"] == "17 November 2026"
    assert "16 December 2026 (20 working days)" in request["Due"]
    assert "up to 16 February 2027 (60 working days)" in request["Due"]
    (checks,) = [one for one in paper.root.all("L") if "Duty to confirm." in one.words]
    said = [one.words for one in checks.all("LI")]
    assert len(said) == 9
    for words in ("section 12", "£450, which is 18 hours", "section 16", "section 31", "section 40", *LEFT_OUT):
        assert words in " ".join(said)
    assert "Questions 13, 16 and 20: drafted here" in " ".join(said)


def test_without_a_day_there_is_no_due_date() -> None:
    paper = drawn(pack(ref="", received=None, due=None, due_longest=None))
    assert "20 working days after the day it was received" in paper.words


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_the_cover_says_whether_the_act_covers_such_an_organisation(key: str) -> None:
    paper, kind = drawn(pack(body_type=key, due_longest=None)), ORGANISATIONS[key]
    request = {row[0]: row[1] for row in paper.table("Request reference").cells}
    assert request["Under the Act?"] == kind.act_says
    assert [row[0] for row in paper.table("Role").cells[1:]] == [kind.foi_lead, kind.head]
    assert heads(paper)[3] == ("Signed off for release", 0)
    assert ("section 12" in paper.words) == ("16 December" in request["Due"]) == (kind.act != "no")


def test_a_shop_has_no_duty_and_no_day_by_law_but_people_may_ask_for_pictures_of_themselves() -> None:
    paper = drawn(pack(body_type="shop"))
    assert "No day is set by law: the Act does not cover you." in paper.words
    assert "No duty to answer. The business may answer all, part or nothing." in paper.words
    assert "under data protection law" in paper.words
    assert "FOI lead" not in paper.words


def test_a_day_beyond_the_holidays_that_are_known_is_to_be_checked() -> None:
    paper = drawn(pack(due=DueDate(date(2029, 1, 12), False), due_longest=None))
    assert "Bank holidays are not known that far: check the day." in paper.words


def test_each_question_has_its_answer_how_it_was_counted_and_a_status() -> None:
    table = drawn().table("Question")
    assert [row[0] for row in table.cells[1:]] == [f"{at}. {words}" for at, words in enumerate(QUESTIONS.values(), 1)]
    for row in table.cells[1:]:
        assert any(row[2].startswith(status) for status in STATUS_WORDS.values())
        assert row[1]
    assert "19 cameras by our record (Dahua 15 and Hikvision 4), of which 17 proven." in table.cells[3][1]
    assert "How counted: " in table.cells[3][1]


def test_the_edition_for_the_public_has_answers_and_tables_and_nothing_of_the_cover() -> None:
    paper = drawn(audience="public")
    assert heads(paper)[0] == ("CCTV cameras: answers and tables", 0)
    assert [words for words, _ in heads(paper)][1:] == ["Answers", "Tables"]
    assert PUBLIC_HANDLING in paper.words
    for words in ("FOI-2026-031", "section 31", "Section 43", "FOI lead", "draft", "Draft", "£450", "exemption", "Method"):
        assert words not in paper.words
    table = paper.table("Question")
    assert [row[0].split(".")[0] for row in table.cells[1:]] == [str(at) for at in range(1, 21) if at not in (13, 16, 20)]
    assert "17. How long is footage kept, and where?" in paper.words
    info = paper.reader.metadata
    assert info is not None
    assert info.title == "CCTV cameras: answers and tables, Elm Park Primary School"


def test_the_tables_add_up_and_are_those_of_the_csv() -> None:
    this = pack()
    for audience in ("internal", "public"):
        paper = drawn(this, audience)
        makers, counts = [one for one in paper.root.all("Table") if one.cells[0][0] == "Made by"]
        assert sum(int(row[-1]) for row in counts.cells[1:-1]) == int(counts.cells[-1][-1]) == 42
        assert len(counts.cells) == 2 + len(this.counts)
        assert ["Dahua", "Listed", "15", "13"] in makers.cells


def test_each_row_has_its_cells_and_each_head_its_scope() -> None:
    for audience in ("internal", "public"):
        for table in drawn(audience=audience).root.all("Table"):
            wide = max(len(row.kids) for row in table.all("TR"))
            for row in table.all("TR"):
                assert sum(int(cell.attributes.get("/ColSpan", 1)) for cell in row.kids) == wide
            for cell in table.all("TH"):
                assert cell.attributes["/Scope"] in ("/Row", "/Column")


def test_chosen_questions_are_numbered_anew_and_none_is_said() -> None:
    table = drawn(pack(("where", "total"))).table("Question")
    assert [row[0][:2] for row in table.cells[1:]] == ["1.", "2."]
    assert "No question was chosen." in drawn(pack(())).words


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_printed_and_nothing_more(name: str) -> None:
    this = pack(ref=name)
    hostile = replace(
        this,
        answers=[replace(one, answer=name, counted=name) for one in this.answers],
        makers=[replace(one, name=name) for one in this.makers],
        counts=[replace(one, made_by=name) for one in this.counts],
        method=(name,),
    )
    for audience in ("internal", "public"):
        occasion = replace(OCCASION, body=replace(BODY, name=name))
        content, pages = draw(foi_report(occasion, hostile, audience=audience), FONTS)
        paper = read(content)
        assert len(paper.pages) == pages
        assert "root:" not in paper.words
        assert all(not page.painted_outside for page in paper.pages)


def test_a_drawing_can_be_cancelled() -> None:
    class Enough(Exception):
        pass

    def progress(_done: int, _of: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        draw(foi_report(OCCASION, pack(), audience="internal"), FONTS, progress)
