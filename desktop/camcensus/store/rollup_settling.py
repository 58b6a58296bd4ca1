"""After files were taken in or out: which devices two inventories or two bodies have, and the counts of each body."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

MOST_ALIKE = 1000
"""A number that more rows than this share is no device's own; it is left out and named as a problem."""


def is_settled(connection: sqlite3.Connection) -> bool:
    """Whether every count is of what is in the file."""
    return connection.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is None


def settle(connection: sqlite3.Connection, tally: str) -> None:
    """Bring doubles and counts up to date, within the caller's transaction. `tally` is the SELECT of tally.sql.

    Of rows that share a strong number one counts in each body and one in the nation: that of the newest record, whatever the
    order in which files came.
    """
    if is_settled(connection):
        return
    _mark_doubles(connection)
    changed = connection.execute("SELECT count(*) FROM unsettled").fetchone()[0]
    if changed * 4 > connection.execute("SELECT count(*) FROM body").fetchone()[0]:
        connection.execute("DELETE FROM tally")
        connection.execute(f"INSERT INTO tally {tally}")
    else:
        connection.execute("DELETE FROM tally WHERE body IN (SELECT body FROM unsettled)")
        # One body at a time, so that SQLite looks only at the rows of its exports.
        one = f"INSERT INTO tally SELECT * FROM ({tally}) WHERE body = ?"
        connection.executemany(one, connection.execute("SELECT body FROM unsettled").fetchall())
    connection.execute("DELETE FROM unsettled")


def _mark_doubles(connection: sqlite3.Connection) -> None:
    shared = connection.execute(
        "SELECT kind, value, group_concat(item) FROM item_key WHERE strong = 1 AND kind <> 'addr'"
        " GROUP BY value, kind HAVING count(*) > 1"
    )
    groups: list[tuple[str, str, list[int]]] = []
    members: set[int] = set()
    for kind, value, items in shared:
        group = [int(number) for number in items.split(",")]
        if len(group) <= MOST_ALIKE:
            groups.append((kind, value, group))
            members.update(group)
    facts = _facts(connection, members)
    found: dict[int, tuple[int, int, str, str]] = {}
    out_of_body: set[int] = set()
    for kind, value, first, alike in _joined(groups, facts):
        firsts: dict[int, int] = {}
        for item in alike:  # newest record first
            body = facts[item][0]
            if body in firsts:
                out_of_body.add(item)
                found[item] = (firsts[body], 1, kind, value)
            else:
                firsts[body] = item
                if item != first:
                    found[item] = (first, 0, kind, value)
    _write(connection, found, out_of_body)


def _facts(connection: sqlite3.Connection, items: set[int]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Item -> its body and how new its record is, of what is counted."""
    facts = {}
    wanted = sorted(items)
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        for item, body, *order in connection.execute(
            "SELECT item.id, export.body, export.as_at, export.made_at, export.uuid, coalesce(detail.asset, detail.device)"
            " FROM item JOIN export ON export.id = item.export JOIN detail ON detail.item = item.id"
            f" WHERE export.state = 'accepted' AND item.status <> 'removed' AND item.has_row = 1 AND item.id IN"
            f" ({','.join('?' * len(some))})",
            some,
        ):  # fmt: skip
            facts[item] = (body, tuple(order))
    return facts


def _joined(
    groups: Iterable[tuple[str, str, list[int]]], facts: dict[int, tuple[int, tuple[str, ...]]]
) -> Iterable[tuple[str, str, int, list[int]]]:
    """Groups that share an item are one device: a number that it is known by, its newest item, and all, newest first."""
    parent: dict[int, int] = {}

    def top(item: int) -> int:
        while parent.setdefault(item, item) != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    known_by: dict[int, tuple[str, str]] = {}
    for kind, value, group in groups:
        counted = [item for item in group if item in facts]
        for item in counted[1:]:
            parent[top(item)] = top(counted[0])
        for item in counted:
            known_by[item] = min(known_by.get(item, (kind, value)), (kind, value))
    together: dict[int, list[int]] = defaultdict(list)
    for item in known_by:
        together[top(item)].append(item)
    for alike in together.values():
        if len(alike) > 1:
            alike.sort(key=lambda item: facts[item][1], reverse=True)
            yield (*min(known_by[item] for item in alike), alike[0], alike)


def _write(connection: sqlite3.Connection, found: dict[int, tuple[int, int, str, str]], out_of_body: set[int]) -> None:
    held = {row[0]: row[1:] for row in connection.execute("SELECT item, first, same_body, kind, value FROM double").fetchall()}
    changed = [item for item in held.keys() | found.keys() if held.get(item) != found.get(item)]
    for item in changed:
        connection.execute("DELETE FROM double WHERE item = ?", [item])
        if item in found:
            connection.execute("INSERT INTO double VALUES (?, ?, ?, ?, ?)", [item, *found[item]])
        connection.execute(
            "UPDATE item SET in_body = ?, in_nation = ? WHERE id = ?",
            [int(item not in out_of_body), int(item not in found), item],
        )
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled SELECT export.body FROM item JOIN export ON export.id = item.export WHERE item.id = ?",
        [(item,) for item in changed],
    )


def read_tally(resources: Path) -> str:
    """The SELECT that counts, from `resources/rollup`."""
    return (resources / "rollup" / "tally.sql").read_text(encoding="utf-8")
