"""Of how many models typical for UK schools, NHS sites and shops there is a sourced answer about their AI functions.

    python tests/bench/abilities.py [vendors.db] [-v] [--save FILE]

The models are those of typical_models.toml, each as a camera whose maker is likely and which says nothing of itself. `-v` prints
each model with what is known of it, by whom, and the source, to be read again at the data sheet.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from camcensus.assessment.capabilities import capabilities
from camcensus.model.device import Attribution, CapabilityFinding, Description
from camcensus.model.knowledge import Knowledge
from camcensus.model.records import Capability
from camcensus.store.vendors_db.read import load_knowledge
from camcensus.tasks.knowledge.makers import CAPABILITY_WORDS

ROOT = Path(__file__).resolve().parents[2]
MODELS = Path(__file__).parent / "typical_models.toml"
COMMAND = "python tests/bench/abilities.py"
STORY: tuple[Capability, ...] = (
    "face-detection", "gender-age", "fight", "mask", "person-tracking", "ethnicity", "person-vehicle",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of one model on the story's functions: by its maker's word, and by others'."""

    maker: str
    model: str
    findings: tuple[CapabilityFinding, ...]
    by_maker: tuple[CapabilityFinding, ...]
    by_others: tuple[CapabilityFinding, ...]


def _answered(maker: str, model: str, findings: tuple[CapabilityFinding, ...]) -> Answered:
    story = [one for one in findings if one.capability in STORY]
    by_maker, by_others = (tuple(one for one in story if one.said_by == who) for who in ("maker", "other"))
    return Answered(maker, model, findings, by_maker, by_others)


def answers(knowledge: Knowledge) -> Iterator[Answered]:
    """Each typical model in the order of the list."""
    for group in tomllib.loads(MODELS.read_text(encoding="utf-8"))["group"]:
        maker = group["maker"]
        brand = knowledge.name_of(maker)
        attribution = Attribution(maker, brand, "likely", (maker,), (), (), (), "", knowledge.version)
        for model in group["models"]:
            found = capabilities((), attribution, Description(kind="camera", model=model), knowledge)
            yield _answered(maker, model, found)


def table(knowledge: Knowledge) -> list[str]:
    """The figures as Markdown."""
    found = list(answers(knowledge))
    own = [one for one in found if one.by_maker]
    others = [one for one in found if one.by_others and not one.by_maker]
    whose = Counter(knowledge.sources[one.by_others[0].source].publisher for one in others)
    lines = [
        f"{len(own)} of {len(found)} typical models, of {_makers(own)} of {_makers(found)} makers, have a sourced answer on a"
        " function of the story by the maker's own word.",
        f"{len(others)} more, of {_makers(others)} makers, by somebody else's word only:"
        f" {', '.join(f'{who} {count}' for who, count in whose.most_common())}. It is shown as not known, with who says so.",
        f"Together {len(own) + len(others)} of {len(found)}, of {_makers(own + others)} makers.",
        "",
        "| Maker | Models | By its own word | By others' only | Together |",
        "|---|---:|---:|---:|---:|",
    ]
    total, of, more = (Counter(one.maker for one in some) for some in (found, own, others))
    lines += [f"| {knowledge.name_of(id)} | {total[id]} | {of[id]} | {more[id]} | {of[id] + more[id]} |" for id in total]
    lines += [
        "",
        "| Function | Able | One of several | Not in the data sheet | Said by others | No answer |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for capability in STORY:
        claims = Counter(one.claim for answer in found for one in answer.by_maker if one.capability == capability)
        said = sum(one.capability == capability for answer in found for one in answer.by_others)
        lines.append(
            f"| {CAPABILITY_WORDS[capability]} | {claims['able']} | {claims['one-of']} | {claims['none']} | {said}"
            f" | {len(found) - claims.total() - said} |"
        )
    return lines


def _makers(some: list[Answered]) -> int:
    return len({one.maker for one in some})


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
                print(f"  {one.claim:6} {one.state:7} {one.said_by:6} {one.capability:16} {one.source}")
    if arguments.save is not None:
        head = f"# What models can do\n\n`{COMMAND}`, knowledge {knowledge.version}.\n\n"
        arguments.save.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
