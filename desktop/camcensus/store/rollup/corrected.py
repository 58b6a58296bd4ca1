"""A corrected spreadsheet of answers counts instead of the one of the same name that was given before it."""

from __future__ import annotations

import sqlite3

from camcensus.model.prose import fitting, listed
from camcensus.model.words import clean, date_words
from camcensus.store.rollup.claims import remove_sheet

_UNTOLD = """
WITH now AS (
  SELECT who, asks, max(day) AS day FROM (
    SELECT body AS who, asks, coalesce(answered_on, '') AS day, sheet FROM claim UNION ALL
    SELECT nullif(body_name, ''), asks, coalesce(answered_on, ''), sheet FROM claim
  ) WHERE sheet = (SELECT id FROM sheet WHERE uuid = :new) GROUP BY who, asks
)
SELECT was.row, now.day IS NULL FROM claim AS was
LEFT JOIN now ON now.who = coalesce(was.body, CASE WHEN :same_place THEN was.body_name END) AND now.asks = was.asks
WHERE was.sheet = :old AND (now.day IS NULL OR now.day < coalesce(was.answered_on, ''))
ORDER BY was.row
"""
"""The rows of the old sheet with an answer that the new one does not give, or gives for a day before; which of the two."""
ROWS_NAMED = 5


def replace_corrected(connection: sqlite3.Connection, uuid: str, *, at: str) -> list[str]:
    """Take out what a sheet that is in now corrects, in the open transaction; gives a sentence for each.

    That is a sheet of its name, all of whose answers this one gives anew, and none for a day before the other's. Else both
    stay, and of two answers to one question the later counts, which is said where a day alone is why: two offices may each have
    an “answers.xlsx”, and one office may write its next batch over the last. A row that is nobody's is given anew by one of
    that name, where the sheet lay too.
    """
    said = []
    for number, older, name, given_at, same_place in connection.execute(
        "SELECT old.id, old.uuid, old.name, old.given_at, coalesce(there.path = here.path, 0) FROM sheet AS new"
        " JOIN sheet AS old ON old.name = new.name AND old.id <> new.id"
        " LEFT JOIN file AS here ON here.export_id = new.uuid LEFT JOIN file AS there ON there.export_id = old.uuid"
        " WHERE new.uuid = ? ORDER BY old.id",
        [uuid],
    ).fetchall():
        called = f"“{clean(name, 80)}”"
        untold = connection.execute(_UNTOLD, {"new": uuid, "old": number, "same_place": same_place}).fetchall()
        if untold:
            if not any(is_left_out for _, is_left_out in untold):
                said.append(_stays(called, [row for row, _ in untold]))
            continue
        remove_sheet(connection, older)
        connection.execute("INSERT OR REPLACE INTO taken_out VALUES (?, ?)", [older, at])
        connection.execute(
            "UPDATE file SET state = 'held', why = 'taken-out', reason = ?, warnings = '[]' WHERE export_id = ?",
            [f"A newer {called} was given on {date_words(at[:10])}, and counts instead.", older],
        )
        said.append(f"It counts instead of the {called} that was given on {date_words(given_at[:10])}.")
    return said


def _stays(called: str, rows: list[int]) -> str:
    """Why an older sheet stays, all of whose answers are given anew, some for a day before: the day may be what was mended."""
    named = list(dict.fromkeys(f"{row:,}" for row in rows))
    where = f"{fitting(len(named), 'row', 'rows')} {listed(named, ROWS_NAMED)}"
    return f"The older {called} stays, since it answers for a later day ({where}); take it out if this one corrects it."
