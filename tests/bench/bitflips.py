"""Back-ups with one flipped bit, and what going back to each says: python tests/bench/bitflips.py [COUNT] [SEED]

COUNT copies (400) of a plain back-up of a made-up school, one bit of each flipped at a place drawn by SEED (from the clock, and
printed). Right is a refusal that changes nothing, or an inventory whose rows, schema and indexes are those of the sound back-up.
Exit status 1 where one bit changed a row in silence, or ended in anything but a sentence.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import big_inventory

from camcensus.model.errors import StoreError
from camcensus.store.backup_file import write_backup
from camcensus.store.inventory import open_inventory
from camcensus.tasks import safekeeping

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
DEVICES = 40


def made(folder: Path) -> Path:
    """A plain back-up of an inventory with devices, places, decisions and a history."""
    path = folder / "school.camcensus"
    big_inventory.make(path, DEVICES, places=10).close()
    backup = folder / "plain.camcensus-backup"
    with open_inventory(path) as inventory:
        write_backup(inventory, backup, None, lambda: None)
    return backup


def rows(path: Path) -> list[str]:
    """All that is in an inventory, as SQL; not how the header says it is kept."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "an index does not fit its rows"
        return list(connection.iterdump())


def outcomes(folder: Path, count: int, seed: int) -> Iterator[tuple[str, str]]:
    """For each flipped bit what came of it ("reported", "equal", "changed", "raised"), and the sentence."""
    backup, chance = made(folder), random.Random(seed)
    inventory, flipped = folder / "elsewhere.camcensus", folder / "flipped.camcensus-backup"
    safekeeping.restore(inventory, backup, NOW)
    sound, data = rows(inventory), backup.read_bytes()
    for _ in range(count):
        at = chance.randrange(len(data) * 8)
        flipped.write_bytes(data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :])
        before = inventory.read_bytes()
        try:
            said = safekeeping.restore(inventory, flipped, NOW)
        except StoreError as error:
            yield ("reported" if inventory.read_bytes() == before else "changed"), str(error)
            continue
        except Exception as error:
            yield "raised", repr(error)
            continue
        yield ("equal" if rows(inventory) == sound else "changed"), said
        for aside in folder.glob("elsewhere damaged *"):
            aside.unlink()


def main(argv: list[str]) -> int:
    """Flips, goes back, counts."""
    count = int(argv[0]) if argv else 400
    seed = int(argv[1]) if len(argv) > 1 else time.time_ns() % 10**9
    with tempfile.TemporaryDirectory() as folder:
        found = list(outcomes(Path(folder), count, seed))
    counted = Counter(outcome for outcome, _ in found)
    print(f"seed {seed}: {count} bits, " + ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items())))
    for outcome, said in found:
        if outcome in ("changed", "raised"):
            print(f"{outcome}: {said}")
    return 1 if counted["changed"] or counted["raised"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
