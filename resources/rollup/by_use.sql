-- title: How organisations use their cameras
-- Their own answers: the assessment (DPIA), the policy, the signs, who may look at footage.
-- question [use] Question: What was asked.
-- said [use-answer] Answer: What they answered; 'not answered' where they did not.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Counted bodies that answered so.
-- cameras [number] Cameras: Their cameras, each once.
WITH answering AS (
  SELECT body_count.body AS body, body_count.cameras_once AS cameras, body.dpia, body.policy, body.signs, body.footage_access
  FROM body_count
  JOIN body ON body.id = body_count.body
  WHERE body_count.counted = 1
), of_body AS (
  SELECT body, cameras, 'dpia' AS question, coalesce(dpia, 'not answered') AS said FROM answering
  UNION ALL
  SELECT body, cameras, 'policy', coalesce(policy, 'not answered') FROM answering
  UNION ALL
  SELECT body, cameras, 'signs', coalesce(signs, 'not answered') FROM answering
  UNION ALL
  SELECT body, cameras, 'footage_access', coalesce(footage_access, 'not answered') FROM answering
)
SELECT
  of_kind.question AS question,
  of_kind.said AS said,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras
FROM (
  SELECT
    of_body.question AS question,
    of_body.said AS said,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.cameras) AS cameras
  FROM of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.question, of_body.said, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.question, of_kind.said, of_kind.is_total, of_kind.body_type
