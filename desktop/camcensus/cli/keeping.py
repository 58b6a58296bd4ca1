"""The inventory that a command writes to: opened, warned of, backed up and closed; and going back to a back-up."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import camcensus
from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, load, now, option, print_json, say
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge


def _now() -> datetime:
    """In the zone of this computer: back-ups are offered by the time that a person knows."""
    return now().astimezone()


@contextlib.contextmanager
def open_to_keep(path: Path | None, knowledge: Knowledge) -> Iterator[Any]:
    """The inventory to keep what is found in, made where there is none yet; nothing where none was named.

    Says where it lies unsafely, what a search that was cut off had seen, and where no back-up could be made.
    """
    from camcensus.model.errors import DiskError
    from camcensus.tasks import policy, safekeeping
    from camcensus.tasks.register import verbs as register

    if path is None:
        yield None
        return
    policy.refuse_folder(path)
    is_new = not path.exists() and not path.is_symlink()
    if is_new:
        inventory = register.new_inventory(path, register.new_body(clean(path.stem) or "My organisation", "other"), _now())
        print(f"A new inventory was made: {clean(str(path))}", file=sys.stderr)
    else:
        inventory = register.open_inventory(path, _now())
        if inventory.readonly_reason is not None:
            inventory.close()
            raise DiskError(f"{inventory.readonly_reason} Nothing was saved; {inventory.remedy}.")
    with inventory:
        _say(safekeeping.caution(path))
        trouble = None if is_new else safekeeping.back_up(inventory, _now())
        _say(trouble, "No back-up was made: ")
        _say(register.finish_unfinished(inventory, knowledge, _now()))
        yield inventory
    if trouble is None:  # said once: the next back-up has another name in its sentence
        _say(inventory.trouble, "No back-up was made: ")


def say_unfinished(inventory: Any) -> None:
    """For a command that only reads: what a search that was cut off had seen is not in the register yet."""
    if inventory.unfinished():
        _say("A search was cut off, and what it had seen is not shown yet: open this inventory in the window, or search again.")


def _say(sentence: str | None, before: str = "") -> None:
    if sentence:
        print(f"{before}{sentence}", file=sys.stderr)


def backups_command(arguments: argparse.Namespace, _data_dir: object, _window: object) -> int:
    """List the back-ups of an inventory, or put one in its place; what was there is set aside, never overwritten."""
    from camcensus.cli.sharing import passphrase_of
    from camcensus.model.errors import DiskError
    from camcensus.store.backup_file import is_locked
    from camcensus.tasks import policy, safekeeping

    path: Path = arguments.inventory
    if arguments.restore is not None or arguments.newest:
        policy.refuse_folder(path)
    if arguments.restore is not None:
        locked = is_locked(arguments.restore)
        passphrase = passphrase_of(arguments.passphrase_file, "Passphrase of the back-up: ") if locked else None
        print(clean(safekeeping.restore(path, arguments.restore, _now(), passphrase), 600))
        return 0
    if arguments.newest:
        found = safekeeping.offer(path, _now())
        if found is None:
            raise DiskError(
                f"There is no back-up of “{clean(path.name, 80)}” that can be relied on; look for a copy elsewhere."
            )
        print(clean(safekeeping.restore(path, found.backup, _now()), 600))
        return 0
    there = safekeeping.list_backups(path, _now())
    for one in there:
        print(f"{one.at:%Y-%m-%d %H:%M}  {clean(str(one.backup), 300)}")
    if not there:
        print(f"There are no back-ups of “{clean(path.name, 80)}”.", file=sys.stderr)
    return 0


def add_backups(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command's name and options."""
    made = command("backups", backups_command, "List the back-ups of an inventory, or go back to one.")
    made.add_argument("inventory", type=Path, metavar="INVENTORY")
    which = made.add_mutually_exclusive_group()
    option(which, "--restore", "put this back-up in its place; the file there is set aside", "FILE")
    made.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="with --restore: a file whose first line is the passphrase"
    )
    option(which, "--newest", "put the newest sound back-up in its place")


# `camcensus policy`: what the IT team's policy allows here, or what a file would; and `--policy`, which tightens it.


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


# What the commands of `camcensus knowledge` do.


def knowledge_help_command(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    """`knowledge` alone is no command."""
    name = arguments.parser.prog
    raise Wrong(f"{name} needs show NAME, update FILE or comment; see “{name} --help”.")


def knowledge_show_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """What is known of a name; 1 where nothing is."""
    from camcensus.tasks import maker_lookup

    known = load(arguments, data_dir)
    lines = maker_lookup.show_name(known, arguments.name, everything=arguments.all)
    if not lines:
        return say(maker_lookup.unknown_name(known, arguments.name), REFUSED)
    print("\n".join(clean(line, 2000) for line in lines))
    return DONE


def knowledge_update_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Take a signed vendors.db."""
    from camcensus.tasks.knowledge import updates

    taken = updates.take_update(arguments.file, data_dir(), app=camcensus.__version__, now=now(), key=arguments.key)
    print(taken.say)
    print("Inventories are judged by it when they are shown; “camcensus show” says which answers changed.")
    for notice in taken.notices:
        print(notice, file=sys.stderr)
    return DONE


def knowledge_comment_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """The comment that a vendors.db is to be signed with."""
    from camcensus.tasks.knowledge import updates

    path = arguments.file or data_dir() / "vendors.db"
    print(updates.signed_comment(path, min_app=arguments.min_app or camcensus.__version__, today=now().date()))
    return DONE
