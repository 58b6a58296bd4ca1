"""What each page and each report says of how many there are, read back from texts and tables; and the same, counted row by row.

Nothing is asked how it counts. Numbers come by what they are about: "cameras", "listed", "made by Dahua".
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QHeaderView, QLabel, QTableView, QWidget

from camcensus.model.blocks import ReportDocument
from camcensus.model.device import NAMED_GRADES
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import evidence, foi, plan, register, summary
from camcensus.tasks.reports.making import Making
from camcensus.ui.kit.widgets import Text
from camcensus.ui.window import MainWindow
from numbers_said import acted_on
from report.html_reading import Tag

N = r"(\d[\d,]*)"
_LISTED = re.compile(r", (?:listed|based in China \(our reading\))$")
"""What stands behind a maker's name in a table."""
REPORTS: dict[str, Callable[[Making], ReportDocument]] = {
    "register": register.register,
    "summary": summary.summary,
    "plan": plan.plan,
    "foi": foi.foi,
    "evidence": evidence.evidence,
}
KIND_WORDS = {
    "cameras": r"cameras?", "recorders": r"recorders?", "encoders": r"encoders?", "intercoms": r"intercoms?",
    "programs": r"viewing programs?", "may be cameras": r"(?:more )?devices? (?:that )?may be (?:a camera|cameras)",
}  # fmt: skip
SENTENCES = {
    "cameras not known": rf"The maker of {N} cameras? is not known",
    "items not known": rf"(?:could not tell who made|Find out who made) {N} item|The maker of {N} items? is not known|Still to look at: {N} item",
    "undecided": rf"Decide what to do with {N} item",
    "flawed": rf"{N} devices? (?:has|have) a published flaw",
}
type Said = dict[str, set[str]]


def plain(number: str) -> str:
    return number.replace(",", "")


def kinds(text: str) -> dict[str, int]:
    """ "3 cameras, 1 recorder" by kind."""
    return {
        kind: int(plain(found[1])) for kind, words in KIND_WORDS.items() if (found := re.search(rf"(\d[\d,]*) {words}\b", text))
    }


def sentences(text: str) -> Iterator[tuple[str, str]]:
    for said, words in re.findall(r"([^.]*?) (?:is|are) made by (another maker|other makers|)", text):
        for kind, number in kinds(re.sub(r" of [\d,]+", "", said)).items():
            yield f"{'based' if words else 'listed'} {kind}", str(number)
    for key, pattern in SENTENCES.items():
        for found in re.finditer(pattern, text):
            yield key, plain(next(group for group in found.groups() if group))


def refs_in(text: str) -> int:
    """How many refs "CAM-001 to CAM-004, CAM-009" names."""
    runs = [part.split(" to ") for part in text.replace("\u00a0", " ").split(", ")]
    return sum(int(run[-1].rpartition("-")[2]) - int(run[0].rpartition("-")[2]) + 1 for run in runs)


def by_maker(table: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The makers that a table names, with their numbers."""
    at = table[0].index("Cameras")
    for row in table[1:]:
        if row[0] == "Total":
            yield "cameras", plain(row[at])
        elif "other maker" not in row[0]:
            yield ("cameras not known" if row[0] == "Not known" else f"made by {_LISTED.sub('', row[0])}"), plain(row[at])


def of_report(kind: str, root: Tag) -> Iterator[tuple[str, str]]:
    """What one report says, by what it is about."""
    text = root.all("body")[0].text
    yield from sentences(text)
    leads = {
        "register": r" has ([^.]*) in this register", "summary": r"We have ([^.]*)\.", "plan": r"The record has ([^.]*)\.",
        "evidence": r"each answer about (.*?) was given", "foi": r"How many cameras and recorders are there\? ([^:]*)How counted",
    }  # fmt: skip
    lead = re.search(leads[kind], text)
    for name, number in kinds(lead[1] if lead else "").items():
        yield name, str(number)
    for table in (one.cells for one in root.all("table")):
        head = table[0]
        if head[0] == "Made by" and "Cameras" in head:
            yield from by_maker(table)
        elif head[0] == "Place" and head[-1] == "Cameras":
            total = dict(zip(head, table[-1], strict=True))
            yield "cameras", plain(total["Cameras"])
            yield from ((f"made by {name}", plain(total[name])) for name in head[1:-1] if name not in ("Others", "Not known"))
            if "Not known" in total:
                yield "cameras not known", plain(total["Not known"])
        elif head[0] in ("Place", "Rows") and head[1] == "Cameras":
            names = {
                "Cameras": "cameras", "Recorders": "recorders", "May be cameras": "may be cameras",
                "Made by listed makers": "listed", "Makers based in China (our reading)": "based",
                "Maker not known": "items not known", "Not decided": "undecided",
            }  # fmt: skip
            yield from ((names[name], plain(cell)) for name, cell in zip(head, table[-1], strict=True) if name in names)
            for at in range(1, len(head)):
                numbers = [int(plain(row[at])) for row in table[1:]]
                assert len(numbers) == 1 or sum(numbers[:-1]) == numbers[-1], f"{kind}: {head[at]} does not add up"
        elif kind == "foi" and head[-1] == "Count" and table[-1][0] == "Total":
            yield "cameras", plain(table[-1][-1])
        elif kind == "evidence" and head[0] == "Devices":
            yield "items but programs", str(sum(refs_in(row[0]) for row in table[1:]))
        elif kind == "plan" and head[0] == "Option":
            acted = re.search(rf"{N} items? stays? in use(?:, {N} of them by a listed maker)?", table[1][2])
            items, listed = acted_on(text)
            assert acted is None or not items or (int(plain(acted[1])), acted[2] or listed) == (items, listed)
    if kind == "register":
        sums = Counter[str]()
        for row in (row for one in root.all("table") if one.cells[0][0] == "Ref" for row in one.cells if len(row) == 1):
            sums.update(kinds(row[0].partition(": ")[2]))
        yield from ((name, str(number)) for name, number in sums.items())
    if kind == "foi" and (named := re.search(r"Who made them\? (.*?) How counted", text)):
        for maker, number in re.findall(rf"([^;]+?) {N}(?=[;.])", named[1].split(" The maker of")[0]):
            yield f"made by {maker.strip()}", plain(number)


def of_window(window: MainWindow) -> Iterator[tuple[str, str]]:
    """What the pages say."""
    home = [one.text() for one in window.home._scroll.findChildren(Text)]
    titles = {
        "item in the record": "items", "items in the record": "items",
        "more by makers based in China (our reading)": "based",
        "has no decision yet": "undecided", "have no decision yet": "undecided",
    }  # fmt: skip
    for number, title in itertools.pairwise(home):
        if title in titles:
            yield titles[title], plain(number)
        elif listed := re.match(r"\w+(?: \w+)* made by (?:a listed maker(?:: (.*))?|.*, listed)$", title):
            yield "listed", plain(number)
            yield from ((f"listed {kind}", str(one)) for kind, one in kinds(listed[1] or "").items())
    found = next(
        (words for title, words in itertools.pairwise(home) if title in ("item in the record", "items in the record")), ""
    )
    yield from ((name, str(number)) for name, number in kinds(found).items())
    heading = next((at for at, words in enumerate(home) if words.startswith("Who made the ")), None)
    if heading is not None:
        yield from ((name, str(number)) for name, number in kinds(home[heading]).items())
        for at, words in enumerate(home):
            if re.fullmatch(N, words) and home[at - 1] in NAMES:
                of_cameras = re.fullmatch(rf"Who made the {N} cameras?", home[heading])
                nobody = "cameras not known" if of_cameras else "items not known"
                yield (nobody if home[at - 1] == "Not known" else f"made by {home[at - 1]}"), plain(words)
    yield from ((name, str(number)) for name, number in kinds(window.cameras.heading.note.text()).items())


NAMES: set[str] = set()
"""What makers are called on Home, with "Not known"."""


def texts(root: QWidget) -> Iterator[str]:
    """All that is written in view, and what a screen reader says of the rows of its lists and tables."""
    for widget in (one for one in root.findChildren(QWidget) if one.isVisible()):
        if (
            isinstance(widget, QAbstractItemView)
            and not isinstance(widget, QHeaderView)
            and (model := widget.model()) is not None
        ):
            columns = range(model.columnCount(QModelIndex())) if isinstance(widget, QTableView) else (0,)
            for row, at in itertools.product(range(model.rowCount(QModelIndex())), columns):
                yield str(model.index(row, at).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(row, at).data() or "")
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        elif isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()


def truth(rows: Sequence[AssetRow], names: Callable[[str], str]) -> dict[str, str]:
    """The same, counted here row by row."""
    here = [row for row in rows if row.asset.status != "removed" and row.asset.kind != "other"]
    cameras = [row for row in here if row.asset.kind == "camera"]

    def named(found: Sequence[AssetRow]) -> str:
        return str(sum(bool(row.maker) and row.grade in NAMED_GRADES for row in found))

    def unnamed(found: Sequence[AssetRow]) -> str:
        return str(sum(not row.maker or row.grade not in NAMED_GRADES for row in found))

    listed = [row for row in here if any(not one.may for one in row.findings)]
    based = [row for row in here if row.seat is not None and not row.seat.may and row not in listed]
    known = {
        "items": str(len(here)), "listed": named(listed), "based": named(based), "cameras not known": unnamed(cameras),
        "items not known": unnamed([row for row in here if row.asset.kind != "software"]),
        "undecided": str(sum(row.asset.decision is None for row in here)),
        "items but programs": str(sum(row.asset.kind != "software" for row in here)),
        "flawed": str(sum(any(one.kind in ("exploited-flaw", "known-flaw") for one in row.care) for row in here)),
    }  # fmt: skip
    kind_of = {"cameras": "camera", "recorders": "recorder", "encoders": "encoder", "intercoms": "intercom",
               "programs": "software", "may be cameras": "unknown"}  # fmt: skip
    for name in {one.list for row in cameras for one in row.findings}:
        known[f"on {name}"] = named([row for row in cameras if name in {one.list for one in row.findings if not one.may}])
    known |= {name: str(sum(row.asset.kind == kind for row in here)) for name, kind in kind_of.items()}
    for name, kind in kind_of.items():
        known[f"listed {name}"] = named([row for row in listed if row.asset.kind == kind])
        known[f"based {name}"] = named([row for row in based if row.asset.kind == kind])
    makers = cameras or [row for row in here if row.asset.kind != "software"]
    for maker in {row.maker for row in makers if row.maker}:
        known[f"made by {names(maker)}"] = named([row for row in makers if row.maker == maker])
    return known
