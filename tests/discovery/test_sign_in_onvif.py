"""Reading after login: one attempt, the host that was probed and no other, nothing in clear text."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from camcensus.discovery.login import Login
from camcensus.discovery.onvif import load_onvif, operation_of, wsdl_folder
from camcensus.discovery.pace import Turnstile
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.sign_in import LoginOutcome, Target, clock_of, path_of, read_signed_in
from camcensus.identity.same_device import DeviceFacts
from camcensus.model.device import Observation
from camcensus.wire import after_login
from camcensus.wire.read import read as read_reply
from discovery import packets
from discovery.servers import Served, http, tcp
from samples import packet

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow")  # onvif-zeep signs with it

LOGIN = Login("admin", "s3cret-Pa55")
NOW = datetime(2026, 11, 24, 10, 1, 5, tzinfo=UTC)
CANARY = "127.77.66.66"
CAPABILITIES = packets.soap(
    "<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media>"
    f"<tt:XAddr>http://{CANARY}:18090/onvif/media_service</tt:XAddr><tt:StreamingCapabilities/></tt:Media></tds:Capabilities>"
    "</tds:GetCapabilitiesResponse>"
)
SOURCES = packets.soap(
    '<trt:GetVideoSourcesResponse xmlns:trt="http://www.onvif.org/ver10/media/wsdl"><trt:VideoSources token="1">'
    "<tt:Framerate>25</tt:Framerate><tt:Resolution><tt:Width>1</tt:Width><tt:Height>1</tt:Height></tt:Resolution>"
    "</trt:VideoSources></trt:GetVideoSourcesResponse>"
)


def good(request: bytes) -> bytes:
    for operation, answer in (
        (b"GetSystemDateAndTime", packets.clock()),
        (b"GetDeviceInformation", packets.INFORMATION),
        (b"GetScopes", packets.SCOPES),
        (b"GetCapabilities", CAPABILITIES),
        (b"GetVideoSources", SOURCES),
    ):
        if operation in request:
            return http(answer)
    return http(packets.soap("<env:Fault/>"), status=b"500 No")


def with_token(request: bytes) -> bytes:
    """A device that asks for a WS-UsernameToken."""
    if b"GetSystemDateAndTime" in request or b"UsernameToken" in request:
        return good(request)
    return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")


def refuses(request: bytes) -> bytes:
    if b"GetSystemDateAndTime" in request:
        return good(request)
    return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")


def with_digest(request: bytes) -> bytes:
    """A device that asks for HTTP digest, and checks it as RFC 7616 says."""
    found = re.search(rb"Authorization: Digest (.*)\r\n", request)
    if b"GetSystemDateAndTime" in request:
        return good(request)
    if found:
        values = {
            name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', found[1].decode())
        }
        secret, action = (
            hashlib.md5(text.encode()).hexdigest() for text in ("admin:Login to 7:s3cret-Pa55", f"POST:{values['uri']}")
        )
        parts = (secret, values["nonce"], values["nc"], values["cnonce"], values["qop"], action)
        if (
            hashlib.md5(":".join(parts).encode()).hexdigest() == values["response"]
            and request.split()[1].decode() == values["uri"]
        ):
            return good(request)
    challenge = b'WWW-Authenticate: Digest realm="Login to 7", qop="auth", nonce="abc", opaque="xyz"'
    return http(b"", b'WWW-Authenticate: Basic realm="x"', challenge, status=b"401 Unauthorized")


def basic_only(request: bytes) -> bytes:
    if b"GetSystemDateAndTime" in request:
        return good(request)
    return http(b"", b'WWW-Authenticate: Basic realm="x"', status=b"401 Unauthorized")


def read(
    answer: Callable[[bytes], bytes], *, now: datetime = NOW, facts: DeviceFacts | None = None
) -> tuple[LoginOutcome, list[Observation], Served, Served]:
    async def run() -> tuple[LoginOutcome, list[Observation], Served, Served]:
        seen: list[Observation] = []
        async with AsyncExitStack() as stack:
            canary = await stack.enter_async_context(tcp(good, host=CANARY, port=18090))
            served = await stack.enter_async_context(tcp(answer))
            door = ServedPort("onvif", served.port, "/onvif/device_service")
            target = Target(address="127.0.0.1", facts=facts or DeviceFacts("127.0.0.1"), onvif=door)
            outcome = await read_signed_in(target, LOGIN, seen.append, turnstile=Turnstile("fast"), clock=lambda: now)
            return outcome, seen, served, canary

    return asyncio.run(run())


def credentialed(served: Served) -> list[bytes]:
    return [one for one in served.requests if re.search(rb"Authorization:|UsernameToken", one)]


@pytest.mark.parametrize("device", [with_token, with_digest])
def test_the_login_the_device_asks_for_is_used_and_only_the_probed_host_hears_it(device: Callable[[bytes], bytes]) -> None:
    outcome, replies, served, canary = read(device)
    assert outcome.state == "read"
    assert canary.accepted == []
    assert {one.probe for one in replies} >= {"onvif.GetDeviceInformation", "onvif.GetScopes", "onvif.GetVideoSources"}
    told = next(one for one in replies if one.probe == "onvif.GetDeviceInformation")
    assert told.reading.first("model") == read_reply("onvif.GetDeviceInformation", None, packets.INFORMATION).first("model")
    assert told.raw.startswith(after_login.MARK)
    assert b"s3cret" not in b"".join(served.requests)
    assert [b"/onvif/media_service" in one for one in served.requests if b"GetVideoSources" in one] == [True]
    operations = {operation_of(one.partition(b"\r\n\r\n")[2]) for one in served.requests}
    assert all(operation.startswith("Get") for operation in operations)
    clock, first = served.requests[:2]
    assert not re.search(rb"Authorization|UsernameToken", clock + first)


def test_a_wrong_password_costs_one_try() -> None:
    outcome, _, served, _ = read(refuses)
    assert outcome.state == "refused"
    assert len(credentialed(served)) == 1
    assert "s3cret" not in outcome.say


def test_a_device_that_wants_the_password_in_clear_text_does_not_get_it() -> None:
    outcome, _, served, _ = read(basic_only)
    assert outcome.state == "held"
    assert credentialed(served) == []


@pytest.mark.parametrize("off", [timedelta(minutes=11), -timedelta(days=400)])
def test_a_login_is_signed_with_the_clock_of_the_device(off: timedelta) -> None:
    outcome, _, served, _ = read(with_token, now=NOW + off)
    assert outcome.state == "read"
    made = re.search(rb"Created[^>]*>([^<]+)<", credentialed(served)[0])
    assert made is not None
    signed = datetime.fromisoformat(made[1].decode()).replace(tzinfo=UTC)
    assert abs(signed + off - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize(("serial", "state"), [("S1", "read"), ("S2", "changed")])
def test_the_serial_number_that_anybody_may_ask_is_compared_before_the_login(serial: str, state: str) -> None:
    facts = DeviceFacts("127.0.0.1", serials={"onvif.GetDeviceInformation": (serial,)})
    outcome, replies, served, _ = read(open_but_for_its_network, facts=facts)
    assert (outcome.state, bool(credentialed(served)), bool(replies)) == (state, state == "read", state == "read")
    assert outcome.changed == (() if state == "read" else ("serial number",))


@pytest.mark.parametrize(("serial", "state"), [("S1", "read"), ("S2", "changed")])
def test_a_device_that_tells_the_login_another_serial_number_is_asked_no_further(serial: str, state: str) -> None:
    facts = DeviceFacts("127.0.0.1", serials={"onvif.GetDeviceInformation": (serial,)})
    outcome, _, served, _ = read(with_token, facts=facts)
    assert outcome.state == state
    assert (len(credentialed(served)) == 1) == (state == "changed")


def test_a_device_that_needs_no_login_gets_none() -> None:
    outcome, replies, served, _ = read(good)
    assert outcome.state == "read"
    assert credentialed(served) == []
    assert replies


def test_a_bomb_in_an_answer_is_not_unpacked() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 1000 + b'"><!ENTITY z "' + b"&x;" * 1000 + b'">]>'

    def hostile(request: bytes) -> bytes:
        return (
            good(request)
            if b"GetSystemDateAndTime" in request
            else http(packets.INFORMATION.replace(b"?>", b"?>" + bomb).replace(b">88<", b">&z;<"))
        )

    outcome, _, _, _ = read(hostile)
    assert outcome.state == "read"


def test_importing_onvif_leaves_the_log_alone_and_the_scan_does_not_need_it() -> None:
    handlers = list(logging.getLogger().handlers)
    load_onvif()
    assert logging.getLogger().handlers == handlers
    assert not logging.getLogger("zeep.transports").isEnabledFor(logging.DEBUG)
    code = "import sys, camcensus.discovery.scan; sys.exit(any(name in sys.modules for name in ('onvif', 'zeep', 'requests')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_service_descriptions_are_found() -> None:
    assert (wsdl_folder() / "devicemgmt.wsdl").is_file()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://10.0.0.9/onvif/media", "/onvif/media"),
        ("http://[::1/x", "/onvif/device_service"),
        ("http://10.0.0.9/a b", "/onvif/device_service"),
        ("file:///etc/passwd", "/onvif/device_service"),
    ],
)
def test_only_the_path_of_an_address_is_used(address: str, path: str) -> None:
    assert path_of(address) == path


def test_the_clock_is_read() -> None:
    assert clock_of(packets.clock()) == datetime(2026, 11, 24, 10, 1, 2, tzinfo=UTC)
    assert clock_of(packets.clock(month=13)) is None
    assert clock_of(b"<x/>") is None


def closes_without_a_word(request: bytes) -> bytes:
    """A device that hangs up on every login, as some do while they are locked."""
    return b"" if b"UsernameToken" in request else with_token(request)


def test_a_login_that_gets_no_answer_was_one_attempt() -> None:
    outcome, _, served, _ = read(closes_without_a_word)
    assert outcome.state == "silent"
    assert len(credentialed(served)) == 1


def open_but_for_its_network(request: bytes) -> bytes:
    """A device that tells everybody its model, and takes any token there."""
    if b"GetNetworkInterfaces" not in request or b"UsernameToken" in request:
        return (
            http(packets.soap("<tds:GetNetworkInterfacesResponse/>")) if b"GetNetworkInterfaces" in request else good(request)
        )
    return http(packets.NOT_AUTHORIZED, status=b"400 Bad Request")


def wrong_for_its_network(request: bytes) -> bytes:
    return http(packets.NOT_AUTHORIZED, status=b"400 No") if b"GetNetworkInterfaces" in request else good(request)


@pytest.mark.parametrize(("device", "state"), [(open_but_for_its_network, "read"), (wrong_for_its_network, "refused")])
def test_only_an_answer_that_needed_the_login_shows_that_it_was_taken(device: Callable[[bytes], bytes], state: str) -> None:
    outcome, _, served, _ = read(device)
    assert outcome.state == state
    assert b"GetNetworkInterfaces" in credentialed(served)[0]
    assert len(credentialed(served)) == 1 or state == "read"


PROFILES = packets.soap(
    '<trt:GetProfilesResponse xmlns:trt="http://www.onvif.org/ver10/media/wsdl"><trt:Profiles token="p" fixed="true">'
    '<tt:Name>p</tt:Name><tt:VideoAnalyticsConfiguration token="va0"><tt:Name>v</tt:Name><tt:UseCount>1</tt:UseCount>'
    "<tt:AnalyticsEngineConfiguration/><tt:RuleEngineConfiguration/></tt:VideoAnalyticsConfiguration></trt:Profiles>"
    "</trt:GetProfilesResponse>"
)
RULES = packets.soap(
    '<tan:GetRulesResponse xmlns:tan="http://www.onvif.org/ver20/analytics/wsdl"><tan:Rule Name="Gate" '
    'Type="tt:FaceDetector"><tt:Parameters/></tan:Rule></tan:GetRulesResponse>'
)
EVENTS = packet("onvif/event-properties")


def with_analytics(request: bytes) -> bytes:
    if b"GetCapabilities" in request:
        named = (
            b"<tt:Analytics><tt:XAddr>http://10.9.9.9/onvif/analytics</tt:XAddr></tt:Analytics>"
            b"<tt:Events><tt:XAddr>http://10.9.9.9/onvif/events</tt:XAddr></tt:Events><tt:Media>"
        )
        return http(CAPABILITIES.replace(b"<tt:Media>", named))
    for operation, answer in ((b"GetProfiles", PROFILES), (b"GetRules", RULES), (b"GetEventProperties", EVENTS)):
        if operation in request:
            return http(answer)
    return with_token(request)


def test_analytics_modules_and_rules_are_read_of_the_configurations_that_profiles_use() -> None:
    outcome, seen, served, _ = read(with_analytics)
    assert outcome.state == "read"
    asked = [one for one in served.requests if one.startswith(b"POST /onvif/analytics ")]
    assert [operation_of(one.partition(b"\r\n\r\n")[2]) for one in asked] == [
        "GetSupportedAnalyticsModules", "GetAnalyticsModules", "GetSupportedRules", "GetRules",
    ]  # fmt: skip
    assert all(b"va0" in one for one in asked)
    rules = next(one for one in seen if one.probe == "onvif.GetRules")
    assert rules.reading.all("onvif.analytics_type") == ("tt:FaceDetector",)


def test_the_events_that_a_device_can_send_are_named_and_never_subscribed_to() -> None:
    outcome, seen, served, _ = read(with_analytics)
    assert outcome.state == "read"
    asked = [one for one in served.requests if one.startswith(b"POST /onvif/events ")]
    assert [operation_of(one.partition(b"\r\n\r\n")[2]) for one in asked] == ["GetEventProperties"]
    topics = next(one for one in seen if one.probe == "onvif.GetEventProperties").reading.all("onvif.topic")
    assert "tns1:RuleEngine/LineDetector/Crossed" in topics
    operations = {operation_of(one.partition(b"\r\n\r\n")[2]) for one in served.requests}
    assert all(operation.startswith("Get") for operation in operations)


REFUSED_IN_WORDS = (
    b'<?xml version="1.0"?><Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body><Fault><Code><Value>Sender</Value>'
    b"</Code><Reason><Text>Authentication failed</Text></Reason><Detail>Invalid username or password</Detail></Fault></Body></Envelope>"
)


def refuses_everything_in_words(request: bytes) -> bytes:
    """A device that wants a login for the time of day too, and says so in words of its own, as onvif-go's server does."""
    return good(request) if b"UsernameToken" in request else http(REFUSED_IN_WORDS, status=b"400 Bad Request")


def test_a_refusal_in_other_words_than_onvifs_is_one() -> None:
    outcome, replies, served, _ = read(refuses_everything_in_words)
    assert outcome.state == "read"
    assert any(one.reading.first("onvif.model") for one in replies)
    assert credentialed(served)
    outcome, _, served, _ = read(lambda _: http(REFUSED_IN_WORDS, status=b"400 Bad Request"))
    assert outcome.state == "refused"
    assert len(credentialed(served)) == 1


def test_a_device_that_is_called_locked_is_no_refusal() -> None:
    def named(request: bytes) -> bytes:
        scopes = packets.SCOPES.replace(b"name/A", b"name/NotAuthorized, locked")
        return http(scopes) if b"GetScopes" in request else good(request)

    outcome, replies, _, _ = read(named)
    assert outcome.state == "read"
    assert {one.probe for one in replies} >= {"onvif.GetScopes", "onvif.GetVideoSources"}
