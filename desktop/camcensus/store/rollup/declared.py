"""Tables of the roll-up as their SQL declares them: title, meaning, and each column's heading, kind and meaning.

The comments at the head of a file of `resources/rollup` say it, once, for the page, the report, CSV and what is published:

    -- title: How long footage is kept
    -- A sentence or more on what a row is.
    -- printed: all        (or COLUMN=VALUE: the rows that the report prints; body_type=All bodies where it is not said)
    -- kept [word] Footage is kept: What the column means.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.errors import KnowledgeError

ColumnKind = Literal["ability", "id", "kind", "number", "pence", "text", "typed", "use", "use-answer", "word", "year", "yes"]
"""What is in a column. A "typed" one holds words of somebody outside, which are shown and never published."""

_COLUMN = re.compile(r"-- (\w+) \[([a-z-]+)\] ([^:]+): (.+)")


@frozen
class DeclaredColumn:
    """A column: its name in SQL and CSV, what is in it, its heading, and what it means."""

    name: str
    kind: ColumnKind
    heading: str
    meaning: str


@frozen
class DeclaredTable:
    """A table. `printed` is the column and the value of the rows that the report prints; None for all rows."""

    title: str
    meaning: str
    columns: tuple[DeclaredColumn, ...]
    printed: tuple[str, str] | None


def read_declared(resources: Path, name: str) -> DeclaredTable | None:
    """What the SQL of a table declares; None where it declares no title. Raises KnowledgeError where it is spelt wrongly."""
    head = []
    for line in (resources / "rollup" / f"{name}.sql").read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        head.append(line)
    if not head or not head[0].startswith("-- title: "):
        return None
    meaning, columns, printed = list[str](), list[DeclaredColumn](), ""
    for line in head[1:]:
        found = _COLUMN.fullmatch(line)
        if found is not None:
            if found[2] not in get_args(ColumnKind):
                raise KnowledgeError(f"The table {name} has a column of a kind that is not known: {found[2]}.")
            columns.append(DeclaredColumn(found[1], found[2], found[3], found[4]))  # type: ignore[arg-type]
        elif line.startswith("-- printed: "):
            printed = line.removeprefix("-- printed: ")
        else:
            meaning.append(line.removeprefix("-- "))
    if not printed:
        printed = "body_type=All bodies" if any(one.kind == "kind" for one in columns) else "all"
    column, _, value = printed.partition("=")
    return DeclaredTable(
        head[0].removeprefix("-- title: "), " ".join(meaning), tuple(columns), None if printed == "all" else (column, value)
    )
