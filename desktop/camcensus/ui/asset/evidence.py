"""Why we say this: the signs for a maker and for what the thing is, and always the signs against."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.device import Description, Evidence, Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import GRADE_SHORT, clean, long_date, lower_first, upper_first, why_this_kind
from camcensus.ui import phrases
from camcensus.ui.kit.buttons import Fold
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.marks import SignMark
from camcensus.ui.kit.widgets import Text

SHOWN_AT_FIRST = 4
SEEN_CHARACTERS = 120
SEEN_TOGETHER = 2
NO_SIGNS_YET = "There are no signs yet of who made it."
NAMES_NOBODY = "No sign names a maker."


class EvidenceSection(QWidget):
    """The signs of one device: about its maker, strongest first, more than four folded away, never the last one against; then
    about its kind, folded away under how sure that is.
    """

    def __init__(self, verdict: Verdict | None, knowledge: Knowledge, now: datetime) -> None:
        super().__init__()
        self._knowledge, self._now = knowledge, now
        layout = column(of=self)
        if verdict is None:
            layout.addWidget(Text(NO_SIGNS_YET, "body", "secondary"))
            return
        supports, against, other = verdict.attribution.supports, verdict.attribution.against, verdict.attribution.other
        counts = f"{_signs(len(supports))} for, {len(against)} against"
        fill(
            layout,
            row(Text("Why we say this", "strong", wrap=False), None, Text(counts, "caption", "secondary", wrap=False)),
            8,
        )
        if not supports and not against:
            layout.addWidget(Text(NAMES_NOBODY, "body", "secondary"))
        first, rest = share_out(supports, against)
        self._add(layout, first)
        if rest or other:
            self._fold(
                layout,
                f"{len(rest) + len(other)} more {'sign' if len(rest) + len(other) == 1 else 'signs'}",
                [*rest, *((sign, "other") for sign in other)],
            )
        self._kind(layout, verdict.description)

    def _kind(self, layout: QVBoxLayout, said: Description) -> None:
        if not said.kind_evidence:
            return
        layout.addSpacing(12)
        sure = f" – {lower_first(GRADE_SHORT[said.kind_grade])}" if said.kind_grade != "unknown" else ""
        signs = [(sign, "for" if sign.supports else "against") for sign in said.kind_evidence]
        self._fold(layout, f"{why_this_kind(said.kind)}{sure}: {_signs(len(together(signs)))}", signs)

    def _fold(self, layout: QVBoxLayout, title: str, signs: list[tuple[Evidence, str]]) -> None:
        fold, folded = Fold(title), QWidget()
        inner = column(margins=(0, 8, 0, 0), of=folded)
        self._add(inner, signs)
        folded.hide()
        fold.toggled.connect(folded.setVisible)
        fill(layout, fold, folded)

    def _add(self, layout: QVBoxLayout, signs: list[tuple[Evidence, str]]) -> None:
        for (why, side), members in together(signs).items():
            glyph = SignMark("check" if side == "for" else "dash", "text" if side == "for" else "secondary")
            caption = Text(self._source(members, side), "caption", "secondary", exact=True)
            line = row((glyph, 0, Qt.AlignmentFlag.AlignTop), (column(Text(upper_first(why.rstrip("."))), caption), 1), gap=12)
            fill(layout, line, 8)

    def _source(self, members: list[Evidence], side: str) -> str:
        parts = ["Against"] if side == "against" else ["Not about the maker"] if side == "other" else []
        seen = list(dict.fromkeys(clean(sign.seen, SEEN_CHARACTERS) for sign in members if sign.seen))
        more = f" and {len(seen) - SEEN_TOGETHER} more" if len(seen) > SEEN_TOGETHER else ""
        if seen:
            parts.append(", ".join(f"“{text}”" for text in seen[:SEEN_TOGETHER]) + more)
        newest = max((sign.at for sign in members if sign.at), default=None)
        source = self._knowledge.sources.get(members[0].source)
        if newest:
            said = "recorded" if all(sign.probe == "list" for sign in members) else "seen"
            parts.append(f"{said} {phrases.when(newest, self._now)}")
        elif source is not None:
            parts.append(f"{source.title}, {long_date(source.date)}" if source.date else source.title)
        return upper_first(" · ".join(parts))


def _signs(number: int) -> str:
    return f"{number} {'sign' if number == 1 else 'signs'}"


def together(signs: list[tuple[Evidence, str]]) -> dict[tuple[str, str], list[Evidence]]:
    """Signs that say the same, for the same side, as one line; in the order of the first of each."""
    lines: dict[tuple[str, str], list[Evidence]] = {}
    for sign, side in signs:
        lines.setdefault((sign.why, side), []).append(sign)
    return lines


def share_out(
    supports: tuple[Evidence, ...], against: tuple[Evidence, ...]
) -> tuple[list[tuple[Evidence, str]], list[tuple[Evidence, str]]]:
    """What is shown at once and what is folded: the strongest for, and at least one against where there is one."""
    order = {"conclusive": 0, "strong": 1, "weak": 2}
    pro = [(sign, "for") for sign in sorted(supports, key=lambda sign: (order[sign.strength], sign.fingerprint))]
    contra = [(sign, "against") for sign in sorted(against, key=lambda sign: (order[sign.strength], sign.fingerprint))]
    lines = len(together(contra))
    keep_contra = min(lines, 2 if len(together(pro)) >= SHOWN_AT_FIRST - 1 else SHOWN_AT_FIRST)
    first_pro, rest_pro = _cut(pro, SHOWN_AT_FIRST - min(keep_contra, SHOWN_AT_FIRST - 1))
    first_contra, rest_contra = _cut(contra, keep_contra)
    return first_pro + first_contra, rest_pro + rest_contra


def _cut(signs: list[tuple[Evidence, str]], lines: int) -> tuple[list[tuple[Evidence, str]], list[tuple[Evidence, str]]]:
    """Signs of the first lines, and the rest."""
    shown = list(together(signs))[:lines]
    return [one for one in signs if (one[0].why, one[1]) in shown], [one for one in signs if (one[0].why, one[1]) not in shown]
