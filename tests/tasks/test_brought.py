"""What a file is that a person brings is told by its bytes, whatever it is called."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from camcensus.store.schema import APPLICATION_ID, EXCHANGE_ID, ROLLUP_ID
from camcensus.store.sealed import MAGIC
from camcensus.store.vendors_db.schema import APPLICATION_ID as KNOWLEDGE_ID
from camcensus.tasks.brought import kind_of, kinds_of


def sqlite(number: int) -> bytes:
    return b"SQLite format 3\0" + bytes(52) + number.to_bytes(4, "big") + bytes(28)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.camcensus", sqlite(APPLICATION_ID), "record"),
        ("renamed.txt", sqlite(APPLICATION_ID), "record"),
        ("a.camcensus", sqlite(EXCHANGE_ID), "exchange"),
        ("a.camcensus", sqlite(ROLLUP_ID), "rollup"),
        ("a.camcensus-rollup", b"damaged", "rollup"),
        ("a.camcensus-backup", sqlite(APPLICATION_ID), "backup"),
        ("a.bin", MAGIC + b"...", "backup"),
        ("vendors.db", sqlite(KNOWLEDGE_ID), "knowledge"),
        ("places.sqlite", sqlite(0), "unknown"),
        ("IMG_1.JPG", b"\xff\xd8\xff\xe0....", "picture"),
        ("floor.png", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("IMG_2.HEIC", b"....ftypheic", "picture"),
        ("plan.PDF", b"%PDF-1.7", "pdf"),
        ("a.csv", b"Ref,Location\n", "sheet"),
        ("a.XLSX", b"PK\x03\x04", "sheet"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "sheet"),
        ("scan.xml", b"<?xml version='1.0'?><nmaprun>", "list"),
        ("dhcpd.leases", b"lease 10.0.0.1 {", "list"),
        ("capture.jsonl", b"{}", "list"),
        ("cameras.json", b"\xef\xbb\xbf\n[]", "list"),
        ("capture.json", b'{"probe"', "list"),
        ("hour.pcap", b"\xd4\xc3\xb2\xa1" + bytes(20), "capture"),
        ("hour.bin", b"\x0a\x0d\x0d\x0a" + bytes(20), "capture"),
        ("hour.gz", gzip.compress(b"\xd4\xc3\xb2\xa1" + bytes(20), mtime=0), "capture"),
        ("program.exe", b"MZ", "unknown"),
        ("empty", b"", "unknown"),
    ],
)
def test_files(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind


def test_folders_missing_files_and_files_that_belong_together(tmp_path: Path) -> None:
    (tmp_path / "vendors.db").write_bytes(sqlite(KNOWLEDGE_ID))
    (tmp_path / "vendors.db.minisig").write_text("signature")
    assert kind_of(tmp_path) == "folder"
    assert kind_of(tmp_path / "none.csv") == "unknown"
    both = [tmp_path / "vendors.db.minisig", tmp_path / "vendors.db"]
    assert kinds_of(both) == {"knowledge": [tmp_path / "vendors.db"]}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.csv")
    assert kind_of(tmp_path / "list.csv") == "unknown"
