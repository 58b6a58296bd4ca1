"""Signs in what was seen: fingerprints, registered MAC addresses, brand names, and what people read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from camcensus.attribution.index import Index, index_of
from camcensus.model.attribution import Evidence, Role, Strength
from camcensus.model.knowledge import Fingerprint, Knowledge
from camcensus.model.observation import Observation
from camcensus.model.words import clean

SEEN_LIMIT_CHARACTERS = 512
"""Longest part of a matched value kept as `seen`."""
VALUES_LIMIT = 512
"""Most values of one field that are matched; the codecs keep no more."""

MAC_SOURCE = "ieee-registry"
"""Source id of the registry of MAC addresses."""

QUESTIONS_KEPT = 2
"""One sign is kept from so many questions that it answered: enough to find it another reply than any other sign's."""

SCOPE_LISTS: tuple[tuple[str, str], ...] = (("wsdiscovery", ""), ("wsdiscovery", "UniviewProbe"), ("onvif.GetScopes", ""))
"""Questions that all get the device's one list of scopes: what stands in it is one cause, however often it is read."""

_BY_NAME = "name."

_NAME_FIELDS: tuple[tuple[str, Strength, int], ...] = (
    ("manufacturer", "strong", 2),
    ("onvif.manufacturer", "strong", 2),
    ("upnp.manufacturer", "strong", 2),
    ("dhip.vendor", "strong", 2),
    ("dhip.manufacturer", "strong", 2),
    ("name", "weak", 3),
)
"""Fields that can hold a brand's name, how much that says, and the fewest characters taken for a name.

A name is what staff can type into the device, so it says less than a maker's field, and two letters of it say nothing.
"""

_NAMING = frozenset(kind for kind, _, _ in _NAME_FIELDS)

BASIS_WORDS = {
    "label": "The label",
    "invoice": "An invoice",
    "supplier-letter": "A letter from the supplier",
    "maker-letter": "A letter from the maker",
    "register": "Your own register",
}
LETTERS = frozenset({"supplier-letter", "maker-letter"})


def match(
    observations: Iterable[Observation], knowledge: Knowledge, *, macs: Container[str] | None = None
) -> tuple[Evidence, ...]:
    """The signs in the observations of one device, sorted; each fingerprint once for a question, however often it was asked.

    `macs` holds the MAC addresses of the neighbour table that are the device's own; None for all. A router answers for many.
    """
    index = index_of(knowledge)
    found = [sign for observation in observations for sign in _signs(observation, index, macs)]
    listed = _listed(found)
    kept: dict[tuple[str, str], dict[tuple[str, str], _Sign]] = {}
    for sign in found:
        if sign.place is None or sign.place == listed[sign.key, sign.arrival[1]]:
            asked = kept.setdefault(sign.key, {})
            held = asked.get(sign.question)
            if held is None or sign.arrival < held.arrival:
                asked[sign.question] = sign
    signs = [asked[question].evidence() for asked in kept.values() for question in sorted(asked)[:QUESTIONS_KEPT]]
    return tuple(sorted(_without_doubles(signs), key=sort_key))


class _Sign(NamedTuple):
    """A sign as far as it is needed to choose between many: most are seen in several replies, and one of each is kept.

    `key` is its fingerprint and subject, `question` what it answered, `arrival` orders signs of one question: strength (as it
    happens, "conclusive" < "strong" < "weak"), what was seen, when, and the reply. `place` is which of SCOPE_LISTS it was read
    in; None for another reply, and for what the answer's envelope shows.
    """

    key: tuple[str, str]
    question: tuple[str, str]
    arrival: tuple[str, str, str, str]
    place: int | None
    made: Evidence | tuple[Fingerprint, Observation, str, str | None]

    def evidence(self) -> Evidence:
        """The sign in full."""
        if isinstance(self.made, Evidence):
            return self.made
        fingerprint, observation, probe, ask = self.made
        return Evidence(
            fingerprint.id, probe, observation.id, fingerprint.family, fingerprint.group, fingerprint.role, fingerprint.subject,
            fingerprint.strength, self.arrival[1], fingerprint.why, fingerprint.source, fingerprint.verified, False,
            observation.at, True, ask,
        )  # fmt: skip


def _made(sign: Evidence) -> _Sign:
    arrival = (sign.strength, sign.seen, sign.at or "", sign.reply)
    question = (sign.probe, sign.ask or "")
    return _Sign((sign.fingerprint, sign.subject), question, arrival, _place(question, sign.group), sign)


def _sign_of(fingerprint: Fingerprint, observation: Observation, seen: str, *, probe: str, ask: str | None) -> _Sign:
    question = (probe, ask or "")
    return _Sign(
        (fingerprint.id, fingerprint.subject), question, (fingerprint.strength, seen, observation.at, observation.id),
        _place(question, fingerprint.group), (fingerprint, observation, probe, ask),
    )  # fmt: skip


def _place(question: tuple[str, str], group: str) -> int | None:
    place = _SCOPE_PLACES.get(question)
    return place if place is not None and group not in ("soap", "protocol") else None


_SCOPE_PLACES = {question: place for place, question in enumerate(SCOPE_LISTS)}


def _listed(signs: Iterable[_Sign]) -> dict[tuple[tuple[str, str], str], int]:
    """The one reply that a value in the list of scopes is taken from, by fingerprint, subject and value."""
    first: dict[tuple[tuple[str, str], str], int] = {}
    for sign in signs:
        if sign.place is not None:
            key = (sign.key, sign.arrival[1])
            first[key] = min(sign.place, first.get(key, sign.place))
    return first


def _without_doubles(signs: list[Evidence]) -> list[Evidence]:
    """Leaves out a sign that is only a brand's name where a fingerprint says the same of the same text."""
    told = [sign for sign in signs if sign.role == "brand" and not sign.fingerprint.startswith(_BY_NAME)]
    return [
        sign
        for sign in signs
        if not sign.fingerprint.startswith(_BY_NAME)
        or not any(
            other.subject == sign.subject
            and (other.probe, other.ask) == (sign.probe, sign.ask)
            and sign.seen.casefold() in other.seen.casefold()
            for other in told
        )
    ]


def sort_key(sign: Evidence) -> tuple[str | bool, ...]:
    """A total order that does not depend on the order of arrival."""
    return (sign.fingerprint, sign.subject, sign.probe, sign.ask or "", sign.reply, sign.seen, sign.at or "", sign.supports)


def _signs(observation: Observation, index: Index, macs: Container[str] | None) -> Iterator[_Sign]:
    if observation.probe == "person":
        yield from map(_made, _person_signs(observation, index))
        return
    fields = observation.reading.fields
    if fields:
        ask, probe = question_of(observation), observation.probe
        for kind, values in fields.items():
            if kind in index.patterns:
                for fingerprint, value in index.signs_in(kind, values[:VALUES_LIMIT]):
                    yield _sign_of(fingerprint, observation, value[:SEEN_LIMIT_CHARACTERS], probe=probe, ask=ask)
        yield from map(_made, _name_signs(observation, index))
        for mac in fields.get("mac", ())[:VALUES_LIMIT]:
            yield from _mac_signs(observation, probe, mac, index)
    if observation.mac and (macs is None or observation.mac in macs):
        yield from _mac_signs(observation, "neighbour", observation.mac, index)


def question_of(observation: Observation) -> str | None:
    """What was asked, None for the plain first question. Uniview's own discovery question shows in the answer's action."""
    if observation.ask is None and observation.reading.first("wsd.action") == "UniviewProbeMatches":
        return "UniviewProbe"
    return observation.ask


def _name_signs(observation: Observation, index: Index) -> Iterator[Evidence]:
    found: dict[str, tuple[str, Strength]] = {}
    if _NAMING.isdisjoint(observation.reading.fields):
        return
    models = observation.reading.all("model")[:VALUES_LIMIT]
    for kind, strength, fewest in _NAME_FIELDS:
        for value in observation.reading.all(kind)[:VALUES_LIMIT]:
            brand = index.brand_named(value) if len(value) >= fewest else None
            if kind == "name" and brand is None:
                bare = _without_model(value, models)
                brand = index.brand_named(bare) if len(bare) >= fewest else None
            if kind == "name" and brand is not None and index.is_common_word(brand):
                continue
            if brand is not None and (brand not in found or (strength == "strong" and found[brand][1] == "weak")):
                found[brand] = (value, strength)
    for brand, (value, strength) in found.items():
        yield Evidence(
            fingerprint=f"{_BY_NAME}{brand}",
            probe=observation.probe,
            reply=observation.id,
            family="says",
            group="claim",
            role="brand",
            subject=brand,
            strength=strength,
            seen=value[:SEEN_LIMIT_CHARACTERS],
            why=f"It calls itself {index.brand_name(brand) or brand}.",
            source=index.source_of(brand),
            at=observation.at,
            ask=question_of(observation),
        )


def _without_model(name: str, models: Iterable[str]) -> str:
    """What stands before the device's own model in its name: "Verkada" of "Verkada CD42" and "Verkada_CD42"; else ""."""
    for model in models:
        if model and name.endswith(model) and (lead := name[: -len(model)]) != (bare := lead.rstrip(" _-")):
            return bare
    return ""


def is_name(sign: Evidence) -> bool:
    """True for a name that stands by itself in a field made for names, not found inside other text by a fingerprint."""
    return sign.fingerprint.startswith(_BY_NAME)


def is_own_number(mac: str) -> bool:
    """True for a MAC address that a registry can know: of one card, and not made up by software (locally administered)."""
    try:
        first = int(mac[:2], 16)
    except ValueError:
        return False
    return not first & 3


def _mac_signs(observation: Observation, probe: str, mac: str, index: Index) -> Iterator[_Sign]:
    knowledge = index.knowledge
    if not is_own_number(mac) or knowledge.is_junk_mac(mac):
        return
    block = index.block_of(mac)
    if block is None:
        return
    ask = None if probe == "neighbour" else question_of(observation)
    if block.role is None or block.subject is None:
        for fingerprint in index.fingerprints_in("registrant", block.registrant):
            seen = f"{mac}, {block.registrant}"[:SEEN_LIMIT_CHARACTERS]
            yield _sign_of(fingerprint, observation, seen, probe=probe, ask=ask)
        return
    name = knowledge.name_of(block.subject) if block.role == "manufacturer" else index.brand_name(block.subject)
    why = f"Its MAC address is from a block registered to {clean(name or block.registrant)}"
    why += "." if block.exclusive else ", which other makers' devices can have too."
    sign = Evidence(
        fingerprint=f"mac.{block.prefix.lower()}",
        probe=probe,
        reply=observation.id,
        family="says",
        group="mac",
        role=block.role,
        subject=block.subject,
        strength="strong" if block.exclusive else "weak",
        seen=mac,
        why=why,
        source=MAC_SOURCE,
        exclusive=block.exclusive,
        at=observation.at,
        ask=ask,
    )
    yield _made(sign)


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
        yield sign("brand", subject, "strong", brand, f"{where} says {index.brand_name(subject) or clean(brand)}.")
    if model:
        yield sign("model", "", "strong", model, f"{where} names the model.")
    if maker:
        subject = index.maker_named(maker) or ""
        strength: Strength = "conclusive" if basis in LETTERS and subject else "weak"
        named = index.knowledge.name_of(subject) if subject else clean(maker)
        yield sign("manufacturer", subject, strength, maker, f"{where} names {named} as the maker.")


def model_of(observations: Iterable[Observation]) -> str | None:
    """The model for which brand records are looked up: what a person read last, else the device's own word; or None."""
    read: list[tuple[str, str]] = []
    said: dict[str, int] = {}
    for observation in observations:
        reading = observation.reading
        for value in reading.all("person.model"):
            read.append((reading.first("person.when") or observation.at, value))
        for value in reading.all("model"):
            said[value] = said.get(value, 0) + 1
    if read:
        return max(read)[1]
    return min(said, key=lambda value: (-said[value], value)) if said else None
