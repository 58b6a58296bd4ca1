"""`run.py knowledge`: build vendors.db, check it, say what is due, read published files, compare two, rehearse the signing."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import camcensus
from camcensus import app, cli
from camcensus.cli.arguments import Parser
from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, now, option, print_json
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count
from camcensus.store.vendors_db.updates import load_brought
from camcensus.tasks import documents, tables
from camcensus.tasks.finding.judging import Reassessment
from camcensus.tasks.register import verbs as register
from installers.knowledge import coverage, diff, importing, review
from installers.knowledge.build import build, check
from installers.knowledge.entries import SourceProblem
from installers.knowledge.rehearsal import rehearse
from installers.knowledge.sources import read_sources

KINDS = ("cve", "exploited", "ieee", "fcc", "entity-list", "debarment", "urn", "ods", "gss")


def main(argv: Sequence[str]) -> int:
    """Carry out one of these commands; gives the exit status."""
    return cli.run(argv, data_dir=app.data_dir, window=lambda *_: 0, commands=parser)


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = Parser(prog="run.py knowledge", description="Build and check the knowledge of makers.", allow_abbrev=False)
    top.set_defaults(do=_none, stops=False, policy=[])
    jobs = top.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)

    def command(name: str, do: Callable[..., int], text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = jobs.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(do=do)
        return made

    build_it = command("build", build_command, "Build vendors.db from its sources (resources/vendors).")
    option(build_it, "-o", "the file to write (vendors.db)", "FILE", dest="output")
    check_it = command("check", check_command, "Check the sources, and that vendors.db is what they build.")
    option(check_it, "--knowledge", "another vendors.db", "FILE")
    due = command("review", review_command, "Say what of the sources is due to be looked at again.")
    option(due, "--today", "as on another day, like 2026-11-24", "DAY")
    option(due, "--all", "list all that is due, not only an hour’s work")
    option(due, "--json", "print one JSON document")
    published = command("import", import_command, "Hold a file of a publisher against the sources, and say what would change.")
    option(
        published,
        "kind",
        "cve, exploited, ieee, fcc, entity-list, debarment; registers of organisations: urn, ods, gss",
        "KIND",
        choices=KINDS,
    )
    option(published, "files", "as published; calendar.toml says where to get it", "FILE", nargs="+")
    option(published, "--write", "write the changes into the sources, for you to read and build")
    option(published, "--seen", "the day you got the file, like 2026-11-24 (today)", "DAY")
    option(published, "-o", "urn, ods, gss: the list for “rollup --bodies” to make or check", "FILE.csv", dest="output")
    option(published, "--json", "print one JSON document")
    for made in (build_it, check_it, due, published):
        option(made, "--sources", "another folder of sources", "DIR")
    flaws_held = command("flaws", flaws_command, "Say how many records of flaws are held and known for each maker.")
    option(flaws_held, "--sources", "another folder of sources", "DIR")
    newer = command("diff", diff_command, "Say what a newer vendors.db says differently.")
    newer.add_argument("old", type=Path, metavar="OLD")
    newer.add_argument("new", type=Path, metavar="NEW")
    option(newer, "--inventory", "also say which of its answers would change", "FILE")
    option(newer, "--json", "print one JSON document")
    rehearsal = command("rehearse", rehearse_command, "Rehearse the signing with throw-away keys; keeps none.")
    option(rehearsal, "file", "the file to be signed (vendors.db)", "FILE", nargs="?")
    return top


def _none(_arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    raise Wrong("run.py knowledge needs build, check, review, import KIND FILE, diff OLD NEW or rehearse; see --help.")


def build_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Build vendors.db."""

    output = arguments.output or data_dir() / "vendors.db"
    version = build(_sources(arguments, data_dir), output)
    print(f"Built {output.name} {version}, {output.stat().st_size / 1000:.0f} KB.")
    return DONE


def check_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Check the sources and vendors.db; 1 where something is wrong, each named."""

    sources, database = _sources(arguments, data_dir), arguments.knowledge or data_dir() / "vendors.db"
    problems = check(sources, database)
    if not problems:
        measured = coverage.measure(sources, database)
        problems = [*measured.problems, *_held_against(database)]
        print("\n".join(clean(line, 500) for line in measured.lines))
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {clean(problem.say, 500)}", file=sys.stderr)
    if problems:
        return REFUSED
    print("The sources are sound, and vendors.db is what they build.")
    return DONE


HELD_AGAINST = {
    "ordinary": "an ordinary device or page is called a camera or a recorder",
    "shared_signs": "a strong sign takes the replies of another maker, and has no subjects",
}
"""Benches that hold every rule against labelled replies, and what it means where one does not hold."""


def _held_against(database: Path) -> Iterator[SourceProblem]:
    for name, say in HELD_AGAINST.items():
        bench = Path(__file__).parents[2] / "tests" / "bench" / f"{name}.py"
        if subprocess.run([sys.executable, str(bench), str(database)], stdout=subprocess.DEVNULL, check=False).returncode:
            yield SourceProblem("vendors.db", 1, f"{say}: python tests/bench/{name}.py -v")


def flaws_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Say for each maker how many records of flaws are held and known, the newest, and when somebody last looked."""

    lines = coverage.flaw_lines(read_sources(_sources(arguments, data_dir)))
    print("\n".join(clean(line, 500) for line in lines))
    return DONE


def review_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Say what is due to be looked at again, in order; 1 where something is due."""

    today = _day(arguments.today) or now().date()
    found = review.review(_sources(arguments, data_dir), today)
    if arguments.json:
        print_json(review.review_document(found))
    else:
        print("\n".join(review.review_lines(found, every=arguments.all)))
    return REFUSED if found.due else DONE


def import_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Say what a published file would change in the sources, and with --write change them for a person to read."""

    seen = _day(arguments.seen) or now().date()
    brought = importing.bring(arguments.kind, arguments.files, _sources(arguments, data_dir), seen, arguments.output)
    written = importing.write(brought) if arguments.write else []
    if arguments.json:
        print_json(importing.brought_document(arguments.kind, brought, written=bool(written)))
    else:
        print("\n".join([*importing.brought_lines(brought, written=bool(written)), *written]))
    for problem in brought.problems:
        print(clean(problem, 500), file=sys.stderr)
    return DONE


def diff_command(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    """What a newer vendors.db says differently, and which answers of an inventory it would change. Writes nothing."""

    old, new = load_brought(arguments.old), load_brought(arguments.new)
    changes, answers = None, 0
    if arguments.inventory is not None:
        with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
            changes, answers = register.would_change(inventory, old, new), len(inventory.verdicts())
    if arguments.json:
        print_json(diff_document(old, new, changes, answers))
        return DONE
    lines = diff.diff_lines(diff.compare(old, new), old.version, new.version)
    if changes is not None:
        lines.append(f"\n{len(changes)} of {count(answers, 'answer')} in {clean(arguments.inventory.name, 80)} would change:")
        lines += tables.change_lines(changes, "would be") if changes else ["  none."]
    print("\n".join(lines))
    return DONE


def diff_document(old: Knowledge, new: Knowledge, changes: Sequence[Reassessment] | None, answers: int) -> dict[str, Any]:
    """`knowledge diff --json`; `changes` are those of an inventory that holds so many `answers`, None where none was given."""
    return {
        "contract_version": documents.CONTRACT_VERSION,
        "from": clean(old.version),
        "to": clean(new.version),
        "parts": [
            {"what": part.what}
            | {name: [clean(one) for one in getattr(part, name)] for name in ("added", "removed", "changed")}
            for part in diff.compare(old, new)
        ],
        "inventory": None
        if changes is None
        else {"answers": answers, "changes": [documents.change_entry(one) for one in changes]},
    }


def rehearse_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Rehearse the signing of a vendors.db with throw-away keys; 1 where a step went otherwise than it must."""

    path = arguments.file or data_dir() / "vendors.db"
    steps = rehearse(path, app=camcensus.__version__, today=now().date())
    for step in steps:
        print(f"{'As it must' if step.went_well else 'WRONG'}: {step.name}\n  {clean(step.say, 500)}")
    return DONE if all(step.went_well for step in steps) else REFUSED


def _sources(arguments: argparse.Namespace, data_dir: DataDir) -> Path:
    return Path(arguments.sources or data_dir() / "resources" / "vendors")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(f"“{clean(text, 30)}” is no day; write it like 2026-11-24.") from None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
