"""What every command shares: how it ends, what it says, and the knowledge it is given."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge


DONE, REFUSED, WRONG, COULD_NOT = 0, 1, 2, 3
DataDir = Callable[[], Path]
Window = Callable[[Path | None, Path, bool], int]


class Wrong(Exception):
    """Arguments that cannot be used; one sentence."""


def say(sentence: object, status: int) -> int:
    """Print a sentence on stderr, where that takes it; gives the status back, which says the same."""
    try:
        print(sentence, file=sys.stderr, flush=True)
    except OSError:
        print_no_more(sys.stderr)
    return status


def print_no_more(stream: Any) -> None:
    """What is still to be printed goes nowhere, so that the interpreter does not complain at its end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def now() -> datetime:
    return datetime.now(UTC)


def who() -> str:
    """Whose name stands with what a command changes."""
    try:
        return f"{getpass.getuser()}, by the command line"
    except (OSError, KeyError, ImportError):
        return "by the command line"


def load(arguments: argparse.Namespace, data_dir: DataDir) -> Knowledge:
    """As `load_with_path`; says where the knowledge is old."""
    from camcensus.tasks.knowledge.updates import age_notice

    knowledge, _ = load_with_path(arguments, data_dir)
    if (old := age_notice(knowledge.version, now().date())) is not None:
        print(old, file=sys.stderr)
    return knowledge


def load_with_path(arguments: argparse.Namespace, data_dir: DataDir) -> tuple[Knowledge, Path]:
    """The knowledge base that --knowledge names, checked as a stranger's, else the newest there is; and its file."""
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.store.vendors_db.updates import load_brought
    from camcensus.tasks.knowledge.updates import knowledge_in_use

    if arguments.knowledge:
        return load_brought(arguments.knowledge), arguments.knowledge
    used = knowledge_in_use(data_dir())
    if used.problem:
        print(used.problem, file=sys.stderr)
    return load_knowledge(used.path), used.path


def print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def pairs(given: list[str], like: str = "--map “Location 2=room_or_area”") -> dict[str, str]:
    """What options say of columns or cells, before and after the equals sign: heading or letter -> field. Raises Wrong."""
    found = {}
    for pair in given:
        column, equals, name = pair.rpartition("=")
        if not equals or not column.strip() or not name.strip():
            raise Wrong(f"“{clean(pair, 60)}” does not say what a column is; write it like {like}.")
        found[column.strip()] = name.strip().lower()
    return found


def open_window(arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    """The window, on the inventory that “open” names, else on the last one or the first-run steps."""
    named: Path | None = getattr(arguments, "inventory", None)
    return window(None if named is None else named.resolve(), data_dir(), False)
