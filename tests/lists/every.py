"""Every list, by its id."""

from __future__ import annotations

from lists import everyday, firms, health, schools, systems
from lists.rows import List

LISTS: tuple[List, ...] = (*schools.LISTS, *health.LISTS, *firms.LISTS, *systems.LISTS, *everyday.LISTS)
