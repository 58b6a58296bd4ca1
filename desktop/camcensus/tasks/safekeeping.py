"""Keeping an inventory safe: back-ups when it is opened and closed, going back to one, and warnings of where it lies."""

from __future__ import annotations

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.model import frozen
from camcensus.model.errors import DamagedFileError, DiskError, NotOurFileError, StoreError, on_disk, shown
from camcensus.model.later import later
from camcensus.model.words import clean, in_zone, long_date
from camcensus.store import backups, connecting
from camcensus.store.inventory import Inventory
from camcensus.store.whereabouts import locate
from camcensus.tasks.policy import refuse_folder

if TYPE_CHECKING:
    from camcensus.store import backup_file
else:
    backup_file = later("camcensus.store.backup_file")

UNCHECKED = " No checksum lies beside it, so whether it changed since it was made cannot be checked."


@frozen
class Offer:
    """A back-up that can be put in the place of a damaged file. `on` is its day as words: "20 November 2026"."""

    backup: Path
    at: datetime
    on: str


def back_up(inventory: Inventory, now: datetime, *, closing: bool = False) -> str | None:
    """Make a back-up where one is due, never of a simulation. Return a sentence where it failed: work continues without it."""
    try:
        if inventory.readonly or inventory.setting("simulation") is not None:
            return None
        backups.back_up(inventory, now, closing=closing)
    except StoreError as error:
        return str(error)
    return None


def watched(inventory: Inventory, now: datetime) -> Inventory:
    """The same inventory, opened at `now`; at its closing what was changed is backed up (`inventory.trouble`: why not)."""
    began_s = time.monotonic()

    def closing() -> None:
        inventory.trouble = back_up(inventory, now + timedelta(seconds=time.monotonic() - began_s), closing=True)

    inventory.closing, inventory.today = closing, now.date().isoformat()
    return inventory


def caution(path: Path) -> str | None:
    """The sentence for a file on a share or in a folder that is copied elsewhere; None on a disk of this computer."""
    place = locate(path)
    name = f"“{shown(path)}”"
    if place.kind == "network":
        return (
            f"{name} is on a network share ({place.name}), so each change is saved in a slower, safer way; work on it on one"
            " computer at a time, or keep it on a disk of this computer."
        )
    if place.kind == "synchronised":
        return (
            f"{name} is in a folder that {place.name} copies, so each change is saved in a slower, safer way; work on it on"
            " one computer at a time, and wait for the copying to end before you open it on another."
        )
    return None


def offer(path: Path, now: datetime) -> Offer | None:
    """The newest back-up that can be relied on, None where there is none. Reads each file until one is sound.

    Raises StoreError where none is and one could not be checked, as where the disk is full.
    """
    found = backups.newest_sound(path)
    return None if found is None else _offer(found, now)


def list_backups(path: Path, now: datetime) -> tuple[Offer, ...]:
    """All back-ups of an inventory, newest first; whether each is sound is not looked at."""
    return tuple(_offer(one, now) for one in backups.list_backups(path))


def _offer(backup: backups.Backup, now: datetime) -> Offer:
    at = in_zone(backup.at, now)
    return Offer(backup.path, at, long_date(at))


def restore(path: Path, backup: Path, now: datetime, passphrase: str | None = None) -> str:
    """Put a copy of a back-up in the place of the inventory; the sentence says where the file that was there is kept,
    and where nobody can tell whether the back-up is as it was written.

    Raises StoreError, also where it is locked and there is no passphrase or a wrong one; then nothing was changed.
    """
    with backup_file.opened(backup, passphrase) as plain:
        restored = backups.restore_backup(path, plain, now)
        checked = plain != backup or restored.had_sums
    aside = restored.aside
    kept = f" The file that was there is now “{shown(aside)}”." if aside is not None else ""
    return f"“{shown(path)}” is the back-up “{shown(backup)}” now.{kept}{'' if checked else UNCHECKED}"


def save_copy(inventory: Inventory, path: Path, now: datetime) -> str:
    """Save a whole copy of an open record at `path`, also of one that is only read; gives the sentence.

    A file that was there is set aside, as `restore` does. Raises StoreError, and then nothing was changed.
    """
    refuse_folder(path)
    with on_disk(path):
        if path.exists() and path.samefile(inventory.path):
            raise DiskError(f"“{shown(path)}” is the record itself; give another name for the copy.")
    with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
        copy = Path(folder) / "copy.camcensus"
        inventory.copy_to(copy)
        aside = backups.restore_backup(path, copy, now).aside
    kept = f" The file that was there is now “{shown(aside)}”." if aside is not None else ""
    return f"Saved a copy, {shown(path)}.{kept}"


def with_backup(path: Path, error: StoreError, now: datetime) -> StoreError:
    """What opening said, with the back-up named where the file itself is broken and there is one."""
    if not isinstance(error, (DamagedFileError, NotOurFileError)) or not path.is_file() or _is_ours_and_barred(path):
        return error
    try:
        found = offer(path, now)
    except StoreError:  # who offers a back-up says why none could be checked
        return error
    if found is None:
        return error
    folder = clean(f"{path.name}-backups", 80)
    return DamagedFileError(
        f"“{shown(path)}” is damaged; your back-up from {found.on} is here: “{shown(found.backup)}” in the folder “{folder}”."
    )


def _is_ours_and_barred(path: Path) -> bool:
    """Whether it is only a strange journal beside the file that keeps it from being opened."""
    try:
        return connecting.state_of(path) == "foreign"
    except OSError:
        return False
