"""How a login goes to one door: only to what has shown, on the very connection on which it then goes, that it is the device.

Where a certificate or the device's own MAC address vouches, each connection is looked at (`LoginSession.talk`). Where only a
mark does, or a person's yes, that is asked for again on the connection of the login: between two connections a router may have
sent the port elsewhere. What answers by UDP is asked while that connection is open.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from camcensus.discovery.asked_again import ask_again, is_asked_again
from camcensus.discovery.exchange import ExchangeOutcome
from camcensus.discovery.front_page import page_of, refusal_of
from camcensus.discovery.host import Conversation
from camcensus.discovery.http import authority
from camcensus.discovery.login import Scheme, read_challenges
from camcensus.discovery.probe import ServedPort
from camcensus.discovery.session import LoginSession
from camcensus.discovery.target import Target
from camcensus.identity.known_by import NOTHING, marks_of, names_one, shown_again
from camcensus.identity.new_each_time import EACH_TIME, changing, differing, waived, without_ids
from camcensus.identity.page_mark import FACES, PAGE, REALM, another_face, is_to_keep, page_in
from camcensus.identity.vouched import face_of, is_certified, is_known_certificate, is_vouched, own_mac_of
from camcensus.model.logins import LoginOutcome, changed, unsure
from camcensus.model.observation import Observation
from camcensus.wire.http import encode_get
from camcensus.wire.read import read

ASK_AGAIN_S = 10.0
"""So long a device is asked again for what it is known by: one that drips answers, or gives none, holds no other up."""
CONNECTIONS = 2
"""On so many connections, one after the other, it is tried: a host may close one that was left open for long."""
PAGES = 2
"""So often the front page is asked for; what differs in between tells nothing apart."""

NO_MARK = "it shows nothing that tells it from other devices"
NOT_HERE = "what it is known by does not say that this port is its own"
CLOSES = "it closes the connection after each answer, so the login would go to one that has shown nothing"


@dataclass(slots=True)
class Way:
    """The way of a login to the door of a conversation. `scheme` is how the device asks for it, None for ONVIF's own way.

    `again` asks without a login what the device has refused so. `looks` are what it showed: its front page, as `page_in` says,
    and the realm that it asks a login for.
    """

    session: LoginSession
    conversation: Conversation
    scheme: Scheme | None
    again: Callable[[], Awaitable[ExchangeOutcome]]
    looks: dict[str, list[str]] = field(default_factory=dict)

    async def claim(self, answer: ExchangeOutcome) -> LoginOutcome | None:
        """None once the attempt is written down and may be made; else why not. `answer` is the refusal without a login."""
        return await self._look(answer) or self.session.unless_allowed(self.session.other) or self.session.claim()

    async def is_open(self) -> bool:
        """Whether a question with the login may go: the device is still there, or has shown itself on a new connection."""
        conversation = self.conversation
        if conversation.only is None or (conversation.line is conversation.only and await conversation.is_kept()):
            return True
        self.session.other = await self._look(None) or self.session.unless_allowed(self.session.other)
        conversation.guarded = self.session.other is not None
        return not conversation.guarded

    def header(self, method: str, path: str) -> str:
        """The header line with the login for one question, "" where it does not go in one."""
        return self.scheme.header(self.session.login, method, path) if self.scheme else ""

    async def _look(self, answer: ExchangeOutcome | None) -> LoginOutcome | None:
        """Why no login may go now; None where it may: on one connection alone, where only what was shown on it vouches."""
        session, conversation = self.session, self.conversation
        conversation.only = None
        table, why = await session.look()
        if why is not None:
            return why
        target, port = session.target, conversation.port
        if self._shows_certificate():
            await self._look_at_faces(answer)
            return self._found(*await self._shown(answer, certified=True))
        own_mac = own_mac_of(target.mac, target.address, target.keys, [(one.address, one.mac) for one in table])
        if own_mac is not None and is_vouched(target.address, port, target.known, (), own_mac, target.marks):
            await self._look_at_faces(answer)
            return self._found(*await self._shown(answer, own_mac))
        return await self._on_one(answer)

    def _shows_certificate(self) -> bool:
        """Whether the door shows the certificate that the device is known by there."""
        target, port = self.session.target, self.conversation.port
        known = target.certificates.get(port) if self.conversation.tls else None
        is_shown = known is not None and self.session.faces.get(port) == hashlib.sha256(known).hexdigest()
        return known is not None and is_shown and is_known_certificate(port, known, target.marks)

    def _found(self, another: list[str], doubts: list[str]) -> LoginOutcome | None:
        """What is asked about; None where there is nothing, or a person has said yes to it."""
        address, words = self.session.target.address, [*another, *doubts]
        found = changed(address, words) if another else unsure(address, words) if doubts else None
        if self.session.unless_allowed(found) is not None:
            return found
        if doubts:  # Also once what was another is what it is known by.
            self.session.said.add(unsure(address, doubts).ask)
        for kind, looks in self.looks.items():
            is_known = self._known(kind) or kind == PAGE  # A realm is known once a login was for it.
            if looks and is_to_keep(looks) and (self._another(kind) or not is_known):
                self.session.pages[f"{kind}{self.conversation.port}"] = looks[0]
        return None

    async def _on_one(self, answer: ExchangeOutcome | None) -> LoginOutcome | None:
        """Asks until all was answered on one connection, which is left open for the login.

        Many devices close it after they have refused something. For them the challenge is of the connection before.
        """
        session, conversation = self.session, self.conversation
        first, line = answer, None
        another, doubts = list[str](), list[str]()
        for _ in range(CONNECTIONS):
            if answer is None or not await conversation.is_kept():
                answer = await self.again()
                if answer.outcome != "answered":
                    return session.no_answer(conversation)
            await self._look_at_faces(answer)
            if not await conversation.is_kept():  # Else it is not noticed yet that it was closed.
                await conversation.begin()
            line = conversation.line
            another, doubts = await self._shown(answer)
            if conversation.line is line and await conversation.is_kept():
                break
            line, refused, answer = None, answer, None
        else:
            answer, doubts = refused, [*doubts, f"{CLOSES} (port {conversation.port})"]
        found = self._found(another, doubts)
        if found is not None:
            return found
        conversation.only = line
        if self.scheme is not None and answer is not None and answer is not first:
            scheme = session.scheme_of(answer, conversation)
            if isinstance(scheme, LoginOutcome):
                return scheme
            self.scheme = scheme
        if line is not None and conversation.guard is not None and not await conversation.guard(line):
            # It was opened before it was known how the login is asked for.
            conversation.only, conversation.guarded = None, True
            return session.no_answer(conversation)
        return None

    async def _shown(
        self, answer: ExchangeOutcome | None, own_mac: str | None = None, *, certified: bool = False
    ) -> tuple[list[str], list[str]]:
        """What of the device is another now, and what is a doubt: nothing vouches for this door (`identity/vouched.py`).

        No `answer`, no doubt. What takes longer than ASK_AGAIN_S shows nothing.
        """
        target, port = self.session.target, self.conversation.port
        first = self.session.shown_now = await self._asked_again(target)
        each_time = await self._new_each_time(first)
        new = differing(target.known, first) & waived(target.told) - each_time
        known, now = _without(target.known, each_time | new), without_ids(first, each_time | new)
        asked = tuple(filter(is_asked_again, known))
        if certified:
            is_its = is_certified(port, now, target.marks, asked)
        else:
            is_its = is_vouched(target.address, port, known, now, own_mac, target.marks, asked)
        if new and not is_its:  # Then an id that is new since the last start may be another device's.
            known, now = _without(target.known, each_time), without_ids(first, each_time)
        said = shown_again(known, now)
        another = [one for one in said if one != NOTHING] + [EACH_TIME] * bool(each_time - waived(target.told))
        if answer is not None:
            another += [other for kind in FACES if (other := self._another(kind))]
        if answer is None or is_its:
            return another, []
        pages = list[bytes]()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASK_AGAIN_S):
                for _ in range(PAGES + 1):  # An answer may get lost.
                    pages += [page] if len(pages) < PAGES and (page := await self._page()) else []
        marks = [value for _, values in sorted(marks_of(now).items()) for value in values]
        refused = refusal_of(answer.raw).encode("utf-8", "replace")
        face = face_of(refused, target.mac or "", self.session.faces.get(port, ""), *marks, page_of(pages))
        what = NOTHING if known and said else NO_MARK if not known else NOT_HERE
        return another, [f"{what} (port {port} shows {face})"]

    async def _asked_again(self, target: Target) -> tuple[Observation, ...]:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASK_AGAIN_S):
                return tuple(await ask_again(target, self._talk, self.session.host.turnstile))
        return ()

    async def _new_each_time(self, first: Sequence[Observation]) -> frozenset[str]:
        """The questions that are answered with another endpoint id than before, and again another when asked once more."""
        target = self.session.target
        names = differing(target.known, first)
        its = tuple(one for one in target.known if not names.isdisjoint(marks_of([one])))
        return changing(names, [its, first, await self._asked_again(replace(target, known=its))]) if names else names

    async def _look_at_faces(self, answer: ExchangeOutcome | None) -> None:
        """Looks at the front page, where one is known at this port, and the realm: once where that is known, else twice."""
        self.looks = {PAGE: [], REALM: []}
        known = self._known(PAGE)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ASK_AGAIN_S):
                for _ in range(PAGES + 1 if known else 0):  # An answer may get lost.
                    if len(self.looks[PAGE]) < PAGES and set(known).isdisjoint(self.looks[PAGE]):
                        look = self._read_page(await self._page())
                        self.looks[PAGE] += [look] if look is not None else []
                self.looks[REALM] += self._realm_of(answer)
                if self._another(REALM):
                    self.looks[REALM] += self._realm_of(await self.again())

    def _known(self, kind: str) -> tuple[str, ...]:
        return (self.session.target.marks or {}).get(f"{kind}{self.conversation.port}", ())

    def _read_page(self, raw: bytes) -> str | None:
        port, ask, address = self.conversation.port, "GET /", self.session.target.address
        return page_in(
            Observation(probe="http", address=address, at="", raw=raw, ask=ask, port=port, reading=read("http", ask, raw))
        )

    def _another(self, kind: str) -> str:
        """What to say of its front page, or of the realm; "" where it is as before."""
        what = "front page" if kind == PAGE else "login realm"
        return another_face(f"{what} at port {self.conversation.port}", self._known(kind), self.looks.get(kind, ()))

    def _talk(self, door: ServedPort) -> contextlib.AbstractAsyncContextManager[Conversation]:
        """What is asked at this door goes on its own connection."""
        return contextlib.nullcontext(self.conversation) if door.port == self.conversation.port else self.session.talk(door)

    async def _page(self) -> bytes:
        """The front page, b"" where there is none."""
        name = authority(self.conversation.host.address, self.conversation.port, self.conversation.tls)
        return (await self.conversation.ask(encode_get(name, keep=True))).raw

    def _realm_of(self, answer: ExchangeOutcome | None) -> list[str]:
        """What a login is asked for, where it is, as the login reads it."""
        challenges = answer.headers(b"www-authenticate") if answer is not None else ()
        told = read_challenges(one.decode("latin-1") for one in challenges)
        return [" ".join(" ".join(values.get("realm", "") for _, values in told).split())] if told else []


def _without(known: Iterable[Observation], ids: Collection[str]) -> tuple[Observation, ...]:
    return tuple(filter(names_one, without_ids(known, ids)))
