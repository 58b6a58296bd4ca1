"""Photos of files and inventories on the screen: beside the window's thread, and never more in memory than is looked at."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from camcensus.intake.pictures import PixelPreview, preview
from camcensus.model.errors import IntakeError
from camcensus.tasks.register.photo_files import PhotoFile, in_order, look_at, when_taken
from camcensus.ui.job import Emit, Job

THUMB_PIXELS = 120
LARGE_PIXELS = 1600
HELD = 6
"""Large pictures in memory: the one that is shown, those beside it, and a few before; 46 MB at most."""
AT_ONCE = 2
PAUSE_S = 0.02
SHOWS_CODE = "shows a code"
"""A text of the image of a file, not empty where a code in it is covered."""


def image_of(data: bytes, longest_pixels: int) -> QImage:
    """A picture that is saved, for the screen. Raises IntakeError."""
    return _image(preview(data, longest_pixels))


def _image(seen: PixelPreview) -> QImage:
    made = QImage(seen.rgb, seen.width, seen.height, seen.width * 3, QImage.Format.Format_RGB888).copy()
    made.setText(SHOWS_CODE, "yes" if seen.shows_code else "")
    return made


def show_soon(data: bytes, longest_pixels: int, ready: Callable[[QImage], None]) -> Job:
    """Gives `ready` the picture that an inventory holds, decoded beside the window's thread; an empty one where it is none.

    An inventory may come from anybody: Qt would unpack whatever it holds at once, and an SVG in it may name files of others.
    """
    return Job(lambda _: image_of(data, longest_pixels), finished=ready, failed=lambda _: ready(QImage())).start()


def ordering(paths: Sequence[Path], wait: Callable[[], bool]) -> Callable[[Emit], Awaitable[object]]:
    """Emits the photos in order of time (a list), then (number, thumbnail or None, problem) of each; unopened files last.

    Thumbnails pause while `wait` says so: what is looked at comes first.
    """

    async def work(emit: Emit) -> None:
        photos: list[PhotoFile] = []
        unread: list[PhotoFile] = []
        for path in paths:
            try:
                photos.append(when_taken(path))
            except IntakeError:
                unread.append(PhotoFile(path, "", False))
            await asyncio.sleep(0)
        order = [*in_order(photos), *unread]
        emit(order)
        for at, photo in enumerate(order):
            while wait():
                await asyncio.sleep(PAUSE_S)
            try:
                emit((at, _image(look_at(photo.path, THUMB_PIXELS)), ""))
            except IntakeError as error:
                emit((at, None, str(error)))
            await asyncio.sleep(0)

    return work


class LargePictures(QObject):
    """The large pictures by number: asked for, they come when they are ready; those beside it are made ready too."""

    ready = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths: list[Path] = []
        self._held: OrderedDict[int, QImage] = OrderedDict()
        self._wanted: list[int] = []
        self._jobs: dict[int, Job] = {}

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Other photos."""
        self._paths = list(paths)
        self._held.clear()

    def image(self, at: int) -> QImage | None:
        """The picture where it is ready, and asks for it and its neighbours where they are not."""
        self._wanted = [one for one in (at, at + 1, at - 1) if 0 <= one < len(self._paths)]
        self._start()
        if at in self._held:
            self._held.move_to_end(at)
        return self._held.get(at)

    def missing(self) -> bool:
        """Whether the picture that is looked at is still being made; may be asked from any thread."""
        wanted = self._wanted
        return bool(wanted) and wanted[0] not in self._held

    def stop(self) -> None:
        """Nothing more is wanted."""
        self._wanted = []

    def _start(self) -> None:
        for at in self._wanted:
            if at in self._held or at in self._jobs or len(self._jobs) >= AT_ONCE:
                continue
            path = self._paths[at]
            self._jobs[at] = Job(
                lambda _, path=path: _image(look_at(path, LARGE_PIXELS)),  # type: ignore[misc]
                finished=lambda image, at=at: self._came(at, image),
                failed=lambda _, at=at: self._came(at, QImage()),
                cancelled=lambda at=at: self._jobs.pop(at, None),
            ).start()

    def _came(self, at: int, image: QImage) -> None:
        self._jobs.pop(at, None)
        if not isValid(self):  # the window was closed meanwhile
            return
        self._held[at] = image
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        self._start()
        self.ready.emit(at)
