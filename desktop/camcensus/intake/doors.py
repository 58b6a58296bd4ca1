"""What a file is that people bring: a register, or a list of what is on a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from camcensus.intake.heading_rows import SheetHeadings
from camcensus.intake.leases import is_dnsmasq, is_isc
from camcensus.intake.objects import is_json
from camcensus.intake.pcap_file import is_packets
from camcensus.intake.switch_tables import looks_like_one
from camcensus.model.errors import DeviceListError, IntakeError
from camcensus.model.registers import REGISTER_FORMATS, Cell, RegisterField, RegisterFile
from camcensus.registers.columns import TAKEN, Headings, guess_columns
from camcensus.registers.plain_headings import plain
from camcensus.registers.programs import program_of

HEAD_CHARACTERS, HEAD_LINES = 500_000, 2000
"""How much of a file tells what it is."""


USE_IDENTIFY = "use “camcensus identify --inventory”"
type ListSort = Literal["register", "devices", "unsure"]
"""A register of cameras, a list of whatever is on a network, or one of the two."""
_OF_NETWORK: frozenset[RegisterField] = frozenset(("mac", "ip", "name", "status", "connected_to_ref", "firmware", "tags"))


def sort_of(file: RegisterFile, headings: Headings) -> ListSort:
    """What a table is, by its headings: what only somebody who keeps cameras writes down makes it a register."""
    program = program_of([column.heading for column in file.columns], headings.programs)
    if program is not None:
        return "devices" if program.of_network else "register"
    guesses = guess_columns(file.columns, file.rows, headings)
    fields = {guess.field for guess in guesses if guess.field is not None and not guess.why.endswith(TAKEN)}
    words = {word for column in file.columns for word in plain(column.heading).split()}
    if "mac" not in fields or words & {"camera", "cctv", "nvr", "recorder"}:
        return "register"
    more = fields - _OF_NETWORK
    if more <= {"supplier", "model"} and "vendor" in words:  # of the network card
        return "devices"
    return "register" if more - {"sold_as"} else "unsure" if more else "devices"


def refuse_list(data: bytes, text: str, name: str) -> None:
    """Raises DeviceListError for a capture and nmap's XML, IntakeError for JSON that is no array."""
    if is_packets(data[:1000]) or data.startswith(b"\x1f\x8b"):
        raise _is_list("a capture", name)
    begins = text[:HEAD_CHARACTERS].lstrip()[:1]
    if begins == "<" and "<nmaprun" in text[:4000]:
        raise _is_list("nmap’s XML", name)
    if begins == "{" and is_json(text):
        if '"probe"' in text[:64_000]:
            raise _is_list("a capture", name)
        raise IntakeError(f"“{name}” is JSON, and no array of devices; give {REGISTER_FORMATS} alone.")


def refuse_printed(text: str, rows: Sequence[Sequence[Cell]], heading: SheetHeadings, name: str) -> None:
    """Raises DeviceListError for DHCP leases, and what a switch or `netsh dhcp` prints: lines, and no table with headings."""
    if heading.known > 1 and any(len(_said(row)) > 1 for row in rows[heading.below :]):
        return
    refuse_leases(text, name)
    said = list(filter(None, map(_said, rows[:HEAD_LINES])))
    lines = [row[0] for row in said if len(row) == 1 and isinstance(row[0], str)]
    if len(lines) * 2 > len(said) and looks_like_one([line for line in lines if len(line.split()) > 2]):
        raise _is_list("a switch’s table or a list of leases", name)


def refuse_leases(text: str, name: str) -> None:
    """Raises DeviceListError for what a server of addresses keeps."""
    lines = text[:HEAD_CHARACTERS].splitlines()[:HEAD_LINES]
    if is_isc(lines) or is_dnsmasq(lines):
        raise _is_list("a list of DHCP leases", name)


def _said(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell is not None]


def _is_list(kind: str, name: str) -> DeviceListError:
    return DeviceListError(f"“{name}” is {kind} and no register; {USE_IDENTIFY}.")
