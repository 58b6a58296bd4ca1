"""Where there is one of something, no sentence speaks of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import samples
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import tagging
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.ui.record_frame import ENTRIES, SETTINGS
from camcensus.ui.window import MainWindow
from heard import heard
from ui_rows import settle

NOUNS = (
    "cameras|recorders|devices|items|rows|entries|places|batches|lines|files|searches|channels|flaws|photos|questions|networks|"
    "addresses|people|organisations|makers|brands|lists|others|pins|changes|years"
)
SEVERAL = re.compile(
    rf"\b1 (?:[a-z-]+ ){{0,2}}(?:{NOUNS})\b"
    r"|\b1 (?:[a-z-]+ )*(?:(?:that|which) )?(?:are|were|have|need)\b"
    r"|\b1 [a-z][^.;:()\d]*\b(?:they|them|their)\b"
)
DEVICES = [
    ("camera", "dahua"),
    ("camera", None),
    ("recorder", "hikvision"),
    ("unknown", None),
    ("other", None),
]


def said_of_several(window: QWidget) -> Iterator[str]:
    """What is shown, read out or told in a tip, and speaks of several where it counts one.

    A number that stands alone is read with the two texts after it: its title, and what is said of that.
    """
    every = list(heard(window).every())
    texts = [sentence for one in every for said in (one.name, one.description) for sentence in re.split(r"(?<=[.!?]) ", said)]
    names = [one.name for one in every if one.name]
    texts += [" ".join(names[at : at + 3]) for at, name in enumerate(names) if name == "1"]
    yield from filter(SEVERAL.search, texts)


@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(("kind", "maker"), DEVICES)
def test_no_page_of_a_record_with_one_device_speaks_of_several(
    window: MainWindow, app: QApplication, knowledge: Knowledge, tmp_path: Path, kind: str, maker: str | None, decided: bool
) -> None:
    verdict = samples.verdict(41, kind, maker, knowledge.version)  # type: ignore[arg-type]
    observations = verdict.device.observations
    census = Census(scan=samples.scan(knowledge_version=knowledge.version), observations=observations, verdicts=(verdict,))
    path = tmp_path / "shop.camcensus"
    with register.new_inventory(path, samples.body("Corner Shop"), samples.NOW) as inventory:
        register.save_census(inventory, census, knowledge, samples.NOW)
    assert window.open_path(path)
    if decided and window.session.rows():
        assert window.session.do(tagging.decide([window.session.rows()[0].asset.id], "replace", why="old", year="2026-27"))
    found = []
    for entry in (*ENTRIES, SETTINGS):
        window.show_page(entry.name)
        settle(app)
        found += [f"{entry.name}: {one}" for one in dict.fromkeys(said_of_several(window))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "said",
    [
        "1 items in the record",
        "1 new cameras",
        "1 item that were checked",
        "Of 1 camera they are listed",
        "1 of them are known",
        "1 need it",
    ],
)
def test_a_sentence_that_speaks_of_several_is_found(said: str) -> None:
    assert SEVERAL.search(said)
    assert not SEVERAL.search("1 camera is listed. They are 12 cameras of 1 maker, and 1 needs checking.")
