"""Python's search for cyclic garbage, kept away from large registers.

It looks through every object there is, at a moment of its own choosing: with 20,000 rows that is a fifth of a second in which a
key, a frame of scrolling or an edit waits. Rows hold no cycles and go when the last reference does: nothing is lost by leaving
them out.
"""

from __future__ import annotations

from camcensus.tasks.finding import judging

MANY = 2_000
"""With fewer rows the search is over before anybody sees it."""


def leave_out(rows: int) -> None:
    """Whatever is held now is not looked through any more, where there are many rows; until `look_again`."""
    if rows >= MANY:
        judging.leave_out()


def look_again() -> None:
    """Everything is looked through again: the record that was so large has been closed."""
    judging.look_again()
