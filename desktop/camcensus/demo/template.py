"""Literal replies with placeholders: a simulated device sends them byte for byte, with values put in for `{name}`.

Three forms, told apart by the file's suffix:

- `.http` `.rtsp` `.ssdp`: a head whose lines end in CR LF, an empty line, then the body as it is. `{length}` is its size.
- `.bytes`: pairs of hexadecimal digits (`00*16`: sixteen of them), `'text'` as it is (`'text'*18`: filled up with zeros, or
  cut, to 18 bytes), `"label"` with its length in one byte before it (DNS names and TXT), `[ … ]` with the length of what is
  inside in two bytes before it, `#` to the end of the line for comments; `{body}`, `{ipv4}`, `{length_le32}`,
  `{length_be16}`, `{port_…_be16}` and `{…_hex}` (a value of hexadecimal digits) become bytes.
- anything else: text as it is, in UTF-8, without the line break at its end.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path
from typing import Literal

from camcensus.model import frozen
from camcensus.model.errors import DemoError

Form = Literal["text", "head", "bytes"]
FORMS: Mapping[str, Form] = {".http": "head", ".rtsp": "head", ".ssdp": "head", ".bytes": "bytes"}

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<comment>\#[^\n]*) |
        '(?P<raw>[^'\n]*)'(?:\*(?P<wide>[0-9]+))? |
        "(?P<label>[^"\n]*)" |
        \{(?P<name>[a-z][a-z0-9_]*)\} |
        (?P<open>\[) | (?P<close>\]) |
        (?P<hex>(?:[0-9a-fA-F]{2})+)(?![0-9a-fA-F])(?:\*(?P<times>[0-9]+))?
    )""",
    re.VERBOSE,
)


@frozen
class LiteralReply:
    """One literal reply. `body` is the text that a `.bytes` reply puts where it says `{body}`."""

    form: Form
    text: str
    where: str
    body: str = ""

    def render(self, values: Mapping[str, str], lie_bytes: int = 0) -> bytes:
        """The bytes to send. Every length they state is wrong by `lie_bytes`. Raises DemoError for an unknown placeholder."""
        if self.form == "head":
            return self._head_and_body(values, lie_bytes)
        if self.form == "bytes":
            body = fill(self.body, values, self.where).encode()
            return self._bytes(values, body, lie_bytes)
        return fill(self.text, values, self.where).encode()

    def _head_and_body(self, values: Mapping[str, str], lie_bytes: int) -> bytes:
        head, _, body = self.text.partition("\n\n")
        payload = fill(body, values, self.where).encode()
        stated = {**values, "length": str(max(0, len(payload) + lie_bytes))}
        lines = fill(head.rstrip("\n"), stated, self.where).split("\n")
        return "\r\n".join([*lines, "", ""]).encode() + payload

    def _bytes(self, values: Mapping[str, str], body: bytes, lie_bytes: int) -> bytes:
        stack: list[bytearray] = [bytearray()]
        position, text = 0, self.text.rstrip()
        while position < len(text):
            token = _TOKEN.match(text, position)
            if token is None:
                raise DemoError(f"The simulated reply {self.where} cannot be read at “{text[position : position + 20]}”.")
            position = token.end()
            if token["raw"] is not None:
                said = fill(token["raw"], values, self.where).encode()
                wide = int(token["wide"] or len(said))
                stack[-1] += said[:wide].ljust(wide, b"\0")
            elif token["label"] is not None:
                label = fill(token["label"], values, self.where).encode()
                stack[-1] += bytes([len(label)]) + label
            elif token["name"] is not None:
                stack[-1] += self._field(token["name"], values, body, lie_bytes)
            elif token["open"] is not None:
                stack.append(bytearray())
            elif token["close"] is not None and len(stack) > 1:
                inner = stack.pop()
                stack[-1] += struct.pack(">H", max(0, len(inner) + lie_bytes)) + inner
            elif token["hex"] is not None:
                stack[-1] += bytes.fromhex(token["hex"]) * int(token["times"] or 1)
        if len(stack) != 1:
            raise DemoError(f"The simulated reply {self.where} opens a bracket that it does not close.")
        return bytes(stack[0])

    def _field(self, name: str, values: Mapping[str, str], body: bytes, lie_bytes: int) -> bytes:
        if name == "body":
            return body
        if name == "length_le32":
            return struct.pack("<I", max(0, len(body) + lie_bytes))
        if name == "length_be16":
            return struct.pack(">H", max(0, len(body) + lie_bytes))
        if name == "ipv4":
            return IPv4Address(fill("{address}", values, self.where)).packed
        if name.endswith("_be16"):
            return struct.pack(">H", int(fill("{" + name.removesuffix("_be16") + "}", values, self.where)))
        if name.endswith("_hex"):
            return bytes.fromhex(fill("{" + name.removesuffix("_hex") + "}", values, self.where))
        return fill("{" + name + "}", values, self.where).encode()


@dataclass(frozen=True)
class Sending:
    """How a device sends its answers: whole and at once. Devices of tests may send otherwise."""

    def delay_s(self, _protocol: str) -> float:
        """How long it waits before it answers by UDP, beside what the protocol asks."""
        return 0.0

    def send(
        self,
        _protocol: str,
        reply: LiteralReply,
        values: Mapping[str, str],
        sender: socket.socket,
        to: tuple[str, int],
        _other: Callable[[], socket.socket],
    ) -> None:
        """Sends one answer by UDP; `_other` makes a socket at a port that nobody asked."""
        sender.sendto(reply.render(values), to)

    async def answer(
        self, _protocol: str, reply: LiteralReply, values: Mapping[str, str], _port: int, _target: str, to: asyncio.StreamWriter
    ) -> bool:
        """Sends one answer on TCP; False where the connection is to end."""
        to.write(reply.render(values))
        await to.drain()
        return True


def fill(text: str, values: Mapping[str, str], where: str) -> str:
    """`text` with every `{name}` replaced from `values`. Raises DemoError, naming `where`, for a name that is not there."""

    def value(found: re.Match[str]) -> str:
        try:
            return values[found[1]]
        except KeyError:
            raise DemoError(f"The simulated device {where} uses {{{found[1]}}}, which nothing defines.") from None

    return _PLACEHOLDER.sub(value, text)


def placeholders(text: str) -> set[str]:
    """The names that are in braces in `text`."""
    return {found[1] for found in _PLACEHOLDER.finditer(text)}


def read_reply(folders: Path | Sequence[Path], name: str, body: str | None = None) -> LiteralReply:
    """The reply kept as `name` in the first of the folders that has it. Raises DemoError when there is no such file."""
    where = (folders,) if isinstance(folders, Path) else tuple(folders)
    return LiteralReply(FORMS.get(Path(name).suffix, "text"), _read(where, name), name, _read(where, body) if body else "")


def _read(folders: Sequence[Path], name: str) -> str:
    for folder in folders:
        try:
            return (folder / name).read_text(encoding="utf-8").removesuffix("\n")
        except OSError:
            continue
    raise DemoError(f"The simulated estate lacks the reply {name}; install Camcensus again.")
