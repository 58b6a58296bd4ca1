"""What a draft would say of each flaw, beside what we say: python tests/bench/flaw_words.py FOLDER [--save FILE]

FOLDER holds CVE records (JSON, one a file), which are not part of the project. Each record that we have an advisory for is drafted
anew, without a look at our words, and the two are compared: who can use the flaw, from where, and what is done. Prints the counts,
each disagreement in both wordings, and every word of ours that the record's own score does not bear out; --save writes that into FILE.
Ends with status 1 where a word is not borne out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from camcensus.model.errors import CamcensusError  # noqa: E402
from camcensus.model.records import Advisory  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from installers.knowledge.cve.records import read_cve_record  # noqa: E402
from installers.knowledge.cve.score import read_vector, words_beyond  # noqa: E402
from installers.knowledge.cve.sentences import draft_words  # noqa: E402

COMMAND = "python tests/bench/flaw_words.py"
WHO = (
    (r"administrator's login", "an administrator"),
    (r"\blogin can\b|with a (?:low-level )?login|guest's login|operator's|An operator|Users with", "somebody with a login"),
    (r"^Anybody", "anybody"),
    (r"in their hands|hard disk", "somebody with the device"),
)
WHERE = ((r"same network|its network|near it", "the same network"), (r"on the network|over the network", "the network"))
WHAT = (
    (r"programs? |code of", "runs programs"), (r"commands", "runs commands"), (r"administrator's rights|its administrator", "becomes administrator"),
    (r"pictures", "sees pictures"), (r"sound", "hears sound"), (r"script", "runs a script"), (r"delete", "deletes files"),
    (r"complete control|full rights", "takes control"),
    (r"crash|out of action|malfunction|stop|block|resources|abnormally|restart", "stops it"),
    (r"round its|log in to it", "gets round a check"), (r"more (?:rights )?than|more rights", "gets more rights"),
    (r"built-in|default password|password that is delivered", "built-in password"),
    (r"change|clock", "changes settings"), (r"read|list the names|find out|download|recover|reach files", "reads"),
    (r"fault in its memory", "a fault in its memory"),
)  # fmt: skip


STRENGTH = {
    "who": ("somebody with the device", "an administrator", "somebody with a login", "not said", "anybody"),
    "where": ("not said", "the same network", "the network"),
}
STRONG = {"runs programs", "runs commands", "becomes administrator", "takes control", "sees pictures", "hears sound"}


def says_more(part: str, ours: str, draft: str) -> bool:
    """Whether a draft claims more than we do: a wider circle of people, a wider network, or a graver deed."""
    if part == "what":
        return draft in STRONG and ours not in STRONG
    return STRENGTH[part].index(draft) > STRENGTH[part].index(ours)


def label(words: str, signs: tuple[tuple[str, str], ...]) -> str:
    """The first meaning whose sign the words have; "not said" where there is none."""
    return next((meaning for sign, meaning in signs if re.search(sign, words)), "not said")


def compared(advisory: Advisory, path: Path) -> tuple[dict[str, tuple[str, str]], str, list[str]]:
    """The parts in which draft and our words differ, the draft, and our words that the record's score does not bear out."""
    record = read_cve_record(path.read_text("utf-8"))
    title, summary = draft_words(record)
    ours, theirs = f"{advisory.title}. {advisory.summary}", f"{title}. {summary}"
    parts = {
        "who": (label(ours, WHO), label(theirs, WHO)),
        "where": (label(advisory.title, WHERE), label(title, WHERE)),
        "what": (label(advisory.title, WHAT), label(title, WHAT)),
    }
    score = read_vector(record.vector or "")
    beyond = list(words_beyond(advisory.title, advisory.summary, score)) if score else []
    return {part: pair for part, pair in parts.items() if pair[0] != pair[1]}, title, beyond


def table(folder: Path) -> tuple[str, bool]:
    """The report as text, and whether every word of ours is borne out."""
    knowledge = load_knowledge(ROOT / "vendors.db")
    held = {one.id: one for one in knowledge.advisories}
    counts: Counter[str] = Counter()
    more, less, beyond = [], [], []
    for path in sorted(folder.rglob("CVE-*.json")):
        advisory = held.get(path.stem)
        if advisory is None:
            continue
        counts["compared"] += 1
        apart, title, faults = compared(advisory, path)
        counts.update(apart.keys())
        beyond += [f"- {advisory.id}: {one}" for one in faults]
        if apart:
            parts = "; ".join(f"{part}: {ours}, in the draft {draft}" for part, (ours, draft) in apart.items())
            stronger = any(says_more(part, *pair) for part, pair in apart.items())
            (more if stronger else less).append(f"- {advisory.id}: {parts}. Ours: “{advisory.title}”. Draft: “{title}”.")
    total = counts["compared"]
    lines = ["# What a draft says of a flaw, and what we say", "", f"`{COMMAND}`, vendors.db {knowledge.version}", ""]
    lines += [f"{total} of {len(held)} flaws have a record in the folder.", ""]
    lines += [f"- {name} is the same: {total - counts[name]} of {total}" for name in ("who", "where", "what")]
    lines += [f"- a draft says more than we do: {len(more)}", f"- a draft says less, or other: {len(less)}"]
    lines += [f"- words of ours that the score does not bear out: {len(beyond)}", ""]
    lines += [*beyond, "", "Drafts that say more:", "", *more, "", "Drafts that say less, or other:", "", *less]
    return "\n".join(lines) + "\n", not beyond


def main(argv: list[str]) -> int:
    """Prints the report, and writes it where asked."""
    words = list(argv)
    save = None
    if "--save" in words:
        at = words.index("--save")
        save = Path(words[at + 1])
        del words[at : at + 2]
    if len(words) != 1:
        print(f"usage: {COMMAND} FOLDER [--save FILE]", file=sys.stderr)
        return 2
    try:
        text, sound = table(Path(words[0]))
    except (CamcensusError, OSError) as error:
        print(error, file=sys.stderr)
        return 3
    print(text)
    if save is not None:
        save.write_text(text, encoding="utf-8")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
