"""The published study added up again: its bodies as files, its percentages with their denominators."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from rollup_estate import NOW, ROOT, BodyTruth, Camera, knowledge, make_estate, write_file
from study import ANSWERED, BOTH, DAHUA, ENGLISH_SECONDARY, HAVE, HIKVISION, SHARES

ENGLISH, OTHER_SCHOOL = "English secondary school", "other school"


def numbers() -> dict[str, int]:
    """Bodies by kind: the six published, schools in two."""
    return {
        ENGLISH: ENGLISH_SECONDARY,
        OTHER_SCHOOL: ANSWERED["school"] - ENGLISH_SECONDARY,
        **{kind: number for kind, number in ANSWERED.items() if kind != "school"},
    }


def test_the_denominators_that_are_ours_fit_what_was_published() -> None:
    assert sum(ANSWERED.values()) == 1217
    assert sum(numbers().values()) == 1217
    have = sum(HAVE.values())
    assert have == HIKVISION + DAHUA - BOTH
    assert round(100 * have / 1217, 1) == SHARES["all"]
    assert round(100 * HAVE["council"] / ANSWERED["council"]) == SHARES["council"]
    assert round(100 * HAVE[ENGLISH] / ENGLISH_SECONDARY) == SHARES[ENGLISH]
    assert round(100 * HAVE["nhs"] / ANSWERED["nhs"]) == SHARES["nhs"]
    assert round(100 * HIKVISION / have) == SHARES["hikvision"]
    assert round(100 * DAHUA / have) == SHARES["dahua"]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """1,217 files of one or two cameras, and the list of the bodies, which says what kind each is."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "files").mkdir()
    estate = make_estate(1, 1, 1)
    sort = {
        name: next(
            n
            for n, one in enumerate(estate.templates)
            if (one.maker, one.grade, one.kind) == (name, "almost-certain", "camera")
        )
        for name in ("hikvision", "dahua", "axis")
    }
    estate.base = {table: rows for table, rows in estate.base.items() if table == "list_used"}
    listed, number, had = ["name,type,company_no"], 0, 0
    for kind, many in numbers().items():
        for place in range(many):
            makers = ["axis"]
            if place < HAVE[kind]:
                makers = ["hikvision"] if had < HIKVISION else ["dahua"]
                makers += ["dahua"] if had < BOTH else []
                had += 1
            body = BodyTruth(number, f"{kind} {place:04d}", "other", {"company_no": f"{number:08d}"})
            cameras = [
                Camera(sort[maker], number * 2 + at, "present", None, False, None, None) for at, maker in enumerate(makers)
            ]
            write_file(estate, body, cameras, folder / "files" / f"{number:04d}.camcensus", 0, number, NOW)
            listed.append(f"{body.name},{kind},{body.ids['company_no']}")
            number += 1
    (folder / "asked.csv").write_text("\n".join(listed), encoding="utf-8")
    with tasks.open_for_taking(folder / "study.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        done = tasks.take_in(rollup, [folder / "files"], knowledge(), NOW, bodies=folder / "asked.csv")
        assert [one.state for one in done.files] == ["accepted"] * 1217
        yield read_figures(rollup, lists_of(rollup, ["uk-mps-2022"]), "2026-11-24")


def test_the_published_percentages_come_out_with_their_denominators(figures: Figures) -> None:
    table = next(table for table in figures.tables if table.name == "by_body_type")
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    shares = {kind: (row["bodies"], row["counted"]) for kind, row in rows.items()}
    assert shares["All bodies"] == (740, 1217)
    assert shares["council"] == (237, 325)
    assert shares[ENGLISH] == (342, 600)
    assert shares["nhs"] == (30, 50)
    assert {kind: row["counted"] for kind, row in rows.items()} == {**numbers(), "All bodies": 1217}
    percent = {kind: 100 * have / of for kind, (have, of) in shares.items()}
    assert f"{percent['All bodies']:.1f}" == "60.8"
    assert [f"{percent[kind]:.0f}" for kind in ("council", ENGLISH, "nhs")] == ["73", "57", "60"]
    assert all(row["bodies_proven"] == row["bodies"] for row in rows.values())
    assert rows["All bodies"]["asked"] == 1217


def test_the_makers_are_of_those_with_either(figures: Figures) -> None:
    table = next(table for table in figures.tables if table.name == "by_type_and_maker")
    rows = {(row[0], row[1]): dict(zip(table.columns, row, strict=True)) for row in table.rows}
    hikvision, dahua = rows["All bodies", "hikvision"], rows["All bodies", "dahua"]
    assert (hikvision["bodies"], hikvision["bodies_with_listed"]) == (659, 740)
    assert (dahua["bodies"], dahua["bodies_with_listed"]) == (89, 740)
    assert round(100 * 659 / 740) == SHARES["hikvision"]
    assert round(100 * 89 / 740) == SHARES["dahua"]
