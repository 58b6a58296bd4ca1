"""VAPIX of Axis: basicdeviceinfo.cgi (JSON), which recent firmware answers without a login, param.cgi (lines), and the list of
applications (XML).

Source: Axis, VAPIX: Basic device information; Parameter management; Application API.
"""

from __future__ import annotations

import re
from datetime import date

from camcensus.model.errors import WireError
from camcensus.wire.fields import Collector, Fields, read_json_object, read_mac, text_of
from camcensus.wire.fields import decode as decode_text
from camcensus.wire.xml import read_xml

VERSION = 2

LINES_LIMIT = 2000
"""All parameters of a camera are about 1,500 lines."""

_FULL = ("Brand", "ProdNbr", "SerialNumber")
_LINE = re.compile(r"root\.([A-Za-z0-9_.]{1,120})=(.{0,1024})")
_PARAMETERS = {
    "Brand.Brand": "Brand",
    "Brand.ProdFullName": "ProdFullName",
    "Brand.ProdNbr": "ProdNbr",
    "Brand.ProdShortName": "ProdShortName",
    "Brand.ProdType": "ProdType",
    "Properties.System.SerialNumber": "SerialNumber",
    "Properties.System.Soc": "Soc",
    "Properties.System.HardwareID": "HardwareID",
    "Properties.Firmware.Version": "Version",
    "Properties.Firmware.BuildDate": "BuildDate",
}
_KINDS = (
    ("intercom", "intercom"),
    ("door station", "intercom"),
    ("video recorder", "recorder"),
    ("encoder", "encoder"),
    ("video server", "encoder"),
    ("camera", "camera"),
    ("radar", "other"),
    ("speaker", "other"),
    ("audio", "other"),
    ("i/o", "other"),
    ("door controller", "other"),
    ("switch", "other"),
)
"""By words of ProdType, in this order."""

_BLANKS = b" \t\r\n\xef\xbb\xbf"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BUILT = re.compile(r"([A-Za-z]{3}) {1,2}([0-9]{1,2}) (20[0-9]{2})(?: |$)")


def decode(data: bytes, _: str | None = None) -> Fields:
    """Fields of an answer. Raises WireError for an error message and for all that is no such answer.

    `model` is the number of the product ("M3045-V"), as ONVIF gives it. The chip's serial number is not read.
    """
    if data.lstrip(_BLANKS).startswith(b"<"):
        return _applications(data)
    values = _from_json(data) if data.lstrip(_BLANKS).startswith(b"{") else _from_lines(data)
    into = Collector()
    serial, brand = values.get("SerialNumber"), values.get("Brand")
    mac = read_mac(serial)
    if mac and all(values.get(name) for name in _FULL):
        into.add("axis-cgi.answer", "properties")
    into.add("mac", mac)
    into.add("serial", serial)
    into.add("model", values.get("ProdNbr") or values.get("ProdShortName"))
    into.add("manufacturer", brand)
    into.add("firmware", values.get("Version"))
    into.add("firmware_date", _date(values.get("BuildDate")))
    into.add("axis-cgi.brand", brand)
    into.add("axis-cgi.soc", values.get("Soc"))
    into.add("axis-cgi.type", values.get("ProdType"))
    into.add("axis-cgi.hardware_id", values.get("HardwareID"))
    sort = (values.get("ProdType") or "").lower()
    into.add("kind", next((kind for word, kind in _KINDS if word in sort), None))
    return into.fields()


def _applications(data: bytes) -> Fields:
    """Each application on the device: "objectanalytics Running AXIS Object Analytics" (name, whether it runs, title)."""
    try:
        root = read_xml(data).root
    except WireError:
        raise WireError("The reply is not an answer of Axis's web interface.") from None
    if root.name != "reply" or root.attributes.get("result") != "ok":
        raise WireError("The device refused the question, or the reply is not one of Axis's web interface.")
    into = Collector()
    for one in root.all("application"):
        name, title = one.attributes.get("Name", ""), one.attributes.get("NiceName", "")
        state = "Running" if one.attributes.get("Status", "").strip().lower() == "running" else "Stopped"
        if re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", name):
            into.add("axis-cgi.application", f"{name} {state} {title[:200]}")
    return into.fields()


def _from_json(data: bytes) -> dict[str, str | None]:
    message = read_json_object(data)
    inner = message.get("data")
    values = inner.get("propertyList") if isinstance(inner, dict) else None
    if not isinstance(values, dict):
        raise WireError("The device refused the question, or the reply is not one of Axis's web interface.")
    return {name: text_of(value) for name, value in values.items()}


def _from_lines(data: bytes) -> dict[str, str | None]:
    values: dict[str, str | None] = {}
    for line in decode_text(data).replace("\r\n", "\n").split("\n", LINES_LIMIT)[:LINES_LIMIT]:
        found = _LINE.fullmatch(line.strip())
        name = _PARAMETERS.get(found[1]) if found else None
        if found and name:
            values.setdefault(name, found[2])
    if not values:
        raise WireError("The reply is not an answer of Axis's web interface.")
    return values


def _date(text: str | None) -> str | None:
    """ "Apr 03 2020 12:19" as 2020-04-03; None for all else."""
    found = _BUILT.match(text or "")
    if not found or found[1].lower() not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[1].lower()) + 1, int(found[2])).isoformat()
    except ValueError:
        return None
