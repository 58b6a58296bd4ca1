"""The register as both faces open, read and change it: the functions of modules beside, and the file itself.

What people change is an edit (`store/pen.py`), given to `do`.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path

from camcensus.model.asset import Body
from camcensus.model.errors import StoreError
from camcensus.store import inventory as store
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import (
    answer_changes,
    judged_now,
    reassess,
    would_change,
)
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.finding.seen import SavedAsSeen, finish_unfinished
from camcensus.tasks.policy import refuse_folder, why_not_kept_there
from camcensus.tasks.register.alike import do, redo, undo
from camcensus.tasks.register.by_hand import (
    Basis,
    HandRow,
)
from camcensus.tasks.register.lists import with_own_list
from camcensus.tasks.register.merging import (
    MergePreview,
    merge_preview,
)
from camcensus.tasks.register.rows import (
    LIST_WORDS,
    AssetRow,
    ListState,
    count_rows,
    enabled_lists,
    list_state,
    others,
    refresh,
    rows,
)
from camcensus.tasks.safekeeping import watched, with_backup

__all__ = [
    "AssetRow",
    "Basis",
    "HandRow",
    "SavedAsSeen",
    "Inventory",
    "LIST_WORDS",
    "ListState",
    "MergePreview",
    "answer_changes",
    "do",
    "count_rows",
    "enabled_lists",
    "finish_unfinished",
    "judged_now",
    "save_census",
    "list_state",
    "merge_preview",
    "new_body",
    "new_inventory",
    "open_inventory",
    "others",
    "redo",
    "refresh",
    "reassess",
    "rows",
    "undo",
    "with_own_list",
    "would_change",
]


def new_inventory(path: Path, body: Body, now: datetime) -> Inventory:
    """A new inventory file, open; a context manager. Raises DiskError where a file is there already or the folder refuses, and
    PolicyError where the IT team's policy does.
    """
    refuse_folder(path)
    return watched(store.create_inventory(path, body, now=now), now)


def new_body(name: str, type_: str = "other", year_starts: int = 4, expected_cameras: int | None = None) -> Body:
    """An organisation with an id made once."""
    return Body(str(uuid.uuid4()), name, type_, year_starts, expected_cameras)


def open_inventory(path: Path, now: datetime, readonly: bool = False) -> Inventory:
    """An inventory file, open; a context manager. Raises StoreError (one sentence), and then nothing was written.

    A damaged file's sentence names the newest sound back-up. When it is closed, what was changed goes into a back-up. Where the
    IT team's policy allows no record there, it is open for reading only, and `readonly_reason` says so.
    """
    why = why_not_kept_there(path)
    not_here = f"The inventory is open for reading only: {why}" if why else False
    try:
        return watched(store.open_inventory(path, readonly=readonly or not_here), now)
    except StoreError as error:
        raise with_backup(path, error, now) from error
