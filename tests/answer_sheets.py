"""Spreadsheets of answers, given as the text of a CSV file, and read with a few makers."""

from __future__ import annotations

from collections.abc import Mapping

from camcensus.intake.registers import read_answer_headings, read_register_bytes
from camcensus.model.claims import Claim
from camcensus.registers.answer_columns import AnswerColumn, MakerNames, guess_answer_columns, maker_names, one_row_each
from camcensus.registers.answers import ReadAnswers, read_answers
from conftest import ROOT

HEADINGS = read_answer_headings(ROOT / "resources" / "registers")
MAKERS: MakerNames = maker_names(
    {
        "hikvision": ("Hikvision",), "dahua": ("Dahua", "Dahua Technology"), "axis": ("Axis", "Axis Communications"),
        "bosch": ("Bosch",), "hanwha": ("Hanwha",), "uniview": ("Uniview",), "i-pro": ("i-PRO",), "tyco": ("Same",), "other": ("Same",),
    }
)  # fmt: skip


def columns_of(text: str, chosen: Mapping[str, str | None] = {}) -> tuple[AnswerColumn, ...]:
    file = read_register_bytes(text.encode(), "a.csv", HEADINGS)
    return guess_answer_columns(file, HEADINGS, MAKERS, chosen)


def read(text: str, chosen: Mapping[str, str | None] = {}) -> ReadAnswers:
    file = read_register_bytes(text.encode(), "a.csv", HEADINGS)
    file = one_row_each(file, guess_answer_columns(file, HEADINGS, MAKERS, chosen))
    return read_answers(file, guess_answer_columns(file, HEADINGS, MAKERS, chosen))


def claims(text: str, chosen: Mapping[str, str | None] = {}) -> dict[tuple[str, str], Claim]:
    found = read(text, chosen)
    assert found.problems == ()
    return {(one.claimant.name, one.asked.asks): one for one in found.claims}
