"""What has to be answered before the work. Only what the record knows is said of it; the rest is asked."""

from __future__ import annotations

from collections.abc import Iterator

from camcensus.model.plan import PlanItem, PlanQuestion
from camcensus.model.words import count, fitting, joined, upper_first
from camcensus.planning.facts import Facts, refs, verb
from camcensus.planning.recording import on_new_recorders, when
from camcensus.planning.spending import NO_SITE, site_of

_ONVIF_PROBES = frozenset({"wsdiscovery"})
RECORDERS_NAMED = 6
"""Recorders asked about one by one; more share one question."""


def questions(facts: Facts) -> tuple[PlanQuestion, ...]:
    """The questions that apply to this plan, in the order in which the work meets them."""
    cameras = tuple(item for item in facts.replaced if item.kind == "camera")
    recorders = tuple(item for item in facts.replaced if item.kind == "recorder")
    removed = tuple(item for item in facts.items if item.option == "remove")
    separated = tuple(item for item in facts.items if item.option == "separate")
    found: list[PlanQuestion] = []
    if cameras:
        found += _recorders_that_stay(facts, cameras)
    if recorders:
        found += _new_recorders(facts, recorders)
    if cameras or recorders:
        found += _viewing_software(facts)
    if cameras:
        found += _cables_and_power(facts, cameras)
    if separated:
        found.append(
            PlanQuestion(
                f"Which network will the {count(len(separated), 'separated item')} be on?",
                f"{upper_first(facts.said(separated))}: still to be watched and recorded, with no way to the internet "
                "or to other computers.",
                "IT, before the work",
                "network",
            )
        )
    if recorders or any(item.kind == "recorder" for item in removed):
        old = tuple(item for item in facts.items if item.kind == "recorder" and item.option != "separate")
        found.append(
            PlanQuestion(
                "How long must old footage be kept?",
                f"The record does not say. {upper_first(facts.said(old))} can be switched off when that time is over "
                "or the footage is copied.",
                "Data protection officer",
                "footage",
            )
        )
    if facts.items:
        found.append(
            PlanQuestion(
                "Is a data protection impact assessment needed?",
                "It is recommended before cameras are added, removed or moved, or a system is upgraded.",
                "Data protection officer",
                "dpia",
            )
        )
    if cameras or removed:
        found += _building(facts)
    return tuple(found)


def _recorders_that_stay(facts: Facts, cameras: tuple[PlanItem, ...]) -> list[PlanQuestion]:
    """Each recorder that is there when it gets cameras of another maker; all that stay where nobody said which hang where."""
    hang: dict[str, list[PlanItem]] = {}
    for camera in cameras:
        hang.setdefault(facts.connected.get(camera.asset, ""), []).append(camera)
    known = [(item, len(on), goes) for item, goes in _recorders(facts) if (on := _meets(item, goes, hang.get(item.asset, [])))]
    if not known and not hang.keys() - {""}:
        sites = set(map(site_of, cameras))
        stay = [item for item in facts.staying if item.kind == "recorder"]
        known = [(item, 0, "") for item in stay if NO_SITE in sites or site_of(item) in {NO_SITE, *sites}]
    if len(known) > RECORDERS_NAMED:
        first = "first " if any(goes for *_, goes in known) else ""
        named = f"{upper_first(refs(item for item, *_ in known))}. " if facts.named else ""
        return [
            PlanQuestion(
                f"Will the {len(known)} recorders that are not replaced {first}work with the new cameras?",
                f"{named}Ask for each which ONVIF profile it accepts (S, T or G) and whether "
                "another maker’s camera needs a licence.",
                "Installer, before the order",
                "recorder",
            )
        ]
    alike: dict[tuple[int, bool, int, str], list[PlanItem]] = {}
    for item, hanging, goes in known:
        alike.setdefault((hanging, *_answers(facts, item), goes), []).append(item)
    return [
        PlanQuestion(
            f"Will {facts.said(some)} work with the new cameras?",
            _recorder_known(*answers, many=len(some) > 1),
            "Installer, before the order",
            "recorder",
        )
        for answers, some in alike.items()
    ]


def _recorders(facts: Facts) -> Iterator[tuple[PlanItem, str]]:
    """All of the whole plan, those that stay first; each that goes with "replaced only in 2029-30"."""
    recorders = [item for item in facts.whole_work if item.kind == "recorder"]
    for item in (*facts.whole_staying, *(item for item in recorders if item.option == "separate")):
        if item.kind == "recorder":
            yield item, ""
    for item in recorders:
        if item.option != "separate":
            done = "removed" if item.option == "remove" else "replaced"
            yield item, f"{done} only in {item.year}" if item.year else f"{done} in a year not chosen yet"


def _meets(recorder: PlanItem, goes: str, cameras: list[PlanItem]) -> list[PlanItem]:
    """Those of its cameras whose new ones it is still there for."""
    return [camera for camera in cameras if not goes or when(camera) < when(recorder)]


def _answers(facts: Facts, recorder: PlanItem) -> tuple[bool, int]:
    """Whether it answered an ONVIF question, and how many channels it reports."""
    verdict = facts.rows[recorder.asset].verdict
    if verdict is None:
        return False, 0
    description = verdict.description
    onvif = any(probe.startswith("onvif") or probe in _ONVIF_PROBES for probe in description.probes_answered)
    return onvif, (description.channels_analogue or 0) + (description.channels_digital or 0)


def _recorder_known(hanging: int, onvif: bool, channels: int, goes: str, *, many: bool) -> str:
    """What is known of a recorder that stays or `goes` later, or of each of `many`."""
    each, ask = ("Each", "Ask for each") if many else ("It", "Ask")
    first = " first" if goes else ""
    said = [f"{count(hanging, 'camera')} recorded on {each.lower()} {fitting(hanging)} replaced{first}."] if hanging else []
    said += [f"{each} is {goes}."] if goes else []
    said += [f"{each} answered an ONVIF question in our search."] if onvif else []
    said += [f"{each} reports {count(channels, 'channel')}."] if channels else []
    said.append(f"{ask} which ONVIF profile it accepts (S, T or G) and whether another maker’s camera needs a licence.")
    return " ".join(said)


def _new_recorders(facts: Facts, recorders: tuple[PlanItem, ...]) -> list[PlanQuestion]:
    stays, before = on_new_recorders(recorders, facts.whole_work, facts.whole_staying, facts.connected)
    found = []
    if stays or before:
        on = {facts.connected[item.asset] for item in (*stays, *before)}
        old = [recorder for recorder in recorders if recorder.asset in on]
        known = []
        works_with = [facts.said(stays)] if stays else []
        if stays:
            under_them = {facts.connected[item.asset] for item in stays}
            on_now = [recorder for recorder in old if recorder.asset in under_them]
            today = f"{verb(stays, 'It records', 'They record')} on {facts.said(on_now)} today, which {verb(on_now)} replaced"
            known.append(f"{today}, and {verb(stays, 'stays', 'stay')} for now.")
        if before:
            works_with.append(f"what takes the place of {facts.said(before)}")
            known.append(
                f"{upper_first(facts.said(before))} {verb(before)} replaced before {verb(before, 'its', 'their')} recorder."
            )
        found.append(
            PlanQuestion(
                f"Will the new {fitting(len(old), 'recorder', 'recorders')} work with {joined(works_with, ', and with ')}?",
                f"{' '.join(known)} Ask which ONVIF profile the new one accepts and how many licences come with it.",
                "Installer, before the order",
                "recorder",
            )
        )
    found.append(
        PlanQuestion(
            "Is there enough storage for the recordings?",
            "It depends on the cameras, their picture size and the days kept, which the data protection officer knows.",
            "Installer, before the order",
            "storage",
        )
    )
    return found


def _viewing_software(facts: Facts) -> list[PlanQuestion]:
    software = [item for item in facts.staying if item.kind == "software"]
    if not software:
        return []
    return [
        PlanQuestion(
            "Will the viewing software show the new equipment?",
            f"{upper_first(facts.said(software))} {verb(software)} in the record. "
            "Ask which makers and ONVIF profiles the installed version takes, and what a licence costs.",
            "Installer, before the order",
            "viewing",
        )
    ]


def _cables_and_power(facts: Facts, cameras: tuple[PlanItem, ...]) -> list[PlanQuestion]:
    analogue = [
        item
        for item in facts.staying + facts.items
        if item.kind in ("recorder", "encoder")
        and (verdict := facts.rows[item.asset].verdict)
        and verdict.description.channels_analogue
    ]
    number = count(len(cameras), "new camera")
    cable = f"The record does not say which cable each of the {number} will use."
    if len(cameras) == 1:
        cable = "The record does not say which cable the new camera will use."
    if analogue:
        report = verb(analogue, "reports", "report")
        cable += f" {upper_first(facts.said(analogue))} {report} analogue channels: their coaxial cable may not do."
    return [
        PlanQuestion(
            f"Is there enough power at the switches for {number}?",
            "The record does not hold the switches. The new cameras’ data sheets give the watts each needs (PoE).",
            "IT, before the order",
            "power",
        ),
        PlanQuestion(
            "Can the cables be used again?",
            cable,
            "Installer, after a test",
            "cables",
        ),
    ]


def _building(facts: Facts) -> list[PlanQuestion]:
    sensitive = sum(item.quantity for item in facts.items if item.sensitive and item.option != "separate")
    access = "Rooms have to be free while the work is done. Fitters may need a permit, an escort or a check such as DBS."
    if sensitive:
        access = f"{count(sensitive, 'item')} {fitting(sensitive)} in sensitive places. " + access
    return [
        PlanQuestion(
            "Can walls and ceilings be drilled?",
            "The asbestos register has to be read for each place before any drilling.",
            "Site manager, before the work",
            "asbestos",
        ),
        PlanQuestion(
            "When can people be on site?",
            access,
            "Site manager",
            "access",
        ),
    ]
