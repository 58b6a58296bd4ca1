"""How much of page 1 of the decision paper there is for what: the ways to say it, the fullest first."""

from __future__ import annotations

from camcensus.model import frozen
from camcensus.model.blocks import Look, Spacing
from camcensus.report.plan.signers import Approval

URGENT_NAMED = 2
"""Sentences of what cannot wait that are on the first page; the last pages have all."""


@frozen
class SummaryRoom:
    """How much of the page there is: points for each signature; whether a few are named, years are parted, nothing urgent
    said; headings close; how much is said of what is signed. `actions` has a table of what is done where there are prices
    too; `least` leaves to the tables, and to the pages behind, what they say too."""

    to_write: float
    names: bool = True
    years: bool = True
    urgent: bool = True
    close: bool = False
    ask: Look = "ask"
    signed: Approval = "whole"
    actions: bool = False
    least: bool = False

    @property
    def urgent_named(self) -> int:
        """How many sentences of what cannot wait there is room for."""
        return 1 if self.least else URGENT_NAMED

    @property
    def spacing(self) -> Spacing:
        """The room around the text of a row."""
        return "close" if self.close else "open"


_SMALL: tuple[Look, ...] = ("lead", "body")
ROOMS = (
    *(SummaryRoom(points, actions=True) for points in (32.0, 24.0)),
    SummaryRoom(24.0, close=True, actions=True),
    *(SummaryRoom(24.0, close=True, ask=look) for look in _SMALL),
    SummaryRoom(22.0, close=True, names=False, ask="body", signed="short"),
    *(SummaryRoom(points, close=True, names=False, ask="body", signed="least") for points in (22.0, 20.0)),
    *(
        SummaryRoom(points, close=True, names=False, years=False, urgent=False, ask="body", signed="least", least=True)
        for points in (20.0, 18.0, 16.0)
    ),
)
"""Tried until the page that is signed fits one page: words get smaller and fewer before signatures get lower."""
