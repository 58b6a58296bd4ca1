"""`camcensus policy`: what the IT team's policy allows here, or what a file would; and `--policy`, which tightens it."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from camcensus.cli.common import DONE, DataDir, Window, print_json
from camcensus.cli.options import option


@contextlib.contextmanager
def tightened(files: Sequence[Path]) -> Iterator[None]:
    """Further policy files count beside those of the system and of the environment, as long as the block lasts."""
    if not files:
        yield
        return
    from camcensus.store.policy_file import FURTHER

    before = os.environ.get(FURTHER)
    os.environ[FURTHER] = os.pathsep.join([*filter(None, [before]), *(str(path.absolute()) for path in files)])
    try:
        yield
    finally:
        if before is None:
            del os.environ[FURTHER]
        else:
            os.environ[FURTHER] = before


def add_policy(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command's name and options."""
    made = command("policy", policy_command, "Say what the IT team’s policy allows here, or what a policy file would.")
    option(made, "file", "a policy file to look at; nothing is changed", "FILE", nargs="?")
    option(made, "--json", "print one JSON document")


def policy_command(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    """Prints what is allowed. Raises PolicyError for a file that cannot be used."""
    from camcensus.model.errors import PolicyError
    from camcensus.store.policy_file import read_policy, system_place
    from camcensus.tasks import policy

    said = read_policy(arguments.file) if arguments.file is not None else policy.policy_in_force()
    if arguments.json:
        print_json(policy.policy_document(said))
    elif not said.is_set:
        print(f"Nothing is limited here: there is no policy file ({system_place()}).")
    elif not said.problem:
        for what, sentence in policy.limits(said):
            print(f"{what}: {sentence}")
    if said.problem:
        raise PolicyError(said.problem)
    return DONE
