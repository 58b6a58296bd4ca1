"""The commands' names and options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import camcensus
from camcensus.cli.commands import demo_command, identify_command, scan_command, show_command
from camcensus.cli.common import Wrong, open_window, option
from camcensus.cli.imports import import_command
from camcensus.cli.keeping import (
    add_backups,
    add_policy,
    knowledge_comment_command,
    knowledge_help_command,
    knowledge_show_command,
    knowledge_update_command,
)
from camcensus.cli.logins import add_login_options
from camcensus.cli.reports import add_report
from camcensus.cli.rollup import add_rollup
from camcensus.cli.scoping import add_scope
from camcensus.cli.sharing import add_export
from camcensus.model.asset import ASSET_SYSTEMS, SYSTEM_WORDS
from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.registers import ENCODINGS, REGISTER_FORMATS
from camcensus.model.words import clean, storable


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the usage."""

    def error(self, message: str) -> NoReturn:
        raise Wrong(f"{self.prog}: {clean(message, 300)}; see “{self.prog} --help”.")

    def _print_message(self, message: str, file: Any = None) -> None:
        """As argparse's own, but what the system refuses to print is an error, as of every command."""
        into = file or sys.stderr
        if message and into is not None:
            into.write(message)


def parsed(argv: Sequence[str], commands: Callable[[], argparse.ArgumentParser] | None = None) -> argparse.Namespace:
    """What was asked for of these commands, of Camcensus where none are given. Raises Wrong.

    Texts that are no UTF-8 are mended; paths, which may be none, stay as they are.
    """
    found = (commands or parser)().parse_args(list(argv))
    for name, value in vars(found).items():
        if isinstance(value, str):
            setattr(found, name, storable(value))
        elif isinstance(value, list):
            setattr(found, name, [storable(one) if isinstance(one, str) else one for one in value])
    return found


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = Parser(
        prog="camcensus",
        description="Which cameras do we have, where, who really made them, and what is on record about those makers? "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"camcensus {camcensus.__version__}")
    top.add_argument(
        "--policy", type=Path, action="append", default=[], metavar="FILE",
        help="a policy file that tightens what the IT team’s allows",
    )  # fmt: skip
    top.set_defaults(do=open_window, stops=False)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)

    def command(name: str, do: Callable[..., int], text: str, within: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = within.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(do=do)
        return made

    opened = command("open", open_window, "Open the window on an inventory, as a double click on one does.")
    option(opened, "inventory", "the file (the last one that was open)", "INVENTORY", nargs="?")

    demo = command("demo", demo_command, "Start a simulated school on this computer and do the main job on it.")
    demo.set_defaults(stops=True)
    option(demo, "--headless", "print the census and write files instead of opening the window")
    option(
        demo, "--auditor", "a review of 60 simulated organisations instead: their files and answers, and the roll-up of them"
    )
    demo.add_argument("--bodies", type=int, metavar="N", help="how many simulated organisations (60), with --auditor")
    demo.add_argument("--devices", type=int, metavar="N", help="how many simulated devices (26)")
    option(demo, "-o", "where to write (camcensus-demo)", "DIR", dest="output")

    scan = command("scan", scan_command, "Look for cameras on private networks of this computer.")
    scan.set_defaults(stops=True)
    option(scan, "--inventory", "save what is found in this inventory", "FILE")
    scan.add_argument(
        "--interface", action="append", default=[], metavar="ADDR", help="only this network card (repeat for more)"
    )
    scan.add_argument(
        "--range", action="append", default=[], metavar="CIDR", help="also ask each address of this private range"
    )
    scan.add_argument(
        "--exclude",
        action="append",
        default=[],
        metavar="CIDR",
        help="an address or range that is never sent anything directly, beside those that the inventory keeps",
    )
    option(scan, "--allow-large", "allow ranges larger than a /22")
    option(scan, "--allowed-by", "who allows this search; saved with it (who runs the command)", "NAME")
    option(scan, "--passive", "send nothing, only listen; a hospital or clinic begins so")
    scan.add_argument("--pace", choices=("gentle", "normal", "fast"), help="how fast (gentle)")
    scan.add_argument("--limit-s", type=float, metavar="N", help="stop after so many seconds")
    option(scan, "--only-new", "print a line for each device that is new, gone, back or changed; status 1 where one is")
    option(scan, "--quiet", "with --only-new: say nothing else")
    option(scan, "--capture", "also write every answer to this file", "FILE")
    add_login_options(scan)
    _add_common(scan)

    identify = command("identify", identify_command, "Identify devices from captures or lists of other programs, offline.")
    identify.set_defaults(stops=True)
    option(
        identify,
        "files",
        "network captures (pcap, pcapng, also .gz), captures that “scan --capture” wrote, nmap’s XML, DHCP leases, "
        "switch tables, CSV, XLSX or a JSON array with a MAC column",
        "FILE",
        nargs="+",
    )
    option(identify, "--inventory", "save what is found in this inventory", "FILE")
    _add_common(identify)

    show = command("show", show_command, "Print an inventory.")
    show.add_argument("inventory", type=Path, metavar="INVENTORY")
    form = show.add_mutually_exclusive_group()
    option(form, "--json", "as one JSON document")
    option(form, "--csv", "as a spreadsheet")
    option(form, "--xlsx", "as a spreadsheet with typed dates and numbers, in this file", "FILE")
    systems = ", ".join(SYSTEM_WORDS.values())
    form.add_argument("--for", dest="system", choices=ASSET_SYSTEMS, help=f"as an import file, with -o: for {systems}")
    add_scope(show)
    option(show, "-o", "where --for writes its file", "FILE", dest="output")
    option(
        show,
        "--changes-since",
        "print what changed since a day (2026-11-24), a search (its number) or the last report (last-report)",
        "WHEN",
    )
    option(show, "--knowledge", "another vendors.db", "FILE")

    add_backups(command)

    bring = command("import", import_command, f"Import a list of cameras ({REGISTER_FORMATS}) into an inventory.")
    bring.add_argument("inventory", type=Path, metavar="INVENTORY")
    option(bring, "--name", "your organisation, where the inventory is to be begun", "NAME")
    option(bring, "--type", "what your organisation is (other)", "KIND", choices=tuple(ORGANISATIONS), default="other")
    option(bring, "file", "a list of devices, such as “show --csv” or “show --xlsx” writes", "FILE")
    option(bring, "--dry-run", "say what it would do, and write nothing")
    bring.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is, by heading or letter (repeat for more)",
    )
    bring.add_argument(
        "--value",
        action="append",
        default=[],
        metavar="COLUMN:VALUE=ANSWER",
        help="what cells mean that cannot be read: one of the column’s own values, notes or leave; * is all other values",
    )
    option(bring, "--sheet", "the sheet (the one with most columns that are known)", "NAME")
    said = f"how a text file is written, where its letters come out wrong: {', '.join(ENCODINGS)}"
    option(bring, "--encoding", said, "NAME", choices=ENCODINGS)
    option(bring, "--site", "the site of rows that name none", "NAME")
    _add_common(bring)

    add_report(command)
    add_export(command)
    add_policy(command)
    add_rollup(command)

    knowledge = command("knowledge", knowledge_help_command, "Ask or update the knowledge of makers.")
    knowledge.set_defaults(parser=knowledge)
    jobs = knowledge.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    look_up = command("show", knowledge_show_command, "Say what we know of a maker or a brand.", jobs)
    look_up.add_argument("name", metavar="NAME")
    option(look_up, "--all", "all that is on record, not only what matters most")
    option(look_up, "--knowledge", "another vendors.db", "FILE")
    update = command("update", knowledge_update_command, "Install a signed vendors.db; its .minisig is beside it.", jobs)
    update.add_argument("file", type=Path, metavar="FILE")
    option(update, "--key", "check with this public key instead of the built-in ones", "FILE.pub")
    comment = command("comment", knowledge_comment_command, "Print the text that the signature of a vendors.db covers.", jobs)
    option(comment, "file", "the file to be signed (vendors.db)", "FILE", nargs="?")
    option(comment, "--min-app", "the oldest Camcensus that may take it (this one)", "VERSION")
    return top


def _add_common(command: argparse.ArgumentParser) -> None:
    option(command, "--knowledge", "another vendors.db", "FILE")
    option(command, "--json", "print one JSON document")
