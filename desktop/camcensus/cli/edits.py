"""`edit`: a file of edits done to an inventory as one change, and taken back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, load, now, print_json, who
from camcensus.cli.options import option
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.tasks.register.from_file.words import FileEdit


def add_edit(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command's name and options."""
    made = command("edit", edit_command, "Make the edits in a file, as one change that can be undone; or undo the last one.")
    made.add_argument("inventory", nargs="?", type=Path, metavar="INVENTORY")
    option(made, "file", 'JSON: {"by": "your name", "edits": [{"do": …}, …]}', "FILE", nargs="?")
    option(made, "--by", "who makes the edits (who the file names, else who runs the command)", "NAME")
    option(made, "--dry-run", "say what it would do, and write nothing")
    option(made, "--undo", "take back the newest edit that still stands")
    option(made, "--list", "list the edits that a file may hold, with their fields")
    option(made, "--knowledge", "another vendors.db", "FILE")
    option(made, "--json", "print one JSON document")


def edit_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Make the edits, or none of them; 1 where there was nothing to take back."""
    from camcensus.model.errors import DiskError
    from camcensus.tasks import policy, safekeeping
    from camcensus.tasks.register import doing
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.register.from_file import doing as edits_file

    if arguments.list:
        return _list(edits_file.VERBS, arguments.json)
    if arguments.inventory is None or (arguments.file is None) != arguments.undo:
        raise Wrong("camcensus edit: name an inventory and a file of edits; or --undo and the inventory alone.")
    if not arguments.dry_run:
        policy.refuse_folder(arguments.inventory)
    knowledge = load(arguments, data_dir)
    by, edits = ("", []) if arguments.undo else edits_file.read_edits(arguments.file)
    with register.open_inventory(arguments.inventory, now(), readonly=False) as inventory:
        if inventory.readonly_reason is not None:
            raise DiskError(f"{inventory.readonly_reason} Nothing was changed; {inventory.remedy}.")
        if not arguments.dry_run:
            if caution := safekeeping.caution(arguments.inventory):
                print(caution, file=sys.stderr)
            if trouble := safekeeping.back_up(inventory, now(), closing=True):
                print(f"No back-up was made: {trouble}", file=sys.stderr)
        if arguments.undo:
            changes = doing.undo(inventory, knowledge, now())
            print(clean(changes.say, 300) if changes else "There is nothing to take back.")
            return DONE if changes else REFUSED
        name = (arguments.by or by or who()).strip()
        done, changes = edits_file.do_edits(inventory, knowledge, edits, by=name, now=now(), dry_run=arguments.dry_run)
    if arguments.json:
        made = [{"do": one.do, "say": clean(one.say, 300)} for one in done]
        print_json({"by": clean(name, 200), "edits": made, "written": changes is not None})
        return DONE
    for number, one in enumerate(done, 1):
        print(f"{number}. {clean(one.say, 300)}")
    if changes is None:
        print("Nothing was written: this was only looked at.")
    return DONE


def _list(verbs: Mapping[str, FileEdit], as_json: bool) -> int:
    if as_json:
        print_json({name: {"takes": one.takes, "does": one.does} for name, one in verbs.items()})
        return DONE
    for name, one in verbs.items():
        print(f"{name}\n  {one.does}\n  {one.takes}")
    return DONE
