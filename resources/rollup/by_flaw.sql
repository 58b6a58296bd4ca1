-- title: Published flaws, one by one
-- By model and firmware; each camera is counted once.
-- pack: security
-- flaw [text] Flaw: The number of its record.
-- exploited [yes] Attacks known: 1 where attacks are known.
-- bodies [number] Organisations: Bodies with a camera to which it applies.
-- bodies_most [number] Organisations, at the most: Bodies with a camera to which it applies or may apply.
-- cameras [number] Cameras: Cameras to which it applies, each once.
-- cameras_most [number] Cameras, at the most: Cameras to which it applies or may apply, each once.
SELECT
  of_body.flaw AS flaw,
  max(of_body.exploited) AS exploited,
  sum(CASE WHEN of_body.sure > 0 THEN 1 ELSE 0 END) AS bodies,
  count(*) AS bodies_most,
  sum(of_body.sure_once) AS cameras,
  sum(of_body.found_once) AS cameras_most
FROM (
  SELECT
    counted.body AS body,
    answer_flaw.flaw AS flaw,
    max(answer_flaw.exploited) AS exploited,
    sum(CASE WHEN answer_flaw.state = 'yes' THEN counted.found ELSE 0 END) AS sure,
    sum(CASE WHEN answer_flaw.state = 'yes' THEN counted.found_once ELSE 0 END) AS sure_once,
    sum(counted.found_once) AS found_once
  FROM (SELECT body, answer, sum(found) AS found, sum(found_once) AS found_once FROM camera GROUP BY body, answer) AS counted
  JOIN answer_flaw ON answer_flaw.answer = counted.answer
  GROUP BY counted.body, answer_flaw.flaw
) AS of_body
GROUP BY of_body.flaw
ORDER BY of_body.flaw
