"""Photos of labels find their camera; nothing is written unasked, and no security code is left anywhere."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from camcensus.cli import run
from camcensus.intake.code_search import find_codes
from camcensus.model.asset import Asset
from camcensus.model.knowledge import Knowledge
from camcensus.model.labels import LabelReading
from camcensus.store import backups
from camcensus.store.edits.by_hand import add_photos
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.register import by_hand as hand
from camcensus.tasks.register import photo_files
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.photo_files import SURE, Gift, LabelMatcher, LabelPhoto, find_pictures, read_photo
from camcensus.tasks.register.rows import AssetRow
from camcensus.tasks.register.verbs import HandRow
from label_pictures import LAYOUTS, SECRET, Printed, label, photographed, printed
from samples import NOW, body

pytest.importorskip("zxingcpp", reason="zxing-cpp reads the codes")
CAMERAS = 5


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


@pytest.fixture(scope="module")
def labels() -> list[Printed]:
    chance = random.Random(21)
    return [printed(LAYOUTS[at % len(LAYOUTS)], chance) for at in range(CAMERAS)]


@pytest.fixture
def path(tmp_path: Path, knowledge: Knowledge, labels: list[Printed]) -> Path:
    made = tmp_path / "school.camcensus"
    rows = [HandRow(serial=one.serial, mac=one.mac if at % 2 else "") for at, one in enumerate(labels)]
    with register.new_inventory(made, body(), NOW) as inventory:
        register.do(inventory, knowledge, hand.add_rows(knowledge, rows, "R. Khan"), by="R. Khan", now=NOW)
    return made


@pytest.fixture
def inventory(path: Path) -> Iterator[Inventory]:
    with register.open_inventory(path, NOW, readonly=True) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path, labels: list[Printed]) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    chance = random.Random(4)
    for at, one in enumerate(labels):
        (folder / f"IMG_{at:03}.jpg").write_bytes(photographed(label(one), chance, 0.4))
    (folder / "IMG_room.jpg").write_bytes(photographed(label(one).image.crop((0, 0, 600, 60)), chance, 0.4))
    (folder / "IMG_svg.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    return folder


def give(path: Path, knowledge: Knowledge, folder: Path, spool: Path) -> list[LabelPhoto]:
    """What the window does with a folder of photos: those that fit one camera surely are given to it."""
    with register.open_inventory(path, NOW) as inventory:
        matcher = LabelMatcher(register.rows(inventory, knowledge))
        seen = [matcher.look(photo) for photo in find_pictures([folder])]
        gifts = [Gift(one.path, one.fit.asset, one.fit.reading) for one in seen if one.fit.asset and one.fit.by in SURE]
        spool.mkdir(exist_ok=True)
        kept, unread = photo_files.put_away(gifts, spool, lambda _: None)
        assert unread == []
        register.do(inventory, knowledge, photo_files.save_round(knowledge, kept, {}), by="R. Khan", now=NOW)
    shutil.rmtree(spool)
    return seen


@pytest.mark.usefixtures("read_here")
def test_photos_find_their_camera_and_leave_no_security_code_anywhere(
    path: Path, photos: Path, tmp_path: Path, knowledge: Knowledge, data_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def command(*words: object) -> None:
        run([str(word) for word in words], data_dir=lambda: data_dir, window=lambda *_: 0)
        out, err = capfd.readouterr()
        assert SECRET not in out + err

    seen = give(path, knowledge, photos, tmp_path / "spool")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        refs = {asset.id: asset.ref for asset in inventory.assets()}
        fits = {one.path.name: refs.get(one.fit.asset or "") for one in seen}
        right = sum(fits[f"IMG_{at:03}.jpg"] == f"CAM-{at + 1:03}" for at in range(CAMERAS))
        wrong = sum(fits[f"IMG_{at:03}.jpg"] not in (None, f"CAM-{at + 1:03}") for at in range(CAMERAS))
        assert (right >= 0.7 * CAMERAS, wrong) == (True, 0)
        assert fits["IMG_room.jpg"] is None
        assert "no PNG or JPEG" in next(one.problem for one in seen if one.path.name == "IMG_svg.png")
        assert inventory.photos() == (), "what the codes say is saved, the photos are not"
        said = f"{right} photos given to {right} rows. {right} photos show codes and were not saved."
        assert inventory.changes(1)[0].say == said
    with register.open_inventory(path, NOW) as inventory:  # as the details of a camera save them, where a person says so
        for one in seen:
            if one.fit.asset and one.fit.by in SURE:
                added = add_photos(one.fit.asset, [read_photo(one.path)])
                register.do(inventory, knowledge, added, by="R. Khan", now=NOW)
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        assert len(inventory.photos()) == right
    command("show", path, "--json")
    command("export", path, "--audience", "auditor", "-o", tmp_path / "out.camcensus")
    command("export", path, "--audience", "supplier", "-o", tmp_path / "supplier.zip")
    command("export", path, "--audience", "public", "-o", tmp_path / "public.zip")
    command("export", path, "--audience", "backup", "--plain", "-o", tmp_path / "copy.camcensus-backup")
    command("report", path, "--kind", "evidence", "-o", tmp_path / "evidence.html")
    with register.open_inventory(path, NOW) as inventory:
        backups.back_up(inventory, NOW, closing=True)  # where the command has left none of it
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.parent != photos]
    assert backups.list_backups(path)[0].path in files
    parts = [part for file in files for part in parts_of(file)]
    assert not [at for at, part in enumerate(parts) if SECRET.encode() in part]
    pictures = {part for part in parts if part.startswith(b"\xff\xd8\xff")}
    assert len(pictures) >= right
    assert sum(part.startswith(b"\xff\xd8\xff") for part in parts) >= 4 * right, "record, ZIP and two back-ups hold each"
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as saved:
            assert not [code.text for code in find_codes(saved.convert("L")) if SECRET in code.text]


def parts_of(file: Path) -> Iterator[bytes]:
    """All bytes of a file, as they are and out of what packs them: the members of a ZIP, the pictures of a database."""
    yield (data := file.read_bytes())
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            yield from map(packed.read, packed.namelist())
    elif data.startswith(b"SQLite format 3"):
        with contextlib.closing(sqlite3.connect(file)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            yield from (one for (one,) in (database.execute("SELECT data FROM picture") if "picture" in tables else ()))


@pytest.mark.usefixtures("read_here")
def test_nothing_of_another_label_in_the_photo_is_saved_with_a_sure_fit(
    path: Path, labels: list[Printed], tmp_path: Path, knowledge: Knowledge
) -> None:
    codes = pytest.importorskip("zxingcpp", reason="zxing-cpp makes the codes")
    scene = Image.new("L", (1600, 800), 220)
    for left, text in ((100, f"MAC: {labels[1].mac}"), (900, "S/N: BBBB12345678 MODEL: OTHER-9")):
        code = Image.fromarray(codes.create_barcode(text, codes.BarcodeFormat.QRCode).to_image(scale=12))
        scene.paste(code, (left, 150))
    (tmp_path / "two").mkdir()
    scene.save(tmp_path / "two" / "IMG_1.png")
    give(path, knowledge, tmp_path / "two", tmp_path / "spool")
    with register.open_inventory(path, NOW, readonly=True) as inventory:
        rows = {row.asset.ref: row for row in register.rows(inventory, knowledge)}
        assert (rows["CAM-002"].serial, rows["CAM-002"].model) == (labels[1].serial, None)
    assert b"BBBB12345678" not in path.read_bytes()


def test_only_codes_that_name_the_camera_go_with_a_sure_fit(
    inventory: Inventory, knowledge: Knowledge, labels: list[Printed]
) -> None:
    matcher, one = LabelMatcher(register.rows(inventory, knowledge)), labels[1]
    other = LabelReading(model="OTHER-9", brand="Other")
    fit = matcher.fit([LabelReading(serial=one.serial), other, LabelReading(mac=one.mac, model="MINE-1")])
    assert fit.reading == LabelReading(serial=one.serial, mac=one.mac, model="MINE-1")
    assert fit.said.endswith("by its MAC address.")
    alone = matcher.fit([LabelReading(serial=one.serial, model="MINE-1")])
    assert alone.said.endswith("by its serial number.")


def test_a_label_that_fits_two_cameras_is_offered_to_none(
    inventory: Inventory, knowledge: Knowledge, labels: list[Printed]
) -> None:
    matcher = LabelMatcher(register.rows(inventory, knowledge))
    fit = matcher.fit([LabelReading(serial=labels[0].serial), LabelReading(serial=labels[2].serial)])
    assert (fit.asset, fit.said) == (None, "The codes in this photo fit CAM-001 and CAM-003. Choose one.")
    assert matcher.fit([]).said == ""
    strange = matcher.fit([LabelReading(serial="NOBODYS1234")])
    assert strange.said == "The label says: Serial number NOBODYS1234. It fits no camera in the list."
    two = matcher.fit([LabelReading(serial="NOBODYS1234"), LabelReading(serial="OTHERS56789")])
    assert (two.asset, two.reading) == (None, None)


def test_what_fits_by_its_model_or_nobody_is_for_a_person_to_look_at() -> None:
    one = AssetRow(asset=Asset(id="1", ref="CAM-001", kind="camera", device=None), model="X1")
    label = [LabelReading(model="X1"), LabelReading(serial="AAAA12345678")]
    whole = LabelReading(model="X1", serial="AAAA12345678")
    fit = LabelMatcher([one]).fit(label)
    assert (fit.asset, fit.by, fit.reading) == ("1", "model", whole)
    assert fit.said.endswith("It fits CAM-001 by its model. Look before you give it.")
    nobody = LabelMatcher([]).fit(label)
    assert (nobody.asset, nobody.reading) == (None, whole)
    assert nobody.said.endswith("It fits no camera in the list.")
