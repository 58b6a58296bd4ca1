"""A device's own web page: opened in the browser when somebody asks which camera it is. Camcensus itself sends nothing."""

from __future__ import annotations

import ipaddress

from PySide6.QtWidgets import QWidget

from camcensus.model.words import clean
from camcensus.tasks.policy import policy_in_force
from camcensus.tasks.register.verbs import AssetRow
from camcensus.ui.kit.dialogs import ask
from camcensus.ui.kit.links import open_web
from camcensus.ui.session import Session


def own_page(session: Session, item: AssetRow) -> str | None:
    """The address of its page; None where it has none that may be asked: only private ones, none that IT left out."""
    never = [ipaddress.ip_network(one, strict=False) for one in policy_in_force().never_ask]
    for text in item.addresses:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            continue
        left_out = any(address in one for one in never if one.version == address.version)
        if address.is_private and not address.is_unspecified and not left_out and not session.simulated and "%" not in text:
            return f"http://[{address}]/" if address.version == 6 else f"http://{address}/"
    return None


def offer_page(session: Session, item: AssetRow, over: QWidget) -> None:
    """Asks, then hands the page to the browser."""
    url = own_page(session, item)

    def show() -> None:
        open_web(url)

    if url is not None:
        sentence = (
            f"This opens {url} in your browser, which may show the camera’s picture or ask for a login."
            " Camcensus itself sends nothing."
        )
        ask(over, f"Which camera is {clean(item.asset.ref, 20)}?", sentence, "Open its page", show)
