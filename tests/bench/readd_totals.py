"""The totals of a review and what was answered, added up again for readd.py, with csv alone and by the words of the page of help.

The names and titles of lists and makers are taken from the tables, as no file of an organisation has them all; so are the
columns that say how old an answer is.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readd import Review, Row, Table

ALL = "All bodies"
FOR_CAMERAS = ("recorder", "encoder", "intercom", "software")
STATES = ("answered", "replied", "refused", "not-held", "no-reply")
WHOLE = ("other:the whole request", "The whole request")
HEADINGS = {
    "How many cameras?": "cameras",
    "How many Hikvision cameras?": "maker:hikvision",
    "How many Dahua cameras?": "maker:dahua",
}


def read(path: Path) -> list[dict[str, str]]:
    """A table or a spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def code(body: Row) -> str:
    """Its official number with the kind of it."""
    return next(f"{name}:{body[name]}" for name in ("urn", "ods", "gss", "company_no") if body[name])


class Totals:
    """The organisations with what is known of each, and their answers."""

    def __init__(self, review: Review, folder: Path) -> None:
        self.review = review
        self.bodies = list(review.bodies.values())
        self.lists = {row["list"]: row for row in read(folder / "tables" / "by_list.csv")}
        self.names = {row["maker"]: row["maker_name"] for row in read(folder / "tables" / "by_maker_and_way.csv")}
        self.answers = list(self._answers(read(folder / "answers.csv")))
        for body in self.bodies:
            body["code"] = code(body)
            body["said"] = {one["question"]: one for one in self.answers if one["body"] is body}
            body["replied"] = body["record"] is not None or any(one["state"] != "no-reply" for one in body["said"].values())
            body["counted"] = body["record"] is not None and review.counted(body)
            mine = review.cameras(body)
            body["has"] = {name: [one for one in mine if test(one)] for name, test in MEASURES.items()}
            others = [one["counts_as"] for one in body["assets"]]
            may = len(body["has"]["not_known"]) + others.count("may-be-camera")
            body["may_have"] = may + (0 if mine else sum(one in FOR_CAMERAS for one in others))
            listed = bool(body["has"]["listed"])
            body["none_found"] = body["counted"] and not listed and not body["may_have"]
            body["unsure"] = body["counted"] and not listed and not body["none_found"]
            figures = any(one["low"] is not None for one in body["said"].values())
            searched = body["counted"] and any(one["method"] == "search" for one in body["assets"])
            by_file = "measured" if searched else "recorded"
            body["way"] = by_file if body["counted"] else "claimed" if figures else "none"

    def _answers(self, rows: Iterable[dict[str, str]]) -> Iterable[Row]:
        for row in rows:
            body = next((one for one in self.bodies if one["name"] == row["Organisation"]), None)
            if body is None:
                continue  # nobody asked it: held
            state = row["Status"].lower().replace(" ", "-")
            said_none, numbers = state in ("refused", "no-reply"), [row[heading] for heading in HEADINGS]
            in_all, *of_makers = (int(number or 0) for number in numbers)
            is_odd = sum(of_makers) > in_all  # more of two makers than in all: left to a person
            for heading, question in [*HEADINGS.items(), WHOLE[::-1]]:
                if said_none or row.get(heading) or (question == WHOLE[0] and not any(numbers)):
                    number = int(row[heading]) if row.get(heading) and not is_odd else None
                    yield {
                        "body": body, "question": question, "heading": heading, "low": number,
                        "state": "replied" if number is None and not said_none else state,
                        "section": row["Exemption"].removeprefix("s."), "asked": row["Date asked"], "on": row["Date answered"],
                    }  # fmt: skip

    def of(self, kind: str) -> list[Row]:
        """Organisations of a kind that were asked."""
        return [body for body in self.bodies if kind in (ALL, body["type"])]

    def kinds(self) -> list[str]:
        """Every kind, and all."""
        return [*sorted({body["type"] for body in self.bodies}), ALL]

    def every(self) -> tuple[int, int, int]:
        """Asked, answered and counted."""
        return len(self.bodies), len(self.review.answered()), sum(body["counted"] for body in self.bodies)


WAYS = ("measured", "recorded", "claimed")
LISTED = ("listed", "listed_proven", "listed_most")
MEASURES: dict[str, Callable[[Row], bool]] = {
    "cameras": lambda one: True,
    "listed": lambda one: one["listed"],
    "listed_proven": lambda one: one["listed"] and one["sure"],
    "listed_most": lambda one: one["may"],
    "not_known": lambda one: one["maker"] is None,
    "based": lambda one: one["based"],
    "based_proven": lambda one: one["based"] and one["sure"],
}


def _once(bodies: Iterable[Row], name: str) -> int:
    return sum(one["once"] for body in bodies for one in body["has"][name])


def _having(bodies: Iterable[Row], name: str) -> int:
    return sum(bool(body["has"][name]) for body in bodies)


def _sum_of(things: Iterable[Row], name: str) -> int:
    return sum(one["once"] for one in things if MEASURES[name](one))


def _by_body_type(totals: Totals) -> Table:
    found: Table = []
    for kind in totals.kinds():
        bodies = totals.of(kind)
        cells = (
            kind, len(bodies), sum(body["record"] is not None for body in bodies), sum(body["counted"] for body in bodies),
            _having(bodies, "listed"), _having(bodies, "listed_proven"), sum(body["unsure"] for body in bodies),
            sum(len(body["has"]["cameras"]) for body in bodies),
            *(_once(bodies, name) for name in ("cameras", *LISTED, "not_known")),
            _having(bodies, "based"), _having(bodies, "based_proven"), _once(bodies, "based"), _once(bodies, "based_proven"),
            sum(body["none_found"] for body in bodies),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _makers(totals: Totals) -> dict[str, tuple[bool, bool]]:
    """Each maker that is listed or based in China among what was found, and which of the two."""
    return {
        one["maker"]: (one["listed"], one["based"])
        for body in totals.bodies
        for one in body["has"]["cameras"]
        if one["listed"] or one["based"]
    }


def _with(bodies: Iterable[Row], maker: str | None, *, sure: bool = False) -> int:
    return sum(any(one["maker"] == maker and (one["sure"] or not sure) for one in body["has"]["cameras"]) for body in bodies)


def _by_type_and_maker(totals: Totals) -> Table:
    found: Table = []
    for kind in totals.kinds():
        bodies = totals.of(kind)
        for maker, (listed, based) in _makers(totals).items():
            cells = (
                kind, maker, totals.names[maker], sum(body["record"] is not None for body in bodies),
                sum(body["counted"] for body in bodies), _having(bodies, "listed"), _having(bodies, "listed_proven"),
                _with(bodies, maker), _with(bodies, maker, sure=True), int(listed), int(based),
            )  # fmt: skip
            found.append(tuple(map(str, cells)))
    return found


def _by_maker(totals: Totals) -> Table:
    found: Table = []
    every = [one for body in totals.bodies for one in body["has"]["cameras"]]
    for maker in {one["maker"] for one in every}:
        mine = [one for one in every if one["maker"] == maker]
        unknown = maker is None
        name = "Not known" if unknown else mine[0]["maker_name"]
        cells = (
            maker or "not known", name, int(mine[0]["listed"]), *totals.every(),
            0 if unknown else _with(totals.bodies, maker), 0 if unknown else _with(totals.bodies, maker, sure=True),
            0 if unknown else sum(one["once"] for one in mine),
            0 if unknown else sum(one["once"] for one in mine if one["sure"]), sum(one["once"] for one in mine) if unknown else 0,
            int(mine[0]["based"]),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _by_list(totals: Totals) -> Table:
    found: Table = []
    for name, row in totals.lists.items():

        def on(one: Row, name: str = name, *, reading: bool = row["our_reading"] == "1") -> bool:
            return bool(one["based"]) if reading else name in one["lists"]

        there = [[one for one in body["has"]["cameras"] if on(one)] for body in totals.bodies]
        mine = [one for some in there for one in some]
        cells = (
            name, row["title"], row["is_counted"], *totals.every(), sum(map(bool, there)),
            sum(any(one["sure"] for one in some) for some in there), sum(one["once"] for one in mine),
            sum(one["once"] for one in mine if one["sure"]),
            _once(totals.bodies, "not_known"), row["our_reading"],
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _by_capability(totals: Totals) -> Table:
    found: Table = []
    every = _once(totals.bodies, "cameras")
    for ability in {name for body in totals.bodies for one in body["has"]["cameras"] for name in one["able"]}:
        there = [
            [one for one in body["has"]["cameras"] if one["able"].get(ability) in ("able", "on", "off")]
            for body in totals.bodies
        ]  # fmt: skip
        mine = [one for some in there for one in some]
        on = [[one for one in some if one["able"][ability] == "on"] for some in there]

        def having(name: str, there: list[list[Row]] = there) -> int:
            return sum(any(MEASURES[name](one) for one in some) for some in there)

        has = [body["has"]["cameras"] for body in totals.bodies]
        looked = [bool(some) and all(ability in one["able"] for one in some) for some in has]
        none_found = sum(all_of and not can for all_of, can in zip(looked, there, strict=True))
        cells = (
            ability, *totals.every(), sum(map(bool, there)), sum(map(bool, on)), none_found,
            sum(map(bool, has)) - sum(map(bool, there)) - none_found, having("listed"), having("listed_proven"),
            sum(one["once"] for one in mine), sum(one["once"] for some in on for one in some),
            every - sum(one["once"] for one in mine), having("based"), having("based_proven"),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _by_year(totals: Totals) -> Table:
    held: dict[str, list[Row]] = defaultdict(list)
    for body in totals.review.answered():
        held[body["record"]["export"]["as_at"][:4]].append(body)
    return [
        tuple(
            map(
                str,
                (
                    year, len(bodies), sum(body["counted"] for body in bodies), _having(bodies, "listed"),
                    _having(bodies, "listed_proven"),
                    sum(body["counted"] and not body["has"]["listed"] and body["may_have"] > 0 for body in bodies),
                    *(_once(bodies, name) for name in MEASURES),
                ),
            )
        )
        for year, bodies in held.items()
    ]  # fmt: skip


def _by_year_installed(totals: Totals) -> Table:
    found: Table = []
    for year in {one["installed_year"] or 0 for body in totals.bodies for one in body["has"]["cameras"]}:
        there = [[one for one in body["has"]["cameras"] if (one["installed_year"] or 0) == year] for body in totals.bodies]
        mine = [one for some in there for one in some]
        unknown = sum(not any(one["listed"] for one in some) and any(one["maker"] is None for one in some) for some in there)
        cells = (
            year, *totals.every(), *(sum(any(MEASURES[name](one) for one in some) for some in there) for name in
            ("listed", "listed_proven")), unknown, *(_sum_of(mine, name) for name in MEASURES),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _by_kind(totals: Totals) -> Table:
    """Devices that are in no register are "other"."""
    found: Table = []
    every = [(body["code"], one) for body in totals.bodies for one in body["assets"]]
    for kind in {one["counts_as"] for _, one in every}:
        mine = [(body, one) for body, one in every if one["counts_as"] == kind]
        cells = (
            kind, len({body for body, _ in mine}), len(mine), sum(one["once"] for _, one in mine),
            sum(one["unconfirmed"] for _, one in mine),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    loose = [len({one["id"] for one in body["record"]["device"]} - {one["device"] for one in body["assets"]})
             for body in totals.review.answered()]  # fmt: skip
    return [*found, ("other", str(sum(map(bool, loose))), str(sum(loose)), str(sum(loose)), "0")]


def _state(body: Row) -> str:
    if body["way"] != "none":
        return "answered" if body["way"] == "claimed" else str(body["way"])
    if body["record"] is not None:
        return "measured" if "search" in (body["record"]["export"]["method"] or "search") else "recorded"
    if not body["replied"]:
        return "no-reply"
    gave = {
        one["state"] for asks, one in body["said"].items() if one["state"] != "answered" or not asks.startswith("other:")
    } - {"no-reply"}
    return (
        "replied-not-read"
        if not gave or not gave <= {"refused", "not-held"}
        else "refused"
        if "refused" in gave
        else "answered"
    )


def _beyond(body: Row) -> int:
    """How many by a listed maker it says that it has, beyond those in its file."""
    said = sum(one["low"] or 0 for question, one in body["said"].items() if question.startswith("maker:"))
    return max(0, said - len(body["has"]["listed"]))


def _bodies(totals: Totals) -> Table:
    found: Table = []
    for body in totals.bodies:
        kinds = [one["counts_as"] for one in body["assets"]]
        mine, record = body["has"], body["record"]
        expected = None if record is None else body["answers"]["expected_cameras"]
        cells = (
            body["code"], body["name"], body["type"], _state(body), 1, int(body["counted"]), int(record is not None),
            "" if record is None else record["export"]["as_at"], "" if expected is None else expected, len(mine["cameras"]),
            sum(1 - one["once"] for one in mine["cameras"]), sum(one["unconfirmed"] for one in mine["cameras"]),
            len(mine["cameras"]) - len(mine["not_known"]), *(len(mine[name]) for name in LISTED), _beyond(body),
            len(mine["not_known"]), kinds.count("may-be-camera"), kinds.count("recorder"), len(mine["based"]), len(mine["based_proven"]),
            int(body["none_found"]),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


# What was answered


def _said(body: Row) -> tuple[int, int]:
    """Cameras, and those of the two makers, as it says."""
    number = {question: one["low"] or 0 for question, one in body["said"].items()}
    makers = number.get("maker:hikvision", 0) + number.get("maker:dahua", 0)
    return max(number.get("cameras", 0), makers), makers


def _has(body: Row) -> bool:
    return _has_by(body) is not None


def _has_by(body: Row) -> str | None:
    """The way by which it has one: what it said itself is not taken back by a file that proves less."""
    if body["way"] in WAYS[:2] and body["has"]["listed"]:
        return str(body["way"])
    return "claimed" if body["way"] != "none" and _said(body)[1] > 0 else None


def _more(body: Row) -> tuple[int, int]:
    """Cameras, and those by a listed maker, that are counted as answered: where a file counts, those beyond what is in it."""
    if body["way"] not in WAYS[:2]:
        return _said(body) if body["way"] == "claimed" else (0, 0)
    return max(0, _said(body)[1] - len(body["has"]["cameras"])), max(0, _said(body)[1] - len(body["has"]["listed"]))


def _proven(body: Row) -> bool:
    """No answer proves any."""
    return body["way"] in WAYS[:2] and bool(body["has"]["listed_proven"])


def _has_none(body: Row) -> bool:
    if body["way"] == "claimed":  # the lists that are counted name these two makers, and no other
        said = [body["said"].get(question, {}).get("low") for question in ("maker:hikvision", "maker:dahua")]
        return not _said(body)[0] or said == [0, 0]
    return body["way"] != "none" and bool(body["none_found"]) and not _has(body)


def _by_way(bodies: Iterable[Row]) -> list[list[Row]]:
    held = list(bodies)
    return [[body for body in held if body["way"] == way] for way in WAYS]


def _by_type_and_way(totals: Totals) -> Table:
    found: Table = []
    for kind in totals.kinds():
        bodies = totals.of(kind)
        parts = _by_way(bodies)

        def of_all(count: Callable[[Row], int], parts: list[list[Row]] = parts) -> tuple[int, ...]:
            each = [sum(map(count, some)) for some in parts]
            return sum(each), *each

        def numbers(at: int, name: str, parts: list[list[Row]] = parts, bodies: list[Row] = bodies) -> tuple[int, ...]:
            each = [_once(parts[0], name), _once(parts[1], name), sum(_more(body)[at] for body in bodies)]
            return sum(each), *each

        by_file = [*parts[0], *parts[1]]
        said = sum(_said(body)[0] for body in parts[2])
        has = [sum(_has_by(body) == way for body in bodies) for way in WAYS]
        most = sum(max(_once([body], "listed_most"), _once([body], "listed") + _more(body)[1]) for body in by_file)
        cells = (
            kind, len(bodies), sum(body["replied"] for body in bodies), sum(map(len, parts)), *map(len, parts), sum(has), *has,
            sum(map(_proven, bodies)), *of_all(_has_none), *of_all(lambda body: not _has(body) and not _has_none(body)),
            *numbers(0, "cameras"), said, 0, *numbers(1, "listed"),
            _once(by_file, "listed_proven"), most + sum(_said(body)[1] for body in parts[2]),
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _sums(bodies: list[Row]) -> tuple[int, ...]:
    """Of those with a file their cameras and those by a listed maker, of those that answered the same as they say."""
    first, second, _ = _by_way(bodies)
    said = [_more(body) for body in bodies]
    by_file = [_once([*first, *second], name) for name in ("cameras", *LISTED)]
    return (*by_file, sum(cameras for cameras, _ in said), sum(listed for _, listed in said))


def _by_region(totals: Totals) -> Table:
    found: Table = []
    for region in {body["region"] for body in totals.bodies}:
        bodies = [body for body in totals.bodies if body["region"] == region]
        parts = _by_way(bodies)
        cells = (
            len(bodies), sum(body["record"] is not None for body in bodies), sum(body["replied"] for body in bodies),
            *map(len, parts), sum(map(_has, bodies)), sum(map(_proven, bodies)),
            sum(_has_by(body) == "claimed" for body in bodies), sum(_has_none(body) for part in parts for body in part),
            sum(not _has(body) and not _has_none(body) for part in parts for body in part), *_sums(bodies),
        )  # fmt: skip
        found.append((region or "Not given", *map(str, cells)))
    return found


def _by_size(totals: Totals) -> Table:
    found: Table = []
    for measure in ("pupils", "beds", "population"):
        for kind in totals.kinds():
            sized = [body for body in totals.of(kind) if body[measure]]
            by_file = [body for body in sized if body["way"] in WAYS[:2]]
            said = [
                body
                for body in sized
                if body["way"] == "claimed" and body["said"].get("cameras", {"low": None})["low"] is not None
            ]
            if not by_file and not said:
                continue
            *of_files, _, _ = _sums(by_file)
            *_, cameras_said, listed_said = _sums(said)
            sizes = [sum(int(body[measure]) for body in some) for some in (by_file, said)]
            cells = (len(by_file), sizes[0], *of_files, len(said), sizes[1], cameras_said, listed_said)
            found.append((measure, kind, *map(str, cells)))
    return found


def _of_all_ways(parts: Sequence[Sequence[Row]], bodies: Iterable[Row], maker: str, number: int) -> int | str:
    """Empty where no file counts and all that were asked for this maker were asked for it with others in one question."""
    asked = [(key, one["low"]) for body in bodies for key, one in body["said"].items() if one["low"] is not None]
    mine = [(key, low) for key, low in asked if maker in key.removeprefix("maker:").split("+")]
    alone = any(key == f"maker:{maker}" or low == 0 for key, low in mine)
    return "" if mine and not alone and not parts[0] and not parts[1] else number


def _by_maker_and_way(totals: Totals) -> Table:
    found: Table = []
    makers = _makers(totals)
    named = {one["question"].removeprefix("maker:") for one in totals.answers if one["question"].startswith("maker:")}
    for kind in totals.kinds():
        bodies = totals.of(kind)
        parts = _by_way(bodies)
        for maker in {*makers, *named}:
            says = [body for body in bodies if (body["said"].get(f"maker:{maker}", {}).get("low") or 0) > 0]
            said = sum(body["way"] == "claimed" or (body["way"] != "none" and not _with([body], maker)) for body in says)
            each = (_with(parts[0], maker), _with(parts[1], maker), said)
            cells = (
                kind, maker, totals.names[maker], int(makers.get(maker, (True, True))[0]), sum(map(len, parts)),
                sum(map(_has, bodies)), sum(map(_proven, bodies)), _of_all_ways(parts, bodies, maker, sum(each)), *each,
                _with([*parts[0], *parts[1]], maker, sure=True),
            )  # fmt: skip
            found.append(tuple(map(str, cells)))
    return found


def _by_question(totals: Totals) -> Table:
    found: Table = []
    for heading, question in [*HEADINGS.items(), WHOLE[::-1]]:
        mine = [one for one in totals.answers if one["question"] == question]
        numbers = [one["low"] for one in mine if one["low"] is not None]
        cells = (
            question, heading, len(mine), *(sum(one["state"] == state for one in mine) for state in STATES), len(numbers),
            sum(number > 0 for number in numbers), numbers.count(0), sum(numbers), sum(numbers), 0,
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def _answers(totals: Totals) -> Table:
    found: Table = []
    for one in totals.answers:
        body, maker = one["body"], one["question"].removeprefix("maker:")
        in_file: tuple[Any, Any, Any] = ("", "", "")
        if body["counted"] and one["question"] != WHOLE[0]:
            cameras = body["has"]["cameras"]
            mine = cameras if one["question"] == "cameras" else [camera for camera in cameras if camera["maker"] == maker]
            proven = len(mine) if one["question"] == "cameras" else sum(camera["sure"] for camera in mine)
            fits = "" if one["low"] is None else "same"
            if one["low"] is not None and len(mine) != one["low"]:
                fits = "file-more" if len(mine) > one["low"] else "file-fewer"
            in_file = (len(mine), proven, fits)
        number = "" if one["low"] is None else one["low"]
        cells = (
            body["code"], body["name"], body["type"], one["question"], one["heading"], one["state"], one["section"], one["asked"],
            one["on"], number, number, "", "", *in_file,
        )  # fmt: skip
        found.append(tuple(map(str, cells)))
    return found


def totals(review: Review, folder: Path) -> dict[str, Table]:
    """Each table by its name, in any order."""
    held = Totals(review, folder)
    return {
        "by_body_type": _by_body_type(held), "by_type_and_maker": _by_type_and_maker(held), "by_maker": _by_maker(held),
        "by_list": _by_list(held), "by_capability": _by_capability(held), "by_year": _by_year(held),
        "by_year_installed": _by_year_installed(held), "by_kind": _by_kind(held), "bodies": _bodies(held),
        "missing": [(body["code"], body["name"], body["type"], "") for body in held.bodies if not body["replied"]],
        "by_type_and_way": _by_type_and_way(held), "by_maker_and_way": _by_maker_and_way(held),
        "by_region": _by_region(held), "by_size": _by_size(held),
        "by_question": _by_question(held), "answers": _answers(held),
    }  # fmt: skip
