"""Answers that many devices share: who made it, how sure, what it can do; and what is on record under one knowledge."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from camcensus.assessment.listings import listings, seat
from camcensus.model.device import GRADES, Attribution
from camcensus.model.knowledge import Knowledge
from camcensus.store.named_rows import insert, insert_all
from camcensus.store.rollup.check import TEXT_LIMIT_BYTES
from camcensus.store.rollup.claims import relist_makers

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
KINDS = frozenset({"camera", "recorder", "encoder", "intercom", "software", "other", "unknown"})
_FLAW = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
CLOUD_LINK = "cloud-link"
"""The state of a device's link to its maker's cloud, beside what it can do."""
OWN_LIST = "own"
"""A body's own list says nothing of any other body, so no total counts it."""


class SharedAnswer(NamedTuple):
    """`candidates` are maker ids, best first; `capabilities` are (id, state), sorted, `CLOUD_LINK` among them; `flaws` are
    (id, whether it applies, whether attacks are known), sorted."""

    kind: str
    maker: str | None
    grade: str
    brand: str | None
    candidates: tuple[str, ...]
    capabilities: tuple[tuple[str, str], ...]
    flaws: tuple[tuple[str, str, int], ...] = ()


class Answers:
    """The answers in a roll-up, found or written; each is looked up in `knowledge` for the lists it is on."""

    def __init__(self, connection: sqlite3.Connection, knowledge: Knowledge) -> None:
        self._connection = connection
        self._knowledge = knowledge
        self._ids: dict[SharedAnswer, int] = {}

    def id_of(self, answer: SharedAnswer) -> int:
        """Its id. Raises ValueError where it names things as no program of ours does."""
        found = self._ids.get(answer)
        if found is None:
            if len(self._ids) > 50_000:
                self._ids.clear()
            found = self._ids[answer] = self._write(answer)
        return found

    def forget(self) -> None:
        """After a transaction that was taken back: some of those kept in mind may not be in the file."""
        self._ids.clear()

    def _write(self, answer: SharedAnswer) -> int:
        _check(answer)
        key = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        if len(key.encode()) > TEXT_LIMIT_BYTES:  # a roll-up that holds it could not be joined any more
            raise ValueError("More is on record about a device than about any.")
        row = self._connection.execute("SELECT id FROM answer WHERE key = ?", [key]).fetchone()
        if row is not None:
            return int(row[0])
        same = {name: getattr(answer, name) for name in ("kind", "maker", "grade", "brand")}
        based = _based(answer, self._knowledge)
        made = {**same, "key": key, "candidates": json.dumps(answer.candidates), "based_in_china": based}
        number = insert(self._connection, "answer", made)
        self._connection.executemany(
            "INSERT INTO answer_capability VALUES (?, ?, ?)", [(number, name, state) for name, state in answer.capabilities]
        )
        self._connection.executemany("INSERT INTO answer_flaw VALUES (?, ?, ?, ?)", [(number, *flaw) for flaw in answer.flaws])
        self._connection.executemany("INSERT INTO answer_list VALUES (?, ?, ?)", _listed(number, answer, self._knowledge))
        for maker in {answer.maker, *answer.candidates} - {None}:
            self._connection.execute("INSERT OR IGNORE INTO maker VALUES (?, ?)", [maker, self._knowledge.name_of(maker or "")])
        return number


def _check(answer: SharedAnswer) -> None:
    names = [answer.maker, *answer.candidates, *(name for name, _ in answer.capabilities)]
    if (
        answer.kind not in KINDS
        or answer.grade not in GRADES
        or any(name is not None and (not isinstance(name, str) or _ID.fullmatch(name) is None) for name in names)
        or len({name for name, _ in answer.capabilities}) != len(answer.capabilities)
        or len(answer.candidates) > 50
        or any(_FLAW.fullmatch(flaw) is None for flaw, _, _ in answer.flaws)
        or len({flaw for flaw, _, _ in answer.flaws}) != len(answer.flaws)
    ):
        raise ValueError("It names makers, capabilities or flaws as no program of ours does.")


def _attribution(answer: SharedAnswer, knowledge: Knowledge) -> Attribution:
    return Attribution(
        answer.maker, answer.brand, answer.grade, answer.candidates, (), (), (), "", knowledge.version  # type: ignore[arg-type]
    )  # fmt: skip


def _based(answer: SharedAnswer, knowledge: Knowledge) -> int:
    found = seat(_attribution(answer, knowledge), knowledge, frozenset(knowledge.lists))
    return int(found is not None and not found.may)


def _listed(number: int, answer: SharedAnswer, knowledge: Knowledge) -> Iterable[tuple[int, str, int]]:
    found: dict[str, int] = {}
    for finding in listings(_attribution(answer, knowledge), knowledge, frozenset(knowledge.lists) - {OWN_LIST}):
        found[finding.list] = min(int(finding.may), found.get(finding.list, 1))
    return [(number, name, may) for name, may in sorted(found.items())]


def relist(connection: sqlite3.Connection, knowledge: Knowledge) -> None:
    """Look every answer up again in another knowledge: lists, where makers are based, their names, words for capabilities."""
    relist_makers(connection, knowledge)
    connection.execute("DELETE FROM answer_list")
    for number, key in connection.execute("SELECT id, key FROM answer").fetchall():
        kind, maker, grade, brand, candidates, capabilities, *_ = json.loads(key)
        answer = SharedAnswer(kind, maker, grade, brand, tuple(candidates), tuple(map(tuple, capabilities)))
        connection.executemany("INSERT INTO answer_list VALUES (?, ?, ?)", _listed(number, answer, knowledge))
        connection.execute("UPDATE answer SET based_in_china = ? WHERE id = ?", [_based(answer, knowledge), number])
    connection.execute("DELETE FROM list")
    same = ("id", "title", "said_by", "addressed_to", "date", "names_makers")
    insert_all(
        connection,
        "list",
        [
            {name: getattr(one, name) for name in same} | {"is_on": one.default_on}
            for one in knowledge.lists.values()
            if one.id != OWN_LIST
        ],
    )
    connection.executemany(
        "UPDATE maker SET name = ? WHERE id = ?",
        [
            (knowledge.name_of(maker).removeprefix("name:"), maker)
            for (maker,) in connection.execute("SELECT id FROM maker").fetchall()
        ],
    )
