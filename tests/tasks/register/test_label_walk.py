"""Photos with no readable label are offered the camera that the walk leaves, and nothing where it leaves two."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from camcensus.model.asset import Asset
from camcensus.model.labels import LabelReading
from camcensus.tasks.register.label_fit import LabelFit
from camcensus.tasks.register.label_walk import fit_by_walk
from camcensus.tasks.register.photo_files import PhotoFile
from camcensus.tasks.register.rows import AssetRow

START = datetime.fromisoformat("2026-11-24T10:00:00")


def camera(ref: str, *place: str) -> AssetRow:
    """An entry that nothing is known of but its place."""
    return AssetRow(asset=Asset(id=ref, ref=ref, kind="camera", device=None, place_path=place))


def rows(*places: int) -> list[AssetRow]:
    """So many cameras in each room, CAM-001 on."""
    made = []
    for room, cameras in enumerate(places):
        for _ in range(cameras):
            ref = f"CAM-{len(made) + 1:03}"
            made.append(camera(ref, "School", f"Room {room + 1}"))
    return made


def walk(*steps: tuple[float, str | LabelFit]) -> tuple[list[PhotoFile], dict[Path, LabelFit]]:
    """Photos by (seconds, the camera whose label was read, or "")."""
    photos, fits = [], {}
    for at, (seconds, said) in enumerate(steps):
        path = Path(f"IMG_{at}.jpg")
        photos.append(PhotoFile(path, (START + timedelta(seconds=seconds)).isoformat(), True))
        if isinstance(said, LabelFit):
            fits[path] = said
        else:
            fits[path] = LabelFit((LabelReading(serial=said),), said, "serial number") if said else LabelFit()
    return photos, fits


def offered(made: list[AssetRow], *steps: tuple[float, str | LabelFit]) -> list[str | None]:
    photos, fits = walk(*steps)
    found = fit_by_walk(photos, fits, made)
    return [found[photo.path].asset if photo.path in found else None for photo in photos]


def test_the_only_camera_without_a_photo_in_the_room_is_offered_with_the_reason() -> None:
    photos, fits = walk((0, "CAM-001"), (60, ""), (120, "CAM-003"))
    found = fit_by_walk(photos, fits, rows(3))
    (offer,) = found.values()
    assert (offer.asset, offer.by) == ("CAM-002", "time and place")
    assert offer.said == "Taken between CAM-001 and CAM-003, where only CAM-002 has no photo yet. Look before you give it."


@pytest.mark.parametrize("order", [(1, 3, 2), (2, 3, 1), (3, 2, 1)])
def test_the_order_of_the_walk_in_a_room_does_not_matter_for_one_camera(order: tuple[int, int, int]) -> None:
    steps = [(60.0 * at, "" if number == 3 else f"CAM-00{number}") for at, number in enumerate(order)]
    assert [one for one in offered(rows(3), *steps) if one] == ["CAM-003"]


def test_several_are_offered_in_the_order_of_the_sheet_in_the_direction_of_the_walk() -> None:
    assert offered(rows(4), (0, "CAM-001"), (60, ""), (120, ""), (180, "CAM-004")) == [None, "CAM-002", "CAM-003", None]
    assert offered(rows(4), (0, "CAM-004"), (60, ""), (120, ""), (180, "CAM-001")) == [None, "CAM-003", "CAM-002", None]


def test_nothing_is_offered_where_the_walk_leaves_more_cameras_than_photos_or_none() -> None:
    assert offered(rows(4), (0, "CAM-001"), (60, ""), (120, "CAM-004")) == [None, None, None]
    assert offered(rows(2), (0, "CAM-001"), (60, ""), (120, "CAM-002")) == [None, None, None]
    assert offered(rows(3), (0, ""), (60, ""), (120, "")) == [None, None, None]
    assert offered(rows(3), (0, "CAM-001"), (4000, ""), (9000, "CAM-003")) == [None, None, None]


def test_without_rooms_the_order_of_the_sheet_is_what_is_left() -> None:
    made = [camera(f"CAM-00{number}") for number in range(1, 5)]
    assert offered(made, (0, "CAM-001"), (60, ""), (120, "CAM-003"), (180, "")) == [None, "CAM-002", None, None]


def test_a_photo_right_beside_that_of_a_label_is_of_the_same_camera() -> None:
    found = offered(rows(3), (0, "CAM-001"), (6, ""), (90, ""), (96, ""), (180, "CAM-003"))
    assert found == [None, "CAM-001", "CAM-002", "CAM-002", None]


def test_what_was_read_decides_between_two_cameras_and_may_speak_against_the_only_one() -> None:
    made = rows(4)
    hint = LabelFit((LabelReading(model="X1"),), hint=LabelReading(model="X1"))
    other = LabelFit((LabelReading(serial="OTHER99"),), hint=LabelReading(serial="OTHER99"))
    made[1], made[2] = (AssetRow(asset=row.asset, model=model) for row, model in ((made[1], "X1"), (made[2], "Z9")))
    assert offered(made, (0, "CAM-001"), (60, hint), (120, "CAM-004"))[1] == "CAM-002"
    made[1] = AssetRow(asset=made[1].asset, serial="SERIAL1")
    assert offered(made[:2] + made[3:], (0, "CAM-001"), (60, other), (120, "CAM-004"))[1] is None


def test_codes_that_may_be_of_two_labels_are_offered_with_a_doubt_and_not_saved() -> None:
    readings = (LabelReading(serial="OTHER99"), LabelReading(model="X1"))
    fit = LabelFit(readings, hint=LabelReading(model="X1", serial="OTHER99"))
    photos, fits = walk((0, "CAM-001"), (60, fit), (120, "CAM-003"))
    (offer,) = fit_by_walk(photos, fits, rows(3)).values()
    assert (offer.asset, offer.reading) == ("CAM-002", None)
    assert offer.said.startswith("The label says: Model X1, serial number OTHER99. Its codes may be of two labels. Taken")


def test_the_time_of_a_file_offers_nothing() -> None:
    photos, fits = walk((0, "CAM-001"), (60, ""), (120, "CAM-003"))
    photos = [PhotoFile(one.path, one.taken, False) for one in photos]
    assert fit_by_walk(photos, fits, rows(3)) == {}


def test_twenty_walks_of_forty_cameras_find_nine_of_ten_and_offer_few_others() -> None:
    right = wrong = cameras = 0
    for seed in range(20):
        chance = random.Random(seed)
        made = rows(*(chance.choice((3, 4, 5)) for _ in range(10)))[:40]
        rooms: dict[tuple[str, ...], list[AssetRow]] = {}
        for row in made:
            rooms.setdefault(row.asset.place_path, []).append(row)
        order = [row for room in rooms.values() for row in (chance.sample(room, len(room)) if chance.random() < 0.5 else room)]
        steps, seconds = [], 0.0
        for row in order:
            seconds += chance.uniform(25, 120)
            steps.append((seconds, row.asset.ref if chance.random() < 0.85 else ""))
        for (_, said), offer, row in zip(steps, offered(made, *steps), order, strict=True):
            cameras += 1
            right += row.asset.ref in (said, offer)
            wrong += offer not in (None, row.asset.ref)
    assert right >= 0.9 * cameras
    assert wrong <= 0.02 * cameras
