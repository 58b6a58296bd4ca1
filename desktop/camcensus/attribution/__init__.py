"""Who made it: signs are matched, weighed on a ladder of grades, and explained. Pure."""
