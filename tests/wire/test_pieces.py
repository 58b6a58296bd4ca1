"""What is looked for by its marks is found exactly where a look at every place finds it."""

from __future__ import annotations

import random

import pytest

import drawn
from camcensus.wire.pieces import MARK_BYTES, PIECE_BYTES, Pieces

ALPHABETS = (b"ab", b"0123456789abcdef", bytes(range(256)))


def text_of(chance: random.Random, least: int, most: int) -> bytes:
    return bytes(chance.choices(chance.choice(ALPHABETS), k=chance.randint(least, most)))


def reply_of(chance: random.Random, texts: list[bytes]) -> bytes:
    """Parts of what is looked for, whole and cut, and what is nothing of it."""
    parts = list[bytes]()
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        parts += [text, text[at : at + chance.randint(1, 20)], text_of(chance, 0, 9)]
    chance.shuffle(parts)
    return b"".join(parts)


def places(data: bytes, sought: set[bytes]) -> set[tuple[int, int]]:
    return {(at, at + len(one)) for one in sought for at in range(len(data)) if data.startswith(one, at)}


@pytest.mark.parametrize("number", range(40))
def test_each_piece_and_each_whole_text_is_found_and_nothing_else(number: int) -> None:
    chance = random.Random(f"{drawn.seed()} {number}")
    known, sought, texts = Pieces(), set[bytes](), list[bytes]()
    for _ in range(12):
        for _ in range(chance.randint(0, 4)):
            texts.append(text := text_of(chance, 1, 60))
            known.learn(text)
            sought |= {text[at : at + PIECE_BYTES] for at in range(len(text) - PIECE_BYTES + 1)}
        texts.append(whole := text_of(chance, MARK_BYTES, 30))
        known.learn_whole(whole)
        sought.add(whole)
        data = reply_of(chance, texts)
        assert set(known.find(data)) == places(data, sought)


def test_what_is_forgotten_is_found_no_more() -> None:
    known = Pieces()
    known.learn(b"0123456789abcdef")
    known.learn_whole(b"ghijklm")
    assert len(known) > 1
    assert len(list(known.find(b"0123456789abcdef ghijklm"))) == 6
    known.clear()
    assert not known
    assert not any(vars(known).values())
    assert list(known.find(b"0123456789abcdef ghijklm")) == []
