"""Network addresses that staff or devices wrote into any text of the record: in no edition for others, in no form."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from camcensus.model.knowledge import Knowledge
from camcensus.tasks.register import verbs as register
from camcensus.tasks.reports.catalogue import KINDS
from camcensus.tasks.share.columns import Audience
from camcensus.tasks.share.making import ShareWish, share
from planted import plant
from report.reading import read
from report_estate import NOW, estate, knowledge
from report_writing import write

FORMS = (
    "At fe80::1ff:fe23:4567:890a, 0200000000a1",
    "Gate 0200.0000.00a1 by 10-77-0-4",
    "2001:db8:0:7::9/64 and 020000-0000A1",
    "02 00 00 00 00 a1 on 192.168.77.x",
)
"""Each stands in every text of a record; short enough not to be cut."""
LEFT = re.compile(r"890a|db8|00a1|0000A1|00 a1|0-4|\.77\.", re.IGNORECASE)
EDITIONS = [(kind.name, audience) for kind in KINDS for audience in kind.audiences if audience != "internal"]
EDITIONS = [one for one in EDITIONS if one[0] != "foi"] + [("foi", "public"), ("questions", "internal")]
AUDIENCES: tuple[Audience, ...] = ("supplier", "public")
READ_BACK = ("asset.ref", "permission.network", "setting.value")


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A record for each form, with it in every text."""
    folder = tmp_path_factory.mktemp("addresses")
    estate(folder / "estate.camcensus")
    paths = []
    for number, form in enumerate(FORMS):
        path = folder / f"{number}.camcensus"
        shutil.copy(folder / "estate.camcensus", path)
        assert plant(path, lambda *_, form=form: form, but=READ_BACK)
        paths.append(path)
    return paths


@pytest.mark.parametrize("edition", EDITIONS, ids="-".join)
def test_no_edition_for_others_has_an_address_that_somebody_wrote(
    written: list[Path], known: Knowledge, tmp_path: Path, edition: tuple[str, str]
) -> None:
    kind, audience = edition
    for path in written[::2] if kind != "plan" else written:
        with register.open_inventory(path, NOW, readonly=True) as inventory:
            content = write(kind, inventory, known, tmp_path / "a.pdf", now=NOW, audience=audience).path.read_bytes()
            page = write(kind, inventory, known, tmp_path / "a.html", now=NOW, audience=audience).path.read_text("utf-8")
        paper = read(content)
        told = [paper.words, *(text for one in paper.pages for text in one.artifacts), str(paper.reader.metadata)]
        shown = re.sub(r"https?://[^\s\"<>]+", "", page)
        assert not [found.group() for text in (*told, shown) for found in LEFT.finditer(re.sub(r"https?://\S+", "", text))]


def test_no_table_for_a_supplier_or_the_public_has_one(written: list[Path], known: Knowledge, tmp_path: Path) -> None:
    for number, path in enumerate(written):
        for audience in AUDIENCES:
            to = tmp_path / f"{number}-{audience}.zip"
            with register.open_inventory(path, NOW, readonly=True) as inventory:
                share(inventory, known, to, ShareWish(audience, "Sam", photos=False), NOW)
            with zipfile.ZipFile(to) as held:
                texts = {name: held.read(name).decode("utf-8", "replace") for name in held.namelist()}
            left = {name: LEFT.findall(re.sub(r"https?://\S+", "", text)) for name, text in texts.items()}
            assert not {name: found for name, found in left.items() if found}
