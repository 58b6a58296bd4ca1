"""What reports say of how rows are known is what happened to them: registers of every mix are drawn, and read back."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from camcensus.model.asset import Known, KnownBy, Way, known_of, number_by
from camcensus.model.knowledge import Knowledge
from camcensus.planning.counts import is_counted
from camcensus.store.inventory import Inventory
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow
from numbers_said import documents, texts
from random_estates import estate
from report_estate import NOW, knowledge
from samples import body

WAYS: dict[Way | None, str] = {
    "search": r"(\d[\d,]*) (?:items? )?answered a search\b",
    "person": r"(\d[\d,]*) (?:items? )?(?:was|were) entered or confirmed by a person\b",
    "list": r"(\d[\d,]*) (?:items? )?(?:is|are) recorded from a list\b",
    "answer": r"(\d[\d,]*) (?:items? )?(?:is|are) known from an answer\b",
    None: r"(\d[\d,]*) (?:items? )?(?:is|are) reported by a recorder alone\b",
}
CLAIMS = re.compile(
    r"answered (?:in )?a search|by a person|\bread (?:the|its|their) label|label or papers|(?:was|were) (?:read|checked|measured)"
    r"|\b[Ll]ast seen\b|not seen in|reported by|[Rr]ecorders?’ channels|\bSearched\b|\bListened\b|set-up",
)
"""What nobody may say of a register that came from a list alone."""
FIXED = re.compile(
    r"paper was read|^Left out|picture checked by a person|does not mean (?:that )?(?:it has|they have) been|^Checked|What the words of certainty|"
    r"^(?:A letter names the maker|Weak signs only|Of the [\d,]+ whose answers|[\d,]+ cases built|“Confirmed or almost certain”)"
)
"""Signatures, and what words and bands mean whatever is in the register."""
MIXES: dict[str, tuple[tuple[Way, ...], ...]] = {
    "search": (("search",),),
    "list": (("list",),),
    "list, search": (("list",), ("search",), ("search", "list")),
    "person": (("person",),),
    "list, channels": (("list",), ()),
    "answers": (("answer",), ("list", "answer")),
    "everything": (("search",), ("person",), ("list",), ("search", "person"), ("person", "list"), ()),
}
WHAT: dict[Way, str] = {"search": "", "person": "S. Ellis", "list": "cameras.xlsx, row 14", "answer": "letter of 3 May"}


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path_factory.mktemp("done") / "a.camcensus", body(), NOW) as made:
        yield made


def drawn(dice: random.Random, mix: str) -> Known:
    ways = dice.choice(MIXES[mix])
    return known_of(KnownBy(way, f"2026-11-{dice.randint(10, 28)}T10:00:00Z", WHAT[way]) for way in ways)


def rows_of(seed: int, mix: str, known: Knowledge) -> list[AssetRow]:
    """A register whose rows are known in the ways of the mix; a channel is on a recorder and has no device."""
    dice, made = random.Random(f"{mix} {seed}"), []
    lists = frozenset(entry.id for entry in known.lists.values() if entry.default_on)
    for row in estate(seed, known, lists):
        by = drawn(dice, mix)
        if by:
            last = next((one.at for one in by if one.way == "search"), None)
            made.append(replace(row, asset=replace(row.asset, known_by=by, first_seen=last, last_seen=last)))
        else:
            made.append(
                AssetRow(asset=replace(row.asset, kind="camera", device=None, connected_to="a-1", channel=dice.randint(1, 16)))
            )
    return made


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("seed", [7, 11, 20, 23])
def test_each_number_is_that_of_the_rows_and_nothing_else_is_claimed(inventory: Inventory, seed: int, mix: str) -> None:
    known = knowledge()
    rows = rows_of(seed, mix, known)
    here = [row.known_by for row in rows if is_counted(row.asset)]
    said = 0
    for name, document in documents(inventory, known, rows):
        words = [*texts(document), *document.foot]
        for text in words:
            if re.match(r"[23]\. ", text):
                continue  # answers about some of the rows
            for way, pattern in WAYS.items():
                for found in re.finditer(pattern, text):
                    said += 1
                    assert int(found[1].replace(",", "")) == (number_by(here, way) if way else here.count(())), (name, text)
        if mix == "list":
            assert [text for text in words if CLAIMS.search(text) and not FIXED.search(text)] == [], name
    assert said or not here
