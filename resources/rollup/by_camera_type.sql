-- title: Cameras by type
-- What staff wrote down.
-- camera_type [word] Type: The type; 'not recorded' where staff wrote down none.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  of_kind.camera_type AS camera_type,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.camera_type AS camera_type,
    max(CASE WHEN of_body.camera_type = 'not recorded' THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.found_once) AS cameras
  FROM (
    SELECT body, camera_type, sum(found - found_elsewhere) AS found_once
    FROM trait
    GROUP BY body, camera_type
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.camera_type, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.camera_type, of_kind.is_total, of_kind.body_type
