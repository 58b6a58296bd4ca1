"""A disk that refuses: python tests/bench/disk_faults.py [POINTS] [--seed N] [--only NAME]. Linux with strace.

Each kind of work of `powercut.py` is done again and again, and each time its k-th write to a file (or sync, or renaming) is
refused by strace: with EIO or ENOSPC, once or, as on a full disk, from then on. POINTS (24) moments for each kind. The work must
end with a sentence or go on; what it acknowledged must be there, or that and the change under way, whole; SQLite's checks must be
clean; and on a disk that has room again the same work must succeed. Exit status 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import powercut_works as works

REFUSALS = (
    ("pwrite64", "ENOSPC", "+"), ("pwrite64", "EIO", ""), ("fdatasync", "EIO", ""), ("fsync", "EIO", ""), ("rename", "ENOSPC", "+"),
    ("rename", "EIO", ""), ("write", "ENOSPC", ""), ("write", "EIO", ""), ("fdatasync", "ENOSPC", ""), ("fsync", "ENOSPC", ""),
)  # fmt: skip
WITHIN_S = 120


def tried(folder: Path, kind: str, refusal: str) -> tuple[int, int, str]:
    """Do the work under strace: its status, the last change that it acknowledged, and what it said."""
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", f"inject={refusal}"]
    command = strace if refusal else []
    done = subprocess.run(
        [*command, sys.executable, Path(works.__file__), kind, folder],
        capture_output=True, text=True, timeout=WITHIN_S, check=False,
    )  # fmt: skip
    acknowledged = [int(number) for number in re.findall(r"ACK (\d+)", done.stdout)]
    return done.returncode, max(acknowledged, default=0), done.stderr.strip()


def calls_of(folder: Path, kind: str) -> dict[str, int]:
    """How often the work calls each of what is to be refused."""
    names = sorted({name for name, _, _ in REFUSALS})
    with tempfile.NamedTemporaryFile(suffix=".strace") as trace:
        command = ["strace", "-f", "--seccomp-bpf", "-qq", "-o", trace.name, "-e", f"trace={','.join(names)}"]
        subprocess.run(
            [*command, sys.executable, Path(works.__file__), kind, folder], capture_output=True, timeout=WITHIN_S, check=True
        )
        text = Path(trace.name).read_text("utf-8", "replace")
    return {name: len(re.findall(rf"\b{name}\(", text)) for name in names}


def run(points: int, seed: int, only: str | None = None) -> int:
    """So many refusals for each kind of work; prints the table, gives the number of findings."""
    chance, began_s, wrong = random.Random(seed), time.monotonic(), list[str]()
    print(
        f"Refusals of the disk, seed {seed}\n\n| Work | Calls | Refused | Ended with a sentence |\n|---|---|---|---|",
        flush=True,
    )
    for kind in [name for name in works.WORKS if only is None or name == only]:
        counted: Counter[str] = Counter()
        with tempfile.TemporaryDirectory(prefix="camcensus-faults-") as name:
            folder, before = Path(name).resolve() / "work", Path(name) / "before"
            folder.mkdir()
            work: works.Work = works.WORKS[kind]()
            work.prepare(folder)
            shutil.copytree(folder, before)
            calls = calls_of(folder, kind)
            refusals = [one for one in REFUSALS if calls[one[0]]]
            for number in range(points):
                call, error, onwards = refusals[number % len(refusals)]
                moment = chance.randint(1, calls[call])
                refusal = f"{call}:error={error}:when={moment}{onwards}"
                shutil.rmtree(folder)
                shutil.copytree(before, folder)
                status, acknowledged, said = tried(folder, kind, refusal)
                counted["tried"] += 1
                counted["refused"] += status == works.REFUSED
                if status not in (0, works.REFUSED):
                    wrong.append(f"WRONG, {kind}, {refusal}: {said[-300:]}")
                found = (_wrong_with(work, folder, acknowledged), _again(before, folder, kind))
                wrong += [f"WRONG, {kind}, {refusal}, after {acknowledged}: {one}" for one in found if one is not None]
        print(f"| {kind} | {sum(calls.values())} | {counted['tried']} | {counted['refused']} |", flush=True)
    print("\n".join(["", *wrong[:40], f"{len(wrong)} wrong, {time.monotonic() - began_s:.0f} s"]))
    return len(wrong)


def _wrong_with(work: works.Work, folder: Path, acknowledged: int) -> str | None:
    try:
        return work.check(folder, acknowledged)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def _again(before: Path, folder: Path, kind: str) -> str | None:
    """What is left by the refusal keeps nobody from doing the same once more; None where it did not."""
    for path in before.rglob("*"):
        if path.is_file():
            shutil.copyfile(path, folder / path.relative_to(before))
    for side in ("-wal", "-shm", "-journal"):
        (folder / f"{works.NAME}{side}").unlink(missing_ok=True)
    status, _, said = tried(folder, kind, "")
    return None if status == 0 else f"again: {said[-300:]}"


def main() -> int:
    """Read the arguments; the status is 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("points", nargs="?", type=int, default=24)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9)
    parser.add_argument("--only", choices=works.WORKS, metavar="NAME", help=f"only one of: {', '.join(works.WORKS)}")
    arguments = parser.parse_args()
    if shutil.which("strace") is None:
        print("strace is not installed; nothing was tried.", file=sys.stderr)
        return 2
    return 1 if run(arguments.points, arguments.seed, arguments.only) else 0


if __name__ == "__main__":
    sys.exit(main())
