"""The options that name a part of the register: a place, entries, or a year of the plan."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from camcensus.cli.common import Wrong, option

if TYPE_CHECKING:
    from camcensus.store.inventory import Inventory
    from camcensus.tasks.reports.scope import ReportScope

OPTIONS = "--place, --assets and --year"


def add_scope(command: argparse.ArgumentParser, *, place_besides: str = "") -> None:
    """The four options; `place_besides` is what --place names besides."""
    option(
        command,
        "--place",
        f"only what is in this place, “Site > Building > Floor”, a part that only it has, or its id{place_besides}",
        "NAMES",
    )
    option(command, "--assets", "only these cameras and recorders, parted by commas: CAM-003,REC-001", "REFS")
    option(command, "--year", "only what the plan acts on in this year (2027, 2027-28, or “no year yet”)", "YEAR")
    option(command, "--scope", "the same three in one word: place:ID, rows:CAM-003,REC-001 or year:2027-28", "PART")


def read_scope(arguments: argparse.Namespace) -> int:
    """Reads `--scope` as one of the others, and says how many of them are given. Raises Wrong where they are several."""
    if arguments.scope is not None:
        sort, _, which = arguments.scope.partition(":")
        option = {"place": "place", "rows": "assets", "year": "year"}.get(sort)
        if option is None or not which.strip():
            raise Wrong("Give --scope as place:ID, rows:CAM-003,REC-001 or year:2027-28.")
        if _given(arguments):
            raise Wrong(f"Give --scope, or one of {OPTIONS}, not both.")
        setattr(arguments, option, which)
        arguments.scope = None
    return _given(arguments)


def _given(arguments: argparse.Namespace) -> int:
    return sum(one is not None for one in (arguments.place, arguments.assets, arguments.year))


def scope_of(arguments: argparse.Namespace, inventory: Inventory) -> ReportScope:
    """The part that was named. Raises Wrong where several were, StoreError for what is not there."""
    from camcensus.tasks.reports.scope import ReportScope, entries_called, place_called, year_called

    if read_scope(arguments) > 1:
        raise Wrong(f"Give one of {OPTIONS}, not several.")
    if arguments.place is not None:
        return ReportScope(place=place_called(inventory, arguments.place).id)
    if arguments.assets is not None:
        return ReportScope(assets=entries_called(inventory.assets(), arguments.assets.split(",")))
    return ReportScope(year=year_called(inventory, arguments.year)) if arguments.year is not None else ReportScope()
