"""The plan as its page shows it: columns of cards, one batch for the pane, sentences. All text is clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from camcensus.model.plan import (
    NEED_STATE_WORDS,
    NEED_WORDS,
    NOT_DATED,
    OPTION_WORDS,
    PRIORITY_WORDS,
    REPLACING,
    STATUS_WORDS,
    Batch,
    Need,
    OwnLine,
    Plan,
    YearTotal,
)
from camcensus.model.prose import joined, listed, lower_first
from camcensus.model.words import KIND_WORDS, clean, count, pounds
from camcensus.planning.spending import Spend, by_work, over_years
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.plan.batch_model import BatchCard, BatchShown, Offered, YearCards

UNDATED, UNDECIDED, KEPT, OUT = "", "?undecided", "?kept", "?out"
"""What the columns without a year are called."""
REFS_NAMED = 8
NAME_LETTERS, SENTENCE_LETTERS = 80, 400
PRIORITIES: Offered = tuple((f"{number}, {words}", str(number)) for number, words in PRIORITY_WORDS.items())
FOR_THE_INSTALLER = frozenset({"recorder", "viewing", "storage"})
IN_SHORT: dict[str, str] = {"separate": "Isolate", "replace-with-recorder": "With recorder"}
"""Options that are too long for a card."""
NEED_GLYPHS: dict[str, Glyph] = {"open": "question", "done": "check", "not-needed": "dash"}


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


def ask(plan: Plan) -> str:
    """ "We are asking for £9,640 (excluding VAT) over 2 years to replace 17 of 42 cameras and 1 of 2 recorders."."""
    every = [item for item in plan.items if item.option in REPLACING]
    going = [item for item in every if item.total is not None] or every
    if not going:
        if plan.total.total:
            return f"We are asking for {pounds(plan.total.total)} (excluding VAT). No camera or recorder is replaced."
        return "You have not decided to replace anything yet. Choose what to do with each undecided batch."
    kinds = Counter(item.kind for item in going)
    of_all = [f"{kinds['camera']:,} of {count(plan.cameras_all, 'camera')}"] if kinds["camera"] else []
    of_all += [f"{kinds['recorder']:,} of {count(plan.recorders_all, 'recorder')}"] if kinds["recorder"] else []
    others = Counter[str]()
    for kind, number in kinds.items():
        if kind not in ("camera", "recorder"):
            others[KIND_WORDS[kind].lower() if kind in ("encoder", "intercom") else "other item"] += number
    of_all += [count(number, words) for words, number in sorted(others.items())]
    shares = joined(of_all)
    if all(item.total is None for item in going):
        years = {item.year for item in going} - {None}
        over = f" over {count(len(years), 'year')}" if years else ""
        replaced = f"{shares} {'is' if len(going) == 1 else 'are'} to be replaced{over}"
        if plan.total.total:
            return f"We are asking for {pounds(plan.total.total)} (excluding VAT) for other work. {replaced}, not priced yet."
        return f"{replaced}. Nothing is priced yet."
    parts = [(spend.pence, _bought(spend, shares)) for spend in by_work(plan) if spend.pence]
    asked = f"We are asking for {pounds(plan.total.total)} (excluding VAT){over_years(plan)}"
    if len(parts) == 1:
        return f"{asked} {parts[0][1]}."
    if plan.total.contingency:
        parts.append((plan.total.contingency, "for contingency"))
    return f"{asked.rstrip(',')}: {joined([f'{pounds(pence)} {what}' for pence, what in parts])}."


def _bought(spend: Spend, shares: str) -> str:
    """What the money of one kind of work is for."""
    if spend.work == "other":
        return f"for {count(sum(line.total is not None for line in spend.lines), 'other line')}"
    verb = {"replace": "replace", "separate": "isolate", "remove": "remove"}[spend.work]
    return f"to {verb} {shares if spend.work == 'replace' else count(len(spend.priced), 'other item')}"


def version_words(plan: Plan) -> str:
    """What the pill beside the title says."""
    if plan.version is None:
        return "Draft"
    return f"Version {plan.version.number + 1} · draft" if plan.changes else f"Version {plan.version.number}"


# Columns and cards


def years_shown(plan: Plan, *, left_out: bool) -> tuple[YearCards, ...]:
    """The columns: years, what has no year yet, what nobody decided; `left_out` adds what is kept or taken out."""
    batches: dict[str, list[Batch]] = {}
    for batch in plan.batches:
        batches.setdefault(column_of(batch), []).append(batch)
    lines: dict[str, list[OwnLine]] = {}
    for line in plan.lines:
        lines.setdefault(line.year or UNDATED, []).append(line)
    totals = {year.year: year for year in plan.years}
    names = sorted({year for year in (*batches, *lines) if year and is_year(year)}) or [plan.this_year]
    names += [UNDATED, *([UNDECIDED] if UNDECIDED in batches else [])]
    if left_out:
        names += [name for name in (KEPT, OUT) if name in batches]
    return tuple(_column(name, batches.get(name, []), lines.get(name, []), totals) for name in names)


def _column(name: str, batches: list[Batch], lines: list[OwnLine], totals: dict[str, YearTotal]) -> YearCards:
    cards = tuple(_batch_card(batch) for batch in batches) + tuple(_line_card(line) for line in lines)
    holds = holds_words(batches, len(lines))
    if name == UNDECIDED:
        return YearCards(name, "Not decided", "", f"{holds}, not in any total.", cards)
    if name == KEPT:
        return YearCards(name, "Kept", "", f"{holds}. Nothing is done.", cards)
    if name == OUT:
        return YearCards(name, "Taken out", "", f"{holds}, not in any total.", cards)
    total = totals.get(name or NOT_DATED)
    amount = pounds(total.total if total is not None else 0)
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


_SAID_ELSEWHERE = frozenset(
    {"cameras", "recorders", "other items", "not decided", "taken out", *map(str.lower, OPTION_WORDS.values())}
)
"""What tells batches of one name apart and is on their cards anyway."""


def _batch_card(batch: Batch) -> BatchCard:
    option = batch.option or "keep"
    where = "sensitive place" if batch.sensitive else "core network" if batch.core else None
    where = where or IN_SHORT.get(option, OPTION_WORDS[option])
    done = f" · {STATUS_WORDS[batch.status]}" if batch.status != "planned" else ""
    name, _, apart = (batch.name, "", "") if "name" in batch.typed else batch.name.partition(": ")
    said = (pieces(batch), where if batch.option else None, *(one for one in apart.split(", ") if one not in _SAID_ELSEWHERE))
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
        return "Taken out"
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


# What is not in the total


def unpriced_ids(plan: Plan) -> list[str]:
    """Batches and lines that would count and have no price, in the order of the plan."""
    ids = [batch.id for batch in plan.batches if batch.acting and batch.total is None]
    return ids + [line.id for line in plan.lines if line.total is None]


def unpriced_words(plan: Plan) -> str:
    """ "Not priced yet: 3 items (left out of the total)"; "" where all is priced."""
    number = sum(len(batch.assets) for batch in plan.batches if batch.acting and batch.total is None)
    number += sum(line.total is None for line in plan.lines)
    return f"Not priced yet: {count(number, 'item')} (left out of the total)" if number else ""


def urgent_words(plan: Plan) -> str:
    """What cannot wait for a replacement, the most urgent sentence; "" where nothing is urgent."""
    return clean(plan.urgent[0], SENTENCE_LETTERS) if plan.urgent else ""


def urgent_filter(plan: Plan) -> str:
    """The filter of the register that shows the devices of that sentence."""
    every = [item.care for item in (*plan.items, *plan.kept, *plan.undecided)]
    for kind, name in (("exploited-flaw", "exploited"), ("never-set-up", "never-set-up"), ("known-flaw", "flaws")):
        if any(kind in care for care in every):
            return name
    return "unsupported"


def left_out_words(plan: Plan) -> str:
    """ "Left out: 3 items kept, 1 item taken out"; "" where nothing is."""
    kept = sum(len(batch.assets) for batch in plan.batches if column_of(batch) == KEPT)
    out = sum(len(batch.assets) for batch in plan.batches if batch.out)
    said = [f"{count(kept, 'item')} kept"] if kept else []
    said += [f"{count(out, 'item')} taken out"] if out else []
    return f"Not in this plan: {', '.join(said)}" if said else ""


# The pane


def year_choices(plan: Plan) -> Offered:
    """Where a batch may be moved to."""
    return (*((year, year) for year in plan.year_choices if year), (NOT_DATED, UNDATED))


def batch_shown(batch: Batch, plan: Plan) -> BatchShown:
    """A batch for the pane."""
    refs = [clean(ref, 24) for ref in batch.refs]
    holds = listed(refs, REFS_NAMED)
    said = "reason" in batch.typed
    options = [(words, name) for name, words in OPTION_WORDS.items() if _fits(name, batch)]
    return BatchShown(
        id=batch.id,
        lead=f"Batch · {pieces(batch)}",
        name=clean(batch.name, NAME_LETTERS),
        amount=amount_words(batch),
        holds=holds,
        why=clean(batch.reason, SENTENCE_LETTERS) if said else "",
        why_hint=clean(batch.reason, SENTENCE_LETTERS),
        year=batch.year or UNDATED,
        priority=str(batch.priority),
        option=batch.option or "",
        unit=batch.unit,
        fitting=batch.fitting,
        other=batch.other,
        quantity=batch.quantity,
        acting=batch.acting,
        needs_unit=batch.buys,
        offer=_offer_words(batch),
        depends=(*_notes(batch), *(_need(need) for need in batch.needs if not batch.out)),
        own=False,
        out=batch.out,
        gone=not batch.assets,
        again=bool(batch.typed),
        years=year_choices(plan),
        priorities=PRIORITIES,
        options=(("Not decided", ""), *options),
    )


def line_shown(line: OwnLine, plan: Plan) -> BatchShown:
    """A line of staff's own for the pane."""
    return BatchShown(
        id=line.id,
        lead="Your own line",
        name=clean(line.name, NAME_LETTERS),
        amount="Not priced" if line.total is None else pounds(line.total),
        holds="",
        why=line.reason,
        why_hint="For example: for the car park and gates",
        year=line.year or UNDATED,
        priority=str(line.priority),
        option="",
        unit=line.unit,
        fitting=line.fitting,
        other=None,
        quantity=line.quantity,
        acting=True,
        needs_unit=True,
        offer="",
        depends=(),
        own=True,
        out=False,
        gone=False,
        again=False,
        years=year_choices(plan),
        priorities=PRIORITIES,
        options=(),
    )


def _fits(option: str, batch: Batch) -> bool:
    return option != "replace-with-recorder" or batch.kind == "camera" or batch.option == option


def _offer_words(batch: Batch) -> str:
    sums = [pounds(sum_) for sum_ in (batch.offered_unit, batch.offered_fitting) if sum_ is not None]
    return f"Use {' + '.join(sums)}, as last time" if sums and batch.acting else ""


def _notes(batch: Batch) -> tuple[tuple[Glyph, str], ...]:
    found: Glyph = "question"
    return tuple((found, clean(note, SENTENCE_LETTERS)) for note in batch.notes)


def _need(need: Need) -> tuple[Glyph, str]:
    return NEED_GLYPHS[need.state], need_words(need)


def need_words(need: Need) -> str:
    """ "To check: the recorder works with the new cameras (REC-001). Asked on Monday."."""
    ref = f" ({clean(need.ref, 60)})" if need.ref else ""
    note = f" {clean(need.note, SENTENCE_LETTERS)}" if need.note else ""
    state = "To check" if need.state == "open" else NEED_STATE_WORDS[need.state]
    return f"{state}: {lower_first(NEED_WORDS[need.kind])}{ref}.{note}"
