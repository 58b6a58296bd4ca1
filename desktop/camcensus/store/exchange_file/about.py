"""Lines for a person who opens an exchange file: what it is, how to count, what the grades mean, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

ABOUT: tuple[tuple[str, str], ...] = (
    ("What this is", "A copy made for auditors on {made_on}, of the record of cameras and recorders kept by {body}."),
    ("Who made it", "{made_by}, with Camcensus {made_with}. It is a copy: the record itself stays with the organisation."),
    ("As at", "The record was last added to or edited on {as_at}. The newest search of a network ended: {searched_at}."),
    ("How it was made", "{method}. What is off, on another network or plugged into a recorder does not answer a search."),
    ("How to count", "One row of the table asset is one device of the register. asset.counts_as says what it counts as."),
    ("Cameras", "counts_as = 'camera'. What may be a camera ('may-be-camera') is a column of its own, never in the count."),
    ("Not cameras", "Recorders, encoders and intercoms are counted apart; software, 'other' and 'gone' not at all."),
    ("Channels", "A channel that a recorder reports and that has no row (channel.asset is empty) is not counted as a camera."),
    ("Not confirmed", "asset.unconfirmed = 1: a channel with a row that nobody has seen. It is counted, and can be left out."),
    ("Three names", "Brand is the name on the box, manufacturer is who made it; sellers and maintainers serve us."),
    ("Confirmed", "grade 'confirmed': a letter names the maker, or a label of a maker's own brand that nothing contradicts."),
    ("Almost certain", "grade 'almost-certain': the signs fit one maker only, and are independent of each other."),
    ("Likely", "grade 'likely': one firm sign, or the organisation’s own register names the maker. It is counted."),
    ("Not known", "grades 'possible', 'conflicting' and 'unknown', and rows with no device: a column of their own."),
    ("Proven", "Of those counted, the confirmed and the almost certain. Not known stands beside the number."),
    ("On a list", "finding.kind = 'listing': a list names the maker. It does not mean that a device is faulty."),
    ("Based in China", "finding.kind = 'seat': the maker’s legal seat, by our reading of a statement that names no company."),
    ("Which lists count", "list_used.is_on says which lists the organisation goes by; findings of all lists are in the file."),
    (
        "What cannot be seen",
        "A capability with no row was not seen; it may be there. 'able' does not mean switched on; 'unknown': its maker's list "
        "of the model was read and lacks it.",
    ),
    ("What is left out", "{left_out}"),
    ("Is it whole", "export.tables holds rows and SHA-256 of each table; a signature, if any, covers all of them."),
)  # fmt: skip
"""Heading and text. `about_rows` fills in what is in braces."""


def about_rows(facts: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """The rows of `about`; `facts` are the texts for what is in braces. Raises KeyError where one is missing."""
    for number, (heading, text) in enumerate(ABOUT, 1):
        yield number, heading, re.sub(r"\{(\w+)\}", lambda found: facts[found[1]], text)
