"""What the knowledge base claims, drawn to be read again: python tests/bench/claims.py SEED [COUNT] [--verdicts CSV] [--save MD]

Draws COUNT claims (200) by SEED, half of them such that lead to a flag: a maker on a list, a legal seat that our reading takes in,
a brand whose maker is given, a flaw, what a model is able to do, an end of support. Prints each with its source, as CSV, for
somebody who did not write them to read at the source and to fill in `verdict`: right, overstated, wrong, out of date or cannot
check, and `seen`, what the source says.

With --verdicts the filled-in table is read back, held against the claims as they stand now, word for word (one that has changed
since is said so and not counted; whether the change mended it, only a new reading tells), and counted; --save writes the counts,
each draw's own as it was drawn, and the rows that were not right, as Markdown. Status 1: a claim that leads to a flag is wrong,
overstated or could not be checked and leads to a flag still, or over 3 are wrong or overstated.
tests/bench/results/claims.csv has the draws so far, each row with the seed of its draw.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from camcensus.assessment.listings import ownership_path
from camcensus.model.knowledge import Knowledge
from camcensus.store.vendors_db.read import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
VERDICTS = ("right", "overstated", "wrong", "out of date", "cannot check")
HEADER = ("draw", "kind", "flag", "claim", "source", "address", "verdict", "seen")
ALLOWED_WRONG = 3


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One thing that the knowledge base says of somebody, the source it cites, and whether it can lead to a flag."""

    kind: str
    claim: str
    source: str
    address: str
    flag: bool


def claims(knowledge: Knowledge) -> list[Claim]:
    """Every claim with a source, sorted."""
    return sorted({*_statements(knowledge), *_companies(knowledge), *_brands(knowledge), *_records(knowledge)})


def _claim(knowledge: Knowledge, kind: str, claim: str, source: str, *, flag: bool) -> Claim:
    cited = knowledge.sources[source]
    said = ", ".join(part for part in (cited.title, cited.publisher, cited.date) if part)
    return Claim(kind, " ".join(claim.split()), said, cited.url or "", flag)


def _statements(knowledge: Knowledge) -> Iterator[Claim]:
    for one in knowledge.statements.values():
        if one.id == "own":
            continue
        words = f"{one.said_by}, {one.date}: {one.title}. {one.text} To {one.addressed_to}. {one.standing}"
        yield _claim(knowledge, "statement", words, one.source, flag=False)
        for named in one.names:
            words = f"{one.said_by}, {named.effective or one.date}: {one.title}. Names {knowledge.name_of(named.manufacturer)}: “{named.quote}”"
            yield _claim(knowledge, "named by a statement", words, named.source or one.source, flag=one.is_list)
        for answer in one.answers:
            spoke = f"said on {answer.date}, besides" if answer.besides else f"answered on {answer.date} to"
            words = f"{answer.by} {spoke} “{one.title}”: {answer.text}"
            yield _claim(knowledge, "answer", words, answer.source, flag=False)


def _companies(knowledge: Knowledge) -> Iterator[Claim]:
    taken_in = {one.seat for one in knowledge.statements.values() if one.seat}
    for maker in knowledge.manufacturers.values():
        if maker.seat and maker.seat_source:
            words = f"{maker.legal_name or maker.name} has its legal seat in {maker.seat}"
            yield _claim(knowledge, "seat", words, maker.seat_source, flag=maker.seat in taken_in)
        if maker.ownership or maker.parent:
            above = ownership_path(maker.id, knowledge)[1:]
            listed = any(one.naming(above) for one in knowledge.lists.values())
            owner = f", belongs to {knowledge.name_of(maker.parent)}" if maker.parent else ""
            yield _claim(
                knowledge,
                "company",
                f"{maker.name}{owner}. {maker.ownership or ''}",
                maker.source,
                flag=listed,
            )
        for answer in maker.answers:
            yield _claim(knowledge, "answer", f"{answer.by} said on {answer.date}: {answer.text}", answer.source, flag=False)


def _brands(knowledge: Knowledge) -> Iterator[Claim]:
    for one in knowledge.brands:
        if one.brand == one.made_by:
            continue
        words = f"{one.brand_name}: {one.relation.replace('_', ' ')} of {knowledge.name_of(one.made_by)}"
        words += f" (models {one.models})" if one.models else ""
        words += f", {one.since or ''} to {one.until or ''}" if one.since or one.until else ""
        words += ". A source denies it" if one.against else ""
        words += f". {one.note}" + ("" if one.verified else " [claimed, not verified]")
        yield _claim(knowledge, "brand", words, one.source, flag=one.verified and not one.against)
    for brand in knowledge.brand_entries.values():
        if brand.note and brand.source:
            yield _claim(knowledge, "brand name", f"{brand.name}: {brand.note}", brand.source, flag=False)


def _records(knowledge: Knowledge) -> Iterator[Claim]:
    for flaw in knowledge.advisories:
        words = f"{flaw.id} ({', '.join(flaw.product_types)}) {flaw.title}. {flaw.summary} Models: {flaw.models_said}."
        words += f" Firmware: {flaw.firmware_said}. Mended: {flaw.fixed_in}." + (" Exploited." if flaw.exploited else "")
        yield _claim(knowledge, "flaw", words, flaw.source, flag=flaw.verified and not flaw.is_software)
    for able in knowledge.capabilities:
        words = f"{knowledge.name_of(able.manufacturer)}, {able.models_said} [{able.models}]: {able.kind} {', '.join(able.capabilities)}."
        words += f" Said by {able.said_by or 'the maker'}. {able.how}"
        flagged = able.verified and able.models is not None and able.kind != "none" and not able.said_by
        yield _claim(knowledge, "ability", words, able.source, flag=flagged)
    for end in knowledge.ends_of_life:
        by = "support had ended by" if end.at_the_latest else "supported until"
        words = f"{knowledge.name_of(end.manufacturer)}, {end.models_said}: last sold {end.end_of_sale}, {by} {end.end_of_support}. {end.note}"
        yield _claim(knowledge, "end of support", words, end.source, flag=end.verified and end.models is not None)
    for line in knowledge.replacements:
        words = f"{knowledge.name_of(line.manufacturer)}, {line.product_line} ({line.country}): {line.statement} {line.note}"
        yield _claim(knowledge, "line to look at", words, line.source, flag=False)


def draw(found: Sequence[Claim], seed: int, count: int) -> list[Claim]:
    """`count` claims, half of them with a flag, the same for the same seed and claims."""
    chance = random.Random(seed)
    flags = [one for one in found if one.flag]
    others = [one for one in found if not one.flag]
    flagged = chance.sample(flags, min(count // 2, len(flags)))
    return sorted(flagged + chance.sample(others, min(count - len(flagged), len(others))))


def main(words: Sequence[str]) -> int:
    """Draws, or reads the verdicts back; returns the exit status."""
    given = list(words)
    verdicts, save = (_after(given, name) for name in ("--verdicts", "--save"))
    found = claims(load_knowledge(ROOT / "vendors.db"))
    if verdicts is None:
        drawn = draw(found, int(given[0]), int(given[1]) if len(given) > 1 else 200)
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(
            (given[0], one.kind, "yes" if one.flag else "no", one.claim, one.source, one.address, "", "") for one in drawn
        )
        return 0
    with Path(verdicts).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text, status = judged(rows, {(one.claim, one.address): one for one in found})
    print(text)
    if save:
        Path(save).write_text(text + "\n", encoding="utf-8")
    return status


def judged(rows: Sequence[dict[str, str]], now: dict[tuple[str, str], Claim]) -> tuple[str, int]:
    """The verdicts as Markdown, and the status: what was wrong and stands unchanged counts, what was mended since does not."""
    lines = ["| Kind | Flag | Claim | Source | Verdict | What the source says | Since |", "|---|---|---|---|---|---|---|"]
    before, after = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in rows:
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{row['claim']}: the verdict {row['verdict']!r} is none of {', '.join(VERDICTS)}")
        held = now.get((row["claim"], row["address"]))
        since = "changed or left out" if held is None else "stands" if held.flag or row["flag"] == "no" else "leads to no flag"
        before[row["verdict"], row["flag"]] += 1
        if held is not None:
            after[row["verdict"], "yes" if held.flag else "no"] += 1
        if row["verdict"] == "right":
            continue
        cells = (
            row["kind"],
            row["flag"],
            row["claim"],
            f"{row['source']} {row['address']}",
            row["verdict"],
            row["seen"],
            since,
        )
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    head = _draws(rows)
    head += ["| Verdict | As drawn: flag | As drawn: none | Now: flag | Now: none |", "|---|---|---|---|---|"]
    for verdict in VERDICTS:
        counts = (before[verdict, "yes"], before[verdict, "no"], after[verdict, "yes"], after[verdict, "no"])
        head.append(f"| {verdict} | " + " | ".join(str(number) for number in counts) + " |")
    wrong = sum(after[verdict, flag] for verdict in ("wrong", "overstated") for flag in ("yes", "no"))
    flagged = sum(after[verdict, "yes"] for verdict in ("wrong", "overstated", "cannot check"))
    return "\n".join(["# Claims read again at their source", "", *head, "", *lines]), int(
        bool(flagged) or wrong > ALLOWED_WRONG
    )


def _draws(rows: Sequence[dict[str, str]]) -> list[str]:
    """How each draw was judged as it was drawn, before anything was mended; in brackets those that led to a flag."""
    lines = [f"| Draw | {' | '.join(VERDICTS)} |", "|---" * (len(VERDICTS) + 1) + "|"]
    for draw_seed in dict.fromkeys(row["draw"] for row in rows):
        mine = [row for row in rows if row["draw"] == draw_seed]
        cells = []
        for verdict in VERDICTS:
            flags = [row["flag"] == "yes" for row in mine if row["verdict"] == verdict]
            cells.append(f"{len(flags)} ({sum(flags)})")
        lines.append(f"| {draw_seed} | {' | '.join(cells)} |")
    return [*lines, ""]


def _after(words: list[str], name: str) -> str | None:
    if name not in words:
        return None
    at = words.index(name)
    value = words[at + 1]
    del words[at : at + 2]
    return value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
