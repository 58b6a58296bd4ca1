-- title: By region
-- By the regions on the list of those asked: those that Camcensus measured, and those that answered. Each counts in one way only.
-- region [typed] Region: As on the list of those asked; 'Not given' where it has none.
-- asked [number] Asked: Bodies on the list.
-- answered [number] Sent a file: Bodies of which a file is in.
-- replied [number] Replied: Bodies of which a file is in, or any answer, a refusal too.
-- measured [number] Measured: Bodies that are counted by a file; the denominator of measured_min and measured_max.
-- measured_min [number] With a listed maker, at least: Of these, with a camera whose maker is listed, confirmed or almost certain.
-- measured_max [number] With a listed maker, at the most: Those, and bodies where that is likely.
-- claimed [number] By their answers: Bodies that are counted by what they answered; the denominator of claimed_min and claimed_max.
-- claimed_min [number] With one, as they say, at least: Of these, that say that they have a camera by a listed maker.
-- claimed_max [number] With one, as they say, at the most: Those, and bodies whose range begins at none.
-- cameras [number] Cameras: Cameras of those measured, each once.
-- listed_min [number] Listed cameras, at least: Cameras whose maker is listed, confirmed or almost certain, each once.
-- listed_max [number] Listed cameras, at the most: Those, and the likely ones.
-- cameras_claimed [number] Cameras, as they say: How many those that answered say that they have, at the least.
-- listed_claimed [number] Listed, as they say: How many of them are by a listed maker, at the least.
SELECT
  coalesce(body.region, 'Not given') AS region,
  sum(both_ways.asked) AS asked,
  sum(coalesce(body_count.answered, 0)) AS answered,
  sum(both_ways.replied) AS replied,
  sum(CASE WHEN both_ways.way = 'measured' THEN 1 ELSE 0 END) AS measured,
  sum(CASE WHEN both_ways.way = 'measured' THEN both_ways.has_min ELSE 0 END) AS measured_min,
  sum(CASE WHEN both_ways.way = 'measured' THEN both_ways.has_max ELSE 0 END) AS measured_max,
  sum(CASE WHEN both_ways.way = 'claimed' THEN 1 ELSE 0 END) AS claimed,
  sum(CASE WHEN both_ways.way = 'claimed' THEN both_ways.has_min ELSE 0 END) AS claimed_min,
  sum(CASE WHEN both_ways.way = 'claimed' THEN both_ways.has_max ELSE 0 END) AS claimed_max,
  sum(CASE WHEN both_ways.way = 'measured' THEN both_ways.cameras_once ELSE 0 END) AS cameras,
  sum(CASE WHEN both_ways.way = 'measured' THEN both_ways.listed_min_once ELSE 0 END) AS listed_min,
  sum(CASE WHEN both_ways.way = 'measured' THEN both_ways.listed_max_once ELSE 0 END) AS listed_max,
  sum(CASE WHEN both_ways.way = 'claimed' THEN both_ways.cameras_min ELSE 0 END) AS cameras_claimed,
  sum(CASE WHEN both_ways.way = 'claimed' THEN both_ways.listed_min ELSE 0 END) AS listed_claimed
FROM both_ways
JOIN body ON body.id = both_ways.body
LEFT JOIN body_count ON body_count.body = both_ways.body
GROUP BY coalesce(body.region, 'Not given')
ORDER BY 1
