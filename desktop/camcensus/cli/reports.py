"""The command that writes reports: every kind that `tasks.reports.catalogue` has, with the choices each of them takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import DONE, DataDir, Window, Wrong, load, now, progress_line
from camcensus.cli.scoping import OPTIONS, add_scope, read_scope, scope_of
from camcensus.model.words import clean, count

if TYPE_CHECKING:
    from camcensus.store.inventory import Inventory
    from camcensus.tasks.reports.catalogue import Choices, ReportKind

KINDS_ASKED = (
    "plan", "decision", "register", "foi", "evidence", "makers", "walkround", "it-notice", "summary", "questions", "code",
    "dpia", "labels", "floor",
)  # fmt: skip
"""Every kind of the outside contract; which of them this version has is asked of `tasks.reports.catalogue`."""


def add_report(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command and its options."""
    report = command("report", report_command, "Write a report from an inventory: as a PDF, a web page, or a document to edit.")
    report.add_argument("inventory", type=Path, metavar="INVENTORY")
    report.add_argument("--kind", required=True, metavar="KIND", help=f"what to print: {', '.join(KINDS_ASKED)}")
    report.add_argument("--audience", choices=("internal", "supplier", "public"), help="who will see it (internal)")
    add_scope(report, place_besides="; the plan of --kind floor")
    report.add_argument("--request-ref", metavar="REF", help="with --kind foi: the reference of the request")
    report.add_argument("--received", metavar="DAY", help="with --kind foi: the day it was received (2026-11-17)")
    report.add_argument(
        "--questions", metavar="IDS", help="with --kind foi: which questions, parted by commas (all): total, makers, named, …"
    )
    report.add_argument("--join-small", action="store_true", help="with --kind foi: join rows that count fewer than 5 cameras")
    report.add_argument("--version", type=int, metavar="N", help="with --kind plan: the plan as it was in version N")
    report.add_argument(
        "--part", choices=("all", "decision", "appendices", "pictures"),
        help="with --kind plan: the decision paper (2 pages), the appendices, both (all, the usual), or the plan in pictures",
    )  # fmt: skip
    report.add_argument(
        "--csv", type=Path, metavar="FILE.csv", help="with --kind plan or foi: also its table, for a spreadsheet or for release"
    )
    report.add_argument(
        "-o",
        dest="output",
        type=Path,
        required=True,
        metavar="FILE.pdf",
        help="the file to write; its ending says how: .pdf, .html, and .docx for reports that people edit",
    )
    report.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")


def report_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Write a report, and its table where one was asked for."""
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.reports.catalogue import KINDS, Making, kind_called, made_words

    _read_short_ways(arguments)
    names = [kind.name for kind in KINDS]
    if arguments.kind not in names:
        known = f"This version prints {', '.join(names)}, not yet {arguments.kind}; give one of those."
        unknown = f"There is no report “{clean(arguments.kind, 60)}”; this version prints: {', '.join(names)}."
        raise Wrong(known if arguments.kind in KINDS_ASKED else unknown)
    kind = kind_called(arguments.kind)
    _refuse_what_does_not_fit(arguments, kind)
    knowledge, folder, moment = load(arguments, data_dir), data_dir(), now()
    with register.open_inventory(arguments.inventory, moment, readonly=True) as inventory:
        making = Making(
            inventory=inventory, knowledge=knowledge, path=arguments.output, data_dir=folder, now=moment,
            choices=_choices(arguments, inventory, kind),
        )  # fmt: skip
        with progress_line(kind.title, percent=True) as progress:
            written = kind.write(replace(making, progress=progress))
        print(f"Saved {clean(str(written.path))}: {made_words(written)}, SHA-256 {written.sha256}")
        if arguments.csv is not None and kind.csv is not None:
            table = kind.csv(replace(making, path=arguments.csv))
            print(f"Saved {clean(str(table.path))}: {count(table.pages, 'row')}, SHA-256 {table.sha256}")
    return DONE


def _read_short_ways(arguments: argparse.Namespace) -> None:
    """`--kind decision` is the plan's decision paper alone. Raises Wrong."""
    if arguments.kind == "decision":
        if arguments.part not in (None, "decision"):
            raise Wrong("--kind decision is the decision paper; leave --part out, or give --kind plan.")
        arguments.kind, arguments.part = "plan", "decision"


def _refuse_what_does_not_fit(arguments: argparse.Namespace, kind: ReportKind) -> None:
    from camcensus.tasks.reports.making import why_not_as

    if arguments.audience is not None and arguments.audience not in kind.audiences:
        if len(kind.audiences) == 1:
            raise Wrong("That sheet is for working with, so it has one edition; leave --audience out.")
        raise Wrong(f"That report has no edition for {arguments.audience}; it has: {', '.join(kind.audiences)}.")
    if no := why_not_as(arguments.output, kind.formats):
        raise Wrong(no)
    if "place" in kind.options and arguments.place is None:
        raise Wrong("Give --place with --kind floor: the names from the site down, with “>” between them.")
    scopes = read_scope(arguments)
    if "scope" not in kind.options and scopes > ("place" in kind.options):
        raise Wrong(f"That report is not of a part of the register; leave {OPTIONS} out.")
    if scopes > 1:
        raise Wrong(f"Give one of {OPTIONS}, not several.")
    if scopes and arguments.version is not None:
        raise Wrong("A version of the plan is printed as a whole; leave --version or the part of the register out.")
    asked = (arguments.request_ref, arguments.received, arguments.questions)
    if "request" not in kind.options and any(one is not None for one in asked):
        raise Wrong("--request-ref, --received and --questions belong to --kind foi; leave them out.")
    if arguments.join_small and "request" not in kind.options:
        raise Wrong("--join-small belongs to --kind foi; leave it out.")
    if arguments.version is not None and "version" not in kind.options:
        raise Wrong("--version belongs to --kind plan; leave it out.")
    if arguments.part is not None and "part" not in kind.options:
        raise Wrong("--part belongs to --kind plan; leave it out.")
    if arguments.csv is not None and kind.csv is None:
        raise Wrong("That report has no table to save; leave --csv out.")


def _choices(arguments: argparse.Namespace, inventory: Inventory, kind: ReportKind) -> Choices:
    """What was said, else what was saved with the inventory for this report; but who will see it is always said anew."""
    from camcensus.tasks.reports.catalogue import choices_kept
    from camcensus.tasks.reports.foi import checked_request
    from camcensus.tasks.reports.scope import place_called

    choices = replace(choices_kept(inventory, kind), audience=arguments.audience or kind.audiences[0])
    if "place" in kind.options:
        choices = replace(choices, place=place_called(inventory, arguments.place).id)
    elif "scope" in kind.options:
        choices = replace(choices, scope=scope_of(arguments, inventory))
    choices = replace(choices, version=arguments.version, part=arguments.part or "all")
    kept = choices.request
    ref = kept.ref if arguments.request_ref is None else arguments.request_ref
    received = kept.received if arguments.received is None else arguments.received
    questions = kept.questions if arguments.questions is None else arguments.questions.split(",")
    try:
        request = checked_request(ref, received, questions)
    except ValueError as error:
        raise Wrong(str(error)) from error
    return replace(choices, request=replace(request, join_small=arguments.join_small or kept.join_small))
