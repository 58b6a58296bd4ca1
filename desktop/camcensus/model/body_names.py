"""Whether two names of organisations can be one's: spelling, order and kind words aside, what is left must agree."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_SPELT = {"st": "saint", "ce": "church", "cofe": "church", "rc": "catholic", "govt": "government", "univ": "university"}
_KIND_WORDS = (
    "a academies academy aided all and board borough bc cbc catholic church city co college community company"
    " constabulary control controlled council county cc district england federation first force foundation free ft"
    " government grammar group high hospital hospitals infant infants junior limited llp london ltd mat mbc metropolitan"
    " middle multi nhs nursery of office partnership plc police primary public royal rc saint school schools secondary"
    " service services simulation sixth form the trust uk unitary university upper va vc voluntary"
)
_KINDS = frozenset(_KIND_WORDS.split())
_FAMILIES = tuple(
    frozenset(words.split())
    for words in (
        "primary infant infants junior nursery", "secondary high grammar college sixth upper", "council borough district",
        "nhs hospital hospitals", "police constabulary", "university",
    )
)  # fmt: skip
"""Kinds that are not each other's: names of two families are of two organisations."""
_CLOSE = 0.8
"""How alike (difflib's ratio) two words are that one is a slip of the other."""


def names_agree(one: str, other: str) -> bool:
    """Whether both can be names of one organisation: the words of the shorter are all in the longer, slips allowed."""
    first, second = name_words(one), name_words(other)
    if first == second or _initials(first, second) or _initials(second, first):
        return True
    kinds = [{at for at, family in enumerate(_FAMILIES) if family & set(words)} for words in (first, second)]
    if all(kinds) and not kinds[0] & kinds[1]:
        return False
    own, theirs = (tuple(word for word in words if word not in _KINDS) for words in (first, second))
    if not own or not theirs:
        own, theirs = first, second
    few, many = sorted((own, theirs), key=len)
    return bool(few) and all(any(_same(word, word_of) for word_of in many) for word in few)


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared, in no order; equal for two spellings of one name."""
    text = "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
    text = re.sub(r"['’.]", "", text).replace("&", " and ").replace("c of e", "cofe").replace("church of england", "cofe")
    return tuple(sorted({_SPELT.get(word, word) for word in re.findall(r"[^\W_]+", text)} - {"the", "and", "of"}))


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) > 3 and long.startswith(short):
        return True
    return one == other or (len(short) > 3 and SequenceMatcher(None, one, other).ratio() >= _CLOSE)


def _initials(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is one word of the first letters of the other, in any order, as "UCLH" is."""
    letters = sorted(word[0] for word in full)
    return len(short) == 1 and len(short[0]) > 2 and len(full) >= len(short[0]) and not set(short[0]) - set(letters)
