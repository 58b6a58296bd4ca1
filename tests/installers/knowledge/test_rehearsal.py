"""The signing ceremony of a release, with keys that are thrown away: what is signed is taken, what is not is refused."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path

import pytest

from camcensus.model.errors import CamcensusError
from camcensus.store.signatures import PublicKey
from installers.knowledge import rehearsal
from installers.knowledge.__main__ import main
from installers.knowledge.build import build
from installers.knowledge.rehearsal import rehearse
from store.vendors_db.sources_sample import write_sources

REFUSED = {
    "A file that is not newer is refused": "is not newer than what Camcensus had already",
    "A file with one byte more is refused": "is not the file that was signed",
    "A comment of another file is refused": "is not the file that its signature speaks of",
    "A key that no release carries is refused": "is signed with a key that this Camcensus does not know",
    "A key that ships no more is refused": "is signed with a key that this Camcensus does not know",
}


def test_every_step_goes_as_it_must_and_nothing_is_kept(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = (data_dir / "vendors.db").read_bytes()
    steps = {step.name: step for step in rehearse(data_dir / "vendors.db", app="0.1.0", today=date(2026, 11, 27))}
    assert all(step.went_well for step in steps.values())
    assert {name: words for name, words in REFUSED.items() if words in steps[name].say} == REFUSED
    assert "A file signed with the spare is taken" in steps
    assert list(tmp_path.iterdir()) == []
    assert (data_dir / "vendors.db").read_bytes() == before


def test_a_refusal_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(write_sources(tmp_path / "sources"), tmp_path / "vendors.db")
    keys: list[PublicKey] = []  # all that were ever read, as if none went out
    monkeypatch.setattr(rehearsal, "read_keys", lambda folder: keys.extend(REAL(folder)) or tuple(keys))
    wrong = [step.name for step in rehearse(tmp_path / "vendors.db", app="0.1.0", today=date(2026, 2, 4)) if not step.went_well]
    assert "A key that ships no more is refused" in wrong


REAL = rehearsal.read_keys


def test_the_command_rehearses_and_its_status_says_how_it_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAMCENSUS_DATA", str(tmp_path / "person"))
    assert main(["rehearse"]) == 0
    out = capsys.readouterr().out
    assert "As it must: A file signed with the key in use is taken" in out
    assert "WRONG" not in out
    assert not (tmp_path / "person").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_what_is_no_file_or_too_large_is_a_sentence_and_read_within_a_limit(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, large = tmp_path / "pipe", tmp_path / "large"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(1 << 40)
    for path in (pipe, large):
        with pytest.raises(CamcensusError):
            rehearse(path, app="0.1.0", today=date(2026, 11, 27))

    given, read = data_dir / "vendors.db", Path.read_bytes

    def read_all(path: Path) -> bytes:
        assert path != given, "all of it is read, however much that is"
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_all)
    assert all(step.went_well for step in rehearse(given, app="0.1.0", today=date(2026, 11, 27)))
