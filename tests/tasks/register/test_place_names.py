from __future__ import annotations

import itertools
import random
import re

import pytest

from camcensus.model.asset import Place
from camcensus.tasks.register.checking import sought
from camcensus.tasks.register.place_names import KnownPlace, NewPlace, PlaceFinder, PlacesTyped
from costs import soon
from drawn import seed


def places(*paths: str, rooms: bool = False) -> list[Place]:
    """Places at paths parted by ">", parents first; a last name is a room where `rooms`."""
    made: dict[tuple[str, ...], Place] = {}
    for path in paths:
        names = tuple(name.strip() for name in path.split(">"))
        for depth in range(1, len(names) + 1):
            above = made.get(names[: depth - 1])
            kind = "room" if rooms and depth == len(names) else ("site", "building", "floor", "room")[depth - 1]
            made.setdefault(
                names[:depth],
                Place(" > ".join(names[:depth]), above.id if above else None, kind, names[depth - 1]),  # type: ignore[arg-type]
            )
    return list(made.values())


SCHOOL = places(
    "Elm Park > Main hall > Ground floor > Stage",
    "Elm Park > Main hall > Ground floor > Art/DT",
    "Elm Park > Main hall > Ground floor > Boys’ toilets, east",
    "Elm Park > Science block > Ground floor > Lab 6",
    "Elm Park > Science block > Ground floor > Lab 10",
    "Elm Park > Science block > First floor > Café",
    "Elm Park > Science block > First floor > Head’s office",
)


def sure(found: PlacesTyped) -> str:
    assert isinstance(found.sure, KnownPlace), found
    return found.sure.id.rpartition("> ")[2]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Main hall > Stage", "Stage"),
        ("main hall›stage", "Stage"),
        ("Main hall / Stage", "Stage"),
        ("Main hall/Stage", "Stage"),
        ("Main hall, Stage", "Stage"),
        ("Stage, Main hall", "Stage"),
        ("Elm Park \\ Main hall \\ Ground floor \\ Stage", "Stage"),
        ("Main hall -> Stage", "Stage"),
        ("Main hall – Stage", "Stage"),
        ("hall stage", "Stage"),
        ("  STAGE ", "Stage"),
        ("sta", "Stage"),
        ("lab 6", "Lab 6"),
        ("science lab 10", "Lab 10"),
        ("art/dt", "Art/DT"),
        ("main hall / art/dt", "Art/DT"),
        ("cafe", "Café"),
        ("head's office", "Head’s office"),
        ("boys' toilets, east", "Boys’ toilets, east"),
        ("main hall", "Main hall"),
        ("Science block > first", "First floor"),
    ],
)
def test_any_separator_and_any_part_of_a_path_finds_the_place(typed: str, name: str) -> None:
    assert sure(PlaceFinder(SCHOOL).read(typed)) == name


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("Main > -1", "1"), ("Main > -1", "Main 1"), ("Main -1", "Main > 1"), ("Main > -1", "Main/1"), ("Main > Floor -1", "floor 1"),
        ("Main > 1", "-1"), ("Main > 1st floor", "1"), ("Main > B1", "1"), ("Main > Room 10", "Room 1"),
        ("Main > Room 110", "10"), ("Main > 1.12", "1.1"), ("Main > Lab 1/2", "lab 1"), ("Main 1 > Floor -1", "floor 1"),
        ("Main > Room 1a", "room 1"), ("Block 1 > Store 2", "block 1 sto"), ("Block-1", "Block -1"),
    ],
)  # fmt: skip
def test_no_place_with_another_number_or_sign_is_taken_unasked(there: str, typed: str) -> None:
    found = PlaceFinder(places(f"Elm Park > {there}", rooms=True)).read(typed)
    assert not isinstance(found.sure, KnownPlace), "Enter would set it"
    assert found.new, "what was typed can be made"


@pytest.mark.parametrize(
    ("there", "typed", "made"),
    [("Main > -1", "Main > 1", "1"), ("Main > Room 10", "main › room 1", "room 1"), ("Main > 1st floor", "Main > 1", "1")],
)
def test_a_new_place_in_one_that_is_there_is_made_though_another_has_part_of_its_name(
    there: str, typed: str, made: str
) -> None:
    new = PlaceFinder(places(f"Elm Park > {there}", rooms=True)).read(typed).sure
    assert isinstance(new, NewPlace)
    assert new.path == ("Elm Park", "Main", made)


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("Main > -1", "-1"), ("Main > Room 10", "10"), ("Main > Room 10", "Main > 10"), ("Main > Room 01", "room 1"), ("Block-1", "block 1"),
        ("Block 1 > Store 2", "Block 1 > sto"), ("Block 1 > Stage", "block 1 stage"), ("Block 1 > Lab 6", "block 1 lab 6"),
        ("Main > Room 1 store", "room 1 sto"), ("Main > Store 3", "sto"), ("Main > 1.12", "1.12"),
    ],
)  # fmt: skip
def test_the_only_place_with_the_numbers_that_were_typed_is_taken(there: str, typed: str) -> None:
    found = PlaceFinder(places(f"Elm Park > {there}", rooms=True)).read(typed)
    assert isinstance(found.sure, KnownPlace)
    assert found.sure.path == ("Elm Park", *there.split(" > "))


PARTING = (">", ">>", "›", "»", "->", "-->", "=>", "|", "\\", "→", "/", ",", ";", ":", "::", "–", "—", "--")
SIGNS = (*PARTING, "~>", "⇒", "▸", "⟩", "¦", "·", "•", ".", "...", "…", "_", "+", "~", "=", "@")


@pytest.mark.parametrize("sign", SIGNS)
def test_whatever_sign_people_put_between_the_names_no_new_place_is_made_of_one_that_is_there(sign: str) -> None:
    school = PlaceFinder(SCHOOL)
    for typed in (f"Main hall {sign} Stage", f"Main hall{sign} stage", f"Elm Park {sign} main hall {sign} stage"):
        assert sure(school.read(typed)) == "Stage"
    if sign in PARTING:
        new = only_new(school.read(f"Science block {sign} Gym"))
        assert new.path == ("Elm Park", "Science block", "Gym")


def test_a_name_that_has_such_a_sign_stays_itself() -> None:
    names = ("Years 5 + 6", "A => B", "Store · east", "No. 6", "Art/DT", "9:30 club", "Left - right")
    school = PlaceFinder(places("Elm Park > Hall", "Elm Park > St. John's > Annex"))
    for name in names:
        known = Place(name, "Elm Park", "building", name)
        there = PlaceFinder([*places("Elm Park > Hall", "Elm Park > St. John's > Annex"), known])
        assert there.read(name).sure == there.named(name)[0] == KnownPlace(name, "building", ("Elm Park", name))
        alone = PlaceFinder([*places("Elm Park"), known])
        assert alone.read(f"Elm Park / {name}").sure == alone.named(f"Elm Park / {name}")[0] == there.named(name)[0]
    for name in ("Years 5 + 6", "No. 6", "Dr. O'Neil", "T-junction", "A_B"):
        assert only_new(school.read(name)).path == ("Elm Park", name)


def test_whole_names_come_before_beginnings_and_signs_alone_are_no_place() -> None:
    paths = [f"Site > Block {block} > Floor 0 > Room {room}" for block in (10, 1) for room in (12, 1, 10)]
    found = PlaceFinder(places(*paths))
    assert [one.words for one in found.named("Block 1")] == ["Site › Block 1"]
    assert [one.words for one in found.named("Room 1, Block 1")] == ["Site › Block 1 › Floor 0 › Room 1"]
    assert found.read("Block 1 > Room 1").fits[0].path == ("Site", "Block 1", "Floor 0", "Room 1")
    assert len(found.named("Room 1")) == 2
    assert (found.named("Bloc"), found.named(""), found.named(">")) == ([], [], [])
    for signs in (".", "()", "+"):
        assert not isinstance(found.read(signs).sure, KnownPlace)


def drawn_name(chance: random.Random) -> str:
    return "".join(chance.choices("abcdeiou", k=chance.randint(3, 9))).title()


@pytest.mark.parametrize("number", range(20))
def test_signs_around_a_name_make_no_second_place(number: int) -> None:
    chance = random.Random(f"{seed()} {number}")
    names = [drawn_name(chance) + chance.choice(("", " hall", " 6")) for _ in "ab"]
    above, name = f"{names[0]} one", f"{names[1]} two"
    finder = PlaceFinder(places(f"Elm Park > {above} > {name}"))
    for path in (("Elm Park",), ("Elm Park", above), ("Elm Park", above, name)):
        for said in (path[-1], " > ".join(path)):
            for sign in chance.sample(
                (",", ";", ":", ".", "-", "–", "—", ">", "›", "/", "|", "->", "=>", "…", "_", "·", "•"), 8
            ):
                for typed in (f"{said}{sign}", f"{said} {sign}", f"{sign} {said}", f"{said} {sign} ", f"{sign} {said} {sign}"):
                    assert [one.path for one in finder.named(typed)] == [path], typed
                    assert finder.read(typed).new == (), typed


def test_a_sign_of_a_name_of_its_own_is_no_sign_around_it() -> None:
    known = PlaceFinder(
        places("Elm Park > Block > 1", "Elm Park > Block > -1", "Elm Park > Block > Store -", "Elm Park > Store")
    )
    for name in ("1", "-1", "Store -", "Store"):
        assert [one.path[-1] for one in known.named(name)] == [name]
    assert PlaceFinder(places("Elm Park > Block > 1")).named("-1") == []


@pytest.mark.parametrize("number", range(20))
def test_a_dash_before_a_digit_is_the_floors_own(number: int) -> None:
    """ "Main -1" was floor 1, and "Main -1 Lab" a new room "1 Lab"."""
    chance = random.Random(f"{seed()} {number}")
    block, floor = f"{drawn_name(chance)} block", chance.randint(1, 9)
    below = ("Elm Park", block, f"-{floor}")
    finder = PlaceFinder(places(*(f"Elm Park > {block} > {name}" for name in (floor, -floor, f"Lab {floor}"))))
    for typed in (
        f"{block} -{floor}",
        f"{block} –{floor}",
        f"{block}, -{floor}",
        f"{block} > -{floor}",
        f"{block} > (-{floor})",
    ):
        assert [one.path for one in finder.named(typed)] == [below], typed
        assert finder.read(typed).sure == finder.named(typed)[0], typed
    assert [one.path[-1] for one in finder.named(f"{block} - {floor}")] == [f"{floor}"]
    only = PlaceFinder(places(f"Elm Park > {block} > {floor}"))
    assert only.named(f"{block} -{floor}") == []
    for rest in ("", " Gym"):
        assert {one.path[-1] for one in only.read(f"{block} -{floor}{rest}").new} <= {
            f"-{floor}{rest}", f"{block} -{floor}{rest}",
        }  # fmt: skip


@pytest.mark.parametrize("number", range(20))
def test_quotation_marks_brackets_and_stars_around_a_name_are_none_of_it(number: int) -> None:
    chance = random.Random(f"{seed()} {number}")
    above, name = f"{drawn_name(chance)} one", f"{drawn_name(chance)} {chance.choice(('two', '-2', '2'))}"
    finder = PlaceFinder(places(f"Elm Park > {above} > {name}"))
    for before, after in (
        ('"', '"'),
        ("“", "”"),
        ("‘", "’"),
        ("(", ")"),
        ("[", "]"),
        ("**", "**"),
        ("", "!"),
        ("", "?"),
        ("", ".)"),
    ):
        for typed in (f"{before}{name}{after}", f"{above} > {before}{name}{after}", f"{before}{above}, {name}{after}"):
            assert [one.path[-1] for one in finder.named(typed)] == [name], typed
            assert finder.read(typed).new == (), typed
        own = Place("own", "Elm Park", "building", f"{before}{name}{after}")
        both = PlaceFinder([*places(f"Elm Park > {above} > {name}"), own])
        assert [one.path[-1] for one in both.named(own.name)] == [own.name]
        assert [one.path[-1] for one in both.named(name)] == [name]


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (("Art/DT",), "DT"), (("Art/DT",), "Elm Park > DT"), (("Year 5/6",), "6"),
        (("Boys’ toilets, east",), "east"), (("Left - right",), "right"), (("Hall > Stage",), "Elm Park > Hall"),
        (("St. John's: Annex",), "Annex"), (("9:30 club",), "30 club"), (("Lab 6",), "6"), (("Lab",), "Lab / 6"),
    ],
)  # fmt: skip
def test_a_part_of_a_name_names_no_place(names: tuple[str, ...], typed: str) -> None:
    known = [Place(name, "Elm Park", "building", name) for name in names]
    assert PlaceFinder([*places("Elm Park"), *known]).named(typed) == []


def test_a_name_that_is_there_whole_is_chosen_and_of_two_that_read_alike_a_person_chooses() -> None:
    room = Place("whole", "Elm Park > Main", "room", "Year 5/6")
    both = PlaceFinder([*places("Elm Park > Main", "Elm Park > Year 5 > 6"), room])
    assert [one.id for one in both.named("Year 5/6")] == ["whole"]
    assert [one.path[-1] for one in both.named("Year 5 > 6")] == ["6"]
    assert [one.path[-1] for one in PlaceFinder(places("Elm Park > Year 5 > 6")).named("Year 5/6")] == ["6"]


WORDS = ("Art", "DT", "Hall", "East", "Lab", "5", "6", "Year", "Block", "Gym")
INSIDE = ("/", " / ", ", ", ": ", " - ", " – ", " > ", " · ", "; ", ".", " + ", "_", " ", " ")
BETWEEN = (" > ", "›", " / ", ", ", "/", ": ", " - ", ">", ",")


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def may_be_named(typed: str, path: tuple[str, ...]) -> bool:
    """Whether a text's words are those of whole names of a path, its last name the last of them, or the first before a comma."""
    above, said = path[:-1], words_of(typed)
    for many in range(len(above) + 1):
        for names in itertools.combinations(above, many):
            if said == words_of(" ".join((*names, path[-1]))):
                return True
            if "," in typed and said == words_of(" ".join((path[-1], *names[::-1]))):
                return True
    return False


@pytest.mark.parametrize("number", range(60))
def test_whatever_is_typed_a_place_is_named_by_whole_names_alone(number: int) -> None:
    chance = random.Random(f"{seed()} {number}")

    def name() -> str:
        return "".join(
            word if at == 0 else chance.choice(INSIDE) + word
            for at, word in enumerate(chance.sample(WORDS, chance.choice((1, 1, 2, 3))))
        )

    made = [Place("0", None, "site", "Elm Park")]
    for at in range(1, 12):
        above = chance.choice([one for one in made if one.kind != "room"])
        kind = ("building", "floor", "room")[("site", "building", "floor").index(above.kind)]
        if not any(one.parent == above.id and words_of(one.name) == words_of(called) for called in [name()] for one in made):
            made.append(Place(str(at), above.id, kind, name()))  # type: ignore[arg-type]
    finder = PlaceFinder(made)
    for known in finder.all:
        shown = [one for one in finder.all if one.path == known.path]
        assert known in finder.named(" > ".join(known.path)), (seed(), number, known)
        assert known in finder.named(known.path[-1]) or len(shown) > 1 or len(known.path) > 1
        for _ in range(12):
            some = [each for each in known.path[:-1] if chance.random() < 0.5] + [known.path[-1]]
            typed = "".join(each if at == 0 else chance.choice(BETWEEN) + each for at, each in enumerate(some))
            cut = sorted(chance.sample(range(len(typed) + 1), 2)) if chance.random() < 0.6 else [0, len(typed)]
            typed = typed[cut[0] : cut[1]]
            for found in finder.named(typed):
                assert may_be_named(typed, found.path), (seed(), number, typed, found)


@pytest.mark.parametrize("sign", [" ", "-", "=", "~", "— ", "._", "_", "/", ",", ">", ";;", ". ", "\u2028"])
def test_what_is_read_of_a_long_text_grows_no_faster_than_it(sign: str) -> None:
    """16,000 blanks took four seconds."""
    finder = PlaceFinder(SCHOOL)
    for read in (finder.read, finder.named, sought):
        soon(lambda: read(f"hall{sign * 16_000}stage"))  # noqa: B023


def test_two_places_of_one_name_are_not_chosen_between() -> None:
    two = PlaceFinder(places("Elm Park > North > Hall", "Elm Park > South > Hall"))
    for typed in ("hall", "ha", "elm park > hall"):
        found = two.read(typed)
        assert found.sure is None
        assert len(found.fits) == 2
        assert "2 places are called ‘Hall’" in found.problem
    assert sure(two.read("south hall")) == "Hall"
    assert sure(two.read("Hall, South")) == "Hall"


def only_new(found: PlacesTyped) -> NewPlace:
    assert isinstance(found.sure, NewPlace), found
    return found.sure


@pytest.mark.parametrize("separator", [" > ", "›", " / ", ", ", "/"])
def test_what_is_not_there_yet_goes_into_the_place_that_is(separator: str) -> None:
    new = only_new(PlaceFinder(SCHOOL).read(f"Science block{separator}Gym"))
    assert (new.path, new.kind) == (("Elm Park", "Science block", "Gym"), "room")
    assert new.words == "Add a new room or area ‘Gym’ in Elm Park › Science block"


def test_a_new_name_is_a_room_unless_it_says_otherwise() -> None:
    school = PlaceFinder(SCHOOL)
    assert only_new(school.read("Gym")).kind == "room"
    assert only_new(school.read("Music block")).kind == "building"
    assert only_new(school.read("Main hall > Second floor")).kind == "floor"
    assert only_new(school.read("Elm Park > Pool")).kind == "building"
    assert {one.kind for one in school.read("Gym").new} == {"room", "floor", "building"}
    nothing = PlaceFinder([])
    assert only_new(nothing.read("Elm Park")).kind == "site"
    assert only_new(nothing.read("Elm Park > Main hall > Ground floor > Stage")).kind == "room"


def test_a_name_with_a_separator_in_it_can_be_made() -> None:
    new = PlaceFinder(SCHOOL).read("PE/Dance").new
    assert new[0].path == ("Elm Park", "PE/Dance")
    assert ("Elm Park", "PE", "Dance") in [one.path for one in new]


def test_a_place_inside_a_room_is_a_sentence_and_no_place() -> None:
    found = PlaceFinder(SCHOOL).read("Stage > Left wing")
    assert (found.sure, found.new) == (None, ())
    assert "nothing lies inside one" in found.problem


def test_with_several_sites_a_name_alone_makes_no_site_by_accident() -> None:
    found = PlaceFinder(places("North > Hall", "South > Hall")).read("Gallery")
    assert found.sure is None
    assert found.problem == "Type the site before it, like North > Gallery."
    assert [(one.path, one.kind) for one in found.new] == [(("Gallery",), "site")]


def test_a_head_that_two_places_share_is_asked_about() -> None:
    found = PlaceFinder(places("Elm Park > North > Hall", "Elm Park > South > Hall", rooms=False)).read("Hall / Gallery")
    assert (found.sure, found.new) == (None, ())
    assert "2 places are called ‘Hall’" in found.problem


@pytest.mark.parametrize(
    "typed", ["", " ", ">", " / , ", "›››", "\u202e", "a" * 5000, ">" * 400 + "x", "> > a > b > c > d > e"]
)
def test_any_text_can_be_typed(typed: str) -> None:
    for known in (SCHOOL, []):
        PlaceFinder(known).read(typed)
