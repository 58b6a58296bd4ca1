"""What a roll-up says: its tables with their denominators, the bodies, and what an auditor has to look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

from camcensus.model import frozen
from camcensus.model.claims import CLAIM_STATE_WORDS, ClaimState
from camcensus.model.device import NAMED_GRADES
from camcensus.model.errors import IntakeError
from camcensus.model.words import clean, count, date_words, range_words, shortened
from camcensus.store.rollup import reading
from camcensus.store.rollup.bodies import list_loaded
from camcensus.store.rollup.claims import contradicting_claims, has_claims, held_claims, read_answers
from camcensus.store.rollup.settling import is_settled
from camcensus.store.rollup.tables import TABLES, RollupTable, prepare, read_sql, read_table
from camcensus.store.rollup.taking import JUDGED_BY
from camcensus.tasks.rollup.answers import Unread, read_replies
from camcensus.tasks.rollup.taking import LISTED_BY, RollUp

ALL = "All bodies"


@frozen(kw_only=True)
class Totals:
    """The national figures. `asked` is None where no list of organisations was loaded; shares are out of `counted`.

    `listed`, `bodies` and the others are likely and above; `*_proven` of these are confirmed or almost certain; `listed_most`
    has those that may be too. `not_known` is beside `listed`.
    `*based_*` are makers based in China by our reading, whether or not a list names them too.
    `bodies_none` have none by a listed maker, and all makers are known.
    Cameras are each counted once, also where two bodies have them; `cameras_in_bodies` is the sum over bodies.
    """

    asked: int | None
    answered: int
    counted: int
    bodies: int
    bodies_proven: int
    bodies_none: int
    bodies_not_known: int
    cameras: int
    cameras_in_bodies: int
    listed: int
    listed_proven: int
    listed_most: int
    not_known: int
    bodies_based: int
    based: int
    based_proven: int


@frozen(kw_only=True)
class BodyRow:
    """One body of the audit page and of rollup.csv. `as_at` is that of its newest record, `oldest_at` of its oldest.

    `cameras_elsewhere` and the other `*_elsewhere` are of these the ones that are counted in another body in national totals: a
    column less its `*_elsewhere`, added up over all bodies, is the national total. `flags` are words of FLAG_WORDS. `replaced`
    is None where no round was kept. `is_measured` where a search found something of its files; else staff recorded all of it.
    """

    body: int
    code: str
    name: str
    type: str
    method: str
    is_measured: bool
    as_at: str
    oldest_at: str
    files: int
    counted: bool
    expected: int | None
    cameras: int
    cameras_elsewhere: int
    identified: int
    listed: int
    listed_proven: int
    listed_most: int
    not_known: int
    listed_elsewhere: int
    listed_proven_elsewhere: int
    listed_most_elsewhere: int
    not_known_elsewhere: int
    based_in_china: int
    based_in_china_proven: int
    based_in_china_elsewhere: int
    based_in_china_proven_elsewhere: int
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
    "answered-otherwise": "Its answer and its file give different numbers",
    "fewer-than-expected": "Fewer cameras than it said it has",
}


CODE_WORDS = {"urn": "URN", "ods": "ODS", "gss": "GSS", "company_no": "Company no."}


def code_words(code: str) -> str:
    """ "URN 100005" of a body's official number; "" where it has none, and is known by its name or by a number of ours."""
    kind, _, number = code.removeprefix("list:").partition("#")[0].partition(":")
    return f"{CODE_WORDS[kind]} {clean(number, 40)}" if kind in CODE_WORDS and number else ""


@frozen(kw_only=True)
class Figures:
    """Everything that is printed of a roll-up. `lists` are those that are counted; `stale` devices have an older answer.

    `ways` are the totals with what organisations answered, None where none did.

    `reads` is whether one of them names no company: then makers based in China are shown beside, by our reading of it.

    `knowledge_version` is that of the answers, `lists_version` that of the lists: the same where all was re-checked.
    """

    knowledge_version: str
    lists_version: str
    lists: tuple[str, ...]
    reads: bool
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
    simulation: str | None = None
    """The sentence that says that it is of the demo."""
    how_to_count: str = ""
    """The page on how the tables add up."""
    to_read: tuple[Unread, ...] = ()
    """Replies in words that nobody has read yet."""


def lists_of(rollup: RollUp, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """The lists that are counted: those named, else those on by default. Raises IntakeError for one that is not known."""
    held = {row["id"]: row["is_on"] for row in reading.read_lists(rollup.file.connection)}
    for name in chosen:
        if name not in held:
            raise IntakeError(f"There is no list “{clean(name, 60)}”; the lists are: {', '.join(held)}.")
    return tuple(dict.fromkeys(chosen)) or tuple(name for name, on in held.items() if on)


def read_figures(
    rollup: RollUp, lists: Sequence[str], now: str, tables: Sequence[str] = TABLES, *, problems: bool = True
) -> Figures:
    """All figures. `now` is the day (ISO 8601) from which a record's age is told; `problems` may be left out to be quicker.

    Raises StoreError.
    """
    connection = rollup.file.connection
    prepare(connection, rollup.resources, lists)
    answers = read_answer_rows(rollup)
    otherwise = frozenset(one.code for one in answers if one.compared not in (None, "same"))
    return Figures(
        knowledge_version=rollup.file.setting(JUDGED_BY) or "",
        lists_version=rollup.file.setting(LISTED_BY) or "",
        lists=tuple(lists),
        reads=any(row["id"] in lists and not row["names_makers"] for row in reading.read_lists(connection)),
        totals=_totals(rollup),
        ways=read_ways(rollup),
        answers=answers,
        tables=tuple(read_table(connection, rollup.resources, name) for name in tables),
        bodies=read_bodies(rollup, now, otherwise),
        missing=reading.read_missing(connection),
        problems=read_problems(connection, answers) if problems else (),
        stale=reading.count_stale(connection),
        settled=is_settled(connection),
        simulation=rollup.simulation,
        to_read=read_replies(rollup),
        how_to_count=(rollup.resources / "rollup" / "how-to-count.txt").read_text("utf-8"),
    )


def _totals(rollup: RollUp) -> Totals:
    table = read_table(rollup.file.connection, rollup.resources, "by_body_type")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    return Totals(
        asked=row["asked"] if list_loaded(rollup.file.connection) else None,
        answered=row["answered"], counted=row["counted"], bodies=row["bodies"], bodies_proven=row["bodies_proven"],
        bodies_none=row["bodies_none_found"],
        bodies_not_known=row["bodies_not_known"], cameras=row["cameras_once"], cameras_in_bodies=row["cameras"],
        **{name: row[name] for name in ("listed", "listed_proven", "listed_most", "not_known")},
        bodies_based=row["bodies_based_in_china"],
        based=row["based_in_china"], based_proven=row["based_in_china_proven"],
    )  # fmt: skip


_ONCE = (
    "cameras", "listed", "listed_proven", "listed_most", "not_known", "based_in_china", "based_in_china_proven",
)  # fmt: skip
"""What is counted of a body, and once in the nation."""
_OF_COUNT = ("body", "code", "name", "type", "as_at", "oldest_at", "files", "identified", *_ONCE, "may_be_cameras", "recorders")
"""Columns of `body_count` that a BodyRow has under the same name."""


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
    replaced = reading.replaced_since_last(connection)
    had_round = reading.has_rounds(connection)
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
                **{name: row[name] for name in _OF_COUNT}, counted=bool(row["counted"]), is_measured=bool(row["is_measured"]),
                none_found=bool(row["none_found"]),
                **{f"{name}_elsewhere": row[name] - row[f"{name}_once"] for name in _ONCE},
                method=method, expected=row["expected_cameras"],
                replaced=replaced.get(row["code"], 0) if had_round else None,
                sha256=tuple(export["sha256"] for export in files[body]), flags=tuple(flag for flag, on in flags.items() if on),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.code)))


@frozen(kw_only=True)
class RollupRow:
    """A row of a body's register; `list_ids` are lists that its maker is on."""

    item: int
    ref: str
    kind: str
    counts: bool
    maker_name: str | None
    grade: str
    place: str | None
    address: str | None
    status: str
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
                address=_first(row["addresses"]),
                list_ids=lists[answer] if named else (), based=bool(row["based_in_china"]) and named,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.ref == "–", one.ref, one.item)))


_AS_READ = ("item", "kind", "maker_name", "grade", "place", "status")


def _first(addresses: str) -> str | None:
    import json

    try:
        return str(json.loads(addresses)[0])
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


IN_TWO_BODIES, IN_TWO_RECORDS = "device-in-two-bodies", "device-in-two-records"
NUMBER_WORDS = {"mac": "MAC address", "uuid": "identity number", "serial": "serial number"}
_NUMBERS_SAID, _ANSWERS_SAID = 5, 5000


@frozen(kw_only=True)
class RollupProblem:
    """One line of the problem list. `bodies` are codes; `say` is a sentence; `export_id` is of the file it is about.

    `names` are of the organisations, and `devices` how many they have in common, where it is about that; `why` is the reason
    alone where a file was held or refused. `numbers` are what devices share ("serial number 0123"): for the auditor's eyes in
    the window, in no file and on no paper.
    """

    kind: str
    say: str
    bodies: tuple[str, ...] = ()
    export_id: str | None = None
    names: tuple[str, ...] = ()
    devices: int = 0
    why: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The sentence, and the numbers that it speaks of."""
        share = "They share" if self.devices > 1 else "It has"
        return f"{self.say} {share} {', '.join(self.numbers)}." if self.numbers else self.say


def read_problems(connection: sqlite3.Connection, answers: Sequence[AnswerRow]) -> tuple[RollupProblem, ...]:
    """All of them: two organisations, or an organisation with several records, once for all devices they have in common.

    `answers` are those that count, beside what their organisations' files have.
    """
    return tuple(
        [
            *_in_common(connection),
            *_answers(connection),
            *_fewer(answers),
            *_set_up_twice(connection),
            *_set_aside(connection),
        ]
    )  # fmt: skip


@dataclass(slots=True)
class _Pair:
    """Two organisations, or one twice, with the devices that both records have: their numbers and refs."""

    names: tuple[str, ...]
    refs: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def _in_common(connection: sqlite3.Connection) -> Iterator[RollupProblem]:
    pairs: dict[tuple[str, ...], _Pair] = {}
    for row in reading.read_doubles(connection):
        sides = sorted({(row["name"], row["code"]), (row["other_name"], row["other_code"])})
        pair = pairs.setdefault(tuple(code for _, code in sides), _Pair(tuple(clean(name, 80) for name, _ in sides)))
        pair.refs.append(clean(row["ref"] or "-", 24))
        pair.numbers.append(f"{NUMBER_WORDS[row['kind']]} {clean(row['value'], 60)}")
    for codes, pair in sorted(pairs.items(), key=lambda one: (one[1].names, one[0])):
        number = len(pair.refs)
        of_one = len(codes) == 1
        who = f"{pair.names[0]} has" if of_one else f"{' and '.join(pair.names)} have"
        where = "in two of its records: counted once" if of_one else "in common: counted for both, once in the totals"
        which = f" ({pair.refs[0]})" if number == 1 and pair.refs[0] != "-" else ""
        yield RollupProblem(
            kind=IN_TWO_RECORDS if of_one else IN_TWO_BODIES,
            say=f"{who} {count(number, 'device')} {where}{which}.",
            bodies=codes, names=pair.names, devices=number, numbers=tuple(shortened(pair.numbers, _NUMBERS_SAID)),
        )  # fmt: skip


def _answers(connection: sqlite3.Connection) -> Iterator[RollupProblem]:
    for sheet, line, name, why, uuid in held_claims(connection, _ANSWERS_SAID):
        where = f"Row {line} of “{clean(sheet, 80)}”, {clean(name, 80) or 'without a name'}"
        yield RollupProblem(kind="held-answer", say=f"{where}: {clean(why, 400)}", export_id=uuid)
    for code, name, question, number, day, line, sheet in contradicting_claims(connection):
        when, mend = (f"on {date_words(day)}", "") if day else ("with no date", "type the dates in, or, ")
        say = (
            f"{clean(name, 80)} answered “{clean(question, 120)}” in {number} ways {when}. Row {line} of"
            f" “{clean(sheet, 80)}” counts; {mend}if it is wrong, take its sheet out."
        )
        yield RollupProblem(kind="answers-differ", say=say, bodies=(code,))


def _fewer(answers: Sequence[AnswerRow]) -> Iterator[RollupProblem]:
    """Organisations whose file has fewer cameras than they answered: none of them counts for less without a word."""
    for one in answers:
        if one.compared == "file-fewer":
            say = (
                f"{clean(one.name, 80)} answered “{clean(one.question, 120)}” with {answer_words(one)}, and its file has"
                f" {one.in_file:,}. The file counts; ask which is right."
            )
            yield RollupProblem(kind="file-says-fewer", say=say, bodies=(one.code,), names=(clean(one.name, 80),))


def _set_up_twice(connection: sqlite3.Connection) -> Iterator[RollupProblem]:
    for code, name, number in reading.read_bodies_set_up_twice(connection):
        say = f"{clean(name, 80)} was set up {number} times with its own record; they are added."
        yield RollupProblem(kind="body-twice", say=say, bodies=(code,))


def _set_aside(connection: sqlite3.Connection) -> Iterator[RollupProblem]:
    for row in reading.read_set_aside(connection):
        name, why = clean(row["body_name"] or "", 80), clean(row["reason"] or "", 400)
        yield RollupProblem(
            kind=f"{row['state']}-{row['why']}", say=f"{name}: {why}" if name else why, why=why,
            bodies=(str(row["code"]),) if row["code"] else (), export_id=row["export_id"], names=(name,) if name else (),
        )  # fmt: skip


@frozen(kw_only=True)
class AnswerRow:
    """An answer that counts, beside what the organisation's file has of it.

    `in_file` is likely and above, and None where no file counts; `compared` is "same", "file-more", "file-fewer" or None.
    `sheet` and `row` are where it was typed; `document` names the reply's file.
    """

    code: str
    name: str
    type: str
    question: str
    state: ClaimState
    section: str | None
    asked_on: str | None
    answered_on: str | None
    low: int | None
    high: int | None
    yes: int | None
    in_file: int | None
    in_file_proven: int | None
    compared: str | None
    words: str | None
    typed_by: str | None
    document: str | None
    sheet: str
    row: int


ANSWER_COLUMNS = tuple(one.name for one in fields(AnswerRow))


@frozen
class WayCount:
    """How many of each way: measured by a search, recorded in the own register, answered. `total` is all of them."""

    measured: int
    recorded: int
    claimed: int

    @property
    def total(self) -> int:
        return self.measured + self.recorded + self.claimed

    @property
    def words(self) -> str:
        """ "40 measured, 12 recorded, 700 answered"."""
        return f"{self.measured:,} measured, {self.recorded:,} recorded, {self.claimed:,} answered"


@frozen(kw_only=True)
class WaysTotal:
    """The totals of all organisations, measured, recorded and answered: each counts in one way.

    `bodies`, `bodies_none` and `bodies_not_known` add up to `counted`. `cameras` are at least so many; `without_number` of
    those that answered name no upper number.
    """

    replied: int
    counted: WayCount
    bodies: WayCount
    bodies_proven: int
    bodies_none: WayCount
    bodies_not_known: WayCount
    cameras: WayCount
    without_number: int


def read_ways(rollup: RollUp) -> WaysTotal | None:
    """The totals, after `prepare`; None where nobody answered."""
    if not has_claims(rollup.file.connection):
        return None
    table = read_table(rollup.file.connection, rollup.resources, "by_type_and_way")
    row = dict(zip(table.columns, table.rows[-1], strict=True))
    ways = ("measured", "recorded", "claimed")
    each = ("bodies", "bodies_none", "bodies_not_known", "cameras")
    return WaysTotal(
        replied=row["replied"], counted=WayCount(*(row[way] for way in ways)), bodies_proven=row["bodies_proven"],
        without_number=row["bodies_without_number"],
        **{name: WayCount(*(row[f"{name}_{way}"] for way in ways)) for name in each},
    )  # fmt: skip


def read_answer_rows(rollup: RollUp) -> tuple[AnswerRow, ...]:
    """Every answer that counts, after `prepare`: organisations from A to Z, never ranked."""
    found = read_answers(rollup.file.connection, read_sql(rollup.resources, "answers"))
    made = (AnswerRow(**{name: row[name] for name in ANSWER_COLUMNS}) for row in found)
    return tuple(sorted(made, key=lambda one: (one.name.casefold(), one.code)))


def answer_words(one: AnswerRow) -> str:
    """ "12", "10 to 20", "Yes", "Refused, section 31(1)(a)", or what was said."""
    section = f", section {clean(one.section, 40)}" if one.section else ""
    if one.low is None:
        said = clean(one.words or "", 200) if one.state in ("answered", "replied") else ""
        return said or f"{CLAIM_STATE_WORDS[one.state]}{section}"
    if one.yes is not None and (one.low, one.high) in ((1, None), (0, 0)):
        figure = "Yes" if one.yes else "No"
    elif one.high is None:
        figure = f"{one.low:,} or more"
    else:
        figure = range_words(one.low, one.high)
    return figure if one.state == "answered" else f"{figure} ({CLAIM_STATE_WORDS[one.state].lower()}{section})"


COMPARED_WORDS = {"same": "The same", "file-more": "The file has more", "file-fewer": "The file has fewer"}


def in_file_words(one: AnswerRow) -> str:
    """How many the file has; "" where nothing can be compared."""
    return "" if one.in_file is None else f"{one.in_file:,}"
