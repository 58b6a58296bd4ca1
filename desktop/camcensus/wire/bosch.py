"""Bosch's discovery (question to UDP 1757, answer to 1758). Only the search is ever built.

Source: the layout published with UniversalScanner: 32 bytes that begin with 9939a427, or XML.
"""

from __future__ import annotations

import struct

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, ipv4_of, mac_of, read_ipv4, read_mac
from camcensus.wire.xml import read_xml

VERSION = 1

_MAGIC = 0x9939A427
_QUESTION = 0xFF0006DE
_SIZE_BYTES = 32


def encode_search(transaction: int) -> bytes:
    """The search message. `transaction` is any number of 32 bits; answers repeat it."""
    return struct.pack(">III", _MAGIC, transaction & 0xFFFFFFFF, _QUESTION)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer in either form. Raises WireError, also for an overheard question."""
    into = Collector()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _from_xml(into, data)
    elif len(data) >= _SIZE_BYTES and data[:4] == _MAGIC.to_bytes(4, "big"):
        mac = mac_of(data[8:14])
        into.add("bosch.answer", "binary" if mac else None)
        into.add("mac", mac)
        into.add("ipv4", ipv4_of(data[0x10:0x14]))
    if not into.has("mac") and not into.has("serial"):
        raise WireError("The reply is not an answer in Bosch's discovery protocol.")
    return into.fields()


def _from_xml(into: Collector, data: bytes) -> None:
    document = read_xml(data)
    values = {element.name: element.text for element in document.root.walk() if not element.children}
    mac, serial = read_mac(values.get("physAddress")), values.get("serialNumber")
    into.add("bosch.answer", "xml" if mac and serial and values.get("friendlyName") else None)
    into.add("mac", mac)
    into.add("serial", serial)
    into.add("name", values.get("friendlyName"))
    into.add("bosch.device_type", values.get("deviceTypeIDs"))
    into.add("ipv4", read_ipv4(values.get("unitIPAddress")))
