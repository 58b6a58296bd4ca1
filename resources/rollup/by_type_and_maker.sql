-- title: Makers by kind of organisation
-- Of the organisations of each kind, those with a camera of each maker that is listed, or based in China.
-- printed: all
-- body_type [kind] Kind: Kind of organisation.
-- maker_name [maker] Maker: The maker.
-- listed [yes] Listed: 1 where a counted list names the maker.
-- based_in_china [yes] Based in China (our reading): 1 where the maker is based in China. {BASED}
-- answered [number file] Sent a file: Organisations of which a file is in.
-- counted [number file] Counted: Organisations that shares are out of: their record tells something of cameras.
-- bodies_with_listed [number] Any listed maker: Organisations with any listed maker. The maker is likely or surer.
-- bodies_with_listed_proven [number] Any listed maker, proven: Organisations with any listed maker. The maker is confirmed or almost certain.
-- bodies [number] This maker: Organisations with a camera of this maker. The maker is likely or surer.
-- bodies_proven [number] This maker, proven: Organisations with a camera of this maker. The maker is confirmed or almost certain.
SELECT
  every_type.body_type AS body_type,
  every_type.maker AS maker,
  coalesce(maker.name, every_type.maker) AS maker_name,
  every_type.answered AS answered,
  every_type.counted AS counted,
  every_type.bodies_with_listed AS bodies_with_listed,
  every_type.bodies_with_listed_proven AS bodies_with_listed_proven,
  sum(CASE WHEN of_maker.named > 0 THEN 1 ELSE 0 END) AS bodies,
  sum(CASE WHEN of_maker.certain > 0 THEN 1 ELSE 0 END) AS bodies_proven,
  every_type.listed AS listed,
  every_type.based AS based_in_china
FROM (
  SELECT kinds.is_total, kinds.body_type, kinds.answered, kinds.counted, kinds.bodies_with_listed_proven,
    kinds.bodies_with_listed, makers.maker, makers.listed, makers.based
  FROM (
    SELECT
      0 AS is_total,
      type AS body_type,
      sum(answered) AS answered,
      sum(counted) AS counted,
      sum(CASE WHEN counted = 1 AND listed_proven > 0 THEN 1 ELSE 0 END) AS bodies_with_listed_proven,
      sum(CASE WHEN counted = 1 AND listed > 0 THEN 1 ELSE 0 END) AS bodies_with_listed
    FROM body_count
    GROUP BY type
    UNION ALL
    SELECT
      1,
      'All bodies',
      coalesce(sum(answered), 0),
      coalesce(sum(counted), 0),
      coalesce(sum(CASE WHEN counted = 1 AND listed_proven > 0 THEN 1 ELSE 0 END), 0),
      coalesce(sum(CASE WHEN counted = 1 AND listed > 0 THEN 1 ELSE 0 END), 0)
    FROM body_count
  ) AS kinds
  CROSS JOIN (
    SELECT maker, max(listed) AS listed, max(based) AS based FROM camera WHERE listed = 1 OR based = 1 GROUP BY maker
  ) AS makers
) AS every_type
LEFT JOIN (
  SELECT
    camera.body AS body,
    camera.body_type AS body_type,
    camera.maker AS maker,
    sum(CASE WHEN camera.band = 'certain' THEN camera.found ELSE 0 END) AS certain,
    sum(camera.found) AS named
  FROM camera
  JOIN body_count ON body_count.body = camera.body AND body_count.counted = 1
  WHERE camera.listed = 1 OR camera.based = 1
  GROUP BY camera.body, camera.body_type, camera.maker
) AS of_maker
  ON of_maker.maker = every_type.maker AND (every_type.is_total = 1 OR of_maker.body_type = every_type.body_type)
LEFT JOIN maker ON maker.id = every_type.maker
GROUP BY every_type.is_total, every_type.body_type, every_type.maker, maker.name, every_type.answered, every_type.counted,
  every_type.bodies_with_listed_proven, every_type.bodies_with_listed, every_type.listed, every_type.based
ORDER BY every_type.is_total, every_type.body_type, every_type.maker
