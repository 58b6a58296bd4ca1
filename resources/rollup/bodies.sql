-- One row for each body that answered, from A to Z: never ranked.
SELECT
  code, name, type, asked, counted, files, as_at, expected_cameras, cameras, cameras_elsewhere, cameras_unconfirmed, identified,
  listed_min, listed_max, not_known, may_be_cameras, recorders, based_in_china_min, based_in_china_max,
  none_found
FROM body_count
WHERE answered = 1
ORDER BY name, code
