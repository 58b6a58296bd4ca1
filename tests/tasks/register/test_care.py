"""What to act on as pages and reports say it: counts, sentences, words for a table, and which edition gives it."""

from __future__ import annotations

from dataclasses import replace

import samples
from attribution.small_knowledge import small_knowledge
from camcensus.model.device import AdvisoryFinding, CareFinding, CareKind, Verdict
from camcensus.model.knowledge import Source
from camcensus.model.records import Advisory
from camcensus.tasks.register.care import care_lines, has, never_set_up_sentence, short, urgent_sentence
from camcensus.tasks.reports.editions import Edition
from camcensus.tasks.reports.sheets import to_update
from ui_rows import row

FLAW = Advisory(
    "CVE-1", "hikvision", "Anybody on the network can watch", "It can be watched.", "cve", True, ("camera",),
    exploited=True, fixed_in="V5.4.5 or later",
)  # fmt: skip
KNOWLEDGE = small_knowledge(
    advisories=(FLAW,), sources={"cve": Source("cve", "CVE-1", "Somebody", "https://example.org/", "2024", "2026-11")}
)


def cared(number: int, *kinds: CareKind, **more: object) -> Verdict:
    care = tuple(CareFinding(kind, "It is so.", "Do this.", None, "cve", ("CVE-1",)) for kind in kinds)
    return replace(samples.verdict(number), care=care, **more)  # type: ignore[arg-type]


def test_devices_that_are_gone_are_in_no_count_and_no_sentence() -> None:
    rows = [
        row(1, "CAM-1", cared(1, "exploited-flaw", "support-ended")),
        row(2, "CAM-2", cared(2, "exploited-flaw")),
        row(3, "CAM-3", cared(3, "exploited-flaw"), status="removed"),
        row(4, "CAM-4", cared(4)),
    ]
    assert urgent_sentence(rows) == "2 cameras have a flaw that attackers use: update or isolate them now."
    assert urgent_sentence(rows[1:]) == "1 camera has a flaw that attackers use: update or isolate it now."
    assert urgent_sentence(rows[2:]) == never_set_up_sentence(rows) == ""
    assert not has(rows[2], ("exploited-flaw",))


def test_devices_of_several_kinds_are_devices() -> None:
    rows = [row(1, "CAM-1", cared(1, "never-set-up")), row(2, "REC-1", cared(2, "never-set-up"), kind="recorder")]
    assert never_set_up_sentence(rows) == (
        "2 devices were never set up: anyone on the network can take them over. Set a password or unplug them."
    )


def test_a_table_has_the_most_urgent_first_in_a_few_words() -> None:
    assert short(cared(1, "exploited-flaw", "old-firmware").care) == "Flaw that attackers use; firmware over 3 years old"
    assert short(()) == ""


def test_a_line_has_its_flaws_with_what_mends_them_and_who_says_so() -> None:
    answers = (AdvisoryFinding("CVE-1", "yes", True, "Its model is one of those named.", "camera", "V5.4.5 or later"),)
    (line,) = care_lines(row(1, "CAM-1", cared(1, "exploited-flaw", advisories=answers)), KNOWLEDGE)
    assert (line.title, line.sentence, line.exploited) == ("Flaw that attackers use", "It is so. Do this.", True)
    assert line.mended_by == " Mended by: V5.4.5 or later."
    (flaw,) = line.flaws
    assert (flaw.title, flaw.applies, flaw.why) == (f"{FLAW.title}.", "yes", "Its model is one of those named.")
    assert flaw.source is not None
    assert flaw.source.publisher == "Somebody"


def test_the_installer_is_asked_to_update_and_to_look_up_only_what_attackers_use() -> None:
    def asked(*kinds: CareKind) -> list[str]:
        return to_update(row(1, "REC-001", cared(1, *kinds)), KNOWLEDGE)

    assert asked("exploited-flaw", "known-flaw") == [
        "Please update now: the firmware has a flaw that attackers are known to use. Mended by: V5.4.5 or later."
    ]
    assert asked("known-flaw") == ["Please update: the firmware has a known flaw. Mended by: V5.4.5 or later."]
    assert asked("never-set-up") == ["Please set a password, or take this off the network."]
    assert asked("flaw-to-check") == ["Which firmware is in use, and is it free of CVE-1?"]
    assert asked("old-firmware", "sale-ended") == []


def test_the_public_is_not_told_which_device_can_be_attacked() -> None:
    assert [Edition(audience).gives("flaws") for audience in ("internal", "supplier", "public")] == [True, True, False]
