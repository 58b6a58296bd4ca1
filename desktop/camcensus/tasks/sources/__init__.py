"""The reviewed sources of vendors.db: built, checked, looked up, due again, and held against published files."""
