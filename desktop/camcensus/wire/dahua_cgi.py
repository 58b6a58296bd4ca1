"""magicBox.cgi: what Dahua's firmware tells of itself over HTTP, under whatever brand. Lines "key=value".

Source: Dahua's HTTP API, and answers in rroller/dahua. Read by what the lines say, not by what was asked.
"""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.dhip import NEUTRAL_VENDORS, kind_of_class
from camcensus.wire.fields import Collector
from camcensus.wire.text import decode as decode_text
from camcensus.wire.text import read_firmware, read_firmware_date, read_mac, read_number

VERSION = 2

LINES_LIMIT = 256
"""getSystemInfo has four lines; a long configuration is not what was asked for."""

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_.\[\]]{0,80})=(.{0,1024})")
_NAMES = "serialNumber deviceType updateSerial processor hardwareVersion version name vendor type class sn"
_KNOWN = frozenset(_NAMES.split())
_FULL = ("serialNumber", "deviceType", "processor")
_SYSTEM_VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+){2,}")
"""Firmware versions have three parts at least; a version of the hardware ("1.00") has two."""
_CLOUD = re.compile(r"table\.T2UServer(?:\[0\])?\.Enable")
"""The link to the maker's cloud (P2P)."""
_CHANNELS = re.compile(r"table\.(?:ProductDefinition\.)?MaxRemoteInputChannels")


def decode(data: bytes, ask: str | None = None) -> dict[str, tuple[str, ...]]:
    """Fields of an answer. Raises WireError for a refusal ("Error") and for all that is no such answer."""
    del ask
    text = decode_text(data)
    if text.lstrip().lower().startswith("error"):
        raise WireError("The device refused the question.")
    values: dict[str, str] = {}
    for line in text.replace("\r\n", "\n").split("\n", LINES_LIMIT)[:LINES_LIMIT]:
        found = _LINE.fullmatch(line.strip())
        if found:
            values.setdefault(found[1], found[2].strip())
    remote = next((value for name, value in values.items() if _CHANNELS.fullmatch(name)), None)
    cloud = next((value for name, value in values.items() if _CLOUD.fullmatch(name)), None)
    if not _KNOWN & values.keys() and remote is None and cloud is None:
        raise WireError("The reply is not an answer of Dahua's web interface.")
    into = Collector()
    if all(values.get(name) for name in _FULL):
        into.add("dahua-cgi.answer", "systemInfo")
    device_type = values.get("deviceType")
    model = next((name for name in (values.get("type"), device_type, values.get("updateSerial")) if _is_model(name)), None)
    into.add("serial", values.get("serialNumber"), values.get("sn"))
    into.add("model", model)
    into.add("name", values.get("name"))
    into.add("mac", read_mac(values.get("mac")))
    into.add("dahua-cgi.device_type", device_type)
    into.add("dahua-cgi.processor", values.get("processor"))
    _collect_version(into, values.get("version"))
    _collect_vendor(into, values.get("vendor"))
    into.add("dahua-cgi.device_class", values.get("class"))
    into.add("kind", kind_of_class(values.get("class")))
    into.add("cloud", {"true": "on", "false": "off"}.get((cloud or "").lower()))
    channels = read_number(remote, 1024)
    into.add("channels.digital", str(channels) if channels else None)
    return into.fields()


def _is_model(text: str | None) -> bool:
    """False for the number ("31") that recorders give as deviceType."""
    return bool(text) and not str(text).isdigit()


def _collect_version(into: Collector, version: str | None) -> None:
    firmware = read_firmware(version)
    if firmware and _SYSTEM_VERSION.fullmatch(firmware):
        into.add("firmware", firmware)
        into.add("firmware_date", read_firmware_date(version))


def _collect_vendor(into: Collector, vendor: str | None) -> None:
    into.add("dahua-cgi.vendor", vendor)
    into.add("manufacturer", None if (vendor or "").lower() in NEUTRAL_VENDORS else vendor)
