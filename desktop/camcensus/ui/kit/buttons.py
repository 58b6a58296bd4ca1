"""Buttons and links as the look draws them. What they do, and what a screen reader hears, stays Qt's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, SignalInstance
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from camcensus.ui.kit import icons, theme
from camcensus.ui.kit.menus import Menu
from camcensus.ui.kit.spoken import say_open, set_tip

Kind = Literal["secondary", "primary", "quiet"]
type Then = Callable[..., object] | SignalInstance
"""What a click does."""
RADIUS = 6


def frame(painter: QPainter, rect: QRectF, fill: QColor | None, line: QColor | None, width: float = 1) -> None:
    """A rounded rectangle with a crisp line inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = width / 2 if line is not None else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def blend(under: QColor, over: QColor, part: float) -> QColor:
    """`over` laid on `under` with opacity `part`."""

    def mix(below: int, above: int) -> int:
        return round(below * (1 - part) + above * part)

    return QColor(mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue()))


class Button(QPushButton):
    """A button with a verb on it. One primary button a page."""

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        icon: str | None = None,
        parent: QWidget | None = None,
        *,
        then: Then | None = None,
    ) -> None:
        super().__init__(text, parent)
        if then is not None:
            self.clicked.connect(then)
        self.kind: Kind = kind
        self._icon = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    @property
    def _role(self) -> theme.Role:
        return "strong" if self.kind == "primary" else "body"

    def sizeHint(self) -> QSize:
        side = 8 if self.kind == "quiet" else 16
        picture = theme.px(16) + 8 if self._icon else 0
        return QSize(theme.advance(self.text(), self._role) + 2 * side + picture, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = theme.colour
        rect = QRectF(self.rect())
        base, ink = tokens("base"), tokens("text")
        if not self.isEnabled():
            ink = tokens("placeholder")
        if self.kind == "primary" and self.isEnabled():
            fill = tokens("accent")
            ink = tokens("on_accent")
            part = 0.16 if self.isDown() else 0.08 if self.underMouse() else 0
            frame(painter, rect, blend(fill, ink, part), None)
        elif self.kind == "quiet":
            ink = tokens("accent") if self.isEnabled() else ink
            if self.underMouse() or self.isDown():
                frame(painter, rect, tokens("selection"), None)
        else:
            part = 0.10 if self.isDown() else 0.05 if self.underMouse() and self.isEnabled() else 0
            frame(painter, rect, blend(base, tokens("text"), part), tokens("border" if self.isEnabled() else "quiet"))
        painter.setFont(theme.font(self._role))
        painter.setPen(ink)
        size = theme.px(16)
        words = theme.advance(self.text(), self._role)
        left = (rect.width() - words - (size + 8 if self._icon else 0)) / 2
        if self._icon:
            quiet = tokens("secondary") if self.kind == "secondary" and self.isEnabled() else ink
            icons.draw_icon(painter, self._icon, QRectF(left, (rect.height() - size) / 2, size, size), quiet)
            left += size + 8
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, words + 2, rect.height()), int(flags), self.text())


class MenuButton(Button):
    """A button that opens a menu; a small arrow after its words says so."""

    def __init__(self, text: str, menu: Menu) -> None:
        super().__init__(text)
        self.setMenu(menu)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(16) + 6, hint.height())

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        rect, usable = QRectF(self.rect()), self.isEnabled()
        part = 0.10 if self.isDown() else 0.05 if self.underMouse() and usable else 0
        ground = blend(theme.colour("base"), theme.colour("text"), part)
        frame(painter, rect, ground, theme.colour("border" if usable else "quiet"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if usable else "placeholder"))
        words = QRectF(16, 0, theme.advance(self.text(), "body") + 2, rect.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(flags), self.text())
        size = theme.px(16)
        box = QRectF(words.right() + 4, (rect.height() - size) / 2, size, size)
        icons.draw_icon(painter, "chevron-down", box, theme.colour("secondary" if usable else "placeholder"))


class IconButton(QToolButton):
    """A picture that does something; its name is what a screen reader says and what the tooltip shows."""

    def __init__(self, icon: str, name: str, *, then: Then | None = None) -> None:
        super().__init__()
        if then is not None:
            self.clicked.connect(then)
        self._icon = icon
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(32), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            frame(painter, QRectF(self.rect()), theme.colour("nav_current"), None)
        size = theme.px(18)
        rect = QRectF((self.width() - size) / 2, (self.height() - size) / 2, size, size)
        icons.draw_icon(painter, self._icon, rect, theme.colour("text" if self.isEnabled() else "quiet"))


class LinkButton(QAbstractButton):
    """Underlined words that lead somewhere, with a target of 24 pixels."""

    def __init__(self, text: str, role: theme.Role = "body", *, then: Then | None = None) -> None:
        super().__init__()
        if then is not None:
            self.clicked.connect(then)
        self._role: theme.Role = role
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.advance(self.text(), self._role) + 2, max(theme.px(24), theme.pitch(self._role)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("accent" if self.isEnabled() else "placeholder"))
        painter.setFont(theme.font(self._role, underline=self.isEnabled()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())


class Opener(LinkButton):
    """Words that show something, and hide it again; a screen reader hears which."""

    spoken_role = QAccessible.Role.Button

    def __init__(self, text: str, *, then: Then | None = None) -> None:
        super().__init__(text, "body", then=then)
        self.setCheckable(True)
        self.toggled.connect(lambda _: say_open(self))

    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.isChecked()


class Fold(Opener):
    """A link with an arrow that shows or hides a part of the page; words too long for the width take more lines."""

    def __init__(self, text: str, *, then: Then | None = None) -> None:
        super().__init__(text, then=then)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + theme.px(20), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(200)), hint.height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRectF(0, 0, max(1, width - theme.px(20)), 10_000)
        metrics = QFontMetricsF(theme.font("body", underline=True))
        needed = metrics.boundingRect(room, int(_WRAPPED), self.text()).height()
        return self.sizeHint().height() + max(0, round(needed - metrics.height() + 0.5))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        size, first = theme.px(16), self.sizeHint().height()
        arrow = "chevron-down" if self.isChecked() else "chevron-right"
        icons.draw_icon(painter, arrow, QRectF(0, (first - size) / 2, size, size), theme.colour("accent"))
        painter.setPen(theme.colour("accent"))
        painter.setFont(theme.font("body", underline=True))
        above = round((first - QFontMetricsF(painter.font()).height()) / 2)
        painter.drawText(self.rect().adjusted(theme.px(20), above, 0, 0), int(_WRAPPED), self.text())


_WRAPPED = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
