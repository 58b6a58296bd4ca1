"""How long vendors.db takes to load, and how large it is. Run: python tests/bench/knowledge_load.py"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from camcensus.store.vendors_db.read import load_knowledge

DATABASE = Path(__file__).resolve().parents[2] / "vendors.db"
RUNS = 20


def main() -> None:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        knowledge = load_knowledge(DATABASE)
        times.append((time.perf_counter() - start) * 1000)
    print(f"{knowledge.version}: {DATABASE.stat().st_size / 1000:.0f} KB")
    print(f"load: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms of {RUNS}")
    print(f"{len(knowledge.fingerprints)} fingerprints, {len(knowledge.macs)} blocks, {len(knowledge.brands)} brand records")


if __name__ == "__main__":
    main()
