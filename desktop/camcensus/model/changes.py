"""What a change touched, so that each view decides whether to refresh."""

from __future__ import annotations

from camcensus.model import frozen


@frozen
class Changes:
    """Ids of what changed, and one sentence for the undo strip ("12 cameras moved to Main block.")."""

    assets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    vendors: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    settings: bool = False
    say: str = ""
    change_id: str | None = None
    plan: bool = False
    """Whether something that staff say of the replacement plan changed."""
    made: str = ""
    """The id of what an edit made, where it makes one thing that others ask for: a place, a firm, a batch of the plan."""
