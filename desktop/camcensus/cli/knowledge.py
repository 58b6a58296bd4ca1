"""What the commands of `camcensus knowledge` do."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

import camcensus
from camcensus.cli.common import DONE, REFUSED, DataDir, Window, Wrong, load, now, print_json, say
from camcensus.model.words import clean, count, long_date


def knowledge_help_command(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    """`knowledge` alone is no command."""
    name = arguments.parser.prog
    raise Wrong(
        f"{name} needs build, check, show NAME, review, import KIND FILE, diff OLD NEW, update FILE, comment or rehearse; "
        f"see “{name} --help”."
    )


def _sources(arguments: argparse.Namespace, data_dir: DataDir) -> Path:
    return Path(arguments.sources or data_dir() / "resources" / "vendors")


def knowledge_build_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Build vendors.db."""
    from camcensus.tasks.sources import verbs as knowledge

    output = arguments.output or data_dir() / "vendors.db"
    print(knowledge.build_sources(_sources(arguments, data_dir), output))
    return DONE


def knowledge_check_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Check the sources and vendors.db; 1 where something is wrong, each named."""
    from camcensus.store.vendors_db.build import check
    from camcensus.tasks.sources import coverage as knowledge_coverage

    sources, database = _sources(arguments, data_dir), arguments.knowledge or data_dir() / "vendors.db"
    problems = check(sources, database)
    if not problems:
        coverage = knowledge_coverage.measure(sources, database)
        problems = list(coverage.problems)
        print("\n".join(clean(line, 500) for line in coverage.lines))
    for problem in problems:
        print(f"{problem.file}:{problem.line}: {clean(problem.say, 500)}", file=sys.stderr)
    if problems:
        return REFUSED
    print("The sources are sound, and vendors.db is what they build.")
    return DONE


def knowledge_show_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """What is known of a name; 1 where nothing is."""
    from camcensus.tasks.sources import verbs as knowledge

    known = load(arguments, data_dir)
    lines = knowledge.show_name(known, arguments.name, everything=arguments.all)
    if not lines:
        return say(knowledge.unknown_name(known, arguments.name), REFUSED)
    print("\n".join(clean(line, 2000) for line in lines))
    return DONE


def knowledge_diff_command(arguments: argparse.Namespace, _data_dir: DataDir, _window: Window) -> int:
    """What a newer vendors.db says differently, and which answers of an inventory it would change. Writes nothing."""
    from camcensus.store.vendors_db.updates import load_brought
    from camcensus.tasks import documents, tables
    from camcensus.tasks.knowledge import diff as knowledge_diff
    from camcensus.tasks.register import verbs as register

    old, new = load_brought(arguments.old), load_brought(arguments.new)
    changes, answers = None, 0
    if arguments.inventory is not None:
        with register.open_inventory(arguments.inventory, now(), readonly=True) as inventory:
            changes, answers = register.would_change(inventory, old, new), len(inventory.verdicts())
    if arguments.json:
        print_json(documents.diff_document(old, new, changes, answers))
        return DONE
    lines = knowledge_diff.diff_lines(knowledge_diff.compare(old, new), old.version, new.version)
    if changes is not None:
        lines.append(f"\n{len(changes)} of {count(answers, 'answer')} in {clean(arguments.inventory.name, 80)} would change:")
        lines += tables.change_lines(changes, "would be") if changes else ["  none."]
    print("\n".join(lines))
    return DONE


def knowledge_update_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Take a signed vendors.db, and say what changed."""
    from camcensus.tasks.knowledge import diff as knowledge_diff
    from camcensus.tasks.knowledge import updates

    taken = updates.take_update(arguments.file, data_dir(), app=camcensus.__version__, now=now(), key=arguments.key)
    print(f"In use from now on: {taken.version}, signed on {long_date(taken.created)} with the key {taken.key}.")
    print("\n".join(knowledge_diff.diff_lines(taken.parts, taken.was, taken.version)))
    print("Inventories are judged by it when they are shown; “camcensus show” says which answers changed.")
    for notice in taken.notices:
        print(notice, file=sys.stderr)
    return DONE


def knowledge_review_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Say what is due to be looked at again, in order; 1 where something is due."""
    from camcensus.tasks.sources import review as knowledge_review

    today = _day(arguments.today) or now().date()
    found = knowledge_review.review(_sources(arguments, data_dir), today)
    if arguments.json:
        print_json(knowledge_review.review_document(found))
    else:
        print("\n".join(knowledge_review.review_lines(found, every=arguments.all)))
    return REFUSED if found.due else DONE


def knowledge_rehearse_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Rehearse the signing of a vendors.db with throw-away keys; 1 where a step went otherwise than it must."""
    from camcensus.tasks.sources.rehearsal import rehearse

    path = arguments.file or data_dir() / "vendors.db"
    steps = rehearse(path, app=camcensus.__version__, today=now().date())
    for step in steps:
        print(f"{'As it must' if step.went_well else 'WRONG'}: {step.name}\n  {clean(step.say, 500)}")
    return DONE if all(step.went_well for step in steps) else REFUSED


def knowledge_import_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Say what a published file would change in the sources, and with --write change them for a person to read."""
    from camcensus.tasks.sources import importing as knowledge_import

    seen = _day(arguments.seen) or now().date()
    brought = knowledge_import.bring(arguments.kind, arguments.files, _sources(arguments, data_dir), seen, arguments.output)
    written = knowledge_import.write(brought) if arguments.write else []
    if arguments.json:
        print_json(knowledge_import.brought_document(arguments.kind, brought, written=bool(written)))
    else:
        print("\n".join([*knowledge_import.brought_lines(brought, written=bool(written)), *written]))
    for problem in brought.problems:
        print(clean(problem, 500), file=sys.stderr)
    return DONE


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(f"“{clean(text, 30)}” is no day; write it like 2026-11-24.") from None


def knowledge_comment_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """The comment that a vendors.db is to be signed with."""
    from camcensus.tasks.knowledge import updates

    path = arguments.file or data_dir() / "vendors.db"
    print(updates.signed_comment(path, min_app=arguments.min_app or camcensus.__version__, today=now().date()))
    return DONE
