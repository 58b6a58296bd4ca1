"""Statements and makers' replies: read from the reviewed text, and laid out as rows of vendors.db.

statements/*.toml holds [[statement]], each with [[statement.names]] and [[statement.answers]]; a company's file holds its
own [[answers]].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from camcensus.model.knowledge import Manufacturer
from camcensus.model.statements import Named, PublishedReply, Statement
from installers.knowledge.entries import TomlEntry, tables_of
from installers.knowledge.reviewed import OWN_LIST, Reviewed

Row = dict[str, Any]


def read_statements(reviewed: Reviewed, file: str, path: Path) -> None:
    """statements/*.toml."""
    for entry in tables_of(reviewed.problems, file, path, "statement"):
        entry.only(*(name for name in Statement.__dataclass_fields__ if name != "is_list"), "list")
        weight = entry.number("weight")
        if weight not in (1, 2):
            entry.fault("weight", "weight is 1 for what matters most on a maker's page, 2 for the rest")
        source = entry.word("source")
        statement = entry.value(
            Statement,
            date=entry.word("date", "" if entry.table.get("id") == OWN_LIST else None),
            not_addressed_to=entry.word("not_addressed_to", ""),
            source=source,
            weight=int(weight or 2),
            names=tuple(_named(one, source) for one in entry.tables("names")),
            answers=tuple(_answer(one) for one in entry.tables("answers")),
            is_list=entry.flag("list", False),
        )
        reviewed.statements.append(entry.placed(statement))


def _named(entry: TomlEntry, source: str) -> Named:
    entry.only("manufacturer", "quote", "scope", "effective", "source")
    quote = entry.word("quote", "") if "quote" in entry.table else entry.word("quote")
    return entry.value(Named, quote=quote, scope=entry.word("scope", ""), source=entry.maybe("source") or source, why="")


def _answer(entry: TomlEntry) -> PublishedReply:
    entry.only(*PublishedReply.__dataclass_fields__)
    return entry.value(PublishedReply)


def read_replies(entry: TomlEntry, identity: str, name: str) -> tuple[PublishedReply, ...]:
    """The [[answers]] of a company's file: its own replies, to no single statement."""
    found = []
    for one in entry.tables("answers"):
        one.only("date", "text", "source")
        found.append(PublishedReply(name, identity, one.word("date"), one.word("text"), one.word("source")))
    return tuple(found)


def statement_rows(statements: Iterable[Statement]) -> Iterator[Row]:
    """Rows of the table `statement`."""
    for one in statements:
        yield {
            name: int(value) if isinstance(value := getattr(one, name), bool) else value
            for name in one.__dataclass_fields__
            if name not in ("names", "answers")
        }


def name_rows(statements: Iterable[Statement]) -> Iterator[Row]:
    """Rows of the table `statement_name`."""
    for one in statements:
        for named in sorted(one.names, key=lambda entry: entry.manufacturer):
            row = {key: getattr(named, key) for key in ("manufacturer", "quote", "scope", "effective", "source")}
            yield {"statement": one.id, **row}


def answer_rows(statements: Iterable[Statement]) -> Iterator[Row]:
    """Rows of the table `statement_answer`, in the order in which they were written."""
    for one in statements:
        for number, answer in enumerate(one.answers, 1):
            yield {"statement": one.id, "number": number, **_cells(answer), "besides": int(answer.besides)}


def reply_rows(makers: Iterable[Manufacturer]) -> Iterator[Row]:
    """Rows of the table `maker_answer`, in the order in which they were written."""
    for maker in makers:
        yield from ({"number": number, **_cells(answer)} for number, answer in enumerate(maker.answers, 1))


def _cells(answer: PublishedReply) -> Row:
    return {name: getattr(answer, name) for name in answer.__dataclass_fields__ if name != "besides"}
