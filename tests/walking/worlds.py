"""What each person has before the walk begins: a record, files, a network; and the program started on it."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
SITES = tuple(f"Site {number}" for number in range(1, 13))
ROOMS = ("Stage", "Kitchen")
BY_SITE = 250
"""Devices of each site, in a subnet of its own."""


def trust(path: Path) -> None:
    """3,000 devices of a hospital trust in twelve subnets, one for each site; those of the seventh have no location yet."""
    from bench import big_inventory
    from camcensus.model.asset import Body
    from camcensus.store.edits import placing
    from camcensus.store.inventory import create_inventory
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.tasks.register import verbs as register

    body: Body = register.new_body("Northmoor Hospitals", "nhs", 4, BY_SITE * len(SITES))
    with create_inventory(path, body, now=NOW) as inventory:
        knowledge = load_knowledge(ROOT / "vendors.db")
        big_inventory.fill(inventory, knowledge, BY_SITE * len(SITES), places=0)
        at_site: dict[str, list[str]] = {}
        for row in register.rows(inventory, knowledge):
            if row.addresses:
                at_site.setdefault(row.addresses[0].rsplit(".", 1)[0], []).append(row.asset.id)
        for at, site in enumerate(SITES):
            for room in ROOMS:
                inventory.do(placing.place_named([site, "Main hall", "Ground floor", room]), by="Bench", now=NOW)
            if at != 6:
                kitchen = (site, "Main hall", "Ground floor", ROOMS[-1])
                inventory.do(placing.set_place_named(at_site[f"10.0.{at}"], kitchen), by="Bench", now=NOW)
        inventory.closing = None


def council(path: Path) -> None:
    """300 devices of a council, with decisions, to answer a request about."""
    from bench import big_inventory
    from camcensus.store.inventory import create_inventory
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.tasks.register import verbs as register

    with create_inventory(path, register.new_body("Westbrook Council", "council", 4, 320), now=NOW) as inventory:
        big_inventory.fill(inventory, load_knowledge(ROOT / "vendors.db"), 300, places=20)
        inventory.closing = None


def answers(home: Path) -> dict[str, str]:
    """Sixty organisations' files in a folder "answers" with a sheet of 40 letters, and two that are none; the total."""
    import rollup_files
    from rollup_estate import once_in_nation

    folder = home / "Documents" / "answers"
    estate = rollup_files.make_files(folder, 60, 600)
    letters = "".join(f"Letter School {at},school,{at + 4},{at % 3},{at % 2}\n" for at in range(40))
    (folder / "letters.csv").write_text(f"organisation,type,How many cameras?,Hikvision?,Dahua?\n{letters}", "utf-8")
    rollup_files.spoil(folder)
    return {"cameras": f"{sum(estate.counts_as(one) == 'camera' for _, one in once_in_nation(estate)):,}"}


def run(record: Path | None) -> int:
    """The program, as it is started on a record or for the first time, with eyes; loopback stands for the network."""
    from PySide6.QtWidgets import QApplication

    from camcensus.app import data_dir
    from camcensus.model.scan import Interface
    from camcensus.ui.find import searching
    from camcensus.ui.main_window import open_window
    from walking.eyes import Eyes

    searching.interfaces = lambda: (Interface("School network", "127.0.0.1/8", 1),)
    searching.in_the_way = lambda: None
    app = QApplication(["camcensus"])
    eyes = Eyes(app)
    status = open_window(record, data_dir())
    del eyes
    return status


def environment(home: Path) -> dict[str, str]:
    """A person's own, empty, account."""
    (home / "Documents").mkdir(parents=True)
    named = {"HOME": "", "XDG_DATA_HOME": ".local/share", "XDG_CONFIG_HOME": ".config", "CAMCENSUS_DATA": ".camcensus"}
    return os.environ | {name: str(home / below) for name, below in named.items()}


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests"), str(ROOT)]
    sys.exit(run(Path(sys.argv[1]) if sys.argv[1:] else None))
