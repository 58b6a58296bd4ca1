"""The tables of a publishing pack, column by column: what of the roll-up is not declared here is in no pack.

Cameras are counted by kind of organisation, maker, place, year and ability; of each organisation it is said whether it was
asked, whether it answered, and whether a camera by a listed maker was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from camcensus.model import frozen
from camcensus.model.words import BASED, BASED_MEANS
from camcensus.planning.foi_counts import SMALL

ColumnKind = Literal["words", "number", "flag"]
FEWER = f"fewer than {SMALL}"
NOT_SHOWN = "not shown"
"""Of what may help an attacker, where fewer than SMALL organisations have it not, or too few are counted."""
WITH_ANSWERS = ("by_type_and_way", "by_maker_and_way", "by_question")
"""Tables that say something only where organisations answered."""

type Row = dict[str, Any]


@frozen
class PublishedColumn:
    """A column: its name in files, its heading, what it means. A flag is 0 or 1.

    Paper draws a count whose name ends in one of `BESIDE` under the one that it is of.
    """

    name: str
    title: str
    meaning: str
    kind: ColumnKind = "number"
    inside: bool = False
    """Whether only auditors and those who asked have it."""


@frozen(kw_only=True)
class PublishedTable:
    """A table of the pack. `parted_by` is the column whose values each add up by themselves.

    `paper` are the columns of each of its tables on paper, all where it is empty.
    """

    name: str
    title: str
    meaning: str
    columns: tuple[PublishedColumn, ...]
    parted_by: str | None = None
    paper: tuple[tuple[str, ...], ...] = ()


@frozen
class FilledTable:
    """A table with its rows as they are published; the last one is the total where `total`.

    A count is a number, words where it is not shown, or None where it is not known.
    """

    table: PublishedTable
    rows: tuple[tuple[Any, ...], ...]
    total: bool = False
    of_all: str | None = None
    """What the rows that paper has say of the kind of organisation; None where it has all rows."""

    @property
    def columns(self) -> tuple[PublishedColumn, ...]:
        return self.table.columns


def _counts(stem: str, title: str, meaning: str) -> tuple[PublishedColumn, ...]:
    """A number, and how many of it are proven."""
    return (
        PublishedColumn(stem, title, f"{meaning} The maker is likely or surer."),
        PublishedColumn(f"{stem}_proven", f"{title}, proven", f"{meaning} The maker is confirmed or almost certain."),
    )


_OUT_OF = (
    PublishedColumn("asked", "Asked", "Organisations that were asked; empty where nobody gave a list of them."),
    PublishedColumn("answered", "Sent a\nfile", "Organisations of which a file is in."),
    PublishedColumn("counted", "Counted", "Organisations that shares are out of: their record tells something of cameras."),
)
_HAVE = _counts("bodies", "Organisations", "Organisations with one such camera by a listed maker.")
_NONE = PublishedColumn("bodies_none_found", "None\nfound", "Organisations with none, where enough makers are known.")
_MAY_HAVE = PublishedColumn("bodies_not_known", "Not known", "Organisations that may have one: some makers are not known.")
_CAMERAS = PublishedColumn("cameras_once", "Cameras", "Cameras, each once, also where two organisations have it.")
_LISTED = (
    *_counts("listed", "Made by a\nlisted maker", "Cameras whose maker a counted list names."),
    PublishedColumn("listed_most", "Listed, at\nthe most", "With cameras that may be by a listed maker."),
)
_NOT_KNOWN = PublishedColumn("not_known", "Maker\nnot known", "Cameras whose maker nobody knows, or somebody must check.")
_BASED = _counts("based_in_china", "Based in China\n(our reading)", f"Cameras of such makers. {BASED_MEANS}")
_BASED_HAVE = _counts(
    "bodies_based_in_china", "Organisations,\nbased in China", f"Organisations with such a camera. {BASED_MEANS}"
)
_LISTED_FLAG = PublishedColumn("listed", "Listed", "1 where a counted list names the maker.", "flag")
_BASED_FLAG = PublishedColumn("based_in_china", BASED, f"1 where the maker is based in China. {BASED_MEANS}", "flag")
_OF_CAMERAS = (_CAMERAS, *_LISTED, _NOT_KNOWN, *_BASED)


def _inside(columns: Iterable[PublishedColumn]) -> tuple[PublishedColumn, ...]:
    return tuple(replace(one, inside=True) for one in columns)


def _words(name: str, title: str, meaning: str) -> PublishedColumn:
    return PublishedColumn(name, title, meaning, "words")


PUBLISHED: tuple[PublishedTable, ...] = (
    PublishedTable(
        name="by_body_type", title="Organisations with a camera by a listed maker", meaning="By kind of organisation.",
        columns=(
            _words("body_type", "Kind of organisation", "Kind; the last row is of all."), *_OUT_OF, *_HAVE, _NONE,
            _MAY_HAVE, *_BASED_HAVE, *_OF_CAMERAS,
        ),
        paper=(
            ("body_type", "asked", "answered", "counted", "bodies", "bodies_none_found", "bodies_not_known",
             "bodies_based_in_china"),
            ("body_type", "cameras_once", "listed", "not_known", "based_in_china"),
        ),
    ),
    PublishedTable(
        name="by_type_and_maker", title="Makers by kind of organisation",
        meaning="Of the organisations of each kind, those with a camera of each maker that is listed, or based in China.",
        columns=(
            _words("body_type", "Kind", "Kind of organisation."), _words("maker_name", "Maker", "The maker."), _LISTED_FLAG,
            _BASED_FLAG, *_OUT_OF[1:],
            *_counts("bodies_with_listed", "Any listed\nmaker", "Organisations with any listed maker."),
            *_counts("bodies", "This\nmaker", "Organisations with a camera of this maker."),
        ),
        paper=(("body_type", "maker_name", "listed", "based_in_china", "bodies_with_listed", "bodies"),),
    ),
    PublishedTable(
        name="by_maker", title="Who made the cameras", meaning="Every maker that is named, from A to Z, and what is not known.",
        columns=(
            _words("maker_name", "Made by", "The maker."), _LISTED_FLAG, _BASED_FLAG, *_OUT_OF,
            *_counts("bodies", "Organisations", "Organisations with a camera of this maker."),
            *_counts("cameras", "Cameras", "Cameras of this maker, each once. “Not known”: of no maker."),
        ),
        paper=(("maker_name", "listed", "based_in_china", "bodies", "cameras"),),
    ),
    PublishedTable(
        name="by_list", title="By list", meaning="Organisations with a camera of a maker that is on each list.",
        columns=(
            _words("title", "List", "The list."),
            PublishedColumn("is_counted", "Counted", "1 where “listed” in the other tables means this list too.", "flag"),
            PublishedColumn("our_reading", "Our reading", f"1 where the list names no company. {BASED_MEANS}", "flag"),
            *_OUT_OF, *_counts("bodies", "Organisations", "Organisations with a camera of a maker on it."),
            *_inside(_counts("cameras", "Cameras", "Cameras of a maker on it, each once.")),
        ),
        paper=(("title", "is_counted", "our_reading", "bodies", "cameras"),),
    ),
    PublishedTable(
        name="by_capability", title="What cameras can do",
        meaning="What the camera says of itself, or its maker of the model. What nobody says is not known; it is not absent.",
        columns=(
            _words("capability", "Ability", "What it can do."), *_OUT_OF,
            PublishedColumn("bodies_able", "Organisations\nable", "Organisations with a camera that can."),
            PublishedColumn("bodies_on", "Organisations,\nit is on", "Organisations with a camera that says it is on."),
            PublishedColumn("bodies_none_found", "None\nfound", "Organisations where every maker lists no such ability."),
            PublishedColumn("bodies_not_known", "Not known", "Organisations where none can, and one was not looked at."),
            PublishedColumn("cameras_able", "Cameras\nable", "Cameras that can, each once."),
            PublishedColumn("cameras_on", "Cameras,\nit is on", "Of these, those that say it is on."),
            PublishedColumn("not_known", "Not known", "Cameras of which nobody says that they can."),
        ),
        paper=(("capability", "bodies_able", "bodies_on", "cameras_able", "cameras_on", "not_known"),),
    ),
    PublishedTable(
        name="by_place_type", title="By kind of place", meaning="Each way to tell places apart adds up to all cameras.",
        columns=(
            _words("place_type", "Sorted by", "The way to tell places apart."), _words("place", "Place", "Kind of place."),
            *_OUT_OF, *_HAVE, _MAY_HAVE, *_OF_CAMERAS,
        ),
        parted_by="place_type",
        paper=(("place", "bodies", "cameras_once", "listed", "not_known", "based_in_china"),),
    ),
    PublishedTable(
        name="by_year", title="By year of the record", meaning="Organisations by the year of their newest record.",
        columns=(
            _words("year", "Newest record of", "Calendar year."), *_OUT_OF[1:], *_HAVE, _MAY_HAVE, *_OF_CAMERAS,
        ),
        paper=(("year", "counted", "bodies", "cameras_once", "listed", "not_known", "based_in_china"),),
    ),
    PublishedTable(
        name="by_year_installed", title="By year of installation",
        meaning="Cameras by the calendar year they were installed in.",
        columns=(
            _words("installed_year", "Installed in", "Calendar year."), *_OUT_OF, *_HAVE, _MAY_HAVE, *_OF_CAMERAS,
        ),
        paper=(("installed_year", "bodies", "cameras_once", "listed", "not_known", "based_in_china"),),
    ),
    PublishedTable(
        name="by_kind", title="Everything in the registers", meaning="Only the row “Cameras” is counted as cameras elsewhere.",
        columns=(
            _words("counts_as", "Counts as", "What it counts as."),
            PublishedColumn("bodies", "Organisations", "Organisations that have one."),
            PublishedColumn("found_once", "Number", "How many there are, each once."),
        ),
    ),
    PublishedTable(
        name="change", title="Change since the last round",
        meaning="Organisations that were counted in both rounds, and those among them with a camera by a listed maker.",
        columns=(
            _words("body_type", "Kind of organisation", "Kind."),
            PublishedColumn("compared", "Compared", "Organisations that were counted in both rounds."),
            *_counts("bodies_then", "Then", "Organisations with a listed maker then."),
            *_counts("bodies_now", "Now", "Organisations with a listed maker now."),
            *_inside((*_counts("listed_then", "Cameras\nthen", "Such cameras then."),
                      *_counts("listed_now", "Cameras\nnow", "Such cameras now."))),
        ),
    ),
    PublishedTable(
        name="by_type_and_way", title="Measured, recorded and answered together",
        meaning="Organisations with a camera by a listed maker: by their file where one counts, else by what they answered.",
        columns=(
            _words("body_type", "Kind of organisation", "Kind; the last row is of all."),
            PublishedColumn("asked", "Asked", "Organisations that were asked; empty where nobody gave a list of them."),
            PublishedColumn("replied", "Replied", "Organisations that sent a file or any answer, a refusal too."),
            PublishedColumn("counted", "Counted", "Organisations that shares are out of."),
            PublishedColumn("measured", "Measured", "Of these, those counted by a file, and measured by a search."),
            PublishedColumn("recorded", "Recorded", "Of these, those counted by a file that staff recorded."),
            PublishedColumn("claimed", "By their\nanswers", "Of these, those counted by what they answered."),
            *_HAVE,
            PublishedColumn("bodies_none", "None", "Organisations that have none."),
            PublishedColumn("bodies_not_known", "Not known", "Organisations of which neither can be said."),
        ),
        paper=(("body_type", "counted", "measured", "recorded", "claimed", "bodies", "bodies_none", "bodies_not_known"),),
    ),
    PublishedTable(
        name="by_maker_and_way", title="Makers, measured, recorded and answered together",
        meaning="The same by maker. An answer counts for a maker that its question names alone; – where it was"
        " asked together with others.",
        columns=(
            _words("body_type", "Kind", "Kind of organisation."), _words("maker_name", "Maker", "The maker."), _LISTED_FLAG,
            PublishedColumn("counted", "Counted", "Organisations that shares are out of."),
            *_counts("users", "Any listed\nmaker", "Organisations with any listed maker."),
            *_counts("bodies", "This\nmaker", "Organisations with a camera of this maker."),
        ),
    ),
    PublishedTable(
        name="by_question", title="What became of each question",
        meaning="Organisations by the answer to each question that counts. What they said in words is not here.",
        columns=(
            _words("question", "Question", "What it asks for, in our words."),
            PublishedColumn("bodies", "Organisations", "Organisations that were asked it."),
            *(PublishedColumn(name, title, f"Organisations: {title.lower()}.") for name, title in (
                ("answered", "Answered"), ("not_read", "Not read\nyet"), ("refused", "Refused"),
                ("not_held", "Not held"), ("no_reply", "No reply"),
            )),
            *_inside((
                PublishedColumn("low", "Added up,\nat least", "Their numbers added up; “yes” is 1 or more."),
                PublishedColumn("high", "At most", "Empty where one of them names no upper number."),
            )),
        ),
    ),
    PublishedTable(
        name="missing", title="Organisations that are missing",
        meaning="Organisations that were asked and sent neither a file nor an answer.",
        columns=(
            _words("name", "Organisation", "Its name."), _words("official_number", "Number", "Its official number."),
            _words("body_type", "Kind", "Kind of organisation."),
        ),
    ),
    PublishedTable(
        name="bodies", title="Organisations from A to Z",
        meaning="Organisations that sent a file, and whether a camera by a listed maker was found. That is no ranking.",
        columns=(
            _words("name", "Organisation", "Its name."), _words("official_number", "Number", "Its official number."),
            _words("body_type", "Kind", "Kind of organisation."),
            _words("listed", "Camera by a listed maker", "yes (the maker is confirmed or almost certain), likely, not known, "
                   "none found, or not counted."),
            _words("known", "How it is known", "measured by a search, or recorded in its own register."),
            *_inside(PublishedColumn(name, title, f"{title}, in its own record.") for name, title in (
                ("cameras", "Cameras"), ("listed_cameras", "By a listed maker"), ("listed_proven", "Proven"),
                ("listed_most", "At the most"), ("not_known", "Maker not known"),
            )),
        ),
    ),
)  # fmt: skip
"""In the order in which they are printed. In the pack for the public no table counts cameras of single organisations."""

OF_ORGANISATIONS = (
    "by_capability_and_type", "by_capability_and_place", "by_decision", "by_decision_year", "by_camera_type", "by_retention",
    "by_dpia", "by_use", "by_size",
)  # fmt: skip
"""Tables that their SQL declares."""
SECURITY = ("by_cloud_link", "by_firmware_age", "by_known_flaw", "by_flaw")
"""The same of what may help an attacker: the public is told how many organisations have it, of all of them together."""
FOR_THOSE_WHO_ASKED: dict[str, str] = {
    "cost_by_year": "It is of costs.", "spend_by_year": "It is of costs.", "by_site": "It is of sensitive places.",
    "by_capability_and_maker": "Its makers are as files name them.", "by_purpose": "Its words are typed by staff.",
    "by_supplier": "Its words are typed by staff.", "by_region": "Its words are those of the list of those asked.",
}  # fmt: skip
"""Tables that only the pack for those who asked has, and why."""
NOT_PUBLISHED: dict[str, str] = {
    "answers": "It has what single organisations answered, in their words.",
}
"""Tables of the roll-up that are in no pack, and why."""
