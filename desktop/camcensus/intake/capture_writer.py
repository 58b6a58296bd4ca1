"""Writes captures: one observation a line, added at the end of the file."""

from __future__ import annotations

import base64
import errno
import gzip
import json
import os
import zlib
from pathlib import Path
from typing import IO, Self, cast

from camcensus.intake.capture import LINE_LIMIT_BYTES, TOTAL_LIMIT_BYTES, open_capture, parse_line
from camcensus.model.device import Observation
from camcensus.model.errors import DiskError, disk_error, open_alone, shown

_CHUNK_BYTES = 1 << 20

_FIRST = b'{"at": "'
"""How a line of ours begins, also one that a dead program left half."""


def line_of(observation: Observation) -> bytes:
    """An observation as a line of a capture, ending in a newline. Lossless but for what a codec read."""
    entry = {
        "at": observation.at, "network": observation.network, "address": observation.address, "port": observation.port,
        "mac": observation.mac, "probe": observation.probe, "ask": observation.ask,
        "raw": base64.b64encode(observation.raw).decode("ascii"), "cut": observation.cut,
    }  # fmt: skip
    return json.dumps(entry, ensure_ascii=False).encode("utf-8") + b"\n"


def _refuse_other_file(path: Path) -> None:
    """Raise DiskError where lines would be added to what is no capture (an inventory, say), or to a .gz that stops short."""
    if not path.is_file() or not path.stat().st_size:
        return
    why = None
    try:
        with open_capture(path) as stream:
            if not _ours(stream.readline(LINE_LIMIT_BYTES)):
                why = "is no capture"
            elif path.name.lower().endswith(".gz"):
                _unpack(stream)
    except gzip.BadGzipFile:
        why = "is no capture"
    except (EOFError, zlib.error):
        why = "stops short, as when a search was killed"
    if why is not None:
        raise DiskError(f"The file “{shown(path)}” {why}, so it was left alone; give another name for the capture.")


def _unpack(stream: IO[bytes]) -> None:
    """Read to the end, or as far as a capture is ever read. Raises EOFError and zlib.error where it is damaged."""
    left = TOTAL_LIMIT_BYTES
    while left > 0 and (data := stream.read(_CHUNK_BYTES)):
        left -= len(data)


def _ours(line: bytes) -> bool:
    if not line.strip() or line.startswith(_FIRST):
        return True
    try:
        parse_line(line.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        return False
    return True


class CaptureWriter:
    """Adds observations to a capture as they come; a context manager. Raises DiskError, also where `path` holds something else.

    Lines are handed to the system one by one, so that a scan that dies leaves what it saw; a .gz is complete when closed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            if path.is_dir():  # Windows would only say that we may not write there
                raise IsADirectoryError(errno.EISDIR, "a folder")
            if path.exists() and not path.is_file():
                raise DiskError(f"“{shown(path)}” is a device or a pipe, not a file; give another name for the capture.")
            _refuse_other_file(path)
            self._file: IO[bytes] = os.fdopen(open_alone(path), "r+b", buffering=0)
            is_whole = not self._file.seek(0, os.SEEK_END) or self._ends_whole()
            self._stream: IO[bytes] = self._file
            if path.name.lower().endswith(".gz"):
                self._stream = cast("IO[bytes]", gzip.GzipFile(fileobj=self._file, mode="ab"))
            elif not is_whole:
                self._write(b"\n")
        except OSError as error:
            raise disk_error(path, error) from error

    def _ends_whole(self) -> bool:
        self._file.seek(-1, os.SEEK_END)
        return self._file.read(1) == b"\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, observation: Observation) -> None:
        """Add one observation."""
        self._write(line_of(observation))

    def _write(self, data: bytes) -> None:
        left = memoryview(data)
        try:
            while left:
                left = left[self._stream.write(left) or 0 :]
        except OSError as error:
            raise disk_error(self._path, error) from error

    def close(self) -> None:
        """Finish the file. Closing twice is fine."""
        try:
            with self._file:
                self._stream.close()
        except OSError as error:
            raise disk_error(self._path, error) from error
