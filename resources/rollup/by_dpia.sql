-- title: Data protection impact assessments of cameras
-- A camera has one where staff wrote down its reference.
-- dpia [word] Assessment (DPIA): Whether the register has the reference of an assessment.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  CASE of_kind.has_dpia WHEN 1 THEN 'has a reference' ELSE 'no reference' END AS dpia,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.has_dpia AS has_dpia,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.found_once) AS cameras
  FROM (
    SELECT body, has_dpia, sum(found - found_elsewhere) AS found_once
    FROM trait
    GROUP BY body, has_dpia
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.has_dpia, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.has_dpia, of_kind.is_total, of_kind.body_type
