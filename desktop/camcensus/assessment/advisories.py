"""Published flaws that may be in a device, by its maker and by the name on it. Nothing is sent to find out."""

from __future__ import annotations

from typing import Literal

from camcensus.assessment.firmware import Firmware, Place, place_of, read_firmware
from camcensus.assessment.listings import ownership_path
from camcensus.assessment.records_index import fits_anything, names_model, records_of
from camcensus.model import frozen
from camcensus.model.device import NAMED_GRADES, AdvisoryFinding, Applies, Attribution, Description, DeviceKind
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import Advisory, Affected, ProductType
from camcensus.model.words import clean, long_date

ANSWERS_KEPT = 4096
"""Devices of one kind, model and firmware get the same answer; beyond so many, all are worked out anew."""

PRODUCT_TYPES: dict[DeviceKind, tuple[ProductType, ...]] = {
    "camera": ("camera",),
    "recorder": ("recorder",),
    "encoder": ("encoder",),
    "intercom": ("intercom", "access-terminal"),
    "access-terminal": ("access-terminal", "intercom"),
    "software": ("software",),
    "camera-or-recorder": ("camera", "recorder", "encoder"),
    "unknown": ("camera", "recorder", "encoder"),
    "switch": (),
    "screen": (),
    "other": (),
}
"""The products that a device can be: a flaw of any other is no answer about it."""

Asked = Literal["model", "name", "firmware"]

_ORDER: dict[Applies, int] = {"yes": 0, "maybe": 1, "no": 2}


@frozen
class FlawAnswers:
    """What is known about published flaws in one device.

    `findings`: advisories that could be compared with it, by its model or its firmware alone; "yes" first, then "maybe", then
    "no". `others`: "no", because the advisory's list of models is complete and does not include this one. `open`: advisories
    that cannot be decided until one more fact is known. `asks` says which: its model, the maker's own name for a relabelled
    model, or its firmware. Ask the user once for all of them. `looked` is False where nothing was compared: neither maker nor
    name is known, or it is no kind of device that is looked at.
    """

    findings: tuple[AdvisoryFinding, ...] = ()
    others: tuple[AdvisoryFinding, ...] = ()
    open: tuple[Advisory, ...] = ()
    asks: Asked | None = None
    looked: bool = False


@frozen
class _Facts:
    """What is compared. `relabel` is True where the model may be another's name for it (`RecordsIndex.may_be_relabel`).

    `maker` is None where no maker is named, `about` all that is on record about it and about the name on the box, `by_name`
    the ids of those that the name alone brings; `disputed` is True where its signs disagree about who made it.
    """

    maker: str | None
    about: tuple[Advisory, ...]
    by_name: frozenset[str]
    types: tuple[ProductType, ...]
    models: tuple[str, ...]
    firmware: Firmware
    shown: str
    relabel: bool
    disputed: bool


def flaws(attribution: Attribution, description: Description, knowledge: Knowledge) -> FlawAnswers:
    """The answers by the maker, where it is confirmed, almost certain or likely, and by the name on the box in any case.

    An advisory that was not verified is "maybe" at most, and so is all where signs disagree about the maker. One that names
    neither models nor firmware says nothing here.
    """
    maker = attribution.manufacturer if attribution.grade in NAMED_GRADES else None
    brand, types = attribution.brand, PRODUCT_TYPES[description.kind]
    if not types or not (maker or brand):
        return FlawAnswers()
    records = records_of(knowledge)
    models = tuple(sorted({model for model in (description.model, description.claimed_model) if model}))
    disputed = attribution.grade == "conflicting"
    key = ("flaws", maker, brand, disputed, types, models, description.firmware, description.firmware_date)
    found = records.answers.get(key)
    if isinstance(found, FlawAnswers):
        return found
    named = {one.id: one for one in records.advisories_of_name(brand)}
    path = ownership_path(maker, knowledge) if maker else ()
    about = named | {one.id: one for company in path for one in records.advisories.get(company, ())}
    facts = _Facts(
        maker,
        tuple(about.values()),
        frozenset(named),
        types,
        models,
        firmware := read_firmware(description.firmware, description.firmware_date),
        _shown(firmware, description),
        maker is None or (records.may_be_relabel(brand, maker) and not records.knows_model(maker, models)),
        disputed,
    )
    made = _answers(facts)
    if len(records.answers) >= ANSWERS_KEPT:
        records.answers.clear()
    records.answers[key] = made
    return made


def _answers(facts: _Facts) -> FlawAnswers:
    findings, others, open_ = [], [], []
    for advisory in facts.about:
        ranges = [(one, kind) for one in advisory.affected if (kind := _kind(advisory, one, facts)) is not None]
        of_all = [pair for pair in ranges if _is_of_all(pair[0]) and _knows_names(advisory, facts)]
        named = [pair for pair in ranges if not _is_of_all(pair[0]) and _names(pair[0], facts)]
        unnamed = [pair for pair in ranges if not pair[0].models and pair[0].states_firmware]
        if named or (of_all and not facts.firmware.is_unknown):
            findings.append(_judge(advisory, [*named, *of_all], facts, named=bool(named) or facts.maker is not None))
        elif unnamed and not facts.firmware.is_unknown:
            findings.append(_judge(advisory, unnamed, facts, named=False))
        elif of_all or unnamed or (any(one.models for one, _ in ranges) and _is_open(advisory, facts)):
            open_.append(advisory)
        elif ranges and advisory.models_complete:
            others.append(_finding(advisory, "no", "The report names all its models; this is none of them.", ranges[0][1]))
    findings.sort(key=lambda answer: (_ORDER[answer.applies], not answer.known_exploited, answer.id))
    others.sort(key=lambda answer: answer.id)
    open_.sort(key=lambda advisory: (not advisory.exploited, advisory.id))
    named_otherwise = not all(_knows_names(advisory, facts) for advisory in open_)
    asks: Asked = "model" if not facts.models else "name" if named_otherwise else "firmware"
    return FlawAnswers(tuple(findings), tuple(others), tuple(open_), asks if open_ else None, looked=True)


def _names(affected: Affected, facts: _Facts) -> bool:
    return any(names_model(pattern, facts.models) for pattern in affected.models)


def _is_of_all(affected: Affected) -> bool:
    """True where the record says that all models are meant: its pattern fits any text."""
    return any(fits_anything(pattern) for pattern in affected.models)


def _knows_names(advisory: Advisory, facts: _Facts) -> bool:
    """True where the record names models as this box does: it is no relabel, or the record is about the name on it."""
    return not facts.relabel or advisory.id in facts.by_name


def _is_open(advisory: Advisory, facts: _Facts) -> bool:
    """True where the record's names of models may be other names of this device."""
    return not facts.models or not _knows_names(advisory, facts)


def _kind(advisory: Advisory, affected: Affected, facts: _Facts) -> ProductType | None:
    """The first of the device's possible product types that this part of the advisory covers; None if it covers none."""
    said = (affected.kind,) if affected.kind is not None else advisory.product_types
    return next((kind for kind in facts.types if kind in said), None)


def _judge(advisory: Advisory, ranges: list[tuple[Affected, ProductType]], facts: _Facts, *, named: bool) -> AdvisoryFinding:
    """The answer of the ranges that name the model, or else of those that name a firmware of any model."""
    about = [one for one, _ in ranges]
    places: list[tuple[Affected, Place]] = [(one, place_of(facts.firmware, one)) for one in about]
    kind = ranges[0][1]
    model = "Its model is one of those named"
    if not any(one.models for one in about):
        model = "The report names no models"
    elif all(_is_of_all(one) for one in about):
        model = "The report is about all models"
    if all(place == "outside" for _, place in places):
        return _finding(advisory, "no", f"{model}, but its firmware{facts.shown} is not one that has the flaw.", kind)
    inside = [one for one, place in places if place == "inside"]
    if named and advisory.verified and not facts.disputed and any(one.certain and one.states_firmware for one in inside):
        return _finding(advisory, "yes", f"{model}, and its firmware{facts.shown} is one that has the flaw.", kind)
    return _finding(advisory, "maybe", f"{model}; {_doubt(advisory, facts, about, inside, named=named)}", kind)


def _finding(advisory: Advisory, applies: Applies, why: str, kind: ProductType) -> AdvisoryFinding:
    return AdvisoryFinding(advisory.id, applies, advisory.exploited, why, kind, advisory.fixed_in)


def _shown(firmware: Firmware, description: Description) -> str:
    if firmware.built:
        return f", built {long_date(firmware.built)},"
    return f" {clean(description.firmware, 60)}" if description.firmware else ""


def _doubt(advisory: Advisory, facts: _Facts, ranges: list[Affected], inside: list[Affected], *, named: bool) -> str:
    if inside and facts.disputed:
        return "its firmware can have the flaw, but its answers disagree about who made it."
    if not any(one.states_firmware for one in ranges):
        return "it does not say which firmware has the flaw."
    if facts.firmware.is_unknown:
        return "its firmware is not known. Look it up on the device’s own page."
    if not advisory.verified:
        return "we have not seen the original of this report."
    if inside and not named:
        return "its firmware is one that can have the flaw."
    if inside:
        return "some firmware of that range is free of the flaw."
    return "its firmware cannot be compared with those in the report."
