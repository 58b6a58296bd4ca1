"""Addresses of published sources: opened only when a person asks, in the browser, and only web addresses."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from camcensus.ui.kit.buttons import LinkButton


def may_open(url: str | None) -> bool:
    """Whether an address is one of the web."""
    return bool(url) and str(url).lower().startswith(("https://", "http://"))


def open_web(url: str | None) -> bool:
    """Hands a web address to the browser; False for anything else."""
    return may_open(url) and QDesktopServices.openUrl(QUrl(str(url), QUrl.ParsingMode.StrictMode))


def source_link(url: str | None) -> LinkButton | None:
    """A link to a source, None where it has no web address."""
    if not may_open(url):
        return None
    link = LinkButton("Open the source", "caption", then=lambda: open_web(url))
    link.setAccessibleName(f"Open the source: {url}")
    return link
