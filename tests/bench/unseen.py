"""How often we are right about devices that taught us nothing: python tests/bench/unseen.py [vendors.db] [-v] [--save FILE]

Each labelled case, each capture beside the project and each stranger (replies of real devices from publications that no rule
was written from) is judged without what it alone taught us; then each maker without what its devices alone taught us.
`labelled/left_out.py` says exactly what is left out.

Prints right, wrong and no name by grade, and the kind: right, right but not exact ("camera or recorder" for either of the two,
"other" for a switch or a screen, a door station for an access terminal), not told, wrong. Strangers of the kept half are only
counted, never named: who writes rules must not read them. -v names everything else that is not right, with its reason.
--save writes what is printed into FILE and its figures into resources/measured, from which the evidence appendix prints them.
Status 1: the gate does not hold. 3: something cannot be read.
"""

from __future__ import annotations

import csv
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.attribution_table import CAPTURES, OUTCOMES, Judged, judge_replies, table  # noqa: E402
from camcensus.intake.capture import read_capture  # noqa: E402
from camcensus.model.device import GRADES  # noqa: E402
from camcensus.model.errors import CamcensusError  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from labelled.case import Case  # noqa: E402
from labelled.every import cases  # noqa: E402
from labelled.left_out import LeavingOut, Replies  # noqa: E402
from labelled.publications import named_in  # noqa: E402
from labelled.strangers import kept_strangers, newer_kept_strangers, newer_strangers, strangers  # noqa: E402

FIGURES = ROOT / "resources" / "measured" / "unseen.json"
COMMAND = "python tests/bench/unseen.py"
KINDS = ("right", "not exact", "not told", "wrong")
MAKER_PERCENT, KIND_PERCENT, WRONG_PERCENT = 85, 92, 3
"""Least shares of what can be told, and the most that may be named wrongly."""

NOT_EXACT = {
    ("camera", "camera-or-recorder"), ("recorder", "camera-or-recorder"), ("encoder", "camera-or-recorder"),
    ("switch", "other"), ("screen", "other"), ("intercom", "access-terminal"), ("access-terminal", "intercom"),
}  # fmt: skip
"""What it is, and an answer that is right as far as it goes."""

TITLES = {
    "case": "Cases built from published facts",
    "capture": "Captures of real devices",
    "stranger": "Strangers, open half",
    "kept": "Strangers, kept half",
    "newer": "Newer strangers, open half",
    "newer-kept": "Newer strangers, kept half",
}
KEPT = ("kept", "newer-kept")
"""What is only counted, never named."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of some replies. `kind` is one of KINDS, None where the replies do not tell what it is."""

    replies: Replies
    judged: Judged
    kind: str | None
    left_out: int

    @property
    def maker(self) -> bool:
        """Whether it counts for the maker."""
        return self.replies.maker_judged and self.judged.outcome in OUTCOMES


def _of_case(one: Case, sort: str) -> Replies:
    return Replies(
        one.id,
        one.truth,
        one.observations(),
        one.sources,
        one.told,
        sort != "case",
        one.kind,
        one.kind_told,
        one.maker_judged,
        sort,
    )


def captured(directory: Path = CAPTURES) -> list[Replies]:
    """The captures beside the project; none where there are none."""
    if not (directory / "TRUTH.csv").exists():
        return []
    kinds = tomllib.loads((ROOT / "tests" / "labelled" / "captured.toml").read_text(encoding="utf-8"))
    kind_of = {name: kind for kind, names in kinds.items() for name in names}
    found = []
    with (directory / "TRUTH.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = row["file"].removesuffix(".jsonl")
            sources = named_in(row["source"]) if "http" in row["source"] else frozenset({f"captures/{name}"})
            found.append(
                Replies(name, row["manufacturer"] or None, tuple(read_capture(directory / row["file"]).observations), sources,
                        bool(row["manufacturer"]), True, kind_of.get(name), True, True, "capture")
            )  # fmt: skip
    return found


def everything() -> list[Replies]:
    """All that there is to judge."""
    return [
        *(_of_case(one, "case") for one in cases()),
        *captured(),
        *(_of_case(one, "stranger") for one in strangers()),
        *(_of_case(one, "kept") for one in kept_strangers()),
        *(_of_case(one, "newer") for one in newer_strangers()),
        *(_of_case(one, "newer-kept") for one in newer_kept_strangers()),
    ]


def kind_outcome(truth: str, named: Iterable[str]) -> str:
    """One of KINDS for what its verdicts call it: the worst of them."""
    found = {
        "right"
        if kind == truth
        else "not exact"
        if (truth, kind) in NOT_EXACT
        else "not told"
        if kind == "unknown"
        else "wrong"
        for kind in named
    }
    return max(found, key=KINDS.index, default="not told")


def judged_with(one: Replies, knowledge: Knowledge, left_out: int) -> Result:
    """One case judged with some knowledge."""
    judged = judge_replies(one.id, one.truth or "", one.observations, knowledge, told=one.told)
    kind = None
    if one.kind is not None and one.kind_told:
        kind = kind_outcome(one.kind, [verdict.description.kind for verdict in judged.verdicts])
    return Result(one, judged, kind, left_out)


@dataclass(frozen=True, slots=True)
class Shares:
    """The figures that the gate looks at; each is a part and a whole."""

    maker: tuple[int, int]
    wrong: tuple[int, int]
    kind: tuple[int, int]
    kind_exact: tuple[int, int]
    kind_wrong: tuple[int, int]
    firm_wrong: tuple[Result, ...]

    @property
    def are_enough(self) -> bool:
        """Whether the gate holds."""
        return (
            not self.firm_wrong
            and self.maker[0] * 100 >= self.maker[1] * MAKER_PERCENT
            and self.kind[0] * 100 >= self.kind[1] * KIND_PERCENT
            and self.wrong[0] * 100 <= self.wrong[1] * WRONG_PERCENT
            and self.kind_wrong[0] * 100 <= self.kind_wrong[1] * WRONG_PERCENT
        )


def shares(results: Sequence[Result]) -> Shares:
    """The shares of some results."""
    made = [one for one in results if one.maker]
    told = [one for one in made if one.replies.told]
    kinds = [one.kind for one in results if one.kind]
    return Shares(
        (sum(one.judged.outcome == "right" for one in told), len(told)),
        (sum(one.judged.outcome == "wrong" for one in made), len(made)),
        (sum(kind in ("right", "not exact") for kind in kinds), len(kinds)),
        (sum(kind == "right" for kind in kinds), len(kinds)),
        (sum(kind == "wrong" for kind in kinds), len(kinds)),
        tuple(one for one in made if one.judged.outcome == "wrong" and one.judged.grade in ("confirmed", "almost-certain")),
    )


def percent(part: tuple[int, int]) -> str:
    """A share in words."""
    return f"{part[0]} of {part[1]} ({100 * part[0] / part[1]:.1f}%)" if part[1] else "0 of 0"


def section(title: str, results: Sequence[Result]) -> list[str]:
    """A table and the shares under it."""
    of = shares(results)
    return [
        f"## {title}: {len(results)}", "", "```", table([one.judged for one in results if one.maker]).partition("\n\n")[0], "```", "",
        f"- Maker right, of those that can be told: {percent(of.maker)}",
        f"- Maker wrong, of all: {percent(of.wrong)}; wrong and almost certain or confirmed: {len(of.firm_wrong)}",
        f"- Kind right, of those that can be told: {percent(of.kind)}; exactly: {percent(of.kind_exact)}",
        f"- Kind wrong: {percent(of.kind_wrong)}", "",
    ]  # fmt: skip


def kind_table(results: Sequence[Result]) -> list[str]:
    """The kinds by what they are in truth."""
    counts = Counter((one.replies.kind, one.kind) for one in results if one.kind)
    lines = ["## Kinds, by what it is", "", "```", f"{'':18}" + "".join(f"{word:>10}" for word in KINDS)]
    for truth in sorted({truth or "" for truth, _ in counts}):
        lines.append(f"{truth:18}" + "".join(f"{counts[truth, word]:>10}" for word in KINDS))
    return [*lines, "```", ""]


def by_maker(every: Sequence[Replies], leaving: LeavingOut) -> tuple[list[str], list[Result]]:
    """Each maker that can be told here, without what its own devices alone taught."""
    lines = [
        "## Maker by maker: all of a maker's devices out, with what only they show", "", "```",
        f"{'':18}{'told':>6}" + "".join(f"{word:>10}" for word in OUTCOMES) + f"{'left out':>10}",
    ]  # fmt: skip
    found: list[Result] = []
    for maker in sorted({one.truth for one in every if one.truth and one.maker_judged and one.told}):
        knowledge, number = leaving.without_maker(maker)
        results = [judged_with(one, knowledge, number) for one in every if one.truth == maker and one.maker_judged]
        told = [one.judged.outcome for one in results if one.replies.told and one.maker]
        lines.append(f"{maker:18}{len(told):>6}" + "".join(f"{told.count(word):>10}" for word in OUTCOMES) + f"{number:>10}")
        found += results
    of = shares(found)
    lines += ["```", "", f"- Maker right, of those that can be told: {percent(of.maker)}",
              f"- Maker wrong: {percent(of.wrong)}; wrong and almost certain or confirmed: {len(of.firm_wrong)}", ""]  # fmt: skip
    return lines, found


def report(knowledge: Knowledge, tell: Callable[[str], None] = lambda _: None) -> tuple[str, list[Result]]:
    """The whole report as text, and the results it is about."""
    every = everything()
    leaving = LeavingOut(knowledge, every)
    results: list[Result] = []
    for one in every:
        results.append(judged_with(one, *leaving.without(one)))
        if len(results) % 50 == 0:
            tell(f"{len(results)} of {len(every)}")
    fit = [judged_with(one, knowledge, 0) for one in every]
    makers, without = by_maker(every, leaving)
    lines = ["# How often we are right about what taught us nothing", "", f"`{COMMAND}`, vendors.db {knowledge.version}", ""]
    lines += section("Together, each without what it alone taught", results)
    for sort, title in TITLES.items():
        part = [one for one in results if one.replies.sort == sort]
        if part:
            lines += section(title, part)
    lines += kind_table(results)
    lines += makers
    fitted = shares(fit)
    lines += [
        "## For comparison, with nothing left out", "",
        f"- Maker right {percent(fitted.maker)}, wrong {percent(fitted.wrong)}; kind right {percent(fitted.kind)}",
        f"- Cases for which something was left out: {sum(one.left_out > 0 for one in results)} of {len(results)}", "",
        "## Not right, without the kept half", "",
    ]  # fmt: skip
    lines += [line for one in results if one.replies.sort not in KEPT and (line := not_right(one))]
    lines += ["", "## Wrong only where all of the maker's devices are left out", ""]
    wrong = {one.replies.id for one in results if one.judged.outcome == "wrong"}
    lines += [f"- {line}" for one in without if one.maker and one.judged.outcome == "wrong"
              and one.replies.sort not in KEPT and one.replies.id not in wrong for line in (named(one),)]  # fmt: skip
    return "\n".join(lines) + "\n", results


def named(one: Result) -> str:
    """The case, what it was called and what it is."""
    makers = ", ".join(sorted({verdict.attribution.manufacturer or "nobody" for verdict in one.judged.verdicts}))
    return f"{one.replies.id}: {makers}, {one.judged.grade}; in truth {one.replies.truth or 'nobody'}"


def not_right(one: Result) -> str:
    """A line about what is not right of it, "" where all is."""
    said = []
    if one.maker and (one.judged.outcome == "wrong" or (one.replies.told and one.judged.outcome == "no name")):
        said.append(named(one))
    if one.kind in ("not told", "wrong"):
        kinds = ", ".join(sorted({verdict.description.kind for verdict in one.judged.verdicts}))
        said.append(f"{'' if said else one.replies.id + ': '}kind {kinds}; in truth {one.replies.kind}")
    return f"- {'; '.join(said)}" if said else ""


def figures(knowledge: Knowledge, results: Sequence[Result]) -> str:
    """The same as JSON: right, wrong and no name by grade, and of those whose maker cannot be told; kinds that can be."""
    made = [one for one in results if one.maker]
    counts = Counter((one.judged.grade, one.judged.outcome) for one in made)
    silent = Counter(one.judged.outcome for one in made if not one.replies.told)
    of = shares(results)
    cases = sum(not one.replies.real for one in made)
    document = {
        "version": knowledge.version, "command": COMMAND, "cases": cases, "captures": len(made) - cases,
        "grades": {grade: [counts[grade, outcome] for outcome in OUTCOMES] for grade in GRADES},
        "not_tellable": [silent[outcome] for outcome in OUTCOMES], "kind_told": of.kind[0], "kind_tellable": of.kind[1],
        "kind_wrong": of.kind_wrong[0],
    }  # fmt: skip
    return json.dumps(document, indent=1) + "\n"


def main(argv: list[str]) -> int:
    """Prints the report."""
    words = list(argv)
    save = None
    if "--save" in words:
        at = words.index("--save")
        if at + 1 >= len(words):
            print(__doc__)
            return 2
        save = Path(words[at + 1])
        del words[at : at + 2]
    vendors = next((Path(word) for word in words if word.endswith(".db")), ROOT / "vendors.db")
    try:
        knowledge = load_knowledge(vendors)
        text, results = report(knowledge, lambda line: print(line, file=sys.stderr))
    except (CamcensusError, OSError, KeyError) as error:
        print(error, file=sys.stderr)
        return 3
    if "-v" in words:
        for one in results:
            if one.replies.sort not in KEPT and not_right(one):
                for verdict in one.judged.verdicts:
                    print(f"{one.replies.id}: {verdict.attribution.reason} | {verdict.description.kind_reason}")
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
        FIGURES.parent.mkdir(exist_ok=True)
        FIGURES.write_text(figures(knowledge, results), encoding="utf-8")
    return 0 if shares(results).are_enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
