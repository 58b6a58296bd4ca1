"""What a web page shows of who wrote it: plug-ins, files and pages it names, names in its code, who claims the rights in it."""

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
    r"""\b(?:name|id|codebase|classid|archive|code|type)\s{0,3}=\s{0,3}(?:"([^"<>]{1,200})"|'([^'<>]{1,200})'|([^\s"'<>]{1,200}))""",
    re.I,
)
_CABINET = re.compile(r"\.(?:cab|ocx)\b", re.I)
_BEFORE = re.compile(r"""[^\s"'<>=(]{1,120}\Z""")
_CLASS = re.compile(r"\bclsid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I)
_META = re.compile(r"<meta\b(?P<tag>[^<>]{0,400})>", re.I)
_META_NAME = re.compile(
    r"""\bname\s{0,3}=\s{0,3}["']?(author|copyright|publisher|owner|generator|description|application-name|google-play-app"""
    r"""|apple-itunes-app|apple-mobile-web-app-title)\b""",
    re.I,
)
_OWNERS = frozenset({"author", "copyright", "publisher", "owner"})
_META_CONTENT = re.compile(r"""\bcontent\s{0,3}=\s{0,3}(?:"([^"<>]{1,160})"|'([^'<>]{1,160})')""", re.I)
_RIGHTS = re.compile(r"(?:©|&copy;|&#169;|copyright)([^<>\r\n]{3,100})", re.I)
_MARKED = re.compile(r"\(c\)([^<>\r\n]{3,100})", re.I)
"""In a script "(c)" is an argument: `of(c).maker == "…"`. There it is no notice of rights."""
_RESERVED = re.compile(r"(?:>|\A)\s{0,20}([^<>\r\n]{3,80}?)\W{0,4}(?:all rights reserved|reserves all rights)", re.I)

_COMPANY = re.compile(r">([^<>\r\n]{2,80}?\b(?:Co\.?,? ?Ltd|GmbH|Inc|Corp(?:oration)?|Limited|AB|A/S)\b)")
"""A text of the page that is a company's name with its legal form."""


NAMES_LIMIT = 64
"""A login page of a Dahua names about 50 files; a page with more is an application."""

_LINK = re.compile(
    r"""\b(?:src|href|action|background)\s{0,3}=\s{0,3}(?:"([^"<>\s]{1,200})|'([^'<>\s]{1,200})|([^\s"'<>]{1,200}))""", re.I
)
_ELEMENT = re.compile(
    r"""\b(?:id|name|class|for)\s{0,3}=\s{0,3}(?:"([\w .:-]{2,60})"|'([\w .:-]{2,60})'|([\w.:-]{2,60})(?=[\s>]))""", re.I
)
_HANDLER = re.compile(r"""\b(?:on[a-z]{4,12}|event)\s{0,3}=\s{0,3}(?:"([^"<>\r\n]{3,80})|'([^'<>\r\n]{3,80}))""", re.I)
_PRODUCT = re.compile(r"(?:model|prod|brand|vendor|oem|manufacturer|titlename|document\.title)", re.I)
"""Parts of the names of a script's variables that hold the product's name; a device's name is one that staff can type."""
_FUNCTION = re.compile(r"\bfunction\s{1,4}([A-Za-z_$][\w$]{2,60}\()")
_GIVEN = re.compile(
    r"""(?<![\w$.])([A-Za-z_$][\w$.]{0,60})(\s{0,3}=\s{0,3}|\(\s{0,3})(?:"([^"<>\r\n]{1,80})"|'([^'<>\r\n]{1,80})')"""
)
_DECLARED = re.compile(r"\bvar\s{1,4}([A-Za-z_$][\w$]{2,60})")
_SCRIPT = re.compile(r"<script\b[^<>]{0,400}>", re.I)
_SCRIPT_END = re.compile(r"</script", re.I)
_SHOWN = re.compile(r">\s{0,40}([^<>\s][^<>]{2,80})(?=<)")
_MARKS = re.compile(r"<(?=[A-Za-z!])[^<>]{0,1000}>")

_STREAM = re.compile(
    r"""\b(?:src|href)\s{0,3}=\s{0,3}["']?([^"'<>\s]{0,120}?(?:[?&]action=(?:stream|snapshot)|mjpe?g|videostream\.cgi"""
    r"""|snapshot\.(?:cgi|jpe?g))[^"'<>\s]{0,80})""",
    re.I,
)
"""A picture or link that is a live picture: mjpg-streamer's, and those of cameras that show theirs before login."""
_VERSION = re.compile(r"\s{1,4}v?[0-9]{1,4}(?:\.[0-9]{1,6}){1,3}(?:[-+~][0-9a-z.+~-]{1,40})?\s{0,8}(?=<)", re.I)
_TITLE_LIMIT_CHARACTERS = 60


def collect_page(into: Collector, text: str, title: str) -> None:
    """Adds names and files of plug-ins ("dvrocx", "RSVideoOcx.cab"), addresses of scripts and of live pictures, who is named as
    author or holder of the rights, and where the page shows its title with a version ("Motion 4.7.0"), what program it is of.
    """
    into.add("http.stream", *(found[1] for found in itertools.islice(_STREAM.finditer(text), FOUND_LIMIT)))
    into.add("http.program", _program(text, title))
    for tag in itertools.islice(_PLUGIN.finditer(text), FOUND_LIMIT):
        into.add("http.plugin", *itertools.islice(map(_value, _PLUGIN_PART.finditer(tag["tag"])), FOUND_LIMIT))
    for end in itertools.islice(_CABINET.finditer(text), FOUND_LIMIT):
        before = _BEFORE.search(text[max(0, end.start() - 120) : end.start()])
        into.add("http.plugin", f"{before[0]}{end[0]}" if before else None)
    into.add("http.plugin", *(found[0] for found in itertools.islice(_CLASS.finditer(text), FOUND_LIMIT)))
    marks, code, shown = _apart(text)
    _collect_names(into, text, marks, code)
    said = (_plain(found[1]) for found in itertools.islice(_SHOWN.finditer(shown), NAMES_LIMIT))
    into.add("http.text", *(words for words in said if words != title))
    for tag in itertools.islice(_META.finditer(text), 4 * FOUND_LIMIT):
        name = _META_NAME.search(tag["tag"])
        content = _META_CONTENT.search(tag["tag"]) if name else None
        if name and content:
            into.add("http.copyright" if name[1].lower() in _OWNERS else "http.meta", _plain(_value(content)))
    for found in itertools.islice(_COMPANY.finditer(text), FOUND_LIMIT):
        into.add("http.copyright", None if _is_notice(found[1]) else _plain(found[1]))
    into.add("http.copyright", *(_plain(found[1]) for found in itertools.islice(_RIGHTS.finditer(text), FOUND_LIMIT)))
    into.add("http.copyright", *(_plain(found[1]) for found in itertools.islice(_MARKED.finditer(shown), FOUND_LIMIT)))
    for found in itertools.islice(_RESERVED.finditer(text), FOUND_LIMIT):
        into.add("http.copyright", None if _is_notice(found[1]) else _plain(found[1]))


def _collect_names(into: Collector, text: str, marks: str, code: str) -> None:
    """Local names in the page: files and pages ("js/main.js"), elements ("LoginBox"); and what its
    scripts declare, call with a text, or give one ("size=2", "setHelp(vrm", "doLogin()"), with the product's name apart.
    """
    into.add("http.link", *map(_value, itertools.islice(_LINK.finditer(text), NAMES_LIMIT)))
    into.add("http.element", *map(_value, itertools.islice(_ELEMENT.finditer(marks), NAMES_LIMIT)))
    into.add("http.code", *map(_value, itertools.islice(_HANDLER.finditer(marks), NAMES_LIMIT)))
    into.add("http.code", *(found[1] for found in itertools.islice(_FUNCTION.finditer(code), NAMES_LIMIT)))
    into.add("http.code", *(found[1] for found in itertools.islice(_DECLARED.finditer(code), NAMES_LIMIT)))
    for found in itertools.islice(_GIVEN.finditer(code), NAMES_LIMIT):
        into.add("http.code", f"{found[1]}{found[2].strip()}{found[3] or found[4]}")
        if "=" in found[2] and _PRODUCT.search(found[1]):
            into.add("http.product", found[3] or found[4])


def _apart(text: str) -> tuple[str, str, str]:
    """The page's tags, its scripts, and the whole without scripts."""
    rest: list[str] = []
    code: list[str] = []
    at = 0
    for begin in itertools.islice(_SCRIPT.finditer(text), NAMES_LIMIT):
        if begin.start() < at:
            continue
        rest.append(text[at : begin.end()])
        end = _SCRIPT_END.search(text, begin.end())
        at = end.start() if end else len(text)
        code.append(text[begin.end() : at])
    rest.append(text[at:])
    shown = "".join(rest)
    return " ".join(_MARKS.findall(shown)), "\n".join(code), shown


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


def _is_notice(text: str) -> bool:
    return bool(_RIGHTS.search(text) or _MARKED.search(text))


def _value(found: re.Match[str]) -> str:
    return next((part for part in found.groups() if part), "")


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
