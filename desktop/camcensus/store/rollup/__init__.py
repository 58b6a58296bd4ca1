"""The roll-up file: strangers' exchange files checked, accepted or not, and settled so that each camera counts once.

May import `store` and pure rooms, no other shell.

1. `check.py` looks at each file in a process of its own (`worker.py`; limits of memory and time; what kills it costs one
   file), on a private copy without side files: header, schema spelt exactly as ours, SQLite's own checks, lengths, links,
   digests, signature. SQLite forgets CHECKs of a file that is opened read only: `private_copy.has_sound_rows` asks for them.
2. `taking.py` decides, and `rows.py` copies with SQL from the attached copy, one transaction a file. Devices with the same
   answer share a row of `answer`; lists are looked up by the auditor's knowledge, never taken from the file. `given.py` knows
   a file again.
3. `whose.py` works out whose each file is, and whether it counts, whenever files or the list of organisations change, so
   their order does not matter; `bodies.py` saves it.
4. `settling.py` marks what counts once and counts each organisation into `tally`.

`tasks/rollup/judging.py` re-checks all devices in one transaction, so that no total mixes two versions.
`tests/bench/rollup.py` adds up a made-up country of 1,300 organisations and 650,000 devices; `rollup_kill9.py` kills it.
"""
