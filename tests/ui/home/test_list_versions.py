"""A record judged by one vendors.db and opened with the next: what the lists changed is said, counted right, until a report is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import samples
from camcensus.cli import run
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from camcensus.ui.kit.buttons import LinkButton
from camcensus.ui.kit.widgets import Text
from camcensus.ui.preferences import Preferences
from camcensus.ui.session import Session
from camcensus.ui.window import MainWindow
from camcensus.wire.read import read
from installers.knowledge.build import build
from ui_rows import let_go, settle

NAMES_DAHUA = re.compile(r'\[\[statement\.names\]\]\nmanufacturer = "dahua"\n(?:(?!\[\[).*\n)*')
SENTENCE = "Since the lists of 2 January 2031, 2 devices are no longer listed: Dahua is no longer on"


@pytest.fixture(scope="module")
def next_base(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """The shipped knowledge of a later day, in which no list names Dahua."""
    folder = tmp_path_factory.mktemp("next")
    shutil.copytree(data_dir / "resources" / "vendors", folder / "vendors")
    for path in (folder / "vendors" / "statements").glob("*.toml"):
        path.write_text(NAMES_DAHUA.sub("", path.read_text("utf-8")), "utf-8")
    with (folder / "vendors" / "CHANGES.md").open("a", encoding="utf-8") as changes:
        changes.write("\n## 2031-01-02\n\nNo list names Dahua.\n")
    build(folder / "vendors", folder / "vendors.db")
    return folder / "vendors.db"


@pytest.fixture
def school(tmp_path: Path, knowledge: Knowledge) -> Path:
    """Two Dahua devices and one of Hikvision, judged by the shipped lists."""
    seen = [
        samples.observation(number, probe=probe, ask=None, port=None, raw=raw, reading=read(probe, None, raw))
        for number, probe, name in ((31, "dhip", "dhip/camera"), (32, "dhip", "dhip/door-station"), (33, "sadp", "sadp/camera"))
        for raw in (samples.packet(name),)
    ]
    found = Census(
        scan=samples.scan(knowledge_version=knowledge.version), observations=tuple(seen), verdicts=judge(seen, knowledge)
    )
    with register.new_inventory(tmp_path / "school.camcensus", samples.body(), samples.NOW) as inventory:
        register.save_census(inventory, found, knowledge, samples.NOW)
    return tmp_path / "school.camcensus"


def test_what_the_next_lists_change_is_said_on_home_in_history_by_show_and_in_the_next_report(
    app: QApplication,
    school: Path,
    next_base: Path,
    data_dir: Path,
    tmp_path: Path,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def command(*words: object) -> str:
        assert run([*map(str, words), "--knowledge", str(next_base)], data_dir=lambda: data_dir, window=lambda *_: 0) == 0
        return capsys.readouterr().out

    def register_paper(name: str) -> str:
        command("report", school, "--kind", "register", "-o", tmp_path / name)
        return " ".join(pypdf.PdfReader(tmp_path / name).pages[0].extract_text().split())

    assert SENTENCE in command("show", school)
    session = Session(load_knowledge(next_base), data_dir, clock=lambda: samples.NOW)
    session.person = "R. Khan"
    session.open(school)
    window = MainWindow(session, Preferences(tmp_path / "window.ini"))
    window.show()

    def home() -> str:
        window.show_page("home")
        settle(app)
        return "\n".join(text.text() for text in window.home.findChildren(Text) if not text.isHidden())

    assert "3 answers were given by an older list, since 24 November 2026." in home()
    next(one for one in window.home.findChildren(LinkButton) if one.text() == "Re-check them").click()
    assert window.page is window.cameras
    window.cameras.stale.button.click()
    qtbot.waitUntil(lambda: not window.cameras.stale.running)
    assert SENTENCE in home()
    window.show_page("history")
    settle(app)
    history = window.history
    qtbot.waitUntil(lambda: SENTENCE in history.title.text(), timeout=20000)
    session.close()
    window.close()
    let_go(window)
    assert SENTENCE in command("show", school)
    assert SENTENCE in register_paper("next.pdf")
