"""Other programs that keep a register, for which Camcensus writes an import file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

AssetSystem = Literal["snipe-it", "glpi", "netbox", "csvw"]
ASSET_SYSTEMS: tuple[AssetSystem, ...] = get_args(AssetSystem)
SYSTEM_WORDS: Mapping[AssetSystem, str] = {
    "snipe-it": "Snipe-IT", "glpi": "GLPI", "netbox": "NetBox", "csvw": "CSV on the Web",
}  # fmt: skip
ENDINGS: Mapping[AssetSystem, str] = {"snipe-it": ".csv", "glpi": ".csv", "netbox": ".zip", "csvw": ".zip"}
