"""Two annexes to an impact assessment: the Surveillance Camera Code's principles, and the ICO's checklist, to tick and to sign.

What each asks is in our words. Sources: Surveillance Camera Code of Practice, June 2013, amended November 2021 (GOV.UK, updated
3 March 2022); its principles as R (Bridges) v South Wales Police [2020] EWCA Civ 1058 quotes them. CCTV checklist of the
Information Commissioner's Office, nine statements, read in its report of 26 July 2024 (ico.org.uk).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Column, Fact, Heading, Prose, ReportDocument, Row, TableBlock
from camcensus.model.words import clean, joined, long_date, lower_first
from camcensus.planning.annexes import Topic
from camcensus.report.register import NONE
from camcensus.report.sheet import Occasion
from camcensus.report.signing import signing

type Asked = tuple[str, tuple[Topic, ...]]
"""What is asked, and what the record may know of it."""

PRINCIPLES: tuple[Asked, ...] = (
    ("1. The cameras have a stated purpose: a legitimate aim, and a pressing need that they meet.", ("all", "purpose")),
    ("2. Their effect on people and their privacy is weighed, and regularly reviewed.", ("dpia", "sensitive", "inside")),
    ("3. We are as open about them as we can, with a published contact for information and complaints.", ("signs",)),
    ("4. It is clear who is responsible and accountable for the cameras and for the images.", ("whose",)),
    ("5. Rules, policies and procedures were in place before the cameras were used, and all who have to follow them know "
     "them.", ("policy",)),
    ("6. No more is stored than the purpose strictly needs, and it is deleted when the purpose is met.", ("kept",)),
    ("7. Access is restricted, by rules on who may see images and why; they are disclosed for that purpose or to law "
     "enforcement only.", ("access",)),
    ("8. Approved operational, technical and competency standards are considered, and we work to meet and keep to them.", ()),
    ("9. Images are secured against access and use that is not authorised.", ("security",)),
    ("10. Reviews and audits show that law, policies and standards are followed, and regular reports are published.",
     ("pictures",)),
    ("11. Where the aim and the need hold, the cameras are used in the way that best supports public safety and law "
     "enforcement, so that images can serve as evidence.", ("pictures",)),
    ("12. Whatever is compared with a reference database to find matches is accurate and kept up to date.", ("functions",)),
)  # fmt: skip
CHECKLIST: tuple[Asked, ...] = (
    ("1. The effect on people’s privacy is assessed, documented and taken into account, and we regularly review whether CCTV "
     "is still the best solution.", ("all", "purpose", "dpia", "sensitive", "functions")),
    ("2. The data protection fee is paid to the ICO.", ()),
    ("3. There is a policy or a procedure for CCTV, and a named person who is responsible for it.", ("policy", "whose")),
    ("4. We can recognise and answer a request for images, and ask the ICO early where in doubt.", ()),
    ("5. Staff are trained to use the system and to recognise such a request.", ()),
    ("6. Images are kept only until an incident would have come to light and been investigated.", ("kept",)),
    ("7. Images are clear and of high quality.", ("pictures",)),
    ("8. Images are stored securely, only authorised people have access, and somebody regularly checks that the system works.",
     ("access", "security", "pictures")),
    ("9. People are clearly told that there are cameras.", ("signs", "inside")),
)  # fmt: skip
_CODE = (
    "The twelve guiding principles of the Surveillance Camera Code of Practice (June 2013, amended November 2021), in our "
    "words. Police and local authorities in England and Wales have to have regard to the Code; others may follow it."
)
_ICO = "The nine statements of the Information Commissioner’s Office’s CCTV checklist (as of July 2024), in our words."
_FILLED = "The second column is what this record says. Whether that is enough is for you to decide, and to tick."
_NOTHING = Fact("This record holds nothing about it.", "second")
TO_WRITE = 40.0


@frozen(kw_only=True)
class Covered:
    """The cameras of a site or a building: how many, and what the record says of each topic in short."""

    place: str
    cameras: int
    short: Mapping[Topic, str]


def code_report(occasion: Occasion, known: Mapping[Topic, Sequence[str]], foot: str) -> ReportDocument:
    """The Code's principles."""
    title = "Surveillance Camera Code: self-assessment"
    blocks = [*_asked(occasion, title, _CODE, "Principle", PRINCIPLES, known), *_signed(occasion)]
    return occasion.document(title, blocks, landscape=True, foot=foot)


def dpia_report(
    occasion: Occasion, known: Mapping[Topic, Sequence[str]], covered: Sequence[Covered], foot: str
) -> ReportDocument:
    """The ICO's checklist, and the cameras that it is about."""
    title = "CCTV checklist for the impact assessment"
    blocks = [*_asked(occasion, title, _ICO, "Statement", CHECKLIST, known), *_covered(covered), *_signed(occasion)]
    return occasion.document(title, blocks, landscape=True, foot=foot)


def _asked(
    occasion: Occasion, title: str, lead: str, head: str, asked: Sequence[Asked], known: Mapping[Topic, Sequence[str]]
) -> Iterator[Block]:
    yield Heading(title, 1)
    yield Prose(f"As at {long_date(occasion.as_at.date().isoformat())}", "subtitle", after=8)
    yield Prose(f"{lead} {_FILLED}")
    ticks = [Fact(word, mark="box") for word in ("Yes", "Partly", "No")]
    yield TableBlock(
        [
            Column(head, 1.7),
            Column("What the record says", 2.6),
            Column("Met?", 0.5),
            Column("Evidence and next steps", 1.5),
        ],
        [
            Row([what, [Fact(clean(one, 900)) for topic in topics for one in known[topic]] or _NOTHING, ticks, ""])
            for what, topics in asked
        ],
        to_write=TO_WRITE,
        spacing="close",
    )


def _covered(covered: Sequence[Covered]) -> Iterator[Block]:
    if not covered:
        return
    yield Heading("The cameras that it covers", 2)
    heads: tuple[tuple[str, Topic, float], ...] = (
        ("What they are for", "purpose", 1.6), ("Where they look", "inside", 1), ("Analysis of pictures", "functions", 1.7),
        ("How long footage is kept", "kept", 1), ("Impact assessment", "dpia", 1),
    )  # fmt: skip
    used = [head for head in heads if any(one.short[head[1]] for one in covered)]
    rows = [
        Row([clean(one.place, 80), f"{one.cameras:,}", *(one.short[topic] or NONE for _, topic, _ in used)]) for one in covered
    ]
    bare = [
        head if head[1].isupper() else lower_first(head)
        for head, topic, _ in heads
        if not any(one.short[topic] for one in covered)
    ]
    yield TableBlock(
        [Column("Place"), Column("Cameras", figures=True), *(Column(head, share) for head, _, share in used)],
        rows,
        spacing="dense",
        note=f"Not recorded for any of them: {joined(bare)}." if bare else "",
    )


def _signed(occasion: Occasion) -> Iterator[Block]:
    yield from signing(
        ("Completed by", "Data protection officer"), heading="Completed and read", simulation=occasion.simulation
    )
    yield Prose(f"Next review due: {'_' * 24}", before=4)
