"""What can be done to a roll-up as a whole: the words for it."""

from __future__ import annotations

from enum import Enum


class Operation(Enum):
    """What is written to a roll-up, or worked out of it: words while it runs and where it failed, and whether it can stop."""

    IMPORT = "Taking files in…", "The files were not imported", True
    LOAD_LIST = "Taking the list in…", "The list was not loaded", False
    TAKE_OUT = "Changing the totals…", "It was not taken out", False
    PUT_BACK = "Changing the totals…", "It was not put back", True
    KEEP_ROUND = "Saving the figures…", "The round was not saved", False
    COUNT = "Changing the totals…", "It was not counted", False
    RECHECK = "Re-checking. The totals stay as they are until it is finished.", "Re-checking did not end", True
    ANSWERS = "Taking answers in…", "The answers were not imported", True
    EXPORT = "Writing the tables…", "The tables were not saved", False
    PUBLISH = "Writing the pack…", "The pack was not saved", False

    def __init__(self, doing: str, failure: str, can_stop: bool) -> None:
        self.doing, self.failure, self.can_stop = doing, failure, can_stop
