-- title: Everything in the registers
-- Only the row “Cameras” is counted as cameras elsewhere.
-- counts_as [word] Counts as: What it counts as.
-- bodies [number] Organisations: Organisations that have one.
-- found_once [number] Number: How many there are, each once.
SELECT
  counts_as,
  count(DISTINCT body) AS bodies,
  sum(found) AS found,
  sum(found - found_elsewhere) AS found_once,
  sum(unconfirmed) AS unconfirmed
FROM tally
GROUP BY counts_as
ORDER BY counts_as
