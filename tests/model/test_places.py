from __future__ import annotations

import pytest

from camcensus.model.asset import names_apart


@pytest.mark.parametrize(
    "paths",
    [
        [("A", "B", "Hall"), ("A", "C", "Hall"), ("C", "B", "Hall")],
        [("Hall",), ("A", "Hall"), ("A", "B", "Hall")],
        [("A", "hall"), ("B", "HALL"), ("A", "B", "Hall")],
        [("Site 1", "Main", "Ground", "Hall"), ("Site 2", "Main", "Ground", "Hall"), ("Site 2", "Annexe", "Ground", "Hall")],
    ],
)
def test_no_two_places_are_said_alike(paths: list[tuple[str, ...]]) -> None:
    said = names_apart([*paths, ()])
    assert set(said) == set(paths)
    assert len({", ".join(words).casefold() for words in said.values()}) == len(paths)
