"""What a roll-up says: its tables with their denominators, the bodies, and what an auditor has to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.errors import IntakeError
from camcensus.model.words import clean
from camcensus.store.rollup import reading, rounds
from camcensus.store.rollup.bodies import list_loaded
from camcensus.store.rollup.settling import is_settled
from camcensus.store.rollup.tables import TABLES, CountRule, RollupTable, prepare, read_table
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.rollup.problems import RollupProblem, read_problems
from camcensus.tasks.rollup.taking import CHOSEN_HOW, LISTED_BY, RollUp
from camcensus.tasks.rollup.ways import AnswerRow, WaysTotal, read_answer_rows, read_ways

ALL = "All bodies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The national figures. `asked` is None where no list of organisations was loaded; shares are out of `counted`.

    `*_min` is confirmed or almost certain, `*_max` up to including likely; `not_known` is beside and is in neither.
    `*based_*` are makers based in China by our reading, whether or not a list names them too.
    `bodies_none` have none by a listed maker, `bodies_none_in_part` of them by the auditor's rule, as not all is identified.
    Cameras are each counted once, also where two bodies have them; `cameras_in_bodies` is the sum over bodies.
    """

    asked: int | None
    answered: int
    counted: int
    bodies_min: int
    bodies_max: int
    bodies_none: int
    bodies_none_in_part: int
    bodies_not_known: int
    cameras: int
    cameras_in_bodies: int
    listed_min: int
    listed_max: int
    not_known: int
    bodies_based_min: int
    bodies_based_max: int
    based_min: int
    based_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """One body of the audit page and of rollup.csv. `as_at` is that of its newest record, `oldest_at` of its oldest.

    `cameras_elsewhere` and the other `*_elsewhere` are of these the ones that are counted in another body in national totals: a
    column less its `*_elsewhere`, added up over all bodies, is the national total. `flags` are words of FLAG_WORDS. `replaced`
    is None where no round was kept.
    """

    body: int
    code: str
    name: str
    type: str
    method: str
    as_at: str
    oldest_at: str
    files: int
    counted: bool
    expected: int | None
    cameras: int
    cameras_elsewhere: int
    identified: int
    listed_min: int
    listed_max: int
    not_known: int
    listed_min_elsewhere: int
    listed_max_elsewhere: int
    not_known_elsewhere: int
    based_min: int
    based_max: int
    based_min_elsewhere: int
    based_max_elsewhere: int
    may_be_cameras: int
    recorders: int
    none_found: bool
    replaced: int | None
    sha256: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def or_more(self) -> bool:
        """Whether the record itself tells that there may be more cameras than are in it."""
        return "search-only" in self.flags or "channels" in self.flags

    @property
    def identified_pct(self) -> int | None:
        """Cameras whose maker is named, in per cent of its cameras; None where it has none."""
        return None if not self.cameras else (200 * self.identified + self.cameras) // (2 * self.cameras)


FLAG_WORDS = {
    "old": "Its record is older than 12 months",
    "search-only": "Found by search only, so there may be more",
    "channels": "Its recorders report channels without a row, so there may be more",
    "found-nothing": "No camera or recorder is in its record, which does not mean that it has none: not counted",
    "device-elsewhere": "Has a device that another organisation has too",
    "device-twice": "Has a device in two of its records",
    "two-names": "Its files give it different names",
    "answered-otherwise": "Answered otherwise than was measured",
    "fewer-than-expected": "Fewer cameras than it said it has",
}


CODE_WORDS = {"urn": "URN", "ods": "ODS", "gss": "GSS", "company_no": "Company no."}


def code_words(code: str) -> str:
    """ "URN 100005" of a body's official number; "" where it has none, and is known by its name or by a number of ours."""
    kind, _, number = code.removeprefix("list:").partition("#")[0].partition(":")
    return f"{CODE_WORDS[kind]} {clean(number, 40)}" if kind in CODE_WORDS and number else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is printed of a roll-up. `lists` are those that are counted; `stale` devices have an older answer.

    `rule` is how organisations are counted. `ways` are the totals with what organisations answered, None where none did.

    `reads` is whether one of them names no company: then makers based in China are shown beside, by our reading of it.

    `knowledge_version` is that of the answers, `lists_version` that of the lists: the same where all was re-checked.
    """

    knowledge_version: str
    lists_version: str
    lists: tuple[str, ...]
    reads: bool
    rule: CountRule
    totals: Totals
    ways: WaysTotal | None
    answers: tuple[AnswerRow, ...]
    tables: tuple[RollupTable, ...]
    bodies: tuple[BodyRow, ...]
    missing: tuple[tuple[str, str, str], ...]
    problems: tuple[RollupProblem, ...]
    stale: int
    settled: bool
    """False beside a roll-up that was killed: the counts are those before it, until it is opened to import files."""
    chosen_how: str | None = None
    """How those who were asked had been chosen; None where nobody said."""
    simulation: str | None = None
    """The sentence that says that it is of the demo."""


def lists_of(rollup: RollUp, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The lists that are counted: those named, else those on by default. Raises IntakeError for one that is not known."""
    held = {row["id"]: row["is_on"] for row in reading.read_lists(rollup.file.connection)}
    for name in chosen:
        if name not in held:
            raise IntakeError(f"There is no list “{clean(name, 60)}”; the lists are: {', '.join(held)}.")
    return tuple(dict.fromkeys(chosen)) or tuple(name for name, on in held.items() if on)


def read_figures(
    rollup: RollUp, lists: Sequence[str], now: str, tables: Sequence[str] = TABLES, *, problems: bool = True,
    rule: CountRule | None = None,
) -> Figures:  # fmt: skip
    """All figures. `now` is the day (ISO 8601) from which a record's age is told; `problems` may be left out to be quicker.

    Raises StoreError.
    """
    connection = rollup.file.connection
    rule = rule or CountRule()
    prepare(connection, rollup.resources, lists, rule)
    answers = read_answer_rows(rollup)
    otherwise = frozenset(one.code for one in answers if one.compared not in (None, "same"))
    return Figures(
        knowledge_version=rollup.file.setting(JUDGED_BY) or "",
        lists_version=rollup.file.setting(LISTED_BY) or "",
        lists=tuple(lists),
        reads=any(row["id"] in lists and not row["names_makers"] for row in reading.read_lists(connection)),
        rule=rule,
        totals=_totals(rollup),
        ways=read_ways(rollup),
        answers=answers,
        tables=tuple(read_table(connection, rollup.resources, name) for name in tables),
        bodies=read_bodies(rollup, now, otherwise),
        missing=reading.read_missing(connection),
        problems=read_problems(rollup.file.connection) if problems else (),
        stale=reading.count_stale(connection),
        settled=is_settled(connection),
        chosen_how=rollup.file.setting(CHOSEN_HOW),
        simulation=rollup.simulation,
    )


def _totals(rollup: RollUp) -> Totals:
    table = read_table(rollup.file.connection, rollup.resources, "by_body_type")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    return Totals(
        asked=row["asked"] if list_loaded(rollup.file.connection) else None,
        answered=row["answered"], counted=row["counted"], bodies_min=row["bodies_min"], bodies_max=row["bodies_max"],
        bodies_none=row["bodies_none_found"], bodies_none_in_part=row["bodies_none_in_part"],
        bodies_not_known=row["bodies_not_known"], cameras=row["cameras_once"], cameras_in_bodies=row["cameras"],
        listed_min=row["listed_min"], listed_max=row["listed_max"], not_known=row["not_known"],
        bodies_based_min=row["bodies_based_in_china_min"], bodies_based_max=row["bodies_based_in_china_max"],
        based_min=row["based_in_china_min"], based_max=row["based_in_china_max"],
    )  # fmt: skip


def read_bodies(rollup: RollUp, now: str, otherwise: frozenset[str] = frozenset()) -> tuple[BodyRow, ...]:
    """The bodies of which a file is in, from A to Z, after `prepare`: never ranked.

    `otherwise` are codes of those whose answers say otherwise.
    """
    connection = rollup.file.connection
    year_ago = f"{int(now[:4]) - 1}{now[4:10]}"
    files: dict[int, list[sqlite3.Row]] = {}
    for export in reading.read_exports(connection):
        files.setdefault(export["body"], []).append(export)
    elsewhere, twice = reading.read_doubled(connection)
    replaced = rounds.replaced_since_last(connection)
    had_round = rounds.has_rounds(connection)
    found = []
    for row in reading.read_answered(connection):
        body = row["body"]
        parts = {part for export in files[body] for part in export["method"].split("+") if part}
        method = "+".join(part for part in ("search", "walk", "import") if part in parts)
        flags = {
            "old": row["as_at"][:10] < year_ago,
            "search-only": method == "search",
            "channels": row["channels_without_row"] > 0,
            "found-nothing": not row["counted"],
            "device-elsewhere": body in elsewhere,
            "device-twice": body in twice,
            "two-names": len({export["body_name"].casefold().strip() for export in files[body]}) > 1,
            "answered-otherwise": row["code"] in otherwise,
            "fewer-than-expected": row["expected_cameras"] is not None and row["cameras"] < row["expected_cameras"],
        }
        found.append(
            BodyRow(
                body=body, code=row["code"], name=row["name"], type=row["type"], method=method, as_at=row["as_at"],
                oldest_at=row["oldest_at"], files=row["files"], counted=bool(row["counted"]), expected=row["expected_cameras"],
                cameras=row["cameras"], cameras_elsewhere=row["cameras_elsewhere"], identified=row["identified"],
                listed_min=row["listed_min"], listed_max=row["listed_max"], not_known=row["not_known"],
                listed_min_elsewhere=row["listed_min"] - row["listed_min_once"],
                listed_max_elsewhere=row["listed_max"] - row["listed_max_once"],
                based_min=row["based_in_china_min"], based_max=row["based_in_china_max"],
                based_min_elsewhere=row["based_in_china_min"] - row["based_in_china_min_once"],
                based_max_elsewhere=row["based_in_china_max"] - row["based_in_china_max_once"],
                not_known_elsewhere=row["not_known"] - row["not_known_once"], may_be_cameras=row["may_be_cameras"],
                recorders=row["recorders"], none_found=bool(row["none_found"]),
                replaced=replaced.get(row["code"], 0) if had_round else None,
                sha256=tuple(export["sha256"] for export in files[body]), flags=tuple(flag for flag, on in flags.items() if on),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.code)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupRow:
    """A row of a body's register. `item` leads to its evidence; `list_ids` are lists that its maker is on."""

    item: int
    ref: str
    kind: str
    counts: bool
    maker: str | None
    maker_name: str | None
    grade: str
    brand: str | None
    model: str | None
    place: str | None
    address: str | None
    status: str
    decision: str | None
    stale: bool
    also_elsewhere: bool
    list_ids: tuple[str, ...]
    based: bool
    """Its maker is based in China, by our reading of a statement that names no company."""


def read_devices_of(rollup: RollUp, body: int) -> tuple[RollupRow, ...]:
    """The register of a body, by ref; what its records have twice stands once."""
    connection = rollup.file.connection
    lists: dict[int, tuple[str, ...]] = {}
    found = []
    for row in reading.read_register(connection, body):
        answer, named = row["answer"], row["grade"] in NAMED_GRADES
        if answer not in lists:
            lists[answer] = reading.lists_of_answer(connection, answer)
        same = {name: row[name] for name in _AS_READ}
        found.append(
            RollupRow(
                **same, ref=row["ref"] or "–", counts=row["kind"] == "camera" and row["status"] != "removed",
                address=_first(row["addresses"]), stale=bool(row["stale"]), also_elsewhere=not row["in_nation"],
                list_ids=lists[answer] if named else (), based=bool(row["based_in_china"]) and named,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.ref == "–", one.ref, one.item)))


_AS_READ = ("item", "kind", "maker", "maker_name", "grade", "brand", "model", "place", "status", "decision")


def _first(addresses: str) -> str | None:
    import json

    try:
        return str(json.loads(addresses)[0])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
