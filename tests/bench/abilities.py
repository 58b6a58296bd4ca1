"""Of how many models typical for UK schools, NHS sites and shops there is a sourced answer about their AI functions.

    python tests/bench/abilities.py [vendors.db] [-v] [--save FILE]

The models are those of typical_models.toml, each as a camera whose maker is likely and which says nothing of itself. `-v` prints
each model with what is known of it and the source, to be read again at the data sheet.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camcensus.assessment.capabilities import capabilities
from camcensus.model.attribution import Attribution
from camcensus.model.device import Description
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import Capability
from camcensus.model.verdict import CapabilityFinding
from camcensus.store.knowledge import load_knowledge
from camcensus.tasks.makers import CAPABILITY_WORDS

ROOT = Path(__file__).resolve().parents[2]
MODELS = Path(__file__).parent / "typical_models.toml"
COMMAND = "python tests/bench/abilities.py"
STORY: tuple[Capability, ...] = (
    "face-detection", "gender-age", "fight", "mask", "person-tracking", "ethnicity", "person-vehicle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of one model: its maker's word on the story's functions, by capability."""

    maker: str
    model: str
    findings: tuple[CapabilityFinding, ...]

    @property
    def story(self) -> tuple[CapabilityFinding, ...]:
        """Those about a function that the story names, by the maker's own word."""
        return tuple(one for one in self.findings if one.capability in STORY and one.said_by == "maker")

    @property
    def by_others(self) -> bool:
        """True where only somebody else says something of a function of the story."""
        return not self.story and any(one.capability in STORY for one in self.findings)


def answers(knowledge: Knowledge) -> Iterator[Answered]:
    """Each typical model in the order of the list."""
    for group in tomllib.loads(MODELS.read_text(encoding="utf-8"))["group"]:
        maker = group["maker"]
        brand = knowledge.name_of(maker)
        attribution = Attribution(maker, brand, "likely", (maker,), (), (), (), "", knowledge.version)
        for model in group["models"]:
            found = capabilities((), attribution, Description(kind="camera", model=model), knowledge)
            yield Answered(maker, model, found)


def table(knowledge: Knowledge) -> list[str]:
    """The figures as Markdown."""
    found = list(answers(knowledge))
    known = [one for one in found if one.story]
    lines = [
        f"{len(known)} of {len(found)} typical models have a sourced answer on a function of the story,"
        f" of {len({one.maker for one in known})} of {len({one.maker for one in found})} makers, by the maker's own word;"
        f" of {sum(one.by_others for one in found)} more only somebody else says something.",
        "",
        "| Maker | Models | Answered |",
        "|---|---:|---:|",
    ]
    total, of = Counter(one.maker for one in found), Counter(one.maker for one in known)
    lines += [f"| {knowledge.name_of(maker)} | {total[maker]} | {of[maker]} |" for maker in total]
    lines += ["", "| Function | Able | One of several | Not in the data sheet | No answer |", "|---|---:|---:|---:|---:|"]
    for capability in STORY:
        claims = Counter(one.claim for answer in found for one in answer.story if one.capability == capability)
        open_ones = len(found) - claims.total()
        lines.append(
            f"| {CAPABILITY_WORDS[capability]} | {claims['able']} | {claims['one-of']} | {claims['none']} | {open_ones} |"
        )
    return lines


def main() -> int:
    """Prints the table, and each model with `-v`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("knowledge", type=Path, nargs="?", default=ROOT / "vendors.db")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--save", type=Path)
    arguments = parser.parse_args()
    knowledge = load_knowledge(arguments.knowledge)
    lines = table(knowledge)
    print("\n".join(lines))
    if arguments.verbose:
        for answer in answers(knowledge):
            print(f"\n{answer.maker} {answer.model}")
            for one in answer.findings:
                print(f"  {one.claim:6} {one.state:7} {one.capability:16} {one.source}")
    if arguments.save is not None:
        head = f"# What models can do\n\n`{COMMAND}`, knowledge {knowledge.version}.\n\n"
        arguments.save.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
