"""Every door that takes a file: how it is gone through, and the kind of file that belongs there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hostile.windows import in_window, read_pictures


@dataclass(frozen=True)
class Place:
    """The folders of one case. `theirs` holds what came from outside, `mine` the person's own files."""

    root: Path

    @property
    def theirs(self) -> Path:
        return self.root / "theirs"

    @property
    def mine(self) -> Path:
        return self.root / "mine"

    @property
    def victim(self) -> Path:
        return self.root / "victim" / "letter.txt"


Act = Callable[[Path, Place], list[str] | Callable[[], int]]


@dataclass(frozen=True)
class Door:
    """`base` is the kind of sound file that belongs there; `opens` says that the file itself may be written where it is sound."""

    name: str
    base: str
    act: Act
    opens: bool = False
    signs: bool = False
    sound_ends: tuple[int, ...] = (0, 1)


def _line(*words: str) -> Act:
    """A command line: {file} is what was brought, {mine} the person's folder."""

    def act(path: Path, place: Place) -> list[str]:
        return [word.replace("{file}", str(path)).replace("{mine}", str(place.mine)) for word in words]

    return act


INVENTORY = "{mine}/school.camcensus"
DOORS: tuple[Door, ...] = (
    Door("show", "inventory", _line("show", "{file}")),
    Door("show as JSON", "inventory", _line("show", "{file}", "--json")),
    Door("report of it", "inventory", _line("report", "{file}", "--kind", "plan", "-o", "{mine}/plan.pdf")),
    Door("export of it", "inventory", _line("export", "{file}", "--audience", "auditor", "-o", "{mine}/out.camcensus")),
    Door("open", "inventory", lambda path, place: lambda: in_window(path, place.root), opens=True),
    Door("start", "inventory", lambda path, place: lambda: in_window(path, place.root, is_last=True), opens=True),
    Door("import into it", "inventory", _line("import", "{file}", "{mine}/list.csv"), opens=True),
    Door("back-ups of it", "inventory", _line("backups", "{file}")),
    Door("newest back-up of it", "inventory", _line("backups", "{file}", "--newest"), opens=True, sound_ends=(3,)),
    Door("identify", "list", _line("identify", "{file}")),
    Door("identify and save", "list", _line("identify", "{file}", "--inventory", INVENTORY)),
    Door("import", "list", _line("import", INVENTORY, "{file}")),
    Door(
        "show --theirs", "list",
        _line("show", INVENTORY, "--for", "netbox", "--theirs", "{file}", "-o", "{mine}/netbox.zip"), sound_ends=(3,),
    ),
    Door("brands", "brands", _line("brands", INVENTORY, "--add", "{file}")),
    Door("rollup", "exchange", _line("rollup", "{mine}/national.camcensus-rollup", "{file}")),
    Door("rollup of it", "rollup", _line("rollup", "{file}", "{mine}/exchange.camcensus"), opens=True),
    Door("rollup --join", "rollup", _line("rollup", "{mine}/national.camcensus-rollup", "--join", "{file}")),
    Door("rollup-report", "rollup", _line("rollup-report", "{file}"), opens=True),
    Door("rollup --bodies", "bodies", _line("rollup", "{mine}/national.camcensus-rollup", "--bodies", "{file}")),
    Door("rollup --answers", "answers", _line("rollup", "{mine}/national.camcensus-rollup", "--answers", "{file}")),
    Door(
        "restore", "backup", _line("backups", INVENTORY, "--restore", "{file}", "--passphrase-file", "{mine}/passphrase.txt")
    ),
    Door("passphrase", "passphrase", _line(
        "export", INVENTORY, "--audience", "backup", "--passphrase-file", "{file}", "-o", "{mine}/out.camcensus-backup"
    )),
    Door("update", "knowledge", _line("knowledge", "update", "{file}", "--key", "{mine}/publisher.pub"), signs=True),
    Door("show --knowledge", "knowledge", _line("show", INVENTORY, "--knowledge", "{file}")),
    Door("policy", "policy", _line("policy", "{file}")),
    Door("--policy", "policy", _line("--policy", "{file}", "show", INVENTORY)),
    Door("plans and photos", "picture", lambda path, _: lambda: read_pictures(path)),
)  # fmt: skip
BY_NAME = {door.name: door for door in DOORS}
SUFFIXES = {
    "inventory": ".camcensus", "exchange": ".camcensus", "backup": ".camcensus-backup", "rollup": ".camcensus-rollup",
    "knowledge": ".db", "list": ".csv", "brands": ".csv", "bodies": ".csv", "answers": ".csv", "policy": ".toml", "picture": ".png", "passphrase": ".txt",
}  # fmt: skip
DATABASES = ("inventory", "exchange", "rollup", "knowledge")
"""Kinds that are databases; at other doors a harmed database is a harmed inventory."""


@dataclass
class Ended:
    """How one case ended; `wrong` is empty where all was right."""

    door: str
    file: str
    status: int = -1
    said: str = ""
    cpu_s: float = 0.0
    took_s: float = 0.0
    peak_mb: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def way(self) -> str:
        """Whether the file was taken, or refused with a sentence."""
        return "wrong" if self.wrong else "taken" if self.status == 0 else "refused"
