"""What a search changed, one line for each device: for a command that looks again by itself."""

from __future__ import annotations

from collections.abc import Mapping

from camcensus.model.frozen import frozen
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.judging import judged_now, outcome
from camcensus.tasks.register.rows import rows


@frozen
class Standing:
    """How an entry stands: `said` is its answer in a few words, `here` whether the last search that looked for it saw it."""

    ref: str
    address: str
    said: str
    here: bool


def standings(inventory: Inventory, knowledge: Knowledge) -> dict[str, Standing]:
    """All entries, by id, with their answers under this list version. Writes nothing."""
    return {
        row.asset.id: Standing(
            row.asset.ref,
            ", ".join(row.addresses),
            outcome(row.verdict, knowledge) if row.verdict is not None else "",
            row.asset.status != "not-seen",
        )
        for row in rows(inventory, knowledge, judged_now(inventory, knowledge))
    }


def change_lines(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> list[str]:
    """A line for each entry that is new, gone, back or changed, by ref."""
    lines = []
    for asset, now in sorted(after.items(), key=lambda one: one[1].ref):
        was = before.get(asset)
        name = clean(f"{now.ref} {now.address}".strip(), 200)
        if was is None:
            lines.append(f"new: {name}: {clean(now.said, 300)}")
        elif was.here != now.here:
            lines.append(f"{'back' if now.here else 'gone'}: {name}: {clean(now.said, 300)}")
        elif was != now:
            old, new = (f"{one.address}: {one.said}" for one in (was, now))
            lines.append(f"changed: {clean(now.ref)} {clean(old, 300)} → {clean(new, 300)}")
    return lines
