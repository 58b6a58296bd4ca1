"""ONVIF before login: fixed SOAP questions, and what any answer tells, its namespaces first.

Source: ONVIF Core (device management, events), Media, Analytics. Answers are read by what they hold, not by what was asked,
because devices answer with faults and bridges answer with other things.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, add_firmware, read_ipv4, read_mac, read_uuid
from camcensus.wire.scopes import collect_scopes
from camcensus.wire.wsdiscovery import fault_name
from camcensus.wire.xml import Element, read_xml

VERSION = 3

_TOPICS = "http://www.onvif.org/ver10/topics"
TOPICS_LIMIT = 512
"""An Axis camera has about 150."""

_BODIES = {
    "GetSystemDateAndTime": "<tds:GetSystemDateAndTime/>",
    "GetDeviceInformation": "<tds:GetDeviceInformation/>",
    "GetScopes": "<tds:GetScopes/>",
    "GetServices": "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></tds:GetServices>",
    "GetCapabilities": "<tds:GetCapabilities><tds:Category>All</tds:Category></tds:GetCapabilities>",
    "GetHostname": "<tds:GetHostname/>",
    "GetNetworkInterfaces": "<tds:GetNetworkInterfaces/>",
    "GetEndpointReference": "<tds:GetEndpointReference/>",
}
OPERATIONS: tuple[str, ...] = tuple(_BODIES)
"""The operations that are ever asked; all only read."""


def encode_request(operation: str) -> bytes:
    """The HTTP body that asks one of OPERATIONS, without credentials. Raises KeyError for any other operation."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl">'
        f"<s:Body>{_BODIES[operation]}</s:Body></s:Envelope>"
    ).encode()


def action_of(operation: str) -> str:
    """The SOAP action of one of OPERATIONS, for the Content-Type header."""
    if operation not in _BODIES:
        raise KeyError(operation)
    return f"http://www.onvif.org/ver10/device/wsdl/{operation}"


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of any ONVIF answer, a fault included. Raises WireError where it is no SOAP envelope."""
    document = read_xml(data)
    if document.root.name != "Envelope":
        raise WireError("The reply is not an ONVIF answer.")
    into = Collector()
    into.add("xml.namespace", *document.namespaces)
    into.add("xml.prefix", *document.prefixes)
    body = next((child for child in document.root.children if child.name == "Body"), None)
    if body is None:
        return into.fields()
    for fault in body.children:
        if fault.name == "Fault":
            into.add("onvif.fault", fault_name(fault) or "fault")
    for answer in body.children:
        reader = _READERS.get(answer.name.removesuffix("Response"))
        if reader is not None:
            reader(into, answer)
        _collect_analytics(into, answer)
    return into.fields()


def _device_information(into: Collector, answer: Element) -> None:
    collect_information(into, *map(answer.text_of, INFORMATION))


INFORMATION = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber", "HardwareId")


def collect_information(
    into: Collector, manufacturer: str | None, model: str | None, firmware: str | None, serial: str | None, hardware: str | None
) -> None:
    """Adds what GetDeviceInformation tells, in the order of INFORMATION."""
    into.add("onvif.manufacturer", manufacturer)
    into.add("manufacturer", manufacturer)
    into.add("onvif.model", model)
    into.add("model", model)
    add_firmware(into, firmware)
    into.add("serial", serial)
    into.add("onvif.hardware_id", hardware)
    # Axis uses the MAC address as serial; Pelco writes it into HardwareId.
    into.add("mac", read_mac(serial) if serial and re.search("[A-Fa-f]", serial) else None)
    into.add("mac", read_mac(hardware) if hardware and re.search("[A-Fa-f]", hardware) else None)


def _scopes(into: Collector, answer: Element) -> None:
    collect_scopes(into, (item.text for item in answer.all("ScopeItem")))


def _services(into: Collector, answer: Element) -> None:
    for service in answer.all("Service"):
        into.add("onvif.service", service.text_of("Namespace"))
    _capabilities(into, answer)


def _capabilities(into: Collector, answer: Element) -> None:
    into.add("onvif.xaddr", *(element.text for element in answer.all("XAddr")))


def _hostname(into: Collector, answer: Element) -> None:
    information = answer.find("HostnameInformation")
    into.add("hostname", information.text_of("Name") if information else None)


def _network_interfaces(into: Collector, answer: Element) -> None:
    into.add("mac", *(read_mac(element.text) for element in answer.all("HwAddress")))
    for version in answer.all("IPv4"):
        leased = version.find("FromDHCP") if version.text_of("DHCP") == "true" else None
        into.add("ipv4", *(read_ipv4(element.text) for element in (leased or version).all("Address")))


def _endpoint_reference(into: Collector, answer: Element) -> None:
    into.add("uuid", read_uuid(answer.text_of("GUID")))


def _video_sources(into: Collector, answer: Element) -> None:
    collect_sources(into, [""] * sum(1 for child in answer.children if child.name == "VideoSources"))


def _profiles(into: Collector, answer: Element) -> None:
    """Profiles grouped by the video source they show: at least so many channels."""
    names: dict[str, str] = {}
    for source in answer.outermost("VideoSourceConfiguration"):
        for token in source.all("SourceToken"):
            names.setdefault(token.text, source.text_of("Name") or "")
    collect_sources(into, list(names.values()))


def collect_sources(into: Collector, names: Sequence[str]) -> None:
    """Adds the sources of video in the device's own order, as channels from 1 on; of names only those that tell them apart."""
    into.add("onvif.video_sources", str(len(names)) if names else None)
    if len(names) < 2:
        return
    told_apart = len(set(names)) == len(names)
    for number, name in enumerate(names, 1):
        told = {"id": str(number), "name": name[:200] if told_apart else ""}
        into.add("onvif.channel", json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False))


def _event_properties(into: Collector, answer: Element) -> None:
    """The events that the device can send, as their paths; those that ONVIF names begin with "tns1:".

    Source: WS-Topics 1.3, 6: an element with the attribute topic="true" is a topic, and topics lie in one another.
    """
    into.add("onvif.topic", *_topics(answer.find("TopicSet")))


def _topics(top: Element | None) -> Iterator[str]:
    waiting = [(child, "tns1:" if child.namespace == _TOPICS else "") for child in reversed(top.children if top else [])]
    for _ in range(TOPICS_LIMIT * 4):
        if not waiting:
            return
        element, before = waiting.pop()
        if element.name == "MessageDescription":
            continue
        path = before + element.name
        if element.attributes.get("topic", "").strip().lower() in ("true", "1"):
            yield path
        waiting.extend((child, f"{path}/") for child in reversed(element.children))


def _collect_analytics(into: Collector, answer: Element) -> None:
    """Modules and rules, configured (name and type) and supported (the name is the type)."""
    for element in answer.all("AnalyticsModule", "Rule"):
        into.add("onvif.analytics_module", element.attributes.get("Name"))
        into.add("onvif.analytics_type", element.attributes.get("Type"))
    for element in answer.all("AnalyticsModuleDescription", "RuleDescription"):
        into.add("onvif.analytics_type", element.attributes.get("Name"))


_READERS = {
    "GetDeviceInformation": _device_information,
    "GetScopes": _scopes,
    "GetServices": _services,
    "GetCapabilities": _capabilities,
    "GetHostname": _hostname,
    "GetNetworkInterfaces": _network_interfaces,
    "GetEndpointReference": _endpoint_reference,
    "GetVideoSources": _video_sources,
    "GetProfiles": _profiles,
    "GetEventProperties": _event_properties,
}
