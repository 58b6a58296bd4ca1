"""What is answered about flaws against records read anew: python tests/bench/flaw_triples.py [TRIPLES.csv] [vendors.db] [--save FILE]

Each line of the file (tests/bench/results/flaw_triples.csv where none is named) is a device and a CVE: model, firmware, kind, and whether
the record itself says yes or no, written down apart from our rules. A device that no answer speaks of counts as no.
`draw` tells the draws apart: our rules were mended by what 1 and 2 showed, and 3 was drawn from other records afterwards. `first` is
what was answered when the line was drawn. `doubt` says why a line leaves doubt after all: such a line is listed, not counted. Prints
right, maybe and wrong by draw, and every line that is not right. Ends with status 1 where a firm answer is wrong; --save writes
what is printed into FILE.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from camcensus.assessment.advisories import flaws
from camcensus.model.device import Attribution, Description
from camcensus.model.errors import CamcensusError
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
TRIPLES = ROOT / "tests" / "bench" / "results" / "flaw_triples.csv"
COMMAND = "python tests/bench/flaw_triples.py"
OUTCOMES = ("right", "maybe", "wrong", "in doubt")


def answer(triple: dict[str, str], knowledge: Knowledge) -> str:
    """Our answer about the CVE of one line: yes, maybe or no."""
    maker, brand = triple["maker"], triple["brand"]
    name = knowledge.brand_names[brand] if brand else knowledge.manufacturers[maker].name
    attribution = Attribution(maker, name, "almost-certain", (maker,), (), (), (), "", knowledge.version)
    description = Description(
        kind=triple["kind"],  # type: ignore[arg-type]
        model=triple["model"],
        claimed_model=triple["model"],
        firmware=triple["firmware"],
        firmware_date=triple["firmware_date"] or None,
    )
    return next((one.applies for one in flaws(attribution, description, knowledge).findings if one.id == triple["cve"]), "no")


def outcome(triple: dict[str, str], said: str) -> str:
    """How our answer stands to the record's."""
    if said == triple["expected"]:
        return "right"
    return "in doubt" if triple["doubt"] else "maybe" if said == "maybe" else "wrong"


def table(triples: list[dict[str, str]], knowledge: Knowledge) -> tuple[str, bool]:
    """The report as text, and whether no firm answer is wrong."""
    counts: Counter[tuple[str, str]] = Counter()
    first = Counter(triple["draw"] for triple in triples if triple["first"] == triple["expected"])
    lines = []
    for triple in triples:
        said = answer(triple, knowledge)
        how = outcome(triple, said)
        counts[triple["draw"], how] += 1
        if how != "right":
            device = ", ".join(filter(None, (triple["model"], triple["firmware"], triple["firmware_date"])))
            why = triple["doubt"] or f"The record: {triple['words']}"
            lines.append(f"- {how}: {triple['cve']}, {device}: {triple['expected']} expected, {said} answered. {why}")
    draws = sorted({draw for draw, _ in counts})
    head = [
        "# What is answered about flaws, against records read anew", "", f"`{COMMAND}`, vendors.db {knowledge.version}", "",
        f"{len(triples)} triples of a model, a firmware and a CVE, from {len({one['cve'] for one in triples})} records.", "",
        f"| draw | right when drawn | {' | '.join(OUTCOMES)} |", f"|---|---|{'---|' * len(OUTCOMES)}",
        *(f"| {draw} | {first[draw]} | {' | '.join(str(counts[draw, how]) for how in OUTCOMES)} |" for draw in draws), "",
    ]  # fmt: skip
    return "\n".join(head + lines) + "\n", not any(how == "wrong" for _, how in counts)


def main(argv: list[str]) -> int:
    """Prints the table, and writes it where asked."""
    words = list(argv)
    save = None
    if "--save" in words:
        at = words.index("--save")
        save = Path(words[at + 1])
        del words[at : at + 2]
    path = Path(words[0]) if words and not words[0].endswith(".db") else TRIPLES
    vendors = Path(words[-1]) if words and words[-1].endswith(".db") else ROOT / "vendors.db"
    try:
        knowledge = load_knowledge(vendors)
        with path.open(encoding="utf-8", newline="") as file:
            text, sound = table(list(csv.DictReader(file)), knowledge)
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
