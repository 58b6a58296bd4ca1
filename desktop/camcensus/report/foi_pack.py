"""The FOI answer pack: a cover for the FOI lead, draft answers, tables for release, method and limits.

The edition for the public has the answers and the tables alone. It is drawn from what it may hold, not cut out of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from camcensus.model import frozen
from camcensus.model.blocks import Block, Bullets, Column, Fact, Heading, Prose, ReportDocument, Row, TableBlock
from camcensus.model.foi import STATUS_WORDS, FoiAnswer, MakerCounted, PublicCount
from camcensus.model.words import (
    BASED,
    BASED_MEANS,
    DISCLAIMER,
    DISCLAIMER_ALONE,
    PROVEN_MEANS,
    clean,
    count,
    long_date,
    upper_first,
)
from camcensus.report.foi_cover import Cover, cover, reader
from camcensus.report.method import NOT_SEARCHED
from camcensus.report.sheet import Occasion

TITLE, PUBLIC_TITLE = "FOI answer pack", "CCTV cameras: answers and tables"
PUBLIC_HANDLING = "For the public: no locations, no network details, no names"
BANDS = (
    f"{PROVEN_MEANS} A letter names the maker, or the camera answers the maker’s own protocol, or signs agree. “Likely”: one "
    "strong sign, such as the make in a list that staff keep. “Not known”: nothing firm."
)


@frozen(kw_only=True)
class FoiPack:
    """All that the pack says. `method` is how it was found out and what could not be seen, for the FOI lead."""

    cover: Cover
    answers: Sequence[FoiAnswer]
    makers: Sequence[MakerCounted]
    unknown: int
    counts: Sequence[PublicCount]
    method: Sequence[str]

    @property
    def cameras(self) -> int:
        """How many cameras the tables count."""
        return sum(one.count for one in self.counts)


def foi_report(occasion: Occasion, pack: FoiPack, *, audience: str) -> ReportDocument:
    """The pack; for "public" the answers and tables alone."""
    as_at = long_date(occasion.as_at.date().isoformat())
    foot = f"{count(pack.cameras, 'camera')} counted" if pack.cameras else "No camera recorded"
    if audience == "public":
        answers = [*_answers_for_public(pack, as_at), *_tables(pack, for_public=True)]
        return occasion.document(PUBLIC_TITLE, answers, handling=PUBLIC_HANDLING, foot=foot)
    blocks = [*cover(pack.cover), *_drafts(pack, as_at), *_tables(pack, for_public=False), *_method(pack)]
    return occasion.document(TITLE, blocks, handling=f"For {reader(pack.cover)}: not for release", foot=foot)


# -- answers


def _drafts(pack: FoiPack, as_at: str) -> Iterator[Block]:
    yield Heading("Draft answers", 2, new_page=True)
    stood = f"Numbers are those of the record on {as_at}; a list in it can be older."
    yield Prose(f"{stood} “Held” is a draft view: you decide.", after=8)
    yield _answer_table(pack.answers, hints=True)


def _answers_for_public(pack: FoiPack, as_at: str) -> Iterator[Block]:
    yield Heading(PUBLIC_TITLE, 1)
    yield Prose(f"As at {as_at}.", "opening", after=10)
    given = [one for one in pack.answers if one.status != "consider"]
    yield Heading("Answers", 2)
    yield _answer_table(given, hints=False)
    rest = [f"{one.number}. {one.question}" for one in pack.answers if one.status == "consider"]
    if rest:
        yield Heading("Not in this document", 3)
        yield Bullets(rest)


def _answer_table(answers: Sequence[FoiAnswer], *, hints: bool) -> Block:
    if not answers:
        return Prose("No question was chosen.")
    rows = []
    for one in answers:
        answer = [Fact(clean(line, 4_000)) for line in one.answer.split("\n")]
        if one.counted:
            answer.append(Fact(f"How counted: {clean(one.counted, 2_000)}", "second"))
        status = [Fact(STATUS_WORDS[one.status])]
        if hints and one.hint:
            status.append(Fact(one.hint, "second"))
        rows.append(Row([f"{one.number}. {one.question}", answer, status]))
    columns = [
        Column("Question", 2.3),
        Column("Draft answer" if hints else "Answer", 4.6),
        Column("Status", 2.1),
    ]
    return TableBlock(columns, rows)


# -- tables


def _tables(pack: FoiPack, *, for_public: bool) -> Iterator[Block]:
    yield Heading("Tables" if for_public else "Tables for release", 2, new_page=bool(pack.counts))
    if pack.counts and not for_public:
        yield Prose("The second table has the rows of the CSV file. Nothing else of the record is in it.", after=8)
    if not pack.counts:
        none = "No camera is in the record, so there is nothing to count."
        yield Prose(NOT_SEARCHED if pack.cover.work.unsearched else none)
        return
    yield Heading("Cameras by manufacturer", 3)
    reading = BASED_MEANS if any(one.status == BASED for one in pack.makers) else ""
    makers = [Row([one.name, one.status, str(one.number), f"{one.number.proven:,}"]) for one in pack.makers]
    if pack.unknown:
        makers.append(Row(["Not known", "–", f"{pack.unknown:,}", "–"]))
    columns = [Column("Made by"), Column("List status"), Column("Cameras", figures=True)]
    columns.append(Column("Of which proven", figures=True))
    yield TableBlock(columns, makers, note=f"{BANDS} {reading}".rstrip(), spacing="tight")
    yield Heading("Cameras by what was recorded", 3)
    kinds = {one.building_kind for one in pack.counts}
    yield Prose(f"Kind of building: {', '.join(sorted(kinds))}, on each row.", after=4, keeps_next=True)
    heads = ("Made by", "How sure", "Type", "Where", "Installed", "Decision")
    shares = (1.2, 1.5, 1.1, 1, 1.1, 1.75)
    yield TableBlock(
        [*(Column(head, share) for head, share in zip(heads, shares, strict=True)), Column("Count", figures=True)],
        [
            *(
                Row(
                    [
                        upper_first(one.made_by), _held(one.certainty_band), _held(one.camera_type), _held(one.inside_outside),
                        _held(one.installed_financial_year), _held(one.decision_band), f"{one.count:,}",
                    ]
                )
                for one in pack.counts
            ),
            Row(["Total", f"{pack.cameras:,}"], "total", len(heads)),
        ],
        note=f"{pack.cover.joined} {DISCLAIMER_ALONE}".lstrip() if for_public else _small(pack),
        spacing="tight",
    )  # fmt: skip


def _small(pack: FoiPack) -> str:
    small = sum(one.count < pack.cover.small for one in pack.counts)
    if pack.cover.joined and not small:
        return pack.cover.joined
    if not small:
        return f"No row counts fewer than {pack.cover.small} cameras."
    return (
        f"{count(small, 'row counts', 'rows count')} fewer than {pack.cover.small} cameras. Where a small number with its type "
        "and year would tell which camera is meant, join them: tick “Join small rows” beside the questions."
    )


def _held(text: str) -> str:
    """A value of two words on one line: "not recorded" is in many rows."""
    return text.replace(" ", "\u00a0") if text.count(" ") == 1 else text


# -- method


def _method(pack: FoiPack) -> Iterator[Block]:
    yield Heading("Method and limits", 2, new_page=True)
    yield Prose(f"For {reader(pack.cover)}, to answer questions about how the numbers came about.", after=8)
    yield Bullets(list(pack.method))
    yield Heading("What the words mean", 3)
    yield Prose(BANDS)
    yield Prose(DISCLAIMER)
