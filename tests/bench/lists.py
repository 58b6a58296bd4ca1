"""What an import keeps of lists that strangers wrote: python tests/bench/lists.py [ID ...] [-v] [--save]

Each list of `tests/lists` is written as its owner has it and imported by command (`camcensus import NEW.camcensus FILE --name …
--json`; further sheets that the answer names, each by `--sheet`). What `show --json` and `show --csv` then print is held against
what the list says to a person. Each cell of a row about a device is right (kept as it says), lost and said (the import's JSON names
its row, its value, or its column as kept nowhere), lost in silence, or wrong (kept as something else, with nothing said).

Prints a Markdown table: cameras that the list says are in use and those shown; cells; of the rows that name a maker, how many are told
that maker (likely or above), none, or another; how many rows have the right kind and the right status; rows that are no device (totals,
notes) and became one. Below it: which columns lost what. -v names each fault. --save writes tests/bench/results/lists.md.
Status 1: a cell is lost in silence, or fewer than 95% of the rows that name a maker are told it (of all, or of all but the lists of
more than 1,000 rows, so that one large list hides no small one).
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from lists.every import LISTS  # noqa: E402
from lists.rows import Cell, Entry, List, counts, entries, uk_date  # noqa: E402
from lists.writing import write  # noqa: E402

SAVED = ROOT / "tests" / "bench" / "results" / "lists.md"
MAKER_PERCENT = 95
LARGE_ROWS = 1000
TOLD = ("likely", "almost-certain", "confirmed")
SAME_KIND = {
    "intercom": ("intercom", "access-terminal"),
    "switch": ("switch", "other"),
    "screen": ("screen", "other"),
    "other": ("other", "switch", "screen", "software"),
}
PERSONAL = (
    "capabilities",
    "reason",
    "kind_reason",
    "keys",
    "seat",
    "listings",
    "advisories",
    "care",
    "features",
    "kind_evidence",
)
"""What the JSON says of a device that no cell of a list could have put there."""
RESULTS = ("right", "said", "silent", "wrong")

Json = Any


@dataclass(slots=True)
class Import:
    """What importing one sheet answered."""

    answer: Json
    sheet: str
    refused: str = ""


@dataclass(slots=True)
class Score:
    """What became of one list."""

    made: List
    cells: Counter[str] = field(default_factory=Counter)
    makers: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    no_device: int = 0
    shown: Counter[str] = field(default_factory=Counter)
    refused: str = ""
    faults: list[str] = field(default_factory=list)
    by_column: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unnamed: Counter[str] = field(default_factory=Counter)
    """Rows whose model or system alone names the maker, and those that name none and were told one."""
    cell_notes: Counter[str] = field(default_factory=Counter)
    register: int = 0
    """Rows whose evidence names the register as its basis."""
    flawed: int = 0
    """Rows with a flaw on record that applies to their model and firmware."""


# ---- importing


def camcensus(*words: object) -> tuple[int, str, str]:
    """Runs the command line as a person would."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "camcensus", *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def imported(made: List, folder: Path) -> tuple[list[Import], list[Json], list[dict[str, str]]]:
    """The answers to a list's import, and the rows that `show` then prints as JSON and as CSV."""
    file, inventory = write(made, folder), folder / f"{made.id}.camcensus"
    tables = [sheet.name for sheet in made.sheets if sheet.headed and any(row.kind for row in sheet.rows)]
    answers: list[Import] = []
    status, out, said = camcensus("import", inventory, file, "--name", f"Body {made.id}", "--json")
    if not out.strip():
        return [Import({}, "", said.strip() or f"status {status}")], [], []
    first = json.loads(out)
    answers.append(Import(first, _sheet_of(first, tables)))
    done = {answers[0].sheet} | {_row_sheet(row, answers[0]) for row in _rows_of(first)}
    for name in (first.get("file") or {}).get("sheets", []):
        if name in tables and name not in done:
            _, out, said = camcensus("import", inventory, file, "--sheet", name, "--json")
            answers.append(Import(json.loads(out) if out.strip() else {}, name, "" if out.strip() else said.strip()))
    shown = json.loads(camcensus("show", inventory, "--json")[1] or '{"devices": []}')["devices"]
    table = list(csv.DictReader(io.StringIO(camcensus("show", inventory, "--csv")[1].lstrip("\ufeff"))))
    return answers, shown, table


def _sheet_of(answer: Json, tables: Sequence[str]) -> str:
    return (answer.get("file") or {}).get("sheet") or (tables[0] if len(tables) == 1 else "")


def _rows_of(answer: Json) -> Iterator[Json]:
    for name in ("matched", "only_listed", "ambiguous"):
        yield from answer.get(name) or []


def _row_sheet(row: Mapping[str, Json], of: Import) -> str:
    return str(row.get("sheet") or of.sheet)


# ---- what was said of a loss

QUIET = ("columns", "matched", "only_listed", "only_seen", "file", "new_places", "new_firms")
LEFT_OUT = ("left out", "not kept", "kept nowhere", "not saved", "ignored")


@dataclass(slots=True)
class Said:
    """What an import's answer says of rows, columns and values that it does not keep."""

    of: Import
    nowhere: set[str] = field(default_factory=set)
    by_row: dict[int, list[tuple[str, str | None, str]]] = field(default_factory=lambda: defaultdict(list))
    rowless: list[tuple[str, str | None, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        answer = self.of.answer
        self.nowhere = {str(column["letter"]) for column in answer.get("columns") or [] if not column.get("field")}
        for name, value in answer.items():
            for said in value if name not in QUIET and isinstance(value, list) else ():
                self._add(said if isinstance(said, dict) else {"say": str(said)})

    def _add(self, said: Mapping[str, Json]) -> None:
        rows = (
            [said["row"]] if isinstance(said.get("row"), int) else said["rows"] if isinstance(said.get("rows"), list) else None
        )
        text = _plain(json.dumps([value for key, value in said.items() if key not in ("row", "rows")], ensure_ascii=False))
        column = str(said.get("column") or said.get("letter") or said.get("heading") or "")
        one = (column, None if said.get("value") is None else _plain(str(said["value"])), text)
        for row in rows or ():
            self.by_row[row].append(one)
        if rows is None:
            self.rowless.append(one)

    def names(self, entry: Entry, cell: Cell, has_device: bool) -> bool:
        """Whether the answer names this cell, its row or its column as not kept."""
        if self.of.refused and self.of.sheet in ("", entry.sheet):
            return True
        if self.of.sheet != entry.sheet:
            return False
        written, says, heading = _plain(cell.written), _plain(cell.says), _plain(cell.heading)
        if not cell.letter:
            every = (text for texts in (self.rowless, *self.by_row.values()) for *_, text in texts)
            return any(f" {says} " in f" {text} " and any(words in text for words in LEFT_OUT) for text in every)
        if cell.letter in self.nowhere:
            return True
        for column, _value, text in self.by_row.get(entry.number, ()):
            if column and _same_heading(column, cell):
                return True
            if not column and (
                not has_device or f" {heading} " in f" {text} " or (len(written) > 1 and f" {written} " in f" {text} ")
            ):
                return True
        for column, value, text in self.rowless:
            if column and _same_heading(column, cell) and value in (None, written, says):
                return True
            if not column and f" {heading} " in f" {text} " and any(words in text for words in LEFT_OUT):
                return True
        return False


def _same_heading(column: str, cell: Cell) -> bool:
    return column == cell.letter or f" {_plain(column)}".endswith(f" {_plain(cell.heading)}")


# ---- what was kept


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _leaves(value: Json, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in PERSONAL:
                yield from _leaves(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, key)
    elif value is not None and not isinstance(value, bool):
        yield key, str(value)


@dataclass(slots=True)
class Shown:
    """What `show` prints of one row."""

    json: Json
    row: Mapping[str, str]
    leaves: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        device = {key: value for key, value in self.json.items() if key not in PERSONAL and key != "evidence"}
        seen = [{"seen": one.get("seen")} for one in self.json.get("evidence") or []]
        self.leaves = [
            *_leaves(device),
            *_leaves(seen),
            *((key, value) for key, value in self.row.items() if value and key != "body_name"),
        ]

    def holds(self, text: str) -> bool:
        plain = f" {_plain(text)} "
        return bool(plain.strip()) and any(plain in f" {_plain(value)} " for _, value in self.leaves)

    def under(self, name: str, text: str) -> bool:
        """Whether a field named so has this value, or a sentence says "name: value"."""
        plain = _plain(text)
        labelled = f" {_plain(name)} {plain} "
        for key, value in self.leaves:
            if (_plain(name) in _plain(key) and _plain(value) == plain) or labelled in f" {_plain(value)} ":
                return True
        return False

    def typed(self, about: str) -> str | None:
        asset = self.json.get("asset") or {}
        value = {
            "model": self.json.get("model"), "serial": self.json.get("serial"), "firmware": self.json.get("firmware"), "mac": self.json.get("mac"),
            "installed": asset.get("installed_on"), "cost": asset.get("cost_pence"), "retention": asset.get("retention_days"),
        }.get(about)  # fmt: skip
        return None if value in (None, "") else str(value)


def _day(text: str) -> str:
    if day := uk_date(text):
        return day.isoformat()
    if found := re.fullmatch(r"(\d\d)/(\d{4})", text):
        return f"{found[2]}-{found[1]}"
    return text


def _wanted(cell: Cell) -> str:
    says = cell.says
    if cell.about == "mac":
        digits = re.sub(r"[^0-9a-f]", "", says.casefold())
        return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    if cell.about == "installed":
        return _day(says)
    if cell.about == "cost":
        try:
            return str(round(float(re.sub(r"[£,\s]", "", says)) * 100))
        except ValueError:
            return says
    return says.strip()


def _number(money: str) -> str:
    """ "1950" of "£1,950.00"."""
    return re.sub(r"[£,]|\.0+$", "", money)


def kept(entry: Entry, cell: Cell, shown: Sequence[Shown]) -> str:
    """ "right", "wrong" (kept as something else) or "absent"."""
    first, about, says = shown[0], cell.about, cell.says
    if says.startswith("£") and first.under(cell.heading, _number(says)):
        return "right"  # a number without the spreadsheet's pound sign
    if about in ("model", "serial", "firmware", "mac", "installed", "cost", "retention"):
        wanted, found = _wanted(cell), first.typed(about)
        if found is not None and found.casefold().strip() == wanted.casefold():
            return "right"
        if found is None and about in ("installed", "cost", "retention") and first.under(cell.heading, says):
            return "right"
        return "wrong" if found is not None or first.holds(says) else "absent"
    if about == "ip":
        says = re.sub(r"^https?://([\d.]+).*", r"\1", says)
        if says in (*first.json["addresses"], first.row.get("ip")):
            return "right"
        return "wrong" if first.holds(says) else "absent"
    if about == "make":
        same_maker = entry.maker is not None and first.json["manufacturer"] == entry.maker
        return "right" if same_maker or any(one.holds(says) for one in shown) else "absent"
    if about == "channel":
        return _channels(says, shown)
    if about == "channels":
        channels = first.json.get("channels") or {}
        return "right" if int(says) in (channels.get("digital"), channels.get("analogue")) or first.under("channels", says) or (
            says == "1" and entry.kind != "recorder") else "absent"  # fmt: skip
    if about == "qty":
        return (
            "right" if len(shown) == int(float(says)) or first.under("qty", says) or first.under("quantity", says) else "absent"
        )
    if about == "kind":
        return "right" if kind_right(entry, first) or first.holds(says) else "absent"
    if about == "status":
        return "right" if status_right(entry, first) or first.under(cell.heading, says) else "absent"
    if about == "working":
        answer = {"y": "yes", "n": "no"}.get(says.casefold(), says.casefold())
        return "right" if first.row.get("working") == answer or first.under(cell.heading, says) else "absent"
    if about == "recorder":
        return "right" if first.row.get("connected_to_ref") or first.holds(says) else "absent"
    if about == "place":
        return "right" if first.under(cell.heading, says) or _placed(says, first) else "absent"
    if about == "number":
        return (
            "right" if any(first.under(name, says) for name in ("ref", "channel", "number", "tag", cell.heading)) else "absent"
        )
    if about == "camtype":
        found = (first.json.get("asset") or {}).get("camera_type")
        return "right" if (found and found in _plain(says).split()) or first.holds(says) else "absent"
    texts = {says, _day(says), cell.written} - {""}
    names = {cell.heading, about} if about not in ("other", "note") else {cell.heading}
    if any(first.under(name, text) for name in names for text in texts):
        return "right"
    short = len(_plain(says)) < 4 or says.replace(".", "").isdigit()
    if about in ("name", "note", "ref"):
        return (
            "right"
            if any(first.holds(text) for text in texts) or (about == "ref" and any(value == says for _, value in first.leaves))
            else "absent"
        )
    if says.startswith("£") and first.typed("cost") == _wanted(Cell(cell.heading, "", "cost", says, "")):
        return "wrong"  # some other sum, kept as what it cost to buy
    return "right" if not short and any(first.holds(text) for text in texts) else "absent"


def _placed(says: str, one: Shown) -> bool:
    parts = [str(part) for part in (one.json.get("asset") or {}).get("place") or []]
    parts += [one.row.get(name) or "" for name in ("site", "building", "floor", "room_or_area")]
    plain, whole = _plain(says), len(says) > 6
    return any(_plain(part) == plain or (whole and f" {plain} " in f" {_plain(part)} ") for part in parts)


def _channels(says: str, shown: Sequence[Shown]) -> str:
    found = sorted(
        {
            number
            for one in shown
            if (number := one.json.get("channel") or (one.json.get("asset") or {}).get("channel")) is not None
        }
    )
    ends = [int(float(number)) for number in re.findall(r"\d+", says)][:2]
    wanted = list(range(ends[0], ends[-1] + 1)) if ends else []
    if found == wanted or (len(wanted) == 1 and shown[0].under("cam", says)):
        return "right"
    return "wrong" if found else "absent"


def kind_right(entry: Entry, one: Shown) -> bool:
    return one.json["kind"] in SAME_KIND.get(entry.kind, (entry.kind,))


def status_right(entry: Entry, one: Shown) -> bool:
    return ((one.json.get("asset") or {}).get("status") == "removed") is not entry.in_use


# ---- a list's score


def measured(made: List, folder: Path) -> Score:
    """Imports a list and compares what is kept with what it says."""
    answers, shown, table = imported(made, folder)
    score = Score(made, refused="; ".join(one.refused for one in answers if one.refused))
    by_ref = {(device.get("asset") or {}).get("ref"): device for device in shown}
    by_id = {row["record_id"]: Shown(by_ref[row["ref"]], row) for row in table if row.get("ref") in by_ref}
    of_row: dict[tuple[str, int], list[Shown]] = defaultdict(list)
    for one in answers:
        for row in _rows_of(one.answer):
            for asset in [row.get("asset"), *(row.get("assets") or [])]:
                if asset in by_id and by_id[asset] not in of_row[_row_sheet(row, one), row["row"]]:
                    of_row[_row_sheet(row, one), row["row"]].append(by_id[asset])
    for device in shown:
        if (device.get("asset") or {}).get("status") != "removed":
            score.shown[device["kind"] if device["kind"] in ("camera", "recorder") else "other"] += 1
    for sheet in made.sheets:
        for (at, _), text in sheet.comments.items():
            score.cell_notes[
                "kept" if any(one.holds(text) for one in of_row.get((sheet.name, sheet.first + at), ())) else "not"
            ] += 1
    said = [Said(one) for one in answers]
    for entry in entries(made):
        _score_entry(score, entry, of_row.pop((entry.sheet, entry.number), []), said)
    hung_on = {row["connected_to_ref"] for row in table if row.get("connected_to_ref")}
    for (sheet, number), devices in of_row.items():
        if {one.row["ref"] for one in devices} <= hung_on:  # a recorder that rows name, and that has none of its own
            continue
        score.no_device += len(devices)
        score.faults.append(f"{made.id} {sheet} row {number}: is no device, and became one")
    return score


def _score_entry(score: Score, entry: Entry, devices: list[Shown], said: Sequence[Said]) -> None:
    where = f"{score.made.id} {entry.sheet} row {entry.number}".replace("  ", " ")
    if devices:
        first = devices[0]
        right = kind_right(entry, first)
        score.kinds[
            "right" if right else "unknown" if first.json["kind"] in ("unknown", "camera-or-recorder") else "wrong"
        ] += 1
        if not right:
            score.faults.append(f"{where}: kind is {entry.kind}, shown {first.json['kind']}")
        score.statuses["right" if status_right(entry, first) else "wrong"] += 1
        if not status_right(entry, first):
            score.faults.append(
                f"{where}: {'in use' if entry.in_use else 'not in use'}, shown {(first.json.get('asset') or {}).get('status')}"
            )
        told = first.json["manufacturer"] if first.json["grade"] in TOLD else None
        score.register += any(one.get("basis") == "register" for one in first.json["evidence"])
        score.flawed += any(one["applies"] == "yes" for one in first.json["advisories"])
    else:
        named = any(one.names(entry, cell, False) for cell in entry.cells for one in said)
        outcome = "said" if named else "none"
        score.kinds["right" if named and entry.kind in ("switch", "screen", "other") else outcome] += 1
        score.statuses["right" if named and not entry.in_use else outcome] += 1
        told = None
    if entry.maker:
        outcome = "right" if told == entry.maker else "none" if told is None else "wrong"
        (score.makers if entry.named else score.unnamed)[outcome] += 1
        if outcome != "right":
            score.faults.append(f"{where}: maker {entry.make or entry.model} is {entry.maker}, told {told}")
    elif told and not entry.make and not entry.model:
        score.unnamed["wrong"] += 1
        score.faults.append(f"{where}: names no maker, told {told}")
    for cell in entry.cells:
        found = kept(entry, cell, devices) if devices else "absent"
        if found != "right" and any(one.names(entry, cell, bool(devices)) for one in said):
            found = "said"
        result = {"right": "right", "said": "said", "wrong": "wrong"}.get(found, "silent")
        score.cells[result] += 1
        if result != "right":
            score.by_column[f"{cell.heading} ({cell.about})"][result] += 1
            if result != "said":
                score.faults.append(
                    f"{where}: {cell.heading} = {cell.says!r} is {'lost in silence' if result == 'silent' else 'kept wrongly'}"
                )


# ---- the table


def _share(found: Mapping[str, int], *names: str) -> str:
    return " / ".join(str(found.get(name, 0)) for name in names)


HEADINGS = ("List", "Rows", "Cameras: says / shown", "Recorders", "Cells", "Right", "Lost, said", "Lost in silence", "Wrong",
            "Maker right / none / wrong", "Kind right / not", "Status right / not", "Totals made devices")  # fmt: skip


def line(score: Score) -> list[str]:
    says = counts(entries(score.made))
    cells, kinds, statuses = score.cells, score.kinds, score.statuses
    return [
        score.made.id + (" (refused)" if score.refused else ""), f"{score.made.rows:,}", f"{says['camera']:,} / {score.shown['camera']:,}",
        f"{says['recorder']:,} / {score.shown['recorder']:,}", f"{sum(cells.values()):,}", *(f"{cells[name]:,}" for name in RESULTS),
        _share(score.makers, "right", "none", "wrong"), f"{kinds['right']:,} / {sum(kinds.values()) - kinds['right']:,}",
        f"{statuses['right']:,} / {sum(statuses.values()) - statuses['right']:,}", str(score.no_device),
    ]  # fmt: skip


def report(scores: Sequence[Score]) -> str:
    """The table in Markdown, with totals and what was lost by column."""
    lines = [list(HEADINGS), ["---"] + ["--:"] * (len(HEADINGS) - 1), *(line(score) for score in scores)]
    cells, makers, kinds, statuses = (
        sum((getattr(score, name) for score in scores), Counter()) for name in ("cells", "makers", "kinds", "statuses")
    )
    says = [counts(entries(score.made)) for score in scores]
    lines.append([
        "**all**", f"{sum(score.made.rows for score in scores):,}",
        *(f"{sum(one[kind] for one in says):,} / {sum(score.shown[kind] for score in scores):,}" for kind in ("camera", "recorder")),
        f"{sum(cells.values()):,}", *(f"{cells[name]:,}" for name in RESULTS), _share(makers, "right", "none", "wrong"),
        f"{kinds['right']:,} / {sum(kinds.values()) - kinds['right']:,}", f"{statuses['right']:,} / {sum(statuses.values()) - statuses['right']:,}",
        str(sum(score.no_device for score in scores)),
    ])  # fmt: skip
    text = [
        "# Lists that strangers wrote",
        "",
        "python tests/bench/lists.py",
        "",
        *("| " + " | ".join(cells) + " |" for cells in lines),
        "",
    ]
    for title, found in (("Makers as recorded", makers), (f"Without lists of more than {LARGE_ROWS:,} rows", _small(scores))):
        named = sum(found.values())
        text.append(
            f"{title}: {found['right']:,} of {named:,} rows that name one ({100 * found['right'] / max(named, 1):.1f}%)."
        )
    unnamed = sum((score.unnamed for score in scores), Counter())
    text.append(
        f"Rows whose system or model alone names the maker, or that name none: {_share(unnamed, 'right', 'none', 'wrong')} (right / none / wrong)."
    )
    text.append(
        f"Rows whose evidence says register: {sum(score.register for score in scores):,}; rows with a flaw on record that applies: "
        + ", ".join(f"{score.made.id} {score.flawed:,}" for score in scores if score.flawed)
    )
    notes = sum((score.cell_notes for score in scores), Counter())
    text.append(f"Notes in cells (comments; in no figure above): {notes['kept']} kept of {sum(notes.values())}.")
    text += ["", "| List | Column | Lost, said | Lost in silence | Wrong |", "|---|---|--:|--:|--:|"]
    for score in scores:
        for column, found in score.by_column.items():
            text.append(f"| {score.made.id} | {column} | {found['said']:,} | {found['silent']:,} | {found['wrong']:,} |")
    refused = [f"{score.made.id}: {score.refused}" for score in scores if score.refused]
    return "\n".join([*text, *([""] if refused else []), *refused]) + "\n"


def holds(scores: Sequence[Score]) -> bool:
    """No cell lost in silence, and nineteen of twenty makers as recorded."""
    every: Counter[str] = sum((score.makers for score in scores), Counter())
    told = all(100 * found["right"] >= MAKER_PERCENT * sum(found.values()) for found in (every, _small(scores)))
    return told and not any(score.cells["silent"] for score in scores)


def _small(scores: Sequence[Score]) -> Counter[str]:
    return sum((score.makers for score in scores if score.made.rows <= LARGE_ROWS), Counter())


def main(words: Sequence[str]) -> int:
    ids = [word for word in words if not word.startswith("-")]
    unknown = set(ids) - {made.id for made in LISTS}
    if unknown:
        print(f"No list is called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    scores = []
    with tempfile.TemporaryDirectory() as folder:
        for made in LISTS:
            if not ids or made.id in ids:
                print(made.id, file=sys.stderr)
                scores.append(measured(made, Path(folder)))
    text = report(scores)
    print(text)
    if "-v" in words:
        print("\n".join(fault for score in scores for fault in score.faults))
    if "--save" in words:
        SAVED.write_text(text, encoding="utf-8")
    return 0 if holds(scores) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
