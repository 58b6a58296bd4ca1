"""Knowledge in use: the built-in one or a newer one that the person took; taking such an update from a signed file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from camcensus.model import frozen
from camcensus.model.errors import DiskError, NoUpdateKeyError, UpdateError
from camcensus.model.words import clean, long_date
from camcensus.store.vendors_db import updates as store
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.store.vendors_db.updates import NAME, InUse, UpdateNote, default_folder

OLD_AFTER_MONTHS = 12
"""Knowledge older than this is still used, and said to be old: lists and records of makers change every few months."""

NO_KEY = (
    "This Camcensus carries no key for updates yet; give the publisher’s with --key FILE.pub, or use the knowledge that comes "
    "with a newer Camcensus."
)


@frozen
class InstalledUpdate:
    """An update that is now in use, the version before, and sentences to show beside it."""

    path: Path
    version: str
    was: str
    created: str
    key: str
    notices: tuple[str, ...]

    @property
    def say(self) -> str:
        """Both versions, and who signed the new one."""
        signed = f"signed on {long_date(self.created)} with the key {self.key}"
        return f"In use from now on: {self.version}, {signed}. Before: {clean(self.was, 40)}."


def knowledge_path(data_dir: Path, folder: Path | None = None) -> Path:
    """The vendors.db to use: the newest sound one of the built-in and what the person took. Never raises."""
    return knowledge_in_use(data_dir, folder).path


def knowledge_in_use(data_dir: Path, folder: Path | None = None) -> InUse:
    """The same, with its version, and a sentence where a newer one had to be left aside."""
    try:
        folder = folder or default_folder()
    except DiskError:
        folder = None
    return store.in_use(data_dir / NAME, folder)


def take_update(
    file: Path, data_dir: Path, *, app: str, now: datetime, key: Path | None = None, folder: Path | None = None
) -> InstalledUpdate:
    """Check a signed vendors.db and put it into use. `app` is this program's version; `key` replaces the built-in keys.

    Raises CamcensusError, one sentence, and then nothing was changed.
    """
    folder = folder or default_folder()
    keys = (store.read_key(key),) if key is not None else store.read_keys(data_dir / "resources" / "keys")
    if not keys:
        raise NoUpdateKeyError(NO_KEY)
    used = store.in_use(data_dir / NAME, folder)
    taken = store.read_taken(folder)
    offered = store.read_update(file, keys=keys, used=used.version, taken=taken.version if taken else "", app=app)
    kept = store.install(offered, folder)
    old = age_notice(offered.note.created, now.date())
    notices = tuple(filter(None, (used.problem, old)))
    return InstalledUpdate(folder / kept.file, kept.version, used.version, kept.created, kept.key, notices)


def age_notice(day: str, today: date) -> str | None:
    """A sentence where knowledge of that day ("2026-11-24", or a version) is 12 months old, else None; no reason to stop."""
    iso = day[:10].replace(".", "-")
    try:
        then = date.fromisoformat(iso)
    except ValueError:
        return None
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < OLD_AFTER_MONTHS:
        return None
    when = f"{long_date(iso)}, over {OLD_AFTER_MONTHS} months ago"
    return f"Our facts about makers and lists date from {when}. Look for an update."


def signed_comment(path: Path, *, min_app: str, today: date) -> str:
    """The comment to sign a vendors.db with, so that it is taken as an update. Raises as `load_knowledge`."""
    import hashlib

    version = load_knowledge(path).version
    if not store.day_of(version):
        raise UpdateError(f"{clean(path.name, 80)} has no version to compare updates by; build it again.")
    return UpdateNote(version, today.isoformat(), min_app, hashlib.sha256(store.bytes_of(path)).hexdigest()).line()
