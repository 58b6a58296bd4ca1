"""Bars with what they show in words, and the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.blocks import LABELS, Bar, Chart, Column, Row, Spacing, TableBlock

STEPS = ("Confirmed", "Almost certain", "Likely", "Not known")
SAID = tuple(step.lower() for step in STEPS)


def in_words(bars: Sequence[Bar], said: Sequence[str] = SAID) -> str:
    """ "Axis 9 (9 confirmed); Not known 5 (5 not known)": all that the bars show, with `said` for the steps.

    Without `said` the bars are of one kind.
    """

    def parts(bar: Bar) -> str:
        named = zip(said, bar.counts, strict=True) if said and bar.total else ()
        said_of = ", ".join(f"{amount:,} {name}" for name, amount in named if amount)
        return f" ({said_of})" if said_of else ""

    return "; ".join(f"{bar.name} {bar.total:,}{parts(bar)}" for bar in bars)


def shortened(bars: Sequence[Bar], most: int, others: str, last: str) -> list[Bar]:
    """At most `most` bars, the rest in one called "7 `others`"; the bar called `last` keeps its own and stands last."""
    named = [bar for bar in bars if bar.name != last]
    kept = [bar for bar in bars if bar.name == last]
    if len(named) <= most:
        return [*named, *kept]
    rest = named[most - 1 :]
    counts = tuple(map(sum, zip(*(bar.counts for bar in rest), strict=True)))
    return [*named[: most - 1], Bar(f"{len(rest)} {others}", counts), *kept]


def twin(
    what: str, amount: str, bars: Sequence[Bar], *, steps: Sequence[str] = STEPS, spacing: Spacing = "tight"
) -> TableBlock:
    """The table that says what the bars show: a row for each bar, a column for each step, and the `amount`."""
    rows = [(bar.name, [*bar.counts[: len(steps)], bar.total]) for bar in bars]
    total = [sum(column) for column in zip(*(numbers for _, numbers in rows), strict=True)] or [0] * (len(steps) + 1)
    return TableBlock(
        [Column(what), *(Column(head, figures=True) for head in (*steps, amount))],
        [
            *(Row([name, *(f"{one:,}" for one in numbers)]) for name, numbers in rows),
            Row(["Total", *(f"{one:,}" for one in total)], "total"),
        ],
        spacing=spacing,
        whole=True,
    )


def bar_chart(
    bars: Sequence[Bar], alt: str, *, legend: bool = True, labels: float = LABELS, spacing: Spacing = "open"
) -> Chart:
    """The chart with its totals at the bars' ends."""
    return Chart(bars, alt, STEPS, [f"{bar.total:,}" for bar in bars], legend=legend, labels=labels, spacing=spacing)
