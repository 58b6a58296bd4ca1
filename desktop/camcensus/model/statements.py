"""What somebody said or ruled about makers: by whom, when, to whom, what it asks, and what answered it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from camcensus.model import frozen
from camcensus.model.words import long_date, quoted

About = Literal["human-rights", "security", "procurement", "trade", "data", "use"]
"""What a statement is about, in one word."""

StatementStatus = Literal["in force", "guidance", "statement", "proposed", "pending", "ended", "unclear"]
"""What has become of it. "statement" and "proposed" bind nobody else; "pending" has no end yet."""

STATUS_WORDS: Mapping[StatementStatus, str] = {
    "in force": "In force",
    "guidance": "Guidance",
    "statement": "A statement or report; it binds nobody else",
    "proposed": "A proposal; it binds nobody",
    "pending": "Not finished",
    "ended": "Ended",
    "unclear": "Not known whether it is in force",
}


@frozen
class PublishedReply:
    """A reply: to one statement, or a maker's reply in general.

    `manufacturer` is the company id where a maker answers for itself, None for anybody else. `text` is our words, or a
    quotation marked “…”. `date` is ISO 8601 (a year or month alone is allowed). `besides` is True of what answers nothing:
    said by others on the same matter, or before the statement.
    """

    by: str
    manufacturer: str | None
    date: str
    text: str
    source: str
    besides: bool = False

    @property
    def who(self) -> str:
        """Whose it is, within a sentence: "the UK Government"."""
        article, _, rest = self.by.partition(" ")
        return f"{article.lower()} {rest}" if article in ("The", "A", "An") else self.by

    @property
    def opening(self) -> str:
        """ "Answer from the UK Government", "Also said by a broadcaster"."""
        return f"{'Also said by' if self.besides else 'Answer from'} {self.who}"

    @property
    def lead(self) -> str:
        """ "Answer from the UK Government, 1 November 2021"."""
        return f"{self.opening}, {long_date(self.date)}"


def naming(quote: str, publisher: str) -> str:
    """The words that name a maker, and whose page has them: it need not be who made the statement. "" where there are none."""
    return f"Named in these words: {quoted(quote)} ({publisher})" if quote else ""


@frozen
class Named:
    """A maker that a statement names, with the source's own words that name it.

    `quote` has at most 30 words and a registered name of the maker in it. `source` is where the maker is named: its words need
    not be those of who made the statement. `effective` is the day since which it is named. `why` is the
    reason that staff gave; only makers on the organisation's own list have one, and these have no quotation.
    """

    manufacturer: str
    quote: str
    scope: str
    effective: str | None
    source: str
    why: str = ""


@frozen
class Statement:
    """A rule, call, decision or report about makers. It is held only against the makers in `names`.

    `title` says what it asks, `text` its whole content, `today` what has become of it ("" where `status` says all): our
    words. {manufacturer} may stand for the maker in `text`. `weight` 1 is what matters most on a maker's page. `read_again` is
    the day when a second person re-read the source and found the statement right, None where nobody has yet.

    A list (`is_list`) can be counted: an organisation switches it on or off, and `default_on` says how it begins. A list with
    a `seat` names no company: `reading` says that it is our reading to apply it to makers with their legal seat in that
    country, and why.
    """

    id: str
    title: str
    said_by: str
    date: str
    where: str
    about: About
    text: str
    addressed_to: str
    not_addressed_to: str
    status: StatementStatus
    source: str
    today: str = ""
    weight: int = 2
    names: tuple[Named, ...] = ()
    answers: tuple[PublishedReply, ...] = ()
    read_again: str | None = None
    is_list: bool = False
    default_on: bool = False
    seat: str | None = None
    reading: str = ""

    @property
    def names_makers(self) -> bool:
        """False where applying it to a maker is our reading."""
        return self.seat is None

    @property
    def standing(self) -> str:
        """What has become of it: "A proposal; it binds nobody. The Government has not followed it."."""
        return f"{STATUS_WORDS[self.status]}. {self.today}".strip()

    def text_for(self, maker_name: str) -> str:
        """Its content, for a maker of that name: `text` with the name where it says {manufacturer}."""
        return self.text.replace("{manufacturer}", maker_name)

    def naming(self, path: Sequence[str]) -> tuple[Named, ...]:
        """Which companies of an ownership path it names, in the order of the path."""
        named = {one.manufacturer: one for one in self.names}
        return tuple(named[company] for company in path if company in named)

    def answers_for(self, path: Sequence[str]) -> tuple[PublishedReply, ...]:
        """What answered it, the oldest first; of makers' answers only those of companies in `path`."""
        fitting = (one for one in self.answers if one.manufacturer is None or one.manufacturer in path)
        return tuple(sorted(fitting, key=lambda one: one.date))
