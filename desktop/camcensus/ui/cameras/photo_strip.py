"""The photos of a round, all of them small, with what became of each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QListView

from camcensus.ui.cameras.photo_model import PhotoModel
from camcensus.ui.kit import theme
from camcensus.ui.kit.parts import SlimBar


class PhotoStrip(QListView):
    """The photos side by side, by time; arrow keys left and right choose one."""

    def __init__(self, model: PhotoModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setAccessibleName("Photos by time")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBar(SlimBar(Qt.Orientation.Horizontal))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.retheme()

    def retheme(self) -> None:
        """As high as its thumbnails."""
        self.setFont(theme.font("caption"))
        self.setIconSize(QSize(76, 62))
        self.setGridSize(QSize(theme.unless_large(92, 124), 74 + theme.pitch("caption")))
        self.setFixedHeight(74 + theme.pitch("caption") + 16)
        self.doItemsLayout()
