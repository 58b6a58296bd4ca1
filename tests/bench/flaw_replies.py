"""What is answered about flaws where a device itself says its name, model and firmware: python tests/bench/flaw_replies.py [vendors.db] [--save FILE]

Each line of tests/bench/results/flaw_replies.csv is what a device says over ONVIF, and a CVE whose record says yes or no. It goes through
the whole program: the reply is read, its maker is found or not, and its flaws are looked up. Prints right, maybe, missed (the record
says yes, and nothing or "no" is said of this flaw) and wrong (a "yes" that the record does not bear out). `draw` tells the draws apart (1, or
the seed by the clock), `first` is what was answered when the line was drawn, `doubt` says where two records contradict each other: such a line
is listed, not counted. "Missed in silence" are those
where the device is not told either that we hold no record of its model. Ends with status 1 where a "yes" is wrong or one is missed in silence.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

from camcensus.assessment.advisories import flaws
from camcensus.assessment.care import flaw_records
from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.finding.census import judge
from camcensus.wire.read import read

ROOT = Path(__file__).resolve().parents[2]
REPLIES = ROOT / "tests" / "bench" / "results" / "flaw_replies.csv"
PROBE = "onvif.GetDeviceInformation"
OUTCOMES = ("right", "maybe", "missed", "missed in silence", "wrong", "in doubt")


def reply(says: str, model: str, firmware: str) -> Observation:
    """What a device answers to GetDeviceInformation."""
    fields = {"Manufacturer": says, "Model": model, "FirmwareVersion": firmware, "SerialNumber": "00", "HardwareId": "1"}
    inside = "".join(f"<tds:{name}>{escape(value)}</tds:{name}>" for name, value in fields.items())
    raw = (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:tds="http://www.onvif.org/ver10/device/wsdl"><s:Body><tds:GetDeviceInformationResponse>'
        f"{inside}</tds:GetDeviceInformationResponse></s:Body></s:Envelope>"
    ).encode()
    return Observation(
        probe=PROBE, address="192.0.2.10", at="2026-12-01T10:00:00Z", raw=raw, reading=read(PROBE, None, raw), port=80
    )


def outcome(row: dict[str, str], knowledge: Knowledge) -> tuple[str, str]:
    """How what the program says of a device stands to the record, and what it says."""
    (verdict,) = judge([reply(row["says"], row["model"], row["firmware"])], knowledge)
    answers = flaws(verdict.attribution, verdict.description, knowledge)
    asked = any(one.id == row["cve"] for one in answers.open)
    said = next((one.applies for one in answers.findings if one.id == row["cve"]), "maybe" if asked else "no")
    if said == row["expected"]:
        return "right", said
    if row["doubt"]:
        return "in doubt", said
    if said == "yes":
        return "wrong", said
    if said == "maybe":
        return "maybe", said
    told = flaw_records(verdict.attribution, verdict.description, knowledge)
    return ("missed" if told.startswith("We hold no record") else "missed in silence"), said


def table(rows: list[dict[str, str]], knowledge: Knowledge) -> tuple[str, bool]:
    """The report as text, and whether it is good enough."""
    found = [(row, *outcome(row, knowledge)) for row in rows]
    counts = Counter((row["draw"], how) for row, how, _ in found)
    first = Counter(row["draw"] for row in rows if row["first"] == row["expected"])
    seen = {how for _, how, _ in found}
    lines = [
        "# What is answered about flaws to what devices say of themselves", "",
        f"`python tests/bench/flaw_replies.py`, vendors.db {knowledge.version}", "",
        f"{len(rows)} replies, {len({row['cve'] for row in rows})} records.", "",
        f"| draw | right when drawn | {' | '.join(OUTCOMES)} |", f"|---|---|{'---|' * len(OUTCOMES)}",
        *(
            f"| {draw} | {first[draw]} | {' | '.join(str(counts[draw, how]) for how in OUTCOMES)} |"
            for draw in dict.fromkeys(row["draw"] for row in rows)
        ),
        "",
        *(
            f"- {how}: {row['cve']}, {row['says']} {row['model']}, {row['firmware']}: {row['expected']} expected, {said} answered. "
            f"{row['doubt'] or 'The record: ' + row['words']}"
            for row, how, said in found
            if how != "right"
        ),
    ]  # fmt: skip
    return "\n".join(lines) + "\n", seen.isdisjoint({"wrong", "missed in silence"})


def main(argv: list[str]) -> int:
    """Prints the table, and writes it where asked."""
    words = list(argv)
    save = Path(words[words.index("--save") + 1]) if "--save" in words else None
    vendors = next((Path(word) for word in words if word.endswith(".db")), ROOT / "vendors.db")
    with REPLIES.open(encoding="utf-8", newline="") as file:
        text, sound = table(list(csv.DictReader(file)), load_knowledge(vendors))
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
