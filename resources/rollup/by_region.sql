-- title: By region
-- By the regions on the list of those asked.
-- region [typed] Region: As on the list of those asked; 'Not given' where it has none.
-- asked [number] Asked: Bodies on the list.
-- answered [number] Answered: Bodies of which a file is in.
-- counted [number] Counted: Bodies that are counted; the denominator of bodies_min and bodies_max.
-- bodies_min [number] With a listed maker, at least: Bodies with a camera whose maker is listed, confirmed or almost certain.
-- bodies_max [number] With a listed maker, at the most: Those, and bodies where that is likely.
-- cameras [number] Cameras: Each once.
-- listed_min [number] Listed cameras, at least: Cameras whose maker is listed, confirmed or almost certain, each once.
-- listed_max [number] Listed cameras, at the most: Those, and the likely ones.
SELECT
  coalesce(body.region, 'Not given') AS region,
  sum(body_count.asked) AS asked,
  sum(body_count.answered) AS answered,
  sum(body_count.counted) AS counted,
  sum(CASE WHEN body_count.counted = 1 AND body_count.listed_min > 0 THEN 1 ELSE 0 END) AS bodies_min,
  sum(CASE WHEN body_count.counted = 1 AND body_count.listed_max > 0 THEN 1 ELSE 0 END) AS bodies_max,
  sum(body_count.cameras_once) AS cameras,
  sum(body_count.listed_min_once) AS listed_min,
  sum(body_count.listed_max_once) AS listed_max
FROM body_count
JOIN body ON body.id = body_count.body
GROUP BY coalesce(body.region, 'Not given')
ORDER BY 1
