"""Files that people bring: captures, network captures, lists, registers, pictures. May do I/O; never imports another shell.

What a file is, its contents say, not its name. Readers of spreadsheets and pictures run in a process of their own (`apart.py`).
"""
