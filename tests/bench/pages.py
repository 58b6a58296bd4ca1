"""Every report of the sample school in each of its editions as PNG, page by page, to be looked at by a person.

    python tests/bench/pages.py OUT [--only WORD] [--grey] [--dpi 92]

Writes OUT/<kind>-<audience>.pdf and its pages; `--grey` as a printer without colour prints them. A test cannot see what a person
sees; it needs poppler-utils.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.demo import INVENTORY_NAME, run_demo
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS, Choices, Making, choices_kept

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Makes the pages and says where."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="", help="reports whose name contains this")
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--dpi", type=int, default=92)
    arguments = parser.parse_args()
    if shutil.which("pdftoppm") is None:
        sys.exit("pdftoppm is needed: install poppler-utils.")
    out = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    made = make(out, arguments.only)
    for path in made:
        draw(path, path.with_suffix(""), arguments.dpi, grey=arguments.grey)
    print(f"{len(made)} papers in {out}")
    return 0


def make(out: Path, only: str) -> list[Path]:
    """The reports of the demonstration as PDF, each for each of its audiences."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    made = []
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run_demo(ROOT, Path(folder), knowledge))
        now = datetime.now(UTC)
        with register.open_inventory(Path(folder) / INVENTORY_NAME, now, readonly=True) as inventory:
            for kind in KINDS:
                kept = choices_kept(inventory, kind)
                for audience in kind.audiences:
                    path = out / f"{kind.name}-{audience}.pdf"
                    if only not in path.name:
                        continue
                    choices = Choices(audience, kept.place, kept.request)
                    kind.write(
                        Making(inventory=inventory, knowledge=knowledge, path=path, data_dir=ROOT, now=now, choices=choices)
                    )
                    made.append(path)
    return made


def draw(path: Path, to: Path, dpi: int, *, grey: bool = False) -> None:
    """The pages of a paper as PNG."""
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), *(["-gray"] if grey else []), path, to], check=True)


if __name__ == "__main__":
    sys.exit(main())
