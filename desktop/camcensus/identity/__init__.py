"""Which device is which: observations to devices, devices to register entries, changes between two moments. Pure.

May import `model` only.

Observations are all saved; conclusions rest on the newest replies to each question (`latest_replies.py`): those of the newest
eight searches that got any, equal bytes once, and every reading of a person and row of a list. So an answer takes no longer
for a device that was searched for years, and an old firmware's words fade.

Several devices may answer from one address. A reply over TCP belongs to what announced its port; what nobody announced is a
device of its own with the key `addr:<network>/<ip>:<port>`, never a neighbour's. A row of a list without an address is a
device by its MAC address alone. A wrong merge hides a camera: in doubt, staff are asked.
"""
