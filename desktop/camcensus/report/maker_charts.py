"""Who made the cameras, and how old they are, as bars with their table: by maker, by building, by age."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camcensus.model.blocks import Bar, Beside, Block, Column, Row, Spacing, TableBlock
from camcensus.model.words import count
from camcensus.report.charts import bar_chart, in_words, number, shortened, twin

NOT_KNOWN = "Not known"
BUILDINGS = 10
"""Buildings with a bar of their own; the rest share one. The table under the chart names them all."""
HEAD = 14
"""Letters of a line of a maker's name over a column of figures."""

Buildings = Sequence[tuple[str, Mapping[str, int]]]
"""For each building, in the order of the register, how many cameras each maker made; `NOT_KNOWN` is one of the names."""


def _rows(spacing: Spacing) -> Spacing:
    """How close the rows of the table stand to a chart with this spacing."""
    return "close" if spacing == "close" else "tight"


def makers(bars: Sequence[Bar], most: int, *, spacing: Spacing = "open", beside: bool = False) -> Iterator[Block]:
    """Cameras by maker and how sure we are, with `most` makers named; `bars` have the most cameras first."""
    shown = shortened(bars, most, "other makers", NOT_KNOWN)
    alt = f"Bar chart of {count(sum(bar.total for bar in bars), 'camera')} by manufacturer. {in_words(shown)}."
    table = twin("Made by", "Cameras", shown, spacing=_rows(spacing))
    if beside:
        yield Beside(bar_chart(shown, alt, spacing=spacing, labels=0.3), table, 0.46)
    else:
        yield from (bar_chart(shown, alt, spacing=spacing), table)


def makers_by_building(buildings: Buildings, most: int, *, spacing: Spacing = "open") -> Iterator[Block]:
    """Cameras by building: the two makers with most of them, all others, those not known. The table names `most` makers."""
    cameras = Counter[str]()
    for _, by_maker in buildings:
        cameras.update(by_maker)
    ranked = sorted((name for name in cameras if name != NOT_KNOWN), key=lambda name: (-cameras[name], name.casefold()))
    bars = [_bar(name, by_maker, ranked) for name, by_maker in buildings]
    if len(bars) > BUILDINGS:
        bars = shortened(sorted(bars, key=lambda bar: (-bar.total, bar.name.casefold())), BUILDINGS, "other buildings", "")
    first, second = (*(_short(name) for name in ranked[:2]), "", "")[:2]
    third = "Other makers" if len(ranked) != 3 else _short(ranked[2])
    said = in_words(bars, (first, second, third if len(ranked) == 3 else "other makers", NOT_KNOWN.lower()))
    alt = f"Bar chart of {count(cameras.total(), 'camera')} by building and manufacturer. {said}."
    yield bar_chart(bars, alt, steps=(first, second, third, NOT_KNOWN), spacing=spacing)
    yield _by_building(buildings, cameras, ranked, most, _rows(spacing))


def _bar(name: str, by_maker: Mapping[str, int], ranked: Sequence[str]) -> Bar:
    first, second = (*(by_maker.get(maker, 0) for maker in ranked[:2]), 0, 0)[:2]
    return Bar(name, (first, second, _sum(by_maker, ranked[2:]), by_maker.get(NOT_KNOWN, 0)))


def _sum(by_maker: Mapping[str, int], makers: Iterable[str]) -> int:
    return sum(by_maker.get(maker, 0) for maker in makers)


def _by_building(
    buildings: Buildings, cameras: Mapping[str, int], ranked: Sequence[str], most: int, spacing: Spacing
) -> TableBlock:
    """A row for each building, a column for each maker that is named, one for the rest, and one for those not known."""
    named = ranked if len(ranked) <= most else ranked[: most - 1]
    groups = [(_head(maker), [maker]) for maker in named]
    if rest := ranked[len(named) :]:
        groups.append(("Others", list(rest)))
    if NOT_KNOWN in cameras:
        groups.append((NOT_KNOWN, [NOT_KNOWN]))

    def row(name: str, by_maker: Mapping[str, int]) -> list[str]:
        return [name, *(number(_sum(by_maker, makers)) for _, makers in groups), number(sum(by_maker.values()))]

    return TableBlock(
        [
            Column("Place"),
            *(Column(head, figures=True) for head, _ in groups),
            Column("Cameras", figures=True),
        ],
        [*(Row(row(name, by_maker)) for name, by_maker in buildings), Row(row("Total", cameras), "total")],
        spacing=spacing,
    )


def _short(name: str) -> str:
    """A maker's name in the key of a chart."""
    return name if len(name) <= 2 * HEAD else f"{name[: 2 * HEAD - 1]}…"


def _head(name: str) -> str:
    """A maker's name over its column, on two lines at most."""
    return "\n".join(textwrap.wrap(_short(name), HEAD, max_lines=2, placeholder="…"))


def ages(numbers: Sequence[tuple[str, int]], *, spacing: Spacing = "open", labels: float = 0.42) -> Block:
    """Cameras by age, beside the table that says the same."""
    bars = [Bar(name, (amount, 0, 0, 0)) for name, amount in numbers]
    alt = f"Bar chart of the cameras by age. {in_words(bars, ())}."
    chart = bar_chart(bars, alt, legend=False, labels=labels, spacing=spacing)
    return Beside(chart, twin("Age", "Cameras", bars, steps=(), spacing=_rows(spacing)), 0.52)
