"""Why a row or a batch is in the plan, in one sentence: the findings, and what the person who decided wrote."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from camcensus.model.organisations import ORGANISATIONS
from camcensus.model.plan import Option
from camcensus.model.words import clean, long_date
from camcensus.planning.drafts import RowDraft

WHYS_NAMED = 2
DAYS_NAMED = 2
_WHY_CHARACTERS = 120
_PEOPLE = {who for kind in ORGANISATIONS.values() for who in (kind.deciders, kind.head, *kind.plan_signers)}
_WHO = rf"(?i:{'|'.join(re.escape(who.replace('’', "'")) for who in sorted(_PEOPLE, key=len, reverse=True))})\b"
_ROLE = (
    r"(?i:(?:(?:full|school|business|senior|deputy|assistant|executive|site|premises|facilities|estates|finance|resources|office|"
    r"operations|leadership|management|practice|it) ){0,4}"
    r"(?:governors?|governing (?:body|board)|trustees?|board|council|committee|head ?teacher|head|principal|bursar|manager|"
    r"team))\b"
)
_NAME = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_INITIALS = r"(?:[A-Z]\. ?|[A-Z] )"
_TITLED = rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Rev|Prof|Cllr|Councillor)\b\.? {_INITIALS}{{0,3}}{_NAME}"
_PERSON = rf"(?:[A-Z]{{2,}}\b|{_INITIALS}{{0,3}}{_NAME}(?: {_INITIALS}{{0,3}}(?!and\b|[A-Z]{{2}}){_NAME})?)"
_NO_REASON = re.compile(
    r"\b(?i:no (?:decision|reason|idea)(?: yet| made)?|not (?:yet )?(?:decided|agreed|known|sure)(?: yet)?|undecided|unknown|"
    r"(?:don't|dont|do not) know|to be (?:confirmed|decided|agreed|advised))\b|^(?i:ok|okay|yes|(?:no|none)(?: yet)?(?=\W*$))\b"
    rf"|\b(?i:(?:agreed?|approved?|signed(?: off)?|authorised) (?:by|with)(?: the)?) (?:{_WHO}|{_ROLE}|(?i:{_TITLED})"
    rf"|{_PERSON}(?: (?:and |& ){_PERSON})*)"
    rf"|\b[Bb]y (?=[A-Z]){_PERSON}(?: (?:and |& ){_PERSON})*"
    rf"|\b(?i:agreed?|approved?|decided?|signed(?: off)?|authorised)\b|{_TITLED}|\b[A-Z]\. ?{_INITIALS}{{0,3}}{_NAME}"
    rf"|\b{_WHO}|\b{_ROLE}"
)
"""That it was decided or was not, by whom with what name, and who decides and signs in each kind of organisation.

A title or an initial takes one name; "agreed by" takes two words, whatever they are: what it is not all of is a reason.
"""
_MONTHS = {long_date(f"2000-{month:02d}").split()[0].casefold() for month in range(1, 13)}
_NOTE_WORDS = _MONTHS.union(
    {month[:3] for month in _MONTHS},
    re.findall(
        r"\w+",
        "by the of and at on in with it was approval decision see minutes minute meeting item unsure tbc tba tbd fgb sbm "
        "governor governors governing body trustee trustees board slt smt head heads headteacher council councillors "
        "committee cabinet chair owner director directors partners manager ceo cfo dpo st nd rd th "
        "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday saturday sunday sept",
    ),
)
"""Words that are no reason alone: who, a day, and that there is none."""


@functools.lru_cache(maxsize=4_096)
def says_why(words: str) -> bool:
    """Whether staff wrote more than that it was decided, by whom and when: "governors, 12 October" is no reason."""
    rest = _NO_REASON.sub(" ", " ".join(words.replace("’", "'").split()))
    return any(
        (len(word) > 1 or not word.isascii()) and word not in _NOTE_WORDS for word in re.findall(r"[^\W\d_]+", rest.casefold())
    )


def row_reason(draft: RowDraft, option: Option | None, year: str | None) -> str:
    """Of one row."""
    return batch_reason((draft,), option, year)


def batch_reason(drafts: Sequence[RowDraft], option: Option | None, year: str | None) -> str:
    """Of rows that are treated alike; where something holds for some of them, how many is said."""
    facts: list[str] = []
    number = len(drafts)
    counted = (
        ("a flaw that attackers use: update or isolate now", sum("exploited-flaw" in draft.light.care for draft in drafts)),
        ("never set up: set a password or unplug now", sum("never-set-up" in draft.light.care for draft in drafts)),
        ("known flaw", sum("known-flaw" in draft.light.care for draft in drafts)),
        *_days((draft.light.ended for draft in drafts if draft.unsupported), "support ended"),
        ("maker listed", sum(draft.listed for draft in drafts)),
        ("maker based in China (our reading)", sum(draft.based for draft in drafts)),
        ("sensitive place", sum(draft.asset.sensitive for draft in drafts)),
        ("on a core network", sum(draft.core for draft in drafts)),
        ("reachable from the internet", sum(draft.reachable for draft in drafts)),
        ("not working", sum(draft.asset.working == "no" for draft in drafts)),
        ("marked as not seen", sum(draft.asset.status == "not-seen" for draft in drafts)),
        *_days((words for draft in drafts for words in draft.recorded), "other dates as recorded"),
    )
    for words, of in counted:
        if of:
            facts.append(words if of == number else f"{words} ({of:,} of {number:,})")
    whys = dict.fromkeys(
        _in_words(clean(decision.why.strip().rstrip("."), _WHY_CHARACTERS))
        for draft in drafts
        if (decision := draft.asset.decision) and decision.why.strip()
    )
    whys |= {f"noted “{clean(action, _WHY_CHARACTERS)}”": None for draft in drafts if (action := draft.asset.action)}
    facts += list(whys)[:WHYS_NAMED]
    if len(whys) > WHYS_NAMED:
        facts.append("and other reasons")
    sentence = "; ".join(facts) or _otherwise(option, year)
    return sentence[0].upper() + sentence[1:] + ("" if sentence.endswith("…") else ".")


def _days(said: Iterable[str], others: str) -> Iterator[tuple[str, int]]:
    """Ends of support or warranty with their day and who says so, each with how many; the many that are left together."""
    found = Counter(said).most_common()
    yield from found[:DAYS_NAMED]
    yield others, sum(number for _, number in found[DAYS_NAMED:])


def _in_words(why: str) -> str:
    """A note that is no reason is said to be what staff wrote."""
    return why if says_why(why) else f"staff wrote “{why}”"


def _otherwise(option: Option | None, year: str | None) -> str:
    if option is None:
        return "no decision yet"
    if option == "keep":
        return "kept by decision"
    return f"decided for {year}" if year else "decided, no year yet"
