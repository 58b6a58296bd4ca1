"""What the device can do besides filming: AI functions and the cloud link, each on, able, off or not known."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from camcensus.model.device import Verdict
from camcensus.tasks.register.abilities import abilities, cloud_link, cloud_seen
from camcensus.ui.kit.buttons import Button
from camcensus.ui.kit.layout import column, fill, row
from camcensus.ui.kit.widgets import Text


class AbilitiesSection(QWidget):
    """One block a state, and where a login may tell more, the button for it. `sign_in` when that is pressed."""

    sign_in = Signal()

    def __init__(self, verdict: Verdict | None, *, may_sign_in: bool) -> None:
        super().__init__()
        layout = column(Text("AI functions and cloud link", "strong"), of=self)
        for one in abilities(verdict):
            what = one.what[:1].lower() + one.what[1:]
            fill(layout, 8, Text(f"{one.title}: {what}.", "body", "secondary" if one.state == "unknown" else "text"))
            if one.note:
                layout.addWidget(Text(one.note, "caption", "secondary"))
        cloud = cloud_link(verdict)
        if cloud:
            fill(layout, 8, Text(f"Link to the maker’s cloud: {cloud[:1].lower()}{cloud[1:]}."))
            if seen := cloud_seen(verdict):
                layout.addWidget(Text(seen, "caption", "secondary"))
        self.button = Button("Sign in to read more…", "quiet", then=self.sign_in)
        fill(layout, 4, row(self.button, None))
        self.button.setVisible(may_sign_in)
