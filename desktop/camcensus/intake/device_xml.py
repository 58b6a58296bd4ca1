"""The XML in which SmartPSS exports its devices, as rows under headings; the logins in it are dropped here.

Its reader knows no entities at all. Source: what several public programs write for it and read of it, all alike: an element
DeviceManager with a Device for each, its values in attributes; `domain` is an address, or a serial number where Dahua's servers
pass the picture on.
"""

from __future__ import annotations

from xml.parsers import expat

from camcensus.model.errors import IntakeError

DEPTH_LIMIT = 16
HEADINGS = ("name", "domain", "serial", "port", "protocol", "connect")
MOST = 10_000


class _NoneOfIts(Exception):
    """The file holds what no export does."""


def read_device_xml(data: bytes, name: str) -> list[list[str | None]] | None:
    """The headings and a row for each device; None where it is no such file. `name` is the file's, for sentences.

    Raises IntakeError where it breaks off, with the device after which it does.
    """
    rows: list[list[str | None]] = [list(HEADINGS)]
    parser, path = expat.ParserCreate(), list[str]()

    def start(element: str, attributes: dict[str, str]) -> None:
        path.append(element)
        if path[0] != "DeviceManager" or len(path) > DEPTH_LIMIT or len(rows) > MOST:
            raise _NoneOfIts
        if element == "Device":
            rows.append(_row(attributes))

    def end(_: str) -> None:
        path.pop()

    def refuse(*_: object) -> None:
        raise _NoneOfIts

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except _NoneOfIts:
        return None
    except (expat.ExpatError, ValueError, LookupError) as error:
        if len(rows) == 1:
            return None
        raise IntakeError(
            f"“{name}” breaks off or is damaged after row {len(rows) - 1} of its devices; export it again."
        ) from error
    return rows if len(rows) > 1 else None


def _row(attributes: dict[str, str]) -> list[str | None]:
    held = {key: value.strip() for key, value in attributes.items()}
    if (where := held.get("domain", "")) and not {".", ":"} & set(where):
        held |= {"domain": "", "serial": where}
    return [held.get(heading) or None for heading in HEADINGS]
