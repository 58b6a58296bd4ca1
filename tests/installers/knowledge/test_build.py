from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from camcensus.model.errors import DiskError, KnowledgeError
from camcensus.store.vendors_db.read import load_knowledge
from installers.knowledge.build import build, check
from installers.knowledge.sources import digest_of
from store.vendors_db.sources_sample import edited, write_sources


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    assert build(sources, first) == build(sources, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_version_is_the_newest_review_and_a_hash_that_line_endings_do_not_change(tmp_path: Path) -> None:
    plain, windows = write_sources(tmp_path / "plain"), write_sources(tmp_path / "windows")
    for path in windows.rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    version = build(plain, tmp_path / "a.db")
    assert version.startswith("2026.02.03+")
    assert len(version) == len("2026.02.03+3f9c1a2b")
    assert build(windows, tmp_path / "b.db") == version


def test_a_change_of_the_sources_makes_a_new_version_and_a_stale_file_a_problem(tmp_path: Path) -> None:
    sources, out = write_sources(tmp_path / "sources"), tmp_path / "vendors.db"
    old = build(sources, out)
    assert check(sources, out) == []
    write_sources(sources, edited("manufacturers/maker-b.toml", "Maker B", "Maker Bee"))
    assert [(one.file, "older than the sources" in one.say) for one in check(sources, out)] == [("vendors.db", True)]
    assert build(sources, out) != old
    assert check(sources, out) == []


def test_a_file_changed_by_hand_is_a_problem(tmp_path: Path) -> None:
    sources, out = write_sources(tmp_path / "sources"), tmp_path / "vendors.db"
    build(sources, out)
    with closing(sqlite3.connect(out)) as connection, connection:
        connection.execute("UPDATE manufacturer SET name = 'Somebody' WHERE id = 'maker-b'")
    assert ["changed after it was built" in one.say for one in check(sources, out)] == [True]


@pytest.mark.parametrize("text", [b"", b"no database at all", None])
def test_a_file_that_is_no_knowledge_base_is_a_problem(tmp_path: Path, text: bytes | None) -> None:
    sources, out = write_sources(tmp_path / "sources"), tmp_path / "vendors.db"
    if text is not None:
        out.write_bytes(text)
    assert [one.file for one in check(sources, out)] == ["vendors.db"]


def test_wrong_sources_build_nothing_and_say_where(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources", edited("brands/maker-a.toml", 'made_by = "maker-a"', 'made_by = "nobody"'))
    with pytest.raises(KnowledgeError, match=r"brands/maker-a\.toml:1: .*nobody"):
        build(sources, tmp_path / "vendors.db")
    assert not (tmp_path / "vendors.db").exists()


def test_a_failed_write_leaves_no_file_behind(tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    with pytest.raises(DiskError):
        build(sources, tmp_path / "no such folder" / "vendors.db")
    (tmp_path / "vendors.db").mkdir()
    with pytest.raises(DiskError):
        build(sources, tmp_path / "vendors.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sources", "vendors.db"]


def test_a_rebuild_replaces_the_file_whole(tmp_path: Path) -> None:
    sources, out = write_sources(tmp_path / "sources"), tmp_path / "vendors.db"
    out.write_bytes(b"something old")
    version = build(sources, out)
    assert load_knowledge(out).version == version


def test_the_order_of_the_sources_is_that_of_their_names_not_of_the_file_system(tmp_path: Path) -> None:
    """Windows compares paths without case: CHANGES.md would come after advisories there, and the version would be another."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, names in ((one, ("B.md", "a.md", "a-b/c.md", "a/c.md")), (other, ("a/c.md", "a-b/c.md", "a.md", "B.md"))):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(name.encode())
    expected = hashlib.sha256()
    for name in ("B.md", "a/c.md", "a-b/c.md", "a.md"):
        expected.update(f"{name}\0{len(name)}\0{name}".encode())
    assert digest_of(one) == digest_of(other) == expected.hexdigest()
