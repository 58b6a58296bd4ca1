"""The tables of a roll-up in the words of its report: what each column is called, and what the figures are out of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from camcensus.model.prose import listed, lower_first, range_words, upper_first
from camcensus.model.words import BASED, BASED_MEANS, clean, count, short_date
from camcensus.report.rollup import RollupHead, RollupSection, Value
from camcensus.store.rollup.tables import ALL_IDENTIFIED
from camcensus.tasks.rollup.figures import BodyRow, Figures, code_words
from camcensus.tasks.rollup.kinds import ABILITY_WORDS, kind_words
from camcensus.tasks.rollup.problems import IN_TWO_BODIES, IN_TWO_RECORDS
from camcensus.tasks.rollup.questions import declared_sections
from camcensus.tasks.rollup.sampling import interval_section

COUNTS_AS_WORDS = {
    "camera": "Cameras", "recorder": "Recorders", "encoder": "Encoders", "intercom": "Intercoms",
    "software": "Viewing programs", "other": "Other devices, not cameras", "may-be-camera": "Devices that may be cameras",
    "gone": "No longer there",
}  # fmt: skip
METHOD_WORDS = {"search": "search", "walk": "walk-round", "import": "list"}
NAMES_SAID = 12
"""Organisations that are named at one reason; the JSON and the window have them all."""

Rows = list[dict[str, Any]]
_BASED_HEAD = "|Based in China\n(our reading)"
BANDS = "A range begins with confirmed or almost certain and ends with likely."


def share_words(low: int, high: int, of: int) -> str:
    """ "60.8% to 66.7%" of `of`, to one decimal, halves up; "–" of nothing."""
    if not of:
        return "–"
    parts = [f"{tenths // 10}.{tenths % 10}%" for tenths in ((2000 * part + of) // (2 * of) for part in (low, high))]
    return parts[0] if parts[0] == parts[1] else " to ".join(parts)


def sections(figures: Figures) -> Iterator[RollupSection]:
    """The tables that have something to say, in the order of the report."""
    yield from counted_sections(figures)
    yield from declared_sections(figures.tables)
    yield _bodies(figures)
    if figures.totals.asked is not None:
        yield _missing(figures)
    yield from _problems(figures)


def counted_sections(figures: Figures) -> Iterator[RollupSection]:
    """Who made the cameras, by kind, maker, list, place and year; what cameras can do; what changed since the last round."""
    held = {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in figures.tables}
    drawn: tuple[tuple[str, Callable[[Rows, bool], RollupSection]], ...] = (
        ("by_body_type", _of_types),
        ("by_body_type", _cameras_of_types),
        *((("by_body_type", _based),) if figures.reads else ()),
        ("by_type_and_maker", _of_types_and_makers),
        ("by_maker", _of_makers),
        ("by_list", _of_lists),
        ("by_capability", _of_abilities),
        ("by_place_type", _of_places),
        ("by_year_installed", _of_installed),
        ("by_year", _of_years),
        ("by_kind", _of_kinds),
        *((("change", _of_change),) if _had_round(figures) else ()),
    )
    for at, (name, draw) in enumerate(drawn):
        if name in held:
            yield draw(held[name], figures.reads)
        if not at and (interval := interval_section(figures)) is not None:
            yield interval
    if figures.ways is not None:
        for name, draw in _WAYS:
            if name in held and (held[name] or name != "change_answered"):
                yield draw(held[name], figures.reads)


def _of_types_both_ways(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Measured and answered together",
        "Kind of organisation|Counted|measured +\nanswered|With one|measured +\nanswered|Share of\ncounted|None|Not\nknown",
        [
            (
                kind_words(row["body_type"]), f"{row['counted']:,}", _parts(row["measured"], row["claimed"]), _bodies_of(row),
                _parts(row["bodies_max_measured"], row["bodies_max_claimed"]), _share_of(row),
                f"{row['bodies_none']:,}", f"{row['bodies_not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with at least one camera by a listed maker: those that Camcensus measured, and those that"
        " answered. Each counts in one way only.",
        note="Answered: the organisation says so, and nobody measured it. With one (the end of the range), none, and not known"
        " add up to those counted.",
    )  # fmt: skip


def _of_makers_both_ways(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Makers, measured and answered together",
        "Kind|~Made by|Any listed\nmaker|This\nmaker|measured +\nanswered|Share of\nthem",
        [
            (
                kind_words(row["body_type"]), clean(row["maker_name"] or "", 60),
                range_words(row["users_min"], row["users_max"]), _bodies_of(row),
                _parts(row["bodies_max_measured"], row["bodies_max_claimed"]),
                share_words(row["bodies_min"], row["bodies_max"], row["users_max"]),
            )
            for row in rows
            if row["listed"] and row["users_max"]
        ],
        intro="Of the organisations with a camera by any listed maker, how many have one by each. Some have several.",
        nothing="No organisation has a camera by a listed maker.",
    )  # fmt: skip


def _of_questions(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "What was asked, and what became of it",
        "Question|Asked|Answered|In part\nor late|Refused|Not held|Cost\nlimit|No reply",
        [
            (
                clean(row["question"], 120), f"{row['bodies']:,}", f"{row['answered']:,}", f"{row['partial'] + row['late']:,}",
                f"{row['refused']:,}", f"{row['not_held']:,}", f"{row['over_cost_limit']:,}", f"{row['no_reply']:,}",
            )
            for row in rows
        ],
        first=2.4,
        intro="By what each organisation answered last. Every answer is in answers.csv, beside what was measured.",
    )  # fmt: skip


def _of_answered_change(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Change of answers since the last round",
        "Kind of organisation|Compared|With one\nthen|With one\nnow|Cameras\nthen|Cameras\nnow",
        [
            (
                kind_words(row["body_type"]), f"{row['compared']:,}", f"{row['with_then']:,}", f"{row['with_now']:,}",
                f"{row['listed_min_then']:,}", f"{row['listed_min_now']:,}",
            )
            for row in rows
        ],
        total=True,
        intro="Organisations that say they have a camera by a listed maker, and at least so many such cameras; only those that"
        " answered in both rounds.",
    )  # fmt: skip


_WAYS = (
    ("by_type_and_way", _of_types_both_ways),
    ("by_maker_and_way", _of_makers_both_ways),
    ("change_answered", _of_answered_change),
    ("by_question", _of_questions),
)


def _parts(measured: int, claimed: int) -> str:
    """ "40 + 700": measured, then answered."""
    return f"{measured:,} + {claimed:,}"


def among_words(figures: Figures) -> str:
    """The auditor's rule behind "none found": " among the 95% or more identified"; "" where all must be."""
    pct = figures.rule.none_found_pct
    return "" if pct == ALL_IDENTIFIED else f" among the {pct}% or more identified"


def none_words(figures: Figures) -> str:
    """ "none found", with the rule behind it."""
    return f"none found{among_words(figures)}"


def totals_words(figures: Figures) -> str:
    """The three numbers that add up to those counted, and the same with what others answered."""
    totals, ways = figures.totals, figures.ways
    three = _three_words(totals.bodies_min, totals.bodies_max, totals.bodies_none, totals.bodies_not_known, figures)
    said = f"Of {totals.counted:,} counted: {three}."
    if ways is None:
        return said
    three = _three_words(sum(ways.bodies_min), sum(ways.bodies_max), sum(ways.bodies_none), sum(ways.bodies_not_known), figures)
    return f"{said} With the {ways.counted[1]:,} that only answered: {three}."


def _three_words(low: int, high: int, none: int, not_known: int, figures: Figures) -> str:
    return f"{range_words(low, high)} with a listed maker, {none:,} {none_words(figures)}, {not_known:,} not known"


def _had_round(figures: Figures) -> bool:
    """Whether there is an earlier round to compare with."""
    return any(one.replaced is not None for one in figures.bodies)


def _section(title: str, heads: str, rows: list[tuple[Value, ...]], *, first: float = 1.6, **more: Any) -> RollupSection:
    """`heads` are parted by "|"; the first holds words, a "~" before another one says that it does too."""
    made = [
        RollupHead(word.lstrip("~"), at > 0 and not word.startswith("~"), 1 if at else first)
        for at, word in enumerate(heads.split("|"))
    ]
    return RollupSection(title=title, heads=tuple(made), rows=tuple(rows), **more)


def _of_types(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Organisations with at least one camera by a listed maker",
        "Kind of organisation|Asked|Answered|Counted|Organisations|Share of\ncounted|None\nfound|Not known",
        [
            (
                kind_words(row["body_type"]), _number(row["asked"]), f"{row['answered']:,}", f"{row['counted']:,}",
                _bodies_of(row), _share_of(row),
                f"{row['bodies_none_found']:,}", f"{row['bodies_not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        note=f"{BANDS} Not known: none of their cameras is by a listed maker as far as makers are known, but some are not, "
        "something there may be a camera, or only a recorder or the like was found.",
    )  # fmt: skip


def _cameras_of_types(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Cameras by kind of organisation",
        "Kind of organisation|Cameras\nof organisations|Each\nonce|Made by a\nlisted maker|Not known",
        [
            (
                kind_words(row["body_type"]), f"{row['cameras']:,}", f"{row['cameras_once']:,}",
                _listed_of(row), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        total=True,
        note="Each once: without what another organisation has too. The two columns after it are of these.",
    )  # fmt: skip


def _based(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Makers based in China (our reading)",
        "Kind of organisation|Counted|Organisations|Share of\ncounted|Cameras",
        [
            (
                kind_words(row["body_type"]), f"{row['counted']:,}",
                range_words(row["bodies_based_in_china_min"], row["bodies_based_in_china_max"]),
                share_words(row["bodies_based_in_china_min"], row["bodies_based_in_china_max"], row["counted"]),
                _based_of(row),
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with at least one camera by a maker based in China, and such cameras, whether or not a list "
        "names the maker too. They are in no column “Made by a listed maker” unless a list names them.",
        note=f"{BASED_MEANS} {BANDS}",
    )  # fmt: skip


def _of_types_and_makers(rows: Rows, read: bool) -> RollupSection:
    return _section(
        "Makers by kind of organisation",
        "Kind|~Made by|~List or\nour reading|Counted|Any listed\nmaker|This\nmaker|Share",
        [
            (
                kind_words(row["body_type"]), clean(row["maker_name"] or "", 60), _on_record(row, read), f"{row['counted']:,}",
                range_words(row["bodies_with_listed_min"], row["bodies_with_listed_max"]),
                _bodies_of(row), _share_of(row),
            )
            for row in rows
            if row["listed"] or read
        ],
        intro="Of the organisations of each kind, how many have at least one camera made by each maker that is listed"
        f"{f', or {lower_first(BASED)}' * read}. Some have several.",
    )  # fmt: skip


def _of_makers(rows: Rows, read: bool) -> RollupSection:
    return _section(
        "Who made the cameras",
        "Made by|~List or\nour reading|Organisations|Share of\ncounted|Cameras",
        [
            (
                clean(row["maker_name"], 60), _on_record(row, read), _bodies_of(row), _share_of(row), _cameras_of(row),
            )
            if row["maker"] != "not known"
            else (clean(row["maker_name"], 60), "", "–", "–", f"{row['not_known']:,}")
            for row in rows
        ],
        intro="From A to Z. “Not listed” does not mean that a maker has been checked or approved.",
        note=f"{BANDS} Each camera is counted once in the nation.",
    )  # fmt: skip


def _on_record(row: dict[str, Any], read: bool) -> Value:
    """What the lists say of a maker, and what our reading says of it."""
    based = bool(row["based_in_china"]) and read
    words = "Based in China" if based else ""
    return ("Listed", words) if row["listed"] else words or "Not listed"


def _of_lists(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "By list",
        "List|~Counted here|Organisations|Share of\ncounted|Cameras|Not\nknown",
        [
            (
                (clean(row["title"], 120), f"Names no company: {lower_first(BASED)}" if row["our_reading"] else ""),
                ("Apart" if row["our_reading"] else "Yes") if row["is_counted"] else "No", _bodies_of(row), _share_of(row),
                _cameras_of(row), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        first=2.6,
        intro="Organisations with a camera by a maker that is on each list. “No” means that the other tables leave the list "
        "out. “Apart”: no company is named, and makers based in China have columns of their own.",
    )  # fmt: skip


def _of_abilities(rows: Rows, _: bool) -> RollupSection:
    return _section(
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
    return _section(
        "By kind of place",
        f"Place|~Kind|Organisations|Cameras|Made by a\nlisted maker{_BASED_HEAD * read}|Not\nknown",
        [
            (
                upper_first(clean(row["place"], 60)), upper_first(row["place_type"]), _bodies_of(row),
                f"{row['cameras_once']:,}", _listed_of(row), *_based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        intro=f"Each of the {len({row['place_type'] for row in rows})} ways to tell places apart adds up to all cameras."
        f" {_out_of(rows)}"
        if rows
        else "",
    )  # fmt: skip


def _of_installed(rows: Rows, read: bool) -> RollupSection:
    return _section(
        "By year of installation",
        f"Installed in|Organisations|Cameras|Made by a\nlisted maker{_BASED_HEAD * read}|Not known",
        [
            (
                str(row["installed_year"] or "Not recorded"), _bodies_of(row),
                f"{row['cameras_once']:,}", _listed_of(row), *_based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
        intro=_out_of(rows),
    )  # fmt: skip


def _out_of(rows: Rows) -> str:
    """What the bodies of a table are out of, where that is the same for each row."""
    return next((f"Organisations are out of the {row['counted']:,} counted." for row in rows), "")


def _of_years(rows: Rows, read: bool) -> RollupSection:
    return _section(
        "By year of the record",
        f"Newest\nrecord|Counted|Organisations|Share of\ncounted|Cameras|Made by a\nlisted maker{_BASED_HEAD * read}"
        "|Not\nknown",
        [
            (
                str(row["year"]), f"{row['counted']:,}", _bodies_of(row),
                _share_of(row), f"{row['cameras_once']:,}",
                _listed_of(row), *_based_cell(row, read), f"{row['not_known']:,}",
            )
            for row in rows
        ],
    )  # fmt: skip


def _of_kinds(rows: Rows, _: bool) -> RollupSection:
    return _section(
        "Everything in the registers",
        "Counts as|Organisations|Rows of\nbodies|Each\nonce|Seen by\nnobody yet",
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
    return _section(
        "Change since the last round",
        "Kind of organisation|Compared|Organisations\nthen|Organisations\nnow|Cameras\nthen|Cameras\nnow",
        [
            (
                kind_words(row["body_type"]), f"{row['compared']:,}",
                range_words(row["bodies_min_then"], row["bodies_max_then"]),
                range_words(row["bodies_min_now"], row["bodies_max_now"]),
                range_words(row["listed_min_then"], row["listed_max_then"]),
                range_words(row["listed_min_now"], row["listed_max_now"]),
            )
            for row in rows
        ],
        total=True,
        intro="Organisations with a camera by a listed maker, and such cameras; only those that were counted in both rounds.",
        nothing="No organisation was counted in both.",
    )  # fmt: skip


def _bodies(figures: Figures) -> RollupSection:
    ways = Counter(row.method for row in figures.bodies)
    usual = ways.most_common(1)[0][0] if ways else ""
    return _section(
        "Organisations from A to Z",
        f"Organisation|Cameras|Identified|Made by a\nlisted maker{_BASED_HEAD * figures.reads}|Not\nknown|As at",
        [_body(row, figures.reads, usual) for row in figures.bodies],
        intro=f"Where nothing else is said, they looked by {_looked(usual)}." if usual else "",
        first=2.4,
        nothing="No organisation has answered.",
        new_page=True,
        note="Identified: cameras whose maker is named. Cameras that another organisation has too are in both rows.",
    )


def _looked(method: str) -> str:
    ways = [METHOD_WORDS.get(part, part) for part in method.split("+") if part]
    return " and ".join(ways) or "a way that is not known"


def _body(row: BodyRow, read: bool, usual: str) -> tuple[Value, ...]:
    more = " or more" if row.or_more else ""
    looked = f"by {_looked(row.method)}" if row.method != usual else ""
    about = [*filter(None, [code_words(row.code), looked]), *(["not counted"] if not row.counted else [])]
    return (
        (clean(row.name, 90), ", ".join(about)), f"{row.cameras:,}{more}", f"{row.identified:,}",
        range_words(row.listed_min, row.listed_max), *([range_words(row.based_min, row.based_max)] if read else []),
        f"{row.not_known:,}",
        (_day(row.as_at), "over a year old" if "old" in row.flags else ""),
    )  # fmt: skip


def _missing(figures: Figures) -> RollupSection:
    return _section(
        "Organisations that are missing",
        "Organisation|~Number|~Kind",
        [(clean(name, 120), code_words(code) or "–", kind_words(kind)) for code, name, kind in figures.missing],
        intro=f"{count(len(figures.missing), 'organisation was', 'organisations were')} asked and sent neither a file nor an"
        " answer.",
        nothing="None: of every organisation that was asked a file or an answer is in.",
    )


def _problems(figures: Figures) -> Iterator[RollupSection]:
    """What two organisations have in common, a row for each two; then the rest, a row for each reason."""
    shared = [one for one in figures.problems if one.kind in (IN_TWO_BODIES, IN_TWO_RECORDS)]
    if shared:
        yield _section(
            "Devices in two records",
            "Organisation|~And|Devices",
            [(*(*one.names, "Another record of its own")[:2], f"{one.devices:,}") for one in shared],
            intro="A device of two organisations counts for both, and once in the national total. One in two records of an "
            "organisation counts once.",
        )
    rest: dict[tuple[str, str], list[str]] = {}
    for one in figures.problems:
        if one not in shared:
            rest.setdefault((one.kind, one.why or one.say), []).extend(one.names)
    yield _section(
        "What somebody has to look at",
        "What|~Organisations",
        [(clean(why, 400), listed(sorted(names), NAMES_SAID) or "–") for (_, why), names in rest.items()],
        first=2,
        nothing="Nothing was held or refused.",
    )


def _bodies_of(row: dict[str, Any]) -> str:
    return range_words(row["bodies_min"], row["bodies_max"])


def _share_of(row: dict[str, Any]) -> str:
    return share_words(row["bodies_min"], row["bodies_max"], row["counted"])


def _cameras_of(row: dict[str, Any]) -> str:
    return range_words(row["cameras_min"], row["cameras_max"])


def _listed_of(row: dict[str, Any]) -> str:
    return range_words(row["listed_min"], row["listed_max"])


def _based_of(row: dict[str, Any]) -> str:
    return range_words(row["based_in_china_min"], row["based_in_china_max"])


def _based_cell(row: dict[str, Any], read: bool) -> tuple[str, ...]:
    return (_based_of(row),) if read else ()


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _day(moment: str) -> str:
    try:
        return short_date(moment[:10]).replace(" ", "\u00a0")
    except (ValueError, IndexError):
        return "not known"
