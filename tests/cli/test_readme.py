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
