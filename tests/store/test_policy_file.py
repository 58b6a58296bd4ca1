"""The policy file: every key known, every type right, and otherwise one sentence and no search."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from camcensus.model.errors import PolicyError
from camcensus.model.policy import Policy
from camcensus.store import policy_file
from camcensus.store.policy_file import FURTHER, KEYS, read_in_force, read_policy

WHOLE = """
contact = "IT service desk, 020 7946 0000."
[search]
allowed_ranges = ["10.20.0.0/16", "10.20.0.0/16"]
never_ask = ["10.20.5.0/28"]
paces = ["normal", "gentle"]
passive_only = false
logins = false
[files]
folders = ['~/Camcensus', 'ROOT/../srv/cctv']
for_others = ["backup"]
"""


def write(folder: Path, text: str | bytes, name: str = "policy.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.replace("ROOT", str(folder)).encode())
    return path


@pytest.fixture(autouse=True)
def no_policy_of_this_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(policy_file, "system_place", lambda: tmp_path / "etc" / "policy.toml")
    monkeypatch.delenv(FURTHER, raising=False)


def test_every_key_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    assert read_policy(path) == Policy(
        contact="IT service desk, 020 7946 0000",
        allowed_ranges=("10.20.0.0/16",),
        never_ask=("10.20.5.0/28",),
        paces=("gentle", "normal"),
        logins=False,
        folders=(str(Path("~/Camcensus").expanduser()), os.path.normpath(tmp_path / ".." / "srv" / "cctv")),
        for_others=("backup",),
        files=(str(path),),
    )


def test_an_empty_file_limits_nothing_but_is_a_policy(tmp_path: Path) -> None:
    read = read_policy(write(tmp_path, ""))
    assert read.is_set
    assert read.allowed_ranges is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("search = 1", r"“search” must be a table"),
        ("[serach]", r"“serach”, which Camcensus does not know"),
        ("[search]\nallowed_range = []", r"\[search\] has “allowed_range”"),
        ("[search]\nallowed_ranges = '10.0.0.0/8'", "list of texts"),
        ("[search]\nallowed_ranges = [10]", "list of texts"),
        ("[search]\nallowed_ranges = ['10.0.0.5/8']", "no range like"),
        ("[search]\nallowed_ranges = ['fe80::/10']", "no range like"),
        ("[search]\nnever_ask = ['lift']", "no range like"),
        ("[search]\npaces = ['slow']", "none of gentle, normal, fast"),
        ("[search]\npassive_only = 'yes'", "true or false"),
        ("[search]\nlogins = 0", "true or false"),
        ("[files]\nfolders = ['here']", "whole path"),
        ("[files]\nfolders = ['']", "whole path"),
        ("[files]\nfolders = ['$NOBODY_SET_THIS/x']", "whole path"),
        ("[files]\nfor_others = ['everybody']", "none of auditor"),
        ("contact = 7", "one line of text"),
        ("contact = 'a\\nb'\ncontact = 'c'", "no TOML"),
        ('contact = "a\\nb"', "one line of text"),
        ("[search", "no TOML"),
        ("a = " + "[" * 5000, "no TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b" " * (300 * 1024), "too large"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_that_says_so(tmp_path: Path, text: str | bytes, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(PolicyError, match=says) as caught:
        read_policy(path)
    said = str(caught.value)
    assert said.startswith(f"The policy file {path} cannot be used (")
    assert said.endswith("), so nothing is searched; ask your IT team.")
    assert "\n" not in said


def test_a_folder_and_a_missing_file_are_no_policy(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(PolicyError, match="so nothing is searched"):
            read_policy(path)


def test_none_where_none_is_and_the_systems_where_it_is(tmp_path: Path) -> None:
    assert read_in_force() == Policy()
    (tmp_path / "etc").mkdir()
    write(tmp_path / "etc", WHOLE)
    assert read_in_force().allowed_ranges == ("10.20.0.0/16",)


def test_a_file_named_beside_it_tightens_and_a_missing_one_stops_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "etc").mkdir()
    write(tmp_path / "etc", WHOLE)
    more = write(
        tmp_path, "contact = 'me'\n[search]\nallowed_ranges = ['10.20.1.0/24', '192.168.0.0/16']\nlogins = true", "more.toml"
    )
    monkeypatch.setenv(FURTHER, str(more))
    read = read_in_force()
    assert (read.allowed_ranges, read.logins, read.contact) == (("10.20.1.0/24",), False, "IT service desk, 020 7946 0000")
    assert len(read.files) == 2
    monkeypatch.setenv(FURTHER, os.pathsep.join([str(more), str(tmp_path / "gone.toml")]))
    assert "gone.toml cannot be used" in read_in_force().problem


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_one_that_may_not_be_looked_at_counts_as_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root nothing is barred, so the folder is a link that leads to itself: it cannot be looked into either."""
    (tmp_path / "etc").symlink_to(tmp_path / "etc")
    assert "cannot be used" in read_in_force().problem


def test_the_template_and_the_schema_hold_exactly_the_keys_that_are_read(data_dir: Path, tmp_path: Path) -> None:
    template = data_dir / "resources" / "policy-template.toml"
    assert read_policy(template) == Policy(files=(str(template),))
    shown = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and (" = " in line or line.startswith("# [")) else line
        for line in template.read_text("utf-8").splitlines()
    )
    values = tomllib.loads(shown)
    assert {key: set(table) for key, table in values.items() if isinstance(table, dict)} == {
        table: set(keys) for table, keys in KEYS.items()
    }
    assert set(values) == {*KEYS, "contact"}
    schema = json.loads((data_dir / "resources" / "schema" / "policy.schema.json").read_text("utf-8"))
    jsonschema.validate(values, schema)
    assert {table: set(schema["properties"][table]["properties"]) for table in KEYS} == {
        table: set(keys) for table, keys in KEYS.items()
    }
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"search": {"allowed_range": []}}, schema)
    assert schema["properties"]["search"]["properties"]["paces"]["items"]["enum"] == ["gentle", "normal", "fast"]
