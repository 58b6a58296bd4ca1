"""What a device is: a ladder like the maker's, from signs for each kind to one kind, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from camcensus.identity.kind_signs import MANY_PICTURES, NO_PICTURES, answer_signs
from camcensus.model.device import DOOR_KINDS, DeviceKind, Evidence, Grade, Observation

SUBJECTS: Mapping[str, tuple[DeviceKind, str | None]] = {
    "recorder": ("recorder", None),
    "access-terminal": ("access-terminal", None),
    "doorbell": ("intercom", "a doorbell"),
    "intercom": ("intercom", None),
    "encoder": ("encoder", None),
    "camera": ("camera", None),
    "camera-or-recorder": ("camera-or-recorder", None),
    "may-be-camera": ("unknown", None),
    "software": ("software", "a program that shows or records pictures"),
    "switch": ("switch", "a network switch"),
    "screen": ("screen", "a screen or decoder for camera pictures"),
    "printer": ("other", "a printer or scanner"),
    "file-store": ("other", "a file store (NAS)"),
    "router": ("other", "a router, switch or access point"),
    "phone": ("other", "a telephone"),
    "media-player": ("other", "a television, speaker or media player"),
    "computer": ("other", "a computer"),
    "door-controller": ("other", "a door controller"),
    "other": ("other", None),
}
"""What signs of role "kind" may speak of: the kind it comes to, and the thing's own name.

Those that come first are heard first where signs are equally firm: a recorder also answers as the cameras behind it, and a door
station also as the camera in it.
"""

CCTV: tuple[DeviceKind, ...] = ("recorder", "access-terminal", "intercom", "encoder", "camera")
"""Kinds that a maker of CCTV makes and that show pictures, in the order of SUBJECTS."""

_SHOW_MANY = frozenset({"camera", "encoder"})
"""What is named so and shows many pictures has many sensors or inputs: how many pictures there are makes it no recorder."""

_HEARD, _DONE, _FIRM, _BORNE_OUT, _READ = range(5)
"""Levels: only said and weak; done and weak; one strong sign; two strong ones that are independent; read by a person."""

_GRADES: Mapping[int, Grade] = {
    _HEARD: "possible", _DONE: "possible", _FIRM: "likely", _BORNE_OUT: "almost-certain", _READ: "confirmed",
}  # fmt: skip


class Kind(NamedTuple):
    """The kind, how sure, why in a sentence or two, and what exactly the thing is ("a printer or scanner") where the kind does
    not say. `evidence` has the signs for the kind first, then those against it.
    """

    kind: DeviceKind
    grade: Grade
    reason: str
    what: str | None = None
    evidence: tuple[Evidence, ...] = ()


def kind_of(replies: Sequence[Observation], evidence: Iterable[Evidence]) -> Kind:
    """The kind that the signs come to: the firmest; where weak ones speak for several kinds, what they have in common.

    The same for any order of them. Parts of the answer are never guessed: without a sign of a camera a thing is another kind
    of device, and with no firmer sign than its maker's it "may be a camera".
    """
    signs = _each_once([sign for sign in evidence if sign.role == "kind" and sign.subject in SUBJECTS], answer_signs(replies))
    if any(sign.subject in _SHOW_MANY and sign.strength != "weak" for sign in signs):
        signs = tuple(replace(sign, strength="weak") if sign.fingerprint == MANY_PICTURES else sign for sign in signs)
    by_kind: dict[DeviceKind, list[Evidence]] = {}
    for sign in signs:
        by_kind.setdefault(SUBJECTS[sign.subject][0], []).append(sign)
    levels = {kind: _level(mine) for kind, mine in _beside_models(by_kind) if kind not in ("unknown", "camera-or-recorder")}
    watched = {kind: level for kind, level in levels.items() if kind in CCTV}
    others = {kind: level for kind, level in levels.items() if kind not in CCTV}
    general = by_kind.get("camera-or-recorder", [])
    kind, grade = _choose(watched, others, by_kind, _level(general) if general else None)
    if not signs:
        return _silent(replies)
    return _told(kind, grade, signs, by_kind)


def _choose(
    watched: Mapping[DeviceKind, int], others: Mapping[DeviceKind, int], by_kind: Mapping[DeviceKind, list[Evidence]],
    general: int | None,
) -> tuple[DeviceKind, Grade]:  # fmt: skip
    top = max([*watched.values(), *others.values(), _HEARD if general is None else general], default=_HEARD)
    rival = _first(others, by_kind)
    by_model = rival is not None and _by_model(by_kind[rival])
    told = max([*watched.values(), *others.values()], default=_HEARD) if by_model else top
    if rival is not None and others[rival] >= _FIRM and others[rival] == told:
        if not _contested(rival, watched, by_kind, told):
            return rival, _GRADES[told]
        return "unknown", "conflicting"
    if watched and max(watched.values()) >= max(_FIRM, general or 0):
        kind = "recorder" if _says_recorder(by_kind) else _first(watched, by_kind)
        assert kind is not None
        others_too = any(level >= watched[kind] for one, level in watched.items() if one != kind)
        return kind, "likely" if others_too and watched[kind] >= _BORNE_OUT else _GRADES[watched[kind]]
    if general is not None and general >= _FIRM:
        named = {kind for kind in watched if any(sign.fingerprint.startswith("named.") for sign in by_kind[kind])}
        return (named.pop(), "possible") if len(named) == 1 else ("camera-or-recorder", _GRADES[general])
    if watched:
        return _weakly(watched, general), "possible"
    if rival is not None and any(sign.fingerprint == NO_PICTURES for sign in by_kind[rival]):
        return rival, "possible"
    if general is not None or _streams_for_a_maker(by_kind):
        return "camera-or-recorder", "possible"
    if rival is not None and (others[rival] >= _DONE or "unknown" not in by_kind):
        return rival, "possible"
    return ("unknown", "unknown") if "unknown" in by_kind else ("other", "unknown")


def _beside_models(by_kind: Mapping[DeviceKind, list[Evidence]]) -> Iterator[tuple[DeviceKind, list[Evidence]]]:
    """The signs of each kind, words of the trade as weak ones where a model's name says another kind of CCTV.

    One firmware serves a maker's cameras and recorders, and greets with the words of one of them.
    """
    by_model = {kind for kind in CCTV if _by_model(by_kind.get(kind, ()))}
    for kind, signs in by_kind.items():
        if kind in CCTV and by_model and kind not in by_model:
            yield kind, [replace(one, strength="weak") if one.fingerprint.startswith("named.word.") else one for one in signs]
        else:
            yield kind, signs


def _by_model(signs: Iterable[Evidence]) -> bool:
    """Whether a maker's own name for a model says it: however often words of the trade are heard, they say less than that."""
    return any(
        sign.strength != "weak"
        and sign.fingerprint.startswith("named.")
        and not sign.fingerprint.startswith(("named.word.", "named.maker."))
        for sign in signs
    )


def _streams_for_a_maker(by_kind: Mapping[DeviceKind, list[Evidence]]) -> bool:
    """Whether what sends video shows a maker of cameras, who may make other things too: those do not send video."""
    return {"kind.streams", "named.maker.may-be-camera"} <= {sign.fingerprint for sign in by_kind.get("unknown", [])}


def _says_recorder(by_kind: Mapping[DeviceKind, list[Evidence]]) -> bool:
    """Whether the device itself states that it is a recorder, which also answers with the names of the cameras behind it."""
    return any(sign.fingerprint == "kind.stated" for sign in by_kind.get("recorder", []))


def _contested(
    rival: DeviceKind, watched: Mapping[DeviceKind, int], by_kind: Mapping[DeviceKind, list[Evidence]], top: int
) -> bool:
    """Whether what the device does speaks for a camera against a firm sign that it is none.

    A name of the maker's own or a known program says what the thing is, however it answers; any other is held against the
    languages that only cameras speak. A class that makers give door stations is given to door controllers too.
    """
    named = any(sign.strength != "weak" and sign.fingerprint.startswith("named.") for sign in by_kind[rival])
    does = [kind for kind in watched if any(sign.family == "does" for sign in by_kind[kind])]
    if any(watched[kind] == top for kind in does if not (named and kind in DOOR_KINDS)):
        return True
    if named or rival in ("software", "switch", "screen"):
        return False
    own = {sign.reply for sign in by_kind[rival] if sign.strength != "weak"}
    speaking = [sign for kind in ("camera", "recorder", "encoder", "camera-or-recorder") for sign in by_kind.get(kind, [])]
    return any(sign.family == "does" and sign.group in ("protocol", "soap") and sign.reply not in own for sign in speaking)


def _weakly(watched: Mapping[DeviceKind, int], general: int | None) -> DeviceKind:
    """The kind that weak signs speak for; of several that are equal, what they have in common."""
    top = max(watched.values())
    leading = [kind for kind in CCTV if watched.get(kind) == top]
    if top == _HEARD and general == _DONE and len(watched) > 1:
        return "camera-or-recorder"
    if len(leading) == 1 or leading[0] in DOOR_KINDS:
        return leading[0]
    return "camera-or-recorder"


def _first(levels: Mapping[DeviceKind, int], by_kind: Mapping[DeviceKind, list[Evidence]]) -> DeviceKind | None:
    """The kind of the highest level; of several the one with more strong signs, then the one that SUBJECTS has first."""

    def rank(kind: DeviceKind) -> tuple[int, int, int]:
        strong = len({sign.reply for sign in by_kind[kind] if sign.strength != "weak"})
        return (-levels[kind], -strong, min(_ORDER[sign.subject] for sign in by_kind[kind]))

    return min(levels, key=rank, default=None)


_ORDER = {subject: place for place, subject in enumerate(SUBJECTS)}


def _level(signs: Sequence[Evidence]) -> int:
    strong = [sign for sign in signs if sign.strength != "weak"]
    if any(sign.group == "person" for sign in strong):
        return _READ
    if any(one.group != other.group and one.reply != other.reply for one in strong for other in strong):
        return _BORNE_OUT
    if strong:
        return _FIRM
    return _DONE if any(sign.family == "does" for sign in signs) else _HEARD


def _told(kind: DeviceKind, grade: Grade, signs: Sequence[Evidence], by_kind: Mapping[DeviceKind, list[Evidence]]) -> Kind:
    alike = DOOR_KINDS if kind in DOOR_KINDS else (kind,)
    bears_out = {*alike, *_OPEN} if kind in CCTV else {*CCTV, *_OPEN} if kind in _OPEN else {kind}
    ranked = sorted(signs, key=lambda sign: _rank(sign, kind))
    for_it = [sign for sign in ranked if SUBJECTS[sign.subject][0] in bears_out]
    against = [sign for sign in ranked if SUBJECTS[sign.subject][0] not in bears_out]
    evidence = (*(replace(sign, supports=True) for sign in for_it), *(replace(sign, supports=False) for sign in against))
    if grade == "conflicting":
        reason = f"Signs disagree. {for_it[0].why} {against[0].why}"
        return Kind(kind, grade, reason, None, evidence)
    mine = [sign for sign in for_it if SUBJECTS[sign.subject][0] == kind] or for_it
    what = SUBJECTS[mine[0].subject][1] if mine else None
    return Kind(kind, grade, _because(kind, grade, mine, by_kind), what, evidence)


_OPEN: tuple[DeviceKind, ...] = ("camera-or-recorder", "unknown")


def _because(kind: DeviceKind, grade: Grade, signs: Sequence[Evidence], by_kind: Mapping[DeviceKind, list[Evidence]]) -> str:
    """The firmest sign, and for "almost certain" the one that bears it out; for what is left open, that it is."""
    if not signs:
        return "It answered, and nothing in its answers speaks of a camera."
    first = signs[0]
    said = [first.why]
    if grade == "almost-certain":
        said += [sign.why for sign in signs[1:] if sign.group != first.group and sign.strength != "weak"][:1]
    if kind == "camera-or-recorder" and "camera" not in by_kind and "recorder" not in by_kind:
        said.append("Nothing says which of the two it is.")
    return " ".join(said)


def _rank(sign: Evidence, kind: DeviceKind) -> tuple[bool, bool, bool, int, str, str, str]:
    return (
        SUBJECTS[sign.subject][0] != kind, sign.group != "person", sign.strength == "weak", _ORDER[sign.subject],
        sign.fingerprint, sign.probe, sign.why,
    )  # fmt: skip


def _each_once(*several: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The signs, sorted; of one sign in several answers to one question the first."""
    kept: dict[tuple[str, str, str, str], Evidence] = {}
    for signs in several:
        for sign in signs:
            key = (sign.fingerprint, sign.subject, sign.probe, sign.ask or "")
            held = kept.get(key)
            if held is None or _arrival(sign) < _arrival(held):
                kept[key] = sign
    return tuple(kept[key] for key in sorted(kept))


def _arrival(sign: Evidence) -> tuple[str, str, str, str]:
    return (sign.strength, sign.at or "", sign.seen, sign.reply)


def _silent(replies: Sequence[Observation]) -> Kind:
    if not replies:
        return Kind(
            "other", "unknown", "Only its MAC address is known, and that is not from a block that only camera makers use."
        )
    return Kind("other", "unknown", "It answered, and nothing in its answers speaks of a camera.")
