"""What other makers' replies each strong fingerprint takes: python tests/bench/shared_signs.py [vendors.db] [--save FILE]

Every fingerprint that names a maker or a brand is tried on all labelled replies, the corpus and the captures that are of another
maker, or of nobody whom we follow. One that takes any has to say so: `subjects` names the makers that share it. Replies of the
halves that are kept back are counted and not named. Status 1: a strong one takes another maker's, and is not known to.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.unseen import KEPT, everything  # noqa: E402
from camcensus.attribution.match import match  # noqa: E402
from camcensus.model.device import Observation  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from labelled.corpus.read import HALVES, cameras, ordinary  # noqa: E402

LIARS = "contradiction/"
"""Cases that were put together to say another maker's name than their own."""


def replies() -> Iterator[tuple[str, str, Sequence[Observation]]]:
    """Name, maker in truth ("" for nobody whom we follow) and replies of all whose maker is known."""
    for one in everything():
        if one.truth is not None and not one.id.startswith(LIARS):
            yield ("(kept back)" if one.sort in KEPT else one.id), one.truth, one.observations
    for half in HALVES:
        for row in (*ordinary(half), *cameras(half)):
            if row.maker is not None:
                yield (row.id if half == "open" else "(kept back)"), row.maker, row.observations()


def taken(knowledge: Knowledge) -> dict[str, list[str]]:
    """The fingerprints that take replies of others: id -> whose replies, sorted."""
    strong = {one.id: one for one in knowledge.fingerprints if one.strength != "weak" and one.role in ("manufacturer", "brand")}
    makers: dict[str, set[str]] = defaultdict(set, trendnet={"hikvision"})  # a recorded one answers in Hikvision's form
    for record in knowledge.brands:
        makers[record.brand].add(knowledge.root_of(record.made_by))
    found: dict[str, list[str]] = defaultdict(list)
    for name, truth, observations in replies():
        for sign in match(observations, knowledge):
            one = strong.get(sign.fingerprint)
            if one is not None and knowledge.root_of(truth) not in {knowledge.root_of(one.subject), *makers[one.subject]}:
                found[one.id].append(f"{truth or 'nobody'}: {name}")
    return {identity: sorted(set(names)) for identity, names in sorted(found.items())}


def main(argv: list[str]) -> int:
    """Prints the table."""
    save = Path(argv[argv.index("--save") + 1]) if "--save" in argv else None
    knowledge = load_knowledge(next((Path(word) for word in argv if word.endswith(".db")), ROOT / "vendors.db"))
    table = taken(knowledge)
    shared = [one for one in knowledge.fingerprints if one.subjects]
    lines = ["# Signs that several makers share", "", "`python tests/bench/shared_signs.py`", ""]
    lines += ["| Fingerprint | Takes | Known by |", "|---|---|---|"]
    lines += [f"| {one.id} | {', '.join(one.subjects)} | `subjects` |" for one in shared]
    lines += [f"| {identity} | {'; '.join(names)} | nothing |" for identity, names in table.items()]
    print("\n".join(lines))
    if save is not None:
        save.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 1 if table else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
