"""The lines of the IT page that list what is sent, from the code's own lists; a test holds the page to them."""

from __future__ import annotations

from collections.abc import Sequence

from camcensus.discovery import pace, sent

NAMES = {
    "wsdiscovery": "WS-Discovery (ONVIF)", "ssdp": "SSDP (UPnP)", "mdns": "mDNS (Bonjour)", "sadp": "Hikvision SADP",
    "dhip": "Dahua DHIP", "dahua-v1": "Dahua, older", "hanwha": "Hanwha", "bosch": "Bosch", "vivotek": "Vivotek",
    "panasonic": "Panasonic, i-PRO", "sony": "Sony", "xiongmai": "Xiongmai", "tvt": "TVT", "tp-link": "TP-Link",
    "ubiquiti": "Ubiquiti", "foscam": "Foscam", "vstarcam": "VStarcam", "360-vision": "360 Vision",
    "gige-vision": "GigE Vision", "hid": "HID door controllers",
}  # fmt: skip


def sent_lines() -> tuple[str, ...]:
    """What a search sends, one item a line of Markdown."""
    web, rtsp = sent.ports_of_hosts()
    lines = []
    for one in sent.questions_to_all():
        where = [*one.groups, *(["broadcast"] if one.broadcast else [])]
        back = f"; answers come to UDP {one.reply_port}" if one.reply_port is not None else ""
        lines.append(f"- {NAMES[one.name]}: UDP {one.port} to {', '.join(where)}{back}")
    lines.append(f"- To single devices, web page, certificate and ONVIF without a login: TCP {ports(web)}")
    lines.append(f"- To single devices, what its video is like (RTSP), not the video: TCP {ports(rtsp)}")
    lines.append("- To single devices, one WS-Discovery question: UDP 3702, at most as many a second as new connections")
    lines.append(
        f"- To single devices beyond a router, in a range that was named, the makers’ questions that reach no other network: "
        f"UDP {ports(sent.questions_beyond())}, each once; on this network to a device that did not answer what others with "
        "MAC addresses of its block answered"
    )
    lines.append("- To single devices, also the port that a device itself announced, unless it is one of those never asked")
    lines.append(
        f"- Never asked, whatever is there: TCP {ports(sent.never_asked())} (printers, controllers, medical equipment)"
    )
    lines.append(f"- To one device at most {pace.CONNECTIONS} connections in a search, besides those that it refuses")
    for name, rate in pace.RATES.items():
        gap = f", a new one each {rate.host_gap_s:g} s" if rate.host_gap_s else ""
        lines.append(
            f"- Pace {name}: at most {rate.per_second:,.0f} new connections a second in all, {pace.OPEN_PER_HOST} open to one "
            f"device{gap}"
        )
    return tuple(lines)


def firewall_line() -> str:
    """What a firewall has to let in."""
    return f"- Let in, from the local network only: UDP {ports(sent.answered_at())}"


def ports(numbers: Sequence[int]) -> str:
    """ "80, 443, 9100 to 9107"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
