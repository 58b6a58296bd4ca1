"""What a web page shows of who wrote it: the plug-ins and scripts that it loads, and who claims the rights in it."""

from __future__ import annotations

import html
import itertools
import re

from camcensus.wire.fields import Collector

FOUND_LIMIT = 8
"""A login page loads one or two plug-ins and names one company."""

_PLUGIN = re.compile(
    r"""<(?:object|embed|applet)\b(?P<tag>[^<>]{0,600})>""",
    re.I,
)
_PLUGIN_PART = re.compile(
    r"""\b(?:name|id|codebase|classid|archive|code)\s{0,3}=\s{0,3}(?:"([^"<>]{1,200})"|'([^'<>]{1,200})'|([^\s"'<>]{1,200}))""",
    re.I,
)
_CABINET = re.compile(r"\.(?:cab|ocx)\b", re.I)
_BEFORE = re.compile(r"""[^\s"'<>=(]{1,120}\Z""")
_SCRIPT = re.compile(r"""<script\b[^<>]{0,200}?\bsrc\s{0,3}=\s{0,3}["']([^"'<>]{1,200})""", re.I)
_META = re.compile(r"<meta\b(?P<tag>[^<>]{0,400})>", re.I)
_META_NAME = re.compile(r"""\bname\s{0,3}=\s{0,3}["']?(?:author|copyright|publisher|owner)\b""", re.I)
_META_CONTENT = re.compile(r"""\bcontent\s{0,3}=\s{0,3}(?:"([^"<>]{1,160})"|'([^'<>]{1,160})')""", re.I)
_RIGHTS = re.compile(r"(?:©|&copy;|&#169;|copyright|\(c\))([^<>\r\n]{3,100})", re.I)

_COMPANY = re.compile(r">([^<>\r\n]{2,80}?\b(?:Co\.?,? ?Ltd|GmbH|Inc|Corp(?:oration)?|Limited|AB|A/S)\b)")
"""A text of the page that is a company's name with its legal form."""


_STREAM = re.compile(
    r"""\b(?:src|href)\s{0,3}=\s{0,3}["']?([^"'<>\s]{0,120}?(?:[?&]action=(?:stream|snapshot)|mjpe?g|videostream\.cgi"""
    r"""|snapshot\.(?:cgi|jpe?g))[^"'<>\s]{0,80})""",
    re.I,
)
"""A picture or link that is a live picture: mjpg-streamer's, and those of cameras that show theirs before login."""
_VERSION = re.compile(r"\s{1,4}v?[0-9]{1,4}(?:\.[0-9]{1,6}){1,3}(?:[-+~][0-9a-z.+~-]{1,40})?\s{0,8}(?=<)", re.I)
_TITLE_LIMIT_CHARACTERS = 60


def collect_page(into: Collector, text: str, title: str = "") -> None:
    """Adds names and files of plug-ins ("dvrocx", "RSVideoOcx.cab"), addresses of scripts and of live pictures, who is named as
    author or holder of the rights, and where the page shows its title with a version ("Motion 4.7.0"), what program it is of.
    """
    into.add_all("http.stream", (found[1] for found in itertools.islice(_STREAM.finditer(text), FOUND_LIMIT)))
    into.add("http.program", _program(text, title))
    for tag in itertools.islice(_PLUGIN.finditer(text), FOUND_LIMIT):
        into.add_all("http.plugin", itertools.islice(map(_value, _PLUGIN_PART.finditer(tag["tag"])), FOUND_LIMIT))
    for end in itertools.islice(_CABINET.finditer(text), FOUND_LIMIT):
        before = _BEFORE.search(text[max(0, end.start() - 120) : end.start()])
        into.add("http.plugin", f"{before[0]}{end[0]}" if before else None)
    into.add_all("http.script", (found[1] for found in itertools.islice(_SCRIPT.finditer(text), FOUND_LIMIT)))
    for tag in itertools.islice(_META.finditer(text), 4 * FOUND_LIMIT):
        content = _META_CONTENT.search(tag["tag"]) if _META_NAME.search(tag["tag"]) else None
        into.add("http.copyright", _plain(_value(content)) if content else None)
    for found in itertools.islice(_COMPANY.finditer(text), FOUND_LIMIT):
        into.add("http.copyright", None if _RIGHTS.search(found[1]) else _plain(found[1]))
    into.add_all("http.copyright", (_plain(found[1]) for found in itertools.islice(_RIGHTS.finditer(text), FOUND_LIMIT)))


def _program(text: str, title: str) -> str | None:
    """A text of the page that is its title and a version, and no more."""
    if not 0 < len(title) <= _TITLE_LIMIT_CHARACTERS:
        return None
    at = -1
    for _ in range(4 * FOUND_LIMIT):
        at = text.find(title, at + 1)
        if at < 0:
            break
        version = _VERSION.match(text, at + len(title))
        if version and text[:at].rstrip().endswith(">"):
            return f"{title} {version[0].strip()}"
    return None


def _value(found: re.Match[str]) -> str:
    return next((part for part in found.groups() if part), "")


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
