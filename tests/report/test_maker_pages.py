"""What is printed of a maker: each statement with its addressee, what became of it and its answers, and the maker's replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from camcensus.model.blocks import Block, Fact, Heading, Prose, TableBlock, plain
from camcensus.report.maker_pages import Cite, OnMakers, PrintedAnswer, PrintedStatement, maker_pages, makers_report
from camcensus.report.sheet import Occasion
from report.sample import AS_AT, BODY

OCCASION = Occasion(body=BODY, as_at=AS_AT, knowledge_version="1")
CITE = Cite(said="A paper, A publisher, 2022", url="https://example.org/a")
ANSWER = PrintedAnswer(lead="Answer from the Government", date="2021-11-01", text="It said “no”.", cite=CITE)
REPLY = PrintedAnswer(lead="Maker A", date="2024", text="Maker A said “We did not”.", cite=Cite(said="A book", url=None))
STATEMENT = PrintedStatement(
    title="A committee asked for a rule",
    date="2021-07-08",
    said_by="a committee",
    text="It asked for a rule about Maker A.",
    quotes=("Named in these words: “what ‘Maker A’ makes” (a newspaper)",),
    addressed_to="the Government",
    not_addressed_to="schools",
    today="A proposal; it binds nobody.",
    about=("About Maker A (2 devices).",),
    cites=(CITE,),
    answers=(ANSWER,),
)
MAKERS = OnMakers(
    shorts=("Maker A makes cameras. Use: 1 record.",),
    groups=(("Human rights", (STATEMENT,)),),
    more=3,
    replies=(REPLY,),
    silent=(),
)


def printed(makers: OnMakers) -> tuple[list[list[str]], str]:
    """The cells of all tables row by row, and all prose."""
    rows, prose = [], []
    for block in maker_pages(makers):
        if isinstance(block, TableBlock):
            rows.append([column.head for column in block.columns])
            rows += [[_words(cell) for cell in row.cells] for row in block.rows]
        else:
            prose.append(plain(block.text))  # type: ignore[attr-defined]
    return rows, "\n".join(prose)


def _said(blocks: Sequence[Block]) -> str:
    return "\n".join(plain(block.text) for block in blocks if isinstance(block, Prose))


def _words(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    facts = [cell] if isinstance(cell, Fact) else list(cell)  # type: ignore[call-overload]
    return "\n".join(plain(fact.text) for fact in facts)


def test_a_statement_has_its_title_its_addressee_its_standing_and_its_answer_in_a_row_of_its_own() -> None:
    rows, prose = printed(MAKERS)
    assert "Maker A makes cameras. Use: 1 record." in prose
    assert rows[0] == ["Date", "What is on record", "Addressed to"]
    date, said, addressed = rows[1]
    assert date.replace("\u00a0", " ") == "8 July 2021"
    assert said.startswith("A committee asked for a rule\nA committee.\nIt asked for a rule about Maker A.")
    assert "Named in these words: “what ‘Maker A’ makes” (a newspaper)" in said
    assert "Today: A proposal; it binds nobody." in said
    assert "About Maker A (2 devices)." in said
    assert "https://example.org/a" in said
    assert addressed == "The Government\nNot addressed to schools"
    assert rows[2][1].startswith("Answer from the Government\nIt said “no”.\nSource: A paper")
    assert rows[3] == ["Date", "Reply"]
    assert rows[4] == ["2024", "Maker A\nMaker A said “We did not”.\nSource: A book."]
    assert "Human rights" in prose
    assert "3 more statements are on record, on the Manufacturers page." in prose


def test_a_maker_without_reply_or_record_is_not_called_approved() -> None:
    _, prose = printed(replace(MAKERS, replies=(), silent=("Maker A", "Maker C")))
    assert "We hold no general reply of Maker A and Maker C." in prose
    document = makers_report(OCCASION, [("Maker A", MAKERS), ("Maker B", replace(MAKERS, groups=()))], "", "")
    assert "Maker B. That does not mean that they have been checked or approved." in _said(document.blocks)
    assert "Maker A" in [one.text for one in document.blocks if isinstance(one, Heading)]


def test_of_no_maker_nothing_is_printed() -> None:
    assert printed(OnMakers(shorts=(), groups=(), more=0, replies=(), silent=())) == ([], "")
