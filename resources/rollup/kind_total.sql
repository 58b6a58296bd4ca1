-- The denominators of each kind of body, and of all bodies.
SELECT
  body_kind.body_type AS body_type,
  body_kind.is_total AS is_total,
  sum(body_count.asked) AS asked,
  sum(body_count.answered) AS answered,
  sum(body_count.counted) AS counted,
  sum(body_count.cameras_once) AS cameras_once
FROM body_kind
JOIN body_count ON body_count.body = body_kind.body
GROUP BY 1, 2
