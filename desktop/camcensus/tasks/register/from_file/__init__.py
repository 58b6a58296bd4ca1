"""A file of edits, done to an inventory as one change: `camcensus edit`."""
