"""Capture files: JSON Lines, one observation a line, gzip when the name ends in ".gz".

Source: `resources/schema/capture-line.schema.json`. A line that cannot be read is named, the rest is read.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import ipaddress
import json
import re
import zlib
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from camcensus.model import frozen
from camcensus.model.device import RAW_LIMIT_BYTES, Observation
from camcensus.model.errors import IntakeError, disk_error, open_file, shown
from camcensus.model.plain import once
from camcensus.model.scan import CaptureSummary
from camcensus.wire.read import read, redact

LINE_LIMIT_BYTES = 256 * 1024
"""A whole line: the longest raw in Base64 is 128 KiB, the rest is names and times."""

TOTAL_LIMIT_BYTES = 64 << 20
"""Read of one file, unpacked: a small .gz can hold terabytes of zeros. A search of 1,000 devices writes some 20 MiB."""

REPLIES_LIMIT = 50_000
"""Replies read of one file: a search of 1,000 devices keeps some 12,000. Each takes some 10 kB until it is judged."""

LINE_COST_BYTES = 256
"""What a line counts at least towards the total: a small .gz can hold a thousand million empty ones."""

BROKEN_LIMIT = 1000
"""Broken lines named one by one; a file with more of them is read no further."""

TEXT_LIMIT_CHARACTERS = 500

TOO_MANY = "The file is longer than {}; the rest was not read: give it in parts, one at a time."

_PROBE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-/]{0,99}")
_MAC = re.compile(r"[0-9a-f]{2}([:-][0-9a-f]{2}){5}")
EARLIEST_YEAR = 1970
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


@frozen
class UnreadLine:
    """A line that was not read (None: the file from there on), and why, in one sentence."""

    line: int | None
    say: str


@frozen
class Intake:
    """What a file gave: observations in its order, the lines that gave none, and the summary of a network capture.

    `written_by` is what wrote a list, where that is known: "NetBox", "a switch".
    """

    observations: tuple[Observation, ...]
    problems: tuple[UnreadLine, ...]
    heard: CaptureSummary | None = None
    written_by: str | None = None


def read_capture(path: Path) -> Intake:
    """Read a capture. Raises IntakeError where the file cannot be opened or no line of it is a capture's."""
    observations: list[Observation] = []
    problems: list[UnreadLine] = []
    try:
        if path.exists() and not path.is_file():
            raise IntakeError(f"“{shown(path)}” is not a file; give the name of a capture.")
        with open_capture(path) as stream:
            for number, line in _lines(stream, problems):
                if len(observations) >= REPLIES_LIMIT:
                    problems.append(UnreadLine(None, TOO_MANY.format(f"{REPLIES_LIMIT:,} replies")))
                    break
                try:
                    observations.append(parse_line(line))
                except ValueError as error:
                    problems.append(UnreadLine(number, f"Line {number} was left out: {error}."))
                    if len(problems) >= BROKEN_LIMIT:
                        problems.append(UnreadLine(None, f"More than {BROKEN_LIMIT} lines are broken; the rest was not read."))
                        break
    except OSError as error:
        if not observations or not isinstance(error, gzip.BadGzipFile):
            raise IntakeError(_cannot(path, error)) from error
        problems.append(UnreadLine(None, "The file is damaged; the rest was not read."))
    if not observations:
        why = "it is empty" if not problems else "none of its lines is an observation"
        raise IntakeError(f"“{shown(path)}” is not a capture ({why}); give a file that “scan --capture” wrote.")
    return Intake(tuple(observations), tuple(problems))


def _cannot(path: Path, error: OSError) -> str:
    if isinstance(error, gzip.BadGzipFile):
        return f"“{shown(path)}” is not a gzip file although its name ends in .gz; rename it or fetch it again."
    return str(disk_error(path, error))


@contextlib.contextmanager
def open_capture(path: Path) -> Iterator[IO[bytes]]:
    """The lines' bytes, unpacked where the name ends in .gz. Raises OSError; reading may raise EOFError and zlib.error too."""
    with open_file(path) as plain:
        if path.name.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=plain) as unpacked:
                yield cast("IO[bytes]", unpacked)
        else:
            yield plain


def _lines(stream: IO[bytes], problems: list[UnreadLine]) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not empty; one that is too long is named and passed over without being held in memory."""
    number, total = 0, 0
    while True:
        try:
            line = stream.readline(LINE_LIMIT_BYTES)
            number += 1
            total += max(len(line), LINE_COST_BYTES)
            too_long = len(line) >= LINE_LIMIT_BYTES and not line.endswith(b"\n")
            while too_long and line and not line.endswith(b"\n") and total <= TOTAL_LIMIT_BYTES:
                line = stream.readline(LINE_LIMIT_BYTES)
                total += len(line)
        except (EOFError, zlib.error):
            problems.append(UnreadLine(None, f"The file stops short after line {number}; the rest could not be unpacked."))
            return
        if total > TOTAL_LIMIT_BYTES:
            problems.append(UnreadLine(None, TOO_MANY.format(f"{TOTAL_LIMIT_BYTES >> 20} MiB")))
            return
        if too_long:
            problems.append(UnreadLine(number, f"Line {number} was left out: it is longer than {LINE_LIMIT_BYTES >> 10} KiB."))
            continue
        if not line:
            return
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def parse_line(line: bytes) -> Observation:
    """One line as an observation, secrets blanked, read by its codec. Raises ValueError; its text completes "left out: …"."""
    try:
        entry = json.loads(line.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=once)
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(entry, dict):
        raise ValueError("it is not a JSON object")
    probe, ask = _probe(entry), _text(entry, "ask")
    raw = redact(probe, _raw(entry))
    cut = entry.get("cut", False)
    if cut is not None and not isinstance(cut, bool):
        raise ValueError("its “cut” is neither true nor false")
    return Observation(
        probe=probe, address=_address(entry), at=_at(entry), raw=raw, ask=ask, network=_text(entry, "network"),
        port=_port(entry), mac=_mac(entry), cut=bool(cut), reading=read(probe, ask, raw),
    )  # fmt: skip


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _text(entry: dict[str, Any], name: str) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > TEXT_LIMIT_CHARACTERS:
        raise ValueError(f"its “{name}” is not a short text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"its “{name}” holds half a character") from error
    return value


def _probe(entry: dict[str, Any]) -> str:
    value = _text(entry, "probe")
    if value is None or not _PROBE.fullmatch(value):
        raise ValueError("its “probe” is missing or is no name of a probe")
    return value


def _address(entry: dict[str, Any]) -> str:
    value = _text(entry, "address")
    try:
        ipaddress.ip_address(value or "")
    except ValueError as error:
        raise ValueError("its “address” is missing or is no network address") from error
    return str(value)


def _at(entry: dict[str, Any]) -> str:
    value = _text(entry, "at")
    try:
        moment = datetime.fromisoformat(value or "")
        if moment.tzinfo is None or not EARLIEST_YEAR <= moment.year < MAXYEAR:
            raise ValueError("no zone, or a year of no clock")
        if value is not None and _AT.fullmatch(value):
            return value
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError) as error:
        raise ValueError("its “at” is missing or is no time in UTC") from error


def _port(entry: dict[str, Any]) -> int | None:
    value = entry.get("port")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 65535:
        raise ValueError("its “port” is no number from 0 to 65535")
    return value


def _mac(entry: dict[str, Any]) -> str | None:
    value = _text(entry, "mac")
    if value is None:
        return None
    if not _MAC.fullmatch(value.lower()):
        raise ValueError("its “mac” is no MAC address like 3c:ef:8c:00:00:01")
    return value.lower().replace("-", ":")


def _raw(entry: dict[str, Any]) -> bytes:
    value = entry.get("raw", "")
    if not isinstance(value, str):
        raise ValueError("its “raw” is not Base64 text")
    try:
        raw = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("its “raw” is not Base64 text") from error
    if len(raw) > RAW_LIMIT_BYTES:
        raise ValueError(f"its “raw” is longer than {RAW_LIMIT_BYTES >> 10} KiB")
    return raw
