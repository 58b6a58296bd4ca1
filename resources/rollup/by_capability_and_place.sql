-- title: What cameras can do, by kind of place
-- Each camera is counted once in each of the three ways to tell places apart.
-- printed: capability=Any AI
-- capability [ability] Ability: What a camera can do; 'any' is any of them but sound and temperature.
-- place_type [word] Sorted by: Which way of telling places apart.
-- place [word] Place: The kind of place.
-- bodies_able [number] Organisations able: Bodies with a camera there that can do it.
-- bodies_on [number] Organisations, on: Bodies with a camera there that said that it is on.
-- cameras_able [number] Cameras able: Cameras there that can do it, each once.
-- cameras_on [number] Cameras, on: Those that said that it is on, each once.
WITH counted AS (
  SELECT
    camera.body AS body,
    able.capability AS capability,
    camera.in_sensitive AS in_sensitive,
    camera.inside_outside AS inside_outside,
    camera.building_kind AS building_kind,
    sum(camera.found_once) AS found_once,
    sum(camera.found * able.is_on) AS found_on,
    sum(camera.found_once * able.is_on) AS found_on_once
  FROM camera
  JOIN able ON able.answer = camera.answer
  GROUP BY camera.body, able.capability, camera.in_sensitive, camera.inside_outside, camera.building_kind
), at_place AS (
  SELECT
    'sensitive' AS place_type,
    CASE WHEN in_sensitive = 1 THEN 'in a sensitive place' ELSE 'not marked as sensitive' END AS place,
    body, capability, found_once, found_on, found_on_once
  FROM counted
  UNION ALL
  SELECT 'inside or outside', inside_outside, body, capability, found_once, found_on, found_on_once FROM counted
  UNION ALL
  SELECT 'building', building_kind, body, capability, found_once, found_on, found_on_once FROM counted
)
SELECT
  of_body.capability AS capability,
  of_body.place_type AS place_type,
  of_body.place AS place,
  count(*) AS bodies_able,
  sum(CASE WHEN of_body.found_on > 0 THEN 1 ELSE 0 END) AS bodies_on,
  sum(of_body.found_once) AS cameras_able,
  sum(of_body.found_on_once) AS cameras_on
FROM (
  SELECT
    capability,
    place_type,
    place,
    body,
    sum(found_once) AS found_once,
    sum(found_on) AS found_on,
    sum(found_on_once) AS found_on_once
  FROM at_place
  GROUP BY capability, place_type, place, body
) AS of_body
GROUP BY of_body.capability, of_body.place_type, of_body.place
ORDER BY of_body.capability, of_body.place_type, of_body.place = 'not recorded', of_body.place
