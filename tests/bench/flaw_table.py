"""What is answered about known flaws, over captures of real devices: python tests/bench/flaw_table.py [DIR] [vendors.db] [-v] [--save FILE]

The directory holds captures (*.jsonl) and TRUTH.csv; without one the shared captures beside the project are read. Prints how many
answers are yes, maybe and no, as `identify --json` gives them; how many devices have one open question (its model, the maker's own
name for it, its firmware); what there is to act on; and any answer about another kind of product than the device is. Ends with
status 1 where more than 15% are "maybe" or one is about another kind of product. With -v every device; --save writes what is printed into FILE.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from attribution_table import CAPTURES, ROOT, judge_all

from camcensus.assessment.advisories import PRODUCT_TYPES, flaws
from camcensus.model.device import CARE_KINDS, Verdict
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import CARE_WORDS
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.device_entries import device_entry

COMMAND = "python tests/bench/flaw_table.py"
MAYBE_PERCENT = 15
"""Greatest share of "maybe"."""


def table(files: Sequence[tuple[str, Verdict]], knowledge: Knowledge) -> tuple[str, bool]:
    """The report as text, and whether it is good enough."""
    answers: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    care: Counter[str] = Counter()
    strangers = []
    for file, verdict in files:
        for one in device_entry(verdict, knowledge)["advisories"]:
            answers[one["applies"]] += 1
            if one["product_type"] not in PRODUCT_TYPES[verdict.description.kind]:
                strangers.append(
                    f"{file}: {one['id']} is of a {one['product_type']}, the device is a {verdict.description.kind}"
                )
        asks = flaws(verdict.attribution, verdict.description, knowledge).asks
        if asks:
            asked[asks] += 1
        care.update({one.kind for one in verdict.care})
    every = answers.total()
    share = 100 * answers["maybe"] / every if every else 0
    lines = [
        "# What is answered about known flaws", "", f"`{COMMAND}`, vendors.db {knowledge.version}", "",
        f"{len(files)} devices in the captures, {every} answers:", "",
        *(f"- {word}: {answers[word]} ({100 * answers[word] / max(every, 1):.1f}%)" for word in ("yes", "maybe", "no")),
        f"- about another kind of product: {len(strangers)}", "", "Devices with one open question instead of an answer for each record:", "",
        *(f"- its {word}: {asked[word]}" for word in ("model", "name", "firmware")), "", "Devices by what there is to act on:", "",
        *(f"- {CARE_WORDS[kind]}: {care[kind]}" for kind in CARE_KINDS),
        *(["", *strangers] if strangers else []),
    ]  # fmt: skip
    return "\n".join(lines) + "\n", share <= MAYBE_PERCENT and not strangers


def main(argv: list[str]) -> int:
    """Prints the table, and with -v every device."""
    words = [word for word in argv if word != "-v"]
    save = None
    if "--save" in words:
        at = words.index("--save")
        save = Path(words[at + 1])
        del words[at : at + 2]
    directory = Path(words[0]) if words and not words[0].endswith(".db") else CAPTURES
    vendors = Path(words[-1]) if words and words[-1].endswith(".db") else ROOT / "vendors.db"
    try:
        knowledge = load_knowledge(vendors)
        files = [(one.file, verdict) for one in judge_all(directory, knowledge) for verdict in one.verdicts]
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    if "-v" in argv:
        for file, verdict in files:
            said, counts = verdict.description, Counter(one.applies for one in verdict.advisories)
            print(f"{file}: {said.kind}, {said.model}, {said.firmware}: {dict(counts)}")
            for line in verdict.care:
                print(f"    {line.why} {line.mend}")
    text, enough = table(files, knowledge)
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    sys.exit(main(sys.argv[1:]))
