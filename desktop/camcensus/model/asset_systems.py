"""Other programs that keep a register, for which Camcensus writes an import file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

AssetSystem = Literal["snipe-it", "netbox"]
ASSET_SYSTEMS: tuple[AssetSystem, ...] = get_args(AssetSystem)
SYSTEM_WORDS: Mapping[AssetSystem, str] = {"snipe-it": "Snipe-IT", "netbox": "NetBox"}
ENDINGS: Mapping[AssetSystem, str] = {"snipe-it": ".csv", "netbox": ".zip"}
