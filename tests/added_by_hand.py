"""Adds a study up again from what was given alone: the spreadsheet of answers, and the exchange files. It knows no code of ours.

python tests/added_by_hand.py ANSWERS.csv FILE.camcensus… prints each total: measured, recorded and claimed apart.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

MAKERS = ("hikvision", "dahua")
"""Makers that the counted list names."""
LIST = "uk-mps-2022"
SURE = ("confirmed", "almost-certain")
NUMBERS = ("urn", "ods", "gss", "company_no")


def answers_of(path: Path) -> dict[str, dict[str, str]]:
    """Official number -> the row of the spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {next(row[one] for one in NUMBERS if row.get(one)): row for row in csv.DictReader(stream)}


def measured(path: Path) -> dict[str, Any]:
    """What an exchange file holds of its organisation."""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    columns = ("name", "type", *NUMBERS)
    body = dict(zip(columns, db.execute(f"SELECT {', '.join(columns)} FROM body").fetchone(), strict=True))
    rows = db.execute(
        "SELECT counts_as, grade, manufacturer, asset.device IN (SELECT device FROM finding WHERE kind = 'listing'"
        " AND state = 'listed' AND subject = ?) FROM asset LEFT JOIN attribution USING (device)",
        [LIST],
    ).fetchall()
    searched = db.execute("SELECT 1 FROM asset WHERE method = 'search' LIMIT 1").fetchone() is not None
    db.close()
    cameras = [(grade or "unknown", maker, listed) for counts_as, grade, maker, listed in rows if counts_as == "camera"]
    named = [one for one in cameras if one[0] in (*SURE, "likely") and one[1]]
    kinds = Counter(counts_as for counts_as, *_ in rows)
    doubt = len(cameras) - len(named) + kinds["may-be-camera"]
    if not cameras:
        doubt += sum(kinds[kind] for kind in ("recorder", "encoder", "intercom", "software"))
    return {
        "number": next((body[one] for one in NUMBERS if body[one]), body["name"]), "type": body["type"], "cameras": len(cameras),
        "counted": any(kind != "other" for kind in kinds), "doubt": doubt, "identified": len(named),
        "way": "measured" if searched else "recorded", "listed_proven": sum(grade in SURE for grade, _, listed in named if listed),
        "listed": sum(bool(listed) for *_, listed in named),
        "makers_proven": {maker for grade, maker, _ in named if grade in SURE}, "makers": {maker for _, maker, _ in named},
    }  # fmt: skip


def add_up(answers: Path, files: list[Path]) -> dict[str, Any]:
    """Each total by kind of organisation and of all, as {kind: {(name, way): number}}, and by maker the same."""
    said = answers_of(answers)
    sent = {one["number"]: one for one in map(measured, files)}
    cells: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    makers: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for number in {*said, *sent}:
        own = sent.get(number)
        if own is not None and own["counted"]:
            way, kind, cameras = own["way"], own["type"], own["cameras"]
            low, high = own["listed_proven"] > 0, own["listed"] > 0
            none = not high and own["doubt"] == 0
            mine = [(maker, maker in own["makers_proven"], maker in own["makers"]) for maker in MAKERS]
            answered = said.get(number, {})
            admitted = {maker for maker in MAKERS if answered.get(f"{maker.title()}?") == "Yes"}
            none = none and not admitted
        elif number in said and any(said[number][column] for column in ("Hikvision?", "Dahua?", "How many cameras?")):
            row = said[number]
            way, kind = "claimed", row["type"]
            cameras = max(int(row["How many cameras?"] or 0), sum(row[column] == "Yes" for column in ("Hikvision?", "Dahua?")))
            low, high = False, "Yes" in (row["Hikvision?"], row["Dahua?"])
            admitted = set()
            none = not high and row["Hikvision?"] == row["Dahua?"] == "No"
            mine = [(maker, False, row[f"{maker.title()}?"] == "Yes") for maker in MAKERS]
        else:
            continue
        by = "claimed" if admitted and not high else way
        for of in (kind, "All bodies"):
            cells[of].update({
                ("counted", way): 1, ("bodies_proven", way): low, ("bodies", by): high or bool(admitted), ("bodies_none", way): none,
                ("bodies_not_known", way): not high and not none and not admitted, ("cameras", way): cameras,
            })  # fmt: skip
            cells[of]["cameras", "claimed"] += max(0, len(admitted) - cameras)
            for maker, sure, likely in mine:
                makers[of, maker].update({("bodies_proven", way): sure, ("bodies", way): likely})
                makers[of, maker]["bodies", "claimed"] += maker in admitted and not likely
    return {"kinds": cells, "makers": makers}


if __name__ == "__main__":
    totals = add_up(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
    print(json.dumps({f"{a} {'/'.join(b)}": n for a, cell in totals["kinds"].items() for b, n in cell.items()}, indent=1))
