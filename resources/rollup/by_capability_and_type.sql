-- title: What cameras can do, by kind of organisation
-- What the camera says of itself, or its maker of the model. What nobody says is not known; it is not absent.
-- printed: all
-- capability [ability] Ability: What a camera can do; 'any' is any of them but sound and temperature.
-- body_type [kind] Kind of organisation: As the list of those asked says, else the newest file; the last row of each is all bodies.
-- counted [number] Counted: Bodies of the kind that are counted; columns of bodies are out of these.
-- bodies_able [number] Organisations able: Bodies with a camera that can do it, whether it is on or not.
-- bodies_on [number] Organisations, on: Bodies with a camera that said that it is on.
-- cameras_able [number] Cameras able: Cameras that can do it, each once.
-- cameras_on [number] Cameras, on: Cameras that said that it is on, each once.
-- not_known [number] Not known: Cameras of which nobody says it, each once.
SELECT
  of_kind.capability AS capability,
  of_kind.body_type AS body_type,
  kind_total.counted AS counted,
  of_kind.bodies_able AS bodies_able,
  of_kind.bodies_on AS bodies_on,
  of_kind.cameras_able AS cameras_able,
  of_kind.cameras_on AS cameras_on,
  kind_total.cameras_once - of_kind.cameras_able AS not_known
FROM (
  SELECT
    of_body.capability AS capability,
    body_kind.body_type AS body_type,
    body_kind.is_total AS is_total,
    count(*) AS bodies_able,
    sum(CASE WHEN of_body.found_on > 0 THEN 1 ELSE 0 END) AS bodies_on,
    sum(of_body.found_once) AS cameras_able,
    sum(of_body.found_on_once) AS cameras_on
  FROM (
    SELECT
      counted.body AS body,
      able.capability AS capability,
      sum(counted.found_once) AS found_once,
      sum(counted.found * able.is_on) AS found_on,
      sum(counted.found_once * able.is_on) AS found_on_once
    FROM (SELECT body, answer, sum(found) AS found, sum(found_once) AS found_once FROM camera GROUP BY body, answer) AS counted
    JOIN able ON able.answer = counted.answer
    GROUP BY counted.body, able.capability
  ) AS of_body
  JOIN body_kind ON body_kind.body = of_body.body
  GROUP BY of_body.capability, body_kind.body_type, body_kind.is_total
) AS of_kind
JOIN kind_total ON kind_total.body_type = of_kind.body_type AND kind_total.is_total = of_kind.is_total
ORDER BY of_kind.capability, of_kind.is_total, of_kind.body_type
