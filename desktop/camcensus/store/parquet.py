"""Write a table of whole numbers and texts as an Apache Parquet file: plain pages packed by gzip.

Source: the Apache Parquet format, parquet.thrift and Encodings.md, version 2.11. DuckDB reads back what this writes in
`tests/store/test_parquet.py`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any, BinaryIO, Literal

from camcensus.model import frozen

ROWS_A_GROUP = 65_536
_MARK = b"PAR1"
_INT64, _BYTE_ARRAY = 2, 6
_OPTIONAL, _UTF8 = 1, 0
_PLAIN, _RLE = 0, 3
_GZIP = 2
_DATA_PAGE = 0
_LEVEL = 6
"""How hard zlib tries; its usual."""

type Kind = Literal["number", "text"]


@frozen
class ParquetColumn:
    """A column: its name, and whether it holds whole numbers of 64 bits or texts. Any cell may be empty (None)."""

    name: str
    kind: Kind

    @property
    def physical(self) -> int:
        """The format's number for how its values are stored."""
        return _INT64 if self.kind == "number" else _BYTE_ARRAY


def write_table(stream: BinaryIO, columns: Sequence[ParquetColumn], rows: Iterable[Sequence[Any]]) -> int:
    """Write all rows; gives their number. A text that is no Unicode has question marks instead. Raises OSError, ValueError."""
    stream.write(_MARK)
    groups, number = [], 0
    for batch in batched(rows, ROWS_A_GROUP):
        chunks, whole = [], 0
        for column, cells in zip(columns, zip(*batch, strict=True), strict=True):
            page = _page(column, cells)
            packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # with gzip's header
            packed = packer.compress(page) + packer.flush()
            header = _struct(
                (1, _DATA_PAGE), (2, len(page)), (3, len(packed)), (5, ((1, len(cells)), (2, _PLAIN), (3, _RLE), (4, _RLE)))
            )
            at = stream.tell()
            stream.write(header + packed)
            whole += len(header) + len(page)
            described = (
                (1, column.physical), (2, [_PLAIN, _RLE]), (3, [column.name]), (4, _GZIP), (5, _Long(len(cells))),
                (6, _Long(len(header) + len(page))), (7, _Long(len(header) + len(packed))), (9, _Long(at)),
            )  # fmt: skip
            chunks.append(((2, _Long(at)), (3, described)))
        groups.append(((1, chunks), (2, _Long(whole)), (3, _Long(len(batch)))))
        number += len(batch)
    schema: list[_Fields] = [((4, "table"), (5, len(columns)))]
    for column in columns:
        text: _Fields = ((6, _UTF8), (10, ((1, ()),))) if column.kind == "text" else ()
        schema.append(((1, column.physical), (3, _OPTIONAL), (4, column.name), *text))
    footer = _struct((1, 2), (2, schema), (3, _Long(number)), (4, groups), (6, "Camcensus"))
    stream.write(footer + struct.pack("<I", len(footer)) + _MARK)
    return number


def _page(column: ParquetColumn, cells: Sequence[Any]) -> bytes:
    """Which cells are empty, then the values of the others."""
    present = [cell for cell in cells if cell is not None]
    if len(present) == len(cells):
        levels = _varint(len(cells) << 1) + b"\x01"
    else:
        groups = -(-len(cells) // 8)
        bits = "".join("0" if cell is None else "1" for cell in reversed(cells))
        levels = _varint(groups << 1 | 1) + int(bits, 2).to_bytes(groups, "little")
    if column.kind == "number":
        try:
            values = struct.pack(f"<{len(present)}q", *present)
        except struct.error as error:
            raise ValueError(f"column {column.name} holds something else than whole numbers of 64 bits") from error
    else:
        texts = [str(cell).encode("utf-8", "replace") for cell in present]
        values = b"".join(part for text in texts for part in (struct.pack("<I", len(text)), text))
    return struct.pack("<I", len(levels)) + levels + values


# Thrift's compact protocol, as much of it as the format's own descriptions need.

type _Fields = Sequence[tuple[int, Any]]


class _Long(int):
    """A number that the format stores in 64 bits, where others have 32."""


def _struct(*fields: tuple[int, Any]) -> bytes:
    """Fields with their numbers in rising order, and the mark of their end."""
    made, before = bytearray(), 0
    for number, value in fields:
        made.append((number - before) << 4 | _type_of(value))
        made += _value(value)
        before = number
    return bytes(made) + b"\x00"


def _type_of(value: Any) -> int:
    if isinstance(value, int):
        return 6 if isinstance(value, _Long) else 5
    if isinstance(value, str):
        return 8
    return 9 if isinstance(value, list) else 12


def _value(value: Any) -> bytes:
    if isinstance(value, int):
        return _varint(value << 1)  # all are positive: zigzag doubles them
    if isinstance(value, str):
        data = value.encode()
        return _varint(len(data)) + data
    if isinstance(value, tuple):
        return _struct(*value)
    kind = _type_of(value[0]) if value else 12
    head = bytes([len(value) << 4 | kind]) if len(value) < 15 else bytes([0xF0 | kind]) + _varint(len(value))
    return head + b"".join(map(_value, value))


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    made.append(number)
    return bytes(made)
