-- Each body once under its own kind and once under "All bodies", so that every table has a row of all bodies.
SELECT body, type AS body_type, 0 AS is_total FROM body_count
UNION ALL
SELECT body, 'All bodies', 1 FROM body_count
