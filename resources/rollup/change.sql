-- title: Change since the last round
-- Organisations that were counted in both rounds, and those among them with a camera by a listed maker.
-- printed: all
-- body_type [kind] Kind of organisation: Kind.
-- compared [number] Compared: Organisations that were counted in both rounds.
-- bodies_then [number] Then: Organisations with a listed maker then. The maker is likely or surer.
-- bodies_then_proven [number] Then, proven: Organisations with a listed maker then. The maker is confirmed or almost certain.
-- bodies_now [number] Now: Organisations with a listed maker now. The maker is likely or surer.
-- bodies_now_proven [number] Now, proven: Organisations with a listed maker now. The maker is confirmed or almost certain.
-- listed_then [number asked] Cameras then: Such cameras then. The maker is likely or surer.
-- listed_then_proven [number asked] Cameras then, proven: Such cameras then. The maker is confirmed or almost certain.
-- listed_now [number asked] Cameras now: Such cameras now. The maker is likely or surer.
-- listed_now_proven [number asked] Cameras now, proven: Such cameras now. The maker is confirmed or almost certain.
SELECT
  body_kind.body_type AS body_type,
  count(*) AS compared,
  sum(CASE WHEN was.listed > 0 THEN 1 ELSE 0 END) AS bodies_then,
  sum(CASE WHEN now.listed > 0 THEN 1 ELSE 0 END) AS bodies_now,
  sum(CASE WHEN was.listed_proven > 0 THEN 1 ELSE 0 END) AS bodies_then_proven,
  sum(CASE WHEN now.listed_proven > 0 THEN 1 ELSE 0 END) AS bodies_now_proven,
  sum(was.found) AS cameras_then,
  sum(now.cameras) AS cameras_now,
  sum(was.listed) AS listed_then,
  sum(now.listed) AS listed_now,
  sum(was.listed_proven) AS listed_then_proven,
  sum(now.listed_proven) AS listed_now_proven,
  sum(was.listed_most) AS listed_then_most,
  sum(now.listed_most) AS listed_now_most,
  sum(was.not_known) AS not_known_then,
  sum(now.not_known) AS not_known_now,
  sum(was.based_in_china) AS based_in_china_then,
  sum(now.based_in_china) AS based_in_china_now,
  sum(was.based_in_china_proven) AS based_in_china_then_proven,
  sum(now.based_in_china_proven) AS based_in_china_now_proven
FROM body_count AS now
JOIN body_kind ON body_kind.body = now.body
JOIN round_body AS was ON was.code = now.code
WHERE now.counted = 1 AND was.counted = 1 AND was.round = (SELECT max(round) FROM round_body)
GROUP BY body_kind.body_type, body_kind.is_total
ORDER BY body_kind.is_total, body_kind.body_type
