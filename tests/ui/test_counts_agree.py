"""Every number that is said twice is the same: all reports and pages of one register, over 60 registers full of doubt.

Texts and tables are read back from the pages for a browser and from the labels of the window; nothing is asked how it counts.
A register that fails is named by its number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

import drawn
import samples
from camcensus.model.device import NAMED_GRADES
from camcensus.model.foi import FoiRequest
from camcensus.planning.counts import is_counted
from camcensus.report.html.writer import write_html
from camcensus.tasks.register import checking
from camcensus.tasks.reports import kit, plan
from camcensus.tasks.reports.making import Choices, Making
from camcensus.ui.asset.model import AssetModel, Wanted
from camcensus.ui.manufacturers.model import amount
from camcensus.ui.phrases import NOT_DECIDED
from camcensus.ui.window import MainWindow
from counts_read import NAMES, REPORTS, N, of_report, of_window, plain, truth
from random_estates import estate
from report.html_reading import read_html

SEEDS = 60
GROUPS = 2


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_number_that_is_said_twice_is_the_same(
    window: MainWindow, data_dir: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    session = window.session
    inventory, knowledge = session.inventory, session.knowledge
    assert inventory is not None
    seeds = [*range(group, SEEDS, GROUPS), *([drawn.seed()] if group == 0 else [])]
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
            here = [row for row in rows if is_counted(row.asset)]
            named = sum(row.maker == one.id and row.grade in NAMED_GRADES for row in here)
            may = sum(one.id in (row.maker, *row.candidates) and row.grade not in NAMED_GRADES for row in here)
            assert amount(one) == (f"{named}" if named else f"may be {may}" if may else "")
        shown = AssetModel(knowledge)
        shown.set_rows(rows, knowledge, {}, samples.NOW.date())
        for only, about in (("listed", "listed"), ("only-based", "based"), ("undecided", "undecided")):
            buttons = [one.text() for one in window.home._scroll.findChildren(QAbstractButton) if one.property("only") == only]
            shown.want(Wanted(only=only) if only != "undecided" else Wanted(decision=NOT_DECIDED.words))
            offered = [int(plain(re.sub(r"\bit$", "1", words).split()[-1])) for words in buttons]
            assert offered == [shown.rowCount()] * len(offered), f"register {seed}: {about}"
            assert len(offered) == min(1, shown.rowCount()) * bool(rows)
        to_check = {one.asset.id for one in checking.to_check(inventory, rows)}
        assert {row.asset.id for row in rows if row.asset.kind == "unknown" and row.asset.status != "removed"} <= to_check
    assert any(name in session.enabled_lists() for name in seen)
    twice = {
        "cameras": 9,
        "listed": 4,
        "listed cameras": 6,
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
