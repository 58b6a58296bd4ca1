"""Copies what belongs to a row of another roll-up into ours, table by table, as the tables refer to each other.

Which tables these are is read from the schema: whatever refers to a row that is carried is carried with it, unless `MADE_ANEW`
of `tables.py` names it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from camcensus.store.rollup.tables import MADE_ANEW

PART = "part"
"""The name under which the other roll-up is attached."""

_INSTEAD: Mapping[tuple[str, str], str] = {
    ("item", "next_answer"): "NULL",
    ("item", "in_body"): "1",
    ("item", "in_nation"): "1",
    ("claim", "body"): "NULL",
    ("claim", "why"): "''",
    ("claim", "newest"): "0",
}
"""Columns that hold what is worked out of all rows together, with what stands there until it is."""
_ANSWERS = frozenset({("detail", "own_answer")})
"""Columns that hold an answer, beside those that the schema says it of."""


class _CarriedTable(NamedTuple):
    """A table that is carried with `parent`, to which its column `link` refers; `numbered` where others refer to its rows."""

    name: str
    parent: str
    link: str
    columns: tuple[str, ...]
    answers: frozenset[str]
    numbered: bool


@dataclass(frozen=True, slots=True)
class Carrying:
    """What is carried with rows of the table `root`; `connection` has the other roll-up attached as PART."""

    connection: sqlite3.Connection
    root: str
    tables: tuple[_CarriedTable, ...]

    def carry(self, theirs: int, ours: int, instead: Mapping[tuple[str, str], str] = {}) -> None:
        """Copy all that belongs to their row, as belonging to ours, in the open transaction. Raises sqlite3.Error."""
        self._renumber(self.root, f"SELECT {theirs}, {ours}")
        for table in self.tables:
            if table.numbered:
                last = self.connection.execute(f"SELECT coalesce(max(id), 0) FROM main.{table.name}").fetchone()[0]
                self._renumber(
                    table.name,
                    f"SELECT it.id, {last} + row_number() OVER (ORDER BY it.id) FROM temp.of_{table.parent} AS up"
                    f" CROSS JOIN {PART}.{table.name} AS it ON it.{table.link} = up.theirs",
                )
            self._copy(table, {**_INSTEAD, **instead})

    def _renumber(self, table: str, sql: str) -> None:
        self.connection.execute(f"DELETE FROM temp.of_{table}")
        self.connection.execute(f"INSERT INTO temp.of_{table} {sql}")

    def _copy(self, table: _CarriedTable, instead: Mapping[tuple[str, str], str]) -> None:
        columns = [name for name in table.columns if name != "id" or table.numbered]
        values, joins = [], ""
        for name in columns:
            if (table.name, name) in instead:
                values.append(instead[table.name, name])
            elif name == table.link:
                values.append("up.ours")
            elif name == "id":
                values.append("me.ours")
                joins += f" CROSS JOIN temp.of_{table.name} AS me ON me.theirs = it.id"
            elif name in table.answers:
                values.append(f"{name}_of.ours")
                joins += f" LEFT JOIN temp.of_answer AS {name}_of ON {name}_of.theirs = it.{name}"
            else:
                values.append(f"it.{name}")
        self.connection.execute(
            f"INSERT INTO main.{table.name} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {self._rows(table)}{joins}"
            + (" ORDER BY it.id" if "id" in table.columns else "")
        )

    def _rows(self, table: _CarriedTable) -> str:
        """What is in a FROM for their rows (`it`) of a table that are carried, with the row of its parent (`up`)."""
        up, it, belongs = f"temp.of_{table.parent} AS up", f"{PART}.{table.name} AS it", f"it.{table.link} = up.theirs"
        if "id" in table.columns:
            first, last, number = self.connection.execute(
                f"SELECT min(it.id), max(it.id), count(*) FROM {up} CROSS JOIN {it} ON {belongs}"
            ).fetchone()
            if number and last - first + 1 == number:  # side by side, as those of a file are: there is nothing to sort
                return f"{it} CROSS JOIN {up} ON {belongs} AND it.id BETWEEN {first} AND {last}"
        return f"{up} CROSS JOIN {it} ON {belongs}"


def carrying(connection: sqlite3.Connection, root: str) -> Carrying:
    """What is carried with rows of a table. Makes temporary tables of old and new numbers, `of_answer` among them."""
    found = tuple(_below(connection, root))
    for name in {root, "answer", *(table.name for table in found if table.numbered)}:
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS of_{name} (theirs INTEGER PRIMARY KEY, ours INTEGER NOT NULL)")
    return Carrying(connection, root, found)


def _below(connection: sqlite3.Connection, root: str) -> list[_CarriedTable]:
    """The tables that refer to `root`, and those that refer to these, each after what it refers to."""
    names = [name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")]
    links = {
        name: connection.execute(
            'SELECT "from", "table" FROM pragma_foreign_key_list(?, \'main\') ORDER BY id', [name]
        ).fetchall()
        for name in names
        if name not in MADE_ANEW
    }
    referred = {parent for some in links.values() for _, parent in some}
    found: dict[str, _CarriedTable] = {}
    parents = [root]
    while parents:
        parent = parents.pop(0)
        for name, some in links.items():
            link = next((column for column, table in some if table == parent), None)
            if link is not None and name not in found and name != root:
                columns = tuple(row[1] for row in connection.execute(f"PRAGMA main.table_info('{name}')").fetchall())
                answers = {column for column, table in some if table == "answer"}
                answers |= {column for column in columns if (name, column) in _ANSWERS}
                found[name] = _CarriedTable(name, parent, link, columns, frozenset(answers), name in referred)
                parents.append(name)
    return list(found.values())
