"""The commands' names and options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import camcensus
from camcensus.cli.brands import add_brands_command
from camcensus.cli.commands import demo_command, identify_command, open_window, scan_command, show_command
from camcensus.cli.common import Wrong
from camcensus.cli.edits import add_edit
from camcensus.cli.imports import import_command
from camcensus.cli.keeping import add_backups
from camcensus.cli.knowledge import (
    knowledge_build_command,
    knowledge_check_command,
    knowledge_comment_command,
    knowledge_diff_command,
    knowledge_help_command,
    knowledge_import_command,
    knowledge_rehearse_command,
    knowledge_review_command,
    knowledge_show_command,
    knowledge_update_command,
)
from camcensus.cli.labels import add_labels
from camcensus.cli.logins import add_login_options
from camcensus.cli.policy import add_policy
from camcensus.cli.reports import add_report
from camcensus.cli.rollup import add_rollup
from camcensus.cli.scoping import add_scope
from camcensus.cli.sharing import add_export
from camcensus.model.asset_systems import ASSET_SYSTEMS, SYSTEM_WORDS
from camcensus.model.registers import ENCODINGS
from camcensus.model.words import clean


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the usage."""

    def error(self, message: str) -> NoReturn:
        raise Wrong(f"{self.prog}: {clean(message, 300)}; see “{self.prog} --help”.")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = _Parser(
        prog="camcensus",
        description="Which cameras do we have, where, who really made them, and what is on record about those makers? "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"camcensus {camcensus.__version__}")
    top.add_argument(
        "--policy", action="append", default=[], metavar="FILE", help="a policy file that tightens what the IT team’s allows"
    )
    top.set_defaults(do=open_window, stops=False)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, do: Callable[..., int], text: str, within: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = within.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(do=do)
        return made

    opened = command("open", open_window, "Open the window on an inventory, as a double click on one does.")
    opened.add_argument("inventory", nargs="?", type=Path, metavar="INVENTORY", help="the file (the last one that was open)")

    demo = command("demo", demo_command, "Start a simulated school on this computer and do the main job on it.")
    demo.set_defaults(stops=True)
    demo.add_argument("--headless", action="store_true", help="print the census and write files instead of opening the window")
    demo.add_argument(
        "--auditor",
        action="store_true",
        help="a review of 60 simulated organisations instead: their files and answers, and the roll-up of them",
    )
    demo.add_argument("--bodies", type=int, metavar="N", help="how many simulated organisations (60), with --auditor")
    demo.add_argument("--devices", type=int, metavar="N", help="how many simulated devices (26)")
    demo.add_argument("-o", dest="output", type=Path, metavar="DIR", help="where to write (camcensus-demo)")

    scan = command("scan", scan_command, "Look for cameras on private networks of this computer.")
    scan.set_defaults(stops=True)
    scan.add_argument("--inventory", type=Path, metavar="FILE", help="save what is found in this inventory")
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
    scan.add_argument("--allow-large", action="store_true", help="allow ranges larger than a /22")
    scan.add_argument("--allowed-by", metavar="NAME", help="who allows this search; saved with it (who runs the command)")
    scan.add_argument("--passive", action="store_true", help="send nothing, only listen; a hospital or clinic begins so")
    scan.add_argument("--pace", choices=("gentle", "normal", "fast"), help="how fast (gentle)")
    scan.add_argument("--limit-s", type=float, metavar="N", help="stop after so many seconds")
    scan.add_argument("--capture", type=Path, metavar="FILE", help="also write every answer to this file")
    add_login_options(scan)
    _add_common(scan)

    identify = command("identify", identify_command, "Identify devices from captures or lists of other programs, offline.")
    identify.set_defaults(stops=True)
    identify.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="network captures (pcap, pcapng, also .gz), captures that “scan --capture” wrote, nmap’s XML, DHCP leases, "
        "switch tables, CSV or XLSX with a MAC column",
    )
    identify.add_argument("--inventory", type=Path, metavar="FILE", help="save what is found in this inventory")
    _add_common(identify)

    show = command("show", show_command, "Print an inventory.")
    show.add_argument("inventory", type=Path, metavar="INVENTORY")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON document")
    form.add_argument("--csv", action="store_true", help="as a spreadsheet")
    form.add_argument("--xlsx", type=Path, metavar="FILE", help="as a spreadsheet with typed dates and numbers, in this file")
    systems = ", ".join(SYSTEM_WORDS.values())
    form.add_argument("--for", dest="system", choices=ASSET_SYSTEMS, help=f"as an import file, with -o: for {systems}")
    add_scope(show)
    show.add_argument("-o", dest="output", type=Path, metavar="FILE", help="where --for writes its file")
    show.add_argument(
        "--theirs",
        type=Path,
        metavar="FILE.csv",
        help="with --for netbox: NetBox’s own export of its devices, to be updated",
    )
    show.add_argument(
        "--changes-since",
        metavar="WHEN",
        help="print what changed since a day (2026-11-24), a search (its number) or the last report (last-report)",
    )
    show.add_argument("--changes-until", metavar="WHEN", help="only what changed up to another day or search")
    show.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")

    add_backups(command)

    bring = command("import", import_command, "Import a spreadsheet (CSV, XLSX, XLS, ODS) of cameras into an inventory.")
    bring.add_argument("inventory", type=Path, metavar="INVENTORY")
    bring.add_argument(
        "file", type=Path, metavar="FILE", help="a list of devices, such as “show --csv” or “show --xlsx” writes"
    )
    bring.add_argument("--dry-run", action="store_true", help="say what it would do, and write nothing")
    bring.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column is, by heading or letter (repeat for more)",
    )
    bring.add_argument("--sheet", metavar="NAME", help="the sheet (the one with most columns that are known)")
    said = f"how a text file is written, where its letters come out wrong: {', '.join(ENCODINGS)}"
    bring.add_argument("--encoding", metavar="NAME", choices=ENCODINGS, help=said)
    bring.add_argument("--site", metavar="NAME", help="the site of rows that name none")
    _add_common(bring)

    add_edit(command)
    add_labels(command)
    add_report(command)
    add_export(command)
    add_brands_command(command)
    add_policy(command)
    add_rollup(command)

    knowledge = command("knowledge", knowledge_help_command, "Build, check, ask or update the knowledge of makers.")
    knowledge.set_defaults(parser=knowledge)
    jobs = knowledge.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    build = command("build", knowledge_build_command, "Build vendors.db from its sources (resources/vendors).", jobs)
    build.add_argument("-o", dest="output", type=Path, metavar="FILE", help="the file to write (vendors.db)")
    command("check", knowledge_check_command, "Check the sources, and that vendors.db is what they build.", jobs)
    look_up = command("show", knowledge_show_command, "Say what we know of a maker or a brand.", jobs)
    look_up.add_argument("name", metavar="NAME")
    look_up.add_argument("--all", action="store_true", help="all that is on record, not only what matters most")
    due = command("review", knowledge_review_command, "Say what of the sources is due to be looked at again.", jobs)
    due.add_argument("--today", metavar="DAY", help="as on another day, like 2026-11-24")
    due.add_argument("--all", action="store_true", help="list all that is due, not only an hour’s work")
    due.add_argument("--json", action="store_true", help="print one JSON document")
    published = command(
        "import", knowledge_import_command, "Hold a file of a publisher against the sources, and say what would change.", jobs
    )
    published.add_argument(
        "kind",
        choices=("cve", "exploited", "ieee", "fcc", "entity-list", "debarment", "urn", "ods", "gss"),
        metavar="KIND",
        help="cve, exploited, ieee, fcc, entity-list, debarment; registers of organisations: urn, ods, gss",
    )
    published.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="as published; calendar.toml says where to get it"
    )
    published.add_argument("--write", action="store_true", help="write the changes into the sources, for you to read and build")
    published.add_argument("--seen", metavar="DAY", help="the day you got the file, like 2026-11-24 (today)")
    published.add_argument(
        "-o",
        dest="output",
        type=Path,
        metavar="FILE.csv",
        help="urn, ods, gss: the list for “rollup --bodies” to make or check",
    )
    published.add_argument("--json", action="store_true", help="print one JSON document")
    for made in (build, jobs.choices["check"], due, published):
        made.add_argument("--sources", type=Path, metavar="DIR", help="another folder of sources")
    for made in (jobs.choices["check"], look_up):
        made.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    diff = command("diff", knowledge_diff_command, "Say what a newer vendors.db says differently.", jobs)
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    diff.add_argument("--inventory", type=Path, metavar="FILE", help="also say which of its answers would change")
    diff.add_argument("--json", action="store_true", help="print one JSON document")
    update = command("update", knowledge_update_command, "Install a signed vendors.db; its .minisig is beside it.", jobs)
    update.add_argument("file", type=Path, metavar="FILE")
    update.add_argument("--key", type=Path, metavar="FILE.pub", help="check with this public key instead of the built-in ones")
    comment = command("comment", knowledge_comment_command, "Print the text that the signature of a vendors.db covers.", jobs)
    comment.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the file to be signed (vendors.db)")
    comment.add_argument("--min-app", metavar="VERSION", help="the oldest Camcensus that may take it (this one)")
    rehearsal = command("rehearse", knowledge_rehearse_command, "Rehearse the signing with throw-away keys; keeps none.", jobs)
    rehearsal.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the file to be signed (vendors.db)")
    return top


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    command.add_argument("--json", action="store_true", help="print one JSON document")
