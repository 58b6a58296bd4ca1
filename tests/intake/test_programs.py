"""Lists of thirty programs, in their layouts with made-up numbers: recognised by their contents, each column what it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from books import xlsx
from camcensus.intake.capture import Intake
from camcensus.intake.lists import read_file
from camcensus.intake.registers import read_headings, read_programs, read_register
from camcensus.model.errors import IntakeError
from camcensus.model.numbers import mac_in
from camcensus.model.registers import REGISTER_ENDINGS, REGISTER_FORMATS, RegisterFile
from camcensus.registers.cells import Unreadable, read_cell
from camcensus.registers.columns import guess_columns
from camcensus.registers.plain_headings import plain
from intake import test_lists as known
from samples import NOW

REGISTERS = Path(__file__).parents[2] / "resources" / "registers"
A, B = known.A, known.B
HALL = {"mac": A, "address": "10.0.0.31", "name": "Hall"}

IVMS = "Nickname,Adding Mode,Address,Port,Device Information,User Name,Password\nHall,0,10.0.0.31,8000,,admin,hunter2\n"
MILESTONE = (
    "HardwareName,HardwareAddress,MacAddress,UserName,Password,DriverNumber,DriverDisplayName,RecordingServerName\n"
    f"Hall,http://10.0.0.31:8080/,{A.replace(':', '').upper()},root,hunter2,713,Some driver,REC-1\n"
)
MILESTONE_OFFLINE = "HardwareAddress,HardwareUsername,HardwarePassword,HardwareDriverID\n10.0.0.31,root,hunter2,105\n"
SIQURA = (
    "IPAddress;Port;Username;Password;ForcedOffline;Name;ModelName;ProductType;SerialNumber;MacAddress;Status\n"
    f"10.0.0.31;80;Admin;hunter2;False;Hall;HSD820H2-E;network camera;00012345A;{A};Online\n"
)
GENETEC = (
    "Unit name,Unit type,Manufacturer,Product type,Role,IP address,Firmware version,Platform version,State,Physical address,"
    "Time zone,User,Password strength,Upgrade status\n"
    f"Hall,Video unit,Axis,M3045-V,Archiver,10.0.0.31,9.80.3,,Online,{A},Europe/London,root,Strong,Up to date\n"
)
UNIFI_PROTECT = json.dumps(
    [
        {"id": "66d0", "mac": A.replace(":", "").upper(), "name": "Hall", "modelKey": "camera", "state": "CONNECTED",
         "featureFlags": {"hasHdr": True}, "micVolume": 100, "isMicEnabled": True},
        {"id": "66d1", "mac": B.replace(":", "").upper(), "name": "Gate", "modelKey": "camera", "state": "DISCONNECTED",
         "featureFlags": {"hasHdr": False}, "micVolume": 100, "isMicEnabled": True},
    ],
    indent=1,
)  # fmt: skip
LANSWEEPER = (
    "AssetName,Domain,IPAddress,Mac,Manufacturer,Model,SerialNumber,Location,PurchaseDate,Lastseen\n"
    f"Hall,ELM,10.0.0.31,{A.upper()},Axis,M3045-V,ACCC8E000001,Main hall,2021-03-04,2026-11-20 08:00\n"
)
RUNZERO = (
    "asset_id,name,ip_address,mac_address,macs,mac_manufacturer,hw_vendor,hw_product,os_product,type,site\n"
    f'00000000-0000-0000-0000-000000000001,Hall,10.0.0.31,{A},"{A} {B}",Dahua,Dahua,IPC-HDW1431T1-S4,Linux,IP Camera,Elm\n'
)
SNIPE_IT = (
    "ID,Asset Name,Device Image,Asset Tag,Serial,Model,Category,Status,Checked Out To,Location,Manufacturer,Supplier,"
    f"Purchase Cost,Notes,Mac address,IP address\n672,Hall,,E-0042,6J0E022PAG00001,IPC-HDW1431T1-S4,Camera,Deployed,,"
    f"Main hall,Dahua,Elm Alarms,89.50,,{A},10.0.0.31\n"
)
GLPI = (
    '"Name";"Entity";"Status";"Manufacturer";"Location";"Type";"Model";"Serial number";"Inventory number";"Firmware";"MAC address"\n'
    f'"Hall";"Root entity";"In use";"Dahua";"Main > Hall";"Camera";"IPC-HDW1431T1-S4";"6J0E022PAG00001";"E-0042";"2.8";"{A}"\n'
)
NETBOX = (
    "ID,Name,Status,Tenant,Site,Location,Rack,Role,Manufacturer,Type,IP Address,Serial number,Asset tag\n"
    "12,Hall,Active,,Elm Park,Main hall,,Camera,Dahua,IPC-HDW1431T1-S4,10.0.0.31/24,6J0E022PAG00001,E-0042\n"
)
NETBOX_INTERFACES = (
    "Name,Device,Label,Enabled,Type,Description,MAC Address,IP Addresses\n"
    f'eth0,Hall,,True,1000BASE-T (1GE),first,{A.upper()},"10.0.0.31/24,10.0.0.32/24"\n'
)
INTUNE = (
    "id,deviceName,operatingSystem,manufacturer,model,serialNumber,wiFiMacAddress,ethernetMacAddress,userPrincipalName\n"
    f"1,Hall,Android,Axis,M3045-V,ACCC8E000001,,{A.replace(':', '')},head@elm.example\n"
)
KEA = (
    "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n"
    f"10.0.0.31,{A},01:{A},4000,1795200000,1,0,0,Hall,0,,0\n10.0.0.99,,,4000,1795200000,1,0,0,,1,,0\n"
)
PFSENSE = known.ISC.replace("# The format", "# pfSense\n# The format").replace("CAM-HALL", "Hall")
DNSMASQ = f"1795200000 {A} 10.0.0.31 Hall 01:{A}\n1795200000 {B} 10.0.0.32 * *\n"
EDGESWITCH = f"""(UBNT EdgeSwitch) #show mac-addr-table

VLAN ID  MAC Address         Interface              IfIndex  Status
-------  ------------------  ---------------------  -------  ------------
1        {A.upper()}   0/4                    4        Learned
1        {B.upper()}   vlan 1                 65       Management
"""
NETGEAR = EDGESWITCH.replace("(UBNT EdgeSwitch) #show mac-addr-table\n", "(M4250) #show mac-addr-table\n").replace(
    "0/4 ", "1/0/4"
)

CAMERA = {**HALL, "model": "IPC-HDW1431T1-S4", "manufacturer": "Dahua"}
LISTS: dict[str, tuple[str, str | None, dict[str, str]]] = {
    "SADP": (known.SADP, "SADP", {"mac": B, "address": "10.0.0.32", "model": "DS-2CD2143G0-I"}),
    "ConfigTool": (known.CONFIG_TOOL, "ConfigTool", {"mac": A, "address": "10.0.0.31", "model": "IPC-HDW1431T1-S4"}),
    "Milestone": (MILESTONE, "Milestone XProtect", HALL),
    "Siqura": (SIQURA, "Siqura Device Manager", {**HALL, "model": "HSD820H2-E", "serial": "00012345A"}),
    "Genetec": (GENETEC, "Genetec Security Center", {**HALL, "model": "M3045-V", "manufacturer": "Axis", "firmware": "9.80.3"}),
    "UniFi Protect": (UNIFI_PROTECT, "UniFi Protect", {"mac": A, "name": "Hall"}),
    "Lansweeper": (LANSWEEPER, "Lansweeper", {**HALL, "model": "M3045-V", "manufacturer": "Axis", "serial": "ACCC8E000001"}),
    "runZero": (RUNZERO, "runZero", CAMERA),
    "Snipe-IT": (SNIPE_IT, "Snipe-IT", {**CAMERA, "serial": "6J0E022PAG00001"}),
    "GLPI": (GLPI, "GLPI", {"mac": A, "name": "Hall", "manufacturer": "Dahua", "model": "IPC-HDW1431T1-S4", "firmware": "2.8"}),
    "NetBox interfaces": (NETBOX_INTERFACES, "NetBox", HALL),
    "Intune": (INTUNE, "Microsoft Intune", {"mac": A, "name": "Hall", "model": "M3045-V", "serial": "ACCC8E000001"}),
    "Windows DHCP": (known.WINDOWS, "Windows DHCP", {"mac": A, "address": "10.0.0.31", "name": "CAM-HALL.elm.example"}),
    "Windows DHCP console": (known.WINDOWS_CONSOLE, "Windows DHCP", {"mac": A, "address": "10.0.0.31", "name": "CAM-HALL"}),
    "netsh dhcp": (known.NETSH, "a switch", {"mac": A, "address": "10.0.0.31"}),
    "ISC DHCP": (known.ISC, "a DHCP server", {"mac": A, "address": "10.0.0.31", "name": "CAM-HALL"}),
    "pfSense": (PFSENSE, "a DHCP server", HALL),
    "Kea": (KEA, "Kea DHCP", HALL),
    "dnsmasq": (DNSMASQ, "a DHCP server", HALL),
    "Cisco IOS": (known.CISCO, "a switch", {"mac": A, "at": "Gi1/0/7"}),
    "Cisco Nexus": (known.NEXUS, "a switch", {"mac": A, "at": "Eth1/7"}),
    "HP ProCurve": (known.PROCURVE, "a switch", {"mac": A, "at": "A7"}),
    "Aruba CX": (known.ARUBA, "a switch", {"mac": A, "at": "1/1/7"}),
    "HP Comware": (known.COMWARE, "a switch", {"mac": A, "at": "GigabitEthernet1/0/7"}),
    "Ubiquiti EdgeSwitch": (EDGESWITCH, "a switch", {"mac": A, "at": "0/4"}),
    "Netgear": (NETGEAR, "a switch", {"mac": A, "at": "1/0/4"}),
    "Cisco ARP": (known.ARP, "a switch", {"mac": A, "address": "10.0.0.31"}),
    "nmap": (known.NMAP, "nmap", {"mac": A, "address": "10.0.0.31", "name": "cam-hall.elm.example"}),
}
"""Name -> what it writes, which program is recognised, and what the first of its rows says."""


def taken(folder: Path, text: str) -> Intake:
    path = folder / "list.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read_file(path, NOW, headings=read_headings(REGISTERS))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_recognised_by_its_contents_and_each_column_is_what_it_is(tmp_path: Path, name: str) -> None:
    text, program, expected = LISTS[name]
    found = taken(tmp_path, text)
    first = known.gist(found.observations[0])
    assert {key: first.get(key) for key in expected} == expected
    assert found.written_by == program
    assert not {"hunter2", "admin", "Admin", "root"} & set("".join(map(str, map(known.gist, found.observations))).split("'"))


def test_one_table_holds_the_lists_of_at_least_25_programs() -> None:
    assert len(LISTS) >= 25


@pytest.mark.parametrize("name", sorted(set(LISTS) - {"nmap"}))
def test_a_damaged_row_is_left_out_and_named(tmp_path: Path, name: str) -> None:
    """The first row that has a MAC address loses its last two digits, in whatever form it writes them."""
    text = LISTS[name][0]
    mac = LISTS[name][2]["mac"].replace(":", "")
    forms = (
        ":".join(mac[at : at + 2] for at in range(0, 12, 2)), "-".join(mac[at : at + 2] for at in range(0, 12, 2)),
        ".".join(mac[at : at + 4] for at in range(0, 12, 4)), "-".join(mac[at : at + 4] for at in range(0, 12, 4)),
        f"{mac[:6]}-{mac[6:]}", mac,
    )  # fmt: skip
    if name == "UniFi Protect":  # its rows are objects
        found = taken(tmp_path, text.replace(A.replace(":", "").upper(), A.replace(":", "").upper()[:-2]))
        assert (len(found.observations), "(row 1)" in found.problems[0].say) == (1, True)
        return
    lines, lease = text.split("\n"), name in ("ISC DHCP", "pfSense")
    at = next(place for place, line in enumerate(lines) if any(form in line.lower() for form in forms))
    first = lines[at]
    for form in forms:
        for written in (form, form.upper()):
            first = first.replace(written, written[:-2])
    damaged = "\n".join((*lines[:at], first, *lines[at + 1 :]))
    try:
        found = taken(tmp_path, damaged)
    except IntakeError as error:  # it was the only row
        said = str(error)
    else:
        said = found.problems[0].say
    begins = next(place for place in range(at, -1, -1) if not lease or lines[place].startswith("lease ")) + 1
    assert f"(row {begins})" in said or f"(rows {begins} " in said


BY_HEADINGS = sorted(
    name
    for name, (text, program, _) in LISTS.items()
    if not text.startswith("[") and program in {one.name for one in read_programs(REGISTERS)}
)
VARIANTS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "semicolons and a mark": lambda rows: written(rows, ";", "utf-8-sig"),
    "tabs, UTF-16": lambda rows: written(rows, "\t", "utf-16"),
    "UTF-16 without a mark": lambda rows: written(rows, ",", "utf-16-le"),
    "bars": lambda rows: written(rows, "|"),
    "sep= of Excel": lambda rows: b"sep=;\r\n" + written(rows, ";"),
    "the other way round": lambda rows: written([row[::-1] for row in rows]),
    "turned": lambda rows: written([row[3:] + row[:3] for row in rows]),
    "a title above": lambda rows: written([["Elm Park devices"], ["Printed 1 Nov 2026", ""], [], *rows]),
    "totals below": lambda rows: written([*rows, [], ["Total: 2", *[""] * (len(rows[0]) - 1)]]),
    "headings once more": lambda rows: written([*rows, *rows]),
    "headings in capitals, spaced": lambda rows: written([[f" {one.upper()} " for one in rows[0]], *rows[1:]]),
    "columns of staff before": lambda rows: written(
        [["Vendor", "Host", "SN", *rows[0]], *(["WRONG", "WRONG", "WRONG", *row] for row in rows[1:])]
    ),
}


def written(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_programs_list_is_recognised_however_staff_saved_it(tmp_path: Path, variant: str) -> None:
    for name in BY_HEADINGS:
        text, program, expected = LISTS[name]
        lines = [line for line in text.lstrip("\ufeff").splitlines() if line and not line.startswith("#")]
        rows = list(csv.reader(lines, delimiter=max(",;\t", key=lines[0].count)))
        (tmp_path / "list.csv").write_bytes(VARIANTS[variant](rows))
        found = read_file(tmp_path / "list.csv", NOW, headings=read_headings(REGISTERS))
        first = known.gist(found.observations[0])
        assert (found.written_by, {key: first.get(key) for key in expected}) == (program, expected), name


FIELDS = {
    "SADP": (known.SADP, {"Device Type": "model", "Device Serial No.": "serial", "MAC Address": "mac", "IPv4 Address": "ip"}),
    "iVMS-4200": (IVMS, {"Nickname": "name", "Address": "ip", "User Name": None, "Password": None, "Port": None}),
    "Milestone": (MILESTONE, {"HardwareName": "name", "HardwareAddress": "ip", "MacAddress": "mac", "Password": None}),
    "Milestone, offline": (MILESTONE_OFFLINE, {"HardwareAddress": "ip", "HardwarePassword": None, "HardwareUsername": None}),
    "Siqura": (SIQURA, {"ModelName": "model", "ProductType": None, "Password": None, "Username": None, "MacAddress": "mac"}),
    "Genetec": (GENETEC, {"Unit name": "name", "Product type": "model", "Physical address": "mac", "User": None, "Role": None}),
    "Lansweeper": (
        LANSWEEPER,
        {"AssetName": "name", "Manufacturer": "sold_as", "Mac": "mac", "PurchaseDate": "installed_date"},
    ),
    "runZero": (
        RUNZERO,
        {"hw_vendor": "sold_as", "hw_product": "model", "ip_address": "ip", "mac_address": "mac", "macs": None},
    ),
    "Snipe-IT": (SNIPE_IT, {"ID": None, "Asset Tag": "ref", "Category": "kind", "Model": "model", "Mac address": "mac"}),
    "GLPI": (
        GLPI,
        {"Inventory number": "ref", "Type": "kind", "Status": "status", "Location": "location", "Serial number": "serial"},
    ),
    "NetBox": (NETBOX, {"ID": None, "Role": "kind", "Type": "model", "Asset tag": "ref", "IP Address": "ip", "Site": "site"}),
    "Intune": (INTUNE, {"id": None, "deviceName": "name", "userPrincipalName": None, "serialNumber": "serial"}),
}


@pytest.mark.parametrize("name", FIELDS)
def test_the_column_step_begins_with_what_a_programs_columns_are(tmp_path: Path, name: str) -> None:
    text, expected = FIELDS[name]
    path, headings = tmp_path / "list.csv", read_headings(REGISTERS)
    path.write_text(text, encoding="utf-8", newline="")
    file = read_register(path, headings)
    guesses = {guess.column.heading: guess for guess in guess_columns(file.columns, file.rows, headings)}
    assert {heading: guesses[heading].field for heading in expected} == expected
    assert any(" in lists from " in guess.why or " of lists from " in guess.why for guess in guesses.values())


@pytest.mark.parametrize(
    "text",
    ["[]", "[1]", "[" * 100_000, '[{"mac": {"mac": "x"}}]', '[{"name": "Hall"}]', "[" + '{"a":1},' * 9, '[{"mac": NaN}]'],
)
def test_json_that_is_no_list_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(IntakeError, match=r"no array of devices|no list with MAC addresses|no rows below|damaged; export"):
        taken(tmp_path, text)


def test_what_programs_answer_as_json_is_a_list_by_its_names(tmp_path: Path) -> None:
    found = taken(tmp_path, json.dumps([{"hostname": "Hall", "ip": "10.0.0.31", "mac": A, "tags": ["x"]}, {"mac": "gone"}]))
    assert known.gist(found.observations[0]) == {"mac": A, "address": "10.0.0.31", "kind": "table", "name": "Hall"}
    assert "(row 2)" in found.problems[0].say


def test_an_unknown_list_is_guessed_by_its_headings_alone(tmp_path: Path) -> None:
    found = taken(tmp_path, f"Where,IP,MAC\nHall,10.0.0.31,{A}\n")
    assert (found.written_by, found.observations[0].mac) == (None, A)


def test_no_programs_marks_are_all_in_anothers_columns_and_each_mark_is_a_heading() -> None:
    programs = read_programs(REGISTERS)
    assert all(len(one.marks) >= 2 and "" not in one.marks for one in programs)
    assert len({(one.name, one.marks) for one in programs}) == len(programs)
    assert all(heading == plain(heading) for one in programs for heading in one.columns)


def test_logins_are_left_out_of_every_programs_list() -> None:
    for one in read_programs(REGISTERS):
        for heading, field in one.columns.items():
            if any(word in heading.replace(" ", "") for word in ("password", "username", "email", "phone")):
                assert field is None, (one.name, heading)


AS_LIST, AS_REGISTER = "“camcensus identify --inventory”", "“camcensus import”"
REPLIES = {
    "netsh dhcp", "ISC DHCP", "pfSense", "dnsmasq", "nmap", "Cisco IOS", "Cisco Nexus", "Cisco ARP", "HP ProCurve", "Aruba CX",
    "HP Comware", "Ubiquiti EdgeSwitch", "Netgear",
}  # fmt: skip
"""Lists that no register is: `import` sends them on."""
NO_MACS = {
    "iVMS-4200": (IVMS, "iVMS-4200"),
    "Milestone, offline": (MILESTONE_OFFLINE, "Milestone XProtect"),
    "NetBox devices": (NETBOX, "NetBox"),
}
"""Lists without MAC addresses, and what wrote each: `identify` sends them on."""


def as_register(folder: Path, text: str) -> RegisterFile:
    path = folder / "list.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read_register(path, read_headings(REGISTERS))


@pytest.mark.parametrize("name", LISTS)
def test_import_reads_each_list_or_says_which_command_does(tmp_path: Path, name: str) -> None:
    text, _, expected = LISTS[name]
    if name in REPLIES:
        with pytest.raises(IntakeError, match=AS_LIST):
            as_register(tmp_path, text)
        return
    file = as_register(tmp_path, text)
    guesses = guess_columns(file.columns, file.rows, read_headings(REGISTERS))
    place = next(guess.column.place for guess in guesses if guess.field == "mac")
    if name == "Intune":  # a register has one MAC address a device; the cable counts first
        assert next(column.heading for column in file.columns if column.place == place) == "ethernetMacAddress"
        return
    assert expected["mac"] in {mac_in(str(row.cells[place])) for row in file.rows if place < len(row.cells)}


@pytest.mark.parametrize("name", NO_MACS)
@pytest.mark.parametrize("way", ["text", "semicolons", "book"])
def test_identify_says_which_command_reads_a_list_without_mac_addresses(tmp_path: Path, name: str, way: str) -> None:
    text, program = NO_MACS[name]
    path = tmp_path / "list.csv"
    if way == "text":
        path.write_text(text, encoding="utf-8", newline="")
    else:
        rows = [["Elm Park"], *csv.reader(text.splitlines())]
        path.write_bytes(xlsx(("Devices", rows)) if way == "book" else written(rows, ";"))
    with pytest.raises(IntakeError, match=f"list from {program} with no MAC addresses; .*{AS_REGISTER}"):
        read_file(path, NOW, headings=read_headings(REGISTERS))
    assert len(read_register(path, read_headings(REGISTERS)).rows) == 1


@pytest.mark.parametrize("name", [name for name, (_, _, says) in LISTS.items() if "address" in says and name not in REPLIES])
def test_a_damaged_ip_address_is_named_at_both_doors(tmp_path: Path, name: str) -> None:
    text = LISTS[name][0]
    address = LISTS[name][2]["address"]
    damaged = text.replace(address, "10.0.0.999").replace("10.0.0.31/", "10.0.0.999/")
    found = taken(tmp_path, damaged)
    row = next(number for number, line in enumerate(csv_lines(damaged), 1) if "10.0.0.999" in line)
    assert [problem.say for problem in found.problems if f"damaged IP address (row {row})" in problem.say]
    file = as_register(tmp_path, damaged)
    guesses = guess_columns(file.columns, file.rows, read_headings(REGISTERS))
    place = next(guess.column.place for guess in guesses if guess.field == "ip")
    held = next(one for one in file.rows if one.number == row).cells[place]
    with pytest.raises(Unreadable, match="must be a network address"):
        read_cell("ip", held, "IP", read_headings(REGISTERS).words)


def csv_lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize("lost", [1, 3, 40, 150])
def test_json_that_breaks_off_is_refused_at_both_doors(tmp_path: Path, lost: int) -> None:
    for read in (taken, as_register):
        with pytest.raises(IntakeError, match="breaks off or is damaged; export it again"):
            read(tmp_path, UNIFI_PROTECT[:-lost])


def test_a_damaged_row_of_json_keeps_its_number_for_import(tmp_path: Path) -> None:
    file = as_register(tmp_path, UNIFI_PROTECT)
    assert [(row.number, row.cells[1]) for row in file.rows] == [
        (1, A.replace(":", "").upper()), (2, B.replace(":", "").upper())
    ]  # fmt: skip


def test_a_name_that_json_first_uses_late_is_a_column_at_both_doors(tmp_path: Path) -> None:
    rows = [{"name": f"Camera {at}"} for at in range(300)] + [{"name": "Hall", "mac": A, "ip": "10.0.0.31"}]
    file = as_register(tmp_path, json.dumps(rows))
    assert ([column.heading for column in file.columns], len(file.rows)) == (["name", "mac", "ip"], 301)
    found = taken(tmp_path, json.dumps(rows))
    assert [known.gist(one) for one in found.observations] == [{**HALL, "kind": "table"}]


def test_every_door_names_the_same_formats(tmp_path: Path) -> None:
    for data in (b"{\\rtf1 x}", b"%PDF-1.7", b"[[1, 2]]"):
        (tmp_path / "list.txt").write_bytes(data)
        with pytest.raises(IntakeError, match=f"give {REGISTER_FORMATS}"):
            read_register(tmp_path / "list.txt", read_headings(REGISTERS))
    assert {".json", ".csv", ".xml"} < set(REGISTER_ENDINGS)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ('{"probe": "http", "address": "10.0.0.31"}\n', AS_LIST),
        ('{"data": [{"mac": "3CEF8C000001"}]}', f"no array of devices; give {REGISTER_FORMATS} alone"),
        ('{"success": true, "data": []}', "give CSV, XLSX"),
        ("[[1, 2]]", "no array of devices"),
        ("[" * 100_000, "breaks off or is damaged"),
        ('[{"mac": "' + "x" * (9 << 20) + '"}]', "longer than 8 MiB of JSON"),
    ],
)
def test_other_json_is_refused_by_import_in_a_sentence(tmp_path: Path, text: str, say: str) -> None:
    with pytest.raises(IntakeError, match=say):
        as_register(tmp_path, text)


def test_a_register_that_speaks_of_mac_addresses_is_no_switch(tmp_path: Path) -> None:
    """One column, and damaged numbers: still a register, whose rows `import` names."""
    for text in (f"MAC address\n{A}\n", f"Name\tMAC address\nHall\t{A[:-3]}\n", f"Where,MAC address,Port\nHall,{A},Gi1/0/7\n"):
        assert len(as_register(tmp_path, text).rows) == 1
