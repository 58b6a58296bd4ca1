"""TP-Link's discovery (UDP 20002): Tapo, VIGI and Kasa. Only the search is ever built.

Source: python-kasa. 16-byte header, big endian: version 2, 0, operation 1, length, flags, 0, number, checksum; then JSON.
"""

from __future__ import annotations

import struct
from typing import Any

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, add_firmware, blank_members, read_ipv4, read_json_object, read_mac, text_of

VERSION = 1

_HEADER = struct.Struct(">BBHHBBII")
_VERSION = 2
_FULL = ("device_type", "device_model", "mac")
_SECRETS = ("owner", "device_id", "deviceId", "key", "data", "nonce", "token")
"""`owner` is a hash of the owner's e-mail address; `device_id` is what the maker's cloud knows the device by."""

_KINDS = {"SMART.IPCAMERA": "camera", "SMART.TAPODOORBELL": "intercom"}
_OTHER = ("SMART.TAPO", "SMART.KASA", "IOT.", "SMART.MATTER")
"""Plugs, lamps, switches, hubs, thermostats and vacuum cleaners answer the same question."""


def encode_search() -> bytes:
    """The search message: a header without a body, its checksum included."""
    return _HEADER.pack(_VERSION, 0, 1, 0, 0, 0, 0, 0x463CB5D3)


def decode(data: bytes, _ask: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question. Length and checksum are not relied on."""
    if len(data) < _HEADER.size:
        raise WireError("The reply is too short for TP-Link's discovery protocol.")
    version, *_ = _HEADER.unpack_from(data)
    if version != _VERSION:
        raise WireError("The reply is not in TP-Link's discovery protocol.")
    message = read_json_object(data[_HEADER.size :])
    device = message.get("result")
    if not isinstance(device, dict) or message.get("error_code") not in (0, None):
        raise WireError("This is a question or another message in TP-Link's discovery protocol; it names no device.")
    values = {name: text_of(value) for name, value in device.items()}
    into = Collector()
    mac = read_mac(values.get("mac"))
    if mac and all(values.get(name) for name in _FULL):
        into.add("tp-link.answer", str(version))
    firmware = values.get("firmware_version")
    device_type = values.get("device_type") or ""
    into.add("mac", mac)
    into.add("model", values.get("device_model"))
    into.add("name", values.get("device_name"))
    add_firmware(into, firmware)
    into.add("ipv4", read_ipv4(values.get("ip")))
    into.add("tp-link.device_type", device_type)
    into.add("tp-link.hardware", values.get("hardware_version") or values.get("hw_ver"))
    into.add("kind", _KINDS.get(device_type) or ("other" if device_type.startswith(_OTHER) else None))
    into.add("activated", _activated(device.get("factory_default")))
    into.add("cloud", "able" if device.get("is_support_iot_cloud") is True else None)
    return into.fields()


def redact(raw: bytes) -> bytes:
    """The answer with the owner's hash, the cloud's name for the device and keys blanked by "*", the same length."""
    return blank_members(raw, *_SECRETS)


def _activated(factory_default: Any) -> str | None:
    return {True: "false", False: "true"}[factory_default] if isinstance(factory_default, bool) else None
