"""A small sound set of knowledge sources, into which tests plant faults."""

from __future__ import annotations

from pathlib import Path

_CALENDAR = "\n".join(
    f'[[entry]]\nid = "{kind}"\nwhat = "Facts of {kind}"\ntitle = "A page"\npublisher = "A publisher"\nurl = "https://example.org/"\n'
    f'bring = "a file"\nimporter = "{kind}"\nevery_days = 91\nweight = {weight}\nminutes = 5\nlooked_at = "2026-01-05"\n'
    for kind, weight in (
        ("exploited", 1), ("cve", 1), ("fcc", 1), ("entity-list", 1), ("debarment", 1), ("ieee", 2), ("urn", 3), ("ods", 3), ("gss", 3)
    )
) + "".join(
    f'\n[[entry]]\nid = "{name}"\nwhat = "{name}"\ntitle = "Each page"\npublisher = "Each publisher"\nevery_days = 365\nweight = {weight}\n'
    'minutes = 3\n'
    for name, weight in (("statements", 1), ("brand-claims", 1), ("sources", 2))
)  # fmt: skip

FILES = {
    "CHANGES.md": "# Changes\n\n## 2026-01-05\n\nFirst.\n\n## 2026-02-03\n\nSecond.\n",
    "sources/general.toml": (
        '[[source]]\nid = "paper"\ntitle = "A paper"\npublisher = "A publisher"\nurl = "https://example.org/"\ndate = "2025-04"\n'
        'retrieved = "2026-01-05"\n\n[[source]]\nid = "undated"\ntitle = "No date"\npublisher = "Nobody"\n\n'
        '[[source]]\nid = "unseen"\ntitle = "Cited by others"\npublisher = "Another publisher"\ndate = "2024"\n'
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
        'id = "maker-a"\nname = "Maker A"\nparent = "holding"\nrole = "both"\nreply = "We did not."\n'
        'reply_source = "paper"\nsource = "paper"\n'
    ),
    "manufacturers/holding.toml": 'id = "holding"\nname = "Holding"\nrole = "maker"\nsource = "paper"\n',
    "manufacturers/seller.toml": (
        'id = "seller"\nname = "Seller"\nrole = "brand-owner"\nnote = "It sells."\nsource = "unseen"\nverified = false\n'
    ),
    "manufacturers/maker-b.toml": 'id = "maker-b"\nname = "Maker B"\nrole = "maker"\nsource = "paper"\n',
    "brands/names.toml": (
        '[[brand]]\nid = "maker-a"\nname = "Maker A"\n\n[[brand]]\nid = "shop"\nname = "Shop"\nalso = ["The Shop"]\nowner = "seller"\nnote = "A name on boxes."\nsource = "paper"\ncommon_word = true\n'
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
    "registry.txt": "# source=paper date=2026-01-02\nA switch maker\t001122\nA lamp maker\t0011223 001122345\nMaker A\taabbcc\n",
    "calendar.toml": _CALENDAR,
    "hosts.toml": 'mirrors = ["copies.example", "*.copies.example"]\n',
    "advisories/maker-a.toml": (
        '[[advisory]]\nid = "CVE-2021-12345"\nmanufacturer = "maker-a"\nbrand = "shop"\ntitle = "A login is not needed"\n'
        'summary = "Anybody can read settings."\nmodels_said = "A1, A2 series"\nfirmware_said = "before build 210101"\n'
        'models_complete = true\nfixed_in = "Build 210101."\ncvss = 9.8\ncvss_version = "3.1"\nexploited = true\n'
        'exploited_listed = "2022-01-10"\nexploited_as_of = "2025-08-25"\nsource = "paper"\naffected = [\n'
        "  { models = ['(?i)\\bA1', '(?i)\\bA2'], built_before = \"2021-01-01\" },\n"
        '  { models = [\'(?i)\\bA3\'], version_from = "1.0", version_until = "1.4", certain = false },\n]\n\n'
        '[[advisory]]\nid = "maker-a-2020-01"\nmanufacturer = "maker-a"\ntitle = "A program has a flaw"\nsummary = "It can stop."\n'
        'software = true\nsource = "unseen"\nverified = false\n'
    ),
    "capabilities/maker-a.toml": (
        '[[capability]]\nmanufacturer = "maker-a"\ncapability = "people-counting"\nmodels = \'(?i)\\bA1\'\nmodels_said = "A1"\n'
        'how = "The manual names it."\nsource = "paper"\n'
    ),
    "restrictions/all.toml": (
        '[[restriction]]\nid = "a-rule"\njurisdiction = "Somewhere"\ninstrument = "A rule"\nissued_by = "Somebody"\n'
        'announced = "2022-11"\nmanufacturers = ["maker-a", "holding"]\nscope = "Buying"\nstatus = "in force"\nsource = "paper"\n'
    ),
    "replacements.toml": (
        '[[replacement]]\nmanufacturer = "maker-b"\nproduct_line = "all"\ncountry = "Norway"\nstatement = "None seen."\nsource = "paper"\n'
    ),
    "ends-of-life.toml": (
        '[[end_of_life]]\nmanufacturer = "maker-a"\nmodels = \'(?i)\\bA1\'\nmodels_said = "A1"\nend_of_sale = "2019"\nnote = "No updates."\n'
        'source = "paper"\n'
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
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def edited(name: str, old: str, new: str) -> dict[str, str]:
    """One change to one file of the sample; the old text must be there."""
    assert old in FILES[name], old
    return {name: FILES[name].replace(old, new, 1)}
