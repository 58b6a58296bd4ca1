"""Replies in words that nobody has read yet: a list to go through, and a sheet to fill in; what is typed is an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from camcensus.intake.answers import AnswerFile
from camcensus.model import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.official_ids import OFFICIAL_IDS
from camcensus.model.registers import RegisterFile, SheetColumn, SheetRow
from camcensus.model.words import clean, count, utc_second
from camcensus.registers.answer_cells import read_answer
from camcensus.registers.answer_columns import COUNT, OTHERS, UNKNOWN, AnswerColumn, asks_words
from camcensus.registers.answers import TYPED_BESIDE
from camcensus.registers.plain_headings import letter
from camcensus.store.rollup.claims import read_unread
from camcensus.tasks.rollup.answers import AnswersPreview, take_answers
from camcensus.tasks.rollup.taking import RollUp, settle

STATUS = "state"
STATUS_HEADING = "Refused, not held or no reply"
USUAL = (f"{COUNT}hikvision", f"{COUNT}dahua")
"""What a reply in words may speak of, whatever was asked."""
BOXES_LIMIT = 8
WANTED = "Type a number, a range like 10 to 20, yes or no."
WANTED_STATUS = "Type refused and its section, not held, or no reply."


@frozen(kw_only=True)
class Unread:
    """A reply to read: `said` are the questions and their words; `boxes` is what may be in it.

    Each box is what it asks ("cameras", "count:" and makers) and its heading.
    """

    code: str
    name: str
    ids: Mapping[str, str]
    answered_on: str | None
    said: tuple[tuple[str, str], ...]
    boxes: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """All that it says, each after its question."""
        return "\n\n".join(
            f"{clean(asked, 200)}\n{'\n'.join(clean(line, 4000) for line in words.splitlines())}" for asked, words in self.said
        )


def read_replies(rollup: RollUp) -> tuple[Unread, ...]:
    """The replies to read, organisations from A to Z."""
    rows, asked, names = read_unread(rollup.file.connection)
    every = list(dict.fromkeys(["cameras", *filter(None, map(_box, asked)), *USUAL]))[:BOXES_LIMIT]
    found: dict[str, Unread] = {}
    for row in rows:
        before = found.get(row["code"])
        box = _box(row["asks"])
        mine = {box: None} if box else dict.fromkeys(every if row["state"] == "replied" else ())
        boxes = dict(before.boxes if before else ()) | {one: _heading(one, names) for one in mine}
        found[row["code"]] = Unread(
            code=row["code"], name=row["name"], ids={kind: row[kind] for kind in OFFICIAL_IDS if row[kind]},
            answered_on=row["answered_on"], boxes=tuple(boxes.items()),
            said=(*(before.said if before else ()), (row["heading"], row["words"] or "A reply without words: see its file.")),
        )  # fmt: skip
    all_boxes = tuple((box, _heading(box, names)) for box in every)
    return tuple(one if one.boxes else replace(one, boxes=all_boxes) for one in found.values())


def _box(asks: str) -> str | None:
    if asks in ("cameras", UNKNOWN):
        return asks if asks == "cameras" else f"{COUNT}{UNKNOWN}"
    return f"{COUNT}{asks.removeprefix('maker:')}" if asks.startswith("maker:") and asks != f"maker:{OTHERS}" else None


def _heading(box: str, names: Mapping[str, str]) -> str:
    """ "How many cameras?" or "How many Hikvision?"; a sheet with that heading is understood."""
    return "How many cameras?" if box == "cameras" else f"How many {asks_words(box, names).removeprefix('How many of ')}?"


def to_read_sheet(replies: Sequence[Unread]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The sheet to fill in: headings and rows. It is a sheet of answers itself, whose empty boxes say nothing."""
    boxes = dict(box for one in replies for box in one.boxes)
    headings = ("Organisation", *OFFICIAL_IDS, "Date of reply", TYPED_BESIDE, *boxes.values(), STATUS_HEADING)
    return headings, [(*_who(one), one.words, *[""] * (len(boxes) + 1)) for one in replies]


def _who(one: Unread) -> tuple[str, ...]:
    return (one.name, *(one.ids.get(kind, "") for kind in OFFICIAL_IDS), one.answered_on or "")


def wrong_in(typed: Mapping[str, str]) -> str:
    """What is wrong with what a person typed into the boxes of a reply; "" where it can be read."""
    for box, text in typed.items():
        said = read_answer(text)
        if said is None:
            continue
        if box == STATUS and (said.figure is not None or said.state == "replied"):
            return WANTED_STATUS
        if box != STATUS and said.figure is None:
            return WANTED
    return ""


def take_read(
    rollup: RollUp, typed: Sequence[tuple[Unread, Mapping[str, str]]], knowledge: Knowledge, now: datetime, by: str | None
) -> str:
    """Take what a person read out of replies in, as a sheet of answers. Empty boxes say nothing. Raises StoreError."""
    boxes = {**dict(box for one, _ in typed for box in one.boxes), STATUS: STATUS_HEADING}
    heads = ("Organisation", *OFFICIAL_IDS, "Date of reply", TYPED_BESIDE, *boxes.values())
    asks = ("organisation", *["number"] * len(OFFICIAL_IDS), "date", "leave", *boxes)
    columns = tuple(SheetColumn(at, letter(at), heading) for at, heading in enumerate(heads))
    rows = tuple(
        SheetRow(number, (*_who(one), None, *(texts.get(box, "").strip() for box in boxes)))
        for number, (one, texts) in enumerate(typed, 1)
        if any(text.strip() for text in texts.values())
    )
    name = f"Read on {utc_second(now).replace(':', '.')}"
    digest = hashlib.sha256(repr((name, rows)).encode()).hexdigest()
    meant = tuple(AnswerColumn(column, one) for column, one in zip(columns, asks, strict=True))
    table = AnswerFile(RegisterFile(name, None, (), (), columns, rows), digest)
    take_answers(rollup.file, AnswersPreview(Path(name), table, meant), knowledge, now, by)
    settle(rollup)
    return f"{count(len(rows), 'reply', 'replies')} read."
