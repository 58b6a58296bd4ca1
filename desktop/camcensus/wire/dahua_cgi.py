"""Dahua's CGI: what its firmware says of itself over HTTP, under whatever brand. Lines "key=value".

magicBox.cgi tells what the device is, configManager.cgi how it is set up ("table." before each key): the link to the maker's
cloud, the cameras behind a recorder, the rules of its video analysis.
Source: Dahua's HTTP API, answers in rroller/dahua, and tables that users of recorders published. Read by what the lines say,
not by what was asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from camcensus.model.builds import read_firmware_date
from camcensus.model.errors import WireError
from camcensus.wire.dhip import NEUTRAL_VENDORS, kind_of_class
from camcensus.wire.fields import Collector, Fields, read_firmware, read_ipv4, read_mac, read_number
from camcensus.wire.fields import decode as decode_text

VERSION = 3

LINES_LIMIT = 256
"""getSystemInfo has four lines."""
TABLE_LINES_LIMIT = 8192
"""Of a configuration. A recorder has some 60 lines for each of up to 64 cameras behind it."""

_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_.:\[\]]{0,160})=(.{0,1024})")
_NAMES = "serialNumber deviceType updateSerial processor hardwareVersion version name vendor type class sn"
_KNOWN = frozenset(_NAMES.split())
_FULL = ("serialNumber", "deviceType", "processor")
_SYSTEM_VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z]+){2,}")
"""Firmware versions have three parts at least; a version of the hardware ("1.00") has two."""
_CLOUD = re.compile(r"table\.T2UServer(?:\[0\])?\.Enable")
"""The link to the maker's cloud (P2P)."""
_SLOT = re.compile(r"table\.RemoteDevice\.(?:uuid:)?System_CONFIG_NETCAMERA_INFO_([0-9]{1,4})\.(.{1,80})")
"""A place for a camera at a recorder, counted from 0."""
_UNUSED = frozenset({"", "0.0.0.0", "127.0.0.1", "192.168.0.0"})  # noqa: S104
"""The address that is given for a place that no camera has."""
_NAMES_OF_A_SLOT = ("VideoInputs[0].Name", "Name")
_CHANNEL = (("protocol", "ProtocolType"), ("model", "DeviceType"), ("serial", "SerialNo"), ("firmware", "Version"))
_RULE = re.compile(r"table\.VideoAnalyseRule\[([0-9]{1,4})\]\[([0-9]{1,4})\]\.(Type|Enable)")
_SECRET = re.compile(
    rb"^([^\r\n=]{0,200}[.\]](?:Password|Passwd|PassWord|UserName|User|AuthCode|Token|Secret|Key)[^\r\n=.]{0,40}=)([^\r\n]+)",
    re.I | re.M,
)
_LOGIN_IN_A_LINK = re.compile(rb"(://)([^/@\s]{1,400})(@)")
_CHANNELS = re.compile(r"table\.(?:ProductDefinition\.)?MaxRemoteInputChannels")


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError for a refusal ("Error") and for all that is no such answer."""
    text = decode_text(data)
    if text.lstrip().lower().startswith("error"):
        raise WireError("The device refused the question.")
    values: dict[str, str] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n", TABLE_LINES_LIMIT)[:TABLE_LINES_LIMIT]):
        found = _LINE.fullmatch(line.strip())
        if found and (number < LINES_LIMIT or line.startswith("table.")):
            values.setdefault(found[1], found[2].strip())
    remote = next((value for name, value in values.items() if _CHANNELS.fullmatch(name)), None)
    cloud = next((value for name, value in values.items() if _CLOUD.fullmatch(name)), None)
    slots, rules = _slots(values), tuple(_rules(values))
    if not _KNOWN & values.keys() and remote is None and cloud is None and not slots and not rules:
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
    into.add("dahua-cgi.channel", *(_channel(number, slots[number]) for number in sorted(slots)))
    into.add("dahua-cgi.rule", *rules)
    return into.fields()


def redact(raw: bytes) -> bytes:
    """The answer with the recorder's logins to its cameras blanked by "*", the same length; also those inside links."""
    blanked = _SECRET.sub(lambda found: found[1] + b"*" * len(found[2]), raw)
    return _LOGIN_IN_A_LINK.sub(lambda found: found[1] + b"*" * len(found[2]) + found[3], blanked)


def _slots(values: Mapping[str, str]) -> dict[int, dict[str, str]]:
    """What a recorder has written down of each place for a camera."""
    slots: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        found = _SLOT.fullmatch(name)
        if found:
            slots.setdefault(int(found[1]), {})[found[2]] = value
    return slots


def _channel(number: int, slot: Mapping[str, str]) -> str | None:
    """A channel as one JSON object, as ISAPI's are; None for a place that is switched off or that no camera has.

    Serial number and model are those of the camera behind the recorder, or of one that was there before.
    """
    if slot.get("Enable", "").lower() != "true" or slot.get("Address", "") in _UNUSED:
        return None
    told = {"id": str(number + 1), "name": next((slot[name] for name in _NAMES_OF_A_SLOT if slot.get(name)), "")}
    told |= {name: slot.get(key, "") for name, key in _CHANNEL}
    told["address"] = read_ipv4(slot.get("Address")) or ""
    return json.dumps({name: value[:200] for name, value in told.items() if value}, ensure_ascii=False)


def _rules(values: Mapping[str, str]) -> Iterator[str]:
    """What each rule of the video analysis looks for, and whether it is switched on: "FaceDetection on"."""
    rules: dict[tuple[int, int], dict[str, str]] = {}
    for name, value in values.items():
        found = _RULE.fullmatch(name)
        if found:
            rules.setdefault((int(found[1]), int(found[2])), {})[found[3]] = value
    for _, rule in sorted(rules.items()):
        state = {"true": "on", "false": "off"}.get(rule.get("Enable", "").lower())
        if state and re.fullmatch(r"[A-Za-z0-9_]{1,60}", rule.get("Type", "")):
            yield f"{rule['Type']} {state}"


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
