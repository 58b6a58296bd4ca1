"""What every build asks first: where the sources are, which version they are, which moment they are of."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build"
"""Work files of builds; may be deleted at any time."""
CACHE = WORK / "cache"
"""What takes long to fetch or to build and stays the same."""

PACKAGE = ROOT / "desktop" / "camcensus"
ZIP_BEGINS = 315_619_200
"""2 January 1980: a zip file knows no day before it in any time zone."""

DONE, FAILED, NOT_HERE = 0, 3, 4


class BuildError(Exception):
    """The build failed; one sentence says at what."""


class CannotBuildHereError(Exception):
    """This kind of machine cannot do it; one sentence says what would."""


def version() -> str:
    """The version of Camcensus, from the one place that states it. Raises BuildError where that is no version."""
    source = PACKAGE / "__init__.py"
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?)"$', source.read_text(encoding="utf-8"), re.M)
    if found is None:
        raise BuildError(f"{source.relative_to(ROOT)} states no version such as 1.2.0.")
    return found[1]


def contact() -> str:
    """The address that a release names, from the one place that states it; empty while none is. Raises BuildError."""
    stated = tomllib.loads((ROOT / "installers" / "release.toml").read_text(encoding="utf-8"))["contact"]
    if stated and re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", stated) is None:
        raise BuildError(f"installers/release.toml states no address as contact: {stated}")
    return str(stated)


def epoch() -> int:
    """The moment that all files in a build carry, seconds since 1970: SOURCE_DATE_EPOCH, else the last commit's, else 1980."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        git = shutil.which("git")
        if git is not None:
            asked = subprocess.run([git, "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
            given = asked.stdout.strip() if asked.returncode == 0 else ""
    if given and not given.isdecimal():
        raise BuildError("SOURCE_DATE_EPOCH has to be a whole number of seconds since 1970.")
    return max(int(given or 0), ZIP_BEGINS)


def build_environment() -> dict[str, str]:
    """The environment of programs that a build runs: the same wherever it is built."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0"}


def run(
    command: Sequence[str | Path], *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None, log: Path | None = None
) -> str:
    """What a program printed. Raises BuildError with its last words where it fails; `log` also gets all of them."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**build_environment(), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{words[0]} could not be started ({error.strerror}).") from error
    if log is not None:
        log.write_text(done.stdout, encoding="utf-8")
    if done.returncode != 0:
        last = done.stdout.strip().splitlines()[-12:]
        raise BuildError("\n".join([f"{Path(words[0]).name} failed (status {done.returncode}):", *last]))
    return done.stdout


def need(program: str, package: str) -> str:
    """The path of a program. Raises CannotBuildHereError with the line that installs it."""
    found = shutil.which(program)
    if found is None:
        raise CannotBuildHereError(f"{program} is not installed here. Run: sudo apt install {package}")
    return found


def empty(folder: Path) -> Path:
    """The folder, made anew with nothing in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def say(text: str) -> None:
    """A line for the person who builds, on standard error; standard output has the paths of what was built."""
    print(text, file=sys.stderr, flush=True)


def run_build(build: Callable[[list[str]], list[Path]]) -> None:
    """Run a platform's build with the words of the command line, print what it wrote, and end with its status."""
    try:
        written = build(sys.argv[1:])
    except CannotBuildHereError as reason:
        say(str(reason))
        sys.exit(NOT_HERE)
    except BuildError as problem:
        say(str(problem))
        sys.exit(FAILED)
    for path in written:
        print(path)
    sys.exit(DONE)
