-- What staff wrote down of cameras, how old their firmware is, and how organisations use them: a row for each question, answer
-- and kind of organisation. place orders the answers of a question: what nobody wrote down comes last.
WITH answering AS (
  SELECT
    body.id AS body,
    asked.question AS question,
    CASE asked.question
      WHEN 'dpia' THEN body.dpia
      WHEN 'policy' THEN body.policy
      WHEN 'signs' THEN body.signs
      WHEN 'footage_access' THEN body.footage_access
      WHEN 'equality' THEN body.equality
      WHEN 'consultation' THEN body.consultation
      WHEN 'face_policy' THEN body.face_policy
      WHEN 'watch_lists' THEN body.watch_lists
      WHEN 'complaints' THEN body.complaints
    END AS said
  FROM body
  CROSS JOIN (
    SELECT 'dpia' AS question UNION ALL SELECT 'policy' UNION ALL SELECT 'signs' UNION ALL SELECT 'footage_access'
    UNION ALL SELECT 'equality' UNION ALL SELECT 'consultation' UNION ALL SELECT 'face_policy'
    UNION ALL SELECT 'watch_lists' UNION ALL SELECT 'complaints'
  ) AS asked
), of_body AS (
  SELECT
    body,
    'camera_type' AS question,
    CASE camera_type WHEN 'not recorded' THEN 1 ELSE 0 END AS place,
    camera_type AS said,
    sum(found - found_elsewhere) AS cameras
  FROM trait
  GROUP BY body, camera_type
  UNION ALL
  SELECT
    body,
    'purpose',
    CASE purpose WHEN 'Not recorded' THEN 1 ELSE 0 END,
    purpose,
    sum(found - found_elsewhere)
  FROM trait
  GROUP BY body, purpose
  UNION ALL
  SELECT
    body,
    'has_dpia',
    has_dpia,
    CASE has_dpia WHEN 1 THEN 'has a reference' ELSE 'no reference' END,
    sum(found - found_elsewhere)
  FROM trait
  GROUP BY body, has_dpia
  UNION ALL
  SELECT
    body,
    'retention',
    CASE retention WHEN -1 THEN 1000 ELSE retention END,
    CASE retention
      WHEN -1 THEN 'not recorded'
      WHEN 0 THEN 'up to 7 days'
      WHEN 8 THEN '8 to 31 days'
      WHEN 32 THEN '32 to 90 days'
      ELSE 'over 90 days'
    END,
    sum(found - found_elsewhere)
  FROM trait
  GROUP BY body, retention
  UNION ALL
  SELECT
    body,
    'firmware_age',
    CASE firmware_age WHEN -1 THEN 1000 ELSE firmware_age END,
    CASE firmware_age
      WHEN -1 THEN 'not known'
      WHEN 0 THEN 'under 1 year'
      WHEN 1 THEN '1 to 2 years'
      WHEN 3 THEN '3 to 4 years'
      ELSE '5 years or more'
    END,
    sum(found - found_elsewhere)
  FROM trait
  GROUP BY body, firmware_age
  UNION ALL
  SELECT
    answering.body,
    answering.question,
    CASE
      WHEN answering.said IN ('all', 'published', 'named', 'yes') THEN 0
      WHEN answering.said IN ('some', 'written', 'staff', 'no') THEN 1
      WHEN answering.said IS NULL THEN 3
      ELSE 2
    END,
    coalesce(answering.said, 'not answered'),
    body_count.cameras_once
  FROM answering
  JOIN body_count ON body_count.body = answering.body
  WHERE body_count.counted = 1
)
SELECT
  of_kind.question AS question,
  of_kind.place AS place,
  of_kind.said AS said,
  of_kind.body_type AS body_type,
  of_kind.is_total AS is_total,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.question AS question,
    of_body.place AS place,
    of_body.said AS said,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.cameras) AS cameras
  FROM of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.question, of_body.place, of_body.said, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
