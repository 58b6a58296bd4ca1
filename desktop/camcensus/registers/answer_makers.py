"""The makers that a cell names, as marks: those that its question asks for, more than those, or others alone."""

from __future__ import annotations

import re
from itertools import pairwise

from camcensus.model.claims import QuestionAsked
from camcensus.registers.answer_columns import MakerNames

ASKED, MORE, OTHERS = "\x01", "\x02", "\x03"
"""Exactly the makers asked for; those and more; others and none of those. A list of only some of those has no mark."""
_ANY = "\x04"
_NO_MARKS = str.maketrans(dict.fromkeys((ASKED, MORE, OTHERS, _ANY), "?"))
_WORD = re.compile(r"[a-z0-9]+")
_IN_NAME = re.compile(r"[ .&'’-]{1,3}")
_LIST = re.compile(rf"{_ANY}(?:(?:, {_ANY})*(?:,? (?:and|or|nor) | ?[/&+] ?){_ANY})*")
"""Its last joint is never a comma: "no A, B" may say that B is there."""


def with_makers_marked(text: str, asked: QuestionAsked | None, makers: MakerNames | None) -> str:
    """A text in small letters with every maker, or list of makers, as its mark; as it is where no maker is asked for."""
    text = text.translate(_NO_MARKS)
    if asked is None or asked.question != "maker" or makers is None:
        return text
    wanted = frozenset(asked.makers)
    text, named = _with_one_mark(text, wanted, makers)
    left = iter(named)

    def mark(found: re.Match[str]) -> str:
        some = [next(left) for _ in range(found[0].count(_ANY))]
        ids = frozenset(maker for _, maker in some)
        if ids & wanted and not ids >= wanted:
            words = iter(some)
            return re.sub(_ANY, lambda _: next(words)[0], found[0])
        return ASKED if ids == wanted else MORE if ids & wanted else OTHERS

    return _LIST.sub(mark, text)


def _with_one_mark(text: str, wanted: frozenset[str], makers: MakerNames) -> tuple[str, list[tuple[str, str]]]:
    """The text with each maker as one mark, the longest names first; the words and the id of each."""
    unknown = {one.removeprefix("name:"): one for one in wanted if one.startswith("name:")}
    longest = max(makers.longest, *(len(one.split()) for one in unknown), 1)
    words = list(_WORD.finditer(text))
    made, named = list[str](), list[tuple[str, str]]()
    at, done = 0, 0
    while at < len(words):
        for long in range(min(longest, len(words) - at), 0, -1):
            some = words[at : at + long]
            name = " ".join(one[0] for one in some)
            maker = makers.ids.get(name) or unknown.get(name)
            gaps = (text[one.end() : other.start()] for one, other in pairwise(some))
            if maker is not None and all(map(_IN_NAME.fullmatch, gaps)):
                made += [text[done : some[0].start()], _ANY]
                done = some[-1].end()
                named.append((text[some[0].start() : done], maker))
                at += long
                break
        else:
            at += 1
    return "".join([*made, text[done:]]), named
