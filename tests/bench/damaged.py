"""Damaged copies of an inventory, through every door that opens one: python tests/bench/damaged.py [SEED] [COUNT] [DOOR...]

COUNT copies (150) of the practice school's inventory, each damaged in one of seven ways drawn by SEED (from the clock, and printed):
bits flipped in the header, in a page, in a column of text; the file cut short; a page of zeros; a page in another's place; a row whose
values are of another kind. Each goes through every command that opens an inventory, is opened in the window, and is the last record
when the window starts, in a process of its own with a limit of time. Each copy's one answer is printed: that it opened, or the sentence
that refused it. Counted: doors of one copy that answer differently, a mistake of our own (a traceback, or the sentence that says so), a
window that does not start, a hang, more than 10 s. With doors named (show, open, start, …) only those. Status 1 where there is one.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from hostile.windows import in_window  # noqa: E402

HANG_S, SLOW_S = 60.0, 10.0
PAGE = 4096
OPENED = "opened"
SEEN = (
    '{"at": "2026-11-24T10:41:02Z", "network": "eth0 10.0.0.2/24", "address": "10.0.0.31", "mac": "3c:ef:8c:00:00:01",'
    ' "probe": "neighbour", "raw": ""}\n'
)


def bits(data: bytearray, chance: random.Random, start: int, end: int, count: int) -> None:
    for _ in range(count):
        data[chance.randrange(start, end)] ^= 1 << chance.randrange(8)


def in_header(data: bytearray, chance: random.Random) -> bytes:
    bits(data, chance, 0, 100, chance.randint(1, 3))
    return bytes(data)


def in_a_page(data: bytearray, chance: random.Random) -> bytes:
    page = chance.randrange(len(data) // PAGE)
    bits(data, chance, page * PAGE, (page + 1) * PAGE, chance.randint(1, 40))
    return bytes(data)


def cut(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(len(data))])


def zeroed(data: bytearray, chance: random.Random) -> bytes:
    page = chance.randrange(len(data) // PAGE)
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    return bytes(data)


def swapped(data: bytearray, chance: random.Random) -> bytes:
    one, two = chance.sample(range(len(data) // PAGE), 2)
    data[one * PAGE : (one + 1) * PAGE] = data[two * PAGE : (two + 1) * PAGE]
    return bytes(data)


def columns(path: Path, chance: random.Random) -> tuple[sqlite3.Connection, str, str]:
    """An open copy, and one of its columns that holds something."""
    db = sqlite3.connect(path)
    tables = [
        name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    while True:
        table = chance.choice(tables)
        names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        if names and db.execute(f'SELECT 1 FROM "{table}"').fetchone():
            return db, table, chance.choice(names)


def in_text(path: Path, chance: random.Random) -> None:
    """A bit of a text flipped, so that it may be no text any more."""
    db, table, column = columns(path, chance)
    db.text_factory = bytes
    rows = db.execute(
        f'SELECT rowid, "{column}" FROM "{table}" WHERE typeof("{column}") = \'text\' AND length("{column}") > 0'
    ).fetchall()
    if rows:
        row, value = chance.choice(rows)
        changed = bytearray(value)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(sqlite3.Error):
            db.execute("PRAGMA ignore_check_constraints = ON")
            db.execute(f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?', [bytes(changed), row])
    db.commit()
    db.close()


def of_another_kind(path: Path, chance: random.Random) -> None:
    """A value of another kind, or none, where one of its kind is expected."""
    db, table, column = columns(path, chance)
    value = chance.choice(
        [None, 10**18, -1, 1.5e300, b"\xff\xfe\x00", "{", "[1, 2", "", "2026-13-45", "\ud7ff" * 3, "x" * 70_000]
    )
    with contextlib.suppress(sqlite3.Error):
        db.execute("PRAGMA ignore_check_constraints = ON")
        rows = db.execute(f'SELECT rowid FROM "{table}"').fetchall()
        db.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', [value, chance.choice(rows)[0]])
    db.commit()
    db.close()


BYTES: tuple[Callable[[bytearray, random.Random], bytes], ...] = (in_header, in_a_page, cut, zeroed, swapped)
ROWS: tuple[Callable[[Path, random.Random], None], ...] = (in_text, of_another_kind)


def damage(whole: Path, path: Path, chance: random.Random) -> str:
    """A damaged copy of `whole` at `path`; the way it was damaged."""
    way = chance.choice((*BYTES, *ROWS, *ROWS))
    if way in ROWS:
        shutil.copyfile(whole, path)
        way(path, chance)  # type: ignore[call-arg,arg-type]
    else:
        path.write_bytes(way(bytearray(whole.read_bytes()), chance))  # type: ignore[arg-type,call-arg]
    return way.__name__


def doors(path: Path, out: Path) -> dict[str, list[str] | Callable[[], int]]:
    """Command lines that open an inventory, and the window."""
    (register := out / "list.csv").write_text("Camera,Location\nHall 1,Hall\n")
    (capture := out / "seen.jsonl").write_text(SEEN)
    commands = {
        "show": ["show", path, "--json"],
        "show text": ["show", path],
        "show csv": ["show", path, "--csv"],
        "changes": ["show", path, "--changes-since", "2026-01-01"],
        "export": ["export", path, "--audience", "auditor", "-o", out / "out.camcensus"],
        "public": ["export", path, "--audience", "public", "-o", out / "out.zip"],
        "would import": ["import", path, register, "--dry-run"],
        "identify": ["identify", capture, "--inventory", path],
        "import": ["import", path, register],
        "scan": ["scan", "--inventory", path, "--interface", "127.0.0.1", "--passive", "--limit-s", "0.1"],
    }
    kinds = (
        "plan",
        "register",
        "evidence",
        "foi",
        "walkround",
        "it-notice",
        "summary",
        "questions",
        "decision",
        "code",
        "dpia",
    )
    reports = {kind: ["report", path, "--kind", kind, "-o", out / f"{kind}.pdf"] for kind in kinds}
    return {
        "open": lambda: in_window(path, out),
        "start": lambda: in_window(path, out, is_last=True),
        **{name: [str(word) for word in words] for name, words in (commands | reports).items()},
    }


def answer_of(told: str) -> str:
    """What a door said of the file: the sentence that refuses it, or that it opened."""
    found = re.search(r"[“‘][^”’]*school\.camcensus[^”’]*[”’] (?:is|was|cannot|holds|has)[^.;]*", told)
    return " ".join(found.group(0).split()) if found else OPENED


def through(words: list[str] | Callable[[], int], home: Path) -> tuple[str, str, float]:
    """A command's fault, empty for none; what it answered; and how long it took, seconds."""
    began = time.monotonic()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        said = io.StringIO()
        status = 99
        try:
            os.dup2(write, 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.environ |= {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CAMCENSUS_DATA")}
            from camcensus.app import data_dir
            from camcensus.cli import run

            with contextlib.redirect_stderr(said):
                status = words() if callable(words) else run(words, data_dir=data_dir, window=lambda *_: 0)
        except BaseException as error:
            said.write(f"traceback {type(error).__name__} {error}")
        os.write(write, said.getvalue()[-2000:].encode("utf-8", "replace"))
        os._exit(status if 0 <= status < 100 else 99)
    os.close(write)
    while time.monotonic() - began < HANG_S:
        done, how = os.waitpid(child, os.WNOHANG)
        if done:
            break
        time.sleep(0.01)
    else:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read)
        return "hang", "", time.monotonic() - began
    text = b""
    while some := os.read(read, 65536):
        text += some
    os.close(read)
    took = time.monotonic() - began
    told = text.decode("utf-8", "replace")
    fault = ""
    if os.WIFSIGNALED(how):
        fault = f"killed by signal {os.WTERMSIG(how)}"
    elif "went wrong in Camcensus" in told or "traceback" in told.lower():
        fault = told.strip().splitlines()[-1][:300]
    elif took > SLOW_S * max(1.0, os.getloadavg()[0] / 2):
        fault = "slow"
    elif os.WEXITSTATUS(how) not in (0, 1, 3) or (callable(words) and how):
        fault = f"status {os.WEXITSTATUS(how)} {told.strip()[-300:]}"
    elif os.WEXITSTATUS(how) == 3:
        return "", answer_of(told) if answer_of(told) != OPENED else told.strip()[-300:], took
    return fault, answer_of(told) if callable(words) else OPENED, took


def main(words: list[str]) -> int:
    seed = int(words[0]) if words else time.time_ns() % 10**8
    count = int(words[1]) if len(words) > 1 else 150
    chance = random.Random(seed)
    print(f"seed {seed}")
    bad: Counter[str] = Counter()
    ended: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="camcensus-damaged-") as folder:
        whole = Path(folder) / "whole.camcensus"
        import camcensus.ui.main_window  # noqa: F401 – once, not in each process
        from camcensus.app import data_dir
        from camcensus.cli import run

        with contextlib.redirect_stdout(io.StringIO()):
            run(["demo", "--headless", "-o", folder], data_dir=data_dir, window=lambda *_: 0)
        found = [path for path in Path(folder).rglob("*.camcensus")]
        whole = found[0]
        with contextlib.closing(sqlite3.connect(whole)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
        for number in range(count):
            home = Path(folder) / f"{number}"
            home.mkdir()
            path = home / "school.camcensus"
            way = damage(whole, path, chance)
            before = path.read_bytes()
            answers: dict[str, list[str]] = {}
            for door, line in doors(path, home).items():
                if words[2:] and door not in words[2:]:
                    continue
                path.write_bytes(before)
                fault, answer, took = through(line, home)
                slowest = max(slowest, took)
                answers.setdefault(answer, []).append(door)
                if fault:
                    bad[fault.split("(")[0][:60]] += 1
                    print(f"{number} {way} {door}: {fault}")
            one = " | ".join(f"{', '.join(there)}: {answer}" for answer, there in answers.items())
            print(f"{number} {way}: {next(iter(answers)) if len(answers) == 1 else f'DIFFERS {one}'}", flush=True)
            ended[way, OPENED if OPENED in answers else "refused"] += 1
            bad["answers that differ"] += len(answers) > 1
            shutil.rmtree(home)
    for (way, how), times in sorted(ended.items()):
        print(f"{way}: {how} {times}")
    print(f"{count} copies, {sum(bad.values())} faults: {dict(+bad)}; slowest {slowest:.1f} s")
    return int(any(bad.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
