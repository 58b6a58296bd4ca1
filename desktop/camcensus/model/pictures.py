"""Pictures that staff keep: floor plans and photos of labels, already upright and without what a phone writes beside them."""

from __future__ import annotations

from typing import Literal

from camcensus.model import frozen

Box = tuple[float, float, float, float]
"""A part of a picture: left, top, right and bottom as parts of its width and height."""
PictureKind = Literal["plan", "photo"]
Media = Literal["image/png", "image/jpeg"]


@frozen
class Picture:
    """A picture by its content: `sha256` is of `data`. Width and height are in pixels."""

    sha256: str
    kind: PictureKind
    media: Media
    width: int
    height: int
    data: bytes


@frozen
class Photo:
    """A photo kept with a register row. `picture` is a Picture's sha256; `taken_at` is the camera's own time, as it said it."""

    id: str
    asset: str
    picture: str
    name: str
    taken_at: str | None
    added_at: str


@frozen
class NewPhoto:
    """A photo that is to be saved with a row; `shows_code`: one was on it, which is covered, so that it may show a label."""

    picture: Picture
    name: str
    taken_at: str | None = None
    shows_code: bool = False
