"""Field names: the one vocabulary of codecs, fingerprints and identity; and the collector that codecs fill."""

from __future__ import annotations

from camcensus.model.words import storable

type Fields = dict[str, tuple[str, ...]]
"""What a codec gives: values by field name."""

_NAMES = """
    mac serial firmware firmware_date model manufacturer hostname name uuid ipv4 http_port kind activated cloud
    channels.analogue channels.digital
    xml.namespace xml.prefix
    onvif.scope onvif.type onvif.xaddr onvif.manufacturer onvif.model onvif.hardware_id onvif.analytics_module
    onvif.analytics_type onvif.topic onvif.service onvif.video_sources onvif.channel onvif.fault wsd.action
    sadp.answer sadp.oem_code sadp.oem_info sadp.device_type sadp.ezviz sadp.disks
    dhip.answer dhip.vendor dhip.manufacturer dhip.device_class dhip.device_type dahua-v1.answer
    hanwha.answer bosch.answer bosch.device_type vivotek.answer panasonic.answer sony.answer
    tvt.answer tvt.device_type tvt.vendor ubiquiti.answer ubiquiti.platform
    xiongmai.answer xiongmai.device_type xiongmai.channels tp-link.answer tp-link.device_type tp-link.hardware
    isapi.device_type isapi.oem_code isapi.contact isapi.channel isapi.input isapi.supports
    dahua-cgi.answer dahua-cgi.vendor dahua-cgi.device_type dahua-cgi.device_class dahua-cgi.processor dahua-cgi.channel
    dahua-cgi.rule
    axis-cgi.answer axis-cgi.brand axis-cgi.soc axis-cgi.type axis-cgi.hardware_id axis-cgi.application
    tls.subject tls.issuer
    ssdp.server ssdp.st ssdp.usn ssdp.location
    upnp.manufacturer upnp.model upnp.model_number upnp.model_description upnp.device_type upnp.friendly_name
    mdns.service mdns.instance mdns.txt mdns.host
    dhcp.vendor_class
    http.status http.server http.auth http.realm http.title http.location http.path http.plugin http.link
    http.element http.code http.product http.meta http.text http.copyright http.program http.stream
    rtsp.status rtsp.server rtsp.realm rtsp.public sdp.session sdp.info sdp.tool sdp.attribute
    list.kind list.name list.model list.manufacturer list.serial list.firmware list.at list.basis list.device list.file list.row
    person.basis person.brand person.model person.serial person.manufacturer person.who person.when
"""

FIELDS: frozenset[str] = frozenset(_NAMES.split())
"""Every name that a codec may give. A fingerprint's `kind` is one of these, or one of REGISTERED."""

REGISTERED: frozenset[str] = frozenset({"registrant"})
"""What no device says: who registered its MAC address. Fingerprints look at it as at a field."""

VALUE_LIMIT_CHARACTERS = 4096
"""Longest value kept. Longer ones are cut here: no name, scope or realm of a real device comes near."""

VALUES_LIMIT = 512
"""Most values of one field. An Axis GetServices has 30 services; a reply with thousands is an attack on the matcher."""


class Collector:
    """Gathers values by field name, in the order given, each once. `fields()` is what a codec returns."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, None]] = {}

    def add(self, name: str, *values: str | None, keep_empty: bool = False) -> None:
        """Adds values without surrounding blanks. None, and empty ones unless `keep_empty`, are left out.

        Lone surrogates, which JSON can carry and UTF-8 cannot, become U+FFFD. Raises KeyError for a name not in FIELDS.
        """
        if name not in FIELDS:
            raise KeyError(name)
        for value in values:
            if value is None:
                continue
            kept = storable(value[:VALUE_LIMIT_CHARACTERS]).strip(" \t\r\n\x00")
            if not kept and not keep_empty:
                continue
            held = self._values.setdefault(name, {})
            if len(held) < VALUES_LIMIT:
                held.setdefault(kept)

    def has(self, name: str) -> bool:
        """True where the field has a value."""
        return name in self._values

    def fields(self) -> Fields:
        """What was gathered."""
        return {name: tuple(values) for name, values in self._values.items()}
