"""What a search makes of servers that others wrote: python tests/bench/servers.py [--from DIR [--fetch]] [--save FILE]

As root on Linux. Takes those of PyPI, npm and Debian that `tests/others/servers.py` names, with pip, npm and apt-get, into DIR (a temporary
folder where none is given; a DIR that has them already is used as it is): nothing is installed on the computer. --fetch does
that and no more. Those of CAMCENSUS_THIRD_PARTIES (`tests/others/theirs.py`) are used where they are. Starts each in a namespace
of its own, searches, and prints for each: whether it stands in the list, its kind, whether that is right, its maker (nobody made a
program), and the reason. Status 1 where one is counted that is no camera, or a maker is named. What it printed last is in
tests/bench/results/servers.md.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from others.ground import Ground, MissingError, Server, libraries
from others.servers import DEBIAN, NPM, PYPI, SERVERS
from others.street import NETWORK, SEARCHER, NoStreetError, Street, listens

SETTLES_S = 3.0
"""Some hear questions only a while after they listen."""
COLUMNS = ("server", "from", "in the list", "kind", "right", "maker", "grade", "reason")
CAMERAS = ("camera", "recorder", "encoder", "camera-or-recorder")


Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a search said of one server; `kind` is None where it does not stand in the list."""

    server: Server
    kind: str | None
    maker: str | None
    grade: str
    reason: str

    @property
    def right(self) -> bool:
        """Whether its kind is right."""
        return self.kind in self.server.kinds or (self.kind is None and self.server.quiet)

    @property
    def counted_wrongly(self) -> bool:
        """Whether a thing that is no camera counts as one, or a program has a maker."""
        return (self.kind in CAMERAS and not self.server.counts) or self.maker is not None


class Searched(NamedTuple):
    """What was seen of those that were started, why others were not, and the rows of the search."""

    seen: list[Seen]
    absent: list[str]
    rows: Rows


def fetch(folder: Path) -> None:
    """Puts into a folder what is not there yet. What cannot be had is left out."""
    root, python, cache = folder / "root", folder / "python", folder / "cache"
    if not root.exists() and shutil.which("apt-get"):
        (cache / "partial").mkdir(parents=True)
        wanted = ["install", "-y", "-qq", "--no-install-recommends", "--reinstall", "--download-only"]
        for words in ([*wanted, *DEBIAN], ["update", "-qq"], [*wanted, *DEBIAN]):
            if not any(cache.glob("*.deb")):
                subprocess.run(["apt-get", "-o", f"Dir::Cache::archives={cache}", *words], check=False, capture_output=True)
        root.mkdir()
        for package in sorted(cache.glob("*.deb")):
            subprocess.run(["dpkg", "-x", package, root], check=False, capture_output=True)
    if not python.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", str(python), *PYPI]
        if subprocess.run(pip, check=False, capture_output=True).returncode:
            python.mkdir(exist_ok=True)
    if not (folder / "npm").exists() and (npm := shutil.which("npm")):
        subprocess.run([npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder / "npm", *NPM], check=False)


def search(folder: Path, places: Path, vendors: Path | None = None) -> Searched:
    """Starts all that can be started and searches them. Raises NoStreetError."""
    absent: list[str] = []
    standing: list[tuple[Server, str]] = []
    with Street() as street:
        for number, server in enumerate(SERVERS, 11):
            place = places / str(number)
            place.mkdir()
            ground = Ground(folder / "root", folder / "python", place, f"{NETWORK}.{number}")
            try:
                commands = server.commands(ground)
            except MissingError as missing:
                absent.append(f"{server.name}: {missing} is not here")
                continue
            house = street.house(number)
            environment = {**libraries(ground.root, ground.python), "HOME": str(place)}
            programs = [street.start(house, command, place, environment) for command in commands]
            if listens(street, house, server.port, programs[0]):
                standing.append((server, ground.address))
            else:
                said = (place / "log.txt").read_text(errors="replace").strip().splitlines()[-1:]
                absent.append(f"{server.name}: does not listen ({' '.join(said)[:160]})")
        time.sleep(SETTLES_S)
        command = [sys.executable, "-m", "camcensus", "scan", "--interface", SEARCHER, "--range", f"{NETWORK}.0/24"]
        command += ["--pace", "fast", "--json", *(["--knowledge", str(vendors)] if vendors else [])]
        done = street.run(command, 180.0, {"CAMCENSUS_DATA": str(places)})
    if done.returncode:
        raise SystemExit(f"the search ended with {done.returncode}: {done.stderr[-500:]}")
    rows: Rows = json.loads(done.stdout)["devices"]
    by_address = {address: row for row in rows for address in row["addresses"]}
    return Searched([_seen(server, by_address.get(address)) for server, address in standing], absent, rows)


def _seen(server: Server, row: Mapping[str, Any] | None) -> Seen:
    if row is None:
        return Seen(server, None, None, "", "")
    return Seen(server, row["kind"], row["manufacturer"], row["kind_grade"], row["kind_reason"])


def report(seen: Sequence[Seen], absent: Sequence[str]) -> str:
    """The table."""
    lines = [
        "# Servers that others wrote", "", "`python tests/bench/servers.py`", "",
        "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS),
    ]  # fmt: skip
    for one in seen:
        right = (
            "yes"
            if one.right
            else "counted wrongly"
            if one.counted_wrongly
            else "not told"
            if one.kind in (None, "unknown")
            else "no"
        )
        cells = (
            one.server.name,
            one.server.comes_from,
            "yes" if one.kind else "no",
            one.kind or "",
            right,
            one.maker or "",
            one.grade,
            one.reason,
        )
        lines.append("| " + " | ".join(cells) + " |")
    wrong = sum(one.counted_wrongly for one in seen)
    lines += ["", f"Kind right: {sum(one.right for one in seen)} of {len(seen)}; counted wrongly: {wrong}.", ""]
    return "\n".join([*lines, *(f"- Not started: {line}" for line in absent), ""])


def main(arguments: Sequence[str]) -> int:
    """Fetches, searches, prints."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--from", dest="folder", type=Path)
    asked.add_argument("--fetch", action="store_true", help="fill the folder and end")
    asked.add_argument("--save", type=Path, metavar="FILE")
    options = asked.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = options.folder or Path(place) / "servers"
        folder.mkdir(parents=True, exist_ok=True)
        fetch(folder)
        if options.fetch:
            return 0
        places = Path(place) / "places"
        places.mkdir()
        try:
            seen, absent, _ = search(folder, places)
        except NoStreetError:
            print("Network namespaces cannot be made here: run this as root on Linux.")
            return 1
    text = report(seen, absent)
    print(text)
    if options.save:
        options.save.write_text(text, encoding="utf-8")
    return 1 if any(one.counted_wrongly for one in seen) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
