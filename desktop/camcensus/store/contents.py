"""The contents of an open inventory file, for reading only."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Concatenate, Self

from sqlite_utils import Database

from camcensus.model.asset import Body
from camcensus.model.device import Observation, Verdict
from camcensus.model.errors import StoreError
from camcensus.model.history import History
from camcensus.model.pictures import Picture
from camcensus.store import changelog, planned_rows, register_rows, rows
from camcensus.store.differences import differences as read_differences
from camcensus.store.lock import FileLock
from camcensus.store.making import copy_verified
from camcensus.store.own_list import BRANDS_KEY, KEY, OwnBrand, OwnListing, read_brands, read_own
from camcensus.store.register_rows import Answered
from camcensus.store.rows import Judged, ListChoice, read_history
from camcensus.store.sentences import damaged, explain

COPY_IT = "copy it to a folder of your own"


class GuardedRead[**P, T]:
    """A method of Contents that reads: a function of the database, called within its guard against what is damaged."""

    def __init__(self, read: Callable[Concatenate[Database, P], T]) -> None:
        self._read = read

    def __get__(self, contents: Contents, owner: type[Contents]) -> Callable[P, T]:
        def read(*args: P.args, **kwargs: P.kwargs) -> T:
            return contents.look(lambda db: self._read(db, *args, **kwargs))

        return read


class Contents:
    """All that is read from an open inventory file; a context manager. Raises StoreError. One thread at a time.

    `readonly_reason` is a sentence where the file could be opened for reading only, else None; `remedy` what to do then.
    """

    def __init__(
        self, path: Path, db: Database, lock: FileLock | None, *, readonly_reason: str | None = None, remedy: str = COPY_IT,
        copy: Path | None = None,
    ) -> None:  # fmt: skip
        self.path = path
        self.readonly_reason = readonly_reason
        self.remedy = remedy
        self._db = db
        self._lock = lock
        self._copy = copy
        self.today = ""
        """The day on which it was opened (ISO 8601): dates that staff recorded are over by it, or not; "" for none."""
        self.closing: Callable[[], None] | None = None
        """What is done once before the file is closed (a back-up); must not raise."""
        self.trouble: str | None = None
        """A sentence where that could not be done."""
        self.watch: Callable[[], None] | None = None
        """Asked at each reading; what it raises ends that. So work that reads much can be stopped wherever it is."""
        self._built: dict[str, tuple[str, Verdict]] = {}

    @property
    def readonly(self) -> bool:
        """True where edits would be refused."""
        return self.readonly_reason is not None

    def close(self) -> None:
        """Close the file and let others open it. Closing twice is fine."""
        closing, self.closing = self.closing, None
        if closing is not None:
            closing()
        self._db.close()
        self._let_go()

    def _let_go(self) -> None:
        """Lets others open the file."""
        if self._lock is not None:
            self._lock.release()
        if self._copy is not None:
            shutil.rmtree(self._copy, ignore_errors=True)

    @contextlib.contextmanager
    def as_it_is(self) -> Iterator[None]:
        """All that is read within is of one state of the file, also where another connection writes meanwhile."""
        with self._reading():
            self._db.execute("BEGIN")
            self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        try:
            yield
        finally:
            if self._db.conn.in_transaction:
                self._db.execute("ROLLBACK")

    def look[T](self, work: Callable[[Database], T]) -> T:
        """What `work` reads from the file; what is wrong in the file, or in a text in it, is a StoreError."""
        with self._reading():
            return work(self._db)

    def settle_log(self) -> None:
        """Bring all edits into the one file, so that its size and time tell whether it has changed."""
        with self._reading():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def copy_to(self, copy: Path, look: Callable[[], None] | None = None) -> None:
        """A copy of the file as it is, on the disk and read back. Raises DiskError, and what `look` raises."""
        copy_verified(self.path, self._db, copy, look)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What is in it

    @property
    def id(self) -> str:
        """The inventory's own UUID, made once."""
        return str(self._one("SELECT inventory_id FROM body")["inventory_id"])

    @property
    def body(self) -> Body:
        """The organisation."""
        with self._reading():
            return rows.read_body(self._db)

    places = GuardedRead(register_rows.read_places)
    """All places, parents before children, siblings by name."""

    vendors = GuardedRead(register_rows.read_vendors)
    """Who sold or serves, by name."""

    assets = GuardedRead(register_rows.read_assets)
    """The register, or the rows named that are there, by ref."""

    answers = GuardedRead(register_rows.read_answers)
    """Device id -> its newest answer in the columns a table shows, of all devices, those named, or those with no row."""

    def verdict_of(self, answer: Answered) -> Verdict:
        """The whole of an answer. Reads nothing from the file, so that any thread may ask for it at any time."""
        with self._reading():
            return rows.build_whole(answer)

    photos = GuardedRead(register_rows.read_photos)
    """The photos kept with a row, or all, oldest first. Their bytes: `picture`."""

    def picture(self, sha256: str) -> Picture:
        """A floor plan or photo by its digest. Raises StoreError where it is not there."""
        with self._reading():
            found = register_rows.read_picture(self._db, sha256)
        if found is None:
            raise StoreError("That picture is no longer in the inventory; look again.")
        return found

    doubts = GuardedRead(register_rows.read_doubts)
    """Possible duplicates that staff are asked about, oldest first."""

    used = GuardedRead(register_rows.read_used)
    """What is in a column of the register ("tags": each tag), most used first. Raises KeyError for another column."""

    differences = GuardedRead(read_differences)
    """What of two rows differs, and what becomes of it where the second is merged into the first."""

    def recorded(self) -> dict[str, dict[str, str]]:
        """Device id -> what staff recorded of it last, of: manufacturer, model, serial, firmware, ip, mac."""
        with self._reading():
            rows = self._db.execute(
                "SELECT device, fields, address, mac FROM observation WHERE probe = 'list' AND device IS NOT NULL"
                " AND json_extract(fields, '$.\"list.basis\"[0]') IS NOT NULL ORDER BY at, id"
            )
            found = {}
            for device, text, address, mac in rows:
                fields = json.loads(text)
                names = ("manufacturer", "model", "serial", "firmware")
                told = {name: fields.get(f"list.{name}", [""])[0] for name in names} | {"ip": address, "mac": mac or ""}
                found[device] = {name: value for name, value in told.items() if value}
            return found

    def judged(self) -> dict[str, Judged]:
        """Device id -> the newest answer kept, when and under which knowledge. Includes devices that have no register row."""
        with self._reading():
            return rows.read_judged(self._db, self._built)

    held = GuardedRead(rows.read_held)
    """Device id -> the device and how old its answer is, without the answer: of all devices, or of those named."""

    def verdicts(self) -> dict[str, Verdict]:
        """Device id -> the newest answer kept. `verdict.device.observations` is empty: see `observations`."""
        return {device: judged.verdict for device, judged in self.judged().items()}

    judgements = GuardedRead(rows.read_judgements)
    """How the answer for a device changed, oldest first."""

    device_keys = GuardedRead(rows.read_keys)
    """Device id -> its keys, best first."""

    observations = GuardedRead(rows.read_observations)
    """All that was seen of a device, or of all, oldest first, with raw bytes: for its history, and for people.

    What an answer is drawn from is less: see `latest_replies`.
    """

    first_replies = GuardedRead(rows.first_replies)
    """What the first search that was kept of a device heard of it."""

    def latest_replies(
        self, devices: Iterable[str], now: Mapping[str, Sequence[Observation]] | None = None, scan: str | None = None
    ) -> Iterator[tuple[str, tuple[Observation, ...]]]:
        """Each device named with the replies that its answer is drawn from, oldest first (`identity.latest_replies`).

        They are no more for a device that was searched for years. `now` holds what a search (its id is `scan`) has just seen,
        by device, as if it were kept already.
        """
        with self._reading():
            yield from rows.read_latest_replies(self._db, devices, now or {}, scan)

    scans = GuardedRead(rows.read_scans)
    """The scan log, oldest first."""

    def history(self) -> History:
        """All that is saved of what happened: searches, sightings, answers and edits."""
        with self._reading():
            assets = register_rows.read_assets(self._db, None)
            return read_history(self._db, assets, rows.read_scans(self._db))

    unfinished = GuardedRead(rows.read)
    """Searches that were cut off before what they saw was kept, oldest first."""

    changes = GuardedRead(rows.read_changes)
    """The change log, newest first."""

    steps_of = GuardedRead(changelog.steps_of)
    """What a line of the change log did and what takes it back; two empty lists where nothing of it is saved."""

    def read_devices(self) -> dict[str, bool]:
        """Device id -> whether somebody read brand, model or maker on it or in its papers; False where only on one like it."""
        with self._reading():
            found = self._db.execute(
                "SELECT device, max(json_extract(fields, '$.\"person.basis\"[0]') != 'alike') FROM observation"
                " WHERE probe = 'person' AND device IS NOT NULL AND coalesce(json_extract(fields, '$.\"person.brand\"[0]'),"
                " json_extract(fields, '$.\"person.model\"[0]'), json_extract(fields, '$.\"person.manufacturer\"[0]'))"
                " IS NOT NULL GROUP BY device"
            )
            return {device: bool(own) for device, own in found}

    def list_choices(self) -> dict[str, ListChoice]:
        """List id -> what somebody chose for it; a list nobody chose for is absent."""
        with self._reading():
            found = self._db.query("SELECT list, is_on, by, why, at FROM list_choice ORDER BY list")
            return {row["list"]: ListChoice(row["list"], bool(row["is_on"]), row["by"], row["why"], row["at"]) for row in found}

    def enabled_lists(self, defaults: Iterable[str] = ()) -> frozenset[str]:
        """The lists that are on: `defaults` as far as nobody switched them, and what was switched on."""
        choices = self.list_choices()
        on = {entry.list for entry in choices.values() if entry.on}
        return frozenset(on | {entry for entry in defaults if entry not in choices})

    def own_list(self) -> tuple[OwnListing, ...]:
        """The makers on the organisation's own list, by id, whether that list is on or not."""
        try:
            return read_own(self.setting(KEY))
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(self.path) from error

    def own_brands(self) -> tuple[OwnBrand, ...]:
        """The brands that the organisation recorded itself, by name."""
        try:
            return read_brands(self.setting(BRANDS_KEY))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(self.path) from error

    def setting(self, key: str, default: str | None = None) -> str | None:
        """A preference kept with this inventory (for example costs)."""
        with self._reading():
            row = next(self._db.query("SELECT value FROM setting WHERE key = ?", [key]), None)
        return default if row is None else str(row["value"])

    costs = GuardedRead(planned_rows.read_costs)
    """The costs that staff typed for the plan; all None before that."""

    plan_edits = GuardedRead(planned_rows.read_edits)
    """What staff changed of the proposed replacement plan."""

    plan_versions = GuardedRead(planned_rows.read_versions)
    """The versions of the plan that were made, newest first."""

    plan_version = GuardedRead(planned_rows.read_version)
    """The plan as it was in a version, `brief` without its rows; None where there is no such version."""

    def allowed(self, network: str) -> str | None:
        """Who said that this network may be searched, None where nobody has."""
        with self._reading():
            row = next(self._db.query("SELECT who FROM permission WHERE network = ?", [network]), None)
        return None if row is None else str(row["who"])

    def _one(self, sql: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        with self._reading():
            row: dict[str, Any] | None = next(self._db.query(sql, list(values)), None)
        if row is None:
            raise StoreError("That row is no longer in the inventory; look at the list again.")
        return row

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        if self.watch is not None:
            self.watch()
        try:
            yield
        except sqlite3.Error as error:
            raise explain(self.path, error) from error
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            # Text that another program put into a column of ours.
            raise damaged(self.path) from error
