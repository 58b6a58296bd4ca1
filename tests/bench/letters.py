"""How sheets of replies by letter are read: python tests/bench/letters.py FOLDER [-v]

FOLDER holds sheets, and beside each a TOML that says what is right (its README tells the form). Every sheet is taken in with nothing
said of it; printed are columns understood and asked about, columns taken for another, cells read otherwise than is right, rows whose
reply is lost, and organisations that have words in their row and are published as missing. -v names each.
"""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.intake.registers import read_answer_headings  # noqa: E402
from camcensus.model.errors import IntakeError  # noqa: E402
from camcensus.model.registers import Cell  # noqa: E402
from camcensus.registers.answer_cells import is_blank, read_answer, section_in  # noqa: E402
from camcensus.registers.answer_columns import cell_at  # noqa: E402
from camcensus.registers.dates import date_in  # noqa: E402
from camcensus.store.rollup.claims import has_claims  # noqa: E402
from camcensus.tasks.rollup import taking  # noqa: E402
from camcensus.tasks.rollup.answers import AnswersPreview, preview_answers, take_answers  # noqa: E402
from camcensus.tasks.rollup.figures import lists_of, read_figures  # noqa: E402
from rollup_estate import knowledge  # noqa: E402

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OURS = {"kind": "other", "state": "other", "reply": "ask", "leave": "other", "document": "other", "typed_by": "other",
        "asked_on": "date", "not_held": "not held", "site": "other"}  # fmt: skip
RANGES: dict[str, Callable[..., str]] = {
    r"(?:between )?(\d+)(?:-| to | and )(\d+)": lambda low, high: f"{low}-{high}",
    r"at least (\d+)": "{}-".format,
    r"(?:over|more than) (\d+)": lambda low: f"{int(low) + 1}-",
    r"(?:<|fewer than )(\d+)": lambda high: f"0-{int(high) - 1}",
}
"""Cells that mean one range, which may be read or left to a person."""
NAMES = ("columns", "understood", "asked", "wrong column", "cells", "wrong cell", "rows", "lost", "missing")


def kind_of(asks: str | None) -> str:
    """What a column was taken for, in the words of the corpus."""
    if asks is None:
        return "ask"
    kind, joint, _ = asks.partition(":")
    return {"has": "has", "count": "how-many"}[kind] if joint else OURS.get(asks, asks)


def reading(asks: str, cell: Cell) -> str:
    """What is made of a cell in a column that is understood, in the words of the corpus."""
    if asks == "date":
        day = date_in(cell)
        return day[0] if day else "blank" if is_blank(cell) else "unread"
    said = read_answer(cell, has=asks.startswith("has:"))
    section = section_in(str(cell or ""), bare=True) if asks == "refused" else None
    if said is None or (asks == "refused" and str(cell).casefold() == "none"):
        return "blank"
    if said.figure is not None and not section:
        low, high, yes = said.figure.low, said.figure.high, said.figure.yes
        if yes is not None and (low, high) in ((1, None), (0, 0)):
            return "yes" if yes else "no"
        return str(low) if low == high else f"{low}-{'' if high is None else high}"
    if said.state == "refused" or section:
        return f"refused {(said.section or section or '').replace(' ', '')}".strip()
    return {"replied": "unread", "not-held": "not held", "no-reply": "no reply"}[said.state]


def agrees(right: str, made: str, cell: Cell) -> bool:
    """Whether a reading is one of those that are right; a person may always be asked for what is not blank."""
    each = right.split("|")
    found = ((re.fullmatch(pattern, str(cell).strip(), re.I), say) for pattern, say in RANGES.items())
    each += [say(*match.groups()) for match, say in found if match and "unread" in each]
    if made in each or f"~{made}" in each or (made == "unread" and right != "blank"):
        return True
    return made.startswith("refused") and any(one.startswith("refused") and _of(one) <= _of(made) for one in each)


def _of(refusal: str) -> set[str]:
    """The sections, without their subsections."""
    return set(re.sub(r"\([^)]*\)", "", refusal.removeprefix("refused").replace(" ", "")).split(",")) - {""}


def judge(folder: Path, told: dict[str, Any], rollup: taking.RollUp, wrong: list[str]) -> dict[str, int]:
    """The figures of one sheet; `wrong` gets a line for each thing that is not right."""
    name, counts = told["file"], dict.fromkeys(NAMES, 0)
    wanted = [one for one in told["organisations"] if one]
    counts["rows"] = len(wanted)
    try:
        read = preview_answers(rollup.file, folder / name, knowledge(), ROOT / "resources", sheet=told.get("sheet"))
    except IntakeError as error:
        wrong.append(f"{name}: not taken: {error}")
        return counts | {"asked": len(told["column"]), "columns": len(told["column"])}
    _columns(name, told, read, counts, wrong)
    if read.missing:
        wrong.append(f"{name}: asked: {read.missing}")
        return counts
    done = take_answers(rollup.file, read, knowledge(), NOW)
    taking.settle(rollup)
    if done.state != "accepted" or not has_claims(rollup.file.connection):
        wrong.append(f"{name}: {done.state}: {done.reason}")
    in_it = [row[0] for row in rollup.file.connection.execute("SELECT DISTINCT body_name || '#' || row FROM claim")]
    names = [one.partition("#")[0].casefold() for one in in_it]
    if any(one.asks == "site" for one in read.columns):  # the rows of an organisation add up
        wanted = list(dict.fromkeys(wanted))
    for one in wanted:
        if one.casefold() in names:
            names.remove(one.casefold())
        else:
            counts["lost"] += 1
            wrong.append(f"{name}: lost: {one}")
    table = next(one for one in read_figures(rollup, lists_of(rollup), "2026-12-01").tables if one.name == "bodies")
    at, called = table.columns.index("state"), table.columns.index("name")
    states = {str(row[called]).casefold(): row[at] for row in table.rows}
    for number, one in enumerate(told["organisations"]):
        said = [one for one in told["column"] if one.get("reads") and one["asks"] not in ("organisation", "number", "other")]
        cells = [one["reads"][number] for one in said]
        if any(cell not in ("blank", "no reply") for cell in cells) and states.get(one.casefold()) == "no-reply":
            counts["missing"] += 1
            wrong.append(f"{name}: missing: {one}: {cells}")
    return counts


def _columns(name: str, told: dict[str, Any], read: AnswersPreview, counts: dict[str, int], wrong: list[str]) -> None:
    place = next((one.column for one in read.columns if one.asks == "organisation"), None)
    for column in told["column"]:
        counts["columns"] += 1
        right = column if column["heading"] != "Question" else column | {"heading": "Organisation"}  # one organisation a column
        found = next(
            (one for one in read.columns if " ".join(one.column.heading.split()) == " ".join(right["heading"].split())), None
        )
        asks = kind_of(found.asks if found else None)
        if asks == "ask":
            counts["asked"] += 1
        elif asks in right["asks"].split("|") and right.get("maker", "").casefold() in (found.asks or "" if found else ""):
            counts["understood"] += 1
        else:
            counts["wrong column"] += 1
            wrong.append(
                f"{name}: column “{right['heading'][:60]}” is {right['asks']}, taken for {found.asks if found else None}"
            )
        if (
            found is None
            or place is None
            or asks not in ("cameras", "how-many", "has", "refused", "date")
            or not right.get("reads")
        ):
            continue
        left = list(zip(told["organisations"], right["reads"], strict=False))
        for row in read.file.table.rows:
            who = str(cell_at(row, place) or "").strip().casefold()
            at = next((at for at, (one, _) in enumerate(left) if one.casefold() == who), None)
            if at is None:
                continue
            _, expected = left.pop(at)
            counts["cells"] += 1
            made = reading(found.asks or "", cell_at(row, found.column))
            if not agrees(expected, made, cell_at(row, found.column)):
                counts["wrong cell"] += 1
                wrong.append(f"{name}: {who}: “{cell_at(row, found.column)}” is {expected}, read as {made}")


def main() -> int:
    folder, wrong = Path(sys.argv[1]), list[str]()
    total = dict.fromkeys(NAMES, 0)
    read_answer_headings(ROOT / "resources" / "registers")
    for path in sorted(folder.glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        with (
            tempfile.TemporaryDirectory() as work,
            taking.open_for_taking(Path(work) / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup,
        ):
            for name, number in judge(folder, told, rollup, wrong).items():
                total[name] += number
    print("  ".join(f"{name} {number:,}" for name, number in total.items()))
    if "-v" in sys.argv:
        print("\n".join(wrong))
    return int(bool(total["wrong column"] or total["wrong cell"] or total["lost"] or total["missing"]))


if __name__ == "__main__":
    raise SystemExit(main())
