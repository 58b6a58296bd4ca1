"""Text of a web page without what one device says otherwise each time: clocks, counters, numbers of sessions."""

from __future__ import annotations

import re

_NAMES = (
    r"[\w-]{0,24}(?:nonce|opaque|csrf|token|sess?|session|sid|salt|challenge|random|rand|seed|time|date|stamp|uptime|counter|count)"
    r"(?:[_-]?(?:id|key|value|str|string))?"
)
_QUOTED = r"""\\?["'][^"'\r\n]{0,512}["']"""
_NAMED = re.compile(
    rf"""(?ix)
    (?<![a-z0-9_-]) {_NAMES} ["']? \s{{0,4}} [=:] \s{{0,4}} (?: {_QUOTED} | [^\s"'<>&;,]{{1,512}})
    | (?<= value=) {_QUOTED} (?= [^<>]{{0,200}} \b name=["']? {_NAMES} \b)
    | \b name=["']? {_NAMES} \b ["']? [^<>]{{0,200}}? \b (?:value|content)= {_QUOTED}
    """
)
"""A value whose name says that it is made up, or told by a clock or a counter, in a script, an address or a form."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WHEN = re.compile(
    rf"""(?ix)
    \b (?: mon | tues? | wed(?:nes)? | thu(?:rs?)? | fri | sat(?:ur)? | sun ) (?:day)? \b ,?
    | \b \d{{1,2}} [\s-] {_MONTH} [\s-] \d{{2,4}} \b
    | \b {_MONTH} \s{{1,2}} \d{{1,2}} (?: ,? \s \d{{4}} )? \b
    | \b \d{{4}} [-/.] \d{{1,2}} [-/.] \d{{1,2}} (?: T (?=\d) )? | \b \d{{1,2}} [-/.] \d{{1,2}} [-/.] \d{{4}} \b
    | (?<![\w:]) \d{{1,2}} : \d{{2}} (?: :\d{{2}} (?:\.\d{{1,9}})? )? (?! :? [\da-f] ) (?: \s? [ap]m\b | Z\b | [+-]\d\d:?\d\d )?
    | (?<! [\w.-] ) \d{{1,9}} (?:\.\d{{1,9}})? \s?
      (?: ms(?:ec)? | s(?:ecs?|econds?)? | min(?:ute)?s? | h(?:ours?)? | days? | weeks? ) \b
    | \b 0?\.\d{{6,20}} \b
    | \b 1[5-9]\d{{8}} (?:\d{{3}})? \b
    """
)
"""Days, times of day, how long it is on, what a random number looks like, seconds or milliseconds since 1970."""


def steady(text: str) -> str:
    """The text with "~" for each of them."""
    return _WHEN.sub("~", _NAMED.sub("~", text))
