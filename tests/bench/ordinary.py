"""What ordinary devices with camera words are called, and what cameras are: python tests/bench/ordinary.py [vendors.db] [-v]

The rows are in tests/labelled/corpus, in two halves; -v names what is not right of the open half. The half held back is only
counted: whoever writes signs and patterns does not read it. Status 1: an ordinary one is called a camera above "possible", or
more than 2% are at "possible", or a wrong maker is almost certain.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.model.device import NAMED_GRADES, Verdict  # noqa: E402
from camcensus.model.errors import CamcensusError  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.finding.census import judge  # noqa: E402
from labelled.corpus.read import HALVES, Row, cameras, ordinary  # noqa: E402

VIDEO = ("camera", "recorder", "camera-or-recorder", "encoder")
FIRM = ("confirmed", "almost-certain")
WORDS = ("video above possible", "video at possible", "may be a camera", "a door station", "neither")
POSSIBLE_PERCENT = 2


def _called(verdict: Verdict) -> str:
    """One of WORDS."""
    found = verdict.description
    if found.kind in VIDEO:
        return WORDS[0] if found.kind_grade in NAMED_GRADES else WORDS[1]
    if found.kind == "unknown":
        return WORDS[2]
    return WORDS[3] if found.kind in ("intercom", "access-terminal") else WORDS[4]


def ordinary_outcome(row: Row, verdicts: Sequence[Verdict]) -> str:
    """The worst of what it is called; a door station that is one is neither."""
    worst = min((_called(one) for one in verdicts), key=WORDS.index, default=WORDS[4])
    return WORDS[4] if worst == WORDS[3] and row.kind in ("intercom", "access-terminal") else worst


def kind_outcome(row: Row, verdicts: Sequence[Verdict]) -> str:
    """Right, right but not exact, not told, or wrong."""
    kinds = {one.description.kind for one in verdicts}
    if kinds == {row.kind}:
        return "right"
    if kinds and kinds <= {row.kind, *row.also, *(("camera-or-recorder",) if row.kind in VIDEO else ())}:
        return "not exact"
    return "not told" if not kinds or "unknown" in kinds else "wrong"


def maker_outcome(row: Row, verdicts: Sequence[Verdict]) -> str:
    """Right, none, wrong or wrong and firm; "" where the maker is not judged."""
    if row.maker is None:
        return ""
    named = [one.attribution for one in verdicts if one.attribution.manufacturer]
    wrong = [one for one in named if one.manufacturer != row.maker]
    if wrong:
        return "wrong, almost certain" if any(one.grade in FIRM for one in wrong) else "wrong"
    return "right" if named else "none"


def _said(verdicts: Sequence[Verdict]) -> str:
    return "; ".join(
        f"{one.description.kind} ({one.description.kind_grade}: {one.description.kind_reason}), "
        f"{one.attribution.manufacturer or 'nobody'} ({one.attribution.grade})"
        for one in verdicts
    )


def report(knowledge: Knowledge, *, verbose: bool = False) -> tuple[list[str], bool]:
    """Lines to print, and whether the gate holds."""
    lines: list[str] = []
    notes: list[str] = []
    holds = True
    for half in HALVES:
        counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
        makers: Counter[str] = Counter()
        for row in ordinary(half):
            verdicts = judge(row.observations(), knowledge)
            called, maker = ordinary_outcome(row, verdicts), maker_outcome(row, verdicts)
            counts[bool(row.lenient)][called] += 1
            makers[maker] += 1
            if called in WORDS[: 1 if row.lenient else 4] or maker.startswith("wrong"):
                notes += [f"  {row.id} ({row.case.basis}): {_said(verdicts)}"] if half == "open" else []
        plain, number = counts[False], counts[False].total()
        holds &= not plain[WORDS[0]] and plain[WORDS[1]] * 100 <= number * POSSIBLE_PERCENT
        holds &= not makers["wrong, almost certain"]
        lines += [f"Ordinary ones, half {half}: {number}", *_table(plain)]
        lines += [f"  a wrong maker is named: {makers['wrong']}, almost certain {makers['wrong, almost certain']}"]
        lines += [f"Those that may be called a possible camera, half {half}: {counts[True].total()}", *_table(counts[True]), ""]
    for half in HALVES:
        rows = [(row, judge(row.observations(), knowledge)) for row in cameras(half)]
        kinds = Counter(kind_outcome(row, verdicts) for row, verdicts in rows if row.kind_told)
        told = Counter(maker_outcome(row, verdicts) for row, verdicts in rows if row.told)
        all_made = Counter(maker_outcome(row, verdicts) for row, verdicts in rows if row.maker is not None)
        holds &= not all_made["wrong, almost certain"]
        lines += [f"Cameras and recorders, half {half}: {len(rows)}"]
        lines += [
            f"  kind, of {kinds.total()}: "
            + ", ".join(f"{word} {kinds[word]}" for word in ("right", "not exact", "not told", "wrong"))
        ]
        lines += [f"  maker, of {told.total()} that can be told: right {told['right']}, none {told['none']}"]
        lines += [f"  maker wrong, of {all_made.total()}: {all_made['wrong'] + all_made['wrong, almost certain']}, almost certain "
                  f"{all_made['wrong, almost certain']}", ""]  # fmt: skip
        for row, verdicts in rows:
            bad_kind = row.kind_told and kind_outcome(row, verdicts) in ("not told", "wrong")
            bad_maker = maker_outcome(row, verdicts).startswith("wrong") or (
                row.told and maker_outcome(row, verdicts) == "none"
            )
            if half == "open" and (bad_kind or bad_maker):
                notes.append(f"  {row.id} ({row.case.basis}; {row.kind}, {row.maker or 'nobody'}): {_said(verdicts)}")
    return [*lines, *(["Not right, of the open half:", *notes] if verbose else [])], holds


def _table(counts: Counter[str]) -> list[str]:
    return [f"  {word}: {counts[word]}" for word in WORDS]


def main(argv: list[str]) -> int:
    """Prints the report."""
    vendors = next((Path(word) for word in argv if word.endswith(".db")), ROOT / "vendors.db")
    try:
        lines, holds = report(load_knowledge(vendors), verbose="-v" in argv)
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    print("\n".join(lines))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
