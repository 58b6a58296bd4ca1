"""An auditor's work, tried with an installed package: a list becomes a record, its file is taken in, judged again, printed.

Strangers' files are looked at, and many devices judged, in processes that the installed program starts of itself: that is what
a checkout cannot tell of a package.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from installers.shared.facts import ROOT, BuildError

DEVICES = 3200
"""So many that judging them again takes processes of its own (`camcensus.tasks.rollup.judging`)."""
_BLOCK = "44:19:b6"
"""A block of MAC addresses that Hikvision alone uses."""


def add_up(folder: Path, run: Callable[[list[str]], str]) -> str:
    """Try it in an empty folder, which is the current one to `run`: it runs camcensus and gives what it printed.

    Gives a sentence of what held. Raises BuildError where something did not.
    """
    rows = "".join(
        f"192.168.{number >> 8}.{number & 255},{_BLOCK}:00:{number >> 8:02x}:{number & 255:02x}\n" for number in range(DEVICES)
    )
    (folder / "list.csv").write_text(f"IP address,MAC address\n{rows}", encoding="utf-8")
    shutil.copyfile(ROOT / "vendors.db", folder / "other.db")
    with closing(sqlite3.connect(folder / "other.db")) as db, db:
        db.execute("UPDATE meta SET value = value || '.1' WHERE key = 'version'")
    run(["identify", "list.csv", "--inventory", "body.camcensus"])
    run(["export", "body.camcensus", "--audience", "auditor", "-o", "theirs.camcensus"])
    taken = json.loads(run(["rollup", "national.camcensus-rollup", "theirs.camcensus", "--json"]))
    states = [one["state"] for one in taken["files"]]
    if states != ["accepted"]:
        raise BuildError(f"A roll-up did not take an exchange file: {taken['files']}")
    again = ["rollup-report", "national.camcensus-rollup", "--knowledge", "other.db", "-o", "national.pdf", "--json"]
    told = json.loads(run(again))
    if not told["knowledge_version"].endswith(".1") or told["to_judge_again"] != 0:
        raise BuildError(f"A roll-up was not judged again: {told['knowledge_version']}, {told['to_judge_again']} left.")
    if not (folder / "national.pdf").read_bytes().startswith(b"%PDF-"):
        raise BuildError("A roll-up's report was not written.")
    return f"an auditor’s roll-up: a file of {DEVICES:,} devices taken in, judged again, printed"
