"""The questions of a publishing pack, in words of ours: an auditor's own may name an address, a device or a person."""

from __future__ import annotations

from collections.abc import Mapping

from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean
from camcensus.registers.answers import WHOLE_REQUEST

_OURS: Mapping[str, str] = {
    "cameras": "How many cameras",
    "listed": "Cameras made by a listed maker",
    "not-known": "Cameras whose maker is not known",
    "maker:others": "Cameras made by any other maker",
    WHOLE_REQUEST.asks: "The whole request",
}
_OF_MAKERS = "maker:"


def question_words(asks: str, knowledge: Knowledge) -> str:
    """What a question (`asks`) is called."""
    if asks in _OURS:
        return _OURS[asks]
    if not asks.startswith(_OF_MAKERS):
        return "Another question"
    makers = asks.removeprefix(_OF_MAKERS).split("+")
    if not all(maker in knowledge.manufacturers for maker in makers):
        return "Cameras of a maker that is not on record"
    return f"Cameras made by {' or '.join(clean(knowledge.name_of(maker), 80) for maker in makers)}"
