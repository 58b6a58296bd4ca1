"""ISAPI: the web interface of Hikvision's firmware, under whatever brand; what it says of itself and of the cameras behind it.

Source: DeviceInfo, InputProxyChannelList and VideoInputChannelList as published with hikvision_next, and by users; EZVIZ
(Hik-Connect access) and the capabilities ("isSupport…", SmartCap, NetworkCap) as in the maker's developer guide, and by users.
"""

from __future__ import annotations

import json
import re

from camcensus.model.builds import read_firmware_date
from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_ipv4, read_mac, read_number
from camcensus.wire.xml import Element, blank_elements, read_xml

VERSION = 3

_NAMESPACE = re.compile(r"http://www\.(?:hikvision\.com|isapi\.org|std-cgi\.com)/ver[12]0/XMLSchema", re.I)
_ROOTS = frozenset({"DeviceInfo", "InputProxyChannelList", "InputProxyChannel", "VideoInputChannelList", "ResponseStatus"})
"""Read without a namespace too: what users publish often lacks it."""

_KINDS = {
    "camera": ("ipcamera", "ipdome", "ipzoom", "ipptz", "ipbullet", "thermalcamera"),
    "recorder": ("nvr", "dvr", "hybirdnvr", "hybridnvr", "hvr", "cvr", "ivms"),
    "intercom": ("vis", "acs", "doorstation", "indoorstation"),
    "encoder": ("dvs", "ipvideoserver", "videoserver", "encoder"),
}
"""By deviceType, lower case. "HybirdNVR" is the maker's own spelling."""

_SUPPORTS = "isSupport"
_NO_PICTURE = "NO VIDEO"
"""What a recorder says of an input with nothing plugged in."""
_CHANNEL = (
    ("protocol", "proxyProtocol"),
    ("model", "model"),
    ("serial", "serialNumber"),
    ("firmware", "firmwareVersion"),
)


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError where it is no ISAPI answer.

    Of other answers than DeviceInfo, the lists of channels, what the device supports and the link to the maker's cloud only
    the namespaces are read. `deviceID` is left alone: it is not the endpoint id by which the same device announces itself. A
    channel is one JSON object in `isapi.channel`; its serial number and model are those of the camera behind the recorder, so
    they are no `serial` and no `model` here. The device's own inputs are `isapi.input`: the sensor of a camera, and what
    analogue cameras are plugged into at a recorder.
    """
    document = read_xml(data)
    root = document.root
    if root.name not in _ROOTS and not any(_NAMESPACE.fullmatch(uri) for uri in document.namespaces):
        raise WireError("The reply is not an ISAPI answer.")
    into = Collector()
    into.add("xml.namespace", *document.namespaces)
    into.add("xml.prefix", *document.prefixes)
    if root.name == "DeviceInfo":
        _device_info(into, {child.name: child.text for child in reversed(root.children)})
    elif root.name in ("InputProxyChannelList", "InputProxyChannel"):
        _channels(into, root)
    elif root.name == "VideoInputChannelList":
        _inputs(into, root)
    elif root.name == "EZVIZ":
        into.add("cloud", {"true": "on", "false": "off"}.get((root.text_of("enabled") or "").strip().lower()))
    else:
        _supported(into, root)
        if root.name == "DeviceCap":
            _inputs_of_a_recorder(into, root)
    return into.fields()


def redact(raw: bytes) -> bytes:
    """The answer with logins to cameras behind a recorder and codes of the maker's cloud blanked by "*", the same length."""
    codes = ("verificationCode", "operateAccessToken", "secretKey")
    return blank_elements(raw, "password", "userName", "adminPassword", "sharedSecret", *codes)


def _device_info(into: Collector, values: dict[str, str]) -> None:
    # The version is in two parts here and in one ("V5.7.18 build 240826") in all other answers of the same device.
    firmware = " ".join(values.get(name, "") for name in ("firmwareVersion", "firmwareReleasedDate")).strip()
    into.add("mac", read_mac(values.get("macAddress")))
    into.add("serial", values.get("serialNumber"))
    into.add("model", values.get("model"))
    into.add("name", values.get("deviceName"))
    into.add("manufacturer", values.get("manufacturer"))
    into.add("firmware", firmware)
    into.add("firmware_date", read_firmware_date(firmware))
    device_type = values.get("deviceType")
    into.add("isapi.device_type", device_type)
    into.add("isapi.oem_code", values.get("OEMCode"))
    into.add("isapi.contact", values.get("systemContact"))
    bare = (device_type or "").strip().lower()
    into.add("kind", next((kind for kind, types in _KINDS.items() if bare in types), None))


def _supported(into: Collector, root: Element) -> None:
    """What the device says that it supports: "FaceDetect" for <isSupportFaceDetect>true</isSupportFaceDetect>."""
    for element in root.walk():
        if element.name.startswith(_SUPPORTS) and element.text.strip().lower() == "true":
            into.add("isapi.supports", element.name.removeprefix(_SUPPORTS))
            into.add("cloud", "able" if element.name == "isSupportEZVIZ" else None)


def _inputs_of_a_recorder(into: Collector, root: Element) -> None:
    """How many analogue cameras can be plugged in. A camera counts its own sensor there, and has no inputs for others."""
    video, proxies = root.find("VideoCap"), root.find("RacmCap")
    analogue = read_number(video.text_of("videoInputPortNums") if video else None, 1024) or 0
    digital = read_number(proxies.text_of("inputProxyNums") if proxies else None, 1024) or 0
    if analogue + digital > 1:
        into.add("kind", "recorder")
        into.add("channels.analogue", str(analogue))


def _inputs(into: Collector, root: Element) -> None:
    for one in root.outermost("VideoInputChannel"):
        if (one.text_of("resDesc") or "").strip().upper() == _NO_PICTURE:
            continue
        told = {"id": one.text_of("id"), "name": one.text_of("name"), "input": "analogue"}
        into.add("isapi.input", json.dumps({name: value[:200] for name, value in told.items() if value}, ensure_ascii=False))


def _channels(into: Collector, root: Element) -> None:
    """Counts the elements: DS-7732NI-M4 gave 18 and wrote size="14"."""
    found = list(root.outermost("InputProxyChannel"))
    if root.name == "InputProxyChannelList":
        into.add("kind", "recorder")
        into.add("channels.digital", str(len(found)))
    for channel in found:
        source = channel.find("sourceInputPortDescriptor")
        told = {"id": channel.text_of("id"), "name": channel.text_of("name")}
        if source is not None:
            told |= {name: source.text_of(element) for name, element in _CHANNEL}
            told["address"] = read_ipv4(source.text_of("ipAddress"))
        into.add("isapi.channel", json.dumps({name: value[:200] for name, value in told.items() if value}, ensure_ascii=False))
