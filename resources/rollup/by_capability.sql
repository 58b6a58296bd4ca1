-- title: What cameras can do
-- What the camera says of itself, or its maker of the model. What nobody says is not known; it is not absent.
-- capability [ability] Ability: What it can do.
-- asked [number file] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number file] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies_able [number] Organisations able: Organisations with a camera that can.
-- bodies_on [number] Organisations, it is on: Organisations with a camera that says it is on.
-- bodies_none_found [number] None found: Organisations where every maker lists no such ability.
-- bodies_not_known [number] Not known: Organisations where none can, and one was not looked at.
-- cameras_able [number] Cameras able: Cameras that can, each once.
-- cameras_on [number] Cameras, it is on: Of these, those that say it is on.
-- not_known [number] Not known: Cameras of which nobody says that they can.

-- What cameras can do, as far as it can be told: of a capability that no row names nothing is known, not that it is absent.
-- none found: every camera of the body can do it by nobody's word, and its maker's own list of each model was read and lacks it.
-- not known: of the others with cameras and none able; one camera of theirs or more was not looked at.
-- able: the camera can do it, whether it is on or not. on: it said that it is on.
-- bodies_listed_*, bodies_based_in_china_*: those with such a camera of a maker that is named by a list, or has its legal seat there.
SELECT
  of_body.capability AS capability,
  every_body.asked AS asked,
  every_body.answered AS answered,
  every_body.counted AS counted,
  sum(CASE WHEN of_body.able > 0 THEN 1 ELSE 0 END) AS bodies_able,
  sum(CASE WHEN of_body.is_on > 0 THEN 1 ELSE 0 END) AS bodies_on,
  sum(CASE WHEN of_body.able = 0 AND of_body.looked_at = has.cameras THEN 1 ELSE 0 END) AS bodies_none_found,
  every_body.with_cameras - sum(CASE WHEN of_body.able > 0 OR of_body.looked_at = has.cameras THEN 1 ELSE 0 END)
    AS bodies_not_known,
  sum(CASE WHEN of_body.listed > 0 THEN 1 ELSE 0 END) AS bodies_listed,
  sum(CASE WHEN of_body.listed_proven > 0 THEN 1 ELSE 0 END) AS bodies_listed_proven,
  sum(of_body.able_once) AS cameras_able,
  sum(of_body.is_on_once) AS cameras_on,
  every_body.cameras_once - sum(of_body.able_once) AS not_known,
  sum(CASE WHEN of_body.based > 0 THEN 1 ELSE 0 END) AS bodies_based_in_china,
  sum(CASE WHEN of_body.based_proven > 0 THEN 1 ELSE 0 END) AS bodies_based_in_china_proven
FROM (
  SELECT
    answer_capability.capability AS capability,
    camera.body AS body,
    sum(camera.found) AS looked_at,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') THEN camera.found ELSE 0 END) AS able,
    sum(CASE WHEN answer_capability.state = 'on' THEN camera.found ELSE 0 END) AS is_on,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') AND camera.listed = 1 AND camera.band = 'certain'
      THEN camera.found ELSE 0 END) AS listed_proven,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') AND camera.listed = 1 THEN camera.found ELSE 0 END)
      AS listed,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') AND camera.based = 1 AND camera.band = 'certain'
      THEN camera.found ELSE 0 END) AS based_proven,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') AND camera.based = 1 THEN camera.found ELSE 0 END)
      AS based,
    sum(CASE WHEN answer_capability.state IN ('able', 'on', 'off') THEN camera.found_once ELSE 0 END) AS able_once,
    sum(CASE WHEN answer_capability.state = 'on' THEN camera.found_once ELSE 0 END) AS is_on_once
  FROM camera
  JOIN answer_capability ON answer_capability.answer = camera.answer
  WHERE answer_capability.capability <> 'cloud-link'
  GROUP BY answer_capability.capability, camera.body
) AS of_body
JOIN body_count AS has ON has.body = of_body.body
CROSS JOIN (
  SELECT
    CASE WHEN sum(asked) > 0 THEN sum(asked) END AS asked,
    coalesce(sum(answered), 0) AS answered,
    coalesce(sum(counted), 0) AS counted,
    coalesce(sum(cameras_once), 0) AS cameras_once,
    coalesce(sum(CASE WHEN cameras > 0 THEN 1 ELSE 0 END), 0) AS with_cameras
  FROM body_count
) AS every_body
GROUP BY of_body.capability, every_body.asked, every_body.answered, every_body.counted, every_body.cameras_once,
  every_body.with_cameras
ORDER BY of_body.capability
