"""Sentences that say that there are none, or that all are, of what a question asks for: "none of ours are Hikvision".

The makers asked for are marks here (`answer_makers`). A sentence is one of these forms from its first letter to its last, or it
says nothing: "no Hikvision cameras in car parks" may leave others.
"""

from __future__ import annotations

import re

from camcensus.registers.answer_makers import ASKED, MORE, OTHERS

KIND = r"(?:(?:cctv|security|surveillance|ip|video|such)\s+)*"
THINGS = rf"{KIND}(?:cameras?|cams?|devices?|units?)\b"
_BODY = "trust|council|school|college|university|force|authority|hospital|academy|board"
WHO = rf"(?:we|it|they|(?:the|our|this)\s+(?:\w+\s+)?(?:{_BODY}))"
HAVE = r"(?:have|has|operates?|owns?|uses?|runs?|holds?)\b"
PLACES = "(?:estate|sites?|schools?|campus(?:es)?|buildings?|trust|borough|premises|hospitals?|locations?|district|property)"

_WHOLE = "(?:estate|trust|school|college|university|organisation)(?![a-z])"

_NOW = r"(?:currently|presently|at present|at the moment|at this time)"
_NONE = frozenset(("none", "nil", "nil return", "zero", "none held", "none at all", "none in use"))
_CCTV = r"cctv(?: systems?)?"
_DO_NOT = rf"(?:{WHO} )?(?:do(?:es)? not|don.t|doesn.t),? (?:{_NOW},? )?{HAVE}(?: (?:or|and) {HAVE})?,?(?: {_NOW},?)?"
_THERE = rf"(?:(?:there (?:are|is)|{WHO} (?:{_NOW} )?{HAVE})(?:,? {_NOW},?)? )?"
_WHERE = (
    rf"(?: (?:(?:on|at) (?:any (?:of )?|all (?:of )?)?(?:our |the |this )?{PLACES}|onsite"
    rf"|(?:in|across|within) (?:(?:any|all)(?: of)? (?:our |the )?(?:sites|buildings|premises|locations)"
    rf"|(?:our |the |this ){_WHOLE})"
    rf"|(?:are |is )?(?:held|in use|installed|used|operated|deployed)|at all|anywhere|in total|{_NOW}))*"
)
"""Where there are none, of all that a body has: a council has more than its schools, and others may own what it uses."""
_HAS_NONE = re.compile(
    rf"(?:(?:n/a|not applicable)\W+)?{_THERE}(?:none|(?:no|zero|nil) (?:{THINGS}|{_CCTV})){_WHERE}"
    rf"|{_DO_NOT} any(?: {THINGS}| {_CCTV})?{_WHERE}"
    rf"|(?!.*\bowns?\b){_DO_NOT} (?:{THINGS}|{_CCTV}){_WHERE}"
)

_OF_ASKED = f"[{ASKED}{MORE}]"
_ANYTHING = rf"{KIND}(?:cameras?|cams?|devices?|units?|equipment|kit|products?|hardware|technology|items?|{_CCTV})"
_ALL_THINGS = rf"{_ANYTHING}(?:(?:,| or| and|, or) (?:other )?(?:{_ANYTHING}|recorders?|nvrs?|dvrs?))*"
_MADE = r"(?:(?:that|which) )?(?:are |is |were )?(?:(?:made|manufactured|produced|built) )?(?:by |from )?"
_THEM = rf"(?:them|these|those|ours|(?:our|the|its|their|these|those) {_ANYTHING})"
_NO_ASKED = rf"{_OF_ASKED}(?: {_ALL_THINGS}| (?:branded|technology) {_ALL_THINGS})?"
_NONE_OF_ASKED = re.compile(
    rf"{_THERE}(?:no|zero|nil|none|not any|0) (?:{_NO_ASKED}|{_ALL_THINGS} {_MADE}{_OF_ASKED}){_WHERE}"
    rf"|none (?:of {_THEM} )?{_MADE}{_NO_ASKED}{_WHERE}"
    rf"|{_DO_NOT} (?:any |an? )?(?:{_NO_ASKED}|{_ALL_THINGS} {_MADE}{_OF_ASKED}|(?:that are |made by ){_OF_ASKED}){_WHERE}"
    rf"|(?:(?:they|these|ours|(?:our|the) {_ANYTHING}) (?:are|is) )?not {_MADE}{_NO_ASKED}"
    rf"|{_NO_ASKED}(?: ?[:=]| [-–—])? (?:none|nil|zero)"
)
_NONE_OF_THEM = re.compile(rf"(?:none|not any) of {_THEM}(?: (?:are|is))?|neither(?: of {_THEM}|,? {_NO_ASKED})?")
_ONLY_OTHERS = (
    rf"(?:{WHO} (?:only |exclusively )?{HAVE} (?:only )?|(?:(?:they|these|ours|all|all of {_THEM}|(?:our|the|all|all our)"
    rf" {_ANYTHING}) (?:are|is) )?(?:all |only )?(?:made )?(?:by |from )?){OTHERS}(?: {_ALL_THINGS})?(?: only| throughout)?"
)
_THEN_ONLY_OTHERS = re.compile(rf"(.+?) ?[.,;:(–—-]+ ?{_ONLY_OTHERS}\)?")
_CAMERAS = rf"{KIND}(?:cameras?|cams?)"
_ALL_ASKED = re.compile(
    rf"(?:all|100%)(?: of)?(?: (?:them|these|those|ours|(?:(?:our|the|its|their) )?{_CAMERAS}))?(?: are)?(?: all)?"
    rf"(?: made)?(?: by| from)? {ASKED}(?: {_CAMERAS})?"
    rf"|(?:(?:they|ours|(?:our|the) {_CAMERAS}) are )?(?:all|only|exclusively) {ASKED}(?: {_CAMERAS})?"
    rf"|{ASKED}(?: {_CAMERAS})? only"
    rf"|(?:there are|{WHO} (?:{_NOW} )?(?:only |exclusively )?{HAVE})(?: only| some)? {ASKED} {_CAMERAS}{_WHERE}"
)


def says_none(text: str, *, of_some: bool) -> bool:
    """Whether a text says that there are none. `of_some`: its question asks for some cameras of all, which "them" are."""
    return (
        text in _NONE
        or _HAS_NONE.fullmatch(text) is not None
        or _NONE_OF_ASKED.fullmatch(text) is not None
        or (of_some and _NONE_OF_THEM.fullmatch(text) is not None)
    )


def before_others(text: str) -> str | None:
    """What stands before the words that all cameras are of others than those asked for: "none" of "none, all are Axis"."""
    found = _THEN_ONLY_OTHERS.fullmatch(text)
    return None if found is None else found[1]


def says_all(text: str) -> bool:
    """Whether a text says that all cameras, or some, are of those asked for, and not how many."""
    return _ALL_ASKED.fullmatch(text) is not None
