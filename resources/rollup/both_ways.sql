-- One row for each organisation that was asked, sent a file or answered, and which of the two it is counted by in the totals of both.
-- way: measured, where a file of it counts (body_count.counted); claimed, where only what it answered counts, or where chosen_rule
-- says that answers come first (answers_first = 1); none, where neither does.
-- has_min, has_max, has_none, not_known: 1 where it has a camera by a listed maker for certain; up to including likely, or where it gives
-- a range that begins at none; has none; or neither can be said. Those that are counted are in exactly one of has_max, has_none, not_known.
SELECT
  body, type, asked, replied, way,
  CASE WHEN way = 'none' THEN 0 WHEN way = 'measured' THEN measured_min ELSE claimed_min END AS has_min,
  CASE WHEN way = 'none' THEN 0 WHEN way = 'measured' THEN measured_max ELSE claimed_max END AS has_max,
  CASE WHEN way = 'none' THEN 0 WHEN way = 'measured' THEN measured_none ELSE claimed_none END AS has_none,
  CASE
    WHEN way = 'none' THEN 0
    WHEN way = 'measured' THEN 1 - measured_max - measured_none
    ELSE 1 - claimed_max - claimed_none
  END AS not_known,
  cameras_once, listed_min_once, listed_max_once, not_known_once,
  cameras_min, cameras_max, listed_min, listed_max, claimed_not_known
FROM (
  SELECT
    body.id AS body,
    body.type AS type,
    body.asked AS asked,
    CASE WHEN body_count.answered = 1 OR reply.replied = 1 THEN 1 ELSE 0 END AS replied,
    CASE
      WHEN body_count.counted = 1 AND (chosen_rule.answers_first = 0 OR claim_count.body IS NULL) THEN 'measured'
      WHEN claim_count.body IS NOT NULL THEN 'claimed'
      ELSE 'none'
    END AS way,
    CASE WHEN body_count.listed_min > 0 THEN 1 ELSE 0 END AS measured_min,
    CASE WHEN body_count.listed_max > 0 THEN 1 ELSE 0 END AS measured_max,
    coalesce(body_count.none_found, 0) AS measured_none,
    coalesce(claim_count.has, 0) AS claimed_min,
    CASE WHEN claim_count.has = 1 OR claim_count.listed_max > 0 THEN 1 ELSE 0 END AS claimed_max,
    coalesce(claim_count.has_none, 0) AS claimed_none,
    coalesce(body_count.cameras_once, 0) AS cameras_once,
    coalesce(body_count.listed_min_once, 0) AS listed_min_once,
    coalesce(body_count.listed_max_once, 0) AS listed_max_once,
    coalesce(body_count.not_known_once, 0) AS not_known_once,
    coalesce(claim_count.cameras_min, 0) AS cameras_min,
    claim_count.cameras_max AS cameras_max,
    coalesce(claim_count.listed_min, 0) AS listed_min,
    claim_count.listed_max AS listed_max,
    coalesce(claim_count.not_known, 0) AS claimed_not_known
  FROM body
  LEFT JOIN body_count ON body_count.body = body.id
  LEFT JOIN claim_count ON claim_count.body = body.id
  LEFT JOIN (
    SELECT body, max(CASE WHEN state <> 'no-reply' THEN 1 ELSE 0 END) AS replied FROM claim WHERE body IS NOT NULL GROUP BY body
  ) AS reply ON reply.body = body.id
  CROSS JOIN chosen_rule
  WHERE body_count.body IS NOT NULL OR reply.body IS NOT NULL
) AS every_body
