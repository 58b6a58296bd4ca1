"""Two questions that nobody can answer from outside: is it on the main network, and can it be reached from the internet?

The written statement of 24 November 2022 asks for the first; both decide how soon a camera should go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from camcensus.model.frozen import frozen

ExposureAnswer = Literal["yes", "no", "not-known"]
EXPOSURE_WORDS: Mapping[ExposureAnswer, str] = MappingProxyType({"yes": "Yes", "no": "No", "not-known": "Not known"})


@frozen
class ExposureQuestion:
    """A question about one entry. `name` is its column; `on` and `by` hold the day of the answer and who gave it."""

    name: str
    title: str
    ask: str
    short: str
    """Where there is little room."""

    @property
    def on(self) -> str:
        """The column of the day."""
        return f"{self.name}_on"

    @property
    def by(self) -> str:
        """The column of the person."""
        return f"{self.name}_by"


EXPOSURE_QUESTIONS = (
    ExposureQuestion("core_network", "On the main network", "Is it on the main network?", "Main network"),
    ExposureQuestion(
        "internet_reachable", "Reachable from the internet", "Can it be reached from the internet?", "From internet"
    ),
)


def said_of(holder: object, question: ExposureQuestion, day: Callable[[str], str], who: bool = True) -> str:
    """ "Yes (J. Pike, 3 March 2026)" of an entry, "" where nobody was asked.

    `day` writes a day; without `who` the name is left out.
    """
    answer: ExposureAnswer | None = getattr(holder, question.name)
    if answer is None:
        return ""
    by, on = getattr(holder, question.by), getattr(holder, question.on)
    source = ", ".join(part for part in (by if who else None, day(on) if on else None) if part)
    return f"{EXPOSURE_WORDS[answer]} ({source})" if source else EXPOSURE_WORDS[answer]


def with_source(values: Mapping[str, Any], by: str | None, day: str) -> dict[str, Any]:
    """The values of an entry; an answer that does not say who gave it and when gets `by` and `day`, one that goes takes both
    along."""
    made = dict(values)
    for one in EXPOSURE_QUESTIONS:
        if one.name not in made:
            continue
        if made[one.name] is None:
            made |= {one.on: None, one.by: None}
            continue
        for name, value in ((one.on, day), (one.by, by)):
            if made.get(name) is None:
                made[name] = value
    return made
