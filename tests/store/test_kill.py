"""Every edit that was acknowledged is there after kill -9, and the file is sound."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from camcensus.store.inventory import create_inventory, open_inventory
from samples import NOW, body

KILLS = 10

_WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from camcensus.store.edits.placing import add_place
from camcensus.store.edits.settings import set_setting
from camcensus.store.inventory import open_inventory
now = datetime.now(UTC)
with open_inventory(Path(sys.argv[1])) as inventory:
    number = int(inventory.setting("number", "0"))
    held = {place.name for place in inventory.places()}
    while True:
        number += 1
        if f"Site {number}" not in held:
            inventory.do(add_place("site", f"Site {number}", None), by="A", now=now)
        inventory.do(set_setting("number", str(number)), by=None, now=now)
        print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "a.camcensus"
    create_inventory(path, body(), now=NOW).close()
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            writer.kill()
            said = (first + writer.stdout.read()).split(b"\n")[:-1]
        acknowledged = int(said[-1])
        with open_inventory(path) as inventory:
            names = {place.name for place in inventory.places()}
            assert {f"Site {number}" for number in range(1, acknowledged + 1)} <= names
            assert int(inventory.setting("number") or 0) in (acknowledged, acknowledged + 1)
    assert acknowledged >= KILLS
