-- One row for each organisation that answered how many cameras it has, or whether it has any of a maker; nothing here was measured.
-- cameras_min, cameras_max: how many it says, cameras_max empty where it names no upper number. Where what it says of makers is more than
-- what it says of all cameras, that is how many they are.
-- listed_min, listed_max: by a listed maker, added up from what it says of each; listed_max empty where nothing it says bounds it.
-- not_known: how many it says are of unknown make. has: 1 where it has a camera by a listed maker.
-- has_none: 1 where it says that it has none: to the question for listed makers, to each maker that a counted list names, or because all
-- its cameras are of other makers.
SELECT
  body, code, name, type, asked,
  CASE WHEN cameras_low < of_makers THEN of_makers ELSE cameras_low END AS cameras_min,
  CASE WHEN cameras_high < of_makers THEN of_makers ELSE cameras_high END AS cameras_max,
  listed_min,
  CASE WHEN listed_max < listed_min THEN listed_min ELSE listed_max END AS listed_max,
  not_known,
  CASE WHEN listed_min > 0 THEN 1 ELSE 0 END AS has,
  CASE
    WHEN listed_min > 0 OR listed_max IS NULL OR listed_max > 0 OR not_known > 0 THEN 0
    ELSE 1
  END AS has_none
FROM (
  SELECT
    told.*,
    CASE
      WHEN listed_min + not_known >= named_low + not_known AND listed_min + not_known >= named_low + others_low THEN listed_min + not_known
      WHEN others_low > not_known THEN named_low + others_low
      ELSE named_low + not_known
    END AS of_makers
  FROM (
    SELECT
      body.id AS body,
      body.code AS code,
      body.name AS name,
      body.type AS type,
      body.asked AS asked,
      said.cameras_low AS cameras_low,
      said.cameras_high AS cameras_high,
      said.named_low AS named_low,
      said.not_known AS not_known,
      said.others_low AS others_low,
      CASE
        WHEN said.whole_low >= said.sets_low AND said.whole_low >= said.singles_low THEN said.whole_low
        WHEN said.sets_low >= said.singles_low THEN said.sets_low
        ELSE said.singles_low
      END AS listed_min,
      CASE
        WHEN said.cameras_high = 0 THEN 0
        WHEN said.whole_high IS NOT NULL THEN said.whole_high
        WHEN every_maker.makers > 0 AND denied.makers = every_maker.makers THEN 0
        WHEN every_maker.makers > 0 AND said.sets_named = every_maker.makers THEN said.sets_high
        WHEN every_maker.makers > 0 AND said.singles_named = every_maker.makers AND said.singles_open = 0 THEN said.singles_high
        WHEN said.others_high = 0 AND said.singles_open = 0 THEN said.singles_high
        WHEN said.cameras_high <= said.named_low + said.not_known THEN said.singles_low
      END AS listed_max
    FROM body
    JOIN (
      SELECT
        body,
        max(CASE WHEN question = 'cameras' THEN low ELSE 0 END) AS cameras_low,
        max(CASE WHEN question = 'cameras' THEN high END) AS cameras_high,
        max(CASE WHEN question = 'not-known' THEN low ELSE 0 END) AS not_known,
        max(CASE WHEN question = 'listed' THEN low ELSE 0 END) AS whole_low,
        max(CASE WHEN question = 'listed' THEN high END) AS whole_high,
        max(CASE WHEN makers > 1 AND listed = makers THEN low ELSE 0 END) AS sets_low,
        max(CASE WHEN makers > 1 AND listed = makers AND high IS NOT NULL THEN named ELSE 0 END) AS sets_named,
        min(CASE WHEN makers > 1 AND listed = makers THEN high END) AS sets_high,
        sum(CASE WHEN makers = 1 AND listed = 1 THEN low ELSE 0 END) AS singles_low,
        sum(CASE WHEN makers = 1 AND listed = 1 THEN coalesce(high, 0) ELSE 0 END) AS singles_high,
        sum(CASE WHEN makers = 1 AND listed = 1 AND high IS NULL THEN 1 ELSE 0 END) AS singles_open,
        sum(CASE WHEN makers = 1 THEN named ELSE 0 END) AS singles_named,
        sum(CASE WHEN makers = 1 THEN low ELSE 0 END) AS named_low,
        max(CASE WHEN question = 'maker' AND makers = 0 THEN low ELSE 0 END) AS others_low,
        max(CASE WHEN question = 'maker' AND makers = 0 THEN high END) AS others_high
      FROM claimed
      GROUP BY body
    ) AS said ON said.body = body.id
    LEFT JOIN (
      SELECT claimed.body AS body, count(DISTINCT named_maker.maker) AS makers
      FROM claimed
      JOIN claim_maker ON claim_maker.claim = claimed.claim
      JOIN named_maker ON named_maker.maker = claim_maker.maker
      WHERE claimed.high = 0
      GROUP BY claimed.body
    ) AS denied ON denied.body = said.body
    CROSS JOIN (SELECT count(*) AS makers FROM named_maker) AS every_maker
  ) AS told
) AS bounded
