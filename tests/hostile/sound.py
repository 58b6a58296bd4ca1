"""The sound files that hostile ones are made from, made by the program's own commands."""

from __future__ import annotations

import contextlib
import io
import shutil
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from camcensus.app import data_dir
from camcensus.cli import run
from camcensus.store.signatures import SecretKey
from camcensus.store.vendors_db.schema import digest_rows
from hostile.file_pictures import real_jpeg
from store.vendors_db.signed_sample import note, publisher_key, sign_file, write_key

LIST = (
    "Name,MAC address,IP address,Make,Model,Location\n"
    "Hall,00:40:8c:01:02:03,10.0.0.9,Axis,P3245,Hall\n"
    "Gate,44:19:b6:01:02:03,10.0.0.10,Hikvision,DS-2CD2143,Gate\n"
    "Yard,3c:ef:8c:01:02:03,10.0.0.11,Dahua,IPC-HDW2431,Yard\n"
)
VERSION = "2099.01.01+00000000"
SIGNED_MOST = 100 << 20


@dataclass(frozen=True)
class Sound:
    """`of` has a sound file of each kind, `mine` is what the person has."""

    of: dict[str, Path]
    mine: Path
    key: SecretKey

    def sign(self, path: Path) -> None:
        """A publisher's signature over whatever lies there: signed is not the same as sane."""
        side = path.with_name(path.name + ".minisig")
        with contextlib.suppress(OSError):
            state = path.lstat()
            if stat.S_ISREG(state.st_mode) and state.st_size <= SIGNED_MOST and not side.is_symlink() and not side.exists():
                sign_file(path, self.key, note(path.read_bytes(), VERSION).line())


def make_sound(root: Path, data: Path) -> Sound:
    """All of them, in this folder."""
    mine = root / "mine"
    mine.mkdir()
    (mine / "list.csv").write_text(LIST)
    (mine / "passphrase.txt").write_text("correct horse battery staple\n")
    inventory, exchange = mine / "school.camcensus", mine / "exchange.camcensus"
    national, backup, locked = (
        mine / "national.camcensus-rollup",
        root / "plain.camcensus-backup",
        root / "locked.camcensus-backup",
    )
    _run("identify", str(mine / "list.csv"), "--inventory", str(inventory))
    _run("export", str(inventory), "--audience", "auditor", "-o", str(exchange))
    _run("export", str(inventory), "--audience", "backup", "--plain", "-o", str(backup))
    _run("export", str(inventory), "--audience", "backup", "--passphrase-file", str(mine / "passphrase.txt"), "-o", str(locked))
    _run("rollup", str(national), str(exchange))
    key = publisher_key()
    write_key(mine / "publisher.pub", key)
    plain = {
        "brands.csv": "Brand,Maker,How we know,Said by,Date,Recorded by\nOurBrand,Not known,other,Caretaker,2026-11-24,Ruth\n",
        "bodies.csv": "name,type,urn\nElm Park Primary School,school,100001\n",
        "answers.csv": "organisation,urn,status,How many cameras?,Hikvision?\nElm Park Primary School,100001,Answered,12,No\n",
        "policy.toml": (data / "resources" / "policy-template.toml").read_text("utf-8"),
        "passphrase.txt": "correct horse battery staple\n",
    }
    for name, text in plain.items():
        (root / name).write_text(text)
    (root / "picture.png").write_bytes(real_jpeg())
    for side in [*mine.iterdir()]:
        if side.is_dir():
            shutil.rmtree(side)
        elif side.name.endswith((".lock", "-wal", "-shm")):
            side.unlink()
    of = {
        "inventory": inventory, "exchange": exchange, "rollup": national, "backup": locked, "knowledge": make_newer(data / "vendors.db", root / "vendors.db", VERSION),
        "list": mine / "list.csv", "brands": root / "brands.csv", "bodies": root / "bodies.csv",
        "answers": root / "answers.csv", "policy": root / "policy.toml",
        "picture": root / "picture.png", "passphrase": root / "passphrase.txt",
    }  # fmt: skip
    return Sound(of, mine, key)


def make_newer(built_in: Path, path: Path, version: str) -> Path:
    """The knowledge base as one of a later day."""
    shutil.copyfile(built_in, path)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET value = ? WHERE key = 'version'", [version])
        db.execute("UPDATE meta SET value = ? WHERE key = 'digest'", [digest_rows(db)])
        db.commit()
    return path


def _run(*words: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = run(list(words), data_dir=data_dir, window=lambda *_: 0)
    if status != 0:
        raise AssertionError(f"{' '.join(words)}: {said.getvalue()}")
