"""What a person does with the register, as both faces call it: the verbs of modules beside, and the file itself."""

from __future__ import annotations

import json
import uuid
from datetime import datetime
from pathlib import Path

from camcensus.model.asset import Body
from camcensus.model.changes import Changes
from camcensus.model.errors import StoreError
from camcensus.model.plain import from_plain, to_plain
from camcensus.model.plan import Costs
from camcensus.store import inventory as store
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import (
    Reassessment,
    answer_changes,
    changed_by,
    judged_now,
    outcome,
    ref_prefix,
    rejudge,
    would_change,
)
from camcensus.tasks.finding.keep import keep_census
from camcensus.tasks.finding.seen import KeptAsSeen, finish_unfinished
from camcensus.tasks.policy import refuse_folder, why_not_kept_there
from camcensus.tasks.register.by_hand import (
    Basis,
    HandRow,
    add_channels,
    add_rows,
    confirm_channels,
    connect,
    mac_of,
    new_row,
    read_label,
)
from camcensus.tasks.register.merging import (
    DevicePart,
    MergeFact,
    MergePreview,
    answer_doubt,
    merge,
    merge_preview,
    open_doubts,
    parts,
    split,
)
from camcensus.tasks.register.own_list import put_on_own_list, take_off_own_list, with_own_list
from camcensus.tasks.register.placing import (
    PLACE_KINDS,
    add_photos,
    add_place,
    change_place,
    move_photo,
    move_place,
    place,
    place_at,
    place_named,
    put_pin,
    remove_photo,
    remove_pin,
    remove_place,
    set_plan,
    set_progress,
    set_sensitive,
    walk_pin,
)
from camcensus.tasks.register.rows import (
    LIST_WORDS,
    AssetRow,
    ListState,
    enabled_lists,
    list_state,
    others,
    refresh,
    row_of,
    rows,
)
from camcensus.tasks.register.tagging import (
    add_tags,
    add_vendor,
    ask_installer,
    change_vendor,
    decide,
    describe,
    picture_checked,
    remove_tags,
    remove_vendor,
    set_kind,
    set_purpose,
    set_status,
    set_tags,
    set_vendor,
    suggestions,
)
from camcensus.tasks.register.undoing import judged_after, note_report, redo, undo
from camcensus.tasks.safekeeping import watched, with_backup

__all__ = [
    "Reassessment",
    "AssetRow",
    "Basis",
    "HandRow",
    "KeptAsSeen",
    "Inventory",
    "LIST_WORDS",
    "ListState",
    "MergeFact",
    "MergePreview",
    "PLACE_KINDS",
    "DevicePart",
    "add_channels",
    "add_photos",
    "add_place",
    "add_rows",
    "add_tags",
    "add_vendor",
    "answer_changes",
    "answer_doubt",
    "ask_installer",
    "change_place",
    "change_vendor",
    "changed_by",
    "confirm_channels",
    "connect",
    "costs",
    "decide",
    "describe",
    "enabled_lists",
    "finish_unfinished",
    "judged_after",
    "judged_now",
    "keep_census",
    "list_state",
    "mac_of",
    "merge",
    "merge_preview",
    "move_photo",
    "move_place",
    "new_body",
    "new_inventory",
    "new_row",
    "note_report",
    "open_doubts",
    "open_inventory",
    "others",
    "outcome",
    "parts",
    "picture_checked",
    "place",
    "place_at",
    "place_named",
    "put_on_own_list",
    "put_pin",
    "read_label",
    "redo",
    "ref_prefix",
    "refresh",
    "rejudge",
    "remove_photo",
    "remove_pin",
    "remove_place",
    "remove_tags",
    "remove_vendor",
    "row_of",
    "rows",
    "set_costs",
    "set_kind",
    "set_plan",
    "set_progress",
    "set_purpose",
    "set_sensitive",
    "set_status",
    "set_tags",
    "set_vendor",
    "split",
    "suggestions",
    "take_off_own_list",
    "undo",
    "walk_pin",
    "with_own_list",
    "would_change",
]


def new_inventory(path: Path, body: Body, now: datetime) -> Inventory:
    """A new inventory file, open; a context manager. Raises DiskError where a file is there already or the folder refuses, and
    PolicyError where the IT team's policy does.
    """
    refuse_folder(path)
    return watched(store.create_inventory(path, body, now=now), now)


def new_body(name: str, type_: str = "school", year_starts: int = 4, expected_cameras: int | None = None) -> Body:
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
        return watched(store.open_inventory(path, now=now, readonly=readonly or not_here), now)
    except StoreError as error:
        raise with_backup(path, error, now) from error


def costs(inventory: Inventory) -> Costs:
    """The costs that staff typed for the plan; all None before that. Raises StoreError where they are damaged."""
    text = inventory.setting("costs")
    return inventory.look(lambda _: from_plain(Costs, json.loads(text))) if text else Costs()


def set_costs(inventory: Inventory, figures: Costs, now: datetime, by: str | None = None) -> Changes:
    """Keep the costs for the plan."""
    return inventory.set_setting("costs", json.dumps(to_plain(figures)), now, by)
