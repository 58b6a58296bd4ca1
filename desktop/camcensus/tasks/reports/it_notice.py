"""The values of the IT notice: what this computer would send in a search, from the place where ports and pace are set."""

from __future__ import annotations

import platform
from collections.abc import Sequence

import camcensus
from camcensus.discovery import pace, sent
from camcensus.discovery.scope import interfaces
from camcensus.model import frozen
from camcensus.model.blocks import ReportDocument
from camcensus.model.policy import Policy
from camcensus.model.scan import Interface
from camcensus.model.words import clean
from camcensus.report.it_notice import ItNotice, NetworkCard, Pacing, SentQuestion, it_notice_report
from camcensus.store.inventory import Inventory
from camcensus.tasks.policy import limits, policy_in_force
from camcensus.tasks.register.people import person
from camcensus.tasks.register.untouched import untouched
from camcensus.tasks.reports import kit
from camcensus.tasks.reports.making import Making

OPEN_QUESTIONS = ("wsdiscovery", "ssdp", "mdns")
"""Questions of open standards; the others are makers' own."""
_OPEN_WORDS = {
    "wsdiscovery": "ONVIF: which cameras are there (WS-Discovery)",
    "ssdp": "UPnP: which devices are there (SSDP)",
    "mdns": "Bonjour: which services are there (mDNS)",
}
NEVER = (
    "No password is tried or guessed. A login is used only where a person types one for a device.",
    "No picture and no sound is fetched, no setting is changed, nothing is written to a device.",
    "No public address, and no network beyond our own that you have not named.",
    "No more than two connections to a device at the same time.",
    "Nothing is sent out of the building: the results stay on this computer until a person exports them.",
)


@frozen
class Computer:
    """This computer, as IT knows it."""

    name: str
    cards: tuple[Interface, ...]


def this_computer() -> Computer:
    """The name and the networks of the computer this runs on."""
    return Computer(platform.node() or "This computer", interfaces())


def it_notice(this: Making, computer: Computer | None = None, policy: Policy | None = None) -> ReportDocument:
    """The sheet for the IT team; `policy` None is the one in force here.

    Raises StoreError where the list of addresses never asked cannot be read.
    """
    notice = notice_of(this.inventory, computer or this_computer(), policy)
    return it_notice_report(kit.read_nothing(this).occasion(), notice)


def notice_of(inventory: Inventory, computer: Computer, policy: Policy | None = None) -> ItNotice:
    """What the sheet says."""
    allowed, it = policy or policy_in_force(), person(inventory, "it")
    return ItNotice(
        computer=clean(computer.name, 80),
        program=f"Camcensus {camcensus.__version__}",
        cards=tuple(
            NetworkCard(name=card.name, address=card.address, allowed=inventory.allowed(card.network) or "")
            for card in computer.cards
        ),
        questions=tuple(_questions()),
        paces=tuple(_paces()),
        longest=f"Until replies stop; {pace.SCAN_S / 60:.0f} minutes at most. Stop ends it at once.",
        never=(*NEVER, f"Never asked, whatever is there: TCP ports {ports(sent.never_asked())}, which printers, "
               "controllers and medical equipment listen on."),
        untouched=(
            *((one.where, one.note) for one in untouched(inventory)),
            *((where, "Set by the IT team's policy") for where in allowed.never_ask),
        ),
        policy=limits(allowed),
        contact=", ".join(clean(text, 120) for text in (it.name, it.reach) if text) if it is not None else "",
    )  # fmt: skip


def _questions() -> list[SentQuestion]:
    web, video = sent.ports_of_hosts()
    everybody = "All devices of this network (multicast, broadcast)"
    asked = [
        SentQuestion(what=_OPEN_WORDS[name], to=everybody, ports=f"UDP {pace.MULTICAST_PORTS[name]}") for name in OPEN_QUESTIONS
    ]
    others = sorted({port for name, port in pace.MULTICAST_PORTS.items() if name not in OPEN_QUESTIONS})
    asked.append(SentQuestion(what="Camera makers’ own search questions", to=everybody, ports=f"UDP {ports(others)}"))
    answered = "Devices that answered or look like cameras; each address of a named range"
    asked.append(SentQuestion(what="Its web page, certificate, and ONVIF questions without a login", to=answered,
                          ports=f"TCP {ports(web)}, and a port that the device itself announced"))  # fmt: skip
    asked.append(SentQuestion(what="What its video is like, not the video (RTSP)", to=answered,
                          ports=f"TCP {ports(video)}"))  # fmt: skip
    asked.append(SentQuestion(what="ONVIF, to it alone (WS-Discovery)", to=answered,
                          ports=f"UDP {pace.MULTICAST_PORTS['wsdiscovery']}"))  # fmt: skip
    asked.append(SentQuestion(what="Camera makers’ own search questions, to it alone",
                          to="Devices beyond a router that answered, in a named range; others whose answer to all was lost",
                          ports=f"UDP {ports(sent.questions_beyond())}"))  # fmt: skip
    return asked


def _paces() -> list[Pacing]:
    found = []
    for name, rate in pace.RATES.items():
        each = "second" if rate.host_gap_s == 1 else f"{rate.host_gap_s:g} s"
        gap = f", a new one each {each}" if rate.host_gap_s else ""
        found.append(
            Pacing(
                name=name.capitalize() + (" (usual)" if name == "gentle" else ""),
                all_hosts=f"At most {rate.per_second:,.0f} new connections a second",
                one_host=f"At most {pace.OPEN_PER_HOST} open{gap}",
            )
        )
    return found


def ports(numbers: Sequence[int]) -> str:
    """ "80, 443, 9100 to 9107"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
