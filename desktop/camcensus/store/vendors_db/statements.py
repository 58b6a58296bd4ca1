"""Statements and makers' replies, read from the rows of vendors.db."""

from __future__ import annotations

import sqlite3

from camcensus.model.statements import Named, PublishedReply, Statement
from camcensus.store.vendors_db.schema import made_of, rows


def load_statements(connection: sqlite3.Connection) -> dict[str, Statement]:
    """All statements of vendors.db by id. Raises sqlite3.DatabaseError, TypeError or KeyError where the file is damaged."""
    names: dict[str, list[Named]] = {}
    for row in rows(connection, "statement_name"):
        names.setdefault(row["statement"], []).append(made_of(Named, row))
    answers = load_answers(connection, "statement_answer", "statement")
    return {
        row["id"]: made_of(Statement, row, names=tuple(names.get(row["id"], ())), answers=answers.get(row["id"], ()))
        for row in rows(connection, "statement")
    }


def load_answers(connection: sqlite3.Connection, table: str, key: str) -> dict[str, tuple[PublishedReply, ...]]:
    """The id in column `key` -> what was answered to it. Raises as `load_statements`."""
    found: dict[str, tuple[PublishedReply, ...]] = {}
    for row in rows(connection, table):
        found[row[key]] = (*found.get(row[key], ()), made_of(PublishedReply, row))
    return found
