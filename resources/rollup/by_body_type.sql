-- Bodies with at least one camera by a listed maker, by kind of body; the last row is of all bodies.
-- asked is empty where no list of the organisations you asked was loaded. Columns of bodies are out of `counted`.
-- bodies_none_found: none of its cameras is by a listed maker as far as is known, and enough of them are (`none_found` of body_count);
-- bodies_none_in_part are those of them of which not all is known. bodies_not_known: too little is known to say so.
-- *based_in_china*: makers based in China by our reading of a statement that names no company, whether or not a list names them.
-- cameras adds up over bodies; cameras_once leaves out what another body has too, so the totals are of cameras_once.
SELECT
  body_type,
  CASE WHEN (SELECT sum(asked) FROM body_count) > 0 THEN asked END AS asked,
  answered, counted, bodies_min, bodies_max, bodies_not_known,
  cameras, cameras_once, listed_min, listed_max, not_known,
  bodies_based_in_china_min, bodies_based_in_china_max, based_in_china_min, based_in_china_max,
  bodies_none_found, bodies_none_in_part
FROM (
  SELECT
    0 AS is_total,
    type AS body_type,
    sum(asked) AS asked,
    sum(answered) AS answered,
    sum(counted) AS counted,
    sum(CASE WHEN counted = 1 AND listed_min > 0 THEN 1 ELSE 0 END) AS bodies_min,
    sum(CASE WHEN counted = 1 AND listed_max > 0 THEN 1 ELSE 0 END) AS bodies_max,
    sum(CASE WHEN counted = 1 AND listed_max = 0 AND none_found = 0 THEN 1 ELSE 0 END) AS bodies_not_known,
    sum(cameras) AS cameras,
    sum(cameras_once) AS cameras_once,
    sum(listed_min_once) AS listed_min,
    sum(listed_max_once) AS listed_max,
    sum(not_known_once) AS not_known,
    sum(CASE WHEN counted = 1 AND based_in_china_min > 0 THEN 1 ELSE 0 END) AS bodies_based_in_china_min,
    sum(CASE WHEN counted = 1 AND based_in_china_max > 0 THEN 1 ELSE 0 END) AS bodies_based_in_china_max,
    sum(based_in_china_min_once) AS based_in_china_min,
    sum(based_in_china_max_once) AS based_in_china_max,
    sum(none_found) AS bodies_none_found,
    sum(CASE WHEN none_found = 1 AND may_have > 0 THEN 1 ELSE 0 END) AS bodies_none_in_part
  FROM body_count
  GROUP BY type
  UNION ALL
  SELECT
    1,
    'All bodies',
    coalesce(sum(asked), 0),
    coalesce(sum(answered), 0),
    coalesce(sum(counted), 0),
    coalesce(sum(CASE WHEN counted = 1 AND listed_min > 0 THEN 1 ELSE 0 END), 0),
    coalesce(sum(CASE WHEN counted = 1 AND listed_max > 0 THEN 1 ELSE 0 END), 0),
    coalesce(sum(CASE WHEN counted = 1 AND listed_max = 0 AND none_found = 0 THEN 1 ELSE 0 END), 0),
    coalesce(sum(cameras), 0),
    coalesce(sum(cameras_once), 0),
    coalesce(sum(listed_min_once), 0),
    coalesce(sum(listed_max_once), 0),
    coalesce(sum(not_known_once), 0),
    coalesce(sum(CASE WHEN counted = 1 AND based_in_china_min > 0 THEN 1 ELSE 0 END), 0),
    coalesce(sum(CASE WHEN counted = 1 AND based_in_china_max > 0 THEN 1 ELSE 0 END), 0),
    coalesce(sum(based_in_china_min_once), 0),
    coalesce(sum(based_in_china_max_once), 0),
    coalesce(sum(none_found), 0),
    coalesce(sum(CASE WHEN none_found = 1 AND may_have > 0 THEN 1 ELSE 0 END), 0)
  FROM body_count
) AS every_type
ORDER BY is_total, body_type
