"""The register: what it shows, and what staff say, place, merge, take back and plan in it."""
