"""ONVIF scopes: what a device says of itself before login, as WS-Discovery and GetScopes carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from camcensus.wire.fields import Collector, add_firmware, read_mac

_BEGINS = re.compile(r"[a-z][a-z0-9+.-]{0,20}:(?://|\S{1,200}:)", re.I)
"""A URI begins so: "onvif://…", "urn:schemas-pelco-com:…", "odm:name:…" (Reolink)."""
_ONVIF = re.compile(r"onvif://[^/\s]*/([^/\s]+)/(.*)", re.I | re.S)
_NEUTRAL = frozenset({"none", "null", "unknown", "n/a"})

_CATEGORIES = {
    "mac": "mac",
    "macaddr": "mac",
    "macaddress": "mac",
    "serial": "serial",
    "serialnumber": "serial",
    "version": "firmware",
    "manufacturer": "manufacturer",
    "name": "name",
    "hardware": "model",
}
"""Category of a scope, lower case -> field. Uniview writes macaddr, serial, version, manufacturer; Hikvision and Honeywell MAC;
newer ONVIF releases MacAddress and SerialNumber. Source: ONVIF Core, scope parameters; the replies of those makers."""


def split_scopes(text: str) -> tuple[str, ...]:
    """Scopes of a blank-separated list. A part that begins no URI belongs to the one before: ipycam writes "name/My Camera"."""
    scopes: list[str] = []
    for part in text.split():
        if scopes and not _BEGINS.match(part):
            scopes[-1] += " " + part
        else:
            scopes.append(part)
    return tuple(scopes)


def collect_scopes(into: Collector, scopes: Iterable[str]) -> None:
    """Adds each scope as sent, and what it says as the normalised fields. "+" is literal; percent escapes are decoded."""
    for scope in scopes:
        into.add("onvif.scope", scope)
        found = _ONVIF.fullmatch(scope.strip())
        if not found:
            continue
        category, value = found[1].lower(), unquote(found[2][:4096], errors="replace").strip()
        if category == "type":
            _collect_kind(into, value)
        name = _CATEGORIES.get(category)
        if name is None or not value or value.lower() in _NEUTRAL:
            continue
        if name == "mac":
            into.add("mac", read_mac(value))
        elif name == "firmware":
            add_firmware(into, value)
        else:
            into.add(name, value)


def _collect_kind(into: Collector, value: str) -> None:
    """Uniview writes type/IPC and type/NVR. Other makers' types (video_encoder, ptz) are parts, not kinds."""
    kind = {"ipc": "camera", "nvr": "recorder", "dvr": "recorder"}.get(value.lower())
    into.add("kind", kind)
