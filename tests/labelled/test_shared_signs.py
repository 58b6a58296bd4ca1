"""No strong sign of a maker takes another maker's replies, and no ordinary device is a camera."""

from __future__ import annotations

from pathlib import Path

from bench.ordinary import report
from bench.shared_signs import taken
from camcensus.store.vendors_db.read import load_knowledge


def test_a_sign_that_several_makers_show_is_known_to_be_shared(data_dir: Path) -> None:
    assert taken(load_knowledge(data_dir / "vendors.db")) == {}


def test_what_only_speaks_of_cameras_is_none(data_dir: Path) -> None:
    lines, holds = report(load_knowledge(data_dir / "vendors.db"), verbose=True)
    assert holds, lines
