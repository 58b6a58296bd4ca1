"""Taking a signed vendors.db: every refusal leaves every byte as it was; what is taken is whole or not there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from camcensus.model.errors import CamcensusError, DiskError
from camcensus.store.files import write_whole
from camcensus.store.signatures import SecretKey
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.store.vendors_db.updates import (
    STATE,
    Offered,
    day_of,
    default_folder,
    in_use,
    install,
    read_key,
    read_keys,
    read_taken,
    read_update,
)
from store.vendors_db.signed_sample import note, older_and_newer, publisher_key, sign_file, write_key

KEY = publisher_key()
VERSION = "2026.03.04"


class Scene:
    """A program with its built-in knowledge, a person's folder, and a newer file somebody brought."""

    def __init__(self, root: Path) -> None:
        self.built_in, self.file = older_and_newer(root)
        self.folder = root / "person"
        self.version = load_knowledge(self.file).version
        self.sign()

    def sign(self, key: SecretKey = KEY, **changes: str) -> None:
        sign_file(self.file, key, note(self.file.read_bytes(), self.version, **changes).line())

    def offered(self) -> Offered:
        used, taken = in_use(self.built_in, self.folder).version, read_taken(self.folder)
        return read_update(self.file, keys=[KEY.public], used=used, taken=taken.version if taken else "", app="0.1.0")

    def take(self) -> None:
        install(self.offered(), self.folder)

    @property
    def used(self) -> str:
        return day_of(in_use(self.built_in, self.folder).version)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def every_byte(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_newer_signed_one_is_used_from_then_on(scene: Scene) -> None:
    assert (scene.used, in_use(scene.built_in, scene.folder).path) == ("2026.02.03", scene.built_in)
    scene.take()
    used = in_use(scene.built_in, scene.folder)
    assert (scene.used, used.problem) == (VERSION, None)
    assert used.path.read_bytes() == scene.file.read_bytes()
    assert load_knowledge(used.path).manufacturers["maker-c"].name == "Maker C"
    assert used.update is not None
    assert (used.update.created, used.update.key) == ("2026-03-05", KEY.public.name)
    assert sorted(path.name for path in scene.folder.iterdir()) == [STATE, f"vendors-{scene.version}.db"]


def change_byte(scene: Scene) -> None:
    data = bytearray(scene.file.read_bytes())
    data[len(data) // 2] ^= 1
    scene.file.write_bytes(data)


def cut(scene: Scene) -> None:
    scene.file.write_bytes(scene.file.read_bytes()[:-4096])


def beside(scene: Scene, change: Callable[[str], str]) -> None:
    path = scene.file.with_name("vendors.db.minisig")
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def hostile(scene: Scene) -> None:
    with closing(sqlite3.connect(scene.file)) as connection:
        connection.execute("CREATE VIEW shadow AS SELECT 1")
    scene.sign()


def other_contents(scene: Scene) -> None:
    scene.file.write_bytes(scene.built_in.read_bytes())
    scene.sign()


def comment(scene: Scene, text: str) -> None:
    sign_file(scene.file, KEY, text)


def larger(scene: Scene) -> None:
    with scene.file.open("r+b") as stream:
        stream.truncate(1 << 30)


def as_folder(scene: Scene) -> None:
    scene.file.unlink()
    scene.file.mkdir()


def as_pipe(scene: Scene) -> None:
    scene.file.unlink()
    os.mkfifo(scene.file)


REFUSED: dict[str, tuple[Callable[[Scene], None], str]] = {
    "changed byte": (change_byte, "is not the file that was signed"),
    "cut short": (cut, "is not the file that was signed"),
    "wrong key": (lambda scene: scene.sign(publisher_key()), "a key that this Camcensus does not know"),
    "same id, another key": (lambda scene: scene.sign(SecretKey(KEY.id, publisher_key().signing)), "is not the file that was"),
    "no signature": (lambda scene: scene.file.with_name("vendors.db.minisig").unlink(), "There is no vendors.db.minisig"),
    "signature not read": (lambda scene: beside(scene, lambda text: text[:80]), "cannot be read"),
    "signature too long": (lambda scene: beside(scene, lambda text: text + "x" * 5000), "is not a signature"),
    "signature of bytes": (
        lambda scene: scene.file.with_name("vendors.db.minisig").write_bytes(b"\xff\n\xff\n\xff\n\xff\n") and None,
        "cannot be read",
    ),
    "changed comment": (lambda scene: beside(scene, lambda text: text.replace("0.1.0", "0.0.1")), "What is said about"),
    "old version": (lambda scene: scene.sign() or comment(scene, said(scene, version="2026.02.01+00000000")), "is not newer"),
    "the version in use": (
        lambda scene: comment(scene, said(scene, version=load_knowledge(scene.built_in).version)),
        "not newer",
    ),
    "another day, old contents": (other_contents, "holds version 2026.02.03"),
    "another file's hash": (lambda scene: scene.sign(sha256="0" * 64), "is not the file that its signature speaks of"),
    "another name": (lambda scene: comment(scene, said(scene).replace("file=vendors.db", "file=export.zip")), "as export.zip"),
    "nothing said": (lambda scene: comment(scene, "timestamp:1772000000"), "does not say what it is for"),
    "said twice": (lambda scene: comment(scene, said(scene) + " min_app=0.0.0"), "does not say what it is for"),
    "no version": (lambda scene: comment(scene, said(scene, version="7")), "does not say what it is for"),
    "no day": (lambda scene: scene.sign(created="today"), "does not say what it is for"),
    "needs a newer program": (lambda scene: scene.sign(min_app="0.2"), "needs Camcensus 0.2 or newer, and this is 0.1.0"),
    "signed and hostile": (hostile, "does not hold a sound knowledge base"),
    "a gigabyte": (larger, "is too large"),
    "no file": (lambda scene: scene.file.unlink(), "There is no"),
    "a folder": (as_folder, "."),
}
if hasattr(os, "mkfifo"):
    REFUSED["a pipe"] = (as_pipe, "is too large for a knowledge base, or no file")


def said(scene: Scene, version: str | None = None) -> str:
    return note(scene.file.read_bytes(), version or scene.version).line()


@pytest.mark.parametrize("used", ["built-in", "an update"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_is_one_sentence_and_every_byte_stays(tmp_path: Path, case: str, used: str) -> None:
    scene = Scene(tmp_path)
    if used == "an update":
        install(scene.offered(), scene.folder)
    harm, say = REFUSED[case]
    harm(scene)
    before = every_byte(scene.folder), scene.built_in.read_bytes(), scene.used
    with pytest.raises(CamcensusError) as refused:
        scene.offered()
    sentence = str(refused.value)
    if used == "built-in" or case not in ("signed and hostile", "another day, old contents"):
        assert say in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert (every_byte(scene.folder), scene.built_in.read_bytes(), scene.used) == before


def test_the_same_update_again_is_refused_as_not_newer(scene: Scene) -> None:
    scene.take()
    with pytest.raises(CamcensusError, match="is not newer than what Camcensus had already"):
        scene.take()


def test_one_older_than_the_one_taken_last_is_refused_though_that_is_gone(scene: Scene) -> None:
    scene.take()
    later(scene, "2026-02-20")
    in_use(scene.built_in, scene.folder).path.unlink()
    with pytest.raises(CamcensusError, match=r"not newer than what Camcensus had already \(2026\.03\.04"):
        scene.offered()


def test_a_newer_program_goes_before_an_older_update(scene: Scene) -> None:
    scene.take()
    assert in_use(scene.file, scene.folder).path == scene.file


@pytest.mark.parametrize("harm", ["changed", "gone", "cut"])
def test_a_damaged_update_is_left_aside_said_and_can_be_taken_again(scene: Scene, harm: str) -> None:
    scene.take()
    path = in_use(scene.built_in, scene.folder).path
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + (b"!" if harm == "changed" else b""))
    used = in_use(scene.built_in, scene.folder)
    assert used.path == scene.built_in
    assert used.problem is not None
    assert used.problem.endswith("take it again with “knowledge update”.")
    scene.take()
    assert (scene.used, in_use(scene.built_in, scene.folder).problem) == (VERSION, None)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"current": 1}', "[" * 100_000, '{"file": "../../vendors.db"}',
        '{"file": "../x.db", "version": "2026.03.04+00000000", "created": "", "sha256": "", "key": ""}',
    ],
)  # fmt: skip
def test_a_damaged_account_of_updates_means_the_built_in_one(scene: Scene, text: str) -> None:
    scene.take()
    (scene.folder / STATE).write_text(text, "utf-8")
    assert in_use(scene.built_in, scene.folder).path == scene.built_in
    scene.take()
    assert scene.used == VERSION


def later(scene: Scene, day: str) -> None:
    """The file brought is now of a later day."""
    from installers.knowledge.build import build
    from store.vendors_db.sources_sample import FILES, write_sources

    sources = write_sources(scene.folder.parent / day, {"CHANGES.md": FILES["CHANGES.md"] + f"\n## {day}\n\nMore.\n"})
    build(sources, scene.file)
    scene.version = load_knowledge(scene.file).version
    scene.sign()


def test_only_the_newest_is_saved(scene: Scene) -> None:
    scene.take()
    later(scene, "2026-05-06")
    scene.take()
    assert [path.name[:18] for path in scene.folder.glob("*.db")] == ["vendors-2026.05.06"]


def test_a_disk_that_refuses_leaves_what_was_in_use(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.take()
    before = every_byte(scene.folder)
    later(scene, "2026-05-06")

    def refuse(path: Path, data: bytes) -> None:
        if path.name == STATE:
            raise DiskError("The disk is full.")
        write_whole(path, data)

    monkeypatch.setattr("camcensus.store.vendors_db.updates.write_whole", refuse)
    with pytest.raises(DiskError):
        scene.take()
    assert scene.used == VERSION
    assert {path: data for path, data in every_byte(scene.folder).items() if path in before} == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(scene: Scene) -> None:
    scene.folder.mkdir(mode=0o500)
    with pytest.raises(DiskError):
        scene.take()


_TAKER = """
import sys
from pathlib import Path
from camcensus.store.vendors_db import updates
built_in, folder, file, key = map(Path, sys.argv[1:])
print("ready", flush=True)
offered = updates.read_update(file, keys=[updates.read_key(key)], used=updates.in_use(built_in, folder).version,
                              taken=updates.read_taken(folder).version, app="0.1.0")
print("checked", flush=True)
updates.install(offered, folder)
print("taken", flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_one_whole(scene: Scene) -> None:
    scene.take()
    later(scene, "2026-05-06")
    key = write_key(scene.folder.parent / "a.pub", KEY)
    chance, outcomes = random.Random(11), set()
    saved = every_byte(scene.folder)
    for _ in range(12):
        for path in scene.folder.iterdir():
            path.unlink()
        for name, data in saved.items():
            Path(name).write_bytes(data)
        command = [sys.executable, "-c", _TAKER, *map(str, (scene.built_in, scene.folder, scene.file, key))]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as taker:
            assert taker.stdout is not None
            taker.stdout.readline()
            taker.stdout.readline()
            time.sleep(chance.uniform(0, 0.004))
            taker.kill()
            acknowledged = b"taken" in taker.stdout.read()
        used = in_use(scene.built_in, scene.folder)
        assert used.problem is None
        assert load_knowledge(used.path).version == used.version
        assert day_of(used.version) == "2026.05.06" or (day_of(used.version) == VERSION and not acknowledged)
        outcomes.add(day_of(used.version))
        if day_of(used.version) == VERSION:
            scene.take()
        assert (scene.used, [path for path in scene.folder.iterdir() if path.suffix == ".part"]) == ("2026.05.06", [])
    assert outcomes <= {VERSION, "2026.05.06"}


@pytest.mark.parametrize("stop_at", range(1, 8))
def test_stopping_at_every_step_of_the_disk_leaves_the_old_or_the_new_one(
    scene: Scene, stop_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each fsync and each replace in turn is the last thing that happens."""
    scene.take()
    later(scene, "2026-05-06")
    steps = 0

    class Killed(BaseException):
        pass

    def counted[**P, T](real: Callable[P, T]) -> Callable[P, T]:
        def step(*args: P.args, **kwargs: P.kwargs) -> T:
            nonlocal steps
            steps += 1
            if steps >= stop_at:
                raise Killed
            return real(*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(Path, "replace", counted(Path.replace))
        patched.setattr(Path, "unlink", lambda *_args, **_more: None)
        with suppress(Killed):
            scene.take()
    assert scene.used in (VERSION, "2026.05.06")
    assert in_use(scene.built_in, scene.folder).problem is None
    if stop_at <= (5 if os.name == "posix" else 4):  # Windows knows no fsync of a folder
        assert scene.used == VERSION


def test_the_keys_that_ship_are_read(tmp_path: Path) -> None:
    other = publisher_key()
    write_key(tmp_path / "in-use.pub", KEY)
    write_key(tmp_path / "spare.pub", other)
    assert read_keys(tmp_path) == (KEY.public, other.public)


def test_no_folder_of_keys_is_no_key(tmp_path: Path) -> None:
    assert read_keys(tmp_path / "none") == ()


def test_a_key_file_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pub").write_bytes(b"\xff\xfe")
    (tmp_path / "large.pub").write_bytes(b"x" * 5000)
    for name in ("a.pub", "large.pub", "none.pub"):
        with pytest.raises(CamcensusError, match=r"\.$"):
            read_key(tmp_path / name)


def test_the_folder_is_the_persons_own_unless_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("CAMCENSUS_DATA")
    assert default_folder().name == "Camcensus"
    assert default_folder().is_absolute()
