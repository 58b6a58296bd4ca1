"""Statements made up for tests: what is not given is plain and the same in each."""

from __future__ import annotations

from typing import Any

from camcensus.model.statements import Named, Statement


def statement(identity: str, *makers: str, **more: Any) -> Statement:
    """A statement that names `makers`; a list unless `is_list` says otherwise."""
    source = more.get("source", "src")
    parts: dict[str, Any] = {
        "title": f"Title of {identity}",
        "said_by": "somebody",
        "date": "2022-07",
        "where": "United Kingdom",
        "about": "security",
        "text": "Somebody named {manufacturer}.",
        "addressed_to": "somebody else",
        "not_addressed_to": "schools",
        "status": "proposed",
        "source": source,
        "weight": 1,
        "is_list": True,
        "default_on": True,
        "names": tuple(Named(maker, f"made by {maker}", "all", None, source) for maker in makers),
    }
    return Statement(identity, **(parts | more))
