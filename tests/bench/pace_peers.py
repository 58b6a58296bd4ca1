"""The search beside a bare prototype of the limit and beside other programs, on the project's own test network, in one run.

As root on Linux: python tests/bench/pace_peers.py [--sizes 250,1000] [--from DIR] [--save FILE]

Installs the other programs of PyPI with pip into a virtual environment in DIR (a temporary folder where none is given; one that is
there is used); nmap is used where it is installed (Debian: nmap). Each runs on a fleet of its own, as it is, with a time limit, and
none leaves the network's namespace. Found are the cameras and recorders among the addresses that a program names; of nmap's hosts
those count that have the video port open, or that it says to be webcams. It prints what each found, its seconds, and its packets.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.fleet import scan
from camcensus.store.vendors_db.read import load_knowledge
from fleet.judge import judge
from fleet.running import Fleet, NoNamespacesError, Ran

PEER_S = 90.0
PACKAGES = ("onveef", "onvif-scanner", "WSDiscovery", "libonvif", "rich", "click")
"""The last two are what onvif-scanner uses and does not ask for."""
COLUMNS = (
    "program", "devices", "found", "decoys", "maker", "seconds", "cpu s", "memory MB", "connections", "packets to devices",
    "most to one", "open", "failed logins", "how it ended",
)  # fmt: skip
LIBONVIF = """
import sys
from libonvif.devices.camera import discover
for one in discover(sys.argv[1], lambda camera: None):
    about = one.device_information
    print(" address: " + one.xaddr, one.name, about and about.manufacturer, about and about.model)
"""
"""What its documentation does: all that answer, each asked in turn. It has no command of its own."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Program:
    """A program: what it is called, how it is run (`{address}`, `{range}` are the scanner's), and whether its rows are ours."""

    name: str
    command: Sequence[str]
    kind: str = "peer"


def fetch(folder: Path) -> Path:
    """A Python that has the other programs; what cannot be had is left out, and said."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        for package in PACKAGES:
            pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
            done = subprocess.run(pip, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{package} cannot be had: {done.stderr.strip()[-200:]}")
    return python


def programs(python: Path) -> list[Program]:
    """All that can be run here, ours and the limit first."""
    versions = {one.name.lower(): one.version for one in distributions(path=[str(path) for path in _libraries(python)])}
    prototype = Path(__file__).with_name("pace_limit.py")
    found = [
        Program("limit (pace_limit.py), sweep", [sys.executable, str(prototype), "{address}", "{range}"], "limit"),
        Program("Camcensus, fast, sweep", ["fast", "sweep"], "ours"),
        Program("Camcensus, fast, no sweep", ["fast"], "ours"),
    ]
    commands = {
        "onveef": ("discover", [str(python.with_name("onveef")), "--json", "discover", "--interface", "{address}"]),
        "wsdiscovery": ("wsdiscover", [str(python.with_name("wsdiscover"))]),
        "libonvif": ("discover()", [str(python), "-c", LIBONVIF, "{address}"]),
        "onvif-scanner": ("onvif-scan", [str(python.with_name("onvif-scan")), "--output", "json"]),
    }
    for package, (what, command) in commands.items():
        if package in versions:
            found.append(Program(f"{package} {versions[package]}, {what}", command))
    if nmap := shutil.which("nmap"):
        said = subprocess.run([nmap, "--version"], capture_output=True, text=True, check=False).stdout.split()
        ports = ["-n", "-T4", "-p", "80,443,554,8000", "-oX", "-", "{range}"]
        found.append(Program(f"nmap {said[2]}, four ports", [nmap, *ports], "nmap"))
        found.append(Program(f"nmap {said[2]} -sV, four ports", [nmap, "-sV", *ports], "nmap"))
    return found


def _libraries(python: Path) -> Sequence[Path]:
    return tuple((python.parent.parent / "lib").glob("python3*/site-packages"))


def absent(found: Sequence[Program]) -> list[str]:
    """The programs that are not here."""
    said = " ".join(one.name for one in found)
    return [name for name in ("onveef", "wsdiscovery", "libonvif", "onvif-scanner", "nmap") if name not in said]


def run(program: Program, size: int, place: Path, makers: Mapping[str, str]) -> tuple[str, ...]:
    """One program on a fleet of its own: its line of the table."""
    with Fleet(size) as fleet:
        ran = _ran(program, fleet, place)
        counted = fleet.report()
        if program.kind == "limit":
            told = json.loads(ran.out) if ran.code == 0 else {}
            judged = [f"{told.get('hosts', '?')} hosts", "", ""]
        else:
            ours = program.kind == "ours"
            rows = json.loads(ran.out)["devices"] if ours and ran.code == 0 else rows_of(program.kind, ran.out, makers)
            score = judge(fleet.units, rows, swept=True)
            decoys = len(score.decoys) + len(score.strangers)
            judged = [f"{score.found}/{score.expected}", str(decoys), f"{score.right}/{score.told}"]
    devices = counted["devices"].values()
    packets = [row["packets_to_it"] for row in devices]
    ended = "" if ran.code == 0 else f"stopped after {PEER_S:.0f} s" if ran.code is None else f"status {ran.code}"
    return (
        program.name, str(size), *judged, f"{ran.seconds:.1f}", f"{ran.cpu_s:.1f}", str(ran.memory_mb),
        str(counted["cable"]["connections"]), f"{sum(packets):,}", str(max(packets)),
        str(max(row["open_at_once"] for row in devices)), str(sum(row["failed_logins"] for row in devices)), ended,
    )  # fmt: skip


def _ran(program: Program, fleet: Fleet, place: Path) -> Ran:
    if program.kind == "ours":
        swept = ["--range", fleet.range] if "sweep" in program.command else []
        return scan(fleet, place, "--pace", program.command[0], *swept)
    command = [part.replace("{address}", fleet.address).replace("{range}", fleet.range) for part in program.command]
    return fleet.run(command, limit_s=PEER_S, environment={"HOME": str(place), "COLUMNS": "200"})


def rows_of(kind: str, out: str, makers: Mapping[str, str]) -> Rows:
    """What a program said, as rows like ours: an address, and the makers whose names stand in what it says of it."""
    if kind == "nmap":
        parts = re.findall(r"<host[ >].*?(?:</host>|\Z)", out, re.S)
        parts = [part for part in parts if re.search(r'portid="554"><state state="open"|devicetype="webcam"', part)]
    else:
        parts = re.split(r"(?=\n? address: )|(?<=\n  \})|(?<=\n    \})", out)
    found: dict[str, str] = {}
    for part in parts:
        address = re.search(r"\b10\.44\.\d+\.\d+\b", part)
        if address:
            found[address[0]] = found.get(address[0], "") + part.lower().replace("%20", " ")
    return [
        {
            "addresses": [address], "kind": "camera", "grade": "likely", "evidence": [], "candidates": [],
            "manufacturer": next((maker for maker, spelt in makers.items() if _names(text, maker, spelt)), None),
        }
        for address, text in found.items()
    ]  # fmt: skip


def _names(text: str, maker: str, spelt: str) -> bool:
    return any(re.search(rf"(?<![a-z]){re.escape(word.lower())}(?![a-z])", text) for word in (maker, spelt))


def main(arguments: Sequence[str]) -> int:
    """Runs all, and prints the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--sizes", default="250,1000")
    asked.add_argument("--from", dest="folder", type=Path)
    asked.add_argument("--save", type=Path, metavar="FILE")
    options = asked.parse_args(arguments)
    makers = {maker.id: maker.name for maker in load_knowledge(ROOT / "vendors.db").manufacturers.values()}
    busy = os.getloadavg()[0]
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    print(*lines, sep="\n")
    with tempfile.TemporaryDirectory() as place:
        found = programs(fetch(options.folder or Path(place) / "peers"))
        try:
            for size in map(int, options.sizes.split(",")):
                for program in found:
                    lines.append("| " + " | ".join(run(program, size, Path(place), makers)) + " |")
                    print(lines[-1], flush=True)
        except NoNamespacesError:
            print("Network namespaces cannot be made here: run this as root on Linux.")
            return 1
    lines += ["", *(f"- Not here: {name}" for name in absent(found))]
    if options.save:
        head = [
            "# The search beside a limit and other programs", "", f"`python tests/bench/pace_peers.py {' '.join(arguments)}` on {os.cpu_count()} cores,",
            f"which {busy:.1f} programs on average wanted when it began (the devices and the program share them).", "",
            "found: reachable cameras and recorders that it names. decoys: other things among them. maker: named rightly, of those",
            "found whose answers tell it. packets to devices: all that came to single devices, answers' acknowledgements too; to",
            "addresses where nothing is, nothing can come. open: connections open at once to one host.", "",
        ]  # fmt: skip
        options.save.write_text("\n".join([*head, *lines]).rstrip("\n") + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
