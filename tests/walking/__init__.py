"""People at the real window: what they see and click, counted and measured. `tests/bench/walks.py` runs them."""
