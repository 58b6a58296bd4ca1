"""What the commands of `camcensus knowledge` do."""

from __future__ import annotations

import argparse
import sys

import camcensus
from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, load, now, say
from camcensus.model.words import clean


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
