-- Measured and answered together: organisations with a camera by a listed maker by kind; the last row is of all. Each is counted in
-- one way (both_ways), so every total is the sum of its part that was measured and its part that is claimed.
-- bodies_min, bodies_max: have one; bodies_none: have none; bodies_not_known: neither can be said. bodies_max + none + not known is
-- counted. replied: sent a file or any answer, a refusal too. cameras_claimed_max leaves out bodies_without_number, which name none.
SELECT
  body_type,
  CASE WHEN (SELECT sum(asked) FROM body_count) > 0 THEN asked END AS asked,
  replied,
  measured + claimed AS counted, measured, claimed,
  min_measured + min_claimed AS bodies_min, min_measured AS bodies_min_measured, min_claimed AS bodies_min_claimed,
  max_measured + max_claimed AS bodies_max, max_measured AS bodies_max_measured, max_claimed AS bodies_max_claimed,
  none_measured + none_claimed AS bodies_none, none_measured AS bodies_none_measured, none_claimed AS bodies_none_claimed,
  not_known_measured + not_known_claimed AS bodies_not_known, not_known_measured AS bodies_not_known_measured,
  not_known_claimed AS bodies_not_known_claimed,
  cameras_measured + cameras_claimed AS cameras_min, cameras_measured, cameras_claimed, cameras_claimed_max,
  without_number AS bodies_without_number,
  listed_min_measured + listed_claimed AS listed_min, listed_min_measured, listed_max_measured, listed_claimed
FROM (
  SELECT
    is_total, body_type,
    sum(asked) AS asked,
    sum(replied) AS replied,
    sum(CASE WHEN way = 'measured' THEN 1 ELSE 0 END) AS measured,
    sum(CASE WHEN way = 'claimed' THEN 1 ELSE 0 END) AS claimed,
    sum(CASE WHEN way = 'measured' THEN has_min ELSE 0 END) AS min_measured,
    sum(CASE WHEN way = 'claimed' THEN has_min ELSE 0 END) AS min_claimed,
    sum(CASE WHEN way = 'measured' THEN has_max ELSE 0 END) AS max_measured,
    sum(CASE WHEN way = 'claimed' THEN has_max ELSE 0 END) AS max_claimed,
    sum(CASE WHEN way = 'measured' THEN has_none ELSE 0 END) AS none_measured,
    sum(CASE WHEN way = 'claimed' THEN has_none ELSE 0 END) AS none_claimed,
    sum(CASE WHEN way = 'measured' THEN not_known ELSE 0 END) AS not_known_measured,
    sum(CASE WHEN way = 'claimed' THEN not_known ELSE 0 END) AS not_known_claimed,
    sum(CASE WHEN way = 'measured' THEN cameras_once ELSE 0 END) AS cameras_measured,
    sum(CASE WHEN way = 'claimed' THEN cameras_min ELSE 0 END) AS cameras_claimed,
    sum(CASE WHEN way = 'claimed' THEN coalesce(cameras_max, 0) ELSE 0 END) AS cameras_claimed_max,
    sum(CASE WHEN way = 'claimed' AND cameras_max IS NULL THEN 1 ELSE 0 END) AS without_number,
    sum(CASE WHEN way = 'measured' THEN listed_min_once ELSE 0 END) AS listed_min_measured,
    sum(CASE WHEN way = 'measured' THEN listed_max_once ELSE 0 END) AS listed_max_measured,
    sum(CASE WHEN way = 'claimed' THEN listed_min ELSE 0 END) AS listed_claimed
  FROM (
    SELECT 0 AS is_total, type AS body_type, both_ways.* FROM both_ways
    UNION ALL
    SELECT 1 AS is_total, 'All bodies' AS body_type, both_ways.* FROM both_ways
  ) AS each_twice
  GROUP BY is_total, body_type
) AS every_type
ORDER BY is_total, body_type
