"""What servers of addresses (DHCP) keep: ISC's dhcpd.leases, dnsmasq's leases file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from camcensus.intake.rows import ListRow, ListRows, address_in, mac_in, said
from camcensus.model.words import utc_second

_LEASE = re.compile(r"\s*lease\s+([0-9a-fA-F.:]{2,45})\s*\{")
_WHEN = re.compile(r"\s*(?:starts|cltt)\s+(?:epoch\s+([0-9]{1,11})|[0-6]\s+([0-9]{4}/[0-9]{2}/[0-9]{2} [0-9:]{8}))\s*;")
_HARDWARE = re.compile(r"\s*hardware\s+ethernet\s+([0-9a-fA-F:]{11,17})\s*;")
_HOSTNAME = re.compile(r'\s*client-hostname\s+"([^"]{1,255})"\s*;')
_ISC_LINE = re.compile(r"\s*+(?:#.*|\}|.*[;{]\s*(?:#.*)?)")
_DNSMASQ_LINE = re.compile(r"\s*+(?:[0-9]{1,11}(?:\s+\S+){4}\s*|duid\s.*)")
_DNSMASQ = re.compile(r"([0-9]{1,11})\s+((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})\s+([0-9.]{7,15})\s+(\S{1,255})\s+\S{1,255}\s*")


def is_isc(lines: Sequence[str]) -> bool:
    """Whether these are ISC dhcpd's leases, and not a list with a note that quotes one."""
    return any(_LEASE.match(line) for line in lines) and _are_most(lines, _ISC_LINE)


def read_isc(lines: Sequence[str]) -> ListRows:
    """The newest lease of each MAC address. Source: dhcpd.leases(5)."""
    rows, address, begun = ListRows(), "", 0
    held: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        begins = _LEASE.match(line)
        if begins:
            if address:
                rows.leave_out(begun)  # one that is not closed
            address, held, begun = address_in(begins[1]), {}, number
        elif line.strip() == "}" and address:
            mac = mac_in(held.get("mac", ""))
            if mac is None:
                rows.leave_out(begun)
            else:
                rows.add(ListRow(mac=mac, address=address, at=held.get("at"), name=said(held.get("name"))))
            address = ""
        elif address:
            _read_statement(line, held)
    if address:
        rows.leave_out(begun)
    return rows


def _read_statement(line: str, held: dict[str, str]) -> None:
    hardware, named, when = _HARDWARE.match(line), _HOSTNAME.match(line), _WHEN.match(line)
    if hardware:
        held["mac"] = hardware[1]
    elif named:
        held["name"] = named[1]
    elif when:
        moment = _moment(when[1], when[2])
        if moment is not None:
            held["at"] = max(held.get("at", ""), utc_second(moment))


def _moment(epoch: str | None, text: str | None) -> datetime | None:
    try:
        if epoch is not None:
            return datetime.fromtimestamp(int(epoch), UTC)
        return datetime.strptime(text or "", "%Y/%m/%d %H:%M:%S").replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None


def is_dnsmasq(lines: Sequence[str]) -> bool:
    """Whether these are dnsmasq's leases, and not a list with a note that quotes one."""
    return any(_DNSMASQ.fullmatch(line) for line in lines) and _are_most(lines, _DNSMASQ_LINE)


def _are_most(lines: Sequence[str], kind: re.Pattern[str]) -> bool:
    """Whether half of the lines with anything on them, or more, are of a kind."""
    said = [line for line in lines if line.strip()]
    return sum(kind.fullmatch(line) is not None for line in said) * 2 >= len(said)


def read_dnsmasq(lines: Sequence[str]) -> ListRows:
    """The leases: when one ends, MAC address, address, name ("*" for none), client id. Those of IPv6 carry no number."""
    rows = ListRows()
    for number, line in enumerate(lines, 1):
        found = _DNSMASQ.fullmatch(line)
        mac = mac_in(found[2]) if found else None
        if found and mac is not None:
            rows.add(ListRow(mac=mac, address=address_in(found[3]), name=said(found[4])))
        elif line.strip() and not line.startswith("duid"):
            rows.leave_out(number)
    return rows
