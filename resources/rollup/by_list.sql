-- title: By list
-- Organisations with a camera of a maker that is on each list.
-- title [list] List: The list.
-- is_counted [yes] Counted: 1 where “listed” in the other tables means this list too.
-- our_reading [yes] Our reading: 1 where the list names no company. {BASED}
-- asked [number file] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number file] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies [number] Organisations: Organisations with a camera of a maker on it. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with a camera of a maker on it. The maker is confirmed or almost certain.
-- cameras [number asked] Cameras: Cameras of a maker on it, each once. The maker is likely or surer.
-- cameras_proven [number asked] Cameras, proven: Cameras of a maker on it, each once. The maker is confirmed or almost certain.
SELECT
  list.id AS list,
  list.title AS title,
  CASE WHEN chosen_list.list IS NULL THEN 0 ELSE 1 END AS is_counted,
  every_body.asked AS asked,
  every_body.answered AS answered,
  every_body.counted AS counted,
  coalesce(of_list.bodies, 0) AS bodies,
  coalesce(of_list.bodies_proven, 0) AS bodies_proven,
  coalesce(of_list.cameras, 0) AS cameras,
  coalesce(of_list.cameras_proven, 0) AS cameras_proven,
  every_body.not_known AS not_known,
  1 - list.names_makers AS our_reading
FROM list
CROSS JOIN (
  SELECT
    CASE WHEN sum(asked) > 0 THEN sum(asked) END AS asked,
    coalesce(sum(answered), 0) AS answered,
    coalesce(sum(counted), 0) AS counted,
    coalesce(sum(not_known_once), 0) AS not_known
  FROM body_count
) AS every_body
LEFT JOIN chosen_list ON chosen_list.list = list.id
LEFT JOIN (
  SELECT
    list,
    sum(CASE WHEN certain > 0 THEN 1 ELSE 0 END) AS bodies_proven,
    count(*) AS bodies,
    sum(certain_once) AS cameras_proven,
    sum(named_once) AS cameras
  FROM (
    SELECT
      on_list.list AS list,
      camera.body AS body,
      sum(CASE WHEN camera.band = 'certain' THEN camera.found ELSE 0 END) AS certain,
      sum(CASE WHEN camera.band = 'certain' THEN camera.found_once ELSE 0 END) AS certain_once,
      sum(camera.found_once) AS named_once
    FROM camera
    JOIN (
      SELECT answer, list FROM answer_list WHERE may = 0
      UNION ALL
      SELECT answer.id, list.id FROM answer JOIN list ON list.names_makers = 0 WHERE answer.based_in_china = 1
    ) AS on_list ON on_list.answer = camera.answer
    WHERE camera.band <> 'not known'
    GROUP BY on_list.list, camera.body
  ) AS of_body
  GROUP BY list
) AS of_list ON of_list.list = list.id
ORDER BY list.id
