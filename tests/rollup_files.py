"""A few bodies' exchange files and a roll-up of them, for tests and pictures of the audit pages."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from camcensus.model.knowledge import Knowledge
from camcensus.tasks.rollup import taking as tasks
from rollup_estate import NOW, Estate, make_estate, write_estate, write_file

NAMES = (
    "Alderbrook High", "Beech Lane Infants", "Castle Hill Academy", "Dene Valley College", "Elm Park Primary",
    "Fairfield Special School", "Grange Park Primary", "Hartwell Sixth Form", "Ivy Road Nursery", "Kingsmead School",
    "Larkspur Primary", "Oak Trust Academy", "Parkside Infants", "Queensway High",
)  # fmt: skip


ANSWER_HEADS = (
    "Organisation", "URN", "Date of reply", "Outcome", "How many cameras?", "Hikvision?", "Is there a policy?", "File"
)  # fmt: skip


def make_files(folder: Path, bodies: int = 12, devices: int = 240) -> Estate:
    """Files of so many bodies: one of them old, one searched only."""
    estate = make_estate(3, bodies, devices, double_share=0.05)
    for body, name in zip(estate.bodies, NAMES * (1 + bodies // len(NAMES)), strict=False):
        body.name = name if body.number < len(NAMES) else f"{name} {body.number}"
    write_estate(estate, folder)
    for body, days, method in ((estate.bodies[1], 640, "search+walk"), (estate.bodies[3], 9, "search")):
        path = body.paths[0]
        path.unlink()
        write_file(estate, body, body.records[0][1], path, 0, 5 + body.number, NOW - timedelta(days=days), method=method)
    return estate


def spoil(folder: Path) -> None:
    """Files that are refused."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.camcensus").write_text("<html>Sign in to see this file</html>", "utf-8")
    (folder / "empty.camcensus").touch()


def write_list(path: Path, estate: Estate, more: int = 2) -> Path:
    """The bodies that were asked: those of the estate and some that sent nothing."""
    heads = ("urn", "ods", "gss", "company_no")
    rows = [[body.name, body.type, *(body.ids.get(head, "") for head in heads)] for body in estate.bodies]
    rows += [[f"Westbrook School {number}", "school", f"{155000 + number}", "", "", ""] for number in range(more)]
    path.write_text("\n".join(",".join(row) for row in [["name", "type", *heads], *rows]) + "\n", "utf-8")
    return path


def write_answers(path: Path, estate: Estate, heads: tuple[str, ...] = ANSWER_HEADS) -> Path:
    """A spreadsheet of answers: one answered otherwise than was measured, one as measured, one refused, one not replied, one that sent no file."""
    first, second = estate.bodies[0], estate.bodies[1]
    (path.parent / "letter.txt").write_text("Dear auditor, we have cameras.", "utf-8")
    lines = [
        [first.name, first.ids["urn"], "1/3/2026", "Answered", "2", "No", "Yes, on our site", "letter.txt"],
        [second.name, second.ids["urn"], "1/3/2026", "Answered", str(len(estate.cameras_of(second))), "", "", ""],
        ["Far School", "150001", "2/3/2026", "Answered", "40", "Yes", "", ""],
        ["Shut School", "150002", "2/3/2026", "Refused s31(1)(a)", "", "", "", ""],
        ["Silent School", "150003", "", "No reply", "", "", "", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heads, *lines])
    return path


def make_rollup(path: Path, files: list[Path], knowledge: Knowledge, data_dir: Path, bodies: Path | None = None) -> Path:
    """A roll-up of files and folders."""
    with tasks.open_for_taking(path, data_dir, knowledge, NOW) as rollup:
        tasks.take_in(rollup, files, knowledge, NOW, bodies=bodies)
    return path
