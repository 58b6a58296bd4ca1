"""Published flaws that may be in a device, through its true maker. Nothing is sent to find out: what it said is compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from camcensus.assessment.firmware import Firmware, place_of, read_firmware
from camcensus.assessment.listings import ownership_path
from camcensus.assessment.records_index import Records, names_model, records_of
from camcensus.model.attribution import NAMED_GRADES, Attribution
from camcensus.model.device import Description
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import Advisory, Affected
from camcensus.model.verdict import AdvisoryFinding, Applies
from camcensus.model.words import clean, long_date

ANSWERS_KEPT = 4096
"""Devices of one model and firmware get the same answer; so many different ones are kept."""

_ORDER: dict[Applies, int] = {"yes": 0, "maybe": 1, "no": 2}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is compared. `relabel` is True where the name on the box is not known to be the maker's own."""

    maker: str
    brand: str | None
    models: tuple[str, ...]
    firmware: Firmware
    relabel: bool


def advisories(attribution: Attribution, description: Description, knowledge: Knowledge) -> tuple[AdvisoryFinding, ...]:
    """The advisories on record that apply, may apply, or name the model and not its firmware; the firmest first.

    Only where the maker is confirmed, almost certain or likely. "no" is given only where the source names the model and the
    firmware is another; advisories about other models are left out. A relabel's own model names are in no maker's list, so
    there the answer is "maybe" at least. An advisory that was not verified is "maybe" at most.
    """
    maker = attribution.manufacturer
    if maker is None or attribution.grade not in NAMED_GRADES:
        return ()
    records = records_of(knowledge)
    models = tuple(sorted({model for model in (description.model, description.claimed_model) if model}))
    key = ("advisories", maker, attribution.brand, models, description.firmware, description.firmware_date)
    found = records.answers.get(key)
    if isinstance(found, tuple):
        return found
    facts = _Facts(
        maker,
        attribution.brand,
        models,
        read_firmware(description.firmware, description.firmware_date),
        not records.is_own_brand(attribution.brand, maker),
    )
    answers = [_judge(advisory, facts, description) for advisory in _about(facts, records)]
    made = tuple(
        sorted(
            (answer for answer in answers if answer is not None),
            key=lambda answer: (_ORDER[answer.applies], not answer.known_exploited, answer.id),
        )
    )
    if len(records.answers) >= ANSWERS_KEPT:
        records.answers.clear()
    records.answers[key] = made
    return made


def _about(facts: _Facts, records: Records) -> Iterable[Advisory]:
    """Advisories about the maker and its owners, and about the brand on the box, each once."""
    path = ownership_path(facts.maker, records.knowledge)
    found = {advisory.id: advisory for company in path for advisory in records.advisories.get(company, ())}
    for brand in records.brand_ids(facts.brand):
        found |= {advisory.id: advisory for advisory in records.brand_advisories.get(brand, ())}
    return found.values()


def _judge(advisory: Advisory, facts: _Facts, description: Description) -> AdvisoryFinding | None:
    """The answer for one advisory; None where it is about other models."""

    def answer(applies: Applies, why: str) -> AdvisoryFinding:
        return AdvisoryFinding(advisory.id, applies, advisory.exploited, why)

    named = [one for one in advisory.affected if any(names_model(pattern, facts.models) for pattern in one.models)]
    any_model = [one for one in advisory.affected if not one.models]
    if not named and _is_about_other_models(advisory, facts, any_model):
        return None
    ranges = named or any_model
    places = {one: place_of(facts.firmware, one) for one in ranges}
    inside = [one for one in ranges if places[one] == "inside"]
    if named and any(one.certain and one.states_firmware for one in inside):
        if not advisory.verified:
            return answer("maybe", "Its model and firmware are those named; we have not seen the original of this report.")
        return answer(
            "yes", f"Its model is one of those named, and its firmware{_shown(description)} is one that has the flaw."
        )
    if ranges and all(place == "outside" for place in places.values()):
        if not named:
            return None
        return answer(
            "no", f"Its model is one of those named, but its firmware{_shown(description)} is not one that has the flaw."
        )
    return answer("maybe", _doubt(advisory, facts, named, inside))


def _is_about_other_models(advisory: Advisory, facts: _Facts, any_model: list[Affected]) -> bool:
    """True where the source names all models, and the device's own is none of them."""
    return advisory.models_complete and not any_model and bool(facts.models) and not facts.relabel


def _shown(description: Description) -> str:
    if description.firmware_date:
        return f", built {long_date(description.firmware_date)},"
    return f" {clean(description.firmware, 60)}" if description.firmware else ""


def _doubt(advisory: Advisory, facts: _Facts, named: list[Affected], inside: list[Affected]) -> str:
    if not named and not facts.models:
        return "Its model is not known."
    if not named and facts.relabel and facts.brand:
        return f"It is sold as {clean(facts.brand, 60)}; the report names models by the maker's own names."
    if not named:
        return "The report does not name all models it is about."
    if not any(one.states_firmware for one in named):
        return "Its model is one of those named; the report does not say which firmware in a form that can be compared."
    if not advisory.verified:
        return "Its model is one of those named; we have not seen the original of this report."
    if inside:
        return "Its model and firmware are those named, but some firmware of that range is free of the flaw."
    if facts.firmware.built is None and not facts.firmware.numbers:
        return "Its model is one of those named; its firmware is not known."
    return "Its model is one of those named; its firmware cannot be compared with those in the report."
