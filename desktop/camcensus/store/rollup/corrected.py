"""A corrected spreadsheet of answers counts instead of the one of the same name that was given before it."""

from __future__ import annotations

import sqlite3

from camcensus.model.words import clean, date_words
from camcensus.store.rollup.claims import remove_sheet


def replace_corrected(connection: sqlite3.Connection, uuid: str, *, at: str) -> list[str]:
    """Take out what a sheet that is in now corrects, in the open transaction; gives a sentence for each.

    That is a sheet of its name that lay where it lies, and answers a question for the same organisation; or one of its name
    that lay elsewhere, if this one answers all that it answered. Two offices may each have an “answers.xlsx”.
    """
    said = []
    for number, older, name, given_at, same_place in connection.execute(
        "SELECT old.id, old.uuid, old.name, old.given_at, coalesce(there.path = here.path, 0) FROM sheet AS new"
        " JOIN sheet AS old ON old.name = new.name AND old.id <> new.id"
        " LEFT JOIN file AS here ON here.export_id = new.uuid LEFT JOIN file AS there ON there.export_id = old.uuid"
        " WHERE new.uuid = ? ORDER BY old.id",
        [uuid],
    ).fetchall():
        every, again = connection.execute(
            "SELECT count(*), coalesce(sum(body IS NOT NULL AND (body, asks) IN (SELECT body, asks FROM claim JOIN sheet"
            " ON sheet.id = claim.sheet WHERE sheet.uuid = ?)), 0) FROM claim WHERE sheet = ?",
            [uuid, number],
        ).fetchone()
        if not again or (again < every and not same_place):
            continue
        remove_sheet(connection, older)
        called = f"“{clean(name, 80)}”"
        connection.execute("INSERT OR REPLACE INTO taken_out VALUES (?, ?)", [older, at])
        connection.execute(
            "UPDATE file SET state = 'held', why = 'taken-out', reason = ?, warnings = '[]' WHERE export_id = ?",
            [f"A newer {called} was given on {date_words(at[:10])}, and counts instead.", older],
        )
        said.append(f"It counts instead of the {called} that was given on {date_words(given_at[:10])}.")
    return said
