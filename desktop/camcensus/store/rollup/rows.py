"""Copies what is counted of a checked export into the roll-up: SQL over the attached copy, in the transaction of that file."""

from __future__ import annotations

import contextlib
import functools
import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from camcensus.model.words import clean, upper_first
from camcensus.planning.years import first_year
from camcensus.store.named_rows import insert_columns
from camcensus.store.rollup.answers import CLOUD_LINK, Answers, SharedAnswer
from camcensus.store.rollup.check import TEXT_LIMIT_BYTES, TIME_S, TIME_S_PER_MB

THEIRS = "theirs"
"""The name under which the copy of the export is attached."""
_FINDINGS_LIMIT_BYTES = 16 * TEXT_LIMIT_BYTES
"""All that is on record about one device."""
_ANSWERS_LIMIT = 50_000
_TICKS = 100_000
"""Steps of SQLite after which the time is looked at."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Unsound(Exception):
    """The export holds together by SQLite's rules and not by ours."""


UNJUDGED = SharedAnswer("unknown", None, "unknown", None, (), ())

_OF_ASSET = ("status", "in_sensitive", "building_kind", "inside_outside", "unconfirmed", "installed_year")
_FACTS = (
    "camera_type", "purpose", "retention_days", "has_dpia", "firmware_years", "decision", "decision_year", "seller",
    "cost_pence",
)  # fmt: skip
_IN_ITEM = (*_OF_ASSET, *_FACTS)
_OF_DEVICE = ("network", "mac")
_IN_DETAIL = ("asset", "device", "ref", "place", *_OF_DEVICE, "addresses", "own_version")
_TAKEN = tuple(dict.fromkeys(("asset", "device", "said", "said_kind", *_IN_ITEM, *_IN_DETAIL)))
"""Columns of the table of this connection that holds, in order, what becomes an item; `said` is its answer in the words of the
export, and `said_answer` holds which answer of the roll-up that is."""
_TABLES = (
    f"CREATE TEMP TABLE IF NOT EXISTS taken (number INTEGER PRIMARY KEY, {', '.join(_TAKEN)}, UNIQUE (device))",
    "CREATE TEMP TABLE IF NOT EXISTS said_answer (said TEXT PRIMARY KEY, answer INTEGER NOT NULL) WITHOUT ROWID",
)


def copy_rows(
    connection: sqlite3.Connection, size_bytes: int, export: int, answers: Answers, judged_by: str
) -> tuple[int, int]:
    """Copy what is counted, and what it can be re-checked from, of the export of so many bytes that is attached as THEIRS.

    Gives how many items, and channels of recorders without a row. `judged_by` is the knowledge version that the roll-up goes
    by: an answer of another one is stale. Raises Unsound, for the caller to take the transaction back, and sqlite3.Error where
    the roll-up itself cannot be written.
    """
    try:
        with _bounded(connection, size_bytes), with_facts(connection, export):
            _gather(connection)
            _refuse_no_figures(connection)
            _find_answers(connection, answers)
            (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM item").fetchone()
            items = _items(connection, last, export, judged_by)
            _replies(connection, last)
            copy_facts(connection, export)
            channels = "SELECT count(*) FROM theirs.channel WHERE asset IS NULL AND reported = 1"
            number = int(connection.execute(channels).fetchone()[0])
            if number > MOST_COUNTED:
                raise ValueError("It has more channels than anybody has.")
            return items, number
    except (
        sqlite3.IntegrityError, sqlite3.DataError, ValueError, TypeError, RecursionError, MemoryError, OverflowError,
    ) as error:  # fmt: skip
        raise Unsound(str(error)) from error
    except sqlite3.DatabaseError as error:
        if _is_theirs(connection, error):
            raise Unsound(str(error)) from error
        raise


@contextlib.contextmanager
def _bounded(connection: sqlite3.Connection, size_bytes: int) -> Iterator[None]:
    """What a crafted export may take of our time and memory, whatever its rows refer to."""
    end = time.process_time() + 3 * TIME_S + 5 * TIME_S_PER_MB * size_bytes / 1e6
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _FINDINGS_LIMIT_BYTES)
    connection.set_progress_handler(lambda: time.process_time() > end, _TICKS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)


def _is_theirs(connection: sqlite3.Connection, error: sqlite3.DatabaseError) -> bool:
    """Whether what went wrong is the export's fault: it took too long, or what was found sound is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGE:
        return bool(connection.execute(f"PRAGMA {THEIRS}.integrity_check(1)").fetchall() != [("ok",)])
    return code == sqlite3.SQLITE_INTERRUPT


def _gather(connection: sqlite3.Connection) -> None:
    """Fill `taken`: the rows of the register, then the devices without one in which another knowledge may see a camera."""
    for table in _TABLES:
        connection.execute(table)
    connection.execute("DELETE FROM temp.taken")
    made = {
        "asset": "asset.id", "device": "asset.device", "said": _SAID.format(kind="asset.kind"),
        "said_kind": "CASE WHEN kind_said_by = 'person' OR asset.device IS NULL THEN asset.kind END", "ref": "ref",
        **{name: f"asset.{name}" for name in (*_OF_ASSET, "camera_type", "retention_days", "cost_pence")},
        "purpose": _if_any("typed", "asset.purpose"), "has_dpia": "coalesce(dpia_ref, '') <> ''",
        "firmware_years": _if_any("whole_years", "firmware_date"), "decision": "decision.what",
        "decision_year": _if_any("first_year", "decision.year"), "seller": _if_any("typed", "contact_role.name"),
        "place": "place.path",
        **{name: f"device.{name}" for name in _OF_DEVICE}, "addresses": "coalesce(device.addresses, '[]')",
        "own_version": "knowledge_version",
    }  # fmt: skip
    connection.execute(
        f"INSERT INTO temp.taken ({', '.join(made)}) SELECT {', '.join(made.values())} FROM theirs.asset"
        " LEFT JOIN theirs.place ON place.id = asset.place"
        " LEFT JOIN theirs.decision ON decision.asset = asset.id"
        " LEFT JOIN theirs.contact_role ON contact_role.id = asset.seller"
        " LEFT JOIN theirs.device ON device.id = asset.device LEFT JOIN theirs.attribution ON attribution.device = asset.device"
        " ORDER BY asset.id"
    )
    alone = {
        "device": "device.id", "said": _SAID.format(kind="device.kind"), "status": "'present'",
        "in_sensitive": "0", "unconfirmed": "0", "has_dpia": "0",
        **{name: made[name] for name in (*_OF_DEVICE, "addresses", "own_version")},
    }  # fmt: skip
    connection.execute(
        f"INSERT INTO temp.taken ({', '.join(alone)}) SELECT {', '.join(alone.values())} FROM theirs.device"
        " LEFT JOIN theirs.attribution ON attribution.device = device.id WHERE device.kind IN ('other', 'unknown')"
        " AND NOT EXISTS (SELECT 1 FROM temp.taken AS registered WHERE registered.device = device.id) ORDER BY device.id"
    )


def _if_any(function: str, column: str) -> str:
    """A function of ours of a column: SQLite calls it for a value only, which most rows do not have."""
    return f"CASE WHEN {column} IS NOT NULL THEN {function}({column}) END"


def _refuse_no_figures(connection: sqlite3.Connection) -> None:
    """A roll-up with such a figure could not be joined any more. Raises ValueError."""
    if connection.execute(f"SELECT 1 FROM temp.taken WHERE retention_days > {MOST_COUNTED} LIMIT 1").fetchone() is not None:
        raise ValueError("It saves footage for longer than anybody does.")


_SAID = (
    "CASE WHEN grade IS NULL THEN {kind} ELSE json_array({kind}, manufacturer, grade, brand, candidates, cloud_state, (SELECT"
    " group_concat(json_array(finding.kind, subject, state, known_exploited)) FROM theirs.finding"
    " WHERE finding.device = device.id AND finding.kind IN ('capability', 'advisory'))) END"
)


def _find_answers(connection: sqlite3.Connection, answers: Answers) -> None:
    """Fill `said_answer` with what the export says and no export before it said in these words."""
    if connection.execute("SELECT count(*) FROM temp.said_answer").fetchone()[0] > _ANSWERS_LIMIT:
        connection.execute("DELETE FROM temp.said_answer")
    new = connection.execute("SELECT said FROM temp.taken EXCEPT SELECT said FROM temp.said_answer").fetchall()
    for (said,) in new:
        connection.execute("INSERT INTO temp.said_answer VALUES (?, ?)", [said, answers.id_of(_answer(said))])


def _answer(said: str) -> SharedAnswer:
    if not said.startswith("["):
        return UNJUDGED._replace(kind=said)
    kind, maker, grade, brand, candidates, cloud_state, findings = json.loads(said)
    able: dict[str, str] = {}
    flaws: dict[str, tuple[str, str, int]] = {}
    for what, subject, state, exploited in json.loads(f"[{findings or ''}]"):
        if what == "capability":
            able[subject] = state
        else:
            flaws[subject] = (subject, state, exploited)
    if cloud_state != "unknown":
        able[CLOUD_LINK] = cloud_state
    known = tuple(sorted(flaws.values()))
    return SharedAnswer(kind, maker, grade, brand, tuple(json.loads(candidates)), tuple(sorted(able.items())), known)


def _items(connection: sqlite3.Connection, last: int, export: int, judged_by: str) -> int:
    """The items of the export, numbered after the last one, with their details; gives how many."""
    values = {"last": last, "export": export, "judged_by": judged_by}
    taken = "FROM temp.taken CROSS JOIN temp.said_answer ON said_answer.said = taken.said ORDER BY number"
    same = ", ".join(_IN_ITEM)
    made = connection.execute(
        f"INSERT INTO item (id, export, has_row, has_device, said_kind, answer, stale, in_body, in_nation, {same})"
        " SELECT :last + number, :export, asset IS NOT NULL, device IS NOT NULL, said_kind, answer,"
        f" device IS NOT NULL AND own_version IS NOT :judged_by, 1, 1, {same} {taken}",
        values,
    )
    same = ", ".join(_IN_DETAIL)
    connection.execute(
        f"INSERT INTO detail (item, own_answer, {same}) SELECT :last + number, answer, {same} {taken}", {"last": last}
    )
    return made.rowcount


def _replies(connection: sqlite3.Connection, last: int) -> None:
    """What the devices of the items are known by, and what they said."""
    connection.execute(
        "INSERT INTO item_key (item, kind, value, rank, strong) SELECT ? + number, kind, value, rank, trust = 'strong'"
        " FROM temp.taken CROSS JOIN theirs.device_key ON device_key.device = taken.device",
        [last],
    )
    same = ("probe", "ask", "network", "address", "port", "mac", "at", "cut", "state", "fields", "codec")
    connection.execute(
        f"INSERT INTO observation (item, uuid, {', '.join(same)})"
        f" SELECT ? + number, observation.id, {', '.join(f'observation.{name}' for name in same)}"
        " FROM theirs.observation CROSS JOIN temp.taken ON taken.device = observation.device ORDER BY observation.id",
        [last],
    )


def remove_rows(connection: sqlite3.Connection, export: int) -> None:
    """Take an export and all that came with it out again; its body is settled anew."""
    connection.execute("INSERT OR IGNORE INTO unsettled SELECT body FROM export WHERE id = ?", [export])
    # A device that another body has too counts there now.
    connection.execute(
        "INSERT OR IGNORE INTO unsettled SELECT other.body FROM double JOIN item ON item.id IN (double.item, double.first)"
        " JOIN export AS other ON other.id = item.export WHERE double.item IN (SELECT id FROM item WHERE export = ?1)"
        " OR double.first IN (SELECT id FROM item WHERE export = ?1)",
        [export],
    )
    mine = "SELECT id FROM item WHERE export = ?1"
    connection.execute(
        f"UPDATE item SET in_body = 1, in_nation = 1 WHERE id IN (SELECT item FROM double WHERE first IN ({mine}))", [export]
    )
    for table, key in (
        ("double", "item"),
        ("double", "first"),
        ("item_key", "item"),
        ("observation", "item"),
        ("detail", "item"),
    ):
        connection.execute(f"DELETE FROM {table} WHERE {key} IN ({mine})", [export])
    for table in ("item", "plan_year", "site"):
        connection.execute(f"DELETE FROM {table} WHERE export = ?", [export])
    connection.execute("DELETE FROM export WHERE id = ?", [export])


MOST = 10**12
"""Pence, or devices, beyond which a figure is no figure: sums stay far below what SQLite can hold."""
MOST_COUNTED = 1_000_000
"""Days, channels or expected cameras beyond which a figure is no figure."""
NOT_DATED = 0
"""The year of what an organisation has given no year."""
TYPED_LIMIT_CHARACTERS = 80
"""Of what somebody typed: a purpose, the name of a supplier."""


@contextlib.contextmanager
def with_facts(connection: sqlite3.Connection, export: int) -> Iterator[None]:
    """Within it, SQL may ask for `typed(text)`, `first_year(label)` and `whole_years(day)`: those up to when it was."""
    (as_at,) = connection.execute("SELECT as_at FROM export WHERE id = ?", [export]).fetchone()
    functions: dict[str, Callable[[str | None], str | int | None]] = {
        "typed": typed, "first_year": first_year, "whole_years": lambda day: whole_years(day, as_at)
    }  # fmt: skip
    for name, function in functions.items():
        connection.create_function(name, 1, function, deterministic=True)
    try:
        yield
    finally:
        for name in functions:
            connection.create_function(name, 1, None)


def copy_facts(connection: sqlite3.Connection, export: int) -> None:
    """Copy the plan years and the sites of the export. Raises ValueError for a figure that is none."""
    _plan_years(connection, export)
    _sites(connection, export)


@functools.lru_cache(maxsize=4096)
def typed(text: str | None) -> str | None:
    """What somebody typed, without regard to blanks and the first letter; None for nothing."""
    plain = clean(" ".join((text or "").split()), TYPED_LIMIT_CHARACTERS)
    return upper_first(plain) if plain else None


@functools.lru_cache(maxsize=4096)
def whole_years(day: str | None, moment: str) -> int | None:
    """The whole years from a day (ISO 8601) to a moment, none for a day after it; None where the day is not known."""
    try:
        built, seen = date.fromisoformat((day or "")[:10]), date.fromisoformat(moment[:10])
    except ValueError:
        return None
    return max(0, seen.year - built.year - ((seen.month, seen.day) < (built.month, built.day)))


def _plan_years(connection: sqlite3.Connection, export: int) -> None:
    years: dict[int, Iterable[int]] = {}
    plan = connection.execute("SELECT year, items, unpriced, total_ex_vat_pence FROM theirs.plan_total").fetchall()
    for label, *figures in plan:
        if max(figures) > MOST:
            raise ValueError("It plans for more than anybody has.")
        year = first_year(label) or NOT_DATED
        years[year] = [held + more for held, more in zip(years.get(year, (0, 0, 0)), figures, strict=True)]
    made = [(export, year, *figures) for year, figures in years.items()]
    insert_columns(connection, "plan_year", ("export", "year", "items", "unpriced", "total_pence"), made)


def _sites(connection: sqlite3.Connection, export: int) -> None:
    connection.execute(
        "INSERT INTO site (export, number, is_sensitive, progress, listed_now)"
        " SELECT ?, row_number() OVER (ORDER BY place.id) - 1, in_sensitive, progress, listed_now"
        " FROM theirs.place LEFT JOIN theirs.place_progress ON place_progress.place = place.id"
        " WHERE place.kind = 'site' OR place.sensitive = 1",
        [export],
    )
