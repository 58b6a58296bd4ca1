"""The day a firmware was built, where its version text says it."""

from __future__ import annotations

import re
from datetime import date

_ISO_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_SHORT_DATES = (
    re.compile(r"build[ :_]{0,3}([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])", re.I),  # Hikvision, TP-Link
    re.compile(r"build[ :_]{0,3}20([0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])", re.I),
    re.compile(r"^v[0-9.]+_([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{2,4}$", re.I),  # Reolink v3.0.0.5428_2509171974
    re.compile(r"-B[0-9]{1,6}(?:\.[0-9A-Z]{1,12}){1,6}\.([0-9]{2})([0-9]{2})([0-9]{2})$"),  # Uniview …-B1232.9.3.C00010.251208
    re.compile(  # made by Dahua for others: 1.000.HW00.21.20190812, 2.420.AC00.18.R.20200217, 1.000.HW01.1.190813
        r"^V?[0-9]\.[0-9]{3}\.[0-9A-Z]{2,12}(?:\.[0-9]{1,3})?(?:\.R)?\.(?:20)?([0-9]{2})([0-9]{2})([0-9]{2})(?:\.bin)?$", re.I
    ),
)


def read_firmware_date(text: str | None) -> str | None:
    """The build date inside a firmware version, ISO 8601; None where it holds none.

    Source: layouts seen in replies: "V5.6.2build 190701", "1.4.3 Build 251128 Rel.63757n", "…, build : 2019-05-23".
    """
    if text is None:
        return None
    text = text[:200]
    found = _ISO_DATE.search(text)
    if found:
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    for pattern in _SHORT_DATES:
        found = pattern.search(text)
        if found:
            return _iso(2000 + int(found[1]), int(found[2]), int(found[3]))
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
