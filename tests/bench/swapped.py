"""Names and official numbers that were swapped or mistyped: python tests/bench/swapped.py [PAIRS] [SEED]

Draws so many pairs (200 if not said) of organisations on one list, and asks whose a file is that has the name of one and the number of
the other: it has to be held. Then gives each organisation's own number with honest spellings of its name, and counts those held.
Prints both; status 1 where a swapped one counts or more than 1% of honest ones are held.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop")]

from camcensus.store.rollup.whose import ExpectedBody, Sent, plain_name, whose  # noqa: E402

FIRST = [
    "Ashford",
    "Barton",
    "Coldford",
    "Fairton",
    "Larkhill",
    "Northmoor",
    "Oakham",
    "Penrith",
    "Quarry",
    "Redhill",
    "Selby",
    "Thornton",
    "Upton",
    "Wells",
    "Yarm",
    "Alder",
    "Beech",
    "Castle",
    "Dene",
    "Elm",
    "Grange",
    "Harbour",
    "Ivy",
    "Kings",
    "Linden",
    "Marsh",
    "Newton",
    "Orchard",
    "Priory",
    "Rose",
    "Stoke",
    "Tarn",
    "Vale",
    "Windmill",
]
KINDS = (
    "Primary School", "High School", "Borough Council", "District Council", "NHS Foundation Trust", "Constabulary",
    "Academy", "University", "C of E Infant School", "County Council",
)  # fmt: skip


def honest(name: str, draw: random.Random) -> Iterator[str]:
    """The name as people spell it."""
    yield name.upper()
    yield f"The {name}"
    yield name.replace("Saint ", "St. ").replace("C of E", "CofE").replace("NHS Foundation Trust", "NHS FT")
    yield f"{name} "
    yield name.replace(" and ", " & ")
    words = name.split()
    at = draw.randrange(len(words[0]) - 2) + 1
    slip = words[0][:at] + words[0][at + 1] + words[0][at] + words[0][at + 2 :]
    if len(words[0]) > 5:
        yield " ".join([slip, *words[1:]])
    yield " ".join([*words, "(simulation)"])


def is_held(listed: list[ExpectedBody], name: str, urn: str) -> bool:
    """Whether a file of this name and number counts for nobody."""
    sent = Sent(id="a", body="b", ids={"urn": urn}, names=frozenset({plain_name(name)}), name=name)
    bodies, _ = whose([sent], listed)
    return all(body.held is not None for body in bodies if body.exports)


def main() -> int:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 38)
    names = draw.sample([f"{one}{more} {kind}" for one in FIRST for more in ("", " Park", " St Mary") for kind in KINDS], 400)
    listed = [ExpectedBody(name=name, type="school", ids={"urn": f"{100_000 + at}"}) for at, name in enumerate(names)]
    swapped = [draw.sample(listed, 2) for _ in range(pairs)]
    counted = [(one.name, other.name) for one, other in swapped if not is_held(listed, one.name, other.ids["urn"])]
    spelt = [(one, name) for one in listed[:200] for name in honest(one.name, draw)]
    held = [(one.name, name) for one, name in spelt if is_held(listed, name, one.ids["urn"])]
    print(
        f"{pairs} swapped pairs, {pairs - len(counted)} held; {len(spelt):,} honest spellings, {len(held)} held"
        f" ({100 * len(held) / len(spelt):.1f}%)"
    )
    for pair in [*counted, *held][:20]:
        print(*pair, sep=" | ")
    return int(bool(counted) or len(held) * 100 > len(spelt))


if __name__ == "__main__":
    raise SystemExit(main())
