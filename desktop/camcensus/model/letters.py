"""What an attachment is that somebody took for an exchange file or a sheet of answers, named rightly."""

from __future__ import annotations

from pathlib import Path

_SHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
_KINDS = (
    (b"%PDF", frozenset[str](), "a PDF"),
    (b"PK\x03\x04", frozenset((".docx", ".docm", ".odt")), "a document of a word processor"),
    (b"\xd0\xcf\x11\xe0", frozenset((".doc",)), "a document of a word processor"),
    (b"{\\rtf", frozenset[str](), "a document of a word processor"),
    (b"\xd0\xcf\x11\xe0", frozenset((".msg",)), "an e-mail"),
    (b"", frozenset((".eml",)), "an e-mail"),
)


def letter_words(head: bytes, name: str) -> str:
    """One sentence for a letter, by its first bytes and its name; "" for what is none."""
    suffix = Path(name).suffix.lower()
    words = next(
        (words for start, suffixes, words in _KINDS if head.startswith(start) and suffix in (suffixes or {suffix})), ""
    )
    if not words:
        return ""
    return f"“{name}” is {words}. Type what it says into a sheet of answers, and name the file in its column “File”."


def is_sheet(head: bytes, name: str) -> bool:
    """Whether a file is a spreadsheet by its first bytes and its name."""
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) and Path(name).suffix.lower() in _SHEETS
