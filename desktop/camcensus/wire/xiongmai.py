"""Xiongmai's discovery (UDP 34569), spoken by all devices on its boards. Only the search is ever built.

Source: answers published by users, and python-dvr. 20-byte header, little endian: ff, version, two zeros, session, sequence,
two zeros, message number, length; then JSON. A malformed question can stop the device, so nothing but this one is sent.
"""

from __future__ import annotations

import struct

from camcensus.model.builds import read_firmware_date
from camcensus.model.errors import WireError
from camcensus.wire.fields import (
    Collector,
    Fields,
    blank_members,
    read_firmware,
    read_ipv4,
    read_json_object,
    read_mac,
    read_number,
    read_port,
    text_of,
)

VERSION = 1

_HEADER = struct.Struct("<BBHIIHHI")
_MAGIC = 0xFF
_SEARCH = 1530
_ANSWER = 1531
_DONE = 100
"""Value of Ret where all went well."""

_SECRETS = ("PassWord", "Password", "password", "PWD", "Pwd", "Passwd", "UserName", "LoginName", "GroupPassword", "PswMD5")


def encode_search() -> bytes:
    """The search message: a header without a body."""
    return _HEADER.pack(_MAGIC, 0, 0, 0, 0, 0, _SEARCH, 0)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError, also for an overheard question.

    The length in the header is not relied on. Addresses are hexadecimal numbers whose lowest byte comes first.
    """
    if len(data) < _HEADER.size:
        raise WireError("The reply is too short for Xiongmai's discovery protocol.")
    magic, _, _, _, _, _, number, _ = _HEADER.unpack_from(data)
    if magic != _MAGIC or number != _ANSWER:
        raise WireError("The reply is not an answer in Xiongmai's discovery protocol.")
    message = read_json_object(data[_HEADER.size :])
    common = message.get("NetWork.NetCommon")
    if not isinstance(common, dict):
        raise WireError("The answer in Xiongmai's discovery protocol names no device.")
    values = {name: text_of(value) for name, value in common.items()}
    into = Collector()
    if message.get("Ret") == _DONE and read_port(values.get("TCPPort")) and any(values.get(name) for name in ("SN", "Version")):
        into.add("xiongmai.answer", str(number))
    firmware = values.get("Version")
    into.add("mac", read_mac(values.get("MAC")))
    into.add("serial", values.get("SN"))
    into.add("firmware", read_firmware(firmware))
    into.add("firmware_date", read_firmware_date(values.get("BuildDate")))
    into.add("hostname", values.get("HostName"))
    into.add("ipv4", _address(values.get("HostIP")))
    into.add("http_port", read_port(values.get("HttpPort")))
    into.add("xiongmai.device_type", values.get("DeviceType"))
    _collect_channels(into, values)
    return into.fields()


def redact(raw: bytes) -> bytes:
    """The answer with names and passwords of logins blanked by "*", the same length.

    The discovery answer is not known to hold any; the same firmware sends them in other messages of this form.
    """
    return blank_members(raw, *_SECRETS)


def _address(text: str | None) -> str | None:
    """ "0x0a01a8c0" as 192.168.1.10; also an address in its plain form."""
    try:
        number = int(text, 16) if text and text.lower().startswith("0x") and len(text) == 10 else None
    except ValueError:
        return None
    return read_ipv4(text if number is None else ".".join(str(byte) for byte in number.to_bytes(4, "little")))


def _collect_channels(into: Collector, values: dict[str, str | None]) -> None:
    channels = read_number(values.get("ChannelNum"), 1024)
    into.add("xiongmai.channels", None if channels is None else str(channels))
    if channels == 1:
        into.add("kind", "camera")
        into.add("channels.analogue", "0")
        into.add("channels.digital", "1")
    elif channels:
        into.add("kind", "recorder")
