"""The engine that reads print reports nothing to anybody, and leaves nothing on the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from straced import calls_of, needs_strace, text_of, traced

PROGRAM = """
import time
from PIL import Image, ImageDraw
from camcensus.intake.label_text import read_print
picture = Image.new("RGB", (600, 200), "white")
ImageDraw.Draw(picture).text((20, 60), "S/N: DS1234567", "black", font_size=60)
assert read_print(picture), "it reads nothing"
time.sleep(6)
"""
"""What an engine reports it sends from a thread of its own, a while later."""


@needs_strace
@pytest.mark.usefixtures("with_print")
def test_reading_print_asks_nobody_and_leaves_nothing(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="rapidocr reads print")
    home, trace = tmp_path / "home", tmp_path / "trace"
    home.mkdir()
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    env = {**os.environ, **places, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    done = traced([sys.executable, "-c", PROGRAM], "connect,sendto,sendmsg,sendmmsg,openat", trace, env)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    calls = list(calls_of(trace.read_text("ascii", "replace").splitlines(), failed=True))
    asked = [one.given for one in calls if one.name != "openat"]
    made = [text_of(one.quoted[0]) for one in calls if one.name == "openat" and "O_CREAT" in one.given]
    assert (asked, [path for path in made if not path.startswith("/dev/")], list(home.iterdir())) == ([], [], [])
