"""Holds what pytest printed to a floor under the tests that ran: python tests/bench/ran.py FILE

Exit status 1 where fewer than FLOOR tests passed or more than CEILING were skipped: a gate that sees nothing is green too. The
numbers are changed here alone. Prints why tests were skipped; a reason that MAY_BE_MISSING does not have is marked.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

FLOOR, CEILING = 12_500, 400
MAY_BE_MISSING = {
    "no Chromium, or no axe-core": "Chromium is fetched from Debian's archive and axe from npm's registry",
    "openxml-audit": "it is fetched from Python's registry, and has builds for some systems only",
    "veraPDF": "it needs Java, from Debian's archive",
    "LibreOffice": "it is fetched from Debian's archive",
    "is not installed": "engines and HEIC readers are large, and fetched from Python's registry",
    "could not import": "engines and HEIC readers are large, and fetched from Python's registry",
    "in the folder that CAMCENSUS_": "other people's servers: some are on no registry, others are fetched",
    "no compiler for Windows here": "a release builds for Windows; a landing has not the minutes",
    "no NSIS here": "a release builds for Windows; a landing has not the minutes",
    "the reference material is not beside this checkout": "it is not in the repository",
    "root may write everywhere": "who runs the tests may be root",
}


def main(words: list[str]) -> int:
    """Reads, prints, judges."""
    text = Path(words[0]).read_text("utf-8", errors="replace")
    ended = re.findall(r"^=* ?(?:.*, )?(\d+) passed(?:, (\d+) skipped)?.* in [\d.]+s", text, re.M)
    passed, skipped = (int(number or 0) for number in ended[-1]) if ended else (0, 0)
    reasons = Counter[str]()
    for number, reason in re.findall(r"^SKIPPED \[(\d+)\] \S+ (.+)", text, re.M):
        reasons[reason] += int(number)
    for reason, number in reasons.most_common():
        why = next((why for part, why in MAY_BE_MISSING.items() if part in reason), "not on the list of what may be missing")
        print(f"{number:4} skipped: {reason[:120]} ({why})")
    print(f"{passed:,} tests passed, at least {FLOOR:,}; {skipped:,} skipped, at most {CEILING:,}")
    return int(passed < FLOOR or skipped > CEILING)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
