"""A note that quotes leases or a switch, and a footnote with a MAC address: a register stays a register, and a list a list."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest

from camcensus.intake.lists import read_file
from camcensus.intake.registers import read_headings, read_register
from camcensus.model.errors import IntakeError
from drawn import seed
from samples import NOW

REGISTERS = Path(__file__).parents[2] / "resources" / "registers"
MAC = "3c:ef:8c:00:00:01"
NOTES = (
    "call IT\nlease 10.0.0.1 {", "lease 10.0.0.1 {", "lease 10.0.0.1 {\n  hardware ethernet 3c:ef:8c:00:00:01;\n}",
    f"1795200000 {MAC} 10.0.0.31 cam-hall *", f"from the router:\n1795200000 {MAC} 10.0.0.31 cam-hall *\nasked again",
    f"MAC Address       Port\n{MAC} Gi1/0/7", "duid 00:01:00:01:2c:00:00:00", "Vlan    Mac Address       Type        Ports",
)  # fmt: skip
TITLES = ("Cameras of Elm Park", "MAC addresses are on the label", "Hardware address list of the caretaker")
FOOTNOTES = (f"Spare camera in the cupboard: {MAC}", f"{MAC} lies in the cupboard", "lease 10.0.0.1 {", "Printed by R. Khan")
HEADS = {
    "Ref": lambda chance: f"CAM-{chance.randint(1, 999)}", "Make": lambda chance: chance.choice(("Axis", "Dahua", "")),
    "Room": lambda chance: chance.choice(("Hall", "Gym", "Art/DT")), "Model": lambda chance: f"M{chance.randint(100, 999)}",
    "MAC address": lambda chance: ":".join(["3c", "ef", "8c", *(f"{chance.randint(0, 255):02x}" for _ in range(3))]),
    "IP address": lambda chance: f"10.0.0.{chance.randint(2, 250)}",
}  # fmt: skip


def drawn(chance: random.Random) -> tuple[list[list[str]], list[list[str]], str]:
    """A register without and with what is quoted, and its delimiter. The columns are the same, a note for each row in one."""
    names = chance.sample(list(HEADS), chance.randint(2, len(HEADS)))
    rows = [[HEADS[name](chance) for name in names] for _ in range(chance.randint(1, 8))]
    place = chance.randint(0, len(names))
    notes = [chance.choice(NOTES) if chance.random() < 0.6 else "" for _ in rows]
    notes[chance.randrange(len(notes))] = chance.choice(NOTES)

    def table(said: list[str]) -> list[list[str]]:
        return [[*row[:place], note, *row[place:]] for row, note in zip([names, *rows], ["Notes", *said], strict=True)]

    above = [[chance.choice(TITLES)]] if chance.random() < 0.6 else []
    below = [[chance.choice(FOOTNOTES)] for _ in range(chance.choice((0, 0, 1, 4)))]
    return table(["-"] * len(rows)), [*above, *table(notes), *below], chance.choice(",;\t|")


def saved(path: Path, rows: list[list[str]], delimiter: str) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def test_200_registers_with_such_notes_are_read_as_without(tmp_path: Path) -> None:
    headings = read_headings(REGISTERS)
    for number in range(200):
        chance = random.Random(f"{seed()} {number}")
        plain, noted, delimiter = drawn(chance)
        one, two = saved(tmp_path / "plain.csv", plain, delimiter), saved(tmp_path / "noted.csv", noted, delimiter)
        first, second = read_register(one, headings), read_register(two, headings)
        place = plain[0].index("Notes")
        rows = [[cell for at, cell in enumerate(row.cells) if at != place] for row in first.rows]
        there = [[cell for at, cell in enumerate(row.cells) if at != place] for row in second.rows]
        assert there[: len(rows)] == rows, (seed(), number)
        assert [column.heading for column in second.columns] == [column.heading for column in first.columns], (seed(), number)
        assert [row.cells[place] for row in second.rows[: len(rows)] if row.cells[place]], (seed(), number)
        if "MAC address" in plain[0]:
            seen, again = (
                [
                    (found.mac, found.address, {**found.reading.fields, "list.file": (), "list.row": ()})
                    for found in read_file(path, NOW, headings=headings).observations
                ]
                for path in (one, two)
            )
            assert again[: len(seen)] == seen, (seed(), number)  # a footnote in the column of MAC addresses is one more


@pytest.mark.parametrize("headings", ["Kamera;Standort;Bemerkung", "Ref;Standort;Bemerkung"])
def test_a_register_whose_headings_nobody_knows_stays_one(tmp_path: Path, headings: str) -> None:
    for note in NOTES:
        text = f'MAC addresses of cameras\n{headings}\nA 1;Aula;"{note}"\nA 2;Tor;x\nA 3;Hof;x\n{MAC} lies in the cupboard\n'
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        assert len(read_register(path, read_headings(REGISTERS)).rows) >= 3, note


def test_leases_with_a_comment_and_a_damaged_line_are_still_sent_on(tmp_path: Path) -> None:
    leases = f"# ref; make; room\nlease 10.0.0.31 {{\n  starts 5 2026/11/20 07:00:00;\n  hardware ethernet {MAC};\n}}\nnoise\n"
    many = f"1795200000 {MAC} 10.0.0.31 cam *\n1795200000 1 fd00::5 cam 00:01\nduid 00:01\n1795200000 broken\n"
    for text in (leases, many, leases * 30_000):
        path = tmp_path / "list.txt"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(IntakeError, match="no register"):
            read_register(path, read_headings(REGISTERS))
