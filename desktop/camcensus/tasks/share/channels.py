"""The channels of recorders as an exchange file lists them: what the recorder reports, and which row of the register it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from camcensus.model.asset import Asset
from camcensus.store.exchange_file.schema import row_of
from camcensus.tasks.register.channels import ANALOGUE, NETWORK
from camcensus.tasks.share.devices import DeviceAnswer, Row

_WIRING = {ANALOGUE: "analogue", NETWORK: "network"}


def channel_rows(assets: Sequence[Asset], told: Mapping[str, DeviceAnswer]) -> Iterator[Row]:
    """Each reported channel, with its row where there is one; then rows of channels that the recorder does not report."""
    rows: defaultdict[str, list[Asset]] = defaultdict(list)
    for one in assets:
        if one.connected_to is not None and one.channel is not None and one.in_use:
            rows[one.connected_to].append(one)
    for recorder in assets:
        known = told.get(recorder.device or "")
        reported = list(known.channels) if known is not None and recorder.in_use else []
        entries = _entries(reported, rows.get(recorder.id, []))
        for entry, (number, wiring, asset, said) in enumerate(entries, 1):
            reply = said or {}
            yield row_of(
                "channel", {"recorder": recorder.id, "entry": entry, "number": number, "wiring": wiring},
                asset=asset.id if asset else None, reported=said is not None,
                confirmed=asset is not None and asset.confirmed, reported_manufacturer=reply.get("manufacturer"),
                reported_model=reply.get("model"),
            )  # fmt: skip


def _entries(
    reported: Sequence[Mapping[str, Any]], rows: Sequence[Asset]
) -> list[tuple[int, str, Asset | None, Mapping[str, Any] | None]]:
    left = sorted(rows, key=lambda one: (one.channel or 0, one.ref))
    made: list[tuple[int, str, Asset | None, Mapping[str, Any] | None]] = []
    for said in sorted(reported, key=lambda one: (one["number"], one["analogue"])):
        wiring = "analogue" if said["analogue"] else "network"
        fits = [one for one in left if one.channel == said["number"] and _wiring(one) in (wiring, "not-known")]
        row = next((one for one in fits if _wiring(one) == wiring), fits[0] if fits else None)
        if row is not None:
            left.remove(row)
        made.append((said["number"], wiring, row, said))
    made += [(one.channel or 0, _wiring(one), one, None) for one in left]
    return made


def _wiring(asset: Asset) -> str:
    """What the row's note says, which is written where a recorder has an analogue and a network channel of one number."""
    return next((word for note, word in _WIRING.items() if (asset.notes or "").startswith(note)), "not-known")
