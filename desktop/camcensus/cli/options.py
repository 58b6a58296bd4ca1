"""An option of a command in one line: its name, what it does, and what it takes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

PATHS = ("FILE", "DIR", "INVENTORY")


def option(made: argparse._ActionsContainer, name: str, words: str, takes: str = "", **more: Any) -> None:
    """One that is there or not, or `takes` a text; of a FILE ("FILE.csv" too), DIR or INVENTORY it is a Path."""
    if not takes:
        made.add_argument(name, action="store_true", help=words)
        return
    kind = Path if takes.partition(".")[0] in PATHS else str
    made.add_argument(name, type=kind, metavar=takes, help=words, **more)
