-- title: Makers, measured, recorded and answered together
-- The same by maker. An answer counts for a maker that its question names alone; – where it was asked together with others.
-- printed: all
-- body_type [kind] Kind: Kind of organisation.
-- maker_name [maker] Maker: The maker.
-- listed [yes] Listed: 1 where a counted list names the maker.
-- counted [number] Counted: Organisations that shares are out of.
-- users [number] Any listed maker: Organisations with any listed maker. The maker is likely or surer.
-- users_proven [number] Any listed maker, proven: Organisations with any listed maker. The maker is confirmed or almost certain.
-- bodies [number] This maker: Organisations with a camera of this maker. The maker is likely or surer.
-- bodies_proven [number] This maker, proven: Organisations with a camera of this maker. The maker is confirmed or almost certain.

-- Measured, recorded and answered together, by maker: the listed makers, and those based in China, of the organisations of each kind and
-- of all. Each organisation is counted in one way (both_ways). users: those with a camera by any listed maker, the denominator of
-- "of these, so many have this maker". An answer counts for a maker that its question names alone, and proves nothing;
-- where a file counts, only if it has none of that maker. bodies is empty where no file counts and it was asked for with others alone.
SELECT
  body_type, maker, maker_name, listed, counted, users, users_proven, bodies, bodies_measured, bodies_recorded, bodies_claimed,
  bodies_proven
FROM (
  SELECT
    kinds.is_total AS is_total,
    kinds.body_type AS body_type,
    makers.maker AS maker,
    coalesce(maker.name, makers.maker) AS maker_name,
    makers.listed AS listed,
    kinds.counted AS counted,
    kinds.users AS users,
    kinds.users_proven AS users_proven,
    CASE WHEN count(of_body.body) = 0 OR kinds.filed > 0 THEN coalesce(sum(of_body.has), 0) ELSE sum(of_body.has) END AS bodies,
    coalesce(sum(CASE WHEN of_body.way = 'measured' THEN of_body.has ELSE 0 END), 0) AS bodies_measured,
    coalesce(sum(CASE WHEN of_body.way = 'recorded' THEN of_body.has ELSE 0 END), 0) AS bodies_recorded,
    coalesce(sum(CASE WHEN of_body.way = 'claimed' THEN of_body.has ELSE 0 END), 0) AS bodies_claimed,
    coalesce(sum(of_body.proven), 0) AS bodies_proven
  FROM (
    SELECT is_total, body_type, sum(CASE WHEN way = 'none' THEN 0 ELSE 1 END) AS counted, sum(has) AS users,
      sum(proven) AS users_proven, sum(CASE WHEN way IN ('measured', 'recorded') THEN 1 ELSE 0 END) AS filed
    FROM (
      SELECT 0 AS is_total, type AS body_type, both_ways.* FROM both_ways
      UNION ALL
      SELECT 1 AS is_total, 'All bodies' AS body_type, both_ways.* FROM both_ways
    ) AS each_twice
    GROUP BY is_total, body_type
  ) AS kinds
  CROSS JOIN (
    SELECT maker, max(listed) AS listed
    FROM (
      SELECT maker, listed FROM camera WHERE listed = 1 OR based = 1
      UNION ALL
      SELECT maker, 1 AS listed FROM named_maker
    ) AS each_maker
    GROUP BY maker
  ) AS makers
  LEFT JOIN (
    SELECT camera.body AS body, camera.body_type AS body_type, camera.maker AS maker, both_ways.way AS way, 1 AS has,
      max(CASE WHEN camera.band = 'certain' THEN 1 ELSE 0 END) AS proven
    FROM camera
    JOIN both_ways ON both_ways.body = camera.body AND both_ways.way IN ('measured', 'recorded')
    WHERE camera.maker IS NOT NULL AND camera.band <> 'not known' AND camera.found > 0
    GROUP BY camera.body, camera.body_type, camera.maker, both_ways.way
    UNION ALL
    SELECT claimed.body AS body, both_ways.type AS body_type, claim_maker.maker AS maker, 'claimed' AS way,
      CASE WHEN claimed.low = 0 THEN 0 WHEN claimed.makers = 1 THEN 1 END AS has, 0 AS proven
    FROM claimed
    JOIN claim_maker ON claim_maker.claim = claimed.claim
    JOIN both_ways ON both_ways.body = claimed.body AND both_ways.way <> 'none'
    LEFT JOIN (
      SELECT DISTINCT body, maker FROM camera WHERE maker IS NOT NULL AND band <> 'not known' AND found > 0
    ) AS filed ON filed.body = claimed.body AND filed.maker = claim_maker.maker AND both_ways.way <> 'claimed'
    WHERE filed.body IS NULL
  ) AS of_body ON of_body.maker = makers.maker AND (kinds.is_total = 1 OR of_body.body_type = kinds.body_type)
  LEFT JOIN maker ON maker.id = makers.maker
  GROUP BY kinds.is_total, kinds.body_type, makers.maker, maker.name, makers.listed, kinds.counted, kinds.users,
    kinds.users_proven, kinds.filed
) AS every_maker
-- DataFusion 55 leaves a plain `maker` out of the order: it takes is_total and body_type for a key of the rows.
ORDER BY is_total, body_type, coalesce(maker, '')
