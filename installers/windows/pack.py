"""Packs the Windows tree: the per-user setup (NSIS) and the zip to run from a stick; signs what Windows looks at."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from installers.shared.facts import BuildError, epoch, need, run, version
from installers.shared.tidy import files_of
from installers.windows.icon import write_side
from installers.windows.stage import HERE, numbers

LIST, UNLIST = "files.nsh", "unfiles.nsh"


@dataclass(frozen=True)
class Signing:
    """A code-signing key: a PKCS #12 file, the file with its password, and the RFC 3161 time stamp service, if there is one."""

    pfx: Path
    password_file: Path
    timestamp_url: str | None = None

    def command(self) -> list[str]:
        """Signs the file whose name is given last, in place; `sign.py` also runs it for the uninstaller within the setup."""
        words = [sys.executable, str(HERE / "sign.py"), "--pfx", str(self.pfx), "--password-file", str(self.password_file)]
        return words + (["--timestamp-url", self.timestamp_url] if self.timestamp_url else [])


def sign(path: Path, signing: Signing | None) -> None:
    """Sign a program in place; without a key nothing is done. Raises BuildError."""
    if signing is not None:
        run([*signing.command(), str(path)])


def write_lists(tree: Path, folder: Path) -> None:
    """Write what the setup installs and what the uninstaller deletes: each file by name, in the order of the names.

    NSIS' own `File /r` takes the disk's order, and `RMDir /r` would also delete what a person keeps in the folder.
    """
    files = files_of(tree)
    install, remove = [], []
    last = None
    for path in files:
        inside = path.relative_to(tree)
        if inside.parent != last:
            last = inside.parent
            install.append(f"SetOutPath {_quoted(_installed(last))}")
        install.append(f"File {_quoted(str(path))}")
        remove.append(f"Delete {_quoted(_installed(inside))}")
    folders = sorted({parent for path in files for parent in path.relative_to(tree).parents if parent != Path()}, reverse=True)
    # Deepest first: "a/b" sorts before "a" when the order is turned round.
    remove += [f"RMDir {_quoted(_installed(one))}" for one in sorted(folders, key=lambda one: (-len(one.parts), str(one)))]
    for name, lines in ((LIST, install), (UNLIST, remove)):
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def _installed(inside: Path) -> str:
    return "\\".join(["$INSTDIR", *(part.replace("$", "$$") for part in inside.parts)])


def _quoted(text: str) -> str:
    if '"' in text or "`" in text:
        raise BuildError(f"{text} cannot be named in an NSIS script.")
    return f'"{text}"'


def build_setup(tree: Path, out: Path, icon: Path, work: Path, signing: Signing | None) -> Path:
    """Write Camcensus-V-win64-setup.exe into `out`. Raises BuildError, and CannotBuildHereError without NSIS."""
    makensis = need("makensis", "nsis")
    write_lists(tree, work)
    side = write_side(work / "side.bmp")
    os.utime(side, (epoch(), epoch()))  # NSIS keeps it with its time, as all that it packs
    setup = out / f"Camcensus-{version()}-win64-setup.exe"
    kilobytes = sum(path.stat().st_size for path in files_of(tree)) // 1024
    facts = {
        "VERSION": version(),
        "NUMBERS": ".".join(numbers(version())),
        "LISTS": str(work),
        "ICON": str(icon),
        "SIDE": str(side),
        "OUT": str(setup),
        "KB": str(kilobytes),
    }
    if signing is not None:
        facts["SIGN"] = shlex.join(signing.command())
    defines = [f"-D{name}={text}" for name, text in facts.items()]
    run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(HERE / "setup.nsi")], cwd=work, log=work / "nsis.log")
    sign(setup, signing)
    return setup
