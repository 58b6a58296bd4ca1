"""Bodies by their official numbers: whose export this is, and which bodies were asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from camcensus.model.official_ids import OFFICIAL_IDS, official_id

LIST_LOADED = "bodies_loaded"
NAME_LIMIT_CHARACTERS = 300


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
    """The body of an export's row `body`, made where it is not known yet. Names alone make no two files one body's here."""
    ids = _ids_of(row)
    found, own = _with_ids(connection, ids), _with_uuid(connection, row["id"])
    if own is not None and len(found) == 1 and _gives_way(connection, own, min(found), ids):
        _join(connection, own, min(found))
    elif own is not None:
        found.add(own)
    if len(found) > 1:
        return Whose(None, "its numbers are those of several bodies here")
    if found:
        body = found.pop()
        if not _fits(connection, body, ids):
            return Whose(None, "it has other official numbers than the files of the same body before it")
        _fill_in(connection, body, ids)
        return Whose(body)
    return Whose(_insert(connection, row["name"], row["type"], ids, code=_code(ids) or f"id:{row['id']}"))


def is_asked(connection: sqlite3.Connection, body: int, name: str) -> bool:
    """Whether a body's file counts: no list is loaded, or it names the body. `match_names` has the last word on names."""
    if not list_loaded(connection):
        return True
    by_name = connection.execute("SELECT 1 FROM listed_name WHERE plain = ?", [plain_name(name)]).fetchone() is not None
    return by_name or connection.execute("SELECT asked FROM body WHERE id = ?", [body]).fetchone() == (1,)


def load_bodies(connection: sqlite3.Connection, bodies: Iterable[ExpectedBody]) -> list[str]:
    """Take a list of the bodies that were asked, in place of the one before; gives a sentence for each that cannot be.

    Exports of bodies that are not on it are held from now on, and counted again when a list names them.
    """
    problems = []
    _forget_names(connection)
    connection.execute("DELETE FROM listed_name")
    connection.execute("UPDATE body SET asked = 0, listed_cameras = NULL")
    # A row with a number comes first: one without is another body then, even of the same name.
    for one in sorted(bodies, key=lambda one: not one.ids):
        if not one.ids:
            values = [plain_name(one.name), one.name, one.type, one.expected_cameras]
            if not connection.execute(
                "INSERT OR IGNORE INTO listed_name (plain, name, type, expected_cameras) VALUES (?, ?, ?, ?)", values
            ).rowcount:
                problems.append(_TWICE.format(one.name))
            continue
        found = _with_ids(connection, one.ids)
        if len(found) > 1:
            problems.append(f"“{one.name}” has the numbers of several bodies, so it was left out.")
            continue
        body = found.pop() if found else _insert(connection, one.name, one.type, one.ids, code=str(_code(one.ids)))
        if connection.execute("SELECT asked FROM body WHERE id = ?", [body]).fetchone() == (1,):
            problems.append(_TWICE.format(one.name))
        if not _fits(connection, body, one.ids):
            problems.append(f"“{one.name}” has other numbers on the list than in its own file, so it was left out.")
            continue
        _fill_in(connection, body, one.ids)
        _ask(connection, body, one.name, one.type, one.expected_cameras)
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, '1')", [LIST_LOADED])
    problems += match_names(connection)
    connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM body")
    return problems


def match_names(connection: sqlite3.Connection) -> list[str]:
    """Find anew the bodies that the list knows by name alone; gives a sentence for each whose name is not enough.

    Only what the list and the files say counts, not which of them came first. A body with a number is taken before files
    without one; these are all one body's. Exports of bodies that were not asked are held. Does nothing where no list is loaded.
    """
    if not list_loaded(connection):
        return []
    before = _whose_is_which(connection)
    _forget_names(connection)
    problems, unclear = [], set()
    numbered, unnumbered = _by_name(connection)
    rows = connection.execute("SELECT plain, name, type, expected_cameras FROM listed_name ORDER BY id").fetchall()
    for plain, name, kind, cameras in rows:
        found = numbered.get(plain) or unnumbered.get(plain) or set()
        if len(found) > 1 and found is not unnumbered.get(plain):
            problems.append(
                f"“{name}” is the name of several bodies, so it was left out; give its official number on the list."
            )
            unclear |= found
            continue
        if found:
            body = min(found)
            for other in found - {body}:
                _join(connection, other, body)
        else:
            body = _insert(connection, name, kind, {}, code=f"name:{plain}")
            connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [body])
        if connection.execute("SELECT asked FROM body WHERE id = ?", [body]).fetchone() == (1,):
            problems.append(_TWICE.format(name))
            continue
        connection.execute("UPDATE body SET code = ? WHERE id = ? AND code LIKE 'id:%'", [f"name:{plain}", body])
        connection.execute("UPDATE listed_name SET body = ? WHERE plain = ?", [body, plain])
        _ask(connection, body, name, kind, cameras)
    connection.execute("DELETE FROM body WHERE asked = 0 AND id NOT IN (SELECT body FROM export)")
    changed = before ^ _whose_is_which(connection)
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", sorted({(body,) for _, body, _ in changed}))
    _hold_unknown(connection, unclear)
    return problems


def _whose_is_which(connection: sqlite3.Connection) -> set[tuple[int, int, int]]:
    """(export, body, whether it was asked)."""
    rows = connection.execute("SELECT export.id, body.id, body.asked FROM export JOIN body ON body.id = export.body")
    return {(export, body, asked) for export, body, asked in rows}


def _forget_names(connection: sqlite3.Connection) -> None:
    """Undo what `match_names` found: each body is what its files say by themselves."""
    for (body,) in connection.execute("SELECT body FROM listed_name WHERE body IS NOT NULL").fetchall():
        connection.execute("UPDATE body SET asked = 0, listed_cameras = NULL WHERE id = ?", [body])
        _part(connection, body)
    connection.execute("UPDATE listed_name SET body = NULL")


def _part(connection: sqlite3.Connection, body: int) -> None:
    """Files of one name and no number, which a list made one body's, are a body each again; one without files goes."""
    if not connection.execute("SELECT 1 FROM body WHERE id = ? AND code LIKE 'name:%'", [body]).fetchone():
        return
    uuids = connection.execute("SELECT DISTINCT body_uuid FROM export WHERE body = ? ORDER BY body_uuid", [body]).fetchall()
    if not uuids:
        connection.execute("DELETE FROM body WHERE id = ?", [body])
        return
    (first,), *others = uuids
    name, kind = connection.execute("SELECT name, type FROM body WHERE id = ?", [body]).fetchone()
    connection.execute("UPDATE body SET code = ? WHERE id = ?", [f"id:{first}", body])
    for (uuid,) in others:
        made = _insert(connection, name, kind, {}, code=f"id:{uuid}")
        connection.execute("UPDATE export SET body = ? WHERE body = ? AND body_uuid = ?", [made, body, uuid])


def _join(connection: sqlite3.Connection, other: int, body: int) -> None:
    """What is the one's is the other's from now on."""
    connection.execute("UPDATE export SET body = ? WHERE body = ?", [body, other])
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(other,), (body,)])
    connection.execute("DELETE FROM body WHERE id = ?", [other])


def _ask(connection: sqlite3.Connection, body: int, name: str, kind: str, cameras: int | None) -> None:
    connection.execute(
        "UPDATE body SET asked = 1, name = ?, type = ?, listed_cameras = ? WHERE id = ?",
        [name[:NAME_LIMIT_CHARACTERS], kind[:NAME_LIMIT_CHARACTERS], cameras, body],
    )


def _hold_unknown(connection: sqlite3.Connection, unclear: set[int]) -> None:
    connection.execute("UPDATE export SET state = iif((SELECT asked FROM body WHERE id = export.body), 'accepted', 'held')")
    connection.execute(
        "UPDATE file SET state = 'held', why = 'body-unknown', reason = ? WHERE why IN ('', 'body-unknown') AND export_id IN"
        " (SELECT uuid FROM export WHERE state = 'held')",
        [UNKNOWN_BODY],
    )
    connection.executemany(
        "UPDATE file SET reason = ? WHERE why = 'body-unknown' AND export_id IN (SELECT uuid FROM export WHERE body = ?)",
        [(UNCLEAR_NAME, body) for body in unclear],
    )
    connection.execute(
        "UPDATE file SET state = 'accepted', why = '', reason = NULL WHERE why = 'body-unknown' AND export_id IN"
        " (SELECT uuid FROM export WHERE state = 'accepted')"
    )


UNKNOWN_BODY = "Its body is not on the list of bodies that were asked; add it to the list, then load the list again."
UNCLEAR_NAME = (
    "The list of bodies that were asked has its name and no number, and several bodies here have that name; give the official"
    " number on the list, then load the list again."
)
_SEVERAL = "“{}” is the name of several bodies, so it was left out; give its official number on the list."
_TWICE = "“{}” is on the list twice; it was counted once."


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


def _with_uuid(connection: sqlite3.Connection, uuid: str) -> int | None:
    """The body whose number Camcensus made is this, by itself: a list's names make no two such numbers one."""
    for _ in range(2):
        row = connection.execute(
            "SELECT body.id, body.code FROM export JOIN body ON body.id = export.body WHERE body_uuid = ? LIMIT 1", [uuid]
        ).fetchone()
        if row is None or not row[1].startswith("name:"):
            break
        connection.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", [row[0]])
        _part(connection, row[0])
    return None if row is None else int(row[0])


def _gives_way(connection: sqlite3.Connection, own: int, other: int, ids: Mapping[str, str]) -> bool:
    """Whether a body without a number is the other one, whose number its own file gives now."""
    numberless = connection.execute("SELECT 1 FROM body WHERE id = ? AND code LIKE 'id:%'", [own]).fetchone() is not None
    return own != other and numberless and _fits(connection, other, ids)


def _by_name(connection: sqlite3.Connection) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Bodies that were not asked by their number, by each name that a file of theirs gives: with a number, and without one."""
    numbered: dict[str, set[int]] = {}
    unnumbered: dict[str, set[int]] = {}
    for body, code, name in connection.execute(
        "SELECT body.id, body.code, export.body_name FROM body JOIN export ON export.body = body.id WHERE asked = 0"
        " UNION SELECT body.id, body.code, file.body_name FROM body JOIN export ON export.body = body.id"
        " JOIN file ON file.inventory_id = export.inventory WHERE asked = 0 AND why IN ('', 'superseded', 'body-unknown')"
    ):
        found = unnumbered if code.startswith("id:") else numbered
        found.setdefault(plain_name(name), set()).add(body)
    return numbered, unnumbered


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
