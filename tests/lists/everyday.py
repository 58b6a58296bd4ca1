"""Lists of places with no IT department, and systems' exports: a primary school, a shop chain, a village hall, four programs."""

from __future__ import annotations

from lists.rows import Column, List, Sheet, table

_HANDOVER = (
    Column("Site", "place"), Column("Area", "place"), Column("Cam no", "ref"), Column("Looks at", "name"), Column("What it is", "kind"),
    Column("Make", "make"), Column("Age", "other"), Column("State", "working"), Column("What I'd do", "other"),
)  # fmt: skip
_HANDOVER_ROWS = """
c | Infants | Entrance | 1 | Gate and path | Dome | Hikvision | about 6 years | Fine | Leave it
c | ^ | ^ | 2 | Buggy park | Dome | Hikvision | about 6 years | Foggy in winter | New one
c | ^ | Nursery | 3 | Nursery garden | Bullet | Swann | 2 yrs | Fine | Leave it
c | Juniors | Entrance | 4 | Front gate | Dome | Dahua | 2017 | Fine | New one
c | ^ | ^ | 5 | Reception desk | Dome | Dahua | 2017 | Dead | Take down
c | ^ | Field | 6 | Trim trail | PTZ | Axis | 2019 | Fine | Leave it
r | ^ | Office cupboard | Box 1 | | Recorder (16 way) | Hikvision | 2019 | Fine | Leave it
m | ^ | ^ | TV | | Monitor in office | LG | | Fine |
- | 6 cameras, 1 box, 1 telly. Signed: D Osei 10/7/26 | | | | | | | |
"""

HANDOVER = List(
    "handover", "a caretaker's handover sheet for two schools", "CCTV handover.xlsx",
    (Sheet("Handover", _HANDOVER, table(_HANDOVER_ROWS, _HANDOVER), ("Millbrook Federation – CCTV handover, July 2026", "Ring Keith with queries")),),
)  # fmt: skip

_SHOPS = (
    Column("Shop no", "number"), Column("Shop", "place"), Column("Tills", "other"), Column("Cameras inside", "qty"),
    Column("CCTV make", "make"), Column("Analogue or IP", "kind"), Column("Refit due", "other"),
)  # fmt: skip
_SHOPS_ROWS = """
c*6 | 101 | Newark | 3 | 6 | Hikvision | IP | 2027
c*4 | 102 | Grantham | 2 | 4 | Dahua | Analogue | 2029
c*4 | 103 | Sleaford | 2 | 4 | Swann | Analogue |
c*8 | 104 | Boston | 4 | 8 | Hanwha | IP | 2031
- | 105 | Louth | 1 | none | | |
c*3 | 106 | Spalding | 2 | 3 | Reolink | IP | 2028
- | | All shops | 14 | 25 | | |
"""

SHOPS = List(
    "shop-chain", "a shop chain's list of tills and cameras", "shops.csv", (Sheet("", _SHOPS, table(_SHOPS_ROWS, _SHOPS)),)
)

_PARISH = (
    Column("Ref", "ref"), Column("Item", "kind"), Column("Where kept", "name"), Column("Qty", "qty"), Column("Year bought", "installed"),
    Column("Bought from", "supplier"), Column("Make", "make"), Column("Replacement value", "other"), Column("Remarks", "note"),
)  # fmt: skip
_PARISH_ROWS = """
o | 1 | Stacking chairs | Main hall | 120 | 2015 | Gopak | | £3,600 |
c*4 | 2 | CCTV cameras | Outside, one on each corner | 4 | 2022 | Anglia Alarms | Hikvision | £900 | Serviced by D.B.
r | 3 | CCTV recorder | Committee room | 1 | 2022 | Anglia Alarms | Hikvision | £300 | monitor on top
o | 4 | Oak bench | Rec ground | 3 | 2001 | | | £1,500 | one rotten
o | 5 | Road sign, 20 mph | Church Lane | 2 | 2019 | County | | £240 |
i | 6 | Doorbell with camera | Main entrance | 1 | 2024 | Currys | Reolink | £99 |
o | 7 | Litter bins | Rec ground | 5 | 2018 | | | £750 |
- | | Total | | | | | | £7,389 |
"""

PARISH = List(
    "parish-hall", "a village hall's asset list", "assets.csv",
    (Sheet("", _PARISH, table(_PARISH_ROWS, _PARISH), ("Little Wenham Village Hall & Rec – assets at 31 March 2026",)),), delimiter="\t",
)  # fmt: skip

_HIKCENTRAL = (
    Column("Device Name", "name"), Column("Address", "ip"), Column("Port", "other"), Column("Device Type", "other"), Column("Device Model", "model"),
    Column("Device Serial No.", "serial"), Column("Firmware Version", "firmware"), Column("Site", "place"), Column("Password Strength", "other"),
)  # fmt: skip
_HIKCENTRAL_ROWS = """
r | Lobby NVR | 10.9.1.10 | 8000 | Encoding Device | DS-7732NXI-I4/S | DS-7732NXI-I4/S1620210411CCRRF55667788WCVU | V4.61.025 build 220905 | Head Office | Strong
c | Lobby Cam | 10.9.1.21 | 8000 | Encoding Device | DS-2CD2186G2-ISU | DS-2CD2186G2-ISU20210411AAWRF55001122 | V5.7.3 build 220112 | Head Office | Strong
c | Stair Cam | 10.9.1.22 | 8000 | Encoding Device | DS-2CD2186G2-ISU | DS-2CD2186G2-ISU20210411AAWRF55001123 | V5.7.3 build 220112 | Head Office | Risky
i | Door 1 | 10.9.1.31 | 8000 | Access Control Device | DS-K1T341AMF | DS-K1T341AMF20210411V030300ENG12345678 | V3.3.8 | Head Office | Medium
i | Gate | 10.9.1.32 | 8000 | Video Intercom Device | DS-KV8113-WME1 | DS-KV8113-WME10120210411WR87654321 | V2.2.53 | Head Office | Medium
"""

HIKCENTRAL = List(
    "hikcentral",
    "an export of HikCentral",
    "Device.xlsx",
    (Sheet("Device", _HIKCENTRAL, table(_HIKCENTRAL_ROWS, _HIKCENTRAL)),),
)

_GENETEC = (
    Column("Name", "name"), Column("Entity type", "kind"), Column("Role", "other"), Column("Manufacturer", "make"), Column("Model", "model"),
    Column("Physical address", "mac"), Column("IP address", "ip"), Column("Firmware", "firmware"), Column("Unit state", "status"), Column("Description", "note"),
)  # fmt: skip
_GENETEC_ROWS = """
c | CONC-A Gate 12 | Camera | Archiver 1 | Axis | Q3538-LVE | B8:A4:4F:10:20:31 | 172.20.4.31 | 11.9.60 | Online | Gate 12 queue
c | CONC-A Gate 14 | Camera | Archiver 1 | Axis | Q3538-LVE | B8:A4:4F:10:20:32 | 172.20.4.32 | 11.9.60 | Offline | Gate 14 queue
c | BAG Hall 2 | Camera | Archiver 2 | Bosch | NDI-5503-A | 00:07:5F:A1:A2:A3 | 172.20.5.12 | 7.81.0069 | Warning | Belt 5
c | BAG Hall 3 | Camera | Archiver 2 | Uniview | IPC3614LB-SF28-A | 48:EA:63:31:32:33 | 172.20.5.13 | B0.1.1.P80 | Online | Belt 6
"""

GENETEC = List("genetec", "an export of Genetec's units", "units.csv", (Sheet("", _GENETEC, table(_GENETEC_ROWS, _GENETEC)),))

_VMS = (
    Column("Recording server", "other"), Column("Hardware address", "ip"), Column("MAC address", "mac"), Column("Model", "model"),
    Column("Firmware version", "firmware"), Column("Serial number", "serial"), Column("Camera name", "name"), Column("Retention (days)", "retention"),
)  # fmt: skip
_VMS_ROWS = """
c | RS-HQ01 | http://10.77.0.31/ | AC:CC:8E:77:00:31 | P3265-V | 11.8.64 | ACCC8E770031 | Canteen - Camera 1 | 30
c | RS-HQ01 | http://10.77.0.33:8080/ | 4C:F5:DC:77:00:33 | IPC-HFW5442E-ZE | 2.840.0000000.18.R | 7F0A1B2PAZ00331 | Dispatch - Camera 1 | 14
c | RS-DC02 | http://10.78.0.5/ | 44:19:B6:78:00:05 | DS-2CD2143G2-IS | V5.7.12 | DS-2CD2143G2-IS20220101AAWRJ00000005 | Rear stairs | 30
c | RS-DC02 | http://10.78.0.6/ | 44:19:B6:78:00:06 | DS-2CD2143G2-IS | V5.7.12 | DS-2CD2143G2-IS20220101AAWRJ00000006 | Front stairs | 30
c | RS-DC02 | http://10.78.0.7/ | 44:19:B6:78:00:07 | DS-2CD2143G2-IS | V5.7.12 | DS-2CD2143G2-IS20220101AAWRJ00000007 | Bin store | 30
"""

VMS = List("vms-hardware", "a report of a recording system", "hardware.csv", (Sheet("", _VMS, table(_VMS_ROWS, _VMS)),))

LISTS = (HANDOVER, SHOPS, PARISH, HIKCENTRAL, GENETEC, VMS)
