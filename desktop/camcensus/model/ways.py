"""The ways of asking in plain words, for the pages and reports that say how we looked."""

from __future__ import annotations

from camcensus.model.words import clean

WAY_WORDS = {
    "wsdiscovery": "The ONVIF search",
    "wsdiscovery-ipv6": "The ONVIF search by IPv6",
    "sadp": "Hikvision’s own search",
    "dhip": "Dahua’s own search",
    "dahua-v1": "Dahua’s older search",
    "hanwha": "Hanwha’s own search",
    "bosch": "Bosch’s own search",
    "vivotek": "Vivotek’s own search",
    "panasonic": "Panasonic’s own search",
    "sony": "Sony’s own search",
    "xiongmai": "Xiongmai’s own search",
    "tvt": "TVT’s own search",
    "tp-link": "TP-Link’s own search",
    "ubiquiti": "Ubiquiti’s own search",
    "foscam": "Foscam’s own search",
    "vstarcam": "VStarcam’s own search",
    "360-vision": "360 Vision’s own search",
    "gige-vision": "The GigE Vision search",
    "hid": "HID’s search for door controllers",
    "ssdp": "The UPnP search",
    "mdns": "The Bonjour search",
    "dhcp": "Hearing who asks for an address (DHCP)",
    "upnp": "Reading UPnP descriptions",
    "onvif": "Asking for ONVIF before login",
    "http": "Asking for web pages",
    "rtsp": "Asking for video descriptions",
    "tls": "Asking for certificates",
    "neighbour": "Reading MAC addresses",
    "login": "Reading with a login",
}


def way_words(probe: str) -> str:
    """What a probe is called on a page; a newer one keeps its own name."""
    return WAY_WORDS.get(probe) or f"Asking by {clean(probe, 40)}"
