"""The pages of paper that the help shows: `python tests/bench/paper_pictures.py [OUT]`.

Searches the simulated school, writes three of its reports and puts one page of each as a small PNG into resources/help/pictures (or
OUT). Needs pdftoppm (poppler-utils). To be looked at afterwards, and made anew when the paper has changed.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks import demo
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports import catalogue as reports
from camcensus.tasks.reports.scope import ReportScope

ROOT = Path(__file__).resolve().parents[2]
PAGES = (("plan", 1, "paper-plan"), ("register", 3, "paper-register"), ("evidence", 1, "paper-evidence"))
"""Report, page, and the picture's name; the evidence is that of `EVIDENCE_OF`."""
EVIDENCE_OF = "CAM-001"
WIDTH_PIXELS = 720
COLOURS = 64


def main() -> int:
    """Writes the pictures and says how large they are."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "help" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    knowledge = load_knowledge(ROOT / "vendors.db")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        now = datetime.now().astimezone()
        path = asyncio.run(demo.run_demo(ROOT, folder, knowledge)).inventory
        with register.open_inventory(path, now) as inventory:
            chosen = tuple(asset.id for asset in inventory.assets() if asset.ref == EVIDENCE_OF)
            for kind, page, picture in PAGES:
                making = reports.Making(
                    inventory=inventory, knowledge=knowledge, path=folder / f"{kind}.pdf", data_dir=ROOT, now=now,
                    choices=replace(
                        reports.choices_kept(inventory, reports.kind_called(kind)), audience="internal",
                        scope=ReportScope(assets=chosen) if kind == "evidence" else ReportScope(),
                    ),
                )  # fmt: skip
                reports.kind_called(kind).write(making)
                size = ["-scale-to-x", str(WIDTH_PIXELS), "-scale-to-y", "-1"]
                only = ["-f", str(page), "-l", str(page), "-singlefile"]
                subprocess.run(["pdftoppm", "-png", *size, *only, str(making.path), str(folder / picture)], check=True)
                with Image.open(folder / f"{picture}.png") as drawn:
                    drawn.convert("RGB").quantize(COLOURS).save(out / f"{picture}.png", optimize=True)
                print(out / f"{picture}.png", f"{(out / f'{picture}.png').stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
