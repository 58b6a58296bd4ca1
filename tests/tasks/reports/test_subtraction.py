"""Subtraction: what a reader of a whole pack, of two packs, or one with own cameras in it, can work out is nobody's count."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.planning.disclosure import FEW, tells
from camcensus.store.rollup.file import RollUpFile, open_rollup
from camcensus.store.rollup.holdings import read_holdings
from camcensus.store.rollup.packs import ShownTables
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import lists_of, read_figures
from camcensus.tasks.rollup.published import SEVERAL, Publication, publication
from camcensus.tasks.rollup.published_declared import few_kinds
from camcensus.tasks.rollup.published_tables import FilledTable
from camcensus.tasks.rollup.section_rows import BESIDE
from rollup_estate import NOW, ROOT, knowledge

SEEDS = 8
Atom = dict[str, Any]
"""Cameras of one body that are alike in all that any table tells; `when` they are there: both, then or now."""
Cell = tuple[str, list[bool], int | None]


def publication_of(rollup: tasks.RollUp, *before: ShownTables) -> Publication:
    figures = read_figures(rollup, lists_of(rollup, ("uk-mps-2022", "uk-wms-2022")), "2026-11-24")
    return publication(figures, knowledge(), NOW.year, read_holdings(rollup.file.connection), before)


class RandomRollup:
    """A small roll-up of counts drawn at random, with its cameras as atoms."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self._draw = random.Random(seed)
        self._bodies: dict[int, tuple[str, int]] = {}
        self.atoms: list[Atom] = []
        self._makers = ["hikvision", "dahua", "tiandy", "axis", "bosch", "hanwha"][: self._draw.randint(2, 6)]
        open_rollup(path, NOW, make=True).close()
        self.change(new=self._draw.randint(2, 13), changed=0)

    def change(self, *, new: int, changed: int) -> None:
        """Adds organisations, and measures some anew."""
        for atom in self.atoms:
            atom["when"] = "both"
        with tasks.open_for_taking(self.path, ROOT, knowledge(), NOW) as rollup:
            answers = _answers(rollup.file, self._makers)
            with rollup.file.writing() as db:
                for body in self._draw.sample(sorted(self._bodies), min(changed, len(self._bodies))):
                    db.execute("DELETE FROM tally WHERE body = ?", [body])
                    for atom in self.atoms:
                        if atom["body"] == body:
                            atom["when"] = "then"
                    self._fill(db, body, answers)
                for body in range(len(self._bodies) + 1, len(self._bodies) + 1 + new):
                    kind, year = (
                        self._draw.choice(("school", "nhs", "police", "council")),
                        self._draw.choice((2024, 2025, 2026)),
                    )
                    self._bodies[body] = kind, year
                    db.execute(
                        "INSERT INTO body (id, code, name, type, asked) VALUES (?, ?, ?, ?, 0)",
                        [body, f"urn:{body}", f"B{body}", kind],
                    )
                    db.execute(
                        "INSERT INTO export (uuid, inventory, body, state, body_uuid, body_name, made_at, as_at, method, items,"
                        " name, knowledge_version, signed, sha256, channels_without_row)"
                        " VALUES (?, ?, ?, 'accepted', ?, 'B', ?, ?, 'search', 9, 'f', 'v', 'unsigned', ?, 0)",
                        [f"e{body}", f"i{body}", body, f"b{body}", *[f"{year}-01-01T00:00:00Z"] * 2, "0" * 64],
                    )
                    self._fill(db, body, answers)

    def _fill(self, db: sqlite3.Connection, body: int, answers: list[tuple[int, str | None, str, str]]) -> None:
        draw = self._draw
        for _ in range(draw.randint(1, 9)):
            answer, maker, band, may = draw.choice(answers)
            kind, year = self._bodies[body]
            atom = {
                "body": body, "type": kind, "year": year, "maker": maker, "band": band, "may": may,
                "building": draw.choice(("school", "not recorded")),
                "inside": draw.choice(("inside", "outside", "not recorded")),
                "sensitive": draw.randint(0, 1), "installed": draw.choice((None, 2017, 2021, 2023)),
                "number": draw.choice((1, 2, 3, 5, 8, draw.randint(1, 60))), "when": "now",
            }  # fmt: skip
            self.atoms.append(atom)
            db.execute(
                "INSERT INTO tally VALUES (?, ?, 'camera', ?, ?, ?, ?, ?, 0, 0)",
                [body, answer, atom["building"], atom["inside"], atom["sensitive"], atom["installed"], atom["number"]],
            )

    def publish(self, *before: ShownTables) -> Publication:
        with tasks.open_for_reading(self.path, ROOT) as rollup:
            return publication_of(rollup, *before)


def _answers(file: RollUpFile, makers: list[str]) -> list[tuple[int, str | None, str, str]]:
    """Answers with their maker, their band, and the maker that one of unknown make may have."""
    from camcensus.store.rollup.answers import Answers, SharedAnswer

    answers = Answers(file.connection, knowledge())
    bands = {"almost-certain": "certain", "likely": "likely", "possible": "not known"}
    with file.writing():
        return [
            (
                answers.id_of(SharedAnswer("camera", maker, grade, None, (maker,), ())),
                maker if band != "not known" else None,
                band,
                maker if band == "not known" else "",
            )
            for maker in makers
            for grade, band in bands.items()
        ]


def measures() -> dict[str, Callable[[Atom], bool]]:
    listed = {one for one in ("hikvision", "dahua", "tiandy") if any(knowledge_lists(one))}
    based = {"hikvision", "dahua", "tiandy"}
    return {
        "cameras_once": lambda atom: True, "found_once": lambda atom: True,
        "listed_proven": lambda atom: atom["maker"] in listed and atom["band"] == "certain",
        "listed": lambda atom: atom["maker"] in listed,
        "listed_most": lambda atom: atom["maker"] in listed or atom["may"] in listed,
        "not_known": lambda atom: atom["band"] == "not known",
        "based_in_china_proven": lambda atom: atom["maker"] in based and atom["band"] == "certain",
        "based_in_china": lambda atom: atom["maker"] in based,
        "cameras_proven": lambda atom: atom["band"] != "likely", "cameras": lambda atom: True,
    }  # fmt: skip


def knowledge_lists(maker: str) -> Iterator[bool]:
    yield maker in ("hikvision", "dahua")


def _of(name: str, key: tuple[str, ...]) -> Callable[[Atom], bool]:
    """Which cameras are in a row of a table."""
    known = knowledge()
    kinds = {"Schools": "school", "NHS organisations": "nhs", "Police forces": "police", "Councils": "council"}
    match name:
        case "by_body_type":
            return lambda atom: key[0] == "All organisations" or atom["type"] == kinds[key[0]]
        case "by_year":
            return lambda atom: str(atom["year"]) == key[0]
        case "by_year_installed":
            return lambda atom: str(atom["installed"] or "Not recorded") == key[0]
        case "by_maker":
            return lambda atom: (known.name_of(atom["maker"]) if atom["maker"] else "Not known") == key[0]
        case "by_place_type":
            words = {
                "Building": lambda atom: atom["building"],
                "Inside or outside": lambda atom: atom["inside"],
                "Sensitive": lambda atom: "in a sensitive place" if atom["sensitive"] else "not marked as sensitive",
            }[key[0]]
            return lambda atom: words(atom).lower() == key[1].lower()
        case _:
            return lambda atom: name == "by_kind" and key[0] == "Cameras"


def possible(atoms: list[Atom], *when: str) -> list[Atom]:
    """Sorts of cameras that a reader may think of, with none of them: nobody tells the reader which there are.

    Some of them drawn, as many as leave every table's rows apart.
    """
    draw = random.Random(len(atoms))
    values: dict[str, list[Any]] = {
        name: sorted({atom[name] for atom in atoms}, key=repr) for name in ("type", "year", "maker", "installed")
    }
    values |= {"building": ["school", "not recorded"], "inside": ["inside", "outside", "not recorded"], "sensitive": [0, 1]}
    made = []
    for moment in when:
        for _ in range(300):
            one = {name: draw.choice(some) for name, some in values.items()}
            band = "not known" if one["maker"] is None else draw.choice(("certain", "likely"))
            may = draw.choice(("", "hikvision", "axis")) if one["maker"] is None else ""
            made.append(one | {"band": band, "may": may, "number": 0, "body": 0, "when": moment})
    return [*atoms, *made]


def cells(tables: tuple[FilledTable, ...], atoms: list[Atom]) -> Iterator[Cell]:
    """Each count of cameras: its place, which cameras it counts, and what is published of it."""
    of_measure = measures()
    for table in tables:
        names = [column.name for column in table.columns]
        of_cameras = [column.name for column in table.columns if column.kind == "cameras"]
        joined: list[list[bool]] = []
        for values in table.rows:
            row = dict(zip(names, values, strict=True))
            key = tuple(str(row[column.name]) for column in table.columns if column.kind == "words")
            if SEVERAL in key:
                inside, joined = [any(some) for some in zip(*joined, strict=True)], []
            else:
                is_inside = _of(table.table.name, key)
                inside = [is_inside(atom) for atom in atoms]
                whole = [name for name in of_cameras if not name.endswith(BESIDE)]
                if whole and all(row[name] is None for name in whole):
                    joined.append(inside)
            for name in of_cameras:
                if name in of_measure and table.table.name != "by_capability":
                    measure = of_measure[name]
                    yield (
                        f"{table.table.name} {key} {name}",
                        [i and measure(a) for i, a in zip(inside, atoms, strict=True)],
                        row[name],
                    )


PRIME = (1 << 31) - 1
type Form = list[int]


class Span:
    """What can be worked out from forms by adding, subtracting and multiplying: Gauss' elimination over a large prime."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, Any]] = []

    def left_over(self, form: Any) -> Any:
        numpy = pytest.importorskip("numpy")
        left = numpy.array(form, dtype=numpy.int64) % PRIME
        for first, row in self._rows:
            if left[first]:
                left = (left - left[first] * row) % PRIME
        return left

    def add(self, form: Any) -> None:
        left = self.left_over(form)
        if left.any():
            first = int(left.argmax())
            self._rows.append((first, left * pow(int(left[first]), -1, PRIME) % PRIME))


def held_by(atoms: list[Atom], form: Form) -> dict[str, int]:
    """How many of the cameras of a form each body has."""
    held: dict[str, int] = {}
    for atom, times in zip(atoms, form, strict=True):
        held[str(atom["body"])] = held.get(str(atom["body"]), 0) + times * atom["number"]
    return {body: number for body, number in held.items() if number}


def read_off(atoms: list[Atom], cells: list[Cell], hidden: list[Cell], span: Span) -> list[str]:
    """Looks that what is shown is right and tells nothing; gives what tells and is not shown, and can be worked out."""
    for place, form, shown in cells:
        if shown is not None:
            held = held_by(atoms, form)
            assert shown == sum(held.values()), place
            assert not tells(held), place
            span.add(form)
    return [place for place, form, _ in hidden if tells(held_by(atoms, form)) and not span.left_over(form).any()]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_subtraction_gives_back_a_count_that_is_not_shown(seed: int, tmp_path: Path) -> None:
    made = RandomRollup(tmp_path / "n.camcensus-rollup", seed)
    atoms = possible(made.atoms, "now")
    found = list(cells(made.publish().tables, atoms))
    assert read_off(atoms, found, [one for one in found if one[2] is None], Span()) == []


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_organisation_works_out_what_another_has_with_the_help_of_its_own(seed: int, tmp_path: Path) -> None:
    """It knows all that it has itself, and takes it away everywhere."""
    made = RandomRollup(tmp_path / "n.camcensus-rollup", seed)
    atoms = possible(made.atoms, "now")
    found = list(cells(made.publish().tables, atoms))
    most = sorted({atom["body"] for atom in made.atoms}, key=lambda body: -sum(
        atom["number"] for atom in made.atoms if atom["body"] == body
    ))[:3]  # fmt: skip
    for insider in most:
        span = Span()
        others = [atom["body"] != insider for atom in atoms]
        for _, form, shown in found:
            if shown is not None:
                span.add([a and b for a, b in zip(form, others, strict=True)])
        for body in {atom["body"] for atom in made.atoms} - {insider}:
            for name, measure in measures().items():
                form = [atom["body"] == body and measure(atom) for atom in atoms]
                assert not any(form) or span.left_over(form).any(), (insider, body, name)
        for place, form, _ in found:
            left = [a and b for a, b in zip(form, others, strict=True)]
            assert not any(left) or not tells(held_by(atoms, form)) or span.left_over(left).any(), (insider, place)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_pack_tells_beside_an_earlier_one_what_one_organisation_has(seed: int, tmp_path: Path) -> None:
    """Some organisations are new and some are measured anew; a reader knows which, as they are named."""
    made = RandomRollup(tmp_path / "n.camcensus-rollup", seed)
    first = made.publish()
    draw = random.Random(seed)
    made.change(new=draw.choice((0, 1, 2, 5)), changed=draw.choice((0, 1, 3, 6)))
    second = made.publish(first.shown)
    atoms = possible(made.atoms, "both", "then", "now")
    packs = []
    for said, when in ((first, "now"), (second, "then")):
        there = [atom["when"] != when for atom in atoms]
        packs.append(
            [(place, [a and b for a, b in zip(form, there, strict=True)], n) for place, form, n in cells(said.tables, atoms)]
        )
    span = Span()
    hidden = [one for pack in packs for one in pack if one[2] is None]
    assert read_off(atoms, packs[0], [], span) == []
    assert read_off(atoms, packs[1], hidden, span) == []
    then = {place: form for place, form, _ in packs[0] if SEVERAL not in place}
    for place, form, _ in packs[1]:
        if place in then:
            change = [int(b) - int(a) for a, b in zip(then[place], form, strict=True)]
            held = held_by(atoms, change)
            assert not tells(held) or span.left_over(change).any(), (place, held)


@pytest.mark.parametrize("seed", range(40))
def test_what_few_of_a_kind_answered_is_no_difference_of_what_is_shown(seed: int) -> None:
    """A reader has each kind measured, measured and answered together, the few kinds as one, and all."""
    draw = random.Random(seed)
    kinds = [f"k{number}" for number in range(draw.randint(1, 9))]
    sizes = (0, 0, 1, 2, 3, 5, 9)
    ways = {kind: (draw.choice(sizes), draw.choice(sizes)) for kind in kinds}
    total = [sum(both[way] for both in ways.values()) for way in (0, 1)]
    few = few_kinds({kind: both[0] for kind, both in ways.items()}, {kind: both[1] for kind, both in ways.items()})
    assert few == {kind: ways[kind][0] for kind in few}
    for way in (0, 1):
        assert all(ways[kind][way] == 0 or ways[kind][way] >= FEW for kind in kinds if kind not in few)
        joined = sum(ways[kind][way] for kind in few)
        assert joined == 0 or joined >= FEW or joined == total[way] < FEW
    assert len(few) != 1 or sum(any(both) for both in ways.values()) == 1
    if not any(0 < number < FEW for both in ways.values() for number in both):
        assert not few, "nothing is joined without need"


def test_the_random_roll_ups_have_something_to_hide_and_to_show(tmp_path: Path) -> None:
    joined = hidden = shown = 0
    for seed in range(12):
        made = RandomRollup(tmp_path / f"{seed}.camcensus-rollup", seed)
        for table in made.publish().tables:
            joined += sum(SEVERAL in row for row in table.rows)
            names = [column.kind == "cameras" for column in table.columns]
            hidden += sum(cell is None for row in table.rows for cell, counts in zip(row, names, strict=True) if counts)
            shown += sum(bool(cell) for row in table.rows for cell, counts in zip(row, names, strict=True) if counts)
    assert joined > 10
    assert hidden > 100
    assert shown > 100
