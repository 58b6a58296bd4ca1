"""Files that people bring: captures, later lists, sheets and pictures."""
