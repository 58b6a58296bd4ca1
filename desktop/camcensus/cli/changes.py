"""`show --changes-since`: what changed in an inventory since a day, a search or the last report."""

from __future__ import annotations

import argparse
import sys

from camcensus.cli.common import DONE, Wrong, now, print_json
from camcensus.model.errors import StoreError


def show_changes(arguments: argparse.Namespace) -> int:
    """Print what changed, as text, JSON or CSV. A moment that is not there is a wrong argument."""
    from camcensus.tasks.register import history
    from camcensus.tasks.register import verbs as register

    if getattr(arguments, "xlsx", None) is not None:
        raise Wrong("--xlsx writes the register, not what changed; use --csv with --changes-since.")
    with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
        past, name = history.read(inventory), inventory.body.name
        try:
            since = history.moment_of(past, arguments.changes_since)
        except StoreError as error:
            raise Wrong(str(error)) from error
        found = history.changes_between(past, since)
    if arguments.json:
        print_json(history.comparison_document(found))
    elif arguments.csv:
        sys.stdout.flush()
        sys.stdout.buffer.write(history.comparison_csv(found))
    else:
        print(history.comparison_text(found, name))
    return DONE
