"""Every door that takes a file: how it is gone through, and the kind of file that belongs there."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hostile.files import HostileFile
from hostile.windows import in_window, read_label, read_pictures


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
    """`base` is the kind of sound file that belongs there; `opens` says that the file itself may be written where it is sound.

    `reads` names the argument of a command that a door of the window stands for, too.
    """

    name: str
    base: str
    act: Act
    opens: bool = False
    signs: bool = False
    sound_ends: tuple[int, ...] = (0, 1)
    reads: str = ""

    def fits(self, file: HostileFile) -> bool:
        """Whether such a file is brought here: a database is harmed as databases are."""
        return file.family != "harmed" or self.base not in DATABASES


def _workshop(*words: str) -> Act:
    """A command line of `run.py knowledge`, by whose maintainers it is given files that others publish."""
    told = _line(*words)

    def act(path: Path, place: Place) -> Callable[[], int]:
        from installers.knowledge.__main__ import main

        line = told(path, place)
        assert isinstance(line, list)
        return lambda: main(line)

    return act


def _line(*words: str) -> Act:
    """A command line: {file} is what was brought, {theirs} the folder that it lies in, {mine} the person's folder, {sound} what is as it should be."""

    def act(path: Path, place: Place) -> list[str]:
        told = {"{file}": path, "{theirs}": place.theirs, "{mine}": place.mine, "{sound}": place.root.parent / "sound"}
        return [functools.reduce(lambda text, one: text.replace(one, str(told[one])), told, word) for word in words]

    return act


def _read_by_window(*, is_last: bool = False) -> Act:
    return lambda path, place: lambda: in_window(path, place.root, is_last=is_last)


MINE, NATIONAL = "{mine}/school.camcensus", "{mine}/national.camcensus-rollup"
NO_SEARCH = ("scan", "--passive", "--interface", "127.0.0.1", "--limit-s", "0.1")
DOORS: tuple[Door, ...] = (
    # A whole inventory of others
    Door("show", "inventory", _line("show", "{file}")),
    Door("show as JSON", "inventory", _line("show", "{file}", "--json")),
    Door("report of it", "inventory", _line("report", "{file}", "--kind", "plan", "-o", "{mine}/plan.pdf")),
    Door("export of it", "inventory", _line("export", "{file}", "--audience", "auditor", "-o", "{mine}/out.camcensus")),
    Door("open", "inventory", _read_by_window(), opens=True, reads="open inventory"),
    Door("start", "inventory", _read_by_window(is_last=True), opens=True),
    Door("import into it", "inventory", _line("import", "{file}", "{mine}/list.csv"), opens=True),
    Door("identify into it", "inventory", _line("identify", "{mine}/list.csv", "--inventory", "{file}"), opens=True),
    Door("scan into it", "inventory", _line(*NO_SEARCH, "--inventory", "{file}"), opens=True),
    Door("back-ups of it", "inventory", _line("backups", "{file}")),
    Door("newest back-up of it", "inventory", _line("backups", "{file}", "--newest"), opens=True, sound_ends=(3,)),
    Door("diff of it", "inventory", _workshop("diff", "{sound}/vendors.db", "{sound}/vendors.db", "--inventory", "{file}")),
    # A list, a register, photos
    Door("identify", "list", _line("identify", "{file}")),
    Door("identify and save", "list", _line("identify", "{file}", "--inventory", MINE)),
    Door("import", "list", _line("import", MINE, "{file}")),
    Door("import, looked at", "list", _line("import", MINE, "{file}", "--dry-run", "--json")),
    Door("labels", "label", lambda path, _: lambda: read_label(path)),
    Door("plans and photos", "picture", lambda path, _: lambda: read_pictures(path)),
    # Of auditors
    Door("rollup", "exchange", _line("rollup", NATIONAL, "{file}")),
    Door("rollup of a folder", "exchange", _line("rollup", NATIONAL, "{theirs}")),
    Door("rollup of it", "rollup", _line("rollup", "{file}", "{mine}/exchange.camcensus"), opens=True),
    Door("rollup --bodies", "bodies", _line("rollup", NATIONAL, "--bodies", "{file}")),
    Door("rollup --answers", "answers", _line("rollup", NATIONAL, "--answers", "{file}")),
    Door("rollup --map", "meanings", _line("rollup", NATIONAL, "--answers", "{sound}/answers.csv", "--map", "{file}")),
    Door("rollup --answers of a folder", "answers", _line("rollup", NATIONAL, "--answers", "{theirs}")),
    Door("rollup-report", "rollup", _line("rollup-report", "{file}"), opens=True),
    Door("rollup-report --publish", "rollup", _line(
        "rollup-report", "{file}", "--publish", "{mine}/pack", "--csv", "{mine}/csv", "--parquet", "{mine}/parquet", "--for", "duckdb",
        "-o", "{mine}/report.html",
    ), opens=True),
    # Back-ups, secrets, policies
    Door("restore", "backup", _line("backups", MINE, "--restore", "{file}", "--passphrase-file", "{mine}/passphrase.txt")),
    Door("passphrase", "passphrase", _line(
        "export", MINE, "--audience", "backup", "--passphrase-file", "{file}", "-o", "{mine}/out.camcensus-backup"
    )),
    Door("passphrase of a back-up", "passphrase", _line(
        "backups", MINE, "--restore", "{mine}/locked.camcensus-backup", "--passphrase-file", "{file}"
    )),
    Door("password", "passphrase", _line(
        "--policy", "{mine}/no-logins.toml", "scan", "--interface", "127.0.0.1", "--login", "admin", "--password-file", "{file}"
    ), sound_ends=(2,)),
    Door("policy", "policy", _line("policy", "{file}")),
    Door("--policy", "policy", _line("--policy", "{file}", "show", MINE)),
    # What is known of makers
    Door("update", "knowledge", _line("knowledge", "update", "{file}", "--key", "{mine}/publisher.pub"), signs=True),
    Door("key of an update", "key", _line("knowledge", "update", "{sound}/vendors.db", "--key", "{file}")),
    *(
        Door(f"{name} --knowledge", "knowledge", _line(*words, "--knowledge", "{file}"))
        for name, words in {
            "show": ("show", MINE), "scan": NO_SEARCH, "identify": ("identify", "{mine}/list.csv"),
            "import": ("import", MINE, "{mine}/list.csv"),
            "report": ("report", MINE, "--kind", "plan", "-o", "{mine}/plan.pdf"),
            "export": ("export", MINE, "--audience", "public", "-o", "{mine}/out.csv"),
            "rollup": ("rollup", NATIONAL, "{mine}/exchange.camcensus"),
            "rollup-report": ("rollup-report", NATIONAL), "knowledge show": ("knowledge", "show", "Axis"),
        }.items()
    ),
    Door("knowledge check --knowledge", "knowledge", _workshop("check", "--knowledge", "{file}")),
    Door("knowledge diff, old", "knowledge", _workshop("diff", "{file}", "{sound}/vendors.db")),
    Door("knowledge diff, new", "knowledge", _workshop("diff", "{sound}/vendors.db", "{file}")),
    Door("knowledge comment", "knowledge", _line("knowledge", "comment", "{file}")),
    Door("knowledge rehearse", "knowledge", _workshop("rehearse", "{file}")),
    Door("knowledge import cve", "cve", _workshop("import", "cve", "{file}")),
    Door("knowledge import urn", "schools", _workshop(
        "import", "urn", "{file}", "--sources", "{mine}/nowhere", "-o", "{mine}/asked.csv", "--write"
    )),
    Door("knowledge import fcc", "covered", _workshop("import", "fcc", "{file}")),
)  # fmt: skip
BY_NAME = {door.name: door for door in DOORS}
SUFFIXES = {
    "inventory": ".camcensus", "exchange": ".camcensus", "backup": ".camcensus-backup", "rollup": ".camcensus-rollup",
    "knowledge": ".db", "list": ".csv", "bodies": ".csv", "answers": ".csv", "policy": ".toml",
    "picture": ".png", "label": ".png", "passphrase": ".txt", "cve": ".json", "meanings": ".json", "key": ".pub", "schools": ".csv", "covered": ".html",
}  # fmt: skip
DATABASES = ("inventory", "exchange", "rollup", "knowledge")
"""Kinds that are databases; at other doors a harmed database is a harmed inventory."""


WRITTEN = frozenset({
    "scan capture", "show xlsx", "show output", "report csv", "report output", "export output",
    "rollup-report csv", "rollup-report parquet", "rollup-report publish", "rollup-report output",
    "demo output",
})  # fmt: skip
"""Arguments that name what is written, and nothing that is read."""
OWN = frozenset[str]()
"""Arguments that name the sources of the knowledge base: files of this project, which people edit and review."""


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
