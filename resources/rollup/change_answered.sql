-- Since the last round that was saved, of what organisations answer: only those that answered then and do now; the last row is of all.
-- with_then, with_now: say that they have a camera by a listed maker. cameras and listed are at least so many, as they say.
SELECT
  body_type, compared, with_then, with_now, cameras_then, cameras_now, listed_then, listed_now
FROM (
  SELECT
    is_total,
    body_type,
    count(*) AS compared,
    sum(CASE WHEN listed_then > 0 THEN 1 ELSE 0 END) AS with_then,
    sum(CASE WHEN listed_now > 0 THEN 1 ELSE 0 END) AS with_now,
    sum(cameras_then) AS cameras_then,
    sum(cameras_now) AS cameras_now,
    sum(listed_then) AS listed_then,
    sum(listed_now) AS listed_now
  FROM (
    SELECT kinds.is_total AS is_total, CASE WHEN kinds.is_total = 1 THEN 'All bodies' ELSE now.type END AS body_type,
      was.cameras_min AS cameras_then, now.cameras_min AS cameras_now, was.listed_min AS listed_then, now.listed_min AS listed_now
    FROM claim_count AS now
    JOIN round_claim AS was ON was.code = now.code
    CROSS JOIN (SELECT 0 AS is_total UNION ALL SELECT 1 AS is_total) AS kinds
    WHERE was.round = (SELECT max(id) FROM round)
  ) AS each_twice
  GROUP BY is_total, body_type
) AS every_type
ORDER BY is_total, body_type
