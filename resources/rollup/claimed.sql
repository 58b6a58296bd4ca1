-- One row for each answer that counts: the newest of its organisation to its question, and only those that say how many, or yes or no.
-- low, high: how many at least and at most; high is empty for "or more", and for a plain yes. Yes is 1 or more, no is 0.
-- makers: how many makers the question names, 0 where it asks for "other makers". listed: how many of them a counted list names, or
-- names the owner of. named: how many of them such a list names themselves (named_maker).
SELECT
  claim.id AS claim,
  claim.body AS body,
  claim.question AS question,
  claim.low AS low,
  claim.high AS high,
  coalesce(asked.makers, 0) AS makers,
  coalesce(asked.listed, 0) AS listed,
  coalesce(asked.named, 0) AS named
FROM claim
LEFT JOIN (
  SELECT
    claim_maker.claim AS claim,
    count(*) AS makers,
    sum(CASE WHEN on_list.maker IS NULL THEN 0 ELSE 1 END) AS listed,
    sum(CASE WHEN named_maker.maker IS NULL THEN 0 ELSE 1 END) AS named
  FROM claim_maker
  LEFT JOIN (
    SELECT DISTINCT list_maker.maker AS maker
    FROM list_maker
    JOIN chosen_list ON chosen_list.list = list_maker.list
  ) AS on_list ON on_list.maker = claim_maker.maker
  LEFT JOIN named_maker ON named_maker.maker = claim_maker.maker
  GROUP BY claim_maker.claim
) AS asked ON asked.claim = claim.id
WHERE claim.newest = 1 AND claim.body IS NOT NULL AND claim.low IS NOT NULL
  AND claim.question IN ('cameras', 'maker', 'listed', 'not-known')
