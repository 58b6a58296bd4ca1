"""Every number that is said twice is the same: all reports and pages of one register, over 200 registers full of doubt.

Texts and tables are read back from the pages for a browser and from the labels of the window; nothing is asked how it counts.
One register is drawn by the clock, and its number is named where it fails.
"""

from __future__ import annotations

import itertools
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

import samples
from camcensus.model.attribution import NAMED_GRADES
from camcensus.model.blocks import ReportDocument
from camcensus.model.foi import FoiRequest
from camcensus.planning.counts import is_counted
from camcensus.report.html.writer import write_html
from camcensus.tasks.register import checking
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports import evidence, foi, kit, plan, register, summary
from camcensus.tasks.reports.making import Choices, Making
from camcensus.ui.asset.model import AssetModel, Wanted
from camcensus.ui.kit.widgets import Text
from camcensus.ui.manufacturers.model import amount
from camcensus.ui.phrases import NOT_DECIDED
from camcensus.ui.window import MainWindow
from random_estates import estate
from report.html_reading import Tag, read_html

SEEDS = 200
GROUPS = 4
N = r"(\d[\d,]*(?: to \d[\d,]*)?)"
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
    "listed": rf"{N} cameras? (?:is|are) made by a maker on the lists",
    "based": rf"[Bb]y other makers, based in China \(our reading\): {N} camera",
    "cameras not known": rf"(?:cannot tell yet who made|The maker of) {N} cameras?(?: is not known|\.)",
    "items not known": rf"(?:could not tell who made|Find out who made) {N} item|{N} items? not identified|Still to look at: {N} item",
    "undecided": rf"Decide about {N} item",
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
    for key, pattern in SENTENCES.items():
        for found in re.finditer(pattern, text):
            yield key, plain(next(group for group in found.groups() if group))


def refs_in(text: str) -> int:
    """How many refs "CAM-001 to CAM-004, CAM-009" names."""
    runs = [part.split(" to ") for part in text.replace("\u00a0", " ").split(", ")]
    return sum(int(run[-1].rpartition("-")[2]) - int(run[0].rpartition("-")[2]) + 1 for run in runs)


def by_maker(table: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The makers that a table names, with their numbers."""
    for row in table[1:]:
        if row[0] == "Total":
            yield "cameras", plain(row[-1])
        elif "other maker" not in row[0]:
            yield ("cameras not known" if row[0] == "Not known" else f"made by {row[0]}"), plain(row[-1])


def of_report(kind: str, root: Tag) -> Iterator[tuple[str, str]]:
    """What one report says, by what it is about."""
    text = root.all("body")[0].text
    yield from sentences(text)
    leads = {
        "register": r" has ([^.]*) in this register", "summary": r"We have ([^.]*)\.", "plan": r"We found ([^.]*)\.",
        "evidence": r"each answer about (.*?) was given", "foi": r"How many cameras and recorders are there\? ([^:]*)How counted",
    }  # fmt: skip
    lead = re.search(leads[kind], text)
    for name, number in kinds(lead[1] if lead else "").items():
        yield name, str(number)
    for table in (one.cells for one in root.all("table")):
        head = table[0]
        if head[0] == "Made by" and head[-1] == "Cameras":
            yield from by_maker(table)
        elif head[0] == "Building" and head[-1] == "Cameras":
            total = dict(zip(head, table[-1], strict=True))
            yield "cameras", plain(total["Cameras"])
            yield from ((f"made by {name}", plain(total[name])) for name in head[1:-1] if name not in ("Others", "Not known"))
            if "Not known" in total:
                yield "cameras not known", plain(total["Not known"])
        elif head[0] in ("Building", "Rows") and head[1] == "Cameras":
            names = {
                "Cameras": "cameras", "Recorders": "recorders", "May be cameras": "may be cameras",
                "Cameras of listed makers": "listed", "Cameras based in China (our reading)": "based",
                "Maker not known": "items not known", "Not decided": "undecided",
            }  # fmt: skip
            yield from ((names[name], plain(cell)) for name, cell in zip(head, table[-1], strict=True) if name in names)
            for at in range(1, len(head)):
                ends = [(int(plain(row[at]).split()[0]), int(plain(row[at]).split()[-1])) for row in table[1:]]
                added = tuple(map(sum, zip(*ends[:-1], strict=True))) if len(ends) > 1 else ends[0]
                assert added == ends[-1], f"{kind}: {head[at]} does not add up"
        elif kind == "foi" and head[-1] == "Count" and table[-1][0] == "Total":
            yield "cameras", plain(table[-1][-1])
        elif kind == "evidence" and head[0] == "Devices":
            yield "items but programs", str(sum(refs_in(row[0]) for row in table[1:]))
        elif kind == "plan" and head[0] == "Option":
            acted = re.match(rf"{N} items? stays? in use(?:, {N} of them by a listed maker)?", table[1][3])
            asked = re.search(rf"Of the {N} items? to act on(?:, {N} (?:is|are) by a listed maker)?", text)
            assert acted is None or asked is None or acted[1] == asked[1]
            assert acted is None or asked is None or acted[2] in (None, asked[2])
    if kind == "register":
        sums = Counter[str]()
        for note in re.findall(r"([^.]*)\. A dash means", text):
            sums.update(kinds(note))
        yield from ((name, str(number)) for name, number in sums.items())
    if kind == "foi" and (named := re.search(r"Who made them\? (.*?) How counted", text)):
        for maker, number in re.findall(rf"([^;]+?) {N}(?=[;.])", named[1].split(" The maker of")[0]):
            yield f"made by {maker.strip()}", plain(number)


def of_window(window: MainWindow) -> Iterator[tuple[str, str]]:
    """What the pages say."""
    home = [one.text() for one in window.home._scroll.findChildren(Text)]
    titles = {
        "item found": "items", "items found": "items", "camera made by a listed maker": "listed",
        "cameras made by a listed maker": "listed", "more by makers based in China (our reading)": "based",
        "has no decision yet": "undecided", "have no decision yet": "undecided",
    }  # fmt: skip
    for number, title in itertools.pairwise(home):
        if title in titles:
            yield titles[title], plain(number)
    found = next((words for title, words in itertools.pairwise(home) if title in ("item found", "items found")), "")
    yield from ((name, str(number)) for name, number in kinds(found).items())
    heading = next((at for at, words in enumerate(home) if words.startswith("Who made the ")), None)
    if heading is not None:
        yield from ((name, str(number)) for name, number in kinds(home[heading]).items())
        for at, words in enumerate(home):
            if re.fullmatch(N, words) and home[at - 1] in NAMES:
                yield ("cameras not known" if home[at - 1] == "Not known" else f"made by {home[at - 1]}"), plain(words)
    yield from ((name, str(number)) for name, number in kinds(window.cameras.heading.note.text()).items())


NAMES: set[str] = set()


def truth(rows: Sequence[AssetRow], names: Callable[[str], str]) -> dict[str, str]:
    """The same, counted here row by row."""
    here = [row for row in rows if row.asset.status != "removed" and row.asset.kind != "other"]
    cameras = [row for row in here if row.asset.kind == "camera"]

    def span(found: Sequence[AssetRow]) -> str:
        named = [row.grade for row in found if row.maker and row.grade in NAMED_GRADES]
        low, high = sum(grade != "likely" for grade in named), len(named)
        return f"{low}" if low == high else f"{low} to {high}"

    def unnamed(found: Sequence[AssetRow]) -> str:
        return str(sum(not row.maker or row.grade not in NAMED_GRADES for row in found))

    listed = [row for row in cameras if any(not one.may for one in row.findings)]
    based = [row for row in cameras if row.seat is not None and not row.seat.may and row not in listed]
    known = {
        "items": str(len(here)), "listed": span(listed), "based": span(based), "cameras not known": unnamed(cameras),
        "items not known": unnamed([row for row in here if row.asset.kind != "software"]),
        "undecided": str(sum(row.asset.decision is None for row in here)),
        "items but programs": str(sum(row.asset.kind != "software" for row in here)),
        "flawed": str(sum(any(one.kind in ("exploited-flaw", "known-flaw") for one in row.care) for row in here)),
    }  # fmt: skip
    kind_of = {"cameras": "camera", "recorders": "recorder", "encoders": "encoder", "intercoms": "intercom",
               "programs": "software", "may be cameras": "unknown"}  # fmt: skip
    for name in {one.list for row in cameras for one in row.findings}:
        known[f"on {name}"] = span([row for row in cameras if name in {one.list for one in row.findings if not one.may}])
    known |= {name: str(sum(row.asset.kind == kind for row in here)) for name, kind in kind_of.items()}
    for maker in {row.maker for row in cameras if row.maker}:
        known[f"made by {names(maker)}"] = span([row for row in cameras if row.maker == maker])
    return known


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_number_that_is_said_twice_is_the_same(
    window: MainWindow, data_dir: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    session = window.session
    inventory, knowledge = session.inventory, session.knowledge
    assert inventory is not None
    seeds = [*range(group, SEEDS, GROUPS), *([time.time_ns() % 1_000_000_000] if group == 0 else [])]
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for module in (kit, plan):
        monkeypatch.setattr(module, "judged_now", lambda *_: {})
    for seed in seeds:
        rows = tuple(estate(seed, knowledge, session.enabled_lists()))
        for module in (kit, plan):
            monkeypatch.setattr(module, "rows", lambda *_, rows=rows, **__: rows)
        monkeypatch.setattr(session, "rows", lambda rows=rows: rows)
        known = truth(rows, knowledge.name_of)
        NAMES.clear()
        NAMES.update({"Not known", *(name.removeprefix("made by ") for name in known if name.startswith("made by "))})
        said: dict[str, list[tuple[str, str]]] = {}
        for kind, says in REPORTS.items():
            for audience in ("internal", "public" if seed // GROUPS % 2 or kind == "foi" else "supplier"):
                making = Making(
                    inventory=inventory, knowledge=knowledge, path=Path("a.html"), data_dir=data_dir,
                    now=samples.NOW + timedelta(days=1), choices=Choices(audience, request=FoiRequest("", "2026-11-17")),  # type: ignore[arg-type]
                )  # fmt: skip
                root = read_html(write_html(says(making)))
                said[f"{kind}, {audience}"] = list(of_report(kind, root))
                if kind == "foi":
                    for name in session.enabled_lists():
                        title, number = re.escape(knowledge.lists[name].title), known.get(f"on {name}", "0")
                        for found in re.findall(rf"{N} by makers named in “{title}”", root.all("body")[0].text):
                            seen[name].add(audience)
                            assert plain(found) == number, f"register {seed}: {name}"
        window.home.refresh()
        window.cameras.behind = True
        window.cameras.catch_up()
        said["window"] = list(of_window(window))
        for where, numbers in said.items():
            for about, number in numbers:
                seen[about].add(where)
                assert number == known.get(about, "0"), (
                    f"register {seed}: {where} says {number} of “{about}”, not {known.get(about)}"
                )
        window.manufacturers.list.refresh()
        for one in window.manufacturers.list.model.rows:
            mine = [row for row in rows if row.maker == one.id and row.asset.status != "removed" and row.asset.kind != "other"]
            named = [row.grade for row in mine if row.grade in NAMED_GRADES]
            low = sum(grade != "likely" for grade in named)
            expected = f"{low}" if low == len(named) else f"{low} to {len(named)}"
            assert amount(one) == (expected if named else f"{len(mine)} to check" if mine else "")
        shown = AssetModel(knowledge)
        shown.set_rows(rows, knowledge, {}, samples.NOW.date())
        for only, about in (("listed", "listed"), ("only-based", "based"), ("undecided", "undecided")):
            buttons = [one.text() for one in window.home._scroll.findChildren(QAbstractButton) if one.property("only") == only]
            shown.want(Wanted(only=only) if only != "undecided" else Wanted(decision=NOT_DECIDED.words))
            offered = [int(plain(found[0])) for words in buttons if (found := re.search(r"\d[\d,]*", words))]
            assert offered == [shown.rowCount()] * len(offered), f"register {seed}: {about}"
            assert len(offered) == min(1, shown.rowCount()) * bool(rows)
        to_check = {one.asset.id for one in checking.to_check(inventory, rows)}
        assert {row.asset.id for row in rows if row.asset.kind == "unknown" and row.asset.status != "removed"} <= to_check
    assert any(name in session.enabled_lists() for name in seen)
    twice = {
        "cameras": 9,
        "listed": 6,
        "based": 4,
        "cameras not known": 5,
        "items not known": 6,
        "undecided": 4,
        "recorders": 6,
        "encoders": 6,
        "intercoms": 6,
        "programs": 6,
        "may be cameras": 6,
        "flawed": 1,
        "items": 1,
        "items but programs": 3,
    }
    assert {about: number for about, number in twice.items() if len(seen[about]) < number} == {}


def test_a_camera_whose_signs_disagree_between_listed_makers_is_listed_nowhere(
    window: MainWindow, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    assert session.inventory is not None
    found = (row for seed in range(SEEDS) for row in estate(seed, session.knowledge, session.enabled_lists()))
    row = next(one for one in found if one.grade == "conflicting" and one.findings and is_counted(one.asset))
    assert not any(one.may for one in row.findings)
    assert (row.state, row.listed_on) == ("may", ())
    for module in (kit, plan):
        monkeypatch.setattr(module, "judged_now", lambda *_: {})
        monkeypatch.setattr(module, "rows", lambda *_, **__: (row,))
    for audience in ("internal", "supplier", "public"):
        making = Making(
            inventory=session.inventory, knowledge=session.knowledge, path=Path("a.html"), data_dir=data_dir,
            now=samples.NOW, choices=Choices(audience),
        )  # fmt: skip
        text = read_html(write_html(plan.plan(making))).all("body")[0].text
        assert "aker listed" not in text
        assert "listed maker waits" not in text
