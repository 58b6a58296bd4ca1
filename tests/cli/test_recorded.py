"""A register that an organisation imported counts in the roll-up as its answer did, as recorded, and never for less unsaid."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from camcensus import cli
from camcensus.model.asset import Body
from camcensus.tasks.register import verbs as register

Run = Callable[..., tuple[int, str, str]]
URN = "100321"
THREE = "Ref,Make,Model,Location\n" + "".join(
    f"C{number},Hikvision,DS-2CD2347G2-LU,Elm Park > Hall {number}\n" for number in (1, 2, 3)
)
NOT_NAMED = THREE.replace("Hikvision,DS-2CD2347G2-LU", "Bullet,Outdoor")


@pytest.fixture
def run(data_dir: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "data"))

    def run(*arguments: object) -> tuple[int, str, str]:
        status = cli.run([str(one) for one in arguments], data_dir=lambda: data_dir, window=lambda *_: 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return run


def rolled_up(rows: str, run: Run, tmp_path: Path, *words: str) -> tuple[dict[str, Any], Path]:
    """The report of an organisation that answered "3 Hikvision", and whose register of these rows arrived after that."""
    record, file, national = tmp_path / "elm.camcensus", tmp_path / "elm-auditor.camcensus", tmp_path / "n.camcensus-rollup"
    body = Body(id="00000000-0000-4000-8000-000000000001", name="Elm Park School", type="school", urn=URN)
    register.new_inventory(record, body, datetime(2026, 12, 1, tzinfo=UTC)).close()
    (tmp_path / "register.csv").write_text(rows, "utf-8")
    (tmp_path / "letters.csv").write_text(
        f"organisation,type,urn,Hikvision?\nElm Park School,school,{URN},3\nOak,school,100322,Refused\n",
        "utf-8",
    )
    (tmp_path / "asked.csv").write_text(
        f"name,type,urn\nElm Park School,school,{URN}\nOak,school,100322\nFir,school,100323\nYew,school,100324\n", "utf-8"
    )
    status, out, err = run("import", record, tmp_path / "register.csv")
    assert status == 0, out + err
    status, out, err = run("export", record, "--audience", "auditor", "-o", file)
    assert status == 0, out + err
    status, out, err = run("rollup", national, file, "--bodies", tmp_path / "asked.csv", "--answers", tmp_path / "letters.csv")
    assert status == 0, out + err
    status, out, err = run("rollup-report", national, "--list", "uk-mps-2022", "--csv", tmp_path / "csv", "--json", *words)
    assert status == 0, out + err
    return json.loads(out), tmp_path / "csv"


def table(report: dict[str, Any], name: str) -> list[dict[str, Any]]:
    held = next(one for one in report["tables"] if one["name"] == name)
    return [dict(zip(held["columns"], row, strict=True)) for row in held["rows"]]


def test_a_register_counts_as_the_answer_before_it_did_and_as_recorded(run: Run, tmp_path: Path) -> None:
    report, folder = rolled_up(THREE, run, tmp_path)
    total = table(report, "by_body_type")[-1]
    assert (total["bodies"], total["bodies_proven"], total["bodies_not_known"]) == (1, 0, 0)
    assert (total["listed"], total["listed_proven"], total["listed_most"], total["not_known"]) == (3, 0, 3, 0)
    both = table(report, "by_type_and_way")[-1]
    assert (both["counted"], both["measured"], both["recorded"], both["claimed"]) == (1, 0, 1, 0)
    assert (both["bodies"], both["bodies_recorded"], both["bodies_claimed"], both["listed"]) == (1, 1, 0, 3)
    (answer,) = [one for one in table(report, "answers") if one["code"] == f"urn:{URN}"]
    assert (answer["low"], answer["in_file"], answer["in_file_proven"], answer["compared"]) == (3, 3, 0, "same")
    assert not [one for one in report["problems"] if one["kind"] == "file-says-fewer"]
    (row,) = csv.DictReader(io.StringIO((folder / "rollup.csv").read_text("utf-8-sig")))
    assert (row["state"], row["listed"], row["listed_proven"], row["method"]) == ("recorded", "3", "0", "import")


def test_each_that_was_asked_has_its_state(run: Run, tmp_path: Path) -> None:
    report, _ = rolled_up(THREE, run, tmp_path)
    assert {one["name"]: one["state"] for one in table(report, "bodies")} == {
        "Elm Park School": "recorded", "Fir": "no-reply", "Oak": "refused", "Yew": "no-reply",
    }  # fmt: skip
    assert (report["asked"], report["answered"]) == (4, 1), "a refusal is no answer"


def test_a_file_with_fewer_than_the_answer_is_named_with_both_numbers(run: Run, tmp_path: Path) -> None:
    report, _ = rolled_up(NOT_NAMED, run, tmp_path)
    assert table(report, "by_body_type")[-1]["listed"] == 0
    (problem,) = [one for one in report["problems"] if one["kind"] == "file-says-fewer"]
    assert problem["bodies"] == [f"urn:{URN}"]
    assert problem["say"] == (
        "Elm Park School answered “Hikvision?” with 3, and its file has 0. The file counts; ask which is right."
    )
