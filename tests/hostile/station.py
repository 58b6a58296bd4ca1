"""Run as a program: the station of a hostile fleet. See fleet/station.py."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fleet import station
from hostile.fleets import hostile_fleet

if __name__ == "__main__":
    station.load_fleet = lambda size, _folder, **_: hostile_fleet(size)[0]
    station.main(sys.argv[1:])
