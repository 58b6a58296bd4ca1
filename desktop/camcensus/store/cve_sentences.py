"""Drafts a title and a summary for a flaw from its record's own words and score, for a person to read against the record.

A draft says nothing that the words and the score do not both bear out, or says in which they differ. It never goes by the
class of a flaw (CWE): an overflow that "may lead to" something is that, and nothing else.
"""

from __future__ import annotations

import re

from camcensus.store.cve_records import CveRecord
from camcensus.store.cve_score import Score, read_vector, words_beyond

_IS = (
    (r"hard-?coded|built-?in password|default (?:password|credential|admin)", "It has a built-in or default password or key"),
    (r"cross-site scripting|\bXSS\b", "A script can run in the browser of a person who uses it"),
    (r"cross-site request forgery|\bCSRF\b", "A page or link can act in the name of a person who uses it"),
)
_DOES = (
    (r"cod(?:e execution|e remotely)|(?:execut|run)\w*(?: of)? (?:\w+ )?code|\bRCE\b", "run programs of their own on it"),
    (r"command injection|(?:execut|run)\w* .{0,40}commands?|command execution", "run commands of their own on it"),
    (r"admin(?:istrator)?(?:-level)? (?:permission|privileges|rights)", "get an administrator's rights on it"),
    (r"bypass\w* .{0,30}auth|authentication bypass|improper auth|access control", "get round its check of who may do what"),
    (r"escalat\w+|privileges? than", "get more rights on it than they were given"),
    (r"(?:video|live) (?:feed|stream)", "see its pictures"),
    (r"audio|microphone", "listen to its sound"),
    (r"delet\w+ .{0,20}files?|files? deletion", "delete files on it"),
    (r"(?:credential|password)s?\b.{0,60}(?:disclos|leak|expos)", "read user names or passwords from it"),
    (r"(?:disclos|leak|expos|recover)\w* .{0,40}(?:credential|password)", "read user names or passwords from it"),
    (r"(?:download|read)\w* .{0,30}files?", "read files on it"),
    (r"sensitive (?:information|data)|information disclosure", "read information that it should keep to itself"),
    (r"(?:chang|modif)\w+ .{0,40}(?:settings|configuration|time|password)", "change its settings"),
    (r"denial.of.service|\bDoS\b|crash|reboot|unavailab|exhaustion", "put it, or a part of it, out of action"),
    (r"overflow|out-of-bounds|memory corruption", "set off a fault in its memory"),
)
"""What a record's words say, the first that they say, and how we say it."""

_NO_LOGIN = re.compile(r"(?i)unauthenticated|without (?:authenticat|logging)|authentication is not required|no authentication")
_LOGIN = re.compile(r"(?i)(?<!un)authenticated|after (?:authenticat|log)|valid credentials|login privileges|authorized user")
_NEAR = re.compile(r"(?i)network-adjacent|(?:same|local)[\w ]{0,12} network|\bLAN\b")
_PERHAPS = re.compile(r"(?i)\b(?:may|might|could|possibl[ye]|potential(?:ly)?)\b")


def draft_words(record: CveRecord) -> tuple[str, str]:
    """A title and a summary; the summary names each demand that the title leaves out, and where text and score differ."""
    said = f"{record.title}. {record.description}"
    score = read_vector(record.vector or "")
    whole, effect = (next((say for sign, say in pairs if re.search(rf"(?i){sign}", said)), "") for pairs in (_IS, _DOES))
    who, notes = _who(said, score)
    if whole:
        title = whole
    elif effect:
        can = "may be able to" if _PERHAPS.search(record.description) else "can"
        title = f"{who} {can} {effect}{' without a password' if who.startswith('Anybody') else ''}"
    else:
        title = f"{who} can misuse a flaw in it"
        notes.append("The report does not say what could be done with it.")
    if score is not None and list(words_beyond(title, " ".join(notes), score)):
        title = title.replace("Anybody who reaches it on the network", "Somebody").replace(" without a password", "")
        notes.append("The report's text says so; its score says otherwise.")
    return title, " ".join(notes) or "The report says no more."


def _who(said: str, score: Score | None) -> tuple[str, list[str]]:
    """Who can use the flaw, as a subject, and what the summary has to add to it."""
    none, some = bool(_NO_LOGIN.search(said)), bool(_LOGIN.search(said))
    near = bool(_NEAR.search(said))
    if score is None:
        notes = [] if none or some else ["The report does not say whether it takes a login."]
        return ("Somebody with a login" if some and not none else "Somebody on the same network" if near else "Somebody"), notes
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
    if score.reach == "hands":
        return "Somebody who has it in their hands", notes
    if score.reach == "device itself":
        return "Somebody", [*notes, "The report's score says that it takes access to the device itself."]
    same = near or score.reach == "same network"
    if score.login != "none" or (some and not none):
        login = "an administrator's login" if score.login == "administrator" else "a login"
        return f"Somebody {'on the same network ' if same else ''}with {login}", notes
    if score.led:
        return "Somebody on the same network" if same else "Somebody", notes
    return "Anybody on the same network" if same else "Anybody who reaches it on the network", notes


def _a_login(score: Score) -> str:
    return "an administrator's login" if score.login == "administrator" else "a login"
