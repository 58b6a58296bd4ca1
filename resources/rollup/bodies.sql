-- title: Organisations from A to Z
-- Organisations that sent a file, and whether a camera by a listed maker was found. That is no ranking.
-- printed: all
-- name [name] Organisation: Its name.
-- official_number [code] Number: Its official number.
-- body_type [kind] Kind: Kind of organisation.
-- listed [said] Camera by a listed maker: yes (the maker is confirmed or almost certain), likely, not known, none found, or not counted.
-- known [said] How it is known: measured by a search, or recorded in its own register.
-- cameras [number asked] Cameras: Cameras, in its own record.
-- listed_cameras [number asked] By a listed maker: By a listed maker, in its own record.
-- listed_proven [number asked] Proven: Proven, in its own record.
-- listed_most [number asked] At the most: At the most, in its own record.
-- not_known [number asked] Maker not known: Maker not known, in its own record.

-- One row for each body that was asked, sent a file or answered, from A to Z: never ranked.
-- state: measured, by a search; recorded, by staff in its own register; answered; replied-not-read, where nothing that it answered is
-- a number, or yes or no; refused; held, where its file waits for a question; no-reply. An organisation that says that the information
-- is not held has answered.
-- A file that counts comes before an answer. listed_answered: at least so many more by a listed maker,
-- as it says itself.
SELECT
  body.code AS code, body.name AS name, body.type AS type,
  CASE
    WHEN both_ways.way IN ('measured', 'recorded') THEN both_ways.way
    WHEN both_ways.way = 'claimed' THEN 'answered'
    WHEN body_count.answered = 1 AND body_count.is_measured = 1 THEN 'measured'
    WHEN body_count.answered = 1 THEN 'recorded'
    WHEN reply.settled = 1 AND reply.other = 0 OR reply.settled_whole = 1 THEN CASE WHEN reply.refused = 1 THEN 'refused' ELSE 'answered' END
    WHEN reply.body IS NOT NULL THEN 'replied-not-read'
    WHEN waiting.body IS NOT NULL THEN 'held'
    ELSE 'no-reply'
  END AS state,
  body.asked AS asked,
  coalesce(body_count.counted, 0) AS counted,
  coalesce(body_count.files, 0) AS files,
  body_count.as_at AS as_at,
  body.expected_cameras AS expected_cameras,
  coalesce(body_count.cameras, 0) AS cameras,
  coalesce(body_count.cameras_elsewhere, 0) AS cameras_elsewhere,
  coalesce(body_count.cameras_unconfirmed, 0) AS cameras_unconfirmed,
  coalesce(body_count.identified, 0) AS identified,
  coalesce(body_count.listed, 0) AS listed,
  coalesce(body_count.listed_proven, 0) AS listed_proven,
  coalesce(body_count.listed_most, 0) AS listed_most,
  both_ways.claimed_listed AS listed_answered,
  coalesce(body_count.not_known, 0) AS not_known,
  coalesce(body_count.may_be_cameras, 0) AS may_be_cameras,
  coalesce(body_count.recorders, 0) AS recorders,
  coalesce(body_count.based_in_china, 0) AS based_in_china,
  coalesce(body_count.based_in_china_proven, 0) AS based_in_china_proven,
  coalesce(body_count.none_found, 0) AS none_found
FROM both_ways
JOIN body ON body.id = both_ways.body
LEFT JOIN body_count ON body_count.body = both_ways.body
LEFT JOIN (SELECT body FROM waiting UNION SELECT body FROM export WHERE state = 'held') AS waiting
  ON waiting.body = both_ways.body
LEFT JOIN (
  SELECT
    body,
    max(CASE WHEN state IN ('refused', 'not-held') OR (question = 'other' AND state = 'answered') THEN 0 ELSE 1 END) AS other,
    max(CASE WHEN state IN ('refused', 'not-held') THEN 1 ELSE 0 END) AS settled,
    max(CASE WHEN state IN ('refused', 'not-held') AND asks = 'other:the whole request' THEN 1 ELSE 0 END) AS settled_whole,
    max(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused
  FROM claim
  WHERE body IS NOT NULL AND newest = 1 AND state <> 'no-reply'
  GROUP BY body
) AS reply ON reply.body = both_ways.body
ORDER BY body.name, body.code
