-- Bodies with at least one camera by a listed maker, by kind of body; the last row is of all bodies.
-- asked is empty where no list of the organisations you asked was loaded. Columns of bodies are out of `counted`.
-- listed: cameras whose maker is listed, likely and above; listed_proven: of these, confirmed or almost certain; listed_most: with those
-- that may be. bodies, bodies_proven: the same of bodies with one.
-- bodies_none_found: all makers are known, and none is listed (`none_found` of body_count).
-- bodies_not_known: too little is known to say so.
-- *based_in_china*: makers based in China by our reading of a statement that names no company, whether or not a list names them too.
-- cameras adds up over bodies; cameras_once leaves out what another body has too, so the totals are of cameras_once.
SELECT
  kinds.body_type AS body_type,
  CASE WHEN (SELECT sum(asked) FROM body_count) > 0 THEN sum(body_count.asked) END AS asked,
  coalesce(sum(body_count.answered), 0) AS answered,
  coalesce(sum(body_count.counted), 0) AS counted,
  coalesce(sum(CASE WHEN body_count.counted = 1 AND body_count.listed > 0 THEN 1 ELSE 0 END), 0) AS bodies,
  coalesce(sum(CASE WHEN body_count.counted = 1 AND body_count.listed_proven > 0 THEN 1 ELSE 0 END), 0) AS bodies_proven,
  coalesce(sum(CASE WHEN body_count.counted = 1 AND body_count.listed = 0 AND body_count.none_found = 0 THEN 1 ELSE 0 END), 0)
    AS bodies_not_known,
  coalesce(sum(body_count.cameras), 0) AS cameras,
  coalesce(sum(body_count.cameras_once), 0) AS cameras_once,
  coalesce(sum(body_count.listed_once), 0) AS listed,
  coalesce(sum(body_count.listed_proven_once), 0) AS listed_proven,
  coalesce(sum(body_count.listed_most_once), 0) AS listed_most,
  coalesce(sum(body_count.not_known_once), 0) AS not_known,
  coalesce(sum(CASE WHEN body_count.counted = 1 AND body_count.based_in_china > 0 THEN 1 ELSE 0 END), 0) AS bodies_based_in_china,
  coalesce(sum(CASE WHEN body_count.counted = 1 AND body_count.based_in_china_proven > 0 THEN 1 ELSE 0 END), 0)
    AS bodies_based_in_china_proven,
  coalesce(sum(body_count.based_in_china_once), 0) AS based_in_china,
  coalesce(sum(body_count.based_in_china_proven_once), 0) AS based_in_china_proven,
  coalesce(sum(body_count.none_found), 0) AS bodies_none_found
FROM (
  SELECT DISTINCT body_type, is_total FROM body_kind
  UNION
  SELECT 'All bodies', 1
) AS kinds
LEFT JOIN body_kind ON body_kind.body_type = kinds.body_type AND body_kind.is_total = kinds.is_total
LEFT JOIN body_count ON body_count.body = body_kind.body
GROUP BY kinds.is_total, kinds.body_type
ORDER BY kinds.is_total, kinds.body_type
