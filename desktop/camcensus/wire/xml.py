"""One safe reader for all XML that devices send. No DTD, no entities, no network; namespaces are kept as declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from camcensus.model import frozen
from camcensus.model.device import RAW_LIMIT_BYTES
from camcensus.model.errors import WireError
from camcensus.model.words import storable
from camcensus.wire.fields import decode

SIZE_LIMIT_BYTES = 1024 * 1024
"""Ten times the longest reply that is kept; the wire cap of one exchange."""
DEPTH_LIMIT = 64
ELEMENTS_LIMIT = 20_000
ATTRIBUTES_LIMIT = 64
"""Of one element, declarations included apart. The widest real one seen, an Axis Envelope, has 59 declarations."""
DECLARATIONS_LIMIT = 512
"""Distinct prefix and namespace pairs of one document."""
TEXT_LIMIT_CHARACTERS = 100_000
"""Of one element."""


@dataclass(slots=True)
class Element:
    """An element: local name, namespace ("" where the prefix is not declared), attributes by local name, text, children."""

    name: str
    namespace: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def find(self, name: str) -> Element | None:
        """The first element of a local name, this one included, in document order."""
        return next((element for element in self.walk() if element.name == name), None)

    def all(self, *names: str) -> Iterator[Element]:
        """Every element with one of the local names."""
        return (element for element in self.walk() if element.name in names)

    def outermost(self, *names: str) -> Iterator[Element]:
        """Elements with one of the local names that lie in no other such element."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element.name in names:
                yield element
            else:
                waiting.extend(reversed(element.children))

    def text_of(self, name: str) -> str | None:
        """Text of the first element of a local name below this one, None where there is none."""
        found = self.find(name)
        return found.text if found else None


@frozen
class Document:
    """The root and every namespace declared anywhere: pairs (prefix, URI), prefix "" for the default, each once, in order."""

    root: Element
    declared: tuple[tuple[str, str], ...]

    @property
    def namespaces(self) -> tuple[str, ...]:
        """Each namespace URI once, in the order declared."""
        return tuple(dict.fromkeys(uri for _, uri in self.declared))

    @property
    def prefixes(self) -> tuple[str, ...]:
        """ "prefix=uri" of each declaration that names a prefix."""
        return tuple(f"{prefix}={uri}" for prefix, uri in self.declared if prefix)


_DECLARATION = re.compile(r"\A\s*<\?xml\b[^>]{0,200}\?>")
_DECLARED_ENCODING = re.compile(rb"""\A\s*<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.I)


def declared_encoding(data: bytes) -> str | None:
    """What the declaration of XML names, None where there is none."""
    found = _DECLARED_ENCODING.match(data.lstrip(b"\x00\r\n\t \xef\xbb\xbf")[:200])
    return found[1].decode("ascii") if found else None


def read_xml(data: bytes) -> Document:
    """The document in the bytes. Raises WireError, and nothing else, for whatever is not well-formed or too large.

    Tolerated, as real devices send it: blanks, NULs and a byte order mark before and after, bytes after the end, a wrong or
    unknown `encoding=`, prefixes that were never declared, "xmlns" declarations under another prefix (as some recorders of
    replies write them), and, at a second reading, "&" left unescaped and control characters. A reply cut at
    RAW_LIMIT_BYTES gives what came before the cut.
    """
    if len(data) > SIZE_LIMIT_BYTES:
        raise WireError(f"The XML is longer than {SIZE_LIMIT_BYTES:,} bytes; such a reply is not read.")
    text = decode(data, declared_encoding(data))
    text = text.strip("\x00\r\n\t \ufeff")
    text = _DECLARATION.sub("", text, count=1).lstrip()
    if _DOCTYPE.search(text):
        raise WireError("The XML carries a document type declaration; no camera needs one and it is refused.")
    if not text.startswith("<"):
        raise WireError("The reply is not XML.")
    cut = len(data) >= RAW_LIMIT_BYTES
    try:
        return _parse(text, cut)
    except WireError:
        mended = _CONTROL.sub("\ufffd", _LONE_AMPERSAND.sub("&amp;", text))
        if mended == text:
            raise
        return _parse(mended, cut)


def _parse(text: str, cut: bool) -> Document:
    builder = _Builder()
    try:
        builder.parse(storable(text).encode("utf-8"))
    except expat.ExpatError as error:
        if builder.root is not None and (builder.closed or cut):
            return builder.document(builder.root)
        raise WireError(f"The XML is not well-formed: {expat.ErrorString(error.code)} in line {error.lineno}.") from None
    except (ValueError, LookupError, RecursionError, MemoryError):
        raise WireError("The XML cannot be read.") from None
    if builder.root is None:
        raise WireError("The XML has no element.")
    return builder.document(builder.root)


class _Builder:
    """Takes the parser's events and holds the limits."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.closed = False
        self._open: list[tuple[Element, list[str]]] = []
        self._scopes: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self._declared: dict[tuple[str, str], None] = {}
        self._elements = 0
        self._characters: list[int] = []

    def parse(self, data: bytes) -> None:
        parser = expat.ParserCreate("utf-8")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.Parse(data, True)

    def document(self, root: Element) -> Document:
        for element, parts in self._open:
            element.text = "".join(parts).strip()
        return Document(root, tuple(self._declared))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > ELEMENTS_LIMIT:
            raise WireError(f"The XML has more than {ELEMENTS_LIMIT:,} elements; such a reply is not read.")
        if len(self._open) >= DEPTH_LIMIT:
            raise WireError(f"The XML is nested deeper than {DEPTH_LIMIT} levels; such a reply is not read.")
        scope = self._scopes[-1]
        own: dict[str, str] = {}
        kept: dict[str, str] = {}
        for key, value in attributes.items():
            prefix, colon, local = key.partition(":")
            if key == "xmlns":
                own[""] = value
            elif colon and prefix in ("xmlns", "_xmlns"):
                own[local] = value
            elif len(kept) < ATTRIBUTES_LIMIT:
                kept.setdefault(local if colon else key, value)
            else:
                raise WireError(f"The XML has an element with more than {ATTRIBUTES_LIMIT} attributes; it is not read.")
        if own:
            scope = scope | own
            self._declare(own)
        prefix, colon, local = name.rpartition(":")
        element = Element(local, scope.get(prefix, ""), kept)
        if self._open:
            self._open[-1][0].children.append(element)
        else:
            self.root = element
        self._open.append((element, []))
        self._scopes.append(scope)
        self._characters.append(0)

    def _declare(self, own: dict[str, str]) -> None:
        for prefix, uri in own.items():
            if uri and uri != "xmlns":
                self._declared.setdefault((prefix, uri))
        if len(self._declared) > DECLARATIONS_LIMIT:
            raise WireError(f"The XML declares more than {DECLARATIONS_LIMIT} namespaces; such a reply is not read.")

    def _text(self, text: str) -> None:
        if not self._open:
            return
        self._characters[-1] += len(text)
        if self._characters[-1] > TEXT_LIMIT_CHARACTERS:
            raise WireError(f"The XML has a text longer than {TEXT_LIMIT_CHARACTERS:,} characters; it is not read.")
        self._open[-1][1].append(text)

    def _end(self, _name: str) -> None:
        element, parts = self._open.pop()
        element.text = "".join(parts).strip()
        self._scopes.pop()
        self._characters.pop()
        self.closed = not self._open


def _refuse_doctype(*_: object) -> None:
    raise WireError("The XML carries a document type declaration; no camera needs one and it is refused.")


def blank_elements(raw: bytes, *names: str) -> bytes:
    """The bytes with the text of every element of one of the local names blanked by "*", the same length.

    Works on broken XML too. Names are compared without regard to case.
    """
    wanted = b"|".join(re.escape(name.encode("ascii")) for name in names)
    element = re.compile(rb"(<(?:[A-Za-z0-9_.-]{1,40}:)?(?:%s)(?:[ \t\r\n][^<>]{0,200})?>)([^<]{1,4096})" % wanted, re.I)
    return element.sub(lambda found: found[1] + b"*" * len(found[2]), raw)
