"""The program's verbs: one function for each thing a person can ask for, used by both faces. No Qt.

May import shells and pure rooms; never `ui` or `cli`, no Qt. `pyproject.toml` has the order of its parts.
"""
