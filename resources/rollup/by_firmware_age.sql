-- title: How old the firmware is
-- Whole years from the build of the firmware to the record, where the camera says when it was built.
-- age [word] Age: Years in bands; 'not known' where the camera does not say.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  CASE of_kind.firmware_age
    WHEN -1 THEN 'not known'
    WHEN 0 THEN 'under 1 year'
    WHEN 1 THEN '1 to 2 years'
    WHEN 3 THEN '3 to 4 years'
    ELSE '5 years or more'
  END AS age,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.firmware_age AS firmware_age,
    max(CASE WHEN of_body.firmware_age = -1 THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.found_once) AS cameras
  FROM (
    SELECT body, firmware_age, sum(found - found_elsewhere) AS found_once
    FROM trait
    GROUP BY body, firmware_age
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.firmware_age, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.firmware_age, of_kind.is_total, of_kind.body_type
