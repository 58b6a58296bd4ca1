"""The only door to onvif-zeep: its services, one by one, over a transport of ours.

onvif-zeep's own ONVIFCamera subscribes to events on every device it opens, follows any address a device names, and has no
time limit; so only its ONVIFService is used, one per service, over the bounded exchange of this program, pinned to the host
and port that were probed. Its XML reader is given only what `exchange` let through.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import re
import sys
import threading
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.login import Login
from camcensus.model.errors import DiscoveryError
from camcensus.wire.fields import Collector, Fields, read_ipv4, read_mac
from camcensus.wire.onvif import INFORMATION, collect_information, collect_sources
from camcensus.wire.scopes import collect_scopes

_lock = threading.Lock()


class Carrier(Protocol):
    """Carries questions to one device."""

    def post(self, address: str, operation: str, body: bytes) -> ExchangeOutcome:
        """One question, whatever address zeep was given. Raises PermissionError for what is not to be asked."""


def open_service(carrier: Carrier, name: str, address: str, token: Login | None, difference: timedelta) -> Any:
    """onvif-zeep's service of a name ("devicemgmt"), carried by `carrier`, signed with `token` where there is one.

    `difference` is what the device's clock is ahead of ours.
    """
    onvif, zeep, document, transport = _library(name)
    made = transport(carrier)
    signature = None
    if token is not None:
        signature = onvif.client.UsernameDigestTokenDtDiff(token.user, token.password, dt_diff=difference, use_digest=True)
    definition = definition_of(onvif, name)
    client = zeep.Client(document, wsse=signature, transport=made, settings=_settings(zeep))
    binding = f"{{{definition['ns']}}}{definition['binding']}"
    wsdl = str(wsdl_folder() / definition["wsdl"])
    return onvif.ONVIFService(address, "", "", wsdl, zeep_client=client, binding_name=binding)


def values_of(operation: str, answer: Any) -> Fields | None:
    """The values in what zeep parsed of an answer; None for an operation that it hands on as XML."""
    into = Collector()
    match operation:
        case "GetDeviceInformation":
            collect_information(into, *(getattr(answer, name) for name in INFORMATION))
        case "GetScopes":
            collect_scopes(into, (one.ScopeItem for one in answer))
        case "GetNetworkInterfaces":
            for one in answer:
                into.add("mac", read_mac(one.Info.HwAddress) if one.Info else None)
                config = one.IPv4.Config if one.IPv4 else None
                if config is not None:
                    places = [config.FromDHCP] if config.DHCP and config.FromDHCP else [*config.Manual, config.LinkLocal]
                    into.add("ipv4", *(read_ipv4(place.Address) for place in places if place))
        case "GetVideoSources":
            collect_sources(into, [""] * len(answer))
        case "GetProfiles":
            sources = [one.VideoSourceConfiguration for one in answer if one.VideoSourceConfiguration]
            names = {one.SourceToken: one.Name for one in reversed(sources)}  # The first name of each.
            collect_sources(into, [names[token] or "" for token in dict.fromkeys(one.SourceToken for one in sources)])
        case "GetAnalyticsModules" | "GetRules":
            into.add("onvif.analytics_module", *(one.Name for one in answer))
            into.add("onvif.analytics_type", *(one.Type for one in answer))
        case "GetSupportedAnalyticsModules":
            into.add("onvif.analytics_type", *(one.Name for one in answer.AnalyticsModuleDescription))
        case "GetSupportedRules":
            into.add("onvif.analytics_type", *(one.Name for one in answer.RuleDescription))
        case _:
            return None
    return into.fields()


def _settings(zeep: Any) -> Any:
    # force_https: zeep spoils Windows paths with it where a drive is mapped.
    return zeep.Settings(strict=False, force_https=False, forbid_dtd=True, forbid_entities=True, forbid_external=True)


@cache
def _library(name: str) -> tuple[Any, Any, Any, Any]:
    """onvif-zeep, zeep, the parsed description of a service (shared by all devices), and the transport class."""
    with _lock:
        onvif, zeep = load_onvif()
        import requests

        class Bounded(zeep.transports.Transport):  # type: ignore[misc,name-defined]
            """zeep's transport over our exchange. It opens no connection of its own, also not for schemas."""

            def __init__(self, carrier: Carrier | None = None) -> None:
                super().__init__()
                self.session.trust_env = False
                self.session.adapters.clear()
                self._carrier = carrier

            def post(self, address: str, message: Any, _headers: dict[str, str]) -> requests.Response:
                if self._carrier is None:
                    raise PermissionError(address)
                body = message if isinstance(message, bytes) else str(message).encode()
                answer = self._carrier.post(address, operation_of(body), body)
                response = requests.Response()
                response.status_code = answer.status or 500
                response.headers["Content-Type"] = "application/soap+xml; charset=utf-8"
                response._content = answer.body
                return response

            def post_xml(self, address: str, envelope: Any, headers: dict[str, str]) -> requests.Response:
                from lxml import etree

                return self.post(address, etree.tostring(envelope, encoding="utf-8", xml_declaration=True), headers)

        wsdl = (wsdl_folder() / definition_of(onvif, name)["wsdl"]).resolve()
        document = zeep.wsdl.Document(str(wsdl), Bounded(), settings=_settings(zeep))
        return onvif, zeep, document, Bounded


def definition_of(onvif: Any, name: str) -> dict[str, str]:
    """Namespace, file and binding of a service. onvif-zeep knows one of the two bindings in analytics.wsdl."""
    if name == "rules":
        return onvif.definition.SERVICES["analytics"] | {"binding": "RuleEngineBinding"}  # type: ignore[no-any-return]
    return onvif.definition.SERVICES[name]  # type: ignore[no-any-return]


def operation_of(body: bytes) -> str:
    """The operation that a SOAP body asks for, "" where there is none."""
    found = re.search(rb"<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?([A-Za-z]+)", body)
    return found[1].decode("ascii") if found else ""


def load_onvif() -> tuple[Any, Any]:
    """onvif-zeep and zeep, without what importing them does to this program's log, and never logging what is sent."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    import onvif
    import onvif.client
    import onvif.definition
    import zeep
    import zeep.transports
    import zeep.wsdl

    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("zeep", "onvif"):
        # At DEBUG zeep logs whole envelopes, with the login.
        logging.getLogger(name).setLevel(logging.WARNING)
    return onvif, zeep


def wsdl_folder() -> Path:
    """The folder of onvif-zeep's service descriptions, wherever its installer put it. Raises DiscoveryError."""
    package = importlib.util.find_spec("onvif")  # Not loaded: its words are asked for where it is not used.
    places = [Path(package.origin).resolve().parent.parent / "wsdl"] if package and package.origin else []
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        places.insert(0, Path(bundle) / "wsdl")
    try:
        listed = importlib.metadata.files("onvif-zeep") or []
    except importlib.metadata.PackageNotFoundError:
        listed = []
    places += [Path(str(one.locate())).resolve().parent for one in listed if one.name == "devicemgmt.wsdl"]
    places += sorted(Path(sys.prefix).glob("lib/python3.*/*-packages/wsdl"))
    for place in places:
        if (place / "devicemgmt.wsdl").is_file():
            return place
    raise DiscoveryError("The descriptions of ONVIF services are missing from this installation: install Camcensus again.")
