"""What misleads: false names, copied answers, shared parts, junk values, and things that are no cameras."""

from __future__ import annotations

from labelled.case import Case, case
from labelled.makers import AXIS_MAC, DAHUA_MAC, DAHUA_SERIAL, DAHUA_TAIL, HIK_MAC, HIK_SERIAL, HIK_WSD, PROFILE
from labelled.packets import (
    AXIS_NS,
    HIK_OEM,
    HIK_OWN,
    dhip,
    http,
    info,
    mdns,
    neighbour,
    raw,
    realm,
    refused,
    rtsp,
    rtsp_realm,
    sadp,
    services,
    soap,
    ssdp,
    upnp,
    wsd,
)  # fmt: skip

AXIS_SCOPES = ("Profile/Streaming", "hardware/P3245-V", "name/AXIS%20P3245-V", "location/")
PLAIN = ("Profile/Streaming", "type/video_encoder", "hardware/IPC", "name/IPCAM", "location/china")


def _contradictions() -> list[Case]:
    says_axis = wsd(*AXIS_SCOPES)
    basis = "the name can be set; the protocol, namespaces and realm come with the firmware"
    hik, dahua = sadp("DS-2CD2143G2-I", HIK_SERIAL, HIK_MAC), dhip("Private", "IPC-HDW2431T", DAHUA_SERIAL, DAHUA_MAC)
    return [
        case("contradiction", "says-axis-answers-sadp", "hikvision", says_axis, hik, basis=basis),
        case("contradiction", "says-axis-answers-dhip", "dahua", says_axis, dahua, basis=basis),
        case("contradiction", "says-axis-namespaces-and-realm-of-hikvision", "hikvision", wsd(*AXIS_SCOPES, ns=HIK_OWN),
             realm("IP Camera(K0001)"), basis=basis),
        case("contradiction", "says-axis-oem-namespaces", "hikvision", wsd(*AXIS_SCOPES, ns=HIK_OEM), refused(ns=HIK_OEM),
             basis=basis),
        case("contradiction", "says-axis-with-axis-number-answers-sadp", "hikvision", says_axis, hik, neighbour(AXIS_MAC),
             basis=basis),
        case("contradiction", "says-axis-scopes-of-dahua", "dahua", wsd(*AXIS_SCOPES, *DAHUA_TAIL), basis=basis),
        case("contradiction", "says-bosch-answers-dhip", "dahua", wsd("name/Bosch", "hardware/FLEXIDOME_IP"), dahua, basis=basis),
        case("contradiction", "says-hikvision-answers-dhip", "dahua", wsd(*HIK_WSD), dahua, basis=basis),
        case("contradiction", "says-dahua-answers-sadp", "hikvision", wsd("name/Dahua", "hardware/IPC-HFW1230S"), hik, basis=basis),
        case("contradiction", "says-hanwha-realm-of-dahua", "dahua", wsd("name/Hanwha%20XNV-8080R"),
             realm(f"Login to {DAHUA_SERIAL}"), basis=basis),
        case("contradiction", "name-typed-by-staff", "dahua",
             wsd("location/country/china", "name/Hikvision%20front%20door", "hardware/IPC-HDW2431T", *DAHUA_TAIL), basis=basis),
        case("contradiction", "two-protocols-one-number", None, hik, dhip("Private", "IPC-HDW2431T", DAHUA_SERIAL, HIK_MAC),
             told=False, basis="one box that answers as two makers: nobody can tell"),
        case("contradiction", "realm-of-one-scopes-of-another", None, realm("IP Camera(K0001)"),
             wsd("name/General", "hardware/X", *DAHUA_TAIL), told=False, basis="two strong signs for two makers"),
        case("contradiction", "number-of-hikvision-name-of-axis", None, wsd(*AXIS_SCOPES), neighbour(HIK_MAC), told=False,
             basis="names and numbers only, for two makers"),
        case("contradiction", "sadp-behind-a-dahua-number", "hikvision", hik, neighbour(DAHUA_MAC), basis="the protocol is Hikvision's"),
    ]  # fmt: skip


def _emulators() -> list[Case]:
    """Programs that answer like cameras. Nobody made the device, so every named maker is wrong."""
    basis = "public capture of an emulator that copies Hikvision's namespaces"
    return [
        case("emulator", "hikvision-namespaces", None, wsd(*PLAIN, ns=HIK_OWN), soap("GetSystemDateAndTime", "", HIK_OWN),
             told=False, basis=basis),
        case("emulator", "hikvision-namespaces-and-name", None, wsd(*HIK_WSD, ns=HIK_OWN),
             info("HIKVISION", "emulator", "1.0", "1", "1", HIK_OWN), services(ns=HIK_OWN), told=False, basis=basis),
        case("emulator", "axis-namespaces", None, services(ns=AXIS_NS), told=False, basis="made up after the same pattern"),
        case("emulator", "generic-onvif-server", None, wsd("Profile/Streaming", "name/ONVIF%20Server", "hardware/Linux"),
             info("Happytimesoft", "IPCamera", "2.4", "123456", "1.0"), told=False, basis="a program for a PC"),
        case("emulator", "rtsp-simple-server", None, rtsp("Server: gortsplib", status="200 OK", ask="OPTIONS"), told=False,
             basis="a program for a PC"),
        case("emulator", "gstreamer", None, rtsp("Server: GStreamer RTSP server", status="200 OK"), told=False, basis="a program"),
    ]  # fmt: skip


def _shared() -> list[Case]:
    """Web servers, video servers and chips that many makers use: they name nobody."""
    basis = "a part that many makers share"
    servers = ("Boa/0.94.14rc21", "thttpd/2.25b 29dec2003", "GoAhead-Webs", "lighttpd/1.4.35", "mini_httpd/1.19 19dec2003",
               "uc-httpd 1.0.0", "Cross Web Server", "nginx", "Apache")  # fmt: skip
    found = [
        case("shared", f"server-{number}", None, http(f"Server: {server}"), told=False, basis=basis)
        for number, server in enumerate(servers, 1)
    ]
    found += [
        case("shared", "hipcam", None, rtsp("Server: Hipcam RealServer/V1.0"), told=False, basis="nmap: a board of many brands"),
        case("shared", "dvr-components", "tvt", http("Server: Cross Web Server", title="DVR Components Download"),
             basis="LIFT: the server and page of TVT's firmware"),
        case("shared", "grain-media", None, rtsp("Server: GM Streaming Server v1.0"), told=False, basis="nmap: a chip vendor's"),
        case("shared", "server-names-nobody-and-scopes-tell", "dahua", http("Server: lighttpd/1.4.35"),
             wsd("name/General", "hardware/X", *DAHUA_TAIL), basis=basis),
        case("shared", "boa-and-realm-of-hikvision", "hikvision", realm("IP Camera(K0001)", "Server: Boa/0.94.14rc21"), basis=basis),
        case("shared", "plain-onvif", None, wsd(*PLAIN), refused(), told=False, basis="nothing of any maker in it"),
        case("shared", "plain-onvif-with-chip-number", None, wsd(*PLAIN), neighbour("f4:f2:6d:00:00:01"), told=False,
             basis="a router maker's number on a camera of an unknown maker"),
        case("shared", "tp-link-number-alone", "tp-link", neighbour("00:0a:eb:00:00:01"), told=False,
             basis="TP-Link's blocks are in routers and switches too"),
        case("shared", "d-link-number-alone", "d-link", neighbour("00:0d:88:00:00:01"), told=False, basis="D-Link makes switches too"),
    ]  # fmt: skip
    return found


def _junk() -> list[Case]:
    """Values that are no identity: they must not make a maker out of nothing, nor hide one."""
    return [
        case("junk", "zeros-as-number", None, wsd(*PLAIN, "MAC/00:00:00:00:00:00"), told=False, basis="all zeros"),
        case("junk", "serial-is-address", "reolink", info("Reolink", "RLC-410", "v3.0.0.5428_2509171974", "10005"),
             wsd("name/IPC-BO", "hardware/RLC-410"), basis="onvif-go"),
        case("junk", "hostname-localhost", None, soap("GetHostname", "<tds:HostnameInformation><tt:Name "
             'xmlns:tt="http://www.onvif.org/ver10/schema">localhost</tt:Name></tds:HostnameInformation>'), told=False,
             basis="a default"),
        case("junk", "serial-of-digits", None, info("IPC", "IPC", "1.0", "0123456789"), told=False, basis="a default"),
        case("junk", "squatted-number", "xiongmai", neighbour("00:12:31:00:00:01"), told=False,
             basis="the registrant is another company; boards of Xiongmai use it"),
        case("junk", "made-up-number", "hikvision", sadp("DS-2CD2143G2-I", HIK_SERIAL, "02:00:00:00:00:01"), basis="the protocol"),
        case("junk", "broken-sadp", None, raw("sadp", b"<ProbeMatch><DeviceSN>", 37020), told=False, basis="a cut answer"),
        case("junk", "empty-manufacturer", "hikvision", info(" ", " ", "V5.7.3 build 220112", HIK_SERIAL, "88", HIK_OWN),
             basis="onvif-nvt: fields may be one space"),
        case("junk", "serial-too-short", None, info("Camera", "A1", "1.0", "1"), told=False, basis="a counter"),
        case("junk", "brand-inside-a-word", None, wsd(*PLAIN[:2], "name/Taxistand", "hardware/X1"), told=False,
             basis="the letters of a brand inside another word"),
    ]  # fmt: skip


def _no_cameras() -> list[Case]:
    """Printers, file stores, routers, players: listed as what they are, without a camera's maker."""

    def add(id: str, *packets: object, truth: str | None = None, kind: str = "other") -> Case:
        return case("no-camera", id, truth, *packets, told=False, basis="recog, UPnP Forum, IANA; IEEE registry", kind=kind)  # type: ignore[arg-type]

    return [
        add("hp-printer", http("Server: HP HTTP Server; HP LaserJet M1536dnf MFP")),
        add("brother-printer", http(title="Brother MFC-L5900DW series")),
        add("canon-printer", http("Server: CANON HTTP Server", title="Remote UI: Login: MF632C/634C: MF632C/634C"),
            truth="canon"),
        add("wsd-printer", wsd(types="wprt:PrintDeviceType", xaddr="http://10.0.0.5:80/WebServices/Device")),
        add("wsd-computer", wsd(types="pub:Computer", xaddr="http://10.0.0.5:5357/x")),
        add("ipp-printer", mdns("_ipp._tcp", "Office printer", ("ty=HP LaserJet", "product=(HP)"))),
        add("synology", http(title="Synology&nbsp;DiskStation"), truth="synology"),
        add("nas-media-server", ssdp("Linux UPnP/1.0", st="urn:schemas-upnp-org:device:MediaServer:1"), upnp("QNAP", "TS-453",
            kind="MediaServer:1"), truth="qnap"),
        add("router", ssdp("Linux UPnP/1.0 MiniUPnPd", st="urn:schemas-upnp-org:device:InternetGatewayDevice:1"),
            upnp("TP-Link", "Archer C7", kind="InternetGatewayDevice:1"), truth="tp-link"),
        add("television", upnp("Sony", "BRAVIA", kind="MediaRenderer:1"), truth="sony"),
        add("loudspeaker", ssdp("Linux UPnP/1.0 Sonos", st="urn:schemas-upnp-org:device:MediaRenderer:1")),
        add("file-share", mdns("_smb._tcp", "FILES")),
    ]  # fmt: skip


def _own_protocols() -> list[Case]:
    """Makers' own answers."""
    xm = (
        b"\xff\x01\x00\x00" + b"\0" * 8 + b"\0\0\xfb\x05" + b"\xd2\0\0\0"
        b'{"NetWork.NetCommon":{"HostName":"LocalHost","HostIP":"0x0500000A","MAC":"00:12:31:00:00:02","SN":"0000000000000001",'
        b'"TCPPort":34567,"DeviceType":1,"ChannelNum":1,"Version":"V5.00.R02.00000000.00000.000000.0000000"}}\n\0'
    )
    isapi = (
        b'<?xml version="1.0" encoding="UTF-8"?><DeviceInfo version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">'
        b"<deviceName>IP CAMERA</deviceName><model>DS-2CD2146G2-ISU</model><serialNumber>"
        b"DS-2CD2146G2-ISU20220101AAWRG00000001</serialNumber><firmwareVersion>V5.7.3</firmwareVersion></DeviceInfo>"
    )
    neutral = isapi.replace(b"http://www.hikvision.com/ver20/XMLSchema", b"http://www.isapi.org/ver20/XMLSchema")
    mhed = bytearray(240)
    mhed[:10] = b"MHED" + b"\x08\0\x01\0\x02\0"
    mhed[0x20:0x26] = bytes.fromhex("58e876000001")
    mhed[0xC4:0xCB] = b"TD-9544"
    hanwha = bytearray(262)
    hanwha[0] = 0x0B
    hanwha[0x13:0x24] = b"00:09:18:00:00:01"
    hanwha[0x25:0x2D] = b"10.0.0.5"
    hanwha[0x6D:0x76] = b"XNV-8080R"
    old = bytearray(0x78)
    old[0], old[2] = 0xB3, 0x20
    old += b"3c:ef:8c:00:00:01IPC-HFW2100     "
    sony = b"\xff".join((b"\x02", b"MODEL:SNC-VB770", b"SERIAL:0000001", b"MAC:00-01-4a-00-00-01", b"IPADR:10.0.0.5", b"\x03"))
    vivotek = b"\1\x4a\x5d\x8f\x1c" + b"\x01\x09FD9187-HT" + b"\x02\x06\x00\x02\xd1\0\0\1" + b"\x09\x06FD9187"
    tapo = b"\x02\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0" + (
        b'{"result":{"device_type":"SMART.IPCAMERA","device_model":"C210","firmware_version":"1.4.3 Build 251128 Rel.63757n",'
        b'"hardware_version":"2.0","mac":"00-0A-EB-00-00-01","ip":"10.0.0.5"},"error_code":0}'
    )
    return [
        case("own-protocol", "tvt", "tvt", raw("tvt", bytes(mhed), 23456), basis="public capture of MHED answers", kind="camera"),
        case("own-protocol", "hanwha", "hanwha", raw("hanwha", bytes(hanwha), 7711), basis="universal-scanner", kind="camera"),
        case("own-protocol", "dahua-old", "dahua", raw("dahua-v1", bytes(old), 5050), basis="universal-scanner", kind="camera"),
        case("own-protocol", "sony", "sony", raw("sony", sony, 2380), basis="universal-scanner", kind="camera"),
        case("own-protocol", "vivotek", "vivotek", raw("vivotek", vivotek, 10000), basis="universal-scanner", kind="camera"),
        case("own-protocol", "tapo", "tp-link", raw("tp-link", tapo, 20002), basis="python-kasa"),
        case("own-protocol", "xiongmai", "xiongmai", raw("xiongmai", xm, 34569), basis="python-dvr", kind="camera"),
        case("own-protocol", "isapi", "hikvision", raw("isapi.System/deviceInfo", isapi, 80), basis="hikvision_next"),
        case("own-protocol", "isapi-neutral", "hikvision", raw("isapi.System/deviceInfo", neutral, 80), basis="onvif-nvt"),
        case("own-protocol", "dahua-cgi", "dahua",
             raw("dahua-cgi.getSystemInfo", b"deviceType=IPC-HDW2431T\r\nserialNumber=7J00000PAG00001\r\n", 80),
             basis="rroller/dahua#9"),
        case("own-protocol", "isapi-behind-a-brand", "hikvision", raw("isapi.System/deviceInfo", neutral, 80), rtsp_realm("LTS"),
             basis="hikvision_next"),
    ]  # fmt: skip


def decoys() -> list[Case]:
    """All of them."""
    return [*_contradictions(), *_emulators(), *_shared(), *_junk(), *_no_cameras(), *_own_protocols()]


__all__ = ["PROFILE", "decoys"]
