"""Rounds in a roll-up file: each body's figures as they were, and which cameras were listed then."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

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
