"""Adding a review up again, without Camcensus: python tests/bench/readd.py [--bodies 60] [--letters 40 --both 10] [FOLDER]

Makes the simulated review (`camcensus demo --auditor --headless`) in FOLDER, where it is not there yet, then reads the
organisations' files and the list of those asked with `csv` and `sqlite3` alone, works out every table that a review asks for, and
compares it with the CSV files of the roll-up cell by cell. Prints a line for each table; status 1 where a cell differs.

Of the files those count whose tables have the digests that they state. How a device that two organisations have is counted once:
by a strong number that both give, for the one whose record is newer.

With `--letters` the review is one of so many files (`--bodies`), of which `--both` answered too, and so many letters; five
more refused and five said nothing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from readd_totals import totals

ROOT = Path(__file__).resolve().parents[2]
NAMED = ("confirmed", "almost-certain", "likely")
NOT_AI = ("audio", "temperature")
KEYS = {
    "school": "urn", "college": "urn", "nhs": "ods", "council": "gss", "police": "gss", "university": "company_no",
    "shop": "company_no",
}  # fmt: skip
Row = dict[str, Any]
Table = list[tuple[str, ...]]


def asked(path: Path) -> list[Row]:
    """The organisations on the list of those asked."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def records(folder: Path) -> Iterator[Row]:
    """What the sound files hold, each export once."""
    seen = set()
    for path in sorted(folder.iterdir()):
        record = _record(path)
        if record is not None and record["export"]["id"] not in seen:
            seen.add(record["export"]["id"])
            yield record


def _record(path: Path) -> Row | None:
    try:
        db = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        db.row_factory = sqlite3.Row
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        held = {name: [dict(row) for row in db.execute(f'SELECT * FROM "{name}"')] for name in tables}
        (export,) = held["export"]
        stated = json.loads(export["tables"])
        for name in held:
            if name != "export" and _digest(db, name) != stated[name]["sha256"]:
                return None
        db.close()
    except (sqlite3.DatabaseError, KeyError, ValueError):
        return None
    return {**held, "export": export}


def _digest(db: sqlite3.Connection, table: str) -> str:
    info = db.execute(f'PRAGMA table_info("{table}")').fetchall()
    columns = ", ".join(f'"{row["name"]}"' for row in info)
    key = ", ".join(f'"{row["name"]}"' for row in sorted((row for row in info if row["pk"]), key=lambda row: row["pk"]))
    text = "".join(f"{row[0]}\n" for row in db.execute(f'SELECT json_array({columns}) FROM "{table}" ORDER BY {key}'))
    return hashlib.sha256(text.encode()).hexdigest()


class Review:
    """The organisations with their cameras and other devices, each a plain mapping."""

    def __init__(self, folder: Path, lists: Iterable[str], files: str = "files") -> None:
        self.lists = set(lists)
        self.asked = asked(folder / "asked.csv")
        self.bodies: dict[str, Row] = {}
        for one in self.asked:
            number = one[KEYS[one["type"]]]
            self.bodies[number] = {**one, "record": None, "assets": []}
        for record in records(folder / files):
            (body,) = record["body"]
            mine = self.bodies[body[KEYS[body["type"]]]]
            mine["record"], mine["answers"], mine["assets"] = record, body, list(self._assets(record))
        self._count_once()

    def _assets(self, record: Row) -> Iterator[Row]:
        by = {name: {row["device"]: row for row in record[name]} for name in ("attribution",)}
        devices = {row["id"]: row for row in record["device"]}
        firms = {row["id"]: row["name"] for row in record["contact_role"]}
        decisions = {row["asset"]: row for row in record["decision"]}
        findings = defaultdict(list)
        for row in record["finding"]:
            findings[row["device"]].append(row)
        numbers = defaultdict(set)
        for row in record["device_key"]:
            if row["trust"] == "strong" and row["kind"] != "addr":
                numbers[row["device"]].add((row["kind"], row["value"]))
        for row in record["asset"]:
            who, found = by["attribution"].get(row["device"], {}), findings[row["device"]]
            named = who.get("grade") in NAMED and who.get("manufacturer") is not None
            device = devices.get(row["device"], {})
            decided = decisions.get(row["id"], {})
            yield row | {
                "maker": who["manufacturer"] if named else None,
                "maker_name": who.get("manufacturer_name"),
                "listed": named and any(one["state"] == "listed" and one["subject"] in self.lists for one in found),
                "lists": {one["subject"] for one in found if named and one["state"] == "listed"},
                "may": any(one["state"] in ("listed", "may-be-listed") and one["subject"] in self.lists for one in found),
                "based": named and any(one["kind"] == "seat" and one["state"] == "based" for one in found),
                "sure": who.get("grade") in NAMED[:2],
                "able": {one["subject"]: one["state"] for one in found if one["kind"] == "capability"},
                "flaws": {one["subject"]: (one["state"], one["known_exploited"]) for one in found if one["kind"] == "advisory"},
                "cloud": device.get("cloud_state") or "unknown",
                "built": device.get("firmware_date"),
                "firm": firms.get(row["seller"]),
                "decision": decided.get("what"),
                "due": _first_year(decided.get("year")),
                "numbers": numbers[row["device"]],
                "newness": (record["export"]["as_at"], record["export"]["made_at"], record["export"]["id"], row["id"]),
                "once": 1,
            }

    def _count_once(self) -> None:
        owners = defaultdict(list)
        for body in self.answered():
            for one in body["assets"]:
                if one["status"] != "removed":
                    for number in one["numbers"]:
                        owners[number].append(one)
        for alike in owners.values():
            newest = max(alike, key=lambda one: one["newness"])
            for one in alike:
                if one is not newest:
                    one["once"] = 0

    def answered(self) -> list[Row]:
        return [body for body in self.bodies.values() if body["record"] is not None]

    def cameras(self, body: Row) -> list[Row]:
        return [one for one in body["assets"] if one["counts_as"] == "camera"]

    def counted(self, body: Row) -> bool:
        return any(one["counts_as"] != "other" for one in body["assets"])

    def of_kind(self, kind: str) -> list[Row]:
        return [body for body in self.answered() if kind in ("All bodies", body["type"])]

    def kinds(self) -> list[str]:
        return [*sorted({body["type"] for body in self.bodies.values()}), "All bodies"]


def _first_year(label: str | None) -> int | None:
    return int(label[:4]) if label and label[:4].isdecimal() and (len(label) == 4 or label[4] == "-") else None


def _band(value: int | None, bands: Iterable[tuple[int, str]], nothing: str) -> str:
    if value is None:
        return nothing
    return [words for least, words in bands if value >= least][-1]


RETENTION = ((0, "up to 7 days"), (8, "8 to 31 days"), (32, "32 to 90 days"), (91, "over 90 days"))
AGES = ((0, "under 1 year"), (1, "1 to 2 years"), (3, "3 to 4 years"), (5, "5 years or more"))


def _age(one: Row) -> int | None:
    if not one["built"]:
        return None
    built, seen = one["built"][:10], one["newness"][0][:10]
    return max(0, int(seen[:4]) - int(built[:4]) - (seen[5:] < built[5:]))


def _by_kind(
    review: Review,
    values: Callable[[Row], Iterable[tuple[Any, Row]]],
    cells: Callable[[list[tuple[Row, list[Row]]]], tuple[Any, ...]],
) -> Table:
    """For each value and kind of body: the value, the kind, how many are counted, and `cells` of the bodies with their things."""
    found: Table = []
    for kind in review.kinds():
        bodies = review.of_kind(kind)
        held: dict[Any, list[tuple[Row, list[Row]]]] = defaultdict(list)
        for body in bodies:
            mine: dict[Any, list[Row]] = defaultdict(list)
            for value, one in values(body):
                mine[value].append(one)
            for value, some in mine.items():
                held[value].append((body, some))
        counted = sum(review.counted(body) for body in bodies)
        for value, pairs in held.items():
            key = value if isinstance(value, tuple) else (value,)
            found.append(tuple(map(str, (*key, kind, counted, *cells(pairs)))))
    return found


def _once(pairs: list[tuple[Row, list[Row]]]) -> int:
    return sum(one["once"] for _, some in pairs for one in some)


def tables(review: Review) -> dict[str, Table]:
    """Each table by its name, in any order."""
    cameras = review.cameras

    def of(value: Callable[[Row], Any]) -> Callable[[Row], Iterable[tuple[Any, Row]]]:
        return lambda body: [(value(one), one) for one in cameras(body)]

    def number(pairs: list[tuple[Row, list[Row]]]) -> tuple[int, int]:
        return len(pairs), _once(pairs)

    def listed(pairs: list[tuple[Row, list[Row]]]) -> int:
        return sum(one["once"] for _, some in pairs for one in some if one["listed"])

    made = {
        "by_camera_type": _by_kind(review, of(lambda one: one["camera_type"] or "not recorded"), number),
        "by_purpose": _by_kind(review, of(lambda one: one["purpose"] or "Not recorded"), number),
        "by_retention": _by_kind(review, of(lambda one: _band(one["retention_days"], RETENTION, "not recorded")), number),
        "by_firmware_age": _by_kind(review, of(lambda one: _band(_age(one), AGES, "not known")), number),
        "by_dpia": _by_kind(review, of(lambda one: "has a reference" if one["dpia_ref"] else "no reference"), number),
        "by_cloud_link": _by_kind(
            review,
            of(lambda one: "not known" if one["cloud"] == "unknown" else one["cloud"]),
            lambda pairs: (*number(pairs), listed(pairs)),
        ),
    }
    made |= {"by_capability_and_type": _abilities_by_kind(review), "by_known_flaw": _flawed(review), "by_flaw": _flaws(review)}
    made |= _abilities(review)
    made |= {"by_decision": _decisions(review), "by_decision_year": _due(review), "cost_by_year": _costs(review)}
    made |= {
        "spend_by_year": _spend(review),
        "by_supplier": _suppliers(review),
        "by_use": _use(review),
        "by_site": _sites(review),
    }
    made |= {"by_place_type": _by_place(review)}
    return made


def _can(one: Row) -> dict[str, bool]:
    """What it can do, and whether that is on."""
    able = {name: state == "on" for name, state in one["able"].items() if state in ("able", "on", "off")}
    smart = [on for name, on in able.items() if name not in NOT_AI]
    return able | ({"any": any(smart)} if smart else {})


def _abilities_by_kind(review: Review) -> Table:
    found: Table = []
    for kind in review.kinds():
        bodies = review.of_kind(kind)
        every = sum(one["once"] for body in bodies for one in review.cameras(body))
        names = {name for body in bodies for one in review.cameras(body) for name in _can(one)}
        for name in names:
            able = [(body, [one for one in review.cameras(body) if name in _can(one)]) for body in bodies]
            on = [(body, [one for one in some if _can(one)[name]]) for body, some in able]
            cells = (
                name, kind, sum(map(review.counted, bodies)), sum(bool(some) for _, some in able), sum(bool(some) for _, some in on),
                _once(able), _once(on), every - _once(able),
            )  # fmt: skip
            found.append(tuple(map(str, cells)))
    return found


def _abilities(review: Review) -> dict[str, Table]:
    def count(keys: Callable[[Row], Iterable[tuple[Any, ...]]]) -> dict[tuple[Any, ...], tuple[int, ...]]:
        able: dict[Any, list[tuple[int, Row, bool]]] = defaultdict(list)
        for at, body in enumerate(review.answered()):
            for one in review.cameras(body):
                for name, on in _can(one).items():
                    for key in keys(one):
                        able[name, *key].append((at, one, on))
        return {
            key: (
                len({at for at, _, _ in some}), len({at for at, _, on in some if on}), sum(one["once"] for _, one, _ in some),
                sum(one["once"] for _, one, on in some if on),
            )
            for key, some in able.items()
        }  # fmt: skip

    names = {one["maker"]: one["maker_name"] for body in review.answered() for one in body["assets"]}
    on_list = {one["maker"] for body in review.answered() for one in body["assets"] if one["listed"]}

    by_maker = count(lambda one: [(one["maker"] or "not known",)])
    return {
        "by_capability_and_maker": [
            tuple(map(str, (name, maker, names.get(maker, "not known"), int(maker in on_list), *cells)))
            for (name, maker), cells in by_maker.items()
        ],
        "by_capability_and_place": [tuple(map(str, (*key, *cells))) for key, cells in count(_places).items()],
    }


def _places(one: Row) -> list[tuple[str, str]]:
    return [
        ("sensitive", "in a sensitive place" if one["in_sensitive"] else "not marked as sensitive"),
        ("inside or outside", one["inside_outside"] or "not recorded"),
        ("building", one["building_kind"] or "not recorded"),
    ]


def _by_place(review: Review) -> Table:
    found: Table = []
    counted = sum(map(review.counted, review.answered()))
    every = [place for body in review.answered() for one in review.cameras(body) for place in _places(one)]
    for place in dict.fromkeys(every):
        there = [[one for one in review.cameras(body) if place in _places(one)] for body in review.answered()]
        mine = [one for some in there for one in some]
        cells = (
            *place, len(review.bodies), len(review.answered()), counted,
            sum(any(one["listed"] for one in some) for some in there),
            sum(any(one["listed"] and one["sure"] for one in some) for some in there),
            sum(not any(one["listed"] for one in some) and any(one["maker"] is None for one in some) for some in there),
            sum(one["once"] for one in mine),
            *(sum(one["once"] for one in mine if one["listed"] and (one["sure"] or not sure)) for sure in (False, True)),
            sum(one["once"] for one in mine if one["may"]),
            sum(one["once"] for one in mine if one["maker"] is None),
            *(sum(one["once"] for one in mine if one["based"] and (one["sure"] or not sure)) for sure in (False, True)),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _flawed(review: Review) -> Table:
    found: Table = []
    for kind in review.kinds():
        bodies = review.of_kind(kind)
        every = sum(one["once"] for body in bodies for one in review.cameras(body))
        for which in ("any", "exploited"):

            def states(one: Row, which: str = which) -> list[str]:
                return [state for state, exploited in one["flaws"].values() if which == "any" or exploited]

            maybe = [(body, [one for one in review.cameras(body) if states(one)]) for body in bodies]
            sure = [(body, [one for one in some if "yes" in states(one)]) for body, some in maybe]
            if _any(maybe):
                cells = (
                    which, kind, sum(map(review.counted, bodies)), _any(sure), _any(maybe), _once(sure), _once(maybe), every,
                )  # fmt: skip
                found.append(tuple(map(str, cells)))
    return found


def _any(pairs: list[tuple[Row, list[Row]]]) -> int:
    return sum(bool(some) for _, some in pairs)


def _flaws(review: Review) -> Table:
    found: Table = []
    every = [(body, one) for body in review.answered() for one in review.cameras(body)]
    for flaw in {name for _, one in every for name in one["flaws"]}:
        maybe = [(id(body), one) for body, one in every if flaw in one["flaws"]]
        sure = [(body, one) for body, one in maybe if one["flaws"][flaw][0] == "yes"]
        cells = (
            flaw, max(one["flaws"][flaw][1] for _, one in maybe), len({body for body, _ in sure}), len({body for body, _ in maybe}),
            sum(one["once"] for _, one in sure), sum(one["once"] for _, one in maybe),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _decisions(review: Review) -> Table:
    def decided(body: Row) -> list[tuple[str, Row]]:
        these = [one for one in body["assets"] if one["kind"] == "camera" and one["decision"] is not None]
        undecided = [one for one in review.cameras(body) if one["decision"] is None and one["once"]]
        return [*((one["decision"], one) for one in these), *(("undecided", one) for one in undecided)]

    def cells(pairs: list[tuple[Row, list[Row]]]) -> tuple[int, ...]:
        there = [(body, [one for one in some if one["status"] != "removed"]) for body, some in pairs]
        gone = [(body, [one for one in some if one["status"] == "removed"]) for body, some in pairs]
        each = [one for _, some in there for one in some]
        listed = [
            sum(one["once"] for one in each if test(one))
            for test in (lambda one: one["listed"], lambda one: one["listed"] and one["sure"], lambda one: one["may"])
        ]
        left = any(one["decision"] in ("replace", "remove", "separate") for _, some in pairs for one in some)
        return len(pairs), _once(there), *listed, _once(there) if left else 0, _once(gone)

    return _by_kind(review, decided, cells)


def _due(review: Review) -> Table:
    return _by_kind(
        review,
        lambda body: [(one["due"] or 0, one) for one in review.cameras(body) if one["decision"] in ("replace", "remove")],
        lambda pairs: (len(pairs), _once(pairs)),
    )


def _costs(review: Review) -> Table:
    return _by_kind(
        review,
        lambda body: [(_first_year(one["year"]) or 0, one) for one in body["record"]["plan_total"]],
        lambda pairs: (
            len(pairs),
            *(sum(one[name] for _, some in pairs for one in some) for name in ("items", "unpriced", "total_ex_vat_pence")),
        ),
    )


def _spend(review: Review) -> Table:
    return _by_kind(
        review,
        lambda body: [(one["installed_year"] or 0, one) for one in body["assets"] if one["cost_pence"] is not None],
        lambda pairs: (len(pairs), _once(pairs), sum(one["once"] * one["cost_pence"] for _, some in pairs for one in some)),
    )


def _suppliers(review: Review) -> Table:
    held: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for body in review.answered():
        for one in body["assets"]:
            held[one["firm"] or "Not recorded"].append((body["name"], one))
    return [
        tuple(
            map(
                str,
                (
                    firm, len({name for name, _ in some}), sum(one["once"] for _, one in some),
                    sum(one["once"] for _, one in some if one["cost_pence"] is not None),
                    sum(one["once"] * (one["cost_pence"] or 0) for _, one in some),
                ),
            )
        )
        for firm, some in held.items()
    ]  # fmt: skip


def _use(review: Review) -> Table:
    questions = (
        "dpia", "policy", "signs", "footage_access", "equality", "consultation", "face_policy", "watch_lists", "complaints",
    )  # fmt: skip

    def answers(body: Row) -> list[tuple[tuple[str, str], Row]]:
        if not review.counted(body):
            return []
        return [((name, body["answers"][name] or "not answered"), body) for name in questions]

    return _by_kind(
        review, answers, lambda pairs: (len(pairs), sum(one["once"] for body, _ in pairs for one in review.cameras(body)))
    )


def _sites(review: Review) -> Table:
    def sites(body: Row) -> list[tuple[tuple[str, str], Row]]:
        progress = {row["place"]: row for row in body["record"]["place_progress"]}
        return [
            (
                (
                    "sensitive" if row["in_sensitive"] else "not marked as sensitive",
                    progress.get(row["id"], {}).get("progress") or "not known",
                ),
                progress.get(row["id"], {}),
            )
            for row in body["record"]["place"]
            if row["kind"] == "site" or row["sensitive"]
        ]

    return _by_kind(
        review,
        sites,
        lambda pairs: (
            len(pairs), sum(len(some) for _, some in pairs), sum(one.get("listed_now") or 0 for _, some in pairs for one in some),
        ),
    )  # fmt: skip


def _change(now: Review, before: Review) -> Table:
    """Only organisations that were counted in both rounds, by their kind now."""
    found: Table = []
    for kind in now.kinds():
        pairs = [
            (before.bodies[number], body)
            for number, body in now.bodies.items()
            if kind in ("All bodies", body["type"])
            and all(one["record"] is not None and one["assets"] and now.counted(one) for one in (body, before.bodies[number]))
        ]
        if not pairs:
            continue

        def cameras(body: Row, name: str, *, sure: bool = False) -> int:
            return sum(bool(one[name]) and (one["sure"] or not sure) for one in now.cameras(body))

        cells: list[int] = [len(pairs)]
        for sure in (False, True):
            cells += [sum(cameras(pair[at], "listed", sure=sure) > 0 for pair in pairs) for at in (0, 1)]
        cells += [sum(cameras(pair[at], "id") for pair in pairs) for at in (0, 1)]
        for sure in (False, True):
            cells += [sum(cameras(pair[at], "listed", sure=sure) for pair in pairs) for at in (0, 1)]
        cells += [sum(cameras(pair[at], "may") for pair in pairs) for at in (0, 1)]
        cells += [sum(one["maker"] is None for pair in pairs for one in now.cameras(pair[at])) for at in (0, 1)]
        for sure in (False, True):
            cells += [sum(cameras(pair[at], "based", sure=sure) for pair in pairs) for at in (0, 1)]
        found.append((kind, *map(str, cells)))
    return found


def differences(folder: Path) -> dict[str, tuple[int, list[str]]]:
    """Table -> how many cells were compared, and a sentence for each row that is in one and not in the other."""
    with (folder / "tables" / "by_list.csv").open(encoding="utf-8-sig", newline="") as stream:
        lists = [row["list"] for row in csv.DictReader(stream) if row["is_counted"] == "1" and row["our_reading"] == "0"]
    compared = {}
    now = Review(folder, lists)
    mine_of = tables(now) | totals(now, folder) | {"change": _change(now, Review(folder, lists, "first-round"))}
    for name, mine in mine_of.items():
        with (folder / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            theirs = [tuple(row) for row in csv.reader(stream)][1:]
        wrong = [f"only here: {row}" for row in sorted(set(mine) - set(theirs))]
        wrong += [f"only there: {row}" for row in sorted(set(theirs) - set(mine))]
        wrong += ["a row is there twice"] * (len(theirs) != len(set(theirs)))
        compared[name] = (sum(map(len, theirs)), wrong)
    return compared


def make_review(folder: Path, files: int, letters: int, both: int) -> None:
    """A larger review than the demonstration has: its organisations again and again, each with a name and number of its own."""
    from dataclasses import replace
    from datetime import UTC, datetime
    from unittest import mock

    sys.path.insert(0, str(ROOT / "desktop"))
    from camcensus.demo.country import load_country
    from camcensus.store.vendors_db.read import load_knowledge
    from camcensus.tasks import audit_demo
    from camcensus.tasks.rollup import taking
    from camcensus.tasks.rollup.figures import lists_of, read_figures
    from camcensus.tasks.rollup.files import write_csv

    replies = [*["both"] * both, *["late"] * (files // 10)]
    replies += ["file"] * (files - len(replies)) + ["letter"] * letters + ["refused"] * 5 + ["none"] * 5
    country, bodies = load_country(ROOT / "resources" / "demo"), []
    for number, reply in enumerate(replies):
        like = country.bodies[number % len(country.bodies)]
        official = {kind: f"{value[: -len(str(number))]}{number}" for kind, value in like.official.items()}
        name = f"{like.name} {number}"
        bodies.append(replace(like, number=number, name=name, official=official, reply=reply))  # type: ignore[arg-type]
    now = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
    with mock.patch.object(audit_demo, "load_country", return_value=replace(country, bodies=tuple(bodies))):
        made = audit_demo.make_audit_demo(ROOT, folder, load_knowledge(ROOT / "vendors.db"), now, bodies=None)
    with taking.open_for_reading(made.rollup, ROOT) as rollup:
        write_csv(read_figures(rollup, lists_of(rollup), "2026-11-24"), folder / "tables")


def main() -> int:
    """Compare, and say it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--bodies", type=int, default=60)
    options.add_argument("--letters", type=int, default=0)
    options.add_argument("--both", type=int, default=0)
    wish = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = wish.folder or Path(work) / "review"
        if not (folder / "tables").exists() and wish.letters:
            make_review(folder, wish.bodies, wish.letters, wish.both)
        elif not (folder / "tables").exists():
            command = [sys.executable, "-m", "camcensus", "demo", "--auditor", "--headless", "--bodies", str(wish.bodies)]
            subprocess.run([*command, "-o", str(folder)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        compared = differences(folder)
    for name, (cells, wrong) in compared.items():
        print(f"| {name} | {cells:,} cells | {'equal' if not wrong else f'{len(wrong)} rows differ'} |")
        for say in wrong[:6]:
            print(f"    {say}")
    print(f"{len(compared)} tables, {sum(cells for cells, _ in compared.values()):,} cells")
    return int(any(wrong for _, wrong in compared.values()))


if __name__ == "__main__":
    sys.exit(main())
