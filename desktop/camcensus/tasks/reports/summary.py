"""The one-page summary for those who decide: counts of the register, each with how many are proven."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from camcensus.attribution.brands import name_held
from camcensus.model.asset import DECIDED_WORDS
from camcensus.model.blocks import Piece, ReportDocument, Strong
from camcensus.model.statements import Statement
from camcensus.model.words import COUNT_CAMERAS, clean, count, joined, kinds_in_words, proven_means
from camcensus.planning.counts import Counts, other_names
from camcensus.report.method import AS_FAR, NOT_SEARCHED
from camcensus.report.summary import Summary, summary_report
from camcensus.tasks.register.care import never_set_up_sentence, support_sentence, urgent_sentence
from camcensus.tasks.register.lists import title_in_use
from camcensus.tasks.register.rows import may_be_twice
from camcensus.tasks.register.verbs import AssetRow, count_rows, enabled_lists
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.counts import by_age, by_building, by_maker
from camcensus.tasks.reports.editions import Audience, Kept
from camcensus.tasks.reports.making import Making

HOLDS: tuple[Kept, ...] = ("place", "flaws")
"""The facts on it that not everybody is given: what each building has, and how many devices can be attacked."""
HANDLING: dict[Audience, str] = {
    "supplier": "For a supplier: counts only",
    "public": "For the public: counts only",
}


def summary(this: Making) -> ReportDocument:
    """One page for governors, a board, an owner: whoever decides there."""
    given = kit.read(this)
    return summary_report(given.occasion(), summary_of(given))


def summary_of(given: kit.Read) -> Summary:
    """What the page says: counts only, by building for those who are given places."""
    here, counts = given.here, given.counts
    cameras = [row for row in here if row.asset.kind == "camera"]
    enabled = sorted(enabled_lists(given.inventory, given.knowledge))
    on = [one for one in map(given.knowledge.lists.__getitem__, enabled) if one.names_makers]
    return Summary(
        figures=_figures(counts, lists=bool(on)) if here else (),
        lead=tuple(_lead(given, counts, lists=bool(on))),
        makers=by_maker(given, counts.cameras),
        buildings=by_building(given, cameras),
        ages=by_age(cameras, given.now.date()),
        lists=tuple(map(title_in_use, on)),
        addressed_to=_addressees(on),
        reading=given.reading if counts.items.only_based else "",
        next=tuple(_next(given, here, counts)),
        left_out=given.edition.left_out(HOLDS),
        handling=HANDLING.get(given.edition.audience, f"For {given.inventory.body.kind.deciders}: counts only"),
        methods=given.methods(),
    )


def _addressees(lists: Sequence[Statement]) -> str:
    """To whom lists are addressed, each once; "" where nobody says."""
    return joined(list(dict.fromkeys(one.addressed_to for one in lists if one.addressed_to)))


def _figures(counts: Counts, *, lists: bool) -> tuple[tuple[str, int], ...]:
    """What stands large at the top, of all items; Home has the same."""
    items, unknown = counts.items, counts.identifiable.not_known
    listed = (("By a listed maker", items.listed.number),) if lists and items.is_known else ()
    based = (("More, based in China (our reading)", items.only_based.number),) if items.only_based else ()
    return (
        ("Items in the record", items.total),
        *listed,
        *based,
        ("Maker not known", unknown),
        ("Not decided yet", items.undecided),
    )


def _lead(given: kit.Read, counts: Counts, *, lists: bool) -> list[Piece]:
    if given.unsearched:
        return [Strong(NOT_SEARCHED)]
    cameras, listed, based = counts.cameras, counts.items.listed, counts.items.only_based
    pieces: list[Piece] = ["In this part we have " if given.scope else "We have ", Strong(kit.in_words(counts)), "."]
    if not lists:
        pieces.append(" No list of makers is in use.")
    elif counts.items.is_known:
        many = kinds_in_words(counts.kinds_of("listed")) or "nothing"
        pieces += [f" {AS_FAR}, ", Strong(many), f"{listed.in_brackets} {listed.fitting() if listed else 'is'} made by "]
        sole = next((given.knowledge.name_of(one.maker) for one in counts.items.makers if one.listed), "")
        pieces.append(f"{clean(sole)}, a maker on the lists in use." if listed.number == 1 else "a maker on the lists in use.")
        mine = [row for row in given.here if row.state == "listed"]
        name_of = given.knowledge.name_of
        made_as = other_names((name_of(row.maker or ""), name_held(row.brand, given.knowledge)) for row in mine)
        pieces.append(f" That includes {made_as}." if made_as else "")
    if based:
        made = f"{based.fitting()} made by {counts.items.other_makers}"
        many = kinds_in_words(counts.kinds_of("only_based"))
        pieces += [" ", Strong(many), f"{based.in_brackets} {made}, based in China (our reading)."]
    if means := proven_means(listed, based):
        pieces.append(f" {means}")
    noun, asked = ("camera", cameras) if cameras.total else ("item", counts.items)
    pieces.append(f" {asked.not_known_said(noun)}" if asked.not_known else "")
    expected = given.inventory.body.expected_cameras
    if given.scope is None and expected is not None and expected != cameras.total:
        pieces.append(f" About {count(expected, 'camera')} had been expected.")
    return pieces


def _decided(here: Sequence[AssetRow]) -> str:
    """ "Decided so far: replace 12, keep 3." Empty where nothing is."""
    numbers = Counter(row.asset.decision.what for row in here if row.asset.decision)
    said = [f"{words.lower()} {numbers[what]:,}" for what, words in DECIDED_WORDS.items() if numbers[what]]
    return f"Decided so far: {', '.join(said)}." if said else ""


def _urgent(given: kit.Read, here: Sequence[AssetRow]) -> list[str]:
    """What cannot wait, and what has no support any more; nothing of it for the public, who may mean harm."""
    if not given.edition.gives("flaws"):
        return []
    return [urgent_sentence(here), never_set_up_sentence(here), support_sentence(here, given.now.date().isoformat())]


def _next(given: kit.Read, here: Sequence[AssetRow], counts: Counts) -> list[str]:
    """What is to be done, as sentences; always at least one."""
    undecided = count_rows(row for row in here if row.asset.decision is None).items
    unknown = counts.identifiable.not_known
    said = [one for one in (*_urgent(given, here), _decided(here)) if one]
    if undecided.total:
        of_them = "all of them " if undecided.listed.number == undecided.total else f"{undecided.listed} of them "
        of_them = of_them if undecided.total > 1 else ""
        of_these = f", {of_them}by a maker on the lists in use" if undecided.listed else ""
        of_these += (
            f",{f' {undecided.only_based}' if undecided.total > 1 else ''} by a maker based in China (our reading)"
            if undecided.only_based
            else ""
        )
        said.append(f"Decide what to do with {count(undecided.total, 'item')}{of_these}.")
        if undecided.total == len(here):
            said.append(
                "Keep, isolate, replace or remove: ask your installer what each costs, then print the replacement plan."
            )
    if unknown:
        said.append(f"Find out who made {count(unknown, 'item')}: look at the label, or ask the installer.")
    if counts.recorders.total and not counts.cameras.total:
        said.append(COUNT_CAMERAS)
    if not given.scans:
        said.append("Search the network, or walk round with the sheet: no search is in the record yet.")
    elif any(scan.stopped_early for scan in [one for one in given.scans if one.is_search][-1:]):
        said.append("Search again: the last search was stopped before it was finished, and there may be more cameras.")
    if twice := may_be_twice(here):
        said.append(twice)
    if not undecided.total and not unknown and here:
        said.append("Nothing is open: every maker is known and every item is decided.")
    return said or ["Search the network, walk round, or import a list; then print this page again."]
