"""The search on networks that a seed draws: python tests/bench/layouts.py [--layouts …] [--sizes 250] [--seeds 1] [--save | -o FILE]

As root on Linux; `fleet.py --layouts …` is the same. "--sizes 250x3,1000" searches 250 with three seeds and 1,000 with one. --save
writes tests/bench/results/layouts.md, also where something does not hold. Each fleet is drawn from the catalogue and from
`tests/fleet/wide` by a seed that nobody chose (unless --seed names some), and stands in one of:

local      one cable
router     the scanner behind a router, the range named
two-cards  the scanner with two cards in the devices' network, both asked
proxy-arp  a router that answers ARP for every address that nobody has
doubled    5% of the endpoint ids are another device's
repeater   one host answers with what 60 others say

found: cameras, recorders and the like in the list and counted. doubled: devices in two rows, or two in one. decoys: other things,
and addresses where nothing is, counted. phantoms: rows at addresses where nothing is. kind: called what it is, of those found ("camera or recorder" is right for either).
maker: named rightly, of those found whose answers tell it. certain: wrong and almost certain. connections: most that one address
took. Status 1 where what has to hold does not. One at a time: Linux holds 1,024 neighbours for all namespaces together, so two fleets
at once lose each other's sweeps.
"""

# ruff: noqa: E402 (tests are no package: their folder is put on the path first)
from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from camcensus.discovery.pace import CONNECTIONS
from fleet.judge import Score, judge
from fleet.running import Drawn, Fleet, NoNamespacesError, Ran

LAYOUTS = {
    "local": Drawn(0),
    "router": Drawn(0, "router"),
    "two-cards": Drawn(0, "two-cards"),
    "proxy-arp": Drawn(0, "proxy-arp"),
    "doubled": Drawn(0, doubled=0.05),
    "repeater": Drawn(0, repeats=60),
}
COLUMNS = (
    "layout",
    "devices",
    "seed",
    "found",
    "doubled",
    "decoys",
    "phantoms",
    "kind",
    "maker",
    "certain",
    "connections",
    "seconds",
    "sent",
)
FOUND, KIND, MAKER = 0.995, 0.97, 0.97
SAVED = ROOT / "tests" / "bench" / "results" / "layouts.md"


def measure(
    layout: str, size: int, seed: int, folder: Path, vendors: Path | None = None
) -> tuple[Score, Ran, dict[str, Any], list[str]]:
    """One search of one drawn fleet: how it did, what the fleet counted, and what does not hold."""
    plan = LAYOUTS[layout]
    drawn = Drawn(seed, plan.layout, plan.doubled, plan.repeats)
    with Fleet(size, drawn=drawn) as fleet:
        cards = [word for address in fleet.addresses for word in ("--interface", address)]
        command = [sys.executable, "-m", "camcensus", "scan", *cards, "--pace", "fast", "--range", fleet.range, "--json"]
        command += ["--knowledge", str(vendors)] if vendors else []
        ran = fleet.run(command, limit_s=300.0, environment={"CAMCENSUS_DATA": str(folder)})
        counted = fleet.report()
        if ran.code != 0:
            raise SystemExit(f"{layout} {size}: the search ended with {ran.code}: {ran.err[-500:]}")
        score = judge(fleet.units, json.loads(ran.out)["devices"], swept=True, beyond=layout == "router")
    wrong = broken(score)
    most = most_connections(counted)
    if most > CONNECTIONS:
        wrong.append(f"{most} connections to one address")
    return score, ran, counted, wrong


def most_connections(counted: Mapping[str, Any]) -> int:
    """The most connections that one address took. What it refuses at closed ports costs it nothing and is no connection.

    A device with two addresses is two to a search; those begun are counted at its first.
    """
    return max(min(row["taken"], row["connections"]) for row in counted["devices"].values())


def broken(score: Score) -> list[str]:
    """What does not hold of a search, one line each."""
    counted = score.found - len(score.lost)
    wrong = (*score.unsorted, *score.lost, *score.wrong_kind)
    checks = (
        (counted >= score.expected * FOUND, f"not found {_short(score.missed)}; not counted {_short(score.lost)}"),
        (not score.doubled and not score.merged, f"in two rows {_short(score.doubled)}; as one {_short(score.merged)}"),
        (
            not score.decoys and not score.strangers,
            f"counted {_short(score.decoys)}; where nothing is {_short(score.strangers)}",
        ),
        (not score.phantoms, f"{score.phantoms} rows where nothing is"),
        (score.kinds_right >= score.found * KIND, f"kind {_short(wrong)}"),
        (score.share_right >= MAKER, f"maker not named {_short(score.unnamed)}; wrong {_short(score.wrong)}"),
        (not score.wrong_certain, f"wrong and almost certain {_short(score.wrong_certain)}"),
    )
    return [say for holds, say in checks if not holds]


def _short(names: Iterable[str]) -> str:
    """Units by their model and how many."""
    models = Counter(
        name.partition(":")[0].rpartition(".")[0] + name.partition(":")[1] + name.partition(":")[2] for name in names
    )
    return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in models.most_common(12)) or "none"


def row_of(layout: str, size: int, seed: int, score: Score, ran: Ran, counted: Mapping[str, Any]) -> list[str]:
    """A line of the table."""
    sent = sum(row["packets_to_it"] for row in counted["devices"].values())
    return [
        layout, str(size), str(seed), f"{score.found - len(score.lost)}/{score.expected}",
        str(len(score.doubled) + len(score.merged)), str(len(score.decoys) + len(score.strangers)), str(score.phantoms),
        f"{score.kinds_right}/{score.found}", f"{score.right}/{score.told}", str(len(score.wrong_certain)),
        str(most_connections(counted)), str(ran.seconds), str(sent),
    ]  # fmt: skip


def run(layouts: Sequence[str], drawn: Sequence[tuple[int, int]], output: Path | None) -> int:
    """Searches each size and seed, prints the table as it comes, and writes it; 1 where something does not hold."""
    print(" | ".join(COLUMNS), flush=True)
    rows, lines = [], []
    with tempfile.TemporaryDirectory() as place:
        for (size, seed), layout in product(drawn, layouts):
            score, ran, counted, wrong = measure(layout, size, seed, Path(place))
            rows.append(row_of(layout, size, seed, score, ran, counted))
            print(" | ".join(rows[-1]), flush=True)
            for line in wrong:
                lines.append(f"- {layout}, {size}, seed {seed}: {line}")
                print(f"  does not hold: {line}", flush=True)
    if output:
        head = __doc__.partition("Each fleet")[2].partition(" Status 1")[0]
        table = ["| " + " | ".join(row) + " |" for row in rows]
        sizes = ",".join(f"{size}x{count}" for size, count in Counter(size for size, _ in drawn).items())
        command = f"python tests/bench/fleet.py --layouts {','.join(layouts)} --sizes {sizes} --save"
        seeded = f"Made by `{command}`; `--seed {','.join(str(seed) for _, seed in drawn)}` draws these again. Each fleet{head}"
        text = ["# The search on drawn networks", "", seeded, "", "| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS),
                *table, "", *(["Does not hold:", "", *lines] if lines else ["What has to hold, holds."]), ""]  # fmt: skip
        output.write_text("\n".join(text), encoding="utf-8")
    return 1 if lines else 0


def main(arguments: Sequence[str]) -> int:
    """Runs what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--layouts", default=",".join(LAYOUTS))
    asked.add_argument("--sizes", default="250")
    asked.add_argument("--seed", help="one, or one for each fleet of --sizes, by commas; drawn where none is given")
    asked.add_argument("--seeds", type=int, default=1, help="how many fleets of a size that does not say it")
    asked.add_argument("--save", action="store_true")
    asked.add_argument("-o", dest="output", type=Path)
    options = asked.parse_args(arguments)
    parts = [size.partition("x") for size in options.sizes.split(",")]
    sizes = [int(size) for size, _, count in parts for _ in range(int(count or options.seeds))]
    given = [int(seed) for seed in options.seed.split(",")] if options.seed else []
    seeds = [given[at % len(given)] if given else secrets.randbelow(10**8) for at in range(len(sizes))]
    try:
        output = SAVED if options.save else options.output
        return run(options.layouts.split(","), list(zip(sizes, seeds, strict=True)), output)
    except NoNamespacesError:
        print("Network namespaces cannot be made here: run this as root on Linux.")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
