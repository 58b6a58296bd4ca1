"""The register: what it shows, and what staff say, place, merge, take back and plan in it.

May import `tasks.finding`, `tasks.knowledge`, shells and pure rooms; never reports, sharing or imports.
"""
