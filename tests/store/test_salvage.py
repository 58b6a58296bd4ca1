"""What is brought out of damaged inventories: sound files with the rows that can be read, and never a row that was not there."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from pathlib import Path

import pytest

from camcensus.cli import run
from camcensus.model.errors import DamagedFileError, DiskError, StoreError
from camcensus.store import opening
from camcensus.store.edits import by_hand, placing, tagging
from camcensus.store.edits.by_hand import NewRow
from camcensus.store.inventory import create_inventory, open_inventory
from camcensus.store.keeping import SavedDevice
from camcensus.store.salvage import PAGE_BYTES, salvage
from camcensus.tasks import safekeeping
from samples import NOW, body, scan, verdict
from store.test_soundness import change

ROWS = 400


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two devices that were found, 400 rows by hand with notes, and places for them."""
    path = tmp_path_factory.mktemp("whole") / "school.camcensus"
    with create_inventory(path, body(), now=NOW) as inventory:
        found = [
            SavedDevice(
                id=f"device-{at}", new=True, device=verdict(at).device, verdict=verdict(at), outcome="Camera", prefix="CAM",
                matched="New.",
            )
            for at in (1, 2)
        ]  # fmt: skip
        inventory.keep(scan(), [], found, NOW)
        rows = [NewRow(kind="camera", prefix="CAM", place=None, values={"notes": f"Note {n} " * 20}) for n in range(ROWS)]
        inventory.do(by_hand.add_rows(rows), by="R. Khan", now=NOW)
        ids = [one.id for one in inventory.assets(None)]
        for at in range(0, ROWS, 40):
            names = ["Elm Park", f"Block {at}", "Ground", "Hall"]
            inventory.do(placing.set_place_named(ids[at : at + 40], names), by="R. Khan", now=NOW)
        inventory.do(tagging.decide(ids[:50], "replace", why="Listed"), by="R. Khan", now=NOW)
    return path


def refs(path: Path) -> dict[str, str | None]:
    with open_inventory(path) as inventory:
        return {one.ref: one.notes for one in inventory.assets(None)}


def damaged(whole: Path, path: Path, seed: int) -> str:
    """A copy with pages of noise or zeros, an end that is cut, or bits that are flipped."""
    chance, data = random.Random(seed), bytearray(whole.read_bytes())
    pages = len(data) // PAGE_BYTES
    way = chance.choice(("noise", "zeros", "cut", "bits", "header"))
    if way == "cut":
        del data[chance.randrange(PAGE_BYTES, len(data)) :]
    elif way == "header":
        data[chance.randrange(100)] ^= 1 << chance.randrange(8)
    for _ in range(chance.randint(1, 3) if way in ("noise", "zeros", "bits") else 0):
        at = chance.randrange(1, pages) * PAGE_BYTES
        if way == "bits":
            for _ in range(20):
                data[at + chance.randrange(PAGE_BYTES)] ^= 1 << chance.randrange(8)
        else:
            data[at : at + PAGE_BYTES] = chance.randbytes(PAGE_BYTES) if way == "noise" else bytes(PAGE_BYTES)
    path.write_bytes(bytes(data))
    return way


@pytest.mark.parametrize("seed", range(40))
def test_what_is_brought_out_opens_and_holds_only_what_was_there(whole: Path, tmp_path: Path, seed: int) -> None:
    bad, new = tmp_path / "bad.camcensus", tmp_path / "new.camcensus"
    way, before = damaged(whole, bad, seed), refs(whole)
    copy = bad.read_bytes()
    with contextlib.suppress(DamagedFileError):
        salvage(bad, new)
        opening.check_contents(new)
        found = refs(new)
        assert found.keys() <= before.keys() or way == "bits"
        if way != "bits":
            assert all(before[ref] == note for ref, note in found.items())
    assert bad.read_bytes() == copy
    assert {one.name for one in tmp_path.iterdir()} <= {"bad.camcensus", "new.camcensus"}


def test_a_page_of_zeros_costs_the_rows_on_it_and_few_others(whole: Path, tmp_path: Path) -> None:
    """Of each page of the register in turn: what is lost is what lay there."""
    with contextlib.closing(sqlite3.connect(whole)) as db:
        pages = [
            row[0] for row in db.execute("SELECT DISTINCT pageno FROM dbstat WHERE name = 'asset' AND pagetype = 'leaf'").fetchall()
        ]  # fmt: skip
    for number, page in enumerate(pages[:6]):
        bad, new, data = tmp_path / "bad.camcensus", tmp_path / f"{number}.camcensus", bytearray(whole.read_bytes())
        data[(page - 1) * PAGE_BYTES : page * PAGE_BYTES] = bytes(PAGE_BYTES)
        bad.write_bytes(data)
        salvage(bad, new)
        assert len(refs(new)) >= ROWS + 2 - 30


def test_a_sound_file_comes_out_whole_and_a_stranger_s_part_does_not(whole: Path, tmp_path: Path) -> None:
    bad, new = tmp_path / "bad.camcensus", tmp_path / "new.camcensus"
    bad.write_bytes(whole.read_bytes())
    change(
        bad,
        "CREATE TRIGGER wipe AFTER INSERT ON place BEGIN UPDATE asset SET decision = NULL; END",
        "CREATE VIEW more AS SELECT 1",
        "UPDATE place SET parent = id WHERE name = 'Block 0'",
        "UPDATE asset SET place = 'nowhere' WHERE ref = 'CAM-100'",
        "UPDATE asset SET notes = replace(hex(zeroblob(2000000)), '0', 'x') WHERE ref = 'CAM-101'",
    )
    with pytest.raises(StoreError):
        open_inventory(bad)
    found = salvage(bad, new)
    assert refs(new) == refs(whole) | {"CAM-101": None}
    assert found.kept["asset"] == ROWS + 2


def test_people_are_told_what_came_out_and_what_was_there_cannot_be_undone(
    whole: Path, tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, new = tmp_path / "bad.camcensus", tmp_path / "new.camcensus"
    bad.write_bytes(whole.read_bytes()[: whole.stat().st_size - PAGE_BYTES])
    argv = ["backups", str(bad), "--bring-out", str(new)]
    assert run(argv, data_dir=lambda: data_dir, window=lambda *_: 0) == 0
    out = capsys.readouterr().out
    assert "rows of the register" in out
    assert "“new.camcensus” now; compare it" in out
    with open_inventory(new) as inventory:
        assert inventory.changes(1)[0].say.startswith("Brought out of “bad.camcensus”")
        assert inventory.undo(NOW) is None
    with pytest.raises(DiskError, match="is there already"):
        safekeeping.bring_out(bad, new, NOW)


def test_of_noise_nothing_comes_out_and_that_is_said(tmp_path: Path) -> None:
    bad = tmp_path / "bad.camcensus"
    bad.write_bytes(random.Random(1).randbytes(50_000))
    with pytest.raises(DamagedFileError, match="Nothing could be brought out"):
        safekeeping.bring_out(bad, tmp_path / "new.camcensus", NOW)
