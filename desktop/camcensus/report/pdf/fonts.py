"""The letters on paper: Noto Sans from the program's own files, embedded as subsets, and what they cannot print."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from camcensus.model.errors import StoreError

Face = Literal["regular", "medium", "semibold", "bold", "mono"]
FILES: dict[Face, str] = {
    "regular": "NotoSans-Regular.ttf",
    "medium": "NotoSans-Medium.ttf",
    "semibold": "NotoSans-SemiBold.ttf",
    "bold": "NotoSans-Bold.ttf",
    "mono": "NotoSansMono-Regular.ttf",
}


class Fonts:
    """The faces for one document. ReportLab keeps the subset of a document in its font objects: never share them."""

    def __init__(self, folder: Path) -> None:
        """Faces are read from `folder` when first used."""
        self._folder = folder
        self._fonts: dict[Face, TTFont] = {}
        self._encoded: dict[tuple[Face, str], list[tuple[str, str]]] = {}
        self._printable: dict[tuple[Face, str], str] = {}
        self._widths: dict[tuple[Face, str], float] = {}

    def font(self, face: Face) -> TTFont:
        """The ReportLab font of a face. Raises StoreError when its file is missing or broken."""
        font = self._fonts.get(face)
        if font is None:
            path = self._folder / FILES[face]
            try:
                font = TTFont(path.stem, str(path))
            except (OSError, TTFError) as error:
                raise StoreError(f"The font file {path.name} is missing or damaged. Install Camcensus again.") from error
            self._fonts[face] = font
        return font

    def width(self, text: str, face: Face, size: float) -> float:
        """How wide `text` is in points."""
        key = (face, text)
        wide = self._widths.get(key)
        if wide is None:
            metrics = self.font(face).face
            widths, default = metrics.charWidths, metrics.defaultWidth
            wide = self._widths[key] = float(sum([widths.get(ord(character), default) for character in text]))
        return wide * size / 1000

    def printable(self, text: str, face: Face) -> str:
        """`text` with what the face cannot print, and every control character, written as "[U+6444]"; line ends stay."""
        key = (face, text)
        shown = self._printable.get(key)
        if shown is None:
            have = self.font(face).face.charToGlyph
            if text.isascii() and text.isprintable():
                shown = text
            else:
                shown = "".join(_shown(character, have) for character in unicodedata.normalize("NFC", text))
            self._printable[key] = shown
        return shown

    def encode(self, text: str, face: Face, document: PDFDocument) -> list[tuple[str, str]]:
        """`text` as (name of the subset in the page's resources, body of a PDF string), one or more."""
        key = (face, text)
        parts = self._encoded.get(key)
        if parts is None:
            font = self.font(face)
            parts = [
                (font.getSubsetInternalName(subset, document), _escaped(code))
                for subset, code in font.splitString(text, document)
            ]
            self._encoded[key] = parts
        return parts


def _shown(character: str, have: dict[int, int]) -> str:
    if character == "\n":
        return character
    if character in "\t\r":
        return " "
    code = ord(character)
    if code in have and unicodedata.category(character)[0] != "C":
        return character
    return f"[U+{code:04X}]"


def _escaped(code: bytes) -> str:
    return "".join(f"\\{chr(byte)}" if byte in b"()\\" else chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}" for byte in code)
