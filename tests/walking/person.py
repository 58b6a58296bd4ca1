"""A person at the window: looks, clicks, types and waits with a real mouse and keyboard; counts each action and notes what got in the way.

An action is a click, a typed text or a key. After each one the window settles; then what lies under the pointer is compared
with what lay there before, and again and again while something is waited for. A control that comes where nothing was counts too,
a row of a list does not.
"""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Seen = dict[str, Any]
SETTLE_S, LONGEST_SETTLE_S, THINK_S, REACH_S = 0.12, 2.5, 0.25, 0.06
ANSWER_WITHIN_S = 30
FROM_LEFT = 90
SLACK = 1
"""Pixels by which an edge may be off."""


class Lost(Exception):
    """What the person looked for is not there, or cannot be used."""


@dataclass(slots=True)
class Walk:
    """What one walk came to."""

    actions: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    appeared: list[str] = field(default_factory=list)
    """Controls that a page or a dialog which was asked for put under the pointer."""
    marks: dict[str, int] = field(default_factory=dict)


class Person:
    """Somebody with a mouse and a keyboard, and the program that runs before them. Close it with `leave`."""

    def __init__(
        self,
        program: list[str],
        screen: tuple[int, int],
        environment: dict[str, str],
        stderr: Path,
        pictures: Path | None = None,
    ) -> None:
        self.walk, self._screen, self._at = Walk(), screen, (screen[0] // 2, screen[1] - 2)
        self._errors = stderr.open("wb")
        self._pictures = pictures
        self._program = subprocess.Popen(
            program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
        )  # fmt: skip
        self._resting: Seen | None = None

    # Seeing

    def _ask(self, **asked: object) -> Any:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        try:
            self._program.stdin.write(json.dumps(asked).encode() + b"\n")
            self._program.stdin.flush()
            found = json.loads(self._program.stdout.readline())
        except (OSError, ValueError) as error:
            raise Lost(f"the program answers no more ({self._program.poll()})") from error
        if isinstance(found, dict) and "failed" in found:
            raise RuntimeError(found["failed"])
        return found

    def look(self) -> Seen:
        """What is in view now."""
        seen: Seen = self._ask(ask="look")
        return seen

    def find(self, name: str, *, role: str | None = None, of: str | None = None, near: str | None = None) -> Seen:
        """The one control or text of that name that can be used, as a person finds it. Raises Lost.

        `role` is "button", "tick", "field", "choice", "item", "action" or "text"; `of` the list it is in; of several, the one `near` a text.
        """
        seen = self.look()["seen"]
        fits = [
            one
            for one in seen
            if _fits(one, name) and (role is None or one["role"] == role) and (of is None or one.get("of") == of)
        ]
        if role is None:
            fits = [one for one in fits if one["role"] != "text"] or fits
        if near is not None:
            there = next((one for one in seen if _fits(one, near)), None)
            if there is None:
                raise Lost(f"“{near}” is not in view")
            fits.sort(key=lambda one: _far(one, there))
        exact = [one for one in fits if one["name"] == name]
        fits = exact or fits
        if not fits:
            names = sorted({str(one["name"]) for one in seen if one["role"] != "text" and one["name"]})
            raise Lost(f"“{name}” is not in view; there are {names[:60]}")
        if len(fits) > 1 and near is None and len({tuple(one["rect"]) for one in fits}) > 1 and not exact:
            raise Lost(f"“{name}” may be any of {[one['name'] for one in fits[:6]]}")
        if not fits[0].get("can", True):
            raise Lost(f"“{name}” is grey")
        return fits[0]

    def sees(self, name: str, **how: str) -> bool:
        """Whether it is in view and can be used."""
        try:
            self.find(name, **how)  # type: ignore[arg-type]
        except Lost:
            return False
        return True

    def text(self, pattern: str) -> str:
        """The text in view that a pattern finds. Raises Lost."""
        said = [str(one["name"]) for one in self.look()["seen"]]
        found = next((one for one in said if re.search(pattern, one)), None)
        if found is None:
            raise Lost(f"nothing says “{pattern}”")
        return found

    def wait(self, so: str | Callable[[], bool], within_s: float = 60) -> None:
        """Waits until a text or a control is there, which is no action. Raises Lost."""
        until, before = time.monotonic() + within_s, self._resting or self._under(self._at)
        ready = so if callable(so) else lambda: self.sees(so) or self._says(so)
        while not ready():
            if time.monotonic() > until:
                raise Lost(f"waited {within_s:g} s for {so if isinstance(so, str) else 'the end of it'}")
            time.sleep(0.1)
            before = self._compared("while waiting", before)
        self._settle()
        self._resting = self._compared("while waiting", before)

    def _says(self, words: str) -> bool:
        return any(words in str(one["name"]) for one in self.look()["seen"])

    # Doing

    def click(self, name: str, *, role: str | None = None, of: str | None = None, near: str | None = None) -> None:
        """Points at it and clicks."""
        self._still("before the pointer moved")
        there = self.find(name, role=role, of=of, near=near)
        self._in_view(there)
        x, y, wide, high = there["view"]
        self._point((x + min(wide // 2, FROM_LEFT), y + high // 2))
        before = self._under(self._at)
        if before["id"] is None or not _same_place(before["rect"], there["rect"], there["role"]):
            raise Lost(f"“{name}” moved away from under the pointer: there is {_called(before)}")
        _xdotool("click", "1")
        self._did(f"click “{there['name']}”", before)

    def key(self, keys: str) -> None:
        """Presses one key, with those that are held with it."""
        self._still("before a key")
        before = self._under(self._at)
        _xdotool("key", keys)
        self._did(keys, before)

    def type(self, words: str) -> None:
        """Types into what has the keyboard."""
        self._still("before typing")
        focus, fields = self.look()["focus"], ("field", "choice")
        if focus is None or focus["role"] not in fields:
            raise Lost(f"nothing takes “{words}”: {_called(focus)} has the keyboard")
        before = self._under(self._at)
        _xdotool("type", "--delay", "15", words)
        self._did(f"type “{words}” into {_called(focus)}", before)

    def mark(self, name: str) -> None:
        """Notes how many actions it took to come so far."""
        self.walk.marks[name] = len(self.walk.actions)

    def stalls(self, step: str = "") -> list[Seen]:
        """How long events waited since this was asked last; what comes is called `step`."""
        found: list[Seen] = self._ask(ask="stalls", step=step)
        return found

    def leave(self) -> None:
        """Closes the window and lets the program end."""
        if self._program.stdin is not None:
            with contextlib.suppress(OSError):  # it may have ended by itself
                self._program.stdin.close()
        try:
            self._program.wait(ANSWER_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self.walk.faults.append("the program did not end when its window was closed")
        self._errors.close()

    def _point(self, at: tuple[int, int]) -> None:
        _xdotool("mousemove", *map(str, at))
        self._at = at
        time.sleep(REACH_S)

    # What is measured

    def _did(self, what: str, before: Seen) -> None:
        self.walk.actions.append(what)
        self._settle()
        self._resting = self._compared(f"after {what}", before)
        self._whole(what)
        if self._pictures is not None:
            self._ask(ask="picture", path=str(self._pictures / f"{len(self.walk.actions):02d}.png"))

    def _compared(self, what: str, before: Seen) -> Seen:
        """What lies under the pointer now; notes it where it came or moved there since `before`."""
        now = self._under(self._at)
        if now["id"] is None or (
            now["id"] == before["id"] and (now.get("item") or _same_place(now["rect"], before["rect"], ""))
        ):
            return now
        if now.get("item") and before["id"] is None:  # a list is filled, and its rows lie where it is
            return now
        if now["id"] == before["id"]:
            self.walk.faults.append(f"{what}: {_called(now)} moved under the pointer, {before['rect']} to {now['rect']}")
        elif not now.get("popup"):
            there = now["window"] == before["window"] and now["page"] == before["page"]
            noted = self.walk.faults if there else self.walk.appeared
            noted.append(f"{what}: {_called(now)} lies where {_called(before)} was")
        return now

    def _still(self, when: str) -> None:
        """What lay under the pointer when the window had settled lies there still when the next action begins."""
        time.sleep(THINK_S)
        now, before = self._under(self._at), self._resting
        if now["id"] is None or (before is not None and now["id"] == before["id"] and now["rect"] == before["rect"]):
            return
        if self.walk.actions:
            self.walk.faults.append(
                f"{when}, after {self.walk.actions[-1]}: {_called(now)} came to where {_called(before)} was"
            )

    def _whole(self, what: str) -> None:
        """Every window is on the screen, and nothing in it is cut where it cannot be scrolled to."""
        seen = self.look()
        for window in seen["windows"]:
            x, y, wide, high = window["frame"]
            if x < -SLACK or y < -SLACK or x + wide > self._screen[0] + SLACK or y + high > self._screen[1] + SLACK:
                self._fault(f"the window “{window['title']}” is off the screen: {window['frame']}", what)
        for one in seen["seen"]:
            if not one["scrolls"] and one["role"] != "item" and _cut(one):
                self._fault(f"“{str(one['name'])[:60]}” is cut: {one['rect']}, of it in view {one['view']}", what)

    def _fault(self, say: str, when: str) -> None:
        """Notes a fault, once however long it lasts."""
        if not any(one.startswith(say) for one in self.walk.faults):
            self.walk.faults.append(f"{say}, after {when}")

    def _in_view(self, there: Seen) -> None:
        x, y, wide, high = there["view"]
        if wide <= 0 or high <= 0:
            raise Lost(f"“{there['name']}” is not on the screen")
        if there["role"] != "item" and _cut(there):
            self.walk.faults.append(
                f"“{there['name']}” is only partly in view where it is clicked: {there['rect']}, {there['view']}"
            )
        if x < 0 or y < 0 or x + wide > self._screen[0] or y + high > self._screen[1]:
            self.walk.faults.append(f"“{there['name']}” is off the screen: {there['rect']}")

    def _settle(self) -> None:
        until, before = time.monotonic() + LONGEST_SETTLE_S, None
        while time.monotonic() < until:
            time.sleep(SETTLE_S)
            now = _geometry(self.look())
            if now == before:
                return
            before = now

    def _under(self, at: tuple[int, int]) -> Seen:
        found: Seen = self._ask(ask="under", x=at[0], y=at[1])
        return found


def _geometry(seen: Seen) -> list[object]:
    return [(one["role"], one["name"], tuple(one["rect"])) for one in seen["seen"]]


def _fits(one: Seen, name: str) -> bool:
    return bool(one["name"]) and (
        one["name"] == name or str(one["name"]).startswith(name) or str(one["name"]).rstrip("…") == name
    )


def _far(one: Seen, there: Seen) -> float:
    (ax, ay, aw, ah), (bx, by, bw, bh) = one["rect"], there["rect"]
    return abs(ay + ah / 2 - by - bh / 2) * 4 + abs(ax + aw / 2 - bx - bw / 2)


def _cut(one: Seen) -> bool:
    (x, y, wide, high), (vx, vy, vwide, vhigh) = one["rect"], one["view"]
    return vx > x + SLACK or vy > y + SLACK or vx + vwide < x + wide - SLACK or vy + vhigh < y + high - SLACK


def _same_place(one: list[int], other: list[int], role: str) -> bool:
    return role == "item" or all(abs(a - b) <= SLACK for a, b in zip(one, other, strict=True))


def _called(one: Seen | None) -> str:
    return f"“{one['name']}”" if one is not None and one["name"] is not None else "nothing"


def _xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def lines_of(path: Path) -> Iterator[str]:
    """What a program said on standard error that is a complaint of Qt's or Python's."""
    for line in path.read_text("utf-8", "replace").splitlines():
        if line.strip() and not line.startswith("libEGL"):
            yield line
