"""Who made a device: signs are matched, weighed on a ladder of grades, and explained. Pure: no I/O, no clock.

May import `model` only.

Each sign is of family *does* (what a rebrand cannot easily change) or *says* (name, model, MAC block), of a fixed
group, and conclusive, strong or weak. Signs are independent when they differ in group and come from different replies; a
ProbeMatch and GetScopes that carry the same scopes are one reply.

- Level 3: a conclusive sign; or strong does-signs of two independent groups; or one strong does-group and an exclusive MAC
  block of the same maker, seen in another reply. Level 2: one strong does-group. Level 1: weak does-signs only.
- A sign with `subjects` names none of them: sets intersect, then the device's own signs choose. A brand's word inside a
  text is weak unless "camera", a model, a company name or a copyright notice is beside it; so is the product
  that a page's scripts name. A page that names several brands names none. A sign
  that is only the MAC address has one cause with the block. An exclusive MAC block of another maker keeps a single firm
  maker at level 2.
- Says-signs speak of the brand. They speak of the manufacturer only where no does-sign reaches level 2. Then a MAC block
  that one camera maker alone uses, or a brand with a verified record in date, gives 2; a record for some models gives 2
  only for the models that it names; weak signs, shared blocks, partial or former makers and unverified records give 1.
- One firm maker and no sign for another: three signs that are independent (claims in ONVIF, UPnP, mDNS, web pages and streams
  are apart, its own MAC block is one), under names that nobody else makes or with a does-sign among them, make level 3; so do
  what it does and what staff recorded.
- With t the top level and r the best level of another manufacturer (parent and child count as one): t = r >= 2 is
  conflicting; t = r = 1 unknown; t = 3 and r <= 1 almost certain; t = 3 and r = 2 likely; t = 2 likely; t = 1 possible, and
  named only where a sign of the maker itself and an independent one agree, else a candidate; no level is unknown.

A person's reading of a label is an observation too (probe `person`): it confirms brand and model, not the manufacturer; the
form of its serial number is a sign as it is where a device says it. So is a row of a list (probe `list`): its MAC address
counts like the neighbour table's. What staff recorded in a register (`list.basis`), and brands that a person read, are
says-signs of group `person`: a maker's own name is level 2, a brand of others what its records give, a misspelt name 1. The
rest of other lists is hearsay that no fingerprint reads.

Kinds (camera, recorder, …) are judged alike: said weakly, done weakly, one strong sign, two independent strong ones, a
person. Conflicts give "unknown", no sign gives "other". `model/device.py` alone says which kinds count.

The gate: never a wrong "almost certain"; 95% right of what can be told; 80% right of "likely".
`tests/bench/attribution_table.py` measures it. A case's truth, and whether it can be told, come from facts and never from
our answer.
"""
