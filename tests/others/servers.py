"""The servers: where each comes from, how it is started, and what it is.

From PyPI: ipycam, HAP-python, rtsp-rs (all in the test extra), motionEye, aio-rtsp-toolkit, WSDiscovery, ssdpy. From Debian,
unpacked and not installed: motion, MiniDLNA, Gerbera, CUPS, MiniUPnPd, wsdd2, the GStreamer RTSP server, uStreamer, Icecast.
From npm: rtsp-streaming-server, Node-Media-Server, mjpeg-server, bonjour-service. Avahi's own records, announced with zeroconf.
Those on none of these are in `theirs.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from discovery.test_third_parties import HOMEKIT
from others.ground import Ground, MissingError, Server, needs
from others.theirs import onvif_server, onvif_simple_server, onvif_srvd, rpos

DEBIAN = (
    "motion", "lighttpd", "minidlna", "gerbera", "cups-daemon", "miniupnpd", "wsdd2", "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-good", "gstreamer1.0-plugins-base", "python3-gi", "ustreamer", "icecast2",
)  # fmt: skip
PYPI = ("motioneye", "aio-rtsp-toolkit", "av", "WSDiscovery", "ssdpy")
NPM = ("rtsp-streaming-server", "node-media-server", "mjpeg-server", "bonjour-service")


def _ipycam(ground: Ground) -> Sequence[Sequence[str]]:
    needs("ipycam")
    from discovery.test_ipycam import make_video

    make_video(ground.place / "film.avi")
    config = {
        "name": "Front Door Camera", "local_ip": ground.address, "onvif_port": 8080, "manufacturer": "Made Up", "model": "Virtual 1",
        "main_width": 64, "main_height": 48, "sub_width": 64, "sub_height": 48,
    }  # fmt: skip
    ground.write("camera.json", json.dumps(config))
    return [[sys.executable, "-m", "ipycam", "--config", "camera.json", "--source", "film.avi"]]


def _homekit(ground: Ground) -> Sequence[Sequence[str]]:
    needs("pyhap")
    return [ground.script(HOMEKIT)]


def _rtsp_rs(ground: Ground) -> Sequence[Sequence[str]]:
    needs("rtsp")
    return [ground.script("import time, rtsp\nserver = rtsp.Server('127.0.0.1:8554')\nserver.start()\ntime.sleep(600)")]


def _avahi(ground: Ground) -> Sequence[Sequence[str]]:
    needs("zeroconf")
    return [ground.script(AVAHI)]


AVAHI = """
import socket, time
from zeroconf import ServiceInfo, Zeroconf
here = Zeroconf(interfaces=["127.0.0.1"])
for kind, name, port in (("_workstation._tcp", "desk [02:00:00:00:00:01]", 9), ("_ssh._tcp", "desk", 22), ("_sftp-ssh._tcp", "desk", 22)):
    here.register_service(ServiceInfo(f"{kind}.local.", f"{name}.{kind}.local.", addresses=[socket.inet_aton("127.0.0.1")], port=port,
                                      server="desk.local."))
time.sleep(600)
"""
"""The records that Avahi comes with, for a computer called "desk"."""

GSTREAMER = """
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service("8554")
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch("( videotestsrc ! jpegenc ! rtpjpegpay name=pay0 )")
server.get_mount_points().add_factory("/test", factory)
server.attach(None)
GLib.MainLoop().run()
"""


def _gstreamer(ground: Ground) -> Sequence[Sequence[str]]:
    if not any((ground.root / "usr/lib").glob("*/girepository-1.0/GstRtspServer-1.0.typelib")):
        raise MissingError("gir1.2-gst-rtsp-server-1.0")
    return [["/usr/bin/python3", "-c", GSTREAMER.replace("127.0.0.1", ground.address)]]


def _motion(ground: Ground) -> Sequence[Sequence[str]]:
    text = (
        f"daemon off\nsetup_mode off\ntarget_dir {ground.place}\nwebcontrol_port 8080\nwebcontrol_localhost off\nstream_port 8081\n"
        "stream_localhost off\nnetcam_url rtsp://127.0.0.1:1/none\nwidth 320\nheight 240\n"
    )
    return [[ground.program("motion"), "-n", "-c", ground.write("motion.conf", text)]]


def _motioneye(ground: Ground) -> Sequence[Sequence[str]]:
    if not (ground.python / "motioneye").exists():
        raise MissingError("motioneye")
    folders = "".join(f"{name}_path {ground.place}\n" for name in ("conf", "run", "log", "media"))
    text = f"{folders}motion_binary {ground.program('motion')}\nlisten 0.0.0.0\nport 8765\n"
    return [[sys.executable, "-m", "motioneye.meyectl", "startserver", "-c", ground.write("motioneye.conf", text)]]


def _minidlna(ground: Ground) -> Sequence[Sequence[str]]:
    text = f"media_dir={ground.place}\ndb_dir={ground.place}/db\nlog_dir={ground.place}\nport=8200\nfriendly_name=Films\nnetwork_interface=eth0\n"
    return [[ground.program("minidlnad"), "-S", "-f", ground.write("minidlna.conf", text), "-P", str(ground.place / "pid")]]


def _gerbera(ground: Ground) -> Sequence[Sequence[str]]:
    shared = ground.root / "usr/share/gerbera"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><config version="2" xmlns="http://gerbera.io/config/2"><server><ui enabled="yes"/>'
        f"<name>Gerbera</name><udn>uuid:4a8b9f2e-0000-4000-8000-000000000001</udn><home>{ground.place}</home>"
        f"<webroot>{shared}/web</webroot><port>49494</port><storage><sqlite3 enabled=\"yes\"><database-file>{ground.place}/gerbera.db"
        f"</database-file><init-sql-file>{shared}/sqlite3.sql</init-sql-file><upgrade-file>{shared}/sqlite3-upgrade.xml</upgrade-file>"
        "</sqlite3></storage></server><import hidden-files=\"no\"/></config>"
    )  # fmt: skip
    return [[ground.program("gerbera"), "-c", ground.write("config.xml", text), "--ip", ground.address]]


def _cups(ground: Ground) -> Sequence[Sequence[str]]:
    ground.write("cupsd.conf", f"Listen {ground.address}:631\nBrowsing Off\nDefaultAuthType None\nWebInterface Yes\n"
                 "<Location />\nOrder allow,deny\nAllow all\n</Location>\n")  # fmt: skip
    ground.write("cups-files.conf", "".join(
        f"{name} {ground.place}\n" for name in ("ServerRoot", "CacheDir", "StateDir", "RequestRoot", "TempDir")
    ) + f"ServerBin {ground.root}/usr/lib/cups\nDataDir {ground.root}/usr/share/cups\nDocumentRoot {ground.root}/usr/share/cups/doc-root\n"
        "User nobody\nGroup nogroup\nErrorLog stderr\nAccessLog stderr\nPageLog stderr\n")  # fmt: skip
    at = ["-c", str(ground.place / "cupsd.conf"), "-s", str(ground.place / "cups-files.conf")]
    return [[ground.program("cupsd"), "-f", *at]]


def _miniupnpd(ground: Ground) -> Sequence[Sequence[str]]:
    text = (
        "ext_ifname=lo\next_allow_private_ipv4=yes\next_perform_stun=no\nlistening_ip=eth0\nhttp_port=5000\nenable_upnp=yes\nenable_natpmp=no\nuuid=4a8b9f2e-0000-4000-8000-000000000002\n"
        "system_uptime=yes\nfriendly_name=Router\nallow 1024-65535 0.0.0.0/0 1024-65535\n"
    )
    return [[ground.program("miniupnpd"), "-d", "-f", ground.write("miniupnpd.conf", text), "-P", str(ground.place / "pid")]]


def _wsdd2(ground: Ground) -> Sequence[Sequence[str]]:
    return [[ground.program("wsdd2"), "-4", "-H", "files", "-N", "FILES", "-G", "WORKGROUP"]]


def _ustreamer(ground: Ground) -> Sequence[Sequence[str]]:
    return [[ground.program("ustreamer"), "--host", "0.0.0.0", "--port", "8080", "--device", str(ground.place / "none")]]


def _icecast(ground: Ground) -> Sequence[Sequence[str]]:
    shared = ground.root / "usr/share/icecast2"
    text = (
        "<icecast><limits/><authentication><source-password>s3cret</source-password><admin-user>admin</admin-user>"
        "<admin-password>s3cret</admin-password></authentication><hostname>radio</hostname><listen-socket><port>8000</port>"
        f"</listen-socket><paths><basedir>{shared}</basedir><logdir>{ground.place}</logdir><webroot>{shared}/web</webroot>"
        f"<adminroot>{shared}/admin</adminroot><alias source='/' destination='/status.xsl'/></paths><logging>"
        "<accesslog>-</accesslog><errorlog>-</errorlog></logging><security><chroot>0</chroot><changeowner>"
        "<user>nobody</user><group>nogroup</group></changeowner></security></icecast>"
    )
    return [[ground.program("icecast2"), "-c", ground.write("icecast.xml", text)]]


def _aio_rtsp(ground: Ground) -> Sequence[Sequence[str]]:
    program = ground.python / "bin/rtsp-server"
    if not program.exists():
        raise MissingError("aio-rtsp-toolkit")
    from discovery.test_ipycam import make_video

    make_video(ground.place / "film.avi")
    return [[sys.executable, str(program), "-d", str(ground.place)]]


def _node(ground: Ground, module: str, text: str) -> Sequence[Sequence[str]]:
    """A program for node, which finds what npm put beside the others."""
    folder = ground.python.parent / "npm/node_modules"
    if not (folder / module).exists():
        raise MissingError(module)
    return [[ground.program("node"), ground.write("server.cjs", text.replace("MODULE", str(folder / module)))]]


def _rtsp_streaming(ground: Ground) -> Sequence[Sequence[str]]:
    text = "const One = require('MODULE').default;\nnew One({serverPort: 5554, clientPort: 8554, rtpPortStart: 10000, rtpPortCount: 100}).start();"
    return _node(ground, "rtsp-streaming-server", text)


def _node_media(ground: Ground) -> Sequence[Sequence[str]]:
    text = "const One = require('MODULE');\nnew One({bind: '0.0.0.0', rtmp: {port: 1935}, http: {port: 8000}}).run();"
    return _node(ground, "node-media-server", text)


def _mjpeg(ground: Ground) -> Sequence[Sequence[str]]:
    text = (
        "const one = require('MODULE'); const picture = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');\n"
        "require('http').createServer((asked, answer) => { const told = one.createReqHandler(asked, answer);\n"
        "setInterval(() => told.write(picture), 200); }).listen(8080, '0.0.0.0');"
    )
    return _node(ground, "mjpeg-server", text)


def _bonjour(ground: Ground) -> Sequence[Sequence[str]]:
    text = "const {Bonjour} = require('MODULE');\nnew Bonjour().publish({name: 'Office printer', type: 'ipp', port: 631});"
    return _node(ground, "bonjour-service", text)


WS_SERVICE = """
import time
from wsdiscovery import QName, Scope
from wsdiscovery.publishing import ThreadedWSPublishing
here = ThreadedWSPublishing()
here.start()
here.publishService(types=[QName("http://schemas.xmlsoap.org/ws/2006/02/devprof", "Device")],
                    scopes=[Scope("http://lab.example/printer")], xAddrs=["http://127.0.0.1:80/a"])
time.sleep(600)
"""
SSDP_SERVICE = """
from ssdpy import SSDPServer
SSDPServer("a-lamp", device_type="urn:schemas-upnp-org:device:DimmableLight:1", location="http://127.0.0.1/a.xml").serve_forever()
"""


def _fetched(ground: Ground, module: str, text: str) -> Sequence[Sequence[str]]:
    if not (ground.python / module).exists():
        raise MissingError(module)
    return [ground.script(text)]


SERVERS = (
    Server("ipycam", "PyPI", ("camera",), 8080, _ipycam, counts=True),
    Server("HAP-python camera", "PyPI", ("camera",), 51826, _homekit, counts=True),
    Server("rtsp-rs", "PyPI", ("software", "camera-or-recorder"), 8554, _rtsp_rs, counts=True),
    Server("motion", "Debian", ("software",), 8080, _motion),
    Server("motionEye", "PyPI", ("software",), 8765, _motioneye),
    Server("MiniDLNA", "Debian", ("other",), 8200, _minidlna),
    Server("Gerbera", "Debian", ("other",), 49494, _gerbera),
    Server("CUPS", "Debian", ("other",), 631, _cups, quiet=True),
    Server("MiniUPnPd", "Debian", ("other",), 5000, _miniupnpd),
    Server("wsdd2", "Debian", ("other",), 3702, _wsdd2, quiet=True),
    Server("Avahi's records", "PyPI", ("other",), 5353, _avahi, quiet=True),
    Server("GStreamer RTSP server", "Debian", ("software", "camera-or-recorder"), 8554, _gstreamer, counts=True),
    Server("uStreamer", "Debian", ("software", "camera-or-recorder", "unknown"), 8080, _ustreamer, counts=True),
    Server("Icecast", "Debian", ("other",), 8000, _icecast),
    Server("aio-rtsp-toolkit", "PyPI", ("software", "camera-or-recorder"), 8554, _aio_rtsp, counts=True),
    Server("rtsp-streaming-server", "npm", ("software", "camera-or-recorder", "unknown"), 8554, _rtsp_streaming, counts=True),
    Server("Node-Media-Server", "npm", ("software", "other", "unknown"), 8000, _node_media),
    Server("mjpeg-server", "npm", ("software", "camera-or-recorder", "unknown"), 8080, _mjpeg, counts=True),
    Server("bonjour-service", "npm", ("other",), 5353, _bonjour, quiet=True),
    Server("WSDiscovery", "PyPI", ("other",), 3702, lambda ground: _fetched(ground, "wsdiscovery", WS_SERVICE), quiet=True),
    Server("ssdpy", "PyPI", ("other",), 1900, lambda ground: _fetched(ground, "ssdpy", SSDP_SERVICE), quiet=True),
    Server("onvif_simple_server", "folder", ("camera",), 8085, onvif_simple_server, counts=True),
    Server("onvif_srvd with wsdd", "folder", ("camera",), 1000, onvif_srvd, counts=True),
    Server("onvif-server", "folder", ("camera",), 8081, onvif_server, counts=True),
    Server("rpos", "folder", ("camera",), 8081, rpos, counts=True),
)
