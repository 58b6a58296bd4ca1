"""A screen of our own stays ours: displays share one folder for sockets, whichever network their processes are in."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hostile.screens import screen

TESTS = Path(__file__).resolve().parents[1]
OTHER = f"import sys; sys.path.insert(0, {str(TESTS)!r}); from hostile.screens import screen\nwith screen(): pass"


@pytest.mark.namespace
@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")
@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs root on Linux")
def test_a_screen_in_another_network_leaves_ours_alone() -> None:
    with screen():
        number = os.environ["DISPLAY"].removeprefix(":")
        subprocess.run(["unshare", "-n", sys.executable, "-c", OTHER], check=True)
        with socket.socket(socket.AF_UNIX) as ours:
            ours.connect(f"/tmp/.X11-unix/X{number}")
