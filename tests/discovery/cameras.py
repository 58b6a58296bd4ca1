"""Cameras on loopback that want a digest for everything they tell, and check it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime

from discovery.servers import Served, http
from samples import packet

NOW = datetime(2026, 11, 24, 10, 1, 5, tzinfo=UTC)
DATE = b"Date: " + format_datetime(NOW, usegmt=True).encode()
CHALLENGE = b'WWW-Authenticate: Digest realm="r", qop="auth", nonce="abc"'

CAMERAS = {
    "hikvision": {
        "/ISAPI/System/deviceInfo": packet("isapi/camera"),
        "/ISAPI/ContentMgmt/InputProxy/channels": packet("isapi/channels"),
        "/ISAPI/System/Network/EZVIZ": (
            b'<EZVIZ xmlns="http://www.hikvision.com/ver20/XMLSchema"><enabled>true</enabled>'
            b"<registerStatus>true</registerStatus><verificationCode>ABCDEF</verificationCode></EZVIZ>"
        ),
        "/ISAPI/System/Video/inputs/channels": packet("isapi/inputs"),
        "/ISAPI/System/capabilities": packet("isapi/capabilities-recorder"),
        "/ISAPI/Smart/capabilities": packet("isapi/smart"),
    },
    "dahua": {
        "/cgi-bin/magicBox.cgi?action=getSystemInfo": packet("dahua-cgi/system-info"),
        "/cgi-bin/magicBox.cgi?action=getVendor": packet("dahua-cgi/vendor"),
        "/cgi-bin/configManager.cgi?action=getConfig&name=T2UServer": b"table.T2UServer.Enable=false\r\n",
        "/cgi-bin/configManager.cgi?action=getConfig&name=RemoteDevice": packet("dahua-cgi/remote-device"),
        "/cgi-bin/configManager.cgi?action=getConfig&name=VideoAnalyseRule": packet("dahua-cgi/analyse-rules"),
    },
    "axis": {
        "/axis-cgi/basicdeviceinfo.cgi": packet("axis-cgi/camera"),
        "/axis-cgi/applications/list.cgi": packet("axis-cgi/applications"),
    },
}


def camera(answers: dict[str, bytes], password: str = "s3cret-Pa55", challenge: bytes = CHALLENGE) -> Callable[[bytes], bytes]:
    """A device that wants a digest for everything, and checks it."""

    def answer(request: bytes) -> bytes:
        method, path = request.split()[:2]
        found = re.search(rb"Authorization: Digest (.*)\r\n", request)
        if found:
            values = {
                name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', found[1].decode())
            }
            secret = hashlib.md5(f"admin:r:{password}".encode()).hexdigest()
            action = hashlib.md5(f"{method.decode()}:{values['uri']}".encode()).hexdigest()
            right = ":".join((secret, values["nonce"], values["nc"], values["cnonce"], values["qop"], action))
            if values["uri"] == path.decode() and hashlib.md5(right.encode()).hexdigest() == values["response"]:
                body = answers.get(path.decode())
                return http(b"no", status=b"404 Not Found") if body is None else http(body)
        return http(b"", DATE, challenge, status=b"401 Unauthorized")

    return answer


def credentialed(served: Served) -> list[bytes]:
    return [one for one in served.requests if re.search(rb"Authorization:|UsernameToken", one)]
