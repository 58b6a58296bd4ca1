"""The command line: every command of the outside contract that this version has. No Qt.

Exit status: 0 done · 1 done, but something was refused or held · 2 wrong arguments · 3 could not do it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import camcensus
from camcensus.model.errors import CamcensusError, ScopeError
from camcensus.model.words import clean

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge

DONE, REFUSED, WRONG, COULD_NOT = 0, 1, 2, 3

DataDir = Callable[[], Path]
Window = Callable[[Path | None, Path, bool], int]

REPORT_KINDS = ("plan",)
LATER_KINDS = ("register", "foi", "evidence", "walkround", "it-notice", "summary", "questions", "camera", "labels")


class _Wrong(Exception):
    """Arguments that cannot be used; one sentence."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the usage."""

    def error(self, message: str) -> NoReturn:
        raise _Wrong(f"{self.prog}: {clean(message, 300)}; see “{self.prog} --help”.")


def run(argv: Sequence[str], *, data_dir: DataDir, window: Window) -> int:
    """Carry out one command; gives the exit status. Every expected fault is one sentence on stderr, never a traceback."""
    _plain_streams()
    try:
        arguments = parser().parse_args(list(argv))
        status = int(arguments.do(arguments, data_dir, window))
        sys.stdout.flush()
    except SystemExit as end:
        return int(end.code or 0)
    except (_Wrong, ScopeError) as error:
        return _say(error, WRONG)
    except CamcensusError as error:
        return _say(error, COULD_NOT)
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return _say("Stopped before it was finished; nothing was written.", COULD_NOT)
    return status


def _say(sentence: object, status: int) -> int:
    print(sentence, file=sys.stderr)
    return status


def _plain_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = _Parser(
        prog="camcensus",
        description="Which cameras do we have, where, who really made them, and what is on record about those makers? "
        "Without a command the window opens.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"camcensus {camcensus.__version__}")
    top.set_defaults(do=_open_window)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, do: Callable[..., int], text: str, within: Any = commands) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = within.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(do=do)
        return made

    demo = command("demo", _demo, "Start a simulated school on this computer and do the main job on it.")
    demo.add_argument("--headless", action="store_true", help="print the census and write files instead of opening the window")
    demo.add_argument("--devices", type=int, metavar="N", help="how many simulated devices (26)")
    demo.add_argument("-o", dest="output", type=Path, metavar="DIR", help="where to write (camcensus-demo)")

    scan = command("scan", _scan, "Look for cameras on private networks of this computer.")
    scan.add_argument("--inventory", type=Path, metavar="FILE", help="keep what is found in this inventory")
    scan.add_argument(
        "--interface", action="append", default=[], metavar="ADDR", help="only this network card (repeat for more)"
    )
    scan.add_argument(
        "--range", action="append", default=[], metavar="CIDR", help="also ask each address of this private range"
    )
    scan.add_argument("--allow-large", action="store_true", help="allow ranges larger than a /22")
    scan.add_argument("--passive", action="store_true", help="send nothing, only listen")
    scan.add_argument("--pace", choices=("gentle", "normal", "fast"), default="gentle", help="how fast (gentle)")
    scan.add_argument("--limit-s", type=float, metavar="N", help="stop after so many seconds")
    scan.add_argument("--capture", type=Path, metavar="FILE", help="also write every answer to this file")
    _add_common(scan)

    identify = command("identify", _identify, "Judge captured answers; touches no network.")
    identify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="captures that “scan --capture” wrote")
    identify.add_argument("--inventory", type=Path, metavar="FILE", help="keep what is found in this inventory")
    _add_common(identify)

    show = command("show", _show, "Print an inventory.")
    show.add_argument("inventory", type=Path, metavar="INVENTORY")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as one JSON document")
    form.add_argument("--csv", action="store_true", help="as a spreadsheet")
    show.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")

    report = command("report", _report, "Write a PDF from an inventory.")
    report.add_argument("inventory", type=Path, metavar="INVENTORY")
    report.add_argument("--kind", required=True, metavar="KIND", help=f"what to print: {', '.join(REPORT_KINDS)}")
    report.add_argument("--audience", choices=("internal", "supplier", "public"), default="internal", help="who will see it")
    report.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.pdf", help="the file to write")
    report.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")

    knowledge = command("knowledge", _knowledge_help, "Build, check or ask the knowledge of makers and brands.")
    knowledge.set_defaults(parser=knowledge)
    jobs = knowledge.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    build = command("build", _knowledge_build, "Build vendors.db from its sources (resources/vendors).", jobs)
    build.add_argument("-o", dest="output", type=Path, metavar="FILE", help="the file to write (vendors.db)")
    command("check", _knowledge_check, "Check the sources, and that vendors.db is what they build.", jobs)
    look_up = command("show", _knowledge_show, "Say what is known of a maker or a brand.", jobs)
    look_up.add_argument("name", metavar="NAME")
    for made in (build, jobs.choices["check"]):
        made.add_argument("--sources", type=Path, metavar="DIR", help="another folder of sources")
    for made in (jobs.choices["check"], look_up):
        made.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    return top


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    command.add_argument("--json", action="store_true", help="print one JSON document")


def _now() -> datetime:
    return datetime.now(UTC)


def _load(arguments: argparse.Namespace, data_dir: DataDir) -> Knowledge:
    from camcensus.store.knowledge import load_knowledge

    return load_knowledge(arguments.knowledge or data_dir() / "vendors.db")


def _open_window(_arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    return window(None, data_dir(), False)


def _open_to_keep(path: Path | None) -> contextlib.AbstractContextManager[Any]:
    """The inventory to keep what is found in, made where there is none yet; nothing where none was named."""
    from camcensus.model.errors import DiskError
    from camcensus.tasks import register

    if path is None:
        return contextlib.nullcontext()
    if not path.exists() and not path.is_symlink():
        inventory = register.new_inventory(path, register.new_body(path.stem or "My organisation"), _now())
        print(f"A new inventory was made: {clean(str(path))}", file=sys.stderr)
        return inventory
    inventory = register.open_inventory(path, _now())
    if inventory.readonly_reason is not None:
        inventory.close()
        raise DiskError(f"{inventory.readonly_reason} Nothing was kept; copy it to a folder of your own.")
    return inventory


def _emitter() -> Callable[[object], None]:
    """Progress, on a terminal only."""
    from camcensus.model.scan import ScanProgress

    shown = sys.stderr.isatty()

    def emit(event: object) -> None:
        if shown and isinstance(event, ScanProgress):
            print(
                f"\r\x1b[K{event.phase}: {event.done} of {event.total} · {event.found} found",
                end="",
                file=sys.stderr,
                flush=True,
            )

    return emit


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[object], None]]:
    try:
        yield _emitter()
    finally:
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


async def _until_stopped[T](work: Callable[[], Any]) -> T:
    """Ctrl+C and a polite kill both end the work like Stop: its task is cancelled, and what it then returns is the result."""
    import signal

    task = asyncio.ensure_future(work())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, task.cancel)
    try:
        return await task  # type: ignore[no-any-return]
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _who() -> str | None:
    """Who ran the command: kept in the scan log as who allowed it."""
    import getpass

    try:
        return f"{getpass.getuser()}, by the command line"
    except (OSError, KeyError, ImportError):
        return None


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1))


def _scan(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.discovery.scope import make_scope
    from camcensus.tasks import census, documents, register, tables

    limit = arguments.limit_s
    if limit is not None and not 0 < limit <= 24 * 3600:
        raise _Wrong("The time limit is a number of seconds, more than 0 and at most 86400; give another --limit-s.")
    scope = make_scope(
        arguments.interface, arguments.range, passive=arguments.passive, pace=arguments.pace, limit_s=limit,
        allow_large=arguments.allow_large,
    )  # fmt: skip
    knowledge = _load(arguments, data_dir)
    with _open_to_keep(arguments.inventory) as inventory:
        with _progress() as emit:
            found: census.Census = asyncio.run(
                _until_stopped(
                    lambda: census.find(
                        scope, emit, knowledge=knowledge, capture=arguments.capture, allowed_by=_who(), clock=_now
                    )
                )
            )
        enabled = _enabled(inventory, knowledge)
        if inventory is not None:
            print(register.keep_census(inventory, found, knowledge, _now()).say, file=sys.stderr)
    if arguments.json:
        _print_json(documents.scan_document(found, knowledge))
    else:
        print(tables.census_text(found, knowledge, enabled))
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return REFUSED if found.problems else DONE


def _enabled(inventory: Any, knowledge: Knowledge) -> frozenset[str]:
    from camcensus.tasks import register

    if inventory is not None:
        return register.enabled_lists(inventory, knowledge)
    return frozenset(entry.id for entry in knowledge.lists.values() if entry.default_on)


def _identify(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.tasks import census, documents, register, tables

    knowledge = _load(arguments, data_dir)
    found, problems = census.identify(arguments.files, knowledge, now=_now())
    for problem in problems:
        print(f"{problem.file}: {problem.say}", file=sys.stderr)
    with _open_to_keep(arguments.inventory) as inventory:
        enabled = _enabled(inventory, knowledge)
        if inventory is not None:
            print(register.keep_census(inventory, found, knowledge, _now()).say, file=sys.stderr)
    if arguments.json:
        _print_json(documents.identify_document(found, knowledge, problems))
    else:
        print(tables.census_text(found, knowledge, enabled, problems))
    return REFUSED if problems else DONE


def _show(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.model.words import stamp
    from camcensus.tasks import documents, register, tables

    knowledge = _load(arguments, data_dir)
    with register.open_inventory(arguments.inventory, _now(), readonly=True) as inventory:
        rows = register.rows(inventory, knowledge)
        if arguments.json:
            _print_json(documents.inventory_document(inventory, rows, knowledge))
        elif arguments.csv:
            data = tables.register_csv(inventory, rows, knowledge, stamp(_now()))
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            print(tables.inventory_text(inventory, rows, knowledge, register.enabled_lists(inventory, knowledge)))
    return DONE


def _report(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    if arguments.kind in LATER_KINDS:
        raise _Wrong(f"This version prints {' and '.join(REPORT_KINDS)}, not yet {arguments.kind}; give --kind plan.")
    if arguments.kind not in REPORT_KINDS:
        raise _Wrong(f"There is no report “{clean(arguments.kind, 60)}”; this version prints: {', '.join(REPORT_KINDS)}.")
    from camcensus.tasks import paper, register

    knowledge = _load(arguments, data_dir)
    with register.open_inventory(arguments.inventory, _now(), readonly=True) as inventory:
        written = paper.write_report(
            inventory, knowledge, "plan", arguments.output, audience=arguments.audience, data_dir=data_dir(), now=_now()
        )
    print(f"Saved {clean(str(written.path))}: {written.pages} pages, SHA-256 {written.sha256}")
    return DONE


def _demo(arguments: argparse.Namespace, data_dir: DataDir, window: Window) -> int:
    if not arguments.headless:
        return window(None, data_dir(), True)
    from camcensus.tasks import demo, tables

    knowledge = _load(argparse.Namespace(knowledge=None), data_dir)
    with _progress() as emit:
        made: demo.DemoResult = asyncio.run(
            _until_stopped(
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


def _knowledge_help(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    raise _Wrong(f"{arguments.parser.prog} needs build, check or show NAME; see “{arguments.parser.prog} --help”.")


def _sources(arguments: argparse.Namespace, data_dir: DataDir) -> Path:
    return Path(arguments.sources or data_dir() / "resources" / "vendors")


def _knowledge_build(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.tasks import knowledge

    output = arguments.output or data_dir() / "vendors.db"
    print(knowledge.build_sources(_sources(arguments, data_dir), output))
    return DONE


def _knowledge_check(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.tasks import knowledge

    problems = knowledge.check_sources(_sources(arguments, data_dir), arguments.knowledge or data_dir() / "vendors.db")
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {clean(problem.say, 500)}", file=sys.stderr)
    if problems:
        return REFUSED
    print("The sources are sound, and vendors.db is what they build.")
    return DONE


def _knowledge_show(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    from camcensus.tasks import knowledge

    lines = knowledge.show_name(_load(arguments, data_dir), arguments.name)
    if not lines:
        return _say(f"No manufacturer or brand “{clean(arguments.name, 60)}” is known; try another spelling.", REFUSED)
    print("\n".join(clean(line, 2000) for line in lines))
    return DONE
