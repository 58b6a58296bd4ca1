"""`show --changes-since` from outside: text, one JSON document that its schema takes, a spreadsheet, and sentences for what is not there."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest

from camcensus.app import main
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from identity.hosts_seen import host, observations
from labelled.packets import info, neighbour
from samples import NOW, body, scan

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def carry_out(*argv: object) -> tuple[int, str, str]:
        capsysbinary.readouterr()
        status = main([str(argument) for argument in argv])
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err + out
        return status, out.decode(), err.decode()

    return carry_out


@pytest.fixture
def path(tmp_path: Path, data_dir: Path) -> Path:
    """Two cameras; a day later the second is gone and a third is there."""
    knowledge, made = load_knowledge(data_dir / "vendors.db"), tmp_path / "a.camcensus"
    with register.new_inventory(made, body(), NOW) as inventory:
        for number, cameras in enumerate(((1, 2), (1, 3))):
            at = NOW + timedelta(days=number)
            minute = at.strftime("%Y-%m-%dT%H:%M")
            seen = [
                one
                for camera in cameras
                for one in observations(
                    host(f"10.0.0.{camera}", neighbour(f"3c:ef:8c:10:20:{camera * 16:02x}"), info("Dahua", "X1", "2.8", "")),
                    minute,
                )
            ]
            record = replace(scan(f"s{number}"), started_at=f"{minute}:00Z", ended_at=f"{minute}:30Z")
            found = Census(scan=record, observations=tuple(seen), verdicts=judge(seen, knowledge))
            register.save_census(inventory, found, knowledge, at)
    return made


def test_what_changed_since_a_search_as_text_json_and_csv(path: Path, data_dir: Path, run: Run) -> None:
    before = path.read_bytes()
    status, out, err = run("show", path, "--changes-since", "1")
    assert (status, err) == (0, "")
    assert "Between search 1 of 24 November 2026 and now: 1 new, 1 not seen any more." in out
    assert "CAM-002: not seen by search 2 or since; last seen on 24 November 2026." in out
    status, out, err = run("show", path, "--changes-since", "1", "--json")
    schema = json.loads((data_dir / "resources" / "schema" / "changes.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(out))
    assert [(one["kind"], one["refs"]) for one in json.loads(out)["changes"]] == [("new", ["CAM-003"]), ("gone", ["CAM-002"])]
    status, out, err = run("show", path, "--changes-since", "1", "--csv")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert [(row["change"], row["ref"]) for row in rows] == [("New", "CAM-003"), ("Not seen", "CAM-002")]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "say"),
    [
        (("--changes-since", "7"), "There is no search 7; this inventory has 2 searches.\n"),
        (("--changes-since", "last-report"), "History names no report yet: it notes those saved in the window. Name a date or a search instead.\n"),
        (("--changes-since", "yesterday"), "“yesterday” is no date, search or “last-report”; write a date like 2026-11-24.\n"),
        (("--changes-since", ""), "“” is no date, search or “last-report”; write a date like 2026-11-24.\n"),
        (("--changes-since", "\u202e=1"), "“\\u202e=1” is no date, search or “last-report”; write a date like 2026-11-24.\n"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_wrong_argument_and_one_sentence(path: Path, run: Run, argv: tuple[str, ...], say: str) -> None:
    assert run("show", path, *argv) == (2, "", say)
