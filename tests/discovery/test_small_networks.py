"""A search of networks that caretakers have, in namespaces: what stands there is found, and what is advised is true."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from others.small_networks import SMALL, searched
from others.street import NoStreetError

pytestmark = pytest.mark.namespace


@pytest.mark.parametrize("name", [
    "clones with one serial number", "answers after 3 s", "broken heads", "port forwards to three makers",
    "recorder and two cameras forwarded by it", "login page beyond a router",
])  # fmt: skip
def test_what_stands_there_is_found(name: str, tmp_path: Path) -> None:
    if shutil.which("ip") is None or shutil.which("ss") is None or shutil.which("openssl") is None:
        pytest.skip("what makes and looks at namespaces is not here")
    wanted = SMALL[name]
    try:
        came = searched(wanted, "fast", tmp_path / "places")
    except NoStreetError:
        pytest.skip("network namespaces cannot be made here")
    assert (came.found, came.makers, came.counted) == (came.wanted, came.makers_wanted, came.wanted), came.rows
    assert came.others <= wanted.others
    assert not wanted.advice or wanted.advice in came.advice
