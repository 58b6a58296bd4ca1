"""A pack for publication of a country, browsed: python tests/bench/publication.py [BODIES DEVICES] [--save FILE]

Makes exchange files of a thirteenth of so many organisations and devices (1,300 and 650,000 if not said), takes them in, copies the
rows of the roll-up until there are so many, writes the pack, and lets Datasette serve it on loopback. Prints how long the pack takes,
how large it is, and of each table how long its page and a query of its own take; status 1 where one is over a second or is no page.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

from camcensus.store.rollup.tables import SETTLED, read_sql  # noqa: E402
from camcensus.tasks.reports.pack_report import PackWords  # noqa: E402
from camcensus.tasks.reports.publication import DATABASE, DATASETTE, write_pack  # noqa: E402
from camcensus.tasks.rollup import taking as tasks  # noqa: E402
from camcensus.tasks.rollup.figures import lists_of, read_figures  # noqa: E402
from rollup_estate import NOW, knowledge, make_estate, write_estate  # noqa: E402

TIMES = 13
LIMIT_S = 1.0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("bodies", type=int, nargs="?", default=1300)
    parser.add_argument("devices", type=int, nargs="?", default=650_000)
    parser.add_argument("--save", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, over = _measure(Path(folder), wanted.bodies, wanted.devices)
    print("\n".join(lines))
    if wanted.save is not None:
        wanted.save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(over)


def _measure(folder: Path, bodies: int, devices: int) -> tuple[list[str], bool]:
    write_estate(make_estate(1, bodies // TIMES, devices // TIMES), folder / "files", processes=1)
    national = folder / "national.camcensus-rollup"
    with tasks.open_for_taking(national, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
        _multiply(rollup)
        begun = time.process_time()
        figures = read_figures(rollup, lists_of(rollup), NOW.date().isoformat(), problems=False)
        counted = time.process_time() - begun
        begun = time.process_time()
        words = PackWords(title="Cameras of a country", authors=("A. Auditor",))
        made = write_pack(rollup, figures, knowledge(), folder / "pack", words, data_dir=ROOT, now=NOW)
        written = time.process_time() - begun
        (items,) = rollup.file.connection.execute("SELECT count(*) FROM item").fetchone()
    size = sum(one.stat().st_size for one in made)
    lines = [
        "<!-- python tests/bench/publication.py -->",
        f"{figures.totals.counted:,} organisations, {items:,} devices: figures {counted:.1f} s of one core, pack {written:.1f} s,"
        f" {len(made)} files of {size / 1e6:.1f} MB, the database {(folder / 'pack' / DATABASE).stat().st_size / 1e3:,.0f} kB.",
        "",
        "| Table in Datasette | Rows | Page, ms | SQL, ms |",
        "|---|--:|--:|--:|",
    ]
    over = False
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "-i", DATABASE, "-m", DATASETTE, "-h", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(
        command, cwd=folder / "pack", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    try:
        base = f"http://127.0.0.1:{port}/{Path(DATABASE).stem}"
        _wait(f"{base}.json")
        for name in [one.stem for one in sorted((folder / "pack" / "tables").iterdir())]:
            page, _ = _get(f"{base}/{name}")
            sql = urllib.parse.quote(f"select * from {name} order by 1")
            query, text = _get(f"{base}.json?sql={sql}&_shape=objects")
            rows = len(json.loads(text)["rows"])
            lines.append(f"| `{name}` | {rows:,} | {page * 1000:.0f} | {query * 1000:.0f} |")
            over |= max(page, query) > LIMIT_S
    finally:
        server.terminate()
        server.wait()
    return lines, over


def _multiply(rollup: tasks.RollUp) -> None:
    """Each organisation with its files and devices TIMES over; no device is in two of them."""
    with rollup.file.writing() as connection:
        most = {name: connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0] for name in ("body", "export", "item")}
        shifted = {
            "body": {"id": "body"},
            "export": {"id": "export", "body": "body"},
            "item": {"id": "item", "export": "export"},
            "plan_year": {"export": "export"},
            "site": {"export": "export"},
        }
        for time_at in range(1, TIMES):
            for table, keys in shifted.items():
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
                own = {name: f"{name} + {most[of] * time_at}" for name, of in keys.items()}
                own |= {name: f"{name} || '-{time_at}'" for name in ("code", "uuid", "inventory") if name in names}
                own |= {name: "NULL" for name in ("urn", "ods", "gss", "company_no") if name in names}
                made = ", ".join(own.get(name, name) for name in names)
                first = next(iter(keys))
                connection.execute(f"INSERT INTO {table} SELECT {made} FROM {table} WHERE {first} <= {most[keys[first]]}")
        for table in SETTLED:
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} {read_sql(rollup.resources, table)}")


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            _get(url)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("Datasette did not start")


def _get(url: str) -> tuple[float, bytes]:
    begun = time.perf_counter()
    with urllib.request.urlopen(url, timeout=30) as answer:  # an address of our own
        data: bytes = answer.read()
    return time.perf_counter() - begun, data


if __name__ == "__main__":
    sys.exit(main())
