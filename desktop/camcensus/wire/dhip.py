"""DHIP (UDP 37810): Dahua's own discovery, spoken by all its rebrands. Only the search is ever built.

Source: replies published by users. 32-byte header, little endian: 0x20, "DHIP", session, id, length, 0, length, 0; then JSON.
"""

from __future__ import annotations

import struct
from typing import Any

from camcensus.model.builds import read_firmware_date
from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_firmware, read_ipv4, read_json_object, read_mac, read_number, text_of

VERSION = 2

_HEADER = struct.Struct("<I4sIIIIII")

NEUTRAL_VENDORS = frozenset({"private", "general", "", "none"})
"""Vendor of units sold under no name of their own; also of many Dahua-branded ones."""

_KINDS = {
    "camera": ("IPC", "SD", "PTZ", "ITC", "TPC"),
    "recorder": ("NVR", "HCVR", "XVR", "DVR", "HVR", "EVS", "MHDX", "IVSS"),
    "intercom": ("VTO", "VTH", "VTA", "VTS", "ASI", "ASC"),
    "access-terminal": ("BSC",),
    "encoder": ("NVS",),
}
"""By DeviceClass. "NVD" is a decoder of Dahua's and a recorder of Intelbras's: there the channels decide. "BSC" is the class of
access control, readers and controllers. Source: Dahua's NetSDK, device types of a login (NET_BSC_SERIAL).
"""


def encode_search() -> bytes:
    """The search message; asks for unicast answers. Bare JSON without the header gets none."""
    body = b'{"method":"DHDiscover.search","params":{"mac":"","uni":1}}\n'
    return _HEADER.pack(0x20, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def decode(data: bytes, _ask: str | None = None) -> Fields:
    """Fields of an answer. Bytes after the JSON (0a 00) are tolerated. Raises WireError, also for an overheard question.

    The lengths in the header are not relied on: the JSON says where it ends.
    """
    if len(data) < _HEADER.size:
        raise WireError("The reply is too short for Dahua's discovery protocol.")
    size, magic, *_ = _HEADER.unpack_from(data)
    if size != _HEADER.size or magic != b"DHIP":
        raise WireError("The reply is not in Dahua's discovery protocol.")
    message = read_json_object(data[_HEADER.size :])
    method, params = message.get("method"), message.get("params")
    device = params.get("deviceInfo") if isinstance(params, dict) else None
    if not isinstance(device, dict):
        raise WireError("This is a question or another message in Dahua's discovery protocol; it names no device.")
    into = Collector()
    mac = read_mac(text_of(message.get("mac"))) or read_mac(text_of(device.get("MAC")))
    into.add("mac", mac)
    if mac and text_of(method) == "client.notifyDevInfo":
        into.add("dhip.answer", text_of(method))
    for name, key in (
        ("dhip.vendor", "Vendor"),
        ("dhip.manufacturer", "Manufacturer"),
        ("dhip.device_class", "DeviceClass"),
        ("dhip.device_type", "DeviceType"),
        ("model", "DeviceType"),
        ("serial", "SerialNo"),
        ("name", "MachineName"),
        ("http_port", "HttpPort"),
    ):
        into.add(name, text_of(device.get(key)))
    vendor = text_of(device.get("Vendor")) or ""
    into.add("manufacturer", None if vendor.lower() in NEUTRAL_VENDORS else vendor)
    firmware = text_of(device.get("Version"))
    into.add("firmware", read_firmware(firmware))
    into.add("firmware_date", read_firmware_date(firmware), read_firmware_date(text_of(device.get("BuildDate"))))
    address = device.get("IPv4Address")
    into.add("ipv4", read_ipv4(text_of(address.get("IPAddress"))) if isinstance(address, dict) else None)
    _collect_channels(into, device)
    return into.fields()


def _collect_channels(into: Collector, device: dict[str, Any]) -> None:
    local = read_number(text_of(device.get("VideoInputChannels")), 1024)
    remote = read_number(text_of(device.get("RemoteVideoInputChannels")), 1024)
    kind = kind_of_class(text_of(device.get("DeviceClass"))) or ("recorder" if remote else None)
    into.add("kind", kind)
    if kind is None and (local, remote) == (0, 0):
        into.add("channels.analogue", "0")
        into.add("channels.digital", "0")
    elif kind in ("camera", "intercom") and local is not None:
        into.add("channels.analogue", "0")
        into.add("channels.digital", str(local))
    elif kind is not None:
        into.add("channels.analogue", None if local is None else str(local))
        into.add("channels.digital", None if remote is None else str(remote))


def kind_of_class(device_class: str | None) -> str | None:
    """What a device of a DeviceClass is; None for classes that do not tell."""
    bare = (device_class or "").strip().upper()
    return next((kind for kind, classes in _KINDS.items() if bare in classes), None)
