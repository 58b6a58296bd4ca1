"""No argument of a command that names a file to read is forgotten: each is a door that hostile files are brought to."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import camcensus
from camcensus.cli.arguments import parser
from hostile.doors import DOORS, OWN, WRITTEN, Door, Place
from hostile.files import ALL
from hostile.hands import CHOSEN, Hands

WORDS = frozenset({
    "ADDR", "CHANGE", "CIDR", "COLUMN:VALUE=ANSWER", "COLUMN=FIELD", "DAY", "EXPORT_ID", "ID", "IDS", "KIND", "N", "NAME", "NAMES", "PART", "PERCENT",
    "REF", "REFS", "USER", "VERSION", "WHEN", "WORDS", "YEAR",
})  # fmt: skip
"""What arguments are called that take words and no file; any other name of an argument of text is taken for a file."""
CASE = Place(Path("/case"))
BROUGHT = CASE.theirs / "file"


def commands(within: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command by its name, the one without a name first."""
    yield name, within
    for action in within._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one, made in action.choices.items():
                yield from commands(made, f"{name} {one}".strip())


def names_a_file(action: argparse.Action) -> bool:
    """Whether it takes a path: a Path, or text that is not said to be words."""
    if isinstance(action, argparse._SubParsersAction) or action.nargs == 0 or action.choices is not None:
        return False
    return action.type is Path or (action.type in (None, str) and str(action.metavar) not in WORDS)


def arguments() -> frozenset[str]:
    """Every argument of every command that names a file, as "command argument"."""
    return frozenset(
        f"{name} {action.dest}".strip() for name, made in commands(parser()) for action in made._actions if names_a_file(action)
    )


def read_at(door: Door) -> str:
    """The argument that a file goes in by at this door."""
    act = door.act(BROUGHT, CASE)
    if callable(act):
        return door.reads
    by_what: dict[Callable[..., int], str] = {made.get_default("do"): name for name, made in commands(parser()) if name}
    given = parser().parse_args(act)
    for dest, value in vars(given).items():
        if {str(one) for one in (value if isinstance(value, list) else [value])} & {str(BROUGHT), str(CASE.theirs)}:
            return "policy" if dest == "policy" else f"{by_what[given.do]} {dest}"
    raise AssertionError(f"{door.name} brings no file anywhere")


def test_every_file_that_a_command_reads_goes_through_a_door_of_the_hostile_check() -> None:
    doors = {read_at(door) for door in DOORS}
    forgotten = sorted(arguments() - doors - WRITTEN - OWN)
    assert not forgotten, f"give each a row in tests/hostile/doors.py: {forgotten}"
    assert not (WRITTEN | OWN) - arguments(), "no such argument any more"
    assert not doors & (WRITTEN | OWN)


def test_each_door_is_brought_120_files_and_more() -> None:
    assert len({door.name for door in DOORS}) == len(DOORS)
    for door in DOORS:
        assert sum(map(door.fits, ALL)) >= 120, door.name


def chosen_in(function: ast.FunctionDef) -> bool:
    """Whether a person chooses a file to read there, or drops one."""
    calls = [one.func for one in ast.walk(function) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    asks = any(
        isinstance(one.value, ast.Name) and one.value.id == "file_dialogs" and one.attr.startswith("open_") for one in calls
    )
    return (
        asks
        or (any(one.attr == "installEventFilter" for one in calls) and any(one.attr == "setAcceptDrops" for one in calls))
        or (function.name == "dropEvent" and any(one.attr == "mimeData" for one in calls))
    )


def test_every_file_that_a_person_chooses_or_drops_goes_through_a_door_of_the_hostile_check() -> None:
    pages = Path(camcensus.__file__).parent / "ui"
    found = {
        f"{path.relative_to(pages).as_posix()}:{function.name}"
        for path in pages.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and chosen_in(function)
    }
    assert found == CHOSEN.keys()
    assert not [door for door in CHOSEN.values() if not hasattr(Hands, f"_{door.replace(' ', '_')}")]
