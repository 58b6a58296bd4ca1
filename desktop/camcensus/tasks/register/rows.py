"""The register as every table, panel and report shows it: light fields from columns, the whole answer where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from typing import Literal

from camcensus.identity.history import ref_order
from camcensus.model import frozen
from camcensus.model.asset import Asset, Known
from camcensus.model.changes import Changes
from camcensus.model.device import NAMED_GRADES, Attribution, CareFinding, Finding, Grade, SeatFinding, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import BASED, MAY_BE_BASED, count
from camcensus.planning.counts import CountedRow, Counts, counted, is_counted
from camcensus.store.contents import Contents
from camcensus.store.own_list import LIST as OWN
from camcensus.store.register_rows import Answered, care_of, findings_of
from camcensus.tasks.finding.census import in_order
from camcensus.tasks.progress import Progress, begun, collector_paused
from camcensus.tasks.register.lists import with_own_list

ListState = Literal["listed", "based", "may", "may-be-based", "not-listed", "not-known"]

LIST_WORDS: dict[ListState, str] = {
    "listed": "Listed",
    "based": BASED,
    "may": "May be listed – check",
    "may-be-based": MAY_BE_BASED,
    "not-listed": "Not listed",
    "not-known": "Not known",
}


@frozen(kw_only=True)
class AssetRow:
    """A register row as every table, panel and report shows it.

    `judged` is False for a row with no answer: one with no device, or a new one where work was stopped. `maker` is a
    manufacturer id. `findings` are of the lists that are on, and name the maker; `seat` is our reading of a statement that is
    on. `state` says in one word what both make: a list that names the maker comes first.
    `judged_at` is when the answer was given, and `stale` where replies or the knowledge have changed since.
    `care` is what somebody should act on, the most urgent first.
    Tables take these; `verdict` is the whole answer, built where it is first asked for.
    """

    asset: Asset
    findings: tuple[Finding, ...] = ()
    seat: SeatFinding | None = None
    care: tuple[CareFinding, ...] = ()
    state: ListState = "not-known"
    judged_at: str | None = None
    stale: bool = False
    judged: bool = False
    maker: str | None = None
    candidates: tuple[str, ...] = ()
    grade: Grade = "unknown"
    brand: str | None = None
    model: str | None = None
    serial: str | None = None
    firmware: str | None = None
    addresses: tuple[str, ...] = ()
    mac: str | None = None
    network: str | None = None
    _whole: list[Verdict | Callable[[], Verdict] | None] = field(default_factory=lambda: [None], repr=False, compare=False)

    @property
    def known_by(self) -> Known:
        """What happened to it, a search first: what any sentence says that was checked, read or seen comes from here."""
        return self.asset.known_by

    @property
    def listed_on(self) -> tuple[str, ...]:
        """The lists that name its maker, where that is known well enough to be counted."""
        firm = self.grade in NAMED_GRADES
        return tuple(sorted({one.list for one in self.findings if not one.may})) if firm else ()

    @property
    def based(self) -> bool:
        """Whether our reading takes its maker in, where that is counted; whether or not a list names it too."""
        return self.seat is not None and not self.seat.may and self.grade in NAMED_GRADES

    @property
    def seat_words(self) -> str:
        """How its seat is put; "" without one. Where signs disagree, even between makers based there, it "may" be."""
        return "" if self.seat is None else BASED if self.based else MAY_BE_BASED

    @property
    def counted(self) -> CountedRow:
        """What of it is counted."""
        care = tuple([one.kind for one in self.care]) if self.care else ()
        return CountedRow(
            self.asset.kind, not self.asset.in_use, self.asset.decision is not None, self.grade, self.maker,
            self.state == "listed", self.based, care, self.candidates, self.state == "may",
            bool(self.brand),
        )  # fmt: skip

    @property
    def named_state(self) -> ListState:
        """What the lists say by themselves, without our reading of a statement that names no company."""
        return _state(self.findings, None, self.maker, self.grade) if self.judged else "not-known"

    @property
    def verdict(self) -> Verdict | None:
        """The whole answer, None for a row with no device. Its `device.observations` is empty: ask the inventory for them."""
        held = self._whole[0]
        if callable(held):
            self._whole[0] = held = held()
        return held


def row_of(
    asset: Asset,
    verdict: Verdict | None,
    findings: tuple[Finding, ...],
    *,
    seat: SeatFinding | None = None,
    judged_at: str | None = None,
    stale: bool = False,
    today: str = "",
) -> AssetRow:
    """A row with an answer that is at hand; `findings` and `seat` are of the lists that are on."""
    from camcensus.assessment.care import with_recorded

    care = with_recorded(verdict.care if verdict else (), asset.support_until, today)
    if verdict is None:
        return AssetRow(asset=asset, care=care, stale=asset.device is not None)
    attribution, said, device = verdict.attribution, verdict.description, verdict.device
    return AssetRow(
        asset=asset, findings=findings, seat=seat, care=care, state=list_state(verdict, findings, seat),
        judged_at=judged_at, stale=stale, judged=True, maker=attribution.manufacturer, candidates=attribution.candidates,
        grade=attribution.grade, brand=attribution.brand,
        model=said.model, serial=said.serial, firmware=said.firmware,
        addresses=device.addresses, mac=device.mac, network=device.network, _whole=[replace(verdict, care=care)],
    )  # fmt: skip


def rows(
    inventory: Contents,
    knowledge: Knowledge,
    answers: Mapping[str, Verdict] | None = None,
    ids: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> tuple[AssetRow, ...]:
    """The register by ref, or the rows named, each with its newest kept answer, or the one in `answers` (device id -> verdict).

    What the organisation's own list says is added here. Reads only; 20,000 rows take well under a second. What `progress`
    raises ends the reading.
    """
    with collector_paused():
        return _rows(inventory, knowledge, answers or {}, ids, progress)


def _rows(
    inventory: Contents,
    knowledge: Knowledge,
    fresh: Mapping[str, Verdict],
    ids: Iterable[str] | None,
    progress: Progress | None,
) -> tuple[AssetRow, ...]:
    from camcensus.assessment.care import with_recorded
    from camcensus.assessment.listings import listings, seat

    today = inventory.today
    enabled = enabled_lists(inventory, knowledge)
    readings = frozenset(entry.id for entry in knowledge.lists.values() if not entry.names_makers)
    assets = inventory.assets(ids)
    begun(progress)
    answered = inventory.answers(None if ids is None else [one.device for one in assets if one.device])
    begun(progress)
    own = with_own_list(inventory, knowledge)
    ours: dict[tuple[str | None, Grade, tuple[str, ...]], tuple[tuple[Finding, ...], SeatFinding | None]] = {}

    def own_findings(
        maker: str | None, grade: Grade, candidates: tuple[str, ...]
    ) -> tuple[tuple[Finding, ...], SeatFinding | None]:
        """What the own list says of a maker, and where it is based by the company records in use."""
        key = (maker, grade, candidates)
        if key not in ours:
            judged = Attribution(maker, None, grade, candidates, (), (), (), "", "")
            ours[key] = listings(judged, own, frozenset([OWN]) & own.lists.keys()), seat(judged, knowledge, readings)
        return ours[key]

    on: dict[tuple[str, tuple[Finding, ...]], tuple[tuple[Finding, ...], tuple[Finding, ...]]] = {}

    def found_in(answer: Answered) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """All findings of an answer, and those of the lists that are on; worked out once for each text."""
        more, _ = own_findings(answer.manufacturer, answer.grade, answer.candidates)
        key = (answer.findings, more)
        if key not in on:
            every = inventory.look(lambda _: findings_of(answer.findings))
            every = tuple(sorted({*every, *more})) if more else every
            on[key] = every, tuple(one for one in every if one.list in enabled)
        return on[key]

    def row(asset: Asset, answer: Answered) -> AssetRow:
        every, shown = found_in(answer)
        _, based = own_findings(answer.manufacturer, answer.grade, answer.candidates)
        read = based if based is not None and based.reading in enabled else None
        care = with_recorded(inventory.look(lambda _: care_of(answer.care)), asset.support_until, today)
        return AssetRow(
            asset=asset, findings=shown, seat=read, care=care,
            state=_state(shown, read, answer.manufacturer, answer.grade), judged_at=answer.at,
            stale=bool(answer.stale_replies) or answer.knowledge_version != knowledge.version, judged=True,
            maker=answer.manufacturer, candidates=answer.candidates, grade=answer.grade, brand=answer.brand,
            model=answer.model, serial=answer.serial, firmware=answer.firmware,
            addresses=answer.addresses, mac=answer.mac, network=answer.network,
            _whole=[lambda: replace(inventory.verdict_of(answer), findings=every, seat=based, care=care)],
        )  # fmt: skip

    made = []
    for asset in assets:
        answer = answered.get(asset.device or "")
        again = fresh.get(asset.device or "")
        if again is None:
            made.append(row(asset, answer) if answer is not None else row_of(asset, None, (), today=today))
        else:
            more, based = own_findings(again.attribution.manufacturer, again.attribution.grade, again.attribution.candidates)
            every = tuple(sorted({*again.findings, *more}))
            shown = tuple(one for one in every if one.list in enabled)
            read = based if based is not None and based.reading in enabled else None
            verdict = replace(again, findings=every, seat=based)
            made.append(row_of(asset, verdict, shown, seat=read, judged_at=answer and answer.at, today=today))
    return tuple(made)


def count_rows(register: Iterable[AssetRow]) -> Counts:
    """The numbers of a register, or of a part of it, as every page and every report says them."""
    return counted(row.counted for row in register)


def listed_to_decide(counts: Counts, knowledge: Knowledge) -> str:
    """ "1 recorder made by Hikvision, listed. Decide whether to keep, replace or remove it."; "" where nothing is listed."""
    if not counts.items.listed:
        return ""
    them = counts.items.listed.fitting("it", "them")
    return f"{counts.made_by_listed(knowledge.name_of)}. Decide whether to keep, replace or remove {them}."


def may_be_twice(register: Iterable[AssetRow]) -> str:
    """That cameras of a list which nothing tells apart may be cameras that a search found too; "" where none may."""
    cameras = [(row, [one.way for one in row.known_by]) for row in register if is_counted(row.asset)]
    cameras = [(row, ways) for row, ways in cameras if row.asset.kind == "camera"]
    bare = sum(ways == ["list"] and not (row.addresses or row.mac or row.serial) for row, ways in cameras)
    found = sum(ways == ["search"] for _, ways in cameras)
    if not bare or not found:
        return ""
    return (
        f"Your list has {count(bare, 'camera')} without an address or serial number, and a search found {found:,} that it may "
        "mean. Some may be counted twice: add addresses, or choose two on Cameras and “These two are one device”."
    )


def enabled_lists(inventory: Contents, knowledge: Knowledge) -> frozenset[str]:
    """The lists this organisation goes by: those on by default, as far as nobody switched them."""
    chosen = inventory.enabled_lists(entry.id for entry in knowledge.lists.values() if entry.default_on)
    return frozenset(chosen & knowledge.lists.keys())


def list_state(verdict: Verdict, findings: Iterable[Finding], seat: SeatFinding | None) -> ListState:
    """What is said of a maker that is named firmly; where signs disagree, even between listed makers, it "may" be."""
    return _state(tuple(findings), seat, verdict.attribution.manufacturer, verdict.attribution.grade)


def _state(findings: tuple[Finding, ...], seat: SeatFinding | None, maker: str | None, grade: Grade) -> ListState:
    firm = grade in NAMED_GRADES
    if firm and any(not finding.may for finding in findings):
        return "listed"
    if firm and seat is not None and not seat.may:
        return "based"
    if findings:
        return "may"
    if seat is not None:
        return "may-be-based"
    return "not-listed" if maker and grade != "possible" else "not-known"


def others(inventory: Contents, answers: Mapping[str, Verdict] | None = None) -> tuple[Verdict, ...]:
    """What answered and has no register row: printers and the like, and hosts with no sign of a camera.

    Each with its newest kept answer, or the one in `answers` (device id -> verdict).
    """
    fresh = answers or {}
    verdicts = {
        answer.device: fresh.get(answer.device) or inventory.verdict_of(answer)
        for answer in inventory.answers(rowless=True).values()
    }
    return in_order(verdicts.values())


def refresh(before: tuple[AssetRow, ...], changes: Changes, inventory: Contents, knowledge: Knowledge) -> tuple[AssetRow, ...]:
    """The register after a change, reading again only the rows that it touched; all of them where settings changed."""
    if changes.settings:
        return rows(inventory, knowledge)
    ids = set(changes.assets)
    if changes.devices or changes.places or changes.vendors:
        places = set(changes.places)
        for place in inventory.places() if places else ():
            if place.parent in places:
                places.add(place.id)
        ids |= {
            one.asset.id
            for one in before
            if one.asset.device in changes.devices
            or one.asset.place in places
            or one.asset.seller in changes.vendors
            or one.asset.maintainer in changes.vendors
        }
    if not ids:
        return before
    fresh = {row.asset.id: row for row in rows(inventory, knowledge, ids=ids)}
    known = {row.asset.id for row in before}
    kept = [fresh.get(row.asset.id, row) for row in before if row.asset.id in fresh or row.asset.id not in ids]
    new = [row for asset, row in fresh.items() if asset not in known]
    return tuple(sorted([*kept, *new], key=lambda row: ref_order(row.asset.ref)) if new else kept)
