"""What Home says in numbers, beside the counts themselves: sentences on how a range comes about and what is beside it."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.model.counts import kinds_in_words
from camcensus.model.prose import fitting
from camcensus.model.words import count
from camcensus.planning.counts import Counts
from camcensus.tasks.register.channels import unconfirmed_words
from camcensus.tasks.register.verbs import AssetRow as Row


def found_words(counts: Counts, rows: Sequence[Row]) -> str:
    """ "42 cameras and 2 recorders. Of these, 8 reported by the recorder, not confirmed." and what is in no number."""
    unseen = unconfirmed_words(row.asset for row in rows)
    other = sum(row.asset.kind == "other" and row.asset.status != "removed" for row in rows)
    said = f"{kinds_in_words(counts.kinds) or 'No camera and no recorder'}."
    said += f" Of these, {unseen}." if unseen else ""
    return said + (f" Also {count(other, 'device')} of another kind, not counted." if other else "")


def how_sure(counts: Counts) -> str:
    """How the range of cameras comes about, and what else is listed."""
    listed, all_listed = counts.cameras.listed, counts.items.listed
    more = f", {listed.likely:,} more {'is' if listed.likely == 1 else 'are'} likely" if listed.likely else ""
    said = f"{listed.low:,} almost certain or confirmed{more}."
    other = all_listed.high - listed.high
    return said + (f" {other:,} other {fitting(other, 'device is', 'devices are')} also listed." if other else "")


def why_based(counts: Counts) -> str:
    """That it is our reading, and what else is read so."""
    said = "No list you use names these makers. The 2022 statement names no company; that it means them is our reading."
    other = counts.items.only_based.high - counts.cameras.only_based.high
    return said + (f" {other:,} other {fitting(other, 'device is', 'devices are')} by such makers too." if other else "")
