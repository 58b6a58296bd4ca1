"""The summary for governors: counts of the register, with a range where there is doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from camcensus.model.asset import DecisionWhat
from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.blocks import Piece, ReportDocument, Strong
from camcensus.model.prose import fitting, joined
from camcensus.model.statements import Statement
from camcensus.model.words import count
from camcensus.report.summary import Summary, summary_report
from camcensus.tasks.register.care import has, never_set_up_sentence, urgent_sentence
from camcensus.tasks.register.lists import title_in_use
from camcensus.tasks.register.verbs import AssetRow, ListState, enabled_lists
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.counts import by_age, by_building, by_maker
from camcensus.tasks.reports.editions import Audience, Kept
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = ("place", "flaws")
"""The facts on it that not everybody is given: what each building has, and how many devices can be attacked."""
HANDLING: dict[Audience, str] = {
    "internal": "For governors: counts only",
    "supplier": "For a supplier: counts only",
    "public": "For the public: counts only",
}
DECIDED: dict[DecisionWhat, str] = {
    "keep": "Keep",
    "keep-review": "Keep for now",
    "separate": "Keep but separate",
    "replace": "Replace",
    "remove": "Remove",
}


def summary(this: Making) -> ReportDocument:
    """One page for governors."""
    given = kit.read(this)
    return summary_report(given.occasion(), summary_of(given))


def summary_of(given: kit.Read) -> Summary:
    """What the page says: counts only, by building for those who are given places."""
    here = given.here
    cameras = [row for row in here if row.asset.kind == "camera"]
    on = enabled_lists(given.inventory, given.knowledge)
    return Summary(
        lead=tuple(_lead(given, here, cameras, bool(on))),
        makers=by_maker(given, cameras),
        buildings=by_building(given, cameras),
        ages=by_age(cameras, given.now.date()),
        lists=tuple(title_in_use(given.knowledge.lists[name]) for name in sorted(on)),
        addressed_to=_addressees([given.knowledge.lists[name] for name in sorted(on)]),
        reading=given.reading,
        next=tuple(_next(given, here)),
        left_out=given.edition.left_out(HOLDS),
        handling=HANDLING[given.edition.audience],
        methods=given.methods(),
    )


def _addressees(lists: Sequence[Statement]) -> str:
    """To whom lists are addressed, each once; "" where nobody says."""
    return joined(list(dict.fromkeys(one.addressed_to for one in lists if one.addressed_to)))


def _lead(given: kit.Read, here: Sequence[AssetRow], cameras: Sequence[AssetRow], lists: bool) -> list[Piece]:
    if given.unsearched:
        return [Strong(kit.NOT_SEARCHED)]
    pieces: list[Piece] = ["In this part we have " if given.part else "We have ", Strong(kit.in_words(here)), "."]
    sure, likely = _sure_and_likely(cameras, "listed")
    if not lists:
        pieces.append(" No list of makers is in use.")
    elif likely:
        pieces += [" Between ", Strong(f"{sure:,} and {sure + likely:,} cameras"), " are made by a maker on the lists in use."]
    elif cameras:
        pieces += [" ", Strong(count(sure, "camera")), f" {fitting(sure)} made by a maker on the lists in use."]
    based, may = _sure_and_likely(cameras, "based")
    if based or may:
        number = f"{based:,} to {based + may:,} cameras" if may else count(based, "camera")
        pieces += [" By other makers, based in China (our reading): ", Strong(number), "."]
    unknown = sum(row.grade not in NAMED_GRADES for row in cameras)
    if unknown:
        pieces.append(f" We cannot tell yet who made {count(unknown, 'camera')}.")
    expected = given.inventory.body.expected_cameras
    if given.part is None and expected is not None and expected != len(cameras):
        pieces.append(f" About {count(expected, 'camera')} had been expected.")
    return pieces


def _sure_and_likely(cameras: Sequence[AssetRow], state: ListState) -> tuple[int, int]:
    """How many of them are in this state and confirmed or almost certain, and how many more are likely."""
    mine = [row.grade for row in cameras if row.state == state]
    return sum(grade in ("confirmed", "almost-certain") for grade in mine), mine.count("likely")


def _decided(here: Sequence[AssetRow]) -> str:
    """ "Decided so far: replace 12, keep 3." Empty where nothing is."""
    numbers = Counter(row.asset.decision.what for row in here if row.asset.decision)
    said = [f"{words.lower()} {numbers[what]:,}" for what, words in DECIDED.items() if numbers[what]]
    return f"Decided so far: {', '.join(said)}." if said else ""


def _urgent(given: kit.Read, here: Sequence[AssetRow]) -> list[str]:
    """What cannot wait, and what has no support any more; nothing of it for the public, who may mean harm."""
    if not given.edition.gives("flaws"):
        return []
    ended = sum(has(row, ("support-ended",)) for row in here)
    old = f"The maker no longer supports {count(ended, 'item')}: plan to replace {fitting(ended, 'it', 'them')}."
    return [urgent_sentence(here), never_set_up_sentence(here), old if ended else ""]


def _next(given: kit.Read, here: Sequence[AssetRow]) -> list[str]:
    """What is to be done, as sentences; always at least one."""
    undecided = [row for row in here if row.asset.decision is None]
    listed = sum(row.state == "listed" for row in undecided)
    unknown = sum(row.grade not in NAMED_GRADES for row in here if row.asset.kind != "software")
    said = [one for one in (*_urgent(given, here), _decided(here)) if one]
    if undecided:
        based = sum(row.state == "based" for row in undecided)
        of_these = f", {listed:,} of them by a maker on the lists in use" if listed else ""
        of_these += f", {based:,} by a maker based in China (our reading)" if based else ""
        said.append(f"Decide about {count(len(undecided), 'item')}{of_these}.")
    if unknown:
        said.append(f"Find out who made {count(unknown, 'item')}: the label usually says.")
    if not given.scans:
        said.append("Search the network, or walk round with the sheet: no search is in the record yet.")
    if not undecided and not unknown and here:
        said.append("Nothing is open: every maker is known and every item is decided.")
    return said or ["Search the network, walk round, or import a list; then print this page again."]
