"""What changed between two plans, in sentences: a version that was made, and the plan as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from camcensus.model.plan import (
    NOT_DATED,
    OPTION_WORDS,
    PRIORITY_WORDS,
    Batch,
    Option,
    OwnLine,
    Plan,
    PlanDifference,
)
from camcensus.model.words import clean, count, date_words, long_date, pounds
from camcensus.planning.years import first_year

NAME_CHARACTERS = 60
_AFTERWARDS = ("disposal", "wiped_on", "wipe_certificate", "weee_note")


def differences(before: Plan, after: Plan) -> tuple[PlanDifference, ...]:
    """First what concerns the whole plan, then batch by batch in the order of the plan, then own lines.

    Whatever the paper tells of the plan is compared: a paper with the number of a version tells what that version told.
    """
    return (*_whole(before, after), *_batches(before, after), *_lines(before.lines, after.lines))


def _whole(before: Plan, after: Plan) -> Iterator[PlanDifference]:
    for words, was, now in (
        ("the total excluding VAT went", pounds(before.total.total), pounds(after.total.total)),
        ("contingency", f"{before.costs.contingency_percent}%", f"{after.costs.contingency_percent}%"),
        ("the VAT rate", rate(before.costs.vat_hundredths), rate(after.costs.vat_hundredths)),
        ("the price of isolating one item", _price(before.costs.separate_unit), _price(after.costs.separate_unit)),
        ("the month in which financial years begin", _month(before.year_starts), _month(after.year_starts)),
        ("the number of cameras in the register", f"{before.cameras_all:,}", f"{after.cameras_all:,}"),
        ("the number of recorders in the register", f"{before.recorders_all:,}", f"{after.recorders_all:,}"),
        ("the number of rows that wait for a decision", _rows(before, None), _rows(after, None)),
        ("the number of rows that are kept", _rows(before, "keep"), _rows(after, "keep")),
    ):
        if was != now:
            yield PlanDifference("", "", f"{words} from {was} to {now}" if words.endswith("went") else _was(words, was, now))


def _rows(plan: Plan, option: Option | None) -> str:
    return f"{sum(len(batch.assets) for batch in plan.batches if batch.option == option and not batch.out):,}"


def rate(hundredths: int | None) -> str:
    """ "20%", "17.5%"; "not given" for None."""
    if hundredths is None:
        return "not given"
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02d}".rstrip("0") + "%" if part else f"{whole}%"


def _batches(before: Plan, after: Plan) -> Iterator[PlanDifference]:
    old = {batch.id: batch for batch in before.batches if batch.acting}
    match = _matched(before.batches, after.batches)
    used: set[str] = set()
    stated = {batch.id: batch for batch in after.batches}
    for batch in after.batches:
        was = match.get(batch.id)
        if was is not None:
            used.add(was.id)
        if not batch.acting and (was is None or not was.acting):
            continue
        for say in _said(was, batch):
            yield PlanDifference(batch.id, _name(was or batch), say)
    for batch_id, batch in old.items():
        if batch_id not in used and batch_id not in stated:
            yield PlanDifference(batch_id, _name(batch), f"no longer in the plan ({_sum(batch)})")


def _matched(before: Sequence[Batch], after: Sequence[Batch]) -> dict[str, Batch]:
    """New batch's id -> the old one that it was: the same id, else the one that shares most of its rows."""
    old = {batch.id: batch for batch in before}
    found = {batch.id: old[batch.id] for batch in after if batch.id in old}
    free = {batch.id for batch in before} - {batch.id for batch in found.values()}
    holder = {asset: batch.id for batch in before if batch.id in free for asset in batch.assets}
    for batch in after:
        if batch.id in found:
            continue
        shared: defaultdict[str, int] = defaultdict(int)
        for asset in batch.assets:
            if holder.get(asset) in free:
                shared[holder[asset]] += 1
        if shared:
            best = max(shared, key=lambda one: (shared[one], one))
            if 2 * shared[best] > len(batch.assets):
                found[batch.id] = old[best]
                free.discard(best)
    return found


def _said(was: Batch | None, now: Batch) -> Iterator[str]:
    if was is None or (not was.acting and not was.out and was.option in (None, "keep")):
        yield f"new in the plan, {_sum(now)}"
        return
    if was.out != now.out:
        yield "taken out of the plan" if now.out else "put back into the plan"
    if not now.assets:
        yield "its cameras are no longer in use"
        return
    if was.option != now.option:
        yield _was("option", f"“{_option(was.option)}”", f"“{_option(now.option)}”")
    if not now.acting:
        return
    yield from _alike(was, now)
    joined, left = len(set(now.assets) - set(was.assets)), len(set(was.assets) - set(now.assets))
    if joined:
        yield f"{count(joined, 'row')} more"
    if left:
        yield f"{count(left, 'row')} fewer"
    if was.status != now.status:
        yield f"now {now.status}"
    if was.target_date != now.target_date:
        yield _was("target date", _day(was.target_date), _day(now.target_date))
    if _details(was, now) != _details(now, was):
        yield "other details changed"


def _details(batch: Batch, other: Batch) -> tuple[object, ...]:
    """What a paper tells of a batch besides; how many are listed says nothing new where the rows are others."""
    needs = [(need.kind, need.state, need.ref, need.note) for need in batch.needs]
    reason = batch.reason if "reason" in batch.typed else ""
    listed = (batch.listed, batch.based) if set(batch.assets) == set(other.assets) else ()
    return batch.other, reason, needs, listed, *(getattr(batch, name) for name in _AFTERWARDS)


def _alike(was: Batch | OwnLine, now: Batch | OwnLine) -> Iterator[str]:
    """What a batch and a line of staff's own have both."""
    if first_year(was.year) != first_year(now.year):
        yield f"moved from {was.year or NOT_DATED.lower()} to {now.year or NOT_DATED.lower()}"
    for words, one, two in (
        ("priority", *(f"{each} ({PRIORITY_WORDS[each]})" for each in (was.priority, now.priority))),
        ("quantity", f"{was.quantity:,}", f"{now.quantity:,}"),
        ("unit price", _price(was.unit), _price(now.unit)),
        ("fitting price", _price(was.fitting), _price(now.fitting)),
    ):
        if one != two:
            yield _was(words, one, two)
    if was.name != now.name and was.id == now.id:
        yield "renamed"


def _lines(before: Sequence[OwnLine], after: Sequence[OwnLine]) -> Iterator[PlanDifference]:
    old = {line.id: line for line in before}
    for line in after:
        was = old.pop(line.id, None)
        name = clean(line.name, NAME_CHARACTERS)
        if was is None:
            yield PlanDifference(line.id, name, f"new line, {_price(line.total)}")
            continue
        for say in _alike(was, line):
            yield PlanDifference(line.id, clean(was.name, NAME_CHARACTERS), say)
        if was.reason != line.reason:
            yield PlanDifference(line.id, name, "other details changed")
    for line in old.values():
        yield PlanDifference(line.id, clean(line.name, NAME_CHARACTERS), f"line removed ({_price(line.total)})")


def _was(what: str, was: str, now: str) -> str:
    return f"{what} was {was}, now {now}"


def _name(batch: Batch) -> str:
    return clean(batch.name, NAME_CHARACTERS)


def _sum(batch: Batch) -> str:
    return f"{count(batch.quantity, 'item')}, {batch.year or NOT_DATED.lower()}, {_price(batch.total)}"


def _price(pence: int | None) -> str:
    return "not priced" if pence is None else pounds(pence)


def _month(number: int) -> str:
    return long_date(f"2000-{number:02d}").split()[0]


def _day(iso: str | None) -> str:
    return date_words(iso) if iso else "not given"


def _option(option: Option | None) -> str:
    return "Not decided" if option is None else OPTION_WORDS[option]
