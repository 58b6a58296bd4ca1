-- title: Organisations with a camera by a listed maker
-- By kind of organisation.
-- printed: all
-- body_type [kind] Kind of organisation: Kind; the last row is of all.
-- asked [number] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- answered [number] Sent a file: Organisations of which a file is in.
-- counted [number] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies [number] Organisations: Organisations with one such camera by a listed maker. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with one such camera by a listed maker. The maker is confirmed or almost certain.
-- bodies_none_found [number] None found: Organisations with none, where enough makers are known.
-- bodies_not_known [number] Not known: Organisations that may have one: some makers are not known.
-- bodies_based_in_china [number] Organisations, based in China: Organisations with such a camera. {BASED} The maker is likely or surer.
-- bodies_based_in_china_proven [number] Organisations, based in China, proven: Organisations with such a camera. {BASED} The maker is confirmed or almost certain.
-- cameras_once [number] Cameras: Cameras, each once, also where two organisations have it.
-- listed [number] Made by a listed maker: Cameras whose maker a counted list names. The maker is likely or surer.
-- listed_proven [number] Made by a listed maker, proven: Cameras whose maker a counted list names. The maker is confirmed or almost certain.
-- listed_most [number] Listed, at the most: With cameras that may be by a listed maker.
-- not_known [number] Maker not known: Cameras whose maker nobody knows, or somebody must check.
-- based_in_china [number] Based in China (our reading): Cameras of such makers. {BASED} The maker is likely or surer.
-- based_in_china_proven [number] Based in China (our reading), proven: Cameras of such makers. {BASED} The maker is confirmed or almost certain.
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
