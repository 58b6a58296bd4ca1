-- Bodies with at least one camera by a listed maker, by the year of their newest record.
SELECT
  CAST(substr(as_at, 1, 4) AS INTEGER) AS year,
  sum(answered) AS answered,
  sum(counted) AS counted,
  sum(CASE WHEN counted = 1 AND listed_min > 0 THEN 1 ELSE 0 END) AS bodies_min,
  sum(CASE WHEN counted = 1 AND listed_max > 0 THEN 1 ELSE 0 END) AS bodies_max,
  sum(CASE WHEN counted = 1 AND listed_max = 0 AND may_have > 0 THEN 1 ELSE 0 END) AS bodies_not_known,
  sum(cameras_once) AS cameras_once,
  sum(listed_min_once) AS listed_min,
  sum(listed_max_once) AS listed_max,
  sum(not_known_once) AS not_known,
  sum(based_in_china_min_once) AS based_in_china_min,
  sum(based_in_china_max_once) AS based_in_china_max
FROM body_count
WHERE answered = 1
GROUP BY CAST(substr(as_at, 1, 4) AS INTEGER)
ORDER BY 1
