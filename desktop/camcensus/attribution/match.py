"""Signs in what was seen: fingerprints, registered MAC addresses, brand names, and what people read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from camcensus.attribution.index import VALUES_LIMIT, Index, index_of, plain_name
from camcensus.attribution.names import FIRMWARE_FIELDS, is_name, is_word, name_signs, word_signs
from camcensus.attribution.numbers import number_signs
from camcensus.attribution.sign import SEEN_LIMIT_CHARACTERS, Sign, make_sign, question_of, sign_of
from camcensus.model.device import Evidence, Group, Observation, Role, Strength
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, long_date

QUESTIONS_KEPT = 2
"""One sign is kept from so many questions that it answered: enough to find it another reply than any other sign's."""

BASIS_WORDS = {
    "label": "The label",
    "invoice": "An invoice",
    "supplier-letter": "A letter from the supplier",
    "maker-letter": "A letter from the maker",
    "alike": "The label of another one of this brand and model",
}
LETTERS = frozenset({"supplier-letter", "maker-letter"})
NO_NAMES = frozenset({"generic", "unbranded", "nobrand", "noname", "various", "mixed", "oem", "other"})
"""What staff write where there is no name."""
REGISTER = "register"
"""Basis of what staff recorded in a list of their own."""


def match(
    observations: Iterable[Observation], knowledge: Knowledge, *, macs: Container[str] | None = None
) -> tuple[Evidence, ...]:
    """The signs in the observations of one device, sorted; each fingerprint once for a question, however often it was asked.

    `macs` holds the MAC addresses of the neighbour table that are the device's own; None for all. A router answers for many.
    """
    index = index_of(knowledge)
    found = [sign for observation in observations for sign in _signs(observation, index, macs)]
    listed = _listed(found)
    kept: dict[tuple[str, str], dict[tuple[str, str], Sign]] = {}
    for sign in found:
        if sign.place is None or sign.place == listed[sign.key, sign.arrival[1]]:
            asked = kept.setdefault(sign.key, {})
            held = asked.get(sign.question)
            if held is None or sign.arrival < held.arrival:
                asked[sign.question] = sign
    signs = [asked[question].evidence() for asked in kept.values() for question in sorted(asked)[:QUESTIONS_KEPT]]
    return tuple(sorted(_without_doubles(signs), key=sort_key))


def _listed(signs: Iterable[Sign]) -> dict[tuple[tuple[str, str], str], int]:
    """The one reply that a value in the list of scopes is taken from, by fingerprint, subject and value."""
    first: dict[tuple[tuple[str, str], str], int] = {}
    for sign in signs:
        if sign.place is not None:
            key = (sign.key, sign.arrival[1])
            first[key] = min(sign.place, first.get(key, sign.place))
    return first


def _without_doubles(signs: list[Evidence]) -> list[Evidence]:
    """Leaves out a sign that is only a brand's name where a fingerprint says the same of the same text."""
    told = [sign for sign in signs if sign.role == "brand" and not is_name(sign) and not is_word(sign)]
    return [
        sign
        for sign in signs
        if not (is_name(sign) or is_word(sign))
        or not any(
            other.subject == sign.subject
            and (other.probe, other.ask) == (sign.probe, sign.ask)
            and (is_name(sign) or other.strength <= sign.strength)
            and sign.seen.casefold() in other.seen.casefold()
            for other in told
        )
    ]


def sort_key(sign: Evidence) -> tuple[str | bool, ...]:
    """A total order that does not depend on the order of arrival."""
    return (sign.fingerprint, sign.subject, sign.probe, sign.ask or "", sign.reply, sign.seen, sign.at or "", sign.supports)


def _signs(observation: Observation, index: Index, macs: Container[str] | None) -> Iterator[Sign]:
    if observation.probe == "person":
        yield from map(make_sign, _person_signs(observation, index))
        yield from _serial_signs(observation, index)
        return
    fields = observation.reading.fields
    if fields.get("list.basis") == (REGISTER,):
        yield from _register_signs(observation, index)
    if fields:
        ask, probe = question_of(observation), observation.probe
        for kind, values in fields.items():
            if kind in index.patterns:
                for fingerprint, value in index.signs_in(kind, values[:VALUES_LIMIT]):
                    seen = index.seen_with(fingerprint, value, fields)
                    if seen is not None:
                        yield sign_of(fingerprint, observation, seen[:SEEN_LIMIT_CHARACTERS], probe=probe, ask=ask)
        yield from map(make_sign, name_signs(observation, index))
        yield from map(make_sign, word_signs(observation, index))
        for kind in FIRMWARE_FIELDS & fields.keys():
            for value in fields[kind][:VALUES_LIMIT]:
                for fingerprint, serial in index.words_in(value).serials:
                    yield sign_of(fingerprint, observation, serial[:SEEN_LIMIT_CHARACTERS], probe=probe, ask=ask)
    yield from number_signs(observation, index, macs)


def _person_signs(observation: Observation, index: Index) -> Iterator[Evidence]:
    reading = observation.reading
    basis = reading.first("person.basis") or "label"
    where = BASIS_WORDS.get(basis, "A person's note")
    at = reading.first("person.when") or observation.at

    def sign(role: Role, subject: str, strength: Strength, seen: str, why: str) -> Evidence:
        return Evidence(
            fingerprint=f"person.{basis}.{role}"[:80],
            probe="person",
            reply=observation.id,
            family="says",
            group="person",
            role=role,
            subject=subject,
            strength=strength,
            seen=seen[:SEEN_LIMIT_CHARACTERS],
            why=why,
            source="person",
            at=at,
            ask=observation.id,
        )

    brand, model, maker = (reading.first(name) for name in ("person.brand", "person.model", "person.manufacturer"))
    if brand:
        subject = index.brand_named(brand) or ""
        yield sign("brand", subject, "strong", brand, f"{where} says {clean(brand, 60)}.")
    if model:
        yield sign("model", "", "strong", model, f"{where} names the model.")
    if maker:
        subject = index.maker_named(maker) or ""
        strength: Strength = "conclusive" if basis in LETTERS and subject else "weak"
        named = index.knowledge.name_of(subject) if subject else clean(maker)
        yield sign("manufacturer", subject, strength, maker, f"{where} names {named} as the maker.")


def _register_signs(observation: Observation, index: Index) -> Iterator[Sign]:
    """What staff recorded: the brand in the cell for it; a model or serial number in a maker's form beside it, or alone."""
    reading = observation.reading
    maker, model, serial = (reading.first(f"list.{name}") or "" for name in ("manufacturer", "model", "serial"))
    where = f"list imported {long_date(observation.at)}, row {reading.first('list.row')}"
    where = where if reading.first("list.file") else f"typed on {long_date(observation.at)}"

    def sign(what: str, subject: str, group: Group, seen: str, why: str, strength: Strength = "strong") -> Sign:
        return make_sign(
            Evidence(
                fingerprint=f"register.{what}", probe="list", reply=observation.id, family="says", group=group, role="brand",
                subject=subject, strength=strength, seen=seen[:SEEN_LIMIT_CHARACTERS], why=why, source="person",
                at=observation.at, ask=observation.id,
            )
        )  # fmt: skip

    maker = "" if plain_name(maker) in NO_NAMES else maker
    named = index.brand_of_cell(maker) or index.brand_of_cell(model)
    if maker or named:
        brand = named or index.brand_misspelt(maker) or ""
        said = clean(maker or model, 60)
        like = f", which reads like {index.brand_name(brand)}" if brand and not named else ""
        strength: Strength = "strong" if named or not brand else "weak"
        yield sign("brand", brand, "person", maker or model, f"Your register says {said}{like} ({where}).", strength)
    if model:
        yield make_sign(replace(sign("model", "", "person", model, "Your register names the model.").evidence(), role="model"))
        words = index.words_in(model)
        for brand in words.models if words.is_model else ():
            why = f"Your register gives a model number in the form of {index.brand_name(brand) or brand}'s ({where})."
            yield sign("model-number", brand, "claim", model, why)
    if serial and not named:
        for fingerprint, seen in index.signs_in("serial", (serial,)):
            yield sign_of(fingerprint, observation, seen[:SEEN_LIMIT_CHARACTERS], probe="list", ask=observation.id)


def _serial_signs(observation: Observation, index: Index) -> Iterator[Sign]:
    """What the serial number on a label says: makers number by forms of their own, whatever brand is on the box."""
    fields = observation.reading.fields
    if fields.get("person.basis") == ("label",):
        for fingerprint, serial in index.signs_in("serial", fields.get("person.serial", ())[:VALUES_LIMIT]):
            seen = index.seen_with(fingerprint, serial, fields)
            if seen is not None:
                yield sign_of(fingerprint, observation, seen[:SEEN_LIMIT_CHARACTERS], probe="person", ask=observation.id)


def model_of(observations: Iterable[Observation]) -> str | None:
    """The model for which brand records are looked up: what a person read last, else the device's own word; or None."""
    read: list[tuple[str, str]] = []
    said: dict[str, int] = {}
    for observation in observations:
        reading = observation.reading
        for value in reading.all("person.model"):
            read.append((reading.first("person.when") or observation.at, value))
        for value in (*reading.all("model"), *(reading.all("list.model") if reading.first("list.basis") else ())):
            said[value] = said.get(value, 0) + 1
    if read:
        return max(read)[1]
    return min(said, key=lambda value: (-said[value], value)) if said else None
