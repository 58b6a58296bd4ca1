"""Half a character (a lone surrogate) comes in JSON, in arguments and in names of files: it is read as U+FFFD, and stops nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from camcensus.cli.arguments import parsed
from camcensus.intake.objects import read_objects
from camcensus.model.words import storable
from cli.test_import import Run, file, run, written
from installers.knowledge.published import parse_json

__all__ = ["file", "run"]

HALF, MENDED = "Ha\ud800ll \udcff", "Ha\ufffdll \ufffd"
NAMES = ("Ref", "Name", "Make", "Model", "Serial number", "Room", "Site", "Notes", "Supplier", "MAC address", "IP", "Installed")


@pytest.mark.parametrize("name", NAMES)
def test_a_register_in_json_may_hold_it_in_every_value_and_name(run: Run, file: Path, tmp_path: Path, name: str) -> None:
    row = {
        "Ref": "K7",
        "Make": "Axis",
        "Model": "M1",
        "Serial number": "123456789",
        "Room": "Gym",
        name: HALF,
        f"More {HALF}": "x",
    }
    status, out, err = run("import", file, written(tmp_path, json.dumps([row]), "list.json"))
    assert (status, "went wrong" in err) == (1 if name in ("MAC address", "IP", "Installed") else 0, False), out
    status, shown, _ = run("show", file, "--csv")
    assert status == 0
    assert MENDED in shown or name in ("Ref", "MAC address", "IP", "Installed")


@pytest.mark.parametrize("text", ['{"a": "\\ud800", "\\udc00": [1, "\\ud83d\\ude00"]}', '{"a": "\\\\ud800"}', '"\ud800"', "[]"])
def test_any_json_of_others_comes_without(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        found = parse_json(text.encode(encoding, "surrogatepass"), "a.json")
        assert json.dumps(found, ensure_ascii=False).encode()
        if "\\\\u" in text or text == "[]":
            assert found == json.loads(text)
    assert storable("a😀ü") == "a😀ü"


def test_arguments_and_names_of_files_may_be_no_utf_8(run: Run, file: Path, tmp_path: Path) -> None:
    half = os.fsdecode(b"Elm \xff")
    try:
        path = written(tmp_path, "Ref,Room\nCAM-001,Hall\nK7,Gym\n", os.fsdecode(b"l\xffist.csv"))
    except OSError:
        pytest.skip("this disk takes no such name")
    for argv in (
        ["import", file, path, "--site", half],
        ["import", file, path, "--sheet", half],
        ["import", file, path, "--map", f"Room={half}"],
        ["show", file, "--changes-since", half],
        ["report", file, "--kind", "register", "--place", half, "-o", tmp_path / "a.pdf"],
    ):
        _, out, err = run(*argv)
        assert "went wrong" not in err, argv
        assert (out + err).encode()
    assert "Elm \ufffd" in run("show", file, "--csv")[1]


def test_each_reader_mends_it_where_it_comes_in(tmp_path: Path) -> None:
    half = os.fsdecode(b"l\xffist.json")
    asked = parsed(["import", "a.camcensus", half, "--site", half, "--map", f"Room={half}"])
    assert (asked.site, asked.map, asked.file) == ("l\ufffdist.json", ["Room=l\ufffdist.json"], Path(half))
    found = read_objects(json.dumps([{"name": HALF, HALF: HALF}]), "a.json")
    assert found is not None
    assert (found.names, found.rows) == (["name", MENDED], [(MENDED, MENDED)])
