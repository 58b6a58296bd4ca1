"""Who made the cameras, and how old they are, as bars with their table; where they are, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camcensus.model.blocks import Bar, Beside, Block, Spacing, TableBlock
from camcensus.model.words import count
from camcensus.report.charts import bar_chart, in_words, shortened, twin

NOT_KNOWN = "Not known"

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


def places(buildings: Buildings, most: int) -> TableBlock:
    """How many cameras each place has, those with most first; beyond `most` the rest share a row."""
    bars = [Bar(name or "All", (sum(by_maker.values()), 0, 0, 0)) for name, by_maker in buildings]
    shown = shortened(sorted(bars, key=lambda bar: -bar.total), most, "other places", "")
    return twin("Place", "Cameras", shown, steps=(), spacing="close")


def ages(numbers: Sequence[tuple[str, int]], *, spacing: Spacing = "open", labels: float = 0.42) -> Block:
    """Cameras by age, beside the table that says the same."""
    bars = [Bar(name, (amount, 0, 0, 0)) for name, amount in numbers]
    alt = f"Bar chart of the cameras by age. {in_words(bars, ())}."
    chart = bar_chart(bars, alt, legend=False, labels=labels, spacing=spacing)
    return Beside(chart, twin("Age", "Cameras", bars, steps=(), spacing=_rows(spacing)), 0.52)
