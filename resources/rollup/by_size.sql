-- title: Cameras for the size of organisations
-- By the sizes on the list of those asked: pupils, beds, population. Only organisations that are counted and have that size.
-- measure [word] Size in: pupils, beds or population.
-- body_type [kind] Kind of organisation: As the list of those asked says; the last row of each is all bodies.
-- bodies [number] Organisations: Counted bodies whose size is on the list.
-- size [number] Size: Their pupils, beds or population together.
-- cameras [number] Cameras: Their cameras, each once.
-- listed [number] Made by a listed maker: Those among them whose maker is listed, also where that is only likely.
WITH sized AS (
  SELECT body_count.body AS body, 'pupils' AS measure, body.pupils AS size, body_count.cameras_once AS cameras,
    body_count.listed_max_once AS listed
  FROM body_count
  JOIN body ON body.id = body_count.body
  WHERE body_count.counted = 1 AND body.pupils IS NOT NULL
  UNION ALL
  SELECT body_count.body, 'beds', body.beds, body_count.cameras_once, body_count.listed_max_once
  FROM body_count
  JOIN body ON body.id = body_count.body
  WHERE body_count.counted = 1 AND body.beds IS NOT NULL
  UNION ALL
  SELECT body_count.body, 'population', body.population, body_count.cameras_once, body_count.listed_max_once
  FROM body_count
  JOIN body ON body.id = body_count.body
  WHERE body_count.counted = 1 AND body.population IS NOT NULL
)
SELECT
  sized.measure AS measure,
  body_kind.body_type AS body_type,
  count(*) AS bodies,
  sum(sized.size) AS size,
  sum(sized.cameras) AS cameras,
  sum(sized.listed) AS listed
FROM sized
JOIN body_kind ON body_kind.body = sized.body
GROUP BY sized.measure, body_kind.body_type, body_kind.is_total
ORDER BY sized.measure, body_kind.is_total, body_kind.body_type
