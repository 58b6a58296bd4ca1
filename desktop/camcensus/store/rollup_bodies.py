"""Bodies by their official numbers: whose export this is, and which bodies were asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from camcensus.model.official_ids import OFFICIAL_IDS, official_id

LIST_LOADED = "bodies_loaded"
NAME_LIMIT_CHARACTERS = 300
SAYS_NONE = "(expected_cameras IS 0 AND expected_basis IS NOT 'list')"
"""Of a row of `body`: that it has no camera is for the body itself to say, and no list takes it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedBody:
    """A body that was asked. `ids` has its official numbers, one at least unless the list knows it by its name alone."""

    name: str
    type: str
    ids: Mapping[str, str]
    expected_cameras: int | None = None


def plain_name(name: str) -> str:
    """A name as it is compared: without regard to capitals, blanks and the kind of apostrophe."""
    return " ".join(name.replace("\u2019", "'").casefold().split())


@dataclass(frozen=True, slots=True)
class Whose:
    """The body that an export is of; `problem` is set, and no body, where its numbers are those of several."""

    body: int | None
    problem: str | None = None


def list_loaded(connection: sqlite3.Connection) -> bool:
    """Whether a list of the bodies that were asked has been loaded."""
    return connection.execute("SELECT 1 FROM setting WHERE key = ?", [LIST_LOADED]).fetchone() is not None


def find_body(connection: sqlite3.Connection, row: Mapping[str, Any]) -> Whose:
    """The body of an export's row `body`, made where it is not known yet."""
    ids = _ids_of(row)
    found = _with_ids(connection, ids)
    found |= {
        int(number) for (number,) in connection.execute("SELECT body FROM export WHERE body_uuid = ?", [row["id"]]).fetchall()
    }
    if not found:
        found = _with_name(connection, row["name"])
    if len(found) > 1:
        return Whose(None, "its numbers are those of several bodies here")
    if found:
        body = found.pop()
        if not _fits(connection, body, ids):
            return Whose(None, "it has other official numbers than the files of the same body before it")
        _fill_in(connection, body, ids)
        return Whose(body)
    return Whose(_insert(connection, row["name"], row["type"], ids, code=_code(ids) or f"id:{row['id']}"))


def load_bodies(connection: sqlite3.Connection, bodies: Iterable[ExpectedBody]) -> list[str]:
    """Take a list of the bodies that were asked, in place of the one before; gives a sentence for each that cannot be.

    Exports of bodies that are not on it are held from now on, and counted again when a list names them.
    """
    problems = []
    connection.execute("UPDATE body SET expected_cameras = NULL, expected_basis = NULL WHERE expected_basis = 'list'")
    connection.execute("UPDATE body SET asked = 0 WHERE asked = 1")
    unnumbered, numbered = _by_name(connection, numbered=False), _by_name(connection, numbered=True)
    by_number: set[int] = set()
    # A row with a number comes first: one without is another body then, even of the same name.
    for one in sorted(bodies, key=lambda one: not one.ids):
        found = _with_ids(connection, one.ids)
        if not one.ids:
            name = plain_name(one.name)
            found = (
                _with_name(connection, one.name)
                or numbered.get(name, set()) - by_number
                or _one_of(connection, unnumbered.get(name, set()))
            )
        if len(found) > 1:
            why = "has the numbers" if one.ids else "is the name"
            more = "" if one.ids else "; give its official number on the list"
            problems.append(f"“{one.name}” {why} of several bodies, so it was left out{more}.")
            continue
        if not found:
            body = _insert(connection, one.name, one.type, one.ids, code=_code(one.ids) or f"name:{plain_name(one.name)}")
        else:
            body = found.pop()
            if connection.execute("SELECT asked FROM body WHERE id = ?", [body]).fetchone() == (1,):
                problems.append(f"“{one.name}” is on the list twice; it was counted once.")
            if not _fits(connection, body, one.ids):
                problems.append(f"“{one.name}” has other numbers on the list than in its own file, so it was left out.")
                continue
            _fill_in(connection, body, one.ids)
            if one.ids:
                by_number.add(body)
            else:
                code = f"name:{plain_name(one.name)}"
                connection.execute("UPDATE OR IGNORE body SET code = ? WHERE id = ? AND code LIKE 'id:%'", [code, body])
        connection.execute(
            "UPDATE body SET asked = 1, name = ?, type = ?,"
            f" expected_cameras = iif({SAYS_NONE}, 0, coalesce(?, expected_cameras)),"
            f" expected_basis = iif({SAYS_NONE}, expected_basis, coalesce(?, expected_basis)) WHERE id = ?",
            [one.name, one.type, one.expected_cameras, None if one.expected_cameras is None else "list", body],
        )
    connection.execute("DELETE FROM body WHERE asked = 0 AND id NOT IN (SELECT body FROM export)")
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, '1')", [LIST_LOADED])
    connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM body")
    _hold_unknown(connection)
    return problems


def _hold_unknown(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE export SET state = iif((SELECT asked FROM body WHERE id = export.body), 'accepted', 'held')")
    connection.execute(
        "UPDATE file SET state = 'held', why = 'body-unknown', reason = ? WHERE state = 'accepted' AND export_id IN"
        " (SELECT uuid FROM export WHERE state = 'held')",
        [UNKNOWN_BODY],
    )
    connection.execute(
        "UPDATE file SET state = 'accepted', why = '', reason = NULL WHERE why = 'body-unknown' AND export_id IN"
        " (SELECT uuid FROM export WHERE state = 'accepted')"
    )


UNKNOWN_BODY = "Its body is not on the list of bodies that were asked; add it to the list, then load the list again."


def _ids_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The official numbers of an export's body in their one spelling. Raises ValueError for one of another form."""
    found = {kind: official_id(kind, row[kind]) for kind in OFFICIAL_IDS}
    return {kind: value for kind, value in found.items() if value is not None}


def _with_ids(connection: sqlite3.Connection, ids: Mapping[str, str]) -> set[int]:
    return {
        int(number)
        for kind, value in ids.items()
        for (number,) in connection.execute(f"SELECT id FROM body WHERE {kind} = ?", [value]).fetchall()
    }


def _with_name(connection: sqlite3.Connection, name: str) -> set[int]:
    return {
        int(number)
        for (number,) in connection.execute("SELECT id FROM body WHERE code = ?", [f"name:{plain_name(name)}"]).fetchall()
    }


def _by_name(connection: sqlite3.Connection, *, numbered: bool) -> dict[str, set[int]]:
    """Bodies that have an official number, or that none is known of, by each name that a file or a list gives them."""
    found: dict[str, set[int]] = {}
    known = f"coalesce({', '.join(OFFICIAL_IDS)})"
    where = f"{known} IS NOT NULL" if numbered else f"{known} IS NULL AND code LIKE 'id:%'"
    for number, *names in connection.execute(
        f"SELECT body.id, body.name, export.body_name FROM body JOIN export ON export.body = body.id WHERE {where}"
    ):
        for name in names:
            found.setdefault(plain_name(name), set()).add(number)
    return found


def _one_of(connection: sqlite3.Connection, bodies: set[int]) -> set[int]:
    """Files of one name and no number are one body's where a list names it so, as they are when the list is there first."""
    first = min(bodies, default=None)
    if first is None:
        return set()
    for other in sorted(bodies - {first}):
        connection.execute("UPDATE export SET body = ? WHERE body = ?", [first, other])
    return {first}


def _fits(connection: sqlite3.Connection, body: int, ids: Mapping[str, str]) -> bool:
    """Whether no official number contradicts one that the body has already."""
    held = connection.execute(f"SELECT {', '.join(OFFICIAL_IDS)} FROM body WHERE id = ?", [body]).fetchone()
    return all(value is None or ids.get(kind, value) == value for kind, value in zip(OFFICIAL_IDS, held, strict=True))


def _fill_in(connection: sqlite3.Connection, body: int, ids: Mapping[str, str]) -> None:
    for kind, value in ids.items():
        connection.execute(f"UPDATE body SET {kind} = ? WHERE id = ? AND {kind} IS NULL", [value, body])
    code = _code(ids)
    if code is not None:
        connection.execute(
            "UPDATE OR IGNORE body SET code = ? WHERE id = ? AND (code LIKE 'id:%' OR code LIKE 'name:%')", [code, body]
        )


def _insert(connection: sqlite3.Connection, name: str, kind: str, ids: Mapping[str, str], *, code: str) -> int:
    made = connection.execute(
        "INSERT INTO body (code, name, type, urn, ods, gss, company_no, asked) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        [code, name[:NAME_LIMIT_CHARACTERS], kind[:NAME_LIMIT_CHARACTERS], *(ids.get(one) for one in OFFICIAL_IDS)],
    )
    assert made.lastrowid is not None
    return made.lastrowid


def _code(ids: Mapping[str, str]) -> str | None:
    return next((f"{kind}:{ids[kind]}" for kind in OFFICIAL_IDS if kind in ids), None)
