"""The asset register: a page to sign, a page of charts, every row by place, then recorders, companies, assessments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Fact,
    FactLook,
    Heading,
    Link,
    Prose,
    ReportDocument,
    Row,
    TableBlock,
)
from camcensus.model.tags import PLAIN
from camcensus.model.words import GRADE_SHORT, clean, count, joined, kinds_in_words, lower_first, run_of_refs, upper_first
from camcensus.report.register_front import front
from camcensus.report.register_values import BuildingSection, Item, Register
from camcensus.report.sheet import Occasion

NAME, PLACE, FEW = 60, 80, 12
LONGEST = 0.18
"""The part of the page that one word may take: serial numbers are long, and ten columns share it."""
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,6}", re.ASCII)
NONE = Fact("–", "second")
"""A value that nobody has recorded."""


def register_report(
    occasion: Occasion, register: Register, progress: Callable[[int, int], None] | None = None
) -> ReportDocument:
    """The register. What `progress` raises ends it."""
    blocks = [
        *front(occasion, register),
        *_rows(register, progress),
        *_hubs(register),
        *_firms(register),
        *_assessments(register),
        *_missing(register),
    ]
    return occasion.document("Asset register", blocks, handling=register.handling, landscape=True, foot=register.methods)


# -- the rows

_HELD = {grade: words.replace(" ", "\u00a0") for grade, words in GRADE_SHORT.items()}
HOW_SURE = "Certainty"
_Value = Callable[[Item], "str | None"]


@frozen
class _Part:
    """One line of a column: its head, its value, and how it looks."""

    head: str
    value: _Value
    look: FactLook = "normal"


def _sure(item: Item) -> str:
    """ "Likely, listed"; "Not known" once."""
    if item.listing.startswith("May be"):
        return item.listing.partition(" (")[0].partition(" –")[0]
    same = GRADE_SHORT[item.grade] == item.listing
    return _HELD[item.grade] if same else f"{_HELD[item.grade]}, {lower_first(item.listing)}"


def _plain_part(title: str) -> _Part:
    """A line of a column that more such fields share: a dash where it is not recorded and another one is."""
    return _Part(title, lambda item: (item.plain.get(title) or "–") if any(item.plain.values()) else "", "second")


PRINTED = tuple(field for field in PLAIN if not field.follows and field.kind not in ("text", "days"))
"""The plain fields with a line of their own: what follows one, and days, stand beside another, and words are for few."""
_COLUMNS: tuple[tuple[float, tuple[_Part, ...]], ...] = (
    (
        1.8,
        (
            _Part("Location", lambda item: item.where or item.address),
            _Part("Purpose", lambda item: item.purpose, "second"),
        ),
    ),
    (0.9, (_Part("Kind", lambda item: item.kind), _Part("Type", lambda item: item.camera_type, "second"))),
    (1.75, (_Part("Made by", lambda item: item.made_by), _Part(HOW_SURE, _sure, "second"))),
    (2.5, (_Part("Model", lambda item: item.model), _Part("Serial", lambda item: item.serial, "second"))),
    (1.5, (_Part("Flaws", lambda item: item.care),)),
    (0.9, (_Part("Installed", lambda item: item.installed), _Part("Age", lambda item: item.age, "second"))),
    *((2.05, tuple(_plain_part(field.title) for field in PRINTED[at : at + 2])) for at in range(0, len(PRINTED), 2)),
    (0.85, (_Part("Connected", lambda item: item.connected), _Part("Keeps", lambda item: item.keeps, "second"))),
    (1.05, (_Part("Owner", lambda item: item.owner), _Part("Maintainer", lambda item: item.maintainer, "second"))),
    (0.9, (_Part("Last seen", lambda item: item.seen), _Part("Picture", lambda item: item.picture, "second"))),
    (1.2, (_Part("Decision", lambda item: item.decision or "None yet"), _Part("Year", lambda item: item.year, "second"))),
)
"""The columns with their shares; two facts share one, the second under the first."""


def _rows(register: Register, progress: Callable[[int, int], None] | None) -> Iterator[Block]:
    items = [item for section in register.sections for item in section.items]
    if not items:
        return
    shown = [(share, [part for part in parts if any(part.value(item) for item in items)]) for share, parts in _COLUMNS]
    shown = [(share, parts) for share, parts in shown if parts]
    columns = [
        Column("Ref", 0.8),
        *(Column("\n".join(part.head for part in parts), share, longest=LONGEST) for share, parts in shown),
    ]
    rows: list[Row] = []
    for section in register.sections:
        if progress is not None:
            progress(0, 1)
        if len(register.sections) > 1:
            rows.append(Row([f"{clean(section.name, PLACE)}: {_amounts(section)}"], "group"))
        rows += [_row(item, [parts for _, parts in shown]) for item in section.items]
    yield Heading("Every entry, by place" if register.by_place else "Every entry", 2, new_page=len(items) > FEW)
    yield Prose("A dash means that nobody has recorded it.", "note", keeps_next=True)
    yield TableBlock(columns, rows, spacing="dense", lines=2)


def _amounts(section: BuildingSection) -> str:
    return kinds_in_words(section.counts.kinds) or f"{count(len(section.items), 'entry', 'entries')}, not counted"


def _row(item: Item, columns: Sequence[Sequence[_Part]]) -> Row:
    cells: list[Cell] = [clean(item.ref, 24)]
    for parts in columns:
        facts: list[Fact] = []
        for part in parts:
            value = part.value(item)
            if not value:
                continue
            if part.head == HOW_SURE:
                facts.append(Fact(value, "second", item.grade))
            elif part.head == "Serial":
                facts.append(Fact(_serial(clean(value, NAME), clean(item.model, NAME)), part.look))
            else:
                facts.append(Fact(clean(value, NAME), part.look))
        cells.append(facts or NONE)
    return Row(cells)


def _serial(serial: str, model: str) -> str:
    """A serial number that begins with the model continues under it."""
    rest = serial.removeprefix(model) if len(model) > 1 else ""
    return f"… {rest}" if rest and rest != serial else serial


# -- behind the rows


def _hubs(register: Register) -> Iterator[Block]:
    if not register.hubs:
        return
    yield Heading("Recorders and switches, with what is connected to them", 2, new_page=True)
    with_place = any(hub.where for hub in register.hubs)
    yield TableBlock(
        [
            Column("Ref", 0.6), Column("What it is", 1.5), *([Column("Location", 1.2)] if with_place else []),
            Column("Number", figures=True), Column("Connected to it, by channel", 4),
        ],
        [
            Row(
                [
                    clean(hub.ref, 24),
                    clean(hub.what, PLACE),
                    *([clean(hub.where or "", PLACE) or NONE] if with_place else []),
                    f"{len(hub.refs):,}" if hub.refs else NONE,
                    run_of_refs(hub.refs) + (f". Not confirmed: {hub.unconfirmed:,}" if hub.unconfirmed else "") or NONE,
                ]
            )
            for hub in register.hubs
        ],
        spacing="close",
    )  # fmt: skip


def _firms(register: Register) -> Iterator[Block]:
    if not register.firms:
        return
    yield Heading("Companies and contracts", 2)
    yield TableBlock(
        [
            Column("Company", 1.5), Column("What it does", 1), Column("Contract", 1),
            Column("Contract ends", 1),
            Column("Contact", 1.6), Column("Rows", figures=True),
        ],
        [
            Row(
                [
                    clean(firm.name, PLACE), firm.role, clean(firm.contract, 40) or NONE, firm.ends or NONE,
                    [_contact(clean(line, PLACE)) for line in firm.contact if line] or NONE, f"{firm.items:,}",
                ]
            )
            for firm in register.firms
        ],
    )  # fmt: skip


def _contact(line: str) -> Fact:
    return Fact([Link(line, f"mailto:{line}")] if _MAIL.fullmatch(line) else line)


def _assessments(register: Register) -> Iterator[Block]:
    if not register.assessments:
        return
    yield Heading("Data protection impact assessments", 2)
    yield TableBlock(
        [Column("Assessment", 1), Column("Covers", 3.4), Column("Rows", figures=True)],
        [
            Row([clean(name, PLACE) or "Not recorded", run_of_refs(refs), f"{len(refs):,}"])
            for name, refs in register.assessments
        ],
    )


def _missing(register: Register) -> Iterator[Block]:
    if not register.not_recorded:
        return
    yield Heading("Not recorded yet", 2)
    yield Prose("The register is complete when these are filled in. Each can be set for many rows at once.", keeps_next=True)
    alike: dict[int, list[str]] = {}
    for what, number in register.not_recorded:
        alike.setdefault(number, []).append(lower_first(what))
    yield Bullets([f"{upper_first(joined(names))}: {count(number, 'row')}" for number, names in alike.items()])
