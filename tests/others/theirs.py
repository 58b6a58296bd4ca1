"""Servers on no package registry that this project uses, from the folder that CAMCENSUS_THIRD_PARTIES names.

- `onvif_simple_server` (the ONVIF of cameras with free firmware), github.com/roleoroleo/onvif_simple_server: `make` in
  $CAMCENSUS_THIRD_PARTIES/onvif_simple_server; it answers through Debian's lighttpd.
- `onvif_srvd` and `wsdd`, github.com/KoynovStas: in each, with Debian's gsoap and libgsoap-dev,
  `cmake -B build -DUSE_SYSTEM_GSOAP=1 . && cmake --build build`.
- `onvif-server` (a virtual camera before a real one), github.com/daniela-hase/onvif-server: `npm install` there.
- `rpos` (a Raspberry Pi as a camera), github.com/BreeeZe/rpos, and `node-soap` of the same owner beside it, which its package.json
  then names instead of its address: `npm install --ignore-scripts` and `node_modules/.bin/tsc` there. It needs none of its
  drivers of motors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from others.ground import Ground, MissingError

Commands = Sequence[Sequence[str]]
SCOPES = ("onvif://www.onvif.org/name/TestDev", "onvif://www.onvif.org/Profile/S")


def onvif_simple_server(ground: Ground) -> Commands:
    """Its answers through lighttpd, and its WS-Discovery."""
    built = ground.theirs("onvif_simple_server/onvif_simple_server").parent
    announce = ground.theirs("onvif_simple_server/wsd_simple_server")
    port = 8085
    camera = ground.write("camera.conf", (
        f"model=Yard 1\nmanufacturer=Made Up\nfirmware_ver=0.3.7\nhardware_id=AFUS\nserial_num=SN0042\nifs=eth0\nport={port}\n"
        "scope=onvif://www.onvif.org/Profile/Streaming\nuser=someone\npassword=s3cret\n"
        "name=Profile_0\nwidth=64\nheight=48\nurl=rtsp://%s/0\nsnapurl=http://%s/0\ntype=H264\n"
    ))  # fmt: skip
    for service in ("device_service", "media_service"):
        text = f"#!/bin/sh\ncd '{built}' && exec ./onvif_simple_server -c '{camera}' {service}\n"
        Path(ground.write(f"www/onvif/{service}", text)).chmod(0o755)
    web = ground.write("lighttpd.conf", (
        f'server.modules = ("mod_cgi")\nserver.document-root = "{ground.place}/www"\nserver.bind = "{ground.address}"\n'
        f'server.port = {port}\nserver.errorlog = "{ground.place}/errors.txt"\ncgi.assign = ("_service" => "")\n'
    ))  # fmt: skip
    modules = ["-m", str(ground.root / "usr/lib/lighttpd")] if (ground.root / "usr/lib/lighttpd").exists() else []
    named = ["-x", f"http://%s:{port}/onvif/device_service", "-m", "Yard 1", "-n", "Made Up"]
    files = ["-p", str(ground.place / "pid"), "-t", str(built / "wsd_files")]
    return [[ground.program("lighttpd"), "-D", "-f", web, *modules], [str(announce), "-f", "-i", "eth0", *named, *files]]


def onvif_srvd(ground: Ground) -> Commands:
    """It, and the WS-Discovery of the same hand."""
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    profile = ["--name", "RTSP", "--width", "800", "--height", "600", "--url", "rtsp://%s:554/unicast", "--type", "JPEG"]
    types = ["--type", "tdn:NetworkVideoTransmitter", "--xaddr", "http://%s:1000/onvif/device_service"]
    begun = [str(ground.theirs("onvif_srvd/build/onvif_srvd")), "--no_fork", "--no_close", "--ifs", "eth0", "--port", "1000"]
    announces = [str(ground.theirs("wsdd/build/wsdd")), "--no_fork", "--no_close", "--if_name", "eth0", *types]
    return [[*begun, *scopes, *profile], [*announces, "--scope", " ".join(SCOPES)]]


def onvif_server(ground: Ground) -> Commands:
    """A virtual camera; the real one that it stands before is not there."""
    program = ground.theirs("onvif-server/node_modules").with_name("main.js")
    stream = {"rtsp": "/main", "snapshot": "/snap", "width": 640, "height": 480, "framerate": 12, "bitrate": 512, "quality": 4}
    camera = {
        "mac": "02:00:00:00:00:01", "hostname": ground.address, "ports": {"server": 8081, "rtsp": 8554, "snapshot": 8580},
        "name": "Channel1", "uuid": "15b21259-77d9-441f-9913-3ccd8a82e430", "highQuality": stream, "lowQuality": stream,
        "target": {"hostname": "127.0.0.1", "ports": {"rtsp": 554, "snapshot": 80}},
    }  # fmt: skip
    return [_node(ground, program, ground.write("config.yaml", json.dumps({"onvif": [camera]})))]


def rpos(ground: Ground) -> Commands:
    """A Raspberry Pi with a test picture, without motors."""
    program = ground.theirs("rpos/rpos.js")
    config = {
        "NetworkAdapters": ["eth0"], "IpAddress": ground.address, "ServicePort": 8081, "Username": "admin", "Password": "admin",
        "CameraType": "testsrc", "CameraDevice": "", "RTSPAddress": "", "RTSPPort": 8554, "RTSPName": "h264",
        "MulticastEnabled": False, "RTSPMulticastName": "h264m", "MulticastAddress": "224.0.0.1", "MulticastPort": "10001",
        "RTSPServer": 3, "PTZDriver": "none", "PTZOutput": "none", "PTZSerialPort": "", "PTZSerialPortSettings": {},
        "PTZOutputURL": "", "PTZCameraAddress": 1, "DeviceInformation": {"Manufacturer": "RPOS Test Card", "Model": "Test Card"},
        "logLevel": 3, "logSoapCalls": False,
    }  # fmt: skip
    return [_node(ground, program, "--config", ground.write("rpos.json", json.dumps(config)))]


def _node(ground: Ground, program: Path, *arguments: str) -> list[str]:
    """A program for Node.js, in its own folder: it looks there for what it sends."""
    try:
        node = ground.program("node", "nodejs")
    except MissingError:
        raise MissingError("Node.js") from None
    script = f"process.chdir({json.dumps(str(program.parent))}); require({json.dumps(str(program))})"
    return [node, "-e", script, "--", program.name, *arguments]
