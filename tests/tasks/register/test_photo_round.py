"""Photos of a phone: in order of time, stripped, given to rows as one edit; what cannot be read is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from camcensus.model.errors import IntakeError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.labels import LabelReading
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import photo_files
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.photo_files import Gift
from camcensus.tasks.register.verbs import HandRow
from camcensus.tasks.register.walking import PHOTO_TAKEN
from samples import NOW, body

BY = "A. Clerk"


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", body(), NOW) as made:
        register.do(
            made,
            knowledge,
            hand.add_rows(knowledge, [HandRow(tags=(PHOTO_TAKEN, "east")), HandRow(brand="Axis")], "R. Khan"),
            by=BY,
            now=NOW,
        )
        yield made


def photo(path: Path, taken: str | None = None, size: tuple[int, int] = (80, 60), turned: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    notes = Image.Exif()
    notes[0x010F] = "Sample phone"
    if taken:
        notes[0x0132] = taken
    if turned:
        notes[0x0112] = 6
    Image.new("RGB", size, "grey").save(path, exif=notes)
    return path


def test_a_link_in_a_folder_brings_no_picture_from_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "private.png").write_bytes(b"a picture of the person's")
    (tmp_path / "theirs").mkdir()
    link = tmp_path / "theirs" / "photo.png"
    try:
        link.symlink_to(tmp_path / "private.png")
    except OSError:
        pytest.skip("links cannot be made here")
    assert photo_files.find_pictures([tmp_path / "theirs"]) == []
    assert photo_files.find_pictures([link]) == [link], "one that was chosen itself"


def test_pictures_are_found_in_folders_and_below_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.JPG", "a.png", "inner/c.jpeg", "d.heic"):
        photo(tmp_path / "round" / name) if not name.endswith("heic") else (tmp_path / "round" / name).write_bytes(b"ftypheic")
    for name in (".hidden.jpg", "notes.txt", "film.mp4", ".trash/x.jpg"):
        (tmp_path / "round" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "round" / name).write_bytes(b"x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "round" / "pipe.jpg")
    found = photo_files.find_pictures([tmp_path / "round", tmp_path / "round" / "a.png", tmp_path / "nowhere.jpg"])
    assert [path.name for path in found] == ["a.png", "b.JPG", "d.heic", "c.jpeg"]


def test_photos_stand_in_order_of_the_cameras_time_else_the_files(tmp_path: Path) -> None:
    late = photo(tmp_path / "a.jpg", "2026:11:24 10:42:09")
    early = photo(tmp_path / "z.jpg", "2026:11:24 10:41:00")
    same = photo(tmp_path / "b.jpg", "2026:11:24 10:42:09")
    untold = photo(tmp_path / "c.png")
    os.utime(untold, (1_700_000_000, 1_700_000_000))
    order = photo_files.in_order(photo_files.when_taken(path) for path in (late, early, same, untold))
    assert [one.name for one in order] == ["c.png", "z.jpg", "a.jpg", "b.jpg"]
    assert [one.by_camera for one in order] == [False, True, True, True]
    with pytest.raises(IntakeError):
        photo_files.when_taken(tmp_path / "gone.jpg")


def test_a_picture_to_look_at_is_upright_and_small(tmp_path: Path) -> None:
    seen = photo_files.look_at(photo(tmp_path / "a.jpg", size=(4000, 3000), turned=True), 400)
    assert (seen.width, seen.height, len(seen.rgb)) == (300, 400, 300 * 400 * 3)
    (tmp_path / "b.jpg").write_bytes(b"nothing of the kind")
    with pytest.raises(IntakeError, match="no PNG or JPEG"):
        photo_files.look_at(tmp_path / "b.jpg", 400)
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "c.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IntakeError, match="damaged"):
        photo_files.look_at(tmp_path / "c.jpg", 400)


def test_photos_and_new_rows_are_one_edit_without_what_the_phone_notes(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path
) -> None:
    first, second = (row.id for row in inventory.assets())
    names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"]
    paths = {name: photo(tmp_path / name, f"2026:11:24 10:42:0{at}", (80 + at, 60)) for at, name in enumerate(names)}
    paths["d.jpg"].write_bytes(b"broken")
    gifts = [Gift(paths["a.jpg"], first), Gift(paths["b.jpg"], first), Gift(paths["c.jpg"], "new 1"), Gift(paths["d.jpg"], second),
             Gift(paths["e.jpg"], "new 1")]  # fmt: skip
    spool = tmp_path / "spool"
    spool.mkdir()
    done: list[int] = []
    kept, unread = photo_files.put_away(gifts, spool, done.append)
    assert done == [1, 2, 3, 4, 5]
    assert all(not one.put.photo.picture.data for one in kept)
    assert photo_files.unread_words(unread) == "1 file could not be read: d.jpg. Save as JPEG and give again."
    number = len(inventory.changes())
    new = {"new 1": HandRow(), "new 2": HandRow()}
    changes = inventory.do(photo_files.save_round(knowledge, kept, new), by=BY, now=NOW)
    assert changes.say == "4 photos given to 2 rows, 1 of them is new."
    assert len(inventory.changes()) == number + 1
    rows = {row.ref: row for row in inventory.assets()}
    assert {ref: row.photos for ref, row in rows.items()} == {"CAM-001": 2, "CAM-002": 0, "CAM-003": 2}
    assert rows["CAM-001"].tags == ("east",)
    one, *_ = inventory.photos(first)
    assert (one.name, one.taken_at) == ("a.jpg", "2026-11-24T10:42:00")
    picture = inventory.picture(one.picture)
    assert picture is not None
    assert b"Sample phone" not in picture.data
    register.undo(inventory, knowledge, NOW)
    assert [(row.ref, row.photos) for row in inventory.assets()] == [("CAM-001", 0), ("CAM-002", 0)]
    assert inventory.assets()[0].tags == (PHOTO_TAKEN, "east")
    register.redo(inventory, knowledge, NOW)
    assert len(inventory.photos()) == 4


def test_nothing_given_or_changed_on_the_way_is_refused_whole(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="No photo was given"):
        inventory.do(photo_files.save_round(knowledge, [], {}), by=BY, now=NOW)
    kept, _ = photo_files.put_away([Gift(photo(tmp_path / "a.jpg"), "new 1")], tmp_path, lambda _: None)
    kept[0].put.file.write_bytes(b"other")
    with pytest.raises(StoreError, match="changed while it was put away"):
        inventory.do(photo_files.save_round(knowledge, kept, {"new 1": HandRow()}), by=BY, now=NOW)
    assert (len(inventory.assets()), inventory.photos()) == (2, ())


def test_many_unread_files_are_named_in_part(tmp_path: Path) -> None:
    assert photo_files.unread_words([]) == ""
    said = photo_files.unread_words([tmp_path / f"{at}.heic" for at in range(7)])
    assert said.startswith("7 files could not be read: 0.heic, 1.heic, 2.heic, 3.heic, 4.heic and 2 more.")


def test_of_a_photo_with_a_code_what_it_says_is_saved(
    inventory: Inventory, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = photo_files.read_photo
    monkeypatch.setattr(photo_files, "read_photo", lambda path: replace(plain(path), shows_code=path.stem == "a"))
    first, second = (row.id for row in inventory.assets())
    read = LabelReading(model="X-100")
    gifts = [Gift(photo(tmp_path / f"{name}.jpg"), to, read) for name, to in (("a", first), ("b", second))]
    kept, _ = photo_files.put_away(gifts, tmp_path, lambda _: None)
    assert kept[0].put is None
    assert kept[1].put is not None
    changes = register.do(inventory, knowledge, photo_files.save_round(knowledge, kept, {}), by=BY, now=NOW)
    assert changes.say == "2 photos given to 2 rows. 1 photo shows a code and was not saved."
    assert [row.photos for row in inventory.assets()] == [0, 1]
    assert [row.model for row in register.rows(inventory, knowledge)] == ["X-100", "X-100"], "what the codes say is saved"
