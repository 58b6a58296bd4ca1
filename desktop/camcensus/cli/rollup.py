"""For auditors: `rollup` imports exchange files, `rollup-report` prints the totals."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import (
    DONE,
    REFUSED,
    DataDir,
    Window,
    Wrong,
    load_with_path,
    now,
    pairs,
    print_json,
    progress_line,
    who,
)
from camcensus.model.errors import open_file
from camcensus.model.registers import ENCODINGS
from camcensus.model.words import BASED, clean, count

if TYPE_CHECKING:
    from camcensus.tasks.rollup.figures import Figures
    from camcensus.tasks.rollup.taking import FileOutcome

MAP_LIMIT_BYTES = 1 << 20
READERS = ("public", "asked")
"""Whom a pack is for."""
_STATE_WORDS = {"accepted": "taken in", "superseded": "superseded", "held": "held", "refused": "refused"}


def add_rollup(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands' names and options."""
    from camcensus.store.rollup.parquet import ENGINES

    take = command("rollup", rollup_command, "Auditors: add up exchange files of many organisations in one roll-up file.")
    take.set_defaults(stops=True)
    take.add_argument(
        "national", type=Path, metavar="NATIONAL", help="the roll-up file (.camcensus-rollup); made where there is none"
    )
    take.add_argument("files", type=Path, nargs="*", metavar="FILE", help="exchange files, or folders of them")
    take.add_argument(
        "--bodies", type=Path, metavar="FILE", help="the organisations you asked (CSV, XLSX): name, type, official numbers"
    )
    take.add_argument(
        "--answers", type=Path, action="append", default=[], metavar="FILE",
        help="what organisations answered: a spreadsheet (CSV, XLSX, ODS), foi_public.csv, the ZIP for the public, or a folder",
    )  # fmt: skip
    take.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FILE.json",
        help="what columns ask: {heading: cameras, count:MAKER …}, or COLUMN=…",
    )
    take.add_argument("--sheet", metavar="NAME", help="the sheet of the answers")
    take.add_argument("--encoding", choices=ENCODINGS, metavar="NAME", help="how a text file of answers is written")
    take.add_argument("--take-out", metavar="EXPORT_ID", help="take the record, or the answers, with this number out again")
    take.add_argument("--put-back", metavar="EXPORT_ID", help="count a record again that was taken out")
    take.add_argument("--agree", metavar="EXPORT_ID", help="count a held file that is of another name, or was begun apart")
    take.add_argument("--keep-round", metavar="NAME", help="save today’s figures under a name, to compare the next round with")
    take.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    take.add_argument("--json", action="store_true", help="print one JSON document")

    report = command(
        "rollup-report", rollup_report_command, "Auditors: print the totals of a roll-up file, with what they are out of."
    )
    report.set_defaults(stops=True)
    report.add_argument("national", type=Path, metavar="NATIONAL")
    report.add_argument(
        "--list", action="append", default=[], metavar="ID", help="count this list (repeat for more; those that are on)"
    )
    report.add_argument(
        "--knowledge", type=Path, metavar="FILE", help="judge all devices by this vendors.db (the newest there is)"
    )
    report.add_argument("--json", action="store_true", help="print one JSON document")
    report.add_argument("--csv", type=Path, metavar="DIR", help="also write every table as CSV into this folder")
    report.add_argument("--parquet", type=Path, metavar="DIR", help="also write the base tables as Parquet into a new folder")
    report.add_argument(
        "--publish",
        type=Path,
        metavar="DIR",
        help="also write a pack of counts into a new folder",
    )
    report.add_argument(
        "--for", dest="wanted_for", choices=(*READERS, *ENGINES),
        help="with --publish: for the public (unless you say otherwise), or whole for those who asked; with --parquet: also"
        " write the SQL that makes the tables on this engine",
    )  # fmt: skip
    report.add_argument("--title", metavar="WORDS", help="the title of the pack")
    report.add_argument("--author", action="append", default=[], metavar="NAME", help="an author of the pack (repeat for more)")
    report.add_argument("--licence", choices=("ogl", "cc-by", "cc0"), help="the licence of the pack; none unless you say so")
    report.add_argument(
        "-o", dest="output", type=Path, metavar="FILE.pdf", help="also write the report: FILE.pdf, or FILE.html"
    )


def rollup_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Take files in; say what was done with each."""
    from camcensus.tasks.rollup import taking as tasks
    from camcensus.tasks.rollup.answers import take_answer_files
    from camcensus.tasks.rollup.figures import lists_of
    from camcensus.tasks.rollup.files import take_in_document
    from camcensus.tasks.rollup.view import record_round

    changes = (
        arguments.take_out, arguments.put_back, arguments.agree, arguments.keep_round, arguments.bodies,
        arguments.answers,
    )  # fmt: skip
    if not arguments.files and not any(changes):
        raise Wrong("Name the exchange files, or folders of them, after the roll-up file.")
    knowledge, _ = load_with_path(arguments, data_dir)
    with tasks.open_for_taking(arguments.national, data_dir(), knowledge, now()) as rollup:
        if arguments.take_out:
            print(tasks.take_out(rollup, arguments.take_out, now()), file=sys.stderr)
        if arguments.put_back:
            print(tasks.put_back(rollup, arguments.put_back), file=sys.stderr)
        if arguments.agree:
            print(tasks.agree(rollup, arguments.agree), file=sys.stderr)
        with progress_line("Files") as tell:
            done = tasks.take_in(
                rollup, arguments.files, knowledge, now(), bodies=arguments.bodies, progress=tell,
                stop=lambda: bool(arguments.stopping.asked),
            )  # fmt: skip
        with progress_line("Answers") as tell:
            answers = take_answer_files(
                rollup, arguments.answers, knowledge, now(), named=_map(arguments.map), sheet=arguments.sheet,
                encoding=arguments.encoding, typed_by=who(), progress=tell, stop=lambda: bool(arguments.stopping.asked),
            )  # fmt: skip
        done = replace(done, files=(*done.files, *answers))
        if arguments.keep_round:
            print(record_round(rollup, arguments.keep_round, lists_of(rollup), now()), file=sys.stderr)
    if done.asked is not None:
        asked = count(done.asked, "organisation was", "organisations were")
        print(f"The list of organisations is in use: {asked} asked.", file=sys.stderr)
    if arguments.json:
        print_json(take_in_document(done))
    else:
        for one in done.files:
            print(_line(one))
        if done.files:
            print(_summary(done.files))
    for problem in done.problems:
        print(problem, file=sys.stderr)
    if done.stopped:
        print("Stopped: the files after these were not looked at; run the same command again to continue.", file=sys.stderr)
    if done.stale:
        print(
            f"{count(done.stale, 'device')} judged by other knowledge than this roll-up goes by:"
            f" “rollup-report” judges them again.",
            file=sys.stderr,
        )
    wrong = done.problems or any(one.warnings for one in answers)  # a cell that could not be read, a row of nobody
    states = {one.state for one in done.files}
    return REFUSED if wrong or states & {"held", "refused"} else DONE


def _map(said: list[str]) -> dict[str, str]:
    """What columns of answers ask: from JSON files (heading: what it asks), and from COLUMN=MEANING."""
    import json

    from camcensus.model.plain import once

    found: dict[str, str] = {}
    for one in said:
        if not one.lower().endswith(".json"):
            found |= pairs([one])
            continue
        try:
            with open_file(Path(one)) as stream:
                table = json.loads(stream.read(MAP_LIMIT_BYTES), object_pairs_hook=once)
        except (OSError, ValueError, RecursionError) as error:
            raise Wrong(f"“{clean(one, 100)}” is no JSON of one object: each heading once, and what it asks.") from error
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            raise Wrong(f"“{clean(one, 100)}” must be one JSON object: heading, and what it asks.")
        found |= table
    return found


def _line(one: FileOutcome) -> str:
    said = " ".join(filter(None, (one.reason, *one.warnings)))
    whose = f" ({clean(one.body_name, 60)})" if one.body_name else ""
    again = " before" if one.again and one.state == "accepted" else ""
    return f"{_STATE_WORDS[one.state]}{again}: {clean(str(one.path), 200)}{whose}{'. ' if said else ''}{clean(said, 600)}"


def _summary(files: tuple[FileOutcome, ...]) -> str:
    counts = {state: sum(one.state == state for one in files) for state in _STATE_WORDS}
    parts = ", ".join(f"{number:,} {_STATE_WORDS[state]}" for state, number in counts.items() if number)
    return f"{count(len(files), 'file')}{': ' if parts else ''}{parts}"


def rollup_report_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Re-check what is not of this knowledge, then print the totals."""
    from camcensus.tasks.rollup import files as rollup_files
    from camcensus.tasks.rollup import taking as tasks
    from camcensus.tasks.rollup.figures import lists_of, read_figures
    from camcensus.tasks.rollup.judging import is_current, reassess_all, work_left

    engine = None if arguments.wanted_for in READERS else arguments.wanted_for
    if engine and arguments.parquet is None:
        raise Wrong("Name the folder to write to as well: --parquet DIR --for ENGINE.")
    if arguments.wanted_for in READERS and arguments.publish is None:
        raise Wrong("Name the folder to write to as well: --publish DIR --for public.")
    knowledge, _ = load_with_path(arguments, data_dir)
    _refuse_new(tasks.named(arguments.national))
    finished = True
    with tasks.open_for_taking(arguments.national, data_dir(), knowledge, now()) as rollup:
        if not is_current(rollup, knowledge):
            if left := work_left(rollup, knowledge):
                say = "judged by other knowledge: they are re-checked, which can be stopped"
                print(f"{count(left, 'device')} {say}.", file=sys.stderr)
            with progress_line("Re-checking") as tell:
                finished = reassess_all(rollup, knowledge, progress=tell, stop=lambda: bool(arguments.stopping.asked))
            if not finished:
                print("Stopped: the totals are by the knowledge before; run the same command again.", file=sys.stderr)
        figures = read_figures(rollup, lists_of(rollup, arguments.list), now().date().isoformat())
        if arguments.csv is not None:
            written = rollup_files.write_csv(figures, arguments.csv)
            print(f"Saved {count(len(written), 'file')} in {clean(str(arguments.csv))}.", file=sys.stderr)
        if arguments.parquet is not None:
            made = rollup_files.write_parquet(rollup.file.connection, arguments.parquet)
            print(f"Saved {count(len(made), 'table')} in {clean(str(arguments.parquet))}.", file=sys.stderr)
            if engine is not None:
                script = rollup_files.write_script(rollup, figures, arguments.parquet, engine)
                print(f"Saved {clean(str(script))}; its first lines say how it is run.", file=sys.stderr)
        if arguments.publish is not None:
            from camcensus.tasks.reports.pack_report import PackWords
            from camcensus.tasks.reports.publication import suggested_title, write_pack

            words = PackWords(
                title=arguments.title or suggested_title(figures), authors=tuple(arguments.author),
                licence=arguments.licence or "",
            )  # fmt: skip
            pack = write_pack(
                rollup, figures, knowledge, arguments.publish, words, data_dir=data_dir(), now=now(),
                whole=arguments.wanted_for == "asked",
            )  # fmt: skip
            print(f"Saved {count(len(pack), 'file')} in {clean(str(arguments.publish))}.", file=sys.stderr)
        if arguments.output is not None:
            from camcensus.tasks.reports.rollup import write_rollup_pdf

            saved = write_rollup_pdf(rollup, figures, arguments.output, data_dir=data_dir(), now=now())
            print(f"Saved {clean(str(saved.path))}: {count(saved.pages, 'page')}, SHA-256 {saved.sha256}", file=sys.stderr)
    if arguments.json:
        print_json(rollup_files.figures_document(figures, stopped=not finished))
    else:
        print(figures_text(figures))
    return DONE


def _refuse_new(path: Path) -> None:
    from camcensus.model.errors import DiskError, shown

    if not path.exists():
        raise DiskError(f"There is no roll-up file “{shown(path)}”; “camcensus rollup” makes it from exchange files.")


def figures_text(figures: Figures) -> str:
    """The tables for a terminal; every count with what it is out of."""
    totals = figures.totals
    asked = f"{totals.asked:,} asked, " if totals.asked is not None else ""
    letters = f", {figures.ways.replied - totals.answered:,} replied by letter or sheet alone" if figures.ways else ""
    lines = [
        *filter(None, [figures.simulation]),
        f"Knowledge {clean(figures.knowledge_version, 60)}; lists: {', '.join(figures.lists) or 'none'}",
    ]  # fmt: skip
    if totals.answered or not figures.ways:
        lines += [
            f"{count(totals.counted, 'organisation', 'organisations')} counted by a file"
            f" ({asked}{totals.answered:,} sent a file{letters}): {totals.bodies:,} with a camera made by a listed maker,"
            f" {totals.bodies_none:,} none found, {totals.bodies_not_known:,} not known.",
            f"{count(totals.cameras, 'camera')}: {totals.listed:,} made by a listed maker"
            f"{_beside(totals.listed, totals.listed_proven, totals.listed_most)}; {totals.not_known:,} not known.",
            f"{BASED}: {count(totals.based, 'camera')}{_beside(totals.based, totals.based_proven)} in"
            f" {count(totals.bodies_based, 'organisation', 'organisations')}, whether or not a list names the maker too.",
        ]
    else:
        lines.append(f"No organisation sent a file: {asked}{figures.ways.replied:,} replied by letter or sheet.")
    lines += _answered(figures)
    for table in figures.tables:
        if not table.rows or table.name == "answers":  # as long as the spreadsheets themselves; --csv writes it
            continue
        cells = [list(table.columns)] + [["–" if cell is None else clean(str(cell), 40) for cell in row] for row in table.rows]
        widths = [max(len(row[at]) for row in cells) for at in range(len(table.columns))]
        lines += ["", table.name]
        lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    if figures.problems:
        lines += ["", f"To look at ({len(figures.problems):,})"]
        lines += [f"- {problem.say}" for problem in figures.problems[:200]]
    return "\n".join(lines)


def _answered(figures: Figures) -> Iterator[str]:
    """What was measured, recorded and answered together, where anybody answered."""
    ways = figures.ways
    if ways is not None:
        yield (
            f"{'With answers: ' * bool(figures.totals.answered)}{ways.counted.total:,} counted ({ways.counted.words}):"
            f" {ways.bodies.total:,} have a camera made by a listed maker ({ways.bodies.words});"
            f" {ways.bodies_none.total:,} have none; not known for {ways.bodies_not_known.total:,}."
            f" At least {ways.cameras.total:,} cameras ({ways.cameras.words})."
        )


def _beside(number: int, proven: int, most: int | None = None) -> str:
    """ " (of which 3 proven)", or "" where nothing is to be said beside the number."""
    from camcensus.tasks.rollup.kinds import doubt_words

    said = doubt_words(number, proven, most)
    return f" ({said})" if said else ""
