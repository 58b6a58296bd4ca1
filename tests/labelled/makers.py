"""Devices that carry their maker's own name."""

from __future__ import annotations

from labelled.case import Case, case
from labelled.packets import (
    AXIS_NS,
    HIK_OWN,
    dhip,
    http,
    info,
    interfaces,
    mdns,
    modules,
    neighbour,
    realm,
    refused,
    rtsp,
    rtsp_realm,
    sadp,
    scopes,
    services,
    soap,
    ssdp,
    upnp,
    wsd,
)  # fmt: skip

PROFILE = ("Profile/Streaming", "type/video_encoder", "Profile/G")
HIK_MAC, DAHUA_MAC, AXIS_MAC, UNV_MAC = "44:19:b6:00:00:01", "3c:ef:8c:00:00:01", "ac:cc:8e:00:00:01", "48:ea:63:00:00:01"
HIK_SERIAL = "DS-2CD2143G2-I20220101AAWRK00000001"
DAHUA_SERIAL = "7J00000PAG00001"
UNV_SERIAL = "210235C3RT3204000001"
HIK_WSD = (*PROFILE, "hardware/DS-2CD2143G2-I", "name/HIKVISION%20DS-2CD2143G2-I", "location/city/hangzhou")
DAHUA_TAIL = ("Profile/Streaming", "type/Network_Video_Transmitter", "extension/unique_identifier/1")
DAHUA_WSD = ("location/country/china", "name/Dahua", "hardware/IPC-HDW2431T", *DAHUA_TAIL)
UNV_WSD = (
    "Profile/Streaming", "type/video_encoder", "max_resolution/2688*1520", "register_status/offline", "register_server/0.0.0.0",
    "regist_id/0", "type/IPC", "manufacturer/UNIVIEW", "VideoSourceNumber/1", "version/GIPC-B6202.5.6.220101",
    f"serial/{UNV_SERIAL}", "macaddr/48ea63000001", "hardware/IPC2124LE-ADF28KM-G", "location/hangzhou",
    "name/IPC2124LE-ADF28KM-G",
)  # fmt: skip


def _hikvision() -> list[Case]:
    def add(id: str, *packets: object, told: bool = True, kind: str | None = "camera") -> Case:
        return case("hikvision", id, "hikvision", *packets, told=told, basis="onvif-nvt, universal-scanner, recog", kind=kind)  # type: ignore[arg-type]

    own = sadp("DS-2CD2143G2-I", HIK_SERIAL, HIK_MAC)
    return [
        add("sadp", own),
        add("sadp-and-web", own, realm("IP Camera(K0001)")),
        add("sadp-recorder", sadp("DS-7616NI-Q2", "DS-7616NI-Q21620200101CCRRE00000001WCVU", HIK_MAC, "V4.30.005build 200101",
            digital=16, disks=2), kind="recorder"),
        add("sadp-analogue-recorder", sadp("iDS-7208HQHI-M1/S", "iDS-7208HQHI-M1/S0820200101CCWRE00000001WCVU", HIK_MAC,
            analogue=8, digital=2, disks=1), kind="recorder"),
        add("realm-http", realm("IP Camera(K0001)"), kind=None),
        add("realm-rtsp", rtsp_realm("IP Camera(K0001)"), kind=None),
        add("realm-both", realm("IP Camera(K0001)"), rtsp_realm("IP Camera(K0001)"), kind=None),
        add("wsd-without-namespaces", wsd(*HIK_WSD)),
        add("wsd-with-namespaces", wsd(*HIK_WSD, ns=HIK_OWN)),
        add("wsd-and-neighbour", wsd(*HIK_WSD, ns=HIK_OWN), neighbour(HIK_MAC)),
        add("onvif-open", wsd(*HIK_WSD, ns=HIK_OWN), info("HIKVISION", "DS-2CD2143G2-I", "V5.7.3 build 220112", HIK_SERIAL, "88",
            HIK_OWN)),
        add("onvif-closed", refused(ns=HIK_OWN), soap("GetSystemDateAndTime", "", HIK_OWN)),
        add("onvif-closed-and-web", refused(ns=HIK_OWN), realm("IP Camera(K0001)")),
        add("analytics", modules(("MyTamperDetecModule", "hikxsd:TamperEngine"), ("MyLineDetectorModule", "tt:LineDetectorEngine"),
            ns=HIK_OWN)),
        add("old-web", http("Server: App-webs/"), kind=None),
        add("old-recorder-web", http("Server: DNVRS-Webs", "Location: http://10.0.0.5/doc/page/login.asp", status="302 Found"),
            kind=None),
        add("number-only", neighbour(HIK_MAC), kind=None),
        add("number-and-name", neighbour(HIK_MAC), wsd(*PROFILE, "name/HIKVISION%20DS-2CD1021-I", "hardware/DS-2CD1021-I")),
    ]  # fmt: skip


def _dahua() -> list[Case]:
    def add(id: str, *packets: object, told: bool = True, kind: str | None = "camera") -> Case:
        return case("dahua", id, "dahua", *packets, told=told, basis="universal-scanner, dahua-console, recog", kind=kind)  # type: ignore[arg-type]

    own = dhip("Dahua", "IPC-HDW2431T", DAHUA_SERIAL, DAHUA_MAC)
    return [
        add("dhip", own),
        add("dhip-neutral-vendor", dhip("General", "IPC-HFW1230S", DAHUA_SERIAL, DAHUA_MAC)),
        add("dhip-recorder", dhip("Private", "DHI-NVR4208", "5L00000PAZ00002", DAHUA_MAC, kind="NVR", remote=8), kind="recorder"),
        add("dhip-door-station", dhip("Dahua", "VTO2211G-P", "6J00000PAJ00003", DAHUA_MAC, kind="VTO"), kind="intercom"),
        add("scopes", wsd(*DAHUA_WSD)),
        add("scopes-and-neighbour", wsd(*DAHUA_WSD), neighbour(DAHUA_MAC)),
        add("scopes-and-realm", wsd(*DAHUA_WSD), realm(f"Login to {DAHUA_SERIAL}")),
        add("realm-serial", realm(f"Login to {DAHUA_SERIAL}"), kind=None),
        add("realm-hash", realm("Login to 0123456789abcdef0123456789abcdef"), kind=None),
        add("rtsp-realm", rtsp_realm(f"Login to {DAHUA_SERIAL}", "Server: Rtsp Server/3.0"), kind=None),
        add("rtsp-server", rtsp("Server: Dahua Rtsp Server", status="200 OK", ask="OPTIONS"), kind=None),
        add("onvif-open", info("Dahua", "IPC-HDW2431T", "2.800.0000000.13.R, Build Date 2020-09-22", DAHUA_SERIAL, "1.00")),
        add("web-paths", realm("Login to 0123456789abcdef0123456789abcdef", ask="GET /cgi-bin/magicBox.cgi"), neighbour(DAHUA_MAC),
            kind=None),
        add("number-only", neighbour(DAHUA_MAC), kind=None),
    ]  # fmt: skip


def _uniview() -> list[Case]:
    def add(id: str, *packets: object, kind: str | None = "camera") -> Case:
        return case("uniview", id, "uniview", *packets, basis="public captures; IEEE registry", kind=kind)  # type: ignore[arg-type]

    return [
        add("scopes", wsd(*UNV_WSD)),
        add("scopes-twice", wsd(*UNV_WSD), scopes(*UNV_WSD)),
        add("scopes-and-neighbour", wsd(*UNV_WSD), neighbour(UNV_MAC)),
        add("own-question", wsd(*UNV_WSD), wsd(*UNV_WSD, action="UniviewProbeMatches")),
        add("onvif-open", wsd(*UNV_WSD), info("UNIVIEW", "IPC2124LE-ADF28KM-G", "GIPC-B6202.5.6.220101", UNV_SERIAL)),
        add("number-only", neighbour(UNV_MAC), kind=None),
    ]


def _axis() -> list[Case]:
    def add(id: str, *packets: object, kind: str | None = "camera") -> Case:
        return case("axis", id, "axis", *packets, basis="onvif-go, universal-scanner, recog; IEEE registry", kind=kind)  # type: ignore[arg-type]

    listed = ("Profile/Streaming", "Profile/G", "Profile/T", "hardware/P3245-V", "name/AXIS%20P3245-V", "location/")
    device = upnp("AXIS", "AXIS P3245-V", "ACCC8E000001", description="AXIS P3245-V Fixed Dome Network Camera")
    bonjour = mdns("_axis-video._tcp", "AXIS P3245-V - ACCC8E000001", ("macaddress=ACCC8E000001",))
    return [
        add("scopes", wsd(*listed)),
        add("scopes-and-neighbour", wsd(*listed), neighbour(AXIS_MAC)),
        add("mdns", bonjour, kind=None),
        add("upnp", ssdp("Linux/4.9.94-axis5, UPnP/1.0, Portable SDK for UPnP devices/1.6.18"), device),
        add("services", wsd(*listed), services("http://www.axis.com/vapix/ws/action1", ns=AXIS_NS)),
        add("services-and-numbers", services("http://www.axis.com/vapix/ws/event1", ns=AXIS_NS), interfaces(AXIS_MAC)),
        add("closed", refused("GetHostname", AXIS_NS), bonjour),
        add("realm", realm("AXIS_ACCC8E000001"), kind=None),
        add("rtsp-realm", rtsp_realm("AXIS_WS_ACCC8E000001"), kind=None),
        add("onvif-open", info("AXIS", "P3245-V", "11.9.60", "ACCC8E000001", "7D6", AXIS_NS)),
        add("number-only", neighbour(AXIS_MAC), kind=None),
    ]


NAMED: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("bosch", "Bosch", "name/Bosch", "hardware/FLEXIDOME_IP_starlight_8000i", "00:07:5f:00:00:01"),
    ("hanwha", "Hanwha Techwin", "name/Hanwha%20XNV-8080R", "hardware/XNV-8080R", "00:09:18:00:00:01"),
    ("vivotek", "VIVOTEK", "name/VIVOTEK%20FD9187-HT", "hardware/FD9187-HT", "00:02:d1:00:00:01"),
    ("mobotix", "MOBOTIX", "name/MOBOTIX%20M73", "hardware/M73", "00:03:c5:00:00:01"),
    ("panasonic", "Panasonic", "name/Panasonic_WV-S1531LN", "hardware/WV-S1531LN", None),
    ("canon", "Canon", "name/Canon_VB-S30D", "hardware/VB-S30D", None),
    ("sony", "Sony", "name/SONY_SNC-VB770", "hardware/SNC-VB770", None),
    ("geovision", "GeoVision", "name/GeoVision", "hardware/GV-EBD4700", "00:13:e2:00:00:01"),
    ("lilin", "LILIN", "name/LILIN", "hardware/P2R6822E4", "00:0f:fc:00:00:01"),
    ("arecont", "Arecont Vision", "name/Arecont%20Vision", "hardware/AV5115DN", "00:1a:07:00:00:01"),
    ("d-link", "D-Link", "name/DCS-4602EV", "hardware/DCS-4602EV", None),
)
"""Makers, the name they give over ONVIF, and a block of MAC addresses that they alone use, where there is one."""


def _named() -> list[Case]:
    found = []
    for maker, name, scope, hardware, mac in NAMED:
        model = hardware.partition("/")[2]
        listed = ("Profile/Streaming", "type/Network_Video_Transmitter", scope, hardware)
        said = info(name, model, "1.0", "000000000001")
        basis = "the maker's own name over ONVIF; IEEE registry"
        found.append(case("own-name", f"{maker}-says-so", maker, wsd(*listed), said, basis=basis, kind="camera"))
        if mac:
            found.append(case("own-name", f"{maker}-number-only", maker, neighbour(mac), basis="IEEE registry"))
            found.append(case("own-name", f"{maker}-says-so-and-number", maker, wsd(*listed), said, neighbour(mac), basis=basis,
                              kind="camera"))  # fmt: skip
    return found


def _others() -> list[Case]:
    pelco = "urn:schemas-pelco-com:onvif:extensions:1"
    return [
        case("own-name", "pelco-extensions", "pelco", wsd("Profile/G", "hardware/D6230L", pelco, "name/D6230L-A00000001"),
             basis="onvif-nvt, Pelco", kind="camera"),
        case("own-name", "bosch-hardware-id", "bosch", wsd("type/Network_Video_Transmitter", "name/Bosch"),
             info("Bosch", "FLEXIDOME IP starlight 8000i", "7.80.0128", "044500000000000001", "F0004D43"), basis="onvif-go",
             kind="camera"),
        case("own-name", "bosch-web", "bosch", http("Server: VCS-VideoJet-Webserver"), basis="recog"),
        case("own-name", "reolink-scopes", "reolink",
             wsd("type/video_encoder", "location/country/china", "type/network_video_transmitter", "name/IPC-BO",
                 "hardware/ReolinkTrackMixWiFi", "name/IPC", xaddr="http://10.0.0.5:8000/onvif/device_service"),
             basis="onvif-go", kind="camera"),
        case("own-name", "reolink-open", "reolink", info("Reolink", "E1 Zoom", "v3.1.0.2649_23083101", "10005", "IPC_515BA4M"),
             basis="onvif-go: the serial is its address without dots", kind="camera"),
        case("own-name", "vigi", "tp-link", wsd("name/VIGI-C350", "hardware/VIGI-C350", "location/Hong%20Kong",
             "type/NetworkVideoTransmitter", xaddr="http://10.0.0.5:2020/onvif/device_service"),
             basis="python-ws-discovery#56", kind="camera"),
        case("own-name", "tp-link-realm", "tp-link", realm("TP-LINK IP-Camera"), basis="recog"),
        case("own-name", "samsung-rtsp", "hanwha", rtsp_realm("NET-i"), basis="nmap"),
        case("own-name", "samsung-web", "hanwha", realm("iPolis"), basis="recog"),
        case("own-name", "avigilon-web", "avigilon", http("Server: AvigilonOnvifNvt/1.0"), basis="recog"),
        case("own-name", "geovision-web", "geovision", http("Server: GeoHttpServer"), basis="recog"),
        case("own-name", "arecont-realm", "arecont", realm("Arecont Vision", scheme="Basic"), basis="recog"),
        case("own-name", "avtech-ssdp", "avtech", ssdp("Linux/2.x UPnP/1.0 Avtech/1.0"), basis="nmap"),
        case("own-name", "xiongmai-video", "xiongmai", rtsp("Server: H264DVR 1.0"), basis="nmap", told=False),
        case("own-name", "xiongmai-page", "xiongmai", http("Server: uc-httpd 1.0.0", title="NETSurveillance WEB"),
             rtsp("Server: H264DVR 1.0"), basis="nmap; own experience of the page", told=False),
        case("own-name", "mobotix-page", "mobotix", http(title="Redirect to userimage: /control/userimage.html"), basis="recog"),
    ]  # fmt: skip


def _harder() -> list[Case]:
    """Few signs, old firmware, unusual places: each is on record as this maker's, not each is in our fingerprints."""

    def add(id: str, truth: str, *packets: object, basis: str, kind: str | None = None) -> Case:
        return case("harder", id, truth, *packets, basis=basis, kind=kind)  # type: ignore[arg-type]

    return [
        add("hikvision-old-realm", "hikvision", realm("DS-2CD2032-I", scheme="Basic"), basis="protocol notes: older realm DS-…"),
        add("hikvision-isapi-path", "hikvision", realm("IP Camera", ask="GET /ISAPI/System/deviceInfo"), basis="hikvision_next"),
        add("hikvision-sdk-path", "hikvision", http(ask="GET /SDK/webLanguage"), basis="nmap, public scanners"),
        add("hikvision-tls-less-serial", "hikvision", info("", "", "", HIK_SERIAL), basis="the layout of Hikvision's serials"),
        add("dahua-serial-only", "dahua", info("IPC", "IP Camera", "1.0", DAHUA_SERIAL), basis="the layout of Dahua's serials"),
        add("dahua-firmware-only", "dahua", info("IPC", "IP Camera", "2.800.106F004.0.R", "1"), basis="the layout of firmware"),
        add("dahua-hostname", "dahua", soap("GetHostname", '<tds:HostnameInformation><tt:Name>' + DAHUA_SERIAL
            + "</tt:Name></tds:HostnameInformation>"), basis="public captures"),
        add("dahua-magicbox", "dahua", http(status="401 Unauthorized", ask="GET /cgi-bin/magicBox.cgi?action=getSystemInfo"),
            basis="rroller/dahua"),
        add("uniview-lapi", "uniview", wsd("Profile/Streaming", "name/IPC", xaddr="http://10.0.0.5:80/LAPI/V1.0/System/DeviceInfo"),
            basis="public capture of a UniviewProbe answer"),
        add("uniview-serial-only", "uniview", info("", "", "", UNV_SERIAL), basis="the layout of Uniview's serials"),
        add("uniview-namespace", "uniview", soap("GetHostname", "", {"tns": "http://www.uniview.com/Ver10/Device/wsdl"}),
            basis="public capture"),
        add("arecont-mdns", "arecont", mdns("_arec._tcp", "AV5115DN", ("MAC=00-1A-07-00-00-01/AV5115DN",)),
            basis="universal-scanner"),
        add("axis-recorder", "axis", mdns("_axis-nvr._tcp", "AXIS S3008 - ACCC8E000002", ("macaddress=ACCC8E000002",)),
            basis="universal-scanner", kind="recorder"),
        add("xiongmai-scopes", "xiongmai", wsd("type/NetworkVideoTransmitter", "hardware/IPC-model", "location/country/china",
            "name/NVT", xaddr="http://10.0.0.5:8899/onvif/device_service"), basis="python-ws-discovery#56"),
        add("xiongmai-firmware", "xiongmai", info("H264", "NBD8016S", "V4.02.R12.E0000000.00000.000000.00000", "0000000000000001"),
            basis="the layout of firmware"),
        add("reolink-hostname", "reolink", soap("GetHostname", "<tds:HostnameInformation><tt:Name>reolink-cam</tt:Name>"
            "</tds:HostnameInformation>"), basis="home-assistant manifest"),
        add("vivotek-old-name", "vivotek", wsd("Profile/Streaming", "name/vivo_ironman", "hardware/IP8332"), basis="nx_open"),
        add("tiandy-name", "tiandy", info("Tiandy", "TC-C32GN", "1.0", "1"), basis="the maker's own name"),
        add("milesight-name", "milesight", info("Milesight", "MS-C2964-PB", "40.7.0.77", "1"), basis="the maker's own name"),
        add("foscam-mdns", "foscam", mdns("_http._tcp", "FOSCAM R2", ()), basis="public capture: brand from the instance name"),
        add("hanwha-page", "hanwha", http(title="Hanwha Techwin"), basis="recog"),
        add("sony-page", "sony", http(title="Sony Network Camera SNC-VB770"), basis="recog"),
        add("panasonic-endpoint", "panasonic", wsd("Profile/Streaming", "name/Panasonic_WV-U1532L", "hardware/WV-U1532L"),
            interfaces("08:00:23:00:00:01"), basis="nx_open"),
        add("samsung-dvr-page", "hanwha", http(title="Web Viewer for Samsung DVR"), basis="recog"),
        add("ubiquiti-recorder-page", "ubiquiti", http(title="UniFi NVR: Software Portal"), basis="recog"),
    ]  # fmt: skip


def makers() -> list[Case]:
    """All of them."""
    return [*_hikvision(), *_dahua(), *_uniview(), *_axis(), *_named(), *_others(), *_harder()]
