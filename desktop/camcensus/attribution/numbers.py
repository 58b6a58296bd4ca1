"""Registered blocks of MAC addresses as signs: of the neighbour table, of fields that hold one, and inside a reply's texts."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from camcensus.attribution.index import VALUES_LIMIT, Index
from camcensus.attribution.sign import SEEN_LIMIT_CHARACTERS, Sign, make_sign, question_of, sign_of
from camcensus.model.device import Evidence, Observation, Strength
from camcensus.model.numbers import mac_of_ipv6
from camcensus.model.words import clean

MAC_SOURCE = "ieee-registry"
"""Source id of the registry of MAC addresses."""

FIRMWARE_TEXTS = (
    "http.realm",
    "rtsp.realm",
    "http.title",
    "http.server",
    "http.location",
    "rtsp.server",
    "sdp.session",
    "sdp.info",
    "onvif.scope",
    "onvif.xaddr",
    "uuid",
    "serial",
    "hostname",
    "mdns.host",
    "mdns.txt",
    "ssdp.usn",
    "tls.subject",
)
"""Fields in which firmware writes the device's own MAC address among other words."""

TYPED_TEXTS = ("name", "mdns.instance", "upnp.friendly_name")
"""Fields that staff can type into a device: what is there may be of another device, and is a weak sign."""

_TYPED_SCOPES = ("onvif://www.onvif.org/name/", "onvif://www.onvif.org/location/")
_OTHERS = "id="
"""HomeKit's number of an accessory (TXT "id=") has the form of a MAC address and is drawn by lot."""


def number_signs(observation: Observation, index: Index, macs: Container[str] | None) -> Iterator[Sign]:
    """The signs of the MAC addresses that an observation shows; of the neighbour table only `macs` count, None for all."""
    fields, probe = observation.reading.fields, observation.probe
    stated = fields.get("mac", ())[:VALUES_LIMIT]
    for number in stated:
        yield from _signs(observation, probe, number, index)
    if probe not in ("list", "neighbour"):
        for mac, typed in _within(fields, index).items():
            if mac not in stated:
                yield from _signs(observation, probe, mac, index, typed=typed, within=True)
    made_from = mac_of_ipv6(observation.address) if ":" in observation.address else None
    if observation.mac and (macs is None or observation.mac in macs):
        yield from _signs(observation, "neighbour", observation.mac, index)
    if made_from is not None and made_from != observation.mac:
        yield from _signs(observation, "neighbour", made_from, index)


def _within(fields: Mapping[str, tuple[str, ...]], index: Index) -> dict[str, bool]:
    """MAC addresses of followed blocks inside texts, and whether only texts that staff type hold them."""
    found: dict[str, bool] = {}
    for kinds, typed_kinds in ((FIRMWARE_TEXTS, False), (TYPED_TEXTS, True)):
        for kind in kinds:
            for value in fields.get(kind, ())[:VALUES_LIMIT]:
                if kind == "mdns.txt" and value.startswith(_OTHERS):
                    continue
                typed = typed_kinds or value.startswith(_TYPED_SCOPES)
                for mac in index.macs_in(value):
                    found[mac] = typed and found.get(mac, True)
    return found


def is_own_number(mac: str) -> bool:
    """True for a MAC address that a registry can know: of one card, and not made up by software (locally administered)."""
    try:
        first = int(mac[:2], 16)
    except ValueError:
        return False
    return not first & 3


def _whose(name: str, registrant: str) -> str:
    """Whose a block is, in the registry's own words where it does not name the maker or the brand."""
    if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", registrant, re.IGNORECASE):
        return f"registered to {name}"
    return f"that {name}'s devices have, registered to {registrant}" if name else f"registered to {registrant}"


def _signs(
    observation: Observation, probe: str, mac: str, index: Index, *, typed: bool = False, within: bool = False
) -> Iterator[Sign]:
    knowledge = index.knowledge
    if not is_own_number(mac) or knowledge.is_junk_mac(mac):
        return
    block = index.block_of(mac)
    if block is None:
        return
    ask = None if probe == "neighbour" else question_of(observation)
    if block.role is None or block.subject is None:
        if not within:
            for fingerprint in index.fingerprints_in("registrant", block.registrant):
                seen = f"{mac}, {block.registrant}"[:SEEN_LIMIT_CHARACTERS]
                yield sign_of(fingerprint, observation, seen, probe=probe, ask=ask)
        return
    name = knowledge.name_of(block.subject) if block.role == "manufacturer" else index.brand_name(block.subject)
    beginning = "The MAC address that it gives" if within else "Its MAC address"
    why = f"{beginning} is from a block {_whose(clean(name or ''), clean(block.registrant))}"
    why = f"{why.removesuffix('.')}." if block.exclusive else f"{why}, which other makers' devices can have too."
    strength: Strength = "strong" if block.exclusive and not typed else "weak"
    yield make_sign(
        Evidence(
            fingerprint=f"mac.{block.prefix.lower()}",
            probe=probe,
            reply=observation.id,
            family="says",
            group="mac",
            role=block.role,
            subject=block.subject,
            strength=strength,
            seen=mac,
            why=why,
            source=MAC_SOURCE,
            exclusive=block.exclusive,
            at=observation.at,
            ask=ask,
        )
    )
