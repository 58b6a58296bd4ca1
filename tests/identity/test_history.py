"""What became of each row between two moments, and what shows that one is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from camcensus.identity.history import RegisterHistory, compare, has_moved, prove_removal, row_events, timeline
from camcensus.model.asset import Decision
from camcensus.model.history import AnswerChange, Comparison, History, LoggedEdit, Moment, RowNow, Search, Sighting
from camcensus.model.scan import Coverage, Interface
from samples import scan

LAN = "eth0 10.0.0.2/24"
START, END = Moment("2026-01-01T00:00:00Z", "the start", 0), Moment("2027-01-01T00:00:00Z", "now", 1000)


def search(number: int, **changes: object) -> Search:
    """Search n, on day n of November, is line 10 n of the change log."""
    day = f"2026-11-{number:02d}T10"
    record = scan(
        f"s{number}",
        started_at=f"{day}:00:00Z",
        ended_at=f"{day}:05:00Z",
        coverage=(Coverage("sadp", LAN, 1, 1, "done"),),
    )
    return Search(replace(record, **changes), number, f"{day}:06:00Z", 10 * number)  # type: ignore[arg-type]


def seen(number: int, device: str, address: str = "", **changes: object) -> Sighting:
    address = address or f"10.0.0.{device}"
    return replace(Sighting(f"s{number}", device, LAN, (address,)), **changes)  # type: ignore[arg-type]


def row(device: str | None, **changes: object) -> RowNow:
    return replace(RowNow(f"a{device}", f"CAM-{device or 0:0>3}", "camera", device), **changes)  # type: ignore[arg-type]


def after(number: int) -> Moment:
    return Moment(search(number).kept_at, f"search {number}", 10 * number)


def edit(change: int, verb: str, *assets: str, columns: tuple[str, ...] = (), **more: object) -> LoggedEdit:
    plain = LoggedEdit(change, f"2026-11-{change // 10:02d}T12:00:00Z", "A. Bell", verb, f"{verb} it.", frozenset(assets))
    return replace(plain, columns=frozenset(columns), **more)  # type: ignore[arg-type]


def compared(since: Moment, until: Moment, **parts: object) -> Comparison:
    return compare(RegisterHistory(History(**parts)), since, until)  # type: ignore[arg-type]


def gist(found: Comparison) -> list[tuple[str, str]]:
    return [(change.kind, change.ref) for change in found.changes]


def says(found: Comparison) -> list[str]:
    return [change.say for change in found.changes]


TWO = (search(1), search(2))


def test_between_two_searches_new_gone_moved_and_other_firmware_are_told_apart() -> None:
    found = compared(
        after(1),
        after(2),
        rows=tuple(row(name) for name in ("1", "2", "3", "4", "5")),
        searches=TWO,
        sightings=(
            *(seen(1, name, firmware="5.4") for name in ("1", "2", "3", "4")),
            seen(2, "1", firmware="5.4"),
            seen(2, "3", "10.0.0.77", firmware="5.4"),
            seen(2, "4", firmware="5.6"),
            seen(2, "5", firmware="1.0"),
        ),
    )
    assert says(found) == [
        "CAM-005: first seen at 10.0.0.5.",
        "CAM-002: not seen by search 2 or since; last seen on 1 November 2026.",
        "CAM-003: moved from 10.0.0.3 to 10.0.0.77.",
        "CAM-004: other firmware: 5.6 (before: 5.4).",
    ]
    assert found.say == "Between search 1 and search 2: 1 new, 1 not seen any more, 1 moved, 1 with other firmware."
    assert [(change.was, change.is_now, change.search) for change in found.changes][2:] == [
        ("10.0.0.3", "10.0.0.77", 2),
        ("5.4", "5.6", 2),
    ]
    assert found.notes == ("1 search in that time: search 2 on 2 November 2026.",)
    assert found.count("moved") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"stopped_early": True},
        {"passive": True},
        {"interfaces": (Interface("eth1", "192.168.7.2/24"),)},
        {"coverage": (Coverage("sadp", LAN, 0, 0, "blocked", "Windows blocked it."),)},
    ],
    ids=["stopped", "only listened", "another network", "could not ask"],
)
def test_only_a_complete_search_of_its_network_says_that_a_row_is_gone(changes: dict[str, object]) -> None:
    found = compared(
        after(1), after(2), rows=(row("1"),), searches=(search(1), search(2, **changes)), sightings=(seen(1, "1"),)
    )
    assert gist(found) == []
    assert found.unlooked == ("CAM-001",)
    assert found.notes[-1] == "1 row could not be seen by any of them, so nothing is said of it."
    assert found.say == "Between search 1 and search 2 nothing changed."


def test_what_a_range_search_found_is_gone_only_where_its_address_was_asked_again() -> None:
    wide = ("10.0.0.0/24",)
    for ranges, expected in (((), []), (wide, [("gone", "CAM-001")])):
        searches = (search(1, ranges=wide), search(2, ranges=ranges))
        assert gist(compared(after(1), after(2), rows=(row("1"),), searches=searches, sightings=(seen(1, "1"),))) == expected


def test_behind_a_router_only_the_ranges_that_were_asked_count() -> None:
    far = seen(1, "1", "172.16.4.9", network=None)
    for ranges, expected in ((("172.16.4.0/24",), [("gone", "CAM-001")]), (("172.16.5.0/24",), []), ((), [])):
        searches = (search(1, ranges=("172.16.4.0/24",)), search(2, ranges=ranges))
        assert gist(compared(after(1), after(2), rows=(row("1"),), searches=searches, sightings=(far,))) == expected


def test_a_laptop_with_another_address_searches_the_same_network() -> None:
    other = search(2, interfaces=(Interface("Ethernet", "10.0.0.201/24"),), coverage=())
    found = compared(
        after(1),
        after(2),
        rows=(row("1"), row("2")),
        searches=(search(1), other),
        sightings=(seen(1, "1"), seen(1, "2"), seen(2, "1", network="Ethernet 10.0.0.201/24")),
    )
    assert gist(found) == [("gone", "CAM-002")]


def test_another_building_with_the_same_addresses_says_nothing_of_what_is_not_in_it() -> None:
    here, there = ("1", "2", "3"), ("4", "5")
    found = compared(
        after(1),
        after(2),
        rows=tuple(row(name) for name in (*here, *there)),
        searches=TWO,
        sightings=(*(seen(1, name) for name in here), *(seen(2, name) for name in there)),
        firm=frozenset((*here, *there)),
    )
    assert gist(found) == [("new", "CAM-004"), ("new", "CAM-005")]
    assert found.unlooked == ("CAM-001", "CAM-002", "CAM-003")


def test_seen_again_gone_for_long_and_both_within_one_comparison() -> None:
    parts = {
        "rows": (row("1"), row("2")),
        "searches": (search(1), search(2), search(3), search(4)),
        "sightings": (*(seen(number, "2") for number in (1, 2, 3, 4)), seen(1, "1"), seen(3, "1")),
    }
    assert gist(compared(after(1), after(2), **parts)) == [("gone", "CAM-001")]
    back = compared(after(2), after(3), **parts)
    assert says(back) == ["CAM-001: seen again at 10.0.0.1; before that last seen on 1 November 2026."]
    assert gist(compared(after(2), after(4), **parts)) == [("gone", "CAM-001"), ("back", "CAM-001")]
    assert gist(compared(after(1), after(3), **parts)) == [("gone", "CAM-001"), ("back", "CAM-001")]
    assert gist(compared(after(4), END, **parts)) == []
    assert gist(compared(START, END, **parts)) == [
        ("new", "CAM-001"), ("new", "CAM-002"), ("gone", "CAM-001"), ("back", "CAM-001"),
    ]  # fmt: skip


def test_a_row_that_was_gone_is_not_told_again() -> None:
    found = compared(
        after(2), after(3), rows=(row("1"),), searches=(search(1), search(2), search(3)), sightings=(seen(1, "1"),)
    )
    assert found.changes == ()


def test_a_search_that_was_told_no_firmware_changes_none() -> None:
    found = compared(
        after(1),
        after(3),
        rows=(row("1"),),
        searches=(search(1), search(2), search(3)),
        sightings=(seen(1, "1", firmware="5.4"), seen(2, "1", firmware=None), seen(3, "1", firmware="5.4")),
    )
    assert found.changes == ()


@pytest.mark.parametrize(
    ("one", "two", "moved"),
    [
        (("10.0.0.5",), ("10.0.0.5", "fe80::1"), False),
        (("10.0.0.5", "fe80::1"), ("fe80::1",), False),
        (("10.0.0.5",), ("10.0.0.6",), True),
        (("10.0.0.5",), (), False),
        ((), ("10.0.0.5",), True),
        (("10.0.0.5",), ("fe80::1",), True),
    ],
)
def test_an_address_more_or_less_is_no_move(one: tuple[str, ...], two: tuple[str, ...], moved: bool) -> None:
    assert has_moved(Sighting("a", "1", LAN, one), Sighting("b", "1", LAN, two)) is moved


def test_another_network_is_a_move_even_at_the_same_address() -> None:
    found = compared(
        after(1),
        after(2),
        rows=(row("1"),),
        searches=(search(1), search(2, interfaces=(Interface("eth0", "10.0.1.2/24"),))),
        sightings=(seen(1, "1"), seen(2, "1", "10.0.1.9", network="eth0 10.0.1.2/24")),
    )
    assert says(found) == ["CAM-001: moved from 10.0.0.1 to 10.0.1.9 on another network."]


def test_another_answer_says_what_it_was_and_why() -> None:
    answers = (
        AnswerChange("1", "2026-11-01T10:06:00Z", None, "Camera, Dahua – Likely", "First judged."),
        AnswerChange("1", "2026-11-02T10:06:00Z", "Camera, Dahua – Likely", "Camera, Dahua – Almost certain", "New answers."),
    )
    found = compared(
        after(1), after(2), rows=(row("1"),), searches=TWO, sightings=(seen(1, "1"), seen(2, "1")), answers=answers
    )
    assert says(found) == [
        "CAM-001: the answer was “Camera, Dahua – Likely” and is “Camera, Dahua – Almost certain”. New answers."
    ]


def test_what_staff_did_between_is_told_by_kind_with_who_and_undone_edits_are_not() -> None:
    edits = (
        edit(11, "set-place", "a1", "a2", columns=("place",)),
        edit(12, "decide", "a1", columns=("decision", "decision_by")),
        edit(13, "set-status", "a2", columns=("status",), says_removed=True),
        edit(14, "decide", "a2", columns=("decision",), undone=True),
        edit(15, "add", "a3", adds=True),
        edit(16, "tag", "a3", columns=("purpose",)),
        edit(17, "set-setting"),
        edit(20, "keep"),
        edit(21, "decide", "a1", columns=("decision",)),
    )
    found = compared(after(1), after(2), rows=(row("1"), row("2"), row("3")), searches=TWO, edits=edits)
    assert [(change.kind, change.ref, change.refs, change.by) for change in found.changes] == [
        ("added", "CAM-003", ("CAM-003",), "A. Bell"),
        ("removed", "CAM-002", ("CAM-002",), "A. Bell"),
        ("decided", "CAM-001", ("CAM-001",), "A. Bell"),
        ("placed", "", ("CAM-001", "CAM-002"), "A. Bell"),
        ("edited", "CAM-003", ("CAM-003",), "A. Bell"),
    ]
    assert found.say == "Between search 1 and search 2: 5 edits."


def test_no_search_between_is_said() -> None:
    found = compared(after(2), END, rows=(row("1"),), searches=TWO, sightings=(seen(1, "1"), seen(2, "1")))
    assert found.notes == ("There was no search between, so nothing can be said about the network.",)
    assert found.unlooked == (), "that is said of all, not of each"


def test_a_removed_row_is_proved_by_complete_searches_since() -> None:
    decision = Decision("remove", "R. Khan", "2026-11-01T12:00:00Z", "Contract ended")
    gone = row("1", status="removed", decision=decision)
    parts = History(
        rows=(gone,),
        searches=(search(1), search(2), search(3, stopped_early=True), search(4)),
        sightings=(seen(1, "1"),),
        edits=(edit(11, "set-status", "a1", columns=("status",), says_removed=True),),
    )
    proof = prove_removal(RegisterHistory(parts), gone)
    assert (proof.shown, [number for number, _ in proof.searches]) == (True, [2, 4])
    assert proof.say == (
        "It has not been seen since 1 November 2026; 2 complete searches of where it was did not see it: 2 November 2026"
        " (search 2), 4 November 2026 (search 4).",
        "Marked as removed by A. Bell on 1 November 2026.",
        "Decision: Remove, by R. Khan on 1 November 2026: Contract ended.",
        "Last address: 10.0.0.1.",
    )


def test_without_a_search_since_nothing_is_proved_and_the_next_step_is_said() -> None:
    gone = row("1", status="removed")
    proof = prove_removal(RegisterHistory(History(rows=(gone,), searches=(search(1),), sightings=(seen(1, "1"),))), gone)
    assert not proof.shown
    assert proof.say[0] == (
        "It was last seen on 1 November 2026, and no complete search of where it was has been kept since; search that network"
        " again to show that it is gone."
    )


def test_a_row_seen_after_it_was_marked_is_no_proof_and_says_so() -> None:
    gone = row("1", status="removed")
    mark = edit(11, "set-status", "a1", columns=("status",), says_removed=True)
    parts = History(
        rows=(gone,), searches=(*TWO, search(3)), sightings=(seen(1, "1"), seen(2, "1")), edits=(mark,)
    )  # fmt: skip
    proof = prove_removal(RegisterHistory(parts), gone)
    assert not proof.shown
    assert proof.say[0].startswith("It was seen again on 2 November 2026, after it had been marked as removed;")


def test_a_row_that_no_search_saw_proves_nothing() -> None:
    typed = row(None, status="removed")
    proof = prove_removal(RegisterHistory(History(rows=(typed,), searches=TWO)), typed)
    assert not proof.shown
    assert proof.say == ("No search ever saw it, so that none sees it now shows nothing; what staff noted still counts.",)
    assert prove_removal(RegisterHistory(History(rows=(row("1"),))), row("1")).say[-1] == "Nobody has marked it as removed."


def test_the_history_of_a_row_in_order() -> None:
    one = row("1")
    parts = History(
        rows=(one,),
        searches=(search(1), search(2), search(3), search(4), search(5)),
        sightings=(seen(1, "1", firmware="5.4"), seen(3, "1", "10.0.0.77", firmware="5.6"), seen(4, "1", "10.0.0.77")),
        edits=(edit(11, "decide", "a1", columns=("decision",)), edit(12, "tag", "a1", undone=True)),
    )
    events = row_events(RegisterHistory(parts), one)
    assert [(event.kind, event.say) for event in events] == [
        ("new", "First seen at 10.0.0.1."),
        ("edit", "decide it."),
        ("edit", "tag it."),
        ("gone", "Not seen by search 2, which would have seen it where it was."),
        ("back", "Seen again at 10.0.0.77; before that last seen on 1 November 2026."),
        ("moved", "Moved from 10.0.0.1 to 10.0.0.77."),
        ("firmware", "Other firmware: 5.6 (before: 5.4)."),
        ("gone", "Not seen by search 5 or since; last seen on 4 November 2026."),
    ]
    assert [event.undone for event in events][:3] == [False, False, True]


def test_the_timeline_has_searches_reports_and_edits_newest_first() -> None:
    parts = History(
        rows=(row("1"), row("2")),
        searches=(search(1), search(2, stopped_early=True)),
        sightings=(seen(1, "1"), seen(2, "1"), seen(2, "2")),
        edits=(edit(10, "keep"), edit(11, "decide", "a1"), edit(12, "report"), edit(20, "keep"), edit(21, "rejudge")),
    )
    events = timeline(RegisterHistory(parts))
    assert [(event.kind, event.say) for event in events] == [
        ("search", "Search 2: 2 devices seen, 1 new. Stopped early."),
        ("report", "report it."),
        ("edit", "decide it."),
        ("search", "Search 1: 1 device seen, 1 new."),
    ]


def test_text_of_a_device_is_shown_without_its_tricks() -> None:
    found = compared(
        after(1),
        after(2),
        rows=(row("1"),),
        searches=TWO,
        sightings=(seen(1, "1", firmware="5\u202e4"), seen(2, "1", firmware="=cmd|'/c calc'!A1\n")),
    )
    assert says(found) == ["CAM-001: other firmware: =cmd|'/c calc'!A1\\x0a (before: 5\\u202e4)."]
