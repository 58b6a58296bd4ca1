"""A simulated national review as values: which organisations were asked, what each of them has and how each of them replied."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from camcensus.demo.estate import read_toml
from camcensus.model import frozen
from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.model.errors import DemoError

MOST_BODIES = 60
Reply = Literal["file", "late", "both", "letter", "refused", "none"]
"""How it replied: a file; one after the day; a file and a letter that says otherwise; a letter; a refusal; not at all."""
_REPLIES: tuple[Reply, ...] = (
    "file", "file", "late", "both", "file", "letter", "file", "refused", "file", "file", "file", "none",
)  # fmt: skip
_SEED = 20


@frozen
class SimBody:
    """An organisation of the review; `size` is of `measure`.

    `shares_first` is whether the first device of the one before it is in its register too.
    """

    number: int
    name: str
    type: str
    official: Mapping[str, str]
    region: str
    measure: str | None
    size: int | None
    devices: int
    shares_first: bool
    reply: Reply
    use: Mapping[str, str | None]
    gave_login: bool
    """Whether Camcensus may look at its devices with a login."""


@frozen
class SimAnswer:
    """What devices of a maker answer to a question that needs a login: one of `answers`."""

    manufacturer: str
    probe: str
    ask: str | None
    answers: tuple[str, ...]


@frozen
class Country:
    """The whole review. `notice` says that none of it is real; `firms` and `purposes` are what staff may write down."""

    notice: str
    asked_on: str
    bodies: tuple[SimBody, ...]
    firms: tuple[str, ...]
    purposes: tuple[str, ...]
    logins: tuple[SimAnswer, ...]


def lap_of(number: int) -> int:
    """The lap of the catalogue that makes an organisation's devices other units than everybody's."""
    return 1 + 2 * number


def load_country(directory: Path, bodies: int | None = None) -> Country:
    """The review kept in `directory`, always the same; fewer organisations are spread over all kinds. Raises DemoError."""
    if bodies is not None and not 1 <= bodies <= MOST_BODIES:
        raise DemoError(f"The simulated review can have 1 to {MOST_BODIES} organisations; {bodies} were asked for.")
    written = read_toml(directory / "country.toml")
    every = sorted(_bodies(written), key=lambda one: one[0])
    made = tuple(body for _, body in every[:bodies])
    return Country(
        written["notice"],
        written["asked_on"],
        tuple(sorted(made, key=lambda one: one.number)),
        tuple(written["firms"]),
        tuple(written["purposes"]),
        tuple(SimAnswer(one["manufacturer"], one["probe"], one.get("ask"), tuple(one["answers"])) for one in written["login"]),
    )


def _bodies(written: Mapping[str, Any]) -> Iterator[tuple[float, SimBody]]:
    """Each organisation, and how early it is among those of a smaller review."""
    draw = random.Random(_SEED)  # noqa: S311 - the same review each time
    places, number = list(written["places"]), 0
    for kind in written["kind"]:
        draw.shuffle(places)
        for at in range(kind["number"]):
            place = places[at % len(places)]
            name = kind["names"][(at + at // len(places)) % len(kind["names"])].format(place)
            measure, told = kind.get("measure"), random.Random(number)  # noqa: S311 - see _use
            body = SimBody(
                number,
                name,
                kind["type"],
                _official(kind["type"], number),
                draw.choice(written["regions"]),
                measure,
                draw.randrange(*kind["size"]) if measure else None,
                draw.randint(*kind["devices"]),
                number % 9 == 1,
                _REPLIES[number % len(_REPLIES)],
                _use(draw, told),
                number % 5 < 2,
            )
            yield at / kind["number"], body
            number += 1


def _use(draw: random.Random, told: random.Random) -> dict[str, str | None]:
    """Answers on how it uses its cameras. Questions of yes and no are drawn apart, so that all else stays as it was."""
    return {one.name: (told if "not-known" in one.answers else draw).choice([None, *one.answers]) for one in USE_QUESTIONS}


def _official(kind: str, number: int) -> dict[str, str]:
    """Numbers of a form that no real organisation of that kind has."""
    match kind:
        case "school":
            return {"urn": f"9{90000 + number}"}
        case "nhs":
            return {"ods": f"ZZZ{number:02d}"}
        case "council" | "police":
            return {"gss": f"E999{number:05d}"}
        case _:
            return {"company_no": f"999{number:05d}"}
