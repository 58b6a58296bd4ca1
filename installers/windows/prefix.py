"""A Windows of its own (a wine prefix) and a screen of its own (Xvfb) to try things on."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from installers.shared.facts import BuildError, need, run

HERE = Path(__file__).resolve().parent
COLOURS_DRAWN = 100
"""A screen with less has no text on it: smoothed letters alone have more."""


class Prefix:
    """A wine prefix in a folder. Programs run without a screen unless one is named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        self.user = getpass.getuser()
        self._wine = need("wine", "wine wine64")

    def make(self) -> None:
        """Set up the Windows, with stand-ins for what wine 10 lacks and Qt needs; those are never shipped."""
        compiler = need("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-win32")
        self.run("wineboot", "-i", within_s=300)
        if not self.drive.is_dir():
            raise BuildError("wine could not set up a Windows of its own.")
        for name in ("icuuc", "mscms"):
            made = self.drive / "windows" / "system32" / f"{name}.dll"
            run([compiler, "-shared", "-O1", "-s", "-o", made, HERE / "wine" / f"{name}.c"])

    def run(
        self,
        program: Path | str,
        *words: str,
        within_s: float = 120,
        folder: Path | None = None,
        errors: bool = False,
        display: str | None = None,
    ) -> tuple[int, str]:
        """Status and output (with `errors` standard error too) of a program. Raises BuildError where it takes too long."""
        command = [self._wine, str(program), *words]
        try:
            done = subprocess.run(
                command,
                env=self._environment(display),
                cwd=folder or self.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if errors else subprocess.DEVNULL,
                timeout=within_s,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise BuildError(f"{Path(program).name} {' '.join(words[:2])} did not end within {within_s:.0f} s.") from late
        return done.returncode, done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")

    def start(self, program: Path, *words: str, display: str) -> subprocess.Popen[bytes]:
        """A program that goes on, on a screen."""
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([self._wine, str(program), *words], env=self._environment(display), cwd=self.folder, **quiet)

    def rest(self) -> None:
        """Wait until nothing runs any more: a Windows that began without a screen shows no window later."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        subprocess.run([server, "-w"], env=self._environment(None), timeout=120, check=False)

    def files(self) -> set[str]:
        """Every file of the drive, as "users/x/a.txt"."""
        return {path.relative_to(self.drive).as_posix() for path in self.drive.rglob("*") if path.is_file()}

    def keys(self) -> set[str]:
        """Every key and value of this user's registry, as lines "[key]" and "[key] name"."""
        path = self.folder / "keys.reg"
        self.run("reg", "export", "HKCU", self.windows_path(path), "/y")
        found, key = set(), ""
        for line in path.read_text("utf-16").splitlines():
            if line.startswith("["):
                key = line
                found.add(key)
            elif "=" in line:
                found.add(f"{key} {line}")
        path.unlink()
        return found

    def windows_path(self, path: Path) -> str:
        """How programs in the prefix name a file."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def _environment(self, display: str | None) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "USER", "LANG") if name in os.environ}
        made = {
            "HOME": str(self.folder),  # wine links a person's folders and menus to those at home
            "WINEPREFIX": str(self.folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscms=n;mshtml,mscoree,winemenubuilder.exe=",
            "LC_ALL": "C.UTF-8",
            "TZ": "Europe/London",
        }
        return {**kept, **made, **({"DISPLAY": display} if display else {})}


class Screen:
    """A screen of its own for a `with` block; no window manager."""

    SIZE = "1280x800x24"

    def __enter__(self) -> Self:
        need("xwininfo", "x11-utils")
        need("import", "imagemagick")
        reading, writing = os.pipe()
        words = [need("Xvfb", "xvfb"), "-displayfd", str(writing), "-screen", "0", self.SIZE, "-nolisten", "tcp"]
        self._server = subprocess.Popen(words, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as stream:
            number = stream.readline().strip()
        if not number:
            raise BuildError("Xvfb did not start.")
        self.display = f":{number}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.terminate()
        self._server.wait(timeout=20)

    def wait_for(self, title: str, within_s: float) -> float:
        """Seconds from now until a window with the title can be seen. Raises BuildError where none comes."""
        start = time.monotonic()
        while time.monotonic() - start < within_s:
            listed = subprocess.run(
                ["xwininfo", "-display", self.display, "-root", "-tree"], capture_output=True, text=True, check=False
            ).stdout
            for line in listed.splitlines():
                if f'"{title}' in line or f'{title}"' in line:
                    identity = line.split()[0]
                    state = subprocess.run(
                        ["xwininfo", "-display", self.display, "-id", identity], capture_output=True, text=True, check=False
                    ).stdout
                    if "IsViewable" in state and "1x1+" not in line:
                        return time.monotonic() - start
            time.sleep(0.05)
        raise BuildError(f"No window “{title}” came within {within_s:.0f} s.")

    def picture(self, path: Path, within_s: float = 60) -> None:
        """Keep what the screen shows, once something is drawn on it. Raises BuildError where nothing is in that time."""
        end = time.monotonic() + within_s
        while True:
            run(["import", "-display", self.display, "-window", "root", path])
            if int(run(["identify", "-format", "%k", path])) >= COLOURS_DRAWN:
                return
            if time.monotonic() >= end:
                raise BuildError(f"The window stayed empty for {within_s:.0f} s.")
            time.sleep(1)
