-- title: By kind of place
-- Each way to tell places apart adds up to all cameras.
-- place_type [word] Sorted by: The way to tell places apart.
-- place [word] Place: Kind of place.
-- asked [number file] Asked: Organisations that were asked; empty where nobody gave a list of them.
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number file] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies [number] Organisations: Organisations with one such camera by a listed maker. The maker is likely or surer.
-- bodies_proven [number] Organisations, proven: Organisations with one such camera by a listed maker. The maker is confirmed or almost certain.
-- bodies_not_known [number] Not known: Organisations that may have one: some makers are not known.
-- cameras_once [number] Cameras: Cameras, each once, also where two organisations have it.
-- listed [number] Made by a listed maker: Cameras whose maker a counted list names. The maker is likely or surer.
-- listed_proven [number] Made by a listed maker, proven: Cameras whose maker a counted list names. The maker is confirmed or almost certain.
-- listed_most [number] Listed, at the most: With cameras that may be by a listed maker.
-- not_known [number] Maker not known: Cameras whose maker nobody knows, or somebody must check.
-- based_in_china [number] Based in China (our reading): Cameras of such makers. {BASED} The maker is likely or surer.
-- based_in_china_proven [number] Based in China (our reading), proven: Cameras of such makers. {BASED} The maker is confirmed or almost certain.
WITH place AS (
  SELECT
    body, listed, may_be_listed, based, band, in_sensitive, inside_outside, building_kind, sum(found) AS found,
    sum(found_once) AS found_once
  FROM camera
  GROUP BY body, listed, may_be_listed, based, band, in_sensitive, inside_outside, building_kind
), at_place AS (
  SELECT
    'sensitive' AS place_type,
    CASE WHEN in_sensitive = 1 THEN 'in a sensitive place' ELSE 'not marked as sensitive' END AS place,
    body, listed, may_be_listed, based, band, found, found_once
  FROM place
  UNION ALL
  SELECT 'inside or outside', inside_outside, body, listed, may_be_listed, based, band, found, found_once FROM place
  UNION ALL
  SELECT 'building', building_kind, body, listed, may_be_listed, based, band, found, found_once FROM place
)
SELECT
  of_body.place_type AS place_type,
  of_body.place AS place,
  every_body.asked AS asked,
  every_body.answered AS answered,
  every_body.counted AS counted,
  sum(CASE WHEN of_body.listed > 0 THEN 1 ELSE 0 END) AS bodies,
  sum(CASE WHEN of_body.certain > 0 THEN 1 ELSE 0 END) AS bodies_proven,
  sum(CASE WHEN of_body.listed = 0 AND of_body.not_known > 0 THEN 1 ELSE 0 END) AS bodies_not_known,
  sum(of_body.cameras_once) AS cameras_once,
  sum(of_body.listed_once) AS listed,
  sum(of_body.certain_once) AS listed_proven,
  sum(of_body.most_once) AS listed_most,
  sum(of_body.not_known_once) AS not_known,
  sum(of_body.based_once) AS based_in_china,
  sum(of_body.based_certain_once) AS based_in_china_proven
FROM (
  SELECT
    place_type,
    place,
    body,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found ELSE 0 END) AS certain,
    sum(CASE WHEN listed = 1 THEN found ELSE 0 END) AS listed,
    sum(CASE WHEN band = 'not known' THEN found ELSE 0 END) AS not_known,
    sum(found_once) AS cameras_once,
    sum(CASE WHEN listed = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS certain_once,
    sum(CASE WHEN listed = 1 THEN found_once ELSE 0 END) AS listed_once,
    sum((listed + may_be_listed) * found_once) AS most_once,
    sum(CASE WHEN band = 'not known' THEN found_once ELSE 0 END) AS not_known_once,
    sum(CASE WHEN based = 1 AND band = 'certain' THEN found_once ELSE 0 END) AS based_certain_once,
    sum(CASE WHEN based = 1 THEN found_once ELSE 0 END) AS based_once
  FROM at_place
  GROUP BY place_type, place, body
) AS of_body
CROSS JOIN (
  SELECT
    CASE WHEN sum(asked) > 0 THEN sum(asked) END AS asked,
    coalesce(sum(answered), 0) AS answered,
    coalesce(sum(counted), 0) AS counted
  FROM body_count
) AS every_body
GROUP BY of_body.place_type, of_body.place, every_body.asked, every_body.answered, every_body.counted
ORDER BY of_body.place_type, of_body.place = 'not recorded', of_body.place
