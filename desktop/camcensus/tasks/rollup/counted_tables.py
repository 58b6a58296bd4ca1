"""The counted tables of a roll-up in the words of its report, each a section made of its rows."""

from __future__ import annotations

from collections.abc import Callable

from camcensus.model.prose import lower_first, upper_first
from camcensus.model.words import BASED, BASED_MEANS, clean
from camcensus.report.rollup import RollupSection
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, kind_words
from camcensus.tasks.rollup.section_rows import (
    BANDS,
    BASED_HEAD,
    BESIDE,
    Rows,
    based_cell,
    based_of,
    bodies_of,
    cameras_of,
    counted,
    listed_of,
    number_or_dash,
    on_record,
    out_of,
    section,
    share_of,
    share_words,
)

COUNTS_AS_WORDS = {
    "camera": "Cameras", "recorder": "Recorders", "encoder": "Encoders", "intercom": "Intercoms",
    "software": "Viewing programs", "other": "Other devices, not cameras", "may-be-camera": "Devices that may be cameras",
    "gone": "No longer there",
}  # fmt: skip

type Draw = Callable[[Rows, bool], RollupSection]
"""Draws the rows of a table; told whether makers based in China are read too."""


def counted_tables(reads: bool, *, had_round: bool) -> tuple[tuple[str, Draw], ...]:
    """The tables in the order of the report, each with what draws it."""
    return (
        ("by_body_type", _of_types),
        ("by_body_type", _cameras_of_types),
        *((("by_body_type", _based),) if reads else ()),
        ("by_type_and_maker", _of_types_and_makers),
        ("by_maker", _of_makers),
        ("by_list", _of_lists),
        ("by_capability", _of_abilities),
        ("by_place_type", _of_places),
        ("by_year_installed", _of_installed),
        ("by_year", _of_years),
        ("by_kind", _of_kinds),
        *((("change", _of_change),) if had_round else ()),
    )


def _of_types(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Organisations with at least one camera by a listed maker",
        "Kind of organisation|Asked|Sent a\nfile|Counted|Organisations|Share of\ncounted|None\nfound|Not known",
        [
            (
                kind_words(row["body_type"]), number_or_dash(row["asked"]), f"{row['answered']:,}", f"{row['counted']:,}",
                bodies_of(row), share_of(row),
                f"{row['bodies_none_found']:,}", f"{row['bodies_not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        note=f"{BANDS} Not known: none of their cameras is by a listed maker as far as makers are known, but some are not, "
        "something there may be a camera, or only a recorder or the like was found.",
    )  # fmt: skip


def _cameras_of_types(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Cameras by kind of organisation",
        "Kind of organisation|Cameras\nof organisations|Each\nonce|Made by a\nlisted maker|Not known",
        [
            (
                kind_words(row["body_type"]), f"{row['cameras']:,}", f"{row['cameras_once']:,}",
                listed_of(row), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        note="Each once: without what another organisation has too. The two columns after it are of these.",
    )  # fmt: skip


def _based(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Makers based in China (our reading)",
        "Kind of organisation|Counted|Organisations|Share of\ncounted|Cameras",
        [
            (
                kind_words(row["body_type"]), f"{row['counted']:,}",
                counted(row["bodies_based_in_china"], row["bodies_based_in_china_proven"]),
                share_words(row["bodies_based_in_china"], row["counted"]),
                based_of(row),
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with at least one camera by a maker based in China, and such cameras, whether or not a list "
        "names the maker too. They are in no column “Made by a listed maker” unless a list names them.",
        note=f"{BASED_MEANS} {BANDS}",
    )  # fmt: skip


def _of_types_and_makers(rows: Rows, read: bool) -> RollupSection:
    return section(
        "Makers by kind of organisation",
        "Kind|~Made by|~List or\nour reading|Counted|Any listed\nmaker|This\nmaker|Share",
        [
            (
                kind_words(row["body_type"]), clean(row["maker_name"] or "", 60), on_record(row, read), f"{row['counted']:,}",
                counted(row["bodies_with_listed"], row["bodies_with_listed_proven"]),
                bodies_of(row), share_of(row),
            )
            for row in rows
            if row["listed"] or read
        ],
        intro="Of the organisations of each kind, how many have at least one camera made by each maker that is listed"
        f"{f', or {lower_first(BASED)}' * read}. Some have several.",
    )  # fmt: skip


def _of_makers(rows: Rows, read: bool) -> RollupSection:
    return section(
        "Who made the cameras",
        "Made by|~List or\nour reading|Organisations|Share of\ncounted|Cameras",
        [
            (
                clean(row["maker_name"], 60), on_record(row, read), bodies_of(row), share_of(row), cameras_of(row),
            )
            if row["maker"] != "not known"
            else (clean(row["maker_name"], 60), "", "–", "–", f"{row['not_known']:,}")
            for row in rows
        ],
        intro="From A to Z. “Not listed” does not mean that a maker has been checked or approved.",
        note=f"{BANDS} Each camera is counted once in the nation.",
    )  # fmt: skip


def _of_lists(rows: Rows, _: bool) -> RollupSection:
    return section(
        "By list",
        "List|~Counted here|Organisations|Share of\ncounted|Cameras|Not\nknown",
        [
            (
                (clean(row["title"], 120), f"Names no company: {lower_first(BASED)}" if row["our_reading"] else ""),
                ("Apart" if row["our_reading"] else "Yes") if row["is_counted"] else "No", bodies_of(row), share_of(row),
                cameras_of(row), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        first=2.6,
        intro="Organisations with a camera by a maker that is on each list. “No” means that the other tables leave the list "
        "out. “Apart”: no company is named, and makers based in China have columns of their own.",
    )  # fmt: skip


def _of_abilities(rows: Rows, _: bool) -> RollupSection:
    return section(
        "What cameras can do",
        "Ability|Organisations\nable|of\ncounted|Organisations,\nit is on|Cameras\nable|Cameras,\nit is on|Not\nknown",
        [
            (
                ABILITY_WORDS.get(row["capability"]) or upper_first(row["capability"].replace("-", " ")),
                f"{row['bodies_able']:,}", f"{row['counted']:,}",
                f"{row['bodies_on']:,}", f"{row['cameras_able']:,}", f"{row['cameras_on']:,}",
                f"{row['not_known']:,}",
            )
            for row in rows
        ],
        intro="What the camera says of itself, or its maker of the model. What nobody says is not known; it is not absent.",
        nothing="Nothing is known of what these cameras can do.",
    )  # fmt: skip


def _of_places(rows: Rows, read: bool) -> RollupSection:
    return section(
        "By kind of place",
        f"Place|~Kind|Organisations|Cameras|Made by a\nlisted maker{BASED_HEAD * read}|Not\nknown",
        [
            (
                upper_first(clean(row["place"], 60)), upper_first(row["place_type"]), bodies_of(row),
                f"{row['cameras_once']:,}", listed_of(row), *based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        intro=f"Each of the {len({row['place_type'] for row in rows})} ways to tell places apart adds up to all cameras."
        f" {out_of(rows)}"
        if rows
        else "",
    )  # fmt: skip


def _of_installed(rows: Rows, read: bool) -> RollupSection:
    return section(
        "By year of installation",
        f"Installed in|Organisations|Cameras|Made by a\nlisted maker{BASED_HEAD * read}|Not known",
        [
            (
                str(row["installed_year"] or "Not recorded"), bodies_of(row),
                f"{row['cameras_once']:,}", listed_of(row), *based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        intro=out_of(rows),
    )  # fmt: skip


def _of_years(rows: Rows, read: bool) -> RollupSection:
    return section(
        "By year of the record",
        f"Newest\nrecord|Counted|Organisations|Share of\ncounted|Cameras|Made by a\nlisted maker{BASED_HEAD * read}"
        "|Not\nknown",
        [
            (
                str(row["year"]), f"{row['counted']:,}", bodies_of(row),
                share_of(row), f"{row['cameras_once']:,}",
                listed_of(row), *based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
    )  # fmt: skip


def _of_kinds(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Everything in the registers",
        "Counts as|Organisations|Entries\nsent|Each\nonce|Seen by\nnobody yet",
        [
            (
                COUNTS_AS_WORDS.get(row["counts_as"], upper_first(row["counts_as"])), f"{row['bodies']:,}", f"{row['found']:,}",
                f"{row['found_once']:,}", f"{row['unconfirmed']:,}",
            )
            for row in rows
        ],
        intro="Only the row “Cameras” is counted as cameras in the other tables.",
        note="Seen by nobody yet: a recorder reports the channel, and no person has confirmed it.",
    )  # fmt: skip


def _of_change(rows: Rows, _: bool) -> RollupSection:
    return section(
        "Change since the last round",
        "Kind of organisation|Compared|Organisations\nthen|Organisations\nnow|Cameras\nthen|Cameras\nnow",
        [
            (
                kind_words(row["body_type"]), f"{row['compared']:,}",
                *(counted(row[f"bodies_{when}"], row[f"bodies_{when}_proven"]) for when in ("then", "now")),
                *(counted(*(row[f"listed_{when}{end}"] for end in ("", *BESIDE))) for when in ("then", "now")),
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with a camera by a listed maker, and such cameras; only those that were counted in both rounds.",
        nothing="No organisation was counted in both.",
    )  # fmt: skip
