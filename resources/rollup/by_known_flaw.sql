-- title: Cameras with published flaws, by kind of organisation
-- By model and firmware. That none is on record does not mean that there is none; of a camera without a model or firmware
-- nothing can be said.
-- printed: all
-- pack: security
-- flawed [word] Published flaws: 'any' is any of them, 'exploited' those of which attacks are known.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with a camera to which one applies.
-- bodies_most [number] Organisations, at the most: Bodies with a camera to which one applies or may apply.
-- cameras [number] Cameras: Cameras to which one applies, each once.
-- cameras_most [number] Cameras, at the most: Cameras to which one applies or may apply, each once.
-- cameras_once [number] Of all cameras: All cameras of the kind, each once.
SELECT
  of_kind.flawed AS flawed,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.bodies_most AS bodies_most,
  of_kind.cameras AS cameras,
  of_kind.cameras_most AS cameras_most,
  kind_total.cameras_once AS cameras_once
FROM (
  SELECT
    of_body.flawed AS flawed,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    sum(CASE WHEN of_body.sure > 0 THEN 1 ELSE 0 END) AS bodies,
    count(*) AS bodies_most,
    sum(of_body.sure_once) AS cameras,
    sum(of_body.found_once) AS cameras_most
  FROM (
    SELECT
      counted.body AS body,
      of_answer.flawed AS flawed,
      sum(counted.found * of_answer.is_sure) AS sure,
      sum(counted.found_once * of_answer.is_sure) AS sure_once,
      sum(counted.found_once) AS found_once
    FROM (SELECT body, answer, sum(found) AS found, sum(found_once) AS found_once FROM camera GROUP BY body, answer) AS counted
    JOIN (
      SELECT answer, 'any' AS flawed, max(CASE WHEN state = 'yes' THEN 1 ELSE 0 END) AS is_sure
      FROM answer_flaw
      GROUP BY answer
      UNION ALL
      SELECT answer, 'exploited', max(CASE WHEN state = 'yes' THEN 1 ELSE 0 END)
      FROM answer_flaw
      WHERE exploited = 1
      GROUP BY answer
    ) AS of_answer ON of_answer.answer = counted.answer
    GROUP BY counted.body, of_answer.flawed
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.flawed, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.flawed, of_kind.is_total, of_kind.body_type
