"""WS-Discovery (UDP 3702): the questions we ask, and ProbeMatches, Hello and Uniview's own answer.

Source: WS-Discovery 2005/04; ONVIF Core, chapter Device discovery. Element names are matched without their namespace, because
devices mix the 2005/04 and 2009/01 ones.
"""

from __future__ import annotations

from typing import Literal
from xml.sax.saxutils import escape

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_ipv4, read_uuid, split_url
from camcensus.wire.scopes import collect_scopes, split_scopes
from camcensus.wire.xml import Element, read_xml

VERSION = 1

_DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
_UNIVIEW = "http://www.uniview.com/Ver10/Device/wsdl"
_TYPES = {"nvt": "dn:NetworkVideoTransmitter", "device": "tds:Device", "none": ""}
_ANSWERS = ("ProbeMatch", "Hello", "Bye", "ResolveMatch", "UniviewProbeMatch")
_ONVIF_TYPES = frozenset({"NetworkVideoTransmitter", "NetworkVideoStorage", "NetworkVideoDisplay", "NetworkVideoAnalytics"})


def encode_probe(message_id: str, types: Literal["nvt", "device", "none"], compact: bool = False) -> bytes:
    """A Probe for one of the three variants that together find most devices. `message_id` is a UUID, with or without "uuid:".

    `compact` gives one line without XML declaration, for devices that call the usual layout a format error (a Hikvision did).
    All prefixes are on the Envelope (some firmware ignores others) and the id is "uuid:…" (some ignores "urn:uuid:…").
    """
    wanted = f"<d:Types>{_TYPES[types]}</d:Types>" if _TYPES[types] else ""
    return _envelope(
        message_id,
        action=f"{_DISCOVERY}/Probe",
        namespaces=(
            ("d", _DISCOVERY),
            ("dn", "http://www.onvif.org/ver10/network/wsdl"),
            ("tds", "http://www.onvif.org/ver10/device/wsdl"),
        ),
        body=f"<d:Probe>{wanted}</d:Probe>",
        compact=compact,
    )


def encode_uniview_probe(message_id: str, form: Literal["uniview", "discovery"] = "uniview") -> bytes:
    """Uniview's own Probe on the same port; its recorders answer this one. Two forms are in use, by namespace."""
    namespace = _UNIVIEW if form == "uniview" else _DISCOVERY
    return _envelope(
        message_id,
        action=f"{namespace}/UniviewProbe",
        namespaces=(("tns", namespace), ("dn", "http://www.onvif.org/ver10/network/wsdl")),
        body="<tns:UniviewProbe><tns:Types>dn:NetworkVideoTransmitter</tns:Types></tns:UniviewProbe>",
        compact=False,
    )


def _envelope(message_id: str, *, action: str, namespaces: tuple[tuple[str, str], ...], body: str, compact: bool) -> bytes:
    bare = message_id.removeprefix("urn:").removeprefix("uuid:")
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces)
    parts = (
        '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
        f' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"{declared}><s:Header>',
        f"<a:Action>{action}</a:Action>",
        f"<a:MessageID>uuid:{escape(bare)}</a:MessageID>",
        "<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>",
        "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>",
        f"<s:Body>{body}</s:Body></s:Envelope>",
    )
    if compact:
        return "".join(parts).encode()
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(parts)).encode()


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer or announcement. Raises WireError, also for a question overheard from another computer."""
    document = read_xml(data)
    if document.root.name != "Envelope":
        raise WireError("The reply is not a WS-Discovery message.")
    matches = list(document.root.outermost(*_ANSWERS)) or list(document.root.outermost("UniviewProbeMatches"))
    fault = document.root.find("Fault")
    if not matches and fault is None:
        raise WireError("This is a WS-Discovery question or an empty answer; it names no device.")
    into = Collector()
    into.add("xml.namespace", *document.namespaces)
    into.add("xml.prefix", *document.prefixes)
    action = document.root.text_of("Action")
    into.add("wsd.action", action.rstrip("/").rpartition("/")[2] if action else None)
    if fault is not None:
        into.add("onvif.fault", fault_name(fault))
    for match in matches:
        _collect_match(into, match)
    return into.fields()


def _collect_match(into: Collector, match: Element) -> None:
    reference = match.find("EndpointReference")
    into.add("uuid", read_uuid(reference.text_of("Address") if reference else None))
    types = tuple(name.rpartition(":")[2] for name in (match.text_of("Types") or "").split())
    scopes = split_scopes(match.text_of("Scopes") or "")
    xaddrs = tuple((match.text_of("XAddrs") or "").split())
    into.add("onvif.type", *types)
    into.add("onvif.xaddr", *xaddrs)
    collect_scopes(into, scopes)
    for xaddr in xaddrs:
        parts = split_url(xaddr)
        into.add("ipv4", read_ipv4(parts[1]) if parts else None)
    if match.name in ("ProbeMatch", "Hello"):
        _collect_kind(into, types, scopes, xaddrs)


def _collect_kind(into: Collector, types: tuple[str, ...], scopes: tuple[str, ...], xaddrs: tuple[str, ...]) -> None:
    """Recorders call themselves NetworkVideoTransmitter too, so that type is no kind; printers and computers are "other"."""
    if "NetworkVideoStorage" in types:
        into.add("kind", "recorder")
    elif "NetworkVideoDisplay" in types:
        into.add("kind", "other")
    onvif = (
        not _ONVIF_TYPES.isdisjoint(types)
        or any(scope.lower().startswith("onvif://") for scope in scopes)
        or any("/onvif/" in xaddr.lower() for xaddr in xaddrs)
    )
    if not onvif and types:
        into.add("kind", "other")


def fault_name(fault: Element) -> str | None:
    """The innermost code of a SOAP fault, lower case without prefix: "notauthorized", "matchingrulenotsupported"."""
    values = [element.text for element in fault.all("Value", "faultcode") if element.text]
    return values[-1].rpartition(":")[2].strip().lower() if values else None
