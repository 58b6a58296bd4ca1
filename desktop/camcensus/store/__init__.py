"""SQLite and files: the inventory that people keep, roll-ups, exchange files, and the knowledge base. May do I/O.

May import pure rooms, never another shell (`discovery`, `intake`, `report`, `demo`).

`open_inventory` (`inventory.py`) opens a file in this order: its header and the journal beside it, the lock, its contents
read only, a journal played back, migrations after a copy, and only then a connection that writes.

- A file beside an inventory, under a name of ours or SQLite's, is an ordinary file with one name, or nothing is opened
  (`beside.py`): a link there would let a stranger's folder write into any file. Plugins of sqlite-utils never run.
- A rollback journal may name a second file, which SQLite deletes. Ours never do; one that does, or that does not fit the
  file, is refused before SQLite sees it (`journal.py`). To read only, it is played back in a private copy.
- On a disk of this computer: a write-ahead log, `synchronous=FULL`. On a share or in a copied folder (`whereabouts.py`): a
  rollback journal, deleted at each commit, `synchronous=EXTRA`. SQLite's locking stays normal, as a search writes on a
  connection of its own; the lock file keeps other programs out.
- An edit for staff is one transaction and one line of the change log, written with a Pen; nothing else may write.
- What a search sees waits in tables of its own (`seeing.py`) until the search is saved, in one transaction. What is left
  there when a file is opened is of a search that was cut off.
- A back-up has its SHA-256 in the list beside it, or, as one file to store elsewhere, behind its last page (`opening.py`).
- Migrations are literal SQL; one that has shipped is never edited. A newer file is refused.
- Spreadsheets, pictures and pages of PDFs are read in a process of their own with limits (`intake/apart.py`).

`tests/bench/kill9.py` and `powercut.py` kill each kind of work that writes.
"""
