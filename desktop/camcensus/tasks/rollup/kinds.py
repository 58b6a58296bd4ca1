"""The words of a roll-up for kinds of organisations and for what cameras can do."""

from __future__ import annotations

from typing import Any

from camcensus.model.body_kinds import KIND_WORDS, PUBLIC_KINDS, kind_spelled
from camcensus.model.words import clean, upper_first
from camcensus.report.rollup import RollupHead, RollupSection, Value

ABILITY_WORDS = {
    "any": "Any AI",
    "gender-age": "Gender or age",
    "number-plate": "Number plates",
    "person-vehicle": "People and vehicles apart",
    "skin-colour": "Skin colour",
}

COUNTS_AS_WORDS = {
    "camera": "Cameras", "recorder": "Recorders", "encoder": "Encoders", "intercom": "Intercoms",
    "software": "Viewing programs", "other": "Other devices, not cameras", "may-be-camera": "Devices that may be cameras",
    "gone": "No longer there, or a spare",
}  # fmt: skip


def kind_words(kind: str) -> str:
    """ "NHS bodies"; a kind that we have no word for, as it is."""
    return KIND_WORDS.get(kind_spelled(kind)) or upper_first(clean(kind or "not said", 40))


def kind_published(kind: str) -> str:
    """The same in a pack: what no register of ours has may be anybody's words."""
    spelled = kind_spelled(kind)
    return KIND_WORDS.get(spelled) or (spelled if spelled in PUBLIC_KINDS else "Another kind")


Rows = list[dict[str, Any]]
BASED_HEAD = "|Based in China\n(our reading)"
BESIDE = ("_proven", "_most")
"""Ends of the columns that are drawn under the number that they are of."""
BANDS = (
    "Counts are of makers that are likely or surer; “proven” is confirmed or almost certain; “up to” has those that may be too."
)
RECORDED = "Measured: a search found cameras of the organisation. Recorded: staff recorded all of them, in a list or by hand."


def share_words(part: int, of: int) -> str:
    """ "60.8%" of `of`, to one decimal, halves up; "–" of nothing."""
    if not of:
        return "–"
    tenths = (2000 * part + of) // (2 * of)
    return f"{tenths // 10}.{tenths % 10}%"


def doubt_words(number: int, proven: int | None, most: int | None = None) -> str:
    """ "of which 3 proven, up to 15 with those that may be": what is beside a number; "" where it says nothing else.

    None where it is not known, or not to be said.
    """
    said = []
    if proven is not None and proven != number:
        said.append(f"of which {proven:,} proven" if proven else "none proven")
    if most is not None and most > number:
        said.append(f"up to {most:,} in all with those that may be")
    return ", ".join(said)


def counted(number: int, proven: int | None, most: int | None = None) -> tuple[str, ...]:
    """A cell: the number, and under it what is beside it, in few words: "3 proven", "up to 15"."""
    under = [f"{proven:,} proven" if proven else "none proven"] if proven is not None and proven != number else []
    if most is not None and most > number:
        under.append(f"up to {most:,}")
    return f"{number:,}", *under


def section(title: str, heads: str, rows: list[tuple[Value, ...]], *, first: float = 1.6, **more: Any) -> RollupSection:
    """`heads` are parted by "|"; the first holds words, a "~" before another one says that it does too."""
    made = [
        RollupHead(word.lstrip("~"), at > 0 and not word.startswith("~"), 1 if at else first)
        for at, word in enumerate(heads.split("|"))
    ]
    return RollupSection(title=title, heads=tuple(made), rows=tuple(rows), **more)
