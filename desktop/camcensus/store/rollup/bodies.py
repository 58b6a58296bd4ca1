"""Organisations of a roll-up, as `whose.py` works them out from its exports and the list of those asked; nothing else."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from camcensus.model.body_names import name_words
from camcensus.model.official_ids import OFFICIAL_IDS, official_id
from camcensus.model.words import clean
from camcensus.store.named_rows import insert, insert_all
from camcensus.store.rollup.claims import claimants_of, write_claimants
from camcensus.store.rollup.whose import BodyExports, ClaimantKey, ExpectedBody, Sent, plain_name, whose

LIST_LOADED = "bodies_loaded"
NAME_LIMIT_CHARACTERS = 300
NO_BODY = 0
"""Stands among the unsettled bodies for a list that was loaded."""

SIZES = ("pupils", "beds", "population")
"""What the list of those asked may say of how large a body is."""
_ON_LIST = ("region", *SIZES)
_COLUMNS = ("code", "name", "type", *OFFICIAL_IDS, "asked", "listed_cameras", *_ON_LIST)


def list_loaded(connection: sqlite3.Connection) -> bool:
    """Whether a list of the organisations you asked has been loaded."""
    return connection.execute("SELECT 1 FROM setting WHERE key = ?", [LIST_LOADED]).fetchone() is not None


def ids_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The official numbers of an export's body in their one spelling. Raises ValueError for one of another form."""
    return _given(official_id(kind, row[kind]) for kind in OFFICIAL_IDS)


def body_for(connection: sqlite3.Connection, export: str, row: Mapping[str, Any]) -> int:
    """A row of `body` for a new export, until `find_bodies` says whose it is."""
    held = connection.execute("SELECT body FROM export WHERE body_uuid = ? LIMIT 1", [row["id"]]).fetchone()
    if held is not None:
        return int(held[0])
    return _insert(connection, {"code": f"new:{export}", "name": row["name"], "type": row["type"], "asked": 0})


def load_bodies(connection: sqlite3.Connection, bodies: Iterable[ExpectedBody]) -> None:
    """Take a list of the organisations you asked, in place of the one before; what it means is worked out when it is settled.

    Exports of bodies that are not on it are held from then on, and counted again when a list names them.
    """
    connection.execute("DELETE FROM listed")
    insert_all(
        connection,
        "listed",
        [
            {name: getattr(one, name) for name in ("name", "type", "expected_cameras", *_ON_LIST)}
            | {kind: one.ids.get(kind) for kind in OFFICIAL_IDS}
            for one in bodies
        ],
    )
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, '1')", [LIST_LOADED])
    _unsettle(connection, [NO_BODY])


def find_bodies(connection: sqlite3.Connection) -> list[str]:
    """Work out anew whose each export is and which count; gives a sentence for each row of the list that cannot be found.

    Bodies of which anything changed are unsettled.
    """
    listed = list_loaded(connection)
    bodies, problems = whose(_sent(connection), _listed(connection) if listed else None)
    claimants = claimants_of(connection, bodies, listed=listed)
    numbers = _write_bodies(connection, bodies)
    write_claimants(connection, claimants, numbers)
    _write_exports(connection, bodies, numbers)
    _write_files(connection, bodies)
    _write_waiting(connection, bodies, claimants, numbers)
    return problems


def _given(numbers: Iterable[str | None]) -> dict[str, str]:
    """Official numbers, in the order of `OFFICIAL_IDS`, without those that are not given."""
    return {kind: value for kind, value in zip(OFFICIAL_IDS, numbers, strict=True) if value is not None}


def _sent(connection: sqlite3.Connection) -> list[Sent]:
    return [
        Sent(
            id=uuid, body=body, ids=_given(ids), names=frozenset({plain_name(clean(name, 200))}), name=name, agreed=bool(agreed)
        )
        for uuid, body, name, agreed, *ids in connection.execute(
            "SELECT uuid, body_uuid, body_name, inventory IN (SELECT inventory FROM agreed),"
            f" {', '.join(OFFICIAL_IDS)} FROM export ORDER BY id"
        )
    ]


def _listed(connection: sqlite3.Connection) -> list[ExpectedBody]:
    return [
        ExpectedBody(
            name=name,
            type=kind,
            ids=_given(ids),
            expected_cameras=cameras,
            region=region,
            pupils=pupils,
            beds=beds,
            population=population,
        )
        for name, kind, cameras, region, pupils, beds, population, *ids in connection.execute(
            f"SELECT name, type, expected_cameras, {', '.join((*_ON_LIST, *OFFICIAL_IDS))} FROM listed ORDER BY id"
        )
    ]


def _write_bodies(connection: sqlite3.Connection, bodies: list[BodyExports]) -> dict[BodyExports, int]:
    """Body -> its row. A body keeps its row, also where it is known by another number now."""
    held = {
        number: dict(zip(_COLUMNS, row, strict=True))
        for number, *row in connection.execute(f"SELECT id, {', '.join(_COLUMNS)} FROM body")
    }
    was = dict(connection.execute("SELECT uuid, body FROM export"))
    by_code = {row["code"]: number for number, row in held.items()}
    numbers = {body: by_code[body.code] for body in bodies if body.code in by_code}
    used = set(numbers.values())
    for body in bodies:
        if body not in numbers:
            number = next((was[one.id] for one in body.exports if was[one.id] in held and was[one.id] not in used), None)
            if number is not None:
                numbers[body] = number
                used.add(number)
    wanted = {body: _row(body, held.get(numbers.get(body, -1))) for body in bodies}
    changed = [body for body in bodies if body in numbers and wanted[body] != held[numbers[body]]]
    gone = [number for number in held if number not in used]
    connection.executemany("DELETE FROM body WHERE id = ?", ((number,) for number in gone))
    # Numbers are let go by all before any of them is another's.
    connection.executemany(
        f"UPDATE body SET code = 'was:' || id, {', '.join(f'{kind} = NULL' for kind in OFFICIAL_IDS)} WHERE id = ?",
        ((numbers[body],) for body in changed),
    )
    connection.executemany(
        f"UPDATE body SET {', '.join(f'{column} = :{column}' for column in _COLUMNS)} WHERE id = :id",
        ({**wanted[body], "id": numbers[body]} for body in changed),
    )
    fresh = [body for body in bodies if body not in numbers]
    for body in fresh:
        numbers[body] = _insert(connection, wanted[body])
    _unsettle(connection, (numbers[body] for body in (*changed, *fresh)))
    return numbers


def _row(body: BodyExports, held: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the row of a body has to hold. Names and kinds of those not asked are their newest file's, when they are settled."""
    if body.listed is not None:
        name, kind = body.listed.name[:NAME_LIMIT_CHARACTERS], body.listed.type[:NAME_LIMIT_CHARACTERS]
    else:
        name, kind = ("", "") if held is None else (held["name"], held["type"])
    return {
        "code": body.code,
        "name": name,
        "type": kind,
        **{one: body.ids.get(one) for one in OFFICIAL_IDS},
        "asked": int(body.listed is not None),
        "listed_cameras": None if body.listed is None else body.listed.expected_cameras,
        **{one: None if body.listed is None else getattr(body.listed, one) for one in _ON_LIST},
    }


def _write_exports(connection: sqlite3.Connection, bodies: list[BodyExports], numbers: Mapping[BodyExports, int]) -> None:
    held = {uuid: (body, state) for uuid, body, state in connection.execute("SELECT uuid, body, state FROM export")}
    wanted = {one.id: (numbers[body], "accepted" if body.held is None else "held") for body in bodies for one in body.exports}
    changed = [uuid for uuid in wanted if wanted[uuid] != held[uuid]]
    connection.executemany("UPDATE export SET body = ?, state = ? WHERE uuid = ?", ((*wanted[uuid], uuid) for uuid in changed))
    _unsettle(connection, (body for uuid in changed for body in (held[uuid][0], wanted[uuid][0])))


def _write_files(connection: sqlite3.Connection, bodies: list[BodyExports]) -> None:
    """What became of each file that is in."""
    wanted: dict[str, tuple[str, str, str | None]] = {}
    for body in bodies:
        why = "" if body.held is None else body.why if body.is_unclear else "body-unknown"
        for one in body.exports:
            wanted[one.id] = ("accepted" if body.held is None else "held", why, body.held)
    held = connection.execute(
        "SELECT id, export_id, state, why, reason FROM file WHERE why IN ('', 'body-unknown', 'numbers-unclear', 'not-agreed')"
    ).fetchall()
    connection.executemany(
        "UPDATE file SET state = ?, why = ?, reason = ? WHERE id = ?",
        ((*wanted[export], number) for number, export, *row in held if export in wanted and wanted[export] != tuple(row)),
    )


def _write_waiting(
    connection: sqlite3.Connection,
    bodies: list[BodyExports],
    claimants: Mapping[ClaimantKey, BodyExports | str],
    numbers: Mapping[BodyExports, int],
) -> None:
    """Which organisations sent something that is held or refused, as far as a number or a name tells."""
    names: dict[tuple[str, ...], list[BodyExports]] = defaultdict(list)
    by_number: dict[tuple[str, str], BodyExports] = {}
    for body in bodies:
        if not body.is_unclear and (body.listed is not None or body.held is None):
            names[name_words(body.name)].append(body)
            by_number.update(dict.fromkeys(body.ids.items(), body))
    near = [one for body in bodies for one in body.near]
    for (name,) in connection.execute(
        "SELECT DISTINCT body_name FROM file WHERE state IN ('held', 'refused') AND body_name IS NOT NULL"
    ):
        near += names.get(name_words(clean(name, 200)), ())
    for key, why in claimants.items():
        if isinstance(why, str):
            near += [*names.get(name_words(key.name), ()), *(by_number[one] for one in key.ids if one in by_number)]
    connection.execute("DELETE FROM waiting")
    connection.executemany("INSERT OR IGNORE INTO waiting VALUES (?)", [(numbers[one],) for one in near if one in numbers])


def _unsettle(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    connection.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((number,) for number in set(numbers)))


def _insert(connection: sqlite3.Connection, row: Mapping[str, Any]) -> int:
    short = {name: row[name][:NAME_LIMIT_CHARACTERS] for name in ("name", "type")}
    return insert(connection, "body", {**row, **short})
