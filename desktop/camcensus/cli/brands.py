"""`brands`: what the organisation recorded of who makes a name on boxes; added from a file, or written into one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from camcensus.cli.common import DONE, REFUSED, DataDir, Window, load, now
from camcensus.cli.options import option
from camcensus.model.words import clean


def add_brands_command(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command's name and options."""
    made = command("brands", brands_command, "List the brands that your organisation recorded, add to them, or share them.")
    made.add_argument("inventory", type=Path, metavar="INVENTORY")
    what = made.add_mutually_exclusive_group()
    option(what, "--add", "add the brands in this file (CSV, XLSX, ODS)", "FILE")
    option(what, "--export", "write the brands into this file, for another organisation", "FILE.csv")
    option(made, "--knowledge", "another vendors.db", "FILE")


def brands_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Print, add or write the organisation's own brands; 1 where a row of a file was left out."""
    from camcensus.model.errors import DiskError
    from camcensus.tasks import policy
    from camcensus.tasks.register import own_brands
    from camcensus.tasks.register import verbs as register

    knowledge = load(arguments, data_dir)
    if arguments.add is None:
        with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
            if arguments.export is not None:
                policy.refuse_folder(arguments.export)
                print(own_brands.write_brands_file(inventory, knowledge, arguments.export))
                return DONE
            brands = inventory.own_brands()
        print(own_brands.brands_file(brands, knowledge), end="")
        return DONE
    policy.refuse_folder(arguments.inventory)
    with register.open_inventory(arguments.inventory, now()) as inventory:
        if inventory.readonly_reason is not None:
            raise DiskError(f"{inventory.readonly_reason} Nothing was added; {inventory.remedy}.")
        changes, problems = own_brands.bring_brands(inventory, knowledge, arguments.add, now())
        print(changes.say)
    for problem in problems:
        print(clean(problem, 400), file=sys.stderr)
    return REFUSED if problems else DONE
