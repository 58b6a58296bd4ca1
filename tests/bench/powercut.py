"""Power cuts: python tests/bench/powercut.py [STATES] [--seed N] [--only NAME]. Linux with strace.

Each kind of work is done once while strace records what it writes, syncs and renames. Then STATES states (4,000) of a disk are
rebuilt, each as it may lie there when the power went at a random moment, and in each the file must open, SQLite's checks must be
clean, and all that was acknowledged must be there: that, or that and the one change under way, whole.

What was written and not synced is there, or not, or cut at 512 bytes, each write for itself. Of names there are two models:
"ordered" (ext4: any sync brings all earlier names to the disk) and "posix" (a name needs a sync of its folder). Memory that
several programs share (-shm) is not recorded; SQLite makes it anew. Exit status 1 where anything was wrong.

Source: Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), whose method this is; SQLite's test6.c.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import powercut_works as works
from disk_faults import tried

from straced import Call, bytes_of, calls_of, text_of

SECTOR_BYTES = 512
MODELS = ("ordered", "posix")
CALLS = (
    "openat,open,creat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,link,linkat,rename,renameat,renameat2,lseek"
    ",writev,pwritev,pwritev2,copy_file_range,sendfile,fallocate"
)
UNKNOWN = ("writev", "pwritev", "pwritev2", "copy_file_range", "sendfile", "fallocate")

Write = tuple[str, int | None, bytes]
""" "put" at an offset (None: at the end), or "cut" to a length."""
Op = tuple[str, str, Write | str | int | None]
"""What was done, to which path, and with what: write, create, link, rename, unlink, sync, sync folder, acknowledged."""


def recorded(folder: Path, kind: str) -> list[Op]:
    """Do the work in a child under strace; what it did in `folder`."""
    with tempfile.NamedTemporaryFile(suffix=".strace") as trace:
        options = ("-y", "-xx", "-s", str(1 << 25), "-o", trace.name, "-e", f"trace={CALLS}")
        status, _, said = tried(folder, kind, *options)
        if status:
            raise RuntimeError(f"{kind} failed: {said}")
        with open(trace.name, encoding="ascii", errors="replace") as lines:  # noqa: PTH123
            return list(operations(lines, str(folder)))


def operations(lines: Iterator[str], folder: str) -> Iterator[Op]:
    """The lines of strace as what they did in a folder."""
    at: dict[tuple[str, str], int | None] = {}
    for one in calls_of(lines):
        yield from _operation(one, folder, at)


def _operation(one: Call, folder: str, at: dict[tuple[str, str], int | None]) -> Iterator[Op]:
    _, call, given, result, opened = one
    first = re.match(r"(\d+)<(.*?)>(\(deleted\))?(?:,|$)", given)
    handle, path = (first[1], text_of(first[2])) if first else ("", "")
    quoted = one.quoted
    if call in ("openat", "open", "creat"):
        if _is_within(opened, folder):
            at[str(result), opened] = None if "O_APPEND" in given else 0
            if "O_CREAT" in given or call == "creat":
                yield "create", opened, None
            if "O_TRUNC" in given or call == "creat":
                yield "write", opened, ("cut", 0, b"")
    elif call == "write" and handle == "1" and bytes_of(quoted[0] if quoted else "").startswith(b"ACK "):
        yield "acknowledged", "", int(bytes_of(quoted[0]).split()[1])
    elif call in ("unlink", "unlinkat"):
        if _is_within(text_of(quoted[-1]), folder):
            yield "unlink", text_of(quoted[-1]), None
    elif call in ("link", "linkat", "rename", "renameat", "renameat2"):
        if _is_within(text_of(quoted[0]), folder) and _is_within(text_of(quoted[1]), folder):
            yield call[:4].rstrip("a") if call.startswith("link") else "rename", text_of(quoted[0]), text_of(quoted[1])
    elif first is None or first[3] or not _is_within(path, folder):
        return
    elif call in UNKNOWN:
        raise SystemExit(f"{call} of {path} is not recorded; teach it to this bench")
    elif call == "write":
        offset = at.get((handle, path), 0)
        yield "write", path, ("put", offset, bytes_of(quoted[0])[:result])
        if offset is not None:
            at[handle, path] = offset + result
    elif call == "pwrite64":
        yield "write", path, ("put", int(given.rsplit(",", 1)[1]), bytes_of(quoted[0])[:result])
    elif call == "lseek":
        if at.get((handle, path), 0) is not None:
            at[handle, path] = result
    elif call == "ftruncate":
        yield "write", path, ("cut", int(given.rsplit(",", 1)[1]), b"")
    elif call in ("fsync", "fdatasync"):
        yield "sync folder" if Path(path).is_dir() else "sync", path, None


def _is_within(path: str, folder: str) -> bool:
    return (path.startswith(f"{folder}/") and not path.endswith("-shm")) or path == folder


@dataclass
class Body:
    """What a file holds on the disk, and what was written since and is not synced."""

    synced: bytearray = field(default_factory=bytearray)
    since: list[Write] = field(default_factory=list)


class Disk:
    """The files of a folder with what is synced of them, as far as a recording was played."""

    def __init__(self, folder: Path, model: str) -> None:
        self.model, self.acknowledged = model, 0
        self.named = {str(path): Body(bytearray(path.read_bytes())) for path in folder.rglob("*") if path.is_file()}
        self.synced_names = dict(self.named)
        self.changed_names: list[tuple[str, str, str | Body]] = []

    def play(self, op: Op) -> None:
        """One step of the recording."""
        what, path, more = op
        if what == "acknowledged":
            self.acknowledged = int(more)  # type: ignore[arg-type, call-overload]
        elif what == "create":
            if path not in self.named:
                self._name(path, Body())
        elif what == "link":
            self._name(str(more), self.named[path])
        elif what == "rename":
            self.changed_names.append(("rename", path, str(more)))
            self.named[str(more)] = self.named.pop(path)
        elif what == "unlink":
            self.changed_names.append(("unlink", path, ""))
            self.named.pop(path, None)
        elif what == "write" and path in self.named:
            self.named[path].since.append(more)  # type: ignore[arg-type]
        elif what == "sync" and path in self.named:
            body = self.named[path]
            for write in body.since:
                put(body.synced, write)
            body.since = []
            if self.model == "ordered":
                self._sync_names(len(self.changed_names), self.synced_names)
        elif what == "sync folder":
            self._sync_names(len(self.changed_names), self.synced_names, None if self.model == "ordered" else path)

    def _name(self, path: str, body: Body) -> None:
        self.named[path] = body
        self.changed_names.append(("name", path, body))

    def _sync_names(self, count: int, names: dict[str, Body], folder: str | None = None) -> None:
        """Bring the first so many changes of names into `names`, or those of one folder alone."""
        left = []
        for change in self.changed_names[:count]:
            what, path, more = change
            if folder is not None and os.path.dirname(path) != folder:  # noqa: PTH120
                left.append(change)
            elif what == "name" and isinstance(more, Body):
                names[path] = more
            elif what == "unlink":
                names.pop(path, None)
            elif path in names:
                names[str(more)] = names.pop(path)
        if names is self.synced_names:
            self.changed_names = left + self.changed_names[count:]

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as one may find them where the power goes now."""
        names = dict(self.synced_names)
        self._sync_names(chance.randint(0, len(self.changed_names)), names)
        return {path: bytes(_left(body, chance)) for path, body in names.items()}


def put(data: bytearray, write: Write) -> None:
    """One write, as the system does it."""
    what, offset, more = write
    if what == "cut":
        del data[offset:]
        data.extend(bytes((offset or 0) - len(data)))
        return
    start = len(data) if offset is None else offset
    data.extend(bytes(max(0, start - len(data))))
    data[start : start + len(more)] = more


def _left(body: Body, chance: random.Random) -> bytearray:
    data, how = bytearray(body.synced), chance.random()
    for write in body.since:
        drawn = chance.random() if how >= 0.3 else 0.0 if how < 0.15 else 1.0
        if drawn < 0.45:
            put(data, write)
        elif drawn < 0.6 and write[0] == "put" and write[1] is not None and len(write[2]) > SECTOR_BYTES:
            put(data, ("put", write[1], write[2][: SECTOR_BYTES * chance.randint(1, len(write[2]) // SECTOR_BYTES)]))
    return data


def states(
    folder: Path, ops: list[Op], model: str, count: int, chance: random.Random
) -> Iterator[tuple[dict[str, bytes], int]]:
    """So many states of the disk in the order of their moments, a quarter of them at the end, and what was acknowledged."""
    moments = sorted(len(ops) if chance.random() < 0.25 else chance.randint(1, len(ops)) for _ in range(count))
    disk, played = Disk(folder, model), 0
    for moment in moments:
        for op in ops[played:moment]:
            disk.play(op)
        played = moment
        yield disk.cut(chance), disk.acknowledged


def laid(state: dict[str, bytes], folder: Path, here: Path) -> None:
    """The files of a state in a folder of their own."""
    for path, data in state.items():
        place = here / Path(path).relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def run(count: int, seed: int, only: str | None = None) -> int:
    """Spread so many states over the kinds of work and the models; prints the table, gives the number of findings."""
    chance, began_s, wrong = random.Random(seed), time.monotonic(), list[str]()
    kinds = [name for name in works.WORKS if only is None or name == only]
    lines = []
    for number, kind in enumerate(kinds):
        some = count // len(kinds) + (number < count % len(kinds))
        with tempfile.TemporaryDirectory(prefix="camcensus-powercut-") as name:
            folder = Path(name).resolve() / "work"
            folder.mkdir()
            work: works.Work = works.WORKS[kind]()
            work.prepare(folder)
            before = Path(name) / "before"
            shutil.copytree(folder, before)
            ops = recorded(folder, kind)
            after = folder.rename(folder.with_name("after"))
            shutil.copytree(before, folder)
            shutil.rmtree(after)
            done = max((int(more) for what, _, more in ops if what == "acknowledged"), default=0)  # type: ignore[arg-type, call-overload]
            found: Counter[str] = Counter()
            for at, model in enumerate(MODELS):
                for state, acknowledged in states(folder, ops, model, (some + at) // len(MODELS), chance):
                    with tempfile.TemporaryDirectory(prefix="camcensus-powercut-") as here:
                        laid(state, folder, Path(here))
                        said = _wrong_with(work, Path(here), acknowledged)
                    found["states"] += 1
                    if said is not None:
                        found["wrong"] += 1
                        wrong.append(f"WRONG, {kind}, {model}, after {acknowledged}: {said}")
            lines.append(f"| {kind} | {len(ops):,} | {done} | {found['states']} | {found['wrong']} |")
    print(f"Power cuts, {count} states, seed {seed}, {time.monotonic() - began_s:.0f} s\n")
    print("| Work | Steps recorded | Acknowledged | States | Wrong |\n|---|---|---|---|---|")
    print("\n".join([*lines, *(f"\n{line}" for line in wrong[:40])]))
    print(f"\n{count:,} states of {len(kinds)} kinds of work, {len(wrong)} wrong")
    return len(wrong)


def _wrong_with(work: works.Work, here: Path, acknowledged: int) -> str | None:
    try:
        return work.check(here, acknowledged)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main() -> int:
    """Read the arguments; the status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("states", nargs="?", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--only", choices=works.WORKS, metavar="NAME", help=f"only one of: {', '.join(works.WORKS)}")
    arguments = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed; nothing was tried.", file=sys.stderr)
        return 2
    return 1 if run(arguments.states, arguments.seed, arguments.only) else 0


if __name__ == "__main__":
    sys.exit(main())
