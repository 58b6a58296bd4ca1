"""What a maker's page says of flaws without models and of ends of support."""

from __future__ import annotations

from attribution.small_knowledge import small_knowledge
from camcensus.model.records import Advisory, Affected, EndOfLife
from camcensus.tasks.knowledge.makers import device_flaws, noted


def test_flaws_without_models_and_ends_of_support_are_said_with_who_says_so() -> None:
    knowledge = small_knowledge(
        advisories=(
            Advisory("CVE-1", "axis", "Anybody can watch.", "It is so.", "src", True, ("camera",)),
            Advisory("CVE-2", "axis", "Named", "It is so.", "src", True, ("camera",), affected=(Affected(("^P",)),)),
            Advisory(
                "CVE-3",
                "axis",
                "All of some firmware",
                "So.",
                "src",
                True,
                ("camera",),
                affected=(Affected(version_before="9"),),
            ),
            Advisory("CVE-6", "axis", "Some", "It is so.", "src", True, ("camera",), models_said="the S35 range"),
            Advisory("CVE-4", "axis", "A program", "It is so.", "src", True, ("software",)),
            Advisory("CVE-5", "dahua", "Another's", "It is so.", "src", True, ("camera",)),
        ),
        ends_of_life=(
            EndOfLife("axis", "^207W", "AXIS 207W", None, "2023-02-21", "", "src", True, True),
            EndOfLife("axis", "^P33", "P33", "2015-02", None, "A note.", "src", True),
            EndOfLife("axis", "^Q", "Q", None, "2020", "", "src", False),
        ),
    )
    assert [one.id for one in device_flaws(knowledge, "axis")] == ["CVE-1", "CVE-2", "CVE-3", "CVE-6"]
    said = noted(knowledge, "axis")
    assert [one.words for one in said] == [
        "CVE-1: Anybody can watch. The record does not say which models.",
        "CVE-6: Some. The record names the S35 range.",
        "AXIS 207W: Support had ended by 21 February 2023.",
        "P33: Sold until February 2015. A note.",
    ]
    assert {(one.publisher, one.url) for one in said} == {("Somebody", "https://example.org/")}
