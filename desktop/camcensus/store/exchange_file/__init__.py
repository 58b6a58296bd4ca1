"""The file that is made for auditors: its tables and what they mean, written, checked and read."""
