-- Bodies with at least one camera by a listed maker, by the year of their newest record.
SELECT
  CAST(substr(as_at, 1, 4) AS INTEGER) AS year,
  sum(answered) AS answered,
  sum(counted) AS counted,
  sum(CASE WHEN counted = 1 AND body_count.listed > 0 THEN 1 ELSE 0 END) AS bodies,
  sum(CASE WHEN counted = 1 AND body_count.listed_proven > 0 THEN 1 ELSE 0 END) AS bodies_proven,
  sum(CASE WHEN counted = 1 AND body_count.listed = 0 AND may_have > 0 THEN 1 ELSE 0 END) AS bodies_not_known,
  sum(cameras_once) AS cameras_once,
  sum(listed_once) AS listed,
  sum(listed_proven_once) AS listed_proven,
  sum(listed_most_once) AS listed_most,
  sum(not_known_once) AS not_known,
  sum(based_in_china_once) AS based_in_china,
  sum(based_in_china_proven_once) AS based_in_china_proven
FROM body_count
WHERE answered = 1
GROUP BY CAST(substr(as_at, 1, 4) AS INTEGER)
ORDER BY 1
