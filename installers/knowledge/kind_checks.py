"""What must hold of the patterns that tell kinds of devices by their names before they may become vendors.db."""

from __future__ import annotations

import re
from collections.abc import Iterator

from camcensus.model.knowledge import KindPattern
from installers.knowledge.endless import endless
from installers.knowledge.entries import Placed, SourceProblem
from installers.knowledge.reviewed import Reviewed

WORD_START = r"(?<![0-9A-Za-z])"
"""Where a kind pattern may match: at the beginning of a word, as attribution.named_kinds looks for it."""


def check_kind_patterns(reviewed: Reviewed) -> Iterator[SourceProblem]:
    """Each speaks of a known kind and maker and matches its examples, not its counterexamples.

    An example may match a pattern of another kind only where that is another maker's, or the trade's.
    """
    subjects = {item.value.id for item in reviewed.manufacturers} | {item.value.id for item in reviewed.brands}
    compiled: list[tuple[Placed[KindPattern], re.Pattern[str]]] = []
    for item in reviewed.kind_patterns:
        one = item.value
        if one.kind not in reviewed.vocabulary.device_kinds:
            yield item.problem(f'the kind "{one.kind}" is unknown')
        if one.maker is not None and one.maker not in subjects:
            yield item.problem(f'the maker "{one.maker}" is neither a manufacturer nor a brand known here')
        try:
            reason = endless(one.pattern)
            pattern = re.compile(f"{WORD_START}(?:{one.pattern})", re.IGNORECASE)
        except re.error as error:
            yield item.problem(f"pattern is no regular expression: {error}")
            continue
        if reason is not None:
            yield item.problem(f"pattern can backtrack without bound: {reason}")
            continue
        if pattern.groups or "(?i" in one.pattern:
            yield item.problem("pattern has a group that captures, or a flag: case does not count anyway")
        compiled.append((item, pattern))
        if not one.examples:
            yield item.problem("it has no example")
        for example in one.examples:
            if not pattern.search(example):
                yield item.problem(f'its example "{example}" does not match')
        for example in one.counterexamples:
            if pattern.search(example):
                yield item.problem(f'its counterexample "{example}" matches')
    for item, _ in compiled:
        for other, pattern in compiled:
            mine, others = item.value, other.value
            if mine.kind == others.kind or mine.where != others.where or mine.maker != others.maker or mine.where == "text":
                continue
            for example in mine.examples:
                if pattern.search(example):
                    yield item.problem(f'its example "{example}" also matches "{others.id}", which is another kind')
