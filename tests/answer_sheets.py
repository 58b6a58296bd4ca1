"""Spreadsheets of answers, given as the text of a CSV file, and read with a few makers."""

from __future__ import annotations

import csv
import io

from camcensus.intake.registers import read_answer_headings, read_register_bytes
from camcensus.model.claims import Claim
from camcensus.registers.answer_columns import AnswerColumn, MakerNames, guess_answer_columns, maker_names
from camcensus.registers.answers import ReadAnswers, read_answers
from conftest import ROOT

HEADINGS = read_answer_headings(ROOT / "resources" / "registers")
MAKERS: MakerNames = maker_names(
    {
        "hikvision": ("Hikvision",), "dahua": ("Dahua", "Dahua Technology"), "axis": ("Axis", "Axis Communications"),
        "bosch": ("Bosch",), "hanwha": ("Hanwha",), "uniview": ("Uniview",), "i-pro": ("i-PRO",), "tyco": ("Same",), "other": ("Same",),
    }
)  # fmt: skip


def columns_of(text: str) -> tuple[AnswerColumn, ...]:
    file = read_register_bytes(text.encode(), "a.csv", HEADINGS)
    return guess_answer_columns(file.columns, HEADINGS, MAKERS)


def read(text: str) -> ReadAnswers:
    file = read_register_bytes(text.encode(), "a.csv", HEADINGS)
    return read_answers(file, guess_answer_columns(file.columns, HEADINGS, MAKERS), MAKERS)


def claims(text: str) -> dict[tuple[str, str], Claim]:
    found = read(text)
    assert found.problems == ()
    return {(one.claimant.name, one.asked.asks): one for one in found.claims}


def outcome(cell: str, heading: str = "How many cameras?") -> str:
    """What is made of a cell in a column of how many, as the files of `data/answers` write it."""
    sheet = io.StringIO()
    csv.writer(sheet).writerows([["organisation", heading], ["Elm", cell]])
    found = read(sheet.getvalue())
    if not found.claims:
        assert found.problems, "gone without a word"
        return "named"
    (claim,) = found.claims
    if claim.figure is None:
        return f"{claim.state} {claim.section or ''}".strip()
    low, high, yes = claim.figure.low, claim.figure.high, claim.figure.yes
    number = str(low) if low == high else f"{low}-{'' if high is None else high}"
    about = "~" if any("only about right" in one.say for one in found.problems) else ""
    return ("no" if yes is False else number + about) if not yes else f"yes {number}{about}"


def written(name: str) -> list[list[str]]:
    """The lines of a file of `data/answers`: ways to write an answer, each with what it says."""
    return [line.split("\t") for line in (ROOT / "tests" / "data" / "answers" / name).read_text("utf-8").splitlines()]
