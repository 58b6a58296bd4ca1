"""Drafts a title and a summary for a flaw from its record's own words and score, for a person to read against the record.

A draft says nothing that the words and the score do not both bear out, or says in which they differ. It never goes by the
class of a flaw (CWE): an overflow that "may lead to" something is that, and nothing else.
"""

from __future__ import annotations

import re

from installers.knowledge.cve.records import CveRecord
from installers.knowledge.cve.score import Score, read_vector, words_beyond

_BROWSER = (
    (r"cross-site scripting|\bXSS\b", "A script can run in the browser of a person who uses it"),
    (r"cross-site request forgery|\bCSRF\b", "A page or link can act in the name of a person who uses it"),
)
_DOES = (
    (r"cod(?:e execution|e remotely)|(?:execut|run)\w*(?: of)? (?:\w+ )?code|\bRCE\b", "run programs of their own on it"),
    (r"command injection|(?:execut|run)\w* .{0,40}commands?|command execution", "run commands of their own on it"),
    (
        r"(?:gain|obtain|get)\w* .{0,30}admin(?:istrator)?(?:-level)? (?:permission|privileges|rights)",
        "get an administrator's rights on it",
    ),
    (r"bypass\w* .{0,30}auth|auth\w+ (?:to be )?bypass|improper auth|access control", "get round its check of who may do what"),
    (r"escalat\w+|privileges? than", "get more rights on it than they were given"),
    (r"(?:video|live) (?:feed|stream)", "see its pictures"),
    (r"(?:listen|hear|access|stream)\w* .{0,20}(?:audio|microphone)|audio stream", "listen to its sound"),
    (r"delet\w+ .{0,20}files?|files? deletion", "delete files on it"),
    (r"(?:credential|password)s?\b.{0,60}(?:disclos|leak|expos)", "read user names or passwords from it"),
    (r"(?:disclos|leak|expos|recover)\w* .{0,40}(?:credential|password)", "read user names or passwords from it"),
    (r"(?:download|read)\w* .{0,30}files?", "read files on it"),
    (r"sensitive (?:information|data)|information disclosure", "read information that it should keep to itself"),
    (r"(?:chang|modif)\w+ .{0,40}(?:settings|configuration|time|password)", "change its settings"),
    (r"denial.of.service|\bDoS\b|crash|reboot|malfunction|exhaustion", "put it, or a part of it, out of action"),
    (r"overflow|out-of-bounds|memory corruption", "set off a fault in its memory"),
)
_IS = ((r"hard-?coded|built-?in password|default (?:password|credential)", "It has a built-in or default password or key"),)
"""What a record's words say, the first that they say, and how we say it."""

_DENIED = re.compile(
    r"(?i)\b(?:but )?(?:not|no|cannot|never) (?:\w+ ){0,3}(?:code execution|be extracted|affected|further)\b.*"
)
_WITH_ANOTHER = re.compile(r"(?i)\b(?:combined|chained|together) with\b")
"""What a record says that a flaw does not do, and what it does only with the help of another."""

TEXT_LIMIT_CHARACTERS = 4000
_NO_LOGIN = re.compile(r"(?i)unauthenticated|without (?:authenticat|logging)|authentication is not required|no authentication")
_LOGIN = re.compile(
    r"(?i)(?<!un)authenticated|after (?:authenticat|log)|valid credentials|login privileges|authorized user|"
    r"(?:lower|less|low|un)-?privileged"
)
_BETWEEN = re.compile(r"(?i)man[- ]in[- ]the[- ]middle|\bMITM\b|on-path|sniff|eavesdrop")
_NEAR = re.compile(r"(?i)network-adjacent|(?:same|local)[\w ]{0,12} network|\bLAN\b")
_PERHAPS = re.compile(r"(?i)\b(?:may|might|could|possibl[ye]|potential(?:ly)?)\b")


def draft_words(record: CveRecord) -> tuple[str, str]:
    """A title and a summary; the summary names each demand that the title leaves out, and where text and score differ."""
    text = f"{record.title}. {record.description}"[:TEXT_LIMIT_CHARACTERS]
    said = ". ".join(_DENIED.sub("", part) for part in text.split(". ") if not _WITH_ANOTHER.search(part))
    score = read_vector(record.vector or "")
    found = [next((say for sign, say in pairs if re.search(rf"(?i){sign}", said)), "") for pairs in (_BROWSER, _DOES, _IS)]
    who, notes = _who(said, score)
    if found[0] or (found[2] and not found[1]):
        title = found[0] or found[2]
    elif found[1]:
        who = "Somebody who knows its built-in or default password or key" if found[2] else who
        can = "may be able to" if _PERHAPS.search(record.description) else "can"
        title = f"{who} {can} {found[1]}{' without a password' if who.startswith('Anybody') else ''}"
    else:
        title = f"{who} can misuse a flaw in it"
        notes.append("The report does not say what could be done with it.")
    if score is not None and list(words_beyond(title, " ".join(notes), score)):
        title = title.replace("Anybody who reaches it on the network", "Somebody").replace(" without a password", "")
        notes.append("The report's text says so; its score says otherwise.")
    return title, " ".join(notes) or "The report says no more."


def _who(said: str, score: Score | None) -> tuple[str, list[str]]:
    """Who can use the flaw, as a subject, and what the summary has to add to it."""
    none, some, near = (bool(sign.search(said)) for sign in (_NO_LOGIN, _LOGIN, _NEAR))
    where = "on the same network" if near or (score and score.reach == "same network") else "who reaches it on the network"
    notes = _demands(none, some, score)
    if _BETWEEN.search(said):
        return "Somebody who can listen in between, or change what passes,", notes
    if score is None:
        if none:
            return f"Anybody {where}", notes
        return ("Somebody with a login" if some else "Somebody on the same network" if near else "Somebody"), notes
    if score.reach == "hands":
        return "Somebody who has it in their hands", notes
    if score.reach == "device itself" or (none and score.login != "none"):
        return "Somebody", notes
    if score.login != "none" or (some and not none):
        login = "an administrator's login" if score.login == "administrator" else "a login"
        return f"Somebody {'on the same network ' if where == 'on the same network' else ''}with {login}", notes
    if score.led:
        return "Somebody on the same network" if where == "on the same network" else "Somebody", notes
    return f"Anybody {where}", notes


def _demands(none: bool, some: bool, score: Score | None) -> list[str]:
    """What the flaw takes, as far as the title leaves it out: `none` and `some` say what the text says of a login."""
    if score is None:
        return [] if none or some else ["The report does not say whether it takes a login."]
    notes = []
    if none and score.login != "none":
        notes.append(f"The report's text says that it takes no login; its score says that it takes {_a_login(score)}.")
    elif some and not none and score.login == "none":
        notes.append("The report's text says that it takes a login; its score says that it takes none.")
    elif score.login != "none":
        notes.append(f"The report's score says that it takes {_a_login(score)}.")
    if score.led:
        notes.append("The report's score says that somebody has to be led to do something first.")
    if score.hard:
        notes.append("The report's score calls it hard to use.")
    if score.reach == "device itself":
        notes.append("The report's score says that it takes access to the device itself.")
    return notes


def _a_login(score: Score) -> str:
    return "an administrator's login" if score.login == "administrator" else "a login"
