from __future__ import annotations

from camcensus.model.knowledge import Knowledge
from camcensus.model.once_each import KEPT, once_for_each


def test_a_value_is_built_once_for_the_very_knowledge_and_the_last_few_are_kept() -> None:
    built: list[Knowledge] = []

    @once_for_each
    def number_of(knowledge: Knowledge) -> int:
        """How many were built."""
        built.append(knowledge)
        return len(built)

    several = [Knowledge(version="1") for _ in range(KEPT + 1)]
    assert several[0] == several[1]
    assert [number_of(one) for one in several[:KEPT]] == [number_of(one) for one in several[:KEPT]] == [1, 2, 3, 4]
    assert number_of(several[KEPT]) == 5
    assert (number_of(several[1]), number_of(several[0])) == (2, 6), "the oldest went"
    assert number_of.__doc__ == "How many were built."
