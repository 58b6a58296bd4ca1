"""How often the attribution is right: python tests/bench/attribution_table.py DIR_OF_CAPTURES [vendors.db] [-v]

The directory holds captures (*.jsonl) and TRUTH.csv (file, brand, manufacturer, model; no manufacturer where nobody knows).
Prints a table of right, wrong and no name by grade, and the files that no codec reads yet, by probe. A file with several
devices is right when all are. Ends with status 1 where any name is wrong, 3 where the directory or the knowledge cannot be read.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from camcensus.intake.capture import read_capture
from camcensus.model.attribution import GRADES, Grade
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Verdict
from camcensus.store.knowledge import load_knowledge
from camcensus.tasks.census import judge

OUTCOMES = ("right", "wrong", "no name")


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one capture. `outcome` is one of OUTCOMES, or "not yet read" with the probes nobody reads."""

    file: str
    truth: str
    outcome: str
    grade: Grade
    probes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def judge_file(path: Path, truth: str, knowledge: Knowledge) -> Judged:
    """The outcome of one capture against the manufacturer id in TRUTH.csv ("" for nobody knows)."""
    observations = read_capture(path).observations
    verdicts = judge(observations, knowledge)
    unread = tuple(sorted({item.probe for item in observations if item.reading.state == "unread"}))
    grade = max((verdict.attribution.grade for verdict in verdicts), key=GRADES.index, default="unknown")
    named = {verdict.attribution.manufacturer for verdict in verdicts}
    if named - {None, truth or None}:
        outcome = "wrong"
    elif named == {truth or None}:
        outcome = "right"
    elif unread and all(item.reading.state == "unread" for item in observations):
        outcome = "not yet read"
    else:
        outcome = "no name"
    return Judged(path.name, truth, outcome, grade, unread, verdicts)


def judge_all(directory: Path, knowledge: Knowledge) -> list[Judged]:
    """Every capture that TRUTH.csv names, in its order."""
    with (directory / "TRUTH.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [judge_file(directory / row["file"], row["manufacturer"], knowledge) for row in rows]


def table(judged: list[Judged]) -> str:
    """The table, as text."""
    counts = Counter((one.grade, one.outcome) for one in judged if one.outcome in OUTCOMES)
    lines = [f"{'':16}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES)]
    for grade in GRADES:
        if any(counts[grade, outcome] for outcome in OUTCOMES):
            lines.append(f"{grade:16}" + "".join(f"{counts[grade, outcome]:>10}" for outcome in OUTCOMES))
    totals = Counter(one.outcome for one in judged)
    lines.append(f"{'all':16}" + "".join(f"{totals[outcome]:>10}" for outcome in OUTCOMES))
    unread = Counter(
        probe.partition(".")[0] for one in judged if one.outcome == "not yet read" for probe in set(one.probes[:1])
    )
    lines.append("")
    lines.append(f"not yet read: {totals['not yet read']}")
    lines += [f"  {probe}: {number}" for probe, number in sorted(unread.items())]
    return "\n".join(lines)


def main(argv: list[str]) -> int:
    """Prints the table, and with -v every capture with its reason."""
    words = [word for word in argv if word != "-v"]
    if not words:
        print(__doc__)
        return 2
    directory = Path(words[0])
    vendors = Path(words[1]) if len(words) > 1 else Path(__file__).resolve().parents[2] / "vendors.db"
    try:
        judged = judge_all(directory, load_knowledge(vendors))
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    for one in judged:
        if one.outcome in ("wrong", "no name") or "-v" in argv:
            for verdict in one.verdicts:
                print(f"{one.outcome:12} {one.file} (truth: {one.truth or 'nobody knows'})")
                print(f"             {verdict.attribution.grade}; {verdict.description.kind}; {verdict.attribution.reason}")
    print(table(judged))
    return 1 if any(one.outcome == "wrong" for one in judged) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
