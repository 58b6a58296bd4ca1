"""Small drawn shapes: Noto Sans has no check mark and no half circle. A word always follows, so they are decoration."""

from __future__ import annotations

from collections.abc import Callable

from camcensus.model.blocks import Mark
from camcensus.report.pdf.ink import INK, SECOND, fill, stroke

_RADIUS = 3.4
_CURVE = 0.5523
"""Control points of a quarter circle, as a part of its radius."""


def symbol(name: Mark, x: float, y: float) -> str:
    """Operators that draw the shape with its centre at (x, y), about 8 pt wide."""
    return f"q {stroke(INK)} {fill(INK)} 1.1 w {_SHAPES[name](x, y)} Q"


def _circle(x: float, y: float) -> str:
    r, k = _RADIUS, _RADIUS * _CURVE
    return (
        f"{x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c"
    )


def _left_half(x: float, y: float) -> str:
    r, k = _RADIUS, _RADIUS * _CURVE
    return (
        f"{x:.2f} {y + r:.2f} m {x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c f"
    )


def _tick(x: float, y: float) -> str:
    return f"1.4 w {x - 3.6:.2f} {y - 0.2:.2f} m {x - 1:.2f} {y - 3:.2f} l {x + 4:.2f} {y + 3.4:.2f} l S"


def _dash(x: float, y: float) -> str:
    return f"{x - 3:.2f} {y:.2f} m {x + 3:.2f} {y:.2f} l S"


def _unequal(x: float, y: float) -> str:
    return (
        f"{x - 3.4:.2f} {y + 1.3:.2f} m {x + 3.4:.2f} {y + 1.3:.2f} l "
        f"{x - 3.4:.2f} {y - 1.3:.2f} m {x + 3.4:.2f} {y - 1.3:.2f} l "
        f"{x - 1.6:.2f} {y - 3.4:.2f} m {x + 1.6:.2f} {y + 3.4:.2f} l S"
    )


def _question(x: float, y: float) -> str:
    return (
        f"{x - 2:.2f} {y + 1.6:.2f} m {x - 2:.2f} {y + 4.2:.2f} {x + 2.2:.2f} {y + 4.2:.2f} {x + 2.2:.2f} {y + 1.8:.2f} c "
        f"{x + 2.2:.2f} {y + 0.2:.2f} {x:.2f} {y + 0.2:.2f} {x:.2f} {y - 1.4:.2f} c S "
        f"{x - 0.7:.2f} {y - 3.7:.2f} 1.4 1.4 re f"
    )


def _box(x: float, y: float) -> str:
    return f"{stroke(SECOND)} .8 w {x - 4.75:.2f} {y - 4.75:.2f} 9.5 9.5 re S"


_SHAPES: dict[Mark, Callable[[float, float], str]] = {
    "confirmed": _tick,
    "almost-certain": lambda x, y: f"{_circle(x, y)} f",
    "likely": lambda x, y: f"{_circle(x, y)} S {_left_half(x, y)}",
    "possible": _question,
    "conflicting": _unequal,
    "unknown": _dash,
    "box": _box,
}
