"""Whose the cameras of each row of a published table are, after `tables.prepare`: what suppression goes by, never published."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

type Holdings = Mapping[str, Mapping[str, dict[str, dict[str, int]]]]
"""Table -> row id -> count -> code of the organisation -> how many it has."""

_COUNTS = """
sum(camera.found_once) AS cameras_once,
sum(camera.listed * camera.found_once) AS listed,
sum(CASE WHEN camera.listed = 1 AND camera.band = 'certain' THEN camera.found_once ELSE 0 END) AS listed_proven,
sum((camera.listed + camera.may_be_listed) * camera.found_once) AS listed_most,
sum(CASE WHEN camera.band = 'not known' THEN camera.found_once ELSE 0 END) AS not_known,
sum(camera.based * camera.found_once) AS based_in_china,
sum(CASE WHEN camera.based = 1 AND camera.band = 'certain' THEN camera.found_once ELSE 0 END) AS based_in_china_proven
"""
_OF_BODY = (
    "code, cameras_once, listed_once AS listed, listed_proven_once AS listed_proven, listed_most_once AS listed_most,"
    " not_known_once AS not_known, based_in_china_once AS based_in_china, based_in_china_proven_once AS based_in_china_proven"
    " FROM body_count"
)
_OF_CAMERA = "FROM camera JOIN body ON body.id = camera.body GROUP BY"
KEYS: dict[str, tuple[str, ...]] = {
    "by_body_type": ("body_type",),
    "by_year": ("year",),
    "by_year_installed": ("installed_year",),
    "by_place_type": ("place_type", "place"),
    "by_maker": ("maker",),
    "by_capability": ("capability",),
    "by_kind": ("counts_as",),
}
"""Each table that counts cameras, and the columns that its rows are known by."""
_SELECTS: tuple[tuple[str, str], ...] = (
    ("by_body_type", f"SELECT type, {_OF_BODY}"),
    ("by_year", f"SELECT CAST(substr(as_at, 1, 4) AS INTEGER), {_OF_BODY} WHERE answered = 1"),
    (
        "by_year_installed",
        f"SELECT coalesce(camera.installed_year, 0), body.code AS code, {_COUNTS} {_OF_CAMERA} 1, camera.body",
    ),
    *(
        ("by_place_type", f"SELECT {place_type}, {place}, body.code AS code, {_COUNTS} {_OF_CAMERA} 1, 2, camera.body")
        for place_type, place in (
            ("'building'", "camera.building_kind"),
            ("'inside or outside'", "camera.inside_outside"),
            ("'sensitive'", "CASE WHEN camera.in_sensitive = 1 THEN 'in a sensitive place' ELSE 'not marked as sensitive' END"),
        )
    ),
    (
        "by_maker",
        "SELECT coalesce(camera.maker, 'not known'), body.code AS code, sum(camera.found_once) AS cameras,"
        " sum(CASE WHEN camera.band <> 'likely' THEN camera.found_once ELSE 0 END) AS cameras_proven"
        f" {_OF_CAMERA} 1, camera.body",
    ),
    (
        "by_capability",
        "SELECT said.capability, body_count.code AS code,"
        " coalesce(sum(CASE WHEN mine.state IN ('able', 'on', 'off') THEN camera.found_once END), 0) AS cameras_able,"
        " coalesce(sum(CASE WHEN mine.state = 'on' THEN camera.found_once END), 0) AS cameras_on,"
        " body_count.cameras_once - coalesce(sum(CASE WHEN mine.state IN ('able', 'on', 'off') THEN camera.found_once END), 0)"
        " AS not_known FROM (SELECT DISTINCT capability FROM answer_capability WHERE capability <> 'cloud-link') AS said"
        " CROSS JOIN body_count LEFT JOIN camera ON camera.body = body_count.body"
        " LEFT JOIN answer_capability AS mine ON mine.answer = camera.answer AND mine.capability = said.capability"
        " GROUP BY 1, 2",
    ),
    (
        "by_kind",
        "SELECT tally.counts_as, body.code AS code, sum(tally.found - tally.found_elsewhere) AS found_once"
        " FROM tally JOIN body ON body.id = tally.body GROUP BY 1, tally.body",
    ),
)


def row_id(*key: object) -> str:
    """What a row is known by in all packs: the cells of its `KEYS`, as the roll-up has them."""
    return json.dumps(key, ensure_ascii=False)


def read_holdings(connection: sqlite3.Connection) -> Holdings:
    """Whose the cameras of each row are."""
    found: dict[str, dict[str, dict[str, dict[str, int]]]] = {table: {} for table in KEYS}
    for table, select in _SELECTS:
        cursor = connection.execute(select)
        at = len(KEYS[table])
        names = [column[0] for column in cursor.description][at + 1 :]
        for row in cursor:
            held = found[table].setdefault(row_id(*row[:at]), {name: {} for name in names})
            for name, number in zip(names, row[at + 1 :], strict=True):
                if number:
                    held[name][row[at]] = number
    return found
