"""Reads a roll-up file for its figures, files and problems; each row by the names of its columns."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from camcensus.store.named_rows import read


def read_lists(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The lists that a roll-up knows, by id: id, title, said_by, addressed_to, date, is_on, names_makers."""
    return read(connection, "SELECT * FROM list ORDER BY id").fetchall()


def read_files(connection: sqlite3.Connection, body: int | None = None) -> list[sqlite3.Row]:
    """All files that were given, those that want looking at first; with `body` those of its records that are in."""
    wanted, values = "", list[Any]()
    if body is not None:
        wanted = " WHERE export_id IN (SELECT uuid FROM export WHERE body = ? AND state = 'accepted') AND state = 'accepted'"
        values = [body]
    return read(
        connection,
        f"SELECT path, state, why, reason, warnings, export_id, body_name, sha256 FROM file{wanted} ORDER BY CASE state"
        " WHEN 'refused' THEN 0 WHEN 'held' THEN 1 WHEN 'accepted' THEN 2 ELSE 3 END, body_name, path",
        values,
    ).fetchall()


def newest_moment(connection: sqlite3.Connection) -> datetime | None:
    """When the newest file or sheet was given; None where there is none."""
    sql = "SELECT max(at) FROM (SELECT at FROM file UNION ALL SELECT given_at FROM sheet)"
    (at,) = connection.execute(sql).fetchone()
    return None if at is None else datetime.fromisoformat(at)


def read_file(connection: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """What became of one file: state, why, reason, warnings."""
    found: sqlite3.Row | None = read(
        connection, "SELECT state, why, reason, warnings FROM file WHERE key = ?", [key]
    ).fetchone()
    return found


def read_set_aside(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Files that were held or refused: state, why, reason, body_name, export_id, and the code of the body where it is known."""
    return read(
        connection,
        "SELECT file.state, why, reason, file.body_name, export_id, body.code FROM file"
        " LEFT JOIN export ON export.uuid = export_id AND why = 'body-unknown' LEFT JOIN body ON body.id = export.body"
        " WHERE file.state IN ('held', 'refused') ORDER BY file.state, file.body_name, path",
    ).fetchall()


def count_asked(connection: sqlite3.Connection) -> int:
    """How many bodies were asked."""
    return int(connection.execute("SELECT count(*) FROM body WHERE asked = 1").fetchone()[0])


def count_stale(connection: sqlite3.Connection) -> int:
    """How many devices are counted by an answer of older or other knowledge than the roll-up goes by."""
    sql = "SELECT count(*) FROM item JOIN export ON export.id = item.export WHERE item.stale = 1 AND export.state = 'accepted'"
    return int(connection.execute(sql).fetchone()[0])


def count_shared(connection: sqlite3.Connection) -> dict[str, list[tuple[bool, int]]]:
    """Export id -> how many of its devices another record of its body (True), and another body (False), has too."""
    found: dict[str, list[tuple[bool, int]]] = {}
    for export, same, number in connection.execute(
        "SELECT export.uuid, same_body, count(*) FROM"
        " (SELECT same_body, item FROM double UNION SELECT same_body, first FROM double) AS shared"
        " JOIN item ON item.id = shared.item JOIN export ON export.id = item.export GROUP BY 1, 2 ORDER BY 1, 2"
    ):
        found.setdefault(export, []).append((bool(same), int(number)))
    return found


def read_exports(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The exports that count, oldest first: body, method, sha256, body_name."""
    return read(
        connection,
        "SELECT body, iif(method = '' AND searched_at IS NOT NULL, 'search', method) AS method, sha256, body_name FROM export"
        " WHERE state = 'accepted' ORDER BY made_at, uuid",
    ).fetchall()


def read_answered(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """The rows of `body_count` of bodies that answered, after `prepare`."""
    return read(connection, "SELECT * FROM body_count WHERE answered = 1").fetchall()


def read_missing(connection: sqlite3.Connection) -> tuple[tuple[str, str, str], ...]:
    """Code, name and type of each body that was asked and sent neither a file nor an answer, after `prepare`."""
    return tuple(
        connection.execute("SELECT code, name, type FROM body_count WHERE asked = 1 AND replied = 0 ORDER BY name, code")
    )


_DOUBLES = (
    "FROM double JOIN item AS a ON a.id = double.item JOIN export AS x ON x.id = a.export JOIN item AS b ON b.id = double.first"
    " JOIN export AS y ON y.id = b.export"
)


def read_doubled(connection: sqlite3.Connection) -> tuple[set[int], set[int]]:
    """Bodies with a device that another body has too, and bodies with one in two of their records."""
    elsewhere: set[int] = set()
    twice: set[int] = set()
    for one, other, same in connection.execute(f"SELECT x.body, y.body, double.same_body {_DOUBLES}"):
        (twice if same else elsewhere).update((one, other))
    return elsewhere, twice


def read_doubles(connection: sqlite3.Connection) -> sqlite3.Cursor:
    """Devices that are in two records: kind and value of the number; ref, name, code of one, name and code of the other."""
    return read(
        connection,
        "SELECT double.kind, double.value, detail.ref, mine.name, mine.code, theirs.name AS other_name,"
        f" theirs.code AS other_code {_DOUBLES} JOIN detail ON detail.item = a.id"
        " JOIN body AS mine ON mine.id = x.body JOIN body AS theirs ON theirs.id = y.body ORDER BY detail.ref, double.item",
    )


def read_bodies_set_up_twice(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Bodies that sent records of several inventories: code, name, how many."""
    return connection.execute(
        "SELECT body.code, body.name, count(DISTINCT export.body_uuid) FROM export JOIN body ON body.id = export.body"
        " WHERE export.state = 'accepted' GROUP BY body.id HAVING count(DISTINCT export.body_uuid) > 1 ORDER BY body.name"
    ).fetchall()


def read_register(connection: sqlite3.Connection, body: int) -> list[sqlite3.Row]:
    """What is counted of a body, each once: the item with its answer and its details."""
    return read(
        connection,
        "SELECT item.id AS item, detail.ref, coalesce(item.said_kind, answer.kind) AS kind, item.status,"
        " answer.id AS answer, maker.name AS maker_name, answer.grade, detail.place, detail.addresses, answer.based_in_china"
        " FROM export JOIN item ON item.export = export.id JOIN detail ON detail.item = item.id"
        " JOIN answer ON answer.id = item.answer LEFT JOIN maker ON maker.id = answer.maker"
        " WHERE export.body = ? AND export.state = 'accepted' AND item.in_body = 1",
        [body],
    ).fetchall()


def lists_of_answer(connection: sqlite3.Connection, answer: int) -> tuple[str, ...]:
    """The lists that name the maker of an answer."""
    rows = connection.execute("SELECT list FROM answer_list WHERE answer = ? AND may = 0", [answer])
    return tuple(name for (name,) in rows)


_SAVED = (
    "code, name, type, asked, answered, counted, listed, listed_proven, listed_most, not_known, based_in_china,"
    " based_in_china_proven"
)


def has_rounds(connection: sqlite3.Connection) -> bool:
    """Whether any round was saved."""
    return connection.execute("SELECT 1 FROM round LIMIT 1").fetchone() is not None


def has_round(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a round was saved under this name."""
    return connection.execute("SELECT 1 FROM round WHERE name = ?", [name]).fetchone() is not None


def save_round(connection: sqlite3.Connection, name: str, lists: Sequence[str], *, kept_at: str, knowledge_version: str) -> int:
    """Save the figures of all bodies, after `prepare`, in the open transaction; gives how many bodies answered."""
    made = connection.execute(
        "INSERT INTO round (name, kept_at, knowledge_version, lists) VALUES (?, ?, ?, ?)",
        [name, kept_at, knowledge_version, json.dumps(lists)],
    )
    connection.execute(
        f"INSERT INTO round_body (round, found, {_SAVED}) SELECT ?, cameras, {_SAVED} FROM body_count", [made.lastrowid]
    )
    connection.execute(
        "INSERT OR IGNORE INTO round_listed SELECT ?, detail.asset, body.code FROM item JOIN detail ON detail.item = item.id"
        " JOIN export ON export.id = item.export JOIN body ON body.id = export.body JOIN answer ON answer.id = item.answer"
        " WHERE export.state = 'accepted' AND item.in_body = 1 AND item.status <> 'removed' AND detail.asset IS NOT NULL"
        " AND coalesce(item.said_kind, answer.kind) = 'camera' AND answer.grade IN ('confirmed', 'almost-certain', 'likely')"
        " AND answer.id IN (SELECT answer FROM answer_list JOIN chosen_list ON chosen_list.list = answer_list.list"
        " WHERE may = 0)",
        [made.lastrowid],
    )
    answered = "SELECT count(*) FROM round_body WHERE round = ? AND answered = 1"
    return int(connection.execute(answered, [made.lastrowid]).fetchone()[0])


def replaced_since_last(connection: sqlite3.Connection) -> dict[str, int]:
    """Body code -> how many cameras of listed makers, counted in the last round, are gone from its register since."""
    rows = connection.execute(
        "WITH last AS (SELECT max(id) AS id FROM round), here AS (SELECT detail.asset AS asset FROM item"
        " JOIN detail ON detail.item = item.id JOIN export ON export.id = item.export"
        " WHERE export.state = 'accepted' AND item.status <> 'removed' AND detail.asset IS NOT NULL)"
        " SELECT round_listed.code, count(*) FROM round_listed JOIN last ON last.id = round_listed.round"
        " WHERE round_listed.asset NOT IN (SELECT asset FROM here) AND round_listed.code IN"
        " (SELECT body.code FROM body JOIN export ON export.body = body.id AND export.state = 'accepted')"
        " GROUP BY round_listed.code"
    )
    return {str(code): int(number) for code, number in rows}
