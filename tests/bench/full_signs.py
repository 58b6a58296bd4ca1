"""How many devices of TP-Link, TVT and Xiongmai with full signs are almost certain: python tests/bench/full_signs.py [--save]

Full signs: the device answers its maker's own protocol, or three of its answers (web page, ONVIF, video, MAC address …) speak for
its maker. Judged are the shared captures of real devices where they lie beside the project, and devices put together from replies
that the labelled cases build from published facts. Prints each with its grade and signs, and the share of each maker.
--save writes tests/bench/results/full_signs.md. Status 1: fewer than 80% of a maker's devices are almost certain, or one is wrong.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.attribution_table import CAPTURES  # noqa: E402
from camcensus.intake.capture import read_capture  # noqa: E402
from camcensus.model.device import Observation  # noqa: E402
from camcensus.model.knowledge import Knowledge  # noqa: E402
from camcensus.store.vendors_db.read import load_knowledge  # noqa: E402
from camcensus.tasks.finding.census import judge  # noqa: E402
from labelled.case import case  # noqa: E402
from labelled.every import cases  # noqa: E402
from labelled.packets import Packet, info, neighbour, raw  # noqa: E402

SAVED = ROOT / "tests" / "bench" / "results" / "full_signs.md"
LEAST_PERCENT = 80
SURE = ("almost-certain", "confirmed")
MAKERS = {"TP-Link": "tp-link", "TVT": "tvt", "Xiongmai": "xiongmai"}
FULL = 3


def built() -> Iterator[tuple[str, str, Sequence[Observation]]]:
    """(name, manufacturer, replies) of devices that are put together from published facts."""
    of = {one.id: one.packets for one in cases()}
    mac = {"tp-link": "00:0a:eb:20:00:01", "tvt": "00:18:ae:20:00:01", "xiongmai": "00:12:31:20:00:01"}
    (answer,) = of["own-protocol/tvt"]
    number = bytes.fromhex(mac["tvt"].replace(":", ""))
    tvt = raw("tvt", answer.raw.replace(bytes.fromhex("58e876000001"), number))  # the board's number, not its seller's
    page, realm = of["shared/dvr-components"], of["own-name/tp-link-realm"]
    together: dict[str, tuple[str, Sequence[Packet]]] = {
        "VIGI: ONVIF names, realm, MAC address": ("tp-link", [*of["own-name/vigi"], *realm]),
        "VIGI: ONVIF device, realm, MAC address": ("tp-link", [info("TP-Link", "VIGI C350", "1.0.2 Build 240101", "S1"), *realm]),
        "Tapo: its own protocol": ("tp-link", of["own-protocol/tapo"]),
        "its own protocol, MAC address": ("tvt", [tvt]),
        "its own protocol, page, MAC address": ("tvt", [tvt, *page]),
        "page, ONVIF device, MAC address": ("tvt", [*page, info("TVT", "TD-9544E3", "5.1.4.0(50000)", "N1")]),
        "page, ONVIF device, video": (
            "xiongmai", [*of["own-name/xiongmai-page"], *of["harder/xiongmai-firmware"], *of["own-name/xiongmai-video"]]
        ),
        "page, its own protocol": ("xiongmai", [*of["own-name/xiongmai-page"], *of["own-protocol/xiongmai"]]),
    }  # fmt: skip
    for name, (maker, packets) in together.items():
        made = case("full", name, maker, *packets, neighbour(mac[maker]), basis="the cases that it is put together from")
        yield name, maker, made.observations()


def captured() -> Iterator[tuple[str, str, Sequence[Observation]]]:
    """The shared captures of devices of these makers."""
    for path in sorted(CAPTURES.glob("*.jsonl")):
        maker = next((id for word, id in MAKERS.items() if path.name.removeprefix("x-").startswith(word)), "")
        if maker:
            yield path.stem, maker, read_capture(path).observations


def judged(knowledge: Knowledge) -> Iterator[tuple[str, str, str, bool, bool]]:
    """(what, manufacturer, grade, whether its signs are full, whether another maker is named) of each device."""
    for name, maker, replies in (*built(), *captured()):
        for verdict in judge(replies, knowledge):
            told = verdict.attribution
            signs = [one for one in told.evidence if one.role in ("manufacturer", "brand") and one.subject == maker]
            spoken = {"onvif" if one.probe.startswith(("wsd", "onvif")) else one.probe for one in signs}
            is_full = len(spoken) >= FULL or any(one.strength == "conclusive" for one in signs)
            yield name, maker, told.grade, is_full, told.manufacturer not in (None, maker)


def main(arguments: Sequence[str]) -> int:
    rows = list(judged(load_knowledge(ROOT / "vendors.db")))
    every = Counter(maker for _, maker, _, is_full, _ in rows if is_full)
    sure = Counter(maker for _, maker, grade, is_full, _ in rows if is_full and grade in SURE)
    lines = ["# Full signs of TP-Link, TVT and Xiongmai", "", "`python tests/bench/full_signs.py --save`", ""]
    lines += ["| Device | Maker | Full signs | Grade |", "|---|---|---|---|"]
    lines += [f"| {name} | {maker} | {'yes' if is_full else 'no'} | {grade} |" for name, maker, grade, is_full, _ in rows]
    lines += [
        "",
        *(f"- {maker}: {sure[maker]} of {every[maker]} with full signs are almost certain" for maker in sorted(every)),
    ]
    lines.append(f"- named as another maker’s: {sum(wrong for *_, wrong in rows)}")
    print("\n".join(lines))
    if "--save" in arguments:
        SAVED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    holds = all(sure[maker] * 100 >= every[maker] * LEAST_PERCENT for maker in MAKERS.values())
    return 0 if holds and every.keys() >= {*MAKERS.values()} and not any(wrong for *_, wrong in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
