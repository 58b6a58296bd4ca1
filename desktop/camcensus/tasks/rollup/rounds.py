"""Rounds: the figures of every body as they are now, kept to compare the next round with."""

from __future__ import annotations

import json
from datetime import datetime

from camcensus.model.errors import IntakeError
from camcensus.model.words import clean, count, utc_second
from camcensus.store.rollup.tables import prepare
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.rollup.taking import RollUp


def save_round(rollup: RollUp, name: str, lists: tuple[str, ...], now: datetime) -> str:
    """Keep the figures of all bodies under a name; gives a sentence. Raises IntakeError for a name that is taken or empty."""
    name = clean(name.strip(), 80)
    if not name:
        raise IntakeError("Give the round a name, like “Autumn 2026”.")
    connection = rollup.file.connection
    prepare(connection, rollup.resources, lists)
    if is_round(rollup, name):
        raise IntakeError(f"There is a round “{name}” already; give another name.")
    with rollup.file.writing():
        made = connection.execute(
            "INSERT INTO round (name, kept_at, knowledge_version, lists) VALUES (?, ?, ?, ?)",
            [name, utc_second(now), rollup.file.setting(JUDGED_BY) or "", json.dumps(lists)],
        )
        connection.execute(
            "INSERT INTO round_body (round, code, name, type, asked, answered, counted, found, listed_min, listed_max,"
            " not_known, based_in_china_min, based_in_china_max) SELECT ?, code, name, type, asked, answered, counted,"
            " cameras, listed_min, listed_max, not_known, based_in_china_min, based_in_china_max FROM body_count",
            [made.lastrowid],
        )
        connection.execute(
            "INSERT OR IGNORE INTO round_listed SELECT ?, detail.asset, body.code FROM item JOIN detail ON"
            " detail.item = item.id"
            " JOIN export ON export.id = item.export JOIN body ON body.id = export.body JOIN answer ON answer.id = item.answer"
            " WHERE export.state = 'accepted' AND item.in_body = 1 AND item.status <> 'removed' AND detail.asset IS NOT NULL"
            " AND coalesce(item.said_kind, answer.kind) = 'camera' AND answer.grade IN ('confirmed',"
            " 'almost-certain', 'likely')"
            " AND answer.id IN (SELECT answer FROM answer_list JOIN chosen_list ON chosen_list.list ="
            " answer_list.list WHERE may = 0)",
            [made.lastrowid],
        )
        bodies = connection.execute(
            "SELECT count(*) FROM round_body WHERE round = ? AND answered = 1", [made.lastrowid]
        ).fetchone()[0]
    return f"The round “{name}” was kept, with {count(bodies, 'body', 'bodies')} that answered."


def is_round(rollup: RollUp, name: str) -> bool:
    """Whether a round was kept under this name."""
    name = clean(name.strip(), 80)
    return rollup.file.connection.execute("SELECT 1 FROM round WHERE name = ?", [name]).fetchone() is not None


def replaced_since_last(rollup: RollUp) -> dict[str, int]:
    """Body code -> how many cameras of listed makers, counted in the last round, are gone from its register since."""
    rows = rollup.file.connection.execute(
        "WITH last AS (SELECT max(id) AS id FROM round), here AS (SELECT detail.asset AS asset FROM item"
        " JOIN detail ON detail.item = item.id JOIN export ON export.id = item.export"
        " WHERE export.state = 'accepted' AND item.status <> 'removed' AND detail.asset IS NOT NULL)"
        " SELECT round_listed.code, count(*) FROM round_listed JOIN last ON last.id = round_listed.round"
        " WHERE round_listed.asset NOT IN (SELECT asset FROM here) AND round_listed.code IN"
        " (SELECT body.code FROM body JOIN export ON export.body = body.id AND export.state = 'accepted')"
        " GROUP BY round_listed.code"
    )
    return {str(code): int(number) for code, number in rows}
