"""The command `edit`: its file, its exit status, looking first, taking back, and the list of what it can do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from camcensus.store import backups
from camcensus.tasks.register import verbs as register
from cli.test_import import Run, file, run
from samples import NOW

__all__ = ["file", "run"]


def edits(folder: Path, *wanted: dict[str, object], by: str = "R. Khan") -> Path:
    path = folder / "edits.json"
    path.write_text(json.dumps({"by": by, "edits": wanted}), "utf-8")
    return path


def decision(path: Path) -> tuple[str, str] | None:
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        (row,) = inventory.assets(None)
        return (row.decision.what, row.decision.by) if row.decision else None


DECIDE: dict[str, object] = {"do": "decide", "assets": ["CAM-001"], "what": "replace", "year": "2027-28"}
HALL: dict[str, object] = {"do": "set-place", "assets": ["CAM-001"], "place": "Elm Park > Hall"}


def test_edits_are_made_said_backed_up_and_taken_back(run: Run, file: Path, tmp_path: Path) -> None:
    status, out, err = run("edit", file, edits(tmp_path, HALL, DECIDE))
    assert (status, err) == (0, "")
    assert out == "1. CAM-001 moved to Hall.\n2. Decision for CAM-001: Replace.\n"
    assert decision(file) == ("replace", "R. Khan")
    assert backups.list_backups(file)
    assert run("edit", file, "--undo") == (0, "Undone: 2 edits made from a file.\n", "")
    assert decision(file) is None
    assert run("edit", file, "--undo")[0] == 0  # the row of the fixture
    assert run("edit", file, "--undo") == (1, "There is nothing to take back.\n", "")


def test_looking_writes_nothing(run: Run, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    status, out, _ = run("edit", file, edits(tmp_path, DECIDE), "--dry-run", "--json")
    assert (status, json.loads(out)["written"]) == (0, False)
    assert json.loads(out)["edits"] == [{"do": "decide", "say": "Decision for CAM-001: Replace."}]
    assert decision(file) is None
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"do": "decide", "assets": ["CAM-7"], "what": "keep"}, "Edit 2 (decide): The register has no CAM-7"),
        ({"do": "decide", "assets": ["CAM-001"], "wat": "keep", "what": "keep"}, "It takes no “wat”"),
    ],
)
def test_an_edit_that_does_not_fit_ends_with_3_and_changes_nothing(
    run: Run, file: Path, tmp_path: Path, wanted: dict[str, object], says: str
) -> None:
    status, out, err = run("edit", file, edits(tmp_path, DECIDE, wanted))
    assert (status, out) == (3, "")
    assert says in err
    assert decision(file) is None


def test_what_is_missing_is_a_wrong_argument_and_the_list_needs_no_inventory(run: Run, file: Path) -> None:
    assert run("edit", file)[0] == 2
    assert run("edit", file, file, "--undo")[0] == 2
    assert run("edit", file, file)[0] == 3
    status, out, _ = run("edit", "--list")
    assert status == 0
    assert "decide\n  Record what is decided for rows; null takes it back.\n  assets, what (keep" in out
    assert "plan-option" in json.loads(run("edit", "--list", "--json")[1])
