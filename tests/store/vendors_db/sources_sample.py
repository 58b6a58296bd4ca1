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
        'id = "maker-a"\nname = "Maker A"\nparent = "holding"\nrole = "both"\nsource = "paper"\n'
        'country = "Norway"\nseat_source = "paper"\n\n'
        '[[answers]]\ndate = "2025-04"\ntext = "Maker A said “We did not”."\nsource = "paper"\n'
    ),
    "manufacturers/holding.toml": 'id = "holding"\nname = "Holding"\nrole = "brand-owner"\nsource = "paper"\n',
    "manufacturers/seller.toml": (
        'id = "seller"\nname = "Seller"\nrole = "brand-owner"\nnote = "It sells."\nsource = "unseen"\nverified = false\n'
    ),
    "manufacturers/maker-b.toml": 'id = "maker-b"\nname = "Maker B"\nrole = "maker"\nsource = "paper"\n',
    "brands/names.toml": (
        '[[brand]]\nid = "maker-a"\nname = "Maker A"\n\n[[brand]]\nid = "maker-b"\nname = "Maker B"\n\n[[brand]]\nid = "shop"\nname = "Shop"\nalso = ["The Shop"]\nowner = "seller"\nnote = "A name on boxes."\nsource = "paper"\ncommon_word = true\n'
    ),
    "brands/maker-a.toml": (
        '[[claim]]\nbrand = "maker-a"\nmade_by = "maker-a"\nrelation = "own_brand"\n'
        'basis = "maker"\nnote = "Its own name."\nsource = "paper"\n\n'
        '[[claim]]\nbrand = "maker-b"\nmade_by = "maker-b"\nrelation = "own_brand"\n'
        'basis = "authority"\nnote = "Its own name."\nsource = "paper"\n\n'
        '[[claim]]\nbrand = "shop"\nmade_by = "maker-a"\nrelation = "partial_oem"\nmodels = \'^SH-\'\nsince = "2020"\nuntil = "2022-05"\n'
        'basis = "user-list"\nnote = "Some models."\nquote = "Shop sells what Maker A makes"\nsource = "paper"\nverified = false\n'
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
    "kinds/trade.toml": (
        '[[pattern]]\nid = "trade.camera"\nwhere = "model"\npattern = \'IPC[0-9]\'\nkind = "camera"\nstrength = "strong"\n'
        'source = "paper"\nexamples = ["IPC3", "DH-IPC3"]\ncounterexamples = ["XIPC3"]\n\n'
        '[[pattern]]\nid = "maker-a.speaker"\nwhere = "model"\npattern = \'IPC9\'\nkind = "other"\nmaker = "maker-a"\n'
        'strength = "strong"\nsource = "paper"\nexamples = ["IPC9-S"]\n'
    ),
    "statements/some.toml": (
        '[[statement]]\nid = "a-list"\ntitle = "Somebody asked for a rule"\nsaid_by = "somebody"\ndate = "2022-11-24"\n'
        'where = "Somewhere"\nabout = "security"\ntext = "Somebody named {manufacturer}."\naddressed_to = "somebody else"\n'
        'not_addressed_to = "you"\nstatus = "proposed"\ntoday = "Nobody has followed it."\nsource = "paper"\nweight = 1\n'
        'read_again = "2026-11-27"\nlist = true\ndefault_on = true\n\n'
        '[[statement.names]]\nmanufacturer = "holding"\nquote = "a rule about what Holding makes"\nscope = "everything"\n'
        'effective = "2022-11-24"\n\n'
        '[[statement.answers]]\nby = "The Government"\ndate = "2023-01"\ntext = "It answered “no”."\nsource = "paper"\n\n'
        '[[statement.answers]]\nby = "Maker A"\nmanufacturer = "maker-a"\ndate = "2022-12"\ntext = "It denied it."\n'
        'source = "paper"\n\n'
        '[[statement.answers]]\nby = "Maker B"\nmanufacturer = "maker-b"\ndate = "2022-12"\ntext = "It said nothing new."\n'
        'source = "paper"\n\n'
        '[[statement]]\nid = "a-report"\ntitle = "A newspaper described a camp"\nsaid_by = "a newspaper"\ndate = "2023"\n'
        'where = "Somewhere"\nabout = "human-rights"\ntext = "It wrote about a camp."\naddressed_to = "its readers"\n'
        'status = "statement"\nsource = "paper"\nweight = 2\n\n'
        '[[statement.names]]\nmanufacturer = "maker-a"\nquote = "cameras of Maker A watch the camp"\n'
    ),
    "statements/seat.toml": (
        '[[statement]]\nid = "a-seat"\ntitle = "Somebody spoke of companies based in a country"\nsaid_by = "a minister"\n'
        'date = "2022-11"\nwhere = "Somewhere"\nabout = "security"\ntext = "A minister named no company; {manufacturer} is based there."\n'
        'addressed_to = "departments"\nnot_addressed_to = "schools"\nstatus = "guidance"\nsource = "paper"\nweight = 1\n'
        'list = true\ndefault_on = true\nseat = "Norway"\nreading = "It names nobody; that it means these companies is our reading."\n'
    ),
    "statements/own.toml": (
        '[[statement]]\nid = "own"\ntitle = "Your own list"\nsaid_by = "you"\nwhere = "Your organisation"\nabout = "use"\n'
        'text = "You named {manufacturer}."\naddressed_to = "you"\nstatus = "statement"\nsource = "paper"\nweight = 1\nlist = true\n'
    ),
    "registry.txt": "# source=paper date=2026-01-02\nA switch maker\t001122\nA lamp maker\t0011223 001122345\nMaker A\taabbcc\n",
    "calendar.toml": _CALENDAR,
    "hosts.toml": 'mirrors = ["copies.example", "*.copies.example"]\n',
    "advisories/maker-a.toml": (
        '[[advisory]]\nid = "CVE-2021-12345"\nmanufacturer = "maker-a"\nbrand = "shop"\ntitle = "A login is not needed"\n'
        'product_types = ["camera", "recorder"]\npublished = "2021-01-20"\n'
        'summary = "Anybody can read settings."\nmodels_said = "A1, A2 series"\nfirmware_said = "before build 210101"\n'
        'models_complete = true\nfixed_in = "Build 210101."\ncvss = 9.8\ncvss_version = "3.1"\nexploited = true\n'
        'exploited_listed = "2022-01-10"\nexploited_as_of = "2025-08-25"\nsource = "paper"\naffected = [\n'
        "  { models = ['(?i)\\bA1', '(?i)\\bA2'], built_before = \"2021-01-01\" },\n"
        '  { models = [\'(?i)\\bA3\'], version_from = "1.0", version_until = "1.4", certain = false },\n'
        "  { models = ['(?i)\\bA4'], kind = \"recorder\", firmware = '^R7[a-c]' },\n]\n\n"
        '[[advisory]]\nid = "maker-a-2020-01"\nmanufacturer = "maker-a"\ntitle = "A program has a flaw"\nsummary = "It can stop."\n'
        'product_types = ["software"]\nsource = "unseen"\nverified = false\n'
    ),
    "capabilities/maker-a.toml": (
        '[[capability]]\nmanufacturer = "maker-a"\nkind = "able"\ncapabilities = ["people-counting"]\n'
        "models = '(?i)\\bA1'\nmodels_said = \"A1\"\n"
        'how = "The manual names it."\nsource = "paper"\n'
    ),
    "replacements.toml": (
        '[[replacement]]\nmanufacturer = "maker-b"\nproduct_line = "all"\ncountry = "Norway"\nstatement = "None seen."\nsource = "paper"\n'
    ),
    "flaw-searches.toml": '[[search]]\nmanufacturer = "maker-a"\nlooked_at = "2026-11-20"\nnot_held = ["CVE-2020-1"]\n',
    "ends-of-life.toml": (
        '[[end_of_life]]\nmanufacturer = "maker-a"\nmodels = \'(?i)\\bA1\'\nmodels_said = "A1"\nend_of_sale = "2019"\nnote = "No updates."\n'
        'source = "paper"\n'
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
