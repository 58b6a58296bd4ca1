"""Any file of replies that a person brings: a capture or another program's list, recognised by its contents.

Captures are those that “scan --capture” wrote, and network captures (pcap, pcapng).

Known lists: nmap's XML, leases of ISC DHCP, dnsmasq, Kea and Windows, what switches print, exports of the programs in
`resources/registers/programs.toml`, and any CSV, XLSX or JSON array with a column of MAC addresses. Each row is an observation
of probe "list". Where the list has no address for it, the observation's address is empty, and the MAC address alone says which
device it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from camcensus.intake.capture import Intake, read_capture
from camcensus.intake.decoding import text_of
from camcensus.intake.device_xml import read_device_xml
from camcensus.intake.doors import is_register
from camcensus.intake.leases import is_dnsmasq, is_isc, read_dnsmasq, read_isc
from camcensus.intake.nmap import NO_NUMBER, read_nmap
from camcensus.intake.objects import is_json, read_objects
from camcensus.intake.pcap import read_packets
from camcensus.intake.pcap_file import is_packets
from camcensus.intake.rows import ListKind, ListRows, observation_of
from camcensus.intake.sheets import read_sheets
from camcensus.intake.switch_tables import looks_like_one, read_switch_table
from camcensus.intake.tables import delimited_heads, program_among, read_delimited, read_named, read_table, refuse_long
from camcensus.model.disk import disk_error, open_file, shown
from camcensus.model.errors import IntakeError
from camcensus.model.scan import ScanProgress
from camcensus.model.words import utc_second
from camcensus.registers.programs import ListProgram

LIST_LIMIT_BYTES = 64 << 20
LINE_LIMIT_CHARACTERS = 10_000
"""Of leases and of a switch's table. A search of one that is much longer is a single step, which the window waits for."""
HEAD_BYTES = 64 * 1024
KIND_WORDS: Mapping[ListKind, str] = {"dhcp": "a DHCP server", "switch": "a switch", "nmap": "nmap"}
_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_file(
    path: Path,
    now: datetime,
    *,
    programs: Sequence[ListProgram] = (),
    is_camera_mac: Callable[[str], bool] = lambda _: True,
    tell: Callable[[ScanProgress], None] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Intake:
    """A capture, or a list. Rows without a time of their own count as of the file's last change, `now` at the latest.

    `programs` are those whose exports are recognised (`registers.read_programs`). The rest is for network captures, as
    `read_packets` has it. Raises IntakeError, one sentence, where nothing in the file is of use.
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
    rows, kind = _rows(data, name, programs)
    if rows is None or not len(rows):
        with contextlib.suppress(IntakeError):
            # A capture whose first line is broken.
            return read_capture(path)
        if rows is None and (theirs := _register_of(data, name, programs)):
            raise is_register(theirs, name)
        why = rows.why_empty(NO_NUMBER if kind == "nmap" else "") if rows is not None else ""
        raise IntakeError(
            f"“{name}” is not a capture, and no list with MAC addresses either{why}; "
            "give a capture (also pcap or pcapng), nmap’s XML, DHCP leases, a switch’s table, CSV, XLSX or a JSON array."
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


def _rows(data: bytes, name: str, programs: Sequence[ListProgram]) -> tuple[ListRows | None, ListKind]:
    if data.startswith(_ZIP):
        return _of_sheets(data, name, programs), "table"
    if data.startswith(_OLE):
        raise IntakeError(f"“{name}” is in an older Excel format or protected; open it and save it as XLSX or CSV.")
    text = text_of(data)
    if text.lstrip().startswith("<"):
        return read_nmap(text.encode() if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data), "nmap"
    refuse_long(text, name)
    if is_json(text):
        objects = read_objects(text, name)
        return (read_named(objects, programs) if objects is not None else None), "table"
    table = read_delimited(text, name, programs)
    if table is not None and table.columns and len(table):
        return table, "table"
    lines = [line for line in text.splitlines() if len(line) <= LINE_LIMIT_CHARACTERS]
    if is_isc(lines):
        return read_isc(lines), "dhcp"
    if is_dnsmasq(lines):
        return read_dnsmasq(lines), "dhcp"
    if (table is None or not len(table)) and looks_like_one(lines):
        return read_switch_table(lines), "switch"
    return table, "table"


def _of_sheets(data: bytes, name: str, programs: Sequence[ListProgram]) -> ListRows | None:
    """The sheet with the most MAC addresses: others are summaries or older copies."""
    found = [rows for table in read_sheets(data, name) if (rows := read_table(table, programs)) is not None]
    return max(found, key=len, default=None)


def _register_of(data: bytes, name: str, programs: Sequence[ListProgram]) -> str | None:
    """The program that wrote a list without MAC addresses. Raises IntakeError where that is damaged, the row named."""
    if data.startswith(_ZIP):
        return program_among(read_sheets(data, name), programs)
    if read_device_xml(data, name):
        return "SmartPSS"
    text = text_of(data)
    if is_json(text):
        objects = read_objects(text, name)
        return program_among([[objects.names]], programs) if objects is not None else None
    return program_among(delimited_heads(text), programs)
