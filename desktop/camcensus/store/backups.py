"""A rolling set of back-ups in a folder beside the inventory, and going back to one of them.

Each is a whole, closed inventory: copied with SQLite's own means, read back, with its SHA-256 in a list beside it. Kept are
the last ten, and the last of each day for a fortnight and of each month for a year. One is dropped only after a newer one was
read back; nothing is ever dropped while the clock is before the newest.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from camcensus.model import frozen
from camcensus.model.errors import (
    DamagedFileError,
    DiskError,
    NotOurFileError,
    StoreError,
    disk_error,
    need_room,
    on_disk,
    open_file,
    patiently,
    refuse_odd,
    shown,
)
from camcensus.store import connecting, opening
from camcensus.store.beside import where_it_lies
from camcensus.store.contents import Contents
from camcensus.store.files import sync_folder, write_whole
from camcensus.store.lock import FileLock
from camcensus.store.sentences import busy, damaged, explain

# Checking a back-up before anybody relies on it: in a private copy, so that what was checked is what is used.

SUMS = "SHA256SUMS"
SUMS_LIMIT_BYTES = 1 << 20


@contextlib.contextmanager
def checked_copy(backup: Path, beside: Path | None = None) -> Iterator[tuple[Path, bool]]:
    """A private copy of a back-up that was found sound, and whether it had a checksum; the copy is removed afterwards.

    It is one file in the folder `beside`, else among temporary files, brought to its last commit where a log or a journal
    lay beside the back-up. Raises StoreError.
    """
    lies = where_it_lies(backup)
    with contextlib.ExitStack() as held:
        try:
            folder = held.enter_context(
                tempfile.TemporaryDirectory(prefix=".camcensus-", dir=beside, ignore_cleanup_errors=True)
            )
            copy = Path(folder) / lies.name
            opening.check_header(lies)
            noted = noted_in(lies.parent).get(lies.name)
            _copy(lies, copy)
            _check(copy, noted)
            had_sums = noted is not None or opening.has_digest(copy)
        except OSError as error:
            raise disk_error(lies, error) from error
        except ValueError as error:  # a damaged text in what SQLite says, or in the file
            raise damaged(lies) from error
        yield copy, had_sums


def _copy(backup: Path, copy: Path) -> None:
    """Copy a back-up as SQLite reads it. Raises OSError, StoreError."""
    log = backup.with_name(backup.name + "-wal")
    need_room(copy, backup.stat().st_size)
    if connecting.state_of(backup) != "hot" and not (log.exists() and log.stat().st_size):
        with open_file(backup) as source, copy.open("xb") as into:
            shutil.copyfileobj(source, into)
        return
    db, folder = connecting.connect_readonly(backup)
    try:
        with contextlib.closing(sqlite3.connect(copy)) as target:
            db.conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        raise explain(backup, error) from error
    finally:
        db.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def _check(copy: Path, noted: str | None) -> None:
    """Check a copy that nobody else can change. Raises OSError, ValueError, StoreError."""
    if noted is not None and noted != digest_of(copy):
        raise DamagedFileError(f"The back-up “{shown(copy)}” is not as it was written; use an older one.")
    opening.check_header(copy)
    opening.check_contents(copy)
    _read_through(copy)


def _read_through(copy: Path) -> None:
    """Read what is read as it is opened and what the pages show: what no check of SQLite sees is met before it takes a sound
    file's place. Raises StoreError.
    """
    db, folder = connecting.connect_readonly(copy)
    with Contents(copy, db, None, readonly_reason="A back-up is only read.", copy=folder) as contents:
        _ = contents.body
        for read in (
            contents.judged, contents.history, contents.places, contents.vendors, contents.doubts, contents.photos,
            contents.own_list, contents.own_brands, contents.list_choices, contents.unfinished, contents.plan_edits,
            contents.changes, contents.costs,
        ):  # fmt: skip
            read()
        for version in contents.plan_versions():
            contents.plan_version(version.number)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def noted_in(folder: Path) -> dict[str, str]:
    """File name -> SHA-256, as `sha256sum` writes them, in the order in which the files were made. Raises OSError."""
    sums = folder / SUMS
    if sums.is_symlink() or not sums.is_file():
        return {}
    with sums.open("rb") as stream:
        text = stream.read(SUMS_LIMIT_BYTES).decode("utf-8", "surrogateescape")
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines()) if name}


LAST, DAYS, MONTHS = 10, 14, 12
EVERY = timedelta(hours=1)
"""How often one is made when a file is opened; when it is closed one is made of whatever changed since."""


@frozen(order=True)
class Backup:
    """One back-up: when it was made (UTC) and its file."""

    at: datetime
    path: Path


def folder_of(path: Path) -> Path:
    """Where the back-ups of an inventory are kept: "Elm Park.camcensus-backups" beside it."""
    return path.with_name(f"{path.name}-backups")


def list_backups(path: Path) -> tuple[Backup, ...]:
    """The back-ups of the inventory at `path`, the one that was made last first; empty where there are none.

    Their order is that of the list beside them: a name holds what the clock said, which may have been wrong. One that is not in
    it is placed by its name.
    """
    if not path.name:
        return ()
    name = re.compile(rf"{re.escape(path.stem)} (\d{{4}}-\d\d-\d\d \d{{6}})Z{re.escape(path.suffix)}")
    found = []
    with contextlib.suppress(OSError):
        for entry in folder_of(path).iterdir():
            fits = name.fullmatch(entry.name)
            if fits is not None and entry.is_file() and not entry.is_symlink():
                with contextlib.suppress(ValueError):
                    found.append(Backup(datetime.strptime(f"{fits[1]}Z", "%Y-%m-%d %H%M%S%z"), entry))
    order = dict[str, int]()
    with contextlib.suppress(OSError):
        order = {entry: number for number, entry in enumerate(noted_in(folder_of(path)))}
    listed = [(one.at, order[one.path.name]) for one in found if one.path.name in order]

    def made(one: Backup) -> tuple[float, Backup]:
        by_name = max((number for at, number in listed if at <= one.at), default=-1) + 0.5
        return order.get(one.path.name, by_name), one

    return tuple(sorted(found, key=made, reverse=True))


def back_up(inventory: Contents, now: datetime, *, closing: bool = False) -> Backup | None:
    """Make a back-up where the file has changed since the newest; None where none was due or the file is only read.

    Raises StoreError; the inventory can be used all the same, and the back-ups there are stay.
    """
    if inventory.readonly:
        return None
    path, now = inventory.path, now.astimezone(UTC)
    before = list_backups(path)
    if before and not closing and abs(now - before[0].at) < EVERY:
        return None
    inventory.settle_log()
    if before and _is_of(before[0].path, path):
        return None
    folder = folder_of(path)
    made = _named(path, now)
    with on_disk(made.path):
        if folder.is_symlink() or folder.is_junction():
            raise DiskError(f"“{shown(folder)}” leads to another folder, so no back-up was made; move it away.")
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
        _sweep(folder, path)
        inventory.copy_to(made.path)
        state = path.stat()
        os.utime(made.path, ns=(state.st_atime_ns, state.st_mtime_ns))
        _note(folder, made.path.name, digest_of(made.path))
        _drop_old(path, now)
    return made


def _named(path: Path, now: datetime) -> Backup:
    """A back-up of now with a name that none has: one that was read back is never written over."""
    at = now.replace(microsecond=0)
    while True:
        made = Backup(at, folder_of(path) / f"{path.stem} {at:%Y-%m-%d %H%M%S}Z{path.suffix}")
        if not made.path.exists():
            return made
        at += timedelta(seconds=1)


def is_sound(backup: Path) -> bool:
    """Whether a back-up is as it was written, as far as it has a checksum, and holds together by SQLite's checks."""
    try:
        with checked_copy(backup):
            return True
    except StoreError:
        return False


def newest_sound(path: Path) -> Backup | None:
    """The newest sound back-up of `path`, None where none is. Raises DiskError where one could not be checked at all."""
    unchecked: DiskError | None = None
    for one in list_backups(path):
        try:
            with checked_copy(one.path):
                return one
        except DiskError as error:
            unchecked = unchecked or error
        except StoreError:
            continue
    if unchecked is not None:
        raise unchecked
    return None


@frozen
class Restored:
    """What going back did: `aside` is the file that was there, under its new name. Without a checksum nobody can tell whether
    the back-up changed since it was made."""

    aside: Path | None
    had_sums: bool


def restore_backup(path: Path, backup: Path, now: datetime) -> Restored:
    """Put a copy of a back-up at `path`; what was there is set aside under a dated name.

    The very copy that was checked is put there. Nothing is overwritten, and at each moment a whole file is at `path` where
    one was. Raises StoreError, FileBusyError where the inventory is open somewhere.
    """
    if not path.name:
        raise DiskError(f"“{shown(path)}” is a folder; give the name of a file.")
    with on_disk(path):
        refuse_odd(path)
        _refuse_link_to_others(path)
    path = where_it_lies(path)
    with checked_copy(backup, path.parent) as (checked, can_be_checked):  # elsewhere there may be less room
        return Restored(_put_in_place(path, checked, now), can_be_checked)


def _refuse_link_to_others(path: Path) -> None:
    """Whoever sent a folder chose where a link in it leads: no other file of the person's is moved away for an inventory."""
    if path.is_symlink() and path.is_file():
        with path.open("rb") as stream:
            is_ours = stream.read(16) == b"SQLite format 3\0"
        if not is_ours:
            raise NotOurFileError(f"“{shown(path)}” is a link to a file that is no inventory; give the inventory's own name.")


def _put_in_place(path: Path, checked: Path, now: datetime) -> Path | None:
    lock = FileLock(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        if not lock.acquire():
            raise busy(path, lock.holder())
        need_room(path, checked.stat().st_size)
        temporary.touch(mode=0o600, exist_ok=False)
        shutil.copyfile(checked, temporary)
        if digest_of(temporary) != digest_of(checked):
            raise DiskError(f"“{shown(checked)}” could not be copied; check the disk and try again.")
        opening.drop_digest(temporary)
        aside = _set_aside(path, now) if path.exists() else None
        patiently(lambda: temporary.replace(path))
        sync_folder(path.parent)
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        lock.release()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return aside


def _set_aside(path: Path, now: datetime) -> Path:
    """A second name for the file, then its log and journal under that name: they must not lie beside what comes instead."""
    number = 1
    aside = first = path.with_name(f"{path.stem} damaged {now:%Y-%m-%d %H%M%S}{path.suffix}")
    while os.path.lexists(aside):
        number += 1
        aside = first.with_name(f"{first.stem} ({number}){first.suffix}")
    try:
        os.link(path, aside)
    except OSError:  # a disk without second names
        with path.open("rb") as source, aside.open("xb") as stream:
            shutil.copyfileobj(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
    for suffix in ("-wal", "-journal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    sync_folder(path.parent)
    return aside


def to_keep(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which back-ups stay. All, where the newest is more than a day ahead of the clock."""
    newest = sorted(times, reverse=True)
    if newest and newest[0] > now + timedelta(days=1):
        return frozenset(newest)
    kept = set(newest[:LAST])
    by_day, by_month = dict[object, datetime](), dict[object, datetime]()
    for at in newest:
        by_day.setdefault(at.date(), at)
        by_month.setdefault((at.year, at.month), at)
    kept |= {at for day, at in by_day.items() if at > now - timedelta(days=DAYS)}
    month = now.year * 12 + now.month
    kept |= {at for at in by_month.values() if month - (at.year * 12 + at.month) < MONTHS}
    return frozenset(kept)


def _drop_old(path: Path, now: datetime) -> None:
    """Drop what is not to be kept; the one just made has been read back."""
    there = list_backups(path)
    kept = to_keep([one.at for one in there], now)
    dropped = [one for one in there if one.at not in kept]
    for one in dropped:
        with contextlib.suppress(OSError):
            one.path.unlink()
    if dropped:
        folder = folder_of(path)
        _write_sums(folder, {name: digest for name, digest in noted_in(folder).items() if (folder / name).exists()})


def _is_of(backup: Path, path: Path) -> bool:
    """Whether a back-up is of the file as it is: it has the size and the time of what it was made of, on the same disk."""
    log = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError):
        if log.exists() and log.stat().st_size:
            return False
        one, other = backup.stat(), path.stat()
        return one.st_mtime_ns == other.st_mtime_ns and other.st_size == one.st_size
    return False


def _sweep(folder: Path, path: Path) -> None:
    """Remove what was begun and not finished, by us: nobody else writes here while the inventory is open."""
    for entry in folder.iterdir():
        if entry.name.startswith(f".{path.stem} ") and re.search(r"\.[0-9a-f]{8}\.part(-\w+)?$", entry.name):
            with contextlib.suppress(OSError):
                entry.unlink()


def _note(folder: Path, name: str, digest: str) -> None:
    sums = noted_in(folder)
    sums.pop(name, None)
    _write_sums(folder, sums | {name: digest})


def _write_sums(folder: Path, sums: dict[str, str]) -> None:
    text = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    write_whole(folder / SUMS, text.encode("utf-8", "surrogateescape"), mode=0o600)
