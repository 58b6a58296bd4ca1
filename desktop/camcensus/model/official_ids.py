"""The numbers under which bodies are officially known: what each is for, and its one spelling."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

OfficialId = Literal["urn", "ods", "gss", "company_no"]

OFFICIAL_IDS: tuple[OfficialId, ...] = ("urn", "ods", "gss", "company_no")

ID_WORDS: Mapping[OfficialId, str] = {
    "urn": "URN (school)",
    "ods": "ODS code (NHS)",
    "gss": "GSS code (council, police area)",
    "company_no": "company number",
}
_FORMS: Mapping[OfficialId, tuple[str, str]] = {
    "urn": (r"[0-9]{5,6}", "A URN is 5 or 6 digits, like 123456"),
    "ods": (r"[A-Z0-9]{3,8}", "An ODS code is 3 to 8 letters and digits, like RXH"),
    "gss": (r"[A-Z][0-9]{8}", "A GSS code is a letter and 8 digits, like E06000043"),
    "company_no": (r"[A-Z]{2}[0-9]{6}|[0-9]{8}", "A company number is 8 digits, or 2 letters and 6 digits, like 01234567"),
}
"""Source: Get Information about Schools (URN), NHS ODS codes, ONS code system (nine characters), Companies House numbers."""
ID_FOR_TYPE: Mapping[str, OfficialId] = {
    "school": "urn",
    "college": "urn",
    "nhs": "ods",
    "council": "gss",
    "police": "gss",
    "shop": "company_no",
}
"""Which of them a type of organisation goes by first."""


def official_id(kind: OfficialId, text: str | None) -> str | None:
    """The number in its one spelling, None for an empty text. Raises ValueError with a sentence for one of another form.

    Blanks and dashes are left out, letters are capitals, a company number of digits alone gets its leading zeros.
    """
    plain = re.sub(r"[\s\-\u2010-\u2015]", "", text or "").upper()
    if not plain:
        return None
    if kind == "company_no" and plain.isascii() and plain.isdecimal() and 5 < len(plain) < 8:
        plain = plain.zfill(8)
    form, say = _FORMS[kind]
    if re.fullmatch(form, plain, re.ASCII) is None:
        raise ValueError(f"{say}; check it or leave it empty.")
    return plain
