"""The program's verbs, written once and used by both faces."""
