"""How often the attribution is right: python tests/bench/attribution_table.py [DIR_OF_CAPTURES] [vendors.db] [-v] [--save FILE]

The directory holds captures (*.jsonl) and TRUTH.csv (file, brand, manufacturer, model; no manufacturer where nobody knows): then
these alone are judged, and any wrong name ends with status 1. Without a directory everything labelled is judged: the cases that
are built from published facts (tests/labelled), and the shared captures where they lie beside the project; status 1 then means
a wrong "almost certain" or "confirmed", fewer than 95% right of what can be told, or fewer than 80% right of "likely".

Prints a table of right, wrong and no name by grade, and what no codec reads yet, by probe. A file with several devices is right
when all are. With -v everything with its reason. --save writes what is printed into FILE. Status 3: something cannot be read.
How right we are about what taught us nothing is another question: bench/unseen.py.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.intake.capture import read_capture
from camcensus.model.device import GRADES, Grade, Observation, Verdict
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "python tests/bench/attribution_table.py"
CAPTURES = ROOT.parent / "shared" / "reference" / "captures"
OUTCOMES = ("right", "wrong", "no name")
TOLD_PERCENT, LIKELY_PERCENT = 95, 80
"""Least shares: of what can be told, and of what is called likely."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one capture or case. `outcome` is one of OUTCOMES, or "not yet read" with the probes nobody reads.

    `told` is True where the replies hold enough to name the maker.
    """

    file: str
    truth: str
    outcome: str
    grade: Grade
    probes: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    told: bool = True


def judge_file(path: Path, truth: str, knowledge: Knowledge) -> Judged:
    """The outcome of one capture against the manufacturer id in TRUTH.csv ("" for nobody knows)."""
    return judge_replies(path.name, truth, read_capture(path).observations, knowledge, told=bool(truth))


def judge_replies(name: str, truth: str, observations: Sequence[Observation], knowledge: Knowledge, *, told: bool) -> Judged:
    """The outcome of some replies of one device."""
    verdicts = judge(observations, knowledge)
    unread = tuple(sorted({item.probe for item in observations if item.reading.state == "unread"}))
    grade = max((verdict.attribution.grade for verdict in verdicts), key=GRADES.index, default="unknown")
    named = {verdict.attribution.manufacturer for verdict in verdicts}
    if named - {None, truth or None}:
        outcome = "wrong"
    elif named == {truth or None}:
        outcome = "right"
    elif unread:
        outcome = "not yet read"
    else:
        outcome = "no name"
    return Judged(name, truth, outcome, grade, unread, verdicts, told)


def judge_all(directory: Path, knowledge: Knowledge) -> list[Judged]:
    """Every capture that TRUTH.csv names, in its order."""
    with (directory / "TRUTH.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [judge_file(directory / row["file"], row["manufacturer"], knowledge) for row in rows]


def judge_cases(knowledge: Knowledge) -> list[Judged]:
    """Every labelled case that is built from published facts."""
    from labelled.every import cases

    return [judge_replies(one.id, one.truth or "", one.observations(), knowledge, told=one.told) for one in cases()]


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


@dataclass(frozen=True, slots=True)
class Shares:
    """Right and all of what can be told and was read, right and all of what is called likely, and wrong names that are firm."""

    told: tuple[int, int]
    likely: tuple[int, int]
    firm_wrong: tuple[str, ...]

    @property
    def are_enough(self) -> bool:
        """Whether the gate holds."""
        return (
            not self.firm_wrong
            and self.told[0] * 100 >= self.told[1] * TOLD_PERCENT
            and self.likely[0] * 100 >= self.likely[1] * LIKELY_PERCENT
        )


def shares(judged: Iterable[Judged]) -> Shares:
    """The shares that the gate looks at."""
    read = [one for one in judged if one.outcome in OUTCOMES]
    told = [one for one in read if one.told]
    likely = [one for one in read if one.grade == "likely"]
    return Shares(
        (sum(one.outcome == "right" for one in told), len(told)),
        (sum(one.outcome == "right" for one in likely), len(likely)),
        tuple(one.file for one in read if one.outcome == "wrong" and one.grade in ("confirmed", "almost-certain")),
    )


def _percent(part: tuple[int, int]) -> str:
    return f"{part[0]} of {part[1]} ({100 * part[0] / part[1]:.1f}%)" if part[1] else "0 of 0"


def everything(knowledge: Knowledge, captures: Path = CAPTURES) -> tuple[str, list[Judged]]:
    """The whole report as text, and what it is about."""
    parts = [("Cases built from published facts", judge_cases(knowledge))]
    if (captures / "TRUTH.csv").exists():
        parts.append(("Captures of real devices", judge_all(captures, knowledge)))
    every = [one for _, judged in parts for one in judged]
    if len(parts) > 1:
        parts.append(("Together", every))
    text = [
        "# How often the maker is right",
        "",
        f"`{COMMAND}`, vendors.db {knowledge.version}",
        "",
    ]
    for title, judged in parts:
        of = shares(judged)
        text += [
            f"## {title}: {len(judged)}", "", "```", table(judged), "```", "",
            f"- Right of those that can be told and are read: {_percent(of.told)}",
            f"- Right of those called likely: {_percent(of.likely)}",
            f"- Wrong and almost certain or confirmed: {len(of.firm_wrong)}", "",
        ]  # fmt: skip
    text += ["## Wrong, and told but not named", ""]
    for one in every:
        if one.outcome == "wrong" or (one.told and one.outcome == "no name"):
            named = ", ".join(sorted({verdict.attribution.manufacturer or "nobody" for verdict in one.verdicts}))
            text.append(f"- {one.file}: {named}, {one.grade}; in truth {one.truth or 'nobody knows'}")
    return "\n".join(text) + "\n", every


def main(argv: list[str]) -> int:
    """Prints the table, and with -v everything with its reason."""
    words = list(argv)
    save = None
    if "--save" in words:
        at = words.index("--save")
        if at + 1 >= len(words):
            print(__doc__)
            return 2
        save = Path(words[at + 1])
        del words[at : at + 2]
    words = [word for word in words if word != "-v"]
    directory = Path(words[0]) if words and not words[0].endswith(".db") else None
    vendors = Path(words[-1]) if words and words[-1].endswith(".db") else ROOT / "vendors.db"
    try:
        knowledge = load_knowledge(vendors)
        text, judged = everything(knowledge) if directory is None else ("", judge_all(directory, knowledge))
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    for one in judged:
        if (directory is not None and one.outcome in ("wrong", "no name")) or "-v" in argv:
            for verdict in one.verdicts:
                print(f"{one.outcome:12} {one.file} (truth: {one.truth or 'nobody knows'})")
                print(f"             {verdict.attribution.grade}; {verdict.description.kind}; {verdict.attribution.reason}")
    text = text or table(judged)
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
    if directory is None:
        return 0 if shares(judged).are_enough else 1
    return 1 if any(one.outcome == "wrong" for one in judged) else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    sys.exit(main(sys.argv[1:]))
