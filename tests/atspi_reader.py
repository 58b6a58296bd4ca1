"""Reads the tree of a program from the accessibility bus, for `bench/access_tree.py`; run by the system's Python, which has pyatspi.

A line with a name on its standard input: the tree of the window that is on top, as a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time

import pyatspi  # type: ignore[import-not-found]
from gi.repository import GLib  # type: ignore[import-not-found]

CELLS = 80
TRIES, BETWEEN_S = 5, 0.3
OF_CELLS = (pyatspi.ROLE_TABLE, pyatspi.ROLE_LIST, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE)
STATES = {
    pyatspi.STATE_FOCUSABLE: "focusable",
    pyatspi.STATE_CHECKABLE: "checkable",
    pyatspi.STATE_EXPANDABLE: "expandable",
    pyatspi.STATE_EXPANDED: "expanded",
    pyatspi.STATE_EDITABLE: "editable",
}


def tree(thing: object) -> dict[str, object]:
    """One thing and what is shown in it."""
    role, states = thing.getRole(), thing.getState()  # type: ignore[attr-defined]
    number = thing.childCount  # type: ignore[attr-defined]
    inside = []
    for at in range(min(number, CELLS) if role in OF_CELLS else number):
        child = thing.getChildAtIndex(at)  # type: ignore[attr-defined]
        if child is not None and child.getState().contains(pyatspi.STATE_VISIBLE):
            inside.append(tree(child))
    labels = [
        relation.getTarget(at).name
        for relation in thing.getRelationSet()  # type: ignore[attr-defined]
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY
        for at in range(relation.getNTargets())
    ]
    return {
        "role": thing.getRoleName(),  # type: ignore[attr-defined]
        "name": thing.name,  # type: ignore[attr-defined]
        "description": thing.description,  # type: ignore[attr-defined]
        "labels": labels,
        "states": [words for state, words in STATES.items() if states.contains(state)],
        "columns": thing.queryTable().nColumns if role == pyatspi.ROLE_TABLE else 0,  # type: ignore[attr-defined]
        "inside": inside,
    }


def main() -> None:
    """Answers each line until there are no more."""
    for line in sys.stdin:
        print(json.dumps(_settled(line.rstrip("\n"))), flush=True)


def _settled(wanted: str) -> dict[str, object]:
    """The tree of that window, read again where something went while it was read."""
    for _ in range(TRIES):
        try:
            tops = [top for program in pyatspi.Registry.getDesktop(0) for top in program]
            found = [top for top in tops if top.name == wanted and top.getState().contains(pyatspi.STATE_VISIBLE)]
            return tree(found[-1]) if found else {"missing": [top.name for top in tops]}
        except (GLib.GError, LookupError) as error:
            gone = str(error)
            time.sleep(BETWEEN_S)
    return {"missing": gone}


if __name__ == "__main__":
    main()
