"""What the commands open, demo, scan, identify and show do. Rooms that load slowly are imported where they are needed."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from camcensus.cli.common import CLEAR, COULD_NOT, DONE, REFUSED, DataDir, Window, Wrong, load, now, print_json, progress_line
from camcensus.cli.keeping import open_to_keep, say_unfinished
from camcensus.cli.scoping import OPTIONS, read_scope, scope_of
from camcensus.model.words import clean, count

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge
    from camcensus.tasks.finding.sign_in import SignedIn, SignInRow


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[object], None]]:
    """Progress, on a terminal only."""
    from camcensus.model.scan import ScanProgress

    shown = sys.stderr.isatty()

    def emit(event: object) -> None:
        if shown and isinstance(event, ScanProgress):
            said = f"{CLEAR}{event.phase}: {event.done} of {event.total} · {event.found} found"
            print(said, end="", file=sys.stderr, flush=True)

    try:
        yield emit
    finally:
        if shown:
            print(CLEAR, end="", file=sys.stderr, flush=True)


def _allowed_by(arguments: argparse.Namespace) -> str | None:
    """Who allows the search, kept in its log: the person named, else who runs the command."""
    import getpass

    if arguments.allowed_by is not None:
        name: str = arguments.allowed_by.strip()
        if not name or len(name) > 200:
            raise Wrong("Give the name of the person who allows the search after --allowed-by.")
        return name
    try:
        return f"{getpass.getuser()}, by the command line"
    except (OSError, KeyError, ImportError):
        return None


_CLINICAL = (
    "This inventory is of a hospital or clinic, so this search only listens: ask IT for the ranges that may be asked (--range) "
    "or the network card to ask by (--interface), and for the addresses of medical devices (--exclude)."
)


def scan_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Look for cameras; read them with a login where one is given; print, and keep where an inventory is named."""
    from camcensus.cli import logins
    from camcensus.discovery.scope import make_scope
    from camcensus.model.errors import ScopeError, StoreError
    from camcensus.tasks import documents, policy, tables
    from camcensus.tasks.finding import census
    from camcensus.tasks.finding.sign_in import LastTime
    from camcensus.tasks.register import history, untouched
    from camcensus.tasks.register import verbs as register

    if arguments.only_new and (arguments.inventory is None or arguments.json):
        raise Wrong("--only-new compares with what an inventory has: give --inventory FILE, and leave --json out.")
    if arguments.quiet and not arguments.only_new:
        raise Wrong("--quiet goes with --only-new; leave it out.")
    limit = arguments.limit_s
    if limit is not None and not 0 < limit <= 24 * 3600:
        raise Wrong("The time limit is a number of seconds, more than 0 and at most 86400; give another --limit-s.")
    allowed = policy.policy_in_force()
    if allowed.problem:
        raise ScopeError(allowed.problem)
    arguments.pace = arguments.pace or policy.usual_pace(allowed)
    scope = make_scope(
        arguments.interface, arguments.range, passive=arguments.passive, pace=arguments.pace, limit_s=limit,
        allow_large=arguments.allow_large, exclude=arguments.exclude,
    )  # fmt: skip
    scope = policy.bounded(scope, allowed, arguments.interface)
    login = logins.login_of(arguments, Wrong)
    if login is not None:
        policy.refuse_login(allowed)
    if arguments.capture is not None:
        policy.refuse_folder(arguments.capture, allowed)
    allowed_by = _allowed_by(arguments)
    read: SignedIn | None = None
    left: tuple[SignInRow, ...] = ()
    hushed = contextlib.redirect_stderr(io.StringIO()) if arguments.quiet else contextlib.nullcontext()
    news: list[str] = []
    with hushed, open_to_keep(arguments.inventory, knowledge := load(arguments, data_dir)) as inventory:
        seen = register.SavedAsSeen(inventory) if inventory is not None else None
        scope = untouched.leaving_alone(scope, inventory)
        if inventory is not None and arguments.allowed_by is not None and allowed_by:
            for card in scope.interfaces:
                inventory.allow(card.network, allowed_by, now())
        if (
            inventory is not None
            and inventory.body.kind.type == "nhs"
            and not (scope.passive or scope.ranges or arguments.interface)
        ):
            print(_CLINICAL, file=sys.stderr)
            scope = replace(scope, passive=True)
        with _progress() as emit:
            found: census.Census = asyncio.run(
                arguments.stopping.until(
                    lambda: census.find(
                        scope,
                        emit,
                        knowledge=knowledge,
                        capture=arguments.capture,
                        allowed_by=allowed_by,
                        seen=seen,
                        clock=now,
                        live_verdicts=False,
                    )
                )
            )
            if login is not None and census.STOPPED not in found.scan.not_covered:
                work = logins.reading(
                    found, login, arguments, emit, inventory=inventory, exclude=scope.exclude, clock=now, knowledge=knowledge
                )
                read, left = asyncio.run(arguments.stopping.until(lambda: work))
                found = logins.add_to(found, read, knowledge, arguments.capture)
        enabled = _enabled(inventory, knowledge)
        unkept = None
        if inventory is not None:
            try:
                print(register.save_census(inventory, found, knowledge, now()).say, file=sys.stderr)
                if read is not None:
                    LastTime(inventory).note(read)
                if arguments.only_new:
                    news = history.change_lines(history.read(inventory))
            except StoreError as error:
                unkept = f"What was found is printed and not saved. {error}"
    if arguments.only_new:
        print(*news, sep="\n", end="\n" if news else "")
    elif arguments.json:
        more = {"signed_in": logins.outcomes_document(read, left)} if read is not None else {}
        print_json(documents.scan_document(found, knowledge) | more)
    else:
        print(tables.census_text(found, knowledge, enabled))
    for problem in (*found.problems, *filter(None, [unkept])):
        print(problem, file=sys.stderr)
    held = read is not None and logins.tell(read, left)
    return COULD_NOT if unkept else REFUSED if found.problems or held or news else DONE


def _enabled(inventory: Any, knowledge: Knowledge) -> frozenset[str]:
    from camcensus.tasks.register import verbs as register

    if inventory is not None:
        return register.enabled_lists(inventory, knowledge)
    return frozenset(entry.id for entry in knowledge.lists.values() if entry.default_on)


def identify_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Judge captures and lists; 1 where a line or a file was left out. A stop judges what was read so far."""

    from camcensus.intake.registers import read_headings
    from camcensus.tasks import documents, tables
    from camcensus.tasks.finding import given_files
    from camcensus.tasks.register import verbs as register

    knowledge, headings = load(arguments, data_dir), read_headings(data_dir() / "resources" / "registers")
    with _progress() as emit:
        found, problems = given_files.identify(
            arguments.files, knowledge, now=now(), headings=headings, tell=emit, stopped=lambda: bool(arguments.stopping.asked)
        )
    for problem in problems:
        print(f"{problem.file}: {problem.say}", file=sys.stderr)
    with open_to_keep(arguments.inventory, knowledge) as inventory:
        enabled = _enabled(inventory, knowledge)
        if inventory is not None:
            print(register.save_census(inventory, found, knowledge, now()).say, file=sys.stderr)
    if arguments.json:
        print_json(documents.identify_document(found, knowledge, problems))
    else:
        print(tables.census_text(found, knowledge, enabled, problems))
    return REFUSED if problems else DONE


def show_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Print an inventory, or what changed in it, as a table, JSON or CSV."""
    if arguments.changes_since is not None:
        return _show_changes(arguments)
    if (arguments.system is None) != (arguments.output is None):
        raise Wrong("--for and -o go together: name the system and the file.")
    from camcensus.model.words import count, utc_second
    from camcensus.store.exchange_file.reading import is_exchange
    from camcensus.tasks import documents, tables
    from camcensus.tasks.register import table as register_table
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.reports.editions import Edition
    from camcensus.tasks.reports.scope import looked_up
    from camcensus.tasks.share import view as exchange_view

    if is_exchange(arguments.inventory):
        if read_scope(arguments):
            raise Wrong(f"A copy made for auditors is shown as a whole; leave {OPTIONS} out.")
        if arguments.csv or arguments.xlsx is not None or arguments.system is not None:
            raise Wrong(
                "A copy made for auditors is shown as text or with --json; a spreadsheet is made from the record itself."
            )
        view = exchange_view.read_exchange_file(arguments.inventory)
        if arguments.json:
            print_json(exchange_view.exchange_document(view))
        else:
            print(exchange_view.exchange_text(view))
        return DONE
    knowledge = load(arguments, data_dir)
    with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
        say_unfinished(inventory)
        answers = register.judged_now(inventory, knowledge)
        rows = register.rows(inventory, knowledge, answers)
        part = looked_up(scope_of(arguments, inventory), inventory, knowledge, rows, now=now(), edition=Edition("internal"))
        if part is not None:
            rows = part.of(rows)
            answers = {row.asset.device: answers[row.asset.device] for row in rows if row.asset.device in answers}
        says = part.sentence if part else ""
        if arguments.json:
            print_json(documents.inventory_document(inventory, rows, knowledge, answers, says))
        elif arguments.csv:
            data = register_table.register_csv(inventory, rows, knowledge, utc_second(now()))
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        elif arguments.xlsx is not None:
            written = register_table.write_register_xlsx(inventory, rows, knowledge, utc_second(now()), arguments.xlsx)
            print(f"Saved {clean(str(written.path))}: {count(written.pages, 'row')}, SHA-256 {written.sha256}", file=sys.stderr)
        elif arguments.system is not None:
            from camcensus.tasks.register.asset_systems import write_for

            written = write_for(arguments.system, inventory, rows, knowledge, utc_second(now()), arguments.output)
            saved = f"Saved {clean(str(written.path))}: {count(written.pages, 'device')}"
            print(f"{saved}, SHA-256 {written.sha256}", file=sys.stderr)
        else:
            enabled = register.enabled_lists(inventory, knowledge)
            print(tables.inventory_text(inventory, rows, knowledge, enabled, answers, says))
    return DONE


def _show_changes(arguments: argparse.Namespace) -> int:
    """Print what changed since a day, a search or the last report. A moment that is not there is a wrong argument."""
    from camcensus.model.errors import StoreError
    from camcensus.tasks.register import history
    from camcensus.tasks.register import verbs as register

    if arguments.xlsx is not None:
        raise Wrong("--xlsx writes the register, not what changed; use --csv with --changes-since.")
    with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
        past, name = history.read(inventory), inventory.body.name
        try:
            found = history.changes_between(past, history.moment_of(past, arguments.changes_since))
        except StoreError as error:
            raise Wrong(str(error)) from error
    if arguments.json:
        print_json(history.comparison_document(found))
    elif arguments.csv:
        sys.stdout.flush()
        sys.stdout.buffer.write(history.comparison_csv(found))
    else:
        print(history.comparison_text(found, name))
    return DONE


def demo_command(arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    """The demonstration, in the window or without it."""
    from camcensus.demo.estate import MOST_DEVICES

    if arguments.devices is not None and not 1 <= arguments.devices <= MOST_DEVICES:
        raise Wrong(f"The simulation can have 1 to {MOST_DEVICES} devices; give another --devices.")
    if arguments.auditor:
        return _audit_demo(arguments, data_dir, window)
    if not arguments.headless:
        arguments.stopping.release()
        return window(None, data_dir(), True)
    from camcensus.tasks import demo, tables

    knowledge = load(argparse.Namespace(knowledge=None), data_dir)
    with _progress() as emit:
        made: demo.DemoResult = asyncio.run(
            arguments.stopping.until(
                lambda: demo.run_demo(
                    data_dir(), arguments.output or Path("camcensus-demo"), knowledge, devices=arguments.devices, emit=emit
                )
            )
        )
    print(tables.census_text(made.census, knowledge, _enabled(None, knowledge)))
    for note in made.notes:
        print(note, file=sys.stderr)
    print(f"\nWritten: {clean(str(made.inventory))} and {clean(str(made.plan.path))} ({made.plan.pages} pages)")
    return DONE


def _audit_demo(arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    """A simulated review: its files and answers, then the audit page on them, or the tables and the report."""
    from camcensus.tasks.audit_demo import make_audit_demo

    directory = arguments.output or Path("camcensus-demo-auditor")
    knowledge = load(argparse.Namespace(knowledge=None), data_dir)
    with progress_line("Organisations") as tell:
        made = make_audit_demo(data_dir(), directory, knowledge, now(), bodies=arguments.bodies, progress=tell)
    states = Counter(one.state for one in made.imported.files)
    print(f"Made in {clean(str(directory))}: {', '.join(f'{number:,} {state}' for state, number in sorted(states.items()))}.")
    if not arguments.headless:
        arguments.stopping.release()
        return window(made.rollup, data_dir(), False)
    from camcensus.cli.rollup import figures_text
    from camcensus.tasks.reports.rollup import write_rollup_pdf
    from camcensus.tasks.rollup.figures import lists_of, read_figures
    from camcensus.tasks.rollup.files import write_csv
    from camcensus.tasks.rollup.taking import open_for_reading

    with open_for_reading(made.rollup, data_dir()) as rollup:
        figures = read_figures(rollup, lists_of(rollup), now().date().isoformat())
        write_csv(figures, directory / "tables")
        saved = write_rollup_pdf(rollup, figures, directory / "report.pdf", data_dir=data_dir(), now=now())
    print(figures_text(figures))
    print(f"\nWritten: {clean(str(made.rollup))}, its tables, and {clean(str(saved.path))} ({count(saved.pages, 'page')})")
    return DONE
