"""Bars with what they show in words, and the table that says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from camcensus.model.blocks import LABELS, Bar, Chart, Column, Row, Spacing, TableBlock

STEPS = ("Confirmed", "Almost certain", "Likely", "Not known")
SAID = tuple(step.lower() for step in STEPS)


def number(value: int) -> str:
    """ "1,640": how a count is printed."""
    return f"{value:,}"


def in_words(bars: Sequence[Bar], said: Sequence[str] = SAID, say: Callable[[int], str] = number) -> str:
    """ "Axis 9 (9 confirmed); Not known 5 (5 not known)": all that the bars show, with `said` for the steps.

    Without `said` the bars are of one kind.
    """

    def parts(bar: Bar) -> str:
        named = zip(said, bar.counts, strict=True) if said and bar.total else ()
        said_of = ", ".join(f"{say(amount)} {name}" for name, amount in named if amount)
        return f" ({said_of})" if said_of else ""

    return "; ".join(f"{bar.name} {say(bar.total)}{parts(bar)}" for bar in bars)


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
    what: str,
    amount: str,
    bars: Sequence[Bar],
    *,
    steps: Sequence[str] = STEPS,
    say: Callable[[int], str] = number,
    total: bool = True,
    note: str = "",
    spacing: Spacing = "tight",
    whole: bool = True,
) -> TableBlock:
    """The table that says what the bars show: a row for each bar, a column for each step that has a name, and the `amount`."""
    used = [step for step, name in enumerate(steps) if name]
    rows = [Row([bar.name, *(say(bar.counts[step]) for step in used), say(bar.total)]) for bar in bars]
    if total:
        sums = [sum(bar.counts[step] for bar in bars) for step in used]
        rows.append(Row(["Total", *map(say, sums), say(sum(bar.total for bar in bars))], "total"))
    columns = [Column(what), *(Column(steps[step], figures=True) for step in used), Column(amount, figures=True)]
    return TableBlock(columns, rows, note=note, spacing=spacing, whole=whole)


def bar_chart(
    bars: Sequence[Bar],
    alt: str,
    *,
    steps: Sequence[str] = STEPS,
    say: Callable[[int], str] = number,
    legend: bool = True,
    labels: float = LABELS,
    spacing: Spacing = "open",
) -> Chart:
    """The chart with its totals at the bars' ends, `say` as they are printed."""
    return Chart(bars, alt, steps, [say(bar.total) for bar in bars], legend=legend, labels=labels, spacing=spacing)
