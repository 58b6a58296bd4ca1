"""vendors.db, the knowledge base: built from reviewed text, checked, read, and replaced by a signed update.

May import `store` and pure rooms, no other shell.

An update is a newer `vendors.db` in a file, with `vendors.db.minisig` beside it. Its signature is checked before it is
opened (`store/signatures.py`, minisign's prehashed Ed25519), then it is opened as a stranger's (`stranger.py`), then it
replaces the one before in the person's own data folder (`updates.py`). The newest sound one of built-in, update and the one
before is used.

`min_app` is the oldest Camcensus that may use a file; a change of `schema.py` raises `SCHEMA_VERSION`, and older programs
refuse it. The same sources and SQLite build the same bytes. `resources/keys/README.md` says how updates are signed.
"""
