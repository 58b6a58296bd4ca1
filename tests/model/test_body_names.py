"""Names of organisations: honest spellings agree, other organisations do not."""

from __future__ import annotations

import pytest

from camcensus.model.body_names import name_words, names_agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oak Hill School", "OAK HILL SCHOOL"), ("St Mary's C of E Primary School", "St. Marys Church of England Primary"),
        ("Royal Berkshire NHS Foundation Trust", "Royal Berks NHS FT"), ("Borough of Coldford", "Coldford Borough Council"),
        ("University College London Hospitals NHS Foundation Trust", "UCLH"), ("Elm & Oak Federation", "Elm and Oak"),
        ("Fairton Primary School", "Fariton Primary School"), ("Dévon Police", "Devon Constabulary"), ("Oak", "Oak Academy (simulation)"),
        ("Coldford City Council", "Coldford CC"),
    ],
)  # fmt: skip
def test_honest_spellings_agree(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fairton Primary School", "Coldford Primary School"), ("Elm Park School", "Elm Hill School"), ("Oak School", "Elm School"),
        ("St Mary's School", "St John's School"), ("Avon Police", "Dévon Police"), ("Kent Council", "Essex Council"),
        ("Elmhurst Primary School", "Elmhurst Community College"), ("Coldford Grammar School", "Coldford Borough Council"),
    ],
)  # fmt: skip
def test_other_organisations_do_not(one: str, other: str) -> None:
    assert not names_agree(one, other)


def test_two_spellings_of_one_name_are_one_key() -> None:
    assert name_words("St. Mary's  School, The") == name_words("the saint marys SCHOOL")
