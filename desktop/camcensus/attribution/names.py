"""Brands' names as signs: where one is by itself in a field made for names, and as a word inside a reply's texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from camcensus.attribution.index import VALUES_LIMIT, Index
from camcensus.attribution.sign import SEEN_LIMIT_CHARACTERS, question_of
from camcensus.model.device import Evidence, Observation, Strength

_PIECES = dict.fromkeys(("tls.subject", "tls.issuer"), re.compile(r"(?<==)[^,=]+")) | {
    "mdns.txt": re.compile(r"(?<==).+"),
    "sdp.session": re.compile(r"^(?:Session streamed by )?(.+)$"),
}
"""The values in a certificate's names ("CN=…,O=…"), an announcement ("md=…") and a stream's name."""
LOGIN_TEXTS = 12
"""A login page shows so many texts at most; a page with more may speak of many things that it is not."""
BY_NAME = "name."
BY_WORD = "word."
BY_CAMERA = "word.camera."
BY_MODEL = "word.model."

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

_PRODUCT = "http.product"
_CERTIFICATE = "Its certificate"
_RIGHTS = "The notice of rights in its web page"
_TEXT_FIELDS = {
    "http.title": "The title of its web page",
    "http.text": "A text of its web page",
    "http.realm": "What it says when it asks for a password",
    "http.server": "Its web server",
    "http.copyright": _RIGHTS,
    "http.meta": "The description of its web page",
    _PRODUCT: "A script of its web page",
    "rtsp.realm": "What its video stream says when it asks for a password",
    "rtsp.server": "Its video server",
    "sdp.session": "The name of its video stream",
    "sdp.info": "The description of its video stream",
    "sdp.tool": "Its video server",
    "upnp.model": "The model that it gives on the network",
    "upnp.model_number": "The model that it gives on the network",
    "upnp.model_description": "Its description on the network",
    "tls.subject": _CERTIFICATE,
    "tls.issuer": "The signer of its certificate",
    "ssdp.server": "The system name that it gives on the network",
}
"""Texts that firmware writes and staff cannot easily change, and how each is called in a sentence."""
FIRMWARE_FIELDS = frozenset(_TEXT_FIELDS)
_FREE = frozenset(
    _TEXT_FIELDS[kind] for kind in ("http.title", "http.text", "http.meta", "http.realm", "rtsp.realm", "tls.subject")
)
"""Texts in which people write sentences too: one that is no product's name, and no company's, names nobody."""
_OF_ITSELF = frozenset(_TEXT_FIELDS[kind] for kind in ("http.realm", "http.server", "rtsp.realm", "rtsp.server"))
"""Texts in which firmware speaks of itself alone: of 78 in nmap-service-probes that name one brand, 75 are that company's."""

_SCOPE = re.compile(r"onvif://[^/\s]{1,200}/([^/\s]{1,60})/(.{1,400})", re.I | re.S)
_TYPED_SCOPES = ("name", "location")

_TYPED_FIELDS = {
    "mdns.instance": "The name that it announces",
    "mdns.host": "Its name on the network",
    "hostname": "Its name on the network",
    "upnp.friendly_name": "The name that it gives on the network",
}
"""Texts that staff can type. A brand's word there is weak, whatever is beside it."""


def name_signs(observation: Observation, index: Index) -> Iterator[Evidence]:
    """Brands named by a field made for names."""
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
        why = f"It calls itself {index.brand_name(brand) or brand}."
        yield _sign(f"{BY_NAME}{brand}", brand, strength, value, why, index.source_of(brand), observation)


def word_signs(observation: Observation, index: Index) -> Iterator[Evidence]:
    """Brands named by a word, or by the form of a model number, inside a text of a reply.

    A word is weak. It is strong in a text that firmware writes, that names no other brand, and that also says camera or
    recorder, gives a model number of that brand, is a company's name and nothing else, begins with the name and a product
    code, gives the name as a company's ("… Technology Co., Ltd."), or names a company that we follow in a login window, a
    server's own line or the notice of rights in a page. So is a text that begins with a model number. Ids tell which:
    BY_CAMERA and BY_MODEL are signs of a camera too, other words are not.
    """
    fields = observation.reading.fields
    found: dict[str, tuple[Strength, str, str, str, str]] = {}
    listed = _names_several(fields.get(_PRODUCT, ()), index)
    for value, called, is_typed, is_camera in _texts(fields, index):
        if listed and called == _TEXT_FIELDS[_PRODUCT]:
            continue
        said = index.words_in(value)
        is_free = called in _FREE and not (said.is_own_name and called is _CERTIFICATE)
        if is_free and said.naming == "no":
            continue
        is_weak = is_typed or (is_free and said.naming == "led")
        for brand in said.brands:
            alone = not is_weak and len(said.brands) == 1
            of_camera = alone and (is_camera or said.is_of_camera or brand in said.models)
            of_itself = called is _RIGHTS or called in _OF_ITSELF
            of_company = alone and (said.is_own_name or (of_itself and brand in index.knowledge.manufacturers))
            strength: Strength = "strong" if of_camera or of_company else "weak"
            why = f"{called} names {index.brand_name(brand) or brand}."
            prefix = BY_CAMERA if of_camera else BY_WORD
            _keep(found, f"{prefix}{brand}", (strength, value, why, index.source_of(brand), brand))
        for brand, fingerprint in said.models.items():
            strength = "strong" if said.is_model and not is_weak else "weak"
            why = f"{called} gives a model number in the form of {index.brand_name(brand) or brand}'s."
            _keep(found, f"{BY_MODEL}{brand}", (strength, value, why, fingerprint.source, brand))
    for identity, (strength, value, why, source, brand) in found.items():
        yield _sign(identity, brand, strength, value, why, source, observation)


def _names_several(values: tuple[str, ...], index: Index) -> bool:
    """Whether a page's scripts give products of several brands: a list of what a recorder or a program works with."""
    return len({brand for value in values[:VALUES_LIMIT] for brand in index.words_in(value).brands}) > 1


def _texts(fields: Mapping[str, tuple[str, ...]], index: Index) -> Iterator[tuple[str, str, bool, bool]]:
    """Each text that is looked through, how it is called, whether staff can type it, and whether only cameras have such."""
    for texts, is_typed in ((_TEXT_FIELDS, False), (_TYPED_FIELDS, True)):
        for kind, called in texts.items():
            for value in texts_of(fields, kind, index)[:VALUES_LIMIT]:
                yield value, called, is_typed, False
    for scope in fields.get("onvif.scope", ())[:VALUES_LIMIT]:
        found = _SCOPE.fullmatch(scope)
        if found:
            yield unquote(found[2], errors="replace"), "What it announces", found[1].lower() in _TYPED_SCOPES, True


def texts_of(fields: Mapping[str, tuple[str, ...]], kind: str, index: Index) -> tuple[str, ...]:
    """The texts in a field; those of a page only where they are as few as a login page's, and its title is no sentence."""
    values = fields.get(kind, ())
    if kind in _PIECES:
        return tuple(piece for value in values for piece in _PIECES[kind].findall(value))
    if kind != "http.text":
        return values
    titles = fields.get("http.title", ())
    return values if len(values) <= LOGIN_TEXTS and all(index.words_in(one).naming != "no" for one in titles) else ()


def _keep(
    found: dict[str, tuple[Strength, str, str, str, str]], identity: str, said: tuple[Strength, str, str, str, str]
) -> None:
    held = found.get(identity)
    if held is None or said[:2] < held[:2]:
        found[identity] = said


def _sign(
    identity: str, brand: str, strength: Strength, seen: str, why: str, source: str, observation: Observation
) -> Evidence:
    return Evidence(
        fingerprint=identity,
        probe=observation.probe,
        reply=observation.id,
        family="says",
        group="claim",
        role="brand",
        subject=brand,
        strength=strength,
        seen=seen[:SEEN_LIMIT_CHARACTERS],
        why=why,
        source=source,
        at=observation.at,
        ask=question_of(observation),
    )


def _without_model(name: str, models: Iterable[str]) -> str:
    """What is before the device's own model in its name: "Verkada" of "Verkada CD42" and "Verkada_CD42"; else ""."""
    for model in models:
        if model and name.endswith(model) and (lead := name[: -len(model)]) != (bare := lead.rstrip(" _-")):
            return bare
    return ""


def is_name(sign: Evidence) -> bool:
    """True for a name that is by itself in a field made for names, not found inside other text by a fingerprint."""
    return sign.fingerprint.startswith(BY_NAME)


def is_word(sign: Evidence) -> bool:
    """True for a brand's word or model number inside a text."""
    return sign.fingerprint.startswith(BY_WORD)


def is_of_camera(sign: Evidence) -> bool:
    """True for a sign of a maker that also says something of a camera: all but a brand's name that is only a word."""
    return not is_word(sign) or sign.fingerprint.startswith((BY_CAMERA, BY_MODEL))
