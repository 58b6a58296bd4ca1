"""A made-up country of files: what the roll-up says of it is what was put in, body by body and table by table."""

from __future__ import annotations

import csv
import io
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from camcensus.model.camera_use import USE_QUESTIONS
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import write_csv
from rollup_estate import (
    NAMED,
    NOW,
    ROOT,
    SURE,
    Camera,
    Estate,
    based_makers,
    knowledge,
    listed_makers,
    make_estate,
    once_in_nation,
    truth,
    write_estate,
)

BODIES, DEVICES = 70, 3000


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> tuple[Estate, Path]:
    estate = make_estate(11, BODIES, DEVICES, double_share=0.02)
    folder = tmp_path_factory.mktemp("country")
    write_estate(estate, folder / "files", two_files=0.2)
    return estate, folder


@pytest.fixture(scope="module")
def rollup(country: tuple[Estate, Path]) -> Iterator[tasks.RollUp]:
    _, folder = country
    with tasks.open_for_taking(folder / "national.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        done = tasks.take_in(opened, [folder / "files"], knowledge(), NOW)
        assert {one.state for one in done.files} == {"accepted"}
        yield opened


@pytest.fixture(scope="module")
def figures(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup), "2026-11-24")


def rows(figures: Figures, name: str) -> list[dict[str, object]]:
    table = next(table for table in figures.tables if table.name == name)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_the_country_has_what_a_country_has(country: tuple[Estate, Path]) -> None:
    estate, _ = country
    assert len(estate.shared) >= 5
    assert sum(len(body.paths) > 1 for body in estate.bodies) >= 5
    assert {estate.counts_as(one) for body in estate.bodies for one in body.cameras} >= {
        "camera",
        "recorder",
        "may-be-camera",
        "gone",
    }
    assert {estate.grade(one) for body in estate.bodies for one in body.cameras} >= {
        "almost-certain",
        "likely",
        "possible",
        "conflicting",
        "unknown",
    }


def test_every_body_has_the_figures_that_were_put_in(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    held = {one.name: one for one in figures.bodies}
    assert held.keys() == {body.name for body in estate.bodies}
    for body in estate.bodies:
        row = held[body.name]
        assert {key: getattr(row, key) for key in truth(estate, body)} == truth(estate, body), body.name
        assert row.type == body.type
        assert row.files == len(body.paths)


def test_bodies_stand_from_a_to_z(figures: Figures) -> None:
    assert [one.name for one in figures.bodies] == sorted(one.name for one in figures.bodies)


def test_the_national_total_counts_each_device_once(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    once = [(body, one) for body, one in once_in_nation(estate) if estate.counts_as(one) == "camera"]
    assert figures.totals.cameras == len(once)
    assert figures.totals.cameras_in_bodies == sum(len(estate.cameras_of(body)) for body in estate.bodies)
    assert figures.totals.cameras < figures.totals.cameras_in_bodies
    listed = listed_makers()
    assert figures.totals.listed_proven == sum(estate.maker(one) in listed and estate.grade(one) in SURE for _, one in once)
    assert figures.totals.listed == sum(estate.maker(one) in listed and estate.grade(one) in NAMED for _, one in once)
    assert figures.totals.not_known == sum(estate.grade(one) not in NAMED for _, one in once)
    based = based_makers()
    assert figures.totals.based_proven == sum(estate.maker(one) in based and estate.grade(one) in SURE for _, one in once)
    assert figures.totals.based == sum(estate.maker(one) in based and estate.grade(one) in NAMED for _, one in once)


def test_makers_based_in_china_have_columns_of_their_own_and_are_listed_only_where_a_list_names_them(
    country: tuple[Estate, Path], rollup: tasks.RollUp, figures: Figures
) -> None:
    estate, _ = country
    once = [one for _, one in once_in_nation(estate) if estate.counts_as(one) == "camera" and estate.grade(one) in NAMED]
    based, listed = based_makers(), listed_makers()
    held = {row["maker"]: (row["listed"], row["based_in_china"]) for row in rows(figures, "by_maker")}
    assert held == {maker: (int(maker in listed), int(maker in based)) for maker in held}
    by_type = [
        (
            sum(truth(estate, body)["based_in_china_proven"] > 0 for body in group),
            sum(truth(estate, body)["based_in_china"] > 0 for body in group),
        )
        for group in (
            [body for body in estate.bodies if body.type == kind] for kind in sorted({body.type for body in estate.bodies})
        )
    ]
    assert [
        (row["bodies_based_in_china_proven"], row["bodies_based_in_china"]) for row in rows(figures, "by_body_type")[:-1]
    ] == by_type
    for name in ("by_place_type", "by_year_installed", "by_year"):
        first = rows(figures, name)[0].get("place_type")
        total = sum(int(row["based_in_china"]) for row in rows(figures, name) if row.get("place_type") == first)  # type: ignore[call-overload]
        assert total == figures.totals.based == sum(estate.maker(one) in based for one in once), name
    (reading,) = [row for row in rows(figures, "by_list") if row["our_reading"]]
    assert reading["list"] == "uk-wms-2022"
    assert (reading["cameras_proven"], reading["cameras"]) == (figures.totals.based_proven, figures.totals.based)
    alone = read_figures(rollup, lists_of(rollup, ["uk-wms-2022"]), "2026-11-24")
    assert (alone.totals.listed, alone.reads) == (0, True)
    assert alone.totals.based == figures.totals.based
    assert not read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24").reads


def test_bodies_with_a_camera_by_a_listed_maker_by_type(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    expected = {}
    for kind in {body.type for body in estate.bodies}:
        these = [truth(estate, body) for body in estate.bodies if body.type == kind]
        expected[kind] = (
            len(these), len(these), sum(one["listed_proven"] > 0 for one in these), sum(one["listed"] > 0 for one in these),
            sum(
                one["listed"] == 0 and (one["not_known"] + one["may_be_cameras"] > 0 or one["cameras"] == 0 < one["recorders"])
                for one in these
            ),
        )  # fmt: skip
    columns = ("answered", "counted", "bodies_proven", "bodies", "bodies_not_known")
    assert {row["body_type"]: tuple(row[name] for name in columns) for row in rows(figures, "by_body_type")[:-1]} == expected
    total = rows(figures, "by_body_type")[-1]
    assert [total[name] for name in columns] == [sum(one[at] for one in expected.values()) for at in range(5)]


def _makers(estate: Estate, cameras: list[Camera], grades: tuple[str, ...]) -> set[str]:
    return {maker for one in cameras if estate.grade(one) in grades and (maker := estate.maker(one)) is not None}


def test_by_type_and_maker_is_the_published_shape(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    listed, based = listed_makers(), based_makers()
    shown = listed | based
    sure: Counter[tuple[str, str]] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    for body in estate.bodies:
        for kind in (body.type, "All bodies"):
            sure.update((kind, maker) for maker in _makers(estate, estate.cameras_of(body), SURE) & shown)
            named.update((kind, maker) for maker in _makers(estate, estate.cameras_of(body), NAMED) & shown)
    table = rows(figures, "by_type_and_maker")
    assert {(row["body_type"], row["maker"]) for row in table} >= named.keys()
    for row in table:
        key = (str(row["body_type"]), str(row["maker"]))
        assert (row["bodies_proven"], row["bodies"]) == (sure[key], named[key])
        assert (row["listed"], row["based_in_china"]) == (int(key[1] in listed), int(key[1] in based))


def test_by_maker_adds_up_to_all_cameras(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    once = Counter(
        (estate.maker(one) if estate.grade(one) in NAMED else "not known")
        for _, one in once_in_nation(estate)
        if estate.counts_as(one) == "camera"
    )
    table = rows(figures, "by_maker")
    assert {row["maker"]: row["cameras"] or row["not_known"] for row in table} == once
    assert sum(int(row["cameras"]) + int(row["not_known"]) for row in table) == figures.totals.cameras  # type: ignore[call-overload]


def test_places_years_and_kinds(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    once = [one for _, one in once_in_nation(estate) if estate.counts_as(one) == "camera"]
    places = {(row["place_type"], row["place"]): row["cameras_once"] for row in rows(figures, "by_place_type")}
    assert places["sensitive", "in a sensitive place"] == sum(one.sensitive for one in once)
    assert places["inside or outside", "inside"] == sum(one.inside == "inside" for one in once)
    assert places["inside or outside", "not recorded"] == sum(one.inside is None for one in once)
    years = {row["installed_year"]: row["cameras_once"] for row in rows(figures, "by_year_installed")}
    assert years == Counter(one.year or 0 for one in once)
    kinds = {row["counts_as"]: row["found_once"] for row in rows(figures, "by_kind")}
    assert kinds == Counter(estate.counts_as(one) for _, one in once_in_nation(estate))


def test_capabilities(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    bodies: Counter[str] = Counter()
    for body in estate.bodies:
        bodies.update(
            {
                able
                for one in estate.cameras_of(body)
                if one.template is not None
                for able in estate.templates[one.template].able
            }
        )
    assert {row["capability"]: row["bodies_able"] for row in rows(figures, "by_capability")} == bodies
    for row in rows(figures, "by_capability"):  # no maker's list of a model is in these files: nothing was looked at
        assert row["bodies_none_found"] == 0
        with_cameras = sum(bool(estate.cameras_of(body)) for body in estate.bodies)
        assert row["bodies_able"] + row["bodies_not_known"] == with_cameras  # type: ignore[operator]
    for row in rows(figures, "by_capability"):
        makers = [
            {
                maker
                for one in estate.cameras_of(body)
                if one.template is not None and row["capability"] in estate.templates[one.template].able
                if estate.grade(one) in NAMED and (maker := estate.maker(one)) is not None
            }
            for body in estate.bodies
        ]
        assert row["bodies_listed"] == sum(not found.isdisjoint(listed_makers()) for found in makers)
        assert row["bodies_based_in_china"] == sum(not found.isdisjoint(based_makers()) for found in makers)


def test_lists_are_counted_whether_they_are_chosen_or_not(rollup: tasks.RollUp, figures: Figures) -> None:
    assert {row["list"]: row["is_counted"] for row in rows(figures, "by_list")} == {
        "uk-fac-2021": 1, "uk-mps-2022": 1, "uk-wms-2022": 1, "us-entity-list": 0, "us-fcc-covered": 0, "us-ndaa-889": 0,
    }  # fmt: skip
    chosen = read_figures(rollup, lists_of(rollup, ["us-ndaa-889"]), "2026-11-24")
    whole = next(row for row in rows(figures, "by_list") if row["list"] == "us-ndaa-889")
    assert (whole["bodies_proven"], whole["bodies"]) == (chosen.totals.bodies_proven, chosen.totals.bodies)
    assert (whole["cameras_proven"], whole["cameras"]) == (chosen.totals.listed_proven, chosen.totals.listed)


def test_the_csv_adds_up_by_hand_to_the_national_totals(figures: Figures, tmp_path: Path) -> None:
    write_csv(figures, tmp_path / "csv")
    text = (tmp_path / "csv" / "rollup.csv").read_bytes().decode("utf-8-sig")
    held = list(csv.DictReader(io.StringIO(text, newline="")))
    assert "\r\n" in text
    assert len(held) == BODIES

    def total(column: str, elsewhere: str) -> int:
        return sum(int(row[column]) - int(row[elsewhere]) for row in held)

    assert total("found_count", "found_elsewhere") == figures.totals.cameras
    assert total("listed_proven", "listed_proven_elsewhere") == figures.totals.listed_proven
    assert total("listed", "listed_elsewhere") == figures.totals.listed
    assert total("based_in_china_proven", "based_in_china_proven_elsewhere") == figures.totals.based_proven
    assert total("based_in_china", "based_in_china_elsewhere") == figures.totals.based
    assert total("not_known", "not_known_elsewhere") == figures.totals.not_known
    assert sum(row["counted"] == "1" and int(row["listed"]) > 0 for row in held) == figures.totals.bodies


def test_shared_devices_are_named(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    pairs: dict[int, set[str]] = {}
    for body in estate.bodies:
        for one in body.cameras:
            if one.unit in estate.shared and one.status != "removed":
                pairs.setdefault(one.unit, set()).add(body.name)
    expected = sum(len(names) > 1 for names in pairs.values())
    assert sum(one.devices for one in figures.problems if one.kind == "device-in-two-bodies") == expected
    twice = sum(len({c.unit for c in a} & {c.unit for c in b if c.status != "removed" and c.template is not None and estate.templates[c.template].keyed})
                for body in estate.bodies if len(body.records) > 1 for (_, a), (_, b) in [body.records])  # fmt: skip
    assert sum(one.devices for one in figures.problems if one.kind == "device-in-two-records") == twice


def test_the_order_of_the_files_does_not_matter(country: tuple[Estate, Path], figures: Figures, tmp_path: Path) -> None:
    _, folder = country
    paths = sorted((folder / "files").iterdir())
    random.Random(5).shuffle(paths)
    with tasks.open_for_taking(tmp_path / "other.camcensus-rollup", ROOT, knowledge(), NOW) as other:
        half = len(paths) // 2
        tasks.take_in(other, paths[:half], knowledge(), NOW)
        tasks.take_in(other, paths[half:], knowledge(), NOW)
        again = read_figures(other, lists_of(other), "2026-11-24")
    assert [table.rows for table in again.tables] == [table.rows for table in figures.tables]
    assert [one.name for one in again.bodies] == [one.name for one in figures.bodies]


def test_the_same_files_again_change_nothing(country: tuple[Estate, Path], rollup: tasks.RollUp) -> None:
    _, folder = country
    connection = rollup.file.connection
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    ]

    def held() -> dict[str, list[str]]:
        """Every row but for when and how a file was last seen, which may be told better the second time."""
        columns = {name: [row[1] for row in connection.execute(f"PRAGMA main.table_info({name})")] for name in names}
        columns["file"] = [name for name in columns["file"] if name not in ("id", "at")]
        return {
            name: sorted(map(repr, connection.execute(f"SELECT {', '.join(columns[name])} FROM main.{name}"))) for name in names
        }

    before = held()
    done = tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
    assert all(one.again and one.state == "accepted" for one in done.files)
    assert held() == before


def _of_all(figures: Figures, name: str, column: str, value: str = "cameras") -> dict[object, object]:
    """The rows of all bodies of a table by kind of body."""
    return {row[column]: row[value] for row in rows(figures, name) if row["body_type"] == "All bodies"}


def test_what_staff_wrote_down_of_cameras_is_counted_once_in_the_nation(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    once = [one for _, one in once_in_nation(estate) if estate.counts_as(one) == "camera"]
    assert _of_all(figures, "by_camera_type", "camera_type") == Counter(one.camera_type or "not recorded" for one in once)
    assert _of_all(figures, "by_dpia", "dpia") == Counter("has a reference" if one.dpia_ref else "no reference" for one in once)
    days = Counter(
        "not recorded" if (kept := one.retention_days) is None
        else next(words for most, words in _KEPT if kept <= most)
        for one in once
    )  # fmt: skip
    assert _of_all(figures, "by_retention", "kept") == days
    purposes = Counter(
        " ".join(one.purpose.split())[:1].upper() + " ".join(one.purpose.split())[1:] if one.purpose else "Not recorded"
        for one in once
    )
    assert _of_all(figures, "by_purpose", "purpose") == purposes
    for name in ("by_camera_type", "by_dpia", "by_retention", "by_purpose", "by_firmware_age", "by_cloud_link"):
        by_kind = sum(int(row["cameras"]) for row in rows(figures, name) if row["body_type"] != "All bodies")  # type: ignore[call-overload]
        assert by_kind == figures.totals.cameras, name


_KEPT = ((7, "up to 7 days"), (31, "8 to 31 days"), (90, "32 to 90 days"), (9999, "over 90 days"))


def test_decisions_of_cameras_and_what_is_left_to_do(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    once = [one for _, one in once_in_nation(estate) if estate.counts_as(one) == "camera"]
    decided = Counter(one.decision or "undecided" for one in once)
    assert _of_all(figures, "by_decision", "decision") == decided
    listed = Counter(
        one.decision or "undecided" for one in once if estate.maker(one) in listed_makers() and estate.grade(one) in NAMED
    )
    assert _of_all(figures, "by_decision", "decision", "listed") == {name: listed[name] for name in decided}
    left = _of_all(figures, "by_decision", "decision", "left_to_do")
    assert left == {name: decided[name] if name in ("replace", "remove", "separate") else 0 for name in decided}
    due = Counter(
        {None: 0, "2026-27": 2026, "2027": 2027, "soon": 0}[one.decision_year]
        for one in once
        if one.decision in ("replace", "remove")
    )
    assert _of_all(figures, "by_decision_year", "year") == due


def test_the_answers_of_organisations_on_how_they_use_their_cameras(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    for question in (one.name for one in USE_QUESTIONS):
        said = Counter(body.use[question] or "not answered" for body in estate.bodies)
        held = {row["said"]: row["bodies"] for row in rows(figures, "by_use") if row["question"] == question and row["body_type"] == "All bodies"}  # fmt: skip
        assert held == said


def test_a_plan_of_two_records_is_added_up(country: tuple[Estate, Path], figures: Figures) -> None:
    estate, _ = country
    files = [(body, cameras) for body in estate.bodies for _, cameras in body.records]
    held = {row["year"]: row for row in rows(figures, "cost_by_year") if row["body_type"] == "All bodies"}
    assert held.keys() == {2026, 0}
    assert held[2026]["items"] == sum(len(cameras) for _, cameras in files)
    assert held[2026]["total_pence"] == sum(100_000 + body.number for body, _ in files)
    assert (held[2026]["bodies"], held[0]["unpriced"]) == (len(estate.bodies), 2 * len(files))


def test_a_body_is_none_found_only_where_every_camera_was_looked_at() -> None:
    """One of body 1 can; the makers' lists of both of 2 lack it; 3 and 4 have one whose list nobody read; 5 has no camera."""
    with closing(sqlite3.connect(":memory:")) as held:
        held.executescript(
            "CREATE TABLE camera (body, answer, found, found_once, listed, based, band);"
            "CREATE TABLE answer_capability (answer, capability, state);"
            "CREATE TABLE body_count (body, cameras, cameras_once, asked, answered, counted);"
            "INSERT INTO answer_capability VALUES (1, 'face-recognition', 'able'), (2, 'face-recognition', 'unknown');"
            "INSERT INTO body_count VALUES"
            " (1, 2, 2, 1, 1, 1), (2, 2, 2, 1, 1, 1), (3, 2, 2, 1, 1, 1), (4, 1, 1, 1, 1, 1), (5, 0, 0, 1, 1, 1);"
            "INSERT INTO camera VALUES (1, 1, 1, 1, 0, 0, 'c'), (1, 2, 1, 1, 0, 0, 'c'), (2, 2, 2, 2, 0, 0, 'c'),"
            " (3, 2, 1, 1, 0, 0, 'c'), (3, 3, 1, 1, 0, 0, 'c'), (4, 3, 1, 1, 0, 0, 'c');"
        )
        held.row_factory = sqlite3.Row
        (row,) = held.execute((ROOT / "resources/rollup/by_capability.sql").read_text(encoding="utf-8"))
    assert [row[name] for name in ("bodies_able", "bodies_none_found", "bodies_not_known")] == [1, 1, 2]
