"""QR codes as drawing operators: black squares, joined along each row, with the quiet edge that readers need."""

from __future__ import annotations

from typing import Any

QUIET = 4
"""Empty modules around the code. Source: ISO/IEC 18004, 9.1."""
MOST_BYTES = 120


def modules(text: str) -> list[list[bool]]:
    """The code of at most MOST_BYTES of UTF-8, row by row from the top, without its quiet edge.

    Level M: a seventh of it may be lost.
    """
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel  # late: few reports have a code

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text.encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore")))
    code.make()
    return [[bool(code.isDark(row, column)) for column in range(code.getModuleCount())] for row in range(code.getModuleCount())]


def painted(code: list[list[bool]], x: float, top: float, size: float) -> str:
    """Operators that draw the code with its quiet edge in a square `size` points wide, its upper left corner at (x, top)."""
    unit = size / (len(code) + 2 * QUIET)
    out = ["q 0 0 0 rg"]
    for number, row in enumerate(code):
        start = 0
        while start < len(row):
            if not row[start]:
                start += 1
                continue
            end = start
            while end < len(row) and row[end]:
                end += 1
            left, foot = x + (QUIET + start) * unit, top - (QUIET + number + 1) * unit
            out.append(f"{left:.3f} {foot:.3f} {(end - start) * unit:.3f} {unit:.3f} re")
            start = end
    return " ".join([*out, "f Q"])
