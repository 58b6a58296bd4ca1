"""What the vector of a flaw's score (CVSS 3 or 4) says, and which words about the flaw say more than that.

Source: https://www.first.org/cvss/v3-1/specification-document and https://www.first.org/cvss/v4-0/specification-document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_VECTOR = re.compile(r"CVSS:(3\.[01]|4\.0)((?:/[A-Za-z]{1,3}:[A-Za-z]+)+)")
_REACH = {"N": "network", "A": "same network", "L": "device itself", "P": "hands"}
_LOGIN = {"N": "none", "L": "some", "H": "administrator"}


@dataclass(frozen=True, slots=True)
class Score:
    """A vector, read. `led` says that somebody has to do something first, `hard` that the flaw is hard to use.

    `reads`, `changes` and `stops` are what could be done to the device, or through it to another; `everything` says that the
    score counts the whole of each.
    """

    reach: Literal["network", "same network", "device itself", "hands"]
    login: Literal["none", "some", "administrator"]
    led: bool
    hard: bool
    reads: bool
    changes: bool
    stops: bool
    everything: bool


def read_vector(vector: str) -> Score | None:
    """The score that a vector such as "CVSS:3.1/AV:N/AC:L/…" gives; None where it is not of version 3 or 4, or lacks a part."""
    found = _VECTOR.fullmatch(vector)
    parts = dict(part.split(":") for part in found[2][1:].split("/")) if found else {}
    reach, login = _REACH.get(parts.get("AV", "")), _LOGIN.get(parts.get("PR", ""))
    harms = [{parts.get(key, "N") for key in keys} for keys in (("C", "VC", "SC"), ("I", "VI", "SI"), ("A", "VA", "SA"))]
    if found is None or reach is None or login is None or not {"AC", "UI"} <= parts.keys():
        return None
    reads, changes, stops = (bool(harm - {"N"}) for harm in harms)
    return Score(
        reach=reach,  # type: ignore[arg-type]
        login=login,  # type: ignore[arg-type]
        led=parts["UI"] != "N",
        hard=parts["AC"] != "L",
        reads=reads,
        changes=changes,
        stops=stops,
        everything=all("H" in harm for harm in harms),
    )


_ANYBODY = re.compile(r"^Anybody\b|\bwithout a password\b")
_NETWORK = re.compile(r"\breach(?:es)? (?:it|[A-Z][\w ]+) on the network\b|\bover the network\b")
_NEAR = re.compile(r"\b(?:the same|its|the internal) network\b")
_LOGGED_IN = re.compile(r"(?i)\b(?:log(?:in|ged in|s in)|password|accounts?|operator|guest|users?|administrator)\b")
_LED = re.compile(r"(?i)\b(?:led|tricked|talked into|link|opens?|does something|while|logs in|browser|listens)\b")
_HARD = re.compile(r"(?i)\b(?:hard to use|sophisticated|strict conditions)\b")
_READS = re.compile(r"\b(?:reads?|see|find out|listen|download|recover)\b")
_DELETES = re.compile(r"\bdelete\b")
_CHANGES = re.compile(r"\b(?:change|add|programs? of|commands of|code of|become|administrator's rights|changed firmware)\b")
_STOPS = re.compile(r"\b(?:crash|stop|block|overload|out of action|malfunction|unreachable|restart)\b")
_EVERYTHING = re.compile(r"\b(?:full|complete|take) control\b")
_SAYS_OTHERWISE = re.compile(r"\btext (?:says|names)\b[^.]*; its score\b")
"""In a summary: the report's text says one thing, its score another, and the reader is told so."""


def words_beyond(title: str, summary: str, score: Score) -> Iterator[str]:
    """What a title and a summary of ours say that the score does not bear out, or leave out that it demands; one sentence each.

    Where the summary tells that the score differs ("The report's text says so; its score …"), the title may follow the text.
    """
    both = f"{title} {summary}"
    if not _SAYS_OTHERWISE.search(summary):
        if _ANYBODY.search(title) and (score.login != "none" or score.led):
            yield "the title says that anybody can, the score that it takes a login or somebody who does something first"
        if _NETWORK.search(title) and score.reach != "network":
            yield f"the title speaks of the network, the score of the {score.reach}"
        if _NEAR.search(title) and score.reach not in ("network", "same network"):
            yield f"the title speaks of a network, the score of the {score.reach}"
        claims = (
            (_READS, score.reads),
            (_DELETES, score.changes or score.stops),
            (_CHANGES, score.changes),
            (_STOPS, score.stops),
            (_EVERYTHING, score.everything),
        )
        for claim, borne in claims:
            said = claim.search(title)
            if said and not borne:
                yield f'the score does not bear out "{said[0]}"'
    if score.login == "some" and not _LOGGED_IN.search(both):
        yield "the score says that it takes a login, and no word of ours does"
    if score.login == "administrator" and "administrator" not in both:
        yield "the score says that it takes an administrator's login, and no word of ours does"
    if score.led and not _LED.search(both):
        yield "the score says that somebody has to do something first, and no word of ours does"
    if score.hard and not _HARD.search(both):
        yield "the score calls it hard to use, and no word of ours does"
