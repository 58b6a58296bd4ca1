"""Looking through an XLS (Excel 97 to 2003) before a reader is given it: loops and what would fill the memory are refused.

Source: [MS-CFB] for the file system inside the file, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence

from camcensus.intake.packed import CELLS_LIMIT, TEXT_LIMIT_BYTES, damaged, too_far_apart, too_much_text
from camcensus.model.errors import IntakeError

XLS_LIMIT_BYTES = 32 << 20
"""A sheet of this format has 65,536 rows at most: 20 columns of them take some 25 MB."""
_LAST = 0xFFFFFFFA
_TEXT_MOST_CHARACTERS = 32_767
_MINI_CUTOFF, _MINI_SHIFT, _ENTRY_BYTES = 4096, 6, 128
_STREAMS = ("workbook", "book")
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6))
_BOF, _DIMENSIONS, _SHARED_CELL, _MULRK, _SST, _CONTINUE, _FILEPASS = 0x0809, 0x0200, 0x00FD, 0x00BD, 0x00FC, 0x003C, 0x002F


def check_oldest(data: bytes, name: str) -> None:
    """Raises IntakeError for a file that is no XLS, is protected, or that a reader would not come to an end with."""
    if len(data) > XLS_LIMIT_BYTES:
        raise IntakeError(f"“{name}” is longer than {XLS_LIMIT_BYTES >> 20} MiB; save the list alone as XLSX or CSV.")
    try:
        streams = _streams(data)
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(name) from error
    if not streams:
        raise damaged(name)
    for stream in streams:
        _check_records(stream, name)


def _streams(data: bytes) -> list[bytes]:
    """The streams that hold the sheets. Raises ValueError, IndexError or struct.error where the file does not hold together."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != _MINI_SHIFT:
        raise ValueError("sector size")
    size = 1 << shift
    sectors = (len(data) - size + size - 1) // size
    (directory,) = struct.unpack_from("<I", data, 48)
    mini_fat_start, difat, difats = struct.unpack_from("<I4xII", data, 60)
    numbers = list(struct.unpack_from("<109I", data, 76))
    seen = set[int]()
    while difat < _LAST:
        if difat in seen or len(seen) > difats:
            raise ValueError("a loop in the table of tables")
        seen.add(difat)
        entries = struct.unpack_from(f"<{size // 4}I", data, size + (difat << shift))
        numbers, difat = numbers + list(entries[:-1]), entries[-1]
    fat = array("L")
    for number in numbers:
        if number < _LAST:
            if number >= sectors or len(fat) > sectors + size:
                raise ValueError("a table outside the file")
            start = size + (number << shift)
            fat.extend(struct.unpack(f"<{size // 4}I", data[start : start + size].ljust(size, b"\xff")))
    _no_loops(fat)
    entries_text = _chain(data, fat, directory, shift, size)
    found = list(_entries(entries_text))
    root = next((entry for entry in found if entry[1] == 5), None)
    mini_fat = array("L")
    if mini_fat_start < _LAST:
        table = _chain(data, fat, mini_fat_start, shift, size)
        mini_fat.extend(struct.unpack_from(f"<{len(table) // 4}I", table))
        _no_loops(mini_fat)
    mini = _chain(data, fat, root[2], shift, size) if root is not None and root[2] < _LAST else b""
    streams = []
    for label, kind, start, length in found:
        if kind == 2 and label.lower() in _STREAMS:
            small = length < _MINI_CUTOFF
            whole = _chain(mini, mini_fat, start, _MINI_SHIFT, 0) if small else _chain(data, fat, start, shift, size)
            streams.append(whole[:length])
    return streams


def _entries(text: bytes) -> Iterator[tuple[str, int, int, int]]:
    """(name, kind, first sector, bytes) of each stream and folder."""
    for at in range(0, len(text) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length, kind = struct.unpack_from("<HB", text, at + 64)
        start, size = struct.unpack_from("<II", text, at + 116)
        yield text[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size


def _no_loops(table: Sequence[int]) -> None:
    """Raises ValueError where following the table from any sector never ends."""
    state = bytearray(len(table))
    for first in range(len(table)):
        at, path = first, []
        while at < len(table) and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = table[at]
        if at < len(table) and state[at] == 1:
            raise ValueError("a loop of sectors")
        for one in path:
            state[one] = 2


def _chain(data: bytes, table: Sequence[int], start: int, shift: int, base: int) -> bytes:
    parts = []
    while start < _LAST:
        parts.append(data[base + (start << shift) : base + ((start + 1) << shift)])
        start = table[start]
    return b"".join(parts)


def _check_records(stream: bytes, name: str) -> None:
    at, rows, columns = 0, (1 << 30, -1), (1 << 30, -1)
    shared = array("L")
    texts: list[bytes] = []
    in_texts = False
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        in_texts = kind == _SST or (in_texts and kind == _CONTINUE)
        if in_texts:
            texts.append(body)
        elif kind == _FILEPASS:
            raise damaged(name)
        elif kind == _BOF:
            rows, columns = (1 << 30, -1), (1 << 30, -1)
        elif kind == _DIMENSIONS:
            _check_dimensions(body, name)
        elif (kind in _CELLS or kind == _MULRK) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last_column = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else column
            rows = (min(rows[0], row), max(rows[1], row))
            columns = (min(columns[0], column), max(columns[1], column, last_column))
            if kind == _SHARED_CELL and len(body) >= 10:
                shared.append(struct.unpack_from("<I", body, 6)[0])
            if (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > CELLS_LIMIT:
                raise too_far_apart(name)
    most = min(sum(map(len, texts)), _TEXT_MOST_CHARACTERS)
    if len(shared) * most > TEXT_LIMIT_BYTES:
        try:
            lengths = list(_text_lengths(texts))
            shown = sum(lengths[index] for index in shared)
        except (struct.error, IndexError) as error:
            raise damaged(name) from error
        if shown > TEXT_LIMIT_BYTES:
            raise too_much_text(name)


def _check_dimensions(body: bytes, name: str) -> None:
    """The reader takes memory for as many cells as are announced here, and miscounts where the last is before the first."""
    if len(body) < 8:
        raise damaged(name)
    first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)
    if last >= 1 and right >= 1:
        if last <= first or right <= left:
            raise damaged(name)
        if (last - first) * (right - left) > CELLS_LIMIT:
            raise too_far_apart(name)


def _text_lengths(parts: Sequence[bytes]) -> Iterator[int]:
    """The length of each shared text in characters; a text may continue in the next record, which begins with its width."""
    (unique,) = struct.unpack_from("<I", parts[0], 4)
    part, at = 0, 8
    for _ in range(unique):
        if at >= len(parts[part]):
            part, at = part + 1, 0
        left, flags = struct.unpack_from("<HB", parts[part], at)
        yield left
        at += 3
        behind = 0
        if flags & 8:
            behind += 4 * struct.unpack_from("<H", parts[part], at)[0]
            at += 2
        if flags & 4:
            behind += struct.unpack_from("<I", parts[part], at)[0]
            at += 4
        while left:
            width = 1 + (flags & 1)
            here = min(left, max(0, len(parts[part]) - at) // width)
            at, left = at + here * width, left - here
            if left:
                part, at = part + 1, 1
                flags = parts[part][0]
        while behind:
            here = min(behind, len(parts[part]) - at)
            at, behind = at + here, behind - here
            if behind:
                part, at = part + 1, 0
