"""Roll-ups, for auditors: files of many organisations imported, added up, re-checked and written out."""
