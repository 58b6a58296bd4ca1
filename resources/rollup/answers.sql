-- Every answer that counts, beside what the organisation's file has, where one is counted; from A to Z.
-- in_file: cameras of the makers that the question names, likely and above; for "cameras" all of them. in_file_proven: of these,
-- confirmed or almost certain. compared: same; file-more or file-fewer, where in_file is not within the answer; empty where nothing can
-- be compared.
SELECT
  code, name, type, question_id, question, state, section, asked_on, answered_on, low, high, yes, document, in_file, in_file_proven,
  CASE
    WHEN in_file IS NULL OR low IS NULL THEN NULL
    WHEN in_file > high THEN 'file-more'
    WHEN in_file < low THEN 'file-fewer'
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
      WHEN claim.question = 'listed' THEN body_count.listed
      WHEN claim.question = 'not-known' THEN body_count.not_known
      WHEN claim.question = 'maker' AND asked.makers IS NOT NULL THEN coalesce(of_makers.named, 0)
    END AS in_file,
    CASE
      WHEN coalesce(body_count.counted, 0) = 0 THEN NULL
      WHEN claim.question = 'cameras' THEN body_count.cameras
      WHEN claim.question = 'listed' THEN body_count.listed_proven
      WHEN claim.question = 'not-known' THEN body_count.not_known
      WHEN claim.question = 'maker' AND asked.makers IS NOT NULL THEN coalesce(of_makers.certain, 0)
    END AS in_file_proven
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
