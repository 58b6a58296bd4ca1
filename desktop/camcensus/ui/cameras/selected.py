"""What is selected in the register, in one line: how many, and made by whom, with the doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from camcensus.model.words import count
from camcensus.ui.asset.columns import AT, NOT_KNOWN
from camcensus.ui.asset.model import ShownRow

MAKERS_NAMED = 3
DOUBT = {"likely": "likely", "possible": "possible"}


def selected_words(items: Sequence[ShownRow], fits: Callable[[str], bool] = lambda _: True) -> str:
    """ "12 selected: 9 Dahua (4 likely), 2 Axis, 1 not known"; of one that it is, and "" where nothing is.

    The most frequent makers are named, as many as fit, and the others counted together where they are several.
    """
    short = f"{len(items):,} selected" if items else ""
    if len(items) < 2:
        return short
    makers = Counter(item.text(AT["maker"]) for item in items)
    unsure = [item for item in items if item.row.maker and item.row.grade in DOUBT]
    grades = Counter((item.text(AT["maker"]), DOUBT[item.row.grade]) for item in unsure)
    parts = [(number, f"{number:,} {_name(maker)}{_doubt(number, maker, grades)}") for maker, number in makers.most_common()]
    for named in range(min(MAKERS_NAMED, len(parts)), 0, -1):
        left = parts[named:]
        others = [count(sum(number for number, _ in left), "other")] if len(left) > 1 else [words for _, words in left]
        said = f"{short}: {', '.join([*(words for _, words in parts[:named]), *others])}"
        if fits(said):
            return said
    return short


def foot_words(shown: int, total: int, items: Sequence[ShownRow], fits: Callable[[str], bool] = lambda _: True) -> str:
    """ "412 of 3,160 shown · 1 selected", or the part of it that fits: what is selected where it is several."""
    seen, said = f"{shown:,} of {total:,} shown", selected_words(items, fits)
    whole = f"{seen} · {said}" if said else seen
    shorter = [said] if len(items) > 1 else [seen, f"{shown:,} shown"]
    return next((words for words in (whole, *shorter) if fits(words)), shorter[-1])


def _name(maker: str) -> str:
    return maker.lower() if maker == NOT_KNOWN else maker


def _doubt(number: int, maker: str, grades: Counter[tuple[str, str]]) -> str:
    """ " (likely)", " (4 likely, 1 possible)" or "", of so many."""
    held = {word: grades[maker, word] for word in DOUBT.values() if grades[maker, word]}
    if len(held) == 1 and number in held.values():
        return f" ({next(iter(held))})"
    return f" ({', '.join(f'{part:,} {word}' for word, part in held.items())})" if held else ""
