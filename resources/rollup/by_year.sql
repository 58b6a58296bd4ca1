-- title: By year of the record
-- Organisations by the year of their newest record.
-- year [year] Newest record of: Calendar year.
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies [number] Organisations: Organisations with one such camera by a listed maker. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with one such camera by a listed maker. The maker is confirmed or almost certain.
-- bodies_not_known [number] Not known: Organisations that may have one: some makers are not known.
-- cameras_once [number] Cameras: Cameras, each once, also where two organisations have it.
-- listed [number] Made by a listed maker: Cameras whose maker a counted list names. The maker is likely or surer.
-- listed_proven [number] Made by a listed maker, proven: Cameras whose maker a counted list names. The maker is confirmed or almost certain.
-- listed_most [number] Listed, at the most: With cameras that may be by a listed maker.
-- not_known [number] Maker not known: Cameras whose maker nobody knows, or somebody must check.
-- based_in_china [number] Based in China (our reading): Cameras of such makers. {BASED} The maker is likely or surer.
-- based_in_china_proven [number] Based in China (our reading), proven: Cameras of such makers. {BASED} The maker is confirmed or almost certain.
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
