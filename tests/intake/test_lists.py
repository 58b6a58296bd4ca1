"""Lists of other programs, in their true layouts with made-up numbers, and files that mean harm: rows, or one sentence."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from camcensus.intake.capture import Intake
from camcensus.intake.decoding import text_of
from camcensus.intake.lists import read_file
from camcensus.intake.registers import read_headings
from camcensus.intake.rows import address_in, mac_in
from camcensus.model.device import Observation
from camcensus.model.errors import IntakeError
from costs import soon
from samples import NOW

HEADINGS = read_headings(Path(__file__).parents[2] / "resources" / "registers")
CHANGED = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
A, B, C = "3c:ef:8c:00:00:01", "58:50:ed:00:00:02", "ac:cc:8e:00:00:03"


def intake(folder: Path, content: bytes | str, name: str = "list.txt") -> Intake:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (CHANGED.timestamp(), CHANGED.timestamp()))
    return read_file(path, NOW, headings=HEADINGS)


def gist(one: Observation) -> dict[str, str]:
    """What a row came to, without what it lacks."""
    fields = {name.removeprefix("list."): values[0] for name, values in one.reading.fields.items()}
    return {"mac": one.mac or "", **({"address": one.address} if one.address else {}), **fields}


def gists(found: Intake) -> list[dict[str, str]]:
    assert all(
        (one.probe, one.reading.state, one.network, one.port) == ("list", "read", None, None) for one in found.observations
    )
    return [gist(one) for one in found.observations]


NMAP = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/share/nmap/nmap.xsl" type="text/xsl"?>
<!-- Nmap 7.95 scan initiated Fri Nov 20 08:00:00 2026 as: nmap -sn -oX - 10.0.0.0/24 -->
<nmaprun scanner="nmap" args="nmap -oX - 10.0.0.0/24" start="1795161600" version="7.95" xmloutputversion="1.05">
<host starttime="1795161600" endtime="1795161605"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="10.0.0.31" addrtype="ipv4"/>
<address addr="3C:EF:8C:00:00:01" addrtype="mac" vendor="Zhejiang Dahua Technology"/>
<hostnames><hostname name="cam-hall.elm.example" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="554"><state state="open" reason="syn-ack"/><service name="rtsp" product="x"/></port></ports>
</host>
<host><status state="down" reason="no-response"/><address addr="10.0.0.32" addrtype="ipv4"/></host>
<host><status state="up" reason="localhost-response"/><address addr="10.0.0.2" addrtype="ipv4"/><hostnames></hostnames></host>
<runstats><finished time="1795161610"/></runstats>
</nmaprun>
"""


def test_nmap_gives_the_hosts_that_are_up_and_says_which_it_could_not(tmp_path: Path) -> None:
    found = intake(tmp_path, NMAP, "scan.xml")
    assert gists(found) == [{"mac": A, "address": "10.0.0.31", "kind": "nmap", "name": "cam-hall.elm.example"}]
    assert found.observations[0].at == "2026-11-20T08:00:05Z"
    (problem,) = found.problems
    assert problem.say.startswith("1 row without a MAC address left out; nmap shows it only")


def test_nmap_that_was_broken_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    found = intake(tmp_path, NMAP[: NMAP.index("<runstats>")])
    assert len(found.observations) == 1
    assert any("breaks off" in problem.say for problem in found.problems)
    assert intake(tmp_path, NMAP.encode("utf-16")).observations[0].mac == A


ISC = """# The format of this file is documented in the dhcpd.leases(5) manual page.
authoring-byte-order little-endian;
lease 10.0.0.31 {
  starts 5 2026/11/20 07:00:00;
  ends 5 2026/11/20 19:00:00;
  cltt 5 2026/11/20 07:00:00;
  binding state active;
  next binding state free;
  hardware ethernet 3c:ef:8c:00:00:01;
  uid "\\001<\\357\\214\\000\\000\\001";
  set vendor-class-identifier = "dhcpcd {x}";
  client-hostname "CAM-HALL";
}
lease 10.0.0.77 {
  starts epoch 1795000000; # Wed Nov 18 11:06:40 2026
  hardware ethernet 3c:ef:8c:00:00:01;
}
lease 10.0.0.32 {
  starts 4 2026/11/19 07:00:00;
  hardware ethernet 58:50:ed:00:00:02;
}
lease 10.0.0.40 {
  binding state backup;
}
"""


def test_of_isc_leases_the_newest_of_each_number_counts(tmp_path: Path) -> None:
    found = intake(tmp_path, ISC, "dhcpd.leases")
    assert gists(found) == [
        {"mac": A, "address": "10.0.0.31", "kind": "dhcp", "name": "CAM-HALL"},
        {"mac": B, "address": "10.0.0.32", "kind": "dhcp"},
    ]
    assert [one.at for one in found.observations] == ["2026-11-20T07:00:00Z", "2026-11-19T07:00:00Z"]
    assert "1 row without" in found.problems[0].say


def test_dnsmasq_leases_are_as_of_the_file(tmp_path: Path) -> None:
    content = (
        "1795200000 3c:ef:8c:00:00:01 10.0.0.31 cam-hall 01:3c:ef:8c:00:00:01\n"
        "1795200000 58:50:ed:00:00:02 10.0.0.32 * *\n"
        "duid 00:01:00:01:2c:00:00:00:58:50:ed:00:00:02\n"
    )
    found = intake(tmp_path, content, "dnsmasq.leases")
    assert gists(found) == [
        {"mac": A, "address": "10.0.0.31", "kind": "dhcp", "name": "cam-hall"},
        {"mac": B, "address": "10.0.0.32", "kind": "dhcp"},
    ]
    assert {one.at for one in found.observations} == {"2026-11-20T08:00:00Z"}
    assert found.problems == ()


WINDOWS = """#TYPE Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DHCP/DhcpServerv4Lease
"IPAddress","ScopeId","Description","ClientId","HostName","ClientType","AddressState","DnsRR","LeaseExpiryTime","ServerIP"
"10.0.0.31","10.0.0.0",,"3c-ef-8c-00-00-01","CAM-HALL.elm.example","Dhcp","Active","A","28/11/2026 08:00:00",
"10.0.0.32","10.0.0.0",,"58-50-ed-00-00-02",,"Dhcp","ActiveReservation","NoRegistration",,
"10.0.0.33","10.0.0.0",,"52-41-53-20-10-00-00-00-00-00-00-00",,"Dhcp","Active","A",,
"""
WINDOWS_CONSOLE = (
    "Client IP Address\tName\tLease Expiration\tType\tUnique ID\tDescription\r\n"
    "10.0.0.31\tCAM-HALL\t28/11/2026 08:00:00\tDHCP\t3cef8c000001\t\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_windows_leases_are_read_in_every_encoding_that_windows_writes(tmp_path: Path, encoding: str) -> None:
    found = intake(tmp_path, WINDOWS.replace("CAM-HALL", "CAM-HÄLL").encode(encoding), "leases.csv")
    assert gists(found) == [
        {"mac": A, "address": "10.0.0.31", "kind": "table", "name": "CAM-HÄLL.elm.example"},
        {"mac": B, "address": "10.0.0.32", "kind": "table"},
    ]
    assert "1 row without" in found.problems[0].say
    assert gists(intake(tmp_path, WINDOWS_CONSOLE.encode(encoding))) == [
        {"mac": A, "address": "10.0.0.31", "kind": "table", "name": "CAM-HALL"}
    ]


CISCO = """switch-1#show mac address-table
          Mac Address Table
-------------------------------------------

Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
  20    3cef.8c00.0001    DYNAMIC     Gi1/0/7
  20    5850.ed00.0002    DYNAMIC     Po1
Total Mac Addresses for this criterion: 3
"""
NEXUS = """Legend:
        * - primary entry, G - Gateway MAC, (R) - Routed MAC, O - Overlay MAC
   VLAN     MAC Address      Type      age     Secure NTFY Ports/SWID.SSID.LID
---------+-----------------+--------+---------+------+----+------------------
* 20       3cef.8c00.0001    dynamic   0          F    F  Eth1/7
G -        5850.ed00.00ff    static    -          F    F  sup-eth1(R)
"""
PROCURVE = """
 Status and Counters - Port Address Table

  MAC Address       Port   VLAN
  ----------------- ------ ----
  3cef8c-000001     A7     20
  5850ed-000002     Trk1   20
"""
ARUBA = """MAC age-time            : 300 seconds
Number of MAC addresses : 2

MAC Address          VLAN     Type                      Port
--------------------------------------------------------------
3c:ef:8c:00:00:01    20       dynamic                   1/1/7
58:50:ed:00:00:02    20       dynamic                   lag1
"""
COMWARE = """MAC ADDR       VLAN ID  STATE          PORT INDEX               AGING TIME(s)
3cef-8c00-0001 20       Learned        GigabitEthernet1/0/7     AGING
"""
ARP = """Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  10.0.0.31              12   3cef.8c00.0001  ARPA   Vlan20
"""
NETSH = """Type : N - NONE, D - DHCP B - BOOTP, U - UNSPECIFIED, R - RESERVATION IP
============================================================================================
IP Address      - Subnet Mask    - Unique ID           - Lease Expires        -Type -Name
============================================================================================

10.0.0.31       - 255.255.255.0  - 3c-ef-8c-00-00-01   -28/11/2026 08:00:00    -D
"""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CISCO, [{"mac": A, "at": "Gi1/0/7"}, {"mac": B, "at": "Po1"}]),
        (NEXUS, [{"mac": A, "at": "Eth1/7"}, {"mac": "58:50:ed:00:00:ff"}]),
        (PROCURVE, [{"mac": A, "at": "A7"}, {"mac": B, "at": "Trk1"}]),
        (ARUBA, [{"mac": A, "at": "1/1/7"}, {"mac": B, "at": "lag1"}]),
        (COMWARE, [{"mac": A, "at": "GigabitEthernet1/0/7"}]),
        (ARP, [{"mac": A, "address": "10.0.0.31"}]),
        (NETSH, [{"mac": A, "address": "10.0.0.31"}]),
    ],
    ids=["cisco", "nexus", "procurve", "aruba-cx", "comware", "arp", "netsh"],
)
def test_what_switches_print_gives_number_and_port(tmp_path: Path, content: str, expected: list[dict[str, str]]) -> None:
    found = intake(tmp_path, content)
    assert gists(found) == [{**row, "kind": "switch"} for row in expected]
    assert found.problems == ()
    assert gists(intake(tmp_path, content.replace("\n", "\r\n"))) == gists(found)


SADP = (
    "ID,Device Type,Status,IPv4 Address,Port,Enhanced SDK Service Port,Software Version,IPv4 Gateway,HTTP Port,"
    "Device Serial No.,Subnet Mask,MAC Address,Encoding Channel(s),DSP Version,Start Time\n"
    "001,DS-2CD2143G0-I,Active,10.0.0.32,8000,N/A,V5.6.2build 190701,10.0.0.1,80,"
    "DS-2CD2143G0-I20190701AAWRD00000002,255.255.255.0,58-50-ed-00-00-02,1,V7.3,2026-11-20 07:00:00\n"
)
CONFIG_TOOL = (
    "NO.;Status;IPv4;Type;Model;IP;MAC;Version;SN\n"
    "1;Initialized;IPv4;IPC;IPC-HDW1431T1-S4;10.0.0.31;3c:ef:8c:00:00:01;2.800.0000000.13.R;6J0E022PAG00001\n"
)


def test_exports_of_the_makers_own_tools_are_registers(tmp_path: Path) -> None:
    assert gists(intake(tmp_path, SADP, "sadp.csv")) == [
        {
            "mac": B, "address": "10.0.0.32", "manufacturer": "Hikvision", "model": "DS-2CD2143G0-I", "firmware": "V5.6.2build 190701",
            "serial": "DS-2CD2143G0-I20190701AAWRD00000002", "basis": "register", "file": "sadp.csv", "row": "2",
        }
    ]  # fmt: skip
    assert gists(intake(tmp_path, CONFIG_TOOL, "tool.csv")) == [
        {
            "mac": A, "address": "10.0.0.31", "manufacturer": "Dahua", "model": "IPC-HDW1431T1-S4", "firmware": "2.800.0000000.13.R",
            "serial": "6J0E022PAG00001", "basis": "register", "device": "camera", "file": "tool.csv", "row": "2",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        f"Camera register\nSite: Elm Park\n\nName|MAC Adresse|Make\nHall|{A}|Dahua\n",
        f"{A}\n{B}\n{C}\n",
        f"10.0.0.31,{A}\n10.0.0.32,{B}\n",
        f"hall;{A.replace(':', '')};x\n",
        f"MAC\n'{A}'\n",
        f'"MAC"\n"{{{A.upper()}}}"\n',
    ],
)
def test_any_table_with_network_numbers_is_taken(tmp_path: Path, content: str) -> None:
    found = intake(tmp_path, content, "register.csv")
    assert found.observations[0].mac == A
    assert found.problems == ()


def workbook(*sheets: list[list[str]], extra: dict[str, bytes] | None = None, sheet_xml: bytes | None = None) -> bytes:
    """An XLSX of inline texts, as small as one may be."""
    main, packages = "http://schemas.openxmlformats.org", io.BytesIO()

    def column(number: int) -> str:
        return chr(65 + number)

    with zipfile.ZipFile(packages, "w", zipfile.ZIP_DEFLATED) as out:
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        out.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{main}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{parts}</Types>',
        )
        relation = f"{main}/officeDocument/2006/relationships"
        out.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="r" Type="{relation}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1))
        out.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}/spreadsheetml/2006/main" xmlns:r="{relation}"><sheets>{names}</sheets></workbook>',
        )
        out.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{main}/package/2006/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(sheets) + 1)
            )
            + "</Relationships>",
        )
        for n, rows in enumerate(sheets, 1):
            cells = "".join(
                f'<row r="{r}">'
                + "".join(f'<c r="{column(c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row))
                + "</row>"
                for r, row in enumerate(rows, 1)
            )
            made = f'<worksheet xmlns="{main}/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'.encode()
            out.writestr(f"xl/worksheets/sheet{n}.xml", sheet_xml or made)
        for name, content in (extra or {}).items():
            out.writestr(name, content)
    return packages.getvalue()


KEPT = {"basis": "register", "file": "assets.xlsx"}
ROWS = [["Asset list 2026"], [], ["Camera name", "IP", "MAC address"], ["=cmd|' /C calc'!A0", "10.0.0.31", A], ["Gate", "", B]]


def test_a_spreadsheet_gives_its_fullest_sheet_and_a_formula_is_a_text(tmp_path: Path) -> None:
    found = intake(tmp_path, workbook([["Summary"], ["MAC"], [C]], ROWS), "assets.xlsx")
    assert gists(found) == [
        {"mac": A, "address": "10.0.0.31", "name": "=cmd|' /C calc'!A0", **KEPT, "row": "4"},
        {"mac": B, "name": "Gate", **KEPT, "row": "5"},
    ]


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>MAC</t></is></c></row>'
    b"<row r = '1048576'><c r = 'XFD1048576' t='inlineStr'><is><t>x</t></is></c></row></sheetData></worksheet>"
)
BOMB = b'<!DOCTYPE a [<!ENTITY x "' + b"y" * 999 + b'"><!ENTITY z "' + b"&x;" * 999 + b'">]>'
XXE = b'<!DOCTYPE nmaprun [<!ENTITY x SYSTEM "file:///etc/hostname">]><nmaprun>&x;</nmaprun>'
PARAMETERS = b'<!DOCTYPE nmaprun SYSTEM "http://127.0.0.1:1/x.dtd" [<!ENTITY % a SYSTEM "file:///etc/hostname">%a;]><nmaprun/>'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.xml": lambda: b'<?xml version="1.0"?>' + BOMB + b"<nmaprun>&z;</nmaprun>",
    "xxe.xml": lambda: XXE,
    "parameters.xml": lambda: PARAMETERS,
    "deep.xml": lambda: b"<nmaprun>" + b"<a>" * 200_000,
    "other.xml": lambda: b"<html><body>" + A.encode() + b"</body></html>",
    "odd-encoding.xml": lambda: b'<?xml version="1.0" encoding="zlib_codec"?><nmaprun/>',
    "no-host.xml": lambda: b"<nmaprun></nmaprun>",
    "far.xlsx": lambda: workbook(ROWS, sheet_xml=FAR),
    "zeros.xlsx": lambda: workbook(ROWS, extra={"xl/media/x.bin": bytes(200 << 20)}),
    "entities.xlsx": lambda: workbook(ROWS, sheet_xml=b'<?xml version="1.0"?>' + BOMB + b"<worksheet>&z;</worksheet>"),
    "members.xlsx": lambda: workbook(ROWS, extra={f"x/{n}": b"" for n in range(3000)}),
    "cut.xlsx": lambda: workbook(ROWS)[:-300],
    "flipped.xlsx": lambda: workbook(ROWS).replace(b"PK\x01\x02", b"PK\x01\x03", 1),
    "empty.zip": lambda: b"PK\x05\x06" + bytes(18),
    "document.xlsx": lambda: workbook(ROWS).replace(b"xl/workbook.xml", b"wo/document.xml"),
    "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "zeros.csv": lambda: bytes(100_000),
    "noise.csv": lambda: bytes(range(256)) * 100,
    "no-number.csv": lambda: b"name,model\nhall,x\n",
    "field.csv": lambda: b'"' + b"x" * (20 << 20),
    "columns.csv": lambda: b"," * 300_000,
    "long.csv": lambda: f"name,mac\nhall,{A}\n".encode() + b"x" * (65 << 20),
    "photo.jpg": lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
    "program.py": f'A = "{A}"\nMAC_ADDRESS = ["{B}"]\n'.encode,
    "prose.txt": f"The MAC address of the camera in the hall is {A}, as far as I remember; it's on the box.\n".encode,
}
"""Made when it is wanted: some are large."""


def most_memory_kib() -> int:
    """The most memory that this process ever had, in KiB; 0 where the system does not tell in that unit."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_means_harm_is_one_sentence_and_soon(tmp_path: Path, name: str) -> None:
    file = HOSTILE[name]()
    before, said = most_memory_kib(), ""

    def take() -> None:
        nonlocal said
        with pytest.raises(IntakeError) as raised:
            intake(tmp_path, file, name)
        said = str(raised.value)

    soon(take)
    assert said.endswith(".")
    assert "\n" not in said
    assert "hostname" not in said
    assert most_memory_kib() - before < 300 << 10


def test_a_broken_row_is_named_to_be_corrected(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"Row 3 of “list\.csv” has a quotation mark that is not closed"):
        intake(tmp_path, f'name,mac\nhall,{A}\n"gate,{B}\n'.encode() + b"x" * 200_000, "list.csv")


def test_a_list_of_300_000_columns_is_refused(tmp_path: Path) -> None:
    wide = f"mac,{',' * 300_000}\n{A},{'x,' * 300_000}\n"
    with pytest.raises(IntakeError, match="more than 16,384 columns"):
        intake(tmp_path, wide, "wide.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", ",,\n"])
def test_a_list_of_more_lines_than_any_is_refused_before_it_is_parted(tmp_path: Path, end: str) -> None:
    with pytest.raises(IntakeError, match="more than 1,000,000 lines"):
        intake(tmp_path, f"mac,name\n{A},Hall\n{end * 1_000_001}", "long.csv")


def test_texts_of_a_list_are_cut_and_carry_no_zeros(tmp_path: Path) -> None:
    found = intake(tmp_path, f"mac,name\n{A},\x00{'<table>' * 1000}\n", "list.csv")
    assert found.observations[0].reading.first("list.name") == ("<table>" * 1000)[:200]
    assert len(found.observations[0].raw) < 400


def test_a_time_in_the_future_is_no_later_than_now(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"mac\n{A}\n")
    os.utime(path, (4e9, 4e9))
    assert read_file(path, NOW).observations[0].at == "2026-11-24T10:42:00Z"
    path.write_text(NMAP.replace("1795161605", "99999999999999999999"))
    assert read_file(path, NOW).observations[0].at == "2026-11-24T10:42:00Z"


@pytest.mark.parametrize(
    ("text", "mac"),
    [
        ("3C-EF-8C-00-00-01", A), ("3cef8c000001", A), ("3cef.8c00.0001", A), ("3cef8c-000001", A), ("3CEF-8C00-0001", A),
        ("3c ef 8c 00 00 01", A), ("013c.ef8c.0000.01", A), ("01:3c:ef:8c:00:00:01", A), ("'3c:ef:8c:00:00:01", A),
        ("01:00:5e:00:00:01", None), ("ff:ff:ff:ff:ff:ff", None), ("00:00:00:00:00:00", None), ("3c:ef:8c:00:00", None),
        ("3c:ef-8c:00:00:01", None), ("0123456789", None), ("", None), ("3c:ef:8c:00:00:0g", None), ("3cef8c00000１", None),
    ],
)  # fmt: skip
def test_network_numbers_are_read_in_the_ways_that_lists_write_them(text: str, mac: str | None) -> None:
    assert mac_in(text) == mac


def test_addresses_are_those_of_one_device() -> None:
    assert [address_in(one) for one in (" 10.0.0.31 ", "0.0.0.0", "224.0.0.1", "127.0.0.1", "x", "fe80::1")] == [
        "10.0.0.31", "", "", "", "", "fe80::1",
    ]  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=60).map(lambda cut: NMAP.encode().replace(b"addr=", cut, 2))))
def test_any_bytes_are_rows_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    assert isinstance(text_of(content), str)
    with contextlib.suppress(IntakeError):
        assert read_file(path, NOW).observations
