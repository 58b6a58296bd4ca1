"""An attacker with the public pack and the list of organisations: python tests/bench/attacker.py [REVIEWS]

Draws so many reviews (500 if not said) of 10 to 40 organisations: which of them have cameras by listed makers, published flaws, old
firmware and links to a cloud. From each the tables for the public are made as the pack has them, and read with the names beside: a fact
of one organisation can be read where a number of organisations is shown that fewer than five of a group that is named have not, or
where fewer than five have it. Prints reviews, numbers of organisations seen and facts read; status 1 where one is read.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "desktop")]

from camcensus.tasks.rollup import taking as tasks  # noqa: E402
from camcensus.tasks.rollup.figures import lists_of, read_figures  # noqa: E402
from camcensus.tasks.rollup.published import Publication, publication  # noqa: E402
from rollup_estate import NOW, knowledge, make_estate, write_estate  # noqa: E402

FEW = 5
FLAWS = ("CVE-2021-36260", "CVE-2021-33044", "CVE-2017-7921")


def draw_facts(rollup: tasks.RollUp, draw: random.Random) -> None:
    """Other makers, flaws, links and firmware for every organisation."""
    chance = {name: draw.choice((0.0, 0.1, 0.5, 0.9, 1.0)) for name in ("listed", "flaw", "cloud", "old")}
    alike = draw.random() < 0.5  # the fact goes with the maker, as most do
    with rollup.file.writing() as connection:
        answers = {listed: _answer(connection, listed) for listed in (0, 1)}
        connection.execute("DELETE FROM answer_flaw")
        connection.execute("DELETE FROM answer_capability")
        clones = {}
        for listed in (0, 1):
            for flaw in (0, 1):
                for cloud in (0, 1):
                    clones[listed, flaw, cloud] = _clone(connection, answers[listed], f"{listed}{flaw}{cloud}", flaw, cloud)
        connection.execute("UPDATE export SET state = 'accepted'")
        for (body,) in connection.execute("SELECT id FROM body").fetchall():
            listed = draw.random() < chance["listed"]
            flaw, cloud, old = ((listed if alike else draw.random() < chance[name]) for name in ("flaw", "cloud", "old"))
            connection.execute(
                "UPDATE item SET answer = ?, said_kind = 'camera', firmware_years = ? WHERE export IN (SELECT id FROM export"
                " WHERE body = ?)",
                [clones[int(listed), int(flaw), int(cloud)], 7 if old else 0, body],
            )
        connection.execute("INSERT OR IGNORE INTO unsettled SELECT id FROM body")
    tasks.settle(rollup)


def _answer(connection: object, listed: int) -> int:
    said = "IN" if listed else "NOT IN"
    (number,) = connection.execute(  # type: ignore[attr-defined]
        f"SELECT id FROM answer WHERE kind = 'camera' AND grade = 'almost-certain' AND id {said}"
        " (SELECT answer FROM answer_list WHERE may = 0 AND list = 'uk-mps-2022') AND key NOT LIKE 'drawn%' ORDER BY id LIMIT 1"
    ).fetchone()
    return int(number)


def _clone(connection: object, answer: int, name: str, flaw: int, cloud: int) -> int:
    run = connection.execute  # type: ignore[attr-defined]
    held = run("SELECT id FROM answer WHERE key = ?", [f"drawn {name}"]).fetchone()
    if held is None:
        same = "kind, maker, grade, brand, candidates, based_in_china"
        run(f"INSERT INTO answer (key, {same}) SELECT 'drawn {name}', {same} FROM answer WHERE id = ?", [answer])
        held = run("SELECT id FROM answer WHERE key = ?", [f"drawn {name}"]).fetchone()
        run("INSERT INTO answer_list SELECT ?, list, may FROM answer_list WHERE answer = ?", [held[0], answer])
    for one in FLAWS[: 2 * flaw]:
        run("INSERT INTO answer_flaw VALUES (?, ?, 'yes', 1)", [held[0], one])
    if cloud:
        run("INSERT INTO answer_capability VALUES (?, 'cloud-link', 'on')", [held[0]])
    return int(held[0])


def readings(said: Publication, sizes: dict[str, int]) -> Iterator[tuple[str, int, str]]:
    """Each number of organisations that tells too much, with its table and the group that it is nearly all of."""
    named = {name: 0 for name in ("yes", "yes or likely")}
    for table in said.tables:
        if table.table.name == "bodies":
            at = next(at for at, one in enumerate(table.columns) if one.name == "listed")
            named = {"yes": sum(row[at] == "yes" for row in table.rows),
                     "yes or likely": sum(row[at] in ("yes", "likely") for row in table.rows)}  # fmt: skip
    for table in said.tables:
        for row in table.rows:
            cells = dict(zip((one.name for one in table.columns), row, strict=True))
            if table.table.pack != "security":
                words = " ".join(str(cell) for cell in row).casefold()
                if any(word in words for word in ("cve-", "firmware", "cloud")):
                    yield table.table.name, 0, words[:60]
                continue
            if "cameras" in cells:
                yield table.table.name, 0, "cameras of it"
            for name, number in cells.items():
                if name.startswith("bodies") and isinstance(number, int):
                    sizes["numbers"] = sizes.get("numbers", 0) + 1
                    if number < FEW:
                        yield table.table.name, number, "few"
                    groups = {"with cameras": sizes["with cameras"], **named}
                    yield from ((table.table.name, number, group) for group, of in groups.items() if of - FEW < number <= of)


def main() -> int:
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    done, seen, read = 0, 0, list[tuple[str, int, str]]()
    while done < reviews:
        draw = random.Random(done)
        estate = make_estate(done, draw.randint(10, 40), 120)
        with tempfile.TemporaryDirectory() as work:
            write_estate(estate, Path(work) / "files")
            with tasks.open_for_taking(Path(work) / "n.camcensus-rollup", ROOT, knowledge(), NOW) as rollup:
                tasks.take_in(rollup, [Path(work) / "files"], knowledge(), NOW)
                for _ in range(min(50, reviews - done)):
                    draw_facts(rollup, draw)
                    figures = read_figures(rollup, lists_of(rollup, ("uk-mps-2022",)), "2026-11-24", problems=False)
                    sizes = {"with cameras": sum(one.cameras > 0 for one in figures.bodies)}
                    read += readings(publication(figures, knowledge(), NOW.year, whole=False), sizes)
                    seen += sizes.get("numbers", 0)
                    done += 1
    print(f"{done} reviews, {seen:,} numbers of organisations with something that helps an attacker, {len(read)} facts read")
    for one in read[:20]:
        print(*one)
    return int(bool(read))


if __name__ == "__main__":
    raise SystemExit(main())
