"""Where the servers' parts lie, and what a program that was only unpacked needs."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class MissingError(Exception):
    """A program or module that a server needs is not here."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where things lie: `root` of what was unpacked from Debian, `python` of what pip put there, `place` of this server."""

    root: Path
    python: Path
    place: Path
    address: str

    def program(self, *names: str) -> str:
        """The path of a program, unpacked or installed. Raises MissingError."""
        for name in names:
            for folder in ("usr/sbin", "usr/bin"):
                if (self.root / folder / name).exists():
                    return str(self.root / folder / name)
            if found := shutil.which(name):
                return found
        raise MissingError(names[0])

    def theirs(self, name: str) -> Path:
        """What others built in the folder that CAMCENSUS_THIRD_PARTIES names. Raises MissingError."""
        path = Path(os.environ.get("CAMCENSUS_THIRD_PARTIES", "/nowhere")) / name
        if not path.exists():
            raise MissingError(f"{name}, in CAMCENSUS_THIRD_PARTIES,")
        return path

    def script(self, text: str) -> list[str]:
        """A Python program for this Python."""
        return [sys.executable, "-c", text.replace("127.0.0.1", self.address)]

    def write(self, name: str, text: str) -> str:
        """A file in the server's folder, and its path."""
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)


def needs(module: str) -> None:
    """Raises MissingError where this Python has no such module."""
    if importlib.util.find_spec(module) is None:
        raise MissingError(module)


def libraries(root: Path, python: Path) -> Mapping[str, str]:
    """What programs that were only unpacked need to find their parts."""
    parts = next((root / "usr/lib").glob("*-linux-gnu"), root / "usr/lib")
    return {
        "LD_LIBRARY_PATH": ":".join(map(str, (parts, *(parts / name for name in ("blas", "lapack", "pulseaudio"))))),
        "GI_TYPELIB_PATH": f"{parts}/girepository-1.0",
        "GST_PLUGIN_SYSTEM_PATH": f"{parts}/gstreamer-1.0",
        "GST_PLUGIN_SCANNER": f"{parts}/gstreamer1.0/gstreamer-1.0/gst-plugin-scanner",
        "GST_REGISTRY": str(root / "gst-registry.bin"),
        "PATH": f"{root / 'usr/bin'}:{root / 'usr/sbin'}:{os.environ.get('PATH', '')}",
        "PYTHONPATH": f"{python}:{root / 'usr/lib/python3/dist-packages'}",
    }


@dataclass(frozen=True, slots=True)
class Server:
    """One of them. `kinds` are right for it; `quiet` where it answers nothing that a search for cameras asks; `port` is where it listens.

    `counts` is True for what stands for a camera, so that to count it is right.
    """

    name: str
    comes_from: str
    kinds: tuple[str, ...]
    port: int
    commands: Callable[[Ground], Sequence[Sequence[str]]]
    counts: bool = False
    quiet: bool = False
