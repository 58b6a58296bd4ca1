"""How long a register takes: reading, matching, writing and taking back.

    python tests/bench/register_import.py [--rows 20000]

Prints seconds and the peak of memory for CSV, XLSX, XLS and ODS of so many rows, half of them in the inventory already.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from books import ods, xls, xlsx  # noqa: E402
from camcensus.intake.registers import read_headings, read_register  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.imports import staff_register as importing  # noqa: E402
from camcensus.tasks.register import table as register_table  # noqa: E402
from camcensus.tasks.register import verbs as register  # noqa: E402

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
HEAD = ["Asset tag", "Make", "Model", "Serial No", "MAC", "IP", "Building", "Room", "Installed", "Cost", "Supplier", "Notes"]


def line(number: int) -> list[Any]:
    """A row as an estates office keeps it."""
    high, low = divmod(number, 250)
    return [
        f"T{number:05d}", "Hikvision" if number % 2 else "Axis", f"DS-{number % 40}", f"SN{number:08d}",
        f"44:19:b6:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}", f"10.{high}.0.{low + 1}",
        f"Block {number % 12}", f"Room {number % 300}", date(2019, 1 + number % 12, 1 + number % 28), 180.5, "Acme Ltd", "by the door",
    ]  # fmt: skip


def timed(what: str, do: Callable[[], Any]) -> Any:
    """Runs, prints seconds and the peak of memory so far."""
    started = time.perf_counter()
    made = do()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<44} {time.perf_counter() - started:7.2f} s   peak {peak} MB")
    return made


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    count = parser.parse_args().rows
    rows = [HEAD, *[line(number) for number in range(count)]]
    knowledge = load_knowledge(ROOT / "vendors.db")
    headings = read_headings(ROOT / "resources" / "registers")
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        text = "\r\n".join(",".join(map(str, cells)) for cells in rows)
        half = "\r\n".join(",".join(map(str, cells)) for cells in rows[: count // 2 + 1])
        files = {"csv": text.encode(), "xlsx": xlsx(("R", rows)), "xls": xls(rows), "ods": ods(rows), "half.csv": half.encode()}
        for name, data in files.items():
            (here / name).write_bytes(data)
        for name in ("csv", "xlsx", "xls", "ods"):
            timed(f"read {name}, {len(files[name]) >> 10:,} KiB", lambda name=name: read_register(here / name, headings))
        with register.new_inventory(here / "a.camcensus", register.new_body("Bench"), NOW) as inventory:
            first = importing.preview(inventory, knowledge, here / "half.csv", ROOT)
            timed(
                f"write and judge {count // 2:,} new rows",
                lambda: importing.apply(inventory, knowledge, first, importing.ImportChoices(), "B", NOW),
            )
            plan = timed(
                f"read, match and compare {count:,} rows", lambda: importing.preview(inventory, knowledge, here / "xlsx", ROOT)
            )
            print(
                f"  matched {len(plan.of('matched')):,}, only on the list {len(plan.of('new')):,}, asked {len(plan.of('asked')):,}"
            )
            edited = (here / "half.csv").read_text("utf-8").replace("by the door", "over the door")
            (here / "edited.csv").write_text(edited, "utf-8")
            plan = importing.preview(inventory, knowledge, here / "edited.csv", ROOT)
            timed(
                f"write changes of {count // 2:,} rows",
                lambda: importing.apply(inventory, knowledge, plan, importing.ImportChoices(), "B", NOW),
            )
            timed("take them back", lambda: register.undo(inventory, knowledge, NOW))
            table = register.rows(inventory, knowledge)
            made = timed(
                f"CSV of {len(table):,} rows",
                lambda: register_table.register_csv(inventory, table, knowledge, "2026-11-24T10:42:00Z"),
            )
            timed(
                f"XLSX of {len(table):,} rows",
                lambda: register_table.register_xlsx(inventory, table, knowledge, "2026-11-24T10:42:00Z"),
            )
            (here / "again.csv").write_bytes(made)
            again = timed(
                f"that CSV held against {len(table):,} rows",
                lambda: importing.preview(inventory, knowledge, here / "again.csv", ROOT),
            )
            print(f"  matched {len(again.of('matched')):,}, changes {sum(len(row.changes) for row in again.rows)}")


if __name__ == "__main__":
    main()
