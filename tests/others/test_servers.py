"""Servers of PyPI and Debian are taken for what they are: none that is no camera counts as one, and nobody made a program.

Those of the test extra, and what lies in the folder that CAMCENSUS_SERVERS names: tests have no network to fetch it, so
`python tests/bench/servers.py --from FOLDER --fetch` does that before. The table is the same bench's.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bench.servers import Seen, report, search
from others.street import NoStreetError

pytestmark = pytest.mark.namespace


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> dict[str, Seen]:
    if shutil.which("ip") is None or shutil.which("ss") is None:
        pytest.skip("ip and ss, which make and look at namespaces, are not here")
    folder = Path(os.environ.get("CAMCENSUS_SERVERS", "/nowhere"))
    try:
        found, absent, _ = search(folder, tmp_path_factory.mktemp("places"), data_dir / "vendors.db")
    except NoStreetError:
        pytest.skip("network namespaces cannot be made here")
    print(report(found, absent))
    if not found:
        pytest.skip(f"none of the servers can be had here: {'; '.join(absent)}")
    return {one.server.name: one for one in found}


def test_nothing_is_counted_that_is_no_camera_and_nobody_made_a_program(seen: dict[str, Seen]) -> None:
    assert {name: (one.kind, one.maker) for name, one in seen.items() if one.counted_wrongly} == {}


def test_what_stands_for_a_camera_is_called_one(seen: dict[str, Seen]) -> None:
    stands = {name: one.kind for name, one in seen.items() if one.server.kinds == ("camera",)}
    assert set(stands.values()) <= {"camera"}, stands


def test_stores_and_routers_are_called_something_else(seen: dict[str, Seen]) -> None:
    named = ("MiniDLNA", "Gerbera", "MiniUPnPd")
    stores = {name: one.kind for name, one in seen.items() if name in named and one.kind is not None}  # one may start too late
    assert stores or seen.keys().isdisjoint(named)
    assert set(stores.values()) <= {"other"}, stores
