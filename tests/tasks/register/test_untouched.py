"""Addresses that are never asked: typed by line, kept with the inventory, and honoured by every search of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camcensus.app import main
from camcensus.discovery.scope import make_scope
from camcensus.model.errors import ScopeError, StoreError
from camcensus.store.edits import settings
from camcensus.store.inventory import create_inventory
from camcensus.tasks.register.untouched import (
    Untouched,
    as_lines,
    leaving_alone,
    never_asked,
    read_lines,
    save_untouched,
    untouched,
)
from samples import NOW, body

TYPED = "10.0.0.5 Lift controller\n\n  10.0.1.0/28, nurse call\n10.0.2.1 - 10.0.2.4"


def test_lines_are_addresses_with_notes_and_come_back_as_typed() -> None:
    entries = read_lines(TYPED)
    assert entries == (
        Untouched("10.0.0.5", "Lift controller"),
        Untouched("10.0.1.0/28", "nurse call"),
        Untouched("10.0.2.1-10.0.2.4"),
    )
    assert read_lines(as_lines(entries)) == entries


@pytest.mark.parametrize("line", ["lift", "10.0.0.300", "10.0.0.9-10.0.0.5", "10.0.0.0/33", "fe80::1", "10.0.0.5-lift"])
def test_what_is_no_address_is_named_with_its_line(line: str) -> None:
    with pytest.raises(ScopeError, match=r"^Line 2: .*leave alone.*\.$"):
        read_lines(f"10.0.0.1\n{line}\n")


def test_what_is_kept_is_left_alone_beside_what_was_typed_for_one_search(tmp_path: Path) -> None:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        assert never_asked(inventory) == never_asked(None) == ()
        changes = inventory.do(save_untouched(TYPED), by="R. Khan", now=NOW)
        assert changes.say == "3 addresses or ranges are never asked from now on."
        scope = leaving_alone(make_scope(["127.0.0.1"], [], exclude=["10.9.9.9"]), inventory)
        assert scope.exclude == (
            "10.9.9.9/32", "10.0.0.5/32", "10.0.1.0/28", "10.0.2.1/32", "10.0.2.2/31", "10.0.2.4/32",
        )  # fmt: skip
        inventory.undo(NOW)
        assert untouched(inventory) == ()


@pytest.mark.parametrize("kept", ["{", "[[1]]", '[["lift", ""]]', "7"])
def test_a_list_that_cannot_be_read_stops_the_search_instead_of_being_empty(tmp_path: Path, kept: str) -> None:
    with create_inventory(tmp_path / "a.camcensus", body(), now=NOW) as inventory:
        inventory.do(settings.set_setting("do-not-touch", kept), by=None, now=NOW)
        with pytest.raises(StoreError, match="nothing is searched"):
            leaving_alone(make_scope(["127.0.0.1"], []), inventory)


def test_a_search_from_the_command_line_honours_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        inventory.do(save_untouched("127.77.40.9 a pump"), by="R. Khan", now=NOW)
    arguments = ["--interface", "127.0.0.1", "--range", "127.77.40.8/30", "--exclude", "127.77.40.10", "--limit-s", "2"]
    assert main(["scan", "--inventory", str(path), *arguments, "--pace", "fast", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["scan"]
    assert "127.77.40.10/32, 127.77.40.9/32, which you asked this search to leave alone" in said["not_covered"]
