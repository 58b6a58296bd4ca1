"""Re-checking what was saved, with no new scan: what an answer is in a few words, and was, is, why where it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.device import Device, DeviceKind, Evidence, Observation, Verdict, register_kind
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import BASED, GRADE_SHORT, KIND_WORDS, MAY_BE_BASED, clean, count, joined, long_date, lower_first
from camcensus.store.inventory import NEWS_AFTER, Inventory
from camcensus.store.rows import JudgedDevice
from camcensus.tasks.finding.census import judge_device
from camcensus.tasks.knowledge.makers import fold
from camcensus.tasks.knowledge.own_knowledge import with_own_brands
from camcensus.tasks.progress import collector_paused

_PREFIXES: dict[DeviceKind, str] = {"camera": "CAM", "encoder": "CAM", "unknown": "CAM", "recorder": "REC", "intercom": "INT"}


def ref_prefix(verdict: Verdict) -> str | None:
    """ "CAM", "REC" or "INT" for what gets an entry in the register; None for other things."""
    return _PREFIXES.get(register_kind(verdict.description.kind))


def judge_known(device: Device, latest_replies: Sequence[Observation], first_seen: str | None, knowledge: Knowledge) -> Verdict:
    """The answer for a known device from the replies that it is drawn from (`Inventory.latest_replies`), without those replies.

    They are let go: those of thousands of devices together take hundreds of megabytes. `first_seen` is of older ones too.
    """
    verdict = judge_device(replace(device, observations=tuple(latest_replies)), knowledge)
    since = min(filter(None, (first_seen, verdict.description.first_seen)), default=None)
    return replace(verdict, device=replace(device, observations=()), description=replace(verdict.description, first_seen=since))


def outcome(verdict: Verdict, knowledge: Knowledge) -> str:
    """The answer in a few words, for "was, is, why": "Camera, Dahua – Likely, sold as Honeywell; on 2 lists"."""
    attribution = verdict.attribution
    maker = knowledge.name_of(attribution.manufacturer) if attribution.manufacturer else "Maker"
    if attribution.manufacturer is None and attribution.grade in ("conflicting", "possible"):
        beginning = "may be " if attribution.grade == "possible" else ""
        maker = beginning + joined([knowledge.name_of(entry) for entry in attribution.candidates], " or ")
    sold = f", sold as {clean(attribution.brand, 60)}" if attribution.brand else ""
    said = [f"{KIND_WORDS[verdict.description.kind]}, {maker} – {GRADE_SHORT[attribution.grade]}{sold}"]
    for word, may in (("on", False), ("may be on", True)):
        lists = {finding.list for finding in verdict.findings if finding.may is may}
        if lists:
            said.append(f"{word} {count(len(lists), 'list')}")
    if _seat(verdict):
        said.append(lower_first(_seat(verdict)))
    flaws = len(_flaws(verdict))
    if flaws:
        said.append(f"{count(flaws, 'published flaw applies', 'published flaws apply')}")
    return "; ".join(said)


@frozen
class Reassessment:
    """An answer that changed, or would: `was`, `is_now` and `why` are for people. `ref` is None for a device with no row.

    `at` is when it changed (UTC), None for one that would.
    """

    device: str
    ref: str | None
    address: str | None
    at: str | None
    was: str
    is_now: str
    why: str


def stale(inventory: Inventory, knowledge: Knowledge) -> tuple[str, ...]:
    """The devices whose answer is older than their replies or than this knowledge, sorted."""
    return tuple(
        sorted(
            device
            for device, held in inventory.held().items()
            if held.stale_replies or held.knowledge_version != knowledge.version
        )
    )


def judged_now(inventory: Inventory, knowledge: Knowledge, devices: Iterable[str] | None = None) -> dict[str, Verdict]:
    """Device id -> its answer under this knowledge, from the bytes that were saved: all that are out of date, or those named.

    Writes nothing.
    """
    wanted = stale(inventory, knowledge) if devices is None else devices
    own = with_own_brands(inventory, knowledge)
    return {known.id: known.judged(own) for known in _kept(inventory, wanted, [])}


def reassess(
    inventory: Inventory, knowledge: Knowledge, now: datetime, *, devices: Iterable[str] | None = None, quiet: bool = False
) -> Changes:
    """Judges devices anew from the bytes that were saved, with no new scan: all that are out of date, or those named.

    Each answer that changed is kept as "was, is, why" (`answer_changes`). `changes.say` counts them. `quiet` leaves no line in
    the change log, for an edit that has one.
    """
    with collector_paused():
        return _reassess(inventory, knowledge, now, devices, quiet=quiet)


def _reassess(
    inventory: Inventory, knowledge: Knowledge, now: datetime, devices: Iterable[str] | None, *, quiet: bool
) -> Changes:
    own = with_own_brands(inventory, knowledge)
    answers: dict[str, tuple[Verdict, str]] = {}
    prefixes: dict[str, str] = {}
    newer: list[Observation] = []
    for known in _kept(inventory, stale(inventory, knowledge) if devices is None else devices, newer):
        verdict = known.judged(own)
        answers[known.id] = (verdict, outcome(verdict, knowledge))
        prefix = ref_prefix(verdict)
        if prefix is not None:
            prefixes[known.id] = prefix
    if newer:
        inventory.reread(newer)
    changed: list[tuple[Verdict, Verdict]] = []

    def why(before: Verdict, after: Verdict) -> str:
        changed.append((before, after))
        return because(before, after, knowledge)

    return inventory.reassess(
        answers, prefixes, now, why, quiet=quiet, news=lambda: _list_news(changed, _lists_on(inventory, knowledge), knowledge)
    )


def list_news(inventory: Inventory, answers: Mapping[str, Verdict], knowledge: Knowledge) -> str:
    """What newer lists changed, in a sentence: of answers re-checked just now (device id -> verdict), else of those that were
    re-checked and saved since the last report; empty where they changed nothing."""
    kept = inventory.verdicts() if answers else {}
    changed = [(kept[device], after) for device, after in answers.items() if device in kept]
    news = _list_news(changed, _lists_on(inventory, knowledge), knowledge)
    if news:
        return news
    lines = (one for one in inventory.changes() if one.verb in ("rejudge", "report"))
    last = next(lines, None)
    return last.say.partition(NEWS_AFTER)[2] if last is not None and last.verb == "rejudge" else ""


def _lists_on(inventory: Inventory, knowledge: Knowledge) -> frozenset[str]:
    return inventory.enabled_lists(entry.id for entry in knowledge.lists.values() if entry.default_on)


def _list_news(changed: Iterable[tuple[Verdict, Verdict]], enabled: frozenset[str], knowledge: Knowledge) -> str:
    gone = fresh = other = 0
    whys = Counter[str]()
    for before, after in changed:
        was, is_now = (
            {(name, maker) for name, maker, may in _lists(one) if name in enabled and not may} for one in (before, after)
        )
        gone += bool(was and not is_now)
        fresh += bool(is_now and not was)
        other += bool(was and is_now and was != is_now)
        whys.update(f"{knowledge.name_of(maker)} is no longer on {_title(name, knowledge)}" for name, maker in was - is_now)
        whys.update(f"{knowledge.name_of(maker)} is on {_title(name, knowledge)} now" for name, maker in is_now - was)
    said = [f"{count(gone, 'device is', 'devices are')} no longer listed"] if gone else []
    said += [f"{count(fresh, 'device is', 'devices are')} newly listed"] if fresh else []
    said += [f"{count(other, 'device is', 'devices are')} on other lists than before"] if other else []
    if not said:
        return ""
    day = long_date(knowledge.version[:10].replace(".", "-"))
    why = joined([clean(one, 240) for one in sorted(whys, key=lambda one: (-whys[one], one))[:2]])
    return f"Since the lists of {day}, {joined(said)}: {why}."


def judged_for_brands(
    inventory: Inventory, knowledge: Knowledge, changes: Changes, names: Iterable[str], now: datetime
) -> Changes:
    """An edit's Changes, with those of re-checking the devices that show or give one of these brand names."""
    wanted = {fold(name) for name in names} - {""}
    devices = []
    for device, verdict in inventory.verdicts().items():
        said = (verdict.attribution.brand, verdict.description.claimed_manufacturer, verdict.description.claimed_model)
        shown = [fold(text) for text in (*said, *(sign.seen for sign in verdict.attribution.evidence)) if text]
        if any(name in text for name in wanted for text in shown):
            devices.append(device)
    if not devices:
        return changes
    after = reassess(inventory, knowledge, now, devices=sorted(devices), quiet=True)
    return replace(changes, assets=changes.assets | after.assets, devices=changes.devices | after.devices)


def answer_changes(inventory: Inventory) -> tuple[Reassessment, ...]:
    """Every answer that changed since it was first given, newest first."""
    where = _where(inventory)
    found = [
        Reassessment(device, *where[device], entry.at, entry.was, entry.is_now, entry.why)
        for device in where
        for entry in inventory.judgements(device)
        if entry.was is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.at or "", one.ref or "", one.device), reverse=True))


def would_change(inventory: Inventory, old: Knowledge, new: Knowledge) -> tuple[Reassessment, ...]:
    """The answers that differ between two knowledge bases, by ref, each from all that was kept. Writes nothing."""
    where = _where(inventory)
    older, newer = with_own_brands(inventory, old), with_own_brands(inventory, new)
    judged = {
        known.id: (outcome(before := known.judged(older), old), before, known.judged(newer))
        for known in _kept(inventory, where, [])
    }
    return _differing(judged, where, new)


def changed_by(inventory: Inventory, answers: Mapping[str, Verdict], knowledge: Knowledge) -> tuple[Reassessment, ...]:
    """Which of these answers (device id -> verdict) differ from those kept, by ref. Writes nothing.

    A device without an answer kept, as a damaged file may have it, has none that differs.
    """
    kept = inventory.verdicts()
    judged = {device: (outcome(was, knowledge), was, answers[device]) for device, was in kept.items() if device in answers}
    return _differing(judged, _where(inventory), knowledge)


def _differing(
    judged: Mapping[str, tuple[str, Verdict, Verdict]],
    where: Mapping[str, tuple[str | None, str | None]],
    knowledge: Knowledge,
) -> tuple[Reassessment, ...]:
    found = []
    for device, (was, before, after) in judged.items():
        is_now = outcome(after, knowledge)
        if was != is_now or _lists(before) != _lists(after) or _seat(before) != _seat(after) or _flaws(before) != _flaws(after):
            why = because(before, after, knowledge) or _RECORDS
            found.append(Reassessment(device, *where[device], None, was, is_now, why))
    return tuple(sorted(found, key=lambda one: (one.ref is None, one.ref or "", one.address or "", one.device)))


_RECORDS = "What is on record about its maker or its brand changed."


def because(before: Verdict, after: Verdict, knowledge: Knowledge) -> str:
    """Why an answer differs from the one before, in a sentence or more; empty where signs, lists and flaws are the same."""
    old, new = _signs(before), _signs(after)
    said = [f"A sign that is new: {new[name].why}" for name in new if name not in old]
    said += [f"A sign that no longer counts: {old[name].why}" for name in old if name not in new]
    said += [
        f"A sign that is weighed otherwise: {new[name].why}"
        for name in new
        if name in old and _weight(old[name]) != _weight(new[name])
    ]
    was, is_now = _lists(before), _lists(after)
    for listed, word in ((is_now - was, "on {} now"), (was - is_now, "no longer on {}")):
        for name, maker, may in sorted(listed):
            on = word.format(_title(name, knowledge))
            said.append(f"{knowledge.name_of(maker)} {'may be' if may else 'is'} {on}.")
    if _seat(before) != _seat(after):
        said.append(f"{_seat(after)}." if _seat(after) else f"No longer {lower_first(_seat(before))}.")
    had, has = _flaws(before), _flaws(after)
    for names, word in ((has - had, "now applies"), (had - has, "no longer applies")):
        said += [f"{name} {word}." for name in sorted(names)]
    more = f" And {len(said) - SAID} more." if len(said) > SAID else ""
    return " ".join(clean(one, 300) for one in said[:SAID]) + more


SAID = 4
"""How many reasons are said in full."""


def _signs(verdict: Verdict) -> dict[str, Evidence]:
    return {one.fingerprint: one for one in (*verdict.attribution.evidence, *verdict.description.kind_evidence)}


def _weight(one: Evidence) -> tuple[object, ...]:
    return (one.family, one.group, one.role, one.subject, one.subjects, one.strength, one.verified, one.exclusive)


def _lists(verdict: Verdict) -> set[tuple[str, str, bool]]:
    return {(one.list, one.manufacturer, one.may) for one in verdict.findings}


def _title(name: str, knowledge: Knowledge) -> str:
    """ "“Government Surveillance Camera Systems” (24 November 2022)": a list as people know it."""
    known = knowledge.lists.get(name)
    return f"“{clean(known.title, 120)}”" if known else "a list that is gone"


def _seat(verdict: Verdict) -> str:
    """ "" where our reading of no statement takes its maker in."""
    return "" if verdict.seat is None else MAY_BE_BASED if verdict.seat.may else BASED


def _flaws(verdict: Verdict) -> set[str]:
    return {one.id for one in verdict.advisories if one.applies == "yes"}


def _where(inventory: Inventory) -> dict[str, tuple[str | None, str | None]]:
    """Device id -> its ref and its first address, for all that were judged."""
    refs = {asset.device: asset.ref for asset in inventory.assets() if asset.device}
    return {device: (refs.get(device), next(iter(held.device.addresses), None)) for device, held in inventory.held().items()}


@frozen
class _StoredDevice:
    """A device that is kept, with the replies that its answer is drawn from, by today's codecs."""

    id: str
    held: JudgedDevice
    latest_replies: tuple[Observation, ...]

    def judged(self, knowledge: Knowledge) -> Verdict:
        return judge_known(self.held.device, self.latest_replies, self.held.first_seen, knowledge)


def _kept(inventory: Inventory, devices: Iterable[str], newer: list[Observation]) -> Iterator[_StoredDevice]:
    """Devices one after another; `newer` takes what an older codec had read."""
    wanted = list(devices)
    held = inventory.held(wanted)
    for device, latest_replies in inventory.latest_replies(wanted):
        yield _StoredDevice(device, held[device], tuple(_read_again(one, newer) for one in latest_replies))


def _read_again(one: Observation, newer: list[Observation]) -> Observation:
    from camcensus.wire.read import reread

    fresh = reread(one)
    if fresh is not one:
        newer.append(fresh)
    return fresh
