"""Replies of simulated devices as literal bytes, in the form that real ones have. Source: public protocol facts; values made up."""

from __future__ import annotations

import struct

from samples import packet


def probe_match(
    xaddrs: str, *, types: str = "dn:NetworkVideoTransmitter tds:Device", name: str = "HIKVISION%20DS-2CD2143"
) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:wsadis="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl" \
xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:hikxsd="http://www.onvifext.com/onvif/ext/ver10/schema">
<env:Header><wsadis:MessageID>urn:uuid:cea94000-fb96-11b3-8260-686dbc5cb15d</wsadis:MessageID>
<wsadis:RelatesTo>uuid:00000000-0000-0000-0000-000000000001</wsadis:RelatesTo>
<wsadis:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsadis:Action></env:Header>
<env:Body><d:ProbeMatches><d:ProbeMatch><wsadis:EndpointReference>
<wsadis:Address>urn:uuid:cea94000-fb96-11b3-8260-686dbc5cb15d</wsadis:Address></wsadis:EndpointReference>
<d:Types>{types}</d:Types>
<d:Scopes>onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/name/{name} onvif://www.onvif.org/hardware/DS-2CD2143</d:Scopes>
<d:XAddrs>{xaddrs}</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion>
</d:ProbeMatch></d:ProbeMatches></env:Body></env:Envelope>""".encode()


FAULT = b"""<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery">
<env:Body><env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>d:MatchingRuleNotSupported</env:Value>
</env:Subcode></env:Code><env:Reason><env:Text xml:lang="en">the xml format error</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>"""

SADP = b"""<?xml version="1.0" encoding="UTF-8" ?>
<ProbeMatch><Uuid>ABCDEF00-0000-0000-0000-000000000001</Uuid><Types>inquiry</Types><DeviceType>34</DeviceType>
<DeviceDescription>DS-2CD2143G0-I</DeviceDescription><DeviceSN>DS-2CD2143G0-I20190701AAWRD00000001</DeviceSN>
<CommandPort>8000</CommandPort><HttpPort>%d</HttpPort><MAC>68-6d-bc-00-00-01</MAC><IPv4Address>192.168.1.64</IPv4Address>
<AnalogChannelNum>0</AnalogChannelNum><DigitalChannelNum>1</DigitalChannelNum><SoftwareVersion>V5.6.2build 190701</SoftwareVersion>
<Activated>true</Activated><DetailOEMCode>1</DetailOEMCode><Salt>c0ffee11223344</Salt></ProbeMatch>"""


def dhip(http_port: int) -> bytes:
    body = (
        b'{"mac":"3c:ef:8c:00:00:02","method":"client.notifyDevInfo","params":{"deviceInfo":{"DeviceClass":"IPC","DeviceType":'
        b'"IPC-HDW1431T1-S4","SerialNo":"6J0E022PAG00001","Vendor":"Private","Version":"2.800.0000000.13.R","HttpPort":%d,'
        b'"IPv4Address":{"IPAddress":"10.1.2.3"},"VideoInputChannels":1,"RemoteVideoInputChannels":0}}}' % http_port
    )
    return struct.pack("<I4sIIIIII", 0x20, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def ssdp(location: str) -> bytes:
    return (
        f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\nLOCATION: {location}\r\nSERVER: Linux/4.9, UPnP/1.0, Portable SDK\r\n"
        "ST: upnp:rootdevice\r\nUSN: uuid:Upnp-BasicDevice-1_0-00408C000003::upnp:rootdevice\r\n\r\n"
    ).encode()


UPNP = b"""<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>
<device><deviceType>urn:schemas-upnp-org:device:Basic:1</deviceType><friendlyName>AXIS M1014 - 00408C000003</friendlyName>
<manufacturer>AXIS</manufacturer><modelName>AXIS M1014</modelName><serialNumber>00408C000003</serialNumber>
<UDN>uuid:Upnp-BasicDevice-1_0-00408C000003</UDN></device></root>"""


def soap(body: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema" '
        f'xmlns:hikxsd="http://www.onvifext.com/onvif/ext/ver10/schema"><env:Body>{body}</env:Body></env:Envelope>'
    ).encode()


NOT_AUTHORIZED = soap(
    "<env:Fault><env:Code><env:Value>env:Sender</env:Value><env:Subcode><env:Value>ter:NotAuthorized</env:Value></env:Subcode>"
    "</env:Code></env:Fault>"
)


def clock(year: int = 2026, month: int = 11, day: int = 24, hour: int = 10, minute: int = 1) -> bytes:
    return soap(
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP</tt:DateTimeType>"
        "<tt:DaylightSavings>false</tt:DaylightSavings><tt:UTCDateTime><tt:Time><tt:Hour>"
        f"{hour}</tt:Hour><tt:Minute>{minute}</tt:Minute><tt:Second>2</tt:Second></tt:Time><tt:Date><tt:Year>{year}</tt:Year>"
        f"<tt:Month>{month}</tt:Month><tt:Day>{day}</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>"
        "</tds:GetSystemDateAndTimeResponse>"
    )


SCOPES = soap(
    "<tds:GetScopesResponse><tds:Scopes><tt:ScopeDef>Fixed</tt:ScopeDef><tt:ScopeItem>onvif://www.onvif.org/name/A</tt:ScopeItem>"
    "</tds:Scopes></tds:GetScopesResponse>"
)
INFORMATION = soap(
    "<tds:GetDeviceInformationResponse><tds:Manufacturer>HIKVISION</tds:Manufacturer><tds:Model>DS-2CD2143</tds:Model>"
    "<tds:FirmwareVersion>V5.6.2 build 190701</tds:FirmwareVersion><tds:SerialNumber>S1</tds:SerialNumber>"
    "<tds:HardwareId>88</tds:HardwareId></tds:GetDeviceInformationResponse>"
)


def information_of(serial: str) -> bytes:
    """The same of a device with a serial number that tells it from others."""
    return INFORMATION.replace(b">S1<", f">{serial}<".encode())


def name(text: str) -> bytes:
    return b"".join(bytes([len(part)]) + part.encode() for part in text.rstrip(".").split(".")) + b"\0"


def record(owner: bytes, kind: int, data: bytes, ttl: int = 120) -> bytes:
    return owner + struct.pack(">HHIH", kind, 1, ttl, len(data)) + data


def mdns(service: str, instance: str, port: int, address: str, *, txt: tuple[str, ...] = ()) -> bytes:
    """A whole mDNS answer, written by hand. Source: RFC 1035, 4.1."""
    whole = bytes([len(instance)]) + instance.encode() + name(service)
    target = name("axis-00408c000003.local")
    texts = b"".join(bytes([len(one)]) + one.encode() for one in txt) or b"\0"
    records = [
        record(name(service), 12, whole),
        record(whole, 33, struct.pack(">HHH", 0, 0, port) + target),
        record(whole, 16, texts),
        record(target, 1, bytes(int(part) for part in address.split("."))),
    ]
    return struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0) + b"".join(records)


def dhip_of(host: str, port: int, mac: str, serial: str) -> bytes:
    """Dahua's own answer of a camera that says it is at this address, with its web page at this port."""
    body = packet("dhip/camera")[32:].replace(b'"IPAddress": "10.1.4.1"', f'"IPAddress": "{host}"'.encode())
    body = body.replace(b'"HttpPort": 80', f'"HttpPort": {port}'.encode()).replace(b"3c:ef:8c:00:00:01", mac.encode())
    body = body.replace(b"6C00000PAG00001", serial.encode())
    size = struct.pack("<I", len(body))
    return packet("dhip/camera")[:16] + size + bytes(4) + size + bytes(4) + body


def match_of(host: str, port: int, uuid: str) -> bytes:
    """A WS-Discovery answer of a camera that says its ONVIF is at this address and port."""
    plain = packet("wsdiscovery/dahua-honeywell").replace(b"7a5d1a6e-0f3c-4b3a-9a39-000000000013", uuid.encode())
    plain = plain.replace(b" onvif://www.onvif.org/MAC/00:40:84:00:00:13", b"")
    return plain.replace(b"http://10.1.2.33/", f"http://{host}:{port}/".encode())
