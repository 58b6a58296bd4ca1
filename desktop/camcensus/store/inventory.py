"""The inventory: the one file in which an organisation keeps its cameras, places and decisions."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from camcensus.model.asset import DECISION_WORDS, AssetStatus, Body, Decision, Place, PlaceKind, Vendor
from camcensus.model.changes import Changes
from camcensus.model.device import DeviceKind
from camcensus.model.disk import shown
from camcensus.model.errors import DiskError, StoreError
from camcensus.model.observation import Observation
from camcensus.model.scan import ScanRecord
from camcensus.model.verdict import Verdict
from camcensus.model.words import clean, count, stamp
from camcensus.store import changelog, keeping, opening, rows, seeing
from camcensus.store.changelog import Step
from camcensus.store.contents import Contents
from camcensus.store.keeping import KeptDevice
from camcensus.store.lock import FileLock
from camcensus.store.own_list import KEY, LIST, OwnListing, write_own
from camcensus.store.whereabouts import locate


class Inventory(Contents):
    """An open inventory file; a context manager. Made by `create_inventory` and `open_inventory` only.

    Verbs that edit take ids, who did it (`by`) and when (`now`, with a zone), are one transaction each and durable when they
    return, and give `Changes`. They raise StoreError. One thread at a time: a connection never crosses a thread.
    `readonly_reason` is a sentence where the file could be opened for reading only, else None.
    """

    def batch(self) -> Inventory:
        """The same file on its own connection, for one Job in another thread: close it there; this one stays the holder."""
        if self.readonly_reason is not None:
            raise DiskError(self.readonly_reason)
        return Inventory(self.path, opening.connect_writing(self.path), None)

    # What a scan brings

    def keep(self, scan: ScanRecord, observations: Sequence[Observation], kept: Sequence[KeptDevice], now: datetime) -> Changes:
        """Put a scan away, with observations that no device owns; one transaction."""
        at = stamp(now)
        with self._writing():
            keeping.keep_scan(self._db, scan)
            seeing.drop(self._db, scan.id)
            for one in kept:
                keeping.keep_device(self._db, one, scan.id, at)
            keeping.keep_observations(self._db, observations, scan.id, None)
            assets = keeping.keep_assets(self._db, kept)
            missing = keeping.mark_not_seen(self._db, scan)
            fresh = sum(one.new for one in kept)
            say = f"{count(len(kept), 'device')} kept, {fresh} new"
            say += f", {len(missing)} not seen this time." if missing else "."
            change = changelog.note(self._db, "keep", say, by=None, at=at)
        return Changes(assets | missing, devices=frozenset(one.id for one in kept), say=say, change_id=change)

    def note_seen(self, scan: ScanRecord, observations: Sequence[Observation], now: datetime) -> None:
        """Put away what a search has seen so far: not in the register before it is kept as a whole (`keep`)."""
        with self._writing():
            seeing.note(self._db, scan, observations, stamp(now))

    def rejudge(
        self,
        answers: Mapping[str, tuple[Verdict, str]],
        prefixes: Mapping[str, str],
        now: datetime,
        because: keeping.Because | None = None,
    ) -> Changes:
        """Keep new answers (device id -> verdict and its outcome in a few words) without a new scan.

        `prefixes` gives the ref prefix of devices that are now fit for a register row; `because` says why an answer
        differs from the one before, and is asked only where it does.
        """
        at, changed = stamp(now), set()
        with self._writing():
            row_of = dict(self._db.execute("SELECT device, id FROM asset WHERE device IS NOT NULL").fetchall())
            for device, (verdict, outcome) in answers.items():
                if keeping.keep_answer(self._db, device, verdict, outcome, at, because=because):
                    changed.add(device)
                kind = verdict.description.kind
                self._db.execute("UPDATE device SET kind = ? WHERE id = ? AND kind <> ?", [kind, device, kind])
                if device in row_of:
                    keeping.set_kind(self._db, row_of[device], kind)
                elif device in prefixes:
                    keeping.new_asset(self._db, prefixes[device], kind, device)
            say = f"{count(len(answers), 'device')} judged again, {count(len(changed), 'answer')} changed."
            change = changelog.note(self._db, "rejudge", say, by=None, at=at)
            assets = frozenset(asset.id for asset in rows.read_assets(self._db) if asset.device in answers)
        return Changes(assets, devices=frozenset(answers), say=say, change_id=change)

    def add_observation(self, device: str, observation: Observation, say: str, by: str, now: datetime) -> Changes:
        """Keep what a person read of a device; judge it again afterwards."""
        with self._writing():
            keeping.keep_observations(self._db, [observation], None, device)
            keeping.refresh_digest(self._db, device)
            change = changelog.note(self._db, "read", say, by=by, at=stamp(now))
        return Changes(devices=frozenset([device]), say=say, change_id=change)

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

    def set_body(self, body: Body, now: datetime, by: str | None = None) -> Changes:
        """Change the organisation's name, type, financial year or expected number of cameras."""
        values = {
            "name": body.name, "type": body.type, "year_starts": body.year_starts, "expected_cameras": body.expected_cameras,
        }  # fmt: skip
        return self._edit("set-body", "Organisation saved.", [Step("set", "body", 1, values)], by, now)

    def set_setting(self, key: str, value: str, now: datetime, by: str | None = None) -> Changes:
        """Keep a preference with this inventory."""
        do: Any = "insert" if self.setting(key) is None else "set"
        return self._edit("set-setting", "Setting saved.", [Step(do, "setting", key, {"value": value})], by, now)

    def add_place(
        self, kind: PlaceKind, name: str, parent: str | None, by: str, now: datetime, *, sensitive: bool = False
    ) -> Place:
        """A new place; raises StoreError for an empty name."""
        name = _named(name, "place")
        place = Place(str(uuid.uuid4()), parent, kind, name, sensitive)
        values = {"parent": parent, "kind": kind, "name": name, "sensitive": int(sensitive)}
        self._edit("add-place", f"{clean(name, 60)} added.", [Step("insert", "place", place.id, values)], by, now)
        return place

    def change_place(self, place: Place, by: str, now: datetime) -> Changes:
        """Rename, move or mark a place (by its id)."""
        values = {
            "parent": place.parent, "kind": place.kind, "name": _named(place.name, "place"), "sensitive": int(place.sensitive),
        }  # fmt: skip
        return self._edit("change-place", f"{clean(place.name, 60)} saved.", [Step("set", "place", place.id, values)], by, now)

    def add_vendor(self, name: str, role: str, by: str, now: datetime) -> Vendor:
        """A new seller ("seller") or maintainer ("maintainer")."""
        vendor = Vendor(str(uuid.uuid4()), _named(name, "vendor"), "maintainer" if role == "maintainer" else "seller")
        values = {"name": vendor.name, "role": vendor.role}
        self._edit("add-vendor", f"{clean(name, 60)} added.", [Step("insert", "contact", vendor.id, values)], by, now)
        return vendor

    def set_place(self, asset_ids: Iterable[str], place_id: str | None, by: str, now: datetime) -> Changes:
        """Move rows to a place (None: to no place)."""
        ids = list(asset_ids)
        path = rows.place_paths(self.places()).get(place_id or "", ())
        say = f"{self._these(ids)} moved to {clean(path[-1], 60)}." if path else f"{self._these(ids)} moved to no place."
        return self._edit("set-place", say, _set(ids, {"place": place_id}), by, now)

    def set_vendor(self, asset_ids: Iterable[str], vendor_id: str | None, by: str, now: datetime) -> Changes:
        """Say who sold or maintains rows."""
        ids = list(asset_ids)
        return self._edit("set-vendor", f"Vendor set for {self._these(ids)}.", _set(ids, {"vendor": vendor_id}), by, now)

    def decide(self, asset_ids: Iterable[str], decision: Decision | None, now: datetime) -> Changes:
        """Record what a person decided for rows (None: take the decision back). A new scan never erases it."""
        ids = list(asset_ids)
        values = {
            "decision": decision.what if decision else None,
            "decision_by": decision.by if decision else None,
            "decision_at": decision.at if decision else None,
            "decision_why": decision.why if decision else None,
            "decision_review_on": decision.review_on if decision else None,
            "decision_year": decision.year if decision else None,
        }
        word = DECISION_WORDS[decision.what].rstrip("…") if decision else "Not decided"
        say = f"Decision for {self._these(ids)}: {word}."
        return self._edit("decide", say, _set(ids, values), decision.by if decision else None, now)

    def set_purpose(self, asset_ids: Iterable[str], purpose: str | None, by: str, now: datetime) -> Changes:
        """Say what rows are for."""
        ids = list(asset_ids)
        return self._edit(
            "set-purpose", f"Purpose set for {self._these(ids)}.", _set(ids, {"purpose": purpose or None}), by, now
        )

    def set_kind(self, asset_ids: Iterable[str], kind: DeviceKind, by: str, now: datetime) -> Changes:
        """A person says what rows are ("other": not a camera); later answers of the device do not change it."""
        ids = list(asset_ids)
        say = f"{self._these(ids)} marked as {'not a camera' if kind == 'other' else kind}."
        return self._edit("set-kind", say, _set(ids, {"kind": kind, "kind_by": by}), by, now)

    def set_status(self, asset_ids: Iterable[str], status: AssetStatus, by: str, now: datetime) -> Changes:
        """Mark rows as removed, or as here again."""
        ids = list(asset_ids)
        say = f"{self._these(ids)} marked as {'no longer here' if status == 'removed' else 'here'}."
        return self._edit("set-status", say, _set(ids, {"status": status}), by, now)

    def add_asset(self, kind: DeviceKind, prefix: str, place_id: str | None, by: str, now: datetime) -> Changes:
        """A row typed by hand, with no device. The new id is the one member of `.assets`."""
        return self._add_rows([{"kind": kind, "place": place_id}], prefix, "added by hand", by, now)

    def add_channels(self, recorder: str, channels: Sequence[int], by: str, now: datetime) -> Changes:
        """A camera row for each channel of a recorder (by asset id), in the recorder's own place."""
        row = self._one("SELECT ref, place FROM asset WHERE id = ?", [recorder])
        new = [{"kind": "camera", "place": row["place"], "recorder": row["ref"], "channel": channel} for channel in channels]
        return self._add_rows(new, "CAM", f"added behind {row['ref']}", by, now)

    def set_list(self, list_id: str, on: bool, by: str, why: str, now: datetime) -> Changes:
        """Switch a list on or off for this organisation, with who and why."""
        return self.set_lists({list_id: on}, by, why, now, say=f"List switched {'on' if on else 'off'}.")

    def set_lists(self, wanted: Mapping[str, bool], by: str, why: str, now: datetime, *, say: str) -> Changes:
        """Switch lists on or off (list id -> on), with who and why, as one edit."""
        chosen = self.list_choices()
        steps = [
            Step(
                "set" if list_id in chosen else "insert",
                "list_choice",
                list_id,
                {"is_on": int(on), "by": by, "why": why, "at": stamp(now)},
            )
            for list_id, on in wanted.items()
        ]
        return self._edit("set-list", say, steps, by, now)

    def set_own(self, row: OwnListing, say: str, now: datetime) -> Changes:
        """Put a maker on the organisation's own list (`row.at` becomes `now`), and switch that list on."""
        rest = [entry for entry in self.own_list() if entry.manufacturer != row.manufacturer]
        steps = [self._own_step([*rest, replace(row, at=stamp(now))])]
        choice = self.list_choices().get(LIST)
        if choice is None or not choice.on:
            values = {"is_on": 1, "by": row.by, "why": row.why, "at": stamp(now)}
            steps.append(Step("insert" if choice is None else "set", "list_choice", LIST, values))
        return self._edit("set-list", say, steps, row.by, now)

    def drop_own(self, manufacturer: str, say: str, by: str, now: datetime) -> Changes:
        """Take a maker off the organisation's own list."""
        rest = [entry for entry in self.own_list() if entry.manufacturer != manufacturer]
        return self._edit("set-list", say, [self._own_step(rest)], by, now)

    def _own_step(self, rows: Sequence[OwnListing]) -> Step:
        do: Any = "insert" if self.setting(KEY) is None else "set"
        return Step(do, "setting", KEY, {"value": write_own(rows)})

    def allow(self, network: str, who: str, now: datetime) -> Changes:
        """Keep who allows this network to be searched. Raises StoreError for an empty name."""
        who = _named(who, "person who allows the search")
        with self._writing():
            self._db.execute(
                "INSERT INTO permission (network, who, at) VALUES (?, ?, ?)"
                " ON CONFLICT (network) DO UPDATE SET who = excluded.who, at = excluded.at",
                [network, who, stamp(now)],
            )
            say = f"{clean(who, 60)} allows a search of {clean(network, 60)}."
            change = changelog.note(self._db, "allow", say, by=who, at=stamp(now))
        return Changes(settings=True, say=say, change_id=change)

    def undo(self, now: datetime) -> Changes | None:
        """Take back the newest edit that still stands; None where there is none. Scans are not edits."""
        with self._writing():
            return changelog.undo(self._db, stamp(now))

    def redo(self) -> Changes | None:
        """Do again what was taken back last; None after any other edit."""
        with self._writing():
            return changelog.redo(self._db)

    # How

    def _add_rows(self, new: Sequence[Mapping[str, Any]], prefix: str, what: str, by: str, now: datetime) -> Changes:
        with self._writing():
            steps = [
                Step(
                    "insert",
                    "asset",
                    str(uuid.uuid4()),
                    {"ref": keeping.next_ref(self._db, prefix), "status": "present", **row},
                )
                for row in new
            ]
            say = f"{count(len(steps), 'row')} {what}."
            return changelog.make(self._db, "add", say, steps, by=by, at=stamp(now))

    def _edit(self, verb: str, say: str, steps: Sequence[Step], by: str | None, now: datetime) -> Changes:
        with self._writing():
            return changelog.make(self._db, verb, say, steps, by=by, at=stamp(now))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        if self.readonly_reason is not None:
            raise DiskError(self.readonly_reason)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
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
            raise opening.explain(self.path, error) from error


def _set(ids: Iterable[str], values: Mapping[str, Any]) -> list[Step]:
    return [Step("set", "asset", asset, values) for asset in ids]


def _named(name: str, what: str) -> str:
    name = name.strip()
    if not name:
        raise StoreError(f"The {what} needs a name; type one.")
    return name


def create_inventory(path: Path, body: Body, *, now: datetime) -> Inventory:
    """A new inventory file at `path`, open. Raises DiskError where a file is there already or the folder refuses."""
    opening.make_file(path, body, now)
    return open_inventory(path, now=now)


def open_inventory(path: Path, *, now: datetime, readonly: bool = False) -> Inventory:
    """Open an inventory: ours, sound, not newer, nobody else writing. Raises StoreError, and then nothing was written.

    `readonly` reads without a trace beside the file, also while another Camcensus has it open. Without it, a file or folder
    that cannot be written is opened for reading (`readonly_reason` says why); a file that another holds is FileBusyError.
    Older files are brought up to date after a verified copy was put beside them.
    """
    opening.check_header(path)
    lock = FileLock(path, copied=locate(path).kind == "synchronised")
    reason = "This inventory was opened for reading only." if readonly else opening.why_readonly(path)
    if reason is None:
        try:
            if not lock.acquire():
                raise opening.busy(path, lock.holder(), lock=lock.path if lock.elsewhere else None)
        except OSError:
            reason = f"The folder of “{shown(path)}” cannot be written, so the inventory is open for reading only."
    try:
        opening.check_contents(path)
        if reason is not None:
            db, copy = opening.connect_readonly(path)
            return Inventory(path, db, None, readonly_reason=reason, copy=copy)
        opening.recover(path)
        opening.upgrade(path, now)
        return Inventory(path, opening.connect_writing(path), lock)
    except BaseException:
        lock.release()
        raise
