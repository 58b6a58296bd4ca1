"""Tables of the roll-up as their SQL declares them: title, meaning, and each column's heading, kind and meaning.

The comments at the head of a file of `resources/rollup` say it, once, for the page, the report, CSV and packs:

    -- title: How long footage is kept
    -- A sentence or more on what a row is.
    -- printed: all        (or COLUMN=WORDS: the rows that the report prints; body_type=All organisations where it is not said)
    -- pack: asked (why)   (only for those who asked; or security: the public is told how many organisations alone)
    -- kept [word] Footage is kept: What the column means.

After the kind, `asked` says that only auditors and those who asked have the column, `file` that no report draws it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args

from camcensus.model import frozen
from camcensus.model.errors import KnowledgeError
from camcensus.model.words import BASED_MEANS

ColumnKind = Literal[
    "ability", "code", "id", "kind", "list", "maker", "name", "number", "pence", "question", "said", "text", "typed", "use",
    "use-answer", "word", "year", "yes",
]  # fmt: skip
"""What is in a column. A "typed" one holds words of somebody outside, which no pack for the public has."""

_COLUMN = re.compile(r"-- (\w+) \[([a-z-]+)( asked| file)?\] ([^:]+): (.+)")


@frozen
class DeclaredColumn:
    """A column: its name in SQL and CSV, what is in it, its heading, and what it means."""

    name: str
    kind: ColumnKind
    heading: str
    meaning: str
    more: Literal["", "asked", "file"] = ""

    @property
    def is_count(self) -> bool:
        return self.kind in ("number", "pence")

    @property
    def is_number(self) -> bool:
        return self.is_count or self.kind == "yes"


@frozen
class DeclaredTable:
    """A table. `printed` is the column and the words of the rows that the report prints; None for all rows."""

    name: str
    title: str
    meaning: str
    columns: tuple[DeclaredColumn, ...]
    printed: tuple[str, str] | None = None
    pack: Literal["public", "security", "asked"] = "public"


def read_declared(resources: Path, name: str) -> DeclaredTable | None:
    """What the SQL of a table declares; None where it declares no title. Raises KnowledgeError where it is spelt wrongly."""
    text = (resources / "rollup" / f"{name}.sql").read_text(encoding="utf-8").replace("{BASED}", BASED_MEANS)
    if not text.startswith("-- title: "):
        return None
    meaning, columns, said = list[str](), list[DeclaredColumn](), dict[str, str]()
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        found, one = _COLUMN.fullmatch(line), re.fullmatch(r"-- (title|printed|pack): (.+)", line)
        if found is not None and found[2] not in get_args(ColumnKind):
            raise KnowledgeError(f"The table {name} has a column of a kind that is not known: {found[2]}.")
        if found is not None:
            more = (found[3] or "").strip()
            columns.append(DeclaredColumn(found[1], found[2], found[4], found[5], more))  # type: ignore[arg-type]
        elif one is not None:
            said[one[1]] = one[2]
        else:
            meaning.append(line.removeprefix("-- "))
    usual = "body_type=All organisations" if any(one.kind == "kind" for one in columns) else "all"
    column, _, value = said.get("printed", usual).partition("=")
    pack = said.get("pack", "public").partition(" ")[0]
    printed = (column, value) if value else None
    return DeclaredTable(name, said["title"], " ".join(meaning), tuple(columns), printed, pack)  # type: ignore[arg-type]
