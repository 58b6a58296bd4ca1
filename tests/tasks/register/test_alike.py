"""One answer for all entries of one brand and model: one change, with exceptions, and nobody asked twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import samples
from camcensus.model.asset import Asset
from camcensus.model.device import Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.store.inventory import Inventory
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import by_hand, checking
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.alike import Alike, alike, answer_alike, brand_and_model
from camcensus.tasks.register.checking import CheckAnswer
from camcensus.tasks.register.rows import row_of
from camcensus.tasks.register.verbs import HandRow

DRAWN = 40


@pytest.fixture(scope="module")
def knowledge(data_dir: Path) -> Knowledge:
    return load_knowledge(data_dir / "vendors.db")


def shown(number: int, model: str | None, brand: str | None = None, candidates: tuple[str, ...] = ()) -> Verdict:
    """A camera whose maker is not known, which shows a brand and a model."""
    one = samples.verdict(number, "camera", None)
    said = replace(one.attribution, brand=brand, candidates=candidates, grade="conflicting" if candidates else "unknown")
    return replace(one, attribution=said, description=replace(one.description, model=model))


SHOWN = (
    *(shown(number, "H4W2PER3", "Honeywell") for number in range(1, 6)),
    shown(6, "h4w2per3", "HONEYWELL"),
    shown(7, "H4W2PER3", "Honeywell", ("dahua", "hikvision")),
    shown(8, "H4W2PER3"),
    shown(9, "H4W2PER2", "Honeywell"),
    shown(10, None, "Honeywell"),
    shown(11, None),
)


@pytest.fixture
def inventory(tmp_path: Path, knowledge: Knowledge) -> Iterator[Inventory]:
    with register.new_inventory(tmp_path / "a.camcensus", samples.body(), samples.NOW) as made:
        seen = tuple(one for verdict in SHOWN for one in verdict.device.observations)
        scan = samples.scan(knowledge_version=knowledge.version)
        register.save_census(made, Census(scan=scan, observations=seen, verdicts=SHOWN), knowledge, samples.NOW)
        yield made


def by_number(inventory: Inventory, knowledge: Knowledge) -> dict[int, register.AssetRow]:
    return {int(row.addresses[0].rpartition(".")[2]): row for row in register.rows(inventory, knowledge) if row.addresses}


def alike_of(inventory: Inventory, knowledge: Knowledge, number: int) -> Alike:
    rows = register.rows(inventory, knowledge)
    items = checking.to_check(inventory, rows)
    wanted = by_number(inventory, knowledge)[number].asset.id
    item = next(one for one in items if one.id == wanted)
    return alike(item, items, {row.asset.id: row for row in rows}.get, knowledge)


def numbers(rows: object) -> list[int]:
    return sorted(int(row.addresses[0].rpartition(".")[2]) for row in rows)  # type: ignore[attr-defined]


def test_alike_are_the_same_brand_and_model_however_they_are_written(inventory: Inventory, knowledge: Knowledge) -> None:
    found = alike_of(inventory, knowledge, 1)
    assert numbers(row for row, why in found if not why) == [2, 3, 4, 5, 6]
    row, why = found[-1]
    assert numbers([row]) == [7]
    assert "Dahua" in why
    assert "Hikvision" in why


@pytest.mark.parametrize("number", [8, 9, 10, 11])
def test_another_model_no_brand_and_no_model_at_all_are_never_alike(
    inventory: Inventory, knowledge: Knowledge, number: int
) -> None:
    assert alike_of(inventory, knowledge, number) == ()


def test_one_answer_is_one_change_that_is_taken_back_whole(inventory: Inventory, knowledge: Knowledge) -> None:
    before = register.rows(inventory, knowledge)
    changes = len(inventory.changes())
    rows = by_number(inventory, knowledge)
    given = CheckAnswer(kind="camera", brand="Honeywell", model="H4W2PER3", serial="1234567890")
    others = [rows[number].asset.id for number in (2, 3, 4)]
    done = answer_alike(inventory, knowledge, rows[1].asset.id, given, others, by="R. Khan", now=samples.LATER)
    assert done.say.startswith("R. Khan read the label of ")
    assert "The same answer for 3 others." in done.say
    assert len(inventory.changes()) == changes + 1
    register.undo(inventory, knowledge, samples.LATER)
    after = register.rows(inventory, knowledge)
    assert [row.asset.id for row in after] == [row.asset.id for row in before]
    assert not [one for one in inventory.observations() if one.probe == "person"]
    assert all(one.state == "open" for one in checking.to_check(inventory, after))


def test_the_others_are_answered_only_where_the_answer_says_who_made_them(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_number(inventory, knowledge)
    others = [rows[number].asset.id for number in (2, 3, 4)]
    given = CheckAnswer(kind="camera", brand="Fenview", model="FV-1")
    done = answer_alike(inventory, knowledge, rows[1].asset.id, given, others, by="R. Khan", now=samples.LATER)
    assert done.say.endswith("The same answer for 3 others. 3 entries still need checking.")
    assert states(inventory, knowledge, [rows[1].asset.id, *others]) == ["answered", "open", "open", "open"]
    letter = CheckAnswer(kind="camera", basis="maker-letter", manufacturer="uniview")
    done = answer_alike(inventory, knowledge, others[0], letter, others[1:], by="R. Khan", now=samples.LATER)
    assert "still" not in done.say
    assert states(inventory, knowledge, others) == ["answered"] * 3


def states(inventory: Inventory, knowledge: Knowledge, ids: list[str]) -> list[str]:
    found = {one.asset.id: one.state for one in checking.to_check(inventory, register.rows(inventory, knowledge))}
    return [found.get(one, "") for one in ids]


def test_a_whole_list_is_answered_by_one_label(tmp_path: Path, knowledge: Knowledge) -> None:
    """The model cell holds a name that nobody knows; a person reads one label, and 330 others are of that maker too."""
    listed = [
        HandRow(model="HIK DS-2CD2347G2-LU", basis="register", source="cameras.xlsx", row=row, serial=f"F{row:08}")
        for row in range(2, 333)
    ]
    with register.new_inventory(tmp_path / "b.camcensus", samples.body(), samples.NOW) as made:
        edit = by_hand.add_rows(knowledge, listed, "R. Khan")
        register.do(made, knowledge, edit, by="R. Khan", now=samples.NOW)
        rows = register.rows(made, knowledge)
        first, *others = [row.asset.id for row in rows]
        items = checking.to_check(made, rows)
        found = alike(items[0], items, {row.asset.id: row for row in rows}.get, knowledge)
        assert [row.asset.id for row, why in found if not why] == others
        given = CheckAnswer(kind="camera", brand="Hikvision", model="DS-2CD2347G2-LU")
        told: list[tuple[int, int]] = []
        done = answer_alike(
            made, knowledge, first, given, others, by="R. Khan", now=samples.LATER, progress=lambda *far: told.append(far)
        )
        assert told == [(0, 330), (100, 330), (200, 330), (300, 330)]
        assert done.say.endswith("The same answer for 330 others.")
        after = {row.asset.id: row for row in register.rows(made, knowledge)}
        assert {(after[one].maker, after[one].grade, after[one].model) for one in others} == {
            ("hikvision", "likely", "DS-2CD2347G2-LU")
        }
        assert (after[first].maker, after[first].grade) == ("hikvision", "confirmed")
        assert states(made, knowledge, [first, *others]) == ["answered"] * 331
        assert len({after[one].serial for one in others}) == 330, "each keeps its own"
        register.undo(made, knowledge, samples.LATER)
        assert states(made, knowledge, [first, *others]) == ["open"] * 331


def test_a_label_that_a_sign_disagrees_with_is_said(inventory: Inventory, knowledge: Knowledge) -> None:
    before = {row.asset.id for row in register.rows(inventory, knowledge)}
    listed = HandRow(mac="44:19:b6:10:20:32", basis="register", source="cameras.xlsx", row=2)
    register.do(inventory, knowledge, by_hand.add_rows(knowledge, [listed], "R. Khan"), by="R. Khan", now=samples.NOW)
    (new,) = {row.asset.id for row in register.rows(inventory, knowledge)} - before
    assert states(inventory, knowledge, [new]) == [""]
    given = CheckAnswer(kind="camera", brand="Dahua")
    done = answer_alike(inventory, knowledge, new, given, by="R. Khan", now=samples.LATER)
    assert done.say.endswith(" Other signs disagree; all are saved and shown.")
    assert states(inventory, knowledge, [new]) == ["answered"]


def test_what_nobody_said_answers_nothing(inventory: Inventory, knowledge: Knowledge) -> None:
    asset = replace(by_number(inventory, knowledge)[1].asset, place="hall")
    nothing = CheckAnswer(kind="camera", place="hall", brand=" ")
    for given, alone, others in (
        (nothing, False, False),
        (replace(nothing, kind="unknown"), False, False),
        (replace(nothing, serial="1234567890"), True, False),
        (replace(nothing, place="gate"), True, False),
        (replace(nothing, kind="recorder"), True, True),
        (replace(nothing, brand="Fenview"), True, True),
    ):
        assert given.answers(asset, others=False) == alone, given
        assert given.answers(asset, others=True) == others, given
    channel = replace(asset, device=None, connected_to="recorder", channel=1, known_by=())
    assert channel.unconfirmed
    assert nothing.answers(channel, others=False)
    assert not replace(nothing, kind="unknown").answers(channel, others=False)


def test_of_the_others_it_is_said_that_their_own_label_was_not_read(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_number(inventory, knowledge)
    given = CheckAnswer(kind="camera", brand="Honeywell", model="H4W2PER3", serial="1234567890")
    answer_alike(inventory, knowledge, rows[1].asset.id, given, [rows[2].asset.id], by="R. Khan", now=samples.LATER)
    rows = by_number(inventory, knowledge)
    read, told = rows[1].verdict, rows[2].verdict
    assert read is not None
    assert told is not None
    assert any(sign.read_on_it for sign in read.attribution.evidence)
    assert not any(sign.read_on_it for sign in told.attribution.evidence)
    assert any(
        sign.why == "The label of another one of this brand and model says Honeywell." for sign in told.attribution.evidence
    )
    assert told.attribution.grade not in ("confirmed", "almost-certain")
    assert (rows[1].serial, rows[2].serial) == ("1234567890", None)


def test_a_letter_speaks_for_all_that_it_covers(inventory: Inventory, knowledge: Knowledge) -> None:
    rows = by_number(inventory, knowledge)
    given = CheckAnswer(kind="camera", basis="supplier-letter", brand="Honeywell", manufacturer="dahua")
    answer_alike(inventory, knowledge, rows[1].asset.id, given, [rows[2].asset.id], by="R. Khan", now=samples.LATER)
    rows = by_number(inventory, knowledge)
    assert [(rows[number].maker, rows[number].grade) for number in (1, 2)] == [("dahua", "confirmed")] * 2


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (HandRow(brand="Fenview"), False),
        (HandRow(model="FV-1"), False),
        (HandRow(brand="Fenview", model="FV-1", basis="register"), True),
        (HandRow(serial="1234567890"), True),
        (HandRow(), True),
    ],
)
def test_what_was_read_on_it_is_not_asked_again(
    inventory: Inventory, knowledge: Knowledge, typed: HandRow, asked: bool
) -> None:
    before = {row.asset.id for row in register.rows(inventory, knowledge)}
    register.do(inventory, knowledge, by_hand.add_rows(knowledge, [typed], "R. Khan"), by="R. Khan", now=samples.LATER)
    items = checking.to_check(inventory, register.rows(inventory, knowledge))
    (new,) = (one for one in items if one.asset.id not in before)
    assert (new.state == "open") == asked


def test_being_alike_goes_both_ways_and_never_mixes_models(knowledge: Knowledge) -> None:
    seed = random.randrange(10**6)
    for drawn in (*range(DRAWN), seed):
        dice = random.Random(drawn)
        rows = {}
        items = []
        for number in range(1, dice.randrange(2, 25)):
            answer = shown(
                number,
                dice.choice([None, "", "A-1", "a-1", "B-2"]),
                dice.choice([None, "Acme", "ACME", "Beta"]),
                dice.choice([(), (), ("dahua", "hikvision")]),
            )
            asset = Asset(id=f"a-{number}", ref=f"CAM-{number}", kind="camera", device=f"d-{number}")
            rows[asset.id] = row_of(asset, answer, ())
            state = dice.choice(["open", "installer", "answered"])
            items.append(checking.ToCheck(asset.id, "maker", state, asset))  # type: ignore[arg-type]
        fits = {one.id: {row.asset.id for row, why in alike(one, items, rows.get, knowledge) if not why} for one in items}
        for one in items:
            for other in fits[one.id]:
                assert brand_and_model(rows[one.id]).casefold() == brand_and_model(rows[other]).casefold() != "", drawn
                assert rows[one.id].candidates == rows[other].candidates, drawn
                if one.state != "answered":
                    assert one.id in fits[other], drawn
