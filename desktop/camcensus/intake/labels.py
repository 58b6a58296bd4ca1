"""Photos of labels: what their codes say, found apart (see `intake.apart`) and read there.

The text of a code never leaves that process, only what `read_code` gives of it.
"""

from __future__ import annotations

from PIL import Image

from camcensus.intake.apart import OverLimitError, apart_within
from camcensus.intake.code_search import can_read_codes, find_codes
from camcensus.intake.label_codes import read_code
from camcensus.intake.pictures import BYTES_LIMIT, decoding, grey_picture, open_picture
from camcensus.model.errors import IntakeError
from camcensus.model.labels import LabelReading

READ_TIME_S = 15.0
"""Processor time for one photo, with all attempts at one that is blurred or dark."""
READ_MEMORY_BYTES = 250 << 20
CODES_MOST = 24
LONGEST_READ = 4_600
"""Pixels of the longest side that is read: a photo of 12 megapixels as it is, a larger one made smaller."""


def read_labels(data: bytes, known: frozenset[str], name: str = "The photo") -> tuple[LabelReading, ...]:
    """What the codes in a photo say, one after the other; () where it shows none that can be read.

    `known` is as `read_code` takes it. Raises IntakeError for what is no picture that can be read, or is too large.
    """
    if len(data) > BYTES_LIMIT:
        raise IntakeError(f"{name} is larger than {BYTES_LIMIT >> 20} MB; save it smaller and choose it again.")
    if not can_read_codes():
        return ()
    try:
        return apart_within(READ_TIME_S, READ_MEMORY_BYTES, _read_labels, data, known, name)
    except OverLimitError as error:
        raise IntakeError(f"{name} takes too much time or memory to read; save it smaller and choose it again.") from error


def _read_labels(data: bytes, known: frozenset[str], name: str) -> tuple[LabelReading, ...]:
    with open_picture(data, name) as image, decoding(name):
        image.draft("L", (LONGEST_READ, LONGEST_READ))
        image.thumbnail((LONGEST_READ, LONGEST_READ), Image.Resampling.BILINEAR)
        grey = grey_picture(image)
    codes = find_codes(grey)[:CODES_MOST]
    said = (read_code(code.text, known) for code in codes if code.text)
    return tuple(dict.fromkeys(one for one in said if one is not None))
