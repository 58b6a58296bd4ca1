"""What of a label is covered in a photo that is saved: codes that hold a security code, and print that may.

Where an engine reads print, lines are covered that name such a code, or hold what a covered code holds. What no engine reads
as a name or value of a label may be such a code too: with `blur` all of it is too coarse to be read, where a label is near.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from PIL import Image, ImageDraw

from camcensus.intake.code_search import SQUARES, FoundCode, can_read_codes, find_codes, glance
from camcensus.intake.label_codes import SECRET_NAME, holds_more, names_secret_only, plain_value, secret_words
from camcensus.intake.label_layout import print_pairs, said_lines
from camcensus.intake.label_names import is_name_alone, names_in, print_value, read_lines
from camcensus.intake.label_text import PrintLine, can_read_print, read_print
from camcensus.intake.print_places import near_codes

COVER, COVER_REACH = (118, 118, 118), 1.12
"""The grey that covers, and how far beyond a code it reaches."""
COVER_LOOKS, COVER_TIME_S = 6, 30.0
"""How often a photo is looked at until no code is left to cover, and the processor time for all of it."""
LEGIBLE_PIXELS = 200
"""No print can be read in a picture whose longest side is no more."""
SERIAL_FEWEST = 9
"""Letters and digits of a serial number that no security code is as long as."""
COVERED_UNREAD = frozenset(("QRCode", "MicroQRCode", "Aztec", "PDF417"))
"""Codes that another reader may read. What looks like a Data Matrix and cannot be read is mostly none."""
PRINT_REACH = {True: 6.0, False: 1.0}
"""How far print may be from the middle of a code, square or not, in its longest sides."""
BLOCK_PART = {True: 4, False: 16}
"""Blurred print has one shade for such a part of a code's longest side, more than a letter."""
MIN_BLOCK, LETTER_PART = 8, 40
"""Letters have one shade for so many pixels at least, and such a part of the picture's longest side."""


def cover_labels(image: Image.Image, *, blur: bool) -> None:
    """Cover what may hold a security code, and with `blur` all print around codes that nothing here reads for sure."""
    if not can_read_codes():
        return
    _cover_print(image, _cover_codes(image), blur=blur)


def cover_shown(image: Image.Image, *, letters: bool) -> bool:
    """Cover codes, and print, in a picture that is only shown: a picture of the screen would hold it for anybody.

    With `letters` all print stays that is not known to be such a code. Gives whether any was blurred.
    """
    if not can_read_codes():
        return False
    codes = _cover_codes(image, glance)
    return max(image.size) > LEGIBLE_PIXELS and _cover_print(image, codes, blur=not letters)


def _cover_print(image: Image.Image, codes: Sequence[FoundCode], *, blur: bool) -> bool:
    """Blur print around codes, but for lines that are read and name what they hold; cover those with a security code.

    Gives whether any was blurred.
    """
    lines = read_print(image.copy()) if can_read_print() else []
    secrets = frozenset(word for code in codes for word in secret_words(code.text))
    covered = list(secret_lines(lines, secrets))
    is_blurred = blur and _blur_print(image, codes, list(plain_lines(lines, covered)))
    draw = ImageDraw.Draw(image)
    for line in covered:
        draw.polygon(list(line.corners), COVER)
    return is_blurred


def _cover_codes(image: Image.Image, find: Callable[[Image.Image], list[FoundCode]] = find_codes) -> list[FoundCode]:
    """Paint over each code that holds more than a label may say, such as a security code, or that could not be read.

    Then look again, until no such code is read: one look gives each text once, and of bars only the lines it read. Gives all
    that were seen.
    """
    draw, seen = ImageDraw.Draw(image), list[FoundCode]()
    for _ in range(COVER_LOOKS):
        read_one = False
        for code in find(image.convert("L")):
            seen.append(code)
            if _must_go(code):
                draw.polygon(_around(code), COVER)
                read_one = read_one or bool(code.text)
        if not read_one:
            break
    return seen


def _must_go(code: FoundCode) -> bool:
    return holds_more(code.text) if code.text else code.kind in COVERED_UNREAD


def _around(code: FoundCode) -> list[tuple[float, float]]:
    x, y = code.middle
    return [(x + (at - x) * COVER_REACH, y + (to - y) * COVER_REACH) for at, to in code.corners]


def secret_lines(lines: Sequence[PrintLine], secrets: frozenset[str]) -> Iterator[PrintLine]:
    """The lines that name a security code or hold one of `secrets`, and those right of or below a name alone."""
    named = {value for pair in print_pairs(lines) for value in pair.values}
    for line in lines:
        if SECRET_NAME.search(line.text) or _holds(line.text, secrets):
            yield line
        if names_secret_only(line.text):
            yield from (other for other in lines if line.is_followed_by(other) and other not in named and _may_hide(other.text))


def plain_lines(lines: Sequence[PrintLine], covered: Collection[PrintLine]) -> Iterator[PrintLine]:
    """The lines that hold names and values of a label and nothing else: any other may be a security code, misread or not."""
    paired = {line for pair in print_pairs(lines) if pair.text for line in (*pair.names, *pair.values)}
    return (line for line in lines if line not in covered and (line in paired or _says_all(line.text)))


def _says_all(text: str) -> bool:
    """Whether nothing is left of a line beside its names and the values that are read of it."""
    named = names_in(text)
    return bool(named) and all(
        field is not None and plain_value(print_value(field, rest)) == plain_value(rest) for field, rest in named
    )


def open_lines(lines: Sequence[PrintLine], codes: Sequence[str]) -> list[str]:
    """The text of the lines that are none of `secret_lines`, beside codes with such texts; each value behind its name."""
    return said_lines(lines, frozenset(secret_lines(lines, frozenset(word for text in codes for word in secret_words(text)))))


def _may_hide(text: str) -> bool:
    """Whether a line near the name of a security code may be that code: it is no name, and no value with a name."""
    return read_lines([text], ()) is None and not is_name_alone(text)


def _holds(text: str, secrets: frozenset[str]) -> bool:
    """Whether a line holds a word of a code, however it is divided; what it names as a serial number itself is none."""
    said = read_lines([text], ())
    named = plain_value(said.serial) if said is not None and len(said.serial) >= SERIAL_FEWEST else ""
    plain = plain_value(text)
    return any(word in plain and word != named for word in map(plain_value, secrets))


def _blur_print(image: Image.Image, codes: Sequence[FoundCode], plain: Sequence[PrintLine]) -> bool:
    """Make letters too coarse to be read, but for `plain` lines and codes that hold nothing more than a label may say."""
    before = image.copy()
    is_blurred = _blur_letters(image, codes)
    if not can_read_print():
        is_blurred |= _blur_around(image, before, codes)
    stays = Image.new("1", image.size)
    draw = ImageDraw.Draw(stays)
    for line in plain:
        draw.polygon(list(line.corners), 1)
    for code in codes:
        if code.text and not _must_go(code):
            draw.polygon(_around(code), 1)
    image.paste(before, mask=stays)
    draw = ImageDraw.Draw(image)
    for code in codes:
        if _must_go(code):
            draw.polygon(_around(code), COVER)
    return is_blurred


def _blur_letters(image: Image.Image, codes: Sequence[FoundCode]) -> bool:
    """What looks like letters near codes, or near bars that nothing read."""
    letters = near_codes(image, codes)
    if letters is not None:
        image.paste(_coarse(image, max(MIN_BLOCK, max(image.size) // LETTER_PART)), mask=letters)
    return letters is not None


def _blur_around(image: Image.Image, before: Image.Image, codes: Sequence[FoundCode]) -> bool:
    """All that is around codes, whatever it looks like."""
    is_blurred = False
    for code in codes:
        if not code.text and code.kind not in COVERED_UNREAD:
            continue
        square, (x, y) = code.kind in SQUARES, code.middle
        reach, block = code.side * PRINT_REACH[square], max(MIN_BLOCK, round(code.side / BLOCK_PART[square]))
        left, top = max(0, round(x - reach)), max(0, round(y - reach))
        right, bottom = min(image.width, round(x + reach)), min(image.height, round(y + reach))
        if right - left >= 2 and bottom - top >= 2:
            image.paste(_coarse(before.crop((left, top, right, bottom)), block), (left, top))
            is_blurred = True
    return is_blurred


def _coarse(part: Image.Image, block: int) -> Image.Image:
    """With one shade for each block, and between blocks what is between their shades."""
    small = part.resize((max(1, part.width // block), max(1, part.height // block)), Image.Resampling.BOX)
    return small.resize(part.size, Image.Resampling.BILINEAR)
