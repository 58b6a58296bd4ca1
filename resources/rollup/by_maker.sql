-- title: Who made the cameras
-- Every maker that is named, from A to Z, and what is not known.
-- maker_name [maker] Made by: The maker.
-- listed [yes] Listed: 1 where a counted list names the maker.
-- based_in_china [yes] Based in China (our reading): 1 where the maker is based in China. {BASED}
-- asked [number file] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number file] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies [number] Organisations: Organisations with a camera of this maker. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with a camera of this maker. The maker is confirmed or almost certain.
-- cameras [number] Cameras: Cameras of this maker, each once. “Not known”: of no maker. The maker is likely or surer.
-- cameras_proven [number] Cameras, proven: Cameras of this maker, each once. “Not known”: of no maker. The maker is confirmed or almost certain.
SELECT
  maker, maker_name, listed, asked, answered, counted, bodies, bodies_proven, cameras, cameras_proven, not_known, based_in_china
FROM (
  SELECT
    CASE WHEN of_maker.maker IS NULL THEN 1 ELSE 0 END AS is_not_known,
    coalesce(of_maker.maker, 'not known') AS maker,
    CASE WHEN of_maker.maker IS NULL THEN 'Not known' ELSE coalesce(maker.name, of_maker.maker) END AS maker_name,
    of_maker.listed AS listed,
    every_body.asked AS asked,
    every_body.answered AS answered,
    every_body.counted AS counted,
    of_maker.bodies_proven AS bodies_proven,
    of_maker.bodies AS bodies,
    of_maker.cameras_proven AS cameras_proven,
    of_maker.cameras AS cameras,
    of_maker.not_known AS not_known,
    of_maker.based AS based_in_china
  FROM (
    SELECT
      maker,
      max(listed) AS listed,
      max(based) AS based,
      sum(CASE WHEN certain > 0 THEN 1 ELSE 0 END) AS bodies_proven,
      sum(CASE WHEN named > 0 THEN 1 ELSE 0 END) AS bodies,
      sum(certain_once) AS cameras_proven,
      sum(named_once) AS cameras,
      sum(not_known_once) AS not_known
    FROM (
      SELECT
        camera.body AS body,
        camera.maker AS maker,
        max(camera.listed) AS listed,
        max(camera.based) AS based,
        sum(CASE WHEN camera.band = 'certain' THEN camera.found ELSE 0 END) AS certain,
        sum(CASE WHEN camera.band <> 'not known' THEN camera.found ELSE 0 END) AS named,
        sum(CASE WHEN camera.band = 'certain' THEN camera.found_once ELSE 0 END) AS certain_once,
        sum(CASE WHEN camera.band <> 'not known' THEN camera.found_once ELSE 0 END) AS named_once,
        sum(CASE WHEN camera.band = 'not known' THEN camera.found_once ELSE 0 END) AS not_known_once
      FROM camera
      GROUP BY camera.body, camera.maker
    ) AS of_body
    GROUP BY maker
  ) AS of_maker
  CROSS JOIN (
    SELECT
      CASE WHEN sum(asked) > 0 THEN sum(asked) END AS asked,
      coalesce(sum(answered), 0) AS answered,
      coalesce(sum(counted), 0) AS counted
    FROM body_count
  ) AS every_body
  LEFT JOIN maker ON maker.id = of_maker.maker
) AS every_maker
ORDER BY is_not_known, maker
