"""The plan as its page shows it: one batch for the pane, and sentences about all of it. All text is clean."""

from __future__ import annotations

from collections import Counter

from camcensus.model.device import DeviceKind
from camcensus.model.plan import (
    NEED_STATE_WORDS,
    NEED_WORDS,
    NOT_DATED,
    OPTION_WORDS,
    PRIORITY_WORDS,
    REPLACING,
    Batch,
    Need,
    OwnLine,
    Plan,
)
from camcensus.model.words import KIND_WORDS, clean, count, joined, kinds_in_words, listed, lower_first, pounds, short_date
from camcensus.planning.costs import contingency, prices
from camcensus.planning.spending import Spend, by_work, over_years
from camcensus.ui.kit.icons import Glyph
from camcensus.ui.plan.batch_model import BatchShown, Offered
from camcensus.ui.plan.cards import KEPT, NAME_LETTERS, UNDATED, amount_words, column_of, pieces

REFS_NAMED = 8
SENTENCE_LETTERS = 400
PRIORITIES: Offered = tuple((f"{number}, {words}", str(number)) for number, words in PRIORITY_WORDS.items())
NEED_GLYPHS: dict[str, Glyph] = {"open": "question", "done": "check", "not-needed": "dash"}


def ask(plan: Plan) -> str:
    """ "We are asking for £9,640 (excluding VAT) over 2 years to replace 17 of 42 cameras and 1 of 2 recorders."."""
    every = [item for item in plan.items if item.option in REPLACING]
    going = [item for item in every if item.total is not None] or every
    if not going:
        if plan.total.total:
            return f"We are asking for {pounds(plan.total.total)} (excluding VAT). No camera or recorder is replaced."
        return f"You have not decided to replace anything yet. {replacing_all(plan)}"
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


def replacing_all(plan: Plan) -> str:
    """What replacing all that listed makers made would cost, before anybody decided; else what to do."""
    listed = [item for item in plan.undecided if item.listed_on]
    kinds: Counter[DeviceKind] = Counter(item.kind for item in listed)
    sums = {kind: prices(plan.costs, kind, "replace") for kind in kinds}
    priced = sum(kinds[kind] * (unit + (fitting or 0)) for kind, (unit, fitting) in sums.items() if unit is not None)
    if not listed:
        return "Choose what to do with each group that is not decided."
    if not priced:
        return f"{kinds_in_words(kinds)} by listed makers: type in Usual costs and VAT what one costs, to see what all cost."
    whole = priced + contingency(priced, plan.costs.contingency_percent)
    bare = kinds_in_words({kind: number for kind, number in kinds.items() if sums[kind][0] is None})
    them = kinds_in_words({kind: number for kind, number in kinds.items() if sums[kind][0] is not None})
    said = f"Replacing all {them} by listed makers costs {pounds(whole)} (excluding VAT)"
    left = f" Not priced: {bare}." if bare else ""
    return f"{said}, or about {pounds(-(-whole // 300) * 100)} a year over 3 years.{left}"


def _bought(spend: Spend, shares: str) -> str:
    """What the money of one kind of work is for."""
    if spend.work == "other":
        return "for other work"
    verb = {"replace": "replace", "separate": "isolate", "remove": "remove"}[spend.work]
    return f"to {verb} {shares if spend.work == 'replace' else count(len(spend.priced), 'other item')}"


def version_words(plan: Plan) -> str:
    """What the pill beside the title says."""
    if plan.version is None:
        return "Draft"
    return "Changed since it was signed" if plan.changes else f"As signed on {short_date(plan.version.made_at)}"


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
    return clean(plan.urgent[0], SENTENCE_LETTERS).partition(" After that ")[0] if plan.urgent else ""


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
        lead=pieces(batch),
        name=clean(batch.name, NAME_LETTERS),
        amount=amount_words(batch),
        holds=holds,
        why=clean(batch.reason, SENTENCE_LETTERS) if said else "",
        why_hint="" if said else clean(batch.reason, SENTENCE_LETTERS),
        year=batch.year or UNDATED,
        priority=str(batch.priority),
        option=batch.option or "",
        unit=batch.unit,
        fitting=batch.fitting,
        other=batch.other,
        quantity=batch.quantity,
        acting=batch.acting,
        needs_unit=batch.buys,
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
        why_hint="",
        year=line.year or UNDATED,
        priority=str(line.priority),
        option="",
        unit=line.unit,
        fitting=line.fitting,
        other=None,
        quantity=line.quantity,
        acting=True,
        needs_unit=True,
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
