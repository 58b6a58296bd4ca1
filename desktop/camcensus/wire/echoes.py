"""Blank logins that stand in a reply: in links with a password, headers that were sent back, and fields named after one."""

from __future__ import annotations

import base64
import binascii
import re

_SECRET = rb"pass(?:word|wd|code|phrase)?|pwd|psw|loginpass?|userpw|userpwd|loginpw"
_USER = rb"user(?:_?name|id)?|usr|loginuse|login(?:_?name|_?user)?|account|uid"
_BASIC = re.compile(rb"(?i)\bbasic[\s+]+([A-Za-z0-9+/_=-]{4,1000})")
_DIGEST = re.compile(rb"(?i)\busername\s{0,4}=[^\r\n<>]{0,1500}")
_PROOF = re.compile(rb"(?i)\b(?:username|response|cnonce|nonce)\s{0,4}=\s{0,4}[\"']?([^\s\"',<>;&]{1,400})")
_PATTERNS = (
    re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?(?:" + _SECRET + rb")(?:\s[^<>]{0,300})?>\s{0,40}([^<>\s][^<>]{0,400})</"),
    re.compile(rb"(?i)[\"'](?:" + _SECRET + rb")[\"']\s{0,4}:\s{0,4}\"([^\"]{1,400})\""),
    re.compile(rb"(?i)[?&](?:(?:" + _USER + rb")=([^\s&<>\"';]{1,200})&(?:amp;)?)?(?:" + _SECRET + rb")=([^\s&<>\"';]{1,200})"),
    re.compile(rb"(?i)\b[a-z][a-z0-9+.-]{1,20}://([^\s/:@<>\"']{1,200}:[^\s/@<>\"']{0,200})@"),
    re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?usernametoken\b[\s\S]{0,300}?username[^<>]{0,300}>([^<>]{1,400})<"),
    re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?nonce\b[^<>]{0,300}>([^<>]{1,400})<"),
)


def blank(raw: bytes) -> bytes:
    """The reply with "*" for each byte of a login in it; doing it twice changes nothing more."""
    spans = [found.span(1) for found in _BASIC.finditer(raw) if _is_pair(found[1])]
    for found in _DIGEST.finditer(raw):
        spans += [one.span(1) for one in _PROOF.finditer(raw, *found.span())] if b"response" in found[0].lower() else []
    for pattern in _PATTERNS:
        spans += [found.span(at) for found in pattern.finditer(raw) for at in range(1, pattern.groups + 1) if found[at]]
    hidden = bytearray(raw)
    for start, end in spans:
        hidden[start:end] = b"*" * (end - start)
    return bytes(hidden) if spans else raw


def _is_pair(text: bytes) -> bool:
    """Whether a text is the base64 of "user:password", and no word that happens to be behind "Basic"."""
    bare = text.rstrip(b"=")
    try:
        pair = base64.urlsafe_b64decode(bare.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return False
    return b":" in pair and min(pair) >= 0x20
