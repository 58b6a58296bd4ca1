"""The inventory: the one file in which an organisation keeps its cameras, places and decisions."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from camcensus.model.asset import Body
from camcensus.model.changes import Changes
from camcensus.model.device import Observation, Verdict
from camcensus.model.errors import DiskError, StoreError, how_full, is_full, shown
from camcensus.model.scan import ScanRecord
from camcensus.model.words import clean, count, utc_second
from camcensus.store import changelog, connecting, keeping, opening, rows
from camcensus.store.beside import where_it_lies
from camcensus.store.contents import COPY_IT, Contents
from camcensus.store.edits.wording import named
from camcensus.store.keeping import SavedDevice
from camcensus.store.lock import FileLock
from camcensus.store.pen import Edit, Made, Pen
from camcensus.store.sentences import busy, explain
from camcensus.store.whereabouts import locate

NEWS_AFTER = " changed. "
"""In the line of the change log that says how many answers re-checking changed: what lists changed comes behind it."""
ASKED_TO_READ = "This inventory was opened for reading only."


class Inventory(Contents):
    """An open inventory file; a context manager. Made by `create_inventory` and `open_inventory` only.

    What people change of it are edits (`do`). All that writes is one transaction, durable when it returns. `now` has a zone.
    Raises StoreError. One thread at a time: a connection never crosses a thread.
    `readonly_reason` is a sentence where the file could be opened for reading only, else None.
    """

    def __init__(self, path: Path, db: Database, lock: FileLock | None, **more: Any) -> None:
        super().__init__(path, db, lock, **more)
        self._file: os.stat_result | None = None
        if self.readonly_reason is None and locate(path).kind != "network":  # there a file's number may change at any time
            with contextlib.suppress(OSError):
                self._file = path.stat()

    def batch(self) -> Inventory:
        """The same file on its own connection, for one Job in another thread: close it there; this one stays the holder."""
        if self.readonly_reason is not None:
            raise DiskError(self.readonly_reason)
        made = Inventory(self.path, connecting.connect_writing(self.path), None)
        made.today = self.today
        return made

    def leave_thread(self) -> None:
        """Let the connection go and keep the file: the thread that opened it ends, and another continues (`enter_thread`)."""
        self._db.close()

    def enter_thread(self) -> None:
        """Continue in the calling thread, after `leave_thread` in another; lets the file go where it raises StoreError."""
        try:
            if self._lock is not None:
                self._db = connecting.connect_writing(self.path)
            elif self._copy is not None:
                self._db = connecting.connect_copy(self.path, self._copy)
            else:
                self._db, self._copy = connecting.connect_readonly(self.path)
        except BaseException:
            self._let_go()
            raise

    # What a scan brings

    def keep(
        self, scan: ScanRecord, observations: Sequence[Observation], kept: Sequence[SavedDevice], now: datetime
    ) -> Changes:
        """Put a scan away, with observations that no device owns; one transaction."""
        at = utc_second(now)
        with self._writing():
            keeping.save_scan(self._db, scan)
            rows.drop(self._db, scan.id)
            for one in kept:
                keeping.save_device(self._db, one, scan.id, at)
            rows.mark_superseded(self._db, [one.id for one in kept if not one.new])
            keeping.save_observations(self._db, observations, scan.id, None)
            keeping.save_doubts(self._db, kept, at)
            assets = keeping.save_assets(self._db, kept)
            missing = keeping.mark_not_seen(self._db, scan)
            fresh = sum(one.new for one in kept)
            say = f"{count(len(kept), 'device')} seen, {fresh:,} new"
            say += f", {len(missing)} not seen this time." if missing else "."
            change = changelog.note(self._db, "keep", say, by=None, at=at)
        return Changes(assets | missing, devices=frozenset(one.id for one in kept), say=say, change_id=change)

    def note_seen(self, scan: ScanRecord, observations: Sequence[Observation], now: datetime) -> None:
        """Put away what a search has seen so far: not in the register before it is kept as a whole (`keep`)."""
        with self._writing():
            rows.note(self._db, scan, observations, utc_second(now))

    def reassess(
        self,
        answers: Mapping[str, tuple[Verdict, str]],
        prefixes: Mapping[str, str],
        now: datetime,
        because: keeping.Because | None = None,
        *,
        quiet: bool = False,
        news: Callable[[], str] = str,
    ) -> Changes:
        """Keep new answers (device id -> verdict and its outcome in a few words) without a new scan.

        `prefixes` gives the ref prefix of devices that are now fit for a register row; `because` says why an answer
        differs from the one before, and is asked only where it does. `news` is asked afterwards what to add to the line in the
        change log. `quiet` leaves none: the edit that made it necessary has one.
        """
        at, changed = utc_second(now), set()
        with self._writing():
            row_of = dict(self._db.execute("SELECT device, id FROM asset WHERE device IS NOT NULL").fetchall())
            for device, (verdict, outcome) in answers.items():
                if keeping.save_answer(self._db, device, verdict, outcome, at, because=because):
                    changed.add(device)
                kind = keeping.entry_kind(verdict.description)
                self._db.execute("UPDATE device SET kind = ? WHERE id = ? AND kind <> ?", [kind, device, kind])
                if device in row_of:
                    keeping.set_kind(self._db, row_of[device], verdict.description)
                elif device in prefixes:
                    keeping.new_asset(self._db, prefixes[device], kind, device)
            say = f"{count(len(answers), 'device')} re-checked, {count(len(changed), 'answer')}{NEWS_AFTER}{news()}".strip()
            change = None if quiet else changelog.note(self._db, "rejudge", say, by=None, at=at)
            sql = "SELECT id FROM asset WHERE device IN (SELECT value FROM json_each(?))"
            assets = frozenset(row[0] for row in self._db.execute(sql, [json.dumps(list(answers))]))
        return Changes(assets, devices=frozenset(answers), say=say, change_id=change)

    def reread(self, observations: Iterable[Observation]) -> None:
        """Keep newer readings of the same raw bytes (a newer codec)."""
        with self._writing():
            for one in observations:
                reading = one.reading
                fields = json.dumps({name: list(values) for name, values in reading.fields.items()}, ensure_ascii=False)
                self._db.execute(
                    "UPDATE observation SET state = ?, fields = ?, codec = ?, problem = ? WHERE id = ?",
                    [reading.state, fields, reading.codec, reading.problem, one.id],
                )

    # What staff do

    def do(self, edit: Edit[str] | Edit[Made], *, by: str | None, now: datetime) -> Changes:
        """Do one edit (of `store.edits` or `tasks.register`), whole or not at all.

        It is one line of the change log, also where it does many things, and can be taken back as one.
        """
        with self._writing():
            return Pen(self, self._db, by, now).whole(edit)

    def save_draft(self, key: str, text: str | None) -> None:
        """Keep what is no edit, None for nothing: what is typed and not saved yet, or noted. The log and undo pass it by."""
        with self._writing():
            self._db.execute("DELETE FROM setting WHERE key = ?", [key])
            if text is not None:
                self._db.execute("INSERT INTO setting (key, value) VALUES (?, ?)", [key, text])

    def allow(self, network: str, who: str, now: datetime) -> Changes:
        """Keep who allows this network to be searched. Raises StoreError for an empty name."""
        who = named(who, "person who allows the search")
        with self._writing():
            self._db.execute(
                "INSERT INTO permission (network, who, at) VALUES (?, ?, ?)"
                " ON CONFLICT (network) DO UPDATE SET who = excluded.who, at = excluded.at",
                [network, who, utc_second(now)],
            )
            say = f"{clean(who, 60)} allows a search of {clean(network, 60)}."
            change = changelog.note(self._db, "allow", say, by=who, at=utc_second(now))
        return Changes(say=say, change_id=change)  # the register reads none of it

    def note_report(self, kind: str, say: str, by: str | None, now: datetime) -> Changes:
        """Log that a report was written ("replacement plan"), so that people can ask what has changed since.

        It touches nothing, and is told where it was written.
        """
        with self._writing():
            change = changelog.note(self._db, "report", f"{say} ({kind})", by=by, at=utc_second(now))
        return Changes(change_id=change)

    def note_begin(self, say: str, by: str | None, now: datetime) -> Changes:
        """Log that the record is as it begins: what is before this line was made for people, not by them, and stays."""
        with self._writing():
            change = changelog.note(self._db, "begin", say, by=by, at=utc_second(now))
        return Changes(settings=True, say=say, change_id=change)

    def undo(self, now: datetime) -> Changes | None:
        """Take back the newest edit that still stands, as far as the newest kept scan; None where there is none.

        Devices whose observations changed (`.devices`) are to be re-checked: `tasks` does both.
        """
        with self._from_the_log():
            return changelog.undo(self._db, utc_second(now))

    def redo(self) -> Changes | None:
        """Do again what was taken back last; None after any other edit."""
        with self._from_the_log():
            return changelog.redo(self._db)

    # How

    def _lies_there(self) -> bool:
        """Whether the file that was opened is still at its path."""
        try:
            found = self.path.stat()
        except OSError:
            return False
        return self._file is None or os.path.samestat(found, self._file)

    @contextlib.contextmanager
    def _from_the_log(self) -> Iterator[None]:
        """Writes what the file's log says, which may be anybody's: whole, and such that the file opens again, or nothing."""
        with self._writing():
            try:
                yield
                self.own_list()
                self.own_brands()
            except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
                raise StoreError(
                    "What the inventory’s log says of that change is not as Camcensus writes it, so nothing was changed; go"
                    " back to a back-up instead."
                ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        if self.readonly_reason is not None:
            raise DiskError(self.readonly_reason)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                if not self._lies_there():
                    raise DiskError(
                        f"“{shown(self.path)}” is no longer where it was opened, so the change was not saved; put it back "
                        "there, or close it and open it where it is now."
                    )
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.conn.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except StopIteration as error:
            raise StoreError("That row is no longer in the inventory; look at the list again.") from error
        except sqlite3.IntegrityError as error:
            raise StoreError("The inventory refused that edit because something it names is not there; look again.") from error
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":
                raise  # A statement of ours that SQLite does not understand: the file is sound, and the defect is ours.
            raise explain(self.path, error) from error


def create_inventory(path: Path, body: Body, *, now: datetime) -> Inventory:
    """A new inventory file at `path`, open. Raises DiskError where a file is there already or the folder refuses."""
    opening.make_file(path, body, now)
    return open_inventory(path)


def open_inventory(path: Path, *, readonly: bool | str = False) -> Inventory:
    """Open an inventory: ours, sound, not newer, nobody else writing. Raises StoreError, and then nothing was written.

    `readonly` reads without a trace beside the file, also while another Camcensus has it open; where it is a sentence, that is
    `readonly_reason`. Without it, a file or folder
    that cannot be written is opened for reading (`readonly_reason` says why); a file that another holds is FileBusyError.
    Older files are brought up to date after a verified copy was put beside them.
    """
    path = where_it_lies(path)
    opening.check_header(path)
    remedy = COPY_IT
    lock = FileLock(path, copied=locate(path).kind == "synchronised")
    reason = opening.why_readonly(path) if not readonly else readonly if isinstance(readonly, str) else ASKED_TO_READ
    if reason is None:
        try:
            if not lock.acquire():
                raise busy(path, lock.holder(), lock=lock.path if lock.elsewhere else None)
        except OSError as error:
            why = f"The folder of “{shown(path)}” cannot be written"
            if is_full(error):
                why, remedy = f"The disk is full{how_full(path)}", "free some space and try again"
            reason = f"{why}, so the inventory is open for reading only."
    try:
        opening.check_contents(path)
        if reason is not None:
            db, copy = connecting.connect_readonly(path)
            return Inventory(path, db, None, readonly_reason=reason, remedy=remedy, copy=copy)
        opening.recover(path)
        return Inventory(path, connecting.connect_writing(path), lock)
    except BaseException:
        lock.release()
        raise
