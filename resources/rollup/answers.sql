-- Every answer that counts, beside what was measured where a file of the organisation is counted; from A to Z.
-- measured_min, measured_max: cameras of the makers that the question names, certain and up to likely; for "cameras" all of them.
-- compared: same; measured-more or measured-fewer, where no number within the answer fits what was measured, with cameras of unknown
-- make taken either way; empty where nothing can be compared.
SELECT
  code, name, type, question_id, question, state, section, asked_on, answered_on, low, high, yes, document,
  measured_min, measured_max,
  CASE
    WHEN measured_max IS NULL OR low IS NULL THEN NULL
    WHEN measured_min > high THEN 'measured-more'
    WHEN measured_max + measured_not_known < low THEN 'measured-fewer'
    ELSE 'same'
  END AS compared
FROM (
  SELECT
    body.code AS code,
    body.name AS name,
    body.type AS type,
    claim.asks AS question_id,
    claim.heading AS question,
    claim.state AS state,
    claim.section AS section,
    claim.asked_on AS asked_on,
    claim.answered_on AS answered_on,
    claim.low AS low,
    claim.high AS high,
    claim.yes AS yes,
    claim.document AS document,
    CASE
      WHEN coalesce(body_count.counted, 0) = 0 THEN NULL
      WHEN claim.question = 'cameras' THEN body_count.cameras
      WHEN claim.question = 'listed' THEN body_count.listed_min
      WHEN claim.question = 'not-known' THEN body_count.not_known
      WHEN claim.question = 'maker' AND asked.makers IS NOT NULL THEN coalesce(of_makers.certain, 0)
    END AS measured_min,
    CASE
      WHEN coalesce(body_count.counted, 0) = 0 THEN NULL
      WHEN claim.question = 'cameras' THEN body_count.cameras
      WHEN claim.question = 'listed' THEN body_count.listed_max
      WHEN claim.question = 'not-known' THEN body_count.not_known
      WHEN claim.question = 'maker' AND asked.makers IS NOT NULL THEN coalesce(of_makers.named, 0)
    END AS measured_max,
    CASE WHEN claim.question IN ('maker', 'listed') THEN coalesce(body_count.not_known, 0) ELSE 0 END AS measured_not_known
  FROM claim
  JOIN body ON body.id = claim.body
  LEFT JOIN body_count ON body_count.body = claim.body
  LEFT JOIN (SELECT claim, count(*) AS makers FROM claim_maker GROUP BY claim) AS asked ON asked.claim = claim.id
  LEFT JOIN (
    SELECT
      claim_maker.claim AS claim,
      sum(CASE WHEN camera.band = 'certain' THEN camera.found ELSE 0 END) AS certain,
      sum(CASE WHEN camera.band <> 'not known' THEN camera.found ELSE 0 END) AS named
    FROM claim_maker
    JOIN claim ON claim.id = claim_maker.claim
    JOIN camera ON camera.body = claim.body AND camera.maker = claim_maker.maker
    WHERE claim.newest = 1
    GROUP BY claim_maker.claim
  ) AS of_makers ON of_makers.claim = claim.id
  WHERE claim.newest = 1
) AS beside
ORDER BY name, code, question_id
