"""Two rows that are one thing: what merging them would do."""

from __future__ import annotations

from camcensus.model import frozen
from camcensus.model.asset import DECISION_WORDS, Asset, DecisionWhat
from camcensus.model.errors import StoreError
from camcensus.model.tags import FIELDS, in_words
from camcensus.model.words import KIND_WORDS, clean, count
from camcensus.store.differences import Wins
from camcensus.store.inventory import Inventory

_TITLES = {
    "place": "Location", "tags": "Tags", "pin_place": "Pin on a plan", "kind": "What it is", "decision": "Decision",
    "confirmed_at": "Confirmed",
}  # fmt: skip


@frozen
class MergeFact:
    """A fact that differs: its title, what each row says in words ("" for nothing), and which of them is kept."""

    field: str
    title: str
    keep: str
    absorb: str
    wins: Wins


@frozen
class MergePreview:
    """What a merge would do: the row that stays, the one that goes, what differs, and what moves, in one sentence."""

    keep: Asset
    absorb: Asset
    facts: tuple[MergeFact, ...]
    moves: str


def merge_preview(inventory: Inventory, keep: str, absorb: str) -> MergePreview:
    """What merging the row `absorb` into `keep` would do. Writes nothing. Raises StoreError where one is not there."""
    found = {asset.id: asset for asset in inventory.assets([keep, absorb])}
    if keep == absorb or len(found) != 2:
        raise StoreError("Choose two rows that are both in the list.")
    one, two = found[keep], found[absorb]
    facts = tuple(
        MergeFact(
            fact.column,
            _TITLES.get(fact.column) or FIELDS[fact.column].title,
            _words(inventory, one, fact.column, fact.keep),
            _words(inventory, two, fact.column, fact.absorb),
            fact.wins,
        )
        for fact in inventory.differences(keep, absorb)
    )
    replies = len(inventory.observations(two.device)) if two.device else 0
    moved = [count(replies, "observation")] if replies else []
    moved += [count(two.photos, "photo")] if two.photos else []
    hanging = sum(asset.connected_to == absorb for asset in inventory.assets())
    moved += [f"{count(hanging, 'row')} connected to it"] if hanging else []
    say = f"{' and '.join(moved)} of {two.ref} will move to {one.ref}." if moved else f"{two.ref} will go."
    return MergePreview(one, two, facts, say)


def _words(inventory: Inventory, asset: Asset, column: str, value: str | int | None) -> str:
    """What a row says, for a person."""
    if value in (None, ""):
        return ""
    said: dict[str, str | None] = {
        "place": " › ".join(asset.place_path),
        "seller": asset.seller_name,
        "maintainer": asset.maintainer_name,
        "connected_to": f"{asset.connected_ref}, channel {asset.channel}" if asset.channel is not None else asset.connected_ref,
        "kind": KIND_WORDS[asset.kind],
        "confirmed_at": asset.confirmed_by,
    }
    if column == "decision":
        what: DecisionWhat = asset.decision.what if asset.decision else "keep"
        return DECISION_WORDS[what].removesuffix(", review on…")
    if column == "pin_place":
        name = next((place.name for place in inventory.places() if place.id == value), "")
        return clean(name, 60)
    if column in said:
        return clean(said[column] or "", 200)
    return clean(in_words(FIELDS[column], value) if column in FIELDS else str(value), 300)
