"""Policies together: what all of them allow, and never more than one of them."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from camcensus.model.policy import GIVEN, PACES, Policy, all_of, both, outside

NETWORKS = st.builds(
    lambda number, length: str(IPv4Network((number, length), strict=False)),
    st.integers(0x0A000000, 0x0A00FFFF),
    st.integers(14, 30),
)
RANGES = st.none() | st.lists(NETWORKS, max_size=3).map(tuple)
POLICIES = st.builds(
    Policy,
    allowed_ranges=RANGES,
    never_ask=st.lists(NETWORKS, max_size=2, unique=True).map(tuple),
    paces=st.sets(st.sampled_from(PACES)).map(lambda some: tuple(one for one in PACES if one in some)),
    passive_only=st.booleans(),
    logins=st.booleans(),
    name_user=st.booleans(),
    folders=st.none() | st.lists(st.sampled_from(["/srv", "/srv/a", "/srv/a/b", "/home"]), max_size=2, unique=True).map(tuple),
    for_others=st.sets(st.sampled_from(GIVEN)).map(lambda some: tuple(one for one in GIVEN if one in some)),
)


def may(policy: Policy, address: IPv4Address) -> bool:
    return policy.allowed_ranges is None or any(address in IPv4Network(one) for one in policy.allowed_ranges)


@given(POLICIES, POLICIES, st.integers(0x0A000000, 0x0A00FFFF))
def test_a_further_policy_only_ever_tightens(one: Policy, other: Policy, number: int) -> None:
    made, address = both(one, other), IPv4Address(number)
    assert may(made, address) == (may(one, address) and may(other, address))
    assert set(made.never_ask) == {*one.never_ask, *other.never_ask}
    assert set(made.paces) == {*one.paces} & {*other.paces}
    assert set(made.for_others) == {*one.for_others} & {*other.for_others}
    assert made.passive_only == (one.passive_only or other.passive_only)
    assert made.logins == (one.logins and other.logins)
    assert made.name_user == (one.name_user and other.name_user)


@given(POLICIES)
def test_no_policy_changes_nothing_and_twice_is_once(one: Policy) -> None:
    assert both(Policy(), one) == one
    assert set(both(one, one).allowed_ranges or ()) <= set(one.allowed_ranges or ())
    assert both(one, one).folders is None or set(both(one, one).folders or ()) <= set(one.folders or ())
    assert all_of([]) == Policy()


def test_a_folder_within_another_is_the_narrower_one() -> None:
    one, other = Policy(folders=("/srv/cctv", "/home")), Policy(folders=("/srv", "/opt"))
    assert both(one, other).folders == both(other, one).folders == ("/srv/cctv",)


def test_a_problem_of_either_is_one_of_both() -> None:
    assert both(Policy(), Policy(problem="It cannot be read.")).problem == "It cannot be read."


@given(st.lists(NETWORKS, max_size=4), st.integers(0x0A000000, 0x0A01FFFF))
def test_what_lies_outside_is_all_but_what_lies_inside(ranges: list[str], number: int) -> None:
    space, address = IPv4Network("10.0.0.0/15"), IPv4Address(number)
    inside = any(address in IPv4Network(one) for one in ranges)
    assert any(address in one for one in outside(ranges, [space])) == (not inside)
