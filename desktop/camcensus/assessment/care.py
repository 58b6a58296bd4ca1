"""What about one device somebody should act on, and what mends it: flaws, firmware, support, and whether it was ever set up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from camcensus.assessment.advisories import FlawAnswers, flaws
from camcensus.assessment.firmware import Firmware, read_firmware
from camcensus.assessment.listings import ownership_path
from camcensus.assessment.records_index import names_model, records_of
from camcensus.model.device import (
    CARE_KINDS,
    NAMED_GRADES,
    WATCHED_KINDS,
    AdvisoryFinding,
    Attribution,
    CareFinding,
    CareKind,
    Description,
    may_be_camera,
)
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import EndOfLife, FlawSearch
from camcensus.model.words import KIND_WORDS, clean, count, dated, fitting, is_over, joined, long_date, lower_first, shortened

OLD_FIRMWARE_YEARS = 3
"""Firmware that was built longer before the device was last seen is old."""

FLAWS_NAMED = 3
"""Flaws that are named in one sentence; the details name them all."""

_ASK = "Ask your installer whether its firmware is mended."
_LOOK_UP = "Look up its firmware on its own page, or ask your installer."
_NEWEST = "Ask your installer for the newest firmware."
_UNSUPPORTED = "Plan to replace it: flaws that are found now may never be mended."
_ISOLATE = "cut it off from the internet and from other computers"


def care(
    attribution: Attribution, description: Description, answers: FlawAnswers, knowledge: Knowledge
) -> tuple[CareFinding, ...]:
    """The findings for one device, the most urgent first; none for what is no camera, recorder, encoder or intercom.

    Ages and ends count up to the day when it was last seen: there is no clock here.
    """
    if description.kind not in WATCHED_KINDS:
        return ()
    firmware = read_firmware(description.firmware, description.firmware_date)
    found = [
        *_recorded_otherwise(attribution, knowledge),
        *_flaws(answers, knowledge, firmware.is_unknown),
        *_open(attribution, description, answers, knowledge),
    ]
    if description.activated is False:
        found.append(
            CareFinding(
                "never-set-up", "It was never set up: anyone on the network can take it over.", "Set a password, or unplug it."
            )
        )
    seen = (description.last_seen or "")[:10]
    if seen:
        found += _ends(attribution, description, seen, knowledge)
        found += _old(firmware, seen)
    return tuple(sorted(found, key=lambda one: CARE_KINDS.index(one.kind)))


def with_recorded(care: tuple[CareFinding, ...], until: str | None, today: str) -> tuple[CareFinding, ...]:
    """The findings with the end of support that staff recorded; what the maker says of it stays beside it."""
    theirs = next((one for one in care if one.kind == "support-ended"), None)
    if until is None or (theirs is None and not is_over(until, today)):
        return care
    over = f"Support ended {dated(until)}, as recorded"
    if theirs is None:
        said = CareFinding("support-ended", f"{over}.", _UNSUPPORTED, until)
    else:
        ours = over if is_over(until, today) else f"Support ends {dated(until)}, as recorded"
        said = replace(theirs, why=f"{ours}; {lower_first(theirs.why)}")
    rest = [one for one in care if one is not theirs]
    return tuple(sorted((*rest, said), key=lambda one: CARE_KINDS.index(one.kind)))


def flaw_records(attribution: Attribution, description: Description, knowledge: Knowledge) -> str:
    """What stands behind an answer without a flaw; "" where flaws may be, and for what is not looked at.

    No flaw shown is never that there is none.
    """
    answers = flaws(attribution, description, knowledge)
    if description.kind not in WATCHED_KINDS or answers.open or any(one.applies != "no" for one in answers.findings):
        return ""
    if answers.findings:
        number = count(len(answers.findings), "record")
        return f"We hold {number} of flaws that could be in it. By its model and firmware it has none of them."
    if not answers.looked:
        return "No flaw was looked up, because neither its maker nor its brand is known. That does not show that it has none."
    maker = attribution.manufacturer if attribution.grade in NAMED_GRADES else None
    search = knowledge.flaw_searches.get(knowledge.root_of(maker or ""))
    return f"We hold no record of this model. That does not show that it has no flaw: {searched(search)}"


def searched(search: FlawSearch | None) -> str:
    """ "records of its maker were last looked for on 2 December 2026." and how many were known then and not read."""
    if search is None:
        return "nobody has looked for all records of its maker yet."
    said = f"records of its maker were last looked for on {long_date(search.looked_at)}"
    left = len(search.not_held)
    return f"{said}, and {count(left, 'known one is', 'known ones are')} not read yet." if left else f"{said}."


def _recorded_otherwise(attribution: Attribution, knowledge: Knowledge) -> Iterator[CareFinding]:
    """Where staff recorded, or read on it, a name that its maker does not make, by all that the base holds of that name."""
    if attribution.manufacturer is None:
        return
    mine = knowledge.root_of(attribution.manufacturer)
    for sign in attribution.against:
        if sign.group == "person" and sign.role == "brand" and sign.subject:
            made = {record.made_by for record in knowledge.brands if record.brand == sign.subject and not record.against}
            made |= {sign.subject} & knowledge.manufacturers.keys()
            if made and mine not in map(knowledge.root_of, made):
                maker = clean(knowledge.name_of(attribution.manufacturer), 60)
                why = f"{sign.why.rstrip('.')}, and its own answers are those of a device made by {maker}."
                yield CareFinding("maker-to-check", why, "Read its label, and correct what is wrong.")
                return


def _flaws(answers: FlawAnswers, knowledge: Knowledge, is_unknown: bool) -> Iterator[CareFinding]:
    records = {one.id: one for one in knowledge.advisories} if answers.findings else {}
    sure = [one for one in answers.findings if one.applies == "yes"]
    attacked, known = [one for one in sure if one.known_exploited], [one for one in sure if not one.known_exploited]
    urgent = f"{count(len(attacked), 'flaw')} that attackers are known to use"
    plain = count(len(known), "more known flaw" if attacked else "known flaw")
    parts: tuple[tuple[CareKind, list[AdvisoryFinding], str, str], ...] = (
        ("exploited-flaw", attacked, urgent, f"Update it now, or {_ISOLATE}."),
        ("known-flaw", known, plain, "Update its firmware."),
    )
    for kind, found, what, advice in parts:
        if found:
            ids, first = _ids(found), records[found[0].id].source
            since = min((day for one in ids if (day := records[one].exploited_listed)), default=None)
            yield CareFinding(kind, f"It has {what}: {_named(ids)}.", _mended(found, advice), since, first, tuple(ids))
    doubts = [one.id for one in answers.findings if one.applies == "maybe"]
    doubts += [one.id for one in answers.open] if answers.asks == "firmware" and doubts else []
    if doubts:
        used = [name for name in doubts if records[name].exploited]
        some = f" Attackers are known to use {_of_them(len(used), len(doubts))}." if used else ""
        yield CareFinding(
            "flaw-to-check",
            f"It may have {count(len(doubts), 'known flaw')}: {_named(used or doubts)}.{some}",
            _LOOK_UP if is_unknown else _ASK,
            None,
            records[(used or doubts)[0]].source,
            tuple(doubts),
        )


def _open(
    attribution: Attribution, description: Description, answers: FlawAnswers, knowledge: Knowledge
) -> Iterator[CareFinding]:
    doubted = any(one.applies == "maybe" for one in answers.findings)
    if not answers.open or (answers.asks == "firmware" and doubted):
        return
    by_maker = attribution.manufacturer is not None and attribution.grade in NAMED_GRADES
    maker = clean(knowledge.name_of(attribution.manufacturer or ""), 60)
    whose = f"made by {maker}" if by_maker else f"sold as {clean(attribution.brand or '', 60)}"
    number = len(answers.open)
    attacked = sum(one.exploited for one in answers.open)
    some = f", {'used' if number == 1 else f'{attacked:,} of them used'} by attackers" if attacked else ""
    things = "cameras or recorders" if may_be_camera(description.kind) else f"{KIND_WORDS[description.kind].lower()}s"
    records = f"{count(number, 'flaw')} on record for {things} {whose}{some}"
    kind: CareKind = "model-to-check"
    if answers.asks == "firmware":
        kind, why, mend = "flaw-to-check", "Its firmware is not known.", _LOOK_UP
    elif answers.asks == "model":
        why, mend = "Its model is not known.", "Read the model on its label."
    elif attribution.brand:
        why = f"It is sold as {clean(attribution.brand, 60)}, under a model name of its own."
        mend = f"Ask your installer which {maker} model it is."
    else:
        why, mend = "The name on it is not known.", "Read the name and the model on its label."
    found = tuple(one.id for one in answers.open)
    yield CareFinding(kind, f"{why} There {fitting(number)} {records}.", mend, None, answers.open[0].source, found)


def _ends(attribution: Attribution, description: Description, seen: str, knowledge: Knowledge) -> Iterator[CareFinding]:
    """The earliest end of support that is over, or else the earliest end of sale."""
    if attribution.manufacturer is None or attribution.grade not in NAMED_GRADES:
        return
    models = tuple(sorted({model for model in (description.model, description.claimed_model) if model}))
    records = records_of(knowledge)
    ends = [
        end
        for company in ownership_path(attribution.manufacturer, knowledge)
        for end in records.ends_of_life.get(company, ())
        if end.models is not None and names_model(end.models, models)
    ]
    supported = [end for end in ends if end.end_of_support and is_over(end.end_of_support, seen)]
    sold = [end for end in ends if end.end_of_sale and is_over(end.end_of_sale, seen)]
    if supported:
        end = min(supported, key=lambda one: (one.end_of_support or "", one.source))
        since = end.end_of_support or ""
        ended = f"had ended by {long_date(since)}" if end.at_the_latest else f"ended {dated(since)}"
        why = f"The maker’s support {ended}, says {_publisher(end, knowledge)}."
        yield CareFinding("support-ended", why, _UNSUPPORTED, since, end.source)
    elif sold:
        end = min(sold, key=lambda one: (one.end_of_sale or "", one.source))
        since = end.end_of_sale or ""
        until = f" Support ends in {long_date(end.end_of_support)}." if end.end_of_support else ""
        why = f"It is no longer sold since {long_date(since)}, says {_publisher(end, knowledge)}.{until}"
        yield CareFinding(
            "sale-ended", why, "Ask your installer how long its firmware will still be mended.", since, end.source
        )


def _old(firmware: Firmware, seen: str) -> Iterator[CareFinding]:
    if firmware.built is None:
        return
    try:
        then, now = date.fromisoformat(firmware.built[:10]), date.fromisoformat(seen)
    except ValueError:  # a list, or another program, gave part of a day
        return
    years = now.year - then.year - ((now.month, now.day) < (then.month, then.day))
    if years >= OLD_FIRMWARE_YEARS:
        old = f"Its firmware is of {long_date(firmware.built[:7])}, {count(years, 'year')} old on {long_date(seen)}."
        yield CareFinding("old-firmware", old, _NEWEST, firmware.built[:10])


def _publisher(end: EndOfLife, knowledge: Knowledge) -> str:
    source = knowledge.sources.get(end.source)
    return clean(source.publisher, 80) if source else "a published text"


def _ids(findings: Iterable[AdvisoryFinding]) -> list[str]:
    return [one.id for one in findings]


def _named(found: Sequence[str]) -> str:
    return joined(shortened(found, FLAWS_NAMED - 1) if len(found) > FLAWS_NAMED else found)


def _mended(findings: Iterable[AdvisoryFinding], advice: str) -> str:
    """The advice with what mends one flaw, or several that the same mends; for others the newest firmware is asked for."""
    mends = what_mends(one.fixed_in for one in findings)
    if not mends:
        return f"{advice} {_NEWEST}"
    if is_nothing(mends):
        return f"No firmware that mends it is known: {_ISOLATE}, or replace it."
    return f"{advice} Mended by: {mends}."


def what_mends(fixed_in: Iterable[str]) -> str:
    """What mends all of some flaws, "" where that differs or no record says."""
    found = {text.strip().rstrip(".") for text in fixed_in}
    return found.pop() if len(found) == 1 else ""


def is_nothing(mends: str) -> bool:
    """True where a record says that nothing mends a flaw: it says so in its first word."""
    return mends.casefold().startswith(("none", "nothing"))


def _of_them(some: int, every: int) -> str:
    return "it" if every == 1 else f"{some:,} of them" if some < every else "them"
