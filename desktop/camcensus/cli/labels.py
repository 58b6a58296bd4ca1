"""`labels`: a folder of photos of labels, read and fitted to the cameras of an inventory."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from camcensus.cli.common import DONE, REFUSED, DataDir, Window, load, now, print_json, who
from camcensus.model.words import clean, count

if TYPE_CHECKING:
    from camcensus.model.knowledge import Knowledge
    from camcensus.model.pictures import Box
    from camcensus.store.inventory import Inventory
    from camcensus.tasks.register.label_fit import LabelPhoto


def add_labels(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command's name and options."""
    made = command("labels", labels_command, "Read the codes in photos of labels, and say which camera each photo fits.")
    made.add_argument("inventory", type=Path, metavar="INVENTORY")
    made.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of photos (PNG, JPEG), or one photo")
    made.add_argument(
        "--yes", action="store_true", help="save what codes say that fit one camera by MAC address or serial number"
    )
    made.add_argument("--photos", action="store_true", help="save these photos too, codes covered; printed letters stay")
    made.add_argument("--by", metavar="NAME", help="who took the photos (who runs the command)")
    made.add_argument("--knowledge", type=Path, metavar="FILE", help="another vendors.db")
    made.add_argument("--json", action="store_true", help="print one JSON document")


def labels_command(arguments: argparse.Namespace, data_dir: DataDir, _window: Window) -> int:
    """Read and offer; write only with --yes. 1 where a photo could not be read or saved."""
    from camcensus.model.errors import DiskError, IntakeError
    from camcensus.tasks import policy, safekeeping
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.register.label_fit import LabelMatcher, can_read_codes
    from camcensus.tasks.register.photo_files import find_pictures

    if not can_read_codes():
        raise IntakeError("Codes in photos cannot be read here: the part that reads them (zxing-cpp) is not installed.")
    if arguments.yes:
        policy.refuse_folder(arguments.inventory)
    knowledge = load(arguments, data_dir)
    paths = find_pictures([arguments.folder])
    if not paths:
        raise IntakeError(f"There are no photos in “{clean(str(arguments.folder), 200)}”; name another folder.")
    with register.open_inventory(arguments.inventory, now(), readonly=not arguments.yes) as inventory:
        if arguments.yes and inventory.readonly_reason is not None:
            raise DiskError(f"{inventory.readonly_reason} Nothing was changed; {inventory.remedy}.")
        rows = register.rows(inventory, knowledge)
        refs = {row.asset.id: row.asset.ref for row in rows}
        matcher, seen = LabelMatcher(rows), []
        for number, path in enumerate(paths, 1):
            if sys.stderr.isatty():
                print(f"\rPhoto {number} of {len(paths)}", end="", file=sys.stderr, flush=True)
            seen.append(matcher.look(path))
        if sys.stderr.isatty():
            print(file=sys.stderr)
        said, unsaved = "", list[Path]()
        if arguments.yes:
            if trouble := safekeeping.back_up(inventory, now(), closing=True):
                print(f"No back-up was made: {trouble}", file=sys.stderr)
            said, unsaved = _save(inventory, knowledge, seen, (arguments.by or who()).strip(), () if arguments.photos else None)
    if arguments.json:
        unsaved_names = [clean(path.name, 120) for path in unsaved]
        print_json({"photos": [_document(one, refs) for one in seen], "written": bool(said), "unsaved": unsaved_names})
    else:
        print("\n".join(_told(seen, said, unsaved)))
    return REFUSED if unsaved or any(one.problem for one in seen) else DONE


def _save(
    inventory: Inventory, knowledge: Knowledge, seen: Sequence[LabelPhoto], by: str, covers: tuple[Box, ...] | None
) -> tuple[str, list[Path]]:
    """Save sure fits; gives what was done, "" for nothing, and the photos that could not be saved."""
    from camcensus.tasks.register import verbs as register
    from camcensus.tasks.register.label_fit import SURE
    from camcensus.tasks.register.photo_round import Gift, put_away, save_round

    gifts = [Gift(one.path, one.fit.asset, one.fit.reading, covers) for one in seen if one.fit.asset and one.fit.by in SURE]
    if not gifts:
        return "", []
    with tempfile.TemporaryDirectory(prefix="camcensus-") as folder:
        kept, unsaved = put_away(gifts, Path(folder), lambda _: None, {})
        said = register.do(inventory, knowledge, save_round(knowledge, kept, {}), by=by, now=now()).say if kept else ""
    return said, unsaved


def _document(one: LabelPhoto, refs: dict[str, str]) -> dict[str, object]:
    fit = one.fit
    codes = [
        {name: clean(value, 60) for name in ("brand", "model", "serial", "mac") if (value := getattr(reading, name))}
        for reading in fit.readings
    ]
    offer = clean(refs[fit.asset], 40) if fit.asset else None
    return {"file": clean(one.path.name, 120), "codes": codes, "fits": offer, "by": fit.by, "problem": one.problem or None}


def _told(seen: Sequence[LabelPhoto], said: str, unsaved: Sequence[Path]) -> list[str]:
    from camcensus.tasks.register.label_fit import SURE
    from camcensus.tasks.register.photo_round import unread_words

    lines = [
        f"{clean(one.path.name, 80)}: {clean(one.problem or one.fit.said or 'No code could be read.', 300)}" for one in seen
    ]
    fitting = Counter(one.fit.asset for one in seen if one.fit.asset and one.fit.by in SURE)
    hints = sum(bool(one.fit.asset) for one in seen) - fitting.total()
    lines.append(f"{count(fitting.total(), 'photo fits', 'photos fit')} {count(len(fitting), 'camera')}, of {len(seen)}.")
    if hints:
        lines.append(f"{count(hints, 'other')} may be of a camera, by model: look at them in the window.")
    lines.append(clean(said, 300) if said else "Nothing was written.")
    return [*lines, unread_words(unsaved)] if unsaved else lines
