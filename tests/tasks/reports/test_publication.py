"""A publishing pack: sound files, no device and no address in them, and no subtraction that gives back what is not shown."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import itertools
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from camcensus.model.cells import guarded
from camcensus.model.errors import DiskError
from camcensus.planning.foi_counts import SMALL
from camcensus.planning.joined_rows import RULE
from camcensus.store.rollup.file import RollUpFile, open_rollup
from camcensus.store.rollup.tables import TABLES
from camcensus.tasks.reports.pack_report import NOT_SHOWN, PackWords
from camcensus.tasks.reports.publication import suggested_title, write_pack
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.answer_files import take_answer_files
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.published import SEVERAL, publication
from camcensus.tasks.rollup.published_tables import NOT_PUBLISHED, OF_ORGANISATIONS, PUBLISHED, FilledTable
from report.heard import complaints
from report.reading import read
from rollup_estate import NOW, ROOT, Estate, knowledge, make_estate, write_estate

WORDS = PackWords(title="Cameras of Northmoor", authors=("Office of Northmoor", "A. Auditor"), licence="ogl")
CAMERAS = {column.name for table in PUBLISHED for column in table.columns if column.kind == "cameras"}


def figures_of(rollup: tasks.RollUp) -> Figures:
    return read_figures(rollup, lists_of(rollup, ("uk-mps-2022", "uk-wms-2022")), "2026-11-24")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Estate, tasks.RollUp]]:
    folder = tmp_path_factory.mktemp("country")
    estate = make_estate(5, 40, 900, double_share=0.02)
    estate.bodies[0].name = "=1+1 <b>School</b>"
    write_estate(estate, folder / "files", two_files=0.2)
    with tasks.open_for_taking(folder / "Northmoor.camcensus-rollup", ROOT, knowledge(), NOW) as opened:
        tasks.take_in(opened, [folder / "files"], knowledge(), NOW)
        yield estate, opened


@pytest.fixture(scope="module")
def pack(country: tuple[Estate, tasks.RollUp], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "northmoor"
    write_pack(figures_of(country[1]), knowledge(), folder, WORDS, data_dir=ROOT, now=NOW)
    return folder


def of_csv(pack: Path, name: str) -> list[dict[str, str]]:
    with (pack / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_table_of_a_roll_up_is_published_or_left_out_on_purpose() -> None:
    assert {table.name for table in PUBLISHED}.isdisjoint(NOT_PUBLISHED)
    assert {*(table.name for table in PUBLISHED), *OF_ORGANISATIONS, *NOT_PUBLISHED} == set(TABLES)


def test_the_metadata_is_sound_and_says_what_every_column_means(pack: Path) -> None:
    checked = pytest.importorskip("csvw").CSVW(str(pack / "csv-metadata.json"), validate=True)
    assert checked.is_valid, checked.warnings
    assert not checked.warnings
    held = json.loads((pack / "csv-metadata.json").read_text("utf-8"))
    assert {one["url"] for one in held["tables"]} == {f"tables/{path.name}" for path in (pack / "tables").iterdir()}
    for one in held["tables"]:
        assert all(column["dc:description"] and column["dc:title"] for column in one["tableSchema"]["columns"])
    assert held["dc:license"]["@id"].startswith("https://www.nationalarchives.gov.uk/")
    assert held["dc:creator"] == list(WORDS.authors)


def test_the_database_has_the_same_tables_and_nothing_else(pack: Path) -> None:
    with contextlib.closing(sqlite3.connect(f"{(pack / 'counts.sqlite').as_uri()}?mode=ro", uri=True)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        tables = [*(table.name for table in PUBLISHED), *OF_ORGANISATIONS]
        assert names == {*tables, "about", "data_dictionary"}
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for name in tables:
            rows = db.execute(f'SELECT * FROM "{name}"').fetchall()
            said = [["" if cell in ("", NOT_SHOWN) else cell for cell in row.values()] for row in of_csv(pack, name)]
            assert [["" if cell is None else guarded(str(cell)) for cell in row] for row in rows] == said
        about = dict(db.execute("SELECT what, words FROM about"))
        assert about["Small counts"] == RULE
        assert {"Title", "Authors", "Licence", "List version", "Method 1"} <= about.keys()


def test_the_hashes_are_of_every_other_file(pack: Path) -> None:
    lines = (pack / "SHA256SUMS.txt").read_text("utf-8").splitlines()
    said = {name: digest for digest, name in (line.split("  ") for line in lines)}
    held = {path.relative_to(pack).as_posix(): path for path in pack.rglob("*") if path.is_file()}
    assert said.keys() == held.keys() - {"SHA256SUMS.txt"}
    assert all(hashlib.sha256(held[name].read_bytes()).hexdigest() == digest for name, digest in said.items())


def test_the_report_prints_the_rule_and_the_same_counts(pack: Path) -> None:
    paper = read((pack / "report.pdf").read_bytes())
    said = " ".join(" ".join(paper.root.words.split()).split("­"))
    assert WORDS.title in said
    assert "Counts of cameras from 1 to 4 are not shown" in said
    total = of_csv(pack, "by_body_type")[-1]
    assert f"{int(total['cameras_once']):,}" in said
    assert "Open Government Licence v3.0" in said


def test_checkers_of_accessibility_find_nothing_in_the_report(pack: Path) -> None:
    assert complaints(pack / "report.pdf") == []


def test_an_older_pack_is_not_written_over(country: tuple[Estate, tasks.RollUp], pack: Path) -> None:
    with pytest.raises(DiskError, match="not an empty folder"):
        write_pack(figures_of(country[1]), knowledge(), pack, WORDS, data_dir=ROOT, now=NOW)


def test_what_is_stopped_leaves_no_half_of_a_pack(country: tuple[Estate, tasks.RollUp], tmp_path: Path) -> None:
    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pack(
            figures_of(country[1]), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW, progress=stop
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_what_is_planted_in_any_column_of_an_exchange_file_is_nowhere_in_the_pack(tmp_path: Path) -> None:
    """A value of its own in every text column of every table; the roll-up is filled with it past every check."""
    estate = make_estate(9, 3, 60)
    write_estate(estate, tmp_path / "files", two_files=0)
    path = tmp_path / "n.camcensus-rollup"
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [tmp_path / "files"], knowledge(), NOW)
    marks = plant(path)
    assert len(marks) > 60
    with tasks.open_for_reading(path, ROOT) as rollup:
        write_pack(figures_of(rollup), knowledge(), tmp_path / "pack", WORDS, data_dir=ROOT, now=NOW)
    files = [one for one in (tmp_path / "pack").rglob("*") if one.is_file()]
    assert len(files) == len(PUBLISHED) + len(OF_ORGANISATIONS) + 6
    for one in files:
        data = one.read_bytes()
        whole = data + (" ".join(read(data).root.words.split()).encode() if one.suffix == ".pdf" else b"")
        found = {column for mark, column in marks.items() if mark.encode() in whole}
        assert not found, (one.name, found)


_LEFT_ALONE = {
    "_sqlite_migrations", "setting", "list", "body.name", "body.urn", "body.ods", "body.gss", "body.company_no", "body.code",
    "answer.grade", "answer.kind", "answer_list.list", "answer.key", "answer.candidates", "file.warnings", "round.lists",
    "export.state", "item.status", "file.state", "tally.counts_as", "answer_capability.state", "export.signed",
}  # fmt: skip
"""Ours, or what a pack names of an organisation; what has a fixed form cannot hold anything else."""


def plant(path: Path) -> dict[str, str]:
    """Put a mark into each text column of each row of a roll-up; gives the mark's beginning -> its column."""
    marks: dict[str, str] = {}
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in db.execute(f"PRAGMA table_info('{table}')").fetchall():
                if kind != "TEXT" or {table, f"{table}.{column}"} & _LEFT_ALONE or column.endswith("at"):  # a moment
                    continue
                mark = f"qz{len(marks):03d}x"
                keep = " WHERE false" if db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,) else ""
                number = "rowid" if db.execute(f"PRAGMA table_list({table})").fetchone()[4] == 0 else "''"
                with contextlib.suppress(sqlite3.IntegrityError):
                    db.execute(f"UPDATE OR FAIL {table} SET {column} = '{mark}' || {number}{keep}")
                    marks[mark] = f"{table}.{column}"
    return marks


def test_a_pack_of_answers_alone_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "organisation,type,Hikvision?,Dahua?\nElm,school,Yes,No\nOak,school,No,No\nAsh,council,,Yes\n", "utf-8"
    )
    with tasks.open_for_taking(tmp_path / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
        take_answer_files(rollup, [tmp_path / "a.csv"], knowledge(), NOW)
        figures = figures_of(rollup)
        words = PackWords(title=suggested_title(figures))
        write_pack(figures, knowledge(), tmp_path / "pack", words, data_dir=ROOT, now=NOW)
    assert words.title == "Cameras of 3 organisations"
    read_me = (tmp_path / "pack" / "README.txt").read_text("utf-8")
    assert "Counted by their answers alone: 3" in read_me
    assert "counted by what they answered" in read_me
    said = " ".join(read((tmp_path / "pack" / "report.pdf").read_bytes()).root.words.split())
    assert "Of 3 organisations counted, 3 of them by what they answered, 2 have at least one camera" in said


# -- subtraction: what a reader of the whole pack can work out


Atom = dict[str, Any]


def random_rollup(path: Path, seed: int) -> list[Atom]:
    """A small roll-up of counts drawn at random; gives its cameras, each sort with all that is known of it."""
    draw = random.Random(seed)
    known = knowledge()
    makers = ["hikvision", "dahua", "tiandy", "axis", "bosch", "hanwha"][: draw.randint(2, 6)]
    with contextlib.closing(open_rollup(path, NOW, make=True)) as file:
        rollup = tasks.RollUp(file, ROOT)
    with tasks.open_for_taking(path, ROOT, known, NOW) as rollup:
        db = rollup.file.connection
        answers = _answers(rollup.file, makers)
        atoms: list[Atom] = []
        with rollup.file.writing():
            for body in range(1, draw.randint(3, 14)):
                kind = draw.choice(("school", "nhs", "police", "council"))
                year = draw.choice((2024, 2025, 2026))
                db.execute(
                    "INSERT INTO body (id, code, name, type, asked) VALUES (?, ?, ?, ?, 0)",
                    [body, f"urn:{body}", f"B{body}", kind],
                )
                db.execute(
                    "INSERT INTO export (uuid, inventory, body, state, body_uuid, body_name, made_at, as_at, method, items, name,"
                    " knowledge_version, signed, sha256, channels_without_row) VALUES (?, ?, ?, 'accepted', ?, 'B', ?, ?, 'search',"
                    " 9, 'f', 'v', 'unsigned', ?, 0)",
                    [f"e{body}", f"i{body}", body, f"b{body}", *[f"{year}-01-01T00:00:00Z"] * 2, "0" * 64],
                )
                for _ in range(draw.randint(1, 9)):
                    answer, maker, band = draw.choice(answers)
                    atom = {
                        "body": body, "type": kind, "year": year, "maker": maker, "band": band,
                        "building": draw.choice(("school", "not recorded")),
                        "inside": draw.choice(("inside", "outside", "not recorded")),
                        "sensitive": draw.randint(0, 1), "installed": draw.choice((None, 2017, 2021, 2023)),
                        "number": draw.choice((1, 2, 3, 5, 8, draw.randint(1, 60))),
                    }  # fmt: skip
                    atoms.append(atom)
                    db.execute(
                        "INSERT INTO tally VALUES (?, ?, 'camera', ?, ?, ?, ?, ?, 0, 0)",
                        [body, answer, atom["building"], atom["inside"], atom["sensitive"], atom["installed"], atom["number"]],
                    )
    return atoms


def _answers(file: RollUpFile, makers: list[str]) -> list[tuple[int, str | None, str]]:
    from camcensus.store.rollup.answers import Answers, SharedAnswer

    answers = Answers(file.connection, knowledge())
    bands = {"almost-certain": "certain", "likely": "likely", "possible": "not known"}
    with file.writing():
        return [
            (
                answers.id_of(SharedAnswer("camera", maker, grade, None, (maker,), ())),
                maker if band != "not known" else None,
                band,
            )
            for maker in makers
            for grade, band in bands.items()
        ]


def measures() -> dict[str, Callable[[Atom], bool]]:
    listed = {one for one in ("hikvision", "dahua", "tiandy") if any(knowledge_lists(one))}
    based = {"hikvision", "dahua", "tiandy"}
    return {
        "cameras_once": lambda atom: True, "found_once": lambda atom: True,
        "listed_min": lambda atom: atom["maker"] in listed and atom["band"] == "certain",
        "listed_max": lambda atom: atom["maker"] in listed,
        "not_known": lambda atom: atom["band"] == "not known",
        "based_in_china_min": lambda atom: atom["maker"] in based and atom["band"] == "certain",
        "based_in_china_max": lambda atom: atom["maker"] in based,
        "cameras_min": lambda atom: atom["band"] != "likely", "cameras_max": lambda atom: True,
    }  # fmt: skip


def knowledge_lists(maker: str) -> Iterator[bool]:
    yield maker in ("hikvision", "dahua")


def _of(name: str, key: tuple[str, ...]) -> Callable[[Atom], bool]:
    """Which cameras are in a row of a table."""
    known = knowledge()
    kinds = {"Schools": "school", "NHS organisations": "nhs", "Police forces": "police", "Councils": "council"}
    match name:
        case "by_body_type":
            return lambda atom: key[0] == "All organisations" or atom["type"] == kinds[key[0]]
        case "by_year":
            return lambda atom: str(atom["year"]) == key[0]
        case "by_year_installed":
            return lambda atom: str(atom["installed"] or "Not recorded") == key[0]
        case "by_maker":
            return lambda atom: (known.name_of(atom["maker"]) if atom["maker"] else "Not known") == key[0]
        case "by_place_type":
            words = {
                "Building": lambda atom: atom["building"],
                "Inside or outside": lambda atom: atom["inside"],
                "Sensitive": lambda atom: "in a sensitive place" if atom["sensitive"] else "not marked as sensitive",
            }[key[0]]
            return lambda atom: words(atom).lower() == key[1].lower()
        case _:
            return lambda atom: name == "by_kind" and key[0] == "Cameras"


def possible(atoms: list[Atom]) -> list[Atom]:
    """Every sort of camera that a reader may think of, with none of most of them: nobody tells the reader which there are."""
    values = {name: sorted({atom[name] for atom in atoms}, key=repr) for name in ("type", "year", "maker", "installed")}
    values |= {"building": ["school", "not recorded"], "inside": ["inside", "outside", "not recorded"], "sensitive": [0, 1]}
    made = [
        dict(zip(values, one, strict=True)) | {"band": band, "number": 0}
        for one in itertools.product(*values.values())
        for band in (["not known"] if one[2] is None else ["certain", "likely"])
    ]
    return [*atoms, *made]


def cells(tables: tuple[FilledTable, ...], atoms: list[Atom]) -> Iterator[tuple[str, list[bool], int | None]]:
    """Each count of cameras: its place, which cameras it counts, and what is published of it."""
    of_measure = measures()
    for table in tables:
        names = [column.name for column in table.columns]
        joined: list[list[bool]] = []
        for values in table.rows:
            row = dict(zip(names, values, strict=True))
            key = tuple(str(row[column.name]) for column in table.columns if column.kind == "words")
            if SEVERAL in key:
                inside, joined = [any(some) for some in zip(*joined, strict=True)], []
            else:
                is_inside = _of(table.table.name, key)
                inside = [is_inside(atom) for atom in atoms]
                whole = [name for name in names if name in CAMERAS and not name.endswith("_min")]
                if whole and all(row[name] is None for name in whole):
                    joined.append(inside)
            for name in names:
                if name in CAMERAS and name in of_measure and table.table.name != "by_capability":
                    measure = of_measure[name]
                    yield (
                        f"{table.table.name} {key} {name}",
                        [i and measure(a) for i, a in zip(inside, atoms, strict=True)],
                        row[name],
                    )


PRIME = (1 << 31) - 1


class Span:
    """What can be worked out from forms by adding, subtracting and multiplying: Gauss' elimination over a large prime."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, Any]] = []

    def left_over(self, form: list[bool]) -> Any:
        numpy = pytest.importorskip("numpy")
        left = numpy.array(form, dtype=numpy.int64)
        for first, row in self._rows:
            if left[first]:
                left = (left - left[first] * row) % PRIME
        return left

    def add(self, form: list[bool]) -> None:
        left = self.left_over(form)
        if left.any():
            first = int(left.argmax())
            self._rows.append((first, left * pow(int(left[first]), -1, PRIME) % PRIME))


@pytest.mark.parametrize("seed", range(24))
def test_no_subtraction_gives_back_a_count_that_is_not_shown(seed: int, tmp_path: Path) -> None:
    atoms = possible(random_rollup(tmp_path / "n.camcensus-rollup", seed))
    with tasks.open_for_reading(tmp_path / "n.camcensus-rollup", ROOT) as rollup:
        said = publication(figures_of(rollup), knowledge(), NOW.year)
    span, hidden = Span(), []
    for place, form, shown in cells(said.tables, atoms):
        number = sum(atom["number"] for atom, counted in zip(atoms, form, strict=True) if counted)
        if shown is None:
            hidden.append((place, form, number))
        else:
            assert shown == number, place
            assert not 0 < shown < SMALL, place
            span.add(form)
    small = [one for one in hidden if 0 < one[2] < SMALL]
    assert not [place for place, form, _ in small if not span.left_over(form).any()]


def test_the_random_roll_ups_have_something_to_hide(tmp_path: Path) -> None:
    joined = hidden = 0
    for seed in range(12):
        random_rollup(tmp_path / f"{seed}.camcensus-rollup", seed)
        with tasks.open_for_reading(tmp_path / f"{seed}.camcensus-rollup", ROOT) as rollup:
            for table in publication(figures_of(rollup), knowledge(), NOW.year).tables:
                joined += sum(SEVERAL in row for row in table.rows)
                names = [column.name in CAMERAS for column in table.columns]
                hidden += sum(cell is None for row in table.rows for cell, counts in zip(row, names, strict=True) if counts)
    assert joined > 10
    assert hidden > 100


def test_a_name_that_a_spreadsheet_would_compute_is_text(pack: Path) -> None:
    for path in (pack / "tables").iterdir():
        assert not re.search(r'(?m)(^|,)"?[=+@-]', path.read_text("utf-8"))
