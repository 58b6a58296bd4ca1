"""Seeds of what tests draw: what refuses a change must be the change, so they are the same each time unless others are asked for.

`CAMCENSUS_SEED=clock python3 run.py test` draws by the clock, `CAMCENSUS_SEED=7` by 7; a test that fails names its seed.
"""

from __future__ import annotations

import os
import time


def seed() -> int:
    """From 0 to 999,999,999."""
    asked = os.environ.get("CAMCENSUS_SEED", "1")
    return (time.time_ns() if asked == "clock" else int(asked)) % 1_000_000_000
