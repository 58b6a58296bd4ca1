"""Who made it: match signs, weigh them on a ladder of grades, explain the answer. Pure."""
