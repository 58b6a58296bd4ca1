"""How long the register takes on paper, beside ReportLab's own Table and beside Typst with the same rows: in the same run.

    python tests/bench/register_pdf.py [DEVICES] [--save FILE]

Prints, for 3,000 devices if not said, seconds and peak memory of `camcensus report --kind register` (a process of its own, from its
start), of the drawing alone, of ReportLab's Table of the same cells, and of Typst (`pip install typst`; it tags what it draws);
then the decision paper and the evidence of as many; then for 20,000 devices the register and the longest time without a call of
its progress, where it can be cancelled, and how long a cancel took. Exit status 1 where a limit is passed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT, make
from camcensus.report.register import Register
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.kit import read
from camcensus.tasks.reports.making import Making
from camcensus.tasks.reports.register import register_of
from report_writing import write

LIMIT_S, LIMIT_MB, CANCEL_S = 2.0, 200, 0.5
HEADS = ["Ref", "Location", "Kind", "Made by", "Model", "Installed", "Recorder", "Owner", "Seen", "Decision"]
WIDTHS = [50, 110, 60, 95, 115, 62, 52, 75, 70, 68]
"""Seconds of the processor and peak memory for 3,000 devices; seconds of the processor until a cancel at 20,000."""


class Cancelled(Exception):
    """Raised by progress."""


class Watch:
    """A progress that remembers the longest time between two calls, and may cancel at a moment; in seconds of the processor."""

    def __init__(self, cancel_after_s: float | None = None) -> None:
        self.longest_s, self.cancelled_at = 0.0, 0.0
        self._last = self._start = time.process_time()
        self._cancel_after_s = cancel_after_s

    def __call__(self, done: int, total: int) -> None:
        now = time.process_time()
        self.longest_s, self._last = max(self.longest_s, now - self._last), now
        if self._cancel_after_s is not None and now - self._start > self._cancel_after_s:
            self.cancelled_at = now
            raise Cancelled


def child(*words: str) -> tuple[float, float, int, str]:
    """Seconds, of the clock and of the processor, peak megabytes and output of this file run with these words, or of "-m …".

    Without pandas and numpy, which are no part of the program: one of its libraries imports them wherever they are installed.
    """
    start = time.perf_counter()
    command = [sys.executable, *words] if words[0] == "-m" else [sys.executable, __file__, *words]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pandas", "numpy"):
            (Path(folder) / f"{name}.py").write_text("raise ImportError", encoding="utf-8")
        path = os.pathsep.join([folder, str(ROOT / "desktop")])
        return _child(command, start, {**os.environ, "PYTHONPATH": path}, " ".join(words))


def _child(command: list[str], start: float, environment: dict[str, str], words: str) -> tuple[float, float, int, str]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{words} ended with {process.returncode}: {said}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss >> 10, said.strip()


def own_drawing(path: Path, to: Path) -> str:
    """The register as it is drawn, timed from the open inventory."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        start = time.perf_counter()
        written = write("register", inventory, knowledge, to, now=NOW)
        return f"{time.perf_counter() - start:.2f} {written.pages} {to.stat().st_size}"


def table_of_paragraphs(path: Path, to: Path) -> str:
    """The same cells as one ReportLab Table of Paragraphs, untagged, timed from the values."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    knowledge = load_knowledge(ROOT / "vendors.db")
    pdfmetrics.registerFont(TTFont("Noto", str(ROOT / "resources" / "fonts" / "NotoSans-Regular.ttf")))
    style = ParagraphStyle("cell", fontName="Noto", fontSize=10, leading=13)
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        start = time.perf_counter()
        given = register_of(read(Making(inventory=inventory, knowledge=knowledge, path=to, data_dir=ROOT, now=NOW)))
        rows: list[list[Any]] = [HEADS]
        for cells in cells_of(given):
            rows.append([Paragraph("<br/>".join(escape(one or "–") for one in cell), style) for cell in cells])
        document = SimpleDocTemplate(str(to), pagesize=landscape(A4), leftMargin=42, rightMargin=42)
        document.build([Table(rows, colWidths=WIDTHS, repeatRows=1)])
        return f"{time.perf_counter() - start:.2f} {document.page} {to.stat().st_size}"


def cells_of(given: Register) -> Iterator[tuple[tuple[str, ...], ...]]:
    """The same cells for each way: each row of each building, two facts stacked in most."""
    for section in given.sections:
        for item in section.items:
            yield (
                (item.ref,), (item.where or "", item.purpose or ""), (item.kind, item.camera_type), (item.made_by, item.grade),
                (item.model, item.serial or ""), (item.installed, item.age), (item.connected, item.keeps),
                (item.owner, item.maintainer), (item.seen, item.picture), (item.decision, item.year),
            )  # fmt: skip


def typst_table(path: Path, to: Path) -> str:
    """The same cells as one table of Typst, tagged, timed from the values."""
    import typst
    from pypdf import PdfReader

    knowledge = load_knowledge(ROOT / "vendors.db")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        start = time.perf_counter()
        given = register_of(read(Making(inventory=inventory, knowledge=knowledge, path=to, data_dir=ROOT, now=NOW)))
        said = [
            '#set page("a4", flipped: true, margin: 42pt)', '#set text(font: "Noto Sans", size: 10pt, lang: "en", region: "GB")',
            '#set document(title: "Asset register")', f"#table(columns: ({', '.join(f'{one}pt' for one in WIDTHS)}), stroke: none,",
            f"table.header({', '.join(map(json.dumps, HEADS))}),",
        ]  # fmt: skip
        for cells in cells_of(given):
            said.append(", ".join(" + linebreak() + ".join(json.dumps(one or "–") for one in cell) for cell in cells) + ",")
        source = to.with_suffix(".typ")
        source.write_text("\n".join([*said, ")"]), encoding="utf-8")
        typst.compile(str(source), output=str(to), font_paths=[str(ROOT / "resources" / "fonts")], ignore_system_fonts=True)
        took_s = time.perf_counter() - start
    drawn = PdfReader(to)
    assert drawn.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return f"{took_s:.2f} {len(drawn.pages)} {to.stat().st_size}"


def main(argv: list[str]) -> int:
    """Makes inventories and measures; with a mode, one measurement in a process of its own."""
    ways = {"own": own_drawing, "table": table_of_paragraphs, "typst": typst_table}
    if argv[:1] and argv[0] in ways:
        print(ways[argv[0]](Path(argv[1]), Path(argv[2])))
        return 0
    numbers = [int(word) for word in argv if word.isdigit()]
    devices = numbers[0] if numbers else 3_000
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path, to = Path(folder) / "some.camcensus", Path(folder) / "out.pdf"
        make(path, devices).close()
        held = True
        for name, words in (("register", ["register"]), ("decision", ["plan", "--part", "decision"])):
            took_s, worked_s, peak_mb, _ = child("-m", "camcensus", "report", str(path), "-o", str(to), "--kind", *words)
            size = to.stat().st_size >> 10
            lines.append(f"| `camcensus report --kind {name}` | {took_s:.2f} | {worked_s:.2f} | {peak_mb} | {size:,} |")
            held = held and worked_s <= LIMIT_S and peak_mb <= LIMIT_MB
        others = [("own", "the drawing alone, tagged"), ("table", "ReportLab's Table of Paragraphs, untagged")]
        others += [("typst", "Typst's table, tagged")] if importlib.util.find_spec("typst") else []
        for mode, name in others:
            _, worked_s, peak_mb, said = child(mode, str(path), str(to))
            seconds, pages, size = said.split()
            lines.append(f"| {name}, {pages} pages | {seconds} | {worked_s:.2f} | {peak_mb} | {int(size) >> 10:,} |")
        knowledge = load_knowledge(ROOT / "vendors.db")
        with register.open_inventory(path, NOW, readonly=True) as inventory:
            start, worked = time.perf_counter(), time.process_time()
            pages = write("evidence", inventory, knowledge, to, now=NOW).pages
            took_s, worked_s, size = time.perf_counter() - start, time.process_time() - worked, to.stat().st_size >> 10
            lines.append(f"| the evidence, {pages:,} pages | {took_s:.2f} | {worked_s:.2f} | | {size:,} |")
        large = Path(folder) / "large.camcensus"
        make(large, 20_000).close()
        with register.open_inventory(large, NOW, readonly=True) as inventory:
            watch, start, worked = Watch(), time.perf_counter(), time.process_time()
            pages = write("register", inventory, knowledge, to, now=NOW, progress=watch).pages
            took_s, worked_s, size = time.perf_counter() - start, time.process_time() - worked, to.stat().st_size >> 10
            lines.append(f"| the register of 20,000, {pages:,} pages | {took_s:.1f} | {worked_s:.1f} | | {size:,} |")
            waits = [watch.longest_s]
            for moment_s in (0.0, worked_s * 0.3, worked_s * 0.6, worked_s * 0.9):
                watch = Watch(moment_s)
                try:
                    write("register", inventory, knowledge, to, now=NOW, progress=watch)
                except Cancelled:
                    waits += [watch.longest_s, time.process_time() - watch.cancelled_at]
        held = held and max(waits) <= CANCEL_S
    text = "\n".join(
        ["| | seconds | of the processor | peak MB | KB of file |", "|---|---|---|---|---|", *lines, "",
         f"Longest time in which the register of 20,000 could not be cancelled: {max(waits):.2f} s of the processor."]
    )  # fmt: skip
    print(text)
    if "--save" in argv:
        words = (
            f"# The register on paper\n\n`python tests/bench/register_pdf.py {devices}`, {devices:,} devices where nothing else is "
            "said, two cores shared with other work: seconds of the processor are the ones to compare.\n\n"
        )
        Path(argv[argv.index("--save") + 1]).write_text(f"{words}{text}\n", encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
