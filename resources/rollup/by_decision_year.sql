-- title: When cameras are to be replaced or removed
-- By the financial year that staff gave; cameras that are still there, each once.
-- year [year] Financial year from: The calendar year in which it starts; 0 where staff gave none.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
SELECT
  of_kind.due AS year,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.due AS due,
    max(CASE WHEN of_body.due = 0 THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.cameras) AS cameras
  FROM (
    SELECT export.body AS body, coalesce(item.decision_year, 0) AS due, sum(item.in_nation) AS cameras
    FROM item
    JOIN export ON export.id = item.export
    JOIN answer ON answer.id = item.answer
    WHERE item.decision IN ('replace', 'remove') AND item.status <> 'removed' AND export.state = 'accepted' AND item.in_body = 1
      AND coalesce(item.said_kind, answer.kind) = 'camera'
    GROUP BY export.body, coalesce(item.decision_year, 0)
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.due, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.due, of_kind.is_total, of_kind.body_type
