"""Fuzzing led by what code an input reaches (atheris): the readers and examples of `fuzzing`, libFuzzer's choice of changes.

Importing this makes Camcensus' modules note which of their lines run, so it comes before any of them. Linux and macOS.
"""

from __future__ import annotations

import os
import pickle
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["camcensus"]):
    from hostile.fuzzing import LONGEST_BYTES, PIECES, Fault, Fuzz, Target, targets

SLOW_S = 20.0
"""Of the processor: to note each line that runs costs up to ten times as much."""
HUNG_S = 120
APART = "in the worker"
"""Readers in a process of their own, whose lines nobody notes: their examples are changed as without atheris."""


def fuzz_led(seed: int, *, seconds: float, only: str = "") -> Fuzz:
    """A whole run, or of the targets whose name begins so: each in a process of its own, for its share of so many seconds."""
    run = Fuzz(seed)
    with tempfile.TemporaryDirectory(prefix="camcensus-fuzz-") as name:
        chosen = [one for one in targets(Path(name)) if one.name.startswith(only)]
        shares = sum(one.takes for one in chosen)
        for number, target in enumerate(chosen):
            folder = Path(name) / f"led-{number}"
            share_s = max(1, round(seconds * target.takes / shares))
            if target.name.endswith(APART):
                run.run((target,), seconds=share_s)
                continue
            examples = folder / "examples"
            examples.mkdir(parents=True)
            for at, data in enumerate(target.examples):
                (examples / str(at)).write_bytes(data)
            child = os.fork()
            if child == 0:
                _lead(target, folder, share_s, seed)
            _, status = os.waitpid(child, 0)
            _gather(run, target, folder, os.waitstatus_to_exitcode(status))
    return run


def _lead(target: Target, folder: Path, seconds: int, seed: int) -> None:
    """What the child does; libFuzzer ends it."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    words = folder / "words"
    words.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in piece) + '"\n' for piece in PIECES if len(piece) < 64))
    one = Fuzz(seed, slow_s=SLOW_S)

    def read(data: bytes) -> None:
        before = len(one.faults)
        one.once(target, data)
        if {fault.what for fault in one.faults[before:]} - {fault.what for fault in one.faults[:before]}:
            (folder / "faults").write_bytes(pickle.dumps(one.faults))
        else:
            del one.faults[before:]  # what is known: changes go on from each input that reached it

    options = {
        "max_total_time": seconds, "seed": seed % (1 << 31) or 1, "max_len": LONGEST_BYTES, "timeout": HUNG_S, "rss_limit_mb": 2048,
        "print_final_stats": 1, "artifact_prefix": f"{folder}/", "dict": words,
    }  # fmt: skip
    atheris.Setup([sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(folder / "examples")], read)
    atheris.Fuzz()
    os._exit(0)


def _gather(run: Fuzz, target: Target, folder: Path, status: int) -> None:
    said = (folder / "log").read_text("utf-8", "replace")
    counted: Any = re.search(r"stat::number_of_executed_units:\s*(\d+)", said)
    run.runs[target.name] = int(counted[1]) if counted else 0
    if (folder / "faults").exists():
        run.faults += pickle.loads((folder / "faults").read_bytes())
    if status:
        left = sorted(path for path in folder.iterdir() if re.match(r"(?:crash|timeout|oom|leak)-", path.name))
        data = left[0].read_bytes() if left else b""
        run.faults.append(Fault(target.name, f"ended with {status}: {said[-300:]}", data))
