"""Texts that are looked for whole, and texts of which any piece is: so many bytes in a row of one are no chance.

A text is known by its marks, six bytes each: only where one is in a reply is the text itself looked at. Of a text of which any
piece of twelve bytes is looked for, every seventh place is a mark: each piece has one of them whole in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

PIECE_BYTES = 12
"""So much of a proof, or of a password in another writing, is a piece of it and nothing else: six hexadecimal bytes."""
MARK_BYTES = 6
_STEP = PIECE_BYTES - MARK_BYTES + 1


class Pieces:
    """What is looked for. Nothing of it is shorter than MARK_BYTES."""

    def __init__(self) -> None:
        self._marks = dict[bytes, bytes]()
        self._marks_too = defaultdict[bytes, list[bytes]](list)
        self._whole = defaultdict[bytes, set[bytes]](set)
        self._looked_at = set[bytes]()
        self._pieces = set[bytes]()

    def __len__(self) -> int:
        """How many marks it has."""
        return len(self._marks)

    def learn_whole(self, text: bytes) -> None:
        """Look for a text as a whole."""
        mark = text[:MARK_BYTES]
        self._marks.setdefault(mark, b"")
        self._whole[mark].add(text)

    def learn(self, text: bytes) -> None:
        """Look for any piece of a text."""
        marks = dict.fromkeys([text[at : at + MARK_BYTES] for at in range(0, len(text) - PIECE_BYTES + _STEP, _STEP)], text)
        for mark in marks.keys() & self._marks.keys():
            if self._marks[mark] != text:
                self._marks_too[mark].append(text)
            del marks[mark]
        self._marks.update(marks)

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Where they are, some of them several times."""
        marks, pieces = self._marks, self._pieces
        places = [at for at in range(len(data) - MARK_BYTES + 1) if data[at : at + MARK_BYTES] in marks]
        for mark in {data[at : at + MARK_BYTES] for at in places}:
            self._look_at(marks[mark], *self._marks_too.get(mark, ()))
        after = 0
        for place in places:
            for text in self._whole.get(data[place : place + MARK_BYTES], ()):
                if data.startswith(text, place):
                    yield place, place + len(text)
            for at in range(max(after, place - _STEP + 1), place + 1):
                if data[at : at + PIECE_BYTES] in pieces:
                    yield at, at + PIECE_BYTES
            after = place + 1

    def _look_at(self, *texts: bytes) -> None:
        for text in texts:
            if text not in self._looked_at:
                self._looked_at.add(text)
                self._pieces.update(text[at : at + PIECE_BYTES] for at in range(len(text) - PIECE_BYTES + 1))

    def clear(self) -> None:
        """Forget them."""
        for known in (self._marks, self._marks_too, self._whole, self._looked_at, self._pieces):
            known.clear()
