"""The program's verbs: one function for each thing a person can ask for, used by both faces. No Qt."""
