"""A small sound set of knowledge sources, into which tests plant faults."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "CHANGES.md": "# Changes\n\n## 2026-01-05\n\nFirst.\n\n## 2026-02-03\n\nSecond.\n",
    "sources.toml": (
        '[[source]]\nid = "paper"\ntitle = "A paper"\npublisher = "A publisher"\nurl = "https://example.org/"\ndate = "2025-04"\n'
        'retrieved = "2026-01-05"\n\n[[source]]\nid = "undated"\ntitle = "No date"\npublisher = "Nobody"\n'
    ),
    "vocabulary.toml": (
        'kinds = ["http.server", "dhip.answer", "serial"]\ncomponents = ["boa"]\ndevice_kinds = ["camera", "other"]\n'
    ),
    "junk.toml": 'serials = ["0123456789"]\nmacs = ["00:00:00:00:00:00"]\n',
    "oui.csv": (
        "# source=paper date=2026-01-02\nprefix,registrant,role,subject,exclusive\n"
        "aabbcc,Maker A,manufacturer,maker-a,yes\naabbcd,Shop,brand,shop,no\naabbce1,A router firm,,,no\n"
    ),
    "manufacturers/maker-a.toml": (
        'id = "maker-a"\nname = "Maker A"\nparent = "holding"\nreply = "We did not."\nreply_source = "paper"\nsource = "paper"\n'
    ),
    "manufacturers/holding.toml": 'id = "holding"\nname = "Holding"\nsource = "paper"\n',
    "manufacturers/maker-b.toml": 'id = "maker-b"\nname = "Maker B"\nsource = "paper"\n',
    "brands/names.toml": (
        '[[brand]]\nid = "maker-a"\nname = "Maker A"\n\n[[brand]]\nid = "shop"\nname = "Shop"\nalso = ["The Shop"]\n'
    ),
    "brands/maker-a.toml": (
        '[[claim]]\nbrand = "maker-a"\nmade_by = "maker-a"\nrelation = "own_brand"\nsource = "paper"\n\n'
        '[[claim]]\nbrand = "shop"\nmade_by = "maker-a"\nrelation = "partial_oem"\nmodels = \'^SH-\'\nsince = "2020"\nuntil = "2022-05"\n'
        'note = "Some models."\nsource = "paper"\nverified = false\n'
    ),
    "fingerprints/http.server.toml": (
        '[[fingerprint]]\nid = "http.server.a"\nkind = "http.server"\npattern = \'^A-Webs$\'\nfamily = "does"\ngroup = "web"\n'
        'role = "manufacturer"\nsubject = "maker-a"\nstrength = "strong"\nwhy = "Its web page comes from the web server of Maker A."\n'
        'source = "paper"\nexamples = ["A-Webs"]\ncounterexamples = ["B-Webs"]\n\n'
        '[[fingerprint]]\nid = "http.server.boa"\nkind = "http.server"\npattern = \'^Boa/\'\nfamily = "does"\ngroup = "web"\n'
        'role = "component"\nsubject = "boa"\nstrength = "weak"\nwhy = "Its web server is shared by many makers."\n'
        'source = "paper"\nexamples = ["Boa/0.94"]\n'
    ),
    "fingerprints/dhip.answer.toml": (
        '[[fingerprint]]\nid = "dhip.answer.a"\nkind = "dhip.answer"\npattern = \'^answer$\'\nfamily = "does"\ngroup = "protocol"\n'
        'role = "manufacturer"\nsubject = "maker-a"\nstrength = "conclusive"\nwhy = "It answers the protocol of Maker A."\n'
        'source = "paper"\nexamples = ["answer"]\n'
    ),
    "listings/a-list.toml": (
        'id = "a-list"\ntitle = "A list"\nsaid_by = "somebody"\naddressed_to = "somebody else"\nnot_addressed_to = "you"\n'
        'date = "2022-11-24"\nquote = "a quote"\ntext = "Somebody named {manufacturer}."\nnames_makers = true\ndefault_on = true\n'
        'source = "paper"\n\n[[listing]]\nmanufacturer = "holding"\nscope = "everything"\neffective = "2022-11-24"\nsource = "paper"\n'
    ),
    "listings/own.toml": (
        'id = "own"\ntitle = "Your own list"\nsaid_by = "you"\naddressed_to = "you"\nnot_addressed_to = ""\ndate = ""\nquote = ""\n'
        'text = "You named {manufacturer}."\nnames_makers = true\ndefault_on = false\nsource = "paper"\n'
    ),
}


def write_sources(folder: Path, changed: dict[str, str] | None = None) -> Path:
    """The sample in `folder`, with the files in `changed` in place of or beside its own."""
    for name, text in (FILES | (changed or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edited(name: str, old: str, new: str) -> dict[str, str]:
    """One change to one file of the sample; the old text must be there."""
    assert old in FILES[name], old
    return {name: FILES[name].replace(old, new, 1)}
