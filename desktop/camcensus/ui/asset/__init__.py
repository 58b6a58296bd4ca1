"""One entry of the register: its details, and what a person says of it."""
