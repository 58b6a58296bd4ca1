"""What Home says in numbers, beside the counts themselves: how many are proven, and what is beside them."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.words import COUNT_CAMERAS, count, joined, kinds_in_words, upper_first
from camcensus.planning.counts import Counts
from camcensus.tasks.register.channels import unconfirmed_words
from camcensus.tasks.register.verbs import AssetRow as Row


def found_words(counts: Counts, rows: Sequence[Row]) -> str:
    """ "42 cameras and 2 recorders. Of these, 8 reported by the recorder, not confirmed." and what is in no number."""
    unseen = unconfirmed_words(row.asset for row in rows)
    other = sum(row.asset.kind == "other" and row.asset.in_use for row in rows)
    said = f"{kinds_in_words(counts.kinds) or 'No camera and no recorder'}."
    said += f" Of these, {unseen}." if unseen else ""
    spares = sum(row.asset.status == "spare" for row in rows)
    also = [count(other, "device of another kind", "devices of another kind")] if other else []
    also += [count(spares, "spare")] if spares else []
    return said + (f" Also {joined(also)}, not counted." if also else "")


def how_sure(counts: Counts) -> str:
    """How many of the listed are proven, and where their cameras are that no search sees."""
    listed = counts.items.listed
    none = "None, as far as we can tell." if counts.items.is_known else "No maker is known yet."
    said = f"{upper_first(listed.doubt)}." if listed.doubt else "Proven." if listed else none
    said += " A search, or the labels, can prove it." if listed and not listed.proven else ""
    return f"{said} {COUNT_CAMERAS}" if counts.recorders.total and not counts.cameras.total else said


def why_based(counts: Counts) -> str:
    """That it is our reading, and how many are proven."""
    said = "No list you use names these makers. The 2022 statement names no company; that it means them is our reading."
    doubt = counts.items.only_based.doubt
    return f"{upper_first(doubt)}. {said}" if doubt else said
