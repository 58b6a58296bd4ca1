"""The gate over labelled captures, and that its table can tell right from wrong."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bench.attribution_table import judge_all, main
from camcensus.store.vendors_db.read import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
CAPTURES = ROOT.parent / "shared" / "reference" / "captures"
VENDORS = ROOT / "vendors.db"


@pytest.mark.skipif(not (CAPTURES / "TRUTH.csv").exists(), reason="the labelled captures are not here")
def test_no_name_is_wrong_and_62_of_67_are_right() -> None:
    judged = judge_all(CAPTURES, load_knowledge(VENDORS))
    assert [one.file for one in judged if one.outcome == "wrong"] == []
    right = [one for one in judged if one.outcome == "right" and one.truth]
    assert len(right) >= 62
    assert [probe for one in judged for probe in one.probes] == []
    honeywell = next(one for one in judged if "Honeywell" in one.file)
    for verdict in honeywell.verdicts:
        answer = verdict.attribution
        assert (answer.manufacturer, answer.brand) == ("dahua", "Honeywell")
        assert answer.grade in ("likely", "almost-certain")
        assert answer.reason.startswith("Made by Dahua – ")
        assert "Honeywell" in answer.reason


def write(directory: Path, name: str, *lines: dict[str, Any]) -> None:
    known = {"at": "2026-11-24T10:00:00Z", "address": "10.0.0.5"}
    (directory / name).write_text("".join(json.dumps(known | line) + "\n" for line in lines), encoding="utf-8")


def raw(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    write(
        tmp_path,
        "hik.jsonl",
        {"probe": "http", "raw": raw('HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="IP Camera(C0001)"\r\n\r\n')},
    )
    write(tmp_path, "nobody.jsonl", {"probe": "http", "raw": raw("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")})
    write(tmp_path, "later.jsonl", {"probe": "reolink", "raw": raw("MO_I")})
    return tmp_path


def truth(directory: Path, **makers: str) -> None:
    with (directory / "TRUTH.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["file", "brand", "manufacturer", "model"])
        rows.writerows([f"{name}.jsonl", "", maker, ""] for name, maker in makers.items())


def test_the_table_counts_and_ends_well(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth(made_up, hik="hikvision", nobody="", later="dahua")
    assert main([str(made_up), str(VENDORS)]) == 0
    text = capsys.readouterr().out
    assert [line.split() for line in text.splitlines() if line.startswith(("likely", "unknown", "all"))] == [
        ["likely", "1", "0", "0"],
        ["unknown", "1", "0", "0"],
        ["all", "2", "0", "0"],
    ]
    assert "not yet read: 1\n  reolink: 1" in text


def test_a_wrong_name_is_printed_and_ends_with_status_1(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    truth(made_up, hik="dahua", nobody="axis")
    assert main([str(made_up), str(VENDORS)]) == 1
    text = capsys.readouterr().out
    assert "wrong        hik.jsonl (truth: dahua)" in text
    assert "no name      nobody.jsonl (truth: axis)" in text
    truth(made_up, hik="")
    assert main([str(made_up), str(VENDORS)]) == 1


def test_a_folder_without_captures_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(VENDORS)]) == 3
    assert "TRUTH.csv" in capsys.readouterr().err
    assert main(["--save"]) == 2
