"""What organisations answered: the table, and one answer in full."""

from __future__ import annotations

from camcensus.model.words import clean, short_date
from camcensus.tasks.rollup.ways import COMPARED_WORDS, AnswerRow, answer_words, in_file_words
from camcensus.ui.kit.cells import InkRole, ViewColumn

ANSWER_COLUMNS = (
    ViewColumn("body", "Organisation", "text", 0, lambda one: clean(one.name, 120)),
    ViewColumn("question", "Question", "text", 192, lambda one: clean(one.question, 160), roomy=256),
    ViewColumn(
        "answer", "Answer", "text", 168, answer_words, roomy=192, tip=lambda one: clean(one.words or answer_words(one), 400)
    ),
    ViewColumn("on", "Answered on", "quiet", 128, lambda one: short_date(one.answered_on) if one.answered_on else "–"),
    ViewColumn("in_file", "In its file", "number", 96, lambda one: in_file_words(one) or "–"),
    ViewColumn(
        "compared", "Compared", "text", 136, lambda one: COMPARED_WORDS.get(one.compared or "", "–"),
        roles={InkRole: lambda one: "listed_ink" if one.compared not in (None, "same") else None},
    ),
)  # fmt: skip
ANSWERED_ON = 3
"""The column that is left out where there is little room."""


def whole_answer(one: AnswerRow) -> str:
    """One answer in full: its words, who typed it and where."""
    facts = {
        "Answer": answer_words(one),
        "In its file": in_file_words(one),
        "Asked on": short_date(one.asked_on) if one.asked_on else "",
        "Answered on": short_date(one.answered_on) if one.answered_on else "",
        "Typed by": clean(one.typed_by or "", 120),
        "Where": f"Row {one.row} of {clean(one.sheet, 80)}",
        "File of the reply": clean(one.document or "", 200),
        "In their words": clean(one.words or "", 4000),
    }
    return "\n".join(f"{name}: {said}" for name, said in facts.items() if said)
