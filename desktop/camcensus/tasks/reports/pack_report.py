"""The report of a publishing pack, and what a pack says of itself: title, authors, licence, method, rule on small counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from camcensus.model import frozen
from camcensus.model.words import BASED_MEANS, clean, joined, utc_second
from camcensus.report.rollup import RollupReport
from camcensus.tasks.rollup.drawn_tables import OF_ANSWERS, drawn_sections
from camcensus.tasks.rollup.kinds import BANDS, RECORDED
from camcensus.tasks.rollup.published import Publication

LICENCES: dict[str, tuple[str, str]] = {
    "ogl": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "cc-by": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
    "cc0": ("CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
NO_LICENCE = "None stated: ask the authors before you use it again"
_FILES = (
    "Each organisation made a file of its cameras with Camcensus and sent it. Every maker was worked out again from what the "
    "devices had answered and staff had written down, all by one list version.",
    f"{BANDS} “Not known” is in neither.",
    RECORDED,
    "An organisation counts if its record has a camera, a recorder or the like, or something that may be one, or if it says "
    "that it has none and was searched. Shares are out of those counted, and say nothing of organisations that were not asked.",
    "A camera that two organisations have counts for both where organisations are counted, and once where cameras are.",
)
_LISTED = (
    "“Listed” means that a list that is counted names the maker; each list says to whom it is addressed. It does not mean that "
    "anything is wrong with a camera, and “not listed” does not mean that a maker was checked.",
)
_ANSWERS_ALONE = (
    "No organisation sent a file of its cameras. Each is counted by what it answered by letter or in a sheet, in the tables "
    "“Measured, recorded and answered together”, and that proves nothing. Shares are out of those counted, and say nothing of "
    "organisations that were not asked."
)
_NO_FILES = "No organisation sent a file of its cameras, so nothing in this pack was measured or recorded."
_ANSWERS = (
    "Organisations that sent no such file are counted by what they answered, in the tables “Measured, recorded and answered "
    "together” alone; those tables say how much of each total is answered. An answer proves nothing."
)


@frozen(kw_only=True)
class PackWords:
    """What a person says of the pack. `licence` is a key of LICENCES, "" for none."""

    title: str
    authors: tuple[str, ...] = ()
    licence: str = ""

    @property
    def by(self) -> str:
        """The authors in one line."""
        return joined([clean(one, 120) for one in self.authors]) or "Not stated"

    @property
    def licence_words(self) -> str:
        """The licence in words."""
        return LICENCES[self.licence][0] if self.licence else NO_LICENCE


def about(said: Publication, words: PackWords, now: datetime) -> Iterator[tuple[str, str]]:
    """What is to be known of a pack, by a heading each."""
    yield "Title", clean(words.title, 200)
    if said.simulation is not None:
        yield "Simulation", said.simulation
    yield "Authors", words.by
    yield "Licence", f"{words.licence_words}{f', {LICENCES[words.licence][1]}' if words.licence else ''}"
    yield "Made", utc_second(now)
    yield "List version", clean(said.list_version, 60)
    yield "Lists that are counted", "; ".join(said.lists) or "None"
    yield "Asked", "Not known" if said.asked is None else said.said(said.asked)
    yield "Sent a file", said.said(said.answered)
    if said.by_letter is not None:
        yield "Replied by letter or sheet alone", said.said(said.by_letter)
    yield "Counted by their files", said.said(said.counted)
    if said.claimed:
        yield "Counted by their answers alone", said.said(said.claimed)
    yield "For", "Those who asked" if said.whole else "The public"
    yield "Small counts", said.rule
    for number, sentence in enumerate(method(said), 1):
        yield f"Method {number}", sentence


def method(said: Publication) -> tuple[str, ...]:
    """How the counts were made, a sentence or two each."""
    if not said.answered:
        return (_ANSWERS_ALONE if said.by_letter else _NO_FILES, *_LISTED)
    return (*_FILES, *_LISTED, *([_ANSWERS] if said.claimed else []))


def _handling(said: Publication) -> str:
    if said.whole:
        return "For those who asked: it has security facts"
    names = any(one.rows for one in said.tables if one.table.name in ("bodies", "missing"))
    return "For the public: it names organisations" if names else "For the public"


def pack_report(said: Publication, words: PackWords, now: datetime) -> RollupReport:
    """The report: the same tables.

    Where nobody sent a file, what is of files alone is left out: its noughts would look as if they had been counted.
    """
    by_file, both = _rows(said, "by_body_type"), _rows(said, "by_type_and_way")
    return RollupReport(
        simulation=said.simulation,
        title=clean(words.title, 120),
        handling=_handling(said),
        name=words.by,
        knowledge_version=said.list_version,
        made_at=now,
        lead=_lead(by_file[-1], both[-1] if both else None),
        facts=tuple(
            (name, words.licence_words if name == "Licence" else value)
            for name, value in about(said, words, now)
            if not name.startswith("Method")
        ),
        sections=tuple(
            section for one in said.tables if said.answered or one.table.name in OF_ANSWERS for section in drawn_sections(one)
        ),
        method=(*method(said), said.rule, *([BASED_MEANS] if said.reads else [])),
        foot=f"{said.said(said.counted + said.claimed)} organisations counted",
    )


def _rows(said: Publication, name: str) -> list[dict[str, Any]]:
    table = next(one for one in said.tables if one.table.name == name)
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def _lead(by_file: dict[str, Any], both: dict[str, Any] | None) -> str:
    """Of the files; of the answers too where there are any."""
    total = both or by_file
    if not total["counted"]:
        return "No organisation is counted yet."
    answers = f", {_said(both['claimed'])} of them by what they answered" if both is not None and both["claimed"] else ""
    return (
        f"Of {_said(total['counted'])} organisations counted{answers}, {_said(total['bodies'])} have at least one camera"
        " made by a listed maker."
    )


def _said(number: int | str) -> str:
    return number if isinstance(number, str) else f"{number:,}"
