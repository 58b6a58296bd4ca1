"""What people call a row: refs, given once and never again."""

from __future__ import annotations

from sqlite_utils import Database


def next_ref(db: Database, prefix: str) -> str:
    """ "CAM-004": one more than any given before, also where that row was taken back."""
    while True:
        db.execute(
            "INSERT INTO ref_counter (prefix, last) VALUES (?, 1) ON CONFLICT (prefix) DO UPDATE SET last = last + 1", [prefix]
        )
        (last,) = db.execute("SELECT last FROM ref_counter WHERE prefix = ?", [prefix]).fetchone()
        ref = f"{prefix}-{last:03d}"
        # A list may have brought one that looks like ours.
        if db.execute("SELECT 1 FROM asset WHERE ref = ?", [ref]).fetchone() is None:
            return ref


def refs_in_use(db: Database) -> set[str]:
    """The refs of all rows of the register."""
    return {str(ref) for (ref,) in db.execute("SELECT ref FROM asset")}
