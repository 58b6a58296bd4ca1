"""What devices that send back a login cost: python tests/bench/echoes.py [DEVICES]. Linux.

Prints the processor time to blank a login in 1 MB of four kinds of reply, then the most memory of `scan --login` over so many devices
(20) that each answer every question of the login with 1 MB of what they were sent.
"""

from __future__ import annotations

import base64
import html
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "desktop"), str(ROOT / "tests")]

from camcensus.discovery.given import GivenLogin  # noqa: E402
from camcensus.discovery.login import Basic, Digest, Login  # noqa: E402
from discovery.servers import http  # noqa: E402
from hostile import echoing  # noqa: E402

MB = 1_000_000
PROGRAM = """
import re, sys, time
from camcensus.app import main
status = main(sys.argv[1:])
with open("/proc/self/status") as told:  # what getrusage says is at least what our parent had
    most = int(re.search(r"VmHWM:\\s*(\\d+)", told.read())[1]) >> 10
print(f"most memory {most} MB, {time.process_time():.0f} s of the processor", file=sys.stderr)
sys.exit(status)
"""


def costs() -> None:
    """Of blanking one reply, for a login of common words, of a mixed password, and of a long one."""
    chance = random.Random(4)
    words = ["".join(chance.choices("abcdefghijklmnop", k=chance.randint(2, 9))) for _ in range(3_000)]
    page = "".join(
        f"<p class='{chance.choice(words)}'>{chance.choice(words)} {chance.choice(words)}</p>\n" for _ in range(40_000)
    )
    for user, password in (("admin", "admin123"), ("admin", "Tr0ub4dor&3x"), ("canary-user-1", "CANARY-5f3d-long-one-77")):
        login, digest, sent = Login(user, password), Digest("IP Camera", "0123456789abcdef", None, "MD5"), b""
        given = GivenLogin(login)
        for path in "abcdef":
            for scheme in (digest, Basic()):
                request = f"GET /{path} HTTP/1.1\r\nHost: a\r\n{scheme.header(login, 'GET', f'/{path}')}\r\n".encode()
                given.note(request)
                sent += request
        kinds = {
            "a page": page.encode(), "base64": base64.b64encode(chance.randbytes(MB)), "any bytes": chance.randbytes(MB),
            "what was sent": sent * (MB // len(sent) + 1),
        }  # fmt: skip
        for kind, raw in kinds.items():
            began = time.process_time()
            given.blank(raw[:MB])
            print(f"{user}, {password}: {kind}: {time.process_time() - began:.2f} s", flush=True)


def memory(devices: int) -> str:
    """What a search with a login over so many says at its end."""

    def large(request: bytes) -> bytes:
        one = html.escape(echoing.header_of(request), quote=False) + "\n"
        return http(echoing.in_xml("x") + (one * (MB // len(one) + 1)).encode()[:MB])

    echoing.ECHOES["large"] = large
    echoing.DEVICES.clear()
    echoing.DEVICES.update({f"127.77.64.{number}": "large" for number in range(1, devices + 1)})
    with tempfile.TemporaryDirectory(prefix="camcensus-echoes-") as name:
        password = Path(name) / "password"
        password.write_text(echoing.PASSWORD + "\n", "utf-8")
        password.chmod(0o600)
        words = ["scan", "--interface", "127.0.0.1", "--range", "127.77.64.0/24", "--pace", "fast", "--login", echoing.USER,
                 "--password-file", password, "--inventory", Path(name) / "a.camcensus", "--json"]  # fmt: skip
        env = {**os.environ, "CAMCENSUS_DATA": name, "PYTHONPATH": os.pathsep.join(sys.path)}
        with echoing.serving(echoing.certificate(Path(name))):
            done = subprocess.run([sys.executable, "-c", PROGRAM, *words], env=env, capture_output=True, text=True, check=False)
    return "; ".join(done.stderr.strip().splitlines()[-2:])


if __name__ == "__main__":
    costs()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{number} devices: {memory(number)}")
