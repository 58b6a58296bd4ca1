-- based_in_china_*_then is empty where that round did not count it.
-- Since the last round that was kept, by kind of body: only bodies that were counted then and are now are compared. The last row
-- is of all bodies.
SELECT
  body_kind.body_type AS body_type,
  count(*) AS compared,
  sum(CASE WHEN was.listed_max > 0 THEN 1 ELSE 0 END) AS bodies_max_then,
  sum(CASE WHEN now.listed_max > 0 THEN 1 ELSE 0 END) AS bodies_max_now,
  sum(CASE WHEN was.listed_min > 0 THEN 1 ELSE 0 END) AS bodies_min_then,
  sum(CASE WHEN now.listed_min > 0 THEN 1 ELSE 0 END) AS bodies_min_now,
  sum(was.found) AS cameras_then,
  sum(now.cameras) AS cameras_now,
  sum(was.listed_min) AS listed_min_then,
  sum(now.listed_min) AS listed_min_now,
  sum(was.listed_max) AS listed_max_then,
  sum(now.listed_max) AS listed_max_now,
  sum(was.not_known) AS not_known_then,
  sum(now.not_known) AS not_known_now,
  sum(was.based_in_china_min) AS based_in_china_min_then,
  sum(now.based_in_china_min) AS based_in_china_min_now,
  sum(was.based_in_china_max) AS based_in_china_max_then,
  sum(now.based_in_china_max) AS based_in_china_max_now
FROM body_count AS now
JOIN body_kind ON body_kind.body = now.body
JOIN round_body AS was ON was.code = now.code
WHERE now.counted = 1 AND was.counted = 1 AND was.round = (SELECT max(round) FROM round_body)
GROUP BY body_kind.body_type, body_kind.is_total
ORDER BY body_kind.is_total, body_kind.body_type
