"""Which replies of a device count: the newest to each question, bytes once, and nothing that a bad day can push out."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from camcensus.identity.latest_replies import SEARCHES, ReplyDigest, newest


def told(search: int, digest: str = "", **changes: object) -> ReplyDigest:
    plain = {
        "id": f"{search:04d}{digest}{changes.get('probe', '')}{changes.get('port', '')}{changes.get('ask', '')}",
        "search": f"scan-{search}", "probe": "http", "ask": "GET /", "network": "n", "address": "10.0.0.1", "port": 80,
        "mac": None, "at": f"2026-01-01T{search:04d}Z", "digest": digest or str(search), "state": "read",
    }  # fmt: skip
    return ReplyDigest(**(plain | changes))  # type: ignore[arg-type]


def test_of_replies_that_always_differ_those_of_the_newest_searches_count() -> None:
    assert [one.search for one in newest(told(number) for number in range(30))] == [
        f"scan-{number}" for number in range(30 - SEARCHES, 30)
    ]


def test_the_same_bytes_count_once_so_an_older_reply_stays_however_often_a_newer_one_comes() -> None:
    kept = newest([told(0, "full"), *(told(number, "refused") for number in range(1, 100))])
    assert [(one.digest, one.search) for one in kept] == [("full", "scan-0"), ("refused", "scan-99")]


def test_a_question_that_is_answered_no_more_keeps_its_answers() -> None:
    info = told(0, probe="onvif.GetDeviceInformation")
    assert info in newest([info, *(told(number) for number in range(1, 100))])


def test_each_port_and_each_request_is_a_question_but_not_each_port_over_udp() -> None:
    tcp = [told(0, port=8080), told(0, ask="GET /other")]
    udp = [told(number, "same", probe="ssdp", ask=None, port=50000 + number) for number in range(50)]
    kept = newest([*tcp, *udp, *(told(number) for number in range(1, 50))])
    assert set(tcp) <= set(kept)
    assert [one.search for one in kept if one.probe == "ssdp"] == ["scan-49"]


def test_all_that_one_search_got_to_a_question_counts() -> None:
    burst = [told(3, f"ssdp-{number}", probe="ssdp", ask=None) for number in range(40)]
    assert newest(burst) == sorted(burst, key=lambda one: one.id)


def test_replies_that_break_their_protocol_push_out_none_that_was_read() -> None:
    good = told(0)
    assert good in newest([good, *(told(number, state="broken") for number in range(1, 50))])


def test_what_a_person_read_and_what_a_list_has_always_counts() -> None:
    said = [told(number, probe=probe, ask=None, port=None) for number in range(30) for probe in ("person", "list")]
    assert set(newest(said)) == set(said)


def test_one_reply_seen_at_two_addresses_or_beside_two_network_numbers_counts_for_each() -> None:
    seen = [told(1, "same"), told(1, "same", id="b", address="10.0.0.2"), told(1, "same", id="c", mac="02:00:00:00:00:01")]
    assert len(newest(seen)) == 3


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20), st.sampled_from("abcdefghijkl"), st.sampled_from(["http", "ssdp"]), st.sampled_from([80, 81])
        ),
        max_size=80,
    ),
    st.integers(0, 1000),
)
def test_the_order_of_arrival_does_not_matter_and_what_counts_goes_on_counting_alone(
    seen: list[tuple[int, str, str, int]], seed: int
) -> None:
    notes = [told(search, digest, probe=probe, port=port) for search, digest, probe, port in set(seen)]
    kept = newest(notes)
    random.Random(seed).shuffle(notes)
    assert newest(notes) == kept
    assert newest(kept) == kept
