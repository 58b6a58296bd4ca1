"""Any file of replies that a person brings: a capture or another program's list, recognised by its contents.

Captures are those that “scan --capture” wrote, and network captures (pcap, pcapng).

Known lists: nmap's XML, leases of ISC DHCP, dnsmasq, Kea and Windows, what switches print, exports of the programs in
`resources/registers/programs.toml`, and any spreadsheet or JSON array with MAC addresses. Each row is an observation of probe
"list". Where the list has no address for it, the observation's address is empty, and the MAC address alone says which
device it is.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from camcensus.intake.capture import Intake, read_capture
from camcensus.intake.decoding import text_of as decoded_text
from camcensus.intake.doors import sort_of
from camcensus.intake.leases import is_dnsmasq, is_isc, read_dnsmasq, read_isc
from camcensus.intake.nmap import NO_NUMBER, read_nmap
from camcensus.intake.pcap import read_packets
from camcensus.intake.pcap_file import is_packets
from camcensus.intake.registers import read_register_bytes
from camcensus.intake.rows import ListKind, ListRow, ListRows, mac_in, observation_of, said
from camcensus.intake.sheets import OLE
from camcensus.intake.switch_tables import read_switch_table
from camcensus.model.errors import DeviceListError, IntakeError, disk_error, open_file, shown
from camcensus.model.registers import RegisterFile
from camcensus.model.scan import ScanProgress
from camcensus.model.words import utc_second
from camcensus.registers.cells import Unreadable, kind_and_type, read_cell, text_of
from camcensus.registers.columns import Headings, guess_columns, make_headings
from camcensus.registers.programs import program_of

LIST_LIMIT_BYTES = 64 << 20
LINE_LIMIT_CHARACTERS = 10_000
"""Of leases and of a switch's table. A search of one that is much longer is a single step, which the window waits for."""
HEAD_BYTES = 64 * 1024
KIND_WORDS: Mapping[ListKind, str] = {"dhcp": "a DHCP server", "switch": "a switch", "nmap": "nmap"}
NO_HEADINGS = make_headings({}, ())
_GZIP, _BOOKS = b"\x1f\x8b", (b"PK\x03\x04", OLE)


def read_file(
    path: Path,
    now: datetime,
    *,
    headings: Headings = NO_HEADINGS,
    is_camera_mac: Callable[[str], bool] = lambda _: True,
    tell: Callable[[ScanProgress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Intake:
    """A capture, or a list. Rows without a time of their own count as of the file's last change, `now` at the latest.

    `headings` are those of tables (`registers.read_headings`). The rest is for network captures, as `read_packets` has it.
    Raises IntakeError, one sentence, where nothing in the file is of use.
    """
    head = _head(path)
    if head is not None and is_packets(head):
        return read_packets(path, now, is_camera_mac=is_camera_mac, tell=tell, stopped=stopped)
    if (
        head is None
        or path.name.lower().endswith(".gz")
        or head.startswith(_GZIP)
        or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    ):
        return read_capture(path)
    name = shown(path)
    data, changed = _read(path)
    try:
        rows, kind = _rows(data, name, headings)
    except IntakeError:
        with contextlib.suppress(IntakeError):
            # A capture whose first line is broken.
            return read_capture(path)
        raise
    if not len(rows):
        with contextlib.suppress(IntakeError):
            return read_capture(path)
        raise IntakeError(
            f"“{name}” is not a capture, and no list with MAC addresses either"
            f"{rows.why_empty(NO_NUMBER if kind == 'nmap' else '')}; "
            "give a capture (also pcap or pcapng), nmap’s XML, DHCP leases, a switch’s table, a spreadsheet or a JSON array."
        )
    at, latest = utc_second(changed), utc_second(now)
    problems = rows.all_problems(NO_NUMBER if kind == "nmap" else "")
    program = rows.program.name if rows.program is not None else KIND_WORDS.get(kind)
    return Intake(tuple(observation_of(row, kind, at, latest) for row in rows), problems, written_by=program)


def _head(path: Path) -> bytes | None:
    """The file's first bytes; None for what the reader of captures says better: no file, empty, not readable."""
    try:
        if not path.is_file():
            return None
        with open_file(path) as stream:
            return stream.read(HEAD_BYTES) or None
    except OSError:
        return None


def _read(path: Path) -> tuple[bytes, datetime]:
    try:
        with open_file(path) as stream:
            data = stream.read(LIST_LIMIT_BYTES + 1)
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        problem = error if isinstance(error, OSError) else OSError(str(error))
        raise IntakeError(str(disk_error(path, problem))) from error
    if len(data) > LIST_LIMIT_BYTES:
        raise IntakeError(f"“{shown(path)}” is longer than {LIST_LIMIT_BYTES >> 20} MiB, and no list is; give the list alone.")
    return data, changed


def _rows(data: bytes, name: str, headings: Headings) -> tuple[ListRows, ListKind]:
    text = "" if data.startswith(_BOOKS) else decoded_text(data)
    if "<nmaprun" in text[:4000] and text.lstrip().startswith("<"):
        return read_nmap(text.encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data) or ListRows(), "nmap"
    try:
        return rows_of(read_register_bytes(data, name, headings), headings), "table"
    except DeviceListError:
        lines = [line for line in text.splitlines() if len(line) <= LINE_LIMIT_CHARACTERS]
    if is_isc(lines):
        return read_isc(lines), "dhcp"
    return (read_dnsmasq(lines), "dhcp") if is_dnsmasq(lines) else (read_switch_table(lines), "switch")


def rows_of(file: RegisterFile, headings: Headings) -> ListRows:
    """The rows of a table that have a MAC address. Raises IntakeError for a program's list that has no column of them."""
    guesses = guess_columns(file.columns, file.rows, headings)
    places = {guess.field: guess.column.place for guess in guesses if guess.field is not None}
    rows = ListRows()
    rows.program = program_of([column.heading for column in file.columns], headings.programs)
    kept = file.name if sort_of(file, headings) == "register" else None
    for row in file.rows:
        texts = [text_of(cell) for cell in row.cells]
        told = {field: texts[place] for field, place in places.items() if place < len(texts)}
        mac = next(filter(None, map(mac_in, (told.get("mac", ""), *_parts(told.get("mac", ""))))), None)
        if mac is None:
            rows.leave_out(row.number)
            continue
        address = ""
        try:
            address = str(read_cell("ip", told.get("ip"), "", headings.words)[0] or "").partition(" ")[0]
        except Unreadable:
            if _LIKE_ADDRESS.search(told["ip"]):
                rows.leave_address(row.number)
        rows.add(
            ListRow(
                mac=mac, address=address, name=said(told.get("name")), model=said(told.get("model")),
                manufacturer=said(told.get("sold_as")), serial=said(told.get("serial")), firmware=said(told.get("firmware")),
                device=kind_and_type(told.get("kind"), headings.words)[0], file=kept, row=row.number,
            )
        )  # fmt: skip
    if "mac" not in places and rows.program is not None:
        raise IntakeError(
            f"“{file.name}” is a list from {rows.program.name} with no MAC addresses; give it to “camcensus import”."
        )
    return rows


def _parts(text: str) -> list[str]:
    return re.split(r"[\s,;|]+", text[:PARTS_MOST_CHARACTERS])


PARTS_MOST_CHARACTERS = 500
_LIKE_ADDRESS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){2,4}")
"""What was an IP address before a figure of it went wrong."""
