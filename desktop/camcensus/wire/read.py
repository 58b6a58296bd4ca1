"""The one door to the codecs: what a reply to a probe says. Never raises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType, ModuleType

from camcensus.model import frozen
from camcensus.model.device import EMPTY_FIELDS, UNREAD, Observation, Reading
from camcensus.model.errors import WireError
from camcensus.wire import (
    after_login,
    axis_cgi,
    bosch,
    dahua_cgi,
    dahua_v1,
    dhcp,
    dhip,
    foscam,
    gige_vision,
    hanwha,
    hid,
    http,
    isapi,
    listed,
    mdns,
    neighbour,
    onvif,
    panasonic,
    person,
    rtsp,
    sadp,
    sony,
    ssdp,
    tls,
    tp_link,
    tvt,
    ubiquiti,
    upnp,
    vision360,
    vivotek,
    vstarcam,
    wsdiscovery,
    xiongmai,
)
from camcensus.wire.echoes import blank
from camcensus.wire.fields import Fields

Decode = Callable[[bytes, str | None], Fields]


@frozen
class Codec:
    """A protocol's reader. `version` rises when it reads more, so that what was saved is read again."""

    name: str
    version: int
    decode: Decode
    redact: Callable[[bytes], bytes] | None = None

    @property
    def id(self) -> str:
        """How readings name it: "wsdiscovery/1"."""
        return f"{self.name}/{self.version}"


def _by_name(modules: Mapping[str, ModuleType]) -> Mapping[str, Codec]:
    found = {name: Codec(name, one.VERSION, one.decode, getattr(one, "redact", None)) for name, one in modules.items()}
    return MappingProxyType(found)


CODECS = _by_name(
    {
        "wsdiscovery": wsdiscovery,
        "sadp": sadp,
        "dhip": dhip,
        "dahua-v1": dahua_v1,
        "hanwha": hanwha,
        "bosch": bosch,
        "vivotek": vivotek,
        "panasonic": panasonic,
        "sony": sony,
        "xiongmai": xiongmai,
        "tvt": tvt,
        "tp-link": tp_link,
        "ubiquiti": ubiquiti,
        "foscam": foscam,
        "vstarcam": vstarcam,
        "360-vision": vision360,
        "gige-vision": gige_vision,
        "hid": hid,
        "ssdp": ssdp,
        "upnp": upnp,
        "mdns": mdns,
        "dhcp": dhcp,
        "http": http,
        "rtsp": rtsp,
        "tls": tls,
        "neighbour": neighbour,
        "list": listed,
        "person": person,
    }
)
"""By probe. `codec_of` also knows the prefixed probes."""

PREFIX_CODECS: Mapping[str, Codec] = MappingProxyType(
    {
        f"{name}.": codec
        for name, codec in _by_name({"onvif": onvif, "isapi": isapi, "dahua-cgi": dahua_cgi, "axis-cgi": axis_cgi}).items()
    }
)
"""By the beginning of the probe: "onvif.GetScopes" is read by the codec of "onvif."."""


def codec_of(probe: str) -> Codec | None:
    """The codec that reads a probe's replies, None where none does yet."""
    found = CODECS.get(probe)
    if found is not None:
        return found
    return next((codec for prefix, codec in PREFIX_CODECS.items() if probe.startswith(prefix)), None)


def read(probe: str, ask: str | None, raw: bytes) -> Reading:
    """What a reply says. State "unread" where no codec reads the probe, "broken" with the reason where the reply is faulty.

    Any exception but WireError would be a defect of a codec; it, too, is given as "broken": one reply cannot end a scan.
    """
    codec = codec_of(probe)
    if codec is None:
        return UNREAD
    is_after_login = probe not in CODECS and raw.startswith(after_login.MARK)  # CODECS are of a search.
    try:
        fields = after_login.decode(raw) if is_after_login else codec.decode(raw, ask)
    except WireError as error:
        return Reading(state="broken", codec=codec.id, problem=str(error))
    except Exception as error:
        return Reading(state="broken", codec=codec.id, problem=f"The reply could not be read ({type(error).__name__}).")
    return Reading(state="read", fields=fields or EMPTY_FIELDS, codec=codec.id)


def redact(probe: str, raw: bytes) -> bytes:
    """The reply with the ranges blanked that the protocol is known to leak secrets in; the same length, so offsets stay true.

    Called before anything is saved, shown or written. Doing it twice changes nothing more. Blanked now: SADP password salts and
    reset or verification codes; values of Set-Cookie in HTTP and RTSP heads; names and passwords of logins in ISAPI's list of
    channels, in Dahua's, and in Xiongmai's answers; the owner, the cloud's name for the device and keys in TP-Link's; what is
    not known of VStarcam's; and in every protocol what looks like a login (`wire/echoes.py`).
    """
    codec = codec_of(probe)
    if codec is not None and codec.redact is not None:
        raw = codec.redact(raw)
    return raw if probe in _NO_ECHO else blank(raw)


_NO_ECHO = frozenset({"tls", "neighbour", "list", "person"})
"""What is no answer to a request, and must stay as it is: a certificate is known by its bytes."""


def reread(observation: Observation) -> Observation:
    """The observation read by today's codec; the same object where its reading is current."""
    codec = codec_of(observation.probe)
    if codec is None or observation.reading.codec == codec.id:
        return observation
    return replace(observation, reading=read(observation.probe, observation.ask, observation.raw))
