"""What is saved of an answer that a device gave to a login: known fields whose values have their usual shape, and no raw bytes.

A device may send back what it was sent. So its page, its headers and any field that is not listed here are dropped, and a value
that holds the login is dropped by whoever knows the login (`discovery/login.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from camcensus.model.errors import WireError
from camcensus.wire.fields import VALUES_LIMIT, Fields

MARK = b'{"fields after login": '
"""How such an answer begins where raw bytes stand otherwise."""

_NAME = r"[\w .,:;/()+&'#*®™°-]{1,120}"
_WORD = r"[A-Za-z0-9][A-Za-z0-9_.:/ -]{0,119}"
_NUMBER = r"[0-9]{1,4}"
_CHANNEL = r'\{"[^\x00-\x1f<>]{1,1500}\}'
_SHAPES = {
    "mac": r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}",
    "serial": r"[A-Za-z0-9][A-Za-z0-9_.:/ -]{0,79}",
    "firmware_date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "uuid": r"[0-9a-fA-F-]{32,36}",
    "ipv4": r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}",
    "kind": r"[a-z-]{1,30}",
    "cloud": r"on|off|able",
    "onvif.scope": r"onvif://[\w.%+/():,&' -]{1,200}",
    "xml.namespace": r"(?:https?://|urn:)[\w.:/-]{1,200}",
    "xml.prefix": r"[\w.-]{0,40}",
    "onvif.topic": r"[\w.:/-]{1,300}",
    **dict.fromkeys(("channels.analogue", "channels.digital", "onvif.video_sources"), _NUMBER),
    **dict.fromkeys(("isapi.channel", "isapi.input", "dahua-cgi.channel", "onvif.channel"), _CHANNEL),
    **dict.fromkeys(
        ("firmware", "onvif.fault", "onvif.service", "isapi.supports", "isapi.oem_code", "isapi.device_type"), _WORD
    ),
    **dict.fromkeys(("dahua-cgi.answer", "dahua-cgi.device_class", "dahua-cgi.processor", "dahua-cgi.rule"), _WORD),
    **dict.fromkeys(("axis-cgi.answer", "axis-cgi.soc", "axis-cgi.hardware_id", "onvif.hardware_id"), _WORD),
    **dict.fromkeys(("manufacturer", "model", "name", "onvif.manufacturer", "onvif.model", "isapi.contact"), _NAME),
    **dict.fromkeys(("dahua-cgi.vendor", "dahua-cgi.device_type", "axis-cgi.brand", "axis-cgi.type"), _NAME),
    **dict.fromkeys(("onvif.analytics_module", "onvif.analytics_type", "axis-cgi.application"), _NAME),
}
SHAPES: Mapping[str, re.Pattern[str]] = {name: re.compile(shape) for name, shape in _SHAPES.items()}
"""Each field that is saved, and the shape that its values have."""


def kept(fields: Mapping[str, tuple[str, ...]], holds_login: Callable[[str], bool] = lambda _: False) -> Fields:
    """The listed fields, with those of their values that have the field's shape and do not hold the login."""
    found = {
        name: tuple(one for one in values[:VALUES_LIMIT] if SHAPES[name].fullmatch(one) and not holds_login(one))
        for name, values in fields.items()
        if name in SHAPES
    }
    return {name: values for name, values in found.items() if values}


def encode(fields: Fields) -> bytes:
    """The fields, as they are saved in the place of raw bytes."""
    return MARK + json.dumps(fields, ensure_ascii=False, sort_keys=True).encode() + b"}"


def decode(data: bytes) -> Fields:
    """The fields again. Raises WireError where they are none."""
    try:
        values = json.loads(data.removeprefix(MARK).removesuffix(b"}"))
        return kept({str(name): tuple(map(str, some)) for name, some in values.items()})
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise WireError("What was saved of an answer to a login cannot be read.") from None
