"""The whole registry of MAC addresses, packed: some 54,000 blocks looked up without unpacking them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from camcensus.model import frozen

_LENGTHS = (9, 7, 6)
_DIGITS = 10
_NUMBER = 5
_RECORD = _NUMBER + 3


@frozen
class _Prefixes(Sequence[bytes]):
    """The prefixes of the records as a sequence to bisect, without making them all."""

    records: bytes

    def __len__(self) -> int:
        return len(self.records) // _RECORD

    def __getitem__(self, at: int) -> bytes:  # type: ignore[override]
        return self.records[at * _RECORD : at * _RECORD + _NUMBER]


@frozen
class Registry:
    """Who registered a block of MAC addresses (IEEE MA-L, MA-M, MA-S: prefixes of 6, 7 and 9 hexadecimal digits).

    `records` holds, sorted, 8 bytes a block: 5 of the prefix (its length in the first half byte, then its digits, then
    zeros) and 3 of the place of the registrant's name in `names`. `names` holds UTF-8 texts, each ended by a line feed.
    """

    records: bytes = b""
    names: bytes = b""

    def __len__(self) -> int:
        return len(self.records) // _RECORD

    def sizes(self) -> dict[int, int]:
        """How many blocks there are of each length of prefix: 6 (MA-L), 7 (MA-M) and 9 (MA-S) digits."""
        lengths = [self.records[at] >> 4 for at in range(0, len(self.records), _RECORD)]
        return {length: lengths.count(length) for length in sorted(_LENGTHS)}

    def registrant_of(self, prefix: str) -> str | None:
        """The registrant of the block with exactly this prefix of lower-case hexadecimal digits, None where there is none."""
        wanted = packed_prefix(prefix)
        at = bisect_left(_Prefixes(self.records), wanted)
        record = self.records[at * _RECORD : (at + 1) * _RECORD]
        if len(record) != _RECORD or record[:_NUMBER] != wanted:
            return None
        start = int.from_bytes(record[_NUMBER:], "big")
        return self.names[start : self.names.index(b"\n", start)].decode()

    def block_of(self, mac: str) -> tuple[str, str] | None:
        """(prefix, registrant) of the smallest block that holds a MAC address "3c:ef:8c:…", None where none does."""
        digits = mac.replace(":", "").lower()
        for length in _LENGTHS:
            registrant = self.registrant_of(digits[:length]) if len(digits) >= length else None
            if registrant is not None:
                return digits[:length], registrant
        return None


def packed_prefix(prefix: str) -> bytes:
    """The 5 bytes a prefix is sorted by; 5 zeros for one that is not of hexadecimal digits. No prefix is that."""
    try:
        return bytes.fromhex(f"{len(prefix):x}{prefix}".ljust(_DIGITS, "0")[:_DIGITS])
    except ValueError:
        return bytes(_NUMBER)


def pack(blocks: Iterable[tuple[str, str]]) -> Registry:
    """A registry of (prefix, registrant). The same blocks in any order give the same bytes."""
    rows = sorted(blocks)
    places: dict[str, int] = {}
    names = bytearray()
    for name in sorted({registrant for _, registrant in rows}):
        places[name] = len(names)
        names += name.replace("\n", " ").encode() + b"\n"
    records = sorted(packed_prefix(prefix) + places[registrant].to_bytes(3, "big") for prefix, registrant in rows)
    return Registry(b"".join(records), bytes(names))
