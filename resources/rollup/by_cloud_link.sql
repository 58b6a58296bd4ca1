-- title: Links to the maker’s cloud
-- What the camera itself says of its link to its maker’s cloud; most do not say.
-- pack: security
-- cloud_link [word] Link: on, off, able (it has one; whether it is on is not known) or not known.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies [number] Organisations: Bodies with such a camera.
-- cameras [number] Cameras: Such cameras, each once.
-- listed [number] Made by a listed maker: Those among them whose maker is listed, also where that is only likely.
SELECT
  of_kind.cloud_link AS cloud_link,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies AS bodies,
  of_kind.cameras AS cameras,
  of_kind.listed AS listed
FROM (
  SELECT
    of_body.cloud_link AS cloud_link,
    max(CASE WHEN of_body.cloud_link = 'not known' THEN 1 ELSE 0 END) AS is_last,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies,
    sum(of_body.found_once) AS cameras,
    sum(of_body.listed_once) AS listed
  FROM (
    SELECT
      counted.body AS body,
      coalesce(link.state, 'not known') AS cloud_link,
      sum(counted.found_once) AS found_once,
      sum(counted.listed_once) AS listed_once
    FROM (
      SELECT body, answer, sum(found_once) AS found_once, sum(CASE WHEN listed = 1 THEN found_once ELSE 0 END) AS listed_once
      FROM camera
      GROUP BY body, answer
    ) AS counted
    LEFT JOIN (
      SELECT answer, state FROM answer_capability WHERE capability = 'cloud-link' AND state <> 'unknown'
    ) AS link ON link.answer = counted.answer
    GROUP BY counted.body, coalesce(link.state, 'not known')
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.cloud_link, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.is_last, of_kind.cloud_link, of_kind.is_total, of_kind.body_type
