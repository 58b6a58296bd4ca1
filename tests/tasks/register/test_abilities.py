"""What a device can do, in words: who says so, one of several, and what a data sheet leaves out."""

from __future__ import annotations

from typing import Any

from camcensus.model.device import Attribution, CapabilityFinding, Description, Device, Verdict
from camcensus.model.records import CAPABILITIES
from camcensus.tasks.knowledge.makers import Ability, Cited
from camcensus.tasks.register.abilities import Abilities, abilities

MAKER = Attribution("hikvision", "Hikvision", "likely", ("hikvision",), (), (), (), "", "test")
SOURCE = Cited("A data sheet", "Hikvision", None, None, None)


def shown(*findings: CapabilityFinding, kind: Any = "camera") -> tuple[Abilities, ...]:
    return abilities(Verdict(Device((), (), None, None, ()), Description(kind=kind), MAKER, (), (), findings))


def finding(capability: Any, state: Any, said_by: Any = "maker", claim: Any = "able", who: str = "") -> CapabilityFinding:
    return CapabilityFinding(capability, state, "seen", "src", said_by, claim, who)


def test_nothing_known_is_one_line() -> None:
    assert shown() == (Abilities("unknown", "Not known", "Whether it has AI functions"),)
    assert shown(kind="printer") == ()


def test_one_of_several_is_never_shown_as_able() -> None:
    first, rest = shown(
        finding("face-recognition", "unknown", claim="one-of"), finding("number-plate", "unknown", claim="one-of")
    )
    assert (first.title, first.what) == ("One of", "Recognise faces, read number plates, depends on how it is set up")
    assert first.note == "By its maker’s pages."
    assert (rest.title, "ecognise faces" in rest.what) == ("Not known", False)


def test_the_words_of_somebody_else_are_never_the_makers() -> None:
    first, _ = shown(finding("fight", "unknown", "other", who="a dealer"))
    assert (first.state, first.title, first.what) == ("unknown", "Not known, but others say that it can", "Detect fights")
    assert first.note == "Said by a dealer. We have not seen its maker say so."


def test_what_somebody_else_does_not_list_is_never_shown_as_what_it_can() -> None:
    listed, unlisted, *_ = shown(
        finding("person-vehicle", "unknown", "other", who="a dealer"),
        finding("mask", "unknown", "other", "none", who="a dealer"),
    )
    assert (listed.title, listed.what) == ("Not known, but others say that it can", "Tell people and vehicles apart")
    assert (unlisted.title, unlisted.what) == ("Not known, and not listed by others", "Tell who wears a mask")


def test_a_data_sheet_that_lists_none_is_an_answer_and_not_an_absence() -> None:
    whole, _ = shown(finding("mask", "unknown", claim="none"), finding("fight", "unknown", claim="none"))
    assert whole.title == "The maker’s data sheet for this family does not list these"
    assert (whole.what, whole.note) == (
        "Tell who wears a mask, detect fights",
        "What a data sheet leaves out may still be there.",
    )
    _, partly, _ = shown(finding("person-vehicle", "able"), finding("fight", "unknown", claim="none"))
    assert partly.title == "Not listed in the maker’s data sheet"


def test_each_capability_is_shown_once() -> None:
    states: Any = ("on", "able", "off", "unknown")
    findings = [
        finding(name, states[at % 4], claim="one-of" if at % 8 == 3 else "none") for at, name in enumerate(CAPABILITIES)
    ]
    words = "; ".join(one.what for one in shown(*findings)).casefold()
    assert all(words.count(say) == 1 for say in ("find faces", "detect fights", "record sound", "guess ethnic group"))


def test_the_makers_page_says_which_kind_of_claim_it_is() -> None:
    def words(kind: Any) -> str:
        return Ability(kind, ("face-recognition", "number-plate"), "X", "How.", "", True, SOURCE).words

    assert words("able") == "Recognise faces, read number plates"
    assert words("one-of") == "One of: recognise faces, read number plates"
    assert words("none") == "Does not list: recognise faces, read number plates"
