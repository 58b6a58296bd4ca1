"""What each column of a spreadsheet of answers asks: told by plain headings alone; any other is for a person to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from camcensus.model import frozen
from camcensus.model.claims import ASKS_WORDS, QuestionAsked
from camcensus.model.registers import Cell, RegisterFile, SheetColumn, SheetRow, cell_at
from camcensus.model.words import clean
from camcensus.registers.answer_cells import NOT_READ, is_blank, read_answer
from camcensus.registers.cells import NO, YES, text_of
from camcensus.registers.columns import JOINT, Headings, remembered_key
from camcensus.registers.dates import date_in
from camcensus.registers.plain_headings import letter, plain

QUESTION_LIMIT_CHARACTERS = 160
HAS, COUNT = "has:", "count:"
OTHERS, UNKNOWN, LISTED = "others", "not-known", "listed"
"""What "how many of" can name besides makers: any other maker, a maker that is not known, makers on a counted list."""
QUESTION_LIKE = "question_like"
DAYS = ("asked_on", "date")
RESPONSES = ("response", "reply", "reply text", "response text", "authority response", "full response", "their reply")
"""What the answer is headed beside a column of questions."""
NAME_WORDS = 8
MANY = ("organisation", "number", "cameras", "leave", "other", "state", "refused", "not_held", "reply", "document")
"""What several columns can be; of all else the first that says so."""

_SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "refused": ("exemption", "refused under"),
    "not_held": ("not held",),
    "other": (
        "policy", "dpia", "impact assessment", "privacy notice", "retention", "how long", "complaints", "consultation",
        "facial recognition", "face recognition", "who has access", "contract", "spend", "spent", "cost", "costs",
    ),
    "organisation": (
        "organisation", "organization", "authority", "trust", "school", "council", "service", "institution", "force",
        "constabulary", "college", "university", "establishment", "hospital", "body", "board",
    ),
}  # fmt: skip
"""What longer headings hold. A question that names a maker is none of these, whatever it speaks of."""
_HOW_MANY = re.compile(r"\b(?:how many|number|count|quantity|qty|total)\b|\bno of\b")
_PERCENT = re.compile(r"%|\b(?:per ?cent|percentage|proportion)\b", re.I)
_ANY = re.compile(r"\b(?:do|does|did|any|have|has|are|is|own|use|operate|y n|yes no)\b")
_FOLLOWS = re.compile(r"^(?:if|of (?:these|those|which)|and if)\b")
_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\.?\s*)?\d{1,2}\s*[a-z]?\s*[.):-]?\s+|^\s*q\d{1,2}[a-z]?\s*[.):-]*\s*", re.I)
_FILLER_WORDS = (
    "a all an and answer any are at authority brand branded by camera cameras cctv college council count current"
    " currently device devices do does either following for force from has have held here how if in install installed ip"
    " is it made make makes manufacture manufactured many n no number of on operate operated operates or organisation"
    " own owned owns please produced qty quantity school supply surveillance system the their them there these they this"
    " those total trust units university use used uses using video we were which with y yes you your"
    " cam cams incl include included including so state technology got still remaining active"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
"""Words that change nothing of what "How many … cameras?" asks. "Not", "except", "replaced" and all others do."""
_OF_MAKERS = frozenset(("make", "makes", "maker", "makers", "manufacturer", "manufacturers", "brand", "brands"))
_OTHER_MAKER = _OF_MAKERS | {"other", "others", "another"}
_UNKNOWN_MAKER = _OF_MAKERS | {"unknown", "unidentified"}
_LISTED_MAKER = _OF_MAKERS | {"listed"}


@frozen
class AnswerColumn:
    """A column and what it asks, None where that is not understood: a word of ASKS_WORDS, or "has:" or "count:" and makers."""

    column: SheetColumn
    asks: str | None


@frozen
class MakerNames:
    """Makers by their names in plain letters. `longest` is how many words the longest name has."""

    ids: Mapping[str, str]
    longest: int


def make_answer_headings(tables: Mapping[str, Mapping[str, Sequence[str]]], left: Sequence[str]) -> Headings:
    """The usual headings of answers (what they ask -> "is" and "has"). Raises ValueError where one heading asks two things."""
    found: dict[str, dict[str, str]] = {"is": {}, "has": {}}
    for name, table in tables.items():
        if name not in ASKS_WORDS and name != QUESTION_LIKE:
            raise ValueError(f"“{name}” is nothing that a column of answers asks")
        for key, into in found.items():
            for heading in table.get(key, ()):
                if into.setdefault(plain(heading), name) != name:
                    raise ValueError(f"“{heading}” stands for {into[plain(heading)]} and {name}")
    # `Headings` is of registers; which fields it gives is for the one who reads it to know.
    whole, held = cast("Any", found["is"]), cast("Any", found["has"])
    return Headings(whole, held, frozenset(map(plain, left)), "an organisation")


def maker_names(names: Mapping[str, Sequence[str]]) -> MakerNames:
    """`names` are those of each maker by its id; one that two makers share is left out."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for maker, said in names.items():
        for name in map(plain, said):
            if name and found.setdefault(name, maker) != maker:
                shared.add(name)
    ids = {name: maker for name, maker in found.items() if name not in shared and name not in _FILLERS}
    return MakerNames(ids, max((len(name.split()) for name in ids), default=1))


def asks_in(heading: str, makers: MakerNames, cells: Sequence[Cell] = ()) -> str | None:
    """What a question plainly asks: cameras in all, or those of one maker; None for any other.

    A heading that has a maker's name alone is of how many where one of its `cells` is more than 1.
    """
    words = plain(re.sub(r"[()]", " ", _NUMBERING.sub("", heading))).replace("not known", "unknown")
    if "%" in heading:
        return None
    named, left = _named(words.split(), makers)
    rest = frozenset(left)
    of = "+".join(sorted(named))
    if not named:
        of = next(
            (
                name
                for name, some in ((OTHERS, _OTHER_MAKER), (UNKNOWN, _UNKNOWN_MAKER), (LISTED, _LISTED_MAKER))
                if rest & some - _OF_MAKERS and rest & _OF_MAKERS and rest <= _FILLERS | some
            ),
            "",
        )
    elif (len(named) > 1 and "or" not in rest) or not rest <= _FILLERS or ("no" in rest and not re.search(r"\bno of\b", words)):
        return None
    if of:
        counts = any(text.isdecimal() and len(text) < 8 and int(text) > 1 for text in map(text_of, cells))
        is_count = _HOW_MANY.search(words) or (counts and not _ANY.search(words))
        return f"{COUNT if is_count else HAS}{of}"
    if not rest & {"cameras", "camera", "cctv", "cams"} or not rest <= _FILLERS:
        return None
    said = [text_of(cell).casefold() for cell in cells if not is_blank(cell)]
    whether = said and _ANY.search(words) and YES | NO >= {*said} - {"1", "0"} == {*said}
    return "cameras" if _HOW_MANY.search(words) or whether or words in ("cameras", "cctv cameras") else None


def question_of(asks: str, heading: str) -> QuestionAsked:
    """The question that a column with this meaning counts: the same for "has" and "how many"."""
    said = clean(" ".join(heading.split()), QUESTION_LIMIT_CHARACTERS)
    if asks == "cameras":
        return QuestionAsked("cameras", "cameras", said)
    of = asks.removeprefix(HAS).removeprefix(COUNT)
    if of == asks:
        return QuestionAsked("other", f"other:{plain(heading)[:QUESTION_LIMIT_CHARACTERS]}", said)
    if of == UNKNOWN:
        return QuestionAsked("not-known", "not-known", said)
    if of == LISTED:
        return QuestionAsked("listed", "listed", said)
    return QuestionAsked("maker", f"maker:{of}", said, () if of == OTHERS else tuple(of.split("+")))


def asks_named(text: str, makers: MakerNames) -> str | None:
    """What a person types for the meaning of a column, with a maker by its id or its name; None where it is nothing."""
    kind, joint, of = text.strip().partition(":")
    if not joint:
        return kind if kind in ASKS_WORDS else None
    ids, known = [], set(makers.ids.values())
    for name in re.split(r"\+", of.strip()):
        maker = name if name in known | {OTHERS, UNKNOWN, LISTED} else makers.ids.get(plain(name), f"name:{plain(name)[:80]}")
        ids.append(maker)
    return f"{kind}:{'+'.join(sorted(ids))}" if f"{kind}:" in (HAS, COUNT) and plain(of) else None


def asks_words(asks: str | None, names: Mapping[str, str]) -> str:
    """What a column asks, in words; `names` are those of makers by id."""
    if asks is None:
        return "Not understood: choose"
    kind, joint, of = asks.partition(":")
    if not joint:
        return ASKS_WORDS[asks]
    who = {OTHERS: "any other maker", UNKNOWN: "a maker that is not known", LISTED: "a listed maker"}
    named = " or ".join(who.get(one, names.get(one, one.removeprefix("name:"))) for one in of.split("+"))
    return f"{'Has cameras of' if kind == 'has' else 'How many of'} {named}"


def _named(words: Sequence[str], makers: MakerNames) -> tuple[set[str], list[str]]:
    """The makers that words name, the longest names first, and the words that are left."""
    found: set[str] = set()
    left: list[str] = []
    at = 0
    while at < len(words):
        for long in range(min(makers.longest, len(words) - at), 0, -1):
            maker = makers.ids.get(" ".join(words[at : at + long]))
            if maker is not None:
                found.add(maker)
                at += long
                break
        else:
            left.append(words[at])
            at += 1
    return found, left


def guess_answer_columns(
    file: RegisterFile, headings: Headings, makers: MakerNames, chosen: Mapping[str, str | None]
) -> tuple[AnswerColumn, ...]:
    """What each column asks. `chosen` is what people said of headings (`remembered_key`), now and before: it goes first."""
    told: list[AnswerColumn] = []
    taken = {asks for one in file.columns if (asks := chosen.get(remembered_key(one))) is not None}
    for column in file.columns:
        key = remembered_key(column)
        asks = chosen[key] if key in chosen else _guess(column, file, headings, makers)
        if key not in chosen and asks is not None:
            asks = None if asks in taken and asks in ASKS_WORDS and asks not in MANY else asks
            taken.add(asks or "")
        told.append(AnswerColumn(column, asks))
    told = _one_organisation(told, chosen)
    asked = {one.asks for one in told}
    if "question" in asked and "answer" not in asked:
        reply = next((one for one in told if plain(one.column.heading) in RESPONSES), None)
        told = [replace(one, asks="answer") if one is reply else one for one in told]
    if not _is_long(told, file):
        told = [AnswerColumn(one.column, None if one.asks in ("question", "maker", "answer") else one.asks) for one in told]
        told = [one if remembered_key(one.column) in chosen else _following(told, at) for at, one in enumerate(told)]
    if not {"organisation", "number"} & {one.asks for one in told}:
        told = _first_names(told, file, chosen)
    return tuple(told)


def _following(told: Sequence[AnswerColumn], at: int) -> AnswerColumn:
    """A "how many" behind "Do you have Hikvision?" that does not name its subject asks how many of Hikvision."""
    one, before = told[at], told[at - 1].asks or ""
    words = plain(_NUMBERING.sub("", one.column.heading))
    all_asked = [each for each in told if each.asks == "cameras" and _HOW_MANY.search(plain(each.column.heading))]
    whole = len(all_asked) == 1 and not _FOLLOWS.match(words)
    if at == 0 or not before.startswith(HAS) or one.asks not in (None, "cameras") or (one.asks == "cameras" and whole):
        return one
    bare = _HOW_MANY.search(words) and "%" not in one.column.heading and {*words.split()} <= _FILLERS
    return AnswerColumn(one.column, COUNT + before.removeprefix(HAS)) if bare else one


def _first_names(told: list[AnswerColumn], file: RegisterFile, chosen: Mapping[str, str | None]) -> list[AnswerColumn]:
    """Without a heading for organisations, the first column names them where it has words, each once, beside answers."""
    first = told[0] if told else None
    if first is None or first.asks is not None or remembered_key(first.column) in chosen or len(told) < 2:
        return told
    cells = [cell_at(row, first.column) for row in file.rows]
    names = [plain(text_of(cell)) for cell in cells if read_answer(cell) == NOT_READ]
    beside = any(one.asks == "cameras" or (one.asks or "").startswith((HAS, COUNT)) for one in told)
    if not beside or len({*names}) < len(cells) or _HOW_MANY.search(" ".join([plain(first.column.heading), *names])):
        return told
    return [AnswerColumn(first.column, "organisation"), *told[1:]]


def _is_long(columns: Sequence[AnswerColumn], file: RegisterFile) -> bool:
    """Whether a sheet has a row for each question, with its answer beside it or in a column for each organisation."""
    place = {one.asks: one.column for one in columns}
    if "maker" in place and "cameras" in place and "organisation" in place:
        names = [plain(text_of(cell_at(row, place["organisation"]))) for row in file.rows]
        return "answer" in place or len({*names}) < len(names)
    return bool({"question", "maker"} & place.keys()) and ("answer" in place or "organisation" not in place)


def _one_organisation(told: list[AnswerColumn], chosen: Mapping[str, str | None]) -> list[AnswerColumn]:
    """The columns with one that names the organisation: by a usual heading, else the first short one with a word for it."""
    names = [at for at, one in enumerate(told) if one.asks == "organisation"]
    is_turned = "question" in (asks := {one.asks for one in told}) and "answer" not in asks
    for one in told if not names and not is_turned else ():
        words, is_said = plain(one.column.heading).split(), remembered_key(one.column) in chosen
        is_short = len(words) <= NAME_WORDS and "?" not in one.column.heading and "many" not in words
        if one.asks is None and not is_said and is_short and not set(_SUBJECTS["organisation"]).isdisjoint(words):
            return [AnswerColumn(each.column, "organisation") if each is one else each for each in told]
    others = {at for at in names[1:] if remembered_key(told[at].column) not in chosen}
    return [AnswerColumn(one.column, None) if at in others else one for at, one in enumerate(told)]


def _guess(column: SheetColumn, file: RegisterFile, headings: Headings, makers: MakerNames) -> str | None:
    words = plain(column.heading)
    cells = [cell_at(row, column) for row in file.rows]
    if words in headings.left or (not words and not any(cell is not None for cell in cells)):
        return "leave"
    under = column.heading.rpartition(JOINT)[2]
    parts = [words, *(plain(part) for part in re.split(r" */ *", under))]
    asks: str | None = next((headings.whole[part] for part in parts if part in headings.whole), None)
    said = [cell for cell in cells if not is_blank(cell)]
    if asks in DAYS and said and not any(map(date_in, said)):
        return None if NOT_READ in map(read_answer, said) else "state"
    if asks == "state" and said and all(map(date_in, said)):
        return "date"
    if _PERCENT.search(column.heading):
        return "other"
    asks = asks or asks_in(under, makers, cells) or asks_in(column.heading, makers, cells)
    if asks is None and not _named(words.split(), makers)[0]:
        asks = next(filter(None, (asks_in(part, makers) for part in under.split(" / "))), None)
        subjects = ((name, phrase) for name, phrases in _SUBJECTS.items() for phrase in phrases if name != "organisation")
        found = next((name for name, phrase in subjects if f" {phrase} " in f" {words} "), None)
        asks = asks or (found if found == "other" or "?" not in column.heading else None)
    return None if asks == QUESTION_LIKE else asks


def _turned(file: RegisterFile, questions: SheetColumn) -> RegisterFile:
    """A sheet with a column for each organisation, as one with a row for each."""
    heads = ["Organisation", *(text_of(cell_at(row, questions)) for row in file.rows)]
    rows = [
        SheetRow(number, (one.heading or None, *(cell_at(row, one) for row in file.rows)))
        for number, one in enumerate(file.columns, 1)
        if one is not questions
    ]
    columns = tuple(SheetColumn(at, letter(at), heading) for at, heading in enumerate(heads))
    return replace(file, columns=columns, rows=tuple(rows))


def one_row_each(file: RegisterFile, columns: Sequence[AnswerColumn]) -> RegisterFile:
    """A sheet that has a row for each question, as one with a row for each organisation and a column for each question.

    Any other is given back as it is. What a question asked a second time of an organisation gets a row of its own.
    """
    place = {one.asks: one.column for one in reversed(columns)}
    asked = [place[name] for name in ("question", "maker") if name in place]
    answer = place.get("answer") or (place.get("cameras") if "maker" in place else None)
    if answer is None and asked and "organisation" not in place:
        return _turned(file, asked[0])
    if answer is None or not asked:
        return file
    moved = {answer.place, *(one.place for one in asked)}
    key_columns = [one.column for one in columns if one.asks in ("organisation", "number")]
    questions: dict[str, int] = {}
    made: dict[tuple[object, ...], tuple[int, dict[int, Cell]]] = {}
    times: Counter[tuple[object, ...]] = Counter()
    wide = len(file.columns)
    who: tuple[str, ...] = ()
    for row in file.rows:
        heading = ": ".join(filter(None, (text_of(cell_at(row, one)) for one in asked)))
        said = tuple(plain(text_of(cell_at(row, one))) for one in key_columns)
        who = said if any(said) else who  # an organisation that is named once, above its questions
        _, cells = made.setdefault((who, times[who, heading]), (row.number, {}))
        times[who, heading] += 1
        cells.update({place: cell for place, cell in enumerate(row.cells) if cell is not None and place not in moved})
        if "question" not in place and is_blank(cell_at(row, answer)) and read_answer(heading) not in (None, NOT_READ):
            cells[questions.setdefault("Reply", wide + len(questions))] = heading
        elif heading:
            heading = heading if "answer" in place else f"{answer.heading}: {heading}"
            cells[questions.setdefault(heading, wide + len(questions))] = cell_at(row, answer)
    extra = [SheetColumn(at, letter(at), heading) for heading, at in questions.items()]
    rows = [SheetRow(number, tuple(map(cells.get, range(wide + len(extra))))) for number, cells in made.values()]
    return replace(file, columns=(*file.columns, *extra), rows=tuple(rows))
