"""What is told of the third and fourth gatherings of strangers: python tests/bench/fresh.py [--save]

Each reply is judged as `identify` judges it. --save writes tests/bench/results/fresh.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.finding.census import judge  # noqa: E402
from labelled.strangers import fourth_strangers, third_strangers  # noqa: E402

RESULTS = ROOT / "tests" / "bench" / "results" / "fresh.md"
HEAD = """# Fresh replies, drawn on 2 and 3 December 2026

`python tests/bench/fresh.py --save`. Each gathering was written down before any rule was looked at. When drawn: third, maker 12 of 19
(63%), wrong 0, kind 15 of 17; fourth, maker 18 of 20 (90%), wrong 0, kind 21 of 21. Two rules were written from them afterwards: a
company's name with "Technology" before its legal form, and how Dahua's firmware packs its stream. "VCP IPC Realtime stream" stays
without a maker, as GeoVision's cameras say it too. In the fourth, published makers and models often stand in an answer of ours. Sources: a scanner's feed, a library's test replies, issue threads, manuals.

"""


def main(words: list[str]) -> int:
    """Prints the table and the sums."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    lines = ["| reply | in truth | maker told | kind told | right |", "|---|---|---|---|---|"]
    told = right = wrong = kinds = kinds_right = 0
    for case in (*third_strangers(), *fourth_strangers()):
        verdict = judge(case.observations(), knowledge)[0]
        found, kind = verdict.attribution, verdict.description.kind
        is_maker = found.manufacturer is not None and knowledge.root_of(found.manufacturer) == knowledge.root_of(
            case.truth or ""
        )
        is_kind = kind == case.kind or (kind == "camera-or-recorder" and case.kind in ("camera", "recorder"))
        told, right = told + case.told, right + (case.told and is_maker)
        wrong += case.maker_judged and found.manufacturer is not None and not is_maker
        kinds, kinds_right = kinds + case.kind_told, kinds_right + (case.kind_told and is_kind)
        both = (is_maker or not case.told) and (is_kind or not case.kind_told)
        truth = f"{case.truth or '–'} {case.kind}"
        name = case.id.partition("/")[2]
        lines.append(f"| {name} | {truth} | {found.manufacturer or '–'} ({found.grade}) | {kind} | {'yes' if both else 'no'} |")
    lines += ["", f"Maker told {right} of {told}, wrong {wrong}; kind {kinds_right} of {kinds}."]
    print("\n".join(lines))
    if "--save" in words:
        RESULTS.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
