"""The report of a roll-up as a PDF: what its first page says, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from camcensus.model.words import BASED_MEANS, clean, count, long_date
from camcensus.report.rollup import TITLE, RollupReport, rollup_report
from camcensus.store.rollup.reading import read_lists
from camcensus.tasks.files import Written
from camcensus.tasks.progress import Progress
from camcensus.tasks.reports.making import write_said
from camcensus.tasks.rollup.figures import Figures
from camcensus.tasks.rollup.kinds import BANDS, RECORDED, doubt_words, share_words
from camcensus.tasks.rollup.sections import SHARES_ALONE, sections
from camcensus.tasks.rollup.taking import RollUp


def write_rollup_pdf(
    rollup: RollUp, figures: Figures, path: Path, *, data_dir: Path, now: datetime, progress: Progress | None = None
) -> Written:
    """Write the figures at `path`, whole or not at all. Raises DiskError, and what `progress` raises."""
    return write_said(path, data_dir, lambda: rollup_report(_figures_on_paper(rollup, figures, now)), progress)


def _figures_on_paper(rollup: RollUp, figures: Figures, now: datetime) -> RollupReport:
    """Everything that is printed, in words. `figures` have all tables."""
    lists = read_lists(rollup.file.connection)
    titles = {row["id"]: row["title"] for row in lists}
    addressees = {row["id"]: row["addressed_to"] for row in lists}
    readings = frozenset(row["id"] for row in lists if not row["names_makers"])
    totals = figures.totals
    counted, cameras = totals.counted, count(totals.cameras, "camera")
    if not counted and figures.ways is not None and figures.ways.counted.claimed:  # nobody by a file
        counted, cameras = figures.ways.counted.claimed, f"{figures.ways.cameras.claimed:,} cameras or more"
    return RollupReport(
        title=f"Cameras of {count(counted, 'organisation', 'organisations')}" if counted else TITLE,
        name=rollup.file.path.stem,
        knowledge_version=figures.knowledge_version,
        made_at=now,
        lead=_lead(figures),
        facts=_facts(figures, titles, addressees, readings),
        sections=tuple(sections(figures)),
        method=(*_method(figures), *([BASED_MEANS] if figures.reads else [])),
        foot=f"{count(counted, 'organisation', 'organisations')} counted · {cameras}",
        simulation=figures.simulation,
    )


def _lead(figures: Figures) -> str:
    totals = figures.totals
    if not totals.counted:
        if figures.ways is not None and figures.ways.counted.claimed:
            return f"No organisation is counted by a file.{_with_answers(figures)}"
        return "No organisation is counted yet: there are no files yet, or there is nothing in them."
    share = share_words(totals.bodies, totals.counted)
    have = "has" if totals.bodies == 1 else "have"
    none = f" In {totals.bodies_none:,}, none was found." if totals.bodies_none else ""
    more = f" For {totals.bodies_not_known:,} more it is not known." if totals.bodies_not_known else ""
    return (
        f"Of {count(totals.counted, 'organisation', 'organisations')} counted, {totals.bodies:,} ({share}) {have} at least one"
        f" camera made by a listed maker.{none}{more}{_with_answers(figures)}"
    )


def _with_answers(figures: Figures) -> str:
    """The totals with what organisations answered, and how many of them in each way."""
    ways = figures.ways
    if ways is None or not ways.counted.claimed:
        return ""
    counted, have = ways.counted.total, ways.bodies.total
    return f" With what others answered: {have:,} of {counted:,} ({share_words(have, counted)}): {ways.bodies.words}."


def _with_doubt(number: int, noun: str, proven: int, most: int | None = None) -> str:
    """ "12 cameras, of which 3 proven"."""
    return ", ".join(filter(None, (count(number, noun), doubt_words(number, proven, most))))


def _based(figures: Figures) -> str:
    totals = figures.totals
    cameras = _with_doubt(totals.based, "camera", totals.based_proven)
    bodies = count(totals.bodies_based, "organisation", "organisations")
    return f"{cameras}, in {bodies}, whether or not a list names the maker too"


def _facts(
    figures: Figures, titles: dict[str, str], addressees: dict[str, str], readings: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    totals = figures.totals
    old = sum("old" in body.flags for body in figures.bodies)
    asked = "Not known: nobody gave a list of those who were asked" if totals.asked is None else f"{totals.asked:,}"
    lists = "; ".join(clean(titles.get(name, name), 100) for name in figures.lists if name not in readings) or "None is counted"
    facts = [
        ("Organisations asked", asked),
        ("Sent a file", f"{totals.answered:,}"),
        *([("Replied by letter or sheet alone", f"{figures.ways.replied - totals.answered:,}")] if figures.ways else []),
        ("Counted by their files", _by_file(figures)),
        ("With, without, not known", _three(figures)),
        *([("Counted by their answers alone", f"{figures.ways.counted.claimed:,}")] if figures.ways is not None else []),
        ("Records older than 12 months", f"{old:,}"),
        ("Cameras, each once", f"{totals.cameras:,}"),
        ("Made by a listed maker", _with_doubt(totals.listed, "camera", totals.listed_proven, totals.listed_most)),
        *([("Based in China (our reading)", _based(figures))] if figures.reads else []),
        ("Maker not known", f"{count(totals.not_known, 'camera')}, not in that figure"),
        ("Lists that are counted", lists),
    ]
    to = dict.fromkeys(addressees.get(name, "") for name in figures.lists)
    if any(to):
        facts.append(("To whom these are addressed", "; ".join(clean(one, 120) for one in to if one)))
    if totals.asked is not None:
        facts.insert(3, ("Organisations missing", f"{len(figures.missing):,}"))
    return tuple(facts)


def _by_file(figures: Figures) -> str:
    """How many, and how many of them were measured by a search."""
    counted = [one for one in figures.bodies if one.counted]
    measured = sum(one.is_measured for one in counted)
    return f"{len(counted):,}: {measured:,} measured by a search, {len(counted) - measured:,} recorded in their own registers"


def _three(figures: Figures) -> str:
    """The three numbers that add up to those counted, each organisation in one of them."""
    totals = figures.totals
    bodies = ", ".join(
        filter(None, (f"{totals.bodies:,} with a listed maker", doubt_words(totals.bodies, totals.bodies_proven)))
    )
    return f"{bodies}; {totals.bodies_none:,} none found; {totals.bodies_not_known:,} not known"


def _unseen(figures: Figures) -> Iterator[str]:
    """How many cameras a recorder reports and nobody has checked."""
    table = next(one for one in figures.tables if one.name == "by_kind")
    for kind, *_, number in table.rows:
        if kind == "camera" and number:
            yield f"Not yet checked on site: {count(number, 'camera')} that a recorder reports."


def _method(figures: Figures) -> tuple[str, ...]:
    version = figures.knowledge_version.partition("+")[0].replace(".", "-")
    try:
        of = f"of {long_date(version)}"
    except (ValueError, IndexError):
        of = clean(figures.knowledge_version, 40)
    said = [
        f"All organisations were judged by one list version, {of}, from what their devices answered and what staff wrote down.",
        f"{BANDS} Cameras that may be by a listed maker are in no count, and what is not known is never added in.",
        RECORDED,
        "An organisation counts if its record has a camera, a recorder or the like, or something that may be one, or if it "
        "says that it has none and was searched. A search that found nothing is no answer. Shares are out of those counted.",
        "A camera that two organisations have counts for both, and once in the totals. “Or more”: a search alone may miss "
        "cameras behind recorders, or a recorder reports channels that nobody has looked at.",
        SHARES_ALONE,
        *_unseen(figures),
        "Organisations are listed from A to Z. That is no ranking: they differ in size and in how they searched.",
        "To add it up again: “camcensus rollup-report … --csv FOLDER” writes these tables, one row for each organisation in "
        "rollup.csv with the SHA-256 of its files, and a text that says which columns add up to what.",
        "“Listed” means that a list that is counted names the maker. Each list says to whom it is addressed. “Not listed” does "
        "not mean checked or approved.",
    ]
    if figures.ways is not None:
        said.append(
            "Answers are what organisations say, and prove nothing. Where one sent a file and answered too, "
            "its file counts; answers.csv has both and names the difference. Of two answers to a question the newer counts."
        )
    if figures.stale:
        said.insert(
            1,
            f"{count(figures.stale, 'device')} could not be judged by that version yet: re-checking was not at its end, so "
            "their answers are those of their own organisations’ version.",
        )
    return tuple(said)
