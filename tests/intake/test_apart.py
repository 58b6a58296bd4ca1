"""A reader that hangs, eats memory or dies costs its file a sentence, and nothing else."""

from __future__ import annotations

import io
import mmap
import operator
import os
import platform
import signal
import struct
import sys
import time
import zipfile
import zlib

import pytest

from camcensus.intake import apart as apart_module
from camcensus.intake.apart import OverLimitError, apart, apart_within
from camcensus.intake.pictures import read_picture
from camcensus.intake.sheets import read_book
from camcensus.model.errors import IntakeError

MB = 1 << 20


def test_what_is_worked_out_comes_back() -> None:
    assert apart(operator.add, 2, 3) == 5
    assert apart(os.getpid) == apart(os.getpid) != os.getpid()


@pytest.mark.parametrize(
    ("work", "given"),
    [
        (bytearray, (2 << 30,)),
        (os.abort, ()),
        (os._exit, (0,)),
        (time.sleep, (3600,)),
        (sum, (range(10**12),)),
        (operator.truediv, (1, 0)),
    ],
)
def test_what_goes_over_a_limit_ends_alone(work: object, given: tuple[object, ...]) -> None:
    with pytest.raises(OverLimitError):
        apart_within(0.2, 100 * MB, work, *given)  # type: ignore[arg-type]
    assert apart(operator.add, 2, 3) == 5


_left: list[bytearray] = []


def leave_behind(size_bytes: int) -> int:
    _left.append(bytearray(b"x") * size_bytes)
    return os.getpid()


def reserve(size_bytes: int) -> int:
    """Memory that nothing lies in, as engines reserve it."""
    _reserved.append(mmap.mmap(-1, size_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    return os.getpid()


_reserved: list[mmap.mmap] = []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say what a process holds")
def test_a_process_that_only_reserves_memory_is_kept() -> None:
    kept = apart_within(5, 900 * MB, reserve, 600 * MB)
    assert apart(os.getpid) == kept


def fill(size_bytes: int) -> None:
    """Fill what was reserved before, and hold it."""
    if not _reserved:
        reserve(size_bytes)
    for start in range(0, size_bytes, MB):
        _reserved[-1][start : start + MB] = b"x" * MB
    time.sleep(3)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say what a process holds")
def test_what_was_reserved_before_is_not_filled_beyond_the_limit() -> None:
    apart_within(5, 900 * MB, reserve, 600 * MB)
    with pytest.raises(OverLimitError):
        apart(fill, 600 * MB)
    assert apart(operator.add, 2, 3) == 5


def hold(size_bytes: int) -> int:
    held = bytearray(b"x") * size_bytes
    time.sleep(0.3)
    return len(held)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say what a process holds")
def test_what_earlier_work_left_is_no_fault_of_the_next() -> None:
    left = apart(leave_behind, 100 * MB)
    assert apart(hold, 100 * MB) == 100 * MB
    assert apart(os.getpid) == left
    assert apart(hold, 350 * MB) == 350 * MB
    assert apart(os.getpid) != left


def test_a_process_that_ended_between_two_works_is_no_fault_of_the_second() -> None:
    for _ in range(5):
        os.kill(apart(os.getpid), signal.SIGKILL)
        assert apart(operator.add, 1, 2) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not say what a process holds")
def test_a_process_that_keeps_what_it_read_ends_before_it_fills_the_memory() -> None:
    assert apart(leave_behind, 10 << 20) == apart(leave_behind, 10 << 20)
    assert apart(leave_behind, 150 << 20) != apart(leave_behind, 150 << 20)


def workbook(sheet: str) -> bytes:
    """An XLSX with this in its one sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("_rels/.rels", "<Relationships/>")
        packed.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    return stream.getvalue()


@pytest.mark.parametrize("reference", ["A11111111111", "XFD99999999999", "A1" + "0" * 39, "A4294967296", "ZZZ1048576"])
def test_a_cell_far_away_is_a_sentence(reference: str) -> None:
    row = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="{reference}"><v>1</v></c></row>'
    with pytest.raises(IntakeError, match="cameras"):
        read_book(workbook(row), "cameras.xlsx")


def png(width: int, height: int, *, rows: bytes) -> bytes:
    """A PNG of one colour, 16 bits a channel with transparency: eight bytes a pixel in memory, next to nothing in the file."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def test_a_picture_that_would_fill_the_memory_is_a_sentence() -> None:
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + 4 * 10_000)) for _ in range(11_900)) + packer.flush()
    bomb = png(10_000, 11_900, rows=rows)
    assert len(bomb) < MB
    with pytest.raises(IntakeError, match=r"too much time or memory"):
        read_picture(bomb, "plan", "The plan")


def held_more() -> int:
    """How much more a process holds after it has let go of large things, with small ones made among them."""
    before, small = apart_module._held_bytes(), []
    for _ in range(6):
        large = bytearray(12 << 20)
        small.append(bytearray(40_000))
        del large
    return apart_module._held_bytes() - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other systems give back by themselves, or do not say")
def test_what_is_large_goes_back_to_the_system() -> None:
    assert apart(held_more) < 4 << 20
