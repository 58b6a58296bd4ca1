"""What a file is that a person brings, by its first bytes and its name; nothing of it is read further, and nothing raises."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from camcensus.intake.pcap_file import is_packets
from camcensus.model.errors import open_file
from camcensus.model.registers import TABLE_ENDINGS
from camcensus.store.backup_file import SUFFIX as BACKUP
from camcensus.store.rollup.schema import SUFFIX as ROLLUP
from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, ROLLUP_ID
from camcensus.store.sealed import is_sealed
from camcensus.store.vendors_db.schema import APPLICATION_ID as KNOWLEDGE_ID

type FileKind = Literal[
    "record", "exchange", "rollup", "backup", "knowledge", "folder", "picture", "pdf", "capture", "sheet", "list", "unknown"
]

HEAD_BYTES = 4096
PICTURES = frozenset((".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".dng"))
"""Photos whose bytes differ by maker; what cannot be read of them is said where they are looked at."""
_SQLITE = b"SQLite format 3\0"
_OURS: dict[int, FileKind] = {
    APPLICATION_ID: "record", EXCHANGE_ID: "exchange", ROLLUP_ID: "rollup", KNOWLEDGE_ID: "knowledge",
}  # fmt: skip
_LISTS = frozenset((".xml", ".txt", ".leases", ".log", ".json", ".jsonl", ".gz", ".cap"))


def kind_of(path: Path) -> FileKind:
    """What a file is; "unknown" also for what cannot be opened."""
    try:
        if path.is_dir():
            return "folder"
        with open_file(path) as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        return "unknown"
    suffix = path.suffix.lower()
    if is_sealed(head) or suffix == BACKUP:
        return "backup"
    if head.startswith(_SQLITE):
        return _OURS.get(int.from_bytes(head[68:72], "big"), "unknown")
    if suffix == ROLLUP:  # damaged: opening it says so
        return "rollup"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or suffix in PICTURES:
        return "picture"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if is_packets(head):
        return "capture"
    return "sheet" if suffix in TABLE_ENDINGS else "list" if suffix in _LISTS else "unknown"


def kinds_of(paths: Iterable[Path]) -> dict[FileKind, list[Path]]:
    """Files by what they are, in the order in which they came. What shows who signed an update goes with the update."""
    found: dict[FileKind, list[Path]] = {}
    for path in paths:
        if path.suffix.lower() != ".minisig":
            found.setdefault(kind_of(path), []).append(path)
    return found
