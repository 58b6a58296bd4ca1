"""Hostile lists, captures, policies, answers and signatures: name -> the end of the file's name, and its bytes."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Callable

HEAD = b"Name,MAC address,IP address,Make,Model\n"
ROW = b"Hall,00:40:8c:01:02:03,10.0.0.9,Axis,P3245\n"
OBSERVED = {
    "at": "2026-11-24T10:42:00.000Z", "source": "recorded", "probe": "http", "address": "10.0.0.9", "port": 80, "transport": "tcp",
    "raw": "SFRUUC8xLjEgMjAwIE9LDQoNCg==",
}  # fmt: skip


def line(**changes: object) -> bytes:
    """A line of a capture with these values changed."""
    return json.dumps(OBSERVED | changes).encode() + b"\n"


def nmap(inside: str, doctype: str = "") -> bytes:
    """nmap's XML with this in it."""
    return f'<?xml version="1.0"?>{doctype}<nmaprun scanner="nmap" start="1732440000">{inside}</nmaprun>'.encode()


def pcap(*records: tuple[int, int, bytes]) -> bytes:
    """A recording of packets: what each says of its length, kept and on the wire, and its bytes."""
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)
    return head + b"".join(struct.pack("<IIII", 1, 1, kept, wire) + data for kept, wire, data in records)


def block(kind: int, length: int, body: bytes = b"") -> bytes:
    """A block of a pcapng that says it has this length."""
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


SECTION = struct.pack("<II", 0x0A0D0D0A, 28) + struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + struct.pack("<I", 28)
FRAME = bytes(12) + b"\x08\x00" + b"\x45" + bytes(60)

TEXTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an empty file": (".csv", lambda: b""),
    "one byte": (".csv", lambda: b"\0"),
    "5 MB of newlines": (".csv", lambda: HEAD + b"\n" * 5_000_000),
    "60 MB of newlines": (".csv", lambda: HEAD + b"\n" * 60_000_000),
    "60 MB of line ends that Unicode has": (".csv", lambda: HEAD + "\u2028".encode() * 20_000_000),
    "60 MB of empty rows": (".csv", lambda: HEAD + b",\n" * 30_000_000),
    "5 MB of quotes": (".csv", lambda: HEAD + b'"' * 5_000_000),
    "5 MB of commas": (".csv", lambda: HEAD + b"," * 5_000_000),
    "5 MB of NULs": (".csv", lambda: HEAD + bytes(5_000_000)),
    "NUL in a cell": (".csv", lambda: HEAD + ROW.replace(b"Hall", b"Ha\0ll")),
    "a field of 20 MB": (".csv", lambda: HEAD + b"x" * 20_000_000 + b",00:40:8c:01:02:03,,,\n"),
    "a quote that is never closed": (".csv", lambda: HEAD + b'"Hall' + ROW * 50_000),
    "300,000 columns": (".csv", lambda: b"MAC," + b"x," * 300_000 + b"\n" + ROW),
    "300,000 columns in one row": (".csv", lambda: HEAD + b"x," * 300_000 + b"\n"),
    "300,000 rows": (".csv", lambda: HEAD + ROW * 300_000),
    "300,000 rows of one device each": (".csv", lambda: HEAD + b"".join(b"Hall,,10.%d.%d.%d,Axis,P\n" % (n >> 16, n >> 8 & 255, n & 255) for n in range(300_000))),
    "a heading 3,000 times": (".csv", lambda: b"MAC," * 3_000 + b"\n" + ROW),
    "UTF-16 without a mark": (".csv", lambda: (HEAD + ROW).decode().encode("utf-16-le")),
    "UTF-16 with a mark": (".csv", lambda: (HEAD + ROW).decode().encode("utf-16")),
    "UTF-16 that is cut": (".csv", lambda: (HEAD + ROW).decode().encode("utf-16")[:-1]),
    "UTF-32": (".csv", lambda: (HEAD + ROW).decode().encode("utf-32")),
    "UTF-7": (".csv", lambda: HEAD + b"+ADw-script+AD4-,00:40:8c:01:02:03,,,\n"),
    "cp1252": (".csv", lambda: HEAD + "Café,00:40:8c:01:02:03,,,\n".encode("cp1252")),
    "UTF-8 and cp1252 mixed": (".csv", lambda: HEAD + "Café,,10.0.0.9,,\n".encode() + "Café,,10.0.0.8,,\n".encode("cp1252")),
    "UTF-8 that is too long": (".csv", lambda: HEAD + b"\xc0\xaf\xe0\x80\xaf,,10.0.0.9,,\n"),
    "half a character in UTF-8": (".csv", lambda: HEAD + b"\xed\xa0\x80,,10.0.0.9,,\n"),
    "a mark alone": (".csv", lambda: b"\xef\xbb\xbf"),
    "three marks": (".csv", lambda: b"\xef\xbb\xbf" * 3 + HEAD + ROW),
    "formulas in a list": (".csv", lambda: HEAD + b"\"=cmd|'/c calc'!A1\",00:40:8c:01:02:03,10.0.0.9,@SUM(1),+1\n"),
    "markup in a list": (".csv", lambda: HEAD + b"<table><tr><td>" * 20 + b",00:40:8c:01:02:03,10.0.0.9,,\n"),
    "escapes in a list": (".csv", lambda: HEAD + "\x1b[2J\u202e\u2066\x07,00:40:8c:01:02:03,10.0.0.9,,\n".encode()),
    "digits of all scripts": (".csv", lambda: HEAD + "Hall,٠٠:40:8c:01:02:03,١٠.0.0.9,²,³\n".encode()),
    "numbers of 5,000 digits": (".csv", lambda: HEAD + b"9" * 5_000 + b",00:40:8c:01:02:03,10.0.0.9,," + b"9" * 5_000 + b"\n"),
    "addresses that are none": (".csv", lambda: HEAD + b"a,gg:hh:ii:jj:kk:ll,999.1.1.1,,\nb,,::ffff:10.0.0.9%eth0,,\nc,,169.254.169.254,,\n"),
    "days that never were": (".csv", lambda: b"Name,MAC address,Installed\nHall,00:40:8c:01:02:03,31/02/2026\nGym,00:40:8c:01:02:04,99999-99-99\n"),
    "a letter": (".csv", lambda: b"Dear head teacher, please find attached.\n" * 50),
    "a web page": (".html", lambda: b"<!DOCTYPE html><html><title>Sign in</title></html>" * 20),
    "a program": (".exe", lambda: b"MZ" + bytes(5_000)),
    "billion laughs of nmap": (".xml", lambda: nmap("&j;", "<!DOCTYPE nmaprun [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)) + "]>")),
    "a file named in nmap's XML": (".xml", lambda: nmap("&a;", "<!DOCTYPE nmaprun [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>")),
    "a page named in nmap's XML": (".xml", lambda: nmap("", "<!DOCTYPE nmaprun SYSTEM 'http://127.66.66.66/nmap.dtd'>")),
    "nmap's XML 100,000 deep": (".xml", lambda: nmap("<host>" * 100_000)),
    "nmap's XML with 50,000 attributes": (".xml", lambda: nmap("<host " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>")),
    "nmap's XML of 50,000 hosts": (".xml", lambda: nmap("<host><status state='up'/><address addr='10.0.0.9' addrtype='ipv4'/></host>" * 50_000)),
    "nmap's XML that is cut": (".xml", lambda: nmap("<host><address addr='10.0.0.9'")[:-12]),
    "leases without an end": (".leases", lambda: b"lease 10.0.0.9 {\n  hardware ethernet 00:40:8c:01:02:03;\n" * 50_000),
    "leases of noise": (".leases", lambda: b"lease 10.0.0.9 {\n" + bytes(range(256)) * 200 + b"\n}\n"),
    "dnsmasq's leases until 10 to the 40": (".leases", lambda: b"1" + b"0" * 40 + b" 00:40:8c:01:02:03 10.0.0.9 cam *\n"),
    "a switch's table of nonsense": (".txt", lambda: b"Vlan    Mac Address       Type        Ports\n----\n" + b"9999999999999 0040.8c01.0203 DYNAMIC " + b"Gi1/0/" * 9_000 + b"\n"),
    "a capture that is cut": (".jsonl", lambda: line() + line()[:-40]),
    "a capture of noise": (".jsonl", lambda: bytes(range(256)) * 400),
    "a capture of deep lists": (".jsonl", lambda: b"[" * 200_000 + b"\n"),
    "a capture of deep objects": (".jsonl", lambda: b'{"a":' * 100_000 + b"\n"),
    "a line of 40 MB": (".jsonl", lambda: line(raw="A" * 40_000_000)),
    "a line without an end": (".jsonl", lambda: b"x" * 40_000_000),
    "100,000 broken lines": (".jsonl", lambda: b"{\n" * 100_000),
    "base64 that is none": (".jsonl", lambda: line(raw="*** not base64 ***")),
    "an address that is none": (".jsonl", lambda: line(address="evil.example")),
    "an address that is a list": (".jsonl", lambda: line(address=["10.0.0.9"])),
    "a port of -1": (".jsonl", lambda: line(port=-1)),
    "a port of 10 to the 30": (".jsonl", lambda: line(port=10**30)),
    "a moment that never was": (".jsonl", lambda: line(at="2026-02-31T25:61:61Z")),
    "a moment in the year 99999": (".jsonl", lambda: line(at="99999-01-01T00:00:00.000Z")),
    "a probe that nobody knows": (".jsonl", lambda: line(probe="../../etc/passwd")),
    "a probe of 1 MB": (".jsonl", lambda: line(probe="x" * 1_000_000)),
    "numbers that JSON lacks": (".jsonl", lambda: line(port=80).replace(b"80", b"NaN") + line().replace(b"80", b"1e999")),
    "keys twice": (".jsonl", lambda: line().replace(b"{", b'{"address":"10.0.0.1",', 1)),
    "no keys": (".jsonl", lambda: b"{}\n[]\nnull\n1\n"),
    "half a character in a capture": (".jsonl", lambda: line(probe="\ud800")),
    "a capture that is no UTF-8": (".jsonl", lambda: line().replace(b"http", b"ht\xff\xfep")),
    "200 MB in a small gzip": (".jsonl.gz", lambda: gzip.compress(b"\n" * (200 << 20), 9, mtime=0)),
    "a line of 200 MB in a small gzip": (".jsonl.gz", lambda: gzip.compress(b"x" * (200 << 20), 9, mtime=0)),
    "a gzip that is cut": (".jsonl.gz", lambda: gzip.compress(line() * 100, mtime=0)[:-12]),
    "a gzip whose sum is wrong": (".jsonl.gz", lambda: gzip.compress(line() * 100, mtime=0)[:-8] + bytes(8)),
    "a gzip in a gzip": (".jsonl.gz", lambda: gzip.compress(gzip.compress(line(), mtime=0), mtime=0)),
    "a gzip of noise": (".jsonl.gz", lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 4_000),
    "a gzip with noise behind it": (".jsonl.gz", lambda: gzip.compress(line(), mtime=0) + b"\xff" * 4_000),
    "a recording's head alone": (".pcap", pcap),
    "a packet of 4 GB": (".pcap", lambda: pcap((0xFFFFFFFF, 0xFFFFFFFF, FRAME))),
    "packets of nothing": (".pcap", lambda: pcap(*[(0, 0, b"")] * 100_000)),
    "packets that are cut": (".pcap", lambda: pcap((len(FRAME), len(FRAME), FRAME))[:-30]),
    "packets whose headers lie": (".pcap", lambda: pcap(*[(len(FRAME), 60, FRAME.replace(b"\x45", b"\x4f"))] * 1_000)),
    "blocks of length 0": (".pcapng", lambda: SECTION + block(6, 0) * 10_000),
    "a block of 4 GB": (".pcapng", lambda: SECTION + block(6, 0xFFFFFFFC, bytes(100))),
    "sections in sections": (".pcapng", lambda: SECTION * 50_000),
    "a policy with a key nobody knows": (".toml", lambda: b"[search]\nfastest = 'normal'\nworld_domination = true\n"),
    "a policy of deep lists": (".toml", lambda: b"a = " + b"[" * 50_000),
    "a policy of deep tables": (".toml", lambda: b"[" + b"a." * 20_000 + b"a]\nb = 1\n"),
    "a policy of 300 kB": (".toml", lambda: b"# x\n" * 80_000),
    "a policy with keys twice": (".toml", lambda: b"[search]\npace = 'gentle'\npace = 'fast'\n[search]\n"),
    "a policy of wrong kinds": (".toml", lambda: b"version = {}\nsearch = 5\nranges = 1979-05-27\n"),
    "a policy with a number of 5,000 digits": (".toml", lambda: b"version = " + b"9" * 5_000),
    "a policy with NUL": (".toml", lambda: b"version = 1\n\0"),
    "a policy that is no UTF-8": (".toml", lambda: b"contact = '\xff\xfe'\n"),
    "a policy with endless text": (".toml", lambda: b'contact = """' + b"x" * 200_000),
    "JSON 100,000 deep": (".json", lambda: b"[" * 100_000 + b"]" * 100_000),
    "JSON with a number of 1 MB": (".json", lambda: b'{"a":' + b"9" * 1_000_000 + b"}"),
    "JSON of wrong kinds": (".json", lambda: b'{"version":[],"answers":{"a":null},"bodies":1e999}'),
    "JSON that is cut": (".json", lambda: b'{"answers":[{"name":"Hall'),
    "a signature for a file": (".minisig", lambda: b"untrusted comment: x\n" + b"A" * 100 + b"\ntrusted comment: file=../../etc/passwd\n" + b"A" * 88 + b"\n"),
    "a key of another make": (".pub", lambda: b"untrusted comment: minisign public key\nRWQ" + b"A" * 52 + b"\n"),
    "a locked back-up that is cut": (".camcensus-backup", lambda: b"CAMCENSUS-BACKUP\1" + bytes(200)),
    "a locked back-up that costs 64 GB": (".camcensus-backup", lambda: b"CAMCENSUS-BACKUP\1" + b"\xff" * 4_000),
}  # fmt: skip
