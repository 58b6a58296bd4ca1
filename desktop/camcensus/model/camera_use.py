"""How an organisation uses its cameras: the questions that reviews ask of each, and the answers that it may give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class UseQuestion:
    """A question about the whole organisation. `name` is its column in every file; `answers` are stored word -> words shown.

    `title` heads a table, `ask` stands on the form.
    """

    name: str
    title: str
    ask: str
    answers: Mapping[str, str]


USE_QUESTIONS: tuple[UseQuestion, ...] = (
    UseQuestion(
        "dpia",
        "Data protection impact assessment",
        "Have you made a data protection impact assessment (DPIA) of your cameras?",
        MappingProxyType({"all": "Yes, of all of them", "some": "Of some of them", "none": "No"}),
    ),
    UseQuestion(
        "policy",
        "CCTV policy",
        "Do you have a written CCTV policy?",
        MappingProxyType({"published": "Yes, and anybody can read it", "written": "Yes, not published", "none": "No"}),
    ),
    UseQuestion(
        "signs",
        "Signs",
        "Do signs tell people that there are cameras?",
        MappingProxyType({"all": "Yes, wherever there are cameras", "some": "In some places", "none": "No"}),
    ),
    UseQuestion(
        "footage_access",
        "Who may look at footage",
        "Who may look at footage?",
        MappingProxyType(
            {
                "named": "Only people who are named",
                "staff": "Any member of staff",
                "others": "People outside the organisation too",
            }
        ),
    ),
)


def camera_use_values(answers: Mapping[str, str | None]) -> dict[str, str | None]:
    """An answer, or None, for each question by its name. Raises ValueError for a word that is no answer to it."""
    values = {one.name: answers.get(one.name) for one in USE_QUESTIONS}
    for one in USE_QUESTIONS:
        if values[one.name] is not None and values[one.name] not in one.answers:
            raise ValueError(f"“{values[one.name]}” is no answer to: {one.ask}")
    return values
