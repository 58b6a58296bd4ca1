"""nmap's XML (-oX): hosts that are up, with the MAC addresses that it saw on its own network.

Its reader knows no entities at all, its own file's plain DOCTYPE excepted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.parsers import expat

from camcensus.intake.capture import UnreadLine
from camcensus.intake.rows import ROWS_LIMIT, ListRow, ListRows, address_in, mac_in, said
from camcensus.model.words import utc_second

DEPTH_LIMIT = 32
NO_NUMBER = "; nmap shows it only of hosts on its own network, and only to an administrator"


class _Refused(Exception):
    """The file holds what no file of nmap does."""


class _NmapReader:
    def __init__(self) -> None:
        self.rows = ListRows()
        self.depth = 0
        self.is_nmap = False
        self.host: dict[str, str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise _Refused
        if self.depth == 1:
            self.is_nmap = name == "nmaprun"
        elif name == "host":
            self.host = {"at": attributes.get("endtime") or attributes.get("starttime") or ""}
        elif self.host is not None:
            self._in_host(self.host, name, attributes)

    def _in_host(self, host: dict[str, str], name: str, attributes: dict[str, str]) -> None:
        if name == "status":
            host["state"] = attributes.get("state", "")
        elif name == "address":
            kind = attributes.get("addrtype", "")
            if kind in ("ipv4", "ipv6", "mac"):
                host.setdefault("mac" if kind == "mac" else "address", attributes.get("addr", ""))
        elif name == "hostname":
            host.setdefault("name", attributes.get("name", ""))

    def end(self, name: str) -> None:
        self.depth -= 1
        if name != "host" or self.host is None:
            return
        host, self.host = self.host, None
        if host.get("state", "up") != "up":
            return
        mac, address = mac_in(host.get("mac", "")), address_in(host.get("address", ""))
        if mac is None:
            self.rows.without_number += 1
        else:
            self.rows.add(ListRow(mac=mac, address=address, at=_moment(host["at"]), name=said(host.get("name"))))
        if len(self.rows) > ROWS_LIMIT:
            raise _Refused


def read_nmap(data: bytes) -> ListRows | None:
    """The hosts; None where it is no file of nmap's. What breaks off is read as far as it goes."""
    reader, parser = _NmapReader(), expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end

    def doctype(_name: str, _system: str | None, _public: str | None, has_subset: bool) -> None:
        if has_subset:
            raise _Refused

    def refuse(*_: object) -> int:
        raise _Refused

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
    except _Refused:
        return None
    except (expat.ExpatError, ValueError, LookupError):
        if not reader.is_nmap:
            return None
        say = f"The file breaks off or is damaged after line {parser.CurrentLineNumber}; the rest was not read."
        reader.rows.problems.append(UnreadLine(parser.CurrentLineNumber, say))
    return reader.rows if reader.is_nmap else None


def _moment(epoch: str) -> str | None:
    try:
        return utc_second(datetime.fromtimestamp(int(epoch), UTC))
    except (ValueError, OverflowError, OSError):
        return None
