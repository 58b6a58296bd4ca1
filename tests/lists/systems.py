"""Lists that other programs write, with their own column names: NetBox, Snipe-IT, Milestone, SADP, UniFi Protect."""

from __future__ import annotations

from lists.rows import Column, List, Row, Sheet, table

_NETBOX = tuple(Column(heading, about) for heading, about in (
    ("Name", "name"), ("Status", "status"), ("Tenant", "other"), ("Site", "place"), ("Location", "place"), ("Rack", "other"), ("Role", "kind"),
    ("Manufacturer", "make"), ("Type", "model"), ("IP Address", "ip"), ("Serial number", "serial"), ("Asset tag", "ref"), ("Platform", "other"),
    ("Comments", "note"), ("Tags", "other"),
))  # fmt: skip

_NETBOX_ROWS = """
c | NC-CAM-001 | Active | Estates | North Campus | Library | | CCTV Camera | Axis | P3245-LVE | 10.30.8.11/24 | ACCC8E700011 | EST-04411 | AXIS OS 10.12 | | cctv,poe => IP Address=10.30.8.11
c | NC-CAM-002 | Active | Estates | North Campus | Library | | CCTV Camera | Axis | P3245-LVE | 10.30.8.12/24 | ACCC8E700012 | EST-04412 | AXIS OS 10.12 | | cctv,poe => IP Address=10.30.8.12
c | NC-CAM-003 | Offline | Estates | North Campus | Library | | CCTV Camera | Axis | M3085-V | 10.30.8.13/24 | ACCC8E700013 | EST-04413 | AXIS OS 10.12 | PoE port faulty | cctv => IP Address=10.30.8.13
c | NC-CAM-004 | Active | Estates | North Campus | Gym | | CCTV Camera | Hikvision | DS-2CD2347G2-LU | 10.30.8.14/24 | 0042719002 | EST-04414 | | | cctv => IP Address=10.30.8.14
cx | NC-CAM-005 | Decommissioning | Estates | North Campus | Gym | | CCTV Camera | Hikvision | DS-2CD2032-I | 10.30.8.15/24 | 0042719003 | EST-03110 | | Taken down July | cctv => IP Address=10.30.8.15
r | NC-NVR-01 | Active | Estates | North Campus | Comms Room 1 | R01 | NVR | Hikvision | DS-9632NI-I8 | 10.30.8.2/24 | 0016203311 | EST-04400 | | | cctv => IP Address=10.30.8.2
s | NC-SW-CCTV-01 | Active | Estates | North Campus | Comms Room 1 | R01 | Access Switch | Cisco | C9200L-24P-4G | 10.30.0.21/24 | FOC2301X0AB | EST-04390 | IOS-XE 17.6 | | => IP Address=10.30.0.21
c | SC-CAM-001 | Active | Estates | South Campus | Main Entrance | | CCTV Camera | Hanwha Vision | XND-6080R | 10.31.8.11/24 | 0000ZNJF70GM511001 | EST-05511 | | | cctv => IP Address=10.31.8.11
c | SC-CAM-002 | Active | Estates | South Campus | Car Park | | CCTV Camera | Hanwha Vision | XNP-6400RW | 10.31.8.12/24 | 0000ZNJF70GM511002 | EST-05512 | | | cctv,ptz => IP Address=10.31.8.12
r | SC-NVR-01 | Active | Estates | South Campus | Comms Room | R01 | NVR | Hanwha Vision | XRN-1610 | 10.31.8.2/24 | 0000ZNKK70GM511900 | EST-05500 | | | cctv => IP Address=10.31.8.2
i | SC-INT-001 | Active | Estates | South Campus | Main Entrance | | Intercom | 2N | IP Verso | 10.31.8.60/24 | 54-2011-0102 | EST-05560 | | | => IP Address=10.31.8.60
o | SC-UPS-01 | Active | Estates | South Campus | Comms Room | R01 | UPS | APC | SMT1500RMI2U | 10.31.0.9/24 | AS2011334455 | EST-05590 | | | => IP Address=10.31.0.9
"""

NETBOX = List(
    "netbox", "NetBox: devices, current view as CSV", "netbox_devices.csv", (Sheet("", _NETBOX, table(_NETBOX_ROWS, _NETBOX)),)
)

_SNIPE = tuple(Column(heading, about) for heading, about in (
    ("Company", "other"), ("Asset Name", "name"), ("Asset Tag", "ref"), ("Model", "other"), ("Model No.", "model"), ("Category", "kind"), ("Manufacturer", "make"),
    ("Serial", "serial"), ("Purchase Date", "installed"), ("Purchase Cost", "cost"), ("EOL Date", "eol"), ("Order Number", "other"), ("Supplier", "supplier"),
    ("Location", "place"), ("Status", "status"), ("Warranty", "other"), ("Warranty Expires", "warranty"), ("Notes", "note"), ("MAC Address", "mac"),
))  # fmt: skip

_SNIPE_ROWS = """
c | Vale Schools Trust | Front door cam | 001201 | AcuSense turret 4MP | DS-2CD2347G2-LU | CCTV Camera | Hikvision | 0050117201 | 2022-08-15 | 142.00 | 2029-08-15 | PO-7781 | Northgate Systems | Vale Juniors | Deployed | 36 months | 2025-08-15 | | 44:19:b6:50:72:01
c | Vale Schools Trust | Bike shed cam | 001202 | AcuSense turret 4MP | DS-2CD2347G2-LU | CCTV Camera | Hikvision | 0050117202 | 2022-08-15 | 142.00 | 2029-08-15 | PO-7781 | Northgate Systems | Vale Juniors | Deployed | 36 months | 2025-08-15 | Angle changed after complaint | 44:19:b6:50:72:02
r | Vale Schools Trust | Office NVR | 001203 | 16ch NVR | DS-7616NI-I2 | CCTV Recorder | Hikvision | 0050117299 | 2022-08-15 | 480.00 | 2029-08-15 | PO-7781 | Northgate Systems | Vale Juniors | Deployed | 36 months | 2025-08-15 | | 44:19:b6:50:72:99
c | Vale Schools Trust | Gate | 001301 | VIGI 4MP bullet | VIGI C340 | CCTV Camera | TP-Link | 2233445000117 | 2023-04-03 | 69.99 | 2028-04-03 | PO-8120 | Northgate Systems | Vale Infants | Deployed | 24 months | 2025-04-03 | | 5c-a6-e6-11-22-01
c | Vale Schools Trust | Hall | 001302 | VIGI 4MP turret | VIGI C440 | CCTV Camera | TP-Link | 2233445000118 | 2023-04-03 | 69.99 | 2028-04-03 | PO-8120 | Northgate Systems | Vale Infants | Deployed | 24 months | 2025-04-03 | | 5c-a6-e6-11-22-02
r | Vale Schools Trust | NVR | 001303 | VIGI NVR 8ch | VIGI NVR1008H-8MP | CCTV Recorder | TP-Link | 2233445000990 | 2023-04-03 | 129.00 | 2028-04-03 | PO-8120 | Northgate Systems | Vale Infants | Deployed | 24 months | 2025-04-03 | | 5c-a6-e6-11-22-90
cx | Vale Schools Trust | Old gate | 000415 | Bullet | DS-2CD2632F-I | CCTV Camera | Hikvision | 0039922110 | 2015-09-01 | 175.00 | 2022-09-01 | PO-2210 | Northgate Systems | Vale Infants | Archived | 12 months | 2016-09-01 | Disposed 2023 |
cx | Vale Schools Trust | Spare | 001304 | VIGI 4MP turret | VIGI C440 | CCTV Camera | TP-Link | 2233445000119 | 2023-04-03 | 69.99 | 2028-04-03 | PO-8120 | Northgate Systems | Store | Ready to Deploy | 24 months | 2025-04-03 | In its box | 5c-a6-e6-11-22-03
s | Vale Schools Trust | CCTV switch | 001305 | PoE switch | GS728TP | Network Switch | Netgear | 00041R2SX00990 | 2023-04-03 | 390.00 | 2030-04-03 | PO-8120 | Northgate Systems | Vale Infants | Deployed | Lifetime | | | 28-80-88-11-22-33
"""

SNIPE_IT = List(
    "snipe-it",
    "Snipe-IT: custom asset report",
    "custom-assets-report-2025-11-30.csv",
    (Sheet("", _SNIPE, table(_SNIPE_ROWS, _SNIPE)),),
    "utf-8-sig",
    ",",
    True,
)

_MILESTONE = tuple(Column(heading, about) for heading, about in (
    ("Name", "name"), ("Channel", "other"), ("Enabled", "other"), ("State", "other"), ("HardwareName", "other"), ("HardwareId", "other"), ("Model", "make+model"),
    ("Address", "ip"), ("MAC", "mac"), ("SerialNumber", "serial"), ("Firmware", "firmware"), ("DriverFamily", "other"), ("RecorderName", "recorder"),
    ("ExpectedRetentionDays", "other"), ("ActualRetentionDays", "retention"),
))  # fmt: skip


def _milestone_rows() -> tuple[Row, ...]:
    rows: list[Row] = []
    devices = (
        ("AXIS P3245-LVE Network Camera", "AXIS", "P3245-LVE", "ACCC8E8800", "9.80.3.1", "Axis"),
        ("AXIS M3085-V Network Camera", "AXIS", "M3085-V", "B8A44F0100", "11.2.61", "Axis"),
        ("Hanwha XND-6080R", "Hanwha", "XND-6080R", "0009185500", "1.41.05_20211008", "Hanwha"),
        ("Bosch NBE-4502-AL", "Bosch", "NBE-4502-AL", "0004630400", "6.43.0027", "Bosch"),
        ("Hikvision DS-2CD2143G0-I", "Hikvision", "DS-2CD2143G0-I", "4419B67700", "V5.5.82 build 190909", "ONVIF"),
    )
    places = (
        "Foyer",
        "Stage door",
        "Box office",
        "Auditorium left",
        "Auditorium right",
        "Bar",
        "Kitchen",
        "Dock",
        "Roof",
        "Car park",
    )
    for at, place in enumerate(places):
        text, make, model, mac, firmware, driver = devices[at % 5]
        address, enabled = f"http://10.44.2.{20 + at}/", at != 8
        mac += f"{at:02X}"
        rows.append(Row((
            f"{place} - Camera 1", "0", "True" if enabled else "False", "Responding" if enabled else "", f"{make} {model} (10.44.2.{20 + at})",
            f"6f1d0a{at:02x}-73c1-4c0e-9d0a-2b5b7e1f00{at:02x}", text, address, mac, mac if make == "AXIS" else f"00{at}4418810{at}", firmware, driver,
            "REC-SRV-01" if at < 6 else "REC-SRV-02", "30", str((30, 28, 30, 12)[at % 4]),
        ), says={"make": make, "model": model, "Address": f"10.44.2.{20 + at}"}))  # fmt: skip
    return tuple(rows)


MILESTONE = List("milestone", "Milestone XProtect: the camera report of its PowerShell tools", "VmsCameraReport.csv", (Sheet("", _MILESTONE, _milestone_rows()),),
                 "utf-8", ",", True)  # fmt: skip

_SADP = tuple(Column(heading, about) for heading, about in (
    ("ID", "other"), ("Device Type", "model"), ("Status", "other"), ("IPv4 Address", "ip"), ("Port", "other"), ("Enhanced SDK Service Port", "other"),
    ("Software Version", "firmware"), ("IPv4 Gateway", "other"), ("HTTP Port", "other"), ("Device Serial No.", "serial"), ("Subnet Mask", "other"), ("MAC Address", "mac"),
    ("Encoding Channel(s)", "channels"), ("DSP Version", "other"), ("Start Time", "other"), ("IPv6 Address", "other"), ("Support IPv6", "other"),
    ("IPv6 Modifiable", "other"), ("Support DHCP", "other"), ("IPv4 DHCP Status", "other"), ("Support Hik-Connect", "other"), ("Hik-Connect Status", "other"),
))  # fmt: skip


def _sadp_rows() -> tuple[Row, ...]:
    rows: list[Row] = []
    devices = (
        ("DS-7616NI-I2/16P", "recorder", "V4.22.005build 190128", "DS-7616NI-I2/16P1620190521CCRRD18840021WCVU", "16"),
        ("DS-2CD2143G0-I", "camera", "V5.5.82build 190909", "DS-2CD2143G0-I20191011AAWRD77200131", "1"),
        ("DS-2CD2143G0-I", "camera", "V5.5.82build 190909", "DS-2CD2143G0-I20191011AAWRD77200132", "1"),
        ("DS-2CD2T47G2-L", "camera", "V5.7.3build 220112", "DS-2CD2T47G2-L20220630AAWRK00119001", "1"),
        ("DS-2CD2032-I", "camera", "V5.4.5build 170123", "DS-2CD2032-I20150417AAWR511234567", "1"),
        ("DS-KV8113-WME1", "intercom", "V2.2.43build 210401", "DS-KV8113-WME10120210511RRF41120011", "1"),
        ("DS-2DE4225IW-DE", "camera", "V5.6.11build 190426", "DS-2DE4225IW-DE20190722CCWRD55611202W", "1"),
    )
    for at, (model, kind, firmware, serial, channels) in enumerate(devices):
        rows.append(Row((
            f"{at + 1:03d}", model, "Active" if at != 4 else "Inactive", f"192.168.1.{64 + at}", "8000", "8443" if at else "N/A", firmware, "192.168.1.1", "80", serial,
            "255.255.255.0", f"44-19-b6-77-10-{at:02x}", channels, "V7.3 build 190909" if kind == "camera" else "V5.0 build 181220", "2025-11-24 08:10:22",
            "::", "Yes", "Yes", "Yes", "OFF", "Yes", "Offline" if at % 2 else "Online",
        ), kind, says={"maker": "hikvision"}))  # fmt: skip
    return tuple(rows)


SADP = List(
    "sadp", "Hikvision's SADP tool: the exported list", "SADP_devices.csv", (Sheet("", _SADP, _sadp_rows()),), "utf-16", "\t"
)

_UNIFI = tuple(Column(heading, about) for heading, about in (
    ("Type", "kind"), ("Name", "name"), ("Model", "model"), ("MAC Address", "mac"), ("IP Address", "ip"), ("Firmware Version", "firmware"), ("Status", "other"),
    ("Uptime", "other"), ("Connected To", "other"), ("Recording Mode", "other"), ("Adopted On", "installed"),
))  # fmt: skip

_UNIFI_ROWS = """
c | Camera | Front Gate | G4 Bullet | 74:ac:b9:01:02:01 | 192.168.30.21 | 4.69.55 | Connected | 41d 3h | USW Pro 24 PoE #3 | Always | 2023-02-14 => maker=ubiquiti
c | Camera | Yard | G4 Pro | 74:ac:b9:01:02:02 | 192.168.30.22 | 4.69.55 | Connected | 41d 3h | USW Pro 24 PoE #4 | Always | 2023-02-14 => maker=ubiquiti
c | Camera | Shop Floor | G5 Turret Ultra | 74:ac:b9:01:02:03 | 192.168.30.23 | 4.69.55 | Connected | 12d 20h | USW Pro 24 PoE #5 | Detections | 2024-05-02 => maker=ubiquiti
c | Camera | Till 1 | G5 Dome | 74:ac:b9:01:02:04 | 192.168.30.24 | 4.69.55 | Connected | 12d 20h | USW Pro 24 PoE #6 | Always | 2024-05-02 => maker=ubiquiti
c | Camera | Till 2 | G5 Dome | 74:ac:b9:01:02:05 | 192.168.30.25 | 4.69.55 | Disconnected | - | USW Pro 24 PoE #7 | Always | 2024-05-02 => maker=ubiquiti
i | Doorbell | Side Door | G4 Doorbell Pro | 74:ac:b9:01:02:06 | 192.168.30.26 | 4.69.55 | Connected | 41d 3h | WiFi | Detections | 2023-02-14 => maker=ubiquiti
o | Chime | Office Chime | Chime | 74:ac:b9:01:02:07 | 192.168.30.27 | 1.7.20 | Connected | 41d 3h | WiFi | - | 2023-02-14 => maker=ubiquiti
r | NVR | UNVR | UNVR | 74:ac:b9:01:02:f0 | 192.168.30.2 | 4.0.3 | Connected | 60d 1h | USW Pro 24 PoE #24 | - | 2023-02-14 => maker=ubiquiti
"""

UNIFI = List(
    "unifi-protect",
    "UniFi Protect: the devices page as CSV",
    "protect-devices.csv",
    (Sheet("", _UNIFI, table(_UNIFI_ROWS, _UNIFI)),),
)

LISTS = (NETBOX, SNIPE_IT, MILESTONE, SADP, UNIFI)
