"""Numbers of all reports of random registers: each total added up again, each sentence that stands twice with equal numbers.

    python tests/bench/every_number.py [--estates N] [--first NUMBER] [--list]

Of N (200) random registers with doubts, several sites, and empty ones: register, summary, plan, FOI pack and evidence, each in
every edition it has. Prints how many numbers were read, how many stand twice, each that differs, and which kinds of sentences
with numbers stand once and are compared with nothing. Exit status 1 where one differs, or is of a kind that
`tests/data/kinds_of_numbers.txt` does not have; `--list` adds such kinds to it, for a person to read.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.big_inventory import NOW, ROOT
from camcensus.model.asset import Body
from camcensus.model.blocks import TableBlock
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory, create_inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register.verbs import AssetRow
from kinds_of_numbers import LISTED, listed, names_in, of_knowledge
from kinds_of_numbers import kinds as number_kinds
from numbers_in_tables import cell_quantities, cells_by_place
from numbers_said import QUANTITIES, added_wrong, blocks_of, documents, kind_of, quantities, sentences
from random_estates import estate

UNDECLARED = "a number of a kind that is not listed: "


def differing(
    inventory: Inventory, knowledge: Knowledge, rows: Sequence[AssetRow], counted: dict[str, int], kinds: dict[str, bool]
) -> list[str]:
    """What differs between the reports of a register, or does not add up. `counted` gets how much was looked at, `kinds` whether
    sentences of a kind stood twice, or count what others count."""
    found: list[str] = []
    names, declared_kinds = names_in(rows, knowledge), listed() | of_knowledge(knowledge)
    said: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    same: defaultdict[str, dict[str, str]] = defaultdict(dict)
    times, declared = defaultdict[str, int](int), defaultdict[str, bool](bool)
    cells: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for name, document in documents(inventory, knowledge, rows):
        found += [f"{name}: {UNDECLARED}{one}" for one in {*number_kinds(document, names)} - declared_kinds]
        for block in blocks_of(document.blocks):
            if isinstance(block, TableBlock):
                counted["tables with a total"] += any(row.kind == "total" for row in block.rows)
                found += [f"{name}: {one}" for one in added_wrong(block)]
        for place, those in cells_by_place(document).items():
            counted["numbers in cells"] += len(those)
            cells[f"{name.partition(',')[0]}: {place}"].setdefault(those, name)
        for what, number in (*quantities(document), *cell_quantities(document)):
            counted[f"of these, {re.sub(r'(by|of|age|After) .*', r'\1 …', what)}"] += 1
            same[what].setdefault(number, name)
        for words, numbers in sentences(document):
            counted["numbers in sentences"] += len(numbers)
            times[words] += 1
            declared[words] |= any(re.search(pattern, words.replace("#", "1")) for _, pattern in QUANTITIES)
            said[words].setdefault(numbers, name)
    counted["sentences that stand twice"] += sum(number > 1 for number in times.values())
    for words, number in times.items():
        kinds[kind_of(words)] |= number > 1 or declared[words]
    found += [f"{what}: {numbers}" for what, numbers in same.items() if len(numbers) > 1]
    found += [f"{place} {dict(those)}" for place, those in cells.items() if len(those) > 1]
    found += [f"{words} {dict(numbers)}" for words, numbers in said.items() if len(numbers) > 1]
    return found


def main(arguments: list[str]) -> int:
    """Prints what was read and what differs; 1 where anything does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--estates", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="the number of the first register")
    parser.add_argument("--list", action="store_true", help="add kinds that are not listed to the list")
    given = parser.parse_args(arguments)
    knowledge, counted, wrong = load_knowledge(ROOT / "vendors.db"), defaultdict[str, int](int), 0
    kinds, new = defaultdict[str, bool](bool), set[str]()
    lists = frozenset(entry.id for entry in knowledge.lists.values() if entry.default_on)
    body = Body("5c9d2f60-0000-4000-8000-000000000003", "Elm Park Primary School", expected_cameras=20)
    with tempfile.TemporaryDirectory() as folder, create_inventory(Path(folder) / "a.camcensus", body, now=NOW) as inventory:
        for seed in range(given.first, given.first + given.estates):
            for one in differing(inventory, knowledge, estate(seed, knowledge, lists), counted, kinds):
                if given.list and UNDECLARED in one:
                    new.add(one.partition(UNDECLARED)[2])
                    continue
                wrong += 1
                print(f"register {seed}: {one}", flush=True)
    if new:
        LISTED.write_text("\n".join(sorted(listed() | new)) + "\n", encoding="utf-8")
        print(f"{len(new)} kinds of numbers are new in {LISTED.name}.")
    for what, number in counted.items():
        print(f"{what}: {number:,}")
    once = sorted(kind for kind, compared in kinds.items() if not compared)
    print(f"{len(kinds):,} kinds of sentences have numbers. {len(once):,} stand once, and are compared with nothing:")
    print("\n".join(f"    {kind}" for kind in once))
    print(f"{given.estates} registers, {wrong} differences.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
