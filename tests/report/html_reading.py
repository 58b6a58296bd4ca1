"""An HTML file as a browser and a screen reader get it: its elements, its texts, its tables; sound, or AssertionError."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = ("meta", "img", "br")


@dataclass
class Tag:
    """An element with its attributes, its kids and its texts in order."""

    name: str
    attributes: dict[str, str]
    kids: list[Tag | str] = field(default_factory=list)

    def all(self, *names: str) -> list[Tag]:
        """Elements of these names in it, in order."""
        found = [self] if self.name in names else []
        for kid in self.kids:
            found += kid.all(*names) if isinstance(kid, Tag) else []
        return found

    @property
    def text(self) -> str:
        """Its words, elements parted by spaces."""
        return " ".join(" ".join(kid.text if isinstance(kid, Tag) else kid for kid in self.kids).split())

    @property
    def cells(self) -> list[list[str]]:
        """The texts of a table, row by row."""
        return [[cell.text for cell in row.all("th", "td")] for row in self.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Tag("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Tag(tag, {name: value or "" for name, value in attrs})
        self._open[-1].kids.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self._open[-1].kids.append(data)

    def end(self) -> Tag:
        """What was read."""
        self.close()
        assert len(self._open) == 1, f"{self._open[-1].name} is not closed"
        return self.root


def read_html(content: bytes) -> Tag:
    """The file, each rule checked that every report has to keep."""
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    root = reader.end()
    (html,) = root.all("html")
    assert html.attributes["lang"] == "en-GB"
    assert root.all("title")[0].text
    assert not root.all("script", "link", "iframe", "object", "form", "base", "svg")
    everything = [tag for tag in _walk(root)]
    assert not [name for tag in everything for name in tag.attributes if name.startswith("on")]
    assert all(tag.attributes["src"].startswith("data:image/") for tag in everything if "src" in tag.attributes)
    assert "url(" not in root.all("style")[0].text
    assert "@import" not in root.all("style")[0].text
    levels = [int(tag.name[1]) for tag in root.all("h1", "h2", "h3")]
    assert levels[0] == 1 == levels.count(1)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [tag.attributes["id"] for tag in everything if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    links = [tag.attributes["href"] for tag in root.all("a")]
    assert all(url[1:] in ids if url.startswith("#") else url.startswith(("https://", "http://", "mailto:")) for url in links)
    assert all("alt" in tag.attributes for tag in root.all("img"))
    assert all(tag.attributes["aria-label"] for tag in everything if tag.attributes.get("role") in ("img", "group"))
    for table in root.all("table"):
        assert all(head.attributes["scope"] in ("row", "col") and head.text for head in table.all("th"))
        wide = {sum(int(cell.attributes.get("colspan", "1")) for cell in row.all("th", "td")) for row in table.all("tr")}
        assert len(wide) == 1, f"rows of other widths: {table.cells[:3]}"
    return root


def _walk(tag: Tag) -> list[Tag]:
    return [tag, *(found for kid in tag.kids if isinstance(kid, Tag) for found in _walk(kid))]
