"""Replies written out from published facts: what a device of a maker sends, with invented numbers. None of our encoders is used."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ADDRESS = "10.0.0.5"
HIK_OWN = {
    "hikxsd": "http://www.onvifext.com/onvif/ext/ver10/schema",
    "hikwsd": "http://www.onvifext.com/onvif/ext/ver10/wsdl",
    "tnshik": "http://www.hikvision.com/2011/event/topics",
}
HIK_OEM = {
    "extxsd": "http://www.onvifext.com/onvif/ext/ver10/schema",
    "extwsd": "http://www.onvifext.com/onvif/ext/ver10/wsdl",
    "tnsn": "http://www.eventextension.com/2011/event/topics",
}
"""Namespaces of Hikvision firmware, own brand and for other brands. Source: hawkeye64/onvif-nvt, test/data."""
AXIS_NS = {"aev": "http://www.axis.com/vapix/ws/event1", "tnsaxis": "http://www.axis.com/2009/event/topics"}


@dataclass(frozen=True, slots=True)
class Packet:
    """One reply: the probe it answers, its bytes, and where it came from."""

    probe: str
    raw: bytes
    ask: str | None = None
    port: int | None = None
    mac: str | None = None


def _declared(namespaces: Mapping[str, str]) -> str:
    return "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())


def wsd(
    *scopes: str,
    ns: Mapping[str, str] | None = None,
    types: str = "dn:NetworkVideoTransmitter",
    uuid: str = "7d2f4c0e-8a3b-4f55-9d61-000000000001",
    action: str = "ProbeMatches",
    xaddr: str = f"http://{ADDRESS}/onvif/device_service",
) -> Packet:
    """A ProbeMatch. Scopes are given without "onvif://www.onvif.org/" unless they begin another URI."""
    listed = " ".join(_scope(scope) for scope in scopes)
    raw = (
        '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
        ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"'
        f' xmlns:dn="http://www.onvif.org/ver10/network/wsdl" xmlns:tds="http://www.onvif.org/ver10/device/wsdl"'
        f"{_declared(ns or {})}><s:Header><a:MessageID>urn:uuid:11111111-2222-3333-4444-555555555555</a:MessageID>"
        f"<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/{action}</a:Action></s:Header><s:Body><d:ProbeMatches>"
        f"<d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:{uuid}</a:Address></a:EndpointReference><d:Types>{types}"
        f"</d:Types><d:Scopes>{listed}</d:Scopes><d:XAddrs>{xaddr}</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion>"
        "</d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>"
    )
    return Packet("wsdiscovery", raw.encode(), port=3702)


def _scope(scope: str) -> str:
    return scope if ":" in scope.split("/", maxsplit=1)[0] else f"onvif://www.onvif.org/{scope}"


def soap(operation: str, body: str = "", ns: Mapping[str, str] | None = None) -> Packet:
    """An ONVIF answer."""
    raw = (
        '<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"'
        ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"'
        f"{_declared(ns or {})}><env:Body><tds:{operation}Response>{body}</tds:{operation}Response></env:Body></env:Envelope>"
    )
    return Packet(f"onvif.{operation}", raw.encode(), port=80)


def info(
    manufacturer: str, model: str, firmware: str, serial: str, hardware: str = "", ns: Mapping[str, str] | None = None
) -> Packet:
    """GetDeviceInformation."""
    return soap(
        "GetDeviceInformation",
        f"<tds:Manufacturer>{manufacturer}</tds:Manufacturer><tds:Model>{model}</tds:Model><tds:FirmwareVersion>{firmware}"
        f"</tds:FirmwareVersion><tds:SerialNumber>{serial}</tds:SerialNumber><tds:HardwareId>{hardware}</tds:HardwareId>",
        ns,
    )


def scopes(*listed: str, ns: Mapping[str, str] | None = None) -> Packet:
    """GetScopes."""
    items = "".join(
        f"<tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>{_scope(scope)}</tt:ScopeItem></tds:Scopes>"
        for scope in listed
    )
    return soap("GetScopes", items, ns)


def services(*namespaces: str, ns: Mapping[str, str] | None = None) -> Packet:
    """GetServices."""
    rows = "".join(
        f"<tds:Service><tds:Namespace>{one}</tds:Namespace><tds:XAddr>http://{ADDRESS}/onvif/x</tds:XAddr></tds:Service>"
        for one in ("http://www.onvif.org/ver10/device/wsdl", *namespaces)
    )
    return soap("GetServices", rows, ns)


def interfaces(mac: str) -> Packet:
    """GetNetworkInterfaces."""
    return soap(
        "GetNetworkInterfaces",
        f"<tds:NetworkInterfaces><tt:Info><tt:Name>eth0</tt:Name><tt:HwAddress>{mac}</tt:HwAddress></tt:Info></tds:NetworkInterfaces>",
    )


def modules(*modules: tuple[str, str], ns: Mapping[str, str] | None = None) -> Packet:
    """GetAnalyticsModules: (name, type) each."""
    rows = "".join(f'<tds:AnalyticsModule Name="{name}" Type="{kind}"/>' for name, kind in modules)
    return soap("GetAnalyticsModules", rows, ns)


def refused(operation: str = "GetDeviceInformation", ns: Mapping[str, str] | None = None) -> Packet:
    """An ONVIF fault: no login was given."""
    raw = (
        '<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:ter="http://www.onvif.org/ver10/error"'
        f"{_declared(ns or {})}><env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>"
        "ter:NotAuthorized</env:Value></env:Subcode></env:Code></env:Fault></env:Body></env:Envelope>"
    )
    return Packet(f"onvif.{operation}", raw.encode(), port=80)


def sadp(
    model: str,
    serial: str,
    mac: str,
    firmware: str = "V5.6.2build 190701",
    *,
    oem: int | None = 1,
    digital: int = 1,
    analogue: int = 0,
    disks: int = 0,
) -> Packet:
    """Hikvision's SADP answer. Source: UniversalScanner, hikvision-tooling."""
    code = "" if oem is None else f"<DetailOEMCode>{oem}</DetailOEMCode>"
    raw = (
        '<?xml version="1.0" encoding="UTF-8"?><ProbeMatch><Uuid>6F1E0B52-0000-4000-8000-000000000001</Uuid>'
        f"<Types>inquiry</Types><DeviceType>140001</DeviceType><DeviceDescription>{model}</DeviceDescription>"
        f"<DeviceSN>{serial}</DeviceSN><CommandPort>8000</CommandPort><HttpPort>80</HttpPort><MAC>{mac.replace(':', '-')}</MAC>"
        f"<IPv4Address>{ADDRESS}</IPv4Address><DHCP>true</DHCP><AnalogChannelNum>{analogue}</AnalogChannelNum>"
        f"<DigitalChannelNum>{digital}</DigitalChannelNum><SoftwareVersion>{firmware}</SoftwareVersion>"
        f"<DiskNumber>{disks}</DiskNumber><Activated>true</Activated>{code}</ProbeMatch>"
    )
    return Packet("sadp", raw.encode(), port=37020)


def dhip(
    vendor: str,
    model: str,
    serial: str,
    mac: str,
    version: str = "2.800.0000000.13.R",
    *,
    kind: str = "IPC",
    remote: int = 0,
    manufacturer: str | None = None,
) -> Packet:
    """Dahua's DHIP answer. Source: UniversalScanner, DahuaConsole."""
    info = {
        "DeviceClass": kind, "DeviceType": model, "HttpPort": 80, "IPv4Address": {"IPAddress": ADDRESS},
        "MachineName": serial, "Port": 37777, "RemoteVideoInputChannels": remote, "SerialNo": serial, "Vendor": vendor,
        "Version": version, "VideoInputChannels": 1,
    }  # fmt: skip
    if manufacturer:
        info["Manufacturer"] = manufacturer
    body = json.dumps({"mac": mac, "method": "client.notifyDevInfo", "params": {"deviceInfo": info}}).encode() + b"\n\0"
    return Packet("dhip", struct.pack("<I4sIIIIII", 32, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body, port=37810)


def http(*headers: str, status: str = "200 OK", title: str | None = None, ask: str | None = None, port: int = 80) -> Packet:
    """A web answer."""
    body = f"<html><head><title>{title}</title></head></html>" if title is not None else ""
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body.encode())}"))
    return Packet("http", f"{head}\r\n\r\n{body}".encode(), ask=ask, port=port)


def realm(text: str, *headers: str, scheme: str = "Digest", ask: str | None = None) -> Packet:
    """A web answer that asks for a login."""
    return http(
        f'WWW-Authenticate: {scheme} realm="{text}", nonce="0", qop="auth"', *headers, status="401 Unauthorized", ask=ask
    )


def rtsp(*headers: str, status: str = "401 Unauthorized", ask: str | None = "DESCRIBE") -> Packet:
    """An RTSP answer."""
    head = "\r\n".join((f"RTSP/1.0 {status}", "CSeq: 2", *headers))
    return Packet("rtsp", f"{head}\r\n\r\n".encode(), ask=ask, port=554)


def rtsp_realm(text: str, *headers: str) -> Packet:
    """An RTSP answer that asks for a login."""
    return rtsp(f'WWW-Authenticate: Digest realm="{text}", nonce="0"', *headers)


def ssdp(server: str, st: str = "upnp:rootdevice", uuid: str = "11111111-0000-4000-8000-000000000009") -> Packet:
    """An SSDP answer."""
    raw = f"HTTP/1.1 200 OK\r\nST: {st}\r\nUSN: uuid:{uuid}::{st}\r\nLOCATION: http://{ADDRESS}:49152/d.xml\r\nSERVER: {server}\r\n\r\n"
    return Packet("ssdp", raw.encode(), port=1900)


def upnp(
    manufacturer: str, model: str, serial: str = "1", kind: str = "Basic:1", description: str = "", uuid: str = "x-1"
) -> Packet:
    """A UPnP device description."""
    raw = (
        '<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device>'
        f"<deviceType>urn:schemas-upnp-org:device:{kind}</deviceType><friendlyName>{model}</friendlyName>"
        f"<manufacturer>{manufacturer}</manufacturer><modelDescription>{description}</modelDescription>"
        f"<modelName>{model}</modelName><serialNumber>{serial}</serialNumber><UDN>uuid:{uuid}</UDN></device></root>"
    )
    return Packet("upnp", raw.encode(), port=49152)


def mdns(service: str, instance: str, txt: Sequence[str] = ()) -> Packet:
    """A DNS message about one service instance. Source: RFC 1035, RFC 6763."""

    def name(text: str) -> bytes:
        return b"".join(bytes([len(part)]) + part.encode() for part in text.rstrip(".").split(".")) + b"\0"

    kind = name(f"{service}.local")
    full = bytes([len(instance.encode())]) + instance.encode() + kind
    text = b"".join(bytes([len(one)]) + one.encode() for one in txt) or b"\0"
    records = [(kind, 12, full), (full, 16, text)]
    body = b"".join(owner + struct.pack(">HHIH", number, 1, 120, len(data)) + data for owner, number, data in records)
    return Packet("mdns", struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0) + body, port=5353)


def neighbour(mac: str) -> Packet:
    """A line of the neighbour table."""
    return Packet("neighbour", b"", mac=mac)


def person(basis: str, **said: str) -> Packet:
    """What a person read."""
    return Packet("person", json.dumps({"basis": basis, "who": "A. Bell", "when": "2026-11-20"} | said).encode())


def raw(probe: str, data: bytes, port: int | None = None) -> Packet:
    """Bytes as they are."""
    return Packet(probe, data, port=port)
