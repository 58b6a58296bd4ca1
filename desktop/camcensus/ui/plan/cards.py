"""The plan in columns: a card for each batch under its year, or under what became of it. All text is clean."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from camcensus.model.asset import names_apart
from camcensus.model.plan import (
    NOT_DATED,
    OPTION_WORDS,
    REPLACING,
    STATUS_WORDS,
    Batch,
    OwnLine,
    Plan,
    YearTotal,
)
from camcensus.model.words import clean, count, lower_first, pounds, upper_first
from camcensus.planning.names import NO_PLACE
from camcensus.tasks.register.next_step import UNDECIDED
from camcensus.ui.plan.batch_model import BatchCard, YearCards

type PlaceNames = Mapping[tuple[str, ...], tuple[str, ...]]
"""What each place is called, and what it lies in where that tells it from another (`names_apart`)."""

NAME_LETTERS = 80
UNDATED, KEPT, OUT = "", "?kept", "?out"
"""What the columns without a year are called."""
FOR_THE_INSTALLER = frozenset({"recorder", "viewing", "storage"})
IN_SHORT: dict[str, str] = {"separate": "Isolate", "replace-with-recorder": "With recorder"}
"""Options that are too long for a card."""


def is_year(column: str) -> bool:
    """Whether a column is a year, or what has no year yet: only there can something be moved to."""
    return not column.startswith("?")


def column_of(batch: Batch) -> str:
    """The column in which a batch stands."""
    if batch.out:
        return OUT
    if batch.option is None:
        return UNDECIDED
    return KEPT if batch.option == "keep" else batch.year or UNDATED


def years_shown(plan: Plan, *, left_out: bool) -> tuple[YearCards, ...]:
    """The columns: what nobody decided, years, what has no year yet; `left_out` adds what is kept or taken out."""
    batches: dict[str, list[Batch]] = {}
    for batch in plan.batches:
        batches.setdefault(column_of(batch), []).append(batch)
    lines: dict[str, list[OwnLine]] = {}
    for line in plan.lines:
        lines.setdefault(line.year or UNDATED, []).append(line)
    totals = {year.year: year for year in plan.years}
    years = sorted({year for year in (*batches, *lines) if year and is_year(year)}) or [plan.this_year]
    names = [*([UNDECIDED] if UNDECIDED in batches else []), *years, UNDATED]
    if left_out:
        names += [name for name in (KEPT, OUT) if name in batches]
    apart = names_apart(batch.place_path for batch in plan.batches)
    return tuple(_column(name, batches.get(name, []), lines.get(name, []), totals, apart) for name in names)


def _column(
    name: str, batches: list[Batch], lines: list[OwnLine], totals: dict[str, YearTotal], apart: PlaceNames
) -> YearCards:  # fmt: skip
    cards = (*_batch_cards(batches, apart), *map(_line_card, lines))
    holds = holds_words(batches, len(lines))
    if name == UNDECIDED:
        return YearCards(name, "Not decided", "", f"{holds}. Choose a group, then what to do with it.", cards)
    if name == KEPT:
        return YearCards(name, "Kept", "", f"{holds}. Nothing is done.", cards)
    if name == OUT:
        return YearCards(name, "Left out", "", f"{holds}, not in any total.", cards)
    total = totals.get(name or NOT_DATED)
    amount = pounds(total.total) if total is not None and total.total else "Not priced" if cards else ""
    work = work_words(batches, len(lines))
    return YearCards(name, name or NOT_DATED, amount, work or ("" if name else "No year chosen yet."), cards)


def work_words(batches: Sequence[Batch], lines: int) -> str:
    """ "Replace 9 cameras, 1 recorder. Isolate 3 cameras.": what is done in a year, so that each number has one meaning."""
    works: dict[str, list[Batch]] = {}
    for batch in batches:
        option = batch.option or "keep"
        verb = "Replace" if option in REPLACING else IN_SHORT.get(option, OPTION_WORDS[option])
        works.setdefault(verb, []).append(batch)
    said = [f"{verb} {holds_words(some)}." for verb, some in sorted(works.items(), key=lambda one: one[0] != "Replace")]
    return " ".join([*said, *([f"{count(lines, 'line')} of your own."] if lines else [])])


def holds_words(batches: Iterable[Batch], lines: int = 0) -> str:
    """ "9 cameras, 1 recorder" of batches, and how many lines of staff's own."""
    found: dict[str, int] = {}
    for batch in batches:
        kind = batch.kind if batch.kind in ("camera", "recorder") else "other item"
        found[kind] = found.get(kind, 0) + len(batch.assets)
    said = [count(number, kind) for kind, number in sorted(found.items(), key=lambda one: (one[0] == "other item", one[0]))]
    return ", ".join([*said, *([count(lines, "line")] if lines else [])])


_VERBS: dict[str, str] = {lower_first(words): IN_SHORT.get(option, words) for option, words in OPTION_WORDS.items()}
_KINDS = ("cameras", "recorders", "other items")
_SHORTER = {"based in China (our reading)": "China (our reading)"}


def _batch_cards(batches: Sequence[Batch], apart: PlaceNames) -> Iterator[BatchCard]:
    said = [_apart(batch) for batch in batches]
    often = Counter(word for batch, words in zip(batches, said, strict=True) if not batch.place_path for word in words)
    for batch, words in zip(batches, said, strict=True):
        differs = _in_short(words, often if not batch.place_path else Counter(words))
        yield _batch_card(batch, differs, apart.get(batch.place_path, ()))


def _apart(batch: Batch) -> list[str]:
    """What a proposed name says after its place, so that no other batch of its column has the same."""
    said = "" if "name" in batch.typed else batch.name.partition(": ")[2]
    return [word for word in said.split(", ") if word and word != (batch.year or NOT_DATED.lower())]


def _in_short(words: Sequence[str], often: Mapping[str, int]) -> str:
    """ "Replace recorders, listed" of "recorders, listed, replace".

    What few others of the column have is first, as a narrow card cuts the end.
    """
    order = sorted(words, key=lambda word: (often[word], word not in _VERBS, word not in _KINDS, len(word)))
    said = ", ".join(_SHORTER.get(word, _VERBS[word].lower() if word in _VERBS else word) for word in order)
    for of, kind in itertools.product((*map(str.lower, _VERBS.values()), "listed"), _KINDS):
        said = said.replace(f"{of}, {kind}", f"{of} {kind}")
    return upper_first(said)


def _batch_card(batch: Batch, differs: str, place: Sequence[str]) -> BatchCard:
    option = batch.option or "keep"
    where = "sensitive place" if batch.sensitive else "core network" if batch.core else None
    where = (where or IN_SHORT.get(option, OPTION_WORDS[option])) if batch.option else ""
    done = f" · {STATUS_WORDS[batch.status]}" if batch.status != "planned" else ""
    name, said = batch.name, [differs, pieces(batch)]
    if "name" not in batch.typed:
        name, *above = place or (NO_PLACE,)
        said = [", ".join(clean(part, NAME_LETTERS) for part in above), *said]
        if differs and not place:  # a name that says nothing of them: what they differ in is their name
            name, said = differs, [pieces(batch), name]
    said += [] if where.lower() in differs.lower() else [where]
    return BatchCard(
        batch.id,
        clean(name, NAME_LETTERS),
        amount_words(batch) if is_year(column_of(batch)) else "",
        " · ".join(part for part in said if part),
        f"Priority {batch.priority}{done}",
        priced=batch.total is not None and not batch.out,
        question=question_words(batch),
    )


def _line_card(line: OwnLine) -> BatchCard:
    why = clean(line.reason, NAME_LETTERS) or "Your own line"
    return BatchCard(
        line.id,
        clean(line.name, NAME_LETTERS),
        "Not priced" if line.total is None else pounds(line.total),
        why if line.quantity == 1 else f"{line.quantity:,} · {why}",
        f"Priority {line.priority}",
        priced=line.total is not None,
    )


def pieces(batch: Batch) -> str:
    """ "4 cameras", "1 recorder": the rows of a batch."""
    return count(len(batch.assets), batch.kind if batch.kind in ("camera", "recorder") else "item")


def amount_words(batch: Batch) -> str:
    """The total of a batch, or its state where that is no sum."""
    if batch.out:
        return "Left out"
    if batch.option is None:
        return "Not decided"
    if not batch.assets:
        return "No rows left"
    if batch.total is not None:
        return pounds(batch.total)
    return "Kept" if batch.option == "keep" else "Not priced"


def question_words(batch: Batch) -> str:
    """What somebody should look at, in few words; "" where nothing stands out."""
    if batch.notes:
        return "Look at this"
    asked = any(need.state == "open" and need.kind in FOR_THE_INSTALLER for need in batch.needs)
    return "Ask installer" if asked else ""
