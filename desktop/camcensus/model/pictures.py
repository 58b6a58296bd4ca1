"""Pictures that staff keep: floor plans and photos of labels, already upright and without what a phone writes beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PictureKind = Literal["plan", "photo"]
Media = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its content: `sha256` is of `data`. Width and height are in pixels."""

    sha256: str
    kind: PictureKind
    media: Media
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo kept with a register row. `picture` is a Picture's sha256; `taken_at` is the camera's own time, as it said it."""

    id: str
    asset: str
    picture: str
    name: str
    taken_at: str | None
    added_at: str


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo that is to be saved with a row."""

    picture: Picture
    name: str
    taken_at: str | None = None
