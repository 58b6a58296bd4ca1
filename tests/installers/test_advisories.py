"""Every locked package is looked up in a dated list of advisories, and none that is locked is affected."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.words import long_date
from conftest import ROOT
from installers import advisories, release
from installers.shared.facts import BuildError, version

DAY = date(2026, 11, 27)


def record(id_: str, name: str, events: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    package = {"name": name, "ecosystem": more.pop("ecosystem", "PyPI")}
    ranges = [{"type": "ECOSYSTEM", "events": events}, {"type": "GIT", "events": [{"introduced": "0"}]}] if events else []
    about = {"package": package, "ranges": ranges, "versions": more.pop("versions", [])}
    return {"id": id_, "modified": "2026-11-20T00:00:00Z", "published": "2026-11-01T00:00:00Z", "affected": [about], **more}


def made(tmp_path: Path, *records: dict[str, Any], pins: str = "lxml") -> advisories.Snapshot:
    path = tmp_path / "advisories.toml"
    path.write_text(advisories.remake(records, [pins], "paper", DAY, {}), "utf-8")
    return advisories.read_snapshot(path)


def test_what_is_locked_was_looked_up_and_is_not_affected() -> None:
    snapshot = advisories.read_snapshot()
    assert advisories.faults(snapshot, advisories.locked()) == []
    assert len(snapshot.packages) > 100
    assert snapshot.as_of <= snapshot.looked_at


def test_the_day_of_the_records_is_said_with_every_result_and_on_the_page_about_security() -> None:
    snapshot = replace(advisories.read_snapshot(), as_of="2024-10-10")
    assert "up to 2024-10-10 (2 days ago; later ones are not known here), 0 things wrong" in advisories.result(
        snapshot, 115, 0, date(2024, 10, 12)
    )
    assert "up to 2024-10-10 (732 days ago; later ones are not known here)" in advisories.result(
        snapshot, 115, 0, date(2026, 10, 12)
    )
    page = (ROOT / "resources" / "help" / "security.md").read_text("utf-8")
    assert f"The records in this version end on {long_date(advisories.read_snapshot().as_of)}:" in page


def test_every_lock_file_counts() -> None:
    pins = advisories.locked()
    assert {"lxml", "pytest", "pyinstaller", "hatchling", "macholib"} <= pins.keys()


def test_a_package_that_was_not_looked_up_is_a_fault(tmp_path: Path) -> None:
    (said,) = advisories.faults(made(tmp_path, record("A-1", "lxml", [])), {"lxml": {"1"}, "newcomer": {"1"}})
    assert said.startswith("newcomer was not looked up")


@pytest.mark.parametrize(
    ("events", "affected", "not_affected"),
    [
        ([{"introduced": "0"}, {"fixed": "4.9.1"}], ["1", "4.9.0.post1", "4.9.1rc1"], ["4.9.1", "5"]),
        ([{"introduced": "2"}, {"last_affected": "2.5"}], ["2", "2.5"], ["1.9", "2.5.1"]),
        ([{"introduced": "1"}, {"fixed": "1.5"}, {"introduced": "2"}, {"fixed": "2.1"}], ["1", "2.0"], ["1.5", "1.9", "2.1"]),
        ([{"introduced": "3"}], ["3", "99"], ["2.9"]),
    ],
)
def test_ranges_are_read_as_the_schema_says(
    tmp_path: Path, events: list[dict[str, str]], affected: list[str], not_affected: list[str]
) -> None:
    snapshot = made(tmp_path, record("A-1", "LXML", events, aliases=["CVE-2026-1"]))
    assert {one for one in affected + not_affected if advisories.faults(snapshot, {"lxml": {one}})} == set(affected)
    assert advisories.faults(snapshot, {"lxml": {affected[0]}}) == [f"lxml {affected[0]} is affected by A-1 (CVE-2026-1)"]


def test_a_version_that_is_named_beside_a_range_counts_too(tmp_path: Path) -> None:
    snapshot = made(tmp_path, record("A-1", "lxml", [{"introduced": "2"}, {"fixed": "3"}], versions=["1.7", "2.0"]))
    assert snapshot.packages["lxml"][0].versions == ("1.7",)
    assert [bool(advisories.faults(snapshot, {"lxml": {one}})) for one in ("1.6", "1.7", "2.0", "3")] == [
        False,
        True,
        True,
        False,
    ]


def test_versions_that_are_named_count_where_no_range_is_and_others_and_withdrawn_ones_do_not(tmp_path: Path) -> None:
    snapshot = made(
        tmp_path,
        record("A-1", "lxml", [], versions=["1.0"]),
        record("A-2", "lxml", [{"introduced": "0"}], ecosystem="npm"),
        record("A-3", "lxml", [{"introduced": "0"}], withdrawn="2026-11-02T00:00:00Z"),
        record("A-4", "other", [{"introduced": "0"}]),
    )
    assert advisories.faults(snapshot, {"lxml": {"1.0"}}) == ["lxml 1.0 is affected by A-1 ()"]
    assert advisories.faults(snapshot, {"lxml": {"1.1"}}) == []


def test_what_is_accepted_has_a_reason_stays_and_is_a_fault_when_it_is_gone(tmp_path: Path) -> None:
    accepted = {("lxml", "A-1"): "Only in a call that we do not make."}
    path = tmp_path / "advisories.toml"
    path.write_text(
        advisories.remake([record("A-1", "lxml", [{"introduced": "0"}])], ["lxml"], "paper", DAY, accepted), "utf-8"
    )
    snapshot = advisories.read_snapshot(path)
    assert snapshot.accepted == accepted
    assert advisories.faults(snapshot, {"lxml": {"1"}}) == []
    gone = replace(snapshot, packages={"lxml": ()})
    assert advisories.faults(gone, {"lxml": {"1"}}) == ["lxml A-1 is accepted and no longer in the records"]


def test_a_folder_without_records_or_with_something_else_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no OSV record in that folder"):
        advisories.remake(advisories.read_records(tmp_path), ["lxml"], "paper", DAY, {})
    (tmp_path / "a.json").write_text(json.dumps({"name": "no record"}))
    with pytest.raises(BuildError, match=r"a\.json is no OSV record"):
        list(advisories.read_records(tmp_path))


def test_a_release_is_not_built_from_old_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = made(tmp_path, record("A-1", "lxml", []))
    assert advisories.too_old(snapshot, date(2026, 12, 31)) is None
    assert "95 days ago" in (advisories.too_old(snapshot, date(2027, 2, 23)) or "")
    monkeypatch.setattr(release, "build_all", lambda *_: pytest.fail("it was built"))
    monkeypatch.setattr(release, "changed", lambda: False)
    monkeypatch.setattr(release.changelog, "newest", lambda _: version())
    monkeypatch.setattr(release.advisories, "too_old", lambda *_: "The newest advisory record is old.")
    with pytest.raises(BuildError, match="advisory record is old"):
        release.build(tmp_path / "dist", None, draft=False, windows=["--python-zip", "p.zip"])
