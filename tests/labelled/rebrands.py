"""Devices that carry another name than their maker's."""

from __future__ import annotations

from labelled.case import Case, case, slug
from labelled.makers import DAHUA_MAC, DAHUA_SERIAL, DAHUA_TAIL, HIK_MAC, PROFILE, UNV_SERIAL
from labelled.packets import HIK_OEM, dhip, http, info, modules, neighbour, person, realm, refused, rtsp_realm, sadp, wsd

DAHUA: tuple[tuple[str, str, str | None], ...] = (
    ("Honeywell", "H4W2PER3", "00:40:84:00:00:01"),
    ("Lorex", "W461ASC", "00:1f:54:00:00:01"),
    ("Intelbras", "VIP-1230", "58:10:8c:00:00:01"),
    ("BCS", "BCS-TIP3401IR-E-V", "38:c4:e8:00:00:01"),
    ("CP Plus", "CP-UNC-DA21PL3-Y", None),
    ("Amcrest", "IP2M-841B", None),
    ("Imou", "IPC-C22E", None),
)
"""Names seen on devices that answer as Dahua's, a model, and the brand's own block. Source: public captures."""

HIKVISION: tuple[tuple[str, str], ...] = (
    ("TRENDnet", "TV-IP320PI"),
    ("EZVIZ", "CS-C3W"),
    ("HiLook", "IPC-T240H"),
    ("HiWatch", "DS-I214"),
    ("Annke", "C500"),
    ("LTS", "CMIP3042"),
)
"""Names on devices of Hikvision's firmware. Source: onvif-nvt (TRENDnet), Hikvision's own brands, public captures."""

UNIVIEW: tuple[tuple[str, str], ...] = (("NONE", "SC-3243-IWPS-F28"), ("Safire", "SF-IPCV218"), ("Alibi", "ALI-NS4012"))


def _dahua() -> list[Case]:
    found = []
    basis = "public captures; DahuaConsole"
    for name, model, mac in DAHUA:
        at = slug(name)
        listed = ("location/country/china", f"name/{name.replace(' ', '%20')}", f"hardware/{model}", *DAHUA_TAIL)
        answer = dhip(name, model, DAHUA_SERIAL, mac or "9c:8e:cd:00:00:01")
        found += [
            case("rebrand-dahua", f"{at}-scopes", "dahua", wsd(*listed), basis=basis, kind="camera"),
            case("rebrand-dahua", f"{at}-dhip", "dahua", answer, basis=basis, kind="camera"),
            case("rebrand-dahua", f"{at}-scopes-and-makers-number", "dahua", wsd(*listed), neighbour(DAHUA_MAC), basis=basis),
            case("rebrand-dahua", f"{at}-realms", "dahua", wsd(*listed), rtsp_realm(f"Login to {DAHUA_SERIAL}"), basis=basis),
            case("rebrand-dahua", f"{at}-name-only", "dahua",
                 wsd("Profile/Streaming", f"name/{name.replace(' ', '%20')}", f"hardware/{model}"), told=False,
                 basis="a name alone does not tell: several makers made for most of these"),
        ]  # fmt: skip
        if mac:
            found.append(
                case("rebrand-dahua", f"{at}-scopes-and-brands-number", "dahua", wsd(*listed), neighbour(mac), basis=basis)
            )
    return found


def _hikvision() -> list[Case]:
    found = []
    basis = "onvif-nvt (TRENDnet), UniversalScanner"
    for name, model in HIKVISION:
        at = slug(name)
        listed = (*PROFILE, f"hardware/{model}", f"name/{name}%20{model}", "location/")
        serial = f"{model}20161206AAWR600000001"
        found += [
            case("rebrand-hikvision", f"{at}-sadp", "hikvision", sadp(model, serial, "3c:8c:f8:00:00:01", oem=23), basis=basis,
                 kind="camera"),
            case("rebrand-hikvision", f"{at}-namespaces", "hikvision", wsd(*listed, ns=HIK_OEM), refused(ns=HIK_OEM), basis=basis,
                 kind="camera"),
            case("rebrand-hikvision", f"{at}-onvif-open", "hikvision", wsd(*listed, ns=HIK_OEM),
                 info(name, model, "V5.3.4 build 160830", serial, "88", HIK_OEM),
                 modules(("MyTamperDetecModule", "extxsd:TamperEngine"), ns=HIK_OEM), basis=basis, kind="camera"),
            case("rebrand-hikvision", f"{at}-realm", "hikvision", wsd(*listed), realm("IP Camera(00001)"), basis=basis),
        ]  # fmt: skip
    found.append(
        case("rebrand-hikvision", "interlogix-web", "hikvision", http("Server: Interlogix-Webs"), told=False,
             basis="nmap: the same pattern of name as Hikvision's web server; an inference")
    )  # fmt: skip
    found.append(
        case(
            "rebrand-hikvision",
            "no-name-and-makers-number",
            "hikvision",
            wsd(*PROFILE, ns=HIK_OEM),
            neighbour(HIK_MAC),
            basis=basis,
        )
    )
    return found


def _uniview() -> list[Case]:
    found = []
    for name, model in UNIVIEW:
        listed = (
            "Profile/Streaming", "register_status/offline", "register_server/0.0.0.0", "regist_id/0", "type/IPC",
            f"manufacturer/{name}", "VideoSourceNumber/1", "version/GIPC-B6215.6.4.210000", f"serial/{UNV_SERIAL}",
            "macaddr/6cf17e000001", f"hardware/{model}", f"name/{model}",
        )  # fmt: skip
        at = slug(name)
        basis = "public capture of SC-3243-IWPS-F28"
        found += [
            case("rebrand-uniview", f"{at}-scopes", "uniview", wsd(*listed), basis=basis, kind="camera"),
            case("rebrand-uniview", f"{at}-own-question", "uniview", wsd(*listed, action="UniviewProbeMatches"), basis=basis),
            case(
                "rebrand-uniview",
                f"{at}-and-makers-number",
                "uniview",
                wsd(*listed),
                neighbour("48:ea:63:00:00:02"),
                basis=basis,
            ),
        ]
    return found


def _labels() -> list[Case]:
    """What a person read: a label names the brand, never the maker against what the device answers."""
    honeywell = dhip("Private", "H4W2PER3", DAHUA_SERIAL, "00:40:84:00:00:02")
    return [
        case("label", "honeywell-on-dhip", "dahua", honeywell, person("label", brand="Honeywell"), basis="public capture"),
        case("label", "honeywell-alone", None, person("label", brand="Honeywell", model="HC30WB5R1"), told=False,
             basis="Honeywell had several makers"),
        case("label", "toshiba-alone", None, person("label", brand="Toshiba", model="IK-WB16A"), told=False,
             basis="no source names the maker"),
        case("label", "axis-alone", "axis", person("label", brand="Axis", model="P3245-V"), basis="Axis makes what carries its name"),
        case("label", "axis-on-sadp", "hikvision", sadp("DS-2CD2143G2-I", "DS-2CD2143G2-I20220101AAWRK00000009", HIK_MAC),
             person("label", brand="Axis"), basis="a label can be wrong; the protocol is Hikvision's"),
        case("label", "letter-names-the-maker", "tvt", person("maker-letter", manufacturer="TVT"), basis="a letter"),
        case("label", "invoice-hikvision", "hikvision", person("invoice", brand="Hikvision", model="DS-2CD2143G2-I"),
             neighbour(HIK_MAC), basis="IEEE registry and an invoice"),
    ]  # fmt: skip


def rebrands() -> list[Case]:
    """All of them."""
    return [*_dahua(), *_hikvision(), *_uniview(), *_labels()]
