"""The tables of a roll-up: plain SQL of `resources/rollup`, which SQLite and DuckDB both run, over the base tables."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args

from camcensus.model import frozen
from camcensus.model.errors import KnowledgeError
from camcensus.model.words import BASED_MEANS

SETTLED = ("tally", "trait")
"""What is worked out of the base tables whenever files change, and saved in the file; each from its own SQL."""

MADE = (
    "camera", "body_count", "body_kind", "kind_total", "written_down", "able", "named_maker", "claimed", "claim_count",
    "both_ways",
)  # fmt: skip
"""What the tables are made from beside these, in this order; each from its own SQL."""
LATE = ("written_down",)
"""Those of them that few tables read: made when the first of these is read."""

TABLES = (
    "by_body_type", "by_type_and_maker", "by_maker", "by_list", "by_capability", "by_place_type", "by_year",
    "by_year_installed", "by_kind", "change", "by_type_and_way", "by_maker_and_way", "by_question", "by_capability_and_type",
    "by_capability_and_maker", "by_capability_and_place", "by_cloud_link", "by_firmware_age", "by_known_flaw", "by_flaw",
    "by_decision", "by_decision_year", "cost_by_year", "by_camera_type", "by_purpose", "by_retention", "by_dpia", "by_use",
    "by_supplier", "spend_by_year", "by_site", "by_region", "by_size", "missing", "bodies", "answers",
)  # fmt: skip
"""In the order in which they are printed."""


BASE: dict[str, tuple[str, ...]] = {
    # Organisations by their official numbers; asked 1 where the list of organisations that were asked names it.
    "body": (
        "id", "code", "name", "type", "urn", "ods", "gss", "company_no", "asked", "expected_cameras", "expected_basis",
        "dpia", "policy", "signs", "footage_access", "equality", "consultation", "face_policy", "watch_lists", "complaints",
        "region", "pupils", "beds", "population",
    ),
    # The files that are in: whose, as at when, how the cameras were found. state held: not counted.
    "export": (
        "id", "uuid", "inventory", "body", "state", "made_at", "as_at", "searched_at", "method", "knowledge_version",
        "sha256", "name", "items", "channels_without_row",
    ),
    # Organisations that sent something which is held or refused: it may be theirs.
    "waiting": ("body",),
    # Rows of the registers: one a camera or other device. in_body and in_nation 0 where it is counted in another row.
    "item": (
        "id", "export", "has_row", "has_device", "said_kind", "status", "unconfirmed", "building_kind",
        "inside_outside", "in_sensitive", "installed_year", "answer", "in_body", "in_nation", "camera_type", "purpose",
        "retention_days", "has_dpia", "firmware_years", "decision", "decision_year", "seller", "cost_pence",
    ),
    # Who made it and how sure that is; many items share one. based_in_china 1 by our reading, which is no listing.
    "answer": ("id", "kind", "maker", "grade", "brand", "based_in_china"),
    # The lists that the maker of an answer is on; may 1 where the maker is only possible.
    "answer_list": ("answer", "list", "may"),
    # What a device can do, as far as anybody says.
    "answer_capability": ("answer", "capability", "state"),
    # The published flaws that apply to a device (state yes) or may; exploited 1 where attacks are known.
    "answer_flaw": ("answer", "flaw", "state", "exploited"),
    # The plan of each file by the financial year that starts in that calendar year; 0 for what has no year.
    "plan_year": ("export", "year", "items", "unpriced", "total_pence"),
    # Sites, and places that staff marked as sensitive, and how far each is.
    "site": ("export", "number", "is_sensitive", "progress", "listed_now"),
    # Makers by their ids.
    "maker": ("id", "name"),
    # Lists; is_on 1 for those that are counted unless others are chosen; names_makers 0 for one that we read.
    "list": ("id", "title", "said_by", "addressed_to", "date", "is_on", "names_makers"),
    # Rounds that were kept.
    "round": ("id", "name", "kept_at", "knowledge_version"),
    # What organisations answered in a round, added up; cameras_max and listed_max empty where they named no upper
    # number.
    # The figures of each organisation in a round.
    "round_body": (
        "round", "code", "name", "type", "asked", "answered", "counted", "found", "listed", "listed_proven", "listed_most",
        "not_known", "based_in_china", "based_in_china_proven",
    ),
    # What organisations answered, one row a question; newest 0 where a later answer counts. Nothing here was
    # measured.
    "claim": (
        "id", "sheet", "body", "question", "asks", "heading", "state", "section", "asked_on", "answered_on", "low",
        "high", "yes", "document", "newest",
    ),
    # The makers that a question names.
    "claim_maker": ("claim", "maker"),
    # The makers that each list names; is_named 0 for one that is only owned by such a maker.
    "list_maker": ("list", "maker", "is_named"),
    "chosen_list": ("list",),
}  # fmt: skip
"""The base tables and their columns, as another engine is given them; no address, key or reply of a device is among them."""


@frozen
class RollupTable:
    """A table with its columns' names and its rows, ready to print, and what its SQL declares of it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    declared: DeclaredTable | None = None


def read_sql(resources: Path, name: str) -> str:
    """The SELECT of a table."""
    return (resources / "rollup" / f"{name}.sql").read_text(encoding="utf-8")


def prepare(connection: sqlite3.Connection, resources: Path, lists: Sequence[str]) -> None:
    """Make, in this connection alone, what the tables are read from; `lists` are those that are counted."""
    connection.execute("PRAGMA temp_store = MEMORY")
    for name in (*reversed(MADE), "chosen_list"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    connection.execute("CREATE TEMP TABLE chosen_list (list TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO chosen_list VALUES (?)", [(name,) for name in lists])
    for name in MADE:
        if name not in LATE:
            connection.execute(f"CREATE TEMP TABLE {name} AS {read_sql(resources, name)}")
    connection.execute("CREATE INDEX temp.body_count_body ON body_count(body)")
    connection.execute("CREATE INDEX temp.camera_body ON camera(body)")
    connection.execute("CREATE INDEX temp.body_kind_body ON body_kind(body)")
    connection.execute("CREATE INDEX temp.able_answer ON able(answer)")


def read_table(connection: sqlite3.Connection, resources: Path, name: str) -> RollupTable:
    """One table, after `prepare`."""
    select = read_sql(resources, name)
    for late in LATE:
        if re.search(rf"\b{late}\b", select):
            connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {late} AS {read_sql(resources, late)}")
    cursor = connection.execute(select)
    columns = tuple(column[0] for column in cursor.description)
    return RollupTable(name, columns, tuple(cursor.fetchall()), read_declared(resources, name))


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
