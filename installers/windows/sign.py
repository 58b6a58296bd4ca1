#!/usr/bin/env python3
"""Sign one Windows program in place with osslsigncode; a command of its own, as NSIS runs it for the uninstaller.

    sign.py --pfx KEY.pfx --password-file FILE [--timestamp-url URL] PROGRAM.exe

The password is in no argument. Without a time stamp the signature ends with the certificate.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from installers.shared.facts import need, run, run_build


def sign_program(words: list[str]) -> list[Path]:
    """Sign what the words name; gives nothing that was built."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--pfx", type=Path, required=True)
    asked.add_argument("--password-file", type=Path, required=True)
    asked.add_argument("--timestamp-url")
    asked.add_argument("program", type=Path)
    given = asked.parse_args(words)
    signed = given.program.with_name(given.program.name + ".signed")
    command = [need("osslsigncode", "osslsigncode"), "sign", "-pkcs12", given.pfx, "-readpass", given.password_file]
    command += ["-h", "sha256", "-n", "Camcensus"]
    if given.timestamp_url:
        command += ["-ts", given.timestamp_url]
    try:
        run([*command, "-in", given.program, "-out", signed])
        signed.replace(given.program)
    finally:
        signed.unlink(missing_ok=True)
    return []


if __name__ == "__main__":
    run_build(sign_program)
