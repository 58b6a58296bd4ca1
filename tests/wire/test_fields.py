from __future__ import annotations

import pytest

from camcensus.wire.fields import FIELDS, VALUE_LIMIT_CHARACTERS, VALUES_LIMIT, Collector


def test_a_name_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(KeyError):
        Collector().add("onvif.colour", "red")
    assert "onvif.scope" in FIELDS
    assert len(FIELDS) > 70


def test_values_keep_their_order_and_stand_once() -> None:
    into = Collector()
    into.add("mac", "b", None, " a\r\n", "b", "", " ")
    assert into.fields() == {"mac": ("b", "a")}


def test_a_field_without_values_is_absent() -> None:
    into = Collector()
    into.add("mac", None, "", "\x00")
    assert into.fields() == {}
    assert not into.has("mac")


def test_an_empty_value_is_kept_where_it_is_a_sign() -> None:
    into = Collector()
    into.add("http.server", "", keep_empty=True)
    assert into.fields() == {"http.server": ("",)}


def test_values_are_bounded_in_length_and_number() -> None:
    into = Collector()
    into.add("onvif.scope", *(f"{n}" + "x" * 10_000 for n in range(VALUES_LIMIT + 50)))
    values = into.fields()["onvif.scope"]
    assert len(values) == VALUES_LIMIT
    assert {len(value) for value in values} == {VALUE_LIMIT_CHARACTERS}


def test_text_that_no_file_can_hold_is_replaced() -> None:
    into = Collector()
    into.add("name", "\ud800x", "\ud83d\ude00")
    assert into.fields()["name"] == ("\ufffdx", "\U0001f600")
