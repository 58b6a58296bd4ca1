"""Which of two doors a file is for: lists of MAC addresses and captures, or registers. Each sends on what is the other's."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.intake.heading_rows import SheetHeadings
from camcensus.intake.leases import is_dnsmasq, is_isc
from camcensus.intake.objects import is_json
from camcensus.intake.pcap_file import is_packets
from camcensus.intake.switch_tables import looks_like_one
from camcensus.model.errors import IntakeError
from camcensus.model.registers import REGISTER_FORMATS, Cell

HEAD_CHARACTERS, HEAD_LINES = 500_000, 2000
"""How much of a file tells what it is."""
AS_LIST = "choose Import a list on Find cameras (“identify” on the command line)"
AS_REGISTER = "choose Import a register on Cameras and recorders (“import” on the command line)"


def refuse_list(data: bytes, text: str, name: str) -> None:
    """Raises IntakeError for what a register never is: a capture, nmap's XML, JSON that is no array."""
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
    """Raises IntakeError for DHCP leases, and for what a switch or `netsh dhcp` prints: lines, and no table with headings."""
    if heading.known > 1 and any(len(_said(row)) > 1 for row in rows[heading.below :]):
        return
    refuse_leases(text, name)
    said = list(filter(None, map(_said, rows[:HEAD_LINES])))
    lines = [row[0] for row in said if len(row) == 1 and isinstance(row[0], str)]
    if len(lines) * 2 > len(said) and looks_like_one([line for line in lines if len(line.split()) > 2]):
        raise _is_list("a switch’s table or a list of leases", name)


def refuse_leases(text: str, name: str) -> None:
    """Raises IntakeError for what a server of addresses keeps."""
    lines = text[:HEAD_CHARACTERS].splitlines()[:HEAD_LINES]
    if is_isc(lines) or is_dnsmasq(lines):
        raise _is_list("a list of DHCP leases", name)


def _said(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell is not None]


def is_register(program: str, name: str) -> IntakeError:
    """The sentence for a program's list without MAC addresses."""
    return IntakeError(f"“{name}” is a list from {program} with no MAC addresses; {AS_REGISTER}.")


def _is_list(kind: str, name: str) -> IntakeError:
    return IntakeError(f"“{name}” is {kind} and no register; {AS_LIST}.")
