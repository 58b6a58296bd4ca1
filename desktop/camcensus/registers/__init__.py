"""Spreadsheets that staff keep: what a cell says, which column is what, which row is which. Pure: no I/O, no clock.

May import `model` only.
"""
