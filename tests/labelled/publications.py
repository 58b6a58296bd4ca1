"""Published texts as keys, so that a case, a capture and a fingerprint can be seen to be from the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable

BY_WORD = {
    "onvif-nvt": "github.com/hawkeye64/onvif-nvt",
    "onvif-go": "github.com/ethanflower1/onvif-go",
    "universal-scanner": "github.com/julienblitte/universalscanner",
    "universalscanner": "github.com/julienblitte/universalscanner",
    "recog": "github.com/rapid7/recog",
    "nmap": "github.com/nmap/nmap",
    "hikvision_next": "github.com/maciej-or/hikvision_next",
    "rroller/dahua#9": "github.com/rroller/dahua/issues/9",
    "rroller/dahua": "github.com/rroller/dahua",
    "dahua-console": "github.com/mcw0/dahuaconsole",
    "dahuaconsole": "github.com/mcw0/dahuaconsole",
    "python-ws-discovery#56": "github.com/andreikop/python-ws-discovery/issues/56",
    "python-kasa": "github.com/python-kasa/python-kasa",
    "python-dvr": "github.com/openipc/python-dvr",
    "nx_open": "github.com/networkoptix/nx_open",
    "home-assistant": "github.com/home-assistant/core",
    "ieee registry": "ieee-registry",
}
"""What a basis or a capture's source calls a publication, in small letters, and its key."""

COLLECTIONS = frozenset(
    {
        "github.com/nmap/nmap", "github.com/rapid7/recog", "github.com/rapid7/recog/xml/html_title.xml",
        "github.com/rapid7/recog/xml/http_servers.xml", "github.com/rapid7/recog/xml/http_wwwauth.xml",
        "github.com/urbanadventurer/whatweb", "ieee-registry", "github.com/zhzyker/dismap/configs/rule.go",
        "github.com/lcvvvv/kscan/static/fingerprint.txt",
        "github.com/infosecmatter/default-http-login-hunter/http-default-accounts-fingerprints-nndefaccts.lua",
    }
)  # fmt: skip
"""Publications of many rows that have nothing to do with each other: there the row is the source, not the whole."""

_URL = re.compile(r"https?://[^\s;,)]+")


def key_of(url: str) -> str:
    """A published text as a key: host and path in small letters, without scheme, commit and the words GitHub puts between."""
    path = re.sub(r"^https?://(www\.)?", "", url.strip()).casefold().rstrip("/")
    return re.sub(r"^(github\.com/[^/]+/[^/]+)/(?:tree|blob|raw)/[^/]+", r"\1", path)


def named_in(text: str) -> frozenset[str]:
    """The publications that a basis or a list of addresses names."""
    urls = _URL.findall(text)
    if urls:
        return frozenset(map(key_of, urls))
    said = text.casefold()
    return frozenset(key for word, key in BY_WORD.items() if word in said)


def share(first: Iterable[str], second: Iterable[str]) -> bool:
    """True where one of the texts is one of the others or a part of it; a collection is shared by nobody."""
    return any(
        one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")
        for one in first
        for other in second
        if one not in COLLECTIONS and other not in COLLECTIONS
    )
