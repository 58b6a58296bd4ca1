"""Signs of what kind a device is, in how it is named: its maker's model names, words it says of itself, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from camcensus.attribution.index import Index
from camcensus.attribution.names import is_of_camera, texts_of
from camcensus.model.device import Evidence, Observation, Strength
from camcensus.model.knowledge import KindPattern, Knowledge
from camcensus.model.words import clean, upper_first

MODEL_FIELDS: Mapping[str, str] = {
    "model": "model name", "onvif.model": "model name", "onvif.hardware_id": "model name", "upnp.model": "model name",
    "upnp.model_number": "model number", "dahua-cgi.device_type": "model name", "person.model": "model name",
    "list.model": "model name",
    "isapi.device_type": "type", "dhip.device_class": "class", "dahua-cgi.device_class": "class", "tvt.device_type": "type",
    "sadp.device_type": "type", "bosch.device_type": "type", "ubiquiti.platform": "platform", "axis-cgi.type": "type",
    "tp-link.device_type": "type", "hostname": "name on the network", "name": "name", "http.title": "web page’s title",
    "http.text": "web page’s text",
    "http.realm": "login window’s name", "rtsp.realm": "video login’s name", "mdns.instance": "announced name",
    "upnp.friendly_name": "name on the network", "http.product": "name in its web page’s script",
    "http.meta": "web page’s description",
}  # fmt: skip
"""Fields that hold a model's name or the maker's word for a class of devices, and what they are called in a sentence."""

TEXT_FIELDS: Mapping[str, str] = {
    "http.title": "the title of its web page",
    "http.text": "a text of its web page", "http.realm": "its login window", "http.server": "its web server",
    "rtsp.realm": "its video server's login", "rtsp.server": "its video server", "upnp.model_description": "its description",
    "upnp.friendly_name": "its name on the network", "upnp.model": "its model name", "mdns.instance": "its announced name",
    "ssdp.server": "its announcement", "tls.subject": "its certificate", "onvif.hardware_id": "its hardware name",
    "model": "its model name", "onvif.model": "its model name", "axis-cgi.type": "its product type",
    "manufacturer": "its maker's name", "person.model": "its model name", "upnp.manufacturer": "its maker's name",
    "upnp.device_type": "its device type", "mdns.txt": "its announcement",
    "http.plugin": "the plug-in of its web page", "http.copyright": "the notice of rights in its web page",
    "http.program": "the version on its web page", "http.meta": "the description of its web page",
    "sdp.session": "the name of its video stream", "sdp.info": "the description of its video stream",
    "sdp.tool": "its video server",
}  # fmt: skip
"""Fields that hold words of a device's own, and where they are, in a sentence."""

TYPED_FIELDS = frozenset({"name", "hostname", "upnp.friendly_name", "mdns.instance"})
"""Names that staff can type in: what they say of a kind is weak."""

_OWN_LINES = frozenset({
    "http.server", "rtsp.server", "ssdp.server", "sdp.tool", "sdp.session", "sdp.info",
    "http.plugin", "http.program", "upnp.device_type", "axis-cgi.type",
})  # fmt: skip
"""Fields in which a program names itself and its parts, in a grammar of its own: there a word says what it says anywhere."""

VALUES_LIMIT = 64
"""Most values of one field that are looked at; a device has a few names, and a recorder's list of channels is no name."""

SEEN_LIMIT_CHARACTERS = 200

_FOR_MODELS = frozenset(MODEL_FIELDS) - TYPED_FIELDS - {
    "http.title", "http.text", "http.realm", "rtsp.realm", "http.product", "http.meta",
}  # fmt: skip
"""Fields made for a model's name, which begin with it, or with its maker's name; any other must be one as a whole."""

_REALMS = frozenset({"http.realm", "rtsp.realm"})
"""What a login window is called is firmware's own word far more often than a page's title is."""

PLURALS: Mapping[str, str] = {
    "recorder": "recorders", "access-terminal": "access terminals", "doorbell": "doorbells", "intercom": "door stations",
    "encoder": "video encoders", "camera": "cameras", "camera-or-recorder": "cameras or recorders",
    "switch": "network switches", "software": "programs for camera pictures", "screen": "screens for camera pictures",
    "printer": "printers", "file-store": "file stores (NAS)", "router": "routers and access points", "phone": "telephones",
    "media-player": "televisions, speakers or media players", "computer": "computers", "door-controller": "door controllers",
    "other": "other things than cameras",
}  # fmt: skip
"""What signs of role "kind" may speak of, several of them in a sentence."""


def kind_signs(observations: Iterable[Observation], signs: Iterable[Evidence], index: Index) -> tuple[Evidence, ...]:
    """The signs of kind in a device's names, each once for a question. `signs` are its other signs: they say whose it is.

    A maker's grammar is a sign on that maker's devices alone. A text in the fixed form of one maker's firmware is read
    by that maker's grammar alone, whoever else the
    device names: the serial number in it may look like another's model. Of several that one name has for one kind, the
    firmest is given.
    """
    told, observations = tuple(signs), tuple(observations)
    kept: dict[tuple[str, str, str], Evidence] = {}
    if all(one.probe in _NO_ANSWERS for one in observations):
        recorded = [one for one in observations if one.reading.first("list.basis")]
        told_of = (*(one for one in observations if one.probe == "person"), *recorded)
    else:
        recorded, told_of = [], tuple(one for one in observations if one.probe not in ("neighbour", "list"))
    in_names = _in_names(told_of, told, index)
    for sign in (*_by_trade(told, index), *in_names, *map(_as_recorded, recorded)):
        key = (sign.fingerprint, sign.probe, sign.ask or "")
        held = kept.get(key)
        if held is None or _arrival(sign) < _arrival(held):
            kept[key] = sign
    return tuple(kept[key] for key in sorted(kept))


_NO_ANSWERS = frozenset({"neighbour", "list", "person"})
"""Where a device answered nothing, what staff recorded says what it is."""


def _as_recorded(observation: Observation) -> Evidence:
    """The kind that a register states."""
    kind = observation.reading.first("list.device") or "camera"
    subject = "may-be-camera" if kind == "unknown" else kind
    why = f"Your register lists it under {PLURALS.get(subject, 'devices that may be cameras')}."
    return Evidence(
        fingerprint="register.kind", probe="list", reply=observation.id, family="says", group="claim", role="kind",
        subject=subject, strength="strong", seen=kind, why=why, source="person", at=observation.at, ask=observation.id,
    )  # fmt: skip


def _arrival(sign: Evidence) -> tuple[str, str, str, str]:
    return (sign.strength, sign.seen, sign.at or "", sign.reply)


def _in_names(observations: Iterable[Observation], signs: Sequence[Evidence], index: Index) -> Iterator[Evidence]:
    knowledge = index.knowledge
    makers_of_all = _makers(signs, knowledge)
    of_firmware: dict[str, list[Evidence]] = {}
    for sign in signs:
        if sign.role == "manufacturer" and sign.family == "does" and sign.strength != "weak":
            of_firmware.setdefault(sign.reply, []).append(sign)
    for observation in observations:
        written = of_firmware.get(observation.id, ())
        for where, named in (("model", MODEL_FIELDS), ("text", TEXT_FIELDS)):
            for name in named:
                for value in texts_of(observation.reading.fields, name, index)[:VALUES_LIMIT]:
                    mine = [sign for sign in written if sign.seen == value[:SEEN_LIMIT_CHARACTERS]]
                    makers = _makers(mine, knowledge) if mine else makers_of_all
                    best: dict[str, tuple[tuple[bool, bool, str], KindPattern, str, Strength]] = {}
                    for one, seen, is_led in _found(where, name, value, index):
                        strength = _strength(one, name, makers, observation.probe)
                        if strength is None or (is_led and strength == "weak" and name not in _REALMS):
                            continue
                        strength = "weak" if is_led else strength
                        rank = (strength == "weak", one.maker is None, one.id)
                        if one.kind not in best or rank < best[one.kind][0]:
                            best[one.kind] = (rank, one, seen, strength)
                    for _, one, seen, strength in best.values():
                        yield _sign(one, observation, name, value, seen, strength, knowledge)


def _found(where: str, name: str, value: str, index: Index) -> Iterator[tuple[KindPattern, str, bool]]:
    """The patterns that a value may match by the grammar of its field, and whether a name that we do not know leads it."""
    if name in _OWN_LINES:
        yield from ((one, hit[0], False) for one, hit in index.kinds.found_in(where, value))
        return
    found = index.kinds.found_in(where, value)
    named = index.words_in(value).naming if found else "no"
    for one, hit in found:
        if named != "no":
            yield one, hit[0], named == "led"
        elif name in _FOR_MODELS and where == "model" and index.begins(value, hit.start()):
            yield one, hit[0], False


def _makers(signs: Iterable[Evidence], knowledge: Knowledge) -> frozenset[str]:
    """The makers and brands that a device's signs name, with the makers of these brands and their parents."""
    told = [sign for sign in signs if sign.role in ("manufacturer", "brand")]
    named = {maker for sign in told for maker in (sign.subject, *sign.subjects)} - {""}
    made = {record.made_by for record in knowledge.brands if record.brand in named and not record.against} if named else set()
    return frozenset(named | made | {knowledge.root_of(one) for one in named | made})


def _strength(one: KindPattern, name: str, makers: frozenset[str], probe: str) -> Strength | None:
    if one.maker is not None and one.maker not in makers:
        return None
    if name == "http.text" and one.maker is None:
        return "weak" if one.strength == "strong" else None
    return "weak" if name in TYPED_FIELDS and probe != "person" else one.strength


def _sign(
    one: KindPattern, observation: Observation, name: str, value: str, seen: str, strength: Strength, knowledge: Knowledge
) -> Evidence:
    plural = PLURALS.get(one.kind, "other things")
    if one.where == "text":
        place = TEXT_FIELDS[name]
        why = f"{upper_first(place)} says “{clean(seen.strip(), 60)}”, a word for {plural}."
    else:
        what, shown = MODEL_FIELDS[name], clean(value, 60)
        if one.maker is not None:
            owner = knowledge.brand_names.get(one.maker) or knowledge.name_of(one.maker)
            why = f"Its {what} is {shown}, and {owner} names {plural} like that."
        else:
            why = f"Its {what} is {shown}, and {plural} are named like that."
    person = observation.probe == "person"
    return Evidence(
        fingerprint=f"named.{one.id}", probe=observation.probe, reply=observation.id, family="says",
        group="person" if person else "claim", role="kind", subject=one.kind, strength=strength,
        seen=value[:SEEN_LIMIT_CHARACTERS], why=why, source=one.source, at=observation.at, ask=observation.ask,
    )  # fmt: skip


def _made_by(sign: Evidence, knowledge: Knowledge) -> set[str]:
    if sign.role != "brand":
        return set()
    return {record.made_by for record in knowledge.brands if record.brand == sign.subject and not record.against}


def _by_trade(signs: Iterable[Evidence], index: Index) -> Iterator[Evidence]:
    """Whose device it is says something of the kind too: one weak sign, of makers of cameras alone where there is one.

    A MAC address alone says less: a maker's network switches have one too. So does a name that is only a weak word of a text,
    but what sends video and names a maker of cameras in the same reply is a camera or recorder.
    """
    told: dict[str, Evidence] = {}
    knowledge = index.knowledge
    for sign in signs:
        if devices := index.kinds.devices.get(sign.fingerprint):
            strength: Strength = "weak" if sign.strength == "weak" else "strong"
            name = f"named.maker.{devices}"
            yield replace(sign, fingerprint=name, role="kind", subject=devices, strength=strength, subjects=())
            continue
        if sign.role not in ("manufacturer", "brand") or (sign.group == "mac" and not sign.exclusive):
            continue
        makers = _made_by(sign, knowledge) or {sign.subject, *sign.subjects} - {""}
        of_cctv = bool(makers) and makers <= index.kinds.of_cctv
        of_camera = is_of_camera(sign)
        speaks_of_video = sign.probe == "rtsp" or "video" in sign.seen.casefold().split()
        if not of_cctv and (sign.subjects or not (of_camera or speaks_of_video)):
            continue
        is_firm = of_camera or sign.strength == "strong"
        subject = "camera-or-recorder" if of_cctv and is_firm and sign.group != "mac" else "may-be-camera"
        if subject in told:
            continue
        known = [knowledge.name_of(one) for one in sign.subjects or (sign.subject,) if one in knowledge.manufacturers]
        name = clean(" or ".join(known) or knowledge.brand_names.get(sign.subject) or sign.seen, 80)
        trade = "a maker of cameras and recorders" if of_cctv else "a name found on cameras and on other things"
        told[subject] = Evidence(
            fingerprint=f"named.maker.{subject}", probe=sign.probe, reply=sign.reply, family=sign.family, group=sign.group,
            role="kind", subject=subject, strength="weak", seen=sign.seen, why=f"It shows a sign of {name}, {trade}.",
            source=sign.source, at=sign.at, ask=sign.ask,
        )  # fmt: skip
    if "camera-or-recorder" in told:
        told.pop("may-be-camera", None)
    yield from told.values()
