"""`knowledge update`, `knowledge diff` and `show` under newer knowledge, from outside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from camcensus.app import main
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.wire.read import read
from costs import PATIENCE_S
from installers.knowledge.__main__ import main as workshop
from samples import observation, packet, write_capture
from store.vendors_db.signed_sample import note, older_and_newer, publisher_key, sign_file, write_key

Run = Callable[..., tuple[int, str, str]]
KEY = publisher_key()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carries out a command in this process, on 24 November 2026; gives status, stdout and stderr."""
    monkeypatch.setattr("camcensus.cli.common.now", lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))

    def carry_out(*argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        words = [str(argument) for argument in argv]
        status = workshop(words[1:]) if words[:2] == ["knowledge", "diff"] else main(words)
        out, err = capsys.readouterr()
        assert "Traceback" not in err + out
        return status, out, err

    return carry_out


@pytest.fixture
def brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Path:
    """A program with small knowledge of 3 February 2026, nobody's updates yet, and a signed newer file with its key."""
    built_in, file = older_and_newer(tmp_path)
    shutil.copytree(data_dir / "resources" / "keys", built_in.parent / "resources" / "keys")
    monkeypatch.setattr("camcensus.app.data_dir", lambda: built_in.parent)
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "person"))
    sign_file(file, KEY, note(file.read_bytes(), load_knowledge(file).version).line())
    write_key(tmp_path / "a.pub", KEY)
    return file


def person(brought: Path) -> Path:
    return brought.parent.parent / "person"


def is_sentence(text: str) -> bool:
    return text.endswith(".\n") and text.count("\n") == 1


def test_without_a_key_of_ours_the_person_gives_one(run: Run, brought: Path, tmp_path: Path) -> None:
    status, out, err = run("knowledge", "update", brought)
    assert (status, out) == (3, "")
    assert err.startswith("This Camcensus carries no key for updates yet")
    assert is_sentence(err)
    assert not person(brought).exists()
    status, out, err = run("knowledge", "update", brought, "--key", tmp_path / "a.pub")
    assert (status, err) == (0, "")
    assert out.startswith("In use from now on: 2026.03.04+")
    assert f"signed on 5 March 2026 with the key {KEY.public.name}. Before: 2026.02.03+" in out


def test_what_was_taken_is_used_by_every_command_and_another_file_can_be_named(run: Run, brought: Path, tmp_path: Path) -> None:
    assert run("knowledge", "show", "Maker C")[0] == 1
    run("knowledge", "update", brought, "--key", tmp_path / "a.pub")
    assert run("knowledge", "show", "Maker C")[0] == 0
    assert run("knowledge", "show", "Maker C", "--knowledge", tmp_path / "program" / "vendors.db")[0] == 1


def test_a_key_that_ships_is_used(run: Run, brought: Path, tmp_path: Path) -> None:
    keys = tmp_path / "program" / "resources" / "keys"
    write_key(keys / "in-use.pub", KEY)
    assert run("knowledge", "update", brought)[0] == 0
    status, _, err = run("knowledge", "update", brought)
    assert (status, "is not newer" in err, is_sentence(err)) == (3, True, True)


def test_a_changed_file_is_refused_and_what_was_in_use_stays(run: Run, brought: Path, tmp_path: Path) -> None:
    data = bytearray(brought.read_bytes())
    data[-1] ^= 1
    brought.write_bytes(data)
    status, out, err = run("knowledge", "update", brought, "--key", tmp_path / "a.pub")
    assert (status, out, is_sentence(err)) == (3, "", True)
    assert not person(brought).exists()


def test_one_signed_long_ago_is_taken_and_said_to_be_old(run: Run, brought: Path, tmp_path: Path) -> None:
    line = note(brought.read_bytes(), load_knowledge(brought).version, created="2020-01-02").line()
    sign_file(brought, KEY, line)
    status, _, err = run("knowledge", "update", brought, "--key", tmp_path / "a.pub")
    assert status == 0
    assert "date from 2 January 2020, over 12 months ago" in err
    assert is_sentence(err)


@pytest.mark.parametrize(("day", "old"), [((2027, 2, 2), False), ((2027, 2, 3), True), ((2031, 1, 1), True)])
def test_knowledge_of_over_a_year_ago_is_said_to_be_old_by_its_own_date_and_used_all_the_same(
    run: Run, brought: Path, monkeypatch: pytest.MonkeyPatch, day: tuple[int, int, int], old: bool
) -> None:
    monkeypatch.setattr("camcensus.cli.common.now", lambda: datetime(*day, tzinfo=UTC))
    status, out, err = run("knowledge", "show", "Maker A")
    said = "Our facts about makers and lists date from 3 February 2026, over 12 months ago. Look for an update.\n"
    assert (status, bool(out), err) == (0, True, said if old else "")


def test_a_damaged_update_is_said_and_the_built_in_one_used(run: Run, brought: Path, tmp_path: Path) -> None:
    run("knowledge", "update", brought, "--key", tmp_path / "a.pub")
    (file,) = person(brought).glob("vendors-*.db")
    file.write_bytes(b"")
    status, _, err = run("knowledge", "show", "Maker A")
    assert (status, "left aside" in err, is_sentence(err)) == (0, True, True)


def test_the_printed_comment_is_what_an_update_is_taken_with(run: Run, brought: Path, tmp_path: Path) -> None:
    status, out, _ = run("knowledge", "comment", brought, "--min-app", "0.1")
    assert (status, out.startswith("file=vendors.db version=2026.03.04+")) == (0, True)
    sign_file(brought, KEY, out.removesuffix("\n"))
    assert run("knowledge", "update", brought, "--key", tmp_path / "a.pub")[0] == 0


@pytest.fixture
def school(tmp_path: Path, data_dir: Path) -> Path:
    """An inventory judged by the shipped knowledge: a Dahua camera and a printer."""
    seen = []
    for number, probe, name in ((31, "dhip", "dhip/camera"), (60, "mdns", "mdns/printer")):
        raw = packet(name)
        seen.append(observation(number, probe=probe, ask=None, port=None, raw=raw, reading=read(probe, None, raw)))
    write_capture(tmp_path / "a.jsonl", seen)
    path = tmp_path / "school.camcensus"
    assert main(["identify", str(tmp_path / "a.jsonl"), "--inventory", str(path)]) == 0
    return path


_DAHUA = re.compile(r'\[\[statement\.names\]\]\nmanufacturer = "dahua"\n(?:(?!\[\[).*\n)*')
"""The table that names Dahua in a statement."""


@pytest.fixture(scope="module")
def unlisted(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """The shipped knowledge, where a list names Dahua no longer, of a later day."""
    from installers.knowledge.build import build

    folder = tmp_path_factory.mktemp("unlisted")
    shutil.copytree(data_dir / "resources" / "vendors", folder / "vendors")
    for path in (folder / "vendors" / "statements").glob("*.toml"):
        before, at, after = path.read_text("utf-8").partition('id = "uk-fac-2021"')
        path.write_text(before + at + _DAHUA.sub("", after, count=1), "utf-8")
    changes = folder / "vendors" / "CHANGES.md"
    changes.write_text(changes.read_text("utf-8") + "\n## 2031-01-02\n\nOne list less.\n", "utf-8")
    build(folder / "vendors", folder / "vendors.db")
    return folder / "vendors.db"


def document(run: Run, data_dir: Path, schema: str, *argv: object) -> Any:
    status, out, err = run(*argv)
    assert (status, err) == (0, "")
    made = json.loads(out)
    text = (data_dir / "resources" / "schema" / f"{schema}.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator(json.loads(text)).validate(made)
    return made


def test_diff_says_which_answers_would_change_and_writes_nothing(
    run: Run, school: Path, unlisted: Path, data_dir: Path
) -> None:
    before = school.read_bytes(), sorted(path.name for path in school.parent.iterdir())
    argv = ("knowledge", "diff", data_dir / "vendors.db", unlisted, "--inventory", school)
    status, out, err = run(*argv)
    assert (status, err) == (0, "")
    assert "1 of 2 answers in school.camcensus would change:" in out
    assert "  CAM-001 10.0.0.31" in out
    assert (
        "    why: Dahua is no longer on “A committee of MPs recommended that Hikvision and Dahua should not operate in the UK”."
        in out
    )
    made = document(run, data_dir, "knowledge-diff", *argv, "--json")
    (change,) = made["inventory"]["changes"]
    assert (change["ref"], change["why"]) == (
        "CAM-001",
        "Dahua is no longer on “A committee of MPs recommended that Hikvision and Dahua should not operate in the UK”.",
    )
    assert change["was"] != change["is"]
    parts = {part["what"]: part for part in made["parts"]}
    assert "Dahua in uk-fac-2021" in parts["makers named in statements"]["removed"]
    assert parts["makers"] == {"what": "makers", "added": [], "removed": [], "changed": []}
    assert (school.read_bytes(), sorted(path.name for path in school.parent.iterdir())) == before


def test_diff_of_a_file_with_itself_is_nothing(run: Run, school: Path, data_dir: Path) -> None:
    database = data_dir / "vendors.db"
    status, out, _ = run("knowledge", "diff", database, database, "--inventory", school)
    assert (status, "Nothing that is known differs." in out, "0 of 2 answers" in out) == (0, True, True)
    assert document(run, data_dir, "knowledge-diff", "knowledge", "diff", database, database, "--json")["inventory"] is None


@pytest.mark.parametrize("what", ["no file", "text", "an inventory", "a folder"])
def test_diff_of_what_is_no_knowledge_base_is_one_sentence(run: Run, school: Path, data_dir: Path, what: str) -> None:
    files = {"no file": school.parent / "none.db", "text": school.parent / "a.jsonl", "an inventory": school}
    status, out, err = run("knowledge", "diff", data_dir / "vendors.db", files.get(what, school.parent))
    assert (status, out, is_sentence(err)) == (3, "", True)


def test_show_judges_again_for_the_print_and_leaves_the_inventory(
    run: Run, school: Path, unlisted: Path, data_dir: Path
) -> None:
    before = school.read_bytes()
    plain = document(run, data_dir, "show", "show", school, "--json")
    assert plain["judged_again"] == {"answers": 0, "changes": []}
    made = document(run, data_dir, "show", "show", school, "--json", "--knowledge", unlisted)
    assert made["knowledge_version"] == load_knowledge(unlisted).version
    assert made["judged_again"]["answers"] == 2
    assert [one["ref"] for one in made["judged_again"]["changes"]] == ["CAM-001"]
    (listings,) = [device["listings"] for device in made["devices"] if device["asset"]]
    assert "uk-fac-2021" not in {one["list"] for one in listings}
    status, out, _ = run("show", school, "--knowledge", unlisted)
    assert status == 0
    assert "Re-checked with list version 2031.01.02+" in out
    assert (
        "Since the lists of 2 January 2031, 1 device is on other lists than before: Dahua is no longer on “A committee" in out
    )
    assert (
        "    why: Dahua is no longer on “A committee of MPs recommended that Hikvision and Dahua should not operate in the UK”."
        in out
    )
    assert "Re-checked" not in run("show", school)[1]
    assert school.read_bytes() == before


def test_an_update_changes_what_a_process_of_its_own_shows(school: Path, unlisted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "brought"
    folder.mkdir()
    file = Path(shutil.copy(unlisted, folder / "vendors.db"))
    sign_file(file, KEY, note(file.read_bytes(), load_knowledge(file).version).line())
    write_key(tmp_path / "a.pub", KEY)

    def outside(*argv: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "camcensus", *map(str, argv)],
            capture_output=True, encoding="utf-8", timeout=PATIENCE_S, check=True, env=os.environ | {"CAMCENSUS_DATA": str(tmp_path / "me")},
        )  # fmt: skip

    assert "In use from now on" in outside("knowledge", "update", file, "--key", tmp_path / "a.pub").stdout
    assert "Re-checked with list version 2031.01.02+" in outside("show", school).stdout
