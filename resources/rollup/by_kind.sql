-- Everything in the registers by what it counts as; only 'camera' is counted as cameras in the other tables.
SELECT
  counts_as,
  count(DISTINCT body) AS bodies,
  sum(found) AS found,
  sum(found - found_elsewhere) AS found_once,
  sum(unconfirmed) AS unconfirmed
FROM tally
GROUP BY counts_as
ORDER BY counts_as
