"""Every report in every edition and format, of five estates, before all the checkers that are installed.

    python tests/bench/report_checkers.py [ESTATE…] [--trust DEVICES] [--checker NAME]… [--keep OUT] [--missing]

The estates: none, "one camera", shop, school, trust (12 sites, 3,000 devices if not said). Checkers: veraPDF, outloud and pdfua
for each PDF; axe in Chromium, in light and in dark, for each page (CAMCENSUS_AXE names its script); each
document is edited in LibreOffice and saved, and held to its format's schema (CAMCENSUS_AUDIT names openxml-audit). Prints for each estate how many files each checker saw and each finding; those that are not
installed, with the reason. Exit status 1 where anything was found. CI shows them the reports of three smaller estates.

None of them can judge whether words are right for the reader, or an alternative text says what matters in a picture.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import ROOT
from bench.plan_pages import estates
from camcensus.model.foi import FoiRequest
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.reports.catalogue import KINDS
from report import checkers
from report.heard import complaints
from report_writing import write

type Findings = Mapping[str, Sequence[str]]
"""What was found, by the name of the file."""
VERAPDF_AT_ONCE = 12


def written(inventory: Inventory, knowledge: Knowledge, folder: Path, endings: Container[str]) -> list[Path]:
    """Every kind in every edition that this inventory has, in each format with one of these endings."""
    refs, paths, now = [asset.ref for asset in inventory.assets()], [], datetime.now(UTC)  # no list is newer than the paper
    for kind in KINDS:
        if kind.missing(inventory) or "place" in kind.options:
            continue
        ref = refs[0] if "ref" in kind.options else None
        for audience in kind.audiences:
            for form in (one for one in kind.formats if f".{one}" in endings):
                path = folder / f"{kind.name}-{audience}.{form}"
                more = {"ref": ref, "request": FoiRequest("FOI-9", "2026-11-17"), "audience": audience, "now": now}
                write(kind.name, inventory, knowledge, path, **more)
                paths.append(path)
                if "part" in kind.options:
                    paths.append(path.with_stem(f"{path.stem}-pictures"))
                    write(kind.name, inventory, knowledge, paths[-1], **more, part="pictures")
    return paths


def by_verapdf(paths: Sequence[Path], _: Path) -> Findings:
    """PDF/UA-1, some files at a time: each run begins Java once."""
    found: dict[str, list[str]] = {}
    for at in range(0, len(paths), VERAPDF_AT_ONCE):
        those = checkers.verapdf_findings(paths[at : at + VERAPDF_AT_ONCE])
        found |= {path.name: findings for path, findings in those.items()}
    return found


def by_ear(paths: Sequence[Path], _: Path) -> Findings:
    """What outloud and pdfua find."""
    return {path.name: complaints(path) for path in paths}


def by_axe(paths: Sequence[Path], folder: Path) -> Findings:
    """What axe finds, in light and in dark."""
    return {
        f"{path.name}, {'dark' if dark else 'light'}": checkers.axe_findings(path, folder, dark=dark)
        for path in paths
        for dark in (False, True)
    }


def by_schema(paths: Sequence[Path], _: Path) -> Findings:
    """What the schema of a document's format finds."""
    return {path.name: found for path, found in checkers.schema_findings(paths).items()}


def by_office(paths: Sequence[Path], folder: Path) -> Findings:
    """What documents lose that a person edits in LibreOffice and saves."""
    return {path.name: lost for path, lost in checkers.lost_in_office(paths, folder).items()}


CHECKS: tuple[tuple[str, tuple[str, ...], Callable[[Sequence[Path], Path], Findings], str], ...] = (
    ("veraPDF", (".pdf",), by_verapdf, checkers.needs_verapdf.kwargs["reason"] if checkers.needs_verapdf.args[0] else ""),
    ("outloud and pdfua", (".pdf",), by_ear, ""),
    ("axe", (".html",), by_axe, checkers.needs_axe.kwargs["reason"] if checkers.needs_axe.args[0] else ""),
    (
        "LibreOffice",
        (".docx",),
        by_office,
        checkers.needs_office.kwargs["reason"] if checkers.needs_office.args[0] else "",
    ),
    ("schemas", (".docx",), by_schema, checkers.needs_audit.kwargs["reason"] if checkers.needs_audit.args[0] else ""),
)


def main(arguments: list[str]) -> int:
    """Prints what each checker found; 1 where it is anything."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("estates", nargs="*", metavar="ESTATE", help="how names begin: none, one, shop, school, trust (all)")
    parser.add_argument("--trust", type=int, default=3_000, help="devices of the trust")
    parser.add_argument("--checker", action="append", help="how the name of a checker begins (all); may be repeated")
    parser.add_argument("--keep", type=Path, help="a folder for the files")
    parser.add_argument("--missing", action="store_true", help="only say which checkers are not installed; exit status 3 then")
    given = parser.parse_args(arguments)
    lacking = [f"{name} is left out: {missing}." for name, _, _, missing in CHECKS if missing]
    print("\n".join(lacking or ["All checkers of reports are installed."]))
    if given.missing:
        return 3 if lacking else 0
    checks = [check for check in CHECKS if not given.checker or check[0].startswith(tuple(given.checker))]
    endings = {ending for check in checks for ending in check[1]}
    knowledge, clean = load_knowledge(ROOT / "vendors.db"), True
    with tempfile.TemporaryDirectory() as temporary:
        for name, inventory in estates(Path(temporary), given.trust, knowledge, tuple(given.estates or [""])):
            folder = (given.keep or Path(temporary)) / name.partition(",")[0]
            (folder / "checked").mkdir(parents=True, exist_ok=True)
            paths = written(inventory, knowledge, folder, endings)
            inventory.close()
            for checker, read, check, missing in checks:
                mine, start = [path for path in paths if path.suffix in read], time.perf_counter()
                if missing or not mine:
                    continue
                found = {file: said for file, said in check(mine, folder / "checked").items() if said}
                took_s = time.perf_counter() - start
                print(f"{name}: {checker}, {len(mine)} files, {len(found)} with findings, {took_s:.0f} s", flush=True)
                for file, said in found.items():
                    print(f"    {file}: {'; '.join(said)[:500]}", flush=True)
                clean &= not found
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
