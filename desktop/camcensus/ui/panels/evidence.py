"""Why we say this: the verdict sentence, the signs for, and always the signs against."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from camcensus.model.attribution import Evidence
from camcensus.model.knowledge import Knowledge
from camcensus.model.verdict import Verdict
from camcensus.model.words import UNKNOWN_MAKER, clean, long_date
from camcensus.ui import phrases
from camcensus.ui.controls import Fold
from camcensus.ui.marks import Sign
from camcensus.ui.parts import column, row
from camcensus.ui.widgets import Text

SHOWN_AT_FIRST = 4
SEEN_CHARACTERS = 120


class EvidenceSection(QWidget):
    """The signs of one device, strongest first; more than four are folded away, never the last sign against."""

    def __init__(self, verdict: Verdict | None, knowledge: Knowledge, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._knowledge, self._now = knowledge, now
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if verdict is None:
            layout.addWidget(Text(UNKNOWN_MAKER))
            return
        supports, against, other = verdict.attribution.supports, verdict.attribution.against, verdict.attribution.other
        counts = f"{len(supports)} {'sign' if len(supports) == 1 else 'signs'} for, {len(against)} against"
        layout.addLayout(row(Text("Why we say this", "strong"), Text(counts, "caption", "secondary", wrap=False)))
        layout.addSpacing(8)
        if not supports and not against:
            layout.addWidget(Text(UNKNOWN_MAKER, "body", "secondary"))
        first, rest = share_out(supports, against)
        self._add(layout, first)
        if rest or other:
            fold = Fold(f"{len(rest) + len(other)} more {'sign' if len(rest) + len(other) == 1 else 'signs'}")
            folded = QWidget()
            inner = QVBoxLayout(folded)
            inner.setContentsMargins(0, 8, 0, 0)
            inner.setSpacing(0)
            self._add(inner, rest)
            self._add(inner, [(sign, "other") for sign in other])
            folded.hide()
            fold.toggled.connect(folded.setVisible)
            layout.addWidget(fold)
            layout.addWidget(folded)

    def _add(self, layout: QVBoxLayout, signs: list[tuple[Evidence, str]]) -> None:
        for sign, side in signs:
            line = row(Sign("check" if side == "for" else "dash", "text" if side == "for" else "secondary"), gap=12)
            words = column(
                Text(phrases.upper_first(sign.why.rstrip("."))), Text(self._source(sign, side), "caption", "secondary")
            )
            line.addLayout(words, 1)
            line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
            layout.addLayout(line)
            layout.addSpacing(8)

    def _source(self, sign: Evidence, side: str) -> str:
        parts = ["Against"] if side == "against" else ["Not about the maker"] if side == "other" else []
        seen = clean(sign.seen, SEEN_CHARACTERS)
        if seen:
            parts.append(f"it answered “{seen}”" if sign.probe != "person" else f"read: “{seen}”")
        source = self._knowledge.sources.get(sign.source)
        if source is not None and not sign.at:
            parts.append(f"{source.title}, {long_date(source.date)}" if source.date else source.title)
        if sign.at:
            parts.append(f"seen {phrases.when(sign.at, self._now)}")
        return phrases.upper_first(" · ".join(parts))


def share_out(
    supports: tuple[Evidence, ...], against: tuple[Evidence, ...]
) -> tuple[list[tuple[Evidence, str]], list[tuple[Evidence, str]]]:
    """What is shown at once and what is folded: the strongest for, and at least one against where there is one."""
    order = {"conclusive": 0, "strong": 1, "weak": 2}
    pro = [(sign, "for") for sign in sorted(supports, key=lambda sign: (order[sign.strength], sign.fingerprint))]
    contra = [(sign, "against") for sign in sorted(against, key=lambda sign: (order[sign.strength], sign.fingerprint))]
    keep_contra = min(len(contra), 2 if len(pro) >= SHOWN_AT_FIRST - 1 else SHOWN_AT_FIRST)
    keep_pro = SHOWN_AT_FIRST - min(keep_contra, SHOWN_AT_FIRST - 1)
    return pro[:keep_pro] + contra[:keep_contra], pro[keep_pro:] + contra[keep_contra:]
