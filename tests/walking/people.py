"""The five people, what each does, how many actions it may take, and whether what they asked for is there at the end."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader

from camcensus.tasks.register.verbs import AssetRow
from walking import worlds
from walking.person import Lost, Person

WHO = "R. Khan, IT"
ASKED = (
    "How many cameras and recorders are there?",
    "How many cameras are made by Hikvision or Dahua?",
    "When was each installed or bought?",
    "Is face recognition or other analysis of people in use?",
    "Is a data protection impact assessment held?",
)
NOT_ASKED = "Who supplies and maintains them"
SEARCH_S, DRAW_S = 180.0, 60.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody walks: their own folder, the record they begin with, and what is true of what they look at."""

    home: Path
    record: Path | None = None
    truth: Mapping[str, str] = field(default_factory=dict)

    def made(self, pattern: str) -> Path:
        """The file of that name that the person made. Raises Lost."""
        found = sorted(self.home.rglob(pattern))
        so(bool(found), f"{pattern} was not made; there is {sorted(one.name for one in self.home.rglob('*.*'))}")
        return found[-1]

    def rows(self) -> list[AssetRow]:
        """The register as it is in the file."""
        from camcensus.store.vendors_db.read import load_knowledge
        from camcensus.tasks.register import verbs as register

        with register.open_inventory(self.record or self.made("*.camcensus"), worlds.NOW, readonly=True) as inventory:
            return list(register.rows(inventory, load_knowledge(worlds.ROOT / "vendors.db")))


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody's walk. `limits` are the most actions to what is marked, from the mark before; `devices` are on the network."""

    name: str
    wants: str
    walk: Callable[[Person, Place], None]
    limits: Mapping[str, int]
    devices: int = 0
    record: Callable[[Path], None] | None = None
    files: Callable[[Path], Mapping[str, str]] | None = None


def so(held: bool, say: str) -> None:
    """Raises Lost where something is not so."""
    if not held:
        raise Lost(say)


def words_of(path: Path) -> str:
    """What can be selected in a PDF that is tagged."""
    document = PdfReader(path)
    root = document.trailer["/Root"]
    so(bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root, f"{path.name} has no tags")
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in document.pages))


def sam(person: Person, place: Place) -> None:
    person.wait("Continue to Find cameras")
    person.type("Elm Park Primary School")
    person.click("Continue to Find cameras")
    person.type(WHO)
    person.click("Start search")
    person.wait("See the list", SEARCH_S)
    person.click("See the list")
    person.click("Make report")
    person.wait("Print", DRAW_S)
    person.click("Print")
    person.wait("Output file:")
    person.click("Print")
    person.wait("Saved Asset register.pdf", DRAW_S)
    person.mark("a printed register")
    rows, paper = place.rows(), words_of(place.made("Asset register.pdf"))
    so(len(rows) == 24, f"{len(rows)} are in the record")
    so(
        "Elm Park Primary School has 21 cameras, 2 recorders and 1 intercom" in paper,
        "the register does not count what was found",
    )
    missing = [row.asset.ref for row in rows if row.asset.ref not in paper]
    so(not missing, f"not in the printed register: {missing}")


def priya(person: Person, place: Place) -> None:
    before = {row.asset.id: row.asset.place for row in place.rows()}
    person.wait("Northmoor Hospitals")
    person.key("ctrl+f")
    person.type("10.0.6.")
    person.key("ctrl+l")
    person.type("site 7/stage")
    so(
        person.text("Set .* to ").startswith("Set 250 items to Site 7 › Main hall › Ground floor › Stage"),
        "Enter would do else",
    )
    person.key("Return")
    person.wait("250 items moved")
    person.mark("250 cameras placed")
    rows = place.rows()
    stage = [row for row in rows if row.asset.place_path == ("Site 7", "Main hall", "Ground floor", "Stage")]
    so(len(stage) == worlds.BY_SITE, f"{len(stage)} are there")
    so(all(row.addresses[0].startswith("10.0.6.") for row in stage), "others are there too")
    elsewhere = [row for row in rows if row not in stage and row.asset.place != before[row.asset.id]]
    so(not elsewhere, f"{len(elsewhere)} others were moved")


def dev(person: Person, place: Place) -> None:
    person.wait("Continue to Find cameras")
    person.type("Corner Shop")
    person.click("Maintained school")
    person.click("Shop or business")
    person.click("Continue to Find cameras")
    person.type("D. Patel")
    person.key("Return")
    person.wait("See the list", SEARCH_S)
    person.click("See the list")
    so(person.sees("Hikvision", role="item") and person.sees("Dahua", role="item"), "the list does not say who made them")
    person.mark("who made them")
    person.key("ctrl+a")
    person.click("Record decision", near="Edit details")
    person.click("Replace", role="tick")
    person.click("Decided by", role="field")
    person.type("D. Patel")
    person.click("Record decision", role="button")
    person.wait("Decision for 7 items: Replace.")
    person.mark("what to do")
    person.click("Replacement plan", role="item")
    person.wait("Print preview", DRAW_S)
    person.click("Print preview")
    person.wait("Save PDF", DRAW_S)
    person.click("Save PDF")
    person.key("Return")
    person.wait("Saved corner-shop-plan", DRAW_S)
    person.mark("a plan")
    rows, paper = place.rows(), words_of(place.made("corner-shop-plan-*.pdf"))
    so(len(rows) == 7, f"{len(rows)} are in the record")
    so(all(row.asset.decision and (row.asset.decision.what, row.asset.decision.by) == ("replace", "D. Patel") for row in rows),
       "not every decision is recorded")  # fmt: skip
    so("replace 6 of 6 cameras and 1 of 1 recorder" in paper, "the plan does not ask for what was decided")
    so(all(row.asset.ref in paper for row in rows), "not every camera is in the plan")


def foi_lead(person: Person, place: Place) -> None:
    person.wait("Westbrook Council")
    person.click("Reports", role="item")
    person.click("FOI answers")
    person.click("Choose questions")
    person.mark("the list of questions")
    person.click("None of the questions")
    for question in ASKED:
        person.click(question)
    person.click("Answer these")
    person.mark("5 questions")
    person.click("Save PDF")
    person.key("Return")
    person.wait("Saved westbrook-council-foi", DRAW_S)
    person.mark("the answers")
    paper = words_of(place.made("westbrook-council-foi-*.pdf"))
    so("5 questions, on the next pages" in paper, "the pack does not answer five questions")
    so(all(question in paper for question in ASKED), "a question that was asked is not answered")
    so(NOT_ASKED not in paper, "a question that was not asked is answered")


def auditor(person: Person, place: Place) -> None:
    person.wait("Continue to Find cameras")
    person.click("I check others")
    person.key("Return")
    person.wait("Import a folder")
    person.click("Import a folder")
    person.type("answers")
    person.key("Return")
    person.wait("What was done with each file", DRAW_S)
    said = person.text("accepted, ")
    person.click("Close")
    person.wait(lambda: person.sees("Make report") and person.sees("Export CSV"), DRAW_S)
    total = person.text("cameras made by a listed maker")
    person.mark("the total")
    person.click("Export CSV")
    person.key("Return")
    person.wait("how-to-count.txt says", DRAW_S)
    person.mark("the tables")
    so("2 refused" in said, f"what was done with the files is said as “{said}”")
    so(
        f"of {place.truth['cameras']} cameras" in total,
        f"the total is “{total}”, and there are {place.truth['cameras']} cameras",
    )
    with place.made("by_kind.csv").open(encoding="utf-8-sig", newline="") as opened:
        kinds = list(csv.DictReader(opened))
    so(bool(kinds), "the table of kinds is empty")


LIVES = (
    Life("Sam", "a school, from the first start to a printed register", sam, {"a printed register": 9}, devices=26),
    Life("Priya", "3,000 cameras, 12 sites: 250 by address into the right place", priya, {"250 cameras placed": 5}, record=worlds.trust),
    Life("Dev", "a shop with 8 devices: who made them, what to do, a plan", dev, {}, devices=8),
    Life("FOI lead", "5 of the questions of a request answered", foi_lead, {"5 questions": 7}, record=worlds.council),
    Life("Auditor", "imports a folder of files, sees the total, exports", auditor, {}, files=worlds.answers),
)  # fmt: skip
