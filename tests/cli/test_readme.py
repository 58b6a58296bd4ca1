"""The README and the help page of commands promise no command that the program does not take."""

from __future__ import annotations

import re
import shlex

import pytest

from camcensus.cli.arguments import parser
from conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
NAMES = (
    "open", "demo", "scan", "identify", "show", "import", "backups", "report", "export", "rollup", "rollup-report", "knowledge",
    "policy",
)  # fmt: skip
OPENING = re.compile(rf"(?:{'|'.join(NAMES)})\b.*")
SPELT = re.findall(r"`([^`\n]+)`", (ROOT / "resources" / "help" / "commands.md").read_text("utf-8"))
COMMANDS = sorted({one for one in SPELT if OPENING.fullmatch(one) and one != "show"})


def test_the_readme_names_the_two_commands_to_start_with() -> None:
    assert re.findall(r"^python3 run\.py (\w+)$", README, re.M) == ["demo", "test"]


def test_the_help_names_every_command() -> None:
    assert {command.split()[0] for command in COMMANDS} == set(NAMES)
    assert len(COMMANDS) >= 30


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_help_is_one(command: str) -> None:
    parser().parse_args(shlex.split(command))


def test_the_first_minute_names_what_the_window_really_says() -> None:
    minute = README.partition("## The first minute")[2].partition("\n## ")[0]
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop" / "camcensus" / "ui").rglob("*.py"))
    named = re.findall(r"\*\*([^*]+)\*\*", minute)
    assert len(named) >= 3
    assert [words for words in named if f'"{words}"' not in source] == []


def test_the_first_screen_has_the_picture_the_ways_to_get_it_and_the_first_minute_before_anything_else() -> None:
    lines = README.splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[:2] == ["## Get it", "## The first minute"]
    assert next(at for at, line in enumerate(lines) if line.startswith("![")) < 12
    assert lines.index("## The first minute") < 45
