"""Pure values that every room speaks in, words, and errors. Imports the standard library only; no I/O, no clock."""
