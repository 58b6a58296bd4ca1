"""The README promises no command that the program does not take."""

from __future__ import annotations

import re
import shlex

import pytest

from camcensus.cli.arguments import parser
from conftest import ROOT

COMMANDS = sorted(set(re.findall(r"`?python3 run\.py ([a-z][^`\n]*)`?", (ROOT / "README.md").read_text())))
OWN = ("test", "check", "lock", "package", "release")
"""What run.py does itself."""


def test_the_readme_names_the_two_commands_to_start_with() -> None:
    assert {"demo", "test"} <= set(COMMANDS)
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("command", [one for one in COMMANDS if one.split()[0] not in OWN])
def test_a_command_of_the_readme_is_one(command: str) -> None:
    parser().parse_args(shlex.split(command))


def test_the_first_minute_names_what_the_window_really_says() -> None:
    minute = (ROOT / "README.md").read_text("utf-8").partition("## The first minute")[2].partition("\n## ")[0]
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop" / "camcensus" / "ui").rglob("*.py"))
    named = re.findall(r"\*\*([^*]+)\*\*", minute)
    assert len(named) >= 3
    assert [words for words in named if f'"{words}"' not in source] == []


def test_the_first_screen_has_the_picture_the_ways_to_get_it_and_the_first_minute_before_anything_else() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[:2] == ["## Get it", "## The first minute"]
    assert next(at for at, line in enumerate(lines) if line.startswith("![")) < 12
    assert lines.index("## The first minute") < 45
