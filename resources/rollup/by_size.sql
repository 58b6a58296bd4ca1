-- title: Cameras for the size of organisations
-- By the sizes on the list of those asked: pupils, beds, population. Only organisations that have that size;
-- of those that answered only those that say how many cameras they have at the most. Each counts in one way only.
-- measure [word] Size in: pupils, beds or population.
-- body_type [kind] Kind of organisation: As the list of those asked says; the last row of each is all bodies.
-- bodies [number] By a file: Bodies that are counted by a file, whose size is on the list.
-- size [number] Size: Their pupils, beds or population together.
-- cameras [number] Cameras: Their cameras, each once.
-- listed [number] Made by a listed maker: Those among them whose maker is listed, likely and above.
-- listed_proven [number] Proven: Of these, confirmed or almost certain.
-- listed_most [number] At the most: With cameras that may be by a listed maker.
-- bodies_claimed [number] By their answers: Bodies that are counted by what they answered, and say how many cameras they have at the most.
-- size_claimed [number] Size of these: Their pupils, beds or population together.
-- cameras_claimed [number] Cameras, as they say: How many they say that they have, at the least.
-- listed_claimed [number] Listed, as they say: How many of them are by a listed maker, at the least.
SELECT
  sized.measure AS measure,
  sized.body_type AS body_type,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE 1 END) AS bodies,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE sized.size END) AS size,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE sized.cameras_once END) AS cameras,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE sized.listed_once END) AS listed,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE sized.listed_proven_once END) AS listed_proven,
  sum(CASE WHEN sized.way = 'claimed' THEN 0 ELSE sized.listed_most_once END) AS listed_most,
  sum(CASE WHEN sized.way = 'claimed' THEN 1 ELSE 0 END) AS bodies_claimed,
  sum(CASE WHEN sized.way = 'claimed' THEN sized.size ELSE 0 END) AS size_claimed,
  sum(CASE WHEN sized.way = 'claimed' THEN sized.claimed_cameras ELSE 0 END) AS cameras_claimed,
  sum(CASE WHEN sized.way = 'claimed' THEN sized.claimed_listed ELSE 0 END) AS listed_claimed
FROM (
  SELECT
    sizes.measure AS measure, kinds.is_total AS is_total,
    CASE WHEN kinds.is_total = 1 THEN 'All bodies' ELSE both_ways.type END AS body_type,
    sizes.size AS size, both_ways.way AS way, both_ways.cameras_once AS cameras_once,
    both_ways.listed_once AS listed_once, both_ways.listed_proven_once AS listed_proven_once,
    both_ways.listed_most_once AS listed_most_once, both_ways.claimed_cameras AS claimed_cameras,
    both_ways.claimed_listed AS claimed_listed
  FROM (
    SELECT id AS body, 'pupils' AS measure, pupils AS size FROM body WHERE pupils IS NOT NULL
    UNION ALL
    SELECT id, 'beds', beds FROM body WHERE beds IS NOT NULL
    UNION ALL
    SELECT id, 'population', population FROM body WHERE population IS NOT NULL
  ) AS sizes
  JOIN both_ways ON both_ways.body = sizes.body
  CROSS JOIN (SELECT 0 AS is_total UNION ALL SELECT 1 AS is_total) AS kinds
  WHERE both_ways.way IN ('measured', 'recorded') OR (both_ways.way = 'claimed' AND both_ways.claimed_cameras_most IS NOT NULL)
) AS sized
GROUP BY sized.measure, sized.is_total, sized.body_type
ORDER BY sized.measure, sized.is_total, sized.body_type
