"""What is told of the third, fourth and fifth gatherings of strangers: python tests/bench/fresh.py [--save]

Each reply is judged as `identify` judges it. --save writes tests/bench/results/fresh.md.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.finding.census import judge  # noqa: E402
from labelled.strangers import fifth_kept_strangers, fifth_strangers, fourth_strangers, third_strangers  # noqa: E402

RESULTS = ROOT / "tests" / "bench" / "results" / "fresh.md"
HEAD = """# Fresh replies, drawn on 2 and 3 December 2026

`python tests/bench/fresh.py --save`. Each gathering was written down before any rule was looked at. When drawn: third, maker 12 of 19
(63%), wrong 0, kind 15 of 17; fourth, maker 18 of 20 (90%), wrong 0, kind 21 of 21; fifth, maker 12 of 19 (63%), wrong 0, kind 18 of
21. Rules were written from the third, the fourth and the open half of the fifth afterwards; the kept half of the fifth is only
counted. "VCP IPC Realtime stream" stays without a maker, as GeoVision's cameras say it too. In the fourth, published makers and models
often stand in an answer of ours. Sources: a scanner's feed, a library's test replies, issue threads, lists of page titles, manuals.

"""


def main(words: list[str]) -> int:
    """Prints the table and the sums; of the kept half the sums alone."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    lines = ["| reply | in truth | maker told | kind told | right |", "|---|---|---|---|---|"]
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for case in (*third_strangers(), *fourth_strangers(), *fifth_strangers(), *fifth_kept_strangers()):
        verdict = judge(case.observations(), knowledge)[0]
        found, kind = verdict.attribution, verdict.description.kind
        named = knowledge.root_of(found.manufacturer) if found.manufacturer else None
        is_maker = named is not None and named == knowledge.root_of(case.truth or "")
        is_kind = kind == case.kind or (kind == "camera-or-recorder" and case.kind in ("camera", "recorder", "encoder"))
        sums[case.theme] += Counter(
            told=case.told, right=case.told and is_maker, wrong=case.maker_judged and named is not None and not is_maker,
            kinds=case.kind_told, kinds_right=case.kind_told and is_kind,
        )  # fmt: skip
        if case.theme != "fifth-kept":
            both = (is_maker or not case.told) and (is_kind or not case.kind_told)
            lines.append(
                f"| {case.id.partition('/')[2]} | {case.truth or '–'} {case.kind} | {found.manufacturer or '–'} ({found.grade}) "
                f"| {kind} | {'yes' if both else 'no'} |"
            )
    lines += ["", "| gathering | maker told | wrong | kind |", "|---|--:|--:|--:|"]
    for name, one in (*sums.items(), ("all", sum(sums.values(), Counter()))):
        lines.append(f"| {name} | {one['right']} of {one['told']} | {one['wrong']} | {one['kinds_right']} of {one['kinds']} |")
    print("\n".join(lines))
    if "--save" in words:
        RESULTS.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
