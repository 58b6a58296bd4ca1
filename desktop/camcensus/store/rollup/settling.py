"""After files were taken in or out: which devices two inventories or two bodies have, and the counts of each body."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.store.rollup.bodies import find_bodies

MOST_ALIKE = 1000
"""A number that more rows than this share is no device's own; it is left out."""


def is_settled(connection: sqlite3.Connection) -> bool:
    """Whether every count is of what is in the file."""
    return connection.execute("SELECT 1 FROM unsettled LIMIT 1").fetchone() is None


def settle(connection: sqlite3.Connection, selects: Mapping[str, str]) -> list[str]:
    """Bring doubles and counts up to date, within the caller's transaction. `selects` are those of `tables.SETTLED`, by name.

    Gives a sentence for each row of the list of those asked that cannot be found; none where nothing was left to do.

    Of rows that share a strong number those of one record count in each body, and those of one body in the nation: of the one
    that tells most devices apart, else of the newest, whatever the order of files. Two rows of one record are two devices.
    """
    if is_settled(connection):
        return []
    problems = find_bodies(connection)
    connection.execute(
        "UPDATE body SET name ="
        " (SELECT body_name FROM export WHERE body = body.id ORDER BY as_at DESC, made_at DESC, uuid DESC LIMIT 1)"
        " WHERE asked = 0 AND id IN (SELECT body FROM unsettled) AND id IN (SELECT body FROM export)"
    )
    _as_files_say(connection)
    _mark_doubles(connection)
    changed = connection.execute("SELECT count(*) FROM unsettled").fetchone()[0]
    most = changed * 4 > 3 * connection.execute("SELECT count(*) FROM body").fetchone()[0]
    for table, select in selects.items():
        if most:
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} {select}")
        else:
            connection.execute(f"DELETE FROM {table} WHERE body IN (SELECT body FROM unsettled)")
            # One body at a time, so that SQLite looks only at the rows of its exports.
            one = f"INSERT INTO {table} SELECT * FROM ({select}) WHERE body = ?"
            connection.executemany(one, connection.execute("SELECT body FROM unsettled").fetchall())
    connection.execute("DELETE FROM unsettled")
    return problems


def _as_files_say(connection: sqlite3.Connection) -> None:
    """Kind and expected cameras of a body by its newest file that tells them, unless the list of those asked does.

    A file that says that there is no camera stands against the list too: such a body is counted.
    """
    newest = "ORDER BY as_at DESC, made_at DESC, uuid DESC LIMIT 1"
    connection.execute(
        f"UPDATE body SET type = (SELECT body_type FROM export WHERE body = body.id {newest})"
        " WHERE asked = 0 AND id IN (SELECT body FROM unsettled) AND id IN (SELECT body FROM export)"
    )
    expected = f"FROM export WHERE body = body.id AND expected_cameras IS NOT NULL {newest}"
    connection.execute(
        f"UPDATE body SET expected_cameras = (SELECT expected_cameras {expected}),"
        f" expected_basis = (SELECT expected_basis {expected}) WHERE id IN (SELECT body FROM unsettled)"
    )
    for question in USE_QUESTIONS:
        answered = f"FROM export WHERE body = body.id AND {question.name} IS NOT NULL {newest}"
        connection.execute(
            f"UPDATE body SET {question.name} = (SELECT {question.name} {answered}) WHERE id IN (SELECT body FROM unsettled)"
        )
    connection.execute(
        "UPDATE body SET expected_cameras = listed_cameras, expected_basis = 'list' WHERE id IN (SELECT body FROM unsettled)"
        " AND listed_cameras IS NOT NULL AND expected_cameras IS NOT 0"
    )


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
    # A body's own count comes from its own records: what another body's file says can take no row out of it.
    for alike in _joined(_of_one_body(groups, facts), facts):
        kept = _most(alike, {item: facts[item][1][2] for item, _ in alike})
        found |= {item: (kept[0], 1, *number) for item, number in alike if item not in kept}
    out_of_body = set(found)
    for alike in _joined(groups, facts):
        counted = [(item, number) for item, number in alike if item not in out_of_body]
        kept = _most(counted, {item: facts[item][0] for item, _ in counted})
        found |= {item: (kept[0], 0, *number) for item, number in counted if item not in kept}
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


def _of_one_body(
    groups: Iterable[tuple[str, str, list[int]]], facts: dict[int, tuple[int, tuple[str, ...]]]
) -> Iterator[tuple[str, str, list[int]]]:
    """The same groups, each parted by body."""
    for kind, value, group in groups:
        parts: dict[int, list[int]] = defaultdict(list)
        for item in group:
            if item in facts:
                parts[facts[item][0]].append(item)
        for part in parts.values():
            yield kind, value, part


def _joined(
    groups: Iterable[tuple[str, str, list[int]]], facts: dict[int, tuple[int, tuple[str, ...]]]
) -> Iterator[list[tuple[int, tuple[str, str]]]]:
    """Groups that share an item are joined: items and a number that each is known by, that of the newest record first."""
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
        for item in counted if len(counted) > 1 else ():
            known_by[item] = min(known_by.get(item, (kind, value)), (kind, value))
    together: dict[int, list[int]] = defaultdict(list)
    for item in known_by:
        together[top(item)].append(item)
    for alike in together.values():
        alike.sort(key=lambda item: facts[item][1], reverse=True)
        yield [(item, known_by[item]) for item in alike]


def _most(alike: Sequence[tuple[int, object]], owner: Mapping[int, object]) -> list[int]:
    """Those of the owner who has most of them; of several such, of the one whose item comes first."""
    (best, _), *_ = Counter(owner[item] for item, _ in alike).most_common(1)
    return [item for item, _ in alike if owner[item] == best]


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
