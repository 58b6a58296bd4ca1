"""What the words of a text name: brands, model numbers and serial numbers among them, and whether it speaks of a camera."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from camcensus.model import frozen
from camcensus.model.knowledge import Fingerprint

if TYPE_CHECKING:
    from camcensus.attribution.index import Index

TEXT_LIMIT_CHARACTERS = 2048
WORDS_LIMIT = 48
"""Most words of a text that are looked through for a brand's name; a title or a certificate's subject has a dozen."""
NAME_WORDS = 4
"""Most words of a brand's name that are looked for in a text."""
WORD_NAME_FEWEST_CHARACTERS = 4
"""Shorter names ("LTS", "ADT", "ICS") stand for other things inside a text."""


PRODUCT_LIMIT_CHARACTERS = 80
PARTS_LIMIT = 16
"""Longest text, and most parts, of which it is asked whether it is a name."""
BRAND_PARTS = 4
"""Most parts of a brand's name."""

LEAD_PARTS = 2
"""Most words, in capitals, that are taken for a maker's name that we do not know."""

Naming = Literal["no", "led", "whole"]
"""Whether a text is a product's name; "led" where a name that we do not know leads it ("Foobar IP Camera")."""

_PART = re.compile(r"[^\W_]+(?:[.'’+][^\W_]+)*\+?")
_GROUP = re.compile(r"[^\s,;:|()\[\]{}\"<>/\\=&!?~…·•–—]+")
_ORDER: tuple[Naming, ...] = ("no", "led", "whole")
_SHORT = re.compile(r"[A-Z]{1,3}")


@frozen
class TextWords:
    """What the words of a text name: `brands` by id, `models` as brand id -> the fingerprint whose form a word has.

    `serials` holds the fingerprints of makers' serial numbers whose form a word has, with the word.
    `is_of_camera` where the text says camera, recorder or the like; `is_model` where it begins with a model number of one
    brand, or has one beside such a word. `is_own_name` where it is the name of a company that we follow, with a version at
    most, begins with a brand's name and a product code, or gives a brand's name as a company's ("… Co., Ltd.").
    """

    brands: tuple[str, ...] = ()
    models: Mapping[str, Fingerprint] = field(default_factory=dict)
    serials: tuple[tuple[Fingerprint, str], ...] = ()
    is_of_camera: bool = False
    is_model: bool = False
    is_own_name: bool = False
    naming: Naming = "no"


_WORD = re.compile(r"[^\W_]+")
_CAPITALS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+|[^\W\dA-Za-z_]+")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PIECE = re.compile(r"[^\s,;:=()\[\]\"']{5,40}")
_VERSION = re.compile(r"[ /_-]v?[0-9][0-9.]*\Z")
_OF_CAMERA = re.compile(
    r"(?<![a-z0-9])(?:(?:ip|net|web)?[ -]?cam(?:era)?s?|[dnxh]vrs?|ipc|cctv|onvif|surveillance"
    r"|video (?:server|recorder|encoder)s?|rtsp|streaming (?:media )?server|streaming media)(?![a-z0-9]|-[a-z0-9]*[0-9])",
    re.I,
)
_NAME_AND_CODE = re.compile(
    r"(?P<name>.{4,40}?)[ _/-]++(?!v?[0-9.]+(?![^ ,;:]))(?=[^ ,;:]*[0-9])[A-Za-z0-9][A-Za-z0-9.+-]{1,24}(?=[ ,;:]|\Z)"
)
"""A name and a product code or a serial number at the beginning of a text; a version is none."""
_COMPANY = re.compile(
    r"\W++(?:\w[\w&-]*+\W++){0,3}?(?:co\b\W{1,3}(?:ltd|limited|inc)|ltd|limited|inc|incorporated|corp|corporation|llc|gmbh)\b",
    re.I,
)
"""What follows a brand's name where the text gives it as a company's. Nothing in it is tried twice: texts are hostile."""


def read_words(text: str, index: Index) -> TextWords:
    """The brands that words of a text name, longest name first, and the model and serial numbers among them.

    Words are also looked for where capitals begin them: "DahuaRtsp".
    """
    cut = text[:TEXT_LIMIT_CHARACTERS]
    whole = _WORD.findall(cut)[:WORDS_LIMIT]
    parts = [part for word in whole for part in _CAPITALS.findall(word)][:WORDS_LIMIT]
    brands = _brands_in(whole, index)
    if parts != whole and not brands:
        brands = _brands_in(parts, index)
    models: dict[str, Fingerprint] = {}
    serials: list[tuple[Fingerprint, str]] = []
    first = ""
    pieces = [piece for piece in _PIECE.findall(cut)[:WORDS_LIMIT] if any(map(str.isdigit, piece))]
    for piece in pieces:
        for fingerprint in index.fingerprints_in("model", piece):
            if fingerprint.role == "brand" and fingerprint.strength == "strong":
                models.setdefault(fingerprint.subject, fingerprint)
                first = first or piece
        for fingerprint in index.fingerprints_in("serial", piece):
            if fingerprint.family == "does" and fingerprint.strength == "strong":
                serials.append((fingerprint, piece))
    is_of_camera = any(_OF_CAMERA.search(words) for words in (cut, _JOINED.sub(" ", cut)))
    is_model = len(models) == 1 and set(brands) <= set(models) and (is_of_camera or cut.strip().startswith(first))
    is_own_name = len(brands) == 1 and (
        index.brand_named(_VERSION.sub("", cut.strip())) in index.knowledge.manufacturers
        or _is_name_and_code(cut.strip(), index)
        or _is_of_company(cut, whole, index)
    )
    return TextWords(tuple(brands), models, tuple(serials), is_of_camera, is_model, is_own_name, naming(cut.strip(), index))


def _is_name_and_code(text: str, index: Index) -> bool:
    found = _NAME_AND_CODE.match(text)
    return found is not None and index.brand_named(found["name"]) is not None


def _is_of_company(text: str, words: list[str], index: Index) -> bool:
    named = (word for word in dict.fromkeys(words) if index.names.get(word.casefold()) is not None)
    return any(_COMPANY.match(text, found.end()) for word in named for found in re.finditer(re.escape(word), text))


def _brands_in(words: list[str], index: Index) -> dict[str, None]:
    folded = [word.casefold() for word in words]
    found: dict[str, None] = {}
    at = 0
    while at < len(folded):
        for count in range(min(NAME_WORDS, len(folded) - at), 0, -1):
            name = "".join(folded[at : at + count])
            brand = index.names.get(name) if len(name) >= WORD_NAME_FEWEST_CHARACTERS else None
            if brand is not None and not index.is_common_word(brand):
                found.setdefault(brand)
                at += count - 1
                break
        at += 1
    return found


def naming(text: str, index: Index) -> Naming:
    """Whether every part of a text is a brand, a product code, a word of the trade, or a word that stands beside those.

    Words are also looked for where capitals begin them: "DahuaLogin".
    """
    told = _naming(text, index)
    if told != "whole" and (apart := _JOINED.sub(" ", text)) != text:
        told = max(told, _naming(apart, index), key=_ORDER.index)
    return told


def _naming(text: str, index: Index) -> Naming:
    if len(text) > PRODUCT_LIMIT_CHARACTERS:
        return "no"
    parts = list(_PART.finditer(text))
    if not 0 < len(parts) <= PARTS_LIMIT:
        return "no"
    spans = [span for where in ("text", "model") for span in _spans(where, text, index)]
    known = {at for span in (*spans, *_spans("beside", text, index)) for at in range(*span)}
    known |= {at for span in _brands(parts, index) for at in range(*span)}
    known |= {at for span in _codes(text, known) for at in range(*span)}
    strange = [part for part in parts if not known.issuperset(range(*part.span()))]
    if not strange:
        return "no" if _is_entry(parts, spans) else "whole"
    first = min(spans, default=(0, 0))[0]
    leads = len(strange) <= LEAD_PARTS and all(part.end() <= first and part[0][0].isupper() for part in strange)
    return "led" if leads else "no"


def _is_entry(parts: Sequence[re.Match[str]], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether words of the trade alone are written as an entry of a dictionary ("Network camera"), not as a product's name."""
    words = [part[0] for part in parts if any(start <= part.start() < end for start, end in spans)]
    return (
        len(words) == len(parts) > 1 and words[0][0].isupper() and all(word.isascii() and word.islower() for word in words[1:])
    )


def _spans(where: str, text: str, index: Index) -> Iterator[tuple[int, int]]:
    first = index.kinds.any_of[where]
    if first is not None and first.search(text):
        for _, pattern in index.kinds.patterns[where]:
            yield from (found.span() for found in pattern.finditer(text))


def _codes(text: str, known: set[int]) -> Iterator[tuple[int, int]]:
    """Product codes, serial numbers and versions: a digit, and no word but known ones and up to three capitals."""
    for group in _GROUP.finditer(text):
        if any(map(str.isdigit, group[0])):
            words = (one for one in _PART.finditer(text, *group.span()) if not any(map(str.isdigit, one[0])))
            if all(_SHORT.fullmatch(word[0]) or known.issuperset(range(*word.span())) for word in words):
                yield group.span()


def _brands(parts: Sequence[re.Match[str]], index: Index) -> Iterator[tuple[int, int]]:
    for at, first in enumerate(parts):
        for count in range(1, min(BRAND_PARTS, len(parts) - at) + 1):
            last = parts[at + count - 1]
            brand = index.brand_named(first.string[first.start() : last.end()])
            if brand is not None and not index.is_common_word(brand):
                yield first.start(), last.end()
