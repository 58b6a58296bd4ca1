"""What an auditor has to look at in a roll-up: devices of two records, bodies set up twice, files that were held or refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from camcensus.model import frozen
from camcensus.model.words import clean, count, date_words, shortened
from camcensus.store.rollup import reading
from camcensus.store.rollup.claims import contradicting_claims, held_claims
from camcensus.tasks.rollup.ways import AnswerRow, answer_words

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
