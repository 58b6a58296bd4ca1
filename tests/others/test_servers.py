"""Servers of PyPI and Debian are taken for what they are: none that is no camera counts as one, and nobody made a program.

Those of the test extra, what lies in the folder that CAMCENSUS_SERVERS names, and those of CAMCENSUS_THIRD_PARTIES: tests have no
network to fetch them, so `python tests/bench/servers.py --from FOLDER --fetch` does that before. The table is the same bench's.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.servers import Rows, Seen, report, search
from others.street import NoStreetError

pytestmark = pytest.mark.namespace


@dataclass(frozen=True, slots=True)
class Found:
    """What a search saw of each server, and its rows."""

    servers: dict[str, Seen]
    rows: Rows


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Found:
    if shutil.which("ip") is None or shutil.which("ss") is None:
        pytest.skip("ip and ss, which make and look at namespaces, are not here")
    folder = Path(os.environ.get("CAMCENSUS_SERVERS", "/nowhere"))
    try:
        seen, absent, rows = search(folder, tmp_path_factory.mktemp("places"), data_dir / "vendors.db")
    except NoStreetError:
        pytest.skip("network namespaces cannot be made here")
    print(report(seen, absent))
    if not seen:
        pytest.skip(f"none of the servers can be had here: {'; '.join(absent)}")
    return Found({one.server.name: one for one in seen}, rows)


def test_nothing_is_counted_that_is_no_camera_and_nobody_made_a_program(found: Found) -> None:
    assert {name: (one.kind, one.maker) for name, one in found.servers.items() if one.counted_wrongly} == {}


def test_what_stands_for_a_camera_is_called_one(found: Found) -> None:
    stands = {name: one.kind for name, one in found.servers.items() if one.server.kinds == ("camera",)}
    assert set(stands.values()) <= {"camera"}, stands


def test_programs_that_show_pictures_are_called_programs(found: Found) -> None:
    programs = {name: one.kind for name, one in found.servers.items() if name in ("motion", "motionEye")}
    assert set(programs.values()) <= {"software"}, programs


def test_stores_and_routers_are_called_something_else(found: Found) -> None:
    named = ("MiniDLNA", "Gerbera", "MiniUPnPd")
    stores = {name: one.kind for name, one in found.servers.items() if name in named and one.kind is not None}
    assert stores or found.servers.keys().isdisjoint(named)  # One may start too late.
    assert set(stores.values()) <= {"other"}, stores
