"""The UPnP device description that an SSDP answer points to. Source: UPnP Device Architecture 1.1, chapter 2."""

from __future__ import annotations

import re

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_mac, read_uuid
from camcensus.wire.xml import Element, read_xml

VERSION = 1

_OTHER = frozenset(
    {
        "internetgatewaydevice",
        "mediaserver",
        "mediarenderer",
        "printer",
        "printerbasic",
        "printerenhanced",
        "scanner",
        "wlanaccesspointdevice",
        "wfadevice",
        "wandevice",
        "hvac_system",
        "dimmablelight",
        "binarylight",
    }
)
"""Device types of the UPnP Forum that are no camera: routers, media servers (a NAS), televisions, printers."""


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of the root device. Raises WireError where it is no device description."""
    document = read_xml(data)
    device = document.root.find("device")
    if document.root.name != "root" or device is None:
        raise WireError("The reply is not a UPnP device description.")
    values = {child.name: child.text for child in reversed(device.children)}
    into = Collector()
    into.add("xml.namespace", *document.namespaces)
    into.add("xml.prefix", *document.prefixes)
    for name, key in (
        ("upnp.manufacturer", "manufacturer"),
        ("manufacturer", "manufacturer"),
        ("upnp.model", "modelName"),
        ("model", "modelName"),
        ("upnp.model_number", "modelNumber"),
        ("upnp.model_description", "modelDescription"),
        ("upnp.device_type", "deviceType"),
        ("upnp.friendly_name", "friendlyName"),
        ("name", "friendlyName"),
        ("serial", "serialNumber"),
    ):
        into.add(name, values.get(key))
    into.add("uuid", read_uuid(values.get("UDN")))
    # Axis gives its MAC address as serial and inside the UDN ("uuid:Upnp-BasicDevice-1_0-ACCC8E000001").
    into.add("mac", _mac_with_letters(values.get("serialNumber")))
    found = re.search(r"-([0-9A-F]{12})$", values.get("UDN", ""), re.I)
    into.add("mac", _mac_with_letters(found[1]) if found and not into.has("uuid") else None)
    into.add("kind", _kind(device))
    return into.fields()


def _mac_with_letters(text: str | None) -> str | None:
    """A MAC address; twelve decimal digits are taken for a serial number."""
    return read_mac(text) if text and re.search("[A-Fa-f:-]", text) else None


def _kind(device: Element) -> str | None:
    name = re.fullmatch(r"urn:[^:]{1,100}:device:([^:]{1,100})(?::[0-9.]{1,8})?", device.text_of("deviceType") or "")
    if not name:
        return None
    bare = name[1].lower()
    return "camera" if bare == "digitalsecuritycamera" else "other" if bare in _OTHER else None
